"""The container's files, as far as they can be checked without a container engine."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

from auditor.cli.member import serve

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
    # the proxy has the network of the member's page, so its ports are named there
    assert [name for name, service in services.items() if "ports" in service] == ["member"]
    assert services["member"]["ports"] == ["80:80", "443:443"]
    assert services["proxy"]["network_mode"] == "service:member"
    outside = [name for name, service in services.items() if "outside" in service.get("networks", [])]
    assert outside == ["member"]
    secret = "${STORE_PASSWORD:?"
    assert services["store"]["environment"]["POSTGRES_PASSWORD"].startswith(secret)
    assert secret in services["auditor"]["environment"]["AUDIT_STORE"]
    assert services["member"]["environment"]["LINKEDIN_SECRET"] == "${LINKEDIN_SECRET:-}"


def test_up_alone_starts_the_store_only(services):
    """The job is started by the host's scheduler, the member's page by its profile."""
    assert [name for name, service in services.items() if "profiles" not in service] == ["store"]


def test_the_proxy_finds_the_page_where_it_listens(services):
    """No --host: the page listens on its own machine, which the proxy shares; X-Forwarded-For is believed."""
    command = services["member"]["command"]
    parameters = {one.name: one for one in serve.params}
    words = set(command[2:])
    assert command[:2] == ["member", "serve"]
    assert "--host" not in words
    assert words & {"--roster", "--public-address"} == {"--roster", "--public-address"}
    proxied = re.search(r"reverse_proxy (\S+)", (FOLDER / "Caddyfile").read_text("utf-8")).group(1)
    assert proxied == f"{parameters['host'].default}:{parameters['port'].default}"


@pytest.mark.parametrize("name", ["auditor", "member"])
def test_the_program_has_no_rights_beyond_its_volume(services, name):
    service = services[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["security_opt"] == ["no-new-privileges:true"]
    assert service["volumes"] == ["kept:/data"]
    assert (FOLDER / service["build"]["context"] / service["build"]["dockerfile"]).is_file()
