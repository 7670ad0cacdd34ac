"""The desk of moderators and operators: wishes that wait, reports, providers and their admission."""

import pytest
from desk_user import DeskUser
from site_for_tests import REAL
from visiting import Visiting, errors, standing, the_form
from wishing import wish

from portal.model.admission import CRITERIA, Admission
from portal.model.contact import Subject
from portal.model.feedback import Report
from portal.model.interest import Sender
from portal.model.proposal import Moderation
from portal.model.user import Role

LANGUAGES = ("fi", "sv", "en")


@pytest.fixture
def operator(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.OPERATOR)


@pytest.fixture
def moderator(visiting: Visiting) -> DeskUser:
    return DeskUser(visiting, Role.MODERATOR)


def told(visiting: Visiting, kind: Subject, subject: str) -> None:
    key = visiting.services.reporting.form_key(kind, subject)
    visiting.services.reporting.report(kind, subject, Report("link", "Rikki"), form_key=key, sender=Sender())


# The public page


@pytest.mark.parametrize("language", LANGUAGES)
def test_everybody_reads_what_a_provider_must_meet(visiting: Visiting, language: str):
    page = visiting.pages.get(f"/{language}/providers/join")
    assert len(page.main.all("b")) == len(CRITERIA)
    assert f"/{language}/providers/join" in [a["href"] for a in visiting.pages.get(f"/{language}/").root.all("a")]


# Wishes and reports


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_page_says_what_waits(moderator: DeskUser, language: str):
    wish(moderator.services, visible=False)
    told(moderator, Subject.OFFERING, REAL)
    links = [a["href"] for a in moderator.pages.get(f"/{language}/desk/").main.all("a")]
    assert f"/{language}/desk/moderation/proposals" in links and f"/{language}/desk/moderation/reports" in links


def test_a_wish_is_read_and_published(moderator: DeskUser):
    made = wish(moderator.services, visible=False, title="Hunajan maku")
    page = moderator.pages.get("/en/desk/moderation/proposals")
    path = page.link("Hunajan maku")
    assert "The wish was published." in moderator.press(path, approve="1").main.text
    moderator.pages.get(f"/en/proposals/{made}")


def test_a_wish_is_hidden(moderator: DeskUser):
    made = wish(moderator.services)
    moderator.press(f"/en/desk/moderation/proposals/{made}", hide="1")
    moderator.pages.get(f"/en/proposals/{made}", status=404)
    assert moderator.services.moderating.look(made).proposal.moderation is Moderation.HIDDEN


def test_a_wish_is_joined_with_one_that_the_page_finds(moderator: DeskUser):
    published = wish(moderator.services, title="Mehiläisten hoito talvella")
    made = wish(moderator.services, visible=False, title="Mehiläishoito")
    path = f"/en/desk/moderation/proposals/{made}"
    page = moderator.pages.get(f"{path}?q=mehiläisten+hoito")
    assert published in [button.get("value") for button in page.main.all("button", name="merge")]
    moderator.press(path, merge=published)
    assert moderator.services.moderating.look(made).proposal.merged_into == published


def test_a_decision_that_is_not_possible_says_why(moderator: DeskUser):
    made = wish(moderator.services)
    page = moderator.press(f"/en/desk/moderation/proposals/{made}", status=422, approve="1")
    assert "published already" in page.main.text


def test_a_report_leads_to_its_subject_and_is_handled_once(moderator: DeskUser):
    told(moderator, Subject.OFFERING, REAL)
    told(moderator, Subject.PROPOSAL, "wish-many")
    page = moderator.pages.get("/en/desk/moderation/reports")
    assert f"/en/offerings/{REAL}" in [a["href"] for a in page.main.all("a")]
    page = moderator.press("/en/desk/moderation/reports")
    assert "handled" in page.main.text and len(page.main.all("form")) == 1
    assert len(moderator.services.reporting.open_reports()) == 1


def test_a_provider_takes_no_report_from_the_moderators(moderator: DeskUser):
    told(moderator, Subject.OFFERING, REAL)
    [item] = moderator.services.reporting.open_reports()
    moderator.services.reporting.set_handled("helsinki", item.id, handled=True)
    page = moderator.pages.get("/en/desk/moderation/reports")
    assert "The provider marked this as handled" in page.main.text and len(page.main.all("form")) == 1


# Providers


def admitted(operator: DeskUser, language: str = "en", **values: object):
    path = f"/{language}/desk/providers/new"
    fields = standing(operator.pages.get(path))
    whole = {"id": "uusi", "type": "other", "name_fi": "Uusi opisto", "checklist": list(CRITERIA)} | values
    return operator.client.post(path, data=fields | whole)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_provider_is_admitted_and_its_first_administrator_invited(operator: DeskUser, language: str):
    answer = admitted(operator, language, fields=["06"])
    assert answer.location == f"/{language}/desk/providers/uusi?done=admitted"
    operator.pages.get(answer.location)
    operator.pages.get(f"/{language}/providers/uusi")
    operator.press(f"/{language}/desk/providers/uusi", email="first@uusi.example", role="admin", language=language)
    assert [message["To"] for message in operator.mail()] == ["first@uusi.example"]
    (user,) = operator.services.staffing.users("uusi")
    operator.pages.get(f"/{language}/desk/providers/uusi/users/{user.id}")


def test_a_provider_that_does_not_meet_the_criteria_is_not_admitted(operator: DeskUser):
    answer = admitted(operator, checklist=["contact"], fields=["06"])
    page = operator.pages.checked("/en/desk/providers/new", 422, answer, was_sent=True)
    assert list(errors(page)) == ["checklist"]
    assert page.main.one("input", name="checklist", value="contact").attributes.keys() >= {"checked"}
    assert page.main.one(id="name_fi")["value"] == "Uusi opisto"
    operator.pages.get("/en/providers/uusi", status=404)


def decide(operator: DeskUser, admission: Admission, status: int = 200, reason: str = "Ei todistuksia."):
    path = "/en/desk/providers/helsinki"
    return operator.press(path, at=f"{path}/admission/{admission}", status=status, reason=reason)


def test_a_suspended_provider_is_hidden_everywhere_and_its_people_see_a_notice(operator: DeskUser):
    editor = DeskUser(operator, Role.PUBLISHER, "helsinki")
    decide(operator, Admission.SUSPENDED)
    for path in (f"/en/offerings/{REAL}", "/en/providers/helsinki"):
        operator.pages.get(path, status=404)
    assert operator.client.get(f"/api/v1/offerings/{REAL}").status_code == 404
    assert "suspended for now" in " ".join(editor.pages.get("/en/desk/").notices)
    decide(operator, Admission.ADMITTED)
    operator.pages.get(f"/en/offerings/{REAL}")
    operator.pages.get("/en/providers/helsinki")
    assert editor.pages.get("/en/desk/").notices == []


def test_a_decision_needs_a_reason(operator: DeskUser):
    assert list(errors(decide(operator, Admission.CLOSED, 422, reason=" "))) == ["reason"]
    operator.pages.get("/en/providers/helsinki")


@pytest.mark.parametrize("language", LANGUAGES)
def test_providers_are_listed_with_their_state(operator: DeskUser, language: str):
    decide(operator, Admission.SUSPENDED)
    page = operator.pages.get(f"/{language}/desk/providers?admission=suspended")
    assert [a["href"] for a in page.main.one("table").all("a")] == [f"/{language}/desk/providers/helsinki"]
    operator.pages.get(f"/{language}/desk/providers")
    operator.pages.get(f"/{language}/desk/providers?admission=closed")
    operator.pages.get(f"/{language}/desk/providers/helsinki")


def test_the_operator_changes_names_and_type(operator: DeskUser):
    page = operator.pages.get("/en/desk/providers/helsinki")
    form = next(form for form in page.main.all("form") if form.get("action").endswith("/identity"))
    assert form.one(id="name_fi")["value"] == "Helsingin yliopisto"
    operator.press(
        "/en/desk/providers/helsinki", at=form["action"], type="other", name_fi="Uusi nimi", url="https://evil.example"
    )
    found = operator.services.admitting.provider("helsinki")
    assert (found.type, found.name["fi"]) == ("other", "Uusi nimi") and found.url != "https://evil.example"


@pytest.mark.parametrize("language", LANGUAGES)
def test_operators_look_after_the_portals_people(operator: DeskUser, language: str):
    path = f"/{language}/desk/portal-users"
    assert the_form(operator.pages.get(path))
    operator.press(path, email="mod@desk.example", role="moderator", language=language)
    (found,) = [user for user in operator.services.staffing.users(None) if user.role is Role.MODERATOR]
    operator.pages.get(f"{path}/{found.id}")
