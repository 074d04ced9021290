"""What is remembered by the thing itself."""

from bot.lately import Lately


def test_it_is_made_once_for_each_thing_and_way() -> None:
    made: list[str] = []

    def make() -> str:
        made.append("made")
        return f"{len(made)}"

    lately: Lately[str] = Lately(4)
    thing, equal = ["a"], ["a"]
    assert lately.of(thing, make) == lately.of(thing, make) == "1"
    assert lately.of(equal, make) == "2", "equal, yet another"
    assert lately.of(thing, make, "short") == "3"
    assert lately.of(thing, make) == "1"


def test_the_oldest_goes_and_no_number_is_taken_for_another_thing() -> None:
    lately: Lately[str] = Lately(2)
    things = [(number,) for number in range(3)]
    assert [lately.of(thing, lambda thing=thing: str(thing)) for thing in things] == ["(0,)", "(1,)", "(2,)"]  # type: ignore[misc]
    assert lately.of(things[0], lambda: "anew") == "anew"
    for number in range(1000):  # each is gone before the next, and may lie where it lay
        assert lately.of((number, "x"), lambda number=number: str(number)) == str(number)  # type: ignore[misc]
