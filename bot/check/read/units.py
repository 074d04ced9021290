"""Units and bounds of quantities: 家 and 项 are different things, 以上 and 以下 too; 块 and 元, 天 and 日 are one."""

import re

UNITS = (
    "个百分点 百分点 % ‰ 万元 亿元 块钱 元 台(套) 台套 台件 台次 台 套 家 项 个工作日 工作日 个上班日 上班日 "
    "个月 个季度 个小时 个钟头 个星期 星期 个礼拜 礼拜 周 月 个 名 人次 人 次 回 趟 遍 件 种 类 份 倍 部分 方面 "
    "部 所 座 处 户 届 期 年 天 日 小时 钟头 分钟 周岁 岁 吨 kg 公斤 千克 公里 级 档 位 口 大 条 章 支 只 张 块 "
    "地 市 省 城 者 批 句 层 步"
).split()
UNIT = "|".join(re.escape(unit) for unit in sorted(set(UNITS), key=len, reverse=True))
SAME_UNIT = {
    "人": "名", "位": "名", "口": "名", "台(套)": "台套", "公斤": "kg", "千克": "kg", "个百分点": "百分点", "大": "个",
    "块钱": "元", "天": "日", "回": "次", "趟": "次", "遍": "次", "个小时": "小时", "钟头": "小时", "个钟头": "小时",
    "周岁": "岁", "个工作日": "工作日", "个上班日": "工作日", "上班日": "工作日", "档": "级",
    "个星期": "周", "星期": "周", "个礼拜": "周", "礼拜": "周", "月": "个月",
}  # fmt: skip
TIMES = frozenset("年 个月 周 日 工作日 小时 分钟".split())
MEASURES = TIMES | frozenset("% ‰ 百分点 元 万元 亿元 倍 岁 吨 kg 公里".split())  # nothing is counted in these
PARTS = frozenset("个 种 类 条 项 方面 部分 块 级 步 层 套 大 地 城 省 市 者 句 处".split())  # in talk
ALIKE = tuple(map(frozenset, (
    "家 个 所 座 处 户".split(), "项 个 条 件 份".split(), "种 类 个".split(),
    "台 套 台套 台件 件 只 支 部 张 个".split(), "次 个 届 期 批".split(), "名 个".split(), "块 元".split(),
)))  # fmt: skip
UP, DOWN, ABOUT, MORE = "up", "down", "about", "more"  # 六万多 and 超过六万 may be told either way
COMPARED = (
    (DOWN, "不足|不到|不满|少于|低于|小于|轻于|短于|下于|未满|将近|接近|(?<![附最])近|<"),
    (UP, "超过|超出|超|逾|大于|多于|高于|突破|>"),
)
LIMITS = ((DOWN, "至多|最多|最高|顶多|封顶|≤|<="), (UP, "至少|最少|最低|起码|≥|>="))  # 最多来3次
ROUGHLY = ((ABOUT, "大约|约为|约|大概|大致|差不多|≈"),)
AFTER = ((UP, "及?以上|往上(?![走提涨升爬])|或更多"), (DOWN, "及?以下|[以之]内|往下|封顶"), (ABOUT, "左右|上下"))
NOT = "不应当|不允许|不得|不[能准可许会应宜要用]|没有?|未|别|禁止|严禁|不"
TURNED = {UP: DOWN, DOWN: UP}


def _named(bounds: tuple[tuple[str, str], ...], prefix: str) -> str:
    return "|".join(f"(?P<{prefix}_{sign}>{words})" for sign, words in bounds)


BEFORE = re.compile(
    rf"(?:(?P<not>{NOT})?(?:{_named(COMPARED, 'compared')})"
    rf"|(?:{_named(LIMITS, 'limit')})[^\d,;:。、的]{{0,3}}"
    rf"|{_named(ROUGHLY, 'roughly')})(?:[了有为达要需是]|达到|需要)?$"
)
BEHIND = re.compile(_named(AFTER, "after"))


def bound_of(before: str, after: str) -> str:
    """Of a number that stands between the two: UP, DOWN, ABOUT or nothing. 不低于 is UP."""
    found = BEFORE.search(before) or BEHIND.match(after)
    if not found:
        return ""
    sign = next(name for name, words in found.groupdict().items() if words and name != "not").partition("_")[2]
    return TURNED.get(sign, sign) if found.groupdict().get("not") else sign


def same_kind(said: str, written: str) -> bool:
    """个 counts whatever another word counts. Of 500 something one may tell 500家, but not 500元."""
    unknown = not said or (not written and said not in MEASURES)
    return unknown or said == written or any({said, written} <= kind for kind in ALIKE)
