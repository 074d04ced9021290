"""The command `metrology verify-receipt`: does what was once answered still stand in the plans?"""

import json
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.explain import explained

if TYPE_CHECKING:
    from bot.records.receipts import Receipt
    from bot.settings import Settings


def verify_receipt(
    receipt: Annotated[str, typer.Argument(help="An answer id, or a file with the JSON of GET /v1/answers/{id}")],
    as_json: Annotated[bool, typer.Option("--json", help="The findings as JSON")] = False,
) -> None:
    """Check a receipt against the plans as they are now; exit code 1 when something no longer holds."""
    with explained():
        from bot.records.receipt_check import check_receipt
        from bot.settings import read_settings
        from ingest.corpus import Corpus
        from ui.receipt_text import check_text
        from ui.wire import held_plans
        from vectorstore.manifest import corpus_hash
        from vectorstore.passages import cut_passages

        settings = read_settings()
        found = _find(receipt, settings)
        plans = held_plans(settings)
        check = check_receipt(found, Corpus(plans), corpus_hash(cut_passages(plans)))
        if as_json:
            findings = {**asdict(check), "holds": check.holds, "same_corpus": check.same_corpus}
            typer.echo(json.dumps(findings, ensure_ascii=False, indent=2))
        else:
            typer.echo(check_text(check))
        if not check.holds:
            raise typer.Exit(1)


def _find(named: str, settings: "Settings") -> "Receipt":
    """The receipt in a file of that name, else the one kept under that id. Raises UnknownEntry, UnreadableReceipt."""
    from bot.records.receipt_check import read_receipt
    from ingest.errors import UnknownEntry
    from ui.state import records_of

    path = Path(named)
    if path.suffix == ".json" or len(path.parts) > 1 or path.is_file():
        return read_receipt(path)
    records = records_of(settings)
    try:
        kept = records.receipt(named)
    finally:
        records.close()
    if kept is None:
        raise UnknownEntry("receipt", named)
    return kept
