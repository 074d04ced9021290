"""Errors as clients of the OpenAI API expect them: `{"error": {message, type, param, code}}` with a real status."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from starlette.responses import Response

from bot.api.problems import TEXT_TOO_LONG, UNKNOWN_PLANS, Problem, Shape

CHAT = "/v1/chat/"
MODELS = "/v1/models"
EMBEDDINGS = "/v1/embeddings"
BAD_REQUEST = 400
WORDED_OTHERWISE = 422  # these clients know a request they got wrong as 400
STATUSES = (400, 401, 403, 404, 413, 415, 429, 500, 503)
_TEXT, _MAYBE = {"type": "string"}, {"type": ["string", "null"]}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "required": ["error"],
    "properties": {
        "error": {
            "type": "object",
            "required": ["message", "type", "param", "code"],
            "properties": {"message": _TEXT, "type": _TEXT, "param": _MAYBE, "code": _TEXT, "request_id": _TEXT},
        }
    },
}
PARAMS = {TEXT_TOO_LONG: "messages", UNKNOWN_PLANS: "plans"}  # at fault whenever these are said


def refusal(problem: Problem, request_id: str | None = None, headers: dict[str, str] | None = None) -> Response:
    """`message` is Chinese and may be shown; `code` is the problem's type, e.g. `text_too_long`."""
    status = BAD_REQUEST if problem.status == WORDED_OTHERWISE else problem.status
    error = {
        "message": problem.detail,
        "type": "invalid_request_error" if status < 500 else "server_error",
        "param": _param(problem),
        "code": problem.kind.slug.replace("-", "_"),
        **({"request_id": request_id} if request_id else {}),
    }
    body = json.dumps({"error": error}, ensure_ascii=False).encode(errors="replace")
    return Response(body, status, {"Cache-Control": "no-store", **(headers or {})}, "application/json")


def described() -> dict[str, Any]:
    """Every refusal, for the OpenAPI document."""
    return {
        str(status): {
            "description": HTTPStatus(status).phrase,
            "content": {"application/json": {"schema": SCHEMA}},
        }
        for status in STATUSES
    }


SHAPES: Mapping[str, Shape] = {CHAT: refusal, MODELS: refusal, EMBEDDINGS: refusal}


def _param(problem: Problem) -> str | None:
    """The parameter at fault, where one is."""
    errors: Any = problem.members.get("errors")
    if errors:
        return str(errors[0]["field"])
    return str(problem.members["param"]) if "param" in problem.members else PARAMS.get(problem.kind)
