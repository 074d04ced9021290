"""docs/mini-program.md: its table is the code's, its examples can be sent, what it names exists."""

import json
import re
from pathlib import Path

from bot.api import problems
from bot.api.requests import BYTES, DEADLINES_MS, TIMEOUTS_MS, AskRequest
from bot.api.wechat_talk import TEXT_BYTES
from bot.settings import Settings
from bot.wording import WECHAT_LOOKING

ROOT = Path(__file__).parents[2]
TEXT = (ROOT / "docs" / "mini-program.md").read_text(encoding="utf-8")
ROWS = re.findall(r"^\| `([a-z-]+)` \| (\d{3}) \| [^|]+ \| [^|]+ \|$", TEXT, re.MULTILINE)


def test_the_table_of_errors_is_the_codes() -> None:
    assert len(ROWS) == len(set(ROWS))
    assert {(slug, int(status)) for slug, status in ROWS} == {(kind.slug, kind.status) for kind in problems.ALL}


def test_the_example_question_can_be_sent() -> None:
    (body,) = re.findall(r"```json\n(.*?)```", TEXT, re.DOTALL)
    AskRequest.model_validate(json.loads(body))


def test_every_field_of_a_question_is_explained_with_its_bounds() -> None:
    explained = set(re.findall(r"^\| `(\w+)` \| [^|`]*", TEXT, re.MULTILINE))
    assert set(AskRequest.model_fields) <= explained
    for name, (least, most) in (("deadline_ms", DEADLINES_MS), ("timeout_ms", TIMEOUTS_MS), ("max_bytes", BYTES)):
        row = re.search(rf"^\| `{name}` \|.*$", TEXT, re.MULTILINE)
        assert row
        assert f"{least} 至 {most}" in row.group()


def test_settings_files_and_words_it_names_exist() -> None:
    known = {f"METROLOGY_{name.upper()}" for name in Settings.model_fields} | {"REDIS_URL"}
    named = set(re.findall(r"METROLOGY_WECHAT_\w+", TEXT))
    assert named == {name for name in known if "WECHAT" in name}
    for path in re.findall(r"examples/mini-program/[\w./-]+", TEXT):
        assert (ROOT / path).is_file(), path
    assert WECHAT_LOOKING in TEXT
    assert f"{TEXT_BYTES} 字节" in TEXT
