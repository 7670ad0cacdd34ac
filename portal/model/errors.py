"""The one family of errors that the portal raises on purpose."""

from collections.abc import Mapping

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


class Refused(PortalError):
    """What was asked for is understood but not possible now; `message` says why, in the reader's language."""

    def __init__(self, message: Message) -> None:
        super().__init__(message.in_english())
        self.message = message


class Rejected(Refused):
    """A form has values that cannot be used: a sentence for each, by the name of its field, in the form's order."""

    def __init__(self, fields: Mapping[str, Message]) -> None:
        super().__init__(next(iter(fields.values())))
        self.fields = dict(fields)


class StaleForm(Refused):
    """A form was open too long, or its key is not ours: show it again, filled in, with a new key."""


class Conflict(PortalError):
    """Somebody else has changed it meanwhile: both versions are to be shown, none is overwritten."""

    def __init__(self) -> None:
        super().__init__("It was changed meanwhile.")
