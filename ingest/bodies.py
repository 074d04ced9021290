"""What names a body: a bureau, a government, a company. Lists of bodies are taken apart here.

市市场监管局、各县（市、区）人民政府，市计量院等单位 → 市市场监管局, 各县（市、区）人民政府, 市计量院
"""

import re

from ingest.signature import BODY_ENDS

NAME_MAX = 30
AUTHORITY = (
    r"局|委|厅|署|政府|政府办|办公[室厅]|委员会|管委会|海关|[支总大]队|妇联|残联|工商联|文联|侨联|科协"
    r"|办事处|检察院|法院"
)
IS_AUTHORITY = re.compile(rf"(?:{AUTHORITY})$")
ENDS_AS_BODY = re.compile(
    rf"(?:{BODY_ENDS}|{AUTHORITY}|[办所馆]|集团|大学|分行|支行|街道|镇街|[镇乡县市区村]|管理处|部门|单位|[报供销]社|电视台)$"
)
# words that end as bodies do
NO_BODY = re.compile(
    r"(?:[城地山郊景片]区|[农乡]村|[格布大全结破开]局|原委|[大餐客展前]厅|部署|社会|机会|[大展宴峰]会|博览会|[全内外局东西中南北]部|场所|处所|[主承协举督查交]办)$"
)
# a level of government, or who of many: 市计量院, 各成员单位 — but not 市场, 区域, 各类, 省级
OF_A_LEVEL = re.compile(
    r"(?:省(?![级内外际])|市(?![场民级区])|区(?![域块级间])|县(?![级域])|自治[区州县]|州|盟|旗|镇(?!级)|各(?![类种级项])|有关|相关)"
)
# a firm of the city's, a town
FIRM = re.compile(
    r"[省市区县州](?![场属级直内民政])[\u4e00-\u9fff]{2,10}(?:公司|集团)"
    r"|(?!有关|相关|各|所在)[\u4e00-\u9fff]{2,6}(?:街道|(?<!乡)镇|乡)"
)
ANY_OF_A_KIND = re.compile("当地|所在|上级|下级|本级|同级|以上|主管")
# （联系市民政局） （原市质监局） （包括市计量院） tell something else of a body
TELLS = re.compile(
    r"(?:报|送|抄|详|见|请|联系|咨询|致|函|转|交(?!通|警)|经(?![济信开贸发合管])|向|与|原|含|包括|除|如|例|即|指|以|按|由|在|到|至|其)"
    r"|[^\n]{0,20}(?:咨询|联系|抄送|报送|来源|印发|制定|批准|批复|召开)"
)
WORDING = re.compile(r"[\u4e00-\u9fffA-Za-z0-9·“”]{2,}")
IN_BRACKETS = re.compile(r"（[^（）]{0,60}）|〔[^〔〕]{0,60}〕")
# 会同 · 市民政局和市财政局 · 县市场监管局/县融媒体中心
SEPARATOR = re.compile(
    r"会同|联合(?!会|社|国|体|办)|(?<=[局委厅办府])(?:以及|[和与及])(?=[省市区县各])|(?<=[局委厅办府会院所心部])[/／](?=[\u4e00-\u9fff])"
    r"|[、，,；;](?![^〔]{0,200}〕|[^（]{0,200}）)"
)
# 各市、县人民政府 is one name, and so are 有关市、县、区 and 中央、省驻海单位; 各区、市财政局 are two
ONE_NAME = re.compile(
    r"(?<![\u4e00-\u9fff])(?:各|有关|相关|各有关)?(?:设区)?(?:乡镇|[省市县区州盟旗乡镇])(?:、(?:[市县区州旗乡镇]|街道)){1,3}"
    r"(?=（|人民政府|政府|党委|管委会|办事处|有关|相关|各?部门|各?单位|两级|三级|[，,、；;。负配]|$)"
    r"|(?<![\u4e00-\u9fff])(?:中央|部|国家)、省(?=级?[属直驻])"
)
KEPT = "\0"  # for the 、 within one name
AND_OTHERS = re.compile(
    r"(?<![高中初平同])等[^、，（）]{0,10}(?:部门|单位|部门和单位|部门、单位|机构)$|(?<![高中初平同])等$"
)


def list_bodies(joined: str) -> list[str]:
    """The parts of a list as written: 各市、县人民政府，市民政局 → 各市、县人民政府, 市民政局."""
    whole = ONE_NAME.sub(lambda match: match.group().replace("、", KEPT), joined)
    return [part.replace(KEPT, "、") for part in SEPARATOR.split(whole)]


def is_body(name: str) -> bool:
    """Whether a name ends as bodies do and tells nothing else: 市财政局（采购科）, 各镇 — but not 详见市财政局."""
    bare = IN_BRACKETS.sub("", name)
    fits = len(name) <= NAME_MAX and WORDING.fullmatch(bare) and not set("的按或") & set(bare) and "以下" not in name
    return bool(fits and ENDS_AS_BODY.search(bare) and not NO_BODY.search(bare) and not TELLS.match(bare))


def is_authority(name: str) -> bool:
    """市民政局, 海州海关 — but not 市场监管部门."""
    return is_body(name) and IS_AUTHORITY.search(IN_BRACKETS.sub("", name)) is not None


def is_named(name: str) -> bool:
    """One that a sentence means itself: 市民政局, 县水务公司 — but not 当地人民政府 or 县级以上人民政府, 有关公司."""
    own = is_authority(name) or (is_body(name) and FIRM.fullmatch(name))
    return bool(own) and not ANY_OF_A_KIND.search(name)


def are_bodies(names: list[str]) -> bool:
    """Whether a list names bodies alone: one at least is an authority or of a level, for 医院 and 部门 are kinds."""
    certain = any(is_authority(name) or OF_A_LEVEL.match(name) for name in names)
    return certain and all(is_body(name) for name in names)
