"""How a sentence speaks: Chinese, of the clauses, without promises, refusals and addresses on the net."""

import re
from collections.abc import Iterator

from bot.check.draft import Fault, FaultKind
from bot.check.read.claim import Claim

FOREIGN = re.compile(r"[\u3040-\u30ff\uac00-\ud7af\u0400-\u04ff\u0600-\u06ff\u0e00-\u0e7f]")
LATIN = re.compile(r"[A-Za-z][A-Za-z-]*")
IDEOGRAPH = re.compile(r"[\u3400-\u9fff]")
WEB = re.compile(
    r"https?|www\.|[A-Za-z0-9-]+\.(?:com|cn|org|net|gov|edu)\b|\S+@\S+|网址|官网|链接|小程序码|二维码|\d{7,}|\b1[0-9]{4}热线"
)
IN_CHINESE = {"AI": "人工智能", "VR": "虚拟", "IT": "信息技术"}
REFUSAL = re.compile(
    r"作为(?:一个|一名)?(?:AI|人工智能(?:助手|模型)|(?:大型?)?语言模型|大模型|聊天机器人|助手)|我(?:们)?(?:无法|不能|没法|不便|暂时无法)|抱歉|对不起|很遗憾|"
    r"(?:无法|不能|不便)(?:回答|提供|协助|满足|透露)|拒绝回答|无可奉告|系统提示|提示词|开发者|训练数据|我的指令|忽略(?:以上|之前)",
    re.IGNORECASE,
)
PROMISE = re.compile(
    r"我(?:们)?(?:保证|承诺|担保|认为|相信|建议|觉得|可以)|笔者|小编|保证(?:您|你|会|不会)|包您|(?<![您你])放心(?=[\u4e00-\u9fff])|没问题|毫无疑问|"
    r"(?:一定|肯定|绝对|必定|必然|百分之?百)(?:会|能|可|不会|合法|合规|没)|不会(?:被|受|违)|合法合规|无风险|零风险|建议(?:您|你)"
)


def manner_faults(claim: Claim) -> Iterator[Fault]:
    yield from _language(claim)
    for match in WEB.finditer(claim.text):
        if not _stands(claim, match.group()):
            yield Fault(FaultKind.ADDRESS, match.group())
    for match in REFUSAL.finditer(claim.masked):
        yield Fault(FaultKind.REFUSAL, match.group())
    for match in PROMISE.finditer(claim.masked):
        if not _stands(claim, match.group()):
            yield Fault(FaultKind.PROMISE, match.group())


def _language(claim: Claim) -> Iterator[Fault]:
    strange = FOREIGN.search(claim.text)
    if strange:
        yield Fault(FaultKind.LANGUAGE, strange.group())
    latin = LATIN.findall(claim.text)
    if sum(map(len, latin)) > len(IDEOGRAPH.findall(claim.text)):
        yield Fault(FaultKind.LANGUAGE, claim.text)
        return
    for word in latin:
        if len(word) > 1 and not _stands(claim, word):
            yield Fault(FaultKind.LANGUAGE, word)


def _stands(claim: Claim, wording: str) -> bool:
    known = {wording.lower(), IN_CHINESE.get(wording, wording.lower())}
    return any(word in one.text.lower() for word in known for one in claim.evidence)
