"""A provider's own system: has a key and sends offerings to the publishing API."""

import json
from urllib.parse import quote

from flask import Flask, Response

from portal.bootstrap import Services
from portal.model.token import Scope
from portal.model.user import Role

OFFERING = {"title": {"fi": "Rajapinnan kurssi"}, "ects": 2}


class Publisher:
    """Sends with a key of its own."""

    def __init__(self, app: Flask, provider: str = "helsinki", scopes: tuple[str, ...] = tuple(Scope)) -> None:
        self.services: Services = app.extensions["services"]
        self.client = app.test_client()
        self.provider = provider
        email = f"{'-'.join(scopes)}@{provider}.example"
        user = self.services.accounts.add(email, Role.ADMIN, provider=provider)
        self.token, self.secret = self.services.tokens.make(user, provider, {"name": "Peppi"}, scopes)

    def path(self, code: str) -> str:
        return f"/api/v1/providers/{self.provider}/offerings/{quote(code, safe='')}"

    def put(self, code: str, body: object = OFFERING, **headers: str) -> Response:
        return self.ask("PUT", self.path(code), data=_text(body), content_type="application/json", headers=headers)

    def get(self, code: str, **headers: str) -> Response:
        return self.ask("GET", self.path(code), headers=headers)

    def delete(self, code: str, **headers: str) -> Response:
        return self.ask("DELETE", self.path(code), headers=headers)

    def post(self, lines: list[object], query: str = "", **headers: str) -> Response:
        data = "".join(f"{_text(line)}\n" for line in lines)
        path = f"/api/v1/providers/{self.provider}/offerings{query}"
        return self.ask("POST", path, data=data.encode(), content_type="application/jsonl", headers=headers)

    def ask(self, method: str, path: str, headers: dict | None = None, **options: object) -> Response:
        named = {name.replace("_", "-"): value for name, value in (headers or {}).items()}
        return self.client.open(
            path, method=method, headers={"Authorization": f"Bearer {self.secret}"} | named, buffered=True, **options
        )


def lines_of(response: Response) -> list[dict]:
    return [json.loads(line) for line in response.get_data(as_text=True).splitlines()]


def _text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
