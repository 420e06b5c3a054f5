"""`python -m web.i18n`: collect every text people read, bring the Chinese catalog up to date and compile it.

With `--check` nothing is written; the status is 1 when a text has no Chinese, a translation is uncertain or uses an
unknown placeholder, a text is no longer used, or the compiled catalog is not that of the written one.
"""

import argparse
import ast
import re
import sys
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
LOCALE = "zh_Hans_CN"
WRITTEN = ROOT / "web" / "translations" / LOCALE / "LC_MESSAGES" / "messages.po"
COMPILED = WRITTEN.with_suffix(".mo")
KEYWORDS = {"_": None, "gettext": None, "N_": None}
ROOMS = ("engine", "web")
PLACEHOLDER = re.compile(r"%\(\w+\)s|{\w+}")
# A date in the header would make every run a change.
DAY = datetime(2026, 1, 1, tzinfo=UTC)

Found = tuple[int, str, str, list[str]]


def main() -> int:
    """The command; returns the exit status."""
    parser = argparse.ArgumentParser(prog="python -m web.i18n", description=__doc__)
    parser.add_argument("--check", action="store_true", help="write nothing; status 1 when something is missing")
    if not parser.parse_args().check:
        update()
    problems = check()
    sys.stdout.write("".join(f"{problem}\n" for problem in problems))
    return int(bool(problems))


def update() -> None:
    """Bring the written catalog up to date with the source, keeping translations, and compile it."""
    catalog = _read()
    catalog.update(_collected(), no_fuzzy_matching=True)
    catalog.obsolete.clear()
    WRITTEN.parent.mkdir(parents=True, exist_ok=True)
    with WRITTEN.open("wb") as file:
        write_po(file, catalog, width=120, sort_output=True, include_lineno=False, ignore_obsolete=True)
    with COMPILED.open("wb") as file:
        write_mo(file, _read())


def check() -> list[str]:
    """What is wrong with the catalog, one sentence each; empty when it is complete and compiled."""
    catalog = _read()
    wanted = {message.id for message in _collected() if message.id}
    have = {message.id: message for message in catalog if message.id}
    problems = [f"not in the catalog: {text!r}" for text in sorted(wanted - have.keys())]
    problems += [f"no longer used: {text!r}" for text in sorted(have.keys() - wanted)]
    problems += [found for text in sorted(wanted & have.keys()) for found in _wrong(have[text])]
    if _strings(_read_compiled()) != _strings(catalog):
        problems.append(f"{COMPILED.name} is not compiled from {WRITTEN.name}")
    return [*problems, *(["run python -m web.i18n, then translate"] if problems else [])]


def refusals(file: IO[bytes], keywords: object, comment_tags: object, options: Mapping[str, Any]) -> Iterator[Found]:  # noqa: ARG001  Babel passes all four, the last by name
    """Babel's extractor for engine/errors/: the docstring of every refusal is what people read."""
    kinds = {"EngineError"}
    for node in ast.parse(file.read()).body:
        if not isinstance(node, ast.ClassDef) or not kinds & {b.id for b in node.bases if isinstance(b, ast.Name)}:
            continue
        kinds.add(node.name)
        text = ast.get_docstring(node, clean=False)
        if text:
            yield node.lineno, "_", text, [f"refusal {node.name}"]


def _collected() -> Catalog:
    with (ROOT / "web" / "babel.cfg").open(encoding="utf-8") as file:
        methods, options = parse_mapping_cfg(file)
    catalog = Catalog(locale=LOCALE, creation_date=DAY)
    found = extract_from_dir(ROOT, methods, options, KEYWORDS, ("zh:",), directory_filter=_searched)
    for name, _line, text, comments, _context in found:
        catalog.add(text, locations=[(name, 0)], auto_comments=comments)
    return catalog


def _searched(folder: str | Path) -> bool:
    path = Path(folder).relative_to(ROOT)
    return path == Path() or (path.parts[0] in ROOMS and path.name not in ("node_modules", "static", "__pycache__"))


def _read() -> Catalog:
    if not WRITTEN.exists():
        return Catalog(locale=LOCALE, project="lianban", creation_date=DAY, revision_date=DAY, fuzzy=False)
    with WRITTEN.open("rb") as file:
        catalog = read_po(file, locale=LOCALE)
    catalog.header_comment = "# Chinese texts of Lianban; python -m web.i18n keeps this file up to date."
    catalog.msgid_bugs_address = catalog.last_translator = ""
    catalog.language_team = "zh"
    return catalog


def _read_compiled() -> Catalog:
    if not COMPILED.exists():
        return Catalog(locale=LOCALE)
    with COMPILED.open("rb") as file:
        return read_mo(file)


def _strings(catalog: Catalog) -> dict[str, str]:
    # Not the bytes of the file: its header names the Babel that wrote it.
    return {str(message.id): str(message.string) for message in catalog if message.id and message.string}


def _wrong(message: Message) -> Iterator[str]:
    english, chinese = str(message.id), str(message.string)
    if not chinese:
        yield f"no Chinese for: {english!r}"
    elif message.fuzzy:
        yield f"uncertain: {english!r}"
    elif strange := set(PLACEHOLDER.findall(chinese)) - set(PLACEHOLDER.findall(english)):
        yield f"{english!r} has no {', '.join(sorted(strange))}, but its Chinese has"


if __name__ == "__main__":
    sys.exit(main())
