"""Which plans have it: one clause of each, those that lack it by name, those with the very words never."""

from dataclasses import replace

from bot import wording
from bot.answer.quoted import QuoteAnswerer
from bot.model import Intent, Status
from bot.retrieve.find import MOST_PLANS
from ingest.corpus import Corpus
from tests.bot.scripted import BEARS, STATES, Judged, ScriptedBot, clause_ids, texts, the_corpus

XIAMEN, QUANZHOU, QINGDAO, JINHUA = "xiamen:三(四)21", "quanzhou:三(四)16", "qingdao:四(三)", "jinhua:二(十)"
NATION = "state-council:六(三十一)"
NATIONAL = {"state-council:五(二十三)": STATES}


class TestWhichPlans:
    def which(self, bot: ScriptedBot, text: str, rows: Judged) -> tuple[Status, list[str], str]:
        answer = bot.tell(text, rows, Intent.WHICH)
        return answer.status, clause_ids(answer), answer.statements[-1].text

    def test_those_that_have_it_and_those_that_lack_it(self, scripted: ScriptedBot) -> None:
        status, found, last = self.which(scripted, "哪些规划养猫", {QUANZHOU: STATES, XIAMEN: STATES})
        assert (status, found) == (Status.ANSWERED, [XIAMEN, QUANZHOU])
        assert last == "未见相应条款的：国家、青岛、金华。"

    def test_of_cities_the_nation_is_not_among_them(self, scripted: ScriptedBot) -> None:
        status, found, last = self.which(scripted, "哪些城市养猫", {QUANZHOU: STATES, NATION: STATES})
        assert (status, found, last) == (Status.ANSWERED, [QUANZHOU], "未见相应条款的：厦门、青岛、金华。")

    def test_the_surest_comes_first(self, scripted: ScriptedBot) -> None:
        surer = (0.01, 0.02, 0.97)
        assert self.which(scripted, "哪些规划养猫", {QUANZHOU: surer, XIAMEN: STATES})[1] == [QUANZHOU, XIAMEN]

    def test_words_in_quotation_marks_are_looked_up(self, scripted: ScriptedBot) -> None:
        """Who writes them is no opinion: what only seems to say it is not quoted."""
        for asked in ("哪份文件写了“数控一代”", '哪份文件写了"数控一代"', "「数控一代」哪份写了"):
            answer = scripted.tell(asked, {XIAMEN: STATES}, Intent.WHICH)
            assert answer.status is Status.ANSWERED
            assert {one.split(":")[0] for one in clause_ids(answer)} == {"quanzhou"}
            assert "数控一代" in answer.statements[0].text
            assert answer.statements[-1].text == "未见相应条款的：国家、厦门、青岛、金华。"

    def test_words_in_quotation_marks_that_stand_nowhere_are_read_for_what_they_mean(
        self, scripted: ScriptedBot
    ) -> None:
        assert self.which(scripted, "哪些规划写了“养猫大户”", {XIAMEN: STATES})[1] == [XIAMEN]

    def test_one_clause_of_each(self, scripted: ScriptedBot) -> None:
        rows = {XIAMEN: STATES, "xiamen:四24": STATES}
        assert self.which(scripted, "哪些城市养猫", rows)[1] == ["xiamen:三(四)21"]

    def test_where_some_state_it_those_that_only_bear_do_not_count(self, scripted: ScriptedBot) -> None:
        status, found, last = self.which(scripted, "哪些规划养猫", {QUANZHOU: BEARS, XIAMEN: STATES})
        assert (status, found, last) == (Status.ANSWERED, [XIAMEN], "未见相应条款的：国家、泉州、青岛、金华。")

    def test_else_they_do(self, scripted: ScriptedBot) -> None:
        status, found, _ = self.which(scripted, "哪些城市养猫", {QUANZHOU: BEARS, XIAMEN: BEARS})
        assert (status, found) == (Status.PARTIAL, [XIAMEN, QUANZHOU])

    def test_a_plan_with_the_very_words_is_never_said_to_lack_them(self, scripted: ScriptedBot) -> None:
        status, found, last = self.which(scripted, "哪些城市写了失信惩戒", {QUANZHOU: STATES})
        assert (status, found[0]) == (Status.ANSWERED, QUANZHOU)
        assert XIAMEN in found
        assert "厦门" not in last

    def test_the_words_are_quoted(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("哪些城市写了失信惩戒", {}, Intent.WHICH)
        assert answer.status is Status.ANSWERED
        for statement in answer.statements:
            assert "失信惩戒" in statement.text or not statement.citations

    def test_words_in_a_heading_count(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("哪些城市写了建立诚信计量长效机制", {QUANZHOU: STATES}, Intent.WHICH)
        assert "厦门（三(四)21）：「建立诚信计量长效机制。」" in texts(answer)
        headed = scripted.tell("哪个城市有加强计量监督管理这一章", {}, Intent.WHICH)
        assert "加强计量监督管理" in texts(headed)

    def test_nowhere(self, scripted: ScriptedBot) -> None:
        status, found, last = self.which(scripted, "哪些城市养猫", {})
        assert (status, found, last) == (Status.NOT_FOUND, [], wording.NOT_FOUND)

    def test_plans_that_were_not_read_are_not_said_to_lack_it(self, scripted: ScriptedBot) -> None:
        scripted.on("", {XIAMEN: STATES}, Intent.WHICH)
        asked = scripted.reader.read("哪些城市养猫")
        verdict = scripted.judge.verdict(asked, ("xiamen", "quanzhou"))
        answer = scripted.chain.answerer.quotes.answer(asked, verdict)
        assert answer.statements[-1].text == "未见相应条款的：泉州。"

    def test_of_very_many_plans_only_those_that_were_read_are_looked_through(self, scripted: ScriptedBot) -> None:
        plans = the_corpus().plans
        empty = [replace(one, id=f"{one.id}-{number}", clauses=()) for one in plans for number in range(3)]
        many = Corpus([*plans, *empty])
        assert len(many.plans) > MOST_PLANS
        scripted.on("", {QUANZHOU: STATES}, Intent.WHICH)
        asked = scripted.reader.read("哪些城市写了失信惩戒")
        read = scripted.judge.verdict(asked, ("quanzhou", "qingdao"))
        told = texts(QuoteAnswerer(many, scripted.judge).answer(asked, read))
        assert "失信惩戒" in texts(scripted.chain.answerer.quotes.answer(asked, read)), "厦门's, of few plans"
        assert "厦门" not in told
        lacking = told.partition("未见相应条款的：")[2]
        assert "青岛" in lacking
        assert "、" not in lacking, "it alone was read"

    def test_a_plan_that_is_named_is_asked_alone(self, scripted: ScriptedBot) -> None:
        answer = scripted.tell("厦门哪条写了养猫", {XIAMEN: STATES, QUANZHOU: STATES}, Intent.WHICH)
        assert clause_ids(answer) == [XIAMEN]
        assert "未见" not in texts(answer)
