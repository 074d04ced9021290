"""The Kubernetes manifests: names meet, rights are few, the page has its key and nothing else."""

from urllib.parse import urlsplit

from tests.deployed import COMMANDS, PAGE_NEEDS, environment_of, kept_settings, objects, pods, settings


class TestKubernetes:
    def test_every_object_has_its_kind_and_name(self) -> None:
        named = [(each["kind"], each["metadata"]["name"]) for each in objects()]
        assert len(named) == len(set(named))
        assert {("Deployment", "metrology-api"), ("Deployment", "metrology-page"), ("Ingress", "metrology")} <= set(
            named
        )

    def test_variables_are_settings(self) -> None:
        for variables in kept_settings().values():
            assert set(variables) <= settings()

    def test_what_is_applied_overwrites_no_secret(self) -> None:
        """`kubectl apply -f` takes a folder's .yaml files."""
        assert [each for each in objects() if each["kind"] == "Secret"] == []

    def test_the_page_asks_the_api_by_its_service_with_a_key_and_nothing_else(self) -> None:
        (page,) = (pod for pod in pods() if pod["containers"][0]["name"] == "page")
        variables = environment_of(page)
        assert set(variables) == PAGE_NEEDS
        services = {each["metadata"]["name"]: each["spec"] for each in objects() if each["kind"] == "Service"}
        address = urlsplit(variables["METROLOGY_API_URL"])
        assert address.port in (None, services[address.hostname or ""]["ports"][0]["port"])

    def test_the_api_has_what_its_processes_share(self) -> None:
        (api,) = (pod for pod in pods() if pod["containers"][0]["name"] == "api")
        assert {"DATABASE_URL", "REDIS_URL", "METROLOGY_SECRET"} <= set(environment_of(api))

    def test_what_is_scraped_has_metrics(self) -> None:
        scraped = {
            each["metadata"]["name"]
            for each in objects()
            if each["kind"] == "Deployment" and "annotations" in each["spec"]["template"]["metadata"]
        }
        assert scraped == {"metrology-api"}, "the page by itself has none"

    def test_pods_ask_for_no_rights_and_are_watched(self) -> None:
        assert len(pods()) == 2
        for pod in pods():
            assert pod["securityContext"]["runAsNonRoot"]
            for container in pod["containers"]:
                assert container["securityContext"]["allowPrivilegeEscalation"] is False
                assert container["securityContext"]["readOnlyRootFilesystem"]
                assert container["args"] == COMMANDS[container["name"]]
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
