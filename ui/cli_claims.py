"""`metrology train entails`, `ship-entails`; `eval verification`, `model`: the check of a model's sentences."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli_eval import Json, open_settings_bot
from ui.cli_train import Minutes, Out, Threads, given, with_extra
from ui.explain import explained, note, progress


def entails(
    out: Out,
    encoder: Annotated[
        Path | None, typer.Option(help="Checkpoint of the first stage: begin anew from its encoder")
    ] = None,
    start: Annotated[Path | None, typer.Option(help="Checkpoint of this reader to go on from")] = None,
    law: Annotated[Path | None, typer.Option(help="NAME.jsonl.gz of articles (doc, text) to edit as well")] = None,
    minutes: Minutes = None,
    threads: Threads = None,
    seed: Annotated[int | None, typer.Option()] = None,
    all_plans: Annotated[
        bool, typer.Option("--all-plans", help="From the plan kept to measure on, too: the last leg of a training")
    ] = False,
) -> None:
    """The reader of claims: whether a text bears a sentence out. Goes on from the shipped one if given none."""
    with with_extra("torch", "onnx"):
        from eval.entail.begin import begin
        from eval.entail.course import Reading, open_course, train
        from eval.entail.sources import read_lessons

        recipe = Reading(**given(minutes=minutes, threads=threads, seed=seed, held_plan="" if all_plans else None))
        lessons = read_lessons(law, recipe.seed, recipe.held_plan)
        train(open_course(begin(encoder, start, recipe.seed), lessons, recipe), out, note)
        note(f"Checkpoint at {out}")


def ship_entails(
    checkpoint: Annotated[Path, typer.Option(help="That `metrology train entails` wrote")],
    out: Annotated[Path | None, typer.Option(help="Folder; by default where the bot looks")] = None,
    held_back: Annotated[
        float | None, typer.Option(min=0, max=1, help="Share of honest sentences held back at most")
    ] = None,
) -> None:
    """The reader's files, with a manifest of what was measured on them and of the threshold chosen."""
    with with_extra("torch", "onnx"):
        from bot.check.entails import FOLDER
        from eval.entail.begin import load_reader
        from eval.entail.ship import HELD_BACK, ship

        network, training = load_reader(checkpoint)
        ship(network, training, note, out or FOLDER, HELD_BACK if held_back is None else held_back)


def verification() -> None:
    """Is what a model doctored caught, and what it said honestly let through?"""
    with explained():
        from eval.verification import rounds
        from eval.verification.run import run

        run(typer.echo)
        typer.echo("")
        rounds.run(typer.echo)


def model(
    size: Annotated[int, typer.Option("--questions", min=1, help="How many of the dev questions")] = 60,
    json: Json = None,
) -> None:
    """What becomes of the sentences of the model that is set: said, attributed, replaced, dropped, and why."""
    with explained():
        from eval.answers.sets import SetName, Sources, read_sets
        from eval.writing.run import choose, run
        from ingest.errors import BadSetting

        bot = open_settings_bot()
        if bot.assistant is None:
            raise BadSetting("LLM_BASE_URL", "", "the address of an OpenAI-compatible server, and LLM_MODEL its model")
        sets = read_sets([SetName.WRITERS, SetName.PLAN], Sources(bot.corpus))
        run(bot, choose([case for one in sets for case in one.questions], size), typer.echo, json, progress)
