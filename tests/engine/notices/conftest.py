"""What holds for one database must hold for the other: every test here that asks for a database runs on both."""

import pytest

from engine import cases, catalog, notices, store
from engine.work import SYSTEM
from tests import asking, story

TOML, DRAWING, ENGLISH = (f"workflows/family/{name}" for name in ("pack.toml", "process.bpmn", "en.toml"))


@pytest.fixture
def url(database_url: str) -> str:
    """Each database in turn."""
    return database_url


@pytest.fixture
def office(city):
    """The demo city with the family pack."""
    story.publish_family(city.engine)
    return city.engine


def family(letters="", text="", *pairs):
    """The files of the family pack with more `[[letters]]`, the text of their template, and replacements by file."""
    files = catalog.files_of(catalog.content_root(), "family")
    files[TOML] += letters
    if text:
        files["workflows/family/letters/more.html"] = text
    for file, old, new in pairs:
        assert old in files[file]
        files[file] = files[file].replace(old, new, 1)
    return files


def letter(name, on, kind="SAL", **more):
    """One `[[letters]]` that uses `more.html`."""
    said = "".join(f"{key} = {value}\n" for key, value in more.items())
    return (
        f'\n[[letters]]\ncode = "{kind}"\nname = "{name}"\nword = "另"\non = ["{on}"]\ntemplate = "more.html"\n'
        f'basis = "SAMPLE"\n{said}'
    )


def published(city, letters, text, *pairs):
    """The city with that pack published, its new names translated."""
    files = family(letters, text, *pairs)
    for name in {line.split('"')[1] for line in letters.splitlines() if line.startswith("name")}:
        files[ENGLISH] += f'"{name}" = "Another notice"\n'
    asking.publish(city.engine, files)
    return city.engine


def issued(engine, case_id):
    """The notices of a case as anybody with all rights would see them."""
    with engine.begin(SYSTEM) as work:
        return notices.listed(work, work.session.get_one(store.Case, case_id))


def seen(engine, login, case_id):
    """The names of the notices somebody sees on the case's page."""
    with engine.begin(story.person(engine, login)) as work:
        return [each.name for each in cases.view(work, case_id).notices]
