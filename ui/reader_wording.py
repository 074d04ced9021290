"""What a citizen reads in the plan reader beside what `ui.wording` says. Templates see this module as `r`."""

import sys

from ui.spoken import Phrases

FIND_LABEL = "在本规划中查找"
FIND_PLACEHOLDER = "查找原文字词"
FIND = "查找"
FOUND = "“{words}”在本规划中共{total}处"
FOUND_SOME = "，标出前{shown}处"
FIRST_HIT = "看第一处"
PREVIOUS_HIT = "上一处"
NEXT_HIT = "下一处"
HITS = "处"
CLEAR_FIND = "清除查找"
NOT_FOUND = "本规划没有出现“{words}”这几个字。"
NOT_FOUND_MORE = "换一种说法的内容，可以直接提问："
ASK_BOT = "用“{words}”向问答提问"
FIND_AWAY = "暂时不能在规划中查找，请稍后再试。"
FIND_NOTHING = "请写出要查找的字词。"
FIND_TOO_LONG = "要查找的字词太长，请缩短后再试。"

PARAGRAPH_LINK = "本段链接"
PARTS_OF = "{title}的下级目录"
TIES = "各地同题"
TIES_OF = "与{place}同一主题的各地条款"
TIES_MORE = "按条款向量的相近程度列出，供对照，不表示内容相同。"
TIES_NONE = "其他规划中没有足够相近的条款。"
TIES_AWAY = "暂时取不到其他规划的相近条款。"
NATIONAL = "国家规划"
SIMILARITY = "相似度"
COMPARE = "并排对照这些条款"
CITES = "提到的规划"

DOWNLOADS = "下载"
AS_TEXT = "纯文本"
AS_DOCX = "Word文档"
AS_PDF = "PDF"
ADDRESS = "网址：{address}"
CITED_UNKNOWN = "本规划中没有“{path}”这一条款，可能是链接有误。全文如下，请从目录中查找。"

WITHDRAWN = "这份规划已经撤下"
WITHDRAWN_ON = "本站原先收录过链接中的规划，已于{day}撤下，不再提供原文。"
WITHDRAWN_SOME_DAY = "本站原先收录过链接中的规划，现已撤下，不再提供原文。"
OTHER_PLANS = "现在收录的规划"

sys.modules[__name__].__class__ = Phrases
