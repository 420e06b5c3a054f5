"""The `lianban` command: the engine's verbs, and `serve`."""

import argparse
import logging
import os
import sys
import threading
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from babel.support import Translations

from engine import cli, demo, exchange, logs, sandbox, worker
from engine.app import Engine
from engine.cli.overview import Overview
from engine.exchange import Exchange
from engine.settings import Settings
from engine.work import SYSTEM
from web import create_app
from web.language import CHINESE, LOCALES
from web.server import Server

log = logging.getLogger(__name__)
TRANSLATIONS = Path(__file__).parent / "translations"


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one verb; returns the exit status."""
    return cli.run(parser().parse_args(arguments))


def parser() -> Overview:
    """The whole command line."""
    top = cli.parser()
    about = "启动网站 / serve the screens"
    verb = top.verbs.add_parser("serve", help=about, description=about)
    verb.add_argument("--demo", action="store_true", help="空库时载入演示数据 / load the demo city when empty")
    verb.add_argument("--json", action="store_true", help="每行一个 JSON 对象 / one JSON object a line")
    verb.set_defaults(run=serve)
    return top


def serve(args: argparse.Namespace) -> int:
    """Open the installation, publish the packs on disk and serve until stopped."""
    settings = Settings.from_environment()
    logs.configure(settings.log)
    engine = Engine.open(settings)
    cli.prepare(engine, demonstrate=args.demo)
    greeting = _facts(engine, settings, demonstrate=args.demo)
    cli.say(args.json, greeting, _greeting(greeting))
    sys.stdout.flush()
    asked = Exchange(exchange.read(settings.exchange, os.environ))  # the window and the worker ask by the same ones
    work = _worker(engine, settings, asked, demonstrate=args.demo)
    Server(create_app(engine, settings, asked), engine, settings.host, settings.port, work).run()
    return 0


def _worker(
    engine: Engine, settings: Settings, asked: Exchange, *, demonstrate: bool
) -> Callable[[threading.Event], None]:
    """What does jobs and timers beside the requests; the demo city asks its own sandbox, unless told otherwise."""

    def work(stop: threading.Event) -> None:
        with ExitStack() as opened:
            if demonstrate and not asked.offices:
                peer = opened.enter_context(sandbox.Sandbox())
                asked.offices = sandbox.offices(peer.address)
                log.info("the demo asks the sandbox at %s", peer.address)
            if settings.threads > 0:
                worker.run(engine, stop, worker.desk(asked), settings.threads)
            stop.wait()  # else jobs are done elsewhere: by `lianban work`, or rung for by `lianban ring`

    return work


def _facts(engine: Engine, settings: Settings, *, demonstrate: bool) -> dict[str, Any]:
    told: dict[str, Any] = {"address": settings.public_url}
    if demonstrate:
        with engine.look(SYSTEM) as work:
            told["accounts"] = [{"login": a.login, "name": a.name, "held": _held(a)} for a in demo.accounts(work)]
        told["password"] = demo.PASSWORD
    return told


def _greeting(told: dict[str, Any]) -> str:
    lines = [f"联办 Lianban  {told['address']}"]
    if "accounts" in told:
        lines += [f"演示账号，密码均为 / demo accounts, all with the password: {told['password']}"]
        lines += [f"  {a['login']:<10} {a['name']}  {a['held']}" for a in told["accounts"]]
        people = "、".join(f"{each.name} {each.id_number}" for each in demo.people()[:2])
        lines += [f"可以试填的人 / people to try: {people}"]
        lines += ["演示数据，勿用于真实业务 / invented data, not for real cases"]
    return "\n".join([*lines, "按 Ctrl+C 停止 / stop with Ctrl+C"])


def _held(account: demo.Account) -> str:
    chinese = Translations.load(str(TRANSLATIONS), [LOCALES[CHINESE]])
    zh = "、".join(chinese.gettext(post.label) for post in account.posts)
    return f"{account.department} {zh} / {', '.join(post.label for post in account.posts)}"
