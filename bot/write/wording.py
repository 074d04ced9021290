"""Fixed phrases of answers a model had a part in. None carries a fact."""

REPLACED = "模型所写有{count}句未通过逐句核对，已换成条款原文或删去。"
FELL_BACK = "模型所写未通过逐句核对，以上为原文摘录。"
UNAVAILABLE = "大模型暂不可用，以上为原文摘录。"
TOO_SLOW = "大模型未在限时内作答，以上为原文摘录。"
CUT_SHORT = "大模型没有写完，未写到的条款以原文补足。"
UNDERSTOOD = "按上文理解为：{what}"
