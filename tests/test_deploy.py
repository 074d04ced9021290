"""What is deployed is checked as far as can be without an engine: files exist, settings exist, commands exist."""

import re
import shutil
import subprocess

import pytest

from tests.deployed import COMMANDS, ENV_FILE, PAGE_NEEDS, ROOT, compose, settings


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
        assert set(services) == {"index", "api", "page", "keys", "nginx", "chroma", "postgres", "redis"}
        assert services["api"]["deploy"]["replicas"] == 2
        for name, command in COMMANDS.items():
            assert set(services[name]["environment"]) <= settings(), name
            assert services[name]["command"] == command
            assert services[name]["read_only"]
        assert {"DATABASE_URL", "REDIS_URL", "CHROMA_URL"} <= set(services["api"]["environment"])

    def test_processes_that_share_a_database_share_the_secret_of_its_hashes(self) -> None:
        for name in ("api", "keys"):
            environment = compose()["services"][name]["environment"]
            assert environment["METROLOGY_SECRET"].startswith("${METROLOGY_SECRET:?"), "its disk is read-only"

    def test_the_page_is_a_process_of_its_own_that_has_a_key_and_nothing_else(self) -> None:
        services = compose()["services"]
        page = services["page"]
        assert set(page["environment"]) == PAGE_NEEDS
        assert page["environment"]["METROLOGY_API_URL"] == f"http://api:{services['api']['environment']['PORT']}"
        assert page["environment"]["METROLOGY_API_KEY"] == "${PAGE_KEY:-}", "it is made by a service of this file"
        assert "volumes" not in page, "it holds no index"
        assert set(page["depends_on"]) == {"api"}

    def test_keys_are_made_by_a_command_that_does_not_start_with_the_rest(self) -> None:
        keys = compose()["services"]["keys"]
        assert keys["profiles"]
        assert keys["entrypoint"] == ["metrology", "keys"]
        assert "keys create page --scope page" in (ROOT / "docs" / "deployment.md").read_text(encoding="utf-8")

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
                if "PASSWORD" in name or "KEY" in name or "SECRET" in name:
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
            env={**ENV_FILE, "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": "/nonexistent"},
            check=False,
        )
        assert run.returncode == 0, run.stderr


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
