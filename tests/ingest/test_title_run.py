"""Which lines of a front are the title: it goes on below where a bracket is open, and begins below who issues it."""

import pytest

from ingest.title_run import find_title

TITLES = [
    (
        "东港区城市管理局关于公开征求\n《东港区餐厨垃圾管理办法\n（征求意见稿）》意见的公告\n为加强管理，现公开征求意见。",
        "东港区城市管理局关于公开征求《东港区餐厨垃圾管理办法（征求意见稿）》意见的公告",
        "a bracket that is open",
    ),
    (
        "东港区人民政府办公室\n关于印发《东港区三年行动计划（2025—2027年）\n（试行）》的通知\n各街道：",
        "东港区人民政府办公室关于印发《东港区三年行动计划（2025—2027年）（试行）》的通知",
        "it seems to end before",
    ),
    (
        "关于印发《东港区行动计划》的通知\n（试行）的说明很多，这是正文。",
        "关于印发《东港区行动计划》的通知",
        "what is closed does not go on",
    ),
    (
        "关于印发《东港区行动计划\n各街道要认真落实，这是正文。",
        "关于印发《东港区行动计划",
        "a bracket that nobody closes",
    ),
    (
        "海州市商务局\n海州市计量工作指引\n（2025年版）\n海商〔2025〕4号",
        "海州市计量工作指引（2025年版）",
        "below who issues it",
    ),
    (
        "海州市人民政府办公室关于转发\n市商务局海州市城市更新\n三年行动方案\n（2025—2027年）的通知\n各区人民政府：",
        "海州市人民政府办公室关于转发市商务局海州市城市更新三年行动方案（2025—2027年）的通知",
        "what it passes on has its years",
    ),
    (
        "海州市2025年度企业\n专项资金项目\n（申报指南）\n根据规定制定。",
        "海州市2025年度企业专项资金项目（申报指南）",
        "its type in brackets",
    ),
    (
        "分类：公告公示\n海州市交通局海州市公安局\n关于省道维修期间\n实行交通管制的通告\n海交〔2025〕6号",
        "海州市交通局海州市公安局关于省道维修期间实行交通管制的通告",
        "a field is none, and what is done by a notice is no order's head",
    ),
    (
        "海州市水利局|无障碍|长者模式\n海州市水利局关于第208号建议的答复\n代表：",
        "海州市水利局关于第208号建议的答复",
        "a menu is none",
    ),
    ("首页\n政务公开\n（通知公告）\n海州市计量惠民实施方案", "海州市计量惠民实施方案", "a menu's type"),
    (
        "海州市商务局\n海州市家电以旧换新补贴\n（申报指南）",
        "海州市家电以旧换新补贴（申报指南）",
        "a type below its issuer",
    ),
    ("海州市企业\n（征求意见稿）\n根据规定制定。", "海州市企业", "a remark is no type"),
    ("海州市商务局\n关于诚信计量的通知", "海州市商务局关于诚信计量的通知", "of which it is the subject"),
    (
        "海州市商务局\n海州市财政局\n关于诚信计量的通知",
        "海州市商务局海州市财政局关于诚信计量的通知",
        "several issue it",
    ),
    ("海州市商务局\n诚信计量工作指引", "海州市商务局诚信计量工作指引", "of another place, or of none: it may be one"),
    (
        "西岭县人民政府\n专题会议纪要\n〔2025〕17号\n西岭县人民政府办公室2025年6月19日\n关于研究停车项目建设\n有关问题的\n会议纪要\n"
        "2025年6月12日，会议召开。",
        "关于研究停车项目建设有关问题的会议纪要",
        "minutes say below what they are of",
    ),
    ("西岭县人民政府常务会议纪要\n〔2025〕3号\n会议于6月召开。", "西岭县人民政府常务会议纪要", "or nowhere"),
    (
        "西岭县人民政府会议纪要\n会议于6月召开，议定如下。\n关于研究停车项目的会议纪要",
        "西岭县人民政府会议纪要",
        "but not in the text",
    ),
]


@pytest.mark.parametrize(("front", "title", "why"), TITLES, ids=[why for *_, why in TITLES])
def test_the_title(front: str, title: str, why: str) -> None:
    found = find_title(front)
    assert found is not None
    assert found.value == title, why
    assert front[found.start : found.end].replace("\n", "") == title
