"""What changes in the facts of a case."""

from engine import catalog

FACTS = {"groom": {"name": "甲", "phone": "1"}, "origin": "local"}


def test_only_differing_keys_are_named() -> None:
    """The ledger names what really changed, by dotted key."""
    assert catalog.differing(FACTS, {"groom": {"name": "甲", "phone": "2"}, "origin": "local", "new": 1}) == {
        "groom.phone", "new",
    }  # fmt: skip
