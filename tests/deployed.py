"""What is deployed, read from the files that deploy it."""

from pathlib import Path
from typing import Any

import yaml

from bot.settings import Settings
from ui.cli_operate import variable

ROOT = Path(__file__).parent.parent
SECRETS = ROOT / "deploy" / "kubernetes" / "secrets.yaml.example"
MANIFESTS = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))
OTHERS = {"HOST", "PORT"}  # options of `metrology serve`
COMMANDS = {"index": ["build", "--if-needed"], "api": ["serve", "--no-page"], "page": ["page"]}
ENV_FILE = {"POSTGRES_PASSWORD": "x", "METROLOGY_SECRET": "x" * 64}  # what must be in compose's .env
PAGE_NEEDS = {"HOST", "PORT"} | {
    f"METROLOGY_{name}" for name in ("API_URL", "API_KEY", "PUBLIC_URL", "TRUSTED_PROXIES")
}


def settings() -> set[str]:
    return {variable(name, Settings()) for name in Settings.model_fields} | OTHERS


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def objects() -> list[dict[str, Any]]:
    return [each for path in MANIFESTS for each in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def pods() -> list[dict[str, Any]]:
    return [each["spec"]["template"]["spec"] for each in objects() if each["kind"] == "Deployment"]


def kept_settings() -> dict[str, dict[str, str]]:
    """Variables by the name of the ConfigMap or the Secret that holds them."""
    examples = yaml.safe_load_all(SECRETS.read_text(encoding="utf-8"))
    held = [each for each in (*objects(), *examples) if each["kind"] in ("ConfigMap", "Secret")]
    return {f"{each['kind']} {each['metadata']['name']}": each.get("data") or each["stringData"] for each in held}


def environment_of(pod: dict[str, Any]) -> dict[str, str]:
    named = pod["containers"][0]["envFrom"]
    kept = kept_settings()
    found: dict[str, str] = {}
    for each in named:
        ((kind, source),) = each.items()
        found |= kept[f"{'ConfigMap' if kind == 'configMapRef' else 'Secret'} {source['name']}"]
    return found
