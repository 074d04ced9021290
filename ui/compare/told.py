"""What the API says of a comparison, as far as the page reads it, and how it is asked."""

from ui.ask_client import AskClient
from ui.replies import Reading

COMPARE = "/v1/compare"


class Word(Reading):
    text: str
    differs: bool = False


class Quoted(Reading):
    quote: str
    words: tuple[Word, ...]


class ComparedClause(Reading):
    row: int
    plan_id: str
    clause_path: str
    heading: str = ""
    url: str = ""
    against: str | None = None
    quotes: tuple[Quoted, ...]


class ComparedPlan(Reading):
    plan_id: str
    title: str
    name: str
    says: bool
    silence: str | None = None
    standing: str = "in_force"
    standing_note: str | None = None


class Point(Reading):
    year: int | None = None
    value: str | None = None
    written: str | None = None
    number: float | None = None
    clause_path: str
    url: str = ""


class Counted(Reading):
    plan_id: str
    name: str
    unit: str = ""
    base: Point | None = None
    target: Point
    attribute: str = ""
    achieved: bool = False
    conflicts: tuple[Point, ...] = ()


class Axis(Reading):
    """Indicators that count the same; `reason`: why they stand apart from the first axis."""

    name: str
    unit: str = ""
    shared: bool = False
    reason: str | None = None
    bars: tuple[Counted, ...]


class Comparison(Reading):
    topic: str
    plans: tuple[ComparedPlan, ...]
    clauses: tuple[ComparedClause, ...] = ()
    charts: tuple[Axis, ...] = ()
    uncounted: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    corpus_version: str = ""

    def name_of(self, plan_id: str) -> str:
        return next((plan.name for plan in self.plans if plan.plan_id == plan_id), plan_id)


class Subject(Reading):
    name: str
    counted: bool = False
    plans: tuple[str, ...] = ()


class Subjects(Reading):
    subjects: tuple[Subject, ...] = ()


def compared(client: AskClient, topic: str, plans: tuple[str, ...], day: str) -> Comparison:
    """Raises ApiError. `day`: an ISO one, empty for today."""
    query = {"topic": topic, "plans": ",".join(plans), **({"as_of": day} if day else {})}
    return client.get(Comparison, COMPARE, query)


def subjects(client: AskClient) -> tuple[Subject, ...]:
    """Raises ApiError."""
    return client.get(Subjects, f"{COMPARE}/subjects").subjects
