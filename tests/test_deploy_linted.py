"""Dockerfile, compose file and manifests before the readers that engines and clusters use; in the extra `deploy`."""

import importlib.util
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.bot.servers import absent
from tests.deployed import MANIFESTS, ROOT, SECRETS

KUBERNETES = "1.34"  # whose schemas: the newest that providers run in general


def required(module: str) -> None:
    if importlib.util.find_spec(module) is None:
        absent(module)


def linted(dockerfile: str) -> subprocess.CompletedProcess[str]:
    program = shutil.which("hadolint", path=str(Path(sys.executable).parent)) or shutil.which("hadolint")
    if program is None:
        absent("hadolint")
        raise AssertionError
    return subprocess.run([program, "-"], input=dockerfile, capture_output=True, text=True, check=False)


def test_hadolint_finds_nothing_in_the_dockerfile() -> None:
    found = linted((ROOT / "Dockerfile").read_text(encoding="utf-8"))
    assert found.returncode == 0, found.stdout


@pytest.mark.parametrize(
    ("good", "bad", "rule"), [("python:3.11-slim", "python", "DL3006"), ("USER 10001", "USER root", "DL3002")]
)
def test_it_would_find_something(good: str, bad: str, rule: str) -> None:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8")
    assert good in text
    assert rule in linted(text.replace(good, bad)).stdout


def composed(text: str) -> None:
    """Raises when the specification does not have it so."""
    required("compose_spec")
    from compose_spec import PyOptions

    PyOptions(apply_merge=True).from_yaml(text).validate()


def test_the_compose_file_is_of_the_specification() -> None:
    composed((ROOT / "compose.yaml").read_text(encoding="utf-8"))


@pytest.mark.parametrize(
    ("good", "bad"),
    [("networks: [inside]", "networks: [outside]"), ("stop_grace_period: 20s", "stop_grace_period: soon")],
)
def test_another_is_not(good: str, bad: str) -> None:
    text = (ROOT / "compose.yaml").read_text(encoding="utf-8")
    assert good in text
    with pytest.raises(ValueError, match=r".+"):
        composed(text.replace(good, bad))


def validated(found: dict[str, Any]) -> None:
    required("kubernetes_validate")
    import kubernetes_validate

    kubernetes_validate.validate(found, KUBERNETES, strict=True)


@pytest.mark.parametrize("path", [*MANIFESTS, SECRETS], ids=lambda path: path.name)
def test_every_object_has_the_shape_its_kind_has(path: Path) -> None:
    for each in yaml.safe_load_all(path.read_text(encoding="utf-8")):
        validated(each)


def test_another_has_not() -> None:
    import kubernetes_validate

    (path,) = (each for each in MANIFESTS if each.name == "page.yaml")
    deployment = next(yaml.safe_load_all(path.read_text(encoding="utf-8")))
    deployment["spec"]["template"]["spec"]["containers"][0]["arguments"] = ["page"]
    with pytest.raises(kubernetes_validate.ValidationError, match="arguments"):
        validated(deployment)
