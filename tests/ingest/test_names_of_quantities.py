"""What a quantity is called when its name is quoted, told once for several amounts, or stands in the phrase before."""

import pytest

from tests.ingest.test_targets import told

# why each: how plans lead up to an amount
RISEN = [
    ("示范单位数量较2020年翻一番，达到240家。", ["示范单位 2020:→:240家"], "doubled"),
    ("示范单位实现翻番，由120家增加到240家。", ["示范单位 :120→:240家"], "doubled, from and to"),
    ("检定覆盖率稳步提升，达到95%。", ["检定覆盖率 :95%"], "risen"),
    ("加强监管，推动工作，达到95%。", [], "nothing rises"),
    ("大班额比例由2023年的1.8%降至0。", ["大班额比例 2023:1.8→:0%"], "to nothing"),
    ("标准数量达到“十三五”末的2倍。", ["标准 2020:→:2倍"], "the year of the base is none of the target"),
    ("新增基站站点1000个，总数达到5000个。", ["新增基站站点 :1000个", "基站站点 :5000个"], "new ones, and all"),
    ("2024年新增10个，累计达到50个服务站点。", ["服务站点 2024:10个", "服务站点 2024:50个"], "named after a verb"),
    ("每年新增示范单位20家，五年累计100家。", ["新增示范单位 :20家", "新增示范单位 :100家"], "in all"),
    ("示范单位达到30家，同比增长5%。", ["示范单位 :30家", "示范单位同比增长 :5%"], "to last year"),
    ("同比增长5%。", [], "nothing was told"),
    ("示范单位达到30家。比2020年增长5%。", ["示范单位 :30家"], "another sentence"),
    ("投入强度达到2.8%，高于全国平均水平0.2个百分点。", ["投入强度 :2.8%"], "beside others"),
    ("按照不少于20%的比例抽查。", [], "a share is not what is counted"),
    ("今年完成20个，明年完成30个。", [], "what, is not told"),
    ("新建示范站点3个，每县不少于2个。", ["新建示范站点 :3个"], "each counts something else"),
]

# why each: how several share their words
SHARED = [
    ("到2025年和2035年，合格率分别达到94%和96%。", ["合格率 2025:94%", "合格率 2035:96%"], "years before a comma"),
    ("到2023年、2025年，示范站分别达到10个、20个。", ["示范站 2023:10个", "示范站 2025:20个"], "years of a list"),
    (
        "“三表”合格率、“放心消费”示范单位分别达到98%、200家。",
        ["“三表”合格率 :98%", "“放心消费”示范单位 :200家"],
        "quoted names",
    ),
    (
        "化学需氧量、氨氮、有机物重点工程减排量分别达到6.8万吨、0.35万吨、1.9万吨。",
        ["化学需氧量 :6.8万吨", "氨氮 :0.35万吨", "有机物重点工程减排量 :1.9万吨"],
        "a short name",
    ),
    ("合格率、满意度、覆盖率分别达到92%、85、95%以上。", [], "an amount is missing"),
]

# why each: what a name is made of
NAMES = [
    ("力争“个转企”两千户，力争“个转企”2000户。", ["个转企 :两千户", "个转企 :2000户"], "a short one, quoted"),
    ("新建站不超过3个，各县区不少于5人。", ["新建站 :3个不超过"], "a short one, bounded; each is none"),
    ("培育国家级专精特新“小巨人”企业30家。", ["国家级专精特新“小巨人”企业 :30家"], "words before a quote"),
    ("民用“三表”检定率达到98%。", ["民用“三表”检定率 :98%"], "a quote inside"),
    (
        "培育“小巨人”企业30家、“单项冠军”企业5家。",
        ["“小巨人”企业 :30家", "“单项冠军”企业 :5家"],
        "two quotes in a list",
    ),
    ("（见“附件，建成示范站点3个。）打造示范”街区5个。", ["示范站点 :3个"], "a quote that never opens"),
    ("围绕“质量，安全”创建示范街区5个。", ["围绕“质量，安全”创建示范街区 :5个"], "a comma in a quote"),
    ("“十四五”期间新增驰名商标20件。", ["新增驰名商标 2025:20件"], "a period"),
    (
        "五年累计服务企业2000家次。三年培养骨干教师300名。",
        ["服务企业 :2000家次", "培养骨干教师 :300名"],
        "for how long",
    ),
    ("6月底前上线主题服务30个，年内检查商户50户。", ["上线主题服务 :30个", "检查商户 :50户"], "by when"),
    ("成交额年均增速达到15%，2025年达到1000亿元。", ["成交额年均增速 :15%", "成交额 2025:1000亿元"], "how fast"),
    ("九年义务教育巩固率达到96%。", ["九年义务教育巩固率 :96%"], "years that are of a name"),
    ("三年行动计划项目达到30项。", ["三年行动计划项目 :30项"], "a plan of three years"),
    ("省财政每年安排专项资金不低于3000万元。", ["专项资金 :3000万元不低于"], "every year"),
    ("对加油站等重点领域每年监督检查不少于1次。", ["监督检查 :1次不少于"], "where, every year"),
    ("一次性开办补贴每户5000元。", ["一次性开办补贴 :5000元"], "for each"),
    (
        "覆盖率达到九成以上，标准转化率达到百分之九十五。",
        ["覆盖率 :九成以上", "标准转化率 :九十五%"],
        "parts of a whole",
    ),
    ("形成九成果转化平台。", [], "成 is of 成果"),
]


@pytest.mark.parametrize(("text", "expected", "why"), RISEN + SHARED + NAMES)
def test_names(text: str, expected: list[str], why: str) -> None:
    assert told(text) == expected, why
