"""Joining the parts: what a first use builds, what heals itself, and what is refused."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from bot.local import LocalBot
from bot.settings import Settings
from ingest.errors import BadSetting, IndexMismatch, MetrologyError
from ingest.load import SHIPPED
from tests.ui.conftest import PLAN
from ui.wire import assemble, build, held_plans, open_bot
from vectorstore.encoder import Encoder
from vectorstore.index import Query, embedding_text
from vectorstore.passages import cut_passages


@pytest.fixture
def settings(tmp_path: Path, small_plans: Path) -> Settings:
    """One small plan, and an embedder whose ranking a reader can foretell."""
    return Settings(data_dir=tmp_path / "data", plans_dir=small_plans, embedder="hash")


def changed(settings: Settings, **values: Any) -> Settings:
    return settings.model_copy(update=values)


def best(bot: LocalBot, text: str) -> str:
    """What the index finds; how the bot's judge orders it is the model's affair."""
    return bot.index.search(Query(text), 1)[0].clause_id


def current(settings: Settings) -> str:
    return (settings.data_dir / "index" / "CURRENT").read_text(encoding="utf-8")


def test_a_first_use_builds_and_says_so_a_second_only_opens(settings: Settings) -> None:
    said, steps = list[str](), list[tuple[str, int, int]]()
    bot = open_bot(settings, lambda *step: steps.append(step), said.append)
    assert said == ["Building the index, once …"]
    assert [what for what, *_ in steps] == ["lexical", "dense", "verify"]
    assert best(bot, "电子秤") == "some:二(一)"
    live = current(settings)
    assert open_bot(settings, lambda *step: steps.append(step), said.append).corpus_version == bot.corpus_version
    assert (current(settings), len(said), len(steps)) == (live, 1, 3)


def test_what_was_skipped_is_said(settings: Settings) -> None:
    assert settings.plans_dir is not None
    (settings.plans_dir / "prose.txt").write_text("某市计量方案", encoding="utf-8")
    said = list[str]()
    open_bot(settings, say=said.append)
    assert said[-1].startswith("Skipped: ")
    assert "prose.txt" in said[-1]


@pytest.mark.parametrize(
    "part", ["segments/*/lexical", "segments/*/chroma", "versions/*/manifest.json", "segments/*/states.npy"]
)
def test_a_damaged_index_is_built_anew(settings: Settings, part: str) -> None:
    open_bot(settings)
    (damaged,) = settings.data_dir.glob(f"index/{part}")
    shutil.rmtree(damaged) if damaged.is_dir() else damaged.unlink()
    said = list[str]()
    bot = open_bot(settings, say=said.append)
    assert said == ["Building the index, once …"]
    assert best(bot, "电子秤") == "some:二(一)"


def test_changed_plans_are_refused_until_built(settings: Settings) -> None:
    """A running service must not change what it answers because a file was touched: building is a decision."""
    open_bot(settings)
    assert settings.plans_dir is not None
    (settings.plans_dir / "some.txt").write_text(PLAN + "（二）执法。查处作弊。\n", encoding="utf-8")
    with pytest.raises(IndexMismatch, match=r"corpus.*`metrology build`"):
        open_bot(settings)
    assert build(assemble(settings), only_if_needed=True) is not None
    assert best(open_bot(settings), "作弊") == "some:二(二)"


def test_build_only_if_needed(settings: Settings) -> None:
    parts = assemble(settings)
    folder = build(parts, only_if_needed=True)
    assert folder is not None
    assert folder.name == current(settings)
    assert build(parts, only_if_needed=True) is None
    again = build(parts)
    assert again is not None
    assert again != folder


def test_the_bot_reads_what_the_build_stored(settings: Settings, encoder: Encoder) -> None:
    bot = open_bot(settings)
    found = bot.index.passages_for(Query("电子秤"))
    read = bot.index.states([one.row for one in found])
    expected = [encoder.passage(embedding_text(one.passage)) for one in found]
    assert [one.states for one in read] == [pytest.approx(one.states, rel=1e-2, abs=1e-2) for one in expected]
    assert {hit.clause_id for hit, _ in bot.search("电子秤")} == {one.passage.clause_id for one in found}


def test_one_encoder_searches_and_is_read_by_the_judge(settings: Settings) -> None:
    """A second one would cost its memory again."""
    parts = assemble(changed(settings, embedder="encoder"))
    assert parts.embedder is parts.encoder is parts.store.encoder
    assert Settings().embedder == "encoder", "as shipped"


def test_the_judge_s_encoder_is_there_beside_another_embedder(settings: Settings) -> None:
    parts = assemble(settings)
    assert parts.embedder.id == "hash:64"
    assert isinstance(parts.encoder, Encoder)
    assert parts.store.encoder is parts.encoder


def test_the_shipped_plans_are_the_default(tmp_path: Path) -> None:
    settings = Settings(data_dir=tmp_path, embedder="hash")
    assert assemble(settings).folder == SHIPPED
    plans = held_plans(settings)
    assert [plan.id for plan in plans] == ["state-council", "xiamen", "quanzhou", "qingdao", "jinhua"]
    assert {passage.plan_id for passage in cut_passages(plans)} == {plan.id for plan in plans}
    assert list(tmp_path.iterdir()) == [], "assembling touches no index"


@pytest.mark.parametrize(
    ("values", "said", "why"),
    [
        ({"plans_dir": Path("away")}, "METROLOGY_PLANS_DIR.*away", "no such folder"),
        ({"plans_dir": SHIPPED / "catalogue.toml"}, "METROLOGY_PLANS_DIR.*catalogue.toml", "no document"),
        ({"embedder": "nonsense"}, "embedder.*nonsense", "no such embedder"),
        ({"embedder": "static-away"}, "embedder.*static-away", "no such folder of a model"),
        ({"chroma_url": "nowhere"}, "CHROMA_URL.*nowhere", "no address"),
    ],
)
def test_what_cannot_work_is_refused_by_name(settings: Settings, values: dict[str, Any], said: str, why: str) -> None:
    with pytest.raises(MetrologyError, match=said) as caught:
        open_bot(changed(settings, **values))
    assert isinstance(caught.value, BadSetting), why
