"""A corrected answer is no longer what the department said."""

from engine import cases

SAID = {"connector": "ga.identity", "department": "公安", "as_of": "2026-11-23"}


def left(sources, before, after):
    """The addresses whose source still holds."""
    return set(cases.still(dict.fromkeys(sources, SAID), before, after))


def test_what_was_corrected_loses_its_source():
    """The address is typed now; the ethnic group beside it is still what the police said."""
    before = {"groom": {"address": "甲", "nation": "01"}}
    after = {"groom": {"address": "乙", "nation": "01"}}
    assert left({"groom.address", "groom.nation"}, before, after) == {"groom.nation"}


def test_a_row_that_became_another_loses_all_its_sources():
    """When the first row is taken away the second one stands in its place: what was said was said of somebody else."""
    before = {
        "members": [{"name": "方", "nation": "01"}, {"name": "林", "nation": "01"}, {"name": "白", "nation": "02"}]
    }
    after = {"members": [{"name": "林", "nation": "01"}, {"name": "白", "nation": "02"}]}
    assert left({"members.1.nation", "members.2.nation", "members.3.nation"}, before, after) == set()
    corrected = {"members": [before["members"][0], {"name": "林晓", "nation": "01"}, before["members"][2]]}
    assert left({"members.1.nation", "members.2.nation"}, before, corrected) == {"members.1.nation"}
