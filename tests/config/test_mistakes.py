"""A file that is no plain list of settings is refused at once, with its place."""

import time
from datetime import date

import pytest

from auditor.app.registry import policy_of
from auditor.config.mistakes import plain, read_yaml
from auditor.errors import ConfigError

LAUGHS = "x: &a [l,l,l,l,l,l,l,l,l]\n" + "".join(
    f"x{new}: &{new} [{','.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)
HOSTILE = {
    "a bomb of anchors": (LAUGHS, ""),
    "deep maps": ("{a: " * 3000, "1:"),
    "deep lists": ("[" * 100_000, "1:"),
    "deep blocks": ("- " * 5000, "1:"),
    "an anchor in itself": ("a: &x [*x]\n", "1:8:"),
    "an unknown anchor": ("a: 1\nb: *y\n", "2:4:"),
    "an anchor twice": ("a: &x 1\nb: &x 2\n", "2:4:"),
    "a Python tag": ("a: 1\nb: !!python/object/apply:os.system [x]\n", "2:4:"),
    "a tag of its own": ("a: !secret x\n", "1:4:"),
    "a binary": ("a: !!binary aGk=\n", "1:4:"),
    "a directive": ("%YAML 1.1\n---\na: yes\n", "2:1:"),
    "two documents": ("a: 1\n---\nb: 1\n", "2:1:"),
    "a key twice": ("a: 1\nb: 2\na: 3\n", "3:1:"),
    "a number as a key": ("a: 1\n3: x\n", "2:1:"),
    "a date as a key": ("a: {2026-01-01: x}\n", "1:5:"),
    "a list as a key": ("? [a, b]\n: c\n", "1:3:"),
    "a nothing as a key": ("~: 1\n", "1:1:"),
    "a day that is none": ("a: 1\nb: 2026-02-30\n", "2:4:"),
    "an hour that is none": ("a: 2026-01-01T25:00:00\n", "1:4:"),
    "a number of 5000 digits": ("a: " + "9" * 5000, "1:4:"),
    "a number of 30 digits": ("a: " + "9" * 30, "1:4:"),
    "a NUL": ("a: 1\nb: x\0\n", "2:5:"),
    "a merge of a text": ("a: 1\n<<: x\n", "2:5:"),
    "a tab": ("a:\n\t- b\n", "2:1:"),
    "a list": ("- 1\n", "1:1:"),
    "nothing": ("", "1:1:"),
}


@pytest.mark.parametrize("kind", HOSTILE)
def test_it_is_refused_at_once_with_its_place(tmp_path, kind):
    text, place = HOSTILE[kind]
    path = tmp_path / "policy.yaml"
    path.write_text(text, encoding="utf-8")
    begun = time.process_time()
    with pytest.raises(ConfigError) as caught:
        policy_of(path)
    assert time.process_time() - begun < 5
    (mistake,) = caught.value.mistakes
    assert (mistake.line > 0, mistake.column > 0) == (True, True)
    assert str(mistake).startswith(f"{path}:{place}")


@pytest.mark.parametrize(
    ("body", "place"),
    [
        (b"a: 1\nb: caf\xe9\n", "2:7:"),
        ("a: 1\n".encode("utf-16"), "1:1:"),
        (b"#" * 50_000_000, "1:1:"),
        (b"a: " + b"x" * 1_000_000, "1:1:"),
    ],
)
def test_other_encodings_and_huge_files(tmp_path, body, place):
    path = tmp_path / "policy.yaml"
    path.write_bytes(body)
    with pytest.raises(ConfigError) as caught:
        policy_of(path)
    assert str(caught.value).startswith(f"{path}:{place}")


def test_what_people_write_is_read():
    text = (
        "a: &shared {x: 1, on: true}\nb: *shared\nc: {<<: *shared, y: 2}\nd: 2026-01-05\n"
        "e: &flag true\nf: no\ng: >\n  two\n  lines\n"
    )
    assert plain(read_yaml(None, text)) == {
        "a": {"x": 1, "on": True},
        "b": {"x": 1, "on": True},
        "c": {"x": 1, "on": True, "y": 2},
        "d": date(2026, 1, 5),
        "e": True,
        "f": "no",
        "g": "two lines\n",
    }
