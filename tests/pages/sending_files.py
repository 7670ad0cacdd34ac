"""Someone of a provider who sends files at the desk; the work on them is done at once, by the same code."""

import io
from pathlib import Path

from desk_user import DeskUser
from every_page import Page
from visiting import Visiting, standing

from portal.model.user import Role
from portal.upload_process import build_work


class Sender(DeskUser):
    """Sends files for `helsinki`. While `works` is False, sent files only wait."""

    def __init__(self, visiting: Visiting, role: Role = Role.PUBLISHER, provider: str = "helsinki", email: str = ""):
        super().__init__(visiting, role, provider, email)
        self.works = True
        self.work = build_work(self.services.settings, now=self.clock)
        self.services.uploads.start = lambda upload_id: self.works and self.work.work(upload_id)

    def send_file(
        self, name: str, content: str | bytes, status: int = 200, language: str = "en", **values: str
    ) -> Page:
        """The page that answers: the report, or the form with a sentence."""
        path = f"/{language}/desk/files"
        content = content.encode() if isinstance(content, str) else content
        fields = standing(self.pages.get(path)) | {"file": (io.BytesIO(content), name)} | values
        response = self.client.post(path, data=fields, content_type="multipart/form-data")
        if response.status_code == 302:
            return self.pages.get(response.location, status=status)
        return self.pages.checked(path, status, response, was_sent=True)

    def press_button(self, page: Page, name: str, status: int = 200) -> Page:
        """Send the form whose button has this name; the page that answers."""
        form = next(
            form
            for form in page.main.all("form")
            if name in [button.text for button in form.all("button")] and form.get("method") == "post"
        )
        token = form.one("input", name="csrf")["value"]
        response = self.client.post(form["action"], data={"csrf": token})
        if response.status_code == 302:
            return self.pages.get(response.location, status=status)
        return self.pages.checked(form["action"], status, response, was_sent=True)

    def upload(self):
        """The newest file."""
        return self.services.uploads.all(self.user.provider)[0]

    def fetch(self, path: str, folder: Path | None = None) -> bytes | Path:
        """What is downloaded; as a file in `folder`, under its own name, when one is given."""
        with self.client.get(path) as response:
            assert response.status_code == 200, response.status_code
            content = response.get_data()
            name = response.headers["Content-Disposition"].partition("filename=")[2].strip('"')
        if folder is None:
            return content
        (folder / name).write_bytes(content)
        return folder / name


def counts(page: Page) -> dict[str, str]:
    """What the report says becomes of the offerings."""
    stats = [stat for stat in page.main.all(class_="stat")]
    return {stat.all("span")[1].text: stat.all("span")[0].text for stat in stats}
