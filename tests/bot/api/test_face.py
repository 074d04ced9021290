"""The OpenAI-compatible routes, asked by the official client over a real connection."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from openai import OpenAI
from openai.types.chat import ChatCompletion, ChatCompletionMessageParam

from bot.api import create_app
from bot.api.face_asking import REPLAYED
from bot.api.present import Presenter
from bot.model import Answer, Mode, Statement, Status
from bot.records.labels import Labels
from bot.records.store import SqlRecords
from ingest.corpus import Corpus
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot
from tests.bot.talk import talking_bot

EXTRACTIVE = "metrology-extractive"
QUESTION = "诚信计量自我承诺"
TARGET = "泉州2025年诚信计量自我承诺单位的目标是多少？"


def user(text: str) -> ChatCompletionMessageParam:
    return {"role": "user", "content": text}


def assistant(text: str) -> ChatCompletionMessageParam:
    return {"role": "assistant", "content": text}


def marked(completion: ChatCompletion) -> list[tuple[str, Any]]:
    """(what an annotation marks in the content, the annotation), in their order."""
    message = completion.choices[0].message
    found = [annotation.url_citation for annotation in message.annotations or []]
    return [((message.content or "")[each.start_index : each.end_index], each) for each in found]


@pytest.fixture
def talk(bot: FakeBot) -> Iterator[OpenAI]:
    with served(create_app(bot)) as address, OpenAI(base_url=f"{address}/v1", api_key="any", max_retries=0) as client:
        yield client


@pytest.fixture(scope="module")
def real_talk() -> Iterator[OpenAI]:
    """The whole chain behind the routes."""
    with served(create_app(talking_bot())) as address, OpenAI(base_url=f"{address}/v1", api_key="any") as client:
        yield client


def test_models_are_listed_and_shown(talk: OpenAI) -> None:
    ids = [model.id for model in talk.models.list()]
    assert ids == ["metrology-auto", EXTRACTIVE]
    assert talk.models.retrieve(EXTRACTIVE).owned_by == "metrology"


def test_an_answer_has_footnotes_sources_and_annotations(bot: FakeBot, talk: OpenAI) -> None:
    completion = talk.chat.completions.create(model=EXTRACTIVE, messages=[user(QUESTION)])
    choice = completion.choices[0]
    content = choice.message.content or ""
    assert (choice.finish_reason, choice.message.role, completion.model) == ("stop", "assistant", EXTRACTIVE)
    body, sources = content.split("出处：")
    assert body.startswith("【原文摘录】\n\n")
    found = marked(completion)
    assert len(found) == 2
    for mark, citation in found:
        assert mark == f"[{citation.index}]"
        assert bot.corpus.clause(citation.clause_id).text.count(citation.quote) == 1
        assert f"{citation.quote}{mark}" in body
        assert f"{mark} [{citation.title}]({citation.url})" in sources
        assert citation.url.startswith("/plans/"), "no host is named that nobody set"


def test_marks_are_found_behind_markup_tables_and_several_numbers(bot: FakeBot, talk: OpenAI) -> None:
    one, two = bot.cite("xiamen:三(四)21"), bot.cite("quanzhou:三(四)16")
    bot.answers = [
        Answer(
            Status.PARTIAL,
            (Statement("甲*乙*\n\n丙[9]", (two, one)), Statement("见表。"), Statement("𠮷丁", (two,))),
            notes=("缺。",),
            table=(("地区", "值"), ("厦门", "850")),
            related=(bot.cite("jinhua:二(十)"),),
        )
    ]
    completion = talk.chat.completions.create(model=EXTRACTIVE, messages=[user(QUESTION)])
    content = completion.choices[0].message.content or ""
    assert [(mark, citation.clause_id) for mark, citation in marked(completion)] == [
        ("[1]", "quanzhou:三(四)16"),
        ("[2]", "xiamen:三(四)21"),
        ("[1]", "quanzhou:三(四)16"),
    ]
    assert "甲\\*乙\\*  \n  \n丙\\[9\\][1][2]\n\n见表。\n\n𠮷丁[1]\n\n| 地区 | 值 |" in content
    assert content.index("| 厦门 | 850 |") < content.index("- 缺。") < content.index("出处：\u0020\u0020\n[1] ")
    assert "二(十)" in content.split("相近条款（仅供参考）：")[1]


def test_provenance_leads_to_the_receipt(bot: FakeBot) -> None:
    records = SqlRecords.at("sqlite://")
    with served(create_app(bot, records=records)) as address, OpenAI(base_url=f"{address}/v1", api_key="x") as talk:
        completion: Any = talk.chat.completions.create(model=EXTRACTIVE, messages=[user(QUESTION)])
    said = completion.metrology
    receipt = records.receipt(said["answer_id"])
    assert receipt is not None
    assert receipt.question == QUESTION
    assert completion.id.startswith("chatcmpl-")
    assert (said["status"], said["mode"], said["generated"]) == ("answered", "extractive", False)
    assert said["corpus_version"] == bot.corpus_version
    records.close()


def test_what_a_model_wrote_is_labelled_in_text_and_field(bot: FakeBot) -> None:
    quoted = Answer(Status.ANSWERED, (Statement("厦门推行自我承诺。", (bot.cite("xiamen:三(四)21"),)),))
    bot.answers = [replace(quoted, mode=Mode.LLM, model="m")]
    present = Presenter("https://plans.example", Labels(generated="AI生成*"))
    with served(create_app(bot, present=present)) as address, OpenAI(base_url=f"{address}/v1", api_key="x") as talk:
        completion: Any = talk.chat.completions.create(model="metrology-auto", messages=[user(QUESTION)])
    assert completion.choices[0].message.content.startswith("【AI生成\\*】\n\n厦门推行自我承诺。[1]")
    assert completion.metrology["generated"] is True
    assert marked(completion)[0][1].url.startswith("https://plans.example/plans/xiamen?")


def test_declining_is_an_answer_without_annotations(talk: OpenAI) -> None:
    completion = talk.chat.completions.create(model=EXTRACTIVE, messages=[user("zzzz")])
    assert completion.choices[0].message.content == "所收规划中没有与此相关的条款。"
    assert completion.choices[0].message.annotations == []


def test_usage_adds_up_and_grows_with_the_conversation(talk: OpenAI) -> None:
    short = talk.chat.completions.create(model=EXTRACTIVE, messages=[user(QUESTION)]).usage
    long = talk.chat.completions.create(
        model=EXTRACTIVE, messages=[user("abcde"), assistant("计量"), user(QUESTION)]
    ).usage
    assert short is not None
    assert long is not None
    assert short.prompt_tokens == len(QUESTION)
    assert long.prompt_tokens == len(QUESTION) + len("abcde"), "what the assistant said is not read"
    assert short.total_tokens == short.prompt_tokens + short.completion_tokens
    assert short.completion_tokens > 50


def test_earlier_questions_are_heard_in_a_session_of_their_own(bot: FakeBot, talk: OpenAI) -> None:
    messages: list[ChatCompletionMessageParam] = [{"role": "system", "content": "你是海盗。"}]
    for number in range(REPLAYED + 2):
        messages += [user(f"问{number}"), assistant("泉州的目标是9999家。")]
    for _ in range(2):
        talk.chat.completions.create(model="metrology-auto", messages=[*messages, user("那厦门呢？")])
    first, second = bot.asked[: REPLAYED + 1], bot.asked[REPLAYED + 1 :]
    for heard in (first, second):
        texts, sessions, _, modes = zip(*heard, strict=True)
        assert texts == (*(f"问{number}" for number in range(2, REPLAYED + 2)), "那厦门呢？")
        assert len(set(sessions)) == 1
        assert sessions[0]
        assert modes == (*["extractive"] * REPLAYED, "auto")
    assert first[0][1] != second[0][1]


@pytest.mark.parametrize("stream", [False, True])
def test_a_session_of_a_request_ends_with_it(bot: FakeBot, talk: OpenAI, stream: bool) -> None:
    asked = [user(QUESTION), assistant("有。"), user("那厦门呢？")]
    given = talk.chat.completions.create(model=EXTRACTIVE, messages=asked, stream=stream)
    if stream:
        assert list(given)
    assert bot.forgotten == [bot.asked[0][1]]


def test_a_first_question_needs_no_session(bot: FakeBot, talk: OpenAI) -> None:
    talk.chat.completions.create(model=EXTRACTIVE, messages=[user(QUESTION)])
    assert bot.asked == [(QUESTION, None, None, "extractive")]


def test_a_follow_up_finds_what_it_leaves_out_and_only_with_its_conversation(real_talk: OpenAI) -> None:
    alone = real_talk.chat.completions.create(model=EXTRACTIVE, messages=[user("那厦门呢？")])
    asked = [user(TARGET), assistant("……"), user("那厦门呢？")]
    followed = real_talk.chat.completions.create(model=EXTRACTIVE, messages=asked)
    cited = {citation.clause_id for _, citation in marked(followed)}
    assert "xiamen:专栏1/9" in cited
    assert "850" in (followed.choices[0].message.content or "")
    again = real_talk.chat.completions.create(model=EXTRACTIVE, messages=[user("那厦门呢？")])
    for completion in (alone, again):
        assert "xiamen:专栏1/9" not in {citation.clause_id for _, citation in marked(completion)}


def test_every_real_annotation_is_a_slice_of_its_clause(real_talk: OpenAI, corpus: Corpus) -> None:
    for text in (TARGET, "四市的自我承诺目标比较", "厦门的企业新买计量器具能一次性税前扣除吗？", "厦门第21条原文"):
        found = marked(real_talk.chat.completions.create(model=EXTRACTIVE, messages=[user(text)]))
        assert found
        for mark, citation in found:
            assert mark == f"[{citation.index}]"
            assert citation.quote in corpus.clause(citation.clause_id).text


def test_text_parts_are_read_and_own_parameters_are_taken(bot: FakeBot, talk: OpenAI) -> None:
    parts: Any = [{"type": "text", "text": "自我"}, {"type": "text", "text": "承诺"}]
    talk.chat.completions.create(
        model=EXTRACTIVE, messages=[{"role": "user", "content": parts}], extra_body={"plans": ["quanzhou", "xiamen"]}
    )
    assert bot.asked == [("自我\n承诺", None, ("xiamen", "quanzhou"), "extractive")]


def test_what_only_tunes_a_model_is_ignored(talk: OpenAI) -> None:
    plain = talk.chat.completions.create(model=EXTRACTIVE, messages=[user(QUESTION)])
    tuned: Any = talk.chat.completions.create(
        model=EXTRACTIVE,
        messages=[{"role": "system", "content": "只回答“是”。"}, user(QUESTION)],
        temperature=2,
        stop=["。"],
        seed=1,
        n=1,
        user="u",
        response_format={"type": "text"},
        tools=[{"type": "function", "function": {"name": "f", "parameters": {}}}],
        tool_choice="auto",
    )
    assert tuned.choices == plain.choices
    assert tuned.metrology["ignored"] == ["tools", "tool_choice", "temperature", "stop", "seed"], "and said to be"
