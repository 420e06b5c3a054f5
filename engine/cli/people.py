"""Verbs for who works here: regions and departments from lists, accounts, their posts and passwords."""

import argparse
from collections.abc import Callable
from getpass import getpass
from pathlib import Path
from typing import Any

from engine import catalog, identity, logs
from engine.app import Engine
from engine.cli.speech import say, verb_of
from engine.errors import AccountInvalid
from engine.identity import Account, Loaded
from engine.settings import Settings
from engine.words import CITY, Post
from engine.work import SYSTEM, Appointment, Work

WINDOW = "zw"  # the kind of the windows that take applications; no lane has to name it


def add(verbs: Any) -> None:
    """Declare the verbs."""
    verb = verb_of(verbs, "regions", regions, "导入区划，可重复导入 / load the regions; again to change them")
    verb.add_argument("path", type=Path, help="CSV: code,name,level,parent")
    verb = verb_of(
        verbs, "departments", departments, "导入部门，可重复导入 / load the departments; again to change them"
    )
    verb.add_argument("path", type=Path, help="CSV: kind,region,name,short")
    verb.add_argument(
        "--kinds",
        nargs="+",
        default=[],
        help="事项包还没用到、但确实需要的部门类型 / kinds no pack knows yet, but that are right",
    )
    verb = verb_of(verbs, "account", account, "建立或修改账号 / make an account, or change it")
    verb.add_argument("login", help="登录名 / who")
    verb.add_argument("--name", help="姓名 / the person's name; makes the account if there is none")
    verb.add_argument(
        "--posts", nargs="*", metavar="POST@DEPARTMENT",
        help="从此担任的全部岗位，如 window@zw-330802 / all posts from now on; without any: none",
    )  # fmt: skip
    able = verb.add_mutually_exclusive_group()
    able.add_argument("--disable", action="store_true", help="停用并立即退出 / nobody signs in with it any more")
    able.add_argument("--enable", action="store_true", help="恢复使用 / its holder signs in again")
    word = verb.add_mutually_exclusive_group()
    word.add_argument("--password", action="store_true", help="重设密码，只显示一次 / a new password, printed once")
    word.add_argument("--type-password", action="store_true", help="输入两次密码 / type a password twice")
    verb_of(verbs, "accounts", accounts, "列出账号、岗位和上次登录 / list accounts, posts and last sign-ins")


def regions(args: argparse.Namespace) -> int:
    """Load a list of regions."""
    return _load(args, identity.load_regions)


def departments(args: argparse.Namespace) -> int:
    """Load a list of departments, of the kinds the packs on disk speak of and those said to be right."""
    root = catalog.content_root()
    packs = [catalog.read(catalog.files_of(root, code)) for code in catalog.packs_on_disk(root)]
    kinds = {WINDOW, *args.kinds, *(lane.kind for pack in packs for lane in pack.lanes.values())}
    return _load(args, lambda work, text: identity.load_departments(work, text, kinds))


def account(args: argparse.Namespace) -> int:
    """Make or change one account; all of it or nothing. Only a generated password is printed, and only now."""
    settings = Settings.from_environment()
    logs.configure(settings.log)
    engine, posts = Engine.open(settings), _posts(args.posts)
    with engine.look(SYSTEM) as work:
        new = identity.account(work, args.login) is None
    typed = _typed(args.login) if args.type_password else ""
    made = identity.generated() if (new or args.password) and not typed else ""
    # Hashed before the transaction: it takes its time on purpose.
    hashed = identity.hash_password(typed or made) if typed or made else ""
    with engine.begin(SYSTEM) as work:
        _change(work, args, new, hashed, posts)
        found = identity.account(work, args.login)
    assert found
    told = _told(found) | ({"password": made} if made else {})
    said = f"  密码（只显示这一次） / password, shown this once: {made}" if made else ""
    say(args.json, told, _line(found) + ("\n" + said if said else ""))
    return 0


def accounts(args: argparse.Namespace) -> int:
    """List all accounts."""
    with Engine.open(Settings.from_environment()).look(SYSTEM) as work:
        found = identity.accounts(work)
    for one in found:
        say(args.json, _told(one), _line(one))
    if not found and not args.json:
        say(False, {}, "还没有账号 / no accounts yet")
    return 0


def _load(args: argparse.Namespace, load: Callable[[Work, str], Loaded]) -> int:
    try:
        text = args.path.read_text("utf-8")
    except UnicodeDecodeError:
        raise ValueError(f"{args.path}：请另存为 UTF-8 编码的 CSV / save it as CSV in UTF-8") from None
    with Engine.open(Settings.from_environment()).begin(SYSTEM) as work:
        found = load(work, text)
    count = {"added": found.added, "changed": found.changed, "same": found.same}
    text = "新增 {added}，修改 {changed}，未变 {same} / {added} added, {changed} changed, {same} as before"
    say(args.json, count, text.format(**count))
    return 0


def _change(
    work: Work, args: argparse.Namespace, new: bool, hashed: str, posts: tuple[Appointment, ...] | None
) -> None:
    if new and args.name is None:
        raise AccountInvalid(why=f"没有账号 {args.login}，用 --name 建立 / no such account; --name makes it")
    if new:
        identity.enrol(work, args.login, args.name, hashed)
    elif args.name is not None:
        identity.rename(work, args.login, args.name)
    if hashed and not new:
        identity.set_password(work, args.login, hashed)
    if posts is not None:
        identity.appoint(work, args.login, posts)
    if args.disable:
        identity.disable(work, args.login)
    if args.enable:
        identity.enable(work, args.login)


def _posts(said: list[str] | None) -> tuple[Appointment, ...] | None:
    return None if said is None else tuple(_post(text) for text in said)


def _post(text: str) -> Appointment:
    post, at, department = text.partition("@")
    if post not in set(Post) or not at or not department:
        raise AccountInvalid(
            why=f"{text}：应为 岗位@部门，岗位有 / write POST@DEPARTMENT with a post of {'、'.join(Post)}"
        )
    return Appointment(department, Post(post))


def _typed(login: str) -> str:
    typed = identity.acceptable(getpass(f"{login} 的新密码 / new password: "))
    if getpass("再输入一次 / once more: ") != typed:
        raise AccountInvalid(why="两次输入不同 / the two are different")
    return typed


def _told(one: Account) -> dict[str, Any]:
    seen = one.signed_in_at.astimezone(CITY).isoformat(timespec="minutes") if one.signed_in_at else None
    posts = [f"{held.post}@{held.department}" for held in one.posts]
    return {"login": one.login, "name": one.name, "posts": posts, "disabled": one.disabled, "signed_in_at": seen}


def _line(one: Account) -> str:
    told = _told(one)
    posts = " ".join(told["posts"]) or "没有岗位 / no posts"
    off = "  已停用 / disabled" if one.disabled else ""
    return f"{one.login}  {one.name}  {posts}  {told['signed_in_at'] or '从未登录 / never signed in'}{off}"
