"""Which settings give a model, and what they cost who sets none."""

import subprocess
import sys
from pathlib import Path

import pytest

from bot.settings import Settings, read_settings
from bot.write.breaker import GuardedModel
from ingest.errors import BadSetting
from ui.wire import open_chat

ROOT = Path(__file__).parent.parent.parent.parent
NAMES = ("LLM_BASE_URL", "LLM_MODEL", "LLM_API_KEY", "LLM_TIMEOUT", "LLM_CONNECT_TIMEOUT", "METROLOGY_LLM_BUDGET")


@pytest.fixture(autouse=True)
def no_settings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)


def settings(monkeypatch: pytest.MonkeyPatch, **given: str) -> Settings:
    for name, value in given.items():
        monkeypatch.setenv(name, value)
    return read_settings()


def test_none_set_none_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    assert open_chat(settings(monkeypatch)) is None


def test_address_and_name_open_a_guarded_model(monkeypatch: pytest.MonkeyPatch) -> None:
    given = settings(
        monkeypatch, LLM_BASE_URL="http://127.0.0.1:9/v1", LLM_MODEL="qwen", METROLOGY_LLM_BUDGET="5", LLM_TIMEOUT="3"
    )
    chat = open_chat(given)
    assert chat is not None
    assert isinstance(chat.model, GuardedModel)
    assert (chat.name, chat.budget) == ("qwen", 5.0)


@pytest.mark.parametrize(
    ("given", "name"),
    [
        ({"LLM_BASE_URL": "http://127.0.0.1:9/v1"}, "LLM_MODEL"),
        ({"LLM_MODEL": "qwen"}, "LLM_BASE_URL"),
        ({"LLM_MODEL": "qwen", "LLM_BASE_URL": "127.0.0.1:9"}, "LLM_BASE_URL"),
    ],
)
def test_half_a_setting_is_named(monkeypatch: pytest.MonkeyPatch, given: dict[str, str], name: str) -> None:
    with pytest.raises(BadSetting) as caught:
        open_chat(settings(monkeypatch, **given))
    assert caught.value.name == name


def test_wrong_seconds_are_named(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(BadSetting) as caught:
        settings(monkeypatch, LLM_TIMEOUT="-1")
    assert caught.value.name == "LLM_TIMEOUT"


def test_the_key_is_not_shown(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "sk-1" not in repr(settings(monkeypatch, LLM_API_KEY="sk-1"))


def test_without_a_model_the_sdk_is_not_imported() -> None:
    program = "import sys, ui.wire, bot.api, bot.write.client, bot.write.assistant; print(*sys.modules)"
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, cwd=ROOT)
    assert "openai" not in run.stdout.split()
