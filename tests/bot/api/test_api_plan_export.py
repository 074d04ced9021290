"""A plan as a file over HTTP: whoever may read it may take it away."""

import re
from dataclasses import replace
from typing import Any

import pytest
from httpx2 import Response
from starlette.testclient import TestClient

from bot.api.present import Presenter
from bot.api.routes_plan_export import LONGEST
from bot.export.formats import MEDIA_TYPES, Format
from ingest.corpus import Corpus
from ingest.model import Validity
from tests.bot.api.api_builders import client, download_names, problem
from tests.bot.api.test_withdrawn import desk
from tests.bot.fakes import FakeBot

LINK = re.compile(r"\(<([^>]*)/plans/")


def exported(api: TestClient, plan_id: str = "jinhua", wanted: str = "md", as_of: str = "", **more: Any) -> Response:
    asked = {"format": wanted, **({"as_of": as_of} if as_of else {})}
    return api.get(f"/v1/plans/{plan_id}/export", params=asked, **more)


@pytest.mark.parametrize("wanted", list(Format))
def test_a_plan_is_a_file_under_its_title(bot: FakeBot, wanted: Format) -> None:
    plain, name = download_names(exported(client(bot), wanted=wanted), MEDIA_TYPES[wanted])
    assert plain == f"metrology-jinhua.{wanted}"
    assert name.startswith("金华市")
    assert name.endswith(f".{wanted}")


def test_it_holds_the_plan_and_is_markdown_unless_asked_for_otherwise(bot: FakeBot) -> None:
    response = client(bot).get("/v1/plans/jinhua/export")
    assert response.headers["content-type"] == MEDIA_TYPES[Format.MARKDOWN]
    text = response.text.replace("\\", "")
    plan = bot.corpus.plan("jinhua")
    assert text.startswith(f"# {plan.title}\n")
    assert all(each.text.split("\n")[0].removeprefix(each.heading).lstrip("。") in text for each in plan.clauses)
    assert text.rstrip().endswith("以发文机关公布的为准。*")


@pytest.mark.parametrize(
    ("public_url", "headers", "site"),
    [
        ("", {}, "http://testserver"),
        ("https://www.example.gov.cn/bot", {"X-Metrology-Site": "https://a.example"}, "https://www.example.gov.cn/bot"),
        ("", {"X-Metrology-Site": "https://a.example/x/"}, "https://a.example/x"),
        ("", {"X-Metrology-Site": "javascript:alert(1)"}, "http://testserver"),
    ],
)
def test_links_lead_to_where_the_page_is(bot: FakeBot, public_url: str, headers: dict[str, str], site: str) -> None:
    text = exported(client(bot, present=Presenter(public_url)), headers=headers).text
    assert set(LINK.findall(text)) == {site}
    assert f"**网址**：{site}/plans/jinhua\n" in text.replace("\\", "")


def test_a_host_that_is_none_makes_no_link(bot: FakeBot) -> None:
    text = exported(client(bot), headers={"Host": 'a"b<c>'}).text
    assert "](<" not in text
    assert "网址" not in text


def test_whether_it_was_in_force_is_told_of_the_day_asked_of(bot: FakeBot) -> None:
    plan = replace(bot.corpus.plan("jinhua"), validity=Validity(until="2024-12-31"))
    bot.corpus = Corpus([plan])
    assert "有效期至2024年12月31日，已经失效" in exported(client(bot)).text
    assert "按2024年6月30日：有效。" in exported(client(bot), as_of="2024-06-30").text


@pytest.mark.parametrize(
    ("asked", "slug", "status"),
    [
        ({"plan_id": "atlantis"}, "unknown-plan", 404),
        ({"wanted": "exe"}, "invalid-request", 422),
        ({"as_of": "yesterday"}, "invalid-request", 422),
    ],
)
def test_refusals_are_problems(bot: FakeBot, asked: dict[str, str], slug: str, status: int) -> None:
    response = exported(client(bot), **asked)
    assert response.status_code == status
    assert problem(response)["type"] == f"/docs#{slug}"


def test_a_plan_that_was_withdrawn_is_said_to_have_been(bot: FakeBot) -> None:
    refused = problem(exported(client(bot, desk=desk("gone")), "gone"))
    assert (refused["withdrawn"], refused["withdrawn_on"]) == (True, "2026-03-05")


def test_more_than_a_file_takes_is_refused_before_it_is_made(bot: FakeBot) -> None:
    plan = bot.corpus.plan("jinhua")
    first = plan.clauses[0]
    bot.corpus = Corpus([replace(plan, clauses=(replace(first, text="长" * (LONGEST + 1)),))])
    refused = problem(exported(client(bot)))
    assert (refused["type"], refused["limit"]) == ("/docs#text-too-long", LONGEST)
