"""Regions, departments, users, their posts and their sign-ins."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Moment
from engine.store.rows import ID, WORD, Row, enum_check, new_id
from engine.words import Level, Post


class Region(Row):
    """An administrative division: 6 digits for city and county (GB/T 2260), 9 for township (GB/T 10114)."""

    __tablename__ = "region"
    __table_args__ = (CheckConstraint(enum_check("level", Level), "level"),)

    code: Mapped[str] = mapped_column(String(12), primary_key=True)
    name: Mapped[str] = mapped_column(String(80))
    level: Mapped[str] = mapped_column(WORD)
    parent: Mapped[str | None] = mapped_column(ForeignKey("region.code"), index=True)


class Department(Row):
    """One office of one kind (`mz` 民政, `ga` 公安 …) that serves one region.

    `word` is its part of the numbers of its notices: 衢民 in 衢民受〔2026〕00001号; without one it is the short name.
    """

    __tablename__ = "department"
    __table_args__ = (UniqueConstraint("kind", "region"),)

    id: Mapped[str] = mapped_column(String(40), primary_key=True)
    kind: Mapped[str] = mapped_column(WORD)
    name: Mapped[str] = mapped_column(String(80))
    short: Mapped[str] = mapped_column(String(40))
    region: Mapped[str] = mapped_column(ForeignKey("region.code"), index=True)
    word: Mapped[str | None] = mapped_column(String(20))


class User(Row):
    """A civil servant who can sign in."""

    __tablename__ = "user"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    login: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(60))
    password: Mapped[str] = mapped_column(String(200))
    disabled: Mapped[bool] = mapped_column(default=False)
    signed_in_at: Mapped[datetime | None] = mapped_column(Moment)


class Holding(Row):
    """A user holds a post in a department."""

    __tablename__ = "holding"
    __table_args__ = (CheckConstraint(enum_check("post", Post), "post"),)

    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), primary_key=True)
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id"), primary_key=True)
    post: Mapped[str] = mapped_column(WORD, primary_key=True)


class SignIn(Row):
    """An open session. Only the hash of its token is stored: a stolen database signs nobody in."""

    __tablename__ = "sign_in"

    token: Mapped[str] = mapped_column(String(64), primary_key=True)
    user_id: Mapped[str] = mapped_column(ForeignKey("user.id"), index=True)
    at: Mapped[datetime] = mapped_column(Moment)
    seen: Mapped[datetime] = mapped_column(Moment)


class Throttle(Row):
    """How often something was tried in the current window; `key` is a hash, never a name or an address."""

    __tablename__ = "throttle"

    key: Mapped[str] = mapped_column(String(80), primary_key=True)
    since: Mapped[datetime] = mapped_column(Moment)
    count: Mapped[int]
