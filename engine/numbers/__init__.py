"""Case numbers a person can read aloud, and codes only the applicant knows."""

import secrets
from datetime import date

from sqlalchemy import text
from stdnum.iso7064 import mod_37_36

from engine.work import Work

JOINT = "3"  # case kind 联办件 (domain.md 3.2: kinds are numbered 1 to 7)
_NEXT = text(
    "INSERT INTO counter (name, value) VALUES (:name, 1) "
    "ON CONFLICT (name) DO UPDATE SET value = counter.value + 1 RETURNING value"
)


def next_case_number(work: Work, county: str, day: date) -> str:
    """`{region 6}{YYYYMMDD}{kind 1}{sequence 5}{check 1}`, unique under concurrency; check by ISO 7064 mod 37,36."""
    stem = f"{county[:6]}{day:%Y%m%d}{JOINT}"
    sequence = work.session.execute(_NEXT, {"name": f"case:{stem}"}).scalar_one()
    body = f"{stem}{sequence:05d}"
    return body + mod_37_36.calc_check_digit(body)


def next_paper_number(work: Work, prefix: str, area: str, day: date) -> str:
    """`{prefix}{region 6}{YYYYMMDD}{sequence 5}{check 1}`: of a receipt or a slip, unique under concurrency."""
    stem = f"{prefix}{area[:6]}{day:%Y%m%d}"
    sequence = work.session.execute(_NEXT, {"name": f"paper:{stem}"}).scalar_one()
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
    """What to look for among case numbers: the plain number, or the words themselves if they are no number."""
    number = plain(words)
    return number if number and all(c.isspace() or c == "-" or c.upper() in number for c in words) else words


def code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"
