"""The file that says where connectors are: secrets from the environment, and no start with half of it."""

import pytest

from engine import exchange

GOOD = """[connectors."mz.marriage"]
url = "https://share.example/mz"
timeout = 3
callback = "PT2H"
headers = { Authorization = "Bearer ${TOKEN}" }
"""


def read(tmp_path, text, **environment):
    """What the file says."""
    path = tmp_path / "exchange.toml"
    path.write_text(text, "utf-8")
    return exchange.read(path, environment)


def test_a_secret_comes_from_the_environment_and_is_not_printed(tmp_path):
    """The header is filled; the value appears in no representation."""
    office = read(tmp_path, GOOD, TOKEN="geheim")["mz.marriage"]
    assert office.headers == {"Authorization": "Bearer geheim"}
    assert "geheim" not in repr(office)
    assert (office.timeout, office.callback.total_seconds()) == (3.0, 7200.0)


def test_no_file_no_connectors():
    """An installation without one has none."""
    assert exchange.read(None, {}) == {}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("", "", "TOKEN"),
        ("https://share.example/mz", "ftp://x", "url"),
        ("https://share.example/mz", "http://user:secret@x/", "url"),
        ("timeout = 3", "timeout = 300", "timeout"),
        ("timeout = 3", "retries = 3", "known"),
        ("PT2H", "2 hours", "callback"),
        ("[connectors", "[conectors", "connectors"),
        ('"Bearer ${TOKEN}"', "3", "headers"),
        ("timeout = 3", "timeout = ", "line"),
    ],
)
def test_what_is_wrong_is_said(tmp_path, old, new, said):
    """A sentence names what cannot be used."""
    environment = {"TOKEN": "x"} if said != "TOKEN" else {}
    with pytest.raises(ValueError, match=said):
        read(tmp_path, GOOD.replace(old, new) if old else GOOD, **environment)
