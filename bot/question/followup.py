"""Follow-ups: an elliptical question takes over what it leaves out; a complete one takes nothing."""

import re
import time
from collections import OrderedDict
from dataclasses import dataclass, replace
from threading import Lock

from bot.model import Address, Answer, Intent, Question, Status
from bot.question.address import item_number
from bot.question.asked import ASPECTS
from bot.question.intents import EMPTY_TOPIC, SCAFFOLD
from bot.question.patterns import COMPARISON, DIFFERENCE, INDICATOR, METADATA_FIELDS, OUTLINE, READ_OUT, UNITS
from bot.question.read import has_topic
from ingest.marks import numeral_text, numeral_value
from ingest.model import Clause

BACK_REFERENCE = re.compile(
    r"^(?:那|那么|这|它|该|其|上面|上述|刚才|此|前面|这个|那个|算了|还有|另外)|它(?:的|们)|(?:这|那|"
    r"该|此)(?:条|项|个|份|文件|规划|方案)"
)
NEXT = re.compile(
    r"(?P<way>下一?|(?<!最)后一|接下来的?|再下一?|上一?|前一)(?:个|条|款|项)?(?P<what>专栏|条|项|款|章|"
    r"节)?(?=呢|是|讲|说|内容|的|$|[?。])"
)
BOTH = re.compile(
    r"[和跟与].{1,6}(?:比|相比)|加起来|一共|总共|区别|不同|差别|最(?:多|高|大|少|低)|两(?:个|座|地|市|家|者|边)|它们|二者|相?差多少|差距|哪个(?:更)?(?:多|高|大)|谁(?:更)?(?:多|高)|对比|比较"
)
ORIGINAL = re.compile(r"原文|全文|完整|整条|原话|念")
FILLER = re.compile(
    r"满足|百分点|啥|享受|直接|告诉|回答|算了|还有|另外|顺便|对了|再问|最后|真的|其实|具体|要求|达标|单位|"
    r"部门|城市|两个|两地|两市|之间|一共|总共|这个|那个|条款|规划|方案|文件|原话|完整|大家|谢谢|做|搞|"
    r"定|行|好|问|换|个|年|家|项|应|需|必"
)
TARGET = re.compile(r"目标|指标|数值|数量")
SHORT_TURN = 10  # characters
TTL_SECONDS = 3600.0
MAX_SESSIONS = 10_000


@dataclass(frozen=True, slots=True)
class Memory:
    """What a session remembers of its last answered turn."""

    question: Question
    focus: tuple[Clause, ...]  # clauses the last answer cited
    earlier_plans: tuple[str, ...] = ()  # plans of the turn before, when the topic stayed


class Sessions:
    """Memories by session id; old and idle ones are forgotten. Safe to share between threads."""

    def __init__(self, ttl: float = TTL_SECONDS, size: int = MAX_SESSIONS) -> None:
        self._ttl, self._size = ttl, size
        self._memories: OrderedDict[str, tuple[float, Memory]] = OrderedDict()
        self._lock = Lock()

    def recall(self, session_id: str | None) -> Memory | None:
        if not session_id:
            return None
        with self._lock:
            entry = self._memories.get(session_id)
            if entry is None or time.monotonic() - entry[0] > self._ttl:
                return None
            return entry[1]

    def remember(self, session_id: str | None, memory: Memory | None) -> None:
        if not session_id or memory is None:
            return
        with self._lock:
            self._memories[session_id] = (time.monotonic(), memory)
            self._memories.move_to_end(session_id)
            while len(self._memories) > self._size:
                self._memories.popitem(last=False)

    def forget(self, session_id: str) -> None:
        with self._lock:
            self._memories.pop(session_id, None)


def remembered(before: Memory | None, question: Question, answer: Answer) -> Memory | None:
    """The memory after a turn. Small talk and off-topic turns leave the thread where it was."""
    if answer.status is Status.OUT_OF_SCOPE:
        return before
    same_topic = before is not None and before.question.topic == question.topic
    moved = before is not None and before.question.plans != question.plans
    earlier = () if before is None or not same_topic else before.question.plans if moved else before.earlier_plans
    return Memory(question, tuple(dict.fromkeys(citation.clause for citation in answer.leading)), earlier)


def leaves_out_topic(question: Question) -> bool:
    """Whether nothing is left once the words of asking are gone: 谁牵头, 那泉州呢, 多了多少."""
    return len(_left_over(question)) < 2


def resume(question: Question, memory: Memory | None) -> tuple[Question, tuple[Clause, ...]]:
    """The question with what it left out, and the clauses it means by 这条 or by silence."""
    if memory is None:
        return question, ()
    if step := _step(question, memory) or _inside(question, memory):
        return step, ()
    if not leaves_out_topic(question):
        if question.plans or question.foreign or not _goes_on(question, memory):
            return question, ()
        return replace(question, plans=memory.question.plans, inherited=memory.question.plans), ()
    return _take_over(question, memory)


def _goes_on(question: Question, memory: Memory) -> bool:
    """A new topic about the same place: 那…, a short …呢, or one that was part of the last topic."""
    short = len(question.folded) <= SHORT_TURN and question.folded.rstrip("?").endswith("呢")
    within = bool(question.topic) and question.topic in memory.question.topic
    return bool(BACK_REFERENCE.search(question.folded)) or short or within


def _take_over(question: Question, memory: Memory) -> tuple[Question, tuple[Clause, ...]]:
    before = memory.question
    plans = question.plans or (() if question.foreign else _plans(question, memory))
    moved = bool(question.plans or question.foreign) and question.plans != before.plans
    plain = question.intent in (Intent.QUOTE, Intent.COMPARISON)
    intent = before.intent if plain and not question.aspects else question.intent
    if plain and TARGET.search(question.folded):
        intent = Intent.INDICATOR
    if intent is Intent.WHICH:
        intent = Intent.QUOTE
    if intent is Intent.INDICATOR and before.intent is Intent.QUOTE and not question.years and moved:
        intent = before.intent
    if ORIGINAL.search(question.folded) and memory.focus and not moved:
        clause = memory.focus[0]
        path = Address(clause.path, "path", path=clause.path)
        meant = replace(question, address=path, plans=(clause.plan_id,), topic=before.topic, inherited=(before.topic,))
        return replace(meant, intent=Intent.OUTLINE), ()
    if intent is Intent.OUTLINE and before.inherited and moved and has_topic(before):
        intent = Intent.QUOTE  # the address was only where the topic stands in the other plan
    resumed = replace(
        question,
        topic=before.topic,
        plans=plans,
        years=question.years or (() if question.aspects else before.years),
        intent=intent,
        fields=question.fields or before.fields,
        aspects=question.aspects or (before.aspects if moved or question.years else ()),
        address=question.address or (before.address if intent is Intent.OUTLINE else None),
        compares=len(plans) > 1,
        inherited=(before.topic,),
    )
    return resumed, () if moved else memory.focus


def _plans(question: Question, memory: Memory) -> tuple[str, ...]:
    """The last turn's plans; with the turn before when two are to be set against each other."""
    if BOTH.search(question.folded) and memory.earlier_plans:
        return tuple(dict.fromkeys((*memory.earlier_plans, *memory.question.plans)))
    if memory.question.plans:
        return memory.question.plans
    return tuple(dict.fromkeys(clause.plan_id for clause in memory.focus))


def _step(question: Question, memory: Memory) -> Question | None:
    """下一个专栏, 上一条: the neighbour of the address last spoken of."""
    match = NEXT.search(question.folded)
    if match is None or not memory.focus:
        return None
    change = -1 if match["way"][0] in "上前" else 1
    clause = memory.focus[0]
    plans = question.plans or (clause.plan_id,)
    if match["what"] == "专栏" or (not match["what"] and clause.path.startswith("专栏")):
        number = int(re.sub(r"/.*|\D", "", clause.path.partition("/")[0]) or 0)
        address = Address(f"专栏{number + change}", "box", number + change)
    elif clause.path.endswith(")"):
        address = _next_section(clause.path, change)
    else:
        number = item_number(clause.path)
        address = Address(f"第{number + change}条", "item", number + change)
    return replace(question, intent=Intent.OUTLINE, address=address, plans=plans, topic=memory.question.topic)


def _inside(question: Question, memory: Memory) -> Question | None:
    """第9项 after 专栏1 is 专栏1/9; 第三条 after a chapter is that chapter's （三）."""
    address, before = question.address, memory.question.address
    if address is None or before is None or address.kind != "item" or question.plans:
        return None
    if before.kind == "box":
        found = Address(address.wording, "box", before.number, address.number)
    elif before.kind == "chapter":
        path = f"{numeral_text(before.number)}({numeral_text(address.number)})"
        found = Address(address.wording, "path", path=path)
    else:
        return None
    plans = memory.question.plans
    if not plans:
        return None
    return replace(question, intent=Intent.OUTLINE, address=found, plans=plans)


def _next_section(path: str, change: int) -> Address:
    head, _, numeral = path.rstrip(")").rpartition("(")
    number = max(numeral_value(numeral) + change, 1)
    found = f"{head}({numeral_text(number)})"
    return Address(found, "path", path=found)


def _left_over(question: Question) -> str:
    text = question.bare or question.topic
    if question.address:
        text = text.replace(question.address.wording, " ")
    patterns = [COMPARISON, UNITS, DIFFERENCE, INDICATOR, OUTLINE, READ_OUT, NEXT, BOTH, ORIGINAL]
    patterns += [pattern for _, pattern in METADATA_FIELDS] + [pattern for _, pattern in ASPECTS]
    for pattern in (*patterns, BACK_REFERENCE, SCAFFOLD, FILLER):
        text = pattern.sub(" ", text)
    return re.sub(r"[\W\d_]+", "", EMPTY_TOPIC.sub("", text))
