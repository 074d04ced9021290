"""What is deployed is checked as far as can be without an engine: files exist, settings exist, commands exist."""

import re
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml

from bot.settings import Settings
from ui.cli_operate import variable

ROOT = Path(__file__).parent.parent
MANIFESTS = sorted((ROOT / "deploy" / "kubernetes").glob("*.yaml"))
OTHERS = {"HOST", "PORT"}  # options of `metrology serve`
COMMANDS = {("serve",), ("serve", "--no-page"), ("build", "--if-needed")}


def settings() -> set[str]:
    return {variable(name, Settings()) for name in Settings.model_fields} | OTHERS


def compose() -> dict[str, Any]:
    loaded: dict[str, Any] = yaml.safe_load((ROOT / "compose.yaml").read_text(encoding="utf-8"))
    return loaded


def objects() -> list[dict[str, Any]]:
    return [each for path in MANIFESTS for each in yaml.safe_load_all(path.read_text(encoding="utf-8"))]


def pods() -> list[dict[str, Any]]:
    return [each["spec"]["template"]["spec"] for each in objects() if each["kind"] == "Deployment"]


def docker_steps(name: str) -> list[str]:
    text = (ROOT / "Dockerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    return [line.removeprefix(f"{name} ").strip() for line in text.splitlines() if line.startswith(f"{name} ")]


class TestImage:
    def test_what_is_copied_is_there_and_not_ignored(self) -> None:
        ignored = (ROOT / ".dockerignore").read_text(encoding="utf-8").split()
        copied = [word for step in docker_steps("COPY") if "--from" not in step for word in step.split()[:-1]]
        assert {"pyproject.toml", "constraints.txt", "ui", "bot", "ingest"} <= set(copied)
        for name in copied:
            assert (ROOT / name).exists(), name
            assert name not in ignored

    def test_all_that_the_wheel_holds_and_the_build_reads_is_copied(self) -> None:
        import tomllib

        project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
        needed = {*project["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"], project["project"]["readme"]}
        copied = {word for step in docker_steps("COPY") if "--from" not in step for word in step.split()[:-1]}
        assert needed | set(project["project"]["license-files"]) <= copied
        assert "telemetry" in project["project"]["optional-dependencies"]

    def test_it_runs_as_nobody_in_particular_is_watched_and_holds_no_torch(self) -> None:
        assert docker_steps("USER") == ["10001"]
        assert "/healthz" in docker_steps("HEALTHCHECK")[0]
        assert docker_steps("STOPSIGNAL") == ["SIGTERM"]
        extras = re.findall(r"\.\[([\w,]+)\]", (ROOT / "Dockerfile").read_text(encoding="utf-8"))
        assert extras == ["telemetry"]

    def test_variables_are_settings(self) -> None:
        set_here = {name for step in docker_steps("ENV") for name in re.findall(r"(\w+)=", step)}
        ours = {name for name in set_here if not name.startswith(("PIP_", "PYTHON", "PATH"))}
        assert ours <= settings()


class TestCompose:
    def test_it_is_the_whole_service(self) -> None:
        services = compose()["services"]
        assert set(services) == {"index", "api", "page", "nginx", "chroma", "postgres", "redis"}
        assert services["api"]["deploy"]["replicas"] == 2
        for name in ("index", "api", "page"):
            assert set(services[name]["environment"]) <= settings(), name
            assert tuple(services[name]["command"]) in COMMANDS
            assert services[name]["read_only"]
        assert {"DATABASE_URL", "REDIS_URL", "CHROMA_URL"} <= set(services["api"]["environment"])

    def test_what_is_named_is_there(self) -> None:
        loaded = compose()
        for service in loaded["services"].values():
            assert set(service.get("depends_on", ())) <= set(loaded["services"])
            for volume in service.get("volumes", ()):
                source = volume.split(":")[0]
                assert source in loaded["volumes"] or (ROOT / source).is_file(), source

    def test_no_secret_is_written_down(self) -> None:
        for service in compose()["services"].values():
            for name, value in service.get("environment", {}).items():
                if "PASSWORD" in name or "KEY" in name:
                    assert str(value).startswith("${"), name

    def test_docker_s_own_reader_takes_it(self) -> None:
        if not shutil.which("docker"):
            pytest.skip("no docker command here")
        probe = subprocess.run(["docker", "compose", "version"], capture_output=True, check=False)
        if probe.returncode:
            pytest.skip("docker has no compose here")
        run = subprocess.run(
            ["docker", "compose", "-f", str(ROOT / "compose.yaml"), "config", "--quiet"],
            capture_output=True,
            text=True,
            env={"POSTGRES_PASSWORD": "x", "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"},
            check=False,
        )
        assert run.returncode == 0, run.stderr


class TestKubernetes:
    def test_every_object_has_its_kind_and_name(self) -> None:
        named = [(each["kind"], each["metadata"]["name"]) for each in objects()]
        assert len(named) == len(set(named))
        assert {("Deployment", "metrology-api"), ("Deployment", "metrology-page"), ("Ingress", "metrology")} <= set(
            named
        )

    def test_variables_are_settings(self) -> None:
        for each in objects():
            if each["kind"] in ("ConfigMap", "Secret"):
                assert set(each.get("data") or each["stringData"]) <= settings()

    def test_pods_ask_for_no_rights_and_are_watched(self) -> None:
        assert len(pods()) == 2
        for pod in pods():
            assert pod["securityContext"]["runAsNonRoot"]
            for container in pod["containers"]:
                assert container["securityContext"]["allowPrivilegeEscalation"] is False
                assert container["securityContext"]["readOnlyRootFilesystem"]
                assert tuple(container["args"]) in COMMANDS
                mounted = {mount["name"] for mount in container["volumeMounts"]}
                assert mounted <= {volume["name"] for volume in pod["volumes"]}
            assert pod["containers"][0]["readinessProbe"]["httpGet"]["path"] == "/readyz"
            assert pod["containers"][0]["livenessProbe"]["httpGet"]["path"] == "/healthz", "records away is no death"
            assert pod["terminationGracePeriodSeconds"] > 5 + 9, "the pause before stopping, and a model's last words"

    def test_services_and_rules_lead_to_pods(self) -> None:
        labels = {
            each["spec"]["template"]["metadata"]["labels"]["app"] for each in objects() if each["kind"] == "Deployment"
        }
        services = {each["metadata"]["name"]: each["spec"] for each in objects() if each["kind"] == "Service"}
        assert {spec["selector"]["app"] for spec in services.values()} == labels
        ingress = next(each for each in objects() if each["kind"] == "Ingress")
        backends = {path["backend"]["service"]["name"] for path in ingress["spec"]["rules"][0]["http"]["paths"]}
        assert backends == set(services)


class TestNginx:
    def test_it_leads_to_the_services_and_passes_no_claims_on(self) -> None:
        text = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
        upstreams = set(re.findall(r"server (\w+):8000", text))
        assert upstreams <= set(compose()["services"])
        assert set(re.findall(r"proxy_pass http://(\w+);", text)) == upstreams
        assert "X-Forwarded-For $remote_addr" in text
        assert text.count("{") == text.count("}")
        assert "proxy_buffering off" in text, "answers are streamed"


def test_every_setting_is_explained() -> None:
    """In the deployment guide, by its variable."""
    guide = (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")
    assert [name for name in sorted(settings()) if f"`{name}`" not in guide] == []


def test_the_lock_holds_every_dependency() -> None:
    import tomllib

    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    locked = {
        line.split("==")[0].lower().replace("_", "-")
        for line in (ROOT / "constraints.txt").read_text(encoding="utf-8").splitlines()
        if "==" in line and not line.startswith("#")
    }
    wanted = [
        re.match(r"[\w.-]+", each) for each in (*project["dependencies"], *project["optional-dependencies"]["dev"])
    ]
    assert [each.group().lower() for each in wanted if each and each.group().lower() not in locked] == []
    assert "--constraint constraints.txt" in (ROOT / "Makefile").read_text(encoding="utf-8")
