"""A checked receipt in words, for whoever audits an answer."""

from bot.records.receipt_check import CitationCheck, Flaw, ReceiptCheck, StatementFlaw

FLAWS = {
    Flaw.UNKNOWN_CITATION: "第{number}句引用了回执中没有的出处 {what}",
    Flaw.NOT_BORNE_OUT: "第{number}句不能由其出处得出：{what}",
    Flaw.NOT_QUOTED: "第{number}句的引文不在其出处中：「{what}」",
}


def check_text(check: ReceiptCheck) -> str:
    """What was asked, on which corpus, every citation and what became of it, the verdict last."""
    receipt = check.receipt
    written = f"{receipt.mode.value} {receipt.model}".strip()
    version = (
        receipt.corpus_version if check.same_corpus else f"{receipt.corpus_version} → {check.corpus_version}（已变）"
    )
    lines = [
        f"回执 {receipt.answer_id}  {receipt.asked_at}  {written}",
        f"问：{receipt.question}",
        f"语料版本：{version}",
        *(f"[{each.cited.index}] {each.cited.clause_id}  {citation_text(each)}" for each in check.citations),
        *(flaw_text(flaw) for flaw in check.flaws),
        verdict(check),
    ]
    return "\n".join(lines)


def verdict(check: ReceiptCheck) -> str:
    if not check.holds:
        wrong = sum(not each.holds for each in check.citations) + len(check.flaws)
        return f"结论：有 {wrong} 处不再成立。"
    return f"结论：{len(check.citations)} 处出处全部成立。" if check.citations else "结论：回答没有引用条款，无可核对。"


def citation_text(check: CitationCheck) -> str:
    if not check.exists:
        return "条款已不存在"
    text = "条款正文未变" if check.same_text else "条款正文已变"
    if check.exact:
        return f"{text}，引文仍在原处"
    if check.moved_to is not None:
        return f"{text}，引文移至第 {check.moved_to} 字起（原为第 {check.cited.start} 字）"
    return f"{text}，引文不在条款中：「{check.cited.quote}」"


def flaw_text(flaw: StatementFlaw) -> str:
    return FLAWS[flaw.flaw].format(number=flaw.number, what=flaw.what)
