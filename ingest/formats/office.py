"""doc, wps, rtf, odt → docx by LibreOffice, where it is installed."""

import shutil
import subprocess
import tempfile
from pathlib import Path

from ingest.errors import ReaderFailed, ReaderMissing

PROGRAMS = ("soffice", "libreoffice")
SECONDS = 120
MISSING = (
    "it is a doc, wps, rtf or odt file, which LibreOffice reads, and none of {} is on the PATH. "
    "Install LibreOffice, or save the file as docx or pdf."
)


def to_docx(raw: bytes, name: str) -> bytes:
    """Raises ReaderMissing without LibreOffice, ReaderFailed when it does not convert it."""
    program = next((found for each in PROGRAMS if (found := shutil.which(each))), None)
    if program is None:
        raise ReaderMissing(name, MISSING.format(" and ".join(PROGRAMS)))
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder, "document.doc")  # never by its own name, which may hold anything
        source.write_bytes(raw)
        profile = f"-env:UserInstallation={Path(folder, 'profile').as_uri()}"
        command = [
            program,
            profile,
            "--headless",
            "--safe-mode",
            "--convert-to",
            "docx",
            "--outdir",
            folder,
            str(source),
        ]
        try:
            subprocess.run(command, capture_output=True, timeout=SECONDS, check=False, cwd=folder)
        except subprocess.TimeoutExpired as error:
            raise ReaderFailed(name, f"LibreOffice took longer than {SECONDS} s with it. Save it as docx.") from error
        made = source.with_suffix(".docx")
        if not made.exists():
            raise ReaderFailed(name, "LibreOffice could not convert it. Open it there and save it as docx.")
        return made.read_bytes()
