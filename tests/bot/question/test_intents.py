"""What kind of answer a wording asks for."""

import pytest

from bot.model import Intent
from bot.question.read import Reader, is_off_topic, is_small_talk

INTENTS: list[tuple[Intent, list[tuple[str, str]]]] = [
    (Intent.UNITS, [
        ("厦门的诚信计量自我承诺由谁负责", "由谁负责"),
        ("泉州谁牵头诚信计量", "谁牵头"),
        ("金华计量技术机构建设的责任单位是哪些", "责任单位"),
        ("青岛哪个部门管诚信计量", "哪个部门管"),
        ("市大数据局负责哪几项", "the tasks of a named unit"),
        ("税务局参与了什么", "what a named unit takes part in"),
        ("这项工作归谁管", "归谁管"),
        ("牵头单位是哪家", "牵头单位"),
        ("第21条谁负责", "units before an address"),
        ("哪家公司负责", "哪家 that is no city"),
        ("加油站监管找哪个部门负责", "找哪个部门"),
    ]),
    (Intent.INDICATOR, [
        ("厦门诚信计量自我承诺单位目标多少家", "多少家"),
        ("2025年泉州强检覆盖率要达到百分之几", "百分之几"),
        ("青岛诚信计量示范单位几家", "几家"),
        ("泉州社会公用计量标准2020年的基数", "基数"),
        ("注册计量师要多少名", "多少名"),
        ("计量相关专利的目标值", "目标值"),
        ("金华高能级计量标准多少项", "高 opens a name here, not a difference"),
        ("高端装备计量标准有几项", "the same with 几"),
        ("至少建多少个测试中心", "至少 is no difference"),
        ("强检计量器具检定覆盖率", "覆盖率 alone"),
        ("误差不超过多少算合格", "误差 is no difference"),
        ("要建2家还是3家测试中心", "a choice of numbers"),
    ]),
    (Intent.DIFFERENCE, [
        ("诚信计量自我承诺单位增长了百分之几", "growth in percent"),
        ("泉州比厦门多多少家", "one against the other"),
        ("2025年比2020年多了多少项", "year against year"),
        ("两地相差多少", "相差"),
        ("增幅多大", "增幅"),
        ("社会公用计量标准要增加几项", "增加几项"),
        ("青岛比泉州高几个百分点", "高几个百分点"),
        ("少了多少家", "少了"),
    ]),
    (Intent.WHICH, [
        ("哪些城市提到双随机", "哪些城市提到"),
        ("哪个市允许一次性扣除", "哪个市允许"),
        ("谁家有失信惩戒", "谁家有"),
        ("哪几个规划写了碳达峰", "哪几个规划写"),
        ("哪份文件点名加油站", "哪份文件点名"),
        ("都有哪几个城市要建示范街", "都有哪几个"),
    ]),
    (Intent.COMPARISON, [
        ("厦门和泉州在诚信计量上有什么不同", "two plans"),
        ("四个城市的诚信计量措施有何异同", "all cities"),
        ("青岛、金华对眼镜店的要求分别是什么", "分别"),
        ("厦门和福州哪个好", "one plan and a foreign place"),
        ("厦门、金华的计量文化", "two plans need no comparing word"),
        ("各方案的措辞一致吗", "alike without a name"),
    ]),
    (Intent.METADATA, [
        ("泉州方案的文号是多少", "number; 多少 counts nothing"),
        ("青岛规划什么时候发布的", "date"),
        ("国务院规划是哪年印发的", "year of issue"),
        ("金华方案是谁发的", "issuer"),
        ("泉州实施意见的全称叫什么", "title"),
        ("厦门方案主送给谁", "addressee"),
        ("泉州的文件抄送哪些单位", "copies"),
        ("泉州的文件是主动公开吗", "openness"),
        ("青岛的方案依据什么文件", "references"),
        ("发文机关是哪个", "issuer without a plan"),
        ("落款日期是哪天", "a date, not the signature read out"),
    ]),
    (Intent.OUTLINE, [
        ("厦门方案有几章", "chapters"),
        ("青岛规划的目录", "contents"),
        ("泉州一共多少条", "items; 多少 counts the document's parts"),
        ("厦门有几个专栏", "boxes"),
        ("专栏3讲什么", "a box read out"),
        ("厦门第21条", "an address alone"),
        ("读一下三（四）21", "read out"),
        ("落款写的什么", "the signature"),
        ("第三章下面有哪些", "what stands under a heading"),
        ("题头", "the front"),
    ]),
    (Intent.QUOTE, [
        ("新买的计量器具能一次性税前扣除吗", "the plain question"),
        ("诚信计量自我承诺是什么", "a definition"),
        ("承诺书写哪几条", "几条 of a letter, not of the document"),
        ("缺斤短两怎么处罚", "an aspect, no intent"),
        ("加油站作弊会罚多少钱", "多少 of money is no indicator"),
        ("税前扣除上限多少万元", "nor is a ceiling"),
        ("数字化转型怎么做", "数字 in a word"),
        ("数字孪生是什么", "the same"),
        ("好几家加油站都缺斤少两", "好几家 asks nothing"),
        ("评估什么时候做", "a date of a topic, not of the document"),
        ("最高能扣多少万元", "最高 is no difference"),
        ("第21条对加油站怎么说的理由和具体做法", "an address with more to say"),
    ]),
]  # fmt: skip
ROWS = [(intent, text, why) for intent, rows in INTENTS for text, why in rows]


@pytest.mark.parametrize(("intent", "text", "why"), ROWS)
def test_intent(reader: Reader, intent: Intent, text: str, why: str) -> None:
    assert reader.read(text).intent is intent, why


def test_the_table_is_long_enough() -> None:
    assert len(ROWS) >= 60


def test_a_tale_before_the_question_asks_nothing(reader: Reader) -> None:
    tale = "我们店有几台秤，是电子秤，去年买的，旁边的水果店总说我们的秤不准，我们很苦恼，客人也少了，"
    assert reader.read(tale + "请问诚信计量自我承诺由谁负责").intent is Intent.UNITS
    assert reader.read(tale + "店里很难，想请教一下，诚信计量自我承诺是什么").intent is Intent.QUOTE


FIELDS = [
    ("泉州方案的发文字号", ("number",)),
    ("几号文", ("number",)),
    ("泉州什么时候印发的", ("printed_on", "issued_on")),
    ("青岛方案的成文日期", ("issued_on",)),
    ("金华的方案是谁制定的", ("issuer",)),
    ("正式名称是什么", ("title",)),
    ("主送哪些单位", ("addressee",)),
    ("抄送给谁", ("copied_to",)),
    ("这份文件公开吗", ("openness",)),
    ("制定依据是什么", ("references",)),
    ("文号和发文机关", ("number", "issuer")),
]


@pytest.mark.parametrize(("text", "fields"), FIELDS)
def test_metadata_fields(reader: Reader, text: str, fields: tuple[str, ...]) -> None:
    question = reader.read(text)
    assert question.intent is Intent.METADATA
    assert question.fields == fields


@pytest.mark.parametrize("text", ["你好", "您好！", "谢谢", "hello", "你是谁", "在吗？", "好的，谢谢你", "你能做什么"])
def test_small_talk(reader: Reader, text: str) -> None:
    assert is_small_talk(reader.read(text))


@pytest.mark.parametrize("text", ["你好，厦门的文号", "谢谢，那泉州呢", "好的计量器具", ""])
def test_no_small_talk(reader: Reader, text: str) -> None:
    assert not is_small_talk(reader.read(text))


@pytest.mark.parametrize(
    "text", ["今天天气怎么样", "写一首诗", "讲个笑话", "3+4=?", "厦门有什么好吃的", "帮我写Python代码"]
)
def test_off_topic(reader: Reader, text: str) -> None:
    assert is_off_topic(reader.read(text))


@pytest.mark.parametrize("text", ["诚信计量自我承诺", "加油站", "计量器具一次性扣除", "气象计量", "第21条"])
def test_on_topic(reader: Reader, text: str) -> None:
    assert not is_off_topic(reader.read(text))
