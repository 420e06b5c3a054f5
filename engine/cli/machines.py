"""The verbs of `lianban` that run beside the web: workers, the bell of a broker, the sandbox, systems that may call."""

import argparse
import os
import signal
import sys
import threading
from importlib import import_module
from typing import Any

from engine import exchange, logs, worker
from engine.app import Engine
from engine.cli.speech import say, verb_of
from engine.exchange import Exchange
from engine.sandbox import Sandbox
from engine.settings import Settings
from engine.work import SYSTEM


def add(verbs: Any) -> None:
    """Add the verbs to the command line."""
    found = verb_of(verbs, "work", work, "执行作业和定时，不提供网站 / do jobs and timers, without the screens")
    found.add_argument("--threads", type=int, default=worker.THREADS, help="同时执行的作业数 / jobs at the same time")
    verb_of(verbs, "ring", ring, "把到期的作业交给 Celery / name due jobs to Celery, and fire timers")
    found = verb_of(verbs, "sandbox", sandbox, "启动模拟的部门共享接口 / serve invented departments to ask")
    found.add_argument("--port", type=int, default=8090, help="端口 / port; 0 takes a free one")
    found = verb_of(verbs, "client", client, "登记可以回调的外部系统 / let a system call us; prints its token once")
    found.add_argument("name", help="系统名称 / the system")
    found.add_argument(
        "may", nargs="+", help="可用的消息名称和接口类型 / names of messages and types of connectors it may speak of"
    )


def work(args: argparse.Namespace) -> int:
    """Do jobs and fire timers until told to stop; what was begun is finished."""
    engine, desk = installation()
    _tell(args, {"threads": args.threads}, f"正在执行作业 / doing jobs: {args.threads}")
    worker.run(engine, _stopped(), desk, args.threads)
    return 0


def ring(args: argparse.Namespace) -> int:
    """Name due jobs to the broker until told to stop. ValueError without a broker."""
    settings = Settings.from_environment()
    logs.configure(settings.log)
    if not settings.broker:
        raise ValueError("LIANBAN_BROKER is not set, such as redis://127.0.0.1:6379/0")
    bell = import_module("engine.celery_app")  # Celery is installed only where it is used
    engine = Engine.open(settings)
    _tell(args, {"ringing": True}, "正在派发作业 / ringing for jobs")
    worker.keep_ringing(engine, bell.ring, _stopped())
    return 0


def sandbox(args: argparse.Namespace) -> int:
    """Serve the invented departments until told to stop."""
    logs.configure(Settings.from_environment().log)
    stop = _stopped()
    with Sandbox(port=args.port) as running:
        _tell(args, {"address": running.address}, f"模拟接口 / sandbox: {running.address}")
        stop.wait()
    return 0


def client(args: argparse.Namespace) -> int:
    """Enrol a system that may call us."""
    with Engine.open(Settings.from_environment()).begin(SYSTEM) as unit:
        token = exchange.enrol(unit, args.name, args.may)
    _tell(
        args, {"client": args.name, "token": token}, f"{args.name} 的令牌（只显示这一次）/ token, shown once: {token}"
    )
    return 0


def installation() -> tuple[Engine, worker.Desk]:
    """The engine of this environment, and its connectors. ValueError for a connector file that cannot be used."""
    settings = Settings.from_environment()
    logs.configure(settings.log)
    return Engine.open(settings), worker.desk(Exchange(exchange.read(settings.exchange, os.environ)))


def _stopped() -> threading.Event:
    """Set when somebody asks this process to stop."""
    stop = threading.Event()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: stop.set())
    return stop


def _tell(args: argparse.Namespace, told: dict[str, Any], text: str) -> None:
    say(args.json, told, text)
    sys.stdout.flush()
