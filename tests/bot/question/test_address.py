"""Clause addresses: every way of naming one, and what each plan has there."""

import pytest

from bot.question.address import find_address
from bot.question.fold import fold
from bot.question.resolve import items_run_on, resolve, sections_run_on
from ingest.model import Plan

FORMS = [
    ("第21条", "item", 21, 0, ""),
    ("第二十一条", "item", 21, 0, ""),
    ("第21项", "item", 21, 0, ""),
    ("第 21 条", "item", 21, 0, ""),
    ("第2款", "item", 2, 0, ""),
    ("第三点", "item", 3, 0, ""),
    ("21条原文", "item", 21, 0, ""),
    ("21条", "item", 21, 0, ""),
    ("三(四)、21", "path", 0, 0, "三(四)21"),
    ("第三部分第四节", "path", 0, 0, "三(四)"),
    ("专栏3", "box", 3, 0, ""),
    ("专栏三", "box", 3, 0, ""),
    ("第三个专栏", "box", 3, 0, ""),
    ("第3专栏", "box", 3, 0, ""),
    ("专栏3第2项", "box", 3, 2, ""),
    ("专栏 3 第 2 条", "box", 3, 2, ""),
    ("专栏1的第9行", "box", 1, 9, ""),
    ("专栏1/9", "box", 1, 9, ""),
    ("表1", "table", 0, 0, "表1"),
    ("表一的内容", "table", 0, 0, "表1"),
    ("见表2-1", "table", 0, 0, "表2-1"),
    ("第二张表", "table", 0, 0, "表2"),
    ("表1第3项", "table", 0, 0, "表1/3"),
    ("规划表1的第3行", "table", 0, 0, "表1/3"),
    ("表三中第二行写什么", "table", 0, 0, "表3/2"),
    ("表1/3", "table", 0, 0, "表1/3"),
    ("二表1/1", "path", 0, 0, "二表1/1"),
    ("三(四)21表/2", "path", 0, 0, "三(四)21表/2"),
    ("附表2", "annex", 0, 0, "附表2"),
    ("附表2第1项", "item", 1, 0, ""),
    ("附表二第1行", "item", 1, 0, ""),
    ("附表2/1", "path", 0, 0, "1"),
    ("附件2表1第3项", "table", 0, 0, "表1/3"),
    ("三（四）", "path", 0, 0, "三(四)"),
    ("三、（四）", "path", 0, 0, "三(四)"),
    ("三(四)21", "path", 0, 0, "三(四)21"),
    ("xiamen:三(四)21", "path", 0, 0, "三(四)21"),
    ("二（十）", "path", 0, 0, "二(十)"),
    ("六（三十一）", "path", 0, 0, "六(三十一)"),
    ("6（31）", "path", 0, 0, "六(三十一)"),
    ("3(4)21", "path", 0, 0, "三(四)21"),
    ("四24", "path", 0, 0, "四24"),
    ("（三十一）", "section", 31, 0, ""),
    ("第三章", "chapter", 3, 0, ""),
    ("第四部分", "chapter", 4, 0, ""),
    ("第三大点", "chapter", 3, 0, ""),
    ("第三大块", "chapter", 3, 0, ""),
    ("第二大项", "chapter", 2, 0, ""),
    ("第四板块", "chapter", 4, 0, ""),
    ("三、诚信", "chapter", 3, 0, ""),
    ("题头", "front", 0, 0, "题头"),
    ("落款写什么", "back", 0, 0, "落款"),
]
NO_ADDRESS = [
    "三家企业",
    "四个城市",
    "一次性扣除",
    "2025年",
    "850家",
    "三十一",
    "0(1)",
    "10(3)",
    "第个专栏",
    "专栏",
    "二十条标准",
    "电能表3年检定一次",
    "水表2个月",
    "人大代表一共几位",
    "列表",
    "表现一般",
    "第二个表示",
    "",
]


@pytest.mark.parametrize(("text", "kind", "number", "inner", "path"), FORMS)
def test_forms(text: str, kind: str, number: int, inner: int, path: str) -> None:
    address = find_address(fold(text))
    assert address is not None
    assert (address.kind, address.number, address.inner, address.path) == (kind, number, inner, path)


@pytest.mark.parametrize("text", NO_ADDRESS)
def test_no_address(text: str) -> None:
    assert find_address(fold(text)) is None


RESOLVED = [
    ("第21条", {"state-council": "五(二十一)", "xiamen": "三(四)21"}, "running items, else running sections"),
    ("第1条", {"state-council": "二(一)", "xiamen": "三(一)1", "quanzhou": "三(一)1"}, "the first of each"),
    ("第27条", {"state-council": "六(二十七)", "xiamen": "四27"}, "Xiamen's last item, in a chapter without sections"),
    ("第38条", {"state-council": "七(三十八)"}, "the last section of the national plan"),
    ("第20条", {"state-council": "五(二十)", "xiamen": "三(四)20", "quanzhou": "三(四)20"}, "Quanzhou's last item"),
    ("第40条", {}, "nobody has forty"),
    ("第0条", {}, "nobody counts from nought"),
    ("第一百条", {}, "nor to a hundred"),
    ("三(四)21", {"xiamen": "三(四)21"}, "a full path is of one plan"),
    ("四24", {"xiamen": "四24"}, "a chapter without sections"),
    ("二(十)", {"jinhua": "二(十)"}, "Jinhua alone has ten"),
    ("(三十一)", {"state-council": "六(三十一)"}, "a running section needs no chapter"),
    ("(五)", {"state-council": "三(五)", "jinhua": "二(五)", "qingdao": None}, "Qingdao has several （五）"),
    ("专栏9", {"xiamen": "专栏9"}, "Xiamen's last box"),
    ("专栏8", {"xiamen": "专栏8", "quanzhou": "专栏8"}, "Quanzhou's last box"),
    ("专栏12", {}, "no box twelve"),
    ("专栏3第2项", {"xiamen": "专栏3/2"}, "Quanzhou's third box is one text"),
    ("专栏1第11项", {"quanzhou": "专栏1/11"}, "Xiamen's table has nine rows"),
    ("第七章", {"state-council": "七"}, "only the national plan has seven chapters"),
    ("落款", {"quanzhou": "落款", "qingdao": "落款"}, "three copies have no signature"),
]


@pytest.mark.parametrize(("text", "expected", "why"), RESOLVED)
def test_resolved_per_plan(plans: dict[str, Plan], text: str, expected: dict[str, str | None], why: str) -> None:
    address = find_address(fold(text))
    assert address is not None
    assert {plan_id: path for plan_id, plan in plans.items() if (path := resolve(address, plan))} == {
        plan_id: path for plan_id, path in expected.items() if path
    }, why


def test_which_numbers_run_on(plans: dict[str, Plan]) -> None:
    assert {name for name, plan in plans.items() if items_run_on(plan)} == {"xiamen", "quanzhou"}
    assert {name for name, plan in plans.items() if sections_run_on(plan)} == {"state-council"}


def test_every_path_is_found_by_itself(plans: dict[str, Plan]) -> None:
    """Typed as the bot shows it, a path leads back to its clause."""
    for plan in plans.values():
        for clause in plan.clauses:
            address = find_address(clause.id.partition(":")[2])
            if len(clause.path) == 1:
                continue  # a chapter's bare numeral is no address: 一 is a word
            assert address is not None, clause.id
            assert resolve(address, plan) == clause.path
