"""Someone at the desk: signed in without the way through the form, sends the desk's forms with their token."""

from every_page import Page
from visiting import Visiting, standing, the_form

from portal.model.user import Role, User


class DeskUser(Visiting):
    """A browser on the site that is signed in as a user of its own."""

    def __init__(self, visiting: Visiting, role: Role, provider: str | None = None, email: str = "") -> None:
        super().__init__(visiting.app)
        accounts = self.services.accounts
        self.user: User = accounts.add(email or f"{role}.{provider or 'portal'}@desk.example", role, provider=provider)
        self.client.set_cookie("session", accounts.begin_session(self.user))

    def press(self, path: str, at: str = "", status: int = 200, **values: str) -> Page:
        """Send the first form of the page at `path` with `values` typed in, to its own address or to `at`; the page
        that answers, after at most one redirect."""
        page = self.pages.get(path)
        fields = standing(page) | values
        address = at or the_form(page).attributes.get("action") or path
        response = self.client.post(address, data=fields)
        if response.status_code == 302:
            return self.pages.get(response.location, status=status)
        return self.pages.checked(address, status, response, was_sent=True)
