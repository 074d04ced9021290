"""`metrology eval …`: answers, their speed, what each part adds; our questions, anyone's collection."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui import cli_proof
from ui.explain import explained, note, progress

if TYPE_CHECKING:
    from bot.local import LocalBot
    from eval.answers.floor import Floor
    from eval.answers.sets import SetName

app = typer.Typer(  # choices are spelt out here so that `metrology plans` need not import what they belong to
    help="Evaluate the answers; or retrieval, on our questions or on anyone's data.", invoke_without_command=True
)
Json = Annotated[Path | None, typer.Option("--json", help="Write figures, settings and rows as JSON")]
Sample = Annotated[int | None, typer.Option(min=1, help="Ask only so many, the same ones each time")]
Seed = Annotated[int, typer.Option(help="Of the sample")]
SEED = 20230314


@app.callback()
def answers(
    context: typer.Context,
    sets: Annotated[
        list[str] | None,
        typer.Option(
            "--set", help="writers, plan, train, held or cases; may be given again. Without it the first two and held"
        ),
    ] = None,
    sample: Sample = None,
    seed: Seed = SEED,
    worst: Annotated[int, typer.Option(min=0, help="Failures told of each reason")] = 3,
    url: Annotated[str | None, typer.Option(help="A running server; without it the bot runs in this process")] = None,
    cases: Annotated[Path | None, typer.Option(help="Folder or file of cases; without it the shipped ones")] = None,
    split: Annotated[Literal["dev", "held", "all"], typer.Option(help="Of the cases")] = "dev",
    mode: Annotated[str, typer.Option(help="auto, extractive or llm")] = "auto",
    json: Json = None,
    html: Annotated[Path | None, typer.Option(help="Write a self-contained report")] = None,
    baseline: Annotated[Path | None, typer.Option(help="An earlier JSON: say what changed")] = None,
    floor: Annotated[bool, typer.Option(help="Ask the floor's samples and fail below it")] = False,
) -> None:
    """Ask sets of questions, judge the answers, say what came out."""
    if context.invoked_subcommand:
        return
    with explained():
        from eval.answers.asker import Asker, HttpAsker, InProcessAsker
        from eval.answers.case import CASES, Split
        from eval.answers.floor import read_floor
        from eval.answers.judgement import clause_texts
        from eval.answers.run import Options, run
        from eval.answers.sets import Sources, read_sets

        bounds = read_floor() if floor else {}
        names = _names(sets or [], bounds)  # before the bot is opened: a slip should not cost an index
        bot = open_settings_bot()
        chosen = read_sets(names, Sources(bot.corpus, cases=cases or CASES, split=Split(split)))
        asker: Asker = HttpAsker(url, mode) if url else InProcessAsker(bot, mode)
        options = Options(
            source=url or "in process",
            mode=mode,
            sample=sample,
            seed=seed,
            worst=worst,
            json=json,
            html=html,
            baseline=baseline,
            floor=bounds,
        )
        results = run(asker, chosen, clause_texts(bot.corpus), options, typer.echo, progress)
        if any(result.below for result in results):
            raise typer.Exit(1)


@app.command()
def speed(
    size: Annotated[int, typer.Option("--questions", min=5, help="Length of the fixed list")] = 200,
    seed: Seed = SEED,
    build: Annotated[bool, typer.Option(help="Build an index too")] = True,
    json: Json = None,
) -> None:
    """How long answers take in this process, what of it the models take, and what limits it."""
    with explained():
        from eval.answers.sets import SetName, Sources, read_sets
        from eval.speed.run import choose, run

        bot = open_settings_bot()
        sets = read_sets([SetName.WRITERS, SetName.PLAN], Sources(bot.corpus))
        cases = choose([case for one in sets for case in one.questions], size, seed)
        run(bot, cases, typer.echo, build, json, progress)


@app.command()
def ablation(
    name: Annotated[Literal["writers", "plan", "train", "held"], typer.Option("--set")] = "writers",
    sample: Sample = None,
    seed: Seed = SEED,
    json: Json = None,
) -> None:
    """What each part adds to the answers: search, encoder, judge, router."""
    with explained():
        from eval.ablation.run import run
        from eval.ablation.variants import variants
        from eval.answers.judgement import clause_texts
        from eval.answers.sets import SetName, Sources, read_sets

        bot = open_settings_bot()
        (asked,) = read_sets([SetName(name)], Sources(bot.corpus))
        run(variants(bot), asked.sampled(sample, seed), clause_texts(bot.corpus), typer.echo, json, progress)


@app.command()
def questions(
    split: Annotated[Literal["dev", "test"], typer.Option()] = "dev",
    ablate: Annotated[bool, typer.Option(help="Remove each part in turn")] = False,
    channels: Annotated[bool, typer.Option(help="The bare index by channel too")] = False,
    json: Json = None,
) -> None:
    """Are the right clauses found for our own questions?"""
    with explained():
        from bot.local import LocalBot
        from eval.retrieval.questions import Options, QuestionSplit, run
        from eval.retrieval.retrievers import BotRetriever, Retriever, ablations
        from eval.retrieval.retrievers import channels as by_channel
        from vectorstore.index import ClauseIndex

        bot = open_settings_bot()

        def make(index: ClauseIndex) -> Retriever:
            return BotRetriever(LocalBot(bot.corpus, index, bot.reader.encoder))

        variants: dict[str, Retriever] = ablations(make, bot.index) if ablate else {"full": BotRetriever(bot)}
        if channels:
            variants |= by_channel(bot.index)
        run(variants, Options(split=QuestionSplit(split), json=json), typer.echo)


@app.command()
def judge() -> None:
    """Does the judge tell what bears and what states? On the questions training never saw."""
    with explained():
        from eval.judge.evaluate import run

        run(typer.echo, progress)


@app.command()
def route() -> None:
    """Does the router tell what kind of answer is wanted?"""
    with explained():
        from eval.route.evaluate import run

        run(typer.echo, progress)


@app.command()
def documents(
    folder: Annotated[
        Path | None,
        typer.Argument(help="Documents, with questions/*.jsonl on them; without: those held out"),
    ] = None,
) -> None:
    """How are questions on documents answered that no model was trained on?"""
    with explained():
        import tempfile

        from bot.settings import read_settings
        from eval.documents.run import run
        from eval.judge.documents import FOLDER, QUESTIONS
        from eval.judge.rows import read_labelled
        from eval.judge.splits import Split, rows_of
        from ui.wire import open_bot

        with tempfile.TemporaryDirectory() as data:
            settings = read_settings().model_copy(update={"plans_dir": folder or FOLDER, "data_dir": Path(data)})
            bot = open_bot(settings, progress, note)
            labelled = read_labelled(bot.corpus, (folder or FOLDER) / QUESTIONS)
            run(bot, [one.row for one in (labelled if folder else rows_of(labelled, Split.DOCUMENTS))], typer.echo)


@app.command()
def retrieval(
    folder: Annotated[Path, typer.Argument(help="A collection in BEIR's layout")],
    channel: Annotated[Literal["lexical", "dense", "hybrid"], typer.Option()] = "hybrid",
    split: Annotated[str, typer.Option(help="Of the qrels; empty takes test, else dev")] = "",
    compare: Annotated[bool, typer.Option(help="Beside rank_bm25 + Chroma in LangChain's ensemble")] = False,
    json: Json = None,
) -> None:
    """How does the index do on anyone's collection?"""
    with explained():
        from bot.settings import read_settings
        from eval.retrieval import baseline
        from eval.retrieval.run import Options, run
        from vectorstore.embed import open_embedder
        from vectorstore.index import Channel

        settings = read_settings()
        options = Options(folder, Channel(channel), split, json)
        embedder = open_embedder(settings.embedder, key=settings.embedder_key)
        (baseline.run if compare else run)(options, embedder, typer.echo, progress)


app.command()(cli_proof.load)
app.command()(cli_proof.attack)
app.command()(cli_proof.formats)
app.command()(cli_proof.scale)


def open_settings_bot() -> "LocalBot":
    """The bot that the environment describes."""
    from bot.settings import read_settings
    from ui.wire import open_bot

    return open_bot(read_settings(), progress, note)


def _names(sets: list[str], bounds: "Floor") -> "list[SetName]":
    """Those asked for; else those the floor names; else the dev sets, and the held one once it is written."""
    from eval.answers.sets import HELD, HeldMissing, SetName
    from ingest.errors import BadSetting

    if unknown := [name for name in sets if name not in set(SetName)]:
        raise BadSetting("--set", unknown[0], f"one of {', '.join(SetName)}")
    if SetName.HELD in sets and not HELD.is_file():
        raise HeldMissing(HELD)
    if sets or bounds:
        return [SetName(name) for name in dict.fromkeys(sets)] or list(bounds)
    if HELD.is_file():
        return [SetName.WRITERS, SetName.PLAN, SetName.HELD]
    note(f"Left out: held. {HeldMissing(HELD)}")
    return [SetName.WRITERS, SetName.PLAN]
