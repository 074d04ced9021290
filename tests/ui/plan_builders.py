"""Clauses and plans as the API tells them, for the reader's tests."""

import re
from collections.abc import Mapping
from html import unescape
from typing import Any

from ingest.model import Plan
from tests.ui.canned import clause_json, plan_json
from ui.plan_beside import Beside, Finding, Words
from ui.plan_page import Asked, render_plan
from ui.plan_time import TimedPlan
from ui.replies import ClauseText

ROW = "检定覆盖率（%）｜2020年：86｜2025年：95｜属性：约束性"


def clause(**given: Any) -> ClauseText:
    fields: Mapping[str, Any] = {
        "clause_id": "p:三1",
        "clause_path": "三1",
        "kind": "item",
        "heading": "甲",
        "text": "甲。乙丙。",
    }
    return ClauseText.model_validate({**fields, **given})


def row(number: int = 1, text: str = ROW, **given: Any) -> ClauseText:
    heading = text.partition("｜")[0]
    return clause(clause_path=f"专栏1/{number}", kind="row", heading=heading, text=text, **given)


def plan_of(*clauses: ClauseText, **given: Any) -> TimedPlan:
    return TimedPlan.model_validate({"plan_id": "p", "title": "某规划", **given, "clauses": clauses})


def plan_text(plan: Plan) -> TimedPlan:
    return TimedPlan.model_validate({**plan_json(plan), "clauses": [clause_json(each) for each in plan.clauses]})


def rendered(
    plan: TimedPlan,
    clause_path: str = "",
    start: str | None = None,
    end: str | None = None,
    day: str = "",
    beside: Beside | None = None,
) -> str:
    return render_plan(plan, Asked(clause_path, start, end, day), beside or Beside()).html


def found(words: str, *places: tuple[str, int, int], total: int = 0) -> Beside:
    """`places`: path, start and end."""
    listed = [{"clause_path": path, "start": start, "end": end} for path, start, end in places]
    return Beside(Finding(words, Words.model_validate({"total": total or len(places), "places": listed})))


def article(html: str) -> str:
    return html[html.index("<article>") : html.index("</article>")]


def marked(html: str) -> list[str]:
    """What is marked as quoted."""
    return [unescape(text) for text in re.findall(r"<mark>(.*?)</mark>", article(html), re.DOTALL)]


def words_of(html: str) -> str:
    """What is printed of the text, without links and blanks."""
    bare = re.sub(r'<a class="(?:permalink|tie)".*?</a>|<span class="step">.*?</span>', "", html)
    return re.sub(r"\s", "", unescape(re.sub(r"<[^>]+>", "", bare)))
