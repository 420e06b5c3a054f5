"""What another release means for a case beside the drawing: items, papers, parameters. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from engine import catalog, forms
from engine.catalog import ItemSpec, MaterialSpec, Pack
from engine.errors import PackInvalid
from engine.store import Case
from engine.words import TaskState

Said = tuple[str, str]  # Chinese, English


@dataclass(frozen=True)
class Followed:
    """The case's rows and facts under the new release; with `obstacles` it cannot follow."""

    facts: dict[str, Any]
    items: tuple[ItemSpec, ...]
    papers: tuple[MaterialSpec, ...]
    dropped: frozenset[str]
    obstacles: tuple[Said, ...]
    remarks: tuple[Said, ...]


def follow(case: Case, old: Pack, new: Pack, coming: Collection[str], *, day: date, now: datetime) -> Followed:
    """Items and papers to add or drop. `coming` are nodes the case may still come to, `day` is when it was accepted."""
    held = {item.code for item in case.items}
    obstacles = [*_lost_items(held, old, new), *_lost_forms(case, new), *_unasked(case, old, new)]
    facts, early = _parameters(case.facts, new, day)
    obstacles += early
    chosen = {spec.code: spec.code in held for spec in new.items if spec.code in facts}
    wanted = catalog.applicable(new, facts, now, chosen) if not obstacles else ()
    asked = [spec for spec in new.items if spec.code in wanted and spec.code not in held]
    added = tuple(spec for spec in asked if _has_work(new, spec.code, coming))
    late = [spec for spec in asked if spec not in added]
    codes = held | {spec.code for spec in added}
    facts |= {i.code: {"applies": i.code in codes} for i in new.items if i.code not in held}
    needed = catalog.materials_for(new, codes, facts, now) if not obstacles else ()
    collected = {paper.code for paper in case.materials}
    papers = tuple(spec for spec in needed if spec.code not in collected)
    dropped = frozenset(collected - {spec.code for spec in new.materials})
    remarks = [*_of_items(held, old, new, added, late), *_of_papers(papers, dropped, old), *_of_parameters(case, facts)]
    remarks += _undecided(case, old, new)
    return Followed(facts, added, papers, dropped, tuple(obstacles), tuple(remarks))


def _parameters(facts: Mapping[str, Any], new: Pack, day: date) -> tuple[dict[str, Any], list[Said]]:
    try:
        return {**facts, "parameters": new.parameters_on(day)}, []
    except PackInvalid:
        missing = "、".join(sorted(name for name, dated in new.parameters.items() if dated[0].since > day))
        zh, en = (
            f"参数 {missing} 在受理日 {day} 还没有值。",
            f"Parameters {missing} have no value on {day}, when it began.",
        )
        return dict(facts), [(zh, en)]


def _lost_items(held: Collection[str], old: Pack, new: Pack) -> Iterator[Said]:
    known = {item.code for item in new.items}
    for item in (i for i in old.items if i.code in held and i.code not in known):
        yield (
            f"新版本没有本办件的事项“{item.name}”。",
            f"The new release does not have the item {item.code} of this case.",
        )


def _lost_forms(case: Case, new: Pack) -> Iterator[Said]:
    used = {task.form for task in case.tasks if task.form and task.state == TaskState.DONE}
    for form in sorted(used - new.forms.keys()):
        yield f"新版本没有已用过的表单“{form}”。", f"The new release does not have the form {form!r} that was used."


def _unasked(case: Case, old: Pack, new: Pack) -> Iterator[Said]:
    """New situation questions that decide about items: an answer nobody gave is no answer.

    A question the old release had as well was not shown to this applicant, which is an answer.
    """
    needed = catalog.reads(new, new.items)
    for key in sorted(needed & new.situation.keys - old.situation.keys - forms.flatten(case.facts).keys()):
        label = new.situation.by_key[key].label
        yield f"情形问题“{label}”没有问过申请人。", f"The situation question {key!r} was never asked."


def _has_work(new: Pack, code: str, coming: Collection[str]) -> bool:
    return any(node.item == code and node.kind == "userTask" and node.id in coming for node in new.model.nodes.values())


def _of_items(
    held: Collection[str], old: Pack, new: Pack, added: Collection[ItemSpec], late: Collection[ItemSpec]
) -> Iterator[Said]:
    for spec in added:
        yield f"增加事项“{spec.name}”。", f"The item {spec.code} is added."
    for spec in late:
        yield (
            f"新事项“{spec.name}”的环节已经走过，不增加。",
            f"The new item {spec.code} lies behind the case; not added.",
        )
    before = {item.code: item for item in old.items}
    for spec in (i for i in new.items if i.code in held):
        was, now = before[spec.code].promise, spec.promise
        if was != now and was and now and (was.text, was.days) != (now.text, now.days):
            yield (
                f"“{spec.name}”承诺时限：{was.text} → {now.text}。",
                f"Promise of {spec.code}: {was.text} → {now.text}.",
            )


def _of_papers(papers: Collection[MaterialSpec], dropped: Collection[str], old: Pack) -> Iterator[Said]:
    for spec in papers:
        zh, en = ("须补", "required") if spec.required else ("可补", "optional")
        yield f"{zh}材料“{spec.name}”。", f"One more paper ({en}): {spec.code}."
    for paper in (m for m in old.materials if m.code in dropped):
        yield f"不再需要材料“{paper.name}”。", f"The paper {paper.code} is no longer needed."


def _undecided(case: Case, old: Pack, new: Pack) -> Iterator[Said]:
    """Papers whose condition reads what only the new forms ask: nobody knows whether this case needs them."""
    known = forms.names_in(case.facts) | {key for form in old.forms.values() for key in form.names}
    asked = {key for form in new.forms.values() for key in form.names} - known
    for spec in new.materials:
        for key in sorted(catalog.reads(new, [spec]) & asked):
            zh = f"不能判断是否需要材料“{spec.name}”：没有填过“{key}”，未列入。"
            yield (
                zh,
                f"Whether the paper {spec.code} is needed depends on {key!r}, which was not asked; it is not listed.",
            )


def _of_parameters(case: Case, facts: Mapping[str, Any]) -> Iterator[Said]:
    before, after = case.facts.get("parameters", {}), facts["parameters"]
    for name in sorted(before.keys() & after.keys()):
        if before[name] != after[name]:
            yield f"参数 {name}：{before[name]} → {after[name]}。", f"Parameter {name}: {before[name]} → {after[name]}."
