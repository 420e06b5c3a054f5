"""A scenario says what other departments answer; without a word about it nothing is made up."""

import re

import pytest

from engine import catalog, rehearsal

FILE = "workflows/family/scenarios/01-both-local-everything.toml"


def problems(replies):
    """What is wrong with the first scenario when other departments answer like this."""
    files = catalog.files_of(catalog.content_root(), "family")
    story = re.sub(r"\[replies\].*?\n\n", replies, files[FILE], count=1, flags=re.S)
    pack = catalog.read({name: text for name, text in files.items() if "/scenarios/" not in name} | {FILE: story})
    [played] = rehearsal.rehearse(pack).played
    return " ".join(played.problems)


@pytest.mark.parametrize(
    ("replies", "said"),
    [
        ("", "check_groom"),
        ('[replies]\ncheck_groom = "ok"\n\n', "check_bride"),
        ('[replies]\ncheck_groom = "denied"\n\n', "incident"),
        ('[replies]\ncheck_groom = "perhaps"\n\n', "incident"),
        ('[replies]\ncheck_groom = "mismatch"\ncheck_bride = "ok"\n\n', "ask_marriage"),
        ('[replies]\ncheck_groom = ["unavailable"]\ncheck_bride = { kind = "ok" }\n\n', "commit_marriage"),
        ('[replies]\ncheck_groom = "ok"\ncheck_bride = "not_found"\n\n', ""),
    ],
)
def test_replies_are_what_the_process_hears(replies, said):
    """Each kind of answer leads where the drawing says."""
    found = problems(replies)
    assert said in found
    assert bool(found) is bool(said)
