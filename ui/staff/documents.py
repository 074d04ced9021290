"""Documents on the staff's page: those that wait, what was understood of one, its fate; the log of all changes."""

from fastapi import APIRouter
from starlette.datastructures import FormData, UploadFile
from starlette.requests import Request
from starlette.responses import Response

from bot.api import problems
from bot.api.app import MAX_DOCUMENT, UPLOADS
from bot.api.problems import Problem
from bot.offers import Described
from bot.records.changes import PENDING
from ui.staff import wording
from ui.staff.door import Insider
from ui.staff.draft_view import draft_view
from ui.staff.office import Fields, Office, form_of, page

LISTED, DECIDED, LOGGED = 200, 20, 200
FIELD_MAX = 200  # characters of what is told of a document
NOTE_MAX = 1000
TOLD = ("id", "name", "region", "level")
DRAFT, FATE = "/staff/drafts/{draft_id}", "/staff/drafts/{draft_id}/{fate}"


def document_routes(office: Office) -> APIRouter:
    router, documents = APIRouter(), Documents(office)
    router.add_api_route(UPLOADS, documents.listed, methods=["GET"])
    router.add_api_route(UPLOADS, documents.hand_in, methods=["POST"])
    router.add_api_route(DRAFT, documents.draft, methods=["GET"])
    router.add_api_route(FATE, documents.confirm, methods=["GET"])
    router.add_api_route(FATE, documents.decide, methods=["POST"])
    router.add_api_route("/staff/log", documents.log, methods=["GET"])
    return router


class Documents:
    """An administrator's affair, each of them."""

    def __init__(self, office: Office) -> None:
        self.office = office

    async def listed(self, request: Request) -> Response:
        def shown(insider: Insider) -> Response:
            desk = self.office.open_desk
            waiting = desk.listed(PENDING, LISTED)
            decided = [one for one in desk.listed(limit=LISTED) if one.status != PENDING][:DECIDED]
            return page("staff_documents.html", insider, waiting=waiting, decided=decided)

        return await self.office.show(request, shown, decides=True)

    async def hand_in(self, request: Request) -> Response:
        """Read only once it is known who sends it."""
        door = self.office.door

        def kept(insider: Insider, document: bytes, name: str, described: Described) -> Response:
            draft, _ = self.office.open_desk.hand_in(document, name, described, _who(insider))
            return self.office.to(f"/staff/drafts/{draft.id}")

        async def done() -> Response:
            door.require_own_form(request)
            insider = await self.office.insider(request, decides=True)
            async with form_of(request, MAX_DOCUMENT) as form:
                door.require_token(insider, str(form.get("token", "")))
                document, name = await _document(form)
                described = Described(**{field: str(form.get(field, "")).strip()[:FIELD_MAX] for field in TOLD})
            return await self.office.in_thread(kept, insider, document, name, described)

        return await self.office.answered(done)

    async def draft(self, request: Request, draft_id: str) -> Response:
        def shown(insider: Insider) -> Response:
            found, review = self.office.open_desk.look(draft_id)
            return page("staff_draft.html", insider, draft=found, view=draft_view(review) if review else None)

        return await self.office.show(request, shown, decides=True)

    async def confirm(self, request: Request, draft_id: str, fate: str) -> Response:
        def asked(insider: Insider) -> Response:
            found, review = self.office.open_desk.look(_known(draft_id, fate))
            if review is None:
                return self.office.to(f"/staff/drafts/{found.id}")
            return page("staff_confirm.html", insider, draft=found, fate=fate, review=review)

        return await self.office.show(request, asked, decides=True)

    async def decide(self, request: Request, draft_id: str, fate: str) -> Response:
        def decided(insider: Insider, fields: Fields) -> Response:
            desk, note = self.office.open_desk, fields.get("note", "").strip()[:NOTE_MAX]
            act = desk.accept if fate == "accept" else desk.reject
            act(_known(draft_id, fate), _who(insider), note)
            return self.office.to(f"/staff/drafts/{draft_id}")

        return await self.office.act(request, decided, decides=True)

    async def log(self, request: Request) -> Response:
        def shown(insider: Insider) -> Response:
            return page("staff_log.html", insider, steps=self.office.open_desk.log(LOGGED))

        return await self.office.show(request, shown, decides=True)


async def _document(form: FormData) -> tuple[bytes, str]:
    """What was chosen, and its name. Raises Problem."""
    file = form.get("document")
    if not isinstance(file, UploadFile) or not file.filename:
        raise Problem(problems.INVALID_REQUEST, wording.NO_FILE)
    return await file.read(), file.filename


def _who(insider: Insider) -> str:
    """As the log names him."""
    return f"staff:{insider.name}" if insider.is_local else insider.name


def _known(draft_id: str, fate: str) -> str:
    if fate not in ("accept", "reject"):
        raise Problem(problems.NOT_FOUND)
    return draft_id
