"""Small cases, replies and outcomes for the tests of the evaluation."""

from collections.abc import Mapping
from typing import Any

from eval.answers.asker import Reply
from eval.answers.case import Case
from eval.answers.judge import Judgement, judge
from eval.answers.judgement import Outcome
from eval.answers.labelled import LabelledCase, LabelledJudgement, judge_labelled
from eval.judge.rows import Row

TEXTS = {"a:一": "到2025年达到850家。", "a:二": "加强监督检查。", "b:一": "达到2020家。", "c:一": "达到30家。"}


def clause_text(clause_id: str) -> str | None:
    return TEXTS.get(clause_id)


def case_line(**changes: Any) -> dict[str, Any]:
    return {
        "id": "case-1",
        "turns": ["要多少家"],
        "intent": "indicator",
        "plans": ["a"],
        "status": ["answered"],
        "gold": ["a:一"],
        "also": [],
        "facts": ["850"],
        "forbidden": [],
        "split": "dev",
        "user": "staff",
        **changes,
    }


def make_case(**changes: Any) -> Case:
    return Case.model_validate(case_line(**changes))


def citation(clause_id: str, quote: str = "", start: int = 0) -> dict[str, Any]:
    """A right citation of the clause's first characters unless told otherwise."""
    quote = quote or TEXTS.get(clause_id, "无")[:4]
    return {"index": 1, "clause_id": clause_id, "quote": quote, "start": start, "end": start + len(quote)}


def reply_json(**changes: Any) -> dict[str, Any]:
    return {
        "answer_id": "x",
        "status": "answered",
        "answer": "达到**850**家。[1]",
        "plain_text": "达到850家。",
        "statements": [],
        "citations": [citation("a:一")],
        "related": [],
        "notes": [],
        "mode": "extractive",
        "corpus_version": "v1",
        "took_ms": 1.0,
        **changes,
    }


def judged(case: Mapping[str, Any] | None = None, took: tuple[float, ...] = (5.0,), **reply: Any) -> Judgement:
    """A judgement of `case` (changes to the small case) answered by `reply` (changes to the small reply)."""
    outcome = Outcome(make_case(**(case or {})), Reply.model_validate(reply_json(**reply)), took)
    return judge(outcome, clause_text)


def failed(case: Mapping[str, Any] | None = None) -> Judgement:
    return judge(Outcome(make_case(**(case or {})), None, (), "no connection"), clause_text)


def row_line(**changes: Any) -> dict[str, Any]:
    """A line of a labelled file; `gold` stands for `support`, clause → sentence."""
    gold = changes.pop("gold", {"a:一": "到2025年达到850家"})
    return {
        "id": "row-1",
        "question": "要多少家",
        "history": [],
        "plans": ["a"],
        "answerable": "yes",
        "missing": "" if changes.get("answerable", "yes") == "yes" else "罚多少",
        "support": [{"clause": clause, "sentence": sentence} for clause, sentence in gold.items()],
        "near": [],
        "asks": ["number"],
        "route": "indicator",
        "register": "plain",
        **changes,
    }


def labelled_case(writer: str = "citizens", held: bool = False, **changes: Any) -> LabelledCase:
    return LabelledCase(Row.model_validate(row_line(**changes)), writer, held)


def labelled(row: Mapping[str, Any] | None = None, took: tuple[float, ...] = (5.0,), **reply: Any) -> LabelledJudgement:
    """A judgement of a labelled question (changes to the small one) answered by `reply` (likewise)."""
    content = reply_json(**{"citations": [citation("a:一", TEXTS["a:一"])], **reply})
    outcome = Outcome(labelled_case(**(row or {})), Reply.model_validate(content), took)
    return judge_labelled(outcome, clause_text)
