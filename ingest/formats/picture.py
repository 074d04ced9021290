"""A photo or a scan, of one page or several → text, by OCR. Alone imports PIL."""

from collections.abc import Iterator
from io import BytesIO
from typing import Any

from ingest.errors import ReaderMissing, TooLarge, UnreadableDocument
from ingest.formats.ocr import MISSING, Recogniser, mean_confidence
from ingest.formats.pages import text_of
from ingest.formats.reading import Format, Reading, Record

FRAMES_MAX = 300
PIXELS_MAX = 60_000_000  # of one page: A4 at 600 dpi has 35 million


def read(raw: bytes, name: str, ocr: bool = True) -> Reading:  # noqa: ARG001  every reader is asked alike
    """Raises ReaderMissing without OCR, UnreadableDocument when nothing can be read on it."""
    recogniser: Recogniser | None = None
    seen = []
    for pixels in _frames(raw, name):  # the engine takes seconds to open, a damaged picture none to refuse
        recogniser = recogniser or Recogniser(name)
        seen.append(recogniser.page(pixels))
    found = text_of([each.page for each in seen])
    if not found.text.strip():
        raise UnreadableDocument(name, "it is a picture on which no text was found. Scan it sharper, upright.")
    numbers = tuple(range(1, len(seen) + 1))
    record = Record(Format.PICTURE, len(seen), mean_confidence(seen), ocr_pages=numbers, set_aside=found.set_aside)
    return Reading(found.text, record)


def _frames(raw: bytes, name: str) -> Iterator[Any]:
    """Each page upright, as pixels; a TIFF may have several."""
    try:
        import numpy
        from PIL import Image, ImageOps
    except ImportError as error:
        raise ReaderMissing(name, MISSING) from error
    try:
        with Image.open(BytesIO(raw)) as image:
            frames = getattr(image, "n_frames", 1)
            if frames > FRAMES_MAX:
                raise TooLarge(name, f"it has {frames:,} pages, more than the {FRAMES_MAX} allowed. Split it.")
            for frame in range(frames):
                image.seek(frame)
                if image.width * image.height > PIXELS_MAX:
                    raise TooLarge(name, f"it has {image.width} × {image.height} pixels. Scan it at 150 to 300 dpi.")
                upright = ImageOps.exif_transpose(image) or image
                yield numpy.asarray(upright.convert("RGB"))[:, :, ::-1]
    except (OSError, ValueError, SyntaxError, EOFError, Image.DecompressionBombError) as error:
        raise UnreadableDocument(name, f"it is a damaged picture: {error}. Scan or save it anew.") from error
