"""What differs in the rest of a pack: its own words, lanes, parameters, translations, scenarios and other files."""

import tomllib
from collections.abc import Iterator
from typing import Any

from engine.catalog import Duplicates, Guide, LaneSpec, Pack, Parameter, Promise
from engine.catalog.manifest import line_of_table
from engine.changes import apart, clocks
from engine.changes.change import Audience, Both, Change, listed, matched
from engine.forms.lines import line_of

FILE = "workflows/{code}/pack.toml"
LEVELS = {"city": "市", "county": "县", "township": "乡镇"}
_TOLD = (".bpmn", ".dmn", "en.toml", "pack.toml", "fields.toml", ".html")  # told by their content


def pack(both: Both) -> Iterator[Change]:
    """What the pack says about itself."""
    for name, zh, en, audience in (
        ("code", "代码", "code", Audience.DESIGNER),
        ("name", "名称", "name", Audience.APPLICANT),
        ("about", "说明", "about", Audience.APPLICANT),
        ("lead", "牵头部门类别", "leading department", Audience.DESIGNER),
        ("effective_from", "生效日期", "effective from", Audience.APPLICANT),
        ("effective_to", "失效日期", "effective to", Audience.APPLICANT),
        ("applicant", "用于列表的申请人字段", "applicant in lists", Audience.DESIGNER),
        ("promise", "全程承诺时限", "promise of the whole", Audience.APPLICANT),
        ("joint", "牵头办结的条件", "the leading department waits", Audience.DEPARTMENT),
        ("guide", "情形引导的决策", "decisions of the guide", Audience.DESIGNER),
        ("duplicates", "重复申请的判断", "what counts as a duplicate", Audience.WINDOW),
        ("legal", "全程法定时限", "limit by law of the whole", Audience.APPLICANT),
    ):
        before, after = (_text(getattr(one, name)) for one in (both.old, both.new))
        if before != after:
            text = both.file(FILE)[1]
            line = line_of(text, f"{name} =") or line_of(text, f"[{name}]")
            words = (f"{zh}：{before} → {after}", f"{en}: {both.en(before)} → {both.en(after)}")
            yield _change(
                both, f"pack-{name.replace('_', '-')}", audience, both.new.name, (before, after), *words, line=line
            )
    yield from clocks.escalation(both)
    yield from apart.visits(both)
    old, new = both.old.situation, both.new.situation
    if old.id != new.id:
        zh, en = (
            f"情形表单：{old.title} → {new.title}",
            f"The situation form: {both.en(old.title)} → {both.en(new.title)}",
        )
        yield _change(both, "pack-situation", Audience.APPLICANT, both.new.name, (old.title, new.title), zh, en)


def lanes(both: Both) -> Iterator[Change]:
    """Which departments there are, at which level, and who in them."""
    pairs, gone, come = matched(both.old.lanes.values(), both.new.lanes.values(), lambda lane: lane.name)
    for lane in gone:
        zh, en = f"不再有“{lane.name}”", f"{both.en(lane.name)} is no longer part of it"
        yield _lane(both, lane, "lane-removed", (lane.name, None), zh, en)
    for lane in come:
        zh, en = f"新增“{lane.name}”", f"{both.en(lane.name)} is new"
        yield _lane(both, lane, "lane-added", (None, lane.name), zh, en)
    for old, new in pairs:
        for kind, word, before, after in (
            ("lane-kind", ("部门类别", "department"), old.kind, new.kind),
            ("lane-level", ("层级", "level"), LEVELS[old.level], LEVELS[new.level]),
            ("lane-posts", ("岗位", "posts"), listed(old.posts), listed(new.posts)),
        ):
            if before != after:
                zh, en = f"{word[0]}：{before} → {after}", f"{word[1]}: {before} → {after}"
                yield _lane(both, new, kind, (before, after), zh, en)


def parameters(both: Both) -> Iterator[Change]:
    """Legal values: from when they hold, and on which ground."""
    for name in sorted(both.old.parameters.keys() | both.new.parameters.keys()):
        old, new = (one.parameters.get(name, ()) for one in (both.old, both.new))
        pairs, gone, come = matched(old, new, lambda p: (p.since, p.area), lambda p: str(p.value))
        for value in gone:
            zh, en = f"参数 {name} 删去：{_value(value)}", f"Parameter {name}, no longer: {_value(value)}"
            yield _parameter(both, name, "parameter-removed", (_value(value), None), zh, en)
        for value in come:
            last = [p for p in old if p.since < value.since]
            was = _value(last[-1]) if last else None
            zh = f"参数 {name} 从 {value.since} 起：{was or '—'} → {_value(value)}"
            en = f"Parameter {name} from {value.since} on: {was or '—'} → {_value(value)}"
            yield _parameter(both, name, "parameter-added", (was, _value(value)), zh, en)
        for before, after in pairs:
            yield from _values(both, name, before, after)


def _values(both: Both, name: str, old: Parameter, new: Parameter) -> Iterator[Change]:
    for kind, word, before, after in (
        ("parameter-value", ("", ""), _value(old), _value(new)),
        ("parameter-date", ("起始日期", ", from"), str(old.since), str(new.since)),
        ("parameter-source", ("依据", ", ground"), old.source, new.source),
        ("parameter-area", ("适用地区", ", region"), old.area or "—", new.area or "—"),
    ):
        if before != after:
            zh, en = f"参数 {name} {word[0]}：{before} → {after}", f"Parameter {name}{word[1]}: {before} → {after}"
            yield _parameter(both, name, kind, (before, after), zh.replace(" ：", "："), en)


def translations(both: Both) -> Iterator[Change]:
    """English words that changed; those of new and vanished texts go with the texts."""
    for text in sorted(both.old.texts.keys() & both.new.texts.keys()):
        before, after = both.old.texts[text], both.new.texts[text]
        if before != after:
            file, words = both.file("workflows/{code}/en.toml")
            said = (f"“{text}”的英文：{before} → {after}", f"English of {text}: {before} → {after}")
            line = line_of(words, f'"{text}"')
            yield Change("translation", Audience.DESIGNER, "", text, before, after, *said, file, line)


def files(both: Both) -> Iterator[Change]:
    """Scenarios and other files, by what they say: formatting does not count."""
    old, new = (_others(one) for one in (both.old, both.new))
    for name in sorted(old.keys() | new.keys()):
        if old.get(name) == new.get(name):
            continue
        scenario = "/scenarios/" in f"/{name}"
        zh, en = ("场景", "scenario") if scenario else ("文件", "file")
        how = ("removed", "删去", "is gone") if name not in new else ("added", "新增", "is new")
        how = ("changed", "改动", "changed") if name in old and name in new else how
        before, after = (name if name in one else None for one in (old, new))
        said = (f"{how[1]}{zh}“{name}”", f'The {en} "{name}" {how[2]}')
        file = both.file(f"workflows/{{code}}/{name}", gone=name not in new)[0]
        yield Change(f"{en}-{how[0]}", Audience.DESIGNER, "", name, before, after, *said, file, 0)


def _others(one: Pack) -> dict[str, Any]:
    """The files nothing else tells about, each as what it means."""
    start = f"workflows/{one.code}/"
    found: dict[str, Any] = {}
    for name, text in one.files.items():
        if name.startswith(start) and not name.endswith(_TOLD):
            found[name.removeprefix(start)] = tomllib.loads(text) if name.endswith(".toml") else text.split()
    return found


def _value(parameter: Parameter) -> str:
    return f"{parameter.value} {parameter.unit}".strip()


def _text(value: object) -> str:
    if isinstance(value, Promise):
        return f"{value.days} {value.unit} ({value.text}; {value.source}{'' if value.pausable else '; !'})"
    if isinstance(value, Guide):
        return listed(filter(None, (value.items, value.materials))) or "—"
    if isinstance(value, Duplicates):
        return f"{listed(sorted(value.roles))}; {listed(value.same) or '—'}; {value.days} ({value.source})"
    return listed(value) if isinstance(value, tuple) else "—" if value is None else str(value)


def _lane(both: Both, lane: LaneSpec, kind: str, said: tuple[str | None, str | None], zh: str, en: str) -> Change:
    audience, department = both.whose(lane.name)
    file, text = both.file(FILE)
    line = line_of_table(text, "lanes", lane.name)
    return Change(kind, audience, department, lane.name, *said, zh, en, file, line)


def _parameter(both: Both, name: str, kind: str, said: tuple[str | None, str | None], zh: str, en: str) -> Change:
    audience = Audience.DESIGNER if kind == "parameter-source" else Audience.APPLICANT
    line = line_of_table(both.file(FILE)[1], "parameters", name)
    return _change(both, kind, audience, name, said, zh, en, line=line)


def _change(
    both: Both, kind: str, audience: Audience, subject: str, said: tuple[str | None, str | None],
    zh: str, en: str, *, line: int = 0,
) -> Change:  # fmt: skip
    return Change(kind, audience, "", subject, *said, zh, en, both.file(FILE)[0], line)
