"""Follow-ups: what was asked before is read with a question, and the plans it leaves out are taken over."""

import re
from dataclasses import dataclass, replace

from bot.model import Address, Answer, Intent, Question, Status
from bot.question.resolve import item_number
from ingest.model import Clause
from ingest.numerals import CHINESE_NUMERAL, numeral_text, numeral_value
from vectorstore.index import BEFORE_MAX

NEXT = re.compile(
    r"(?P<way>下一?|(?<!最)后一|接下来的?|再下一?|上一?|前一)个?(?P<what>专栏|[条项款章节])?(?=呢|是|讲|说|内容|的|$|[?。])"
)
SHORT = len("由谁牵头负责呢")  # what is no longer asks of what was just read
POINTS_BACK = re.compile(r"这|那|它|该|此|上述|刚才|前面")
BESIDE = re.compile(r"比|跟|和|与|差|之间")  # one is set beside another: 比泉州少多少
# and here beside itself: 比2020年多多少, 跟基期差多少
EARLIER = re.compile(r"[比较跟和与](?:20\d\d年?|“?十[一二三四五]五|基期|现在|目前|当前|去年|上一?年|以前|原来|过去)")
SIDE_BY_SIDE = (Intent.COMPARISON, Intent.DIFFERENCE)


@dataclass(frozen=True, slots=True)
class Memory:
    """What a session remembers of its last answered turns."""

    question: Question
    focus: tuple[Clause, ...]  # clauses the last answer cited
    asked: tuple[str, ...] = ()  # the last questions, bare, oldest first, this one included
    earlier_plans: tuple[str, ...] = ()  # plans of the turns before it


def remembered(before: Memory | None, question: Question, answer: Answer) -> Memory | None:
    """The memory after a turn. Small talk and off-topic turns leave the thread where it was."""
    if answer.status is Status.OUT_OF_SCOPE:
        return before
    asked = (*(before.asked if before else ()), question.bare)[-BEFORE_MAX:]
    earlier = tuple(dict.fromkeys((*before.earlier_plans, *before.question.plans))) if before else ()
    return Memory(question, tuple(dict.fromkeys(citation.clause for citation in answer.leading)), asked, earlier)


def resume(question: Question, memory: Memory | None) -> tuple[Question, tuple[Clause, ...]]:
    """The question with what it left out, and the clauses it means by 这条 when it asks who is responsible."""
    if memory is None:
        return question, ()
    if step := _step(question, memory) or _inside(question, memory):
        return step, ()
    if question.foreign and not question.plans:
        return question, ()
    plans = _plans(question, memory)
    taken = tuple(plan for plan in plans if plan not in question.plans)
    resumed = replace(question, plans=plans, compares=question.compares or len(plans) > 1, inherited=taken)
    if question.intent is Intent.METADATA and not question.fields:  # 发给谁? — 泉州的呢
        resumed = replace(resumed, fields=memory.question.fields)
    if taken:
        resumed = replace(resumed, documents=question.documents or memory.question.documents)
    points_back = bool(POINTS_BACK.search(question.folded)) or len(question.bare) <= SHORT
    return resumed, memory.focus if points_back and not question.plans else ()


def _plans(question: Question, memory: Memory) -> tuple[str, ...]:
    """Those named; with the earlier ones when one alone is to be set side by side; else the last turn's.

    泉州要增加多少家 is a difference within the plan it names, as 泉州比2020年多多少 is; 比泉州多多少 is between two.
    """
    if question.intent is Intent.WHICH:
        return question.plans
    known = memory.question.plans or tuple(dict.fromkeys(clause.plan_id for clause in memory.focus))
    spoken = question.plans or known
    alone = EARLIER.search(question.folded) or not BESIDE.search(question.folded)
    within = question.intent is Intent.DIFFERENCE and bool(question.plans) and bool(alone)
    if question.intent in SIDE_BY_SIDE and len(spoken) < 2 and not within:
        return tuple(dict.fromkeys((*memory.earlier_plans, *known, *question.plans)))
    return spoken


def _step(question: Question, memory: Memory) -> Question | None:
    """下一个专栏, 上一条: the neighbour of the clause last read."""
    match = NEXT.search(question.folded)
    if match is None or not memory.focus:
        return None
    clause = memory.focus[0]
    address = _neighbour(clause.path, match["what"] or "", -1 if match["way"][0] in "上前" else 1)
    if address is None:
        return None
    return replace(question, intent=Intent.OUTLINE, address=address, plans=question.plans or (clause.plan_id,))


def _neighbour(path: str, what: str, change: int) -> Address | None:
    """专栏1/9 → 专栏1/10 by 下一项, 专栏2 by 下一个专栏; 三(四) → 三(五); 三(四)21 → 第22条, 第四章 by 下一章."""
    head, _, row = path.partition("/")
    box = item_number(head) if head.startswith("专栏") else 0
    if box and row and what in tuple("条项款"):
        return Address(f"专栏{box}第{int(row) + change}项", "box", box, int(row) + change)
    if box or what == "专栏":
        return Address(f"专栏{box + change}", "box", box + change) if box else None
    if what != "章" and path.endswith(")"):
        return _next_section(path, change)
    if what != "章" and (number := item_number(path)):
        return Address(f"第{number + change}条", "item", number + change)
    numeral = re.match(CHINESE_NUMERAL, path)
    number = numeral_value(numeral.group()) + change if numeral else 0
    return Address(f"第{number}章", "chapter", number) if numeral else None


def _inside(question: Question, memory: Memory) -> Question | None:
    """第9项 after 专栏1 is 专栏1/9; 第三条 after a chapter is that chapter's （三）."""
    address, before, plans = question.address, memory.question.address, memory.question.plans
    if address is None or address.kind != "item" or before is None or question.plans or not plans:
        return None
    if before.kind == "box":
        found = Address(address.wording, "box", before.number, address.number)
    elif before.kind == "chapter":
        path = f"{numeral_text(before.number)}({numeral_text(address.number)})"
        found = Address(address.wording, "path", path=path)
    else:
        return None
    return replace(question, intent=Intent.OUTLINE, address=found, plans=plans)


def _next_section(path: str, change: int) -> Address:
    head, _, numeral = path.rstrip(")").rpartition("(")
    number = max(numeral_value(numeral) + change, 1)
    found = f"{head}({numeral_text(number)})"
    return Address(found, "path", path=found)
