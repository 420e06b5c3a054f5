"""What differs in the checks across fields: for the window, which they warn or stop."""

from collections.abc import Iterator

from engine.catalog import CheckSpec
from engine.catalog.manifest import line_of
from engine.changes.change import Audience, Both, Change, matched, plain

FILE = "workflows/{code}/pack.toml"


def checks(both: Both) -> Iterator[Change]:
    """Every difference of the checks."""
    pairs, gone, come = matched(both.old.checks, both.new.checks, lambda c: c.code, lambda c: c.text)
    for spec in gone:
        yield _change(both, spec, "check-removed", (spec.text, None), "不再检查", "no longer checked", gone=True)
    for spec in come:
        yield _change(both, spec, "check-added", (None, spec.text), "新增检查", "new check")
    for old, new in pairs:
        before, after = _aspects(old), _aspects(new)
        for name, (zh, en) in ASPECTS.items():
            if before[name] != after[name]:
                said = (before[name], after[name])
                words = (f"检查的{zh}：{said[0]} → {said[1]}", f"a check's {en}: {said[0]} → {said[1]}")
                yield _change(both, new, f"check-{name}", said, *words)


ASPECTS = {
    "code": ("代码", "code"), "when": ("条件", "condition"), "field": ("所在字段", "field"), "text": ("提示", "words"),
    "warning": ("性质", "kind"), "each": ("列表", "list"), "tasks": ("环节", "steps"),
}  # fmt: skip


def _aspects(spec: CheckSpec) -> dict[str, str]:
    kind = "warning" if spec.warning else "error"
    return {"code": spec.code, "when": plain(spec.when.source), "field": spec.field, "text": spec.text,
            "warning": kind, "each": spec.each or "—", "tasks": "、".join(spec.tasks) or "—"}  # fmt: skip


def _change(
    both: Both, spec: CheckSpec, kind: str, said: tuple[str | None, str | None], zh: str, en: str, *, gone: bool = False
) -> Change:
    file, text = both.file(FILE, gone=gone)
    whole = f"{zh}（{spec.text}）", f"{en} ({both.en(spec.text)})"
    return Change(kind, Audience.DESIGNER, "", spec.text, *said, *whole, file, line_of(text, "code", spec.code))
