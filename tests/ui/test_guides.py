"""Guided conversations: made of questions put to the bot, of its answers alone, each with its address."""

import re
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Event

import pytest

from tests.ui.canned import HOSTILE, VERSION
from tests.ui.guide_fakes import ASK_ON, JIA, REGIONS, SILENT, FakeAsker, cited, declined, plan
from tests.ui.test_language import unmarked
from ui import wording as labels
from ui.api_errors import ApiTimeout
from ui.guides import lookup, wording, wording_en
from ui.guides.guide import GUIDES, SELF_COMMITMENT, TAX
from ui.guides.lookup import Lookup
from ui.guides.routes import render_guide
from ui.guides.view import contacts_of, looked_up, part_of, regions_of
from ui.spoken import speaking


def test_places_are_listed_once_and_the_nation_last() -> None:
    assert list(REGIONS) == ["甲", "乙", "全国"]
    assert [one.plan_id for one in REGIONS["甲"]] == ["jia", "jia2"]
    assert list(regions_of((plan("x", ""),))) == ["x规划"]


@pytest.mark.parametrize(("region", "expected"), [("甲", ("甲", "全国")), ("全国", ("全国",))])
def test_the_nation_s_plan_holds_for_every_place(region: str, expected: tuple[str, ...]) -> None:
    assert looked_up(REGIONS, region) == expected
    assert looked_up(regions_of((JIA,)), "甲") == ("甲",)


def test_every_question_is_put_for_all_plans_of_the_place() -> None:
    asker = FakeAsker()
    render_guide(TAX, REGIONS, "甲", Lookup(asker))
    questions = [step.question for step in TAX.steps]
    assert asker.asked == [*((one, ("jia", "jia2")) for one in questions), *((one, ("n",)) for one in questions)]


def test_answers_are_kept_while_documents_and_day_are_the_same() -> None:
    asker, days = FakeAsker(), [date(2026, 1, 1)]
    kept = Lookup(asker, lambda: days[-1])
    first = kept.told(TAX, ("jia",), VERSION)
    count = len(asker.asked)
    assert (kept.told(TAX, ("jia",), VERSION), len(asker.asked)) == (first, count)
    kept.told(TAX, ("yi",), VERSION)
    assert len(asker.asked) == 2 * count
    days.append(date(2026, 1, 2))
    kept.told(TAX, ("jia",), VERSION)
    assert len(asker.asked) == 3 * count
    kept.told(TAX, ("jia",), "other")
    kept.told(TAX, ("jia",), "other")  # its answers are not of that version: documents changed in between
    assert len(asker.asked) == 5 * count


def test_not_all_answers_are_kept_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookup, "MOST", 4)
    asker = FakeAsker()
    kept = Lookup(asker)
    for plan_id in ("jia", "yi", "jia"):
        kept.told(TAX, (plan_id,), VERSION)
    assert len(asker.asked) == 3 * len(TAX.steps)


def test_who_wants_the_same_waits_for_who_asks() -> None:
    asker = FakeAsker(hold=Event())
    kept = Lookup(asker)
    with ThreadPoolExecutor(4) as crowd:
        told = [crowd.submit(kept.told, TAX, ("jia",), VERSION) for _ in range(4)]
        asker.hold.set()
        assert len({one.result() for one in told}) == 1
    assert len(asker.asked) == len(TAX.steps)


def test_a_failure_is_told_to_all_who_wait_and_not_kept() -> None:
    asker = FakeAsker(failing=True)
    kept = Lookup(asker)
    kept.look_ahead(TAX, [("jia",)])  # says nothing: nobody asked
    with pytest.raises(ApiTimeout):
        kept.told(TAX, ("jia",), VERSION)
    asker.failing = False
    assert len(kept.told(TAX, ("jia",), VERSION)) == len(TAX.steps)


def test_looking_ahead_asks_once_for_every_place() -> None:
    asker = FakeAsker()
    kept = Lookup(asker)
    kept.look_ahead(TAX, [("jia",), ("yi",)])
    count = len(asker.asked)
    assert count == 2 * len(TAX.steps)
    kept.told(TAX, ("yi",), VERSION)
    assert len(asker.asked) == count


def test_a_plan_that_lacks_the_matter_is_asked_no_further() -> None:
    near = cited("相近的话。")["citations"]
    asker = FakeAsker({SELF_COMMITMENT.steps[0].question: declined(related=near)})
    page = render_guide(SELF_COMMITMENT, regions_of((JIA,)), "甲", Lookup(asker))
    assert len(asker.asked) == 1
    assert "甲：收录的文件中没有与所问相应的条款。" in page
    assert wording.OPEN_POINTS not in page
    assert wording.NEAR in page
    assert "/plans/jia?clause=三1" in page
    assert "checkbox" not in page, "there is nothing to tick off"


def test_what_another_plan_says_instead_is_not_this_one_s() -> None:
    above = cited("国家的话。", "n", status="partial")
    asker = FakeAsker({TAX.steps[0].question: above})
    (told,) = Lookup(asker).told(TAX, ("jia",), VERSION)
    assert told.is_lacking
    assert not told.is_written
    assert "国家的话。" in render_guide(TAX, regions_of((JIA,)), "甲", Lookup(asker))


def test_what_the_nation_s_plan_says_stands_in_its_own_part() -> None:
    asker = FakeAsker({TAX.steps[0].question: cited("国家的话。", "n", status="partial")})
    page = render_guide(TAX, REGIONS, "乙", Lookup(asker))
    assert page.count("国家的话。") == 1
    assert page.index(">全国</h2>") < page.index("国家的话。")


def test_a_line_is_printed_once_and_named_further_down() -> None:
    asker = FakeAsker({"": cited("允许扣除。")})
    page = render_guide(SELF_COMMITMENT, regions_of((JIA,)), "甲", Lookup(asker))
    assert page.count("允许扣除。") == 1
    again = len(SELF_COMMITMENT.steps) - 1
    assert page.count(labels.SEEN_ABOVE) == again
    assert page.count('class="address" href="/plans/jia') == 1 + again


def test_a_reply_without_statements_is_told_all_the_same() -> None:
    asker = FakeAsker({"": {"status": "not_found", "plain_text": "没有载明这一事项。", "corpus_version": VERSION}})
    assert "没有载明这一事项。" in render_guide(TAX, regions_of((JIA,)), "甲", Lookup(asker))


def test_what_is_not_written_is_said_as_the_bot_says_it_with_the_clause_it_read() -> None:
    fee = next(step for step in SELF_COMMITMENT.steps if step.key == "fee")
    asker = FakeAsker({fee.question: cited("推行承诺。", status="partial", notes=[SILENT])})
    page = render_guide(SELF_COMMITMENT, regions_of((JIA,)), "甲", Lookup(asker))
    point = page[page.index(wording.STEPS["fee"]) :]
    assert wording.NOT_WRITTEN in point
    assert SILENT in point
    assert "推行承诺。" not in point, "a quotation under what is not written would mislead"
    assert "/plans/jia?clause=三1" in point
    assert wording.WRITTEN in page[page.index(wording.STEPS["template"]) : page.index(wording.STEPS["fee"])]


def test_no_absence_is_written_by_hand() -> None:
    told = FakeAsker()
    page = render_guide(SELF_COMMITMENT, regions_of((JIA,)), "甲", Lookup(told))
    assert f">{wording.NOT_WRITTEN}<" not in page
    assert page.count(f">{wording.WRITTEN}<") == len([step for step in SELF_COMMITMENT.steps if step.is_point])


def test_whom_to_ask_is_what_the_bot_names_each_once() -> None:
    asker = FakeAsker({"": cited("允许扣除。", notes=[ASK_ON, "另见他条。"])})
    answers = Lookup(asker).told(TAX, ("jia",), VERSION)
    (contact,) = contacts_of(answers)
    assert "".join(piece.text for piece in contact) == ASK_ON
    page = render_guide(TAX, REGIONS, "甲", Lookup(asker))
    assert page.count('href="tel:12366"') == 1
    assert "另见他条。" in page


def test_a_tick_box_belongs_to_its_words() -> None:
    def keys(quote: str) -> set[str]:
        asker = FakeAsker({"": cited(quote)})
        return set(re.findall(r'data-tick="([\w-]+)"', render_guide(SELF_COMMITMENT, REGIONS, "甲", Lookup(asker))))

    def boxes(region: str) -> set[str]:
        silent = FakeAsker({"": cited("推行承诺。", status="partial", notes=[SILENT])})
        return set(re.findall(r'data-tick="([\w-]+)"', render_guide(SELF_COMMITMENT, REGIONS, region, Lookup(silent))))

    assert keys("应当检定。") == keys("应当检定。")
    shared = boxes("甲") & boxes("乙")
    assert {key for key in shared if "-n-" not in key} == set(), "what is ticked for one place is not for another"
    assert not keys("应当检定。") & keys("不必检定。")


def test_every_line_has_an_address_and_every_box_a_label() -> None:
    page = render_guide(SELF_COMMITMENT, REGIONS, "甲", Lookup(FakeAsker()))
    lines = re.findall(r'<li class="line">.*?</li>', page, re.DOTALL)
    assert len(lines) == 2 * len(SELF_COMMITMENT.steps)
    assert all('class="address" href="/plans/' in line for line in lines)
    assert page.count('<label class="tick"><input type="checkbox"') == page.count('type="checkbox"') == len(lines)
    assert 'type="checkbox"' not in render_guide(TAX, REGIONS, "甲", Lookup(FakeAsker()))


def test_a_row_is_shown_as_cells() -> None:
    asker = FakeAsker({"": cited("单位（家）｜2020年：506｜2025年：850")})
    page = render_guide(TAX, regions_of((JIA,)), "甲", Lookup(asker))
    assert "｜" not in page
    assert '<b>单位（家）</b> <span class="cell"><span class="quiet">2020年</span> 506</span>' in page


def test_hostile_words_are_only_words() -> None:
    asker = FakeAsker({"": cited(HOSTILE, notes=[HOSTILE], related=cited(HOSTILE)["citations"])})
    hostile = plan("p", HOSTILE, title=HOSTILE, name=HOSTILE, number=HOSTILE)
    for guide in GUIDES.values():
        page = render_guide(guide, regions_of((hostile,)), HOSTILE, Lookup(asker))
        assert page.count("<script") == 1, "the page's own"
        assert "&lt;script&gt;alert(1)" in page
        assert HOSTILE not in page


def test_without_plans_the_page_says_so() -> None:
    assert wording.NO_PLANS in render_guide(TAX, {}, "", Lookup(FakeAsker()))


def test_in_english_the_labels_are_and_the_bot_s_words_are_marked() -> None:
    asker = FakeAsker(
        {"": cited("允许扣除。", status="partial", notes=[SILENT, ASK_ON], related=cited("近。")["citations"])}
    )
    with speaking("en", "region=甲"):
        for guide in GUIDES.values():
            page = render_guide(guide, REGIONS, "甲", Lookup(asker))
            assert wording_en.GUIDES[guide.slug][0] in page
            assert '<html lang="en">' in page
            assert unmarked(page.partition("<main>")[2].partition("</main>")[0]) == []


def test_all_steps_and_guides_have_their_words() -> None:
    assert set(wording.GUIDES) == set(GUIDES)
    assert set(wording.STEPS) == {step.key for guide in GUIDES.values() for step in guide.steps}
    assert all(re.search("[？?]$", step.question) for guide in GUIDES.values() for step in guide.steps)


def test_parts_tell_steps_from_points() -> None:
    part = part_of("甲", (JIA,), Lookup(FakeAsker()).told(TAX, ("jia",), VERSION))
    assert [entry.key for entry in part.steps] == [step.key for step in TAX.steps if not step.is_point]
    assert [entry.key for entry in part.points] == [step.key for step in TAX.steps if step.is_point]
