"""Documents written for tests: laws in two versions, a province and its cities, notices that end. None is real."""

from collections.abc import Iterable
from functools import cache
from pathlib import Path

from ingest.catalogue import Entry, entry_for
from ingest.corpus import Corpus
from ingest.load import load_shipped_plans, understand
from ingest.model import Plan

LAW = """中华人民共和国计量法
（1985年9月6日第六届全国人民代表大会常务委员会第十二次会议通过　根据{amended}）
第一章　总则
第一条　为了保障量值的准确可靠，制定本法。
第二条　在中华人民共和国境内使用计量器具，必须遵守本法。
第二章　罚则
第三条　使用未经检定的计量器具的，责令停止使用，可以并处{fine}以下的罚款。
第四条　破坏计量器具准确度的，没收违法所得，可以并处二千元以下的罚款。
第五条　本法自1986年7月1日起施行。
"""
TEXTS = {
    "law-2018": LAW.format(
        fine="一千元",
        amended="2015年4月24日第十二届全国人民代表大会常务委员会《关于修改部分法律的决定》第四次修正"
        "　根据2018年10月26日第十三届全国人民代表大会常务委员会《关于修改部分法律的决定》第五次修正",
    ),
    "law-2015": LAW.format(
        fine="五百元",
        amended="2015年4月24日第十二届全国人民代表大会常务委员会《关于修改部分法律的决定》第四次修正",
    ),
    "law-rules": """中华人民共和国计量法实施细则
第一章　总则
第一条　根据计量法的规定，制定本细则。
第二条　企业使用的最高计量标准器具，应当向有关部门申请考核。
第二章　附则
第三条　本细则自1987年2月1日起施行。
""",
    "fujian-regulation": """福建省计量条例
第一章　总则
第一条　为了加强计量监督管理，制定本条例。
第二条　集贸市场应当设置公平秤，供消费者免费复核。
第三条　医院使用的血压计应当每六个月检定一次。
第二章　附则
第四条　本条例自2022年1月1日起施行。
""",
    "quanzhou-rule": """泉州市人民政府关于印发《泉州市集贸市场计量管理办法》的通知
泉政规〔2023〕9号
各县（市、区）人民政府，市政府各部门：
现将《泉州市集贸市场计量管理办法》印发给你们，请遵照执行。
泉州市人民政府
2023年6月1日
一、管理职责
（一）市场开办者的责任。市场开办者应当每日校验公平秤，并登记造册。
（二）摊主的责任。摊主不得使用未贴合格标志的电子秤。
二、施行日期
（三）期限。本办法自2023年7月1日起施行，有效期五年。《泉州市集贸市场电子秤管理办法》同时废止。
""",
    "quanzhou-old": """泉州市集贸市场电子秤管理办法
泉政规〔2018〕3号
一、管理职责
（一）登记。摊主应当每年向市场开办者登记电子秤两次。
（二）抽查。市场开办者每月抽查电子秤。
二、附则
（三）施行。本办法自2018年3月1日起施行。
泉州市人民政府
2018年2月1日
""",
    "quanzhou-expired": """泉州市市场监督管理局关于开展加油机专项整治的通知
泉市监〔2022〕7号
一、整治内容
（一）检查。各地对加油机铅封逐台检查，每台加油机检查两次。
（二）奖励。举报加油机作弊的，给予三百元奖励。
二、期限
（三）有效期。本通知自2022年1月1日起施行，有效期至2023年12月31日。
泉州市市场监督管理局
2021年12月20日
""",
    "xiamen-measures": """厦门市促进计量产业发展若干意见
厦府规〔2024〕5号
一、资金支持
（一）奖励。对新建社会公用计量标准的单位，每项给予五万元奖励。
（二）培训。对参加计量培训的企业，按实际支出的一半给予补助。
二、附则
（三）期限。本意见自2024年5月1日起施行，有效期至2027年4月30日。
厦门市人民政府
2024年4月10日
""",
    "shanghai-regulation": """上海市计量监督管理条例
第一章　总则
第一条　为了加强计量监督管理，制定本条例。
第二条　加油站应当在显著位置公示加油机检定证书。
第二章　附则
第三条　本条例自2001年1月1日起施行。
""",
    "hangzhou-plan": """杭州市计量发展实施方案
一、总体要求
（一）目标。到2025年，全市建成社会公用计量标准300项。
（二）任务。引导企业建立测量管理体系。
二、保障措施
（三）组织。各区县建立协调机制。
""",
    "national-notice": """市场监管总局关于规范电子计价秤的通知
2024年第12号
一、适用范围
（一）对象。生产、销售电子计价秤的企业适用本通知。
（二）要求。电子计价秤不得留有改变称重结果的接口。
二、时间
（三）施行。本通知自2027年1月1日起施行。
市场监管总局
2026年3月1日
""",
    "jinjiang-notice": """晋江市人民政府关于公平秤设置的通知
一、设置
（一）数量。每个农贸市场至少设置两台公平秤。
（二）维护。市场开办者负责公平秤的维护。
二、附则
（三）施行。本通知自发布之日起30日后施行。
晋江市人民政府
2024年3月1日
""",
}
JOINED = tuple(name for name in TEXTS if name not in ("law-2015", "quanzhou-old"))  # ten


@cache
def document(name: str, file: str = "") -> Plan:
    """One of them, as a file of that name that nobody has catalogued is understood."""
    return understand(TEXTS[name], entry_for(Path(file or f"{name}.txt")), file or f"{name}.txt")


def catalogued(name: str, entry: Entry) -> Plan:
    return understand(TEXTS[name], entry, entry.file)


@cache
def corpus_of(*names: str, shipped: bool = True) -> Corpus:
    return Corpus([*(load_shipped_plans().plans if shipped else ()), *map(document, names)])


def write(folder: Path, names: Iterable[str]) -> Path:
    """The texts as files of a folder."""
    for name in names:
        (folder / f"{name}.txt").write_text(TEXTS[name], encoding="utf-8")
    return folder
