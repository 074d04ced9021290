"""Does a text bear on a question? The question's topic in units of meaning, weighed by how telling they are."""

import math
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache

from ingest.corpus import Corpus
from vectorstore.tokenize import STOP_CHARACTERS, STOP_WORDS, segment
from vectorstore.vocabulary import Relation, Term, Vocabulary

# How far a plan term counts as the user's word.
TRUST = {Relation.SAME: 1.0, Relation.NARROWER: 0.9, Relation.NEAR: 0.75, Relation.ABSENT: 0.3, Relation.CONFUSED: 0.0}
EXPAND = {Relation.SAME: 0.5, Relation.NARROWER: 0.5, Relation.NEAR: 0.4, Relation.ABSENT: 0.25, Relation.CONFUSED: 0.0}
WIDER_TRUST = 0.6  # of a plan term that only stands beside the word's own
WIDER_ROWS = 3  # looser words that must agree
PARTIAL_TRUST = 0.7  # a word of which only some characters stand together in the text
MEMO_MAX = 5_000  # words whose places are remembered
PART_MIN = 4.0  # weight from which a part of a question can stand for the whole
PART_TRUST = 0.9
POINT_HELD = 0.5
UNKNOWN_WEIGHT = 2.2  # of a word that is in neither plans nor vocabulary: often talk, sometimes the point
# Words of asking, which every clause lacks: they are no part of the topic.
ASKING = frozenset(
    "增长 增加 提高 提升到 净增 相差 差距 达到 百分之 百分之几 百分点 分别 各是 对比 比较 对比一下 由谁 谁来 牵头 负责 参与 参加 配合 承担 抓 哪家 哪项 哪条 "
    "数量 总数 指标 目标 目标值 数字 数值 几项 几个 多少 五年 三地 四地 两地 三个 四个 地方 城市 写没写 写了 提到 有没有 一样 说法 态度 口气 措辞 样子 "
    "现状 现在 目前 呢 说了 讲了 写的 时候 条件 前提 部门 谁家 谁写 哪份 哪个 任务 系统 啥样 会是 怎么办 要建 要有 在于 属于 本人 我家 我们".split()
)
# Words of talking about plans and people, too general to tell one clause from another.
GENERAL = frozenset(
    "计量 工作 相关 有关 方面 情况 问题 东西 事情 内容 部分 国家 政府 城市 单位 企业 公司 我家 老板 规划 方案 意见 文件 政策 条款 目标 "
    "领导 材料 现在 以后 今年 明年 去年 时候 多少 大概 一般 主要 是否 怎么办 支持 鼓励 打算 准备 计划 希望 需要 觉得 听说 看到 找到 提到 说明 "
    "我们 他们 你们 咱们 大家 自己 别人 有人 朋友 同事 客户 这边 那边 这样 那样 这里 那里 一个 一些 一点 一样 一直 一起 全部 所有 各个 "
    "不同 区别 差异 对比 比较 分别 谁家 各自 如果 因为 所以 但是 不过 而且 或者 还是 只是 就是 都是 不是 没有 可以 可能 应该 "
    "措施 安排 打造 做法 说法 态度 办法 举措 要求 原文 全文 内容 具体".split()
)


@dataclass(frozen=True, slots=True)
class Unit:
    """A word of the topic, the plan words that may stand for it, and its weight."""

    word: str
    alternatives: tuple[tuple[str, float], ...]  # (plan word, trust)
    weight: float
    known: bool  # stands in the plans or in the vocabulary


@dataclass(frozen=True, slots=True)
class Topic:
    """The topic of a question, ready to be looked for."""

    text: str
    units: tuple[Unit, ...]
    terms: tuple[Term, ...]
    parts: tuple[tuple[int, int], ...] = ()  # stretches of `units` that could each be the question
    memo: dict[str, dict[str, float]] = field(default_factory=dict, repr=False, compare=False)  # word → clause → held

    @property
    def weight(self) -> float:
        return sum(unit.weight for unit in self.units)

    @property
    def expansions(self) -> tuple[tuple[str, float], ...]:
        """Plan words for the search, with their weights."""
        found: dict[str, float] = {}
        for term in self.terms:
            for word in term.plan_terms:
                found[word] = max(found.get(word, 0.0), EXPAND[term.relation])
        return tuple((word, weight) for word, weight in found.items() if weight > 0)

    def coverage(self, text: str, loosest: float = 0.0) -> float:
        """Share of the topic's weight that `text` holds, 0 to 1; see `held` for `loosest`.

        A long question tells a tale and then asks: the part that is held best counts, if it weighs enough alone.
        """
        if not self.units:
            return 0.0
        return self._share([unit.weight * held(unit, text, loosest) for unit in self.units])

    def clause_coverage(self, clause_id: str, text: str) -> float:
        """As `coverage`, for a clause seen before: what it holds of a word is remembered."""
        if not self.units:
            return 0.0
        share = [unit.weight * self._recall(unit, clause_id, text) for unit in self.units]
        return self._share(share)

    def _recall(self, unit: Unit, clause_id: str, text: str) -> float:
        known = self.memo.setdefault(unit.word, {})
        if clause_id not in known:
            known[clause_id] = held(unit, text)
        return known[clause_id]

    def _share(self, share: list[float]) -> float:
        best = sum(share) / self.weight
        for first, last in self.parts:
            weight = sum(unit.weight for unit in self.units[first:last])
            best = max(best, PART_TRUST * sum(share[first:last]) / weight)
        return best

    def holds_point(self, text: str) -> bool:
        """Whether `text` holds something of the topic's most telling word."""
        if self.parts:
            return True
        point = max(self.units, key=lambda unit: unit.weight, default=None)
        return point is not None and held(point, text) >= POINT_HELD

    def missing(self, text: str) -> tuple[str, ...]:
        """Words of the topic that `text` has nothing of."""
        return tuple(unit.word for unit in self.units if held(unit, text) < 0.35)


class TopicReader:
    """Cuts topics into units; weighs them by how many clauses of the corpus hold them."""

    def __init__(self, corpus: Corpus, vocabulary: Vocabulary) -> None:
        self.vocabulary = vocabulary
        self._texts = [f"{c.heading}\n{c.text}" for plan in corpus.plans for c in plan.clauses if c.searchable]
        self._frequency = lru_cache(maxsize=20_000)(self._count)
        self._wider = _wider_terms(vocabulary)
        self._memo: dict[str, dict[str, float]] = {}

    def read(self, text: str) -> Topic:
        """`text` is a question's topic: folded, without places."""
        units: dict[str, Unit] = {}
        terms: dict[str, Term] = {}
        parts, first = [], 0
        for part in text.split(","):
            found = self.vocabulary.find(part)
            terms |= {term.colloquial: term for term in found}
            self._read_part(part, found, units)
            if sum(unit.weight for unit in list(units.values())[first:]) >= PART_MIN:
                parts.append((first, len(units)))
                first = len(units)
        if len(self._memo) > MEMO_MAX:
            self._memo.clear()
        whole = tuple(parts) if len(parts) > 1 else ()
        return Topic(text, tuple(units.values()), tuple(terms.values()), whole, self._memo)

    def _read_part(self, part: str, terms: Iterable[Term], units: dict[str, Unit]) -> None:
        rest = part
        for term in sorted(terms, key=lambda term: -len(term.colloquial)):
            units.setdefault(term.colloquial, self._term_unit(term))
            rest = re.sub(re.escape(term.colloquial), " ", rest, flags=re.IGNORECASE)
        for word in _content_words(rest):
            if word not in units:
                units[word] = self._word_unit(word)

    def weight(self, word: str) -> float:
        """How telling a word is: the rarer in the plans, the more."""
        count = self._frequency(word)
        return math.log((len(self._texts) + 1) / (count + 0.5)) if count else UNKNOWN_WEIGHT

    def _term_unit(self, term: Term) -> Unit:
        trust = TRUST[term.relation]
        known = [self.weight(word) for word in (term.colloquial, *term.plan_terms) if self._frequency(word)]
        weight = max(known, default=3.0) if term.relation is not Relation.ABSENT else 3.5
        alternatives = [(word, trust) for word in term.plan_terms]
        alternatives += [(word, WIDER_TRUST) for word in self._wider.get(term.colloquial, ())]
        return Unit(term.colloquial, tuple(alternatives), min(weight, 5.0), True)

    def _word_unit(self, word: str) -> Unit:
        known = self._frequency(word) > 0
        weight = self.weight(word)
        return Unit(word, (), 0.3 * weight if word in GENERAL else weight, known)

    def _count(self, word: str) -> int:
        return sum(word in text for text in self._texts)


def _wider_terms(vocabulary: Vocabulary) -> dict[str, tuple[str, ...]]:
    """For each word, plan terms that stand beside its own in rows of looser words: 一次性扣除 → 税收优惠政策 by way of 抵税."""
    rows = [term for term in vocabulary.terms if term.relation in (Relation.SAME, Relation.NEAR, Relation.NARROWER)]
    by_terms: dict[frozenset[str], int] = {}
    for row in rows:
        terms = frozenset(row.plan_terms)
        by_terms[terms] = by_terms.get(terms, 0) + 1
    wider: dict[frozenset[str], tuple[str, ...]] = {}
    for terms in by_terms:
        beside = {word for other, count in by_terms.items() if count >= WIDER_ROWS and terms < other for word in other}
        wider[terms] = tuple(sorted(beside - terms))
    return {row.colloquial: wider[frozenset(row.plan_terms)] for row in rows if wider[frozenset(row.plan_terms)]}


def held(unit: Unit, text: str, loosest: float = 0.0) -> float:
    """How far `text` holds the unit, 0 to 1. Plan words trusted less than `loosest` do not count."""
    if unit.word in text or (unit.word.isascii() and unit.word.lower() in text.lower()):
        return 1.0
    best = max((trust for word, trust in unit.alternatives if trust >= loosest and word in text), default=0.0)
    if best:
        return best
    spellings = [(unit.word, 1.0), *(pair for pair in unit.alternatives if pair[1] >= max(loosest, WIDER_TRUST))]
    return PARTIAL_TRUST * max(trust * _pairs_held(word, text) for word, trust in spellings)


def _pairs_held(word: str, text: str) -> float:
    """Share of a longer word's neighbouring character pairs that stand in `text`."""
    pairs = [word[i : i + 2] for i in range(len(word) - 1)]
    if len(pairs) < 2:
        return 0.0
    share = sum(pair in text for pair in pairs) / len(pairs)
    return share if share >= 0.4 else 0.0


def _content_words(text: str) -> Iterable[str]:
    for word in segment(text):
        plain = word.strip().lower()
        if (
            len(plain) >= 2
            and plain not in STOP_WORDS
            and plain not in ASKING
            and not all(char in STOP_CHARACTERS for char in plain)
        ):
            yield word.strip()
