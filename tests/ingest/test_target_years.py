"""The year each quantity of a sentence is told of: of several years in it, of one that is still to come or past."""

import pytest

from ingest.times import Time, background, heading_year, written_in
from tests.ingest.reader import read
from tests.ingest.test_targets import short, told

# why each: how plans say of when
YEARS = [
    (
        "到2026年，受检率达到100%。其中2024年受检率达到90%。",
        ["受检率 2026:100%", "受检率 2024:90%"],
        "a step on the way",
    ),
    (
        "到2026年，完成改造6万户，其中2024年不少于1.8万户，合格率达到95%。",
        ["完成改造 2026:6万户", "完成改造 2024:1.8万户不少于", "合格率 2026:95%"],
        "a step holds for what comes next alone",
    ),
    (
        "2024年底前建成服务网点20个，2025年建成服务网点40个。",
        ["服务网点 2024:20个", "服务网点 2025:40个"],
        "a year without a comma",
    ),
    ("2024年建成服务网点20个。", ["服务网点 2024:20个"], "a year alone"),
    (
        "受检率2024年达到90%、2025年达到95%、2026年达到98%。",
        ["受检率 2024:90%", "受检率 2025:95%", "受检率 2026:98%"],
        "a year after the name",
    ),
    (
        "2024年完成10家，2025年完成15家，2026年完成20家试点市场。",
        ["试点市场 2024:10家", "试点市场 2025:15家", "试点市场 2026:20家"],
        "the name comes last",
    ),
    (
        "2024年完成试点市场10家，2025年15家，2026年完成20家。",
        ["试点市场 2024:10家", "试点市场 2025:15家", "试点市场 2026:20家"],
        "the name comes first",
    ),
    ("2024年完成10家，2026年办理20件投诉举报。", ["投诉举报 2026:20件"], "another unit counts something else"),
    (
        "2023年底前完成60家单位能源审查，到2025年合格率达到95%。",
        ["单位能源审查 2023:60家", "合格率 2025:95%"],
        "a deadline is to come",
    ),
    ("到2025年，合格率达到94%，2035年达到96%。", ["合格率 2025:94%", "合格率 2035:96%"], "a second year"),
    ("2020年受检率为85%，到2025年达到95%。", ["受检率 =2020:85%", "受检率 2025:95%"], "an earlier year is past"),
    (
        "2024年底前，建成站点35个；2026年底前，建成站点110个。到2026年，受检率达到95%。",
        ["建成站点 2024:35个", "建成站点 2026:110个", "受检率 2026:95%"],
        "a deadline with a comma",
    ),
    ("2019年省政府批准建设。到2025年，计量标准达到200项。", ["计量标准 2025:200项"], "it holds for its sentence"),
    ("2019年省政府批准建设。计量标准达到200项。", ["计量标准 :200项"], "it holds no longer than its sentence"),
    ("到2025年，受检率达到95%，比2020年提高，合格率达到96%。", ["受检率 2025:95%", "合格率 2025:96%"], "compared"),
    (
        "到2025年，计量标准达到200项，其中2023年150项、2024年180项。",
        ["计量标准 2025:200项", "计量标准 2023:150项", "计量标准 2024:180项"],
        "two steps on the way",
    ),
    ("2026年6月底前完成设备改造120处。", ["设备改造 2026:120处"], "a deadline with a month"),
    ("受检率和合格率2025年分别达到95%和98%。", ["受检率 2025:95%", "合格率 2025:98%"], "a year before 分别"),
    (
        "到2025年，计量机构达到10家，2026年、2027年分别达到16家、18家，2026年、2027年分别达到6元、8元。",
        ["计量机构 2025:10家", "计量机构 2026:16家", "计量机构 2027:18家"],
        "years of what was told, in its unit",
    ),
    ("2021至2025年累计建设站点500个。", ["建设站点 2025:500个"], "a span of years"),
    ("2022年1月—12月检定器具3000台件。", ["检定器具 :3000台件"], "months"),
    ("2024年1月启动，合格率达到96%。", ["合格率 :96%"], "a date is no target year"),
    (
        "检测收入年均增长8%以上，力争2025年突破1.5亿元。",
        ["检测收入年均增长 :8%以上", "检测收入 2025:1.5亿元"],
        "what grows is counted",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), YEARS, ids=[why for *_, why in YEARS])
def test_years(text: str, expected: list[str], why: str) -> None:
    assert [one.replace("突破", "") for one in told(text)] == expected, why


# why each: how a document says of when it is
HEADS = [
    ("海州市方案\n海政发〔2022〕5号", ["示范站点 =2021:1个", "示范站点 2023:2个", "受检率 2025:95%"], "its number"),
    ("海州市2023年工作要点", ["示范站点 =2021:1个", "示范站点 2023:2个", "受检率 2025:95%"], "its title"),
    ("海州市计量规划", ["示范站点 =2021:1个", "示范站点 =2023:2个", "受检率 2025:95%"], "nothing"),
]


@pytest.mark.parametrize(("head", "expected", "why"), HEADS, ids=[why for *_, why in HEADS])
def test_what_is_to_come_when_a_document_is_written(head: str, expected: list[str], why: str) -> None:
    steps = "2021年建成示范站点1个。2023年建成示范站点2个。到2025年，受检率达到95%。"
    assert [short(one) for one in read(f"{head}\n一、目标\n{steps}\n二、其他\n略。\n").indicators] == expected, why


@pytest.mark.parametrize(
    ("front", "year"),
    [
        ("海州市规划（2021—2025年）\n海政办发〔2022〕5号", 2022),
        ("海州市规划（2021—2025年）", 2021),
        ("海州市关于\n开展2024年检查的通知", 2024),
        ("海州市规划\n根据《规划》（国发〔2021〕37号），制定本规划。", None),
        ("海州市关于贯彻《规划（2021—2035年）》的意见", None),
        ("海州市规划\n2020年，市政府发文。", None),
    ],
)
def test_the_year_of_a_document(front: str, year: int | None) -> None:
    assert written_in(front) == year


@pytest.mark.parametrize(
    ("end", "year"),
    [
        ("海州市人民政府\n2024年3月1日", 2024),
        ("本措施自2024年5月1日起施行，有效期3年。", 2024),
        ("自2019年起开展检查。", 2021),
        ("《办法》自2019年5月1日起施行。", 2019),
    ],
)
def test_the_year_at_the_end_of_a_document(end: str, year: int) -> None:
    assert written_in("海州市规划（2021—2025年）", end) == year


# why each: what is no quantity of a name, or no part of one
CLEAN = [
    ("投诉举报24小时内答复投诉人。", [], "a term is not what is counted"),
    ("检定周期压缩至5个工作日内。", ["检定周期 :5个工作日内"], "a term that is one"),
    ("一是检查集贸市场80家。", ["检查集贸市场 :80家"], "the first of a list"),
    (
        "代偿率控制在3‰—5‰，占比为18%—20%，增长率达到3%至5%。",
        ["代偿率 :3—5‰", "占比 :18—20%", "增长率 :3—5%"],
        "a range whose ends both have the sign",
    ),
]


@pytest.mark.parametrize(("text", "expected", "why"), CLEAN, ids=[why for *_, why in CLEAN])
def test_clean(text: str, expected: list[str], why: str) -> None:
    assert [one.replace("至", "—") for one in told(text)] == expected, why


@pytest.mark.parametrize(
    ("heading", "past", "planned"),
    [
        ("工作基础", Time(False), None),
        ("发展背景", Time(False), None),
        ("“十三五”回顾", Time(False), None),
        ("2024年工作回顾", Time(False, 2024), None),
        ("2024年主要工作成效", Time(False, 2024), None),
        ("2023年度政府工作总结", Time(False, 2023), None),
        ("2024年主要工作完成情况", Time(False, 2024), None),
        ("2025年重点工作", None, 2025),
        ("2025年经济社会发展主要预期目标", None, 2025),
        ("夯实计量基础", None, None),
        ("提升监管成效", None, None),
    ],
)
def test_a_heading_tells_of_what_was_or_of_what_is_aimed_at(
    heading: str, past: Time | None, planned: int | None
) -> None:
    assert background(heading) == past
    assert heading_year(heading) == planned


def test_a_year_that_is_looked_back_on_is_told() -> None:
    plan = read("规划\n一、2024年工作回顾\n新增计量标准12项。\n二、2025年重点工作\n新增计量标准30项。\n")
    was, goal = plan.indicators
    assert (was.achieved, was.base_year, was.target_year) == (True, 2024, None)
    assert (goal.achieved, goal.target_year) == (False, 2025)


@pytest.mark.parametrize(
    ("headings", "achieved", "year"),
    [
        ("一、2024年主要工作\n", True, 2024),  # of a report that looks back
        ("一、2024年工作回顾\n（一）2024年主要举措\n", True, 2024),
        ("一、2025年重点工作\n（一）2024年工作回顾\n", True, 2024),  # the nearest that says so
        ("一、发展背景\n（一）2024年工作回顾\n", True, 2024),
        ("一、2025年主要工作\n", False, 2025),
    ],
)
def test_the_nearest_heading_that_says_so_tells_when(headings: str, achieved: bool, year: int) -> None:
    (one,) = read(f"海州市2025年工作报告\n{headings}新增计量标准12项。\n").indicators
    assert one.achieved is achieved
    assert (one.base_year if achieved else one.target_year) == year
