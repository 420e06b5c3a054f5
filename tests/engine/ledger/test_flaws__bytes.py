"""The chain itself, without a database: no byte of it can be otherwise."""

import hashlib

import pytest

from engine.ledger import chain
from engine.ledger.flaws import Chain, Link, first_flaw
from engine.vault import Vault
from engine.words import EntryKind

BLIND = Vault(secret="of this installation").blind
KINDS = [kind.encode() for kind in list(EntryKind)[:6]]


def made():
    """Six entries, and what their case knows of them."""
    links, before = [], chain.NOTHING
    for seq, kind in enumerate(KINDS, 1):
        at, name, facts = f"2026-11-23 01:00:0{seq}.000000", "周丽".encode(), '{"item":"婚姻登记"}'.encode()
        said = (b"c1", b"%d" % seq, at.encode(), kind, b"u1", name, facts)
        before = chain.link(before, *said)
        links.append(Link(*said, before.encode(), chain.sealed(BLIND, before).encode()))
    head = links[-1].hash
    return links, Chain(b"c1", b"330802", b"6", head, chain.crowned(BLIND, head.decode()).encode(), b"4", links[3].hash)


LINKS, KNOWN = made()


def test_it_is_whole():
    """What was made fits, with the secret and without."""
    assert first_flaw(KNOWN, LINKS, BLIND) is None
    assert first_flaw(KNOWN, LINKS, None) is None


@pytest.mark.parametrize("name", Link._fields)
@pytest.mark.parametrize("seq", range(1, 7))
def test_every_bit_of_every_byte_of_every_entry(name, seq):
    """Each one turned is found at its entry; of `case_id` and `seq` too, though a database would sort those away."""
    link = LINKS[seq - 1]
    value = getattr(link, name)
    for place in range(len(value)):
        for bit in range(8):
            turned = bytes([*value[:place], value[place] ^ (1 << bit), *value[place + 1 :]])
            links = [*LINKS[: seq - 1], link._replace(**{name: turned}), *LINKS[seq:]]
            flaw = first_flaw(KNOWN, links, BLIND)
            assert flaw, (name, place, bit)
            assert flaw.seq == seq or name == "seq", (name, place, bit, flaw)


@pytest.mark.parametrize("name", ["length", "head", "seal", "anchored"])
def test_every_bit_of_what_the_case_and_the_checkpoint_know(name):
    """Where a checkpoint saw another entry, or the case another end, something is wrong."""
    value = getattr(KNOWN, name)
    for place in range(len(value)):
        for bit in range(8):
            turned = bytes([*value[:place], value[place] ^ (1 << bit), *value[place + 1 :]])
            assert first_flaw(KNOWN._replace(**{name: turned}), LINKS, BLIND), (name, place, bit)


def test_a_link_is_what_the_documents_say():
    """SHA-256 of netstrings: the fields cannot run into each other."""
    assert chain.link("", "ab", "c") != chain.link("", "a", "bc")
    assert chain.link("", "一") == hashlib.sha256(b"0:,3:\xe4\xb8\x80,").hexdigest()
