"""Chinese numerals: of headings, 二十一 ↔ 21; and of quantities, 六点二万 → 62000."""

from decimal import Decimal

CHINESE_NUMERAL = "[一二三四五六七八九十百千零〇]+"
DIGITS = {char: value for value, char in enumerate("零一二三四五六七八九")} | {"〇": 0, "两": 2}
TENS = {"十": 10, "百": 100, "千": 1000}
MYRIADS = {"万": 10**4, "亿": 10**8}
NUMERALS = "零〇一二两三四五六七八九十百千万亿"


def numeral_value(numeral: str) -> int:
    """二十一 → 21, 38 → 38. Raises ValueError for anything else."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in TENS:
            total += (digit or 1) * TENS[char]
            digit = 0
        elif char in DIGITS:
            digit = DIGITS[char]
        else:
            raise ValueError(f"'{numeral}' is not a Chinese numeral.")
    return total + digit


def numeral_text(value: int) -> str:
    """21 → 二十一, for 0 < value < 1000."""
    if not 0 < value < 1000:
        raise ValueError(f"{value} is outside 1 to 999.")
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    names = "〇一二三四五六七八九"
    text = f"{names[hundreds]}百" if hundreds else ""
    if tens:
        text += ("" if tens == 1 and not hundreds else names[tens]) + "十"
    elif hundreds and ones:
        text += "零"
    return text + (names[ones] if ones else "")


def chinese_number(run: str) -> Decimal | None:
    """三百五十 → 350, 二〇三五 → 2035, 六点二万 → 62000. None when it is not one number: 千亿, 一二三."""
    whole, point, rest = run.partition("点")
    if point:
        scale = MYRIADS.get(rest[-1:], 1)
        decimals = rest[:-1] if scale > 1 else rest
        head = chinese_number(whole)
        if head is None or not decimals or any(char not in DIGITS for char in decimals):
            return None
        return (head + Decimal("0." + "".join(str(DIGITS[char]) for char in decimals))) * scale
    if all(char in DIGITS for char in run):
        return Decimal("".join(str(DIGITS[char]) for char in run)) if len(run) in (1, 4) else None
    if run[0] in "百千万亿" or run in ("零", "〇"):
        return None
    return _positional(run)


def _positional(run: str) -> Decimal | None:
    total, section, digit = 0, 0, 0
    for index, char in enumerate(run):
        if char in DIGITS:
            if digit:
                return None  # 两三百
            digit = DIGITS[char]
        elif char in TENS:
            section += (digit or (1 if index == 0 or run[index - 1] in "零〇万亿" else 0)) * TENS[char]
            digit = 0
        else:
            total = (total + section + digit) * MYRIADS[char] if char == "亿" else total + (section + digit) * 10**4
            section = digit = 0
    if digit and len(run) > 1 and run[-2] in "百千万":  # 三百五, 两万二
        digit *= {"百": 10, "千": 100, "万": 1000}[run[-2]]
    value = total + section + digit
    return Decimal(value) if value else None
