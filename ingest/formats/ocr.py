"""Pictures of text → runs, by RapidOCR with the models its package ships (PP-OCR, Apache-2.0). Alone imports rapidocr.

Its extra is `ocr`; whoever lacks it is told so in a typed error.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from statistics import median
from typing import Any

from ingest.errors import ReaderMissing, UnreadableDocument
from ingest.formats.runs import Page, Run

MISSING = (
    "it holds pictures of text, and the package that reads them is not installed. "
    "Run `python -m pip install 'integrity-metrology-bot[ocr]'`, or give the text itself."
)
THREADS = 1  # two get in each other's way on a shared processor; a page takes some 14 s
MARGIN = 0.8  # of a box's height: the characters in it


@dataclass(frozen=True, slots=True)
class Seen:
    """A page as OCR read it; `confidence` is the sum over its characters."""

    page: Page
    characters: int
    confidence: float


class Recogniser:
    """The engine, opened once for a document. Raises ReaderMissing when it is not installed."""

    def __init__(self, name: str) -> None:
        try:
            from rapidocr import RapidOCR
        except ImportError as error:
            raise ReaderMissing(name, MISSING) from error
        self.name = name
        self._engine: Any = RapidOCR(
            params={
                "Global.log_level": "critical",
                "EngineConfig.onnxruntime.intra_op_num_threads": THREADS,
                "EngineConfig.onnxruntime.inter_op_num_threads": 1,
            }
        )

    def page(self, picture: Any, scale: float = 1.0) -> Seen:
        """What stands on a picture: an array of pixels or the bytes of an image file. `scale` is pixels a point."""
        try:
            found = self._engine(picture, use_cls=False)
        except (ValueError, OSError, TypeError) as error:
            raise UnreadableDocument(self.name, f"its picture is damaged: {error}. Scan or save it anew.") from error
        boxes = found.boxes if found.boxes is not None else ()
        heights = [_bounds(box)[3] - _bounds(box)[1] for box in boxes]
        usual = median(heights) if heights else 1.0
        runs = [_run(box, text, scale, usual) for box, text in zip(boxes, found.txts or (), strict=True)]
        lengths = [len(run.text) for run in runs]
        confidence = sum(length * float(score) for length, score in zip(lengths, found.scores or (), strict=True))
        high, wide = found.img.shape[:2] if found.img is not None else (0, 0)
        return Seen(Page(wide / scale, high / scale, tuple(runs)), sum(lengths), confidence)


def _bounds(box: Any) -> tuple[float, float, float, float]:
    xs, ys = [float(x) for x, _ in box], [float(y) for _, y in box]
    return min(xs), min(ys), max(xs), max(ys)


def _run(box: Any, text: str, scale: float, usual: float) -> Run:
    """Boxes of one print differ a little in height; those near the usual one count as equal."""
    x0, y0, x1, y1 = (value / scale for value in _bounds(box))
    high = y1 - y0
    size = usual / scale if abs(high - usual / scale) < 0.25 * usual / scale else high
    return Run(text, x0, y0, x1, y1, size * MARGIN)


def mean_confidence(seen: Iterable[Seen]) -> float:
    pages = list(seen)
    characters = sum(page.characters for page in pages)
    return sum(page.confidence for page in pages) / characters if characters else 0.0
