"""What an audit finds."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Discrepancy:
    """Something that should never be: where (a case's number, or a table's column), and what in both languages."""

    case: str
    zh: str
    en: str
