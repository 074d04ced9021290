"""The documentation: OpenAPI, and a page that shows it and tries it out, loading nothing from any other host."""

from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any

from fastapi import APIRouter, FastAPI
from starlette.responses import HTMLResponse

from bot.api import face_errors, problems
from bot.api.gate import needed

PAGE = Path(__file__).with_name("docs.html")
POLICY = "default-src 'self' 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
DESCRIPTION = (
    "就五份计量规划、方案、意见作答，每句话都标明条款出处，任何人都可核对。"
    "未找到依据时如实说明（HTTP 200，status 为 not_found 或 out_of_scope）。"
    "`start`、`end` 以 Unicode 码位计，从条款正文 `text` 起算。错误以 RFC 9457 问题说明返回。"
)


SCHEMES = {
    "bearer": {"type": "http", "scheme": "bearer", "description": "API 密钥；服务未设密钥时不需要。"},
    "header": {"type": "apiKey", "in": "header", "name": "X-API-Key"},
}
REFUSALS = (
    (problems.KEY_NEEDED, problems.UNKNOWN_KEY, problems.BAD_SIGNATURE),
    (problems.SCOPE_NEEDED,),
    (problems.QUOTA_EXCEEDED,),
)


def docs_routes(max_question: int, max_body: int) -> APIRouter:
    router = APIRouter(include_in_schema=False)
    rows = "".join(
        f'<tr id="{kind.slug}"><td>{kind.status}</td><td><code>{kind.slug}</code></td>'
        f"<td>{escape(kind.title)}</td><td>{escape(kind.detail)}</td></tr>"
        for kind in sorted(problems.ALL, key=lambda kind: kind.status)
    )
    limits = f"问题最长 {max_question} 字，请求体最大 {max_body} 字节。"
    page = PAGE.read_text(encoding="utf-8").replace("{{problems}}", rows).replace("{{limits}}", limits)

    @router.get("/docs")
    def docs_page() -> HTMLResponse:
        return HTMLResponse(page, headers={"Content-Security-Policy": POLICY})

    return router


def describe_problems(app: FastAPI) -> None:
    """In the OpenAPI document, errors have the shape and media type they are sent with, refusals at the gate too."""
    generate = app.openapi

    def openapi() -> dict[str, Any]:
        document = generate()
        document["components"]["securitySchemes"] = SCHEMES
        for path, methods in document["paths"].items():
            for operation in methods.values():
                operation["responses"] = {**_refusals(path), **dict(_described(operation["responses"]))}
                if needed(path):
                    operation["security"] = [{}, *({name: []} for name in SCHEMES)]
        for unused in ("HTTPValidationError", "ValidationError"):
            document["components"]["schemas"].pop(unused, None)
        return document

    app.openapi = openapi  # type: ignore[method-assign]  # as FastAPI's guide extends it


def _described(responses: dict[str, dict[str, Any]]) -> Iterator[tuple[str, dict[str, Any]]]:
    for status, answer in responses.items():
        if "HTTPValidationError" in str(answer):
            continue  # added by FastAPI to routes whose parameters cannot fail
        if status >= "400":  # a stream's errors are described partly under the stream's own media type
            parts = answer.get("content", {}).values()
            answer["content"] = {problems.MEDIA_TYPE: {name: part[name] for part in parts for name in part}}
        yield status, answer


def _refusals(path: str) -> dict[str, Any]:
    """What the gate may answer on a path; chat clients have another shape for it."""
    if path.startswith(tuple(face_errors.SHAPES)):
        return face_errors.described()
    if needed(path) is None:
        return {}
    return {str(kinds[0].status): _refusal(kinds) for kinds in REFUSALS}


def _refusal(kinds: tuple[problems.ProblemType, ...]) -> dict[str, Any]:
    examples = {
        kind.slug: {
            "value": {"type": kind.uri, "title": kind.title, "status": kind.status, "detail": kind.detail},
        }
        for kind in kinds
    }
    schema = {"$ref": "#/components/schemas/ProblemDocument"}
    described = " / ".join(kind.title for kind in kinds)
    return {"description": described, "content": {problems.MEDIA_TYPE: {"schema": schema, "examples": examples}}}
