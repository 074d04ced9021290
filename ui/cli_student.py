"""`metrology train student`, `ship-student`: what reads the passages of large collections in the encoder's stead."""

from pathlib import Path
from typing import Annotated

import typer

from ui.cli_train import Minutes, Out, Threads, given, shipped_lessons, with_extra
from ui.explain import note, progress

Law = Annotated[Path | None, typer.Option(help="Articles to read beside the plans, as `metrology eval scale` has them")]


def student(
    out: Out,
    law: Law = None,
    start: Annotated[Path | None, typer.Option(help="Checkpoint of this training to go on from")] = None,
    minutes: Minutes = None,
    threads: Threads = None,
    seed: Annotated[int | None, typer.Option()] = None,
) -> None:
    """One layer that gives passages nearly the shipped encoder's vectors, a dozen times faster."""
    with with_extra("torch", "onnx"):
        from eval.judge.recover import recover
        from eval.judge.ship import Folders
        from eval.judge.splits import Split, rows_of
        from eval.student.course import Course, Distilling, load_student, read_lessons, student_of, train
        from eval.student.texts import read_texts
        from vectorstore.encoder import Encoder

        recipe = Distilling(**given(minutes=minutes, threads=threads, seed=seed))
        texts = read_texts(law, recipe.share, recipe.seed)
        questions = sorted({one.query.reading for one in rows_of(shipped_lessons().labelled, Split.TRAIN)})
        lessons = read_lessons(Encoder(), texts, questions, lambda done, total: progress("passages", done, total))
        begun = load_student(start)[0] if start else student_of(recover(Folders()).networks.encoder, recipe.layers)
        note(f"Cosine with the encoder {train(Course(begun, lessons, recipe), out, note):.4f}. Checkpoint at {out}")


def ship_student(
    checkpoint: Annotated[Path, typer.Option(help="That `metrology train student` wrote")],
    law: Law = None,
    out: Annotated[Path | None, typer.Option(help="Folder of its encoder; by default the shipped one")] = None,
) -> None:
    """The student's files beside its encoder, with what was measured."""
    with with_extra("torch", "onnx"):
        from eval.student.course import load_student
        from eval.student.ship import ship
        from eval.student.texts import is_held, read_texts
        from ingest.errors import BadSetting
        from vectorstore.encoder import FOLDER

        network, training = load_student(checkpoint)
        recipe = training.notes["recipe"]
        texts = read_texts(law, recipe["share"], recipe["seed"])
        if len(texts) != training.notes["texts"]:
            raise BadSetting(
                "law", law, f"the texts it was trained on, {training.notes['texts']}: these are {len(texts)}"
            )
        ship(network, training, [text for row, text in enumerate(texts) if is_held(row)], note, out or FOLDER)
