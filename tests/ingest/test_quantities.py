"""What is counted and how: units of all kinds, bounds before and after, and names clean of both."""

import pytest

from tests.ingest.test_targets import told

# why each: what plans count in
UNITS = [
    ("繁育优质虾苗60亿尾，新栽乔木5000棵。", ["繁育优质虾苗 :60亿尾", "新栽乔木 :5000棵"], "fish, trees"),
    (
        "查办案件213件，罚没款486.5万元，但精品率仅为31%。",
        ["查办案件 :213件", "罚没款 :486.5万元", "精品率 :31%"],
        "a short name; 仅",
    ),
    (
        "算力规模达到12EFLOPS，存储总量达到8000TB。",
        ["算力规模 :12EFLOPS", "存储总量 :8000TB"],
        "letters; 总量 is of the name",
    ),
    (
        "低空飞行量达到12万架次，数据中心标准机架达到3万架。",
        ["低空飞行量 :12万架次", "数据中心标准机架 :3万架"],
        "racks",
    ),
    (
        "创建5A级旅游景区2家，建设4K频道3个，建成5G基站600个。",
        ["创建5A级旅游景区 :2家", "建设4K频道 :3个", "建成5G基站 :600个"],
        "no unit",
    ),
    ("新建35kV线路20公里，300MW光伏电站2座。", ["新建35kV线路 :20公里", "300MW光伏电站 :2座"], "letters tell which"),
    ("设计排涝流量提高到12立方米/秒。", ["设计排涝流量 :12立方米/秒"], "a second"),
    ("误差率不高于五千分之一。", [], "a fraction"),
    ("差错率控制在千分之三以内，合格率达到百分之九十。", ["差错率 :三‰以内", "合格率 :九十%"], "of a thousand"),
    ("粮食生产能力稳定在1200亿斤以上。", ["粮食生产能力 :1200亿斤以上"], "weights"),
    ("新增养老床位3万张，反应时间控制在12分钟以内。", ["新增养老床位 :3万张", "反应时间 :12分钟以内"], "things, time"),
    ("集装箱吞吐量达到5万标箱，平均预期寿命达到80岁。", ["集装箱吞吐量 :5万标箱", "平均预期寿命 :80岁"], "boxes, age"),
    ("PM2.5平均浓度控制在26微克/立方米以下。", ["PM2.5平均浓度 :26微克/立方米以下"], "a rate"),
    (
        "新建公路30公里，发电装机达到300万千瓦，用地面积120亩。",
        ["新建公路 :30公里", "发电装机 :300万千瓦", "用地面积 :120亩"],
        "power, land",
    ),
    ("能源消费总量控制在1.2亿吨标准煤以内。", ["能源消费总量 :1.2亿吨标准煤以内"], "two words"),
    ("单位能耗低于0.35吨标准煤/万元。", ["单位能耗 :0.35吨标准煤/万元低于"], "a rate of two words"),
    ("亩均税收达到30万元/亩，研发人员达到30人/万人。", ["亩均税收 :30万元/亩", "研发人员 :30人/万人"], "per"),
    ("货物周转量达到60亿吨公里。", ["货物周转量 :60亿吨公里"], "a product"),
    ("孕产妇死亡率控制在9/10万以内。", ["孕产妇死亡率 :9/10万以内"], "of so many"),
    ("检定能力达到30万台（件）/年。", ["检定能力 :30万台（件）/年"], "a year"),
    ("公路里程达到1，680公里。", ["公路里程 :1,680公里"], "a wrong comma"),
    ("65岁以上老年人健康管理率达到72%。", ["65岁以上老年人健康管理率 :72%"], "an age is of the name"),
    ("覆盖3级以上计量技术机构，培训10分钟，建成3条例。", [], "which, not how many"),
    ("建成3条公交示范线路。", ["公交示范线路 :3条"], "a line"),
    ("合格率、满意度分别达到92%、85分。", ["合格率 :92%", "满意度 :85分"], "points"),
    ("收入突破2万亿元，覆盖企业3千家。", ["收入 :2万亿元突破", "覆盖企业 :3千家"], "of the number"),
]


@pytest.mark.parametrize(("text", "expected", "why"), UNITS, ids=[why for *_, why in UNITS])
def test_units(text: str, expected: list[str], why: str) -> None:
    assert told(text) == expected, why


# why each: how plans bound an amount
BOUNDS = [
    ("经营主体突破60万户，占比逾30%，占比超20%。", ["经营主体 :60万户突破", "占比 :30%逾", "占比 :20%超"], "more than"),
    ("新建充电桩至少300台（套），商户至多10家。", ["新建充电桩 :300台（套）至少"], "at least"),
    ("抽查比例至少达到20%。", ["抽查比例 :20%至少"], "a verb between"),
    ("每县至少建成1家疾控中心。", ["疾控中心 :1家至少"], "the name comes last"),
    ("每个县（市、区）至少建有1所照护专业机构。", ["照护专业机构 :1所至少"], "for each"),
    ("每个行政村配备保洁员不少于2名。", ["每个行政村配备保洁员 :2名不少于"], "for each, named before"),
    ("培育不少于5家计量示范单位。", ["计量示范单位 :5家不少于"], "only a verb before it"),
    ("合格率不得低于98%，投诉率不得超过2%。", ["合格率 :98%不得低于", "投诉率 :2%不得超过"], "must not"),
    ("投资总额约12亿元，节约能源20万吨。", ["投资总额 :12亿元约", "节约能源 :20万吨"], "about"),
    ("累计节约20万吨。", ["累计节约 :20万吨"], "saved is not about"),
    ("平均费率降至1%（含）以下。", ["平均费率 :1%（含）以下"], "and that one too"),
    ("支持额度最高不超过500万元。", ["支持额度 :500万元不超过"], "two bounds"),
]


@pytest.mark.parametrize(("text", "expected", "why"), BOUNDS, ids=[why for *_, why in BOUNDS])
def test_bounds(text: str, expected: list[str], why: str) -> None:
    assert told(text) == expected, why


# why each: what is no part of a name
NAMES = [
    ("投诉按期办结率须达100%，合格率必须达到98%。", ["投诉按期办结率 :100%", "合格率 :98%"], "must"),
    (
        "抽查比例在20%以上，覆盖率实现100%，合格率保持99%。",
        ["抽查比例 :20%以上", "覆盖率 :100%", "合格率 :99%"],
        "verbs of a state",
    ),
    (
        "到2025年，配备率比2020年提高5个百分点，达到98%。",
        ["配备率提高 2020:→2025:5个百分点", "配备率 2025:98%"],
        "compared",
    ),
    (
        "到2025年，注册计量师达到300人，较2020年增长50%。",
        ["注册计量师 2025:300人", "注册计量师增长 2020:→2025:50%"],
        "compared, its name before",
    ),
    ("较2020年增长50%。", [], "compared, without a name"),
    ("到2025年，标准数量达到2020年的2倍。", ["标准 2020:→2025:2倍"], "a multiple"),
]


@pytest.mark.parametrize(("text", "expected", "why"), NAMES, ids=[why for *_, why in NAMES])
def test_names(text: str, expected: list[str], why: str) -> None:
    assert told(text) == expected, why


# why each: what a condition asks for is no aim
CONDITIONS = [
    ("设立不少于1亿元的计量专项资金。", ["计量专项资金 :1亿元不少于"], "an aim of so much at least"),
    ("建成不少于30家的诚信计量示范单位。", ["诚信计量示范单位 :30家不少于"], "of so many"),
    ("投资额≥50万元的，按20%补助。", [], "an amount from which"),
    ("处理信息超过100万人的应当评估。", [], "a number from which"),
    ("实现检定覆盖率不低于95%的目标。", ["检定覆盖率 :95%不低于"], "an aim is one"),
    ("建成停车诱导屏24块，改造运动场地35片。", ["停车诱导屏 :24块", "改造运动场地 :35片"], "panes, fields"),
    (
        "家长满意度不应低于90%，等候时间不宜超过30分钟。",
        ["家长满意度 :90%不应低于", "等候时间 :30分钟不宜超过"],
        "a bound denied",
    ),
    (
        "人均使用面积不应小于1.2平方米，计量误差不应大于2%。",
        ["人均使用面积 :1.2平方米不应小于", "计量误差 :2%不应大于"],
        "size",
    ),
    ("修缮古建筑48栋，完成交易200宗。", ["修缮古建筑 :48栋", "完成交易 :200宗"], "houses, deals"),
    ("港口货物吞吐量完成6400万吨。", ["港口货物吞吐量 :6400万吨"], "what was done is no part of a name"),
]


@pytest.mark.parametrize(("text", "expected", "why"), CONDITIONS, ids=[why for *_, why in CONDITIONS])
def test_conditions_and_measures(text: str, expected: list[str], why: str) -> None:
    assert told(text) == expected, why


# why each: whose figure it is
OF_OTHERS = [
    (
        "建成标准210项，邻近的海安市已建成标准320项，比我市多110项。",
        ["建成标准 :210项"],
        "a neighbour's, and by how much",
    ),
    ("周边县区新建检定站6家，全市新建公路30公里。", ["全市新建公路 :30公里"], "what lies around"),
    ("检定覆盖率达到96%，追赶江宁市2024年98%的水平。", ["检定覆盖率 :96%"], "whom it runs after"),
    ("对标苏州市拥有认证12家的水平，建成实验室3家。", ["建成实验室 :3家"], "whom it looks to"),
    ("同期全省平均水平为260项，新建公路30公里。", ["新建公路 :30公里"], "an average of more than it"),
    (
        "邻近街道建成站点6家，周边环境投诉下降20%。",
        ["邻近街道建成站点 :6家", "周边环境投诉下降 :20%"],
        "near, and its own",
    ),
    ("完成学校周边市场计量整治30个。", ["学校周边市场计量整治 :30个"], "around a school"),
    (
        "对标一流城市标准建成诚信计量示范街区20个。",
        ["对标一流城市标准建成诚信计量示范街区 :20个"],
        "a standard is no city",
    ),
    ("检定合格率比2020年高5个百分点。", ["检定合格率比2020年高 :5个百分点"], "its own, by so much"),
    ("比2020年多110项。", [], "than before, without a name"),
]


@pytest.mark.parametrize(("text", "expected", "why"), OF_OTHERS, ids=[why for *_, why in OF_OTHERS])
def test_whose(text: str, expected: list[str], why: str) -> None:
    assert told(text) == expected, why
