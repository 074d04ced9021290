"""How often who may ask: keys by their own numbers, the page's visitors and anyone by their address."""

from starlette.datastructures import Headers

from bot.api.callers import Caller, calling
from bot.api.turns import caller_of
from bot.records.allowance import Allowance
from bot.records.keys import Scope
from tests.bot.api.api_builders import problem
from tests.bot.api.gates import PAGE, QUESTION, api, callers_with, key
from tests.bot.fakes import FakeBot

ASK, STAFF, ADMIN = (key(scope) for scope in (Scope.ASK, Scope.STAFF, Scope.ADMIN))
EVERY = (ASK[0], STAFF[0], ADMIN[0])


class TestQuotas:
    def test_a_key_has_so_many_and_is_told_so(self, bot: FakeBot) -> None:
        made, told = key(per_minute=2)
        client = api(bot, callers_with(made), told)
        first, second, third = (client.get("/v1/plans") for _ in range(3))
        assert [first.status_code, second.status_code, third.status_code] == [200, 200, 429]
        assert [each.headers["ratelimit-remaining"] for each in (first, second, third)] == ["1", "0", "0"]
        assert first.headers["ratelimit-limit"] == "2"
        assert first.headers["ratelimit-policy"] == "2;w=60"
        assert 0 < int(third.headers["retry-after"]) <= 60
        document = problem(third)
        assert (document["type"], document["limit"]) == ("/docs#quota-exceeded", 2)
        assert document["retry_after"] == int(third.headers["retry-after"])
        assert client.get("/healthz").status_code == 200

    def test_a_day_has_its_own(self, bot: FakeBot) -> None:
        made, told = key(per_minute=0, per_day=1)
        client = api(bot, callers_with(made), told)
        assert client.get("/v1/plans").status_code == 200
        assert int(client.get("/v1/plans").headers["retry-after"]) > 80_000

    def test_the_usual_numbers_are_for_keys_without_their_own(self, bot: FakeBot) -> None:
        client = api(bot, callers_with(ASK[0], key_allowance=Allowance(1, 0)), ASK[1])
        assert [client.get("/v1/plans").status_code for _ in range(2)] == [200, 429]

    def test_refusals_are_counted(self, bot: FakeBot) -> None:
        made, told = key(per_minute=1)
        client = api(bot, callers_with(made, STAFF[0]), told)
        for headers in ({}, {}, {"Authorization": ""}):
            client.get("/v1/plans", headers=headers)
        text = client.get("/metrics", headers={"Authorization": f"Bearer {STAFF[1]}"}).text
        assert 'metrology_refusals_total{reason="quota-exceeded"} 1.0' in text
        assert 'metrology_refusals_total{reason="key-needed"} 1.0' in text

    def test_chat_clients_are_refused_in_their_shape(self, bot: FakeBot) -> None:
        made, told = key(per_minute=1)
        client = api(bot, callers_with(made), told)
        client.get("/v1/models")
        refused = client.get("/v1/models")
        assert refused.status_code == 429
        assert refused.headers["retry-after"]
        assert refused.json()["error"]["code"] == "quota_exceeded"


class TestVisitors:
    def test_the_page_may_ask_without_a_key_and_nobody_else(self, bot: FakeBot) -> None:
        client = api(bot, callers_with(*EVERY))
        assert client.post("/v1/ask", json=QUESTION, headers=PAGE).status_code == 200
        assert client.post("/v1/ask", json=QUESTION, headers={"X-Metrology-Page": "guess"}).status_code == 401
        assert client.get("/metrics", headers=PAGE).status_code == 403
        assert client.delete("/v1/users/u", headers=PAGE).status_code == 403

    def test_each_address_has_its_quota(self, bot: FakeBot) -> None:
        client = api(bot, callers_with(*EVERY, visitor_allowance=Allowance(1, 0)))

        def ask(address: str) -> int:
            return client.post("/v1/ask", json=QUESTION, headers={**PAGE, "X-Metrology-Visitor": address}).status_code

        assert [ask("198.51.100.1"), ask("198.51.100.1"), ask("198.51.100.2")] == [200, 429, 200]
        assert [ask("2001:db8:0:1::1"), ask("2001:db8:0:1::2"), ask("2001:db8:0:2::1")] == [200, 429, 200], "a network"
        assert ask("::ffff:198.51.100.1") == 429, "the same address in its other spelling"

    def test_a_page_elsewhere_is_believed_for_whom_it_asks(self, bot: FakeBot) -> None:
        (page, shown), (other, others) = key(Scope.PAGE, per_minute=0), key(Scope.ASK, per_minute=2)
        callers = callers_with(page, other, visitor_allowance=Allowance(1, 0))

        def ask(told: str, address: str) -> int:
            headers = {"X-Metrology-Visitor": address} if address else {}
            return api(bot, callers, told).post("/v1/ask", json=QUESTION, headers=headers).status_code

        assert [ask(shown, "198.51.100.1"), ask(shown, "198.51.100.1"), ask(shown, "198.51.100.2")] == [200, 429, 200]
        assert [ask(shown, "") for _ in range(3)] == [200] * 3, "what it reads for itself is its own"
        assert [ask(others, f"198.51.100.{each}") for each in range(3)] == [200, 200, 429], "nobody else is"

    def test_visitors_of_a_page_have_turns_of_their_own(self) -> None:
        page, _ = key(Scope.PAGE)
        known = callers_with(page)
        client = {"type": "http", "client": ("203.0.113.9", 1)}
        turns = []
        for caller in (
            known.with_key(page, "198.51.100.1"),
            known.with_key(page, "198.51.100.2"),
            known.anyone(Headers({**PAGE, "X-Metrology-Visitor": "198.51.100.2"}), "127.0.0.1"),
            known.with_key(page),
            Caller(),
        ):
            with calling(caller):
                turns.append(caller_of(client))
        assert turns[1] == turns[2], "wherever the page is served"
        assert len(set(turns)) == 4
        assert turns[-1] == "203.0.113.9", "who is unknown, by his network"

    def test_what_the_page_reads_for_itself_is_not_counted(self, bot: FakeBot) -> None:
        client = api(bot, callers_with(*EVERY, visitor_allowance=Allowance(1, 0)))
        assert [client.get("/v1/plans", headers=PAGE).status_code for _ in range(3)] == [200] * 3

    def test_open_to_anyone_each_address_has_its_quota(self, bot: FakeBot) -> None:
        callers = callers_with(is_open=True, visitor_allowance=Allowance(1, 0))
        one, two = (api(bot, callers, address=address) for address in ("198.51.100.1", "198.51.100.2"))
        assert [one.get("/v1/plans").status_code for _ in range(2)] == [200, 429]
        assert two.get("/v1/plans").status_code == 200

    def test_on_a_machine_of_ones_own_nobody_is_counted(self, bot: FakeBot) -> None:
        client = api(bot, callers_with(visitor_allowance=Allowance(1, 0)))
        responses = [client.get("/v1/plans") for _ in range(3)]
        assert [each.status_code for each in responses] == [200] * 3
        assert "ratelimit-limit" not in responses[0].headers
