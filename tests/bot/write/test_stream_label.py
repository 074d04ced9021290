"""What a model wrote is labelled before it is read; the clauses' own words are not taken for it."""

import json

import httpx

from tests.bot.write import scripts
from tests.bot.write.conftest import OpenBot
from tests.bot.write.server import Reply, Request, ScriptedServer
from tests.bot.write.streams import SEVERAL, Serve, parse, read


def test_the_label_comes_once_before_the_first_sentence_a_model_wrote(
    endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve
) -> None:
    events = parse(read(serve(open_bot(endpoint.url)), SEVERAL))
    names = [name for name, _ in events if name != "citation"]
    assert names[:2] == ["label", "statement"]
    assert names.count("label") == 1
    done = events[-1][1]
    assert dict(events)["label"] == {"label": done["label"], "generated": True}


def test_the_clauses_own_words_are_not_labelled_as_a_models(
    endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve
) -> None:
    endpoint.script = scripts.wrong_number
    events = parse(read(serve(open_bot(endpoint.url)), SEVERAL))
    assert [name for name, _ in events if name == "statement"]
    assert "label" not in dict(events)


def mostly_doctored(request: Request) -> Reply:
    """One honest sentence, then a doctored one on every clause: too little survives."""
    doctored = [f"{one.place}到2027年建成示范单位{98765 + one.handle}家。[{one.handle}]\n" for one in request.clauses]
    return Reply([scripts.told(request.clauses[0]), *doctored])


def test_what_was_labelled_and_does_not_stand_is_withdrawn_aloud(
    endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve
) -> None:
    endpoint.script = mostly_doctored
    events = parse(read(serve(open_bot(endpoint.url)), SEVERAL))
    assert [name for name, _ in events][-2:] == ["withdrawn", "done"]
    assert "label" in dict(events)
    done = events[-1][1]
    assert (done["mode"], done["generated"]) == ("extractive", False)


def test_an_answer_that_stands_withdraws_nothing(endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve) -> None:
    assert "withdrawn" not in dict(parse(read(serve(open_bot(endpoint.url)), SEVERAL)))


def test_a_chat_that_sent_a_models_words_says_so_in_the_end(
    endpoint: ScriptedServer, open_bot: OpenBot, serve: Serve
) -> None:
    endpoint.script = mostly_doctored
    asked = {"model": "metrology-auto", "messages": [{"role": "user", "content": SEVERAL["question"]}], "stream": True}
    lines = httpx.post(f"{serve(open_bot(endpoint.url))}/v1/chat/completions", json=asked, timeout=20).text.split(
        "\n\n"
    )
    chunks = [json.loads(line.removeprefix("data: ")) for line in lines if line.startswith("data: {")]
    assert [one["metrology"]["generated"] for one in chunks if "metrology" in one] == [True]
    content = "".join(one["choices"][0]["delta"].get("content") or "" for one in chunks if one["choices"])
    assert "人工智能生成" in content
    assert "98766" not in content
