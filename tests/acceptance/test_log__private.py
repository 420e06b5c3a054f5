"""The log of a whole case has nothing in it about anybody, and neither has any address a browser asked for."""

import json
import re
import socket
import urllib.parse

import pytest

from engine import demo
from tests.acceptance import test_window__http as window
from tests.server import Server
from tests.visitor import Visitor

TRACES = {value for value in window.COUPLE.values() if value not in ("", "yes")} | {window.OPINION, "户口簿首页"}


@pytest.fixture(scope="module")
def server(tmp_path_factory):
    """An installation that logs as JSON."""
    running = Server(tmp_path_factory.mktemp("logged") / "var")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("LIANBAN_LOG", "json")
        running.start()
    yield running
    running.stop()


@pytest.fixture
def asked():
    """Every address that was asked for."""
    return []


@pytest.fixture
def office(server, asked):
    """Makes visitors whose addresses are written down."""

    class Watched(Visitor):
        def _send(self, request):
            asked.append(urllib.parse.unquote(request.full_url))
            return super()._send(request)

    def visitor(login=""):
        made = Watched(server.address)
        if login:
            assert made.sign_in(login).status == 200
        return made

    return visitor


def test_a_case_leaves_no_name_behind(office, server, asked):
    """Form, job, decisions, refusals, a search, and requests nobody can read: all logged, none of it personal."""
    window.test_whole_case_by_five_people(office)
    assert not [address for address in asked if any(trace in address for trace in TRACES)]
    office("zhangwei").get("/inbox/?" + urllib.parse.urlencode({"q": "李志远", "box": "mine"}))
    office().get("/李志远".encode().decode("latin-1").translate({n: f"%{n:02X}" for n in range(128, 256)}))
    shout(server.port, "GET /progress?number=330802198801039976\r\n\r\n")
    lines = logged(server)
    routes = {line.get("route") for line in lines}
    assert {"/inbox/tasks/<task_id>", "/progress", "none"} <= routes, routes
    assert any(line["logger"] == "engine.exchange.ask" for line in lines), "the job asked somebody"
    assert any("malformed" in line["message"] for line in lines)
    told = json.dumps(lines, ensure_ascii=False)
    assert not [trace for trace in TRACES | names() if trace in told]
    assert not re.findall(r"(?<![\w.])\d{17}[\dX](?!\w)|(?<![\w.-])1\d{10}(?!\w)", told)


def shout(port, words):
    """Send what is no request."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as wire:
        wire.sendall(words.encode())
        wire.recv(1000)


def names():
    """What the people who work here are called."""
    return {person.name for person in demo.people()}


def logged(server):
    """The lines after the greeting; each of them has to be an object."""
    text = (server.data / "server.log").read_text("utf-8")
    return [json.loads(line) for line in text.partition("Ctrl+C\n")[2].splitlines()]
