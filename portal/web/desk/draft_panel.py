"""The panel beside the editor: criteria met and missing, what each language lacks, and what others offer already."""

from flask_babel import gettext

from portal.model.offering_fields import MAIN_TEXTS
from portal.model.query import SearchQuery
from portal.services.draft_checking import DraftCheck
from portal.services.parameters import clean_text
from portal.web.cards import Card, make_card
from portal.web.current import labels, language, services
from portal.web.desk.access import provider
from portal.web.desk.editor import told

_SIMILAR = 3
_LOOKED_AT = 10


def check_of(data: dict) -> DraftCheck:
    return services().draft_checking.check(provider(), data, {language(): gettext("Without a name")})


def panel(check: DraftCheck, data: dict) -> dict[str, object]:
    """What `desk/drafts/_panel.html` shows."""
    return {
        "pok": check.pok,
        "checks": [
            (item, item.criterion.title.choose(language()).text, item.explain(language())) for item in check.pok.checks
        ],
        "missing": {code: [gettext(label) for label in lacks] for code, lacks in check.missing.items()},
        "is_empty": {code: len(lacks) == len(MAIN_TEXTS) for code, lacks in check.missing.items()},
        "problems": [(item, told(item)) for item in check.errors],
        "doubts": [told(item) for item in check.warnings],
        "similar": _similar(data),
    }


def _similar(data: dict) -> list[Card]:
    """What other providers offer under such a name."""
    texts = data.get("title")
    title = (texts.get(language()) or next(iter(texts.values()), "")) if isinstance(texts, dict) else ""
    text = clean_text(str(title)[:200])
    if not text:
        return []
    found = services().searching.find(SearchQuery(text=text, language=language(), size=_LOOKED_AT), labels())
    others = [hit.shown for hit in found.hits if hit.shown.provider.id != provider()]
    return [make_card(shown) for shown in others[:_SIMILAR]]
