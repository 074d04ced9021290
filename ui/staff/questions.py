"""What was asked, on the staff's page: how much, what could not be answered, what was disliked; evaluation cases."""

import json
import re
from collections.abc import Iterable
from datetime import date

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import Response

from bot.api import problems
from bot.api.problems import Problem
from bot.records.asked import disliked, exchange_in, most_asked
from bot.records.exchanges import Exchange, Period, period, today
from bot.records.insights import AskedQuestion, Insights, asked_question, gather
from bot.records.receipts import Receipt
from bot.texts import Texts, WithTexts
from eval.answers.drafts import draft
from ui.staff import wording
from ui.staff.chart import chart_of
from ui.staff.door import Insider
from ui.staff.office import Office, page


def question_routes(office: Office) -> APIRouter:
    router, questions = APIRouter(), Questions(office)
    router.add_api_route("/staff/insights", questions.insights, methods=["GET"])
    router.add_api_route("/staff/answers/{answer_id}", questions.answer, methods=["GET"])
    router.add_api_route("/staff/cases.jsonl", questions.cases, methods=["GET"])
    router.add_api_route("/staff/cases/{answer_id}.jsonl", questions.case, methods=["GET"])
    return router


class Questions:
    def __init__(self, office: Office) -> None:
        self.office, self.records = office, office.records

    async def insights(self, request: Request) -> Response:
        def shown(insider: Insider) -> Response:
            wanted = _period(request)
            exchanges = [*self.records.exchanges(*wanted.bounds)]
            found = _gathered(self.office, exchanges, wanted)
            return page(
                "staff_insights.html",
                insider,
                found=found,
                chart=chart_of(wanted, found.days),
                often=most_asked(exchanges),
                disliked=disliked(exchanges, self.records.feedback),
                names={plan.id: plan.title for plan in self.office.bot.corpus.plans},
            )

        return await self.office.show(request, shown)

    async def answer(self, request: Request, answer_id: str) -> Response:
        def shown(insider: Insider) -> Response:
            receipt, ratings = _receipt(self.office, answer_id), self.records.feedback(answer_id)
            return page("staff_answer.html", insider, receipt=receipt, ratings=ratings)

        return await self.office.show(request, shown)

    async def cases(self, request: Request) -> Response:
        def written(_: Insider) -> Response:
            wanted = _period(request)
            found = _gathered(self.office, self.records.exchanges(*wanted.bounds), wanted)
            return _download(f"cases-{wanted.first}-{wanted.last}.jsonl", found.questions)

        return await self.office.show(request, written)

    async def case(self, request: Request, answer_id: str) -> Response:
        def written(_: Insider) -> Response:
            exchange = exchange_in(_receipt(self.office, answer_id))
            name = re.sub(r"\W", "", exchange.answer_id, flags=re.ASCII)
            return _download(f"case-{name}.jsonl", [asked_question([exchange], _texts(self.office))])

        return await self.office.show(request, written)


def _period(request: Request) -> Period:
    """As the address says, else the last thirty days. Raises Problem."""
    try:
        first, last = (_day(request.query_params.get(name, "")) for name in ("from", "to"))
    except ValueError as error:
        raise Problem(problems.INVALID_REQUEST, wording.BAD_PERIOD) from error
    wanted = period(first, last, today())
    if wanted.last < wanted.first:
        raise Problem(problems.INVALID_REQUEST, wording.BAD_PERIOD)
    return wanted


def _day(told: str) -> date | None:
    return date.fromisoformat(told) if told else None


def _gathered(office: Office, exchanges: Iterable[Exchange], wanted: Period) -> Insights:
    return gather(exchanges, wanted, office.bot.corpus, _texts(office))


def _texts(office: Office) -> Texts:
    if not isinstance(office.bot, WithTexts):
        raise Problem(problems.MODEL_UNAVAILABLE, "本服务未载入编码模型，无法归组。")
    return office.bot.texts


def _receipt(office: Office, answer_id: str) -> Receipt:
    found = office.records.receipt(answer_id)
    if found is None:
        raise Problem(problems.UNKNOWN_ANSWER, wording.UNKNOWN_ANSWER)
    return found


def _download(name: str, questions: Iterable[AskedQuestion]) -> Response:
    rows = "".join(json.dumps(draft(one), ensure_ascii=False) + "\n" for one in questions)
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return Response(rows, media_type="application/x-ndjson; charset=utf-8", headers=headers)
