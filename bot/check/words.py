"""Words that carry a clause's force: orders, permissions, encouragements, degrees, levels and opposites."""

import re
from enum import IntEnum


class Force(IntEnum):
    """How binding a wording is."""

    PERMIT = 1  # 允许, 可以
    GUIDE = 2  # 鼓励, 引导, 支持, 探索
    DO = 3  # 推行, 推进, 加强, 督促
    SHALL = 4  # 要
    MUST = 5  # 必须, 应当, 不得


PERMIT = (
    r"(?<!不)可以|允许|准许|(?<!标)准予|能够|"
    r"(?<![许认不网])可(?![靠信穿追视持行见知观采以或否])(?=[\u3400-\u9fff])|"
    r"(?<![功性节用职技可不才智])能(?![力源耗效量级够否])(?=[\u3400-\u9fff])"
)
GUIDE = (
    r"鼓励|激励|引导|倡导|提倡|探索|扶持|试点|争创|力争|争取|"
    r"(?<![智技资金力障费撑予以与策])(?:重点|继续)?支持(?!政策|力度|服务|体系|[,。;、和]|$)|"
    r"(?:继续|大力)支持(?=[,。;]|$)"
)
PUSH = r"推动"  # stands between encouraging and doing
DO = r"推行|推进|实施|督促|落实|强化|加强|推广|严厉|严格|全面开展|规范"
SHALL = r"(?<![主重必需纲只摘概首不简扼])要(?![求素点害闻件领义塞旨么是])"
MUST = (
    r"必须|务必|应当|应该|(?<![适相反对供响效回感理])应(?![用急对届力激纳答变收付邀聘试运当该])(?=[\u3400-\u9fff])|"
    r"(?<!必)须(?!知)|强制(?!检定|管理|性)|责令|只能|一律|有义务|强迫|不得|严禁|禁止"
)
ASK = r"要求"  # as often 方案要求加强… as an order
NEED = r"需要(?=[\u3400-\u9fff])|(?<![急所必无亟供])需(?![求要])"
FORCE = re.compile(
    f"(?P<must>{MUST})|(?P<ask>{ASK})|(?P<need>{NEED})|(?P<permit>{PERMIT})|(?P<guide>{GUIDE})|(?P<push>{PUSH})|"
    f"(?P<do>{DO})|(?P<shall>{SHALL})"
)
DENIED = re.compile(
    r"(?:不是|并非|而非|非|不属于|并不是|不等于)(?:要求|规定)?(?:强制|必须|硬性|义务|应当|约束)[^,;。]{0,4}"
)
FORCES = {
    "must": Force.MUST, "ask": Force.SHALL, "need": Force.SHALL, "shall": Force.SHALL,
    "do": Force.DO, "push": Force.GUIDE, "guide": Force.GUIDE, "permit": Force.PERMIT,
}  # fmt: skip
TRYING = frozenset(("探索", "试点", "争创", "力争", "争取"))  # no mere encouragement of others
STRICT_DO = {
    "推行": ("推行", "实行", "实施"), "督促": ("督促",), "严厉": ("严厉", "严格", "从严"), "强制": ("强制",),
    "从重": ("从重",), "从严": ("从严", "严厉", "严格"), "严禁": ("严禁", "不得", "禁止"),
}  # fmt: skip

# how much or how far: must stand in the clause, or one of the words after it
BY_THEMSELVES = (
    "完全 彻底 大幅 显著 率先 首个 首次 首批 唯一 国际领先 国际先进 国内领先 国内先进 世界领先 全国前列 全省前列 "
    "世界前列 前列 约束性 预期性 强制性 永久 终身 无条件 自动 立即 马上 独家 从重 从快 从严 优先 免费 "
    "基本 初步 充分 大力 重大 独立 同时享受 直接 即可 无限 每家 每个 一律 均须"
).split()
DEGREES: dict[str, tuple[str, ...]] = dict.fromkeys(BY_THEMSELVES, ()) | {
    "原则上": (),
    "加计扣除": (),
    "在用": (),
    "参与": ("参加", "共同"),
    "主导": ("牵头", "主持"),
    "全面": ("全面", "全域"),
    "所有": ("全部", "各", "全", "一切"),
    "全部": ("所有", "各", "全"),
    "任何": ("一切", "各"),
    "全体": ("全",),
    "仅": ("只",),
    "只有": ("只", "仅"),
    "只限": ("只", "仅"),
    "只能": ("只", "仅"),
}  # fmt: skip
EXTENTS = frozenset(("所有", "全部", "任何", "全体"))  # 所有部门 for 各部门, but not for 重点部门
EXTENT = re.compile("|".join(sorted(EXTENTS)))
BEYOND = re.compile(r"(?:省部|国家|[省市县区])级(?:及?以[上下]|左右)")
LEVEL = re.compile(
    r"中央|地方|本级|上级|国家级|省级以上|省级|市级|县级|区级|省部级|国家|全国|全省|全市|国际|国内|世界|省|市"
)
# a word of one side where the clause has only the other's
OPPOSITES = tuple(
    (tuple(left.split("|")), tuple(right.split("|")))
    for left, right in (
        ("提高|提升|增强|加强|强化|加大|增加|扩大|提质|上升|增长", "降低|削弱|弱化|减弱|减少|减轻|缩小|下降|压缩|削减"),
        ("允许|准许|可以|鼓励|支持", "禁止|严禁|限制|反对"),
        ("公开|公布", "保密|不公开|依申请公开"),
        ("取消|废止|撤销", "保留|恢复|维持|新设"),
        ("打击|查处|惩戒|严惩", "保护|放任|宽容|纵容|免罚|奖励"),
        ("自愿|自主", "强制|被动"),
        ("加快|尽快", "放缓|延缓|暂缓|推迟"),
        ("准确|精准", "失准|不准"),
        ("集中|统一", "分散"),
        ("优先", "滞后"),
        ("严厉|从严|严格", "从轻|宽松|减轻"),
        ("国产化", "进口"),
        ("开放", "封闭"),
        ("免费", "收费"),
        ("突破|打破|消除|破除|解决", "维持|固化|保留|搁置"),
        ("帮助|促进|助推|助力|服务", "阻碍|抑制|妨碍"),
        ("重视|关注", "忽视|轻视|忽略"),
        ("优化|改善|改进", "恶化"),
        ("参与|加入", "退出"),
        ("保障|保护|维护", "损害|侵害|牺牲"),
        ("共享|开放", "独占|垄断|封锁"),
        ("继续|持续|不断", "不再|中断"),
        ("合法", "非法|违法"),
        ("新建|建立|创建|建设|设立|健全", "撤并|拆除|撤销"),
    )
)
