"""The parts work inside LangChain, with its own fakes."""

from langchain_core.documents import Document
from langchain_core.language_models import FakeListChatModel
from langchain_core.output_parsers import StrOutputParser
from langchain_core.prompts import ChatPromptTemplate
from langchain_core.retrievers import BaseRetriever

from bot.langchain import ClauseRetriever, answering
from tests.bot.fakes import FakeBot

QUESTION = "诚信计量自我承诺"


def test_retrieves_documents_that_carry_their_address(bot: FakeBot) -> None:
    retriever = ClauseRetriever(bot=bot, limit=3)
    found = retriever.invoke(QUESTION)
    assert isinstance(retriever, BaseRetriever)
    assert 0 < len(found) <= 3
    for one in found:
        about = one.metadata
        clause = bot.corpus.clause(about["clause_id"])
        assert clause.text[about["start"] : about["end"]] == one.page_content, "the quote is the exact slice"
        assert (about["plan_id"], about["clause_path"]) == (clause.plan_id, clause.path)
        assert about["plan_title"] == bot.corpus.plan(clause.plan_id).title
        assert about["heading"] == clause.heading
        assert about["score"] > 0


def test_keeps_to_the_plans_given(bot: FakeBot) -> None:
    found = ClauseRetriever(bot=bot, plans=("jinhua",)).invoke(QUESTION)
    assert {one.metadata["plan_id"] for one in found} == {"jinhua"}


def test_two_slices_of_a_clause_have_two_ids(bot: FakeBot) -> None:
    ids = [one.id for one in ClauseRetriever(bot=bot, limit=10).invoke(QUESTION)]
    assert len(ids) == len(set(ids))


def test_composes_with_a_prompt_and_a_chat_model(bot: FakeBot) -> None:
    prompt = ChatPromptTemplate.from_template("{question}\n{context}")
    written = prompt | FakeListChatModel(responses=["经营者自我承诺。[1]"]) | StrOutputParser()
    chain = answering(bot).pipe(written)
    assert chain.invoke(QUESTION) == "经营者自我承诺。[1]"


def test_an_answer_brings_its_numbered_quotes(bot: FakeBot) -> None:
    told = answering(bot).invoke(QUESTION)
    assert told["status"] == "answered"
    assert told["question"] == QUESTION
    lines = told["context"].splitlines()
    assert len(lines) >= len(told["citations"]) > 0
    assert lines[0].startswith("[1] ")
    assert all(isinstance(one, Document) for one in told["citations"])
    assert told["citations"][0].page_content.splitlines()[0] in told["context"]


def test_a_decline_has_no_context(bot: FakeBot) -> None:
    told = answering(bot).invoke("zzz")
    assert (told["status"], told["context"], told["citations"]) == ("not_found", "", [])
