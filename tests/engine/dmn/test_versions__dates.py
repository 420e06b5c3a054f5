import datetime as dt

import pytest

from engine.dmn import NoVersion, versions
from engine.dmn.model import Model
from tests.engine.dmn import models as m


def version(name: str, text: str, **days: str) -> str:
    written = {"lianban:decision": "低保标准", **{f"lianban:{key.strip('_')}": day for key, day in days.items()}}
    properties = "".join(f'<zeebe:property name="{key}" value="{value}"/>' for key, value in written.items())
    inner = f"<extensionElements><zeebe:properties>{properties}</zeebe:properties></extensionElements>"
    return m.decision(name, m.literal(text), inner=inner)


def standards() -> Model:
    return m.read(
        version("标准 2025", "900", to="2025-12-31"),
        version("标准 2026", "950", from_="2026-01-01", to="2026-12-31"),
        version("标准 2027", "999", from_="2027-01-01"),
        m.decision("别的", m.literal("1")),
    )


@pytest.mark.parametrize(
    ("day", "name"),
    [
        ("2020-01-01", "标准 2025"),
        ("2026-01-01", "标准 2026"),
        ("2026-12-31", "标准 2026"),
        ("2099-01-01", "标准 2027"),
    ],
)
def test_the_version_in_force_on_a_day_is_found(day: str, name: str) -> None:
    """Both ends of a version belong to it."""
    assert versions.applicable(standards(), "低保标准", dt.date.fromisoformat(day)) == name


def test_a_decision_without_versions_always_applies() -> None:
    """Nothing has to be dated."""
    assert versions.applicable(standards(), "别的", dt.date(2026, 1, 1)) == "别的"


def test_none_or_two_in_force_is_refused_and_linted() -> None:
    """Nobody guesses which law applies."""
    model = m.read(
        version("一", "1", from_="2025-01-01", to="2025-06-30"),
        version("二", "2", from_="2025-06-30", to="2025-12-31"),
        version("三", "3", from_="2026-02-01"),
    )
    for day in (dt.date(2025, 6, 30), dt.date(2026, 1, 1)):
        with pytest.raises(NoVersion):
            versions.applicable(model, "低保标准", day)
    found = versions.lint(model)
    assert [(finding.line, finding.warning) for finding in found] == [(3, False), (4, True)]
    assert "2025-06-30" in found[0].zh
    assert "2026-01-01" in found[1].zh


def test_a_date_that_is_none_is_found() -> None:
    """A version with an unreadable date is in force on no day."""
    model = m.read(version("一", "1", from_="明年"))
    assert "明年" in versions.lint(model)[0].zh
    with pytest.raises(NoVersion):
        versions.applicable(model, "低保标准", dt.date(2026, 1, 1))
