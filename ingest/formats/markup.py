"""XML of an office document → elements. No document type, so no entity and nothing fetched; bounded in depth."""

from xml.etree.ElementTree import Element, TreeBuilder
from xml.parsers.expat import ExpatError, ParserCreate

from ingest.errors import UnreadableDocument

DEPTH_MAX = 250  # text boxes inside tables inside tables have some sixty
SEPARATOR = "\n"  # stands in no name
PREFIXES = {
    "http://schemas.openxmlformats.org/wordprocessingml/2006/main": "w",
    "http://purl.oclc.org/ooxml/wordprocessingml/main": "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "urn:schemas-microsoft-com:vml": "v",
}


def parse(raw: bytes, name: str, part: str) -> Element:
    """The root. Names are short, e.g. `w.p`. Raises UnreadableDocument naming the part."""
    builder = TreeBuilder()
    parser = ParserCreate(namespace_separator=SEPARATOR)
    depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth
        depth += 1
        if depth > DEPTH_MAX:
            raise UnreadableDocument(name, f"part {part} is nested deeper than {DEPTH_MAX}. Save it anew as docx.")
        builder.start(_short(tag), {_short(key): value for key, value in attributes.items()})

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        builder.end(_short(tag))

    def refuse(*_: object) -> None:
        raise UnreadableDocument(name, f"part {part} declares a document type. Save it anew in a word processor.")

    parser.buffer_text = True
    parser.StartElementHandler, parser.EndElementHandler = start, end
    parser.CharacterDataHandler = builder.data
    parser.StartDoctypeDeclHandler = refuse
    try:
        parser.Parse(raw, True)
    except (ExpatError, ValueError, LookupError) as error:
        raise UnreadableDocument(name, f"part {part} is not well-formed XML: {error}. Save it anew.") from error
    return builder.close()


def _short(name: str) -> str:
    space, _, local = name.rpartition(SEPARATOR)
    return f"{PREFIXES[space]}.{local}" if space in PREFIXES else local
