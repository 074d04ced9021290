"""Units and bounds of quantities: 家 and 项 are different things, 以上 and 超过 too."""

import re

UNITS = (
    "个百分点 百分点 % ‰ 万元 亿元 元 台(套) 台套 台 套 家 项 个工作日 工作日 个月 个季度 个 名 人次 人 次 件 种 类 份 "
    "倍 部分 方面 部 所 座 处 期 年 天 日 小时 分钟 吨 kg 公斤 千克 公里 级 位 大 条 章 支 户 只 张 块 "
    "地 市 省 城 者 批 句 层 步"
).split()
UNIT = "|".join(re.escape(unit) for unit in sorted(set(UNITS), key=len, reverse=True))
SAME_UNIT = {"人": "名", "位": "名", "台(套)": "台套", "公斤": "kg", "千克": "kg", "个百分点": "百分点", "大": "个"}
BEFORE = (
    ("<=", "不超过|不多于|不高于|不大于|至多|最多|≤|<="),
    (">=", "不少于|不低于|不小于|不下于|至少|最少|起码|≥|>="),
    ("<", "不足|不到|少于|低于|小于|未满|<"),
    (">", "超过|超出|超|逾|大于|多于|高于|突破|>"),
    ("~<", "将近|接近|近"),
    ("~", "大约|约为|约|大概|大致|≈"),
)
AFTER = ((">=", "及?以上|往上|或更多"), ("<=", "及?以下|以内"), ("~", "左右|上下"))
BOUND_BEFORE = re.compile(
    "(?:" + "|".join(f"(?P<b{i}>{words})" for i, (_, words) in enumerate(BEFORE)) + ")(?:[了有为达要需是]|达到|需要)?$"
)
BOUND_AFTER = re.compile("|".join(f"(?P<b{i}>{words})" for i, (_, words) in enumerate(AFTER)))
