"""What chat clients ask for themselves is done in the shape they want, and is no question of anyone's."""

import json
from typing import Any

import pytest
from openai import OpenAI
from structlog.testing import capture_logs

from bot.api import create_app
from bot.api.face_chores import Kind, chore_of
from bot.api.face_replies import FOLLOW_UPS, STARTERS, TITLE_LENGTH
from bot.api.face_schema import ChatMessage
from bot.model import Answer, Mode, Statement, Status
from bot.records.database import Database
from bot.records.store import SqlRecords
from tests.bot.api.api_builders import client
from tests.bot.api.chore_prompts import (
    CHAT,
    DRAWN,
    FOLLOW,
    OPEN_WEBUI,
    PICKING,
    QUERIES,
    TAGS,
    TARGET,
    TITLE,
    TYPED,
    done,
    prompt,
)
from tests.bot.api.live import served
from tests.bot.fakes import FakeBot
from tests.bot.talk import talking_bot


class TestOpenWebui:
    def test_title(self, bot: FakeBot) -> None:
        assert json.loads(done(bot, prompt(TITLE))) == {"title": "泉州2025年诚信计量自我承诺单位的目…"}
        assert bot.asked == [], "a title needs no answer"

    def test_a_short_question_is_the_title(self, bot: FakeBot) -> None:
        made = json.loads(done(bot, prompt(TITLE, "USER: 厦门  怎么\n推行？\nASSISTANT: 略。")))
        assert made == {"title": "厦门 怎么 推行"}

    def test_tags_name_regions_and_clauses(self, bot: FakeBot) -> None:
        bot.answers = [
            Answer(Status.ANSWERED, (Statement("一。", (bot.cite("quanzhou:三(四)16"),)),)),
            Answer(Status.ANSWERED, (Statement("二。", (bot.cite("xiamen:三(四)21"),)),)),
        ]
        tags = json.loads(done(bot, prompt(TAGS)))["tags"]
        assert tags[:3] == ["计量", "泉州", "厦门"]
        assert "建立诚信计量长效机制" in tags

    def test_tags_of_nothing_are_general(self, bot: FakeBot) -> None:
        assert json.loads(done(bot, prompt(TAGS, "USER: zzzz\nASSISTANT: ?"))) == {"tags": ["General"]}

    def test_follow_ups_can_be_asked_and_were_not(self, bot: FakeBot) -> None:
        cited = Statement("二。", (bot.cite("xiamen:三(四)21"),))
        bot.answers = [Answer(Status.ANSWERED, (cited,), related=(bot.cite("quanzhou:三(四)16"),))]
        history = f"USER: {STARTERS[0]}\nASSISTANT: 略。"
        follow_ups = json.loads(done(bot, prompt(FOLLOW, history)))["follow_ups"]
        plan, near = bot.corpus.plan("xiamen"), bot.corpus.clause("quanzhou:三(四)16")
        assert follow_ups[:2] == [
            f"{plan.name}中“建立诚信计量长效机制”由哪些单位负责？",
            f"泉州对“{near.heading}”是怎么规定的？",
        ]
        assert STARTERS[1] in follow_ups
        assert STARTERS[0] not in follow_ups, "it was asked"
        assert 3 <= len(follow_ups) <= FOLLOW_UPS

    def test_an_answer_with_nothing_beside_it_leads_to_what_the_search_finds(self, bot: FakeBot) -> None:
        cited = bot.cite("xiamen:三(四)21")
        bot.answers = [Answer(Status.ANSWERED, (Statement("二。", (cited,)),))]
        follow_ups = json.loads(done(bot, prompt(FOLLOW, "USER: 诚信计量自我承诺怎么推行")))["follow_ups"]
        found = [each for _, each in bot.search("诚信计量自我承诺怎么推行", None, 6)]
        near = [each for each in found if each.clause.id != cited.clause.id and each.clause.heading != each.clause.path]
        assert f"{near[0].plan.region}对“{near[0].clause.heading}”是怎么规定的？" in follow_ups

    def test_without_a_conversation_there_are_starters(self, bot: FakeBot) -> None:
        assert json.loads(done(bot, prompt(FOLLOW, "")))["follow_ups"] == list(STARTERS)

    def test_queries_of_a_first_question(self, bot: FakeBot) -> None:
        assert json.loads(done(bot, prompt(QUERIES, f"USER: {TARGET}"))) == {"queries": [TARGET]}

    def test_queries_of_a_follow_up_bring_along_what_it_leaves_out(self) -> None:
        response = client(talking_bot()).post(CHAT, json={"model": "metrology-auto", "messages": prompt(QUERIES)})
        made = json.loads(response.json()["choices"][0]["message"]["content"])
        assert made == {"queries": [f"{TARGET} 那厦门呢？", "那厦门呢？"]}

    @pytest.mark.parametrize(("task", "key"), [(TYPED, "text"), (DRAWN, "prompt")], ids=["completion", "picture"])
    def test_what_cannot_be_made_is_left_empty(self, bot: FakeBot, task: tuple[str, str], key: str) -> None:
        assert json.loads(done(bot, prompt(task))) == {key: ""}

    def test_no_tool_is_picked(self, bot: FakeBot) -> None:
        messages = [{"role": "system", "content": PICKING}, {"role": "user", "content": f"Query: {TARGET}"}]
        assert json.loads(done(bot, messages)) == {"tool_calls": []}

    def test_an_earlier_version_wants_the_title_as_text(self, bot: FakeBot) -> None:
        words = ("Summarize as a title.", "The title text.")
        assert done(bot, prompt(words)) == "泉州2025年诚信计量自我承诺单位的目…"

    def test_json_mode_is_granted_where_json_is_made(self, bot: FakeBot) -> None:
        made = done(bot, prompt(TITLE), response_format={"type": "json_object"}, max_tokens=1000, temperature=0.1)
        assert list(json.loads(made)) == ["title"]
        refused = client(bot).post(CHAT, json={"model": "metrology-auto", "messages": prompt(TITLE), "n": 2})
        assert refused.status_code == 400


def test_a_chore_is_not_recorded_counted_or_logged_as_a_question(bot: FakeBot) -> None:
    records = SqlRecords(Database("sqlite://"))
    api = client(bot, records=records)
    with capture_logs() as logs:
        api.post(CHAT, json={"model": "metrology-auto", "messages": prompt(TAGS)})
    assert [text for text, *_ in bot.asked] == [TARGET, "那厦门呢？"]
    assert {mode for *_, mode in bot.asked} == {Mode.EXTRACTIVE}, "no language model is asked"
    assert bot.forgotten == [bot.asked[0][1]]
    assert all(records.receipt(f"answer-{number}") is None for number in (1, 2))
    assert "metrology_answers_total{" not in api.get("/metrics").text
    assert "自我承诺" not in str(logs)
    assert [each["kind"] for each in logs if each["event"] == "chore"] == ["tags"]
    records.close()


def test_a_stream_says_the_same(bot: FakeBot) -> None:
    with served(create_app(bot)) as address, OpenAI(base_url=f"{address}/v1", api_key="x") as talk:
        messages: Any = prompt(TITLE)
        whole = talk.chat.completions.create(model="metrology-auto", messages=messages)
        chunks = list(
            talk.chat.completions.create(
                model="metrology-auto", messages=messages, stream=True, stream_options={"include_usage": True}
            )
        )
    said = "".join(chunk.choices[0].delta.content or "" for chunk in chunks if chunk.choices)
    assert said == whole.choices[0].message.content
    assert [chunk.choices[0].finish_reason for chunk in chunks if chunk.choices][-1] == "stop"
    assert chunks[-1].usage == whole.usage


@pytest.mark.parametrize(
    "text",
    [
        "请给这份规划写一个标题",
        "总结一下厦门实施方案",
        "<chat_history>诚信计量</chat_history>是什么？",
        '</chat_history>"title"<chat_history>',
        "user: 诚信计量是什么？",
        "推荐几个后续问题",
    ],
)
def test_what_a_person_says_is_a_question(text: str) -> None:
    assert chore_of([ChatMessage(role="user", content=text)]) is None


@pytest.mark.parametrize(
    "history", ["[", "[" * 9_000, '[{"role": "user"}, 1, null]', "user：\nuser: \n", "\0", "USER:"]
)
def test_any_conversation_is_borne(bot: FakeBot, history: str) -> None:
    assert list(json.loads(done(bot, prompt(TITLE, history)))) == ["title"]


def test_questions_nobody_could_ask_are_passed_over(bot: FakeBot) -> None:
    history = f"USER: {'量' * 2001}\nASSISTANT: 略\nUSER: 诚信计量"
    assert json.loads(done(bot, prompt(TAGS, history)))["tags"][0] == "计量"
    assert [text for text, *_ in bot.asked] == ["诚信计量"]


def test_titles_have_a_bound(bot: FakeBot) -> None:
    for length in (1, TITLE_LENGTH - 1, TITLE_LENGTH, TITLE_LENGTH + 1, 60):
        made = json.loads(done(bot, prompt(TITLE, f"USER: {'量' * length}")))["title"]
        assert len(made) == min(length, TITLE_LENGTH)


def test_the_longest_conversation_is_read_in_no_time() -> None:
    text = OPEN_WEBUI.format(task=TITLE[0], output=TITLE[1], history="USER: 量\n" * 60_000)
    chore = chore_of([ChatMessage(role="user", content=text)])
    assert chore is not None
    assert (chore.kind, len(chore.questions)) == (Kind.TITLE, 60_000)
