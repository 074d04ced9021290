"""Which document takes another's place, and how each is called beside those of its place."""

from dataclasses import replace
from pathlib import Path

import pytest

from ingest.catalogue import Entry, entry_for
from ingest.corpus import Corpus
from ingest.load import load, load_shipped_plans, understand
from ingest.model import DocumentKind, Plan, Standing
from ingest.standing import placed
from tests.documents import JOINED, TEXTS, catalogued, corpus_of, document, write


def by_id(*plans: Plan) -> dict[str, Plan]:
    return {plan.id: plan for plan in placed(plans)}


class TestSuccession:
    def test_a_later_version_takes_the_place_of_an_earlier_one(self) -> None:
        held = by_id(document("law-2018"), document("law-2015"))
        old, new = held["law-2015"].validity, held["law-2018"].validity
        assert (old.superseded_by, old.superseded_on) == ("law-2018", "2018-10-26")
        assert new.superseded_by == ""
        assert old.standing("2018-10-25") is Standing.IN_FORCE
        assert old.standing("2018-10-26") is Standing.SUPERSEDED
        assert new.standing("2018-10-25") is Standing.AHEAD

    def test_what_a_document_abolishes_ends_when_it_begins(self) -> None:
        held = by_id(document("quanzhou-old"), document("quanzhou-rule"))
        old = held["quanzhou-old"].validity
        assert (old.superseded_by, old.superseded_on) == ("quanzhou-rule", "2023-07-01")

    def test_another_document_of_that_title_but_another_number_is_not_meant(self) -> None:
        new = document("quanzhou-rule")
        (reference,) = new.validity.abolished
        numbered = replace(
            new, validity=replace(new.validity, abolished=(replace(reference, number="泉政规〔2001〕1号"),))
        )
        assert by_id(document("quanzhou-old"), numbered)["quanzhou-old"].validity.superseded_by == ""

    def test_a_document_does_not_abolish_a_later_one(self) -> None:
        old = document("quanzhou-old")
        later = replace(old, validity=replace(old.validity, since="2025-01-01"))
        assert by_id(later, document("quanzhou-rule"))["quanzhou-old"].validity.superseded_by == ""

    def test_the_same_document_twice_replaces_nothing(self) -> None:
        copy = document("law-2018", "copy.txt")
        assert {plan.validity.superseded_by for plan in placed([document("law-2018"), copy])} == {""}

    def test_nor_does_the_same_title_of_another_place(self) -> None:
        other = replace(document("law-2015"), id="other", level="municipal", region="泉州")
        assert by_id(document("law-2018"), other)["other"].validity.superseded_by == ""

    def test_the_catalogue_says_so(self) -> None:
        entry = Entry("old", "old.txt", "老办法", "杭州", "municipal", superseded_by="quanzhou-rule")
        held = by_id(catalogued("hangzhou-plan", entry), document("quanzhou-rule"))
        assert (held["old"].validity.superseded_by, held["old"].validity.superseded_on) == (
            "quanzhou-rule",
            "2023-07-01",
        )

    def test_also_of_a_document_that_is_not_held(self) -> None:
        entry = Entry("old", "old.txt", "老办法", "杭州", "municipal", superseded_by="gone")
        held = by_id(catalogued("hangzhou-plan", entry))
        assert held["old"].validity.standing("2000-01-01") is Standing.SUPERSEDED


def test_the_catalogue_goes_before_the_text() -> None:
    entry = Entry(
        "r", "r.txt", "办法", "泉州", "municipal", effective="2024-01-01", expires="2024-12-31", version="二版"
    )
    validity = catalogued("quanzhou-rule", entry).validity
    assert (validity.since, validity.until, validity.version) == ("2024-01-01", "2024-12-31", "二版")
    assert validity.effective is not None, "what the document says itself stays known"
    assert validity.effective.value == "2023-07-01"


class TestLabels:
    def test_a_places_only_document_is_called_by_its_place(self) -> None:
        assert {plan.label for plan in Corpus(load_shipped_plans().plans).plans} == {""}

    def test_several_are_called_by_their_own_names(self) -> None:
        corpus = corpus_of("law-2018", "quanzhou-rule")
        assert [
            corpus.plan(one).label for one in ("state-council", "law-2018", "quanzhou", "quanzhou-rule", "xiamen")
        ] == [
            "国务院计量发展规划（2021—2035年）",
            "计量法",
            "泉州市计量发展规划实施意见",
            "泉州市集贸市场计量管理办法",
            "",
        ]

    def test_two_versions_by_what_tells_them_apart(self) -> None:
        corpus = corpus_of("law-2018", "law-2015", shipped=False)
        assert {plan.label for plan in corpus.plans} == {"计量法（2018年修正）", "计量法（2015年修正）"}

    def test_a_document_of_no_known_place_by_its_title(self) -> None:
        text = "计量工作方案\n一、目标\n（一）提升。加强计量工作。\n"
        (plan,) = placed([understand(text, entry_for(Path("x.txt")), "x.txt")])
        assert (plan.level, plan.region, plan.label) == ("other", "", "计量工作方案")

    def test_no_two_documents_of_a_place_have_one_label(self) -> None:
        corpus = corpus_of(*TEXTS)
        labels = [plan.label for plan in corpus.plans if plan.label]
        assert len(set(labels)) == len(labels) >= 9


class TestCorpus:
    def test_places_hold_their_documents(self) -> None:
        corpus = corpus_of(*TEXTS)
        assert corpus.places["泉州"] == ("quanzhou", "quanzhou-rule", "quanzhou-old", "quanzhou-expired")
        assert corpus.places["晋江"] == ("jinjiang-notice",)
        assert corpus.places_of(["quanzhou-old", "quanzhou", "law-2018"]) == ("泉州", "national")

    @pytest.mark.parametrize(
        ("region", "levels"),
        [
            ("泉州", (("fujian-regulation",), ("state-council", "law-2018"))),
            ("晋江", (("quanzhou",), ("fujian-regulation",), ("state-council", "law-2018"))),
            ("青岛", (("state-council", "law-2018"),)),
            ("福建", (("state-council", "law-2018"),)),
        ],
    )
    def test_what_holds_over_a_region(self, region: str, levels: tuple[tuple[str, ...], ...]) -> None:
        assert corpus_of("law-2018", "fujian-regulation", "jinjiang-notice").over(region) == levels

    def test_a_region_in_full_is_the_same_place(self) -> None:
        entry = Entry("q", "q.txt", "办法", "泉州市", "municipal")
        corpus = Corpus([*load_shipped_plans().plans, catalogued("quanzhou-rule", entry)])
        assert corpus.places["泉州"] == ("quanzhou", "q")

    def test_the_shipped_corpus_knows_no_time(self) -> None:
        assert corpus_of().timeless
        assert not corpus_of("law-2018").timeless

    def test_topics_are_of_plans_alone(self) -> None:
        corpus = corpus_of("law-2018")
        assert "责令停止使用" in corpus.text
        assert "责令停止使用" not in corpus.topics
        assert corpus_of().topics is corpus_of().text


def test_a_folder_of_them_without_a_catalogue(tmp_path: Path) -> None:
    report = load([write(tmp_path, JOINED)])
    assert report.skipped == ()
    assert len(report.plans) == len(JOINED) == 10
    assert {plan.level for plan in report.plans} == {"national", "provincial", "municipal", "county"}
    assert {plan.kind for plan in report.plans} == set(DocumentKind) - {DocumentKind.STANDARD}


def test_clause_ids_are_the_same_in_a_new_version_of_a_file(tmp_path: Path) -> None:
    """A receipt's clause is found again; what did not change has the same id and text."""
    first, second = (
        understand(TEXTS[name], entry_for(Path("law.txt")), "law.txt") for name in ("law-2015", "law-2018")
    )
    assert [clause.id for clause in first.clauses] == [clause.id for clause in second.clauses]
    changed = [a.id for a, b in zip(first.clauses, second.clauses, strict=True) if a.text != b.text]
    assert changed == ["law:题头", "law:第三条"]


def test_what_is_in_force_is_told_by_the_day() -> None:
    """Asked again, and of another day, it is right each time; what is ahead counts where no day is named."""
    corpus = corpus_of("law-2015", "law-2018", shipped=False)
    for _ in range(2):
        assert corpus.holding("2026-01-01", ahead=True) == ("law-2018",)
        assert corpus.holding("2018-01-01", ahead=False) == ("law-2015",)
        assert set(corpus.holding("2018-01-01", ahead=True)) == {"law-2015", "law-2018"}
