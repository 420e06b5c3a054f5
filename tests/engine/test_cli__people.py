"""From an empty installation to somebody who can sign in, by the command line alone."""

import json
import re
from importlib.resources import files

import pytest
from sqlalchemy import select

from engine import cli, demo, identity
from engine.app import Engine
from engine.settings import Settings
from engine.store import Case, Item
from engine.words import CITY
from engine.work import PUBLIC, SYSTEM
from tests import story

KINDS = ("--kinds", "yb", "rs", "gjj")  # no pack asks them yet


@pytest.fixture
def home(tmp_path, monkeypatch):
    """An installation with nothing in it."""
    monkeypatch.setenv("LIANBAN_DATA", str(tmp_path / "var"))
    monkeypatch.delenv("LIANBAN_DATABASE", raising=False)
    return tmp_path


def run(capsys, *arguments):
    """Exit status and the JSON lines printed."""
    status = cli.main([*map(str, arguments), "--json"])
    return status, [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def listed(home, name):
    """A list of the demo city as a file an administrator would edit."""
    path = home / name
    path.write_text((files(demo) / "city" / name).read_text("utf-8"), "utf-8-sig")
    return path


@pytest.fixture
def offices(home, capsys):
    """An installation with regions and departments, but nobody in it."""
    assert run(capsys, "regions", listed(home, "regions.csv"))[0] == 0
    assert run(capsys, "departments", listed(home, "departments.csv"), *KINDS)[0] == 0
    return home


def right(login, password):
    """Whether somebody can sign in with this password."""
    with Engine.open(Settings.from_environment()).look(PUBLIC) as work:
        return identity.verify(identity.candidate(work, login), password)


def test_from_nothing_to_a_clerk(offices, capsys):
    """Lists are loaded, an account is made with its posts, and the printed password is right."""
    status, [made] = run(
        capsys, "account", "zhouli", "--name", "周丽", "--posts", "window@zw-330802", "reviewer@mz-330802"
    )
    assert status == 0
    assert re.fullmatch(r"[a-z2-9]{16}", made["password"])
    assert right("zhouli", made["password"])
    expected = {
        "login": "zhouli", "name": "周丽", "posts": ["reviewer@mz-330802", "window@zw-330802"],
        "disabled": False, "signed_in_at": None,
    }  # fmt: skip
    assert run(capsys, "accounts") == (0, [expected])


def test_lists_may_be_loaded_again(offices, capsys):
    """Nothing is doubled, and it is said what changed."""
    status, [told] = run(capsys, "regions", offices / "regions.csv")
    assert (status, told["added"], told["changed"]) == (0, 0, 0)
    status, [told] = run(capsys, "departments", offices / "departments.csv")
    assert (status, told["added"], told["changed"]) == (0, 0, 0), "kinds that are there need not be said again"


@pytest.mark.parametrize(
    ("name", "text", "said"),
    [
        ("regions", "code,name,level,parent\n1,x,city,\n", "Line 2"),
        ("departments", "kind,region,name,short\nxx,330802,x,x\n", "mz"),
        ("regions", "代码".encode("gbk"), "UTF-8"),
    ],
)
def test_a_wrong_list_is_a_sentence(home, capsys, name, text, said):
    """With the line and the cure; status 1."""
    (home / "wrong.csv").write_bytes(text if isinstance(text, bytes) else text.encode())
    status, [told] = run(capsys, name, home / "wrong.csv")
    assert status == 1
    assert said in told["error"]["en"]


def test_an_account_is_changed_by_its_options_only(offices, capsys):
    """Naming it alone changes nothing and prints no password."""
    _, [made] = run(capsys, "account", "zhouli", "--name", "周丽", "--posts", "window@zw-330802")
    assert run(capsys, "account", "zhouli") == (0, [{k: v for k, v in made.items() if k != "password"}])
    assert run(capsys, "account", "zhouli", "--disable")[1][0]["disabled"]
    assert not right("zhouli", made["password"])
    _, [changed] = run(capsys, "account", "zhouli", "--enable", "--name", "周小丽", "--posts", "--password")
    assert (changed["name"], changed["posts"], changed["disabled"]) == ("周小丽", [], False)
    assert right("zhouli", changed["password"])
    assert not right("zhouli", made["password"])


def test_a_password_may_be_typed_twice(offices, capsys, monkeypatch):
    """It is asked for without being shown, never taken from the command line, and not printed."""
    typed = iter(["chosen-password", "chosen-password", "chosen-password", "another-one", "short", "short"])
    monkeypatch.setattr("engine.cli.people.getpass", lambda _: next(typed))
    status, [made] = run(capsys, "account", "zhouli", "--name", "周丽", "--type-password")
    assert (status, "password" in made) == (0, False)
    assert right("zhouli", "chosen-password")
    for _ in range(2):
        assert run(capsys, "account", "zhouli", "--type-password")[0] == 1
    assert right("zhouli", "chosen-password")


@pytest.mark.parametrize(
    "arguments",
    [
        ("account", "zhouli"),
        ("account", "zhouli", "--name", "周丽", "--posts", "window"),
        ("account", "zhouli", "--name", "周丽", "--posts", "chief@zw-330802"),
        ("account", "zhouli", "--name", "周丽", "--posts", "window@zw-1"),
        ("account", "Zhouli", "--name", "周丽"),
    ],
)
def test_nothing_of_a_wrong_account_is_kept(offices, capsys, arguments):
    """It is said what is wrong; the account is made whole or not at all."""
    assert run(capsys, *arguments)[0] == 1
    assert run(capsys, "accounts") == (0, [])


def test_accounts_are_told_to_people(offices, capsys):
    """Without --json, in both languages; the password is on a line of its own."""
    assert cli.main(["accounts"]) == 0
    assert "还没有账号" in capsys.readouterr().out
    assert cli.main(["account", "zhouli", "--name", "周丽"]) == 0
    said = capsys.readouterr()
    assert "没有岗位 / no posts" in said.out
    assert "只显示这一次" in said.out
    assert "zhouli" not in said.err


def test_a_typhoon_day_moves_deadlines_of_its_region_only(home, capsys):
    """What moved is said case by case; setting it again moves nothing."""
    engine = Engine.open(Settings.from_environment())
    cli.prepare(engine, demonstrate=True)
    case = story.accepted(engine, story.person(engine, "wangfang"))
    with engine.look(SYSTEM) as work:
        number = work.session.get_one(Case, case).number
        due = work.session.scalar(select(Item.due_at).where(Item.due_at.is_not(None))).astimezone(CITY).date()
    asked = ("day", due, "rest", "--reason", "台风", "--source", "防指〔2026〕1号", "--region")
    nothing = {"day": due.isoformat(), "kind": "rest", "region": "330824", "moved": 0}
    assert run(capsys, *asked, "330824") == (0, [nothing])
    status, [*moved, told] = run(capsys, *asked, "330802")
    assert (status, told["moved"]) == (0, len(moved))
    assert moved
    assert {one["number"] for one in moved} == {number}
    assert all(one["before"] < one["after"] for one in moved)
    assert run(capsys, *asked, "330802")[1][-1]["moved"] == 0


@pytest.mark.parametrize("extra", [("--region", "999999"), ("--reason", "x" * 81), ("--source", " ")])
def test_a_day_of_nowhere_is_refused(home, capsys, extra):
    """An unknown region is a sentence; what is too long is wrong usage."""
    asked = ["day", "2026-07-11", "rest", "--reason", "台风", "--source", "1号", *extra]
    if extra[0] == "--region":
        assert run(capsys, *asked)[0] == 1
        return
    with pytest.raises(SystemExit) as usage:
        run(capsys, *asked)
    assert usage.value.code == 2
