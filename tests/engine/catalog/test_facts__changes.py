"""What changes in the facts of a case."""

from engine import catalog

FACTS = {"groom": {"name": "甲", "phone": "1"}, "origin": "local"}


def test_a_correction_changes_only_what_it_says() -> None:
    """Merging keeps everything the change does not name and leaves both documents as they were."""
    changed = catalog.merged(FACTS, {"groom": {"phone": "2"}})
    assert changed == {"groom": {"name": "甲", "phone": "2"}, "origin": "local"}
    assert FACTS["groom"] == {"name": "甲", "phone": "1"}


def test_only_differing_keys_are_named() -> None:
    """The ledger names what really changed, by dotted key."""
    assert catalog.differing(FACTS, {"groom": {"name": "甲", "phone": "2"}, "origin": "local", "new": 1}) == {
        "groom.phone", "new",
    }  # fmt: skip


def test_a_path_that_leads_nowhere_is_null() -> None:
    """Looking below a text or a missing group gives None."""
    assert catalog.value_at(FACTS, "groom.name") == "甲"
    assert catalog.value_at(FACTS, "origin.x.y") is None
