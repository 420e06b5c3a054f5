"""Whoever has the database in hand and not the secret: whatever they do to a ledger is found, and named."""

import pytest
from sqlalchemy import delete, func, insert, select, text, update

from engine import cases, ledger
from engine.app import Engine
from engine.ledger import chain
from engine.store import Anchor, Case, Checkpoint, Entry
from engine.store.columns import dumps
from engine.work import SYSTEM
from tests import story

COLUMNS = [column.name for column in Entry.__table__.columns]
ROWS = (0, 1, 4, -1)  # the acceptance, some in between, the last
TABLE, C = Entry.__table__, Entry.__table__.c
END = (Case.ledger_length, Case.ledger_head, Case.ledger_seal)


@pytest.fixture
def url(database_url):
    """On both databases."""
    return database_url


@pytest.fixture
def case_id(city):
    """A case of ten entries, the first of which a checkpoint has seen; and another one beside it."""
    story.publish_family(city.engine)
    made = story.accepted(city.engine, city.actor("wangfang"))
    with city.engine.begin(SYSTEM) as work:
        assert ledger.checkpoint(work) == 1
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    story.accepted(city.engine, city.actor("wangfang"))
    return made


def checked(city, *, keyed=True):
    with city.engine.snapshot(SYSTEM) as work:
        return list(ledger.verify(work, keyed=keyed))


def flaws(city, *, keyed=True):
    """What is found, as (case, number of the entry, sentence)."""
    return [(one.case, one.flaw.seq, one.flaw.en) for one in checked(city, keyed=keyed) if one.flaw]


def direct(city, *statements):
    """Change the database past the engine, its keys included."""
    with city.engine.database.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("ROLLBACK")
            connection.exec_driver_sql("PRAGMA foreign_keys = OFF")
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        else:
            connection.exec_driver_sql("SET session_replication_role = replica")
        for statement in statements:
            connection.execute(statement)
        connection.commit()
        connection.invalidate()


def entries_of(city, case_id=None):
    """The rows of a case, or of all."""
    wanted = select(TABLE).where(C.case_id == case_id) if case_id else select(TABLE)
    with city.engine.look(SYSTEM) as work:
        return [dict(row._mapping) for row in work.session.execute(wanted.order_by(C.case_id, C.seq))]


def number_of(city, case_id):
    with city.engine.look(SYSTEM) as work:
        return work.session.scalar(select(Case.number).where(Case.id == case_id))


def test_what_was_written_is_whole(city, case_id):
    """Two ledgers and a checkpoint are as they were written, with every entry counted; nothing else is checked."""
    found = checked(city)
    assert [one.flaw for one in found] == [None, None, None]
    with city.engine.look(SYSTEM) as work:
        written = work.session.scalar(select(func.count()).select_from(Entry))
    assert sum(one.length for one in found if one.case) == written >= 18
    assert len(entries_of(city, case_id)) >= 10


def _flipped(sqlite, name, place):
    """SQL that gives a column with one byte of it, counted from its front or (-1) back, written as another."""
    if name == "seq":
        return "seq + 1000"
    if name == "at" and not sqlite:
        return "at + interval '1 microsecond'"
    if sqlite:  # any byte, even one that leaves no UTF-8
        cut = f"CAST({name} AS BLOB)"
        rest = f"substr({cut}, 2)" if place == 0 else f"substr({cut}, 1, length({cut}) - 1)"
        return f"CAST(x'ff' || {rest} AS TEXT)" if place == 0 else f"CAST({rest} || x'ff' AS TEXT)"
    rest = f"substr({name}, 2)" if place == 0 else f"left({name}, -1)"
    return f"'~' || {rest}" if place == 0 else f"{rest} || '~'"


@pytest.mark.parametrize("place", [0, -1])
@pytest.mark.parametrize("name", COLUMNS)
def test_a_byte_of_any_column_of_any_entry(city, case_id, name, place):
    """One byte is written otherwise, first or last, in any column of the first, an inner or the last entry."""
    number, rows, everything = number_of(city, case_id), entries_of(city, case_id), entries_of(city)
    told = _flipped(city.engine.database.dialect.name == "sqlite", name, place)
    for row in ROWS:
        seq = rows[row]["seq"]
        one = text(f"UPDATE entry SET {name} = {told} WHERE case_id = :case AND seq = :seq")
        direct(city, one.bindparams(case=case_id, seq=seq))
        found = flaws(city)
        assert (number, seq) in [(case, at) for case, at, _ in found], found
        assert len(found) == (2 if name == "case_id" else 1), found  # the entry is missing here and strays there
        direct(city, delete(TABLE), insert(TABLE).values(everything))
        assert flaws(city) == []


@pytest.mark.parametrize(
    ("seq", "says"), [(1, "Entry 1 is missing."), (3, "Entry 3 is missing."), (-1, "Entry {} is missing.")]
)
def test_an_entry_taken_away(city, case_id, seq, says):
    """It is missed by its number: the first, an inner one, and the last, which leaves no gap."""
    last = len(entries_of(city, case_id))
    seq = last if seq < 0 else seq
    direct(city, delete(TABLE).where(C.case_id == case_id, C.seq == seq))
    assert flaws(city) == [(number_of(city, case_id), seq, says.format(seq))]


def test_an_entry_taken_away_and_the_others_renumbered(city, case_id):
    """Nothing is missing by number; the one that stands in its place does not follow."""
    direct(
        city,
        delete(TABLE).where(C.case_id == case_id, C.seq == 3),
        update(TABLE).where(C.case_id == case_id, C.seq > 3).values(seq=-C.seq),
        update(TABLE).where(C.case_id == case_id, C.seq < 0).values(seq=-C.seq - 1),
    )
    says = "It does not follow the one before it: it was changed, or one before it was taken away."
    assert flaws(city) == [(number_of(city, case_id), 3, says)]


def test_two_entries_change_places(city, case_id):
    """The first of them is named, with the place it had."""
    swap = [(2, -2), (5, 2), (-2, 5)]
    direct(city, *(update(TABLE).where(C.case_id == case_id, C.seq == a).values(seq=b) for a, b in swap))
    assert flaws(city) == [(number_of(city, case_id), 2, "It is not in its place: it was written as entry 5.")]


def _forged(city, case_id, before, seq, **other):
    """An entry with the right hash, made by somebody who knows how, and with a seal of their own."""
    row = {**entries_of(city, case_id)[0], "seq": seq, "kind": "case:read", **other}
    said = (row["case_id"], str(seq), chain.written(row["at"]), row["kind"], row["actor"], row["actor_name"])
    return {**row, "hash": chain.link(before, *said, dumps(row["facts"])), "seal": "0" * 64}


def test_an_entry_put_in(city, case_id):
    """One more in the middle, the others renumbered: it is named, whether its hash is right or none."""
    rows = entries_of(city, case_id)
    for row in (_forged(city, case_id, rows[2]["hash"], 4), {**rows[0], "seq": 4, "hash": "", "seal": ""}):
        direct(
            city,
            update(TABLE).where(C.case_id == case_id, C.seq > 3).values(seq=-C.seq),
            update(TABLE).where(C.case_id == case_id, C.seq < 0).values(seq=-C.seq + 1),
            insert(TABLE).values(row),
        )
        ((number, seq, said),) = flaws(city)
        assert (number, seq) == (number_of(city, case_id), 4)
        assert said.startswith("Its hash fits, its seal does not" if row["hash"] else "It is not in its place") or (
            said == "It was inserted."
        )
        direct(city, delete(TABLE).where(C.case_id == case_id), insert(TABLE).values(rows))


def test_an_entry_put_at_the_end(city, case_id):
    """One more after the last, hash and case in order: it lacks the seal."""
    rows = entries_of(city, case_id)
    row = _forged(city, case_id, rows[-1]["hash"], len(rows) + 1)
    direct(city, insert(TABLE).values(row))
    mine = update(Case.__table__).where(Case.id == case_id)
    direct(city, mine.values(ledger_length=len(rows) + 1, ledger_head=row["hash"]))
    ((number, seq, said),) = flaws(city)
    assert (number, seq) == (number_of(city, case_id), len(rows) + 1)
    assert said.startswith("Its hash fits, its seal does not")


def test_a_ledger_written_anew(city, case_id):
    """All of it with hashes that fit, from an entry on: it lacks the seal, and without the secret it is not seen."""
    rows, before = entries_of(city, case_id), ""
    for row in rows:
        other = {name: row[name] for name in ("kind", "at", "actor", "facts")} | {"actor_name": "某某"}
        row.update(_forged(city, case_id, before, row["seq"], **other))
        before = row["hash"]
    direct(city, delete(TABLE).where(C.case_id == case_id), insert(TABLE).values(rows))
    direct(city, update(Case.__table__).where(Case.id == case_id).values(ledger_head=before))
    direct(city, delete(Anchor.__table__).where(Anchor.case_id == case_id))
    ((number, seq, said), (_, _, anchors)) = flaws(city)
    assert (number, seq) == (number_of(city, case_id), 1)
    assert said.startswith("Its hash fits, its seal does not")
    assert "last checkpoint" in anchors
    assert [case for case, *_ in flaws(city, keyed=False)] == [""]


def test_the_end_cut_off(city, case_id):
    """Entries since the checkpoint are gone, and the case says so too: it lacks the seal of a last entry."""
    rows = entries_of(city, case_id)
    cut = rows[-2]
    direct(
        city,
        delete(TABLE).where(C.case_id == case_id, C.seq > cut["seq"]),
        update(Case.__table__)
        .where(Case.id == case_id)
        .values(ledger_length=cut["seq"], ledger_head=cut["hash"], ledger_seal=cut["seal"]),
    )
    says = "By its case it is not the last: the end was cut or changed."
    assert flaws(city) == [(number_of(city, case_id), cut["seq"], says)]


def test_a_case_put_back_to_an_earlier_day(city, case_id, clock):
    """With the seals of then, from a copy: the checkpoint has seen more."""
    rows = entries_of(city, case_id)
    with city.engine.look(SYSTEM) as work:
        old = work.session.execute(select(*END).where(Case.id == case_id)).one()._asdict()
    with city.engine.begin(city.actor("wangfang")) as work:
        cases.view(work, case_id)
    with city.engine.begin(SYSTEM) as work:
        assert ledger.checkpoint(work) == 2
    direct(city, delete(TABLE).where(C.case_id == case_id, C.seq > len(rows)))
    direct(city, update(Case.__table__).where(Case.id == case_id).values(old))
    missing = f"Entry {len(rows) + 1} is missing."
    assert flaws(city) == [(number_of(city, case_id), len(rows) + 1, missing)]
    clock.forward(minutes=1)
    with city.engine.begin(city.actor("wangfang")) as work:
        cases.view(work, case_id)
    with city.engine.begin(SYSTEM) as work:
        assert ledger.checkpoint(work) == 0  # an anchor does not move over what was changed
    says = "It is not the entry the last checkpoint saw."
    assert flaws(city) == [(number_of(city, case_id), len(rows) + 1, says)]


def test_the_ledger_of_a_whole_case(city, case_id):
    """It is gone and the case says it never had any; then the case itself is gone."""
    number = number_of(city, case_id)
    empty = {"ledger_length": 0, "ledger_head": "", "ledger_seal": ""}
    direct(city, delete(TABLE).where(C.case_id == case_id))
    direct(city, update(Case.__table__).where(Case.id == case_id).values(empty))
    assert flaws(city) == [(number, 1, "Entry 1 is missing.")]
    direct(city, delete(Case.__table__).where(Case.id == case_id))
    ((case, _, said),) = flaws(city)
    assert (case, said.startswith("The whole case is gone")) == (number, True)
    direct(city, delete(Anchor.__table__).where(Anchor.case_id == case_id))
    assert flaws(city) == [("", 1, "What the last checkpoint was made of was changed.")]


@pytest.mark.parametrize(
    ("damage", "says"),
    [
        (update(Checkpoint.__table__).values(entries=7), "Checkpoint 1 was changed"),
        (update(Checkpoint.__table__).values(seal="0"), "Checkpoint 1 was changed"),
        (delete(Checkpoint.__table__).where(Checkpoint.number == 1), "Checkpoint 1 is missing."),
        (delete(Checkpoint.__table__).where(Checkpoint.number == 2), "What the last checkpoint was made of"),
    ],
)
def test_a_checkpoint(city, case_id, damage, says):
    """Changed or taken away, it is named."""
    assert case_id
    with city.engine.begin(SYSTEM) as work:
        assert ledger.checkpoint(work) == 2
    direct(city, damage)
    ((case, _, said),) = flaws(city)
    assert (case, said.startswith(says)) == ("", True)


def test_another_secret(city, case_id):
    """Every seal is strange, and it is said that it may be the secret; the hashes fit."""
    assert case_id
    other = Engine(city.engine.database, city.engine.clock)
    with other.snapshot(SYSTEM) as work:
        found = [one.flaw for one in ledger.verify(work)]
        assert all(flaw and "LIANBAN_SECRET" in flaw.en for flaw in found)
        assert not any(one.flaw for one in ledger.verify(work, keyed=False))
