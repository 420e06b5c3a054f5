"""The shared forms every pack may name: they read, fit together, and ask what the kind of document needs."""

from datetime import UTC, datetime

import pytest

from engine import catalog, forms
from engine.errors import FormInvalid

NOW = datetime(2026, 11, 23, tzinfo=UTC)
SHARED = catalog.content_root() / "forms/shared"
PERSON = {
    "applicant.role": "self",
    "applicant.name": "李志远",
    "applicant.cert_type": "111",
    "applicant.id_number": "330802198801039976",
    "applicant.nation": "01",
    "applicant.phone": "19900001000",
    "applicant.hukou_address": "样例路1号",
    "applicant.living_address": "样例路1号",
}


def shared(*names):
    """These shared forms as one."""
    dictionary = forms.read_dictionary((SHARED.parent / "fields.toml").read_text("utf-8"))
    read = [forms.read((SHARED / f"{n}.json").read_text("utf-8"), f"forms/shared/{n}.json", dictionary) for n in names]
    return forms.combine(read, id="u", title="总")


def test_they_fit_together():
    """Person, account, collection and consent make one form with nothing asked twice."""
    whole = shared("base_person", "bank", "receiving", "consent")
    assert {"applicant.name", "bank.card", "delivery.way", "consent.sharing"} <= whole.keys


def test_an_id_card_gives_birth_date_and_sex():
    """With an ID card the number is checked and the rest follows from it."""
    found = forms.check(shared("base_person"), PERSON, now=NOW)["applicant"]
    assert (found["birth_date"], found["sex"]) == ("1988-01-03", "male")
    assert "cert_number" not in found


def test_another_document_needs_its_own_number():
    """A passport has a number of its own, and nothing is derived from it."""
    foreign = {k: v for k, v in PERSON.items() if k != "applicant.id_number"} | {"applicant.cert_type": "414"}
    with pytest.raises(FormInvalid) as caught:
        forms.check(shared("base_person"), foreign, now=NOW)
    assert [error.key for error in caught.value.errors] == ["applicant.cert_number"]
    found = forms.check(shared("base_person"), foreign | {"applicant.cert_number": "E12345678"}, now=NOW)["applicant"]
    assert found["cert_number"] == "E12345678"
    assert "birth_date" not in found
