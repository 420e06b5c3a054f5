"""What binds entries together: each has the hash of what it says and of the entry before it, and a seal over that.

The hash is SHA-256, so that anybody can follow the chain. The seal is keyed with the secret of the installation, so
that whoever has the database alone can write no entry that fits. docs/ledger.md says it for who checks from outside.
"""

import hashlib
from collections.abc import Callable, Iterable
from datetime import UTC, datetime

Blind = Callable[..., str]  # Vault.blind: words -> HMAC-SHA-256, hex
NOTHING = ""  # what the first entry has before it


def link(before: str, *said: str | bytes) -> str:
    """The hash (hex) of what is said after `before`: SHA-256 of netstrings, `length:bytes,` each, in this order."""
    fields = (part if isinstance(part, bytes) else part.encode() for part in (before, *said))
    return hashlib.sha256(b"".join(b"%d:%b," % (len(field), field) for field in fields)).hexdigest()


def sealed(blind: Blind, hash_: str) -> str:
    """The seal of an entry, or of a checkpoint."""
    return blind("ledger", hash_)


def crowned(blind: Blind, hash_: str) -> str:
    """The seal of the last entry, which its case carries: no earlier entry has it to lend when later ones are cut."""
    return blind("ledger:last", hash_)


def written(moment: datetime) -> str:
    """A moment as it is hashed, and as SQLite stores it: `2026-11-23 01:00:00.000000`, UTC."""
    return moment.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")


def root(anchors: Iterable[Iterable[str | bytes]]) -> str:
    """The hash of all anchors (case, its number, length, head), which come in the order of their cases."""
    digest = hashlib.sha256()
    for anchor in anchors:
        digest.update(link(NOTHING, *anchor).encode())
    return digest.hexdigest()
