"""What a model wrote is labelled before it is read; the clauses' own words are not taken for it."""

from tests.bot.llm import scripts
from tests.bot.llm.conftest import OpenBot
from tests.bot.llm.server import ScriptedServer
from tests.bot.llm.streams import SEVERAL, Serve, parse, read


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
