"""The bot's parts for LangChain users. The one place that imports LangChain; none of its types goes further in."""

from typing import TypedDict

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document
from langchain_core.retrievers import BaseRetriever
from langchain_core.runnables import Runnable, RunnableLambda
from pydantic import ConfigDict

from bot.model import Citation
from bot.service import Bot


class Answered(TypedDict):
    """An answer as a prompt takes it: `context` holds the numbered quotes that `answer` rests on."""

    question: str
    status: str
    answer: str
    context: str
    citations: list[Document]


class ClauseRetriever(BaseRetriever):
    """Sentences of clauses, best first, as the judge reads them with the question.

    `metadata` of a document: clause_id, plan_id, plan_title, clause_path, heading, start, end (code points in the
    clause's text; `page_content` is that slice), score (0 to 1; 2 for what was looked up).
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    bot: Bot
    plans: tuple[str, ...] | None = None
    limit: int = 5

    def _get_relevant_documents(
        self,
        query: str,
        *,
        run_manager: CallbackManagerForRetrieverRun,  # noqa: ARG002
    ) -> list[Document]:
        found = self.bot.search(query, self.plans, self.limit)
        return [document(citation, score=hit.score) for hit, citation in found]


def answering(bot: Bot, plans: tuple[str, ...] | None = None) -> Runnable[str, Answered]:
    """A question → its verified answer, to be piped into a prompt and any chat model."""

    def answered(question: str) -> Answered:
        answer = bot.ask(question, plans=plans, mode="extractive").answer
        quotes = [
            f"[{number}] {one.plan.title} {one.clause.path}：{one.quote}"
            for number, one in enumerate(answer.citations, 1)
        ]
        return Answered(
            question=question,
            status=answer.status.value,
            answer="\n".join(statement.text for statement in answer.statements),
            context="\n".join(quotes),
            citations=[document(citation) for citation in answer.citations],
        )

    return RunnableLambda(answered)


def document(citation: Citation, **more: float) -> Document:
    """A citation as a document; `more` goes into its metadata."""
    clause = citation.clause
    return Document(
        id=f"{clause.id}#{citation.start}-{citation.end}",
        page_content=citation.quote,
        metadata={
            "clause_id": clause.id,
            "plan_id": citation.plan.id,
            "plan_title": citation.plan.title,
            "clause_path": clause.path,
            "heading": clause.heading,
            "start": citation.start,
            "end": citation.end,
            **more,
        },
    )
