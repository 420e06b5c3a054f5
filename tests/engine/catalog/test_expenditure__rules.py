"""The rules of expenditure relief at their edges: the day they change, income, share, assets, and every single bill."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine import catalog, dmn, feel

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
FILES = catalog.files_of(catalog.content_root(), "expenditure-relief")
TOML = "workflows/expenditure-relief/pack.toml"
PACK = catalog.read(FILES)
ANSWERS = {"channel": "self", "category": "none", "want_referral": "no", "spending": {"medical": True}}


def decide(name, **inputs):
    """What a decision of the pack says."""
    files = [file for file in PACK.files if file.endswith(".dmn")]
    models = (dmn.read(PACK.files[file].encode()) for file in files)
    model = next(model for model in models if any(node.element.id == name for node in model.nodes))
    return feel.from_feel(model.decide(name, inputs, now=NOW).value)


def finding(day, area="", **changes):
    """What is said of a family of two accepted on this day in this area, with every condition met unless changed."""
    parameters = catalog.local(PACK, area, day).parameters_on(day) if area else PACK.parameters_on(day)
    family = {"status": "none", "persons": 2, "income": 30000, "spending": 20000, "assets": "within"}
    return decide("eligible", rule=parameters["rule"], parameters=parameters, **{**family, **changes})["result"]


@pytest.mark.parametrize(
    ("day", "edge", "items"),
    [
        (date(2024, 10, 23), "eligible", {"recognition", "living", "medical"}),
        (date(2024, 10, 24), "assisted", {"recognition", "validity", "medical"}),
        (date(2024, 10, 25), "assisted", {"recognition", "validity", "medical"}),
    ],
)
def test_the_day_the_rule_changes(day, edge, items):
    """Accepted the day before is the old rule with money; on the day and after, the new one with a time limit."""
    accepted = datetime(day.year, day.month, day.day, 2, tzinfo=UTC)
    assert set(catalog.applicable(PACK, ANSWERS, accepted)) == items
    assert finding(day, status="edge") == edge


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"income": Decimal("99999.99"), "spending": 60000}, "eligible"),
        ({"income": 100000, "spending": 60000}, "income"),
        ({"spending": 15000}, "ratio"),
        ({"spending": Decimal("15000.01")}, "eligible"),
        ({"income": 0, "spending": Decimal("0.01")}, "eligible"),
        ({"income": 0, "spending": 0}, "ratio"),
        ({"assets": "savings"}, "assets"),
        ({"status": "low", "assets": "houses"}, "assisted"),
    ],
)
def test_the_rule_of_today_at_its_edges(changes, result):
    """Exactly at a line is neither below nor above it."""
    assert finding(date(2026, 11, 20), **changes) == result


@pytest.mark.parametrize(
    ("changes", "result"),
    [
        ({"spending": 15000}, "bearing"),
        ({"income": 37000, "spending": 19000}, "level"),
        ({"income": 37000, "spending": Decimal("19000.01")}, "eligible"),
        ({"assets": "houses"}, "eligible"),
        ({"status": "destitute"}, "assisted"),
    ],
)
def test_the_rule_of_2019_at_its_edges(changes, result):
    """Necessary expenses beyond what the family bears, and a living level below the standard."""
    assert finding(date(2019, 6, 3), **changes) == result


def test_a_county_has_its_own_share():
    """Sixty per cent in one county: what is enough next door is exactly not enough there."""
    day, asked = date(2026, 11, 20), {"income": 60000, "spending": 36000}
    assert (finding(day, "330802006", **asked), finding(day, "330824115", **asked)) == ("eligible", "ratio")


@pytest.mark.parametrize(
    ("houses", "vehicles", "savings", "said"),
    [(1, 0, 60000, "within"), (1, 0, Decimal("60000.01"), "savings"), (1, 1, 0, "vehicles"), (2, 1, 99999, "houses")],
)
def test_assets_at_their_limits(houses, vehicles, savings, said):
    """What equals a limit is within; the first thing above is named."""
    asked = {"houses": houses, "vehicles": vehicles, "savings": savings, "persons": 2}
    assert decide("assets", parameters=PACK.parameters_on(NOW.date()), **asked) == said


@pytest.mark.parametrize(
    ("kind", "voluntary", "paid_on", "counts"),
    [
        ("medical", None, "2025-11-20", True),
        ("medical", None, "2025-11-19", False),
        ("care", None, "2026-11-20", True),
        ("care", None, "2026-11-21", False),
        ("education", "no", "2026-01-01", True),
        ("education", "yes", "2026-01-01", False),
    ],
)
def test_each_bill_counts_or_not(kind, voluntary, paid_on, counts):
    """Twelve months back to the same day, that day and the day of acceptance included; no school by choice."""
    bill = {"kind": kind, "voluntary": voluntary, "paid_on": paid_on, "serial": "S-1", "net": 100}
    said = decide("countable", bills=[bill], day=date(2026, 11, 20))
    assert (said["total"], said["left_out"]) == ((100, 0) if counts else (0, 100))


def test_no_bills_are_no_expenditure():
    """An empty list is zero, not nothing."""
    assert decide("countable", bills=[], day=date(2026, 11, 20)) == {"total": 0, "left_out": 0}


@pytest.mark.parametrize(("spending", "amount"), [(20000, 667), (30000, 1500), (90000, 1500), (12000, 0)])
def test_living_relief_fills_up_to_the_standard(spending, amount):
    """At most one standard a head, cents round up, and nothing when nothing is missing."""
    asked = {"rule": "bearing", "persons": 2, "income": 30000, "spending": spending, "standard": 750}
    assert decide("living_amount", result="eligible", **asked) == amount
    assert decide("living_amount", result="eligible", **{**asked, "rule": "rigid"}) == 0
    assert decide("living_amount", result="level", **asked) == 0


@pytest.mark.parametrize(
    ("keys", "found"), [('"bills.serial", "bills.kind"', False), ('"bills.serial", "members.name"', True)]
)
def test_a_bill_is_told_apart_within_one_list(keys, found):
    """Keys in the rows of one list are fine; of two lists no row has both, and lint says so."""
    text = FILES[TOML].replace('unique = ["bills.serial"]', f"unique = [{keys}]")
    rules = {each.rule for each in catalog.lint({**FILES, TOML: text})}
    assert ("material-key-unknown" in rules) is found
