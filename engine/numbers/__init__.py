"""Case numbers a person can read aloud, and codes only the applicant knows."""

import secrets
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import InstrumentedAttribute
from stdnum.iso7064 import mod_37_36

from engine.store.ledger import NEXT
from engine.work import Work

LENGTH = 21  # characters of a case number
JOINT = "3"  # case kind 联办件 (domain.md 3.2: kinds are numbered 1 to 7)
_CLEAR = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's base 32: no I, L, O, U


def next_case_number(work: Work, county: str, day: date) -> str:
    """`{region 6}{YYYYMMDD}{kind 1}{sequence 5}{check 1}`, unique under concurrency; check by ISO 7064 mod 37,36."""
    stem = f"{county[:6]}{day:%Y%m%d}{JOINT}"
    sequence = next_in(work, f"case:{stem}")
    body = f"{stem}{sequence:05d}"
    return body + mod_37_36.calc_check_digit(body)


def hold(work: Work, name: str) -> None:
    """Hold a name until the transaction ends: whoever holds it as well waits, and then sees what we wrote."""
    work.session.execute(NEXT, {"name": name})


def next_in(work: Work, series: str) -> int:
    """The next number of a series, from 1. Without a gap: who takes one holds the series until the transaction ends."""
    return int(work.session.execute(NEXT, {"name": series}).scalar_one())


def next_paper_number(work: Work, prefix: str, area: str, day: date) -> str:
    """`{prefix}{region 6}{YYYYMMDD}{sequence 5}{check 1}`: of a receipt or a slip, unique under concurrency."""
    stem = f"{prefix}{area[:6]}{day:%Y%m%d}"
    sequence = work.session.execute(NEXT, {"name": f"paper:{stem}"}).scalar_one()
    body = f"{stem}{sequence:05d}"
    return body + mod_37_36.calc_check_digit(body)


def item_number(case_number: str, position: int) -> str:
    """The number of a case's item; positions count from 1."""
    return f"{case_number}-{position:02d}"


def grouped(number: str) -> str:
    """The case number in groups, for paper and screen: `330800-20190709-3-00042-G`."""
    return "-".join((number[:6], number[6:14], number[14:15], number[15:-1], number[-1:]))


def plain(typed: str) -> str:
    """The case number as stored, from what somebody typed or scanned: spaces and dashes do not count."""
    return "".join(c for c in typed.upper() if c.isascii() and c.isalnum())


def typed(words: str) -> str:
    """The case number, or its beginning, among search words; empty if there is none. Numbers begin with a digit."""
    number = plain(words)
    spelt = all(c.isspace() or c == "-" or c.upper() in number for c in words)
    return number if number[:1].isdecimal() and spelt else ""


def beginning(column: InstrumentedAttribute[str], number: str) -> ColumnElement[bool]:
    """Case numbers that begin like this. A span, and not LIKE, because every database finds a span by its index.

    Numbers are digits and capitals, and in every order of letters Z is the last of them.
    """
    return column == number if len(number) >= LENGTH else column.between(number, number.ljust(LENGTH, "Z"))


def unguessable() -> str:
    """Twelve random letters and digits nobody mistakes for each other: 60 bits, so that trying them finds nothing."""
    return "".join(secrets.choice(_CLEAR) for _ in range(12))


def code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"
