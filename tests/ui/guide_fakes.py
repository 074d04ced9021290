"""What the guides are tested with: plans by name, replies, and a bot that says what it is told to."""

from dataclasses import dataclass, field
from threading import Event
from typing import Any

from tests.ui.canned import VERSION
from ui.api_errors import ApiTimeout
from ui.guides.view import regions_of
from ui.replies import PlanEntry, Reply

ASK_ON = "可咨询12366纳税服务热线。"
SILENT = "所引条款与所问有关，但没有写明具体金额。"


def plan(plan_id: str, region: str, level: str = "municipal", **more: Any) -> PlanEntry:
    return PlanEntry.model_validate(
        {"plan_id": plan_id, "title": f"{plan_id}规划", "region": region, "level": level, **more}
    )


NATION, JIA, YI, JIA_TOO = plan("n", "全国", "national"), plan("jia", "甲"), plan("yi", "乙"), plan("jia2", "甲")
REGIONS = regions_of((NATION, JIA, YI, JIA_TOO))


def cited(quote: str, plan_id: str = "jia", **more: Any) -> dict[str, Any]:
    """A reply that quotes a clause."""
    source = {
        "index": 1, "plan_id": plan_id, "plan_title": f"{plan_id}规划", "region": "甲", "clause_path": "三1",
        "heading": "要求", "quote": quote, "url": f"/plans/{plan_id}?clause=三1",
    }  # fmt: skip
    said = [{"text": f"甲（三1）：「{quote}」", "citations": [1]}]
    return {"status": "answered", "statements": said, "citations": [source], "corpus_version": VERSION, **more}


def declined(text: str = "甲：收录的文件中没有与所问相应的条款。", **more: Any) -> dict[str, Any]:
    return {"status": "not_found", "statements": [{"text": text}], "corpus_version": VERSION, **more}


def _open() -> Event:
    gate = Event()
    gate.set()
    return gate


@dataclass
class FakeAsker:
    """`answers` by a word of the question; else a quotation of the question. It answers once `hold` is set."""

    answers: dict[str, dict[str, Any]] = field(default_factory=dict)
    version: str = VERSION
    asked: list[tuple[str, tuple[str, ...]]] = field(default_factory=list)
    failing: bool = False
    hold: Event = field(default_factory=_open)

    def ask(self, question: str, plan_ids: tuple[str, ...]) -> Reply:
        self.hold.wait(60)
        if self.failing:
            raise ApiTimeout("http://api.test", 1)
        self.asked.append((question, plan_ids))
        found = next(
            (answer for word, answer in self.answers.items() if word in question), cited(f"就是{question}", plan_ids[0])
        )
        return Reply.model_validate(found)

    def corpus_version(self) -> str:
        return self.version
