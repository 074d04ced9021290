"""Where the reader's lessons come from."""

import gzip
import json
from itertools import islice
from pathlib import Path

import pytest

from eval.entail.examples import HELD_PLAN
from eval.entail.sources import read_law, read_lessons, whole_corpus
from ingest.errors import BadSetting


def law(folder: Path, rows: list[dict[str, str]]) -> Path:
    path = folder / "law.jsonl.gz"
    with gzip.open(path, "wt", encoding="utf-8") as lines:
        lines.write("\n".join(json.dumps(row, ensure_ascii=False) for row in rows))
    return path


def article(document: str, number: int) -> dict[str, str]:
    return {"doc": document, "text": f"第{number}项工作由市猫狗管理部门负责，应当每年检查{number}次并公布结果。"}


def test_articles_are_read_by_document(tmp_path: Path) -> None:
    rows = [article("甲法", number) for number in range(5)] + [article("乙法", number) for number in range(2)]
    (only,) = read_law(law(tmp_path, [*rows, {"doc": "甲法", "text": "短。"}]))
    assert len(only) == 5, "documents of few texts, and short texts, are left out"


@pytest.mark.parametrize(
    "content",
    [b"", b"no gzip", gzip.compress(b"{"), gzip.compress(b'{"doc": "a"}')],
    ids=["empty", "no gzip", "no JSON", "no text"],
)
def test_what_is_no_such_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "law.jsonl.gz"
    path.write_bytes(content)
    with pytest.raises(BadSetting, match=r"law\.jsonl\.gz"):
        read_law(path)
    with pytest.raises(BadSetting, match=r"other\.gz"):
        read_law(tmp_path / "other.gz")


def test_lessons_have_pairs_by_hand_and_edits_without_end(tmp_path: Path) -> None:
    lessons = read_lessons(law(tmp_path, [article("甲法", number) for number in range(9)]), seed=1)
    assert len(lessons.written) > 10_000
    texts = [true.cited for true, _ in islice(lessons.edited, 120)]
    assert 20 < sum("猫狗" in text for text in texts) < 100, "law and our own documents by turns"


def test_without_law_our_own_documents_are_edited_alone() -> None:
    lessons = read_lessons(None, seed=1)
    assert all("猫狗" not in true.cited for true, _ in islice(lessons.edited, 60))


def test_the_plan_kept_to_measure_on_is_edited_never() -> None:
    held = {clause.text[:40] for plan in whole_corpus().plans if plan.id == HELD_PLAN for clause in plan.clauses}
    lessons = read_lessons(None, seed=2)
    assert not [true for true, _ in islice(lessons.edited, 300) if true.cited[:40] in held]


def test_the_last_leg_learns_from_all_plans() -> None:
    rest, whole = read_lessons(None, seed=2), read_lessons(None, seed=2, held_plan="")
    assert len(whole.written) > len(rest.written)
    assert any(true.cited.startswith("金华·") for true, _ in whole.written)
    assert not any(true.cited.startswith("金华·") for true, _ in rest.written)
