"""Hands finished mail over: to an SMTP server, or into a folder where none is named."""

import os
import smtplib
import ssl
from email.message import EmailMessage
from pathlib import Path
from typing import Protocol
from urllib.parse import unquote, urlsplit

from portal.model.errors import ConfigurationError, PortalError

_PORTS = {"smtp": 25, "smtp+starttls": 587, "smtps": 465}
_SECONDS = 20


class NoServer(PortalError):
    """The mail server cannot be reached or refuses us: no mail of this round can be sent."""


class Refusal(Exception):
    """The mail server refused one mail; others may still go."""


class Post(Protocol):
    """Where mail is handed over. `open` and `close` frame a round."""

    def open(self) -> None: ...

    def hand_over(self, message: EmailMessage) -> None:
        """Raises Refusal when this one was not taken, NoServer when none can be."""

    def close(self) -> None: ...


class SmtpPost:
    """An SMTP server by its address: smtp://, smtp+starttls:// or smtps://, with user and password where needed."""

    def __init__(self, url: str) -> None:
        try:
            parts = urlsplit(url)
            self._port = parts.port or _PORTS[parts.scheme]
        except (ValueError, KeyError) as error:
            raise ConfigurationError("PORTAL_SMTP_URL begins with smtp://, smtp+starttls:// or smtps://.") from error
        if not parts.hostname:
            raise ConfigurationError("PORTAL_SMTP_URL names no host.")
        self._scheme, self._host = parts.scheme, parts.hostname
        self._user, self._password = unquote(parts.username or ""), unquote(parts.password or "")
        self._connection: smtplib.SMTP | None = None

    def open(self) -> None:
        try:
            if self._scheme == "smtps":
                context = ssl.create_default_context()
                server = smtplib.SMTP_SSL(self._host, self._port, timeout=_SECONDS, context=context)
            else:
                server = smtplib.SMTP(self._host, self._port, timeout=_SECONDS)
            self._connection = server
            if self._scheme == "smtp+starttls":
                server.starttls(context=ssl.create_default_context())
            if self._user:
                server.login(self._user, self._password)
        except (OSError, smtplib.SMTPException) as error:
            self.close()
            raise NoServer(f"The mail server {self._host}:{self._port} does not take our mail: {error}.") from error

    def hand_over(self, message: EmailMessage) -> None:
        if self._connection is None:
            self.open()
        try:
            self._connection.send_message(message)
        except smtplib.SMTPServerDisconnected as error:
            self.close()  # the next mail opens a new connection
            raise Refusal(_told(error)) from error
        except smtplib.SMTPException as error:
            raise Refusal(_told(error)) from error
        except OSError as error:
            self.close()
            raise Refusal(_told(error)) from error

    def close(self) -> None:
        if self._connection is not None:
            self._connection.close()
            self._connection = None


class FolderPost:
    """Writes each mail as a file `<message id>.eml`, for a portal without a mail server."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def open(self) -> None:
        try:
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        except OSError as error:
            raise NoServer(f"The folder {self._folder} cannot be used: {error.strerror}.") from error

    def hand_over(self, message: EmailMessage) -> None:
        name = message["Message-ID"].strip("<>").partition("@")[0]
        try:
            descriptor = os.open(self._folder / f"{name}.eml", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(descriptor, "wb") as file:
                file.write(bytes(message))
        except OSError as error:
            raise NoServer(f"Mail cannot be written to {self._folder}: {error.strerror}.") from error

    def close(self) -> None:
        pass


def _told(error: Exception) -> str:
    """The server's code or the kind of fault; its words are left out, since they may repeat the address."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return " ".join(str(code) for code, _ in error.recipients.values())
    if isinstance(error, smtplib.SMTPResponseException):
        return f"{error.smtp_code}"
    return type(error).__name__
