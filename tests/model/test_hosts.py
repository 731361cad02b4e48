"""Only plain hosts get into the policy, and from there into the browser's own rules."""

import ast
import re
from pathlib import Path

import pytest

from auditor.app.registry import policy_of
from auditor.errors import ConfigError
from auditor.model.hosts import COUNTRY_HOSTS
from auditor.sources._browser import arguments
from tests.config.settings import make_files, policy_with

SHARED = Path(__file__).resolve().parents[3] / "shared" / "cases"
KEYS = ("sources", "public_page", "allowed_hosts")
LINKEDIN = (
    "linkedin.com",
    "be.linkedin.com",
    "www.linkedin.com:443",
    "lnkd.in",
    "licdn.com",
    "108.174.10.10",
)
#: entry -> how it is kept
PLAIN = {
    **{host: host for host in LINKEDIN},
    "LINKEDIN.COM": "linkedin.com",
    "www.linKedin.com": "www.linkedin.com",
    "127.0.0.1:18080": "127.0.0.1:18080",
    "localhost": "localhost",
    "replica.example:65535": "replica.example:65535",
    "xn--bcher-kva.example": "xn--bcher-kva.example",
}
REFUSED = [
    *("*", "*.com", "*.linkedin.com", "www.link*din.com", "", " ", " a.example", "a.example ", "a.example\t"),
    *("https://a.example", "a.example/", "user@a.example", "a.example?x", "a.example#x", "a%2eexample"),
    *("a.example.", "a..example", ".a.example", "-a.example", "a-.example", "a_b.example", "a.example:"),
    *("a.example:0", "a.example:65536", "a.example:080", "a.example:+80", "a.example:80:80", "a:http", "//a"),
    *("\uff57ww.a.example", "www\u3002a.example", "www\uff0ea.example", "www.\u24dba.example"),
    *("a\u200b.example", "li\xadnk.example", "www.\u017finkedin.com", "www.linked\u0131n.com"),
    *("www.lin\u212aedin.com", "b\xfccher.example", "xn--linkedin-.com", "xn--.com", "xn--a.example"),
    *("ab--cd.example", "[::1]", "[::1]:80", "::1", "fe80::1%eth0", "127.1", "0x7f.0.0.1", "0177.0.0.1"),
    *("2130706433", "1.2.3.256", "1.2.3.4.5", "a.0x7f", "127.0.0.01", "a.example\nb", "a , EXCLUDE b"),
    *("127.0.0.1 , MAP 127.0.0.1 www.linkedin.com", "a" * 64 + ".example", "a." * 130 + "example"),
]


def entries() -> list[str]:
    listed = SHARED / "sites" / "hosts.txt"
    if not listed.exists():
        return []
    lines = listed.read_text("utf-8").splitlines()
    return [ast.literal_eval(line) for line in lines if line and not line.startswith("#")]


def hosts_of(folder: Path, entry: str) -> list[str]:
    path, _ = make_files(folder)
    quoted = '"' + "".join(f"\\U{ord(sign):08x}" for sign in entry) + '"'
    path.write_text(policy_with({KEYS: f"[{quoted}]"}), "utf-8")
    return sorted(policy_of(path).allowed_hosts)


@pytest.mark.parametrize("entry", PLAIN)
def test_a_plain_host_is_taken_in_one_form(tmp_path, entry):
    assert hosts_of(tmp_path, entry) == [PLAIN[entry]]


@pytest.mark.parametrize("entry", dict.fromkeys([*REFUSED, *(one for one in entries() if one not in PLAIN)]))
def test_everything_else_is_refused_with_its_place(tmp_path, entry):
    with pytest.raises(ConfigError) as caught:
        hosts_of(tmp_path, entry)
    (mistake,) = caught.value.mistakes
    assert mistake.key == "sources.public_page.allowed_hosts[0]"
    assert (mistake.line > 1, mistake.column > 1) == (True, True)
    if entry != COUNTRY_HOSTS:  # which the program itself adds
        with pytest.raises(ValueError, match="must be a host"):
            arguments([entry])


def test_the_browser_gets_these_rules_and_no_others():
    (rules,) = (one for one in arguments([*PLAIN.values(), "*.linkedin.com"]) if "resolver" in one)
    parts = rules.partition("=")[2].split(" , ")
    assert all(
        re.fullmatch(r"EXCLUDE (\*\.)?[a-z0-9.-]+|MAP [a-z0-9.-]+:\d+ [a-z0-9.-]+", one) for one in parts[:-1]
    )
    assert parts[-1] == "MAP * ~NOTFOUND"


@pytest.mark.parametrize("host", LINKEDIN)
@pytest.mark.parametrize(
    ("settings", "refused"),
    [
        ("seconds_between: 19, jitter: 0", "seconds_between"),
        ("seconds_between: 30, jitter: 11", "seconds_between"),
        ("seconds_between: 20", "seconds_between"),
        ("daily_cap: 501", "daily_cap"),
        ("seconds_between: 20, jitter: 0, daily_cap: 500", ""),
        ("", ""),
    ],
)
def test_no_policy_reads_linkedin_quickly(tmp_path, host, settings, refused):
    path, _ = make_files(tmp_path)
    group = f"{{allowed_hosts: ['127.0.0.1:9', '{host}'], {settings}}}"
    path.write_text(policy_with({KEYS[:2]: group}), "utf-8")
    if not refused:
        assert host in policy_of(path).allowed_hosts
        return
    with pytest.raises(ConfigError) as caught:
        policy_of(path)
    assert [one.key for one in caught.value.mistakes] == [f"sources.public_page.{refused}"]


def test_a_replica_on_this_computer_may_be_read_at_any_pace(tmp_path):
    path, _ = make_files(tmp_path)
    pace = "seconds_between: 0, jitter: 0, daily_cap: 10000, cool_down_hours: 0"
    group = f"{{allowed_hosts: ['127.0.0.1:18080'], {pace}}}"
    path.write_text(policy_with({KEYS[:2]: group}), "utf-8")
    assert policy_of(path).source_settings["public_page"].seconds_between == 0


CASES = {
    "bannerdev.yaml": (28, "entities[0].banners[0].file"),
    "hosts_star.yaml": (76, "sources.public_page.allowed_hosts[0]"),
    "laughs.yaml": (123, ""),
    "mem.yaml": (119, "store.address"),
    "nestedmap.yaml": (1, ""),
    "secs_nan.yaml": (76, "sources.public_page.seconds_between"),
    "secs_neg.yaml": (76, "sources.public_page.seconds_between"),
    "tz3.yaml": (68, "roster.time_zone"),
}


@pytest.mark.skipif(not SHARED.exists(), reason="the shared cases are not here")
@pytest.mark.parametrize("name", [*CASES, "loopback.yaml", "rel.yaml"])
def test_the_shared_cases(name):
    path = SHARED / "policies" / name
    if name not in CASES:
        assert policy_of(path).path == path
        return
    with pytest.raises(ConfigError) as caught:
        policy_of(path)
    first = caught.value.mistakes[0]
    assert (first.line, first.key) == CASES[name]
    assert first.column > 0
