"""Open segments → one index over them all."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial

from ingest.model import Passage
from vectorstore.dense import Part, SegmentedDense
from vectorstore.exact import EXACT_MAX
from vectorstore.index import PassageIndex, Texts
from vectorstore.lexical import LexicalIndex
from vectorstore.reuse import Models
from vectorstore.segment import Segment, rows_of
from vectorstore.states import MadeStates, SegmentedStates


def open_segments(
    names: Iterable[str], open_one: Callable[[str], Segment], known: Mapping[str, Segment]
) -> list[Segment]:
    """Those that are open already are used again. Raises what `open_one` raises; then none is left open."""
    segments = list[Segment]()
    try:
        for name in names:
            segments.append(known[name].hold() if name in known else open_one(name))
    except BaseException:
        release(segments)
        raise
    return segments


def joined(
    segments: Sequence[Segment], plans: Mapping[str, Sequence[Passage]], models: Models, corpus: str
) -> PassageIndex:
    """Row i is passage i of `plans`, wherever it lies. Closes the segments with itself, or when they do not fit.

    Raises ValueError when they hold other plans; OSError or StoreError where Chroma fails.
    """
    try:
        return _joined(segments, plans, models, corpus)
    except BaseException:
        release(segments)
        raise


def _joined(
    segments: Sequence[Segment], plans: Mapping[str, Sequence[Passage]], models: Models, corpus: str
) -> PassageIndex:
    places = rows_of([one.contents for one in segments], {plan_id: len(ones) for plan_id, ones in plans.items()})
    passages = [passage for ones in plans.values() for passage in ones]
    graphs = [one.graph() if len(passages) > EXACT_MAX else None for one in segments]
    parts = [Part(one.vectors, own, graph) for one, own, graph in zip(segments, places, graphs, strict=True)]
    lexical = LexicalIndex([(one.postings, own) for one, own in zip(segments, places, strict=True)])
    dense = SegmentedDense(parts, len(passages), partial(release, segments))
    states = None
    if models.encoder:
        stored = [(one.states, own) for one, own in zip(segments, places, strict=True)]
        states = SegmentedStates(stored, MadeStates(models.encoder, Texts(passages)), len(passages))
    return PassageIndex(passages, lexical, dense, models.embedder, corpus, states)


def release(segments: Iterable[Segment]) -> None:
    for one in segments:
        one.release()
