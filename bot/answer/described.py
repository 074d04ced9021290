"""How an indicator is put into words: in a sentence, as a value, as a row of a table."""

from collections.abc import Iterable

from bot.answer.quote import place_name
from bot.answer.told import Told
from ingest.amounts import bound_before
from ingest.model import Clause, Indicator, Kind


def has_blank(indicator: Indicator, clause: Clause) -> bool:
    """Whether the row that states it has “--” for its base; a sentence may compare with a year and tell no value."""
    return clause.kind is Kind.ROW and indicator.base_year is not None and indicator.base_value is None


def describe(indicator: Indicator, blank: bool = False) -> str:
    """引导培育诚信计量自我承诺单位：2020年506家，2025年目标850家（预期性）; `blank` as `has_blank` says."""
    unit, parts = indicator.unit, []
    if indicator.base_year:
        parts.append(_base(indicator, blank))
    elif indicator.base_value is not None:
        parts.append(f"原为{indicator.base_value}{unit}（未写明年份）")
    amount = value_text(indicator)
    if indicator.achieved:
        parts.append(f"文件所述现状为{amount}")
    elif indicator.target_year:
        parts.append(f"{indicator.target_year}年目标{amount}")
    else:
        parts.append(f"{amount}（未写明年份）")
    attribute = f"（{indicator.attribute}）" if indicator.attribute else ""
    return f"{indicator.name}：{'，'.join(parts)}{attribute}"


def _base(indicator: Indicator, blank: bool) -> str:
    """2020年506家; 2020年为“--” of a row that has it so; 与2020年相比 of a sentence that tells no value."""
    year, value = indicator.base_year, indicator.base_value
    if value is not None:
        return f"{year}年{value}{indicator.unit}"
    return f"{year}年为“--”（原文未给出数值）" if blank else f"与{year}年相比"


def value_text(indicator: Indicator) -> str:
    """6.2万余项, 300家以上, 92%, 不超过1%."""
    bound = bound_before(indicator.qualifier)
    after = indicator.qualifier.removeprefix(bound)
    more = "余" if "余" in after else ""
    return f"{bound}{indicator.target or '--'}{more}{indicator.unit}{after.replace('余', '')}"


def side_by_side(told: Iterable[Told]) -> tuple[tuple[str, ...], ...]:
    """The table of a comparison."""
    rows = [("地区", "指标", "基期", "目标", "条款")]
    for one in told:
        i = one.indicator
        base = f"{i.base_year}年：{i.base_value or '--'}" if i.base_year else "未载明"
        target = f"{i.target_year}年：{value_text(i)}" if i.target_year else value_text(i)
        rows.append((place_name(one.plan), i.name, base, target, i.clause_id.partition(":")[2]))
    return tuple(rows)
