"""Password hashes: Argon2id with the smallest parameters OWASP recommends (19 MiB, 2 passes, 1 lane)."""

from functools import cache
from secrets import token_urlsafe
from threading import BoundedSemaphore

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerifyMismatchError

HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, salt_len=16, type=Type.ID)
# A burst of sign-ins must not take all processors and memory from those who are working; it also bounds how many wrong
# passwords can be under way before the first of them is counted.
AT_ONCE = BoundedSemaphore(2)


def hash_password(password: str) -> str:
    """A salted hash with today's parameters, to be stored."""
    with AT_ONCE:
        return HASHER.hash(_bytes(password))


def matches(hashed: str, password: str) -> bool:
    """Whether `password` was hashed to `hashed`. A stored text that is no Argon2 hash matches nothing."""
    try:
        with AT_ONCE:
            return HASHER.verify(hashed, _bytes(password))
    except (VerifyMismatchError, InvalidHashError):
        return False


def outdated(hashed: str) -> bool:
    """Whether `hashed` was made with other parameters than today's."""
    return HASHER.check_needs_rehash(hashed)


@cache
def nobody() -> str:
    """A hash no password matches, so that an unknown login takes as long as a known one."""
    return hash_password(token_urlsafe(32))


def _bytes(password: str) -> bytes:
    # Broken surrogates can arrive through JSON; they are part of a wrong password, not a crash.
    return password.encode("utf-8", "surrogatepass")
