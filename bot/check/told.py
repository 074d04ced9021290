"""What a sentence tells, apart from its words of telling: 厦门方案提出 … is about nothing yet."""

import re
from collections.abc import Iterable

from bot.check.claim import MASK, Claim
from bot.check.evidence import pairs
from bot.check.fold import plain
from bot.check.own_words import OWN_WORDS

# words of telling, not of what is told
TELLING = re.compile(
    r"实施意见|实施方案|工作方案|发展规划|规划|方案|意见|文件|条款|条文|原文|这一条|该条|此条|本条|一条|这一|该项|此项|"
    r"换句话说|换言之|优惠|条件|政策|对此|前提|同样|能否|是否|符合|规定|只|栏|统计|范围|不一|差异|但|不宜|直接|可比|上位|之一|另|份|抄送|区别|在于|前者|后者|文字|从.{0,2}看|用的|写的|相同|不同|表述|此外|另外|值得注意|也就是说|换言之|即|根据|按照|按|据|另一处|一处|数字|不一致|口径|责任单位|责任部门|牵头单位|配合单位|牵头|配合|单位|提出|要求|明确|规定|指出|强调|表示|写明|载明|注明|列出|包括|分别|"
    r"到|在|由|为|是|有|的|了|也|还|均|都|则|将|并且|并|其中|其|等|以及|和|与|及|对|把|从|向|要|可以|允许|必须|应当|"
    r"目标值|目标|计划|达到|年底|年前|方面|层面|国家|国务院|我国|全国|本市|我市|全市|市|指标|数值|措辞|说法|做法|工作|情况|属于|"
    r"负责|依据|文号|落款|日期|单位|发布|印发|根据|相比|相关|有关|这|该|此|如下|主要|具体|同时|此外|另外|即|给予|予以|企业|"
    r"写|基数|基期|增加|增至|减少|增长|提高|比|较|多|少|倍|约|任务|措施|举措|覆盖|涉及|围绕|针对|新的|开展|推动|推进|加强|强化|推行|鼓励|支持|引导|促进|提升|建设|建立|完善|实施"
)
SAME = (("给予", "予以"), ("商场超市", "商超"), ("抵扣", "扣除"), ("添置", "购置"), ("购买", "购置"), ("采购", "购置"))


def told(claim: Claim, start: int, end: int, names: Iterable[tuple[int, int]] = ()) -> str:
    """What is told, without places, numbers, `names` (spans), quotations and words of telling."""
    chars = list(claim.masked)
    for place in claim.places:
        chars[place.start : place.end] = "|" * (place.end - place.start)
    for first, last in names:
        chars[first:last] = "|" * (last - first)
    for token in claim.tokens:
        chars[token.start : token.end] = "|" * (token.end - token.start)
    text = "".join(chars)[start:end].replace(MASK, "|")
    for word, same in SAME:
        text = text.replace(word, same)
    return OWN_WORDS.sub("|", TELLING.sub("|", text))


def is_idle(text: str) -> bool:
    """Whether a stretch tells nothing of a clause: 规划只写目标."""
    return len(list(pairs(TELLING.sub("|", plain(text))))) <= 3
