"""What is kept of one user, for who asks for it or wants it gone. An administrator's affair."""

from typing import Annotated

from fastapi import APIRouter, Path, Request, Response

from bot.api import examples, present, problems, schema
from bot.api.keeping import NO_STORE, by, kept_by
from bot.api.parts import Parts

ERRORS = (problems.KEY_NEEDED, problems.SCOPE_NEEDED, problems.INVALID_REQUEST, problems.RECORDS_UNAVAILABLE)
UserId = Annotated[str, Path(max_length=128, openapi_examples=examples.USER_IDS)]


def user_routes(parts: Parts) -> APIRouter:
    router = APIRouter(prefix="/v1/users", tags=["用户数据"])

    @router.get(
        "/{user_id}/export", summary="导出一位用户的数据", responses=examples.responses(examples.BELONGINGS, *ERRORS)
    )
    def export_user(user_id: UserId, http: Request, response: Response) -> schema.Belongings:
        with kept_by(parts) as records:
            found = records.of_user(parts.callers.secret.of_user(user_id), by(http))
        response.headers.update(NO_STORE)
        return present.belongings(user_id, found)

    @router.delete(
        "/{user_id}", summary="删除一位用户的数据", responses=examples.responses(examples.FORGOTTEN, *ERRORS)
    )
    def forget_user(user_id: UserId, http: Request) -> schema.Forgotten:
        with kept_by(parts) as records:
            answers, ratings = records.forget_user(parts.callers.secret.of_user(user_id), by(http))
        return schema.Forgotten(user_id=user_id, answers=answers, feedback=ratings)

    return router
