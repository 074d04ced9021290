"""What kind of answer a question wants: the first rule that fits, the most telling first."""

import re

from bot.model import Address, Aspect, Intent
from bot.question.asked import ASPECTS
from bot.question.patterns import COMPARISON, DIFFERENCE, INDICATOR, METADATA_FIELDS, OUTLINE, READ_OUT, UNITS, WHICH

# Words of asking and of naming the document, which say nothing of the topic.
SCAFFOLD = re.compile(
    r"请问|请教|麻烦|想(?:问|知道|了解|咨询)(?:一下)?|我想|帮我(?:查|看|找)?(?:一?下)?|能否|能不能|"
    r"可不可以|有没有|是不是|会不会|要不要|是否|怎么样|怎样|"
    r"怎么(?:说|写|规定|办|回事|搞|看)?|如何|什么(?:意思)?|哪些|哪个|哪几个|哪里|为什么|为啥|多少|"
    r"几(?=[个家项次名])|到底|究竟|具体|有关|关于|对于|"
    r"告诉我|说说|讲讲|谈谈|介绍(?:一下)?|解释(?:一下)?|(?:实施|贯彻)(?:方案|意见)|(?:这|那)(?:份|个|"
    r"条|里|边|些)?(?:规划|方案|意见|文件|通知)?|"
    r"(?:规划|方案|意见|文件|政策|条款|规定)(?:里|中|上|里面|当中|里头)|(?:方案|意见|文件|条文|条款)|"
    r"规定|提到|要求|谢谢|你好|您好|呢|吗|么|吧|啊|呀|啦|嘛"
)
EMPTY_TOPIC = re.compile(
    r"[的了是有在和与及或我你他它们咱俺就都还也很请啥咋不没会能可要想把被给让对跟这那个些种样一下儿目标值数量年到吗呢]"
)
ALIKE_WORDS = ("一样", "不同", "区别", "差异", "差别", "对比", "比较", "异同", "措辞", "说法", "一致")
DOCUMENT_WORDS = (
    "计量|发展|实施|贯彻|规划|方案|意见|文件|政策|通知|国务院|正式|完整|份|市|都|列|查|全文|另外|"
    "还有|哪天|公文|那份|版本|强基|工作|推进|整份|下发|机关|[0-9-]|省|单位|"
    "里|头|出来|说|一共|总共|总|共|编|分成|组成|列出|下面|各|任务|条款|专栏|指标|保障|措施|举措|要求|重点|组织|主要"
)
# Aspects whose 多少 counts money or time, not an indicator.
NOT_COUNTED = frozenset(
    {Aspect.FEE, Aspect.AMOUNT, Aspect.PENALTY, Aspect.REWARD, Aspect.SUBSIDY, Aspect.INTERVAL, Aspect.VALIDITY}
)


def find_intent(
    bare: str, plans: tuple[str, ...], foreign: tuple[str, ...], address: Address | None
) -> tuple[Intent, tuple[str, ...]]:
    """The first rule that fits, the most telling first; metadata fields come with it."""
    fields = tuple(name for name, pattern in METADATA_FIELDS if pattern.search(bare))
    if fields and _is_about_document(bare, fields):
        return Intent.METADATA, fields
    several = len(plans) + len(foreign) > 1
    rules = (
        (Intent.OUTLINE, address is not None and address.kind in ("front", "back")),
        (Intent.UNITS, bool(UNITS.search(bare))),
        (Intent.OUTLINE, _reads_outline(bare, address)),
        (Intent.WHICH, not several and bool(WHICH.search(bare))),
        (Intent.DIFFERENCE, bool(DIFFERENCE.search(bare))),
        (Intent.INDICATOR, _counts_indicator(bare)),
        (Intent.COMPARISON, several or bool(COMPARISON.search(bare) and any(word in bare for word in ALIKE_WORDS))),
    )
    return next((intent for intent, fits in rules if fits), Intent.QUOTE), ()


def _reads_outline(bare: str, address: Address | None) -> bool:
    if address is None:
        return bool(OUTLINE.search(bare)) and _counts_document(bare)
    return bool(OUTLINE.search(bare) or READ_OUT.search(bare)) or not _content(bare, address)


def _counts_indicator(bare: str) -> bool:
    money_or_time = any(aspect in NOT_COUNTED for aspect, pattern in ASPECTS if pattern.search(bare))
    return bool(INDICATOR.search(bare)) and not money_or_time


def _is_about_document(bare: str, fields: tuple[str, ...]) -> bool:
    """Whether a metadata word asks for the document's own data and not for a topic's (评估什么时候做)."""
    rest = bare
    for name, pattern in METADATA_FIELDS:
        if name in fields:
            rest = pattern.sub(" ", rest)
    rest = EMPTY_TOPIC.sub("", SCAFFOLD.sub("", rest))
    rest = re.sub(DOCUMENT_WORDS, "", rest)
    return len(rest) <= 6


def _counts_document(bare: str) -> bool:
    """Whether 几条, 目录 and the like ask for the document's own parts and not for a topic's (承诺书写哪几条)."""
    rest = EMPTY_TOPIC.sub("", SCAFFOLD.sub("", OUTLINE.sub(" ", bare)))
    return len(re.sub(DOCUMENT_WORDS + r"|[\W_]", "", rest)) <= 3


def _content(bare: str, address: Address) -> str:
    """What is left of the wording beside the address."""
    return re.sub(r"[\W_]+", "", EMPTY_TOPIC.sub("", SCAFFOLD.sub("", bare.replace(address.wording, ""))))
