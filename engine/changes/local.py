"""What differs in one region: switches, promises, order, departments."""

from collections.abc import Iterator
from dataclasses import fields

from engine.catalog import Local, Promise
from engine.changes.change import Audience, Both, Change, matched
from engine.forms.lines import line_of

FILE = "workflows/{code}/pack.toml"
WORDS = {
    "since": ("从", "from"), "until": ("到", "until"), "source": ("依据", "ground"), "off": ("不办理", "not handled"),
    "on": ("办理", "handled"), "promise": ("承诺时限", "promise"), "depends": ("要等的事项", "waits for"),
    "level": ("层级", "level"), "posts": ("岗位", "posts"),
}  # fmt: skip


def local(both: Both) -> Iterator[Change]:
    """Every difference of what is otherwise somewhere."""
    pairs, gone, come = matched(both.old.local, both.new.local, lambda o: (o.region, o.item, o.lane, o.since))
    for one in gone:
        yield _change(both, one, "local-removed", _said(one), None, "删去", "no longer")
    for one in come:
        yield _change(both, one, "local-added", None, _said(one), f"新增：{_said(one)}", "new")
    for old, new in pairs:
        for name, (zh, en) in WORDS.items():
            said = _text(getattr(old, name)), _text(getattr(new, name))
            if said[0] != said[1]:
                words = (f"{zh} {said[0]} → {said[1]}", f"{en} {said[0]} → {said[1]}")
                yield _change(both, new, "local-changed", *said, *words)


def _said(one: Local) -> str:
    said = ((WORDS[f.name][0], _text(getattr(one, f.name))) for f in fields(one) if f.name in WORDS)
    return "，".join(f"{word} {text}" for word, text in said if text != "—")


def _text(value: object) -> str:
    if isinstance(value, Promise):
        return f"{value.days} {value.unit} ({value.text}; {value.source})"
    if isinstance(value, tuple):
        return "、".join(map(str, value)) or "无"
    return "—" if value is None or value in ("", False) else str(value)


def _change(both: Both, one: Local, kind: str, before: str | None, after: str | None, zh: str, en: str) -> Change:
    name = next((item.name for item in (*both.new.items, *both.old.items) if item.code == one.item), one.lane)
    file, text = both.file(FILE)
    zh, en = f"{one.region} 的“{name}”：{zh}", f'"{both.en(name)}" in {one.region}: {en}'
    return Change(kind, Audience.APPLICANT, "", name, before, after, zh, en, file, line_of(text, one.region))
