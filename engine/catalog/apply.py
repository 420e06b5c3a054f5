"""A pack and the items that apply: which form, which papers."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from engine import forms
from engine.catalog import guide
from engine.catalog.pack import MaterialSpec, Pack
from engine.forms import Form
from engine.words import MaterialSource, MaterialState, Stage


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
    return tuple(spec for spec, _ in guide.papers(pack, codes, facts, now))


def brought(spec: MaterialSpec) -> bool:
    """Whether somebody has to bring a paper: no department has it, and nothing can be signed instead."""
    instead = {MaterialState.SHARED, MaterialState.COMMITMENT} & set(spec.states)
    return spec.source is MaterialSource.APPLICANT and not instead
