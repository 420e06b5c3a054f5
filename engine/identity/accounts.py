"""Accounts of civil servants, as an administrator keeps them: who may sign in, with which posts.

The ledger belongs to cases and has no place for this, so the log says what changed, by the account's id: no names.
"""

import logging
import re
import secrets
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, delete, select

from engine.errors import AccountInvalid, NotYours
from engine.identity import signin
from engine.store import Department, Holding, SignIn, User
from engine.words import Post
from engine.work import SYSTEM, Appointment, Work

LOGIN = re.compile(r"[a-z0-9][a-z0-9._@-]{0,59}")
LONGEST_NAME = 60
LEAST = 10  # characters of a password somebody chooses
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look like another one on paper
GENERATED = 16  # of them: 79 bits
log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Account:
    """Somebody who can sign in, or could until it was disabled; `posts` in order of department and post."""

    login: str
    name: str
    disabled: bool
    posts: tuple[Appointment, ...]
    signed_in_at: datetime | None


def accounts(work: Work) -> tuple[Account, ...]:
    """All accounts, in order of login."""
    _admit(work)
    return _accounts(work, select(User).order_by(User.login))


def account(work: Work, login: str) -> Account | None:
    """The account with this login, if there is one."""
    _admit(work)
    return next(iter(_accounts(work, select(User).where(User.login == login))), None)


def enrol(work: Work, login: str, name: str, hashed: str) -> None:
    """A new account without posts, with the hash of its password. `AccountInvalid` says what cannot be."""
    _admit(work)
    if not LOGIN.fullmatch(login):
        zh, en = "登录名只能用小写字母、数字和 . _ @ -", "a login has small letters, digits and . _ @ - only"
        raise AccountInvalid(why=f"{zh} / {en}")
    if account(work, login):
        raise AccountInvalid(why=f"{login} 已存在 / exists already")
    user = User(login=login, name=_named(name), password=hashed)
    work.session.add(user)
    work.session.flush()
    _tell(work, user, "made")


def rename(work: Work, login: str, name: str) -> None:
    """Give an account another name; what the ledger says about earlier days keeps the old one."""
    user = _user(work, login)
    user.name = _named(name)
    _tell(work, user, "renamed")


def appoint(work: Work, login: str, posts: Collection[Appointment]) -> None:
    """Let an account hold exactly these posts from now on. `AccountInvalid` for an unknown department."""
    user = _user(work, login)
    wanted = {(a.department, str(a.post)) for a in posts}
    known = set(work.session.scalars(select(Department.id).where(Department.id.in_({a.department for a in posts}))))
    for department, _ in sorted(wanted):
        if department not in known:
            cure = "请先导入部门（lianban departments） / load it first: lianban departments"
            raise AccountInvalid(why=f"没有部门 / no department {department}；{cure}")
    work.session.execute(delete(Holding).where(Holding.user_id == user.id))
    work.session.add_all(Holding(user_id=user.id, department_id=d, post=p) for d, p in sorted(wanted))
    work.session.flush()
    _tell(work, user, "posts set: " + (" ".join(f"{p}@{d}" for d, p in sorted(wanted)) or "none"))


def disable(work: Work, login: str) -> None:
    """Let nobody sign in with it and end its sign-ins. Its claimed tasks are open to colleagues again."""
    user = _user(work, login)
    user.disabled = True
    _sign_out(work, user)
    _tell(work, user, "disabled")


def enable(work: Work, login: str) -> None:
    """Let its holder sign in again, with the password and posts of before."""
    user = _user(work, login)
    user.disabled = False
    _tell(work, user, "enabled")


def set_password(work: Work, login: str, hashed: str) -> None:
    """Store the hash of another password; ends its sign-ins, and the lock after wrong passwords."""
    user = _user(work, login)
    user.password = hashed
    _sign_out(work, user)
    signin.unlock(work, login)
    _tell(work, user, "password set")


def generated() -> str:
    """A new random password that can be read from paper and typed."""
    return "".join(secrets.choice(LETTERS) for _ in range(GENERATED))


def acceptable(password: str) -> str:
    """A password somebody chose, unchanged. `AccountInvalid` if it is too short."""
    if len(password) < LEAST:
        raise AccountInvalid(why=f"密码至少 {LEAST} 个字符 / a password takes at least {LEAST} characters")
    return password


def _accounts(work: Work, wanted: Select[User]) -> tuple[Account, ...]:
    users = work.session.scalars(wanted).all()
    held: dict[str, list[Appointment]] = {}
    rows = select(Holding).where(Holding.user_id.in_([user.id for user in users]))
    for row in work.session.scalars(rows.order_by(Holding.department_id, Holding.post)):
        held.setdefault(row.user_id, []).append(Appointment(row.department_id, Post(row.post)))
    return tuple(Account(u.login, u.name, u.disabled, tuple(held.get(u.id, ())), u.signed_in_at) for u in users)


def _user(work: Work, login: str) -> User:
    _admit(work)
    user = work.session.scalar(select(User).where(User.login == login))
    if user is None:
        raise AccountInvalid(why=f"没有账号 / no account {login}")
    return user


def _named(name: str) -> str:
    plain = name.strip()
    if not 0 < len(plain) <= LONGEST_NAME or not plain.isprintable():
        raise AccountInvalid(why=f"姓名应为 1 至 {LONGEST_NAME} 个字 / a name has 1 to {LONGEST_NAME} characters")
    return plain


def _sign_out(work: Work, user: User) -> None:
    work.session.execute(delete(SignIn).where(SignIn.user_id == user.id))


def _tell(work: Work, user: User, what: str) -> None:
    work.session.flush()
    log.info("account %s %s by %s", user.id, what, work.actor.id)


def _admit(work: Work) -> None:
    if work.actor is not SYSTEM and not work.actor.holds(Post.ADMIN):
        raise NotYours
