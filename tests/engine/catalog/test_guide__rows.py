"""The situation guide: which items and papers follow from the answers, each with its reason, and what lint refuses."""

from datetime import UTC, datetime

import pytest

from engine import catalog, rehearsal
from engine.errors import PackInvalid
from engine.words import Need
from tests import guided

NOW = datetime(2026, 11, 25, 2, tzinfo=UTC)
PACK = guided.pack()


def stands(years, chosen=None, *, muslim=False):
    """Need and inclusion of every item, by code."""
    found = catalog.guided(PACK, {"years": years, "muslim": muslim}, NOW, chosen or {})
    return {one.spec.code: (one.need, one.included, one.reasons) for one in found}


def test_the_pack_is_whole():
    """Lint has nothing to say about the pack these tests break."""
    assert catalog.lint(guided.files()) == []


@pytest.mark.parametrize(("years", "need"), [(60, Need.CHOSEN), (59, Need.NOT_APPLICABLE)])
def test_boundary_of_a_rule(years, need):
    """A birthday today counts: at sixty the grant is offered and ticked, a year before it does not apply."""
    assert stands(years)["grant"][0] is need


def test_every_item_says_why():
    """The reason is the sentence of the row that decided."""
    assert stands(70)["permit"] == (Need.REQUIRED, True, ("人人都要办",))
    assert stands(40)["visit"] == (Need.OFFERED, False, ("可以上门",))


def test_what_is_ruled_out_is_not_done_whatever_else_is_said():
    """A row that rules an item out wins over the row that requires it, and its reason is shown."""
    assert stands(70, muslim=True)["burial"] == (Need.NOT_APPLICABLE, False, ("尊重土葬习俗",))
    assert stands(70)["burial"] == (Need.REQUIRED, True, ("应当火化",))


def test_ticks_count_for_what_is_offered_only():
    """An offered item is taken when ticked and left when not; what is required or does not apply is not asked."""
    ticks = {"permit": False, "grant": False, "visit": True}
    assert [code for code, (_, included, _) in stands(70, ticks).items() if included] == ["permit", "burial"]
    assert [code for code, (_, included, _) in stands(40, ticks).items() if included] == ["permit", "visit", "burial"]


def test_a_required_item_cannot_be_unticked():
    """The refusal names it; unticking what is offered is no error."""
    found = catalog.guided(PACK, {"years": 70, "muslim": False}, NOW)
    errors = catalog.unticked(found, {"permit": False, "grant": False})
    assert [error.key for error in errors] == ["items.permit"]


def test_papers_say_why():
    """A paper's reason comes from its table or from itself; papers of items that do not apply are not asked for."""
    said = {"years": 70, "muslim": False}
    found = catalog.papers(PACK, ["permit", "grant"], said, NOW)
    assert [(spec.code, why) for spec, why in found] == [("card", ("核对身份",)), ("bank", ("补助打入本人账户",))]
    assert [spec.code for spec, _ in catalog.papers(PACK, ["permit"], said, NOW)] == ["card"]


def test_a_condition_is_a_guide_of_one_rule():
    """A pack without a table says the same with `when`, `reason` and `need`."""
    when = 'when = "=years > 1"\nreason = "可以上门"\nneed = "offered"\n'
    rules = [rule for rule in guided.RULES if rule[2] != "visit"]
    pack = guided.pack(extra={"visit": when}, items__dmn=guided.decisions(rules))
    visit = next(o for o in catalog.guided(pack, {"years": 40, "muslim": False}, NOW) if o.spec.code == "visit")
    assert (visit.need, visit.reasons, visit.included) == (Need.OFFERED, ("可以上门",), False)


def test_the_ledger_can_say_why():
    """The decision is kept with its inputs and the numbers of the rules that matched."""
    said = {"years": 70, "muslim": True}
    items, papers = catalog.decisions(PACK, said, said, NOW)
    assert (items.decision, [rule.number for rule in items.matched]) == ("items", [1, 2, 4, 5])
    assert (items.inputs["years"], papers.decision) == (70, "papers")


def broken(rules=guided.RULES, **changes):
    """The rules lint finds broken."""
    changes.setdefault("items__dmn", guided.decisions(rules))
    return {(finding.rule, finding.file) for finding in catalog.lint(guided.files(**changes)) if not finding.warning}


ROW = guided.RULES[0]


@pytest.mark.parametrize(
    ("rules", "rule"),
    [
        (guided.RULES[1:], "guide-never"),
        ((*guided.RULES, ("-", "-", "permits", "人人都要办", "required")), "item-unknown"),
        ((*guided.RULES, ("-", "-", "permit", "人人都要办", "wanted")), "bad-value"),
        ((*guided.RULES, ("-", "-", "permit", "", "required")), "guide-word"),
        ((*guided.RULES, ("-", "-", "permit", "没有英文", "required")), "text-no-english"),
    ],
)
def test_tables_that_are_refused(rules, rule):
    """An item nothing calls for, an unknown one, an unknown word, a row without a reason, a reason without English."""
    assert rule in {found for found, _ in broken(rules)}


def test_guides_that_cannot_be_read():
    """A decision that is not there, one that does not collect, one that asks too early, and both ways at once."""
    once = guided.decisions().replace('"COLLECT"', '"UNIQUE"')
    late = guided.decisions().replace("years", "person")
    twice = {"visit": 'when = "=true"\n'}
    for changes, rule in (
        ({"head": guided.HEAD.replace('"items"', '"nothing"')}, "guide-none"),
        ({"items__dmn": once}, "guide-table"),
        ({"items__dmn": late}, "guide-input"),
        ({"extra": twice}, "guide-twice"),
    ):
        assert rule in {found for found, _ in broken(**changes)}, rule
        with pytest.raises(PackInvalid):
            guided.pack(**changes)


def test_rehearsal_counts_the_rules_of_the_guide():
    """A rule of the guide no scenario touches is missed, like one of any other table."""
    story = """about = "一次"
choices = { grant = false }
[start]
on = 2026-11-20
years = 70
"person.name" = "方知远"
[end]
"""
    pack = catalog.read(guided.files() | {"workflows/guided/scenarios/one.toml": story})
    found = rehearsal.rehearse(pack)
    assert [one.problems for one in found.played] == [()]
    assert found.covered["rules"].missed == ("items#3", "items#5")
