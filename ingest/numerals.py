"""Chinese numerals of headings: 二十一 ↔ 21."""

CHINESE_NUMERAL = "[一二三四五六七八九十百千零〇]+"
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {"零": 0}
_UNITS = {"十": 10, "百": 100, "千": 1000}


def numeral_value(numeral: str) -> int:
    """二十一 → 21, 38 → 38. Raises ValueError for anything else."""
    if numeral.isdecimal():
        return int(numeral)
    total, digit = 0, 0
    for char in numeral:
        if char in _UNITS:
            total += (digit or 1) * _UNITS[char]
            digit = 0
        elif char in _DIGITS:
            digit = _DIGITS[char]
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
