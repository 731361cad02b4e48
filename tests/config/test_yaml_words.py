"""A file that YAML cannot read is explained in plain words, where the slip is."""

import pytest

from auditor.config.mistakes import read_yaml
from auditor.errors import ConfigError

SLIPS = {
    "a tab before a setting": ("roster:\n\tday_first: true\n", "2:1: a tab stands here; use spaces instead"),
    "a tab behind a colon": ("language:\tnl\n", "1:10: a tab stands here; use spaces instead"),
    "deeper than the line above": (
        "health:\n  a: 0.5\n     b: 0.5\n",
        "3:7: this line is indented deeper than the one above, which has its value already",
    ),
    "deeper than its first line": (
        "health:\n  a:\n    - 1\n   b: 0.5\n",
        "4:4: this line is not indented like the one above",
    ),
    "another indentation of text in quotes": (
        'health:\n  a: "x"\n   b: "y"\n',
        "3:4: this line is not indented like the one above",
    ),
    "less than its group": ("e:\n  - name: A\n    x: 1\n  y: 2\n", "4:3: this does not belong to"),
    "a no-break space": ("run:\n\u00a0 sample: 4\n  workers: 2\n", "2:1: a no-break space stands here"),
    "no space behind the colon": (
        "run:\n  sample:4   # people: few\n  workers: 2\n",
        "2:3: a space is missing after the colon",
    ),
    "an equals sign": ("run:\n  sample = 4\n  workers: 2\n", "2:3: a colon and a space are missing"),
    "an entry without its dash": ("names:\n  - Dak\n  Zon\nlanguage: nl\n", "3:3: a colon and a space are"),
    "a dash without its space": ("names:\n  - Dak\n  -Zon\nlanguage: nl\n", "3:3: a colon and a space are"),
    "a quotation mark that a later one closes": (
        'purpose: "Juist beeld\ncontact: hr\nground: "belang"\n',
        "1:10: the quotation mark that begins here is not closed in its line",
    ),
    "a quotation mark that nothing closes": (
        "a: 1\npurpose: 'Juist beeld\ncontact: hr\n",
        "2:10: the quotation mark that begins here is not closed",
    ),
    "an apostrophe in single quotation marks": (
        "text: 'Foto's van teams'\n",
        "1:13: something stands behind the closing quotation mark",
    ),
    "a template without quotation marks": (
        "headline:\n  - {functie} bij {bedrijf}\n",
        "2:15: something stands behind the closing bracket; put the text in straight quotation marks",
    ),
    "an optional part at the start": ("text: [Team] Dak\n", "1:14: something stands behind the closing"),
    "a bracket that is not closed": ("a: [1, 2\nb: 3\n", "a closing bracket is missing before this"),
    "a colon inside a text": ("purpose: Doel: beeld\n", "1:14: a colon and a space may not stand"),
    "a percentage": ("purpose: %beeld\n", "1:10: a text may not begin with %; put the text in straight"),
    "an at sign": ("contact: @hr\n", "1:10: a text may not begin with @"),
    "a star": ("contact: *hr\n", "1:10: a text may not begin with *"),
    "a path of Windows": ('file: "brand\\zomer.png"\n', "\\ has a meaning of its own; write / instead"),
    "a group twice": (
        "run:\n  sample: 4\nlanguage: nl\nrun:\n  workers: 2\n",
        "4:1: run stands here a second time (first in line 1); write all that belongs to it in one place",
    ),
    "a setting twice in an entry": (
        "names:\n  - text: A\n  - text: B\n    text: C\n",
        "4:5: text stands here a second time (first in line 3)",
    ),
    "a setting twice in brackets": ("a: {b: 1, b: 2}\n", "b stands here a second time; write all"),
    "a setting without a name": ("a: 1\n: 2\n", "2:1: the name of a setting is missing before the colon"),
    "brackets before a colon": ("{a: 1}: 2\n", "the name of a setting is missing before the colon, or"),
    "a group at the first column": ("  a: 1\nb: 2\n", "2:1: this does not belong to what stands above"),
    "an ampersand": ("contact: & hr\n", "a text may not begin with & or *"),
    "two documents": ("a: 1\n---\nb: 2\n", "a line --- may not stand here"),
    "a day that is none": ("day: 2026-06-31\n", "1:6: this value cannot be read (day is out of range"),
}
#: words of the library that nobody at HR knows
JARGON = ("token", "block end", "mapping", "scalar", "{'", "alias", "duplicate key", "node")


@pytest.mark.parametrize("kind", SLIPS)
def test_a_slip_is_told_plainly_where_it_is(tmp_path, kind):
    text, said = SLIPS[kind]
    with pytest.raises(ConfigError) as caught:
        read_yaml(tmp_path / "policy.yaml", text)
    (mistake,) = caught.value.mistakes
    place = f"{mistake.line}:{mistake.column}: {mistake.message}"
    assert place.startswith(said) or said in mistake.message, place
    assert not any(word in mistake.message for word in JARGON)
