"""Every answer says where its wording comes from; what a model wrote says so first."""

import pytest

from bot.api.present import Presenter
from bot.model import Answer, Mode, Statement, Status
from bot.records.labels import Labels
from bot.service import Asked
from bot.settings import read_settings
from ingest.errors import BadSetting
from tests.bot.fakes import FakeBot


@pytest.fixture
def quoted(bot: FakeBot) -> Statement:
    return Statement("甲。", (bot.cite("xiamen:一"),))


def test_quotations_computations_and_fixed_phrases(quoted: Statement) -> None:
    labels = Labels()
    computed = Statement("差5", quoted.citations, computed=True)
    assert labels.of(Answer(Status.ANSWERED, (quoted,))) == "原文摘录"
    assert labels.of(Answer(Status.ANSWERED, (quoted, computed))) == "原文摘录与计算"
    assert labels.of(Answer(Status.OUT_OF_SCOPE, (Statement("不在范围。"),))) == "固定答复"


def test_what_a_model_wrote_says_so_cited_or_not(quoted: Statement) -> None:
    labels = Labels()
    for statement in (quoted, Statement("条款没有回答。")):
        written = Answer(Status.ANSWERED, (statement,), mode=Mode.LLM, model="m")
        assert "人工智能生成合成内容" in labels.of(written)
        assert labels.first_line(written) == f"【{labels.generated}】"


def test_fixed_phrases_are_not_marked_in_text() -> None:
    assert Labels().first_line(Answer(Status.NOT_FOUND, (Statement("没有。"),))) == ""


@pytest.mark.parametrize("mode", list(Mode))
def test_text_that_is_passed_on_begins_with_its_label(bot: FakeBot, quoted: Statement, mode: Mode) -> None:
    asked = Asked("a", bot.ask("问").question, Answer(Status.ANSWERED, (quoted,), mode=mode), 1.0)
    shown = Presenter(labels=Labels("本段为AI生成", "照录")).answer(asked, "v")
    assert shown.generated is (mode is Mode.LLM)
    assert shown.label == ("本段为AI生成" if shown.generated else "照录")
    assert shown.plain_text.startswith(f"【{shown.label}】\n甲。[1]")
    assert shown.label not in shown.answer


def test_no_wording_for_quotations_means_no_line(quoted: Statement) -> None:
    silent = Labels(extractive="")
    answer = Answer(Status.ANSWERED, (quoted, Statement("差5", quoted.citations, computed=True)))
    assert silent.of(answer) == silent.first_line(answer) == ""


def test_the_wording_comes_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("METROLOGY_LABEL_GENERATED", "由 AI 生成")
    monkeypatch.setenv("METROLOGY_LABEL_EXTRACTIVE", "照录")
    settings = read_settings()
    assert (settings.label_generated, settings.label_extractive) == ("由 AI 生成", "照录")


@pytest.mark.parametrize("wording", ["", "机器归纳", "智能问答"])
def test_a_label_that_hides_the_model_is_refused(monkeypatch: pytest.MonkeyPatch, wording: str) -> None:
    monkeypatch.setenv("METROLOGY_LABEL_GENERATED", wording)
    with pytest.raises(BadSetting, match="人工智能"):
        read_settings()
