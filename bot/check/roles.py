"""Who leads and who supports is as the plan says; a lead only where it names one."""

import re
from collections.abc import Iterable, Iterator

from bot.check.claim import Claim, Segment
from bot.check.draft import Fault, FaultKind
from bot.check.fold import plain
from bot.check.names import Name, joined, name_parts, read_names, same_name
from ingest.model import Role

LEAD_AHEAD = re.compile(
    r"牵头(?:的|单位|部门|方|责任单位)+(?:有|为|是|即|包括|:)*$|(?:列第一位的|第一责任单位)(?:是|为)$"
)
SUPPORT_AHEAD = re.compile(r"(?:配合|协办|协助|参与)(?:的|单位|部门|方)+(?:有|为|是|即|包括|还有|:)*$|配合的有$")
CALLED = r"[是为作](?:为|该|此|本|这)?[^,;。]{0,10}"
LEAD_BEHIND = re.compile(
    rf"^等?(?:(?:负责|来|共同)?牵头|为(?:主要)?牵头|{CALLED}牵头(?:单位|部门|方)|主办|主责|为主责)(?!的有|制定|人)"
)
SUPPORT_BEHIND = re.compile(rf"^等?(?:(?:来|予以|负责|共同|参与)?(?:配合|协办|协助)|{CALLED}配合(?:单位|部门))(?!的有)")
ISSUES = re.compile(r"(?:于[^,;。]{0,14}|在[^,;。]{0,14})?(?:印发|发布|制发|下发|公布)")
APPROVES = re.compile(r"(?:审议)?(?:同意|批准|审定)")
LIST_MARK = re.compile(r"^(?:等|、|和|与|及|以及|还有|,还有|,以及)*$")


def role_faults(claim: Claim) -> Iterator[Fault]:
    for segment in claim.segments:
        yield from _of_segment(claim, read_names(claim, segment), segment)


def _of_segment(claim: Claim, names: list[Name], segment: Segment) -> Iterator[Fault]:
    roles = {role: [unit.name for one in segment.evidence for unit in one.units if unit.role is role] for role in Role}
    for group in _groups(claim.masked, names):
        if ISSUES.match(claim.masked, group[-1].end):
            yield from _issuer_faults(group, segment)
        if APPROVES.match(claim.masked, group[-1].end):
            yield from _approval_faults(group, segment)
        told = _told(claim.masked, group, segment)
        if told is None or _in_text(told, group, segment):
            continue
        allowed = [joined(plain(name)) for name in roles[told]]
        for name in group:
            if name.stands and not any(same_name(name.text, one) for one in allowed):
                yield Fault(FaultKind.ROLE, f"{name.text}: {'牵头' if told is Role.LEAD else '配合'}")
    yield from _bare_role(claim, segment, bool(roles[Role.LEAD]))


def _issuer_faults(group: list[Name], segment: Segment) -> Iterator[Fault]:
    """由…印发: the issuer, as far as the plan names one."""
    known = [one.plan.metadata.issuer.value for one in segment.evidence if one.plan.metadata.issuer]
    for name in group:
        whole = re.compile(re.escape(name.text) + r"(?!办公)")
        if any(whole.search(one.text) for one in segment.evidence):
            continue
        if known and name.stands and not any(name_parts(name.text)[2] == name_parts(one)[2] for one in known):
            yield Fault(FaultKind.ORGANISATION, name.text)


def _approval_faults(group: list[Name], segment: Segment) -> Iterator[Fault]:
    """已经市政府同意 is not told of another authority."""
    texts = [joined(one.text) for one in segment.evidence]
    given = [text[max(0, match.start() - 10) : match.start()] for text in texts for match in APPROVES.finditer(text)]
    for name in group:
        if given and not any(before.endswith(_short(name.text)) for before in given):
            yield Fault(FaultKind.ROLE, name.text)


def _short(name: str) -> str:
    """金华市人民政府 → 市政府, as a plan calls its own."""
    return re.sub(r"^.*?([省市县区]?)人民政府$", r"\1政府", re.sub(r"^[\u3400-\u9fff]{2,3}(?=市政府)", "", name))


def _groups(text: str, names: Iterable[Name]) -> Iterator[list[Name]]:
    """Names listed together."""
    group: list[Name] = []
    for name in names:
        if group and not LIST_MARK.match(text[group[-1].end : name.start]):
            yield group
            group = []
        group.append(name)
    if group:
        yield group


def _told(text: str, group: list[Name], segment: Segment) -> Role | None:
    before = text[max(segment.start, group[0].start - 12) : group[0].start]
    after = text[group[-1].end : group[-1].end + 20]
    if LEAD_AHEAD.search(before) or LEAD_BEHIND.match(after):
        return Role.LEAD
    if SUPPORT_AHEAD.search(before) or SUPPORT_BEHIND.match(after):
        return Role.SUPPORT
    if re.match(r"等?(?:共同)?负责", after) and re.search(
        r"[,;、](?:.*)(?:配合|协助)", text[group[-1].end : segment.end]
    ):
        return Role.LEAD
    return None


def _in_text(told: Role, group: list[Name], segment: Segment) -> bool:
    """建立由市场监管部门牵头…的沟通协调机制: the body of a clause, not its list of units."""
    word = "牵头" if told is Role.LEAD else "参与"
    return any(
        not one.units
        and all(re.search(rf"{re.escape(name.text[-4:])}[^。;]{{0,40}}{word}", one.text) for name in group)
        for one in segment.evidence
    )


def _bare_role(claim: Claim, segment: Segment, has_lead: bool) -> Iterator[Fault]:
    """牵头 of somebody who is no known kind of authority, or where the plan names no lead."""
    for match in re.finditer(r"牵头", claim.masked[segment.start : segment.end]):
        near = claim.masked[segment.start + match.start() - 2 : segment.start + match.end() + 2]
        if not has_lead and not any("牵头" in one.text for one in segment.evidence):
            yield Fault(FaultKind.ROLE, near)
            return
