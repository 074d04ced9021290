"""Receipts and ratings as a period of asking leaves them."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import count

from bot import wording
from bot.model import Mode, Status
from bot.records.receipts import Feedback, Receipt, ReceiptCitation, ReceiptStatement
from bot.records.store import SqlRecords

NUMBERS = count(1)
NOON = "T04:00:00.000+00:00"  # in Beijing


@dataclass(frozen=True, slots=True)
class Past:
    """A question once asked. `at` is a day, noon in Beijing, or a whole moment."""

    question: str
    status: Status = Status.ANSWERED
    clauses: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    at: str = "2026-03-10"
    ratings: tuple[bool, ...] = ()

    def receipt(self) -> Receipt:
        cited = tuple(ReceiptCitation(n, clause, 0, 1, "x", "0" * 64) for n, clause in enumerate(self.clauses, start=1))
        said = tuple(ReceiptStatement("引。", (each.index,)) for each in cited)
        return Receipt(
            answer_id=f"a{next(NUMBERS):06}",
            question=self.question,
            status=self.status,
            statements=(*said, *(ReceiptStatement(text, ()) for text in self.told)),
            citations=cited,
            notes=self.notes,
            mode=Mode.EXTRACTIVE,
            model="",
            corpus_version="v",
            asked_at=self.at if "T" in self.at else self.at + NOON,
        )


def kept(pasts: Iterable[Past], url: str = "sqlite://") -> SqlRecords:
    records = SqlRecords.at(url)
    for past in pasts:
        receipt = past.receipt()
        records.keep(receipt)
        for place, useful in enumerate(past.ratings):
            records.rate(Feedback(receipt.answer_id, useful, "", receipt.asked_at, caller=f"key{place}"))
    return records


NOT_FOUND = (wording.NOT_FOUND,)
DETAIL = (wording.MISSING_ASPECT.format(aspect="具体的处罚种类或幅度"),)
FINES = "quanzhou:三(四)17"
PLEDGE = "xiamen:三(四)21"
PASTS = (
    Past("厦门怎么推行自我承诺？", clauses=(PLEDGE,), ratings=(True, True)),
    Past("厦门怎么推行自我承诺？", clauses=(PLEDGE, FINES), at="2026-03-11", ratings=(False,)),
    Past("罚款多少钱？", Status.PARTIAL, (FINES,), notes=DETAIL),
    Past("罚款  多少钱？", Status.PARTIAL, (FINES,), notes=DETAIL, at="2026-03-12"),
    Past("罚款几万？", Status.NOT_FOUND, told=NOT_FOUND, at="2026-03-12"),
    Past("天气怎么样", Status.OUT_OF_SCOPE, told=(wording.OUT_OF_SCOPE,), at="2026-03-12"),
)
