"""What differs in what the window fills in from shared data: which block, who is asked, why, by which right."""

from collections.abc import Iterator

from engine.catalog import PrefillSpec
from engine.catalog.manifest import line_of
from engine.changes.change import Audience, Both, Change, listed, matched

FILE = "workflows/{code}/pack.toml"
ASPECTS = {
    "group": ("分组", "block"), "ask": ("接口", "connectors"), "purpose": ("目的", "purpose"),
    "basis": ("依据", "basis"), "consent": ("同意项", "consent"),
}  # fmt: skip


def prefill(both: Both) -> Iterator[Change]:
    """Every difference of the blocks that are filled in."""
    pairs, gone, come = matched(both.old.prefill, both.new.prefill, lambda p: p.group, lambda p: p.purpose)
    for spec in gone:
        yield _change(both, spec, "prefill-removed", (spec.group, None), "不再填入", "no longer filled in", gone=True)
    for spec in come:
        yield _change(both, spec, "prefill-added", (None, spec.group), "新增填入", "filled in as well")
    for old, new in pairs:
        for name, (zh, en) in ASPECTS.items():
            said = (_said(old, name), _said(new, name))
            if said[0] != said[1]:
                words = (f"{zh}：{said[0]} → {said[1]}", f"{en}: {said[0]} → {said[1]}")
                yield _change(both, new, f"prefill-{name}", said, *words)


def _said(spec: PrefillSpec, name: str) -> str:
    value = getattr(spec, name)
    return value if isinstance(value, str) else listed(value)


def _change(
    both: Both,
    spec: PrefillSpec,
    kind: str,
    said: tuple[str | None, str | None],
    zh: str,
    en: str,
    *,
    gone: bool = False,
) -> Change:
    file, text = both.file(FILE, gone=gone)
    whole = f"共享数据“{spec.group}”{zh}", f"Shared data for {spec.group}, {en}"
    return Change(kind, Audience.DESIGNER, "", spec.group, *said, *whole, file, line_of(text, "group", spec.group))
