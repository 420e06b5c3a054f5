"""What differs in the items: which there are, for whom, by when, done by whom, after what."""

from collections.abc import Iterator
from dataclasses import replace

from engine.catalog import ItemSpec, Promise
from engine.catalog.manifest import line_of
from engine.changes import apart, clocks
from engine.changes.change import Audience, Both, Change, listed, matched, plain_when
from engine.words import Need

FILE = "workflows/{code}/pack.toml"
NEEDS = {Need.REQUIRED: "必办", Need.CHOSEN: "可选（默认已选）", Need.OFFERED: "可选"}


def items(both: Both) -> Iterator[Change]:
    """Every difference of the items."""
    pairs, gone, come = matched(both.old.items, both.new.items, lambda i: i.code, lambda i: i.name)
    for spec in gone:
        zh, en = f"不再联办“{spec.name}”", f'"{both.en(spec.name)}" is no longer part of it'
        yield _change(both, spec, "item-removed", Audience.APPLICANT, spec.name, None, zh, en, gone=True)
    for spec in come:
        zh, en = f"新增联办事项“{spec.name}”（{spec.lane}）", f'New item "{both.en(spec.name)}" ({both.en(spec.lane)})'
        yield _change(both, spec, "item-added", Audience.APPLICANT, None, spec.name, zh, en)
    for old, new in pairs:
        yield from _names(both, old, new)
        yield from _ground(both, old, new)
        yield from _promise(both, new, old.promise, new.promise)
        yield from clocks.clocks(both, old, new)
        yield from apart.apart(both, old, new)


def _names(both: Both, old: ItemSpec, new: ItemSpec) -> Iterator[Change]:
    if old.name != new.name:
        zh, en = (
            f"事项“{old.name}”改名为“{new.name}”",
            f'Item "{both.en(old.name)}" is called "{both.en(new.name)}" now',
        )
        yield _change(both, new, "item-renamed", Audience.APPLICANT, old.name, new.name, zh, en)
    if old.code != new.code:
        zh, en = f"事项“{new.name}”的代码 {old.code} → {new.code}", f"The code of the item: {old.code} → {new.code}"
        yield _change(both, new, "item-code", Audience.DESIGNER, old.code, new.code, zh, en)
    if old.lane != new.lane:
        zh = f"“{new.name}”由“{old.lane}”改由“{new.lane}”办理"
        en = f'"{both.en(new.name)}" goes from {both.en(old.lane)} to {both.en(new.lane)}'
        found = _change(both, new, "item-department", Audience.DEPARTMENT, old.lane, new.lane, zh, en)
        for lane in (old.lane, new.lane):
            audience, department = both.whose(lane)
            yield replace(found, audience=audience, department=department)


def _ground(both: Both, old: ItemSpec, new: ItemSpec) -> Iterator[Change]:
    name, called = new.name, both.en(new.name)
    said = (plain_when(old.when), plain_when(new.when))
    if said[0] != said[1]:
        zh, en = f"办理“{name}”的情形：{said[0]} → {said[1]}", f'When "{called}" applies: {said[0]} → {said[1]}'
        yield _change(both, new, "item-condition", Audience.APPLICANT, *said, zh, en)
    if old.reason != new.reason:
        zh, en = f"办理“{name}”的理由：{new.reason or '—'}", f'Why "{called}" is done: {both.en(new.reason) or "—"}'
        yield _change(both, new, "item-reason", Audience.APPLICANT, old.reason, new.reason, zh, en)
    if old.need != new.need:
        zh, en = f"“{name}”：{NEEDS[old.need]} → {NEEDS[new.need]}", f'"{called}": {old.need.label} → {new.need.label}'
        yield _change(both, new, "item-need", Audience.APPLICANT, old.need, new.need, zh, en)
    yield from _falls(both, old, new)
    audience, department = both.whose(new.lane)
    names = {item.code: item.name for item in (*both.old.items, *both.new.items)}
    if set(old.depends) != set(new.depends):
        said = (_names_of(old, names), _names_of(new, names))
        zh, en = f"“{name}”要等的事项：{said[0]} → {said[1]}", f'What "{called}" waits for: {said[0]} → {said[1]}'
        yield replace(_change(both, new, "item-order", audience, *said, zh, en), department=department)
    if set(old.forms) != set(new.forms):
        said = (listed(old.forms), listed(new.forms))
        zh, en = f"“{name}”可见的表单：{said[0]} → {said[1]}", f'Forms "{called}" sees: {said[0]} → {said[1]}'
        yield replace(_change(both, new, "item-forms", audience, *said, zh, en), department=department)


def _falls(both: Both, old: ItemSpec, new: ItemSpec) -> Iterator[Change]:
    """How the item ends with what it depends on, and what the leading department waits for."""
    said = (
        ("item-otherwise", ("前置未通过时", "without what it depends on"), old.otherwise, new.otherwise),
        ("item-joint", ("牵头办结的条件", "the leading department waits"), old.joint, new.joint),
        ("item-result", ("结果文书", "its result"), _result(old), _result(new)),
        ("item-commits", ("视为已承诺", "committed when"), plain_when(old.commits), plain_when(new.commits)),
    )
    for kind, (zh, en), before, after in said:
        if before != after:
            was, now = before or "—", after or "—"
            words = (f"“{new.name}”{zh}：{was} → {now}", f'"{both.en(new.name)}", {en}: {was} → {now}')
            yield _change(both, new, kind, Audience.DEPARTMENT, str(was), str(now), *words)


def _result(spec: ItemSpec) -> str:
    return listed(filter(None, vars(spec.result).values())) if spec.result else "—"


def _names_of(spec: ItemSpec, names: dict[str, str]) -> str:
    return listed(names.get(code, code) for code in spec.depends)


def _promise(both: Both, item: ItemSpec, old: Promise | None, new: Promise | None) -> Iterator[Change]:
    """The promise concerns the applicant, and the department that has to keep it."""
    if old == new:
        return
    said = (_words(old), _words(new))
    if said[0] != said[1]:
        zh, en = (
            f"“{item.name}”承诺时限 {_shift(old, new)}",
            f'Promise of "{both.en(item.name)}": {_shift(old, new, both)}',
        )
        audience, department = both.whose(item.lane)
        found = _change(both, item, "promise", Audience.APPLICANT, *said, zh, en)
        yield found
        yield replace(found, audience=audience, department=department)
    elif old and new and old.pausable != new.pausable:
        zh = f"“{item.name}”的时限{'可以' if new.pausable else '不得'}暂停"
        en = f'The clock of "{both.en(item.name)}" {"can" if new.pausable else "cannot"} be paused'
        said = (str(old.pausable), str(new.pausable))
        yield _change(both, item, "promise-pausable", Audience.APPLICANT, *said, zh, en)
    elif old and new and old.sooner != new.sooner:
        said = (_sooner(old), _sooner(new))
        zh = f"“{item.name}”更紧急时的时限：{said[0]} → {said[1]}"
        en = f'Sooner promise of "{both.en(item.name)}": {said[0]} → {said[1]}'
        yield _change(both, item, "promise-sooner", Audience.APPLICANT, *said, zh, en)
    elif old and new and old.source != new.source:
        zh = f"“{item.name}”承诺时限的依据：{old.source} → {new.source}"
        en = f'Ground of the promise of "{both.en(item.name)}": {both.en(old.source)} → {both.en(new.source)}'
        yield _change(both, item, "promise-source", Audience.DESIGNER, old.source, new.source, zh, en)


def _words(promise: Promise | None) -> str | None:
    if promise is None:
        return None
    return f"{promise.days} {promise.unit} ({promise.text})" if promise.days else promise.text


def _sooner(promise: Promise) -> str:
    return f"{promise.sooner.days} {promise.unit} ({plain_when(promise.sooner.when)})" if promise.sooner else "—"


def _shift(old: Promise | None, new: Promise | None, both: Both | None = None) -> str:
    """`5→3 工作日` where number and unit say it all; else the texts."""
    say = both.en if both else str
    if old and new and old.days != new.days and old.unit == new.unit and old.days and new.days:
        return f"{old.days}→{new.days} {new.unit.label if both else new.unit}"
    return " → ".join(say(promise.text) if promise else "—" for promise in (old, new))


def _change(
    both: Both, spec: ItemSpec, kind: str, audience: Audience, before: str | None, after: str | None,
    zh: str, en: str, *, gone: bool = False,
) -> Change:  # fmt: skip
    file, text = both.file(FILE, gone=gone)
    department = spec.lane if audience == Audience.DEPARTMENT else ""
    line = line_of(text, "code", spec.code)
    return Change(kind, audience, department, spec.name, before, after, zh, en, file, line)
