"""A bot that knows of each topic which clauses speak of it, and says so of the plans it is asked about."""

from dataclasses import dataclass, field

from bot import wording
from bot.answer.quote import place_name
from bot.model import Answer, Citation, Statement, Status
from ingest.corpus import Corpus
from tests.bot.fakes import FakeBot
from tests.bot.scripted import the_corpus

Place = tuple[str, str]  # a clause's id, and words of the sentence that is quoted
DEDUCTION: tuple[Place, ...] = (("xiamen:四24", "一次性"), ("quanzhou:四(二)", "一次性"))
PLEDGE: tuple[Place, ...] = (
    ("xiamen:三(四)21", "推行经营者"),
    ("quanzhou:三(四)16", "自我承诺"),
    ("xiamen:三(四)21", "三位一体"),
)
TRUST: tuple[Place, ...] = (
    ("xiamen:三(四)21", "自我承诺"), ("quanzhou:三(四)16", "自我承诺"), ("qingdao:四(三)", "诚信计量"),
    ("jinhua:二(十)", "诚信"), ("state-council:六(三十一)", "诚信"),
)  # fmt: skip
TOPICS = {"扣除": DEDUCTION, "承诺": PLEDGE, "诚信": TRUST}


@dataclass
class TopicBot(FakeBot):
    """What is not among `topics` is nowhere."""

    corpus: Corpus = field(default_factory=the_corpus)
    topics: dict[str, tuple[Place, ...]] = field(default_factory=lambda: dict(TOPICS))

    def _answer(self, text: str, plans: tuple[str, ...] | None) -> Answer:
        places = next((places for word, places in self.topics.items() if word in text), ())
        cited = [self.sentence(*place) for place in places if plans is None or place[0].partition(":")[0] in plans]
        said = [Statement(f"{place_name(one.plan)}：「{one.quote}」", (one,)) for one in cited]
        silent = [self.corpus.plan(plan_id) for plan_id in plans or () if all(one.plan.id != plan_id for one in cited)]
        absent = [Statement(wording.NOT_IN_PLAN.format(name=place_name(plan))) for plan in silent]
        return Answer(Status.ANSWERED if said else Status.NOT_FOUND, (*said, *absent))

    def sentence(self, clause_id: str, words: str) -> Citation:
        """A citation of the clause's sentence in which the words stand."""
        text = self.corpus.clause(clause_id).text
        at = text.index(words)
        start = max(text.rfind(mark, 0, at) for mark in "。\n") + 1
        return self.cite(clause_id, start, (text.find("。", at) + 1) or len(text))
