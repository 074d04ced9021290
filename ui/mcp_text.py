"""What the tools of the MCP server say of themselves and of what they found."""

from bot.api import render, schema
from bot.wording import MARKS

ANNOUNCED = """\
就下列官方计量规划、方案、意见作答，逐句注明条款出处：
{plans}
先用 ask 提问；要读原文用 get_clause；要找条款用 search_clauses；引用前用 verify_quote 核对。
转述时保留 [n] 与出处，不要补充条款里没有的数字、日期、文号；未载明的就说未载明。
ask 的结果若标明“人工智能生成合成内容”，转述时须保留这一标识。"""

ASK = """\
就官方计量规划提问（诚信计量、计量监管、计量器具税前扣除、目标值、责任单位、文号等），得到逐句注明条款出处的中文回答。
status：answered 已答；partial 部分载明；not_found 规划未载明；out_of_scope 不在范围。未载明时不会猜测。
每个 citation 的 quote 是条款正文 text[start:end] 的原文。收录的规划：
{plans}"""

SEARCH = """\
按内容检索条款，由近到远，每条附最相近的一段原文。只找不答；要答案用 ask，要全文用 get_clause。收录的规划：
{plans}"""

GET_CLAUSE = """\
读一个条款的全文、上级标题、责任单位、表格各格。clause_id 为 plan_id:路径，
如 xiamen:三(四)21（第三章第四节第21条）、xiamen:专栏1/9（专栏1第9行）、quanzhou:题头。plan_id 有：
{plans}"""

VERIFY = """\
核对一段文字是否确是某条款的原文。verified 且 exact：逐字一致；verified 而非 exact：只有全半角、繁简或空白不同；
否则条款中没有这段文字。plan_id 有：
{plans}"""


def search_text(result: schema.SearchResult) -> str:
    if not result.hits:
        return "没有相近的条款。"
    return "\n".join(
        f"{_mark(hit)}[{hit.index}] {_source(hit)}（{hit.clause_id}）\n「{hit.quote}」" for hit in result.hits
    )


def clause_text(clause: schema.ClauseInTime, plan_title: str, plan_number: str | None) -> str:
    lines = [
        *([f"注意：本文件{clause.standing_note}。"] if clause.standing_note else []),
        render.source_line(plan_title, plan_number, clause.clause_path, clause.heading),
        *([" › ".join(clause.headings)] if clause.headings else []),
        clause.text,
    ]
    if clause.responsible_units:
        lines.append("责任单位：" + "、".join(unit.name for unit in clause.responsible_units))
    return "\n".join(lines)


def verdict_text(verdict: schema.Verdict, clause: str) -> str:
    """`clause` is the clause's whole text, shown when the quote is not in it."""
    if not verdict.verified:
        return f"不是原文：{verdict.clause_id} 中没有这段文字。该条款全文：\n「{clause}」"
    where = f"{verdict.clause_id} 第 {verdict.start}—{verdict.end} 字"
    if verdict.exact:
        return f"是原文，逐字一致：{where}。"
    return f"与原文只有全半角、繁简或空白不同：{where}，原文为\n「{verdict.quote}」"


def _mark(hit: schema.Hit) -> str:
    """【已失效】 before what is not in force."""
    return MARKS.get(hit.standing, "")


def _source(citation: schema.Citation) -> str:
    return render.source_line(citation.plan_title, citation.plan_number, citation.clause_path, citation.heading)
