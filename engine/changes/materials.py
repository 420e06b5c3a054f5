"""What differs in the papers: which are asked for, whether they must be there, and what is accepted instead."""

from collections.abc import Iterator

from engine.catalog import MaterialSpec
from engine.catalog.manifest import line_of
from engine.changes.change import Audience, Both, Change, listed, matched, plain_when
from engine.words import MaterialState

FILE = "workflows/{code}/pack.toml"
STATES = {
    MaterialState.ORIGINAL: ("原件", "the original"),
    MaterialState.COPY: ("复印件", "a copy"),
    MaterialState.SHARED: ("部门共享，不必自带", "shared by a department"),
    MaterialState.COMMITMENT: ("告知承诺", "a written commitment"),
}


def materials(both: Both) -> Iterator[Change]:
    """Every difference of the materials."""
    pairs, gone, come = matched(both.old.materials, both.new.materials, lambda m: m.code, lambda m: m.name)
    for spec in gone:
        zh, en = f"不再需要材料“{spec.name}”", f'The paper "{both.en(spec.name)}" is no longer needed'
        yield _change(both, spec, "material-removed", Audience.APPLICANT, (spec.name, None), zh, en, gone=True)
    for spec in come:
        must = ("必交", "required") if spec.required else ("可后补", "may follow later")
        zh, en = f"新增材料“{spec.name}”（{must[0]}）", f'New paper "{both.en(spec.name)}" ({must[1]})'
        yield _change(both, spec, "material-added", Audience.APPLICANT, (None, spec.name), zh, en)
    for old, new in pairs:
        yield from _asked(both, old, new)
        yield from _accepted(both, old, new)
        yield from _used(both, old, new)
        yield from _followed(both, old, new)
        yield from _believed(both, old, new)


def _asked(both: Both, old: MaterialSpec, new: MaterialSpec) -> Iterator[Change]:
    name, called = new.name, both.en(new.name)
    if old.name != new.name:
        zh, en = f"材料“{old.name}”改名为“{name}”", f'The paper "{both.en(old.name)}" is called "{called}" now'
        yield _change(both, new, "material-renamed", Audience.APPLICANT, (old.name, name), zh, en)
    if old.required != new.required:
        zh, en = (
            (f"材料“{name}”改为必交", f'"{called}" is required now')
            if new.required
            else (
                f"材料“{name}”不再必交，可以后补（容缺）",
                f'"{called}" is not required any more and may follow later',
            )
        )
        said = tuple("必交" if spec.required else "可后补" for spec in (old, new))
        yield _change(both, new, "material-required", Audience.APPLICANT, said, zh, en)
    said = (plain_when(old.when), plain_when(new.when))
    if said[0] != said[1]:
        zh, en = f"需要“{name}”的情形：{said[0]} → {said[1]}", f'When "{called}" is needed: {said[0]} → {said[1]}'
        yield _change(both, new, "material-condition", Audience.APPLICANT, said, zh, en)
    if old.reason != new.reason:
        zh, en = f"需要“{name}”的理由：{new.reason or '—'}", f'Why "{called}" is needed: {both.en(new.reason) or "—"}'
        yield _change(both, new, "material-reason", Audience.APPLICANT, (old.reason, new.reason), zh, en)


def _accepted(both: Both, old: MaterialSpec, new: MaterialSpec) -> Iterator[Change]:
    name, called = new.name, both.en(new.name)
    for state in (s for s in new.states if s not in old.states):
        zh, en = STATES[state]
        said = (f"材料“{name}”现在可以：{zh}", f'"{called}" may be {en} now')
        yield _change(both, new, "material-accepted", Audience.APPLICANT, (None, str(state)), *said)
    for state in (s for s in old.states if s not in new.states):
        zh, en = STATES[state]
        said = (f"材料“{name}”不再接受：{zh}", f'"{called}" may not be {en} any more')
        yield _change(both, new, "material-refused", Audience.APPLICANT, (str(state), None), *said)


def _used(both: Both, old: MaterialSpec, new: MaterialSpec) -> Iterator[Change]:
    name, called = new.name, both.en(new.name)
    names = {item.code: item.name for item in (*both.old.items, *both.new.items)}
    if set(old.items) != set(new.items):
        said = (listed(names.get(c, c) for c in old.items), listed(names.get(c, c) for c in new.items))
        zh, en = f"材料“{name}”用于：{said[0]} → {said[1]}", f'What "{called}" is for: {said[0]} → {said[1]}'
        yield _change(both, new, "material-items", Audience.WINDOW, said, zh, en)
    if old.note != new.note:
        zh, en = (
            f"材料“{name}”的说明：{old.note} → {new.note}",
            f'Note of "{called}": {both.en(old.note)} → {both.en(new.note)}',
        )
        yield _change(both, new, "material-note", Audience.WINDOW, (old.note, new.note), zh, en)
    if old.proof != new.proof:
        said = (old.proof or "—", new.proof or "—")
        zh, en = f"材料“{name}”是哪种证明：{said[0]} → {said[1]}", f'Which proof "{called}" is: {said[0]} → {said[1]}'
        yield _change(both, new, "material-proof", Audience.APPLICANT, said, zh, en)
    if old.code != new.code:
        zh, en = f"材料“{name}”的代码 {old.code} → {new.code}", f"The code of a paper: {old.code} → {new.code}"
        yield _change(both, new, "material-code", Audience.DESIGNER, (old.code, new.code), zh, en)


def _followed(both: Both, old: MaterialSpec, new: MaterialSpec) -> Iterator[Change]:
    """What may come later, and what is signed instead."""
    name, called = new.name, both.en(new.name)
    if old.tolerable != new.tolerable:
        zh, en = [_tolerance(spec)[0] for spec in (old, new)], [_tolerance(spec)[1] for spec in (old, new)]
        said = (f"材料“{name}”容缺：{zh[0]} → {zh[1]}", f'How long "{called}" may follow: {en[0]} → {en[1]}')
        yield _change(both, new, "material-tolerable", Audience.APPLICANT, (zh[0], zh[1]), *said)
    if old.commitment != new.commitment:
        before, after = (
            f"{spec.commitment.text} {spec.commitment.proxy.source}" if spec.commitment else "—" for spec in (old, new)
        )
        zh_words = f"材料“{name}”的承诺书：{before} → {after}"
        en_words = f'The commitment instead of "{called}": {before} → {after}'
        yield _change(both, new, "material-commitment", Audience.APPLICANT, (before, after), zh_words, en_words)


def _tolerance(spec: MaterialSpec) -> tuple[str, str]:
    may = spec.tolerable
    if may is None:
        return "不可容缺", "it may not"
    zh = f"{may.days}{may.unit}，{'可以' if may.granted else '不得'}先办结（{may.source}）"
    return zh, f"{may.days} {may.unit.label}, {'granted before' if may.granted else 'granted after'} ({may.source})"


BELIEVED = {  # what a paper says of itself → in both languages
    "kind": ("种类", "kind"),
    "source": ("来源", "source"),
    "trust": ("可信等级", "trust"),
    "holder": ("持有人字段", "key of its holder"),
    "unique": ("查重字段", "keys that tell one from another"),
    "reusable_days": ("可复用天数", "days it serves later cases"),
}


def _believed(both: Both, old: MaterialSpec, new: MaterialSpec) -> Iterator[Change]:
    for part, (zh, en) in BELIEVED.items():
        before, after = getattr(old, part), getattr(new, part)
        if before != after:
            said = tuple(listed(v) if isinstance(v, tuple) else str(v) for v in (before, after))
            words = (
                f"材料“{new.name}”的{zh}：{said[0]} → {said[1]}",
                f'"{both.en(new.name)}": {en}: {said[0]} → {said[1]}',
            )
            yield _change(both, new, f"material-{part.replace('_', '-')}", Audience.WINDOW, said, *words)


def _change(
    both: Both, spec: MaterialSpec, kind: str, audience: Audience, said: tuple[str | None, ...],
    zh: str, en: str, *, gone: bool = False,
) -> Change:  # fmt: skip
    file, text = both.file(FILE, gone=gone)
    line = line_of(text, "code", spec.code)
    return Change(kind, audience, "", spec.name, said[0], said[1], zh, en, file, line)
