"""Reads what forms of the desk say of a provider: who it is (the operator's part) and how to reach it (its own)."""

import datetime as dt
import re
from collections.abc import Mapping, Sequence

from portal.model.admission import CRITERIA, unmet
from portal.model.codes import Codes
from portal.model.form import CHOOSE, Fields
from portal.model.message import N_, Message
from portal.model.offering import URL_PATTERN
from portal.model.provider import PROVIDER_TYPES, Provider
from portal.model.text import EMPTY, LANGUAGES

_ID = Message(N_("Use small letters a to z, digits and hyphens, for example saimaan-opisto."))
_NAME = Message(N_("Write the name in at least one language."))
_OID = Message(N_("Write the OID with digits and dots, for example 1.2.246.562.10.1."))
_UNMET = N_("Required criteria that are not ticked: {n}")
_HTTPS = Message(N_("Write an address that begins with https://."))

_TAKEN = ("join", "new")  # pages of these names stand beside those of providers
_NAME_LENGTH, _URL_LENGTH = 300, 2000


def read_new_provider(
    sent: Mapping[str, str], fields: Sequence[str], ticked: Sequence[str], codes: Codes, today: dt.date
) -> tuple[Provider, tuple[str, ...]]:
    """From id and the fields of the other two, and the ticked criteria of admission; raises Rejected."""
    form = Fields(sent, today)
    provider_id = form.text("id", 64, private=True)
    if not re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", provider_id) or provider_id in _TAKEN:
        form.errors["id"] = _ID
    values = _identity(form, EMPTY) | _reach(form, fields, (), codes)
    checklist = tuple(name for name in CRITERIA if name in ticked)
    if left := unmet(checklist):
        form.errors["checklist"] = Message(_UNMET, {"n": len(left)})
    form.done()
    return Provider.model_validate({"id": provider_id} | values), checklist


def read_identity(sent: Mapping[str, str], provider: Provider, today: dt.date) -> Provider:
    """The provider with type, name_fi, name_sv, name_en and oid as sent; raises Rejected."""
    form = Fields(sent, today)
    values = _identity(form, provider.name)
    form.done()
    return _with(provider, values)


def read_reach(
    sent: Mapping[str, str], fields: Sequence[str], provider: Provider, codes: Codes, today: dt.date
) -> Provider:
    """The provider with url, region, contact_email and fields as sent; raises Rejected."""
    form = Fields(sent, today)
    values = _reach(form, fields, provider.fields, codes)
    form.done()
    return _with(provider, values)


def _with(provider: Provider, values: Mapping[str, object]) -> Provider:
    return Provider.model_validate(provider.model_dump() | values)


def _identity(form: Fields, name: Mapping[str, str]) -> dict[str, object]:
    """Names in other languages than those of the form stay as they are."""
    kind = form.choice("type", PROVIDER_TYPES, needed=True)
    names = {language: form.text(f"name_{language}", _NAME_LENGTH, private=True) for language in LANGUAGES}
    if not any(names.values()):
        form.errors["name_fi"] = _NAME
    oid = form.text("oid", 100, private=True)
    if oid and not re.fullmatch(r"[0-9.]+", oid):
        form.errors["oid"] = _OID
    return {"type": kind, "name": {**name, **names}, "oid": oid or None}


def _reach(form: Fields, fields: Sequence[str], kept: Sequence[str], codes: Codes) -> dict[str, object]:
    """Codes of fields that are neither broad fields nor the provider's own already are left out."""
    email = form.email("contact_email")
    url = form.text("url", _URL_LENGTH, private=True)
    if url and not re.fullmatch(URL_PATTERN, url):
        form.errors["url"] = _HTTPS
    region = form.choice("region", list(codes["regions"]))
    if unknown := [code for code in fields if code not in (*broad_fields(codes), *kept)]:
        form.errors["fields"] = CHOOSE
    chosen = tuple(dict.fromkeys(code for code in fields if code not in unknown))
    return {"url": url or None, "region": region, "contact_email": email or None, "fields": chosen}


def broad_fields(codes: Codes) -> list[str]:
    return [code for code in codes["fields"] if len(code) == 2 and code != "99"]
