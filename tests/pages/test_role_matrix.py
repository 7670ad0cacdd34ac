"""Every page of the desk, for every role: its declared permission decides, and nothing else; others' things are not there."""

import re
import sqlite3
from collections.abc import Iterator

import pytest
from desk_user import DeskUser
from site_for_tests import REAL
from visiting import Visiting
from werkzeug.routing import IntegerConverter, Rule

from portal.model.user import PERMISSIONS, PROVIDER_ROLES, Permission, Role

ANSWERS = {200, 302, 303, 400, 404, 409, 413, 415, 422}
"""What someone may get who is allowed to be there: the page, the next one, or that it cannot be done so."""

OWN = {"offering_id": REAL, "provider_id": "helsinki", "proposal_id": "wish-many"}
"""Values of arguments that are there. Those that a test makes are added by `arguments`; the rest name nothing."""

TOPICS = {
    "desk_account": Permission.OWN,
    "desk_feedback": Permission.EDIT,
    "desk_reports": Permission.EDIT,
    "desk_users": Permission.ADMINISTER,
    "desk_settings": Permission.ADMINISTER,
    "desk_moderation": Permission.MODERATE,
    "desk_providers": Permission.OPERATE,
    "desk_portal_users": Permission.OPERATE,
}
"""Topics in which every page asks for the same."""

PROVIDERS_OWN = {"offering_id", "draft_id", "upload_id", "token_id", "user_id"}
"""Arguments that name what belongs to one provider."""


def rules(visiting: Visiting) -> list[Rule]:
    found = [rule for rule in visiting.app.url_map.iter_rules() if rule.endpoint.partition(".")[0].startswith("desk")]
    assert len(found) >= 3
    return found


def permission_of(visiting: Visiting, rule: Rule) -> Permission | None:
    return visiting.app.view_functions[rule.endpoint].permission


def path_of(visiting: Visiting, rule: Rule, known: dict[str, str]) -> str:
    """The rule's address in Finnish, with known values where there are some."""
    values: dict[str, object] = {"lang": "fi"}
    for name in rule.arguments - {"lang"}:
        converter = rule._converters[name]
        options = getattr(converter, "items", None)
        nothing = (
            10**9 if isinstance(converter, IntegerConverter) else sorted(options)[0] if options else "nothing-here"
        )
        values[name] = known.get(name, nothing)
    with visiting.app.test_request_context():
        return visiting.app.url_map.bind("localhost").build(rule.endpoint, values)


def arguments(visiting: Visiting, provider: str | None) -> dict[str, str]:
    colleague = visiting.services.accounts.add(
        f"colleague.{provider}@desk.example", Role.EDITOR if provider else Role.MODERATOR, provider=provider
    )
    draft = visiting.services.editing.begin(provider or "helsinki", colleague, {"title": {"fi": "Mehiläiset"}})
    return OWN | {"user_id": colleague.id, "draft_id": draft.id}


def methods(rule: Rule) -> Iterator[str]:
    return iter(sorted(rule.methods & {"GET", "POST", "PUT", "DELETE"}))


def ask(user: Visiting, method: str, path: str, *, token: str = "") -> int:
    with user.client.open(path, method=method, data={"csrf": token} if token else {}) as response:
        return response.status_code


def token_of(user: DeskUser) -> str:
    return user.pages.get("/fi/desk/").root.one("input", name="csrf")["value"]


def kept(visiting: Visiting) -> str:
    """Everything in the database."""
    with sqlite3.connect(visiting.services.database.path) as connection:
        return "\n".join(connection.iterdump())


def test_no_page_of_the_desk_is_without_a_declared_permission(visiting: Visiting):
    for rule in rules(visiting):
        view = visiting.app.view_functions[rule.endpoint]
        assert hasattr(view, "permission"), f"{rule.endpoint}: put @needs(…) or @for_everybody under its route"
        assert view.permission is None or view.permission in list(Permission)


def test_what_lies_below_the_desk_is_guarded_by_its_blueprint(visiting: Visiting):
    for rule in visiting.app.url_map.iter_rules():
        assert ("/desk/" in rule.rule) == rule.endpoint.partition(".")[0].startswith("desk"), rule


def test_only_the_ways_in_are_open_to_everybody(visiting: Visiting):
    assert {rule.endpoint for rule in rules(visiting) if permission_of(visiting, rule) is None} == {
        "desk.sign_in", "desk_links.ask", "desk_links.link",
    }  # fmt: skip


@pytest.mark.parametrize("topic", TOPICS)
def test_a_topic_is_for_those_whose_work_it_is(visiting: Visiting, topic: str):
    asked = {permission_of(visiting, rule) for rule in rules(visiting) if rule.endpoint.partition(".")[0] == topic}
    assert asked == {TOPICS[topic]}


def test_signed_out_one_is_asked_to_sign_in_and_nothing_changes(visiting: Visiting):
    known, before = arguments(visiting, "helsinki"), kept(visiting)
    for rule in rules(visiting):
        path = path_of(visiting, rule, known)
        for method in methods(rule):
            status = ask(visiting, method, path)
            if permission_of(visiting, rule) is None:
                assert status in ANSWERS, f"{method} {path}: {status}"
            else:
                assert status == (302 if method == "GET" else 403), f"{method} {path}: {status}"
    assert kept(visiting) == before


@pytest.mark.parametrize("role", Role)
def test_the_declared_permission_decides_what_a_role_reads(visiting: Visiting, role: Role):
    provider = "helsinki" if role in PROVIDER_ROLES else None
    user, known = DeskUser(visiting, role, provider), arguments(visiting, provider)
    for rule in rules(visiting):
        if "GET" not in rule.methods:
            continue
        permission, path = permission_of(visiting, rule), path_of(visiting, rule, known)
        status = ask(user, "GET", path)
        if permission is None or user.user.may(permission):
            assert status in ANSWERS, f"{path}: {status}"
        else:
            assert status == 403, f"{path}: {status}"


@pytest.mark.parametrize("role", Role)
def test_without_its_token_no_form_does_anything_for_any_role(visiting: Visiting, role: Role):
    provider = "helsinki" if role in PROVIDER_ROLES else None
    user, known = DeskUser(visiting, role, provider), arguments(visiting, provider)
    before = kept(visiting)
    for rule in rules(visiting):
        for method in set(methods(rule)) - {"GET"}:
            if permission_of(visiting, rule) is not None:
                path = path_of(visiting, rule, known)
                assert ask(user, method, path) == ask(user, method, path, token="guessed") == 403, f"{method} {path}"
    assert kept(visiting) == before


@pytest.mark.parametrize("role", Role)
def test_the_declared_permission_decides_what_a_role_sends(visiting: Visiting, role: Role):
    provider = "helsinki" if role in PROVIDER_ROLES else None
    known = arguments(visiting, provider)
    sending = [rule for rule in rules(visiting) if set(methods(rule)) - {"GET"} and permission_of(visiting, rule)]
    allowed = [rule for rule in sending if permission_of(visiting, rule) in _of(role)]
    user = DeskUser(visiting, role, provider)
    token, before = token_of(user), kept(visiting)
    for rule in sending:
        if rule not in allowed:
            for method in set(methods(rule)) - {"GET"}:
                path = path_of(visiting, rule, known)
                assert ask(user, method, path, token=token) == 403, f"{method} {path}"
    assert kept(visiting) == before
    for number, rule in enumerate(allowed):  # a user for each, since a form may end the session or the account
        other = DeskUser(visiting, role, provider, email=f"{number}.{role}@desk.example")
        for method in set(methods(rule)) - {"GET"}:
            path = path_of(visiting, rule, known)
            assert ask(other, method, path, token=token_of(other)) in ANSWERS, f"{method} {path}"


@pytest.mark.parametrize("value", ["\x00\ufffe<b>", "9" * 5000, "-1", "٣"])
@pytest.mark.parametrize("role", [Role.ADMIN, Role.OPERATOR])
def test_whatever_is_typed_into_a_form_gets_an_answer(visiting: Visiting, role: Role, value: str):
    provider = "helsinki" if role in PROVIDER_ROLES else None
    user, known = DeskUser(visiting, role, provider), arguments(visiting, provider)
    token = token_of(user)
    for rule in rules(visiting):
        if {"GET", "POST"} <= rule.methods and permission_of(visiting, rule) in _of(role):
            path = path_of(visiting, rule, known)
            with user.client.get(path) as response:
                names = set(re.findall(r'name="([^"]+)"', response.get_data(as_text=True)))
            with user.client.post(path, data=dict.fromkeys(names, value) | {"csrf": token}) as response:
                assert response.status_code in ANSWERS, f"{path}: {response.status_code}"


def _of(role: Role) -> set[Permission]:
    return set(PERMISSIONS[role])


@pytest.mark.parametrize("role", PROVIDER_ROLES)
def test_what_belongs_to_another_provider_is_not_there(visiting: Visiting, role: Role):
    theirs, stranger = arguments(visiting, "helsinki"), DeskUser(visiting, role, "sivis")
    token, before = token_of(stranger), kept(visiting)
    for rule in rules(visiting):
        permission = permission_of(visiting, rule)
        if permission is None or not stranger.user.may(permission) or not rule.arguments & PROVIDERS_OWN:
            continue
        path = path_of(visiting, rule, theirs)
        for method in methods(rule):
            assert ask(stranger, method, path, token=token) == 404, f"{method} {path}"
    assert kept(visiting) == before


@pytest.mark.parametrize("role", [Role.MODERATOR, Role.OPERATOR])
def test_the_portals_people_have_no_provider_of_their_own(visiting: Visiting, role: Role):
    user, known = DeskUser(visiting, role), arguments(visiting, "helsinki")
    for rule in rules(visiting):
        if permission_of(visiting, rule) in (Permission.EDIT, Permission.PUBLISH, Permission.ADMINISTER):
            for method in methods(rule):
                path = path_of(visiting, rule, known)
                assert ask(user, method, path, token=token_of(user)) == 403, f"{method} {path}"
