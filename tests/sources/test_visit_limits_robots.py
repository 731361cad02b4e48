"""robots.txt as RFC 9309 says it is read."""

import time

import pytest

from auditor.sources._visit_limits import read_robots


def allows(text, path):
    return read_robots(text.encode()).allow(f"https://host.example{path}")


@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("", "/in/a", True),
        ("User-agent: *\nDisallow: /", "/in/a", False),
        ("User-agent: *\nDisallow:", "/in/a", True),
        ("user-AGENT : *  # us\ndisallow:/in/ # all", "/in/a", False),
        ("\ufeffUser-agent: *\nDisallow: /in/", "/in/a", False),
        ("User-agent: *\r\rDisallow: /in/", "/in/a", False),
        # the longest match decides, whatever stands first; of equally long ones the one that allows
        ("User-agent: *\nAllow: /\nDisallow: /in/", "/in/a", False),
        ("User-agent: *\nDisallow: /\nAllow: /in/", "/in/a", True),
        ("User-agent: *\nDisallow: /in/a\nAllow: /in/a", "/in/a", True),
        # our own group counts alone; several of the same name are one
        ("User-agent: *\nDisallow: /\n\nUser-agent: headlesschrome\nDisallow: /x", "/in/a", True),
        ("User-agent: HeadlessChrome/1.0\nDisallow: /in/\n\nUser-agent: *\nAllow: /", "/in/a", False),
        ("User-agent: Other\nUser-agent: HeadlessChrome\nDisallow: /in/", "/in/a", False),
        ("User-agent: *\nDisallow: /x\n\nUser-agent: *\nDisallow: /in/", "/in/a", False),
        ("User-agent: HeadlessChrome\n\nUser-agent: *\nDisallow: /", "/in/a", False),
        ("User-agent: Other\nDisallow: /", "/in/a", True),
        ("Disallow: /", "/in/a", True),
        # stars, the end, and what is encoded
        ("User-agent: *\nDisallow: /*/a$", "/in/a", False),
        ("User-agent: *\nDisallow: /*/a$", "/in/ab", True),
        ("User-agent: *\nDisallow: /in/*a*c", "/in/abc", False),
        ("User-agent: *\nDisallow: *trk=", "/in/a?trk=1", False),
        ("User-agent: *\nDisallow: /in/aa*aa$", "/in/aaa", True),
        ("User-agent: *\nDisallow: /in/é", "/in/%C3%A9", False),
        ("User-agent: *\nDisallow: /in/%61", "/in/a", False),
        ("User-agent: *\nDisallow: /IN/", "/in/a", True),
    ],
)
def test_what_may_be_opened(text, path, allowed):
    assert allows(text, path) is allowed


@pytest.mark.parametrize(
    "body", [b"\xff\xfe\x00", b"\x00" * 1000, b"User-agent: *\nDisallow: /in/%\xe9", b":" * 1000]
)
def test_no_bytes_make_it_stumble(body):
    assert read_robots(body).allow("https://host.example/in/a")


def test_a_pattern_full_of_stars_takes_no_time():
    text = "User-agent: *\nDisallow: /" + "a*" * 200_000 + "b"
    started = time.process_time()
    assert allows(text, "/" + "a" * 2000)
    assert time.process_time() - started < 5
