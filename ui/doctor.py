"""What the service stands on, looked at one by one: each finding says what to do."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from ingest.errors import IndexMismatch, IndexMissing, MetrologyError

if TYPE_CHECKING:
    from bot.settings import Settings

LEAST_FREE = 200 * 1024 * 1024  # bytes; a new index beside the old one, and room for records
MODEL_SECONDS = 5.0

Check = Callable[["Settings"], str]  # what was found well; raises Finding or MetrologyError


class Finding(MetrologyError):
    """Something that does not stop the service but should be known."""


@dataclass(frozen=True, slots=True)
class Result:
    name: str
    ok: bool
    fatal: bool
    said: str

    @property
    def line(self) -> str:
        mark = "ok  " if self.ok else "FAIL" if self.fatal else "warn"
        return f"{mark}  {self.name}: {self.said}"


def diagnose(settings: "Settings") -> Iterator[Result]:
    """Every part in turn; one that fails stops no other."""
    for name, check in CHECKS.items():
        try:
            said = check(settings)
        except Finding as finding:
            yield Result(name, False, False, str(finding))
        except (MetrologyError, OSError) as error:
            yield Result(name, False, True, str(error))
        else:
            yield Result(name, True, False, said)


def _data(settings: "Settings") -> str:
    from vectorstore.unwritable import takes_writes

    folder = settings.data_dir
    if not folder.exists():
        raise Finding(f"'{folder}' is not there yet. `metrology build` makes it; set METROLOGY_DATA_DIR for another.")
    if not takes_writes(folder):
        raise Finding(
            f"'{folder}' takes no writes: questions are answered, receipts are not kept. "
            "Free space, mend permissions, or set DATABASE_URL."
        )
    free = shutil.disk_usage(folder).free
    if free < LEAST_FREE:
        raise Finding(f"'{folder}' has {free // 2**20} MB left. Free some, a build needs {LEAST_FREE // 2**20} MB.")
    return f"'{folder}' takes writes, {free // 2**20} MB free"


def _models(_: "Settings") -> str:
    from bot.judge.cross import CrossEncoder
    from bot.judge.model import JudgeModel
    from bot.question.route import Router
    from vectorstore.encoder import Encoder

    encoder = Encoder()
    JudgeModel()
    CrossEncoder(encoder)
    Router()
    return f"encoder {encoder.id}, judge, cross-encoder and router open"


def _index(settings: "Settings") -> str:
    from ui.wire import assemble
    from vectorstore.holdings import fingerprint

    parts = assemble(settings)
    if parts.store.live is None:
        raise IndexMissing(parts.store.directory)
    parts.store.require_whole()
    with closing(parts.store.open_live(parts.embedder)) as opened:
        held = opened.holdings
        counts = f"{len(held.plans)} plans ({len(held.added)} added, {len(held.removed)} removed)"
        read = f"{counts}, {len(opened.index.passages)} passages, corpus {opened.index.corpus_version}"
        if held.folder != fingerprint([parts.folder]):
            raise IndexMismatch("corpus", held.folder, fingerprint([parts.folder]))
        return f"{read}, every file as written"


def _records(settings: "Settings") -> str:
    from ui.state import records_of

    with closing(records_of(settings)) as records:
        records.check()
    return "receipts and feedback can be kept"


def _callers(settings: "Settings") -> str:
    """What `metrology serve` would not start with, and whom it would let in."""
    from bot.records.keys import SqlKeys
    from ui.state import database_of, secret_of, trusted_proxies

    trusted_proxies(settings)
    with closing(database_of(settings)) as database:
        secret_of(settings, database)
        keys, now = SqlKeys(database).all(), datetime.now(UTC)
    if not keys:
        return f"no API key was made: {'anyone' if settings.open else 'this machine alone'} may ask"
    if not (standing := sum(key.stands(now) for key in keys)):
        raise Finding(f"all {len(keys)} API keys have ended: nobody may ask. `metrology keys create NAME` makes one.")
    return f"{standing} of {len(keys)} API keys stand"


def _callbacks(settings: "Settings") -> str:
    from bot.api.wechat_account import open_account, open_wecom

    account = open_account(settings.wechat_app_id, settings.wechat_token, settings.wechat_aes_key)
    application = open_wecom(settings.wecom_corp_id, settings.wecom_token, settings.wecom_aes_key)
    told = {"official account": account, "WeCom": application}
    return ", ".join(f"{name} {one.app_id}" for name, one in told.items() if one) or "no account is answered"


def _shared(settings: "Settings") -> str:
    from bot.records.shared import open_shared

    open_shared(settings.redis_url).ping()
    return "Redis answers" if settings.redis_url else "kept in this process; set REDIS_URL when there are several"


def _chroma(settings: "Settings") -> str:
    from vectorstore.chroma import server_answers

    if not settings.chroma_url:
        return "vectors lie in the data folder; CHROMA_URL is not set"
    server_answers(settings.chroma_url)
    return f"the server at '{settings.chroma_url}' answers"


def _model(settings: "Settings") -> str:
    from ui.wire import open_chat

    if open_chat(settings) is None:
        return "none set: answers are the clauses' own words"
    from bot.write.reach import require_endpoint

    require_endpoint(settings.llm_base_url, settings.llm_model, settings.llm_api_key, MODEL_SECONDS)
    return f"the endpoint answers; it is asked for '{settings.llm_model}'"


def _address(settings: "Settings") -> str:
    if not (settings.public_url or settings.root_path):
        raise Finding("links name no host. Behind a proxy set METROLOGY_PUBLIC_URL (and METROLOGY_ROOT_PATH).")
    return f"links lead to '{settings.public_url or settings.root_path}'"


def _threads(_: "Settings") -> str:
    return f"{os.cpu_count()} processors, one thread a question"


CHECKS: dict[str, Check] = {
    "data folder": _data,
    "models": _models,
    "index": _index,
    "records": _records,
    "callers": _callers,
    "WeChat": _callbacks,
    "shared values": _shared,
    "Chroma server": _chroma,
    "language model": _model,
    "address": _address,
    "machine": _threads,
}
