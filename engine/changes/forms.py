"""What differs in the forms: questions, whether they must be answered, choices, bounds; for whoever fills them in."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from engine.catalog import Pack
from engine.changes.change import Audience, Both, Change, listed, matched, plain
from engine.forms import Field, Form, Rows
from engine.forms.lines import line_of_json

YES = {True: ("是", "yes"), False: ("否", "no")}
ASPECTS = {  # what a field says beside its choices, in words
    "label": ("名称", "label"), "type": ("类型", "type"), "required": ("必填", "required"),
    "min": ("最小值", "minimum"), "max": ("最大值", "maximum"), "min_length": ("最短", "minimum length"),
    "max_length": ("最长", "maximum length"), "decimals": ("小数位", "decimals"), "pattern": ("格式", "pattern"),
    "pattern_message": ("格式说明", "words about the pattern"), "default": ("默认值", "default"),
    "help": ("提示", "help"), "hide": ("隐藏条件", "hidden when"),
    "check": ("校验", "check"), "derive": ("自动得出", "derived by"), "derived_from": ("得自", "derived from"),
    "secrecy": ("隐私等级", "secrecy"), "source": ("共享来源", "shared source"),
    "value": ("计算方法", "computed as"), "rows": ("行数", "number of rows"),
}  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """A form of both packs and who fills it in."""

    both: Both
    id: str
    title: str
    whose: tuple[tuple[Audience, str], ...]

    def change(
        self, kind: str, subject: str, said: tuple[str | None, str | None], zh: str, en: str, *,
        key: str = "", gone: bool = False, audience: tuple[Audience, str] | None = None,
    ) -> Iterator[Change]:  # fmt: skip
        """One change for each audience of the form."""
        name = f"forms/{self.id}.json" if self.id.startswith("shared/") else f"forms/{{code}}/{self.id}.json"
        file, text = self.both.file(name, gone=gone)
        line = line_of_json(text, key.rpartition(".")[2], "key") if key else 0
        for who, department in (audience,) if audience else self.whose:
            yield Change(kind, who, department, subject, *said, zh, en, file, line)


def forms(both: Both) -> Iterator[Change]:
    """Every difference of the forms both packs ask, or only one of them."""
    readers = [readers_of(both, pack) for pack in (both.old, both.new)]
    for id_ in sorted(both.old.forms.keys() | both.new.forms.keys()):
        old, new = both.old.forms.get(id_), both.new.forms.get(id_)
        form = new or old
        assert form is not None
        found = dict.fromkeys((*readers[1].get(id_, ()), *readers[0].get(id_, ())))
        asked = Asked(both, id_, form.title, tuple(found) or ((Audience.DESIGNER, ""),))
        if old is None or new is None:
            yield from _whole(asked, form, gone=new is None)
        else:
            yield from _form(asked, old, new)


def readers_of(both: Both, pack: Pack) -> dict[str, dict[tuple[Audience, str], None]]:
    """Who fills in each form: the applicant those of the application, everybody else those of their tasks."""
    found: dict[str, dict[tuple[Audience, str], None]] = {}
    for name in (pack.situation.id, *(form for item in pack.items for form in item.forms)):
        found.setdefault(name, {})[(Audience.APPLICANT, "")] = None
    for node in pack.model.nodes.values():
        if node.form:
            found.setdefault(node.form, {})[both.whose(node.lane)] = None
    return found


def _whole(asked: Asked, form: Form, *, gone: bool) -> Iterator[Change]:
    labels = listed(field.label for field in form.fields)
    title, called = asked.title, asked.both.en(asked.title)
    if gone:
        zh, en = f"不再填表单“{title}”（{labels}）", f'The form "{called}" is no longer filled in'
        yield from asked.change("form-removed", title, (title, None), zh, en, gone=True)
    else:
        zh, en = f"新增表单“{title}”（{labels}）", f'New form "{called}"'
        yield from asked.change("form-added", title, (None, title), zh, en)


def _form(asked: Asked, old: Form, new: Form) -> Iterator[Change]:
    en = asked.both.en
    if old.title != new.title:
        said = f'Form "{en(old.title)}" is called "{en(new.title)}" now'
        zh = f"表单“{old.title}”改名为“{new.title}”"
        yield from asked.change("form-renamed", new.title, (old.title, new.title), zh, said)
    pairs, gone, come = matched(old.fields, new.fields, lambda f: f.key, lambda f: (f.label, f.type))
    for field in gone:
        zh, said = (
            f"“{asked.title}”删去字段“{field.label}”",
            f'Field "{en(field.label)}" of "{en(asked.title)}" is gone',
        )
        yield from asked.change("field-removed", field.label, (field.label, None), zh, said, key=field.key, gone=True)
    for field in come:
        must = ("必填", "required") if field.required else ("选填", "optional")
        zh = f"“{asked.title}”新增表单字段“{field.label}”（{must[0]}）"
        said = f'New field "{en(field.label)}" ({must[1]}) in "{en(asked.title)}"'
        yield from asked.change("field-added", field.label, (None, field.label), zh, said, key=field.key)
    for before, after in pairs:
        yield from _field(asked, before, after)
        yield from _choices(asked, before, after)
        if before.rows and after.rows:  # a row is a form of its own, called as the list is
            rows = (replace(field.rows.form, title=field.label) for field in (before, after) if field.rows)
            yield from _form(asked, *rows)
    yield from _order(asked, old, new, pairs)
    yield from _words(asked, old, new)


def _field(asked: Asked, old: Field, new: Field) -> Iterator[Change]:
    if old.key != new.key:
        zh, en = f"字段“{new.label}”的键 {old.key} → {new.key}", f"The key of a field: {old.key} → {new.key}"
        only = (Audience.DESIGNER, "")
        yield from asked.change("field-key", new.label, (old.key, new.key), zh, en, key=new.key, audience=only)
    before, after = _aspects(old), _aspects(new)
    for name, (zh_name, en_name) in ASPECTS.items():
        if before[name] == after[name]:
            continue
        kind = f"field-{name.replace('_', '-')}"
        zh = f"“{asked.title}”的“{old.label}”{zh_name}：{before[name][0]} → {after[name][0]}"
        label = asked.both.en(old.label)
        said = [asked.both.en(value[1]) for value in (before[name], after[name])]
        en = f'"{label}" in "{asked.both.en(asked.title)}", {en_name}: {said[0]} → {said[1]}'
        yield from asked.change(kind, new.label, (before[name][0], after[name][0]), zh, en, key=new.key)


def _aspects(field: Field) -> Mapping[str, tuple[str, str]]:
    found = {}
    for name in ASPECTS:
        value = getattr(field, name)
        if name in ("hide", "value"):
            value = plain(value.source) if value is not None else None
        if isinstance(value, Rows):
            value = f"{value.least}–{value.most} ({value.first}{', fixed' if value.fixed else ''})"
        if isinstance(value, bool):
            found[name] = YES[value]
        else:
            text = "—" if value in (None, "", ()) else str(value)
            found[name] = (text, text)
    return found


def _choices(asked: Asked, old: Field, new: Field) -> Iterator[Change]:
    en = asked.both.en
    pairs, gone, come = matched(old.choices, new.choices, lambda c: c.value, lambda c: c.label)
    where = f"“{asked.title}”的“{new.label}”", f'"{en(new.label)}" in "{en(asked.title)}"'
    for choice in gone:
        said = f"{where[0]}删去选项“{choice.label}”", f'{where[1]}: the choice "{en(choice.label)}" is gone'
        yield from asked.change("choice-removed", new.label, (choice.label, None), *said, key=new.key)
    for choice in come:
        said = f"{where[0]}新增选项“{choice.label}”", f'{where[1]}: new choice "{en(choice.label)}"'
        yield from asked.change("choice-added", new.label, (None, choice.label), *said, key=new.key)
    for before, after in pairs:
        if (before.value, before.label) != (after.value, after.label):
            words = (f"{before.label} ({before.value})", f"{after.label} ({after.value})")
            said = f"{where[0]}的选项：{words[0]} → {words[1]}", f"{where[1]}, a choice: {words[0]} → {words[1]}"
            yield from asked.change("choice-renamed", new.label, words, *said, key=new.key)


def _order(asked: Asked, old: Form, new: Form, pairs: list[tuple[Field, Field]]) -> Iterator[Change]:
    former = {after.key: before.key for before, after in pairs}
    before = [field.key for field in old.fields if field.key in former.values()]
    after = [former[field.key] for field in new.fields if field.key in former]
    if before != after:
        said = tuple(listed(old.by_key[key].label for key in keys) for keys in (before, after))
        zh, en = f"“{asked.title}”的字段换了顺序", f'The fields of "{asked.both.en(asked.title)}" are in another order'
        yield from asked.change("field-order", asked.title, (said[0], said[1]), zh, en)


def _words(asked: Asked, old: Form, new: Form) -> Iterator[Change]:
    """Headings, and static texts between the questions."""
    said = [list(dict.fromkeys(_static(form))) for form in (old, new)]
    for text in (t for t in said[0] if t not in said[1]):
        zh, en = (
            f"“{asked.title}”删去说明“{text}”",
            f'A text in "{asked.both.en(asked.title)}" is gone: {asked.both.en(text)}',
        )
        yield from asked.change("text-removed", asked.title, (text, None), zh, en, gone=True)
    for text in (t for t in said[1] if t not in said[0]):
        zh, en = (
            f"“{asked.title}”新增说明“{text}”",
            f'New text in "{asked.both.en(asked.title)}": {asked.both.en(text)}',
        )
        yield from asked.change("text-added", asked.title, (None, text), zh, en)


def _static(form: Form) -> Iterator[str]:
    for section in form.sections:
        if section.label and section.label != form.title:
            yield section.label
        yield from (field.label for field in section.fields if not field.key)
