"""Invented documents that are learned from beside the shipped plans (`data/documents`): they state what plans do not.

Five plans never state a fee, an interval, a form or a telephone number. Who learns from them alone learns that such
things are never stated, whatever the text says.
"""

from pathlib import Path

from eval.judge.rows import DATA
from ingest.load import load
from ingest.model import Plan

FOLDER = DATA / "documents"
QUESTIONS = "questions"  # the folder beside the documents that holds what is asked of them


def read_documents(folder: Path = FOLDER) -> tuple[Plan, ...]:
    """Their ids are the files' names. Raises what `load` raises."""
    return tuple(load([folder]).plans)
