"""Admission: who may publish, what becomes of what a provider has, and what is kept of the decision."""

import pytest
from factories import make_provider
from wishing import OFFERING

from portal.model.admission import CRITERIA, Admission, unmet
from portal.model.errors import NotFound, Refused, Rejected
from portal.model.provider_form import read_new_provider, read_reach
from portal.model.query import SearchQuery

REQUIRED = tuple(name for name, criterion in CRITERIA.items() if criterion.required)
HIDING = [Admission.SUSPENDED, Admission.CLOSED]


def found(services) -> set[str]:
    services.indexer.bring_up_to_date()
    answer = services.searching.find(SearchQuery(size=50), services.searching.labels("fi", str))
    return {hit.shown.id for hit in answer.hits}


def is_shown(services, offering: str) -> bool:
    try:
        services.catalog.offering(offering)
    except NotFound:
        return False
    return True


@pytest.mark.parametrize("admission", HIDING)
def test_what_a_provider_has_is_hidden_at_once_and_comes_back_whole(wishes, admission):
    assert OFFERING in found(wishes)
    before = wishes.store.find(OFFERING)
    wishes.admitting.decide("helsinki", admission, "No certificates.", None)
    assert not is_shown(wishes, OFFERING) and OFFERING not in found(wishes)
    assert "helsinki" not in wishes.catalog.providers()
    wishes.admitting.decide("helsinki", Admission.ADMITTED, "Settled.", None)
    assert wishes.store.find(OFFERING) == before
    assert is_shown(wishes, OFFERING) and OFFERING in found(wishes) and "helsinki" in wishes.catalog.providers()


def test_others_are_not_touched_by_a_decision(wishes):
    wishes.admitting.decide("helsinki", Admission.SUSPENDED, "x", None)
    assert found(wishes) == {"sivis-s"}


def test_a_decision_is_kept_with_its_reason(wishes):
    wishes.admitting.decide("helsinki", Admission.SUSPENDED, "  No\n certificates. ", None)
    (step,) = wishes.admitting.steps("helsinki")
    assert (step.admission, step.reason) == (Admission.SUSPENDED, "No certificates.")


def test_a_decision_needs_a_reason_a_provider_and_a_change(wishes):
    with pytest.raises(Rejected):
        wishes.admitting.decide("helsinki", Admission.SUSPENDED, " ", None)
    with pytest.raises(NotFound):
        wishes.admitting.decide("nobody", Admission.SUSPENDED, "x", None)
    with pytest.raises(Refused):
        wishes.admitting.decide("helsinki", Admission.ADMITTED, "x", None)
    assert wishes.admitting.steps("helsinki") == []


def test_a_new_provider_is_admitted_with_what_was_found_met(wishes):
    wishes.admitting.admit(make_provider(id="uusi"), REQUIRED, None)
    assert wishes.catalog.provider("uusi").id == "uusi"
    (step,) = wishes.admitting.steps("uusi")
    assert step.checklist == REQUIRED


def test_a_known_provider_is_not_overwritten_by_a_new_one(wishes):
    before = wishes.catalog.provider("helsinki")
    with pytest.raises(Rejected) as rejected:
        wishes.admitting.admit(make_provider(name={"fi": "Toinen"}), REQUIRED, None)
    assert list(rejected.value.fields) == ["id"]
    assert wishes.admitting.provider("helsinki") == before and wishes.admitting.steps("helsinki") == []


def test_the_list_counts_users_and_offerings(wishes):
    by_id = {item.provider.id: item for item in wishes.admitting.listing()}
    assert by_id["helsinki"].offerings == 1 and by_id["helsinki"].users == 0


# The form

WHOLE = {"id": "uusi", "type": "uas", "name_fi": "Uusi", "contact_email": "a@b.example", "url": "https://b.example"}


def test_a_whole_form_makes_a_provider(codes, today):
    provider, checklist = read_new_provider(WHOLE | {"region": "01"}, ["06", "04"], [*REQUIRED, "x"], codes, today)
    assert (provider.id, provider.type, provider.name["fi"], provider.fields) == ("uusi", "uas", "Uusi", ("06", "04"))
    assert checklist == REQUIRED


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("id", "Isot Kirjaimet"), ("id", "join"), ("id", "new"), ("id", ""), ("type", "bank"), ("name_fi", ""),
        ("contact_email", "nobody"), ("url", "http://b.example"), ("url", "javascript:alert(1)"), ("region", "99x"),
        ("oid", "abc"),
    ],
)  # fmt: skip
def test_a_value_that_cannot_be_used_is_told_at_its_field(codes, today, field, value):
    with pytest.raises(Rejected) as rejected:
        read_new_provider(WHOLE | {field: value}, [], REQUIRED, codes, today)
    assert list(rejected.value.fields) == [field]


@pytest.mark.parametrize("left", REQUIRED)
def test_every_required_criterion_must_be_ticked(codes, today, left):
    ticked = [name for name in CRITERIA if name != left]
    assert unmet(ticked) == [left]
    with pytest.raises(Rejected) as rejected:
        read_new_provider(WHOLE, [], ticked, codes, today)
    assert list(rejected.value.fields) == ["checklist"]


def test_a_provider_changes_how_it_is_reached_and_nothing_else(codes, today):
    provider = make_provider(fields=["0613"], oid="1.2.3")
    sent = {"url": "https://new.example", "type": "uas", "id": "other", "oid": "9", "name_fi": "Toinen"}
    changed = read_reach(sent, ["0613", "06"], provider, codes, today)
    assert changed == provider.model_copy(update={"url": "https://new.example", "fields": ("0613", "06")})


def test_a_field_that_is_not_on_the_form_is_refused(codes, today):
    with pytest.raises(Rejected):
        read_reach({}, ["0611"], make_provider(), codes, today)
