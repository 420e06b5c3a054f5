"""The regions and departments of an installation, from lists an administrator keeps as CSV.

A list is loaded whole or not at all. Loading it again changes what it says otherwise and doubles nothing; what it
leaves out stays, because cases name it.
"""

import csv
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import inspect, select

from engine.errors import ListInvalid, NotYours
from engine.store import Department, Region, Row
from engine.words import Level, Post
from engine.work import SYSTEM, Work

REGIONS = ("code", "name", "level", "parent")
DEPARTMENTS = ("kind", "region", "name", "short")
DIGITS = {Level.CITY: 6, Level.COUNTY: 6, Level.TOWNSHIP: 9}  # GB/T 2260, GB/T 10114
LONGEST = {"name": 80, "short": 40}
TOP_DOWN = tuple(Level)


@dataclass(frozen=True)
class Loaded:
    """How many lines of a list were new, said something else than before, or nothing new."""

    added: int
    changed: int
    same: int


def load_regions(work: Work, text: str) -> Loaded:
    """Take a list of regions: code, name, level (city, county, township), parent. `ListInvalid` names line and cure."""
    _admit(work)
    lines = list(_lines(text, REGIONS, 1))
    for number, said in lines:
        _check_code(number, said)
    levels = {row.code: Level(row.level) for row in work.session.scalars(select(Region))}
    _check_parents(work, lines, levels | {said["code"]: Level(said["level"]) for _, said in lines})
    lines.sort(key=lambda line: TOP_DOWN.index(Level(line[1]["level"])))
    return _merge(work, [Region(**said | {"parent": said["parent"] or None}) for _, said in lines])


def load_departments(work: Work, text: str, kinds: Collection[str]) -> Loaded:
    """Take a list of departments: kind, region, name, short. `kinds`: others are refused."""
    _admit(work)
    known = sorted({*kinds, *work.session.scalars(select(Department.kind))})
    regions = set(work.session.scalars(select(Region.code)))
    lines = list(_lines(text, DEPARTMENTS, 2))
    for number, said in lines:
        if said["kind"] not in known:
            zh, en = "没有事项包用到这类部门；确需时加 --kinds", "no pack knows this kind; if it is right, add --kinds"
            raise _wrong(number, f"{said['kind']}：{zh} / {en} ({'、'.join(known)})")
        if said["region"] not in regions:
            zh, en = "没有这个区划，请先导入区划", "no such region; load the list of regions first"
            raise _wrong(number, f"{said['region']}：{zh} / {en}")
    return _merge(work, [Department(id=f"{said['kind']}-{said['region']}", **said) for _, said in lines])


def _lines(text: str, columns: tuple[str, ...], keys: int) -> Iterator[tuple[int, dict[str, str]]]:
    """The lines of a CSV file with exactly these columns, each with its number; the first `keys` of them name it.

    Empty lines and those that begin with # are passed over.
    """
    reader = csv.reader("" if line.startswith("#") else line for line in text.removeprefix("\ufeff").splitlines())
    rows = ((reader.line_num, tuple(map(str.strip, row))) for row in reader if row)
    number, header = next(rows, (0, ()))
    if header != columns:
        raise _wrong(number, f"表头应为 / the header must be {','.join(columns)}")
    seen: dict[tuple[str, ...], int] = {}
    for number, row in rows:
        if len(row) != len(columns):
            raise _wrong(number, f"应有 {len(columns)} 列 / it takes {len(columns)} columns: {','.join(columns)}")
        said = dict(zip(columns, row, strict=True))
        _check_texts(number, said)
        first = seen.setdefault(row[:keys], number)
        if first != number:
            raise _wrong(number, f"与第 {first} 行重复 / line {first} is the same one")
        yield number, said
    if not seen:
        raise _wrong(number, "没有内容 / it is empty")


def _check_texts(number: int, said: Mapping[str, str]) -> None:
    for name, value in said.items():
        longest = LONGEST.get(name, 32)
        if not (value or name == "parent") or len(value) > longest or not value.isprintable():
            raise _wrong(number, f"{name}：应为 1 至 {longest} 个字 / it takes 1 to {longest} characters")


def _check_code(number: int, said: Mapping[str, str]) -> None:
    if said["level"] not in set(Level):
        raise _wrong(number, f"level：应为 / it must be {'、'.join(Level)}")
    digits = DIGITS[Level(said["level"])]
    if not (said["code"].isascii() and said["code"].isdecimal() and len(said["code"]) == digits):
        zh, en = f"{said['level']} 的代码应为 {digits} 位数字", f"the code of a {said['level']} has {digits} digits"
        raise _wrong(number, f"{said['code']}：{zh} / {en}")


def _check_parents(work: Work, lines: Collection[tuple[int, Mapping[str, str]]], levels: Mapping[str, Level]) -> None:
    """Every region lies in a larger one, except a city; also those below a region that changes its level."""
    named = {said["code"] for _, said in lines}
    for number, said in lines:
        level, parent = Level(said["level"]), said["parent"]
        if not parent and level == Level.CITY:
            continue
        if parent not in levels:
            zh, en = "没有这个上级区划", "there is no such region to lie in"
            raise _wrong(number, f"{parent or 'parent'}：{zh} / {en}")
        if not _above(levels[parent], level):
            raise _wrong(number, f"{parent}：应为更高一级的区划 / it must be a larger region than a {level}")
    numbers = {said["code"]: number for number, said in lines}
    for row in work.session.scalars(select(Region).where(Region.parent.in_(named))):
        if row.code not in named and not _above(levels[str(row.parent)], Level(row.level)):
            zh, en = f"其下已有 {row.code}，不能改为这一级", f"{row.code} lies in it, so it cannot get this level"
            raise _wrong(numbers[str(row.parent)], f"{row.parent}：{zh} / {en}")


def _above(upper: Level, lower: Level) -> bool:
    return TOP_DOWN.index(upper) < TOP_DOWN.index(lower)


def _merge(work: Work, rows: Collection[Row]) -> Loaded:
    added = changed = 0
    for row in rows:
        columns = inspect(type(row)).column_attrs.keys()
        said = {name: getattr(row, name) for name in columns}
        there = work.session.get(type(row), said[columns[0]])
        if there is None:
            work.session.add(row)
            work.session.flush()  # what others of the list point to is there first
            added += 1
        elif said != {name: getattr(there, name) for name in columns}:
            changed += 1
            for name, value in said.items():
                setattr(there, name, value)
    work.session.flush()
    return Loaded(added, changed, len(rows) - added - changed)


def _wrong(line: int, why: str) -> ListInvalid:
    return ListInvalid(line=line, why=why)


def _admit(work: Work) -> None:
    if work.actor is not SYSTEM and not work.actor.holds(Post.ADMIN):
        raise NotYours
