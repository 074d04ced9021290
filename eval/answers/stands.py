"""A citation against the gold: whether it stands in the clause, and whether its quote says the sentence."""

import re
import unicodedata

NEITHER = re.compile(r"[\W_]+")  # blanks and marks: two copies of a sentence differ in them
HEAD = 0.6  # share of a sentence that will do, for the quote of one that is cut short
LEAST_HEAD = 8  # characters of a sentence that can be known by its head
LEAST_QUOTE = 6  # characters of a quote that can say a sentence it is only a part of
CELL = "｜"  # parts the cells of a table's row, which is cited whole


def stands_in(clause_id: str, gold: str) -> bool:
    """Whether a clause is the gold one or below it; a box does for each of its rows.

    >>> stands_in("xiamen:三(四)21", "xiamen:三(四)"), stands_in("xiamen:三(四)21", "xiamen:三(四)2")
    (True, False)
    """
    if clause_id.startswith(gold):
        below = clause_id[len(gold) :]
        return not below or below[0] in "(/" or (below[0].isdigit() and not gold[-1].isdigit())
    return gold.startswith(f"{clause_id}/")


def says(quote: str, sentence: str) -> bool:
    """Whether a quote holds the sentence, or is held by it, or holds its first 60 %; marks and width do not count."""
    said, wanted = fold(quote), fold(sentence)
    if not wanted:
        return False
    if wanted in said or (len(said) > LEAST_QUOTE and said in wanted):
        return True
    return len(wanted) > LEAST_HEAD and wanted[: int(len(wanted) * HEAD)] in said


def is_row(quote: str) -> bool:
    """Whether a quote is a row of a table: it says what its cells say, in whatever order a sentence tells them."""
    return CELL in quote


def fold(text: str) -> str:
    return NEITHER.sub("", unicodedata.normalize("NFKC", text)).casefold()
