"""What a page says after a form was sent and it was led there: `?done=<key>` names one of these sentences."""

from flask import request
from flask_babel import gettext

from portal.model.message import N_, Message

_SENTENCES = {
    "saved": Message(N_("Saved.")),
    "password": Message(N_("Your password was changed. You are signed in on this browser only.")),
    "address-asked": Message(N_("If the address is free, a link is on its way there. It works once, within an hour.")),
    "address": Message(N_("Your e-mail address was changed.")),
    "invited": Message(N_("The account was made. A mail with a link is on its way.")),
    "invited-again": Message(N_("A mail with a new link is on its way.")),
    "role": Message(N_("The role was changed. The user signs in again.")),
    "active": Message(N_("The account can be used again.")),
    "inactive": Message(N_("The account can no longer be used.")),
    "removed": Message(N_("The account was removed.")),
    "admitted": Message(N_("The provider was admitted. Invite its first administrator next.")),
    "decided": Message(N_("The decision was kept. What visitors see has changed already.")),
    "approved": Message(N_("The wish was published.")),
    "hidden": Message(N_("The wish was hidden.")),
    "merged": Message(N_("The wish was joined with another.")),
    "handled": Message(N_("The report was marked as handled.")),
}


def said() -> str:
    """The sentence for this request; empty where there is none."""
    message = _SENTENCES.get(request.args.get("done", ""))
    return message.render(gettext) if message else ""
