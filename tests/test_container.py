"""The container's files, as far as they can be checked without a container engine."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from auditor.cli.member import serve
from auditor.sources.member_consent import MemberConsentSettings

ROOT = Path(__file__).resolve().parent.parent
FOLDER = ROOT / "docs" / "container"


@pytest.fixture(scope="module")
def steps():
    """The Dockerfile's instructions in order, continued lines joined."""
    text = re.sub(r"^#.*\n", "", (FOLDER / "Dockerfile").read_text("utf-8"), flags=re.MULTILINE)
    return [line.split(maxsplit=1) for line in text.replace("\\\n", " ").splitlines() if line.strip()]


@pytest.fixture(scope="module")
def services():
    return YAML(typ="safe").load((FOLDER / "compose.yaml").read_text("utf-8"))["services"]


def values(steps, name):
    return [value for step, value in steps if step == name]


def test_the_program_does_not_run_as_root_and_keeps_everything_in_one_volume(steps):
    order = [step for step, _ in steps]
    assert values(steps, "USER") == ["10001:10001"]
    assert "RUN" not in order[order.index("USER") :]
    assert values(steps, "VOLUME") == values(steps, "WORKDIR") == ["/data"]
    assert values(steps, "HEALTHCHECK")[0].endswith('CMD ["auditor", "--version"]')


def test_every_package_is_pinned_and_every_file_is_there(steps):
    installed = [value for value in values(steps, "RUN") if "pip install" in value]
    assert len(installed) == 2
    assert all("--require-hashes" in value or "--no-deps" in value for value in installed)
    pins = re.findall(r"requirements\S*\.txt(?= )", " ".join(values(steps, "COPY")))
    assert [(ROOT / name).is_file() for name in pins] == [True, True]


def test_nothing_of_a_checkout_gets_in_but_the_program():
    lines = (FOLDER / "Dockerfile.dockerignore").read_text("utf-8").splitlines()
    rules = [line for line in lines if not line.startswith("#")]
    assert rules[0] == "*"
    named = [line.removeprefix("!") for line in rules if line.startswith("!")]
    assert [name for name in named if not list(ROOT.glob(name))] == []
    assert not {"config", "reports", "state", ".git"} & set(named)


def test_only_the_proxy_can_be_reached_and_no_password_is_in_the_file(services):
    assert set(services) == {"store", "auditor", "member", "proxy"}
    assert {name: service["ports"] for name, service in services.items() if "ports" in service} == {
        "proxy": ["80:80", "443:443"]
    }
    networks = {name: set(service["networks"]) for name, service in services.items()}
    assert networks == {
        "store": {"inside"},
        "auditor": {"inside"},
        "member": {"inside", "outside"},
        "proxy": {"outside"},
    }
    secret = "${STORE_PASSWORD:?"
    assert services["store"]["environment"]["POSTGRES_PASSWORD"].startswith(secret)
    for name in ("auditor", "member"):
        assert secret in services[name]["environment"]["AUDIT_STORE"]


def test_no_service_lives_in_the_network_of_another(services):
    """Such a service is cut off once the other one is started again."""
    assert [name for name, service in services.items() if "network_mode" in service] == []


def test_the_job_and_the_page_are_given_the_secret_that_a_policy_reads_by_default(services):
    name = MemberConsentSettings().secret_env
    given = {service: services[service]["environment"].get(name) for service in ("auditor", "member")}
    assert given == dict.fromkeys(("auditor", "member"), f"${{{name}:-}}")


def test_up_alone_starts_the_store_only(services):
    """The job is started by the host's scheduler, the member's page by its profile."""
    assert [name for name, service in services.items() if "profiles" not in service] == ["store"]


@pytest.mark.parametrize("place", ["container/compose.yaml", "install.md"])
def test_the_job_is_run_with_its_profile(place):
    """Podman's compose does not find a service whose profile is not named; Docker's needs none for `run`."""
    text = (FOLDER.parent / place).read_text("utf-8").replace("\\\n", " ")
    calls = re.findall(r"docker compose ([^\n]*?)run --rm", text)
    assert calls
    assert [one for one in calls if "--profile job" not in one] == []


def test_the_proxy_finds_the_page_where_it_listens_and_is_believed(services):
    made = serve.make_context("serve", services["member"]["command"][2:])
    assert services["member"]["command"][:2] == ["member", "serve"]
    assert (made.params["host"], made.params["proxy"]) == ("0.0.0.0", "proxy")
    proxied = re.search(r"reverse_proxy (\S+)", (FOLDER / "Caddyfile").read_text("utf-8")).group(1)
    assert proxied == f"member:{made.params['port']}"
    assert f"'127.0.0.1', {made.params['port']}" in services["member"]["healthcheck"]["test"][-1]


def test_the_proxy_writes_no_link_of_a_person_to_its_log():
    """It would log the address of each request that the page did not answer."""
    text = (FOLDER / "Caddyfile").read_text("utf-8")
    overall, site = text.split("{$MEMBER_HOST}")
    assert re.search(r"\blog\b", site) is None
    assert {"request>uri delete", "request>headers delete"} <= {line.strip() for line in overall.splitlines()}


@pytest.mark.parametrize("name", ["auditor", "member"])
def test_the_program_has_no_rights_beyond_its_volume(services, name):
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["kept:/data"]
    assert (FOLDER / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
