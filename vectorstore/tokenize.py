"""Text → weighted search tokens. The one place that knows a Chinese word segmenter."""

import re
from collections.abc import Iterable
from functools import cache

import rjieba

# 〔2021〕37号 of a document number, without the office before it, which no mark parts from the sentence ·
# UTC · e-CQS · C++ but not the full stop after a word · 2.5 · 85
SOLID = re.compile(r"〔\d{4}〕\d+号|[A-Za-z][A-Za-z0-9]*(?:[.+/-][A-Za-z0-9]+)*\+*|\d+(?:\.\d+)?")
IDEOGRAPHS = re.compile(r"[\u3400-\u9fff]+")

BIGRAM, SINGLE, WORD = "", "1", "w"  # prefixes keep the three kinds apart in one vocabulary
WEIGHTS = {BIGRAM: 1.0, SINGLE: 0.7, WORD: 0.7}
# Characters that carry a question, not its topic.
STOP_CHARACTERS = frozenset(
    "的了吗呢啊吧么是有在和与及或就都还也很请问我你他她它们这那哪个什怎样能会要想把被给让对于为以等到去来说看"
)
STOP_WORDS = frozenset(
    "什么 怎么 怎样 如何 请问 有没有 是不是 能不能 可以 可不可以 多少 哪些 哪个 哪里 我们 你们 他们 一下 这个 那个 "
    "告诉 知道 了解 想问 咨询 关于 规定 是否 应该 需要 为什么 谁".split()
)


def tokens(text: str) -> list[str]:
    """All tokens of a passage: bigrams, single characters, words, and solid ones (numbers, Latin, document numbers)."""
    found = [WORD + solid.lower() for solid in SOLID.findall(text)]
    for run in IDEOGRAPHS.findall(SOLID.sub(" ", text)):
        found.extend(SINGLE + char for char in run)
        found.extend(run[i : i + 2] for i in range(len(run) - 1))
    found.extend(WORD + word for word in words(text) if len(word) > 1)
    return found


def query_tokens(text: str) -> dict[str, float]:
    """Tokens of a question with their weights; question words and particles are left out."""
    weights: dict[str, float] = {}
    for token in tokens(text):
        kind = token[:1] if token[:1] in (SINGLE, WORD) else BIGRAM
        if not _is_idle(kind, token):
            weights[token] = weights.get(token, 0.0) + WEIGHTS[kind]
    return weights


def segment(text: str, guess: bool = True) -> list[str]:
    """`text` cut into words that tile it; without `guess` only words of the dictionary are joined."""
    return list(rjieba.cut(text, guess))


def words(text: str) -> Iterable[str]:
    """Ideographic words of `text`."""
    return [word for word in segment(text) if "\u3400" <= word[0] <= "\u9fff"]


def _is_idle(kind: str, token: str) -> bool:
    if kind == SINGLE:
        return token[1:] in STOP_CHARACTERS
    if kind == WORD:
        return token[1:] in STOP_WORDS
    return _idle_bigram(token)


@cache
def _idle_bigram(bigram: str) -> bool:
    return bigram in STOP_WORDS or all(char in STOP_CHARACTERS for char in bigram)
