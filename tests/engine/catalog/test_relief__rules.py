"""The rules of temporary relief at their edges, and that its items and its triage say the same."""

import itertools
from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine import catalog, dmn, feel

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
PACK = catalog.read(catalog.files_of(catalog.content_root(), "temporary-relief"))
PARAMETERS = PACK.parameters_on(NOW.date())
ACUTE = ("fire", "traffic", "illness", "accident")


def beside(_, location):
    """A file of the pack another one imports."""
    return PACK.files[f"workflows/temporary-relief/{location}"].encode()


def decide(name, **inputs):
    """What a decision of the pack says."""
    models = [dmn.read(PACK.files[file].encode(), resolve=beside) for file in PACK.files if file.endswith(".dmn")]
    model = next(model for model in models if any(node.element.id == name for node in model.nodes))
    return feel.from_feel(model.decide(name, inputs, now=NOW).value)


@pytest.mark.parametrize("cause", [*ACUTE, "medical", "education", "necessary"])
def test_an_item_of_emergency_exactly_when_triage_says_so(cause):
    """Whatever is ticked, the window lists relief first if and only if the drawing will take that way."""
    ticks = ("life_danger", "no_food", "no_shelter", "no_treatment")
    for ticked in itertools.product((True, False), repeat=len(ticks)):
        urgent = dict(zip(ticks, ticked, strict=True))
        items = catalog.applicable(PACK, {"cause": cause, "urgent": urgent, "want_referral": "no"}, NOW)
        broken = any(ticked[1:])
        procedure = decide("triage", life_danger=ticked[0], acute=cause in ACUTE, broken=broken, within=False)
        assert ("emergency" in items) == (procedure == "emergency"), urgent


@pytest.mark.parametrize(
    ("self_paid", "amount"),
    [
        ("4999.99", 0),
        ("5000", 1000),
        ("10000", 2000),
        ("10000.01", 3001),
        ("30000", 9000),
        ("30000.01", 12001),
        ("50000", 15000),
        ("50000.01", 15000),
    ],
)
def test_expenses_at_the_edges_of_the_bands(self_paid, amount):
    """Exactly at an edge is the lower band; cents round up; ten times the standard for each person is the most."""
    made = decide(
        "proposal", acute=False, severity="none", persons=2, self_paid=Decimal(self_paid), received=0,
        parameters=PARAMETERS,
    )  # fmt: skip
    assert (made["amount"], made["cap"]) == (amount, 15000)


@pytest.mark.parametrize(("received", "most", "discuss"), [(0, 4500, False), (4500, 0, True), (9000, 0, True)])
def test_what_was_received_counts_against_the_cap(received, most, discuss):
    """The rest of the year's cap is never negative, and asking for more is decided on its own merits."""
    parameters = {**PARAMETERS, "cap_multiple": 6}
    made = decide(
        "proposal", acute=True, severity="heavy", persons=1, self_paid=0, received=received, parameters=parameters
    )
    assert (made["calculated"], made["most"], made["discuss"]) == (4500, most, discuss)


@pytest.mark.parametrize(("standard", "limit"), [(750, 3000), (100, 800), (2000, 5000)])
def test_the_township_limit_has_a_floor_and_a_top(standard, limit):
    """Four times the standard, at least 800 and at most 5,000; without a delegation nothing."""
    asked = {"standard": standard, "multiple": 4, "least": 800, "most": 5000}
    assert decide("township_limit", delegated=True, **asked) == limit
    assert decide("township_limit", delegated=False, **asked) == 0


@pytest.mark.parametrize(
    ("months", "due", "parts", "first", "each"),
    [(3, 10000, 1, 10000, 10000), (4, 10001, 4, 2501, 2500), (12, 1000, 6, 170, 166), (1, 10001, 2, 5001, 5000)],
)
def test_instalments_add_up(months, due, parts, first, each):
    """At most six, at least two when paid by month; the odd yuan is in the first."""
    made = decide("payout", long=months > 3, large=due > 10000, months=months, due=due, most=6)
    assert (made["parts"], made["first"], made["each"]) == (parts, first, each)
    assert made["first"] + (parts - 1) * made["each"] == due


@pytest.mark.parametrize(
    ("area", "most", "ends"),
    [("330802006", 5000, "2027-12-31"), ("330824115", 2000, "2027-12-31"), ("330803001", 5000, "2026-06-30")],
)
def test_counties_differ(area, most, ends):
    """One county sets a lower limit, in another the delegation has ended."""
    here = catalog.local(PACK, area, NOW.date()).parameters_on(NOW.date())
    assert (here["township_most"], here["delegation_to"]) == (most, ends)


def test_the_guide_says_why():
    """Each item is called for with a sentence, and relief first with the one that fits."""
    urgent = {"life_danger": False, "no_food": True, "no_shelter": False, "no_treatment": False}
    found = catalog.guided(PACK, {"cause": "fire", "urgent": urgent, "want_referral": "no"}, NOW)
    assert {one.spec.code for one in found if one.included} == {"emergency", "relief", "payment", "aftercare"}
    assert all(one.reasons for one in found if one.included)
    assert "没有食物" in next(one for one in found if one.spec.code == "emergency").reasons[0]
