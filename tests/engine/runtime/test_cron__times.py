"""Cron expressions: six fields in the city's time, all of which have to fit."""

from datetime import UTC, datetime

import pytest

from engine.runtime.cron import cron
from engine.runtime.trouble import TextRefused
from engine.words import CITY


@pytest.mark.parametrize(
    ("text", "after", "found"),
    [
        ("0 0 9 * * ?", "2026-01-05T08:59:59", "2026-01-05T09:00:00"),
        ("0 0 9 * * ?", "2026-01-05T09:00:00", "2026-01-06T09:00:00"),
        ("0 0 9-17 * * MON-FRI", "2026-01-09T17:00:00", "2026-01-12T09:00:00"),
        ("0 0/15 * * * *", "2026-01-05T09:46:00", "2026-01-05T10:00:00"),
        ("*/20 * * * * *", "2026-01-05T09:00:41", "2026-01-05T09:01:00"),
        ("0 0 0 1 JAN,JUL *", "2026-01-05T00:00:00", "2026-07-01T00:00:00"),
        ("0 0 12 31 * ?", "2026-01-31T12:00:00", "2026-03-31T12:00:00"),
        ("0 0 0 29 2 ?", "2026-01-01T00:00:00", "2028-02-29T00:00:00"),
        ("0 0 0 ? * 7", "2026-01-05T00:00:00", "2026-01-11T00:00:00"),
        ("0 0 0 13 * FRI", "2026-01-05T00:00:00", "2026-02-13T00:00:00"),
        ("0 0 8-18/5 * * *", "2026-01-05T13:00:00", "2026-01-05T18:00:00"),
        ("@monthly", "2026-01-05T00:00:00", "2026-02-01T00:00:00"),
        ("@Weekly", "2026-01-05T00:00:00", "2026-01-11T00:00:00"),
    ],
)
def test_the_next_time(text, after, found):
    """Strictly after the moment, in Asia/Shanghai, told in UTC."""
    next_time = cron(text).after(datetime.fromisoformat(after).replace(tzinfo=CITY).astimezone(UTC))
    assert next_time == datetime.fromisoformat(found).replace(tzinfo=CITY)
    assert next_time.tzinfo is UTC


@pytest.mark.parametrize(
    "text",
    ["", "* * * * *", "* * * * * * *", "60 * * * * *", "0 0 24 * * *", "0 0 0 0 * *", "0 0 0 * 13 *", "0 0 0 * * 8",
     "0 0 0 L * *", "0 0 0 15W * *", "0 0 0 * * FRI#2", "? * * * * *", "0 0 17-9 * * *", "0/0 * * * * *",
     "0 0 0 * MAI *",     "0 0 0 30 2 *", "0 0 0 31 4,6 *",
     "@noon", "1,,2 * * * * *", "-1 * * * * *", "0 0 0 * * FRI-"],
)  # fmt: skip
def test_what_is_not_understood_is_refused(text):
    """With a sentence in both languages; also a day that never comes."""
    with pytest.raises(TextRefused) as refused:
        cron(text)
    assert refused.value.zh
    assert refused.value.en
