"""Question text → Question: folded, places and years read, intent and asked aspects found, topic left over."""

import re
from collections.abc import Iterable
from dataclasses import replace

from bot.model import Address, Aspect, Intent, Question
from bot.question.address import find_address
from bot.question.asked import ASPECTS
from bot.question.fold import fold
from bot.question.intents import EMPTY_TOPIC, SCAFFOLD, find_intent
from bot.question.patterns import (
    ALL_CITIES,
    DIFFERENCE,
    GREETING,
    INJECTION,
    OFF_TOPIC,
    UNITS,
)
from bot.question.places import Gazetteer, Place, without
from bot.question.spelling import Speller
from ingest.corpus import NATIONAL, Corpus
from vectorstore.tokenize import words

FOUR_CITIES = re.compile(r"^(?![两2三3]).*(?:城市|[各几四4]个?(?:市|地)|方案)")  # 两地 are two of them, not all
YEAR = re.compile(r"(20[0-4]\d)\s?年?(?!\s?(?:家|项|个|%))")
ASKS = re.compile(r"[吗么呢?]|什么|怎|谁|多少|哪|如何|能不能|是否|是不是|可否")
MARKS = re.compile(r"[?!。,;:~、\"'「」“”()\[\]]+")
TIMELESS = (Intent.QUOTE, Intent.COMPARISON, Intent.WHICH)  # a year in these is something to look for
# What names the intent and not the topic; left in, 谁牵头 would find the clauses that say 牵头.
ASKED_BY = {
    Intent.UNITS: UNITS,
    Intent.DIFFERENCE: DIFFERENCE,
    Intent.INDICATOR: re.compile(
        r"多少(?:个|家|项|次|名|人|台|套|件)?|(?<!哪)几(?:个|家|项|次|名|人)|目标(?:值)?|指标(?:值)?|\d+(?:家|项|个|%)|到底|还是"
    ),
}
# Aspects whose wording is no part of the topic: 流程 would find 全流程.
FORMAL = frozenset(
    {Aspect.FEE, Aspect.FORM, Aspect.CONTACT, Aspect.INTERVAL, Aspect.VALIDITY, Aspect.LIST, Aspect.AMOUNT}
)
COVERED_BY = {
    Aspect.FEE: (Aspect.REWARD, Aspect.SUBSIDY, Aspect.PENALTY),
    Aspect.AMOUNT: (Aspect.FEE,),
    Aspect.DEADLINE: (Aspect.VALIDITY, Aspect.INTERVAL),
}
NOTHING = re.compile(r"(?!)")
NUMBER_BRACKETS = re.compile(r"[\[(【](20\d\d)[\])】](?=\d{1,4}号)")  # 国发[2021]37号
LONG_TALE = 45  # characters
ASKING_PARTS = 3
LEXICON_MIN = 3


class Reader:
    """Reads questions against one corpus."""

    def __init__(self, corpus: Corpus, gazetteer: Gazetteer | None = None) -> None:
        self.corpus = corpus
        self.gazetteer = gazetteer or Gazetteer(corpus)
        self.speller = Speller(_lexicon(corpus, self.gazetteer.names), corpus.text)

    def read(self, text: str) -> Question:
        """`text` understood on its own; conversation comes later."""
        plain = NUMBER_BRACKETS.sub(r"〔\1〕", fold(text))
        cut, injected = cut_injection(plain)
        folded = self.speller.correct(cut)
        places = self.gazetteer.find(folded)
        bare = without(folded, places)
        years = tuple(dict.fromkeys(int(year) for year in YEAR.findall(bare)))
        address = find_address(bare)
        plans = self._plans(folded, places)
        foreign = self._foreign(places)
        aspects = _aspects(bare)
        intent, fields = find_intent(_asking_part(bare), plans, foreign, address)
        return Question(
            text=text,
            folded=folded,
            bare=bare,
            topic=_topic(_without_asking(bare, intent), address, years if intent in TIMELESS else ()),
            plans=plans,
            foreign=foreign,
            years=years,
            address=address,
            intent=intent,
            aspects=() if intent in (Intent.METADATA, Intent.OUTLINE) else aspects,
            fields=fields,
            compares=len(plans) > 1 or intent in (Intent.COMPARISON, Intent.WHICH),
            injected=injected,
        )

    def _plans(self, folded: str, places: Iterable[Place]) -> tuple[str, ...]:
        named = [place.plan for place in places if place.plan]
        everyone = ALL_CITIES.search(folded)
        if everyone and not named and FOUR_CITIES.search(everyone.group()):
            cities = [plan.id for plan in self.corpus.plans if plan.level != NATIONAL]
            return self.corpus.order(cities)
        if everyone and re.search(r"五|5|所有|全部", everyone.group()) and len(named) != 1:
            return tuple(plan.id for plan in self.corpus.plans)
        return self.corpus.order(named)

    def _foreign(self, places: Iterable[Place]) -> tuple[str, ...]:
        places = tuple(places)
        provinces = ("省", "自治区")
        named_city = any(place.plan for place in places)
        return tuple(
            dict.fromkeys(
                place.name for place in places if not place.plan and not (named_city and place.name.endswith(provinces))
            )
        )


def cut_injection(folded: str) -> tuple[str, str]:
    """`folded` without orders to the bot, and the orders. An order that asks, with nothing beside it, is a question."""
    orders = "".join(match.group() for match in INJECTION.finditer(folded))
    rest = INJECTION.sub(" ", folded).strip()
    asks_alone = not MARKS.sub("", rest).strip() and ASKS.search(folded)
    return (rest, orders) if orders and not asks_alone else (folded, "")


def is_small_talk(question: Question) -> bool:
    """Greetings, thanks, questions about the bot itself."""
    return bool(GREETING.match(question.folded)) if question.folded else False


def is_off_topic(question: Question) -> bool:
    """Named subjects no metrology plan speaks of."""
    return bool(OFF_TOPIC.search(question.folded))


def has_topic(question: Question) -> bool:
    """Whether anything is left to search for once question words are gone."""
    return len(EMPTY_TOPIC.sub("", question.topic)) >= 2


def narrowed(question: Question, plans: tuple[str, ...]) -> Question:
    """`question` kept within `plans`, which a caller set."""
    kept = tuple(plan for plan in question.plans if plan in plans)
    return replace(question, plans=kept or plans)


def _asking_part(bare: str) -> str:
    """The last parts of a long tale: 几台 in the story before is no question."""
    parts = [part for part in re.split(r"[,。!?;]", bare) if part.strip()]
    if len(bare) < LONG_TALE or len(parts) < 3:
        return bare
    return ",".join(parts[-ASKING_PARTS:])


def _aspects(bare: str) -> tuple[Aspect, ...]:
    """Asked aspects; one that a narrower one covers is left out: 奖多少钱 asks for a reward, not for a fee."""
    found = [aspect for aspect, pattern in ASPECTS if pattern.search(bare)]
    return tuple(aspect for aspect in found if not any(narrower in found for narrower in COVERED_BY.get(aspect, ())))


def _without_asking(bare: str, intent: Intent) -> str:
    """`bare` without the words that name the intent or a formal aspect."""
    text = ASKED_BY.get(intent, NOTHING).sub(" ", bare)
    for aspect, pattern in ASPECTS:
        if aspect in FORMAL:
            text = pattern.sub(" ", text)
    return text


def _topic(bare: str, address: Address | None, years: tuple[int, ...]) -> str:
    """What is searched. Sentence marks stay as commas: they part a tale from its question."""
    text = bare.replace(address.wording, " ") if address else bare
    text = MARKS.sub(",", SCAFFOLD.sub(" ", YEAR.sub(" ", text)))
    told = " ".join(f"{year}年" for year in years)
    return re.sub(r"[\s,]*,[\s,]*", ",", re.sub(r"\s+", " ", f"{text} {told}")).strip(" ,")


def _lexicon(corpus: Corpus, names: Iterable[str]) -> set[str]:
    """Names, and words the plans use often enough to be terms."""
    counts: dict[str, int] = {}
    for word in words(corpus.text):
        counts[word] = counts.get(word, 0) + 1
    return {word for word, count in counts.items() if 2 <= len(word) <= 4 and count >= LEXICON_MIN} | set(names)
