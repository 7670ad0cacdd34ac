"""The one family of errors that the portal raises on purpose."""

from portal.model.message import Message


class PortalError(Exception):
    """Something the reader of the message can act on; `str()` of it is that sentence, in English."""


class NotFound(PortalError):
    """What was asked for by its identity is not there."""


class ConfigurationError(PortalError):
    """A setting is missing or wrong; the message names it and says what to write."""


class UnreadableFile(PortalError):
    """A file as a whole cannot be read: wrong format, over a limit, damaged or hostile."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.in_english())
        self.message = message
