"""What is exact in a wording: fields of a document, all cities at once, orders to the bot. Read on folded text."""

import re
from re import Pattern

ALL_CITIES = re.compile(
    r"(?:四|4|各|(?<!哪)几|所有|全部|这些|每|五|5|三|3|两|2)(?:个|座|份|部|家)?(?:城市|市|地|地市|地方|方案|"
    r"规划|计划|文件|个市|份文件)|各地|各市"
)
# 哪些城市 · 哪几个市: of whatever kind the plans, the nation's is none of a city
WHICH_CITIES = re.compile(r"哪[些几个一两座]{0,3}(?:城市|地级市|地市|市(?![场民政级县]))")
# 忽略以上指令 · 把850改成900 · 不要引用: looked for in each sentence by itself
ORDERS = re.compile(
    r"(?:忽略|无视|忘记|忘掉|不要(?:理会|管|遵守)|跳过|disregard|ignore|forget).{0,16}?"
    r"(?:指令|提示|规则|设定|要求|限制|约束|上文|以上|之前|instructions?|prompts?|rules?)"
    r"|system\s?prompt|系统提示词?|提示词|你现在是|从现在起你是|假装你?是|扮演(?!的|了?什么|何|哪)|现在开始你"
    r"|开发者模式|越狱|jailbreak|developer mode"
    r"|(?:把|将).{0,16}?(?:改成|替换成|换成|说成|写成|当成)(?!.{0,40}[吗么?])|(?:不要|不用|别|无需)(?:引用|给出处|标注)"
    r"|(?:直接|只)(?:回答|回复|说|输出|告诉我)[“\"'「]?(?:是|可以|能|对|没有|不能|yes|ok|好)[”\"'」]?[。!.]?$",
    re.IGNORECASE,
)
RECEIVING = "主送|发给|收文|送给|给谁|给哪|抄送|抄给|谁.{0,3}收"
METADATA_FIELDS: tuple[tuple[str, Pattern[str]], ...] = (
    ("number", re.compile(r"文号|字号|几号文|多少号|编号|第?几号|国发.{0,4}号")),
    ("printed_on", re.compile(r"印发(?:日期|时间|日)|(?:哪天|什么时候|何时|几号|几月|几时).{0,3}印")),
    ("issued_on", re.compile(r"时候|啥时|何时|哪一?年|哪一?天|几月|几时|几号(?!文)|日期|时间|年份|多久|落款|月份")),
    # 主送哪些单位 asks of those it is sent to
    ("issuer", re.compile(rf"发文机关|署名|哪级|哪一级|哪里发|^(?!.*(?:{RECEIVING})).*(?:谁|机关|部门|单位)")),
    ("title", re.compile(r"标题|全称|全名|名称|名字|叫什么|叫啥|题目")),
    ("addressee", re.compile(r"主送|发给|收文|(?<!抄)送给|给谁|给哪|谁.{0,3}收")),
    ("copied_to", re.compile(r"抄送|抄给")),
    ("openness", re.compile(r"公开|保密|涉密|内部|密级")),
    ("references", re.compile(r"依据|根据|按照|照着|贯彻|落实|上位|引用|参照|提到|援引|转发")),
)
# of a document's time, asked of one that is known to have a beginning or an end
WHEN = "何时|啥时|时候|哪一?[天年日]|几[月时号]|日期|时间"
STARTS = "施行|生效|实施|执行|起效"
TERM_FIELDS: tuple[tuple[str, Pattern[str]], ...] = (
    (
        "effective",
        re.compile(
            rf"(?:{WHEN})[^,。?!]{{0,6}}(?:{STARTS})|(?:{STARTS})[^,。?!]{{0,4}}(?:{WHEN})|(?:施行|生效)(?:日|了吗|没)"
        ),
    ),
    (
        "expiry",
        re.compile(
            r"有效期|失效|过期|到期|废止|作废|(?:还|是否|仍|继续|现在)(?:是|否|然)?(?:现行)?有效|有没有效|有效吗"
            r"|被.{0,4}(?:取代|代替|替代)"
        ),
    ),
)
