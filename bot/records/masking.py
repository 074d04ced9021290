"""Personal data in what people write: phone, identity card and bank card numbers and e-mail addresses become `***`.

Every pattern is bounded or possessive and starts only where a number or a word does: linear in the length of the text.
Digits may be of any script and width, with one blank, dash, dot or invisible character between two of them.
"""

import re
import unicodedata
from datetime import date

MASK = "***"
GAP = r"[\s\-—－–.·\u200b-\u200f\u2060\ufeff]?"
START, END = r"(?<![0-9A-Za-z０-９])", r"(?![0-9A-Za-z０-９])"
SUM = r"(?!\s?(?:[元万亿％%]|[.．]\d))"  # 13800000000元 is an amount

# 350203199001011234, 35020319900101123X, 350203 19900101 1234; of fifteen digits before 1999
IDENTITY = re.compile(rf"{START}[1-9１-９]\d{{5}}{GAP}(\d{{8}}){GAP}\d{{3}}[\dXxＸｘ]{END}")
OLD_IDENTITY = re.compile(rf"{START}[1-9１-９]\d{{5}}{GAP}(\d{{6}}){GAP}\d{{3}}{END}")
# 6222 0212 3456 7890 123: sixteen to nineteen digits that pass the check of card numbers
CARD = re.compile(rf"{START}[3-69３-６９]\d{{3}}(?:{GAP}\d{{4}}){{3}}(?:{GAP}\d{{1,3}})?{END}")
# 13812345678, +86 138-1234-5678, 1 3 8 1 2 3 4 5 6 7 8
MOBILE = re.compile(rf"(?<!\d)(?:(?:[+＋]|00)?86{GAP})?[1１]{GAP}[3-9３-９](?:{GAP}\d){{9}}(?!\d){SUM}")
# 0592-1234567, (010)12345678, 400-123-4567
LANDLINE = re.compile(
    rf"(?<!\d)(?:[(（]?0\d{{2,3}}[)）]?{GAP}\d{{3,4}}{GAP}\d{{4}}|400{GAP}\d{{3,4}}{GAP}\d{{3,4}})(?!\d){SUM}"
)
WORD = "A-Za-z0-9._%+-"
MAIL = re.compile(rf"(?<![{WORD}])[{WORD}]++[@＠][A-Za-z0-9-]++(?:[.．][A-Za-z0-9-]++)++")


def mask(text: str) -> str:
    """`text` without personal data: `我的电话是13812345678` → `我的电话是***`. Masking twice changes nothing more."""
    found = MAIL.sub(MASK, text)
    found = IDENTITY.sub(lambda match: MASK if _is_day(match[1]) else match[0], found)
    found = CARD.sub(lambda match: MASK if _is_card(match[0]) else match[0], found)
    found = OLD_IDENTITY.sub(lambda match: MASK if _is_day(f"19{match[1]}") else match[0], found)
    return LANDLINE.sub(MASK, MOBILE.sub(MASK, found))


def _digits(text: str) -> list[int]:
    return [unicodedata.digit(char) for char in text if char.isdigit()]


def _is_day(text: str) -> bool:
    """Eight digits that are a day somebody living may have been born on."""
    digits = "".join(map(str, _digits(text)))
    try:
        return 1900 <= date(int(digits[:4]), int(digits[4:6]), int(digits[6:])).year < 2100
    except ValueError:
        return False


def _is_card(text: str) -> bool:
    """Luhn's check; a number of UnionPay's is one with a slip in it too."""
    digits = _digits(text)
    if digits[:2] == [6, 2]:
        return True
    doubled = [digit * 2 - 9 * (digit > 4) for digit in digits[-2::-2]]
    return (sum(digits[-1::-2]) + sum(doubled)) % 10 == 0
