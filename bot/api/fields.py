"""Strings as they arrive: what no reader can see and no store can keep is taken out before anything else looks."""

import re
import unicodedata
from typing import Annotated

from pydantic import AfterValidator

# NUL, which PostgreSQL refuses; other controls; halves of a surrogate pair, left by clients that cut at UTF-16 units
UNKEEPABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
INVISIBLE = frozenset(("Cf", "Zl", "Zp", "Zs", "Cc"))


def keepable(text: str) -> str:
    """`text` without control characters (line breaks and tabs stay) and lone surrogates."""
    return UNKEEPABLE.sub("", text)


def is_blank(text: str) -> bool:
    """Nothing a reader would see: blanks, zero-width characters, byte order marks."""
    return all(unicodedata.category(char) in INVISIBLE for char in text)


def folded_id(clause_id: str) -> str:
    """A clause id as typed, e.g. `xiamen：三（四）21`, in its public spelling `xiamen:三(四)21`."""
    return "".join(unicodedata.normalize("NFKC", clause_id).split())


Kept = Annotated[str, AfterValidator(keepable)]
