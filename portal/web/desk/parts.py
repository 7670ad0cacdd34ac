"""The topics of the desk; a new one is a module and its name here."""

from portal.web.desk import (
    account,
    drafts,
    feedback,
    files,
    home,
    links,
    moderation,
    offerings,
    portal_users,
    providers,
    reports,
    runs,
    settings,
    tokens,
    users,
    wishes,
)

BLUEPRINTS = tuple(
    part.blueprint
    for part in (
        home, offerings, drafts, runs, files, wishes, feedback, reports, links, account, users, tokens, settings,
        moderation, providers, portal_users,
    )
)  # fmt: skip
