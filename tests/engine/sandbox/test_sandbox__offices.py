"""The sandbox serves what the contracts promise, over people of the demo city."""

import json
import subprocess
import sys
import tomllib
import urllib.request
from pathlib import Path

import pytest

from engine import catalog, sandbox
from engine.sandbox import records

CONTRACTS = tomllib.loads((catalog.content_root() / "workflows/connectors.toml").read_text("utf-8"))["connectors"]
LI = {"name": "李志远", "id_number": "330802198801039976"}


def test_every_contract_has_an_office_and_the_other_way():
    """What a drawing may ask, the sandbox answers, with exactly these fields."""
    assert records.records().keys() == CONTRACTS.keys()
    for name, record in records.records().items():
        extra = {field for person in record.people.values() for field in person}
        assert {*record.fields, *extra} == set(CONTRACTS[name]["fields"]), name
        assert record.department == CONTRACTS[name]["department"]


def test_everybody_with_a_record_is_a_demo_person():
    """A record of somebody who does not exist would never be found."""
    assert {who for r in records.records().values() for who in r.people} <= records.known().keys()


@pytest.mark.parametrize("connector", CONTRACTS)
def test_an_office_answers(connector):
    """Over a real socket, each office confirms a known person."""
    with sandbox.Sandbox() as peer:
        body = json.dumps({"question": LI}).encode()
        with urllib.request.urlopen(urllib.request.Request(f"{peer.address}/{connector}", data=body)) as answer:
            said = json.load(answer)
    assert (said["kind"], set(said)) == ("ok", {"kind", "as_of", "data"})


def test_a_question_about_nobody_is_answered():
    """What is left of a budget needs no person; a person nobody knows is still not found."""
    asked = records.answer("cz.budget", {"area": "330802006", "amount": 3000}, "2026-11-20")
    assert (asked["kind"], asked["data"]["remaining"]) == ("ok", 500000)
    nobody = {"name": "无名氏", "id_number": "LS-2026-0001"}
    assert records.answer("mz.relief", nobody, "2026-11-20")["kind"] == "not_found"


@pytest.mark.parametrize(("account", "kind"), [("6222020000000000018", "ok"), ("6222020000000000026", "mismatch")])
def test_money_goes_only_to_the_account_the_bank_knows(account, kind):
    """An account that is not the person's is a mismatch, so that the drawing can have it corrected."""
    question = {"name": "胡海涛", "id_number": "330802196306159971", "account": account, "amount": 3000}
    assert records.answer("cz.payment", question, "2026-11-20")["kind"] == kind


def test_the_verb_serves_until_it_is_stopped():
    """`lianban sandbox` says where it is and ends in good order."""
    program = Path(sys.executable).with_name("lianban")
    command = [program, "sandbox", "--port", "0", "--json"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
    try:
        address = json.loads(process.stdout.readline())["address"]
        with urllib.request.urlopen(f"{address}/asked") as answer:
            assert json.load(answer) == []
    finally:
        process.terminate()
    assert process.wait(20) == 0
    process.stdout.close()
