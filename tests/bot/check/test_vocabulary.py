"""The vocabulary is part of the product: its rows are held to the plans, its loader to its promises."""

import timeit
import unicodedata
from pathlib import Path

import pytest

from bot.check.vocabulary import SHIPPED, Relation, Term, Vocabulary, VocabularyError, shipped_vocabulary
from ingest.errors import StoreError
from ingest.load import load_shipped_plans

HEADER = "colloquial\tplan_terms\trelation\tnote\n"


@pytest.fixture(scope="module")
def corpus() -> str:
    plans = load_shipped_plans().plans
    return "\n".join(f"{clause.heading}\n{clause.text}" for plan in plans for clause in plan.clauses)


def write(folder: Path, rows: str, name: str = "words.tsv") -> Path:
    path = folder / name
    path.write_text(HEADER + rows, encoding="utf-8")
    return path


def said(text: str, vocabulary: Vocabulary | None = None) -> list[str]:
    return [term.colloquial for term in (vocabulary or shipped_vocabulary()).find(text)]


class TestShippedRows:
    def test_are_many_and_of_every_relation(self) -> None:
        terms = shipped_vocabulary().terms
        assert len(terms) >= 350
        assert {term.relation for term in terms} == set(Relation)

    def test_pass_their_own_check(self, corpus: str) -> None:
        assert shipped_vocabulary().check(corpus) == ()

    def test_even_the_nearest_terms_of_absent_words_stand_in_a_plan(self, corpus: str) -> None:
        targets = {target for term in shipped_vocabulary().terms for target in term.plan_terms}
        assert [target for target in sorted(targets) if target not in corpus] == []

    def test_no_note_says_what_the_corpus_holds_or_lacks(self) -> None:
        """That is computed from the corpus at hand: a law that joins it would make a fixed sentence false."""
        claims = ("规划", "收录", "条款", "原文", "没有")
        assert [term.note for term in shipped_vocabulary().terms if any(word in term.note for word in claims)] == []

    def test_notes_carry_no_figures(self) -> None:
        """A note is shown without a citation, so it must not state what only a clause may state."""
        noted = [term for term in shipped_vocabulary().terms if term.note]
        assert [term.note for term in noted if any(character.isdigit() for character in term.note)] == []

    def test_words_look_as_a_folded_question_does(self) -> None:
        words = [term.colloquial for term in shipped_vocabulary().terms]
        assert [word for word in words if unicodedata.normalize("NFKC", word) != word or " " in word] == []

    def test_one_character_words_are_rare_since_they_hide_in_others(self) -> None:
        assert [term.colloquial for term in shipped_vocabulary().terms if len(term.colloquial) == 1] == ["秤"]

    def test_hold_no_region(self) -> None:
        regions = {plan.region for plan in load_shipped_plans().plans} | {"福建", "山东", "浙江"}
        assert [term.colloquial for term in shipped_vocabulary().terms if term.colloquial in regions] == []

    def test_plans_seldom_look_like_lay_speech(self) -> None:
        """A word that fires all over the plans is a plan word or a misfire, such as 量具 in 计量具有."""
        clauses = [clause.text for plan in load_shipped_plans().plans for clause in plan.clauses]
        hits = [word for text in clauses for word in said(text)]
        assert len(hits) < len(clauses)
        assert max(hits.count(word) for word in set(hits)) < 10

    def test_are_read_once(self) -> None:
        assert shipped_vocabulary() is shipped_vocabulary()


class TestFind:
    @pytest.mark.parametrize(
        ("question", "expected", "target"),
        [
            ("新买的秤能抵税吗", ["新买", "秤", "抵税"], "在计算应纳税所得额时扣除"),
            ("买设备能退税吗", ["买设备", "退税"], "一次性计入当期成本费用"),
            ("超市的电子秤不准", ["超市", "电子秤"], "数字指示秤"),
            ("菜市场有人用鬼秤", ["菜市场", "鬼秤"], "带有作弊功能计量器具"),
            ("海鲜缺斤少两怎么投诉", ["缺斤少两", "怎么投诉"], "缺斤短两"),
            ("出租车打表不准", ["出租车打表"], "出租车计价器"),
            ("承诺书模板在哪里", ["承诺书模板"], "诚信计量自我承诺"),
            ("会上黑名单吗", ["黑名单"], "严重违法失信名单"),
            ("这件事谁牵头", ["谁牵头"], "牵头"),
            ("工商局管不管", ["工商局"], "市市场监管局"),
            ("钱从哪来", ["钱从哪来"], "纳入本级预算"),
        ],
    )
    def test_translates_what_people_ask(self, question: str, expected: list[str], target: str) -> None:
        found = shipped_vocabulary().find(question)
        assert [term.colloquial for term in found] == expected
        assert any(target in term.plan_terms for term in found)

    @pytest.mark.parametrize(
        "text",
        [
            "加强检定能力建设",  # 强检
            "计量具有战略性",  # 量具
            "促进企业计量发展",  # 进企业
            "青岛市集贸市场",  # 市集
            "系列支持政策",  # 列支
            "周三表示同意",  # 三表
            "公益性计量所需经费",  # 计量所
            "平台企业",  # 台企
            "区(市)制定细则",  # 市制
            "至少两次",  # 少两
            "这个税收条款",  # 个税
            "",
        ],
    )
    def test_does_not_misfire_inside_other_words(self, text: str) -> None:
        assert said(text) == []

    def test_longest_word_wins(self) -> None:
        words = Vocabulary((Term("电子", ("智能",), Relation.NEAR), Term("电子秤", ("数字指示秤",), Relation.NARROWER)))
        assert said("电子秤和电子", words) == ["电子秤", "电子"]

    def test_each_term_once_in_order(self) -> None:
        words = Vocabulary((Term("秤", ("衡器",), Relation.SAME), Term("鬼秤", ("作弊",), Relation.NARROWER)))
        assert said("鬼秤、秤、鬼秤", words) == ["鬼秤", "秤"]

    def test_plan_terms_hide_the_words_in_them(self) -> None:
        words = Vocabulary((Term("包装商品", ("定量包装商品",), Relation.NARROWER),))
        assert said("定量包装商品", words) == []
        assert said("包装商品", words) == ["包装商品"]

    @pytest.mark.parametrize(
        ("text", "expected"), [("ar眼镜", ["AR"]), ("SMART", []), ("520活动", ["520"]), ("1520家", []), ("5200", [])]
    )
    def test_latin_words_and_numbers_are_whole(self, text: str, expected: list[str]) -> None:
        words = Vocabulary((Term("AR", ("虚拟",), Relation.SAME), Term("520", ("世界计量日",), Relation.SAME)))
        assert said(text, words) == expected

    def test_is_fast(self) -> None:
        question = "菜市场买海鲜缺斤少两，摊主用的是鬼秤，我去哪里举报有奖励吗"
        vocabulary = shipped_vocabulary()
        best = min(timeit.repeat(lambda: vocabulary.find(question), number=200, repeat=7)) / 200
        assert best < 0.000_1  # seconds


class TestLoad:
    def test_reads_rows(self, tmp_path: Path) -> None:
        path = write(tmp_path, "# 秤\n\n鬼秤\t作弊|衡器\tnarrower\t说明\n增值税\t-\tabsent\n")
        expected = (
            Term("鬼秤", ("作弊", "衡器"), Relation.NARROWER, "说明"),
            Term("增值税", (), Relation.ABSENT, ""),
        )
        assert Vocabulary.load(path).terms == expected

    def test_later_files_override_and_add(self, tmp_path: Path) -> None:
        path = write(tmp_path, "秤\t测量设备\tnear\t\n戥子\t衡器\tnarrower\n")
        both = Vocabulary.load(SHIPPED, path)
        assert both.find("秤") == (Term("秤", ("测量设备",), Relation.NEAR, ""),)
        assert both.find("戥子") == (Term("戥子", ("衡器",), Relation.NARROWER, ""),)
        assert len(both.terms) == len(shipped_vocabulary().terms) + 1

    def test_accepts_what_a_spreadsheet_writes(self, tmp_path: Path) -> None:
        path = tmp_path / "words.tsv"
        path.write_bytes(("\ufeff" + HEADER + "秤\t衡器\tsame\t\n").replace("\n", "\r\n").encode())
        assert said("秤", Vocabulary.load(path)) == ["秤"]

    @pytest.mark.parametrize(
        ("rows", "line", "says"),
        [
            ("秤\t衡器\tequal\t\n", 2, "'equal'"),
            ("秤\t衡器\n", 2, "2 cells"),
            ("秤\t衡器\tsame\t\t多\n", 2, "5 cells"),
            ("\n\t衡器\tsame\t\n", 3, "one word per row"),
            ("秤|称\t衡器\tsame\t\n", 2, "'秤|称'"),
            ("秤\t\tsame\t\n", 2, "plan terms are ''"),
            ("秤\t衡器||表\tsame\t\n", 2, "'衡器||表'"),
            ("秤\t-\tsame\t\n", 2, "alone is for relation absent"),
            ("秤\t衡器\tsame\t\n# x\n秤\t表\tnear\t\n", 4, "in line 2 already"),
            ("AR\t虚拟\tsame\t\nar\t虚拟\tsame\t\n", 3, "in line 2 already"),
        ],
    )
    def test_names_file_line_and_value(self, tmp_path: Path, rows: str, line: int, says: str) -> None:
        path = write(tmp_path, rows)
        with pytest.raises(VocabularyError) as caught:
            Vocabulary.load(path)
        assert caught.value.line == line
        assert f"{path}:{line}" in str(caught.value)
        assert says in str(caught.value)

    def test_wants_its_header(self, tmp_path: Path) -> None:
        path = tmp_path / "words.tsv"
        path.write_text("秤\t衡器\tsame\t\n", encoding="utf-8")
        with pytest.raises(VocabularyError, match="header"):
            Vocabulary.load(path)

    def test_a_missing_file_is_named(self, tmp_path: Path) -> None:
        with pytest.raises(StoreError, match=r"none\.tsv' is not usable: .*Check the path"):
            Vocabulary.load(tmp_path / "none.tsv")

    def test_another_encoding_is_named(self, tmp_path: Path) -> None:
        path = tmp_path / "gbk.tsv"
        path.write_bytes((HEADER + "秤\t衡器\tsame\t\n").encode("gbk"))
        with pytest.raises(VocabularyError, match="Save it as UTF-8"):
            Vocabulary.load(path)


class TestCheck:
    def problems(self, *terms: Term, corpus: str = "严厉打击缺斤短两，衡器") -> str:
        return "\n".join(Vocabulary(terms).check(corpus))

    def test_is_silent_when_all_is_well(self) -> None:
        assert self.problems(Term("秤", ("衡器",), Relation.SAME)) == ""

    def test_target_that_no_plan_says(self) -> None:
        assert "'天平'" in self.problems(Term("秤", ("衡器", "天平"), Relation.SAME))

    def test_absent_words_may_point_nowhere(self) -> None:
        assert self.problems(Term("罚款", ("行政处罚",), Relation.ABSENT)) == ""

    def test_absent_word_that_a_plan_says(self) -> None:
        assert "called absent" in self.problems(Term("打击", (), Relation.ABSENT))

    def test_duplicates(self) -> None:
        twice = (Term("秤", ("衡器",), Relation.SAME), Term("秤", ("缺斤短两",), Relation.NEAR))
        assert "'秤' stands twice" in self.problems(*twice)
        assert "names '衡器' twice" in self.problems(Term("秤", ("衡器", "衡器"), Relation.SAME))

    def test_cycles(self) -> None:
        ring = (
            Term("甲", ("乙",), Relation.SAME),
            Term("乙", ("丙",), Relation.SAME),
            Term("丙", ("甲",), Relation.SAME),
        )
        lines = self.problems(*ring, corpus="甲乙丙").splitlines()
        assert len(lines) == 3
        assert all("leads back to itself" in line for line in lines)

    def test_a_chain_is_no_cycle(self) -> None:
        chain = (Term("甲", ("乙",), Relation.SAME), Term("乙", ("丙",), Relation.SAME))
        assert self.problems(*chain, corpus="乙丙") == ""

    def test_a_word_to_itself_is_a_cycle(self) -> None:
        assert "'衡器' leads back" in self.problems(Term("衡器", ("衡器",), Relation.SAME))

    def test_the_plans_own_word(self) -> None:
        word = Term("指标", ("主要指标",), Relation.NEAR)
        assert "own word" in self.problems(word, corpus="主要指标，" + "指标，" * 20)
        assert self.problems(word, corpus="主要指标，" * 20) == ""
