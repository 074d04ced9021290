"""Answers as files: one, or those of a conversation. Who may read a receipt may take it away."""

from datetime import UTC, datetime
from functools import partial
from typing import Annotated

from fastapi import APIRouter, Body, Path, Query, Request, Response

from bot.api import examples, problems, render
from bot.api.attachment import attachment
from bot.api.export_examples import FORMATS, TALK, files
from bot.api.keeping import own_receipt
from bot.api.parts import Parts
from bot.api.problems import Problem
from bot.api.requests import ExportRequest
from bot.api.site import site_of
from bot.export.answers import Today, answer_document, talk_document
from bot.export.document import Document
from bot.export.formats import MEDIA_TYPES, Format, file_name, written
from bot.records.receipts import Receipt

LONGEST = 120_000  # characters of answers in one file
ERRORS = (problems.UNKNOWN_ANSWER, problems.RECORDS_UNAVAILABLE, problems.SCOPE_NEEDED, problems.TEXT_TOO_LONG)
AnswerId = Annotated[str, Path(openapi_examples=examples.ANSWER_IDS)]
Wanted = Annotated[Format, Query(alias="format", description="md、docx 或 pdf。", openapi_examples=FORMATS)]
Talk = Annotated[ExportRequest, Body(openapi_examples=TALK)]


def export_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1", tags=["回执与评价"])

    @router.get(
        "/answers/{answer_id}/export",
        summary="导出一次回答",
        responses=files(*ERRORS, problems.INVALID_REQUEST),
        response_class=Response,
    )
    def export_answer(answer_id: AnswerId, http: Request, wanted: Wanted = Format.MARKDOWN) -> Response:
        kept = own_receipt(parts, answer_id)
        if kept is None:
            raise Problem(problems.UNKNOWN_ANSWER)
        return _file(parts, http, [kept], 0, wanted)

    @router.post(
        "/answers/export",
        summary="导出一段对话",
        description="所给的各次回答依次合成一个文件；没有回执的不在其中，文件里写明有几条。",
        responses=files(*ERRORS, *problems.READING),
        response_class=Response,
    )
    def export_talk(request: Talk, http: Request) -> Response:
        ids = list(dict.fromkeys(request.answer_ids))
        found = [own_receipt(parts, answer_id) for answer_id in ids]
        kept = [each for each in found if each is not None]
        if not kept:
            raise Problem(problems.UNKNOWN_ANSWER)
        return _file(parts, http, kept, len(ids) - len(kept), Format(request.format))

    return router


def _file(parts: Parts, http: Request, kept: list[Receipt], missing: int, wanted: Format) -> Response:
    size = sum(map(_size, kept))
    if size > LONGEST:
        detail = f"所选回答共 {size} 字，一份文件最多 {LONGEST} 字，请分几次导出。"
        raise Problem(problems.TEXT_TOO_LONG, detail, limit=LONGEST)
    site = site_of(http, parts.present.public_url)
    now = datetime.now(UTC)
    today = Today(parts.bot.corpus, parts.bot.corpus_version, now, parts.present.labels, partial(_link, site))
    document = _document(kept, missing, today)
    name = file_name(kept[0].question, today.day, wanted)
    plain = f"metrology-{'answer' if len(kept) == 1 else 'talk'}-{today.day}.{wanted}"
    return attachment(written(document, wanted, parts.present.pdf_font), MEDIA_TYPES[wanted], name, plain)


def _document(kept: list[Receipt], missing: int, today: Today) -> Document:
    alone = len(kept) == 1 and not missing
    return answer_document(kept[0], today) if alone else talk_document(kept, missing, today)


def _link(site: str, plan_id: str, path: str, span: tuple[int, int] | None) -> str:
    return render.clause_url(site, plan_id, path, span) if site else ""


def _size(kept: Receipt) -> int:
    said = (each.text for each in kept.statements)
    quoted = (each.quote for each in kept.citations)
    return len(kept.question) + sum(map(len, (*said, *quoted, *kept.notes)))
