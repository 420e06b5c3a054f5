"""The rules of what follows a death at their edges."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from engine import catalog, dmn, feel

NOW = datetime(2026, 11, 20, 2, tzinfo=UTC)
PACK = catalog.read(catalog.files_of(catalog.content_root(), "funeral"))


def decide(name, **inputs):
    """What a decision of the pack says."""
    files = [file for file in PACK.files if file.endswith(".dmn")]
    models = (dmn.read(PACK.files[file].encode()) for file in files)
    model = next(model for model in models if any(node.element.id == name for node in model.nodes))
    return feel.from_feel(model.decide(name, inputs, now=NOW).value)


@pytest.mark.parametrize(
    ("years", "months"),
    [
        ("0", 3), ("4.99", 3), ("5", 6), ("9.99", 6), ("10", 9), ("15", 9), ("15.99", 9), ("16", 10), ("29.99", 23),
        ("30", 24), ("45", 24),
    ],
)  # fmt: skip
def test_months_of_somebody_who_worked(years, months):
    """Exactly five, ten and fifteen years belong to the band the rule names; whole years count, 24 is the most."""
    assert decide("grant_months", scheme="working", years=Decimal(years), drawn=0) == months


@pytest.mark.parametrize(("years", "drawn", "months"), [("15", 0, 9), ("30", 0, 24), ("30", 15, 9), ("30", "14.9", 10)])
def test_months_of_the_retired(years, drawn, months):
    """Each whole year drawn takes a month away, down to nine."""
    assert decide("grant_months", scheme="retired", years=Decimal(years), drawn=Decimal(drawn)) == months


@pytest.mark.parametrize(("cost", "waived"), [("0", 0), ("1499.99", "1499.99"), ("1500", 1500), ("1500.01", 1500)])
def test_a_cost_exactly_at_the_most_is_waived_whole(cost, waived):
    """Above it only the most; with funeral costs covered elsewhere nothing."""
    said = {"cost": Decimal(cost), "most": 1500, "within": Decimal(cost) <= 1500}
    assert decide("fee_waiver", excluded=False, **said) == Decimal(waived)
    assert decide("fee_waiver", excluded=True, **said) == 0


@pytest.mark.parametrize(("months", "action", "amount"), [(1, "recover", 3000), (0, "none", 0), (-2, "backpay", 6000)])
def test_the_month_of_the_death_is_still_paid(months, action, amount):
    """Paid through that month is right; later months come back, earlier ones are paid."""
    assert decide("overpayment", months=months, monthly=3000) == {"action": action, "amount": amount}


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ({"death_kind": "abnormal"}, {"police"}),
        ({"death_kind": "normal", "death_place": "hospital"}, {"certificate"}),
        ({"death_kind": "normal", "death_place": "outside"}, set()),
        ({"death_kind": "declared", "remains": "none"}, set()),
        ({"death_kind": "abnormal", "remains": "custom", "eco_way": "no"}, {"police"}),
        ({"death_kind": "abnormal", "insured": "government"}, {"police", "pension", "grant"}),
        ({"death_kind": "abnormal", "insured": "elsewhere"}, {"police", "pension"}),
        ({"death_kind": "abnormal", "no_id": True}, {"police"}),
    ],
)
def test_exactly_one_proof_of_death_and_what_follows_from_the_situation(said, codes):
    """The doctor or the police, never both; burial, no number and no insurance call for nothing."""
    keys = ["medical_insured", "has_fund", "has_licence", "has_allowance", "is_veteran", "want_accounts"]
    nothing = dict.fromkeys(keys, "no") | {"relief_kind": "none", "insured": "none", "hukou_here": "no", "no_id": False}
    situation = nothing | {"remains": "donated", "eco_way": "no", "death_place": None} | said
    assert set(catalog.applicable(PACK, situation, NOW)) == codes


@pytest.mark.parametrize(("day", "warned"), [("2026-10-21", False), ("2026-10-20", True)])
def test_the_thirtieth_day_is_in_time(day, warned):
    """The grant is applied for within thirty days: the last of them counts."""
    check = next(check for check in PACK.checks if check.code == "grant_late")
    facts = {
        "grant": {"applies": True},
        "deceased": {"death_date": day},
        "parameters": PACK.parameters_on(NOW.date()),
        "case": {"accepted_on": "2026-11-20"},
    }
    assert check.when.evaluate(facts, now=NOW).value is warned
