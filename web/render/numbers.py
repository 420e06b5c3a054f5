"""Case numbers and totals as people read them."""

from engine import cases, numbers


def case_number(number: str) -> str:
    """A case number in groups: 330800-20190709-3-00042-G."""
    return numbers.grouped(number)


def counted(total: int) -> str:
    """A total: 87, or 1000+ when nobody counted further."""
    return cases.shown_total(total)
