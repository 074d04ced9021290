"""`metrology eval …`: answers, our questions, anyone's collection."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from ui.explain import explained, note, progress

if TYPE_CHECKING:
    from bot.local import LocalBot
    from eval.answers.asker import Render

app = typer.Typer(  # choices are spelt out here so that `metrology plans` need not import what they belong to
    help="Evaluate the answers; or retrieval, on our questions or on anyone's data.", invoke_without_command=True
)
Json = Annotated[Path | None, typer.Option("--json", help="Write figures, settings and rows as JSON")]


@app.callback()
def answers(
    context: typer.Context,
    url: Annotated[str | None, typer.Option(help="A running server; without it the bot runs in this process")] = None,
    cases: Annotated[Path | None, typer.Option(help="Folder or file of cases; without it the shipped ones")] = None,
    split: Annotated[Literal["dev", "held", "all"], typer.Option()] = "dev",
    mode: Annotated[str, typer.Option(help="auto, extractive or llm")] = "auto",
    json: Json = None,
    html: Annotated[Path | None, typer.Option(help="Write a self-contained report")] = None,
    baseline: Annotated[Path | None, typer.Option(help="An earlier JSON: say what changed")] = None,
    floor: Annotated[bool, typer.Option(help="Fail below the committed floor")] = False,
) -> None:
    """Ask all cases, judge the answers, say what came out."""
    if context.invoked_subcommand:
        return
    with explained():
        from eval.answers.asker import Asker, HttpAsker, InProcessAsker
        from eval.answers.case import CASES, Split
        from eval.answers.run import FLOOR, Options, run

        bot = _open_bot()
        asker: Asker = HttpAsker(url, mode) if url else InProcessAsker(bot, _render(bot), mode)
        options = Options(
            source=url or "in process",
            mode=mode,
            cases=cases or CASES,
            split=Split(split),
            json=json,
            html=html,
            baseline=baseline,
            floor=FLOOR if floor else None,
        )
        result = run(asker, bot.corpus, options, typer.echo, lambda done, total: progress("cases", done, total))
        if result.below:
            raise typer.Exit(1)


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

        bot = _open_bot()

        def make(index: ClauseIndex) -> Retriever:
            return BotRetriever(LocalBot(bot.corpus, index, bot.vocabulary))

        variants: dict[str, Retriever] = ablations(make, bot.index) if ablate else {"full": BotRetriever(bot)}
        if channels:
            variants |= by_channel(bot.index)
        run(variants, Options(split=QuestionSplit(split), json=json), typer.echo)


@app.command()
def verification() -> None:
    """Is what a model doctored caught, and what it said honestly let through?"""
    with explained():
        from eval.verification.run import run

        run(typer.echo)


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


def _open_bot() -> "LocalBot":
    from bot.settings import read_settings
    from ui.wire import open_bot

    return open_bot(read_settings(), progress, note)


def _render(bot: "LocalBot") -> "Render":
    from bot.api.present import Presenter

    presenter = Presenter("")
    return lambda asked: presenter.answer(asked, bot.corpus_version).model_dump(mode="json")
