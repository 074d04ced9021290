"""Answers as files over HTTP: what the receipt's reader may take, nothing more, under a name every client can read."""

import re
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from bot.api.attachment import disposition
from bot.api.present import Presenter
from bot.api.routes_export import LONGEST
from bot.api.site import is_site
from bot.export.formats import MEDIA_TYPES, Format
from bot.records.keys import Scope
from bot.records.receipts import Receipt
from bot.records.store import SqlRecords
from ingest.corpus import Corpus
from tests.bot.api.api_builders import client, download_names, problem
from tests.bot.api.gates import api, callers_with, key
from tests.bot.fakes import FakeBot

QUESTION = "厦门怎么推行自我承诺？打13812345678问我"
LINK = re.compile(r"\(<([^>]*)/plans/")


@pytest.fixture
def records() -> Iterator[SqlRecords]:
    records = SqlRecords.at("sqlite://")
    yield records
    records.close()


def asked(api: TestClient, question: str = QUESTION) -> str:
    return str(api.post("/v1/ask", json={"question": question}).json()["answer_id"])


def exported(api: TestClient, answer_id: str, wanted: str = "md", **more: Any) -> Response:
    return api.get(f"/v1/answers/{answer_id}/export", params={"format": wanted}, **more)


def talk(api: TestClient, *answer_ids: str, wanted: str = "md") -> Response:
    return api.post("/v1/answers/export", json={"answer_ids": list(answer_ids), "format": wanted})


@pytest.mark.parametrize("wanted", list(Format))
def test_an_answer_is_a_file_with_a_name(bot: FakeBot, records: SqlRecords, wanted: Format) -> None:
    service = client(bot, records=records)
    plain, name = download_names(exported(service, asked(service), wanted), MEDIA_TYPES[wanted])
    assert re.fullmatch(rf"metrology-answer-[\d-]{{10}}\.{wanted}", plain)
    assert re.fullmatch(rf"计量规划问答-厦门怎么推行自我承诺打问我-\d{{8}}\.{wanted}", name)


def test_it_says_what_the_receipt_says_and_masks_as_it_does(bot: FakeBot, records: SqlRecords) -> None:
    service = client(bot, records=records)
    answer_id = asked(service)
    receipt = service.get(f"/v1/answers/{answer_id}").json()
    text = exported(service, answer_id).text.replace("\\", "")
    assert "13812345678" not in text
    assert receipt["question"] in text
    assert all(each["quote"] in text for each in receipt["citations"])
    assert receipt["corpus_version"] in text
    assert answer_id in text


@pytest.mark.parametrize(
    ("public_url", "headers", "site"),
    [
        ("", {}, "http://testserver"),
        ("/bot", {"Host": "10.0.0.1:8000"}, "http://10.0.0.1:8000/bot"),
        ("https://www.example.gov.cn/bot", {"X-Metrology-Site": "https://a.example"}, "https://www.example.gov.cn/bot"),
        ("", {"X-Metrology-Site": "https://a.example/x/"}, "https://a.example/x"),
        ("", {"X-Metrology-Site": "javascript:alert(1)"}, "http://testserver"),
    ],
)
def test_links_lead_to_where_the_page_is(
    bot: FakeBot, records: SqlRecords, public_url: str, headers: dict[str, str], site: str
) -> None:
    service = client(bot, records=records, present=Presenter(public_url))
    assert set(LINK.findall(exported(service, asked(service), headers=headers).text)) == {site}


def test_a_host_that_is_none_makes_no_link(bot: FakeBot, records: SqlRecords) -> None:
    service = client(bot, records=records)
    text = exported(service, asked(service), headers={"Host": 'a"b<c>'}).text
    assert "](<" not in text
    assert "《" in text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("https://www.example.gov.cn/bot", True), ("http://[::1]:8000", True), ("http://127.0.0.1:8000/", True),
        ("", False), ("/bot", False), ("ftp://a", False), ("http://", False), ("http://a@b", False),
        ("http://[", False),
        ("http://a?b", False), ("http://a#b", False), ("http://a/<x>", False), ("http://中国", False),
        (f"http://{'a' * 300}", False), ("javascript:alert(1)", False),
    ],
)  # fmt: skip
def test_what_is_an_address_of_a_site(text: str, expected: bool) -> None:
    assert is_site(text) is expected


def test_a_conversation_is_one_file_in_the_order_asked_for(bot: FakeBot, records: SqlRecords) -> None:
    service = client(bot, records=records)
    first, second = asked(service, "自我承诺是什么"), asked(service, "zzzz")
    response = talk(service, second, first, second, "gone")
    assert response.status_code == 200
    assert "metrology-talk-" in response.headers["content-disposition"]
    text = response.text
    assert text.index("1. zzzz") < text.index("2. 自我承诺是什么")
    assert "（3问）" in text
    assert "另有1条" in text
    assert text.count("## ") == 3, "an answer named twice is there once"


@pytest.mark.parametrize(
    ("body", "status"),
    [
        ({"answer_ids": [], "format": "md"}, 422),
        ({"answer_ids": ["a"] * 51, "format": "md"}, 422),
        ({"answer_ids": ["a" * 65], "format": "md"}, 422),
        ({"answer_ids": ["a"], "format": "exe"}, 422),
        ({"answer_ids": "a", "format": "md"}, 422),
        ({"answer_ids": ["a"], "format": "md", "title": "x"}, 422),
        ({"answer_ids": ["unknown"], "format": "md"}, 404),
    ],
)
def test_refusals_are_problems(bot: FakeBot, records: SqlRecords, body: dict[str, Any], status: int) -> None:
    response = client(bot, records=records).post("/v1/answers/export", json=body)
    assert response.status_code == status
    problem(response)


def test_one_answer_s_refusals_are_problems(bot: FakeBot, records: SqlRecords) -> None:
    service = client(bot, records=records)
    assert problem(exported(service, "unknown"))["type"] == "/docs#unknown-answer"
    assert problem(exported(service, asked(service), "exe"))["type"] == "/docs#invalid-request"
    assert problem(exported(client(bot), "any"))["type"] == "/docs#records-unavailable"


def test_more_than_a_file_takes_is_refused_before_it_is_made(bot: FakeBot, records: SqlRecords) -> None:
    service = client(bot, records=records)
    kept = records.receipt(asked(service))
    assert kept
    long = [replace(kept, answer_id=f"long-{number}", notes=("长" * (LONGEST // 2),)) for number in range(2)]
    for each in long:
        records.keep(each)
    refused = problem(talk(service, "long-0", "long-1"))
    assert (refused["type"], refused["limit"]) == ("/docs#text-too-long", LONGEST)
    assert talk(service, "long-0").status_code == 200


def test_others_answers_are_for_the_staff(bot: FakeBot, records: SqlRecords) -> None:
    (one, shown), (two, other), (staff, stafflike) = key(), key(), key(Scope.STAFF)
    callers = callers_with(one, two, staff)
    mine = api(bot, callers, shown, records=records)
    answer_id = asked(mine)
    for way in (exported, talk):
        assert way(mine, answer_id).status_code == 200
        assert way(api(bot, callers, stafflike, records=records), answer_id).status_code == 200
        refused = way(api(bot, callers, other, records=records), answer_id)
        assert problem(refused)["type"] == "/docs#scope-needed"
        assert "自我承诺" not in refused.text
        assert way(api(bot, callers, records=records), answer_id).status_code == 401


def test_one_foreign_answer_among_own_ones_refuses_all(bot: FakeBot, records: SqlRecords) -> None:
    (one, shown), (two, other) = key(), key()
    callers = callers_with(one, two)
    mine, theirs = api(bot, callers, shown, records=records), api(bot, callers, other, records=records)
    assert talk(mine, asked(mine), asked(theirs)).status_code == 403


@pytest.mark.parametrize("wanted", list(Format))
def test_of_a_removed_plan_only_the_receipt_speaks(bot: FakeBot, records: SqlRecords, wanted: Format) -> None:
    service = client(bot, records=records)
    answer_id = asked(service)
    kept: Receipt | None = records.receipt(answer_id)
    assert kept
    plan_ids = {each.clause_id.partition(":")[0] for each in kept.citations}
    titles = [bot.corpus.plan(plan_id).title[:8] for plan_id in plan_ids]
    bot.corpus = Corpus(plan for plan in bot.corpus.plans if plan.id not in plan_ids)
    response = exported(service, answer_id, wanted)
    assert response.status_code == 200
    if wanted is Format.MARKDOWN:
        assert not [title for title in titles if title in response.text.replace("\\", "")]
        assert "现已不在收录的文件中" in response.text
        assert "](<" not in response.text


def test_names_of_files_are_written_as_the_standards_say() -> None:
    told = disposition("问(1)'*%.md", 'a"b\r\n答.md')
    assert told == "attachment; filename=\"a_b__.md\"; filename*=UTF-8''%E9%97%AE%281%29%27%2A%25.md"
