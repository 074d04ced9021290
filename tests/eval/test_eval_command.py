from collections.abc import Sequence

import pytest
from typer.testing import CliRunner

from eval import figures
from eval.answers.floor import Bounds, Floor
from eval.answers.sets import HELD, SetName
from ui.cli_eval import SEED, _names, app

DEFAULT = [SetName.WRITERS, SetName.PLAN, *([SetName.HELD] if HELD.is_file() else [])]
FLOOR: Floor = {SetName.CASES: Bounds(sample=1, figures={})}


@pytest.mark.parametrize(
    ("sets", "floor", "expected", "why"),
    [
        ([], {}, DEFAULT, "the dev sets, and the held one once it is written"),
        (["cases", "plan", "cases"], {}, [SetName.CASES, SetName.PLAN], "those asked for, once"),
        ([], FLOOR, [SetName.CASES], "those of the floor"),
        (["plan"], FLOOR, [SetName.PLAN], "asked for goes first"),
    ],
)
def test_which_sets_are_asked(sets: Sequence[str], floor: Floor, expected: list[SetName], why: str) -> None:
    assert _names(list(sets), floor) == expected, why


def test_an_unknown_set_is_named_with_those_there_are() -> None:
    result = CliRunner().invoke(app, ["--set", "writer"])
    assert result.exit_code == 1
    assert (
        "Setting '--set' has value 'writer'. Expected one of writers, borders, details, plan, train, held, cases."
        in result.output
    )


def test_the_command_samples_as_the_floor_does() -> None:
    assert SEED == figures.SEED, "spelt out there so that no other command need load it"
