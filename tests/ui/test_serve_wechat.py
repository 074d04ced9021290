"""The official account, WeCom's application and Redis, from the settings to the server."""

from pathlib import Path

import pytest
from starlette.testclient import TestClient

from bot.settings import read_settings
from ingest.errors import BadSetting
from tests.bot.api.wechat_builders import MESSAGES, PLAIN_ACCOUNT, WECOM, WECOM_MESSAGES, signed
from tests.bot.fakes import FakeBot
from ui.serve import build_app


def app(data_dir: Path, monkeypatch: pytest.MonkeyPatch, **environment: str) -> TestClient:
    for name, value in ({"METROLOGY_DATA_DIR": str(data_dir)} | environment).items():
        monkeypatch.setenv(name, value)
    return TestClient(build_app(FakeBot(), read_settings(), "http://127.0.0.1:1", with_page=False))


def test_the_account_that_is_set_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = {"METROLOGY_WECHAT_APP_ID": PLAIN_ACCOUNT.app_id, "METROLOGY_WECHAT_TOKEN": PLAIN_ACCOUNT.token}
    query = {**signed(PLAIN_ACCOUNT), "echostr": "12"}
    assert app(tmp_path, monkeypatch, **named).get(MESSAGES, params=query).text == "12"
    assert PLAIN_ACCOUNT.token not in repr(read_settings())


def test_the_application_that_is_set_is_served(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    named = {"CORP_ID": WECOM.app_id, "TOKEN": WECOM.token, "AES_KEY": WECOM.aes_key}
    api = app(tmp_path, monkeypatch, **{f"METROLOGY_WECOM_{name}": value for name, value in named.items()})
    echo = WECOM.sealed(b"12")
    assert api.get(WECOM_MESSAGES, params={**signed(WECOM, echo), "echostr": echo}).text == "12"
    assert not {WECOM.token, WECOM.aes_key} & set(repr(read_settings()).split("'"))


def test_without_one_there_is_no_callback(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert app(tmp_path, monkeypatch).get(MESSAGES, params=signed(PLAIN_ACCOUNT)).status_code == 404


@pytest.mark.parametrize(
    ("environment", "name"),
    [
        ({"METROLOGY_WECHAT_TOKEN": "geheim"}, "METROLOGY_WECHAT_APP_ID"),
        ({"METROLOGY_WECOM_TOKEN": "geheim"}, "METROLOGY_WECOM_CORP_ID"),
        ({"REDIS_URL": "mysql://:geheim@127.0.0.1"}, "REDIS_URL"),
    ],
)
def test_what_is_set_wrongly_is_named_before_serving(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, environment: dict[str, str], name: str
) -> None:
    with pytest.raises(BadSetting, match=name) as caught:
        app(tmp_path, monkeypatch, **environment)
    assert "geheim" not in str(caught.value)
