"""`metrology eval load`, `attack`: the service under load and attack; `formats`, `scale`: any document, many of it."""

import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import typer

from ui.explain import explained, progress

if TYPE_CHECKING:
    from eval.load.questions import Questions
    from eval.load.servers import Program

# taken away: nobody's database is written to, nobody's model is asked
ALONE = ("DATABASE_URL", "REDIS_URL", "CHROMA_URL", "LLM_BASE_URL", "LLM_MODEL")
Json = Annotated[Path | None, typer.Option("--json", help="Write settings, figures and what limits them as JSON")]
Choice = TypeVar("Choice", bound=StrEnum)


def load(
    parts: Annotated[
        list[str] | None,
        typer.Option("--part", help="grid, flood, soak; again for more. Without it grid and flood"),
    ] = None,
    clients: Annotated[list[int] | None, typer.Option(min=1, help="Again for more; without it 1, 16, 64, 256")] = None,
    processes: Annotated[list[int] | None, typer.Option(min=1, max=16, help="Without it 1 and 2")] = None,
    seconds: Annotated[float, typer.Option(min=0.1, max=600, help="Of each step, twice: closed, then open")] = 5.0,
    flood_seconds: Annotated[float, typer.Option(min=2, max=3600, help="Without the flood, then with it")] = 30.0,
    minutes: Annotated[float, typer.Option(min=0.05, max=1440, help="Of the soak")] = 5.0,
    strict: Annotated[bool, typer.Option(help="Fail when something is not reached")] = False,
    json: Json = None,
) -> None:
    """How much the service bears, against an endpoint that does nothing; starts and stops its own servers."""
    with explained():
        from eval.load.flood import Flooding
        from eval.load.grid import Plan
        from eval.load.run import Options, Part, run
        from eval.load.soak import Soaking

        plan = Plan(tuple(clients or (1, 16, 64, 256)), tuple(processes or (1, 2)), seconds=seconds)
        wanted = chosen(parts or ["grid", "flood"], Part)
        index, service, supply = _prepared()
        options = Options(wanted, index, plan, Flooding(seconds=flood_seconds), Soaking(minutes=minutes), json)
        found = run(service, supply, options, typer.echo, progress)
        if strict and any(reach.met is False for reach in found):
            raise typer.Exit(1)


def attack(
    parts: Annotated[
        list[str] | None,
        typer.Option("--part", help="fuzz, slow, contract, kill, outage, update; again for more. Without it all"),
    ] = None,
    damaged: Annotated[int, typer.Option(min=0, help="Good requests damaged at random")] = 300,
    examples: Annotated[int, typer.Option(min=1, help="Of schemathesis, for each operation")] = 30,
    kills: Annotated[int, typer.Option(min=1, max=100, help="Of the server while it is written to")] = 3,
    updates: Annotated[int, typer.Option(min=1, max=10_000, help="Changes of the documents that are killed")] = 200,
    seed: Annotated[int, typer.Option(help="Of what is random")] = 20230314,
    json: Json = None,
) -> None:
    """Hostile requests, slow callers, the contract, kill -9; fails when anything that must hold does not."""
    with explained():
        from eval.attack.contract import Effort
        from eval.attack.kill import Killing
        from eval.attack.run import Options, Part, run
        from eval.attack.update import Updating
        from eval.load.questions import Kind

        wanted = chosen(parts or list(Part), Part)
        index, service, supply = _prepared()
        effort = Effort(examples=examples, seed=seed)
        options = Options(
            wanted, index, seed, damaged, effort, Killing(kills=kills), updating=Updating(updates, seed), json=json
        )
        trials = run(service, supply.of(Kind.LOOK_UP), options, typer.echo, progress)
        if not all(trial.held for trial in trials):
            raise typer.Exit(1)


def _prepared() -> "tuple[Path, Callable[[Path], Program], Questions]":
    """The index to copy, the service on a data folder, what to ask."""
    from bot.settings import read_settings
    from eval.load.questions import questions
    from ingest.corpus import Corpus
    from ingest.load import SHIPPED, load

    settings = read_settings()
    corpus = Corpus(load([settings.plans_dir or SHIPPED]).plans)
    return settings.data_dir / "index", service, questions(corpus)


def chosen(given: Sequence[str], kinds: type[Choice]) -> tuple[Choice, ...]:
    """Each once. Raises BadSetting naming those there are."""
    from ingest.errors import BadSetting

    if unknown := [each for each in given if each not in set(kinds)]:
        raise BadSetting("--part", unknown[0], f"one of {', '.join(kinds)}")
    return tuple(kinds(each) for each in dict.fromkeys(given))


def service(data: Path) -> "Program":
    """`metrology serve` on loopback with the settings of this process, but for ALONE and where it keeps its records."""
    from eval.load.servers import HOST, Program, ready_at

    def serve(port: int) -> list[str]:
        return command(["serve", "--no-page", "--host", HOST, "--port", str(port)])

    environment = {**dict.fromkeys(ALONE), "METROLOGY_DATA_DIR": str(data)}
    return Program("service", serve, environment, ready_at("/readyz"))


def formats(
    kinds: Annotated[
        list[str] | None, typer.Option("--as", help="docx, html, pdf, scan; again for more. Without it all but scan")
    ] = None,
    plans: Annotated[list[str] | None, typer.Option("--plan", help="Again for more; without it all five")] = None,
    many: Annotated[int, typer.Option(min=0, help="So many damaged files are read too")] = 0,
    json: Json = None,
) -> None:
    """The plans as Word, web page, PDF and scan, read back; files damaged at random. Fails when one is not reached."""
    with explained():
        from eval.formats.run import Rendered, run

        wanted = chosen(kinds or ["docx", "html", "pdf"], Rendered)
        if not run(wanted, plans or (), many, typer.echo, json):
            raise typer.Exit(1)


def scale(
    source: Annotated[Path, typer.Argument(help="Articles as JSON lines, .gz or not: title, article, text, doc")],
    place: Annotated[Path, typer.Option(help="Keeps the index; the same place again goes on where it stopped")],
    articles: Annotated[list[int] | None, typer.Option(min=0, help="A size; again for more. 0 is the plans")] = None,
    embedder: Annotated[str, typer.Option(help="encoder as shipped, or static, smaller")] = "encoder",
    count: Annotated[int, typer.Option("--questions", min=1, help="Asked at each size")] = 60,
    seed: Annotated[int, typer.Option(help="Of the questions")] = 20230314,
    json: Json = None,
) -> None:
    """The service over more and more documents: what grows, and how fast. Prints one table, after each size."""
    with explained():
        from random import Random

        from bot.settings import Settings
        from eval.judge.rows import DATA, read_labelled
        from eval.load.questions import judged
        from eval.scale.run import Options, run
        from ingest.corpus import Corpus
        from ingest.load import load_shipped_plans
        from ui.desk import curator_of
        from ui.explain import note
        from ui.wire import assemble

        every = judged(read_labelled(Corpus(load_shipped_plans().plans), DATA))
        asked = Random(seed).sample(every, min(count, len(every)))
        data = place / "data"
        settings = Settings(data_dir=data, embedder=embedder)
        program = service(data)
        environment = {**program.environment, "METROLOGY_EMBEDDER": embedder, "METROLOGY_PLANS_DIR": None}
        sizes = tuple(articles or (0, 10_000))
        options = Options(source, place, sizes, tuple(asked), json)
        run(
            curator_of(assemble(settings)),
            replace(program, environment=environment),
            command,
            options,
            typer.echo,
            note,
        )


def command(arguments: Sequence[str]) -> list[str]:
    """`metrology` with these, as this process runs it."""
    return [sys.executable, "-m", "ui.cli", *arguments]
