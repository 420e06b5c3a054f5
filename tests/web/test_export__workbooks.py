"""Lists as workbooks: what the screen says, text as text, and each case named knows that it was taken out."""

import re
from importlib import import_module
from io import BytesIO
from zipfile import ZipFile

import pytest
from lxml import etree

from engine import cases
from engine.words import EntryKind
from tests import story, timed
from tests.timed import CERTIFICATE, COPIES
from tests.web.client import app_for
from web.render.xlsx import MIME, Sheet, workbook

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LIVE = ["=1+1", "+86 570", "-1", "@SUM(A1)", "\tx"]


def read(content):
    """The sheets of a workbook by name: rows of values, texts as str and numbers as float. Formulas are an error."""
    with ZipFile(BytesIO(content)) as book:
        shared = [("".join(si.itertext())) for si in etree.fromstring(book.read("xl/sharedStrings.xml"))]
        names = [sheet.get("name") for sheet in etree.fromstring(book.read("xl/workbook.xml")).iter(f"{S}sheet")]
        found = {}
        for number, name in enumerate(names, 1):
            page = etree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            assert not list(page.iter(f"{S}f")), "a formula"
            found[name] = [[value(cell, shared) for cell in row] for row in page.iter(f"{S}row")]
        return found


def value(cell, shared):
    text = cell.findtext(f"{S}v")
    return shared[int(text)] if cell.get("t") == "s" else float(text) if text else None


def test_text_stays_text():
    """What looks like a formula, a number or an address is the text it was, and quoted where it could come to life."""
    texts = [*LIVE, "12", "http://example.invalid/", "李*、黄*", "330802199001010000"]
    out = workbook([Sheet("a/b:c" + "长" * 40, ["头"], [(each,) for each in texts], "完")]).getvalue()
    ((name, rows),) = read(out).items()
    assert (len(name), name[:5]) == (31, "a b c")
    assert [row[0] for row in rows] == ["头", *texts, "完"]
    with ZipFile(BytesIO(out)) as book:
        quoted = etree.fromstring(book.read("xl/styles.xml")).findall(f"{S}cellXfs/{S}xf[@quotePrefix='1']")
        page = etree.fromstring(book.read("xl/worksheets/sheet1.xml"))
    assert len(quoted) == 1
    marked = [cell for cell in page.iter(f"{S}c") if cell.get("s") not in (None, "1")]
    assert len(marked) == len(LIVE)


def test_numbers_are_numbers():
    """Counts and rates can be added up; what is not known is empty, not nought."""
    ((_, rows),) = read(workbook([Sheet("x", ["a", "b", "c"], [(1, 99.5, None), (0, "—", "")])]).getvalue()).items()
    assert rows[1:] == [[1.0, 99.5], [0.0, "—"]]


@pytest.fixture
def house(city, tmp_path):
    """The application with one case, in which the police have two items to do."""
    timed.publish(city.engine)
    case = story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    story.decide(city.engine, city.actor("zhangwei"), "review_marriage")
    story.decide(city.engine, city.actor("zhangwei"), "issue_marriage", **CERTIFICATE, **COPIES)
    return app_for(city.engine, tmp_path), city, case


def export(house, name, login="sunhui", **fields):
    """What the button gives."""
    browser = house[0].test_client()
    browser.sign_in(login)
    return browser.send(f"/supervisor/board/export/{name}", **fields)


def exports(house):
    """Which lists the ledger of the case says it was taken out in, by whom."""
    _, city, case = house
    with city.engine.begin(city.actor("wangfang")) as work:
        told = cases.view(work, case).entries
    return [(entry.facts["list"], entry.actor) for entry in told if entry.kind is EntryKind.CASE_LISTED]


def test_a_list_is_taken_out_masked_and_said(house):
    """The list of cases: number, one-thing, masked names. The case's ledger names the list and who took it."""
    answer = export(house, "cases")
    assert (answer.status_code, answer.mimetype) == (200, MIME)
    ((name, rows),) = read(answer.get_data()).items()
    assert (name, len(rows)) == ("办件查询", 2)
    assert rows[1][1:3] == ["婚育户一件事", "李*、黄*"]
    assert exports(house) == [("cases", "孙慧")]
    content = ZipFile(BytesIO(answer.get_data())).read("xl/sharedStrings.xml").decode()
    assert not [secret for secret in story.GROOM.values() if secret in content]


def test_a_narrowed_list_is_narrow_in_the_file(house):
    """The list behind a figure has the lines the screen has; nothing behind it, no line and no entry."""
    ((_, rows),) = read(export(house, "list", what="tasks_open", department="ga-330802006").get_data()).items()
    assert len(rows) == 3
    ((_, none),) = read(export(house, "list", what="tasks_open", department="ga-330824").get_data()).items()
    assert len(none) == 1
    assert exports(house) == [("tasks_open", "孙慧")]


@pytest.mark.parametrize("name", ["deadlines", "incidents", "board", "indicators"])
def test_each_page_has_its_workbook(house, name):
    """Every page with the button gives a file, with a head in each sheet; where no case is named no ledger says it."""
    found = read(export(house, name).get_data())
    assert found
    assert all(rows and len(rows[0]) > 2 for rows in found.values())
    assert exports(house) == []


def test_long_lists_are_cut_with_a_sentence(house, monkeypatch):
    """Beyond what anybody pages the file stops, and its last line says so."""
    _, city, _ = house
    story.accepted(city.engine, city.actor("wangfang"), situation={"want_birth": "no"})
    pages, listing = (import_module(f"engine.cases.{name}") for name in ("pages", "listing"))
    monkeypatch.setattr(pages, "SIZE", 1)
    for module in (pages, listing):
        monkeypatch.setattr(module, "MOST", 1)
    ((_, rows),) = read(export(house, "cases").get_data()).items()
    assert [len(row) for row in rows] == [7, 7, 1]
    assert rows[-1] == ["只导出了前 1 行，后面还有。"]


@pytest.mark.parametrize(("name", "login", "status"), [
    ("nothing", "sunhui", 404), ("list", "sunhui", 404), ("incidents", "hanxia", 403), ("cases", "zhangwei", 403),
])  # fmt: skip
def test_who_may_not_take_out(house, name, login, status):
    """Lists nobody knows, incidents for an auditor, anything for a reviewer: refused, and nothing is written down."""
    assert export(house, name, login).status_code == status
    assert exports(house) == []


def test_the_button_is_there_for_those_who_may(house):
    """A supervisor finds it on every list, a reviewer on none."""
    pages = ("/cases/", "/deadlines/", "/supervisor/", "/supervisor/board", "/supervisor/board/indicators")
    for login, expected in (("sunhui", pages), ("zhangwei", ())):
        browser = house[0].test_client()
        browser.sign_in(login)
        found = [p for p in pages if re.search(r"/supervisor/board/export/\w+", browser.get(p).get_data(as_text=True))]
        assert found == list(expected)
