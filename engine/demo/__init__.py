"""The demo city: part of Quzhou with invented civil servants and applicants, from the files in `city/`.

For trying things out on one machine only: every account has the same published password.
"""

import csv
from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files

from sqlalchemy import select

from engine.identity import hash_password
from engine.store import Department, Holding, Region, Row, User
from engine.words import Post
from engine.work import Work

PASSWORD = "lianban-demo"  # noqa: S105  published on purpose, see above


@dataclass(frozen=True)
class Account:
    """A demo account worth naming at start-up; its password is `PASSWORD`. `department` is the short name."""

    login: str
    name: str
    posts: tuple[Post, ...]
    department: str


@dataclass(frozen=True)
class Person:
    """An invented applicant to type into forms; `area` is a township code, `note` says what the person is good for."""

    name: str
    sex: str
    id_number: str
    area: str
    address: str
    phone: str
    note: str


def load(work: Work) -> bool:
    """Fill an empty database; returns False and changes nothing when it has regions already."""
    if work.session.scalar(select(Region.code).limit(1)) is not None:
        return False
    # One flush a level: what others point to comes first, and the order within the file is kept.
    for rows in (_regions(), _departments(), _users(), _holdings()):
        work.session.add_all(rows)
        work.session.flush()
    return True


def accounts(work: Work) -> list[Account]:
    """The demo accounts to name at start-up, as far as they exist, in the order of the file."""
    shown = {row["login"]: row for row in _read("users.csv") if row["shown"]}
    existing = select(User.login, User.name).where(User.login.in_(shown), User.disabled.is_(False))
    names = dict(work.session.execute(existing).all())
    offices = {f"{row['kind']}-{row['region']}": row["short"] for row in _read("departments.csv")}
    return [_account(row, names[login], offices) for login, row in shown.items() if login in names]


def people() -> tuple[Person, ...]:
    """The invented applicants; they are not in the database, somebody types them in."""
    return tuple(Person(**row) for row in _read("people.csv"))


def _regions() -> Iterable[Row]:
    for row in _read("regions.csv"):
        yield Region(code=row["code"], name=row["name"], level=row["level"], parent=row["parent"] or None)


def _departments() -> Iterable[Row]:
    words = {row["of"]: row["word"] for row in _read("words.csv")}
    for row in _read("departments.csv"):
        region, kind = words.get(row["region"]), words.get(row["kind"])
        word = f"{region}{kind}" if region and kind else None
        yield Department(id=f"{row['kind']}-{row['region']}", **row, word=word)


def _users() -> Iterable[Row]:
    # Hashed once for all: a hash each would make the first start some seconds longer and the demo no safer.
    password = hash_password(PASSWORD)
    for row in _read("users.csv"):
        yield User(id=_id(row["login"]), login=row["login"], name=row["name"], password=password)


def _holdings() -> Iterable[Row]:
    for row in _read("users.csv"):
        for post, department in _posts(row):
            yield Holding(user_id=_id(row["login"]), department_id=department, post=post)


def _account(row: dict[str, str], name: str, offices: dict[str, str]) -> Account:
    held = _posts(row)
    posts = tuple(dict.fromkeys(post for post, _ in held))
    return Account(row["login"], name, posts, offices[held[0][1]])


def _posts(row: dict[str, str]) -> list[tuple[Post, str]]:
    pairs = (held.split("@") for held in row["posts"].split())
    return [(Post(post), department) for post, department in pairs]


def _id(login: str) -> str:
    # The same on every machine, so that scripts and screenshots of the demo can be repeated.
    return f"demo-{login}"


def _read(name: str) -> list[dict[str, str]]:
    text = (files(__package__) / "city" / name).read_text("utf-8")
    return list(csv.DictReader(line for line in text.splitlines() if not line.startswith("#")))
