"""`/staff`: the door, and behind it documents, questions and the log. Every page is whole without scripts."""

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from ui.staff.documents import document_routes
from ui.staff.door import COOKIE, Insider
from ui.staff.office import HOME, LOGIN, SMALL, Fields, Office, form_of, page, set_cookie
from ui.staff.questions import question_routes


def staff_routes(office: Office) -> APIRouter:
    router, entrance = APIRouter(include_in_schema=False), Entrance(office)
    router.add_api_route(HOME, entrance.home, methods=["GET"])
    router.add_api_route(LOGIN, entrance.asks_for_a_key, methods=["GET"])
    router.add_api_route(LOGIN, entrance.takes_a_key, methods=["POST"])
    router.add_api_route("/staff/logout", entrance.leave, methods=["POST"])
    router.include_router(document_routes(office))
    router.include_router(question_routes(office))
    return router


class Entrance:
    def __init__(self, office: Office) -> None:
        self.office, self.door = office, office.door

    async def home(self, request: Request) -> Response:
        def chosen(insider: Insider) -> Response:
            return self.office.to("/staff/documents" if insider.decides else "/staff/insights")

        return await self.office.show(request, chosen)

    async def asks_for_a_key(self) -> Response:
        def shown() -> Response:
            return page("staff_login.html", None) if self.door.takes_keys() else self.office.to(HOME)

        async def done() -> Response:
            return await self.office.in_thread(shown)

        return await self.office.answered(done)

    async def takes_a_key(self, request: Request) -> Response:
        def admitted(key: str) -> Response:
            response = self.office.to(HOME)
            set_cookie(request, response, self.door.admit(key, request).cookie)
            return response

        async def done() -> Response:
            self.door.require_own_form(request)
            async with form_of(request, SMALL) as form:
                key = str(form.get("key", ""))
            return await self.office.in_thread(admitted, key)

        return await self.office.answered(done)

    async def leave(self, request: Request) -> Response:
        def gone(_: Insider, __: Fields) -> Response:
            response = self.office.to(LOGIN)
            response.delete_cookie(COOKIE, path=f"{request.scope.get('root_path', '')}{HOME}")
            return response

        return await self.office.act(request, gone)
