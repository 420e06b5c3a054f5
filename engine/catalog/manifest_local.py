"""`[[local]]` of `pack.toml` → values: what is otherwise in one region."""

import re
from collections.abc import Mapping
from typing import Any

from engine.catalog.keys import need as _need
from engine.catalog.keys import word as _word
from engine.catalog.manifest import REGION, _day, _promise
from engine.catalog.pack import Local
from engine.forms import lines
from engine.forms.shape import Reading
from engine.words import Level, Post

ABOUT = {"item": ("off", "on", "promise", "depends"), "lane": ("level", "posts")}
DATED = ("region", "from", "until", "source")


def read(reading: Reading, document: Mapping[str, Any]) -> tuple[Local, ...]:
    """Every entry; whatever is wrong is noted in `reading` and left out."""
    tables = reading.objects(document, "local", "pack.toml")
    places = places_of(reading.text)
    found = (_entry(reading, table, places[n] if n < len(places) else 0) for n, table in enumerate(tables))
    return tuple(one for one in found if one)


def places_of(text: str) -> list[int]:
    """The lines on which the entries begin, in order."""
    return [lines.line_at(text, found.end()) for found in re.finditer(r"^\s*\[\[\s*local\s*\]\]", text, re.MULTILINE)]


def _entry(reading: Reading, table: Mapping[str, Any], line: int) -> Local | None:
    about = [name for name in ABOUT if name in table]
    says = [name for name in ABOUT[about[0]] if name in table] if len(about) == 1 else []
    if not says or {"off", "on"} <= set(says):
        reading.refuse("local-what", line)
        return None
    where = f"local {table.get('region', '')}"
    reading.only(table, {*DATED, about[0], *ABOUT[about[0]]}, where, line)
    _need(reading, table, ("region", "source"), where, line)
    region, since = reading.string(table, "region", where, line), _day(reading, table, "from")
    if not REGION.fullmatch(region):
        reading.refuse("local-region", line, region=region)
    if since is None:
        reading.refuse("missing-key", line, where=where, name="from")
        return None
    until = _day(reading, table, "until")
    if until and until < since:
        reading.refuse("effective-order", line)
    level = reading.string(table, "level", where, line)
    texts = reading.texts(table, "posts", where, line)
    posts = [post for text in texts if (post := _word(reading, Post, text, where, "posts", line, Post))]
    return Local(
        region,
        since,
        until,
        reading.plain(table, "source", where, line),
        item=reading.string(table, "item", where, line),
        lane=reading.string(table, "lane", where, line),
        off=reading.plain(table, "off", where, line),
        on=reading.boolean(table, "on", where, line),
        promise=_promise(reading, table, where, line),
        depends=reading.texts(table, "depends", where, line) if "depends" in table else None,
        level=_word(reading, Level, level, where, "level", line, Level) if level else None,
        posts=tuple(posts) if "posts" in table else None,
    )
