"""The rules of social assistance at their edges: per head without rounding, limits just met, the line of its year."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from engine import catalog, dmn, feel

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
TODAY = date(2026, 11, 20)
PACK = catalog.read(catalog.files_of(catalog.content_root(), "assistance"))


def decide(name, on=TODAY, **inputs):
    """What a decision of the pack says, with the parameters of the day."""
    models = (dmn.read(PACK.files[file].encode()) for file in PACK.files if file.endswith(".dmn"))
    model = next(model for model in models if any(node.element.id == name for node in model.nodes))
    given = {**inputs, "parameters": dict(PACK.parameters_on(on))}
    return feel.from_feel(model.decide(name, given, now=NOW).value)


@pytest.mark.parametrize(
    ("income", "persons", "on", "category"),
    [
        ("2249.99", 3, TODAY, "low"),
        ("2250", 3, TODAY, "edge"),
        ("5249.99", 7, TODAY, "low"),  # a seventh has no end; the line is 5250 all the same
        ("5250", 7, TODAY, "edge"),
        ("4499.99", 3, TODAY, "edge"),
        ("4500", 3, TODAY, "none"),
        ("3374.99", 3, date(2021, 12, 31), "edge"),
        ("3375", 3, date(2021, 12, 31), "none"),
        ("3375", 3, date(2022, 1, 1), "edge"),
    ],
)
def test_the_lines(income, persons, on, category):
    """Exactly at a line is not below it."""
    facts = {"assets_ok": True, "alone": False, "gravely": False, "spending": False}
    assert decide("category", on, income=Decimal(income), persons=persons, **facts) == category


@pytest.mark.parametrize(
    ("houses", "cars", "deposits", "found"),
    [(1, 0, "54000", "ok"), (1, 0, "54000.01", "deposit"), (1, 1, "0", "car"), (2, 1, "99999", "house")],
)
def test_the_limits_of_property(houses, cars, deposits, found):
    """What meets a limit is within it."""
    assert decide("assets", houses=houses, cars=cars, deposits=Decimal(deposits), persons=3) == found


@pytest.mark.parametrize(
    ("category", "income", "special", "monthly"),
    [
        ("low", "2249.99", 0, 1),
        ("low", "0", 1, 2400),
        ("low_single", "3000", 0, 750),
        ("extreme", "0", 3, 2925),
        ("edge", "2250", 2, 0),
        ("assets", "0", 2, 0),
    ],
)
def test_the_allowance(category, income, special, monthly):
    """Up to the line, a supplement for those in need, never below zero, and none without a category that is paid."""
    facts = {"category": category, "income": Decimal(income), "persons": 3, "special": special, "unsteady": False}
    assert decide("calculation", **facts)["monthly"] == monthly
