"""A pack and what the applicant said: which items, which form, which papers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from engine import feel, forms
from engine.catalog import rules
from engine.catalog.pack import MaterialSpec, Pack
from engine.errors import PackInvalid
from engine.forms import Form
from engine.words import Stage


def applicable(pack: Pack, answers: Mapping[str, Any], now: datetime) -> tuple[str, ...]:
    """Codes of the items these (clean, nested) situation answers call for, in the order of the pack.

    An item that comes after one which is not called for is still called for: `depends` orders, `when` decides.
    """
    return tuple(item.code for item in pack.items if true_of(pack, item.when, answers, now))


def application(pack: Pack, codes: Collection[str]) -> Form:
    """One form with every field the items need, each asked once; the situation is not asked again."""
    wanted = [form for item in pack.items if item.code in codes for form in item.forms if form != pack.situation.id]
    return forms.combine([pack.forms[form] for form in dict.fromkeys(wanted)], id="application", title=pack.name)


def form_for(pack: Pack, form_id: str) -> Form:
    """The form a task names: `decide` of this pack, or `shared/decide`."""
    return pack.forms[form_id]


def correctable(pack: Pack, stage: str | None, item: str | None) -> Form | None:
    """The part of the application a supplement may correct: what its item needs. None for every other task.

    Rows of which the item sees only a part are fixed: a row it adds would lack what others need.
    """
    if stage != Stage.SUPPLEMENT or not item:
        return None
    own, everything = application(pack, [item]), application(pack, [each.code for each in pack.items])
    partly = {f.key for f in own.fields if f.rows and f.rows.form.keys != rows_of(everything, f.key)}
    return forms.fixing(own, partly)


def rows_of(form: Form, key: str) -> frozenset[str]:
    """The keys inside the rows of a list."""
    asked = form.by_key[key].rows
    return asked.form.keys if asked else frozenset()


def keys_of(pack: Pack, code: str) -> frozenset[str]:
    """Names in the application an item may see: those of the forms it names (need to know), in rows as well."""
    return frozenset(key for form in pack.item(code).forms for key in pack.forms[form].names)


def materials_for(
    pack: Pack, codes: Collection[str], facts: Mapping[str, Any], now: datetime
) -> tuple[MaterialSpec, ...]:
    """The papers these items need in this case, in the order of the pack."""
    needed = [material for material in pack.materials if set(material.items) & set(codes)]
    return tuple(material for material in needed if true_of(pack, material.when, facts, now))


def true_of(pack: Pack, condition: feel.Expression, facts: Mapping[str, Any], now: datetime) -> bool:
    """Whether a condition of the pack holds: true and nothing else counts."""
    try:
        return condition.evaluate(facts, now=now).value is True
    except feel.FeelError as error:
        said = {"zh": error.zh, "en": error.en, "cure_zh": error.cure_zh, "cure_en": error.cure_en}
        raise PackInvalid([rules.finding(f"workflows/{pack.code}/pack.toml", 0, "feel-syntax", **said)]) from None
