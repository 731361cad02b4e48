"""The container's files, as far as they can be checked without a container engine."""

import re
from pathlib import Path

import pytest
from ruamel.yaml import YAML

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


def test_the_compose_file_opens_no_port_and_holds_no_password(services):
    assert set(services) == {"store", "auditor"}
    assert [name for name, service in services.items() if "ports" in service] == []
    assert [name for name, service in services.items() if service["networks"] != ["inside"]] == []
    secret = "${STORE_PASSWORD:?"
    assert services["store"]["environment"]["POSTGRES_PASSWORD"].startswith(secret)
    assert secret in services["auditor"]["environment"]["AUDIT_STORE"]


def test_the_job_has_no_rights_beyond_its_volume(services):
    job = services["auditor"]
    assert job["read_only"] is True
    assert job["cap_drop"] == ["ALL"]
    assert job["security_opt"] == ["no-new-privileges:true"]
    assert job["volumes"] == ["kept:/data"]
    assert (FOLDER / job["build"]["context"] / job["build"]["dockerfile"]).is_file()
