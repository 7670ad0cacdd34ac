"""Letters to users of the desk about their own account, all from one template."""

import datetime as dt

from portal.model.contact import Letter, Subject
from portal.services.persons import Persons


def account_letter(
    persons: Persons, user_id: str, address: str, language: str, purpose: str, mark: object, **content: object
) -> Letter:
    """`purpose` chooses the words in `templates/mail/account.txt`; the same purpose and `mark` are sent once. A link is
    made when the mail is sent, so that nothing secret is kept."""
    return Letter(
        persons.of_address(address), Subject.ACCOUNT, user_id, f"{purpose}:{mark}", "account", language,
        {"purpose": purpose} | content, address=address,
    )  # fmt: skip


def by_the_minute(at: dt.datetime) -> str:
    """The mark of letters that one may ask for again: one a minute is enough."""
    return f"{at:%Y-%m-%dT%H:%M}"
