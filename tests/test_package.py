"""The wheel holds all that the program needs: it is built, unpacked into an empty folder and run from there."""

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
FOLDERS = ("ingest", "vectorstore", "bot", "eval", "ui")
NOT_SHIPPED = {"__pycache__"}


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel's files. Built of a copy, so that nothing lying about in the work tree comes along unseen."""
    made, folder = tmp_path_factory.mktemp("wheel"), tmp_path_factory.mktemp("unpacked")
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", str(made)]
    subprocess.run(command, cwd=ROOT, capture_output=True, check=True, timeout=300)
    wheel = next(made.glob("*.whl"))
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def shipped(root: Path) -> set[str]:
    return {
        str(path.relative_to(root))
        for folder in FOLDERS
        for path in (root / folder).rglob("*")
        if path.is_file() and not NOT_SHIPPED & set(path.parts) and path.suffix != ".pyc"
    }


def test_every_file_of_the_folders_is_in_it(unpacked: Path) -> None:
    """Plans, models, prompts, migrations, the page's assets: data files are what a wheel forgets."""
    assert shipped(ROOT) - shipped(unpacked) == set()
    assert not [name for name in shipped(unpacked) if name.startswith("tests")]


def test_it_names_its_command_its_licence_and_its_extras(unpacked: Path) -> None:
    info = next(unpacked.glob("*.dist-info"))
    assert "metrology = ui.cli:main" in (info / "entry_points.txt").read_text(encoding="utf-8")
    assert {path.name for path in (info / "licenses").iterdir()} >= {"LICENSE", "NOTICE"}
    metadata = (info / "METADATA").read_text(encoding="utf-8")
    for wanted in ("Provides-Extra: ocr", "Requires-Dist: pypdfium2", "Requires-Dist: selectolax"):
        assert wanted in metadata


def test_the_command_answers_from_it_alone(unpacked: Path, shipped_data: Path, tmp_path: Path) -> None:
    """Plans and models of the wheel, none of the work tree: it is no longer on the path."""
    data = tmp_path / "data"
    shutil.copytree(shipped_data, data)
    program = (
        "import sys, ui.cli, ui.page; "
        f"assert all(m.__file__.startswith({str(unpacked)!r}) for n, m in sys.modules.items() if n.split('.')[0] in "
        f"{FOLDERS!r} and getattr(m, '__file__', None)), 'foreign modules'; "
        "sys.argv = ['metrology', 'ask', '厦门的企业新买计量器具能一次性税前扣除吗？']; ui.cli.main()"
    )
    environment = {**os.environ, "PYTHONPATH": str(unpacked), "METROLOGY_DATA_DIR": str(data)}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=tmp_path,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert ran.returncode == 0, ran.stderr
    assert "xiamen:四24" in ran.stdout
