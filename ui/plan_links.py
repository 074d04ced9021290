"""Addresses of plans, clauses and paragraphs, as short as browsers take them: ideographs stand as they are."""

from urllib.parse import quote

KEPT = "()/.-_~¶"


def part(text: str) -> str:
    """A clause path within a query or a fragment: `三(四)21` → `三(四)21`, `三&四` → `三%26四`."""
    return "".join(char if char.isalnum() or char in KEPT else quote(char, safe="") for char in text)


def clause_link(plan_id: str, path: str = "", spot: str = "") -> str:
    """From one plan's page to another's; with an empty id within its own. `spot`: of the page, else the clause."""
    if not path:
        return part(plan_id)
    return f"{part(plan_id)}?clause={part(path)}#{part(spot or path)}"
