"""Examples (what is asked, what answers it) as token ids, and how they are drawn.

Two kinds of draw. *Cloze*: a sentence asks for the rest of its text. *Pairs*: a heading asks for its
article, a question for its answer. A batch comes from one source alone: against texts of its own kind a
model must learn what a text says; against a mixture it would learn to tell the kinds apart.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from vectorstore.embed_static import TokenIds
from vectorstore.training.corpus import Corpus, Document

Ids = NDArray[np.int32]

_KEEP = 0.35  # how often the asking sentence also stays in the text: the same words must go on counting
_TITLED = 0.5  # how often an article is read with its title in front
_LONGEST_QUERY, _LONGEST_TEXT = 80, 300  # tokens, some two a character
_SHORTEST_QUERY, _SHORTEST_TEXT = 3, 6
_SHORTEST_THINNED = 8
_CHUNK = 5000  # texts tokenized at a time
_DOMAIN = "计量"


@dataclass(frozen=True, slots=True)
class Example:
    """`group` names what the example is about; examples of one group are never each other's negatives."""

    query: Ids
    text: Ids
    group: int

    @property
    def usable(self) -> bool:
        return len(self.query) >= _SHORTEST_QUERY and len(self.text) >= _SHORTEST_TEXT


@dataclass(frozen=True, slots=True)
class TokenText:
    """A document in tokens; `group` is the same for documents under one heading."""

    heading: Ids
    sentences: tuple[Ids, ...]
    group: int


class Source(Protocol):
    def draw(self, rng: np.random.Generator) -> Example:
        """One example, not always a usable one."""


@dataclass(frozen=True, slots=True)
class Cloze:
    """A sentence, or half of an only sentence, asks for the rest of its text."""

    texts: Sequence[TokenText]

    def draw(self, rng: np.random.Generator) -> Example:
        at = int(rng.integers(len(self.texts)))
        sentences = self.texts[at].sentences
        if len(sentences) == 1:
            cut = int(rng.integers(len(sentences[0]) // 3, 2 * len(sentences[0]) // 3 + 1))
            parts = (sentences[0][:cut], sentences[0][cut:])
            query, text = parts if rng.random() < 0.5 else parts[::-1]
        else:
            chosen = int(rng.integers(len(sentences)))
            query = sentences[chosen]
            rest = sentences if rng.random() < _KEEP else sentences[:chosen] + sentences[chosen + 1 :]
            text = np.concatenate(rest)
        return Example(_window(query, _LONGEST_QUERY, rng), _window(text, _LONGEST_TEXT, rng), at)


@dataclass(frozen=True, slots=True)
class Headings:
    """A heading asks for what stands under it."""

    texts: Sequence[TokenText]

    def draw(self, rng: np.random.Generator) -> Example:
        chosen = self.texts[int(rng.integers(len(self.texts)))]
        text = _window(np.concatenate(chosen.sentences), _LONGEST_TEXT, rng)
        return Example(chosen.heading, text, chosen.group)


@dataclass(frozen=True, slots=True)
class Answers:
    """A question asks for its answer. A question with several answers is one group."""

    questions: Sequence[Ids]
    answers: Sequence[TokenText]
    groups: Sequence[int]

    def draw(self, rng: np.random.Generator) -> Example:
        at = int(rng.integers(len(self.questions)))
        answer = self.answers[at]
        text = _window(np.concatenate(answer.sentences), _LONGEST_TEXT, rng)
        if len(answer.heading) and rng.random() < _TITLED:
            text = np.concatenate([answer.heading, text])
        return Example(self.questions[at][:_LONGEST_QUERY], text, self.groups[at])


def sources(corpus: Corpus, tokens: TokenIds) -> dict[str, Source]:
    """By name: statutes, headings, domain (statutes on metrology), news, plans, plan-headings, and the pairs' files."""
    statutes, plans = tokenize(corpus.statutes, tokens), tokenize(corpus.plans, tokens)
    on_domain = [text for text, document in zip(statutes, corpus.statutes, strict=True) if _DOMAIN in document.text]
    found: dict[str, Source] = {
        "statutes": Cloze(statutes),
        "headings": Headings(statutes),
        "domain": Cloze(on_domain),
        "news": Cloze(tokenize(corpus.news, tokens)),
        "plans": Cloze(plans),
        "plan-headings": Headings(plans),
    }
    for name, pairs in corpus.pairs.items():
        questions = [pair.question for pair in pairs]
        found[name] = Answers(
            token_arrays(questions, tokens), tokenize([pair.answer for pair in pairs], tokens), _groups(questions)
        )
    return found


def draw_batch(source: Source, size: int, rng: np.random.Generator) -> list[Example]:
    """`size` usable examples. Raises ValueError when the source has hardly any."""
    examples: list[Example] = []
    for _ in range(100 * size):
        if len(examples) == size:
            break
        example = source.draw(rng)
        if example.usable:
            examples.append(example)
    if len(examples) < size:
        raise ValueError(f"{len(examples)} of {size} examples found: the texts of this source are too short")
    return examples


def tokenize(documents: Sequence[Document], tokens: TokenIds) -> list[TokenText]:
    """Documents without a sentence are left out."""
    documents = [document for document in documents if document.sentences]
    sentences = token_arrays([sentence for document in documents for sentence in document.sentences], tokens)
    headings = token_arrays([document.heading for document in documents], tokens)
    groups = _groups([document.heading or str(at) for at, document in enumerate(documents)])
    texts, start = [], 0
    for document, heading, group in zip(documents, headings, groups, strict=True):
        end = start + len(document.sentences)
        texts.append(TokenText(heading, tuple(sentences[start:end]), group))
        start = end
    return texts


def token_arrays(texts: Sequence[str], tokens: TokenIds) -> list[Ids]:
    """Token ids of each text; unknown tokens, id 0, are left out."""
    arrays: list[Ids] = []
    for start in range(0, len(texts), _CHUNK):
        for ids in tokens(texts[start : start + _CHUNK]):
            array = np.array(ids, dtype=np.int32)
            arrays.append(array[array > 0])
    return arrays


def thinned(ids: Ids, share: float, rng: np.random.Generator) -> Ids:
    """Without about `share` of the tokens; a short text is left whole."""
    return ids if len(ids) < _SHORTEST_THINNED else ids[rng.random(len(ids)) >= share]


def _window(ids: Ids, longest: int, rng: np.random.Generator) -> Ids:
    """A stretch of at most `longest` tokens, anywhere."""
    if len(ids) <= longest:
        return ids
    start = int(rng.integers(len(ids) - longest + 1))
    return ids[start : start + longest]


def _groups(names: Sequence[str]) -> list[int]:
    numbers: dict[str, int] = {}
    return [numbers.setdefault(name, len(numbers)) for name in names]
