"""A small regulation with what the plans lack — prohibitions, exceptions, fees — and a way to check against it."""

from bot.check.draft import Excerpt, FaultKind, Sentence
from bot.check.sentence import check_sentence
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


def rules() -> Plan:
    entry = Entry(
        id="rules", file="rules.txt", name="计量管理办法", region="三明", level="municipal", aliases=("三明市",)
    )
    return understand(RULES, entry, "rules.txt")


PLAN = rules()


def excerpt(path: str, handle: int = 1, plan: Plan = PLAN) -> Excerpt:
    clause = next(one for one in plan.clauses if one.path == path)
    return Excerpt(handle, plan, clause, clause.text)


def kinds(text: str, *paths: str, handles: tuple[int, ...] | None = None) -> set[FaultKind]:
    """Kinds of faults of a sentence that cites all of `paths`, or `handles` of them."""
    shown = [excerpt(path, handle) for handle, path in enumerate(paths, start=1)]
    cited = tuple(one.handle for one in shown) if handles is None else handles
    return {fault.kind for fault in check_sentence(Sentence(text, cited), shown)}
