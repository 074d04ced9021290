"""`metrology config` shows and hides; `metrology doctor` finds what is wrong and says what to do."""

import json
import re
import shutil
from pathlib import Path

import pytest

from bot.settings import Settings
from tests.ui.cli_runner import runner
from ui.cli_operate import HIDDEN, effective, variable
from ui.doctor import CHECKS

SECRETS = ("DATABASE_URL", "REDIS_URL", "LLM_API_KEY", "METROLOGY_EMBEDDER_KEY")


def test_every_setting_is_shown_by_its_variable(tmp_path: Path) -> None:
    run = runner(tmp_path)("config", METROLOGY_MAX_QUESTION="77", LLM_MODEL="qwen")
    assert run.exit_code == 0
    lines = run.stdout.splitlines()
    assert [line[2:].split("=")[0] for line in lines] == [variable(name, Settings()) for name in Settings.model_fields]
    assert next(line for line in lines if "METROLOGY_MAX_QUESTION" in line).startswith(
        "* METROLOGY_MAX_QUESTION=77  # "
    )
    assert next(line for line in lines if "METROLOGY_ROOT_PATH" in line).startswith("  METROLOGY_ROOT_PATH=")


def test_secrets_are_masked(tmp_path: Path) -> None:
    secrets = dict.fromkeys(SECRETS, "postgresql://me:hunter2@db/x")
    for arguments in (("config",), ("config", "--json")):
        run = runner(tmp_path)(*arguments, **secrets)
        assert "hunter2" not in run.stdout
        assert run.stdout.count(HIDDEN) == len(SECRETS)
    shown = json.loads(runner(tmp_path)("config", "--json").stdout)
    assert {shown[name] for name in SECRETS} == {""}, "what is not set is shown as that"


def test_what_may_hold_a_password_is_never_shown() -> None:
    hidden = {name for name, value, _, _ in effective(Settings(database_url="x", redis_url="x")) if value == HIDDEN}
    assert hidden == {"DATABASE_URL", "REDIS_URL"}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder over one small plan; the plan beside it."""
    from tests.ui.conftest import PLAN

    folder = tmp_path_factory.mktemp("doctor")
    (folder / "plans").mkdir()
    (folder / "plans" / "some.txt").write_text(PLAN, encoding="utf-8")
    run = runner(folder / "data")("build", METROLOGY_PLANS_DIR=str(folder / "plans"), METROLOGY_EMBEDDER="hash")
    assert run.exit_code == 0
    return folder


def examined(built: Path, tmp_path: Path, **env: str) -> tuple[int, dict[str, str]]:
    """Exit code and findings by part, over a copy."""
    data = Path(shutil.copytree(built / "data", tmp_path / "data"))
    if damaged := env.pop("damage", ""):
        path = next(data.glob(f"index/segments/*/{damaged}"))
        path.write_bytes(path.read_bytes()[:-1] + b"\x00")
    usual = {"METROLOGY_PLANS_DIR": str(built / "plans"), "METROLOGY_EMBEDDER": "hash"}
    run = runner(data)("doctor", **{**usual, **env})
    found = [line.split("  ", 1) for line in run.stdout.splitlines()]
    return run.exit_code, {rest.strip().split(":")[0]: f"{mark.strip()} {rest.strip()}" for mark, rest in found}


def test_a_sound_service_is_told_to_be(built: Path, tmp_path: Path) -> None:
    code, found = examined(built, tmp_path, METROLOGY_PUBLIC_URL="https://bot.example")
    assert code == 0
    assert {line.split(" ")[0] for line in found.values()} == {"ok"}
    assert "every file as written" in found["index"]
    assert len(found) >= 8


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        (
            {
                "damage": "passages.jsonl",
                "REDIS_URL": "redis://127.0.0.1:1/0",
                "LLM_BASE_URL": "http://127.0.0.1:1/v1",
                "LLM_MODEL": "m",
                "METROLOGY_SECRET": "short",
                "METROLOGY_WECOM_TOKEN": "geheim",
            },
            {
                "index": "'passages.jsonl' does not hold what was written.*`metrology build`",
                "shared values": "Check Redis and REDIS_URL",
                "language model": "Check the address",
                "callers": "openssl rand -hex 32",
                "WeChat": "METROLOGY_WECOM_CORP_ID",
            },
        ),
        (
            {
                "METROLOGY_EMBEDDER": "static",
                "DATABASE_URL": "sqlite:////dev/null/x.db",
                "LLM_BASE_URL": "http://127.0.0.1:1/v1",
                "METROLOGY_TRUSTED_PROXIES": "proxy",
            },
            {
                "index": "embedder 'hash:64'.*`metrology build`",
                "records": "DATABASE_URL",
                "language model": "LLM_MODEL",
                "callers": "METROLOGY_TRUSTED_PROXIES",
            },
        ),
        ({"CHROMA_URL": "http://127.0.0.1:1"}, {"Chroma server": "CHROMA_URL"}),
    ],
    ids=["files and values", "settings", "Chroma"],
)
def test_what_is_wrong_is_named_with_what_to_do(
    built: Path, tmp_path: Path, wrong: dict[str, str], said: dict[str, str]
) -> None:
    code, found = examined(built, tmp_path, **wrong)
    assert code == 1
    for part, why in said.items():
        assert re.search(why, found[part]), found[part]
        assert found[part].startswith("FAIL")
    assert found["models"].startswith("ok"), "one that fails stops no other"


def test_before_the_first_build_that_is_what_is_said(tmp_path: Path) -> None:
    run = runner(tmp_path / "data")("doctor", METROLOGY_EMBEDDER="hash")
    assert run.exit_code == 1
    assert "warn  data folder" in run.stdout
    assert "Run `metrology build`" in run.stdout


def test_keys_that_have_all_ended_are_told(tmp_path: Path) -> None:
    run, callers = runner(tmp_path), CHECKS["callers"]
    assert "this machine alone may ask" in callers(Settings(data_dir=tmp_path))
    run("keys", "create", "一")
    assert "1 of 1 API keys stand" in callers(Settings(data_dir=tmp_path))
    run("keys", "revoke", run("keys", "list").stdout.split("\t")[0])
    assert "all 1 API keys have ended: nobody may ask" in run("doctor", METROLOGY_EMBEDDER="hash").stdout
