"""Tables as a workbook of Excel (.xlsx): numbers as numbers, everything else as text that never becomes a formula."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import BytesIO

from xlsxwriter import Workbook

MIME = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LIVE = ("=", "+", "-", "@", "\t", "\r", "\n")  # what begins so is run when somebody saves it as CSV or types into it
FORBIDDEN = str.maketrans(dict.fromkeys("[]:*?/\\'", " "))
NAME = 31  # characters a sheet's name may have
WIDTHS = (8, 48)  # columns are at least and at most so wide, in characters
Cell = str | int | float | None


@dataclass(frozen=True)
class Sheet:
    """One table; `note` stands under it, such as that it was cut."""

    name: str
    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    note: str = ""


def workbook(sheets: Iterable[Sheet]) -> BytesIO:
    """The file, ready to be read."""
    out = BytesIO()
    with Workbook(out, {"in_memory": True}) as book:
        bold = book.add_format({"bold": True, "bg_color": "#EEF1F4", "text_wrap": True})
        kept = book.add_format({"quote_prefix": True})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name.translate(FORBIDDEN)[:NAME])
            page.freeze_panes(1, 0)
            for column, head in enumerate(sheet.heads):
                page.write_string(0, column, head, bold)
                page.set_column(column, column, _width([head, *(row[column] for row in sheet.rows)]))
            for number, row in enumerate(sheet.rows, 1):
                for column, value in enumerate(row):
                    _write(page, number, column, value, kept)
            if sheet.note:
                page.write_string(len(sheet.rows) + 2, 0, sheet.note)
    out.seek(0)
    return out


def _write(page: object, row: int, column: int, value: Cell, kept: object) -> None:
    if isinstance(value, int | float):
        page.write_number(row, column, value)  # type: ignore[attr-defined]
    elif value:
        page.write_string(row, column, value, kept if value.startswith(LIVE) else None)  # type: ignore[attr-defined]


def _width(values: Iterable[Cell]) -> int:
    """Chinese characters are two wide."""
    longest = max(sum(2 if ord(sign) > 255 else 1 for sign in str(value or "")) for value in values)
    return min(max(WIDTHS[0], longest + 2), WIDTHS[1])
