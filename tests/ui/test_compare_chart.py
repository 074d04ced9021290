"""Bars of a comparison: as long as their numbers, each with its words and its address."""

from tests.ui.compare_builders import axis, comparison, counted, point
from ui.compare import wording
from ui.compare.chart import BESIDE, LEFT, LONGEST, RIGHT, WIDTH, chart_of


def test_bars_are_as_long_as_their_numbers() -> None:
    one = counted("p", base=point(2020, "500家", 500), target=point(2025, "1000家", 1000))
    chart = chart_of(axis(one, counted("q", target=point(2025, "250家", 250))), comparison())
    (base, target), (other,) = (group.bars for group in chart.groups)
    assert [mark.text for mark in chart.lines] == ["0", "250", "500", "750", "1000"]
    assert (base.kind, target.kind) == ("base", "target")
    assert target.width == WIDTH - LEFT - RIGHT
    assert base.width * 2 == target.width == other.width * 4
    assert chart.lines[-1].at == LEFT + target.width
    assert (base.year, base.value, base.remark) == ("2020年", "500家", "")


def test_bars_stand_below_each_other() -> None:
    bars = [counted(each, base=point(2020, "5家", 5)) for each in ("p", "q", "p")]
    chart = chart_of(axis(*bars), comparison())
    tops = [place for group in chart.groups for place in (group.y, *(bar.y for bar in group.bars))]
    assert tops == sorted(set(tops))
    assert tops[-1] + chart.thick <= chart.base < chart.height


def test_what_is_no_plain_number_is_told_and_not_drawn() -> None:
    given = counted(base=point(2020, None, None), target=point(None, "1—2个", None))
    chart = chart_of(axis(given), comparison())
    base, target = chart.groups[0].bars
    assert (base.width, base.value, base.remark) == (0, "", wording.NOT_GIVEN)
    assert (target.width, target.year) == (0, wording.NO_YEAR)
    assert (target.value, target.remark) == ("1—2个", wording.NOT_DRAWN)
    assert target.says == wording.BAR_SAYS.format(plan="p市", year=wording.NO_YEAR, value=f"1—2个{wording.NOT_DRAWN}")
    assert chart.lines == ()  # no scale where nothing is drawn


def test_percentages_are_of_a_hundred() -> None:
    chart = chart_of(axis(counted(target=point(2025, "92%", 92)), unit="%"), comparison())
    assert chart.lines[-1].text == "100"
    assert [
        mark.text for mark in chart_of(axis(counted(target=point(2025, "0%", 0)), unit="%"), comparison()).lines
    ] == []


def test_a_state_is_no_target() -> None:
    chart = chart_of(axis(counted(achieved=True)), comparison())
    assert [bar.kind for bar in chart.groups[0].bars] == ["state"]


def test_bars_name_their_plan_and_lead_somewhere_safe() -> None:
    chart = chart_of(axis(counted("q", target=point(url="javascript:alert(1)"))), comparison())
    (bar,) = chart.groups[0].bars
    assert bar.link == ""
    assert bar.says == wording.BAR_SAYS.format(plan="q市", year="2025年", value="850家")


def test_the_chart_s_own_name_is_not_repeated() -> None:
    chart = chart_of(axis(counted(), counted("q", name="全市承诺单位")), comparison())
    assert [(group.plan, group.name) for group in chart.groups] == [("p市", ""), ("q市", "全市承诺单位")]


def test_long_names_are_cut_and_conflicts_flagged() -> None:
    chart = chart_of(axis(counted(name="长" * 40, conflicts=(point(),)), counted(name="长" * 40)), comparison())
    flagged, long = chart.groups
    assert (len(flagged.name), len(long.name)) == (BESIDE, LONGEST)
    assert flagged.name.endswith("…")
    assert (flagged.conflicting, long.conflicting) == (True, False)
