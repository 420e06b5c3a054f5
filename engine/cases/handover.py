"""Handing out 出件: the result of each item as soon as it is there, whatever the other items do (partial delivery)."""

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from engine import forms, identity, ledger
from engine.cases.held import locked
from engine.cases.outcome import GRANTED
from engine.errors import FieldError, FormInvalid, HandedOut, NotFound, NothingToHandOut
from engine.forms import Field, FieldType, Form, Section
from engine.store import Case, Handover, Item
from engine.words import N_, Delivery, EntryKind, Post
from engine.work import Work

RECEIVER = Field("receiver", FieldType.TEXTFIELD, N_("Received by"), required=True, max_length=80)
TRACKING = Field("tracking", FieldType.TEXTFIELD, N_("EMS number"), max_length=40)
CODE = Field("code", FieldType.TEXTFIELD, N_("Pick-up code"), max_length=6)
SIGNED = Field("signed", FieldType.CHECKBOX, N_("The receipt is signed"))
FORM = Form("handover", "", (Section("", "", (RECEIVER, TRACKING, CODE, SIGNED)),))
NO_WAY = N_("Choose how it is handed out.")
NO_NUMBER = N_("Enter the EMS number.")
WRONG_CODE = N_("This is not the code on the receipt.")
NOT_SIGNED = N_("Let the receiver sign first, then tick here.")


@dataclass(frozen=True)
class Handed:
    """How, when, to whom (masked) and by whom the result of an item was handed out."""

    way: Delivery
    at: datetime
    receiver: str
    by: str
    tracking: str


def hand_over(work: Work, case_id: str, code: str, way: str, raw: Mapping[str, Any]) -> None:
    """Hand out the result of one item, for clerks of the window that took the case; once for each result.

    `raw`: receiver; for EMS its number; at the window and picked up whether the receipt is signed; picked up also the
    code printed on the receipt of the case. `FormInvalid`, `NothingToHandOut` while the item is not granted,
    `HandedOut` by whom it was done already, `NotFound`.
    """
    case = locked(work, case_id)
    item = next((item for item in case.items if item.code == code), None)
    if item is None or case.window_id not in work.actor.departments((Post.WINDOW,)):
        raise NotFound
    said = _checked(work, case, way, raw)
    if not deliverable(item) or item.ended_at is None:
        raise NothingToHandOut
    if done := handed(work, case).get(code):
        raise HandedOut(by=done.by, at=done.at)
    work.session.add(
        Handover(
            item_id=item.id,
            result_at=item.ended_at,
            way=way,
            receiver=said["receiver"],
            tracking=said["tracking"] or "",
            handed_at=work.now,
            handed_by=work.actor.id,
        )
    )
    ledger.record(work, case.id, EntryKind.ITEM_DELIVERED, item=code, way=way)


def deliverable(item: Item) -> bool:
    """Whether there is something to hand out: the item was granted. A refusal is served as a notice."""
    return item.outcome in GRANTED


def handed(work: Work, case: Case) -> dict[str, Handed]:
    """What was handed out of the results as they are now, by item."""
    there = {item.id: item for item in case.items if item.ended_at}
    rows = work.session.scalars(select(Handover).where(Handover.item_id.in_(there))).all() if there else []
    now = [row for row in rows if row.result_at == there[row.item_id].ended_at]
    people = identity.names(work, {row.handed_by for row in now}) if now else {}
    return {there[row.item_id].code: _handed(row, people) for row in now}


def _handed(row: Handover, people: Mapping[str, str]) -> Handed:
    by = people.get(row.handed_by, row.handed_by)
    return Handed(Delivery(row.way), row.handed_at, forms.mask("name", row.receiver), by, row.tracking)


def _checked(work: Work, case: Case, way: str, raw: Mapping[str, Any]) -> dict[str, Any]:
    errors = [] if way in set(Delivery) else [FieldError("way", "", NO_WAY)]
    said: dict[str, Any] = {}
    try:
        said = forms.check(FORM, raw, now=work.now)
    except FormInvalid as invalid:
        errors += invalid.errors
    if not errors:
        if way == Delivery.EMS and not said["tracking"]:
            errors.append(FieldError(TRACKING.key, TRACKING.label, NO_NUMBER))
        if way != Delivery.EMS and said["signed"] is not True:
            errors.append(FieldError(SIGNED.key, SIGNED.label, NOT_SIGNED))
        if way == Delivery.PICKUP and not hmac.compare_digest(case.code.encode(), str(said["code"] or "").encode()):
            errors.append(FieldError(CODE.key, CODE.label, WRONG_CODE))
    if errors:
        raise FormInvalid(errors)
    return said
