"""The accessibility rules of axe-core, run in the page: the one file that meets the package which brings them."""

from typing import Any

from axe_playwright_python.sync_playwright import Axe

GRAVE = ("serious", "critical")
OPTIONS = {"resultTypes": ["violations"]}


def grave_faults(page: Any) -> list[str]:
    """What is seriously wrong: rule and the first element it was found on."""
    found = Axe().run(page, options=OPTIONS).response["violations"]
    return [f"{one['id']}: {one['nodes'][0]['html'][:200]}" for one in found if one["impact"] in GRAVE]
