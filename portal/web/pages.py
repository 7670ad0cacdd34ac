"""Pages of plain text: about the service, privacy notice, accessibility statement."""

import datetime as dt

from flask import Blueprint, render_template
from flask_babel import gettext

from portal.services.retention import BACKUP_DAYS, RULES
from portal.web.current import services
from portal.web.languages import LANG

blueprint = Blueprint("pages", __name__)

STATEMENT_MADE = dt.date(2026, 11, 22)
STATEMENT_UPDATED = dt.date(2026, 11, 22)


@blueprint.get(f"/{LANG}/about")
def about() -> str:
    return render_template("pages/about.html", rules=services().rules)


@blueprint.get(f"/{LANG}/privacy")
def privacy() -> str:
    kept = [(rule.what.render(gettext), rule.days, rule.since.render(gettext)) for rule in RULES]
    return render_template("pages/privacy.html", settings=services().settings, kept=kept, backup_days=BACKUP_DAYS)


@blueprint.get(f"/{LANG}/accessibility")
def accessibility() -> str:
    return render_template(
        "pages/accessibility.html", settings=services().settings, made=STATEMENT_MADE, updated=STATEMENT_UPDATED
    )
