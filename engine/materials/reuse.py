"""Taking a paper over from an earlier case of the same person (domain.md 2.0.4): A and unexpired B, never C or D.

Whose paper it is, is a keyed hash of the ID number: who reads the table without the installation's secret learns
nothing. After the secret was changed nothing is found, and people bring their papers once more.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import select

from engine import forms
from engine.catalog import MaterialSpec
from engine.materials.checklist import Offer
from engine.store import Case, Material
from engine.words import MaterialSource, MaterialState, Trust
from engine.work import Work

SERVING = (MaterialState.ORIGINAL, MaterialState.SHARED)  # not what was taken over: its origin serves, or nothing


def holder_of(work: Work, spec: MaterialSpec, facts: Mapping[str, Any]) -> str | None:
    """The keyed hash of whose paper it is; None if the pack does not say or nobody typed the number."""
    number = str(forms.flatten(facts).get(spec.holder) or "").strip().upper() if spec.holder else ""
    return work.vault.blind("person", number) if number else None


def offers(work: Work, specs: Sequence[MaterialSpec], facts: Mapping[str, Any]) -> dict[str, Offer]:
    """What earlier cases can give, by code; the latest of each. One statement, and none where nothing is reusable."""
    wanted = {spec.code: (holder_of(work, spec, facts), spec.kind) for spec in specs if spec.reusable_days}
    holders = {holder for holder, _ in wanted.values() if holder}
    if not holders:
        return {}
    rows = work.session.execute(
        select(Material, Case.number)
        .join(Case, Case.id == Material.case_id)
        .where(Material.holder.in_(holders), Material.expires_at > work.now)
        .where(Material.state.in_(SERVING), Material.trust.in_((Trust.A, Trust.B)))
        .order_by(Material.recorded_at)
    )
    found = {(row.holder, row.kind): _offer(row, number) for row, number in rows}
    return {code: found[key] for code, key in wanted.items() if key in found}


def _offer(row: Material, number: str) -> Offer:
    assert row.trust
    assert row.recorded_at
    assert row.expires_at
    source, trust = MaterialSource(row.source), Trust(row.trust)
    return Offer(row.id, number, MaterialState(row.state), source, trust, row.recorded_at, row.expires_at)
