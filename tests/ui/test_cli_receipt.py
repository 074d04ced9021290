"""`metrology verify-receipt`: by id, from a file, and after the plans have changed."""

import json
import shutil
from datetime import UTC, datetime
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from bot.model import Answer, Statement, Status
from bot.records.receipts import Receipt, write_receipt
from bot.records.store import SqlRecords
from ingest.load import SHIPPED
from tests.bot.fakes import FakeBot
from ui.cli import app
from vectorstore.manifest import corpus_hash
from vectorstore.passages import cut_passages

ITEM, ROW = "xiamen:三(四)21", "xiamen:专栏1/9"


@pytest.fixture
def receipt() -> Receipt:
    bot = FakeBot()
    bot.corpus_version = corpus_hash(cut_passages(bot.corpus.plans))
    item, row = bot.cite(ITEM, 61, 86), bot.cite(ROW)
    bot.answers = [Answer(Status.ANSWERED, (Statement("甲。", (item,)), Statement("乙。", (row,))))]
    return write_receipt(bot.ask("厦门怎么做？"), bot.corpus_version, datetime(2026, 3, 15, tzinfo=UTC))


@pytest.fixture
def data(tmp_path: Path, receipt: Receipt) -> Path:
    """A data folder that keeps the receipt."""
    records = SqlRecords.at(f"sqlite:///{tmp_path}/data/records.sqlite3")
    records.keep(receipt)
    records.close()
    return tmp_path / "data"


def run(data: Path, *args: str, **env: str) -> Result:
    shared = {"METROLOGY_DATA_DIR": str(data), "DATABASE_URL": "", "METROLOGY_PLANS_DIR": str(SHIPPED)}
    result = CliRunner().invoke(app, ["verify-receipt", *args], env={**shared, **env})
    if result.exception and not isinstance(result.exception, SystemExit):
        raise result.exception
    return result


def doctored(folder: Path, old: str, new: str) -> str:
    """A copy of the shipped plans with something else in them."""
    shutil.copytree(SHIPPED, folder)
    found = [file for file in folder.glob("*.txt") if old in file.read_text(encoding="utf-8")]
    assert found
    for file in found:
        file.write_text(file.read_text(encoding="utf-8").replace(old, new), encoding="utf-8")
    return str(folder)


def test_a_kept_receipt_holds_on_the_plans_it_was_made_from(data: Path, receipt: Receipt) -> None:
    result = run(data, receipt.answer_id)
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert "问：厦门怎么做？" in lines
    assert f"语料版本：{receipt.corpus_version}" in lines
    assert f"[1] {ITEM}  条款正文未变，引文仍在原处" in lines
    assert lines[-1] == "结论：2 处出处全部成立。"


def test_plans_that_changed_are_found_out(data: Path, receipt: Receipt, tmp_path: Path) -> None:
    plans = doctored(tmp_path / "plans", "推行经营者诚信计量自我承诺", "暂缓经营者诚信计量自我承诺")
    result = run(data, receipt.answer_id, METROLOGY_PLANS_DIR=plans)
    assert result.exit_code == 1
    assert "（已变）" in result.stdout
    assert f"[1] {ITEM}  条款正文已变，引文不在条款中：「强化市场" in result.stdout
    assert f"[2] {ROW}  条款正文未变，引文仍在原处" in result.stdout
    assert "结论：有 1 处不再成立。" in result.stdout


def test_a_change_elsewhere_changes_the_version_only(data: Path, receipt: Receipt, tmp_path: Path) -> None:
    plans = doctored(tmp_path / "plans", "泉政文〔2023〕14号", "泉政文〔2023〕15号")
    result = run(data, receipt.answer_id, METROLOGY_PLANS_DIR=plans)
    assert result.exit_code == 0
    assert "（已变）" in result.stdout


def test_plans_that_left_are_found_out(data: Path, receipt: Receipt, tmp_path: Path) -> None:
    folder = tmp_path / "plans"
    folder.mkdir()
    shutil.copy(next(SHIPPED.glob("*qingdao*.txt")), folder)
    result = run(data, receipt.answer_id, METROLOGY_PLANS_DIR=str(folder))
    assert result.exit_code == 1
    assert result.stdout.count("条款已不存在") == 2


def test_a_file_is_checked_without_any_records(tmp_path: Path, receipt: Receipt) -> None:
    from bot.api.present import receipt as shown

    file = tmp_path / "kept" / "receipt.json"
    file.parent.mkdir()
    file.write_text(shown(receipt).model_dump_json(), encoding="utf-8")
    assert run(tmp_path / "none", str(file)).exit_code == 0
    assert not (tmp_path / "none").exists()
    forged = json.loads(file.read_text(encoding="utf-8"))
    forged["statements"][0] = {"text": "甲：「可以不承诺」。", "citations": [1, 9]}
    file.write_text(json.dumps(forged), encoding="utf-8")
    result = run(tmp_path / "none", str(file))
    assert result.exit_code == 1
    assert "第1句引用了回执中没有的出处 [9]" in result.stdout
    assert "第1句的引文不在其出处中：「可以不承诺」" in result.stdout


def test_findings_as_json(data: Path, receipt: Receipt) -> None:
    found = json.loads(run(data, receipt.answer_id, "--json").stdout)
    assert (found["holds"], found["same_corpus"]) == (True, True)
    assert [each["cited"]["clause_id"] for each in found["citations"]] == [ITEM, ROW]
    assert all(each["exists"] and each["same_text"] and each["exact"] for each in found["citations"])


@pytest.mark.parametrize(
    ("named", "said"), [("unknown", "No receipt 'unknown'"), ("no/such/file", "No such file"), ("x.json", "x.json")]
)
def test_what_cannot_be_found_is_one_line(data: Path, named: str, said: str) -> None:
    result = run(data, named)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stdout == ""
