"""Text by what the bytes are; a table that is no Unicode says that its encoding was guessed."""

import codecs

import pytest

from auditor.files.decoding import decode_page, decode_table, decode_text


@pytest.mark.parametrize(
    ("body", "text", "guessed"),
    [
        ("Zoë".encode(), "Zoë", False),
        (codecs.BOM_UTF8 + "Zoë".encode(), "Zoë", False),
        ("naam;Zoë".encode("utf-16"), "naam;Zoë", False),
        ("naam;Zoë".encode("utf-16-be"), "naam;Zoë", False),
        ("Zoë".encode("utf-32"), "Zoë", False),
        ("Zoë €".encode("cp1252"), "Zoë €", True),
        (codecs.BOM_UTF8 + b"Zo\xeb", "Zo�", False),
    ],
)
def test_a_table_of_any_encoding(body, text, guessed):
    decoded = decode_table(body)
    assert (decoded.text, decoded.guessed) == (text, guessed)


def test_bytes_that_are_no_text():
    body = bytes(range(256)) * 40
    with pytest.raises(ValueError, match="binary"):
        decode_table(body)
    assert decode_page(body) is None


@pytest.mark.parametrize("charset", ["cp850", "koi8-r", "windows-1251"])
def test_a_page_in_the_charset_that_it_names(charset):
    sign = {"cp850": "é"}.get(charset, "Ж")
    body = f'<meta charset="{charset}"><p>{sign}</p>'.encode(charset)
    assert sign in decode_text(body)
