"""Question text → Question: folded; places, years and addresses looked up; kind and aspects by the router."""

import re
from collections.abc import Iterable
from dataclasses import replace
from functools import lru_cache
from itertools import pairwise

from bot.model import Intent, Question
from bot.question.address import find_address
from bot.question.documents import Mention, Titles, of_places
from bot.question.fold import fold, folded
from bot.question.looked_up import fields_of, looked_up
from bot.question.patterns import ALL_CITIES, ORDERS, WHICH_CITIES
from bot.question.places import Gazetteer, Place, without
from bot.question.route import Route, Router
from bot.question.spelling import Speller
from bot.question.timing import versions
from bot.question.wording import Wording
from ingest.corpus import NATIONAL, Corpus
from ingest.divisions import SUFFIX, above
from vectorstore.encoder import Encoder
from vectorstore.index import Query

FOUR_CITIES = re.compile(r"^(?![两2三3]).*(?:城市|[各几四4]个?(?:市|地)|方案)")  # 两地 are two of them, not all
YEAR = re.compile(r"(20[0-4]\d)\s?年?(?!\s?(?:家|项|个|%))")
SENTENCE = re.compile(r"[^。!?;\n]+[。!?;\n]*")
MARKS = re.compile(r"[?!。,;:~、\"'「」“”()\[\]\s]+")
ITS_CITY = "所在"  # 湖里所在市
NUMBER_BRACKETS = re.compile(r"[\[(【](20\d\d)[\])】](?=\d{1,4}号)")  # 国发[2021]37号
NUMBER_PARTS = re.compile(r"(.+)〔(\d+)〕(\d+)号")
REMEMBERED = 256  # texts: one is looked up before a model is asked, and again for it
LONGEST = 2_000  # characters once folded: one of U+FDFA becomes eighteen


class Reader:
    """Reads questions against one corpus."""

    def __init__(
        self,
        corpus: Corpus,
        encoder: Encoder,
        router: Router | None = None,
        gazetteer: Gazetteer | None = None,
        before: "Reader | None" = None,
    ) -> None:
        """`before` read questions against another corpus: what both say is not counted again."""
        self.corpus, self.encoder = corpus, encoder
        self.router: Router = router or (before.router if before else Router())
        self.wording: Wording = Wording(corpus, before.wording if before else None)
        self.gazetteer = gazetteer or Gazetteer(corpus, self.wording)
        self.titles = Titles(corpus)
        self._numbers = _document_numbers(corpus)
        self._bare_names = self._names_alone()
        self.speller = Speller(self.wording.terms | set(self.gazetteer.names), corpus.text)
        self.look_up = lru_cache(maxsize=REMEMBERED)(self._look_up)

    def over(self, corpus: Corpus) -> "Reader":
        """The same models against another corpus."""
        return Reader(corpus, self.encoder, before=self)

    def read(self, text: str, before: tuple[str, ...] = ()) -> Question:
        """`text` understood with the questions `before` it; which plans they named is not taken over here."""
        return self.looked_up(text, before) or self.routed(self.look_up(text, before))

    def looked_up(self, text: str, before: tuple[str, ...] = ()) -> Question | None:
        """`text` understood, where that needs no model."""
        return looked_up(self.look_up(text, before), self._bare_names)

    def _look_up(self, text: str, before: tuple[str, ...] = ()) -> Question:
        """What of `text` needs no model: places, years, addresses, document numbers."""
        plain = NUMBER_BRACKETS.sub(r"〔\1〕", fold(text)[:LONGEST])
        cut, injected = cut_orders(plain)
        folded = self.speller.correct(cut) if any(map(str.isalnum, cut)) else ""  # marks alone ask nothing
        mentions = self.titles.find(folded)
        named = self.gazetteer.find(folded)
        places = of_places(named, mentions, folded, self.corpus)
        bare = without(folded, [*named, *map(_as_place, mentions)]).strip(" ,")
        return Question(
            text=text,
            folded=folded,
            bare=bare if len(bare) >= 2 else folded,
            before=before,
            plans=self._plans(folded, places, mentions),
            foreign=self._foreign(places),
            above=self.corpus.order(plan for place in places for plan in place.above),
            documents=self.corpus.order(plan for one in mentions for plan in one.plans),
            versions=versions(mentions),
            years=tuple(dict.fromkeys(int(year) for year in YEAR.findall(bare))),
            address=find_address(bare),
            injected=injected,
            districts=_districts(places, folded),
            scope=self._cities() if WHICH_CITIES.search(folded) else (),
        )

    def routed(self, question: Question) -> Question:
        """`question` with its kind and aspects, as the router reads them after the questions before."""
        if not question.folded:
            return question
        route = self._route(question)
        intent = route.intent
        return replace(
            question,
            intent=intent,
            aspects=route.aspects(self.router.asked_from),
            fields=fields_of(question.folded) if intent is Intent.METADATA else (),
            compares=several(intent, question, self.corpus),
        )

    def _route(self, question: Question) -> Route:
        if question.before and not question.plans and not question.foreign:
            alone = self.router.route(self.encoder.query(question.bare))
            if alone.polite:
                return alone
        return self.router.route(self.encoder.query(query_of(question).reading))

    def _plans(self, folded: str, places: Iterable[Place], mentions: Iterable[Mention] = ()) -> tuple[str, ...]:
        named = [plan for place in _innermost(places) for plan in place.plans]
        named += [plan for mention in mentions for plan in mention.plans]
        everyone = ALL_CITIES.search(folded)
        if everyone and not named and FOUR_CITIES.search(everyone.group()):
            return self._cities()
        if everyone and re.search(r"五|5|所有|全部", everyone.group()) and len(self.corpus.places_of(named)) != 1:
            return tuple(plan.id for plan in self.corpus.plans)
        return self.corpus.order(named or [plan for plan, number in self._numbers if number.search(folded)])

    def _cities(self) -> tuple[str, ...]:
        return tuple(plan.id for plan in self.corpus.plans if plan.level != NATIONAL)

    def _names_alone(self) -> list[str]:
        """What names of plans are without their places, the longest first."""
        names = {folded(name) for plan in self.corpus.plans for name in (plan.title, plan.name)}
        bare = {without(name, self.gazetteer.find(name)).strip(" ,") for name in names}
        return sorted(bare - {""}, key=len, reverse=True)

    def _foreign(self, places: Iterable[Place]) -> tuple[str, ...]:
        places = tuple(places)
        provinces = ("省", "自治区")
        named_city = any(place.plan for place in places)
        return tuple(
            dict.fromkeys(
                place.name for place in places if not place.plan and not (named_city and place.name.endswith(provinces))
            )
        )


def several(intent: Intent, question: Question, corpus: Corpus) -> bool:
    """Whether places or documents are to be set side by side; two documents of one place are not."""
    side_by_side = intent in (Intent.COMPARISON, Intent.WHICH)
    return side_by_side or len(corpus.places_of(question.plans)) > 1 or len(question.documents) > 1


def query_of(question: Question, plans: tuple[str, ...] = ()) -> Query:
    """What is searched and read for `question`, in `plans` or everywhere."""
    return Query(question.bare, question.before, frozenset(plans) if plans else None)


def cut_orders(folded: str) -> tuple[str, str]:
    """`folded` without the sentences that order the bot about, and those. Orders alone are taken as the question."""
    parts = [(part, ORDERS.search(part) is not None) for part in SENTENCE.findall(folded)]
    orders = "".join(part for part, orders in parts if orders)
    rest = "".join(part for part, orders in parts if not orders).strip()
    return (rest, orders) if orders and MARKS.sub("", rest) else (folded, "")


def narrowed(question: Question, plans: tuple[str, ...]) -> Question:
    """`question` kept within `plans`, which a caller set; what it names beside them is remembered as `outside`."""
    kept = tuple(plan for plan in question.plans if plan in plans)
    outside = tuple(plan for plan in question.plans if plan not in (*plans, *question.inherited))
    inherited = tuple(plan for plan in question.inherited if plan in kept)
    return replace(question, plans=kept or (() if outside else plans), inherited=inherited, outside=outside)


def _as_place(mention: Mention) -> Place:
    """What is taken out of the words searched."""
    return Place(mention.name, mention.start, mention.end, mention.plans)


def _innermost(places: Iterable[Place]) -> list[Place]:
    """福建省泉州市: the province before its city only says where that is."""
    ones = list(places)
    outer = [one for one, inner in pairwise(ones) if one.end == inner.start and _lies_in(inner, one)]
    return [one for one in ones if one not in outer]


def _districts(places: Iterable[Place], folded: str) -> tuple[str, ...]:
    """Those asked about themselves; not where their city is named after them: 义乌的企业问金华."""
    ones = list(places)
    if "全市" in folded:
        return ()
    cities = [(one.plans, one.start) for one in ones if not one.narrower]
    alone = [one for one in ones if one.narrower and not any(p == one.plans and s > one.start for p, s in cities)]
    return tuple(dict.fromkeys(one.name for one in alone if not one.opens and not folded.startswith(ITS_CITY, one.end)))


def _lies_in(inner: Place, outer: Place) -> bool:
    return bool({outer.name, SUFFIX.sub("", outer.name)} & set(above(SUFFIX.sub("", inner.name)) + above(inner.name)))


def _document_numbers(corpus: Corpus) -> list[tuple[str, re.Pattern[str]]]:
    """国发〔2021〕37号 · 国发2021 37号 · 37号文: what names each plan that has a number."""
    found = []
    for plan in corpus.plans:
        if plan.metadata.number and (parts := NUMBER_PARTS.fullmatch(plan.metadata.number.value)):
            agency, year, serial = parts.groups()
            written = rf"{agency}\s?〔?{year}〕?\s?{serial}号|(?<![\d〕发文府办政]){serial}号文"
            found.append((plan.id, re.compile(written)))
    return found
