"""Texts to check sentences against that are no plan of ours, and a reader that says what a test wants it to say."""

from collections.abc import Callable, Iterable

from bot.check.draft import Excerpt, Fault, FaultKind
from bot.check.entails import Entailment
from bot.check.read.claim import Claim, read_claim
from bot.check.read.evidence import Evidence, read_evidence
from ingest.catalogue import Entry
from ingest.load import understand
from ingest.model import Plan

RULES = """三明市计量管理办法
一、总则
（一）使用。经营者不得使用未经检定的计量器具，教学示范用的除外。经营者应当于2024年6月30日前完成登记，登记费用约20元。
（二）检定。符合条件的企业可以申请免费检定，每家企业每年不超过3次。60kg以下的衡器无需检定。
（三）抽查。抽查比例近30%，不合格率低于5%，超过100家的市场由市市场监管局抽查。
（四）承诺。鼓励经营者签订承诺书，推行信用分级管理，到2026年覆盖率达到90%以上。（责任单位：市市场监管局、市商务局）
（五）发展。到2025年，初步建成监管平台，覆盖12个县。到2030年，全面建成监管平台。（市数据局牵头，市财政局配合）
"""
IDS = {"三明": "rules", "龙岩": "other-rules"}
USE, TEST, SAMPLE, PLEDGE, GROWTH = "一(一)", "一(二)", "一(三)", "一(四)", "一(五)"


class FixedReader:
    """Finds what it is asked as likely as `borne` says; keeps what it was asked."""

    threshold = 0.5

    def __init__(self, borne: float | Callable[[str, str], float] = 1.0, doubted: tuple[str, ...] = ()) -> None:
        self.borne, self.doubted = borne, doubted
        self.asked: list[tuple[str, str]] = []

    def read(self, sentence: str, cited: str) -> Entailment:
        self.asked.append((sentence, cited))
        borne = self.borne(sentence, cited) if callable(self.borne) else self.borne
        return Entailment(borne, self.doubted if borne < self.threshold else ())


def rules(text: str = RULES, region: str = "三明") -> Plan:
    names = (f"{region}市",)
    entry = Entry(
        id=IDS[region], file="rules.txt", name="计量管理办法", region=region, level="municipal", aliases=names
    )
    return understand(text, entry, "rules.txt")


PLAN = rules()


def excerpt(path: str, handle: int = 1, plan: Plan = PLAN) -> Excerpt:
    clause = next(one for one in plan.clauses if one.path == path)
    return Excerpt(handle, plan, clause, clause.text)


def evidence(text: str, region: str = "三明") -> Evidence:
    """`text` as the only item of a document of `region`."""
    plan = rules(f"{region}市计量管理办法\n一、总则\n（一）{text}\n", region)
    return read_evidence(excerpt("一(一)", 1, plan))


def claim(sentence: str, *texts: str, region: str = "三明") -> Claim:
    """A sentence that cites each of `texts`."""
    return read_claim(sentence, [evidence(text, region) for text in texts])


def kinds(faults: Iterable[Fault]) -> list[FaultKind]:
    return [fault.kind for fault in faults]
