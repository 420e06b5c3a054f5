"""Case numbers as people read them."""

from engine import numbers


def case_number(number: str) -> str:
    """A case number in groups: 330800-20190709-3-00042-G."""
    return numbers.grouped(number)
