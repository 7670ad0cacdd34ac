"""Tables of interest, proposals, searches in vain, people who ask for mail, and the mail itself.

`person` is a key without a name: of a browser (`b:…`) or of a confirmed e-mail address (`m:…`), both HMACs.
"""

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    String,
    Table,
    Text,
    UniqueConstraint,
)

from portal.store.schema import UtcTime, metadata


def _person(**options: object) -> Column:
    return Column("person", String(72), **options)


interest = Table(
    "interest",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _person(nullable=False),
    Column("offering", String(200), ForeignKey("offering.id"), nullable=False),
    Column("level", String(16), nullable=False),
    Column("people", Integer, nullable=False),
    Column("region", String(2)),
    Column("mode", String(16)),
    Column("start_from", Date),
    Column("start_by", Date),
    Column("language", String(2), nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    UniqueConstraint("person", "offering", name="uq_interest_person_offering"),
    Index("ix_interest_offering", "offering"),
)

proposal = Table(
    "proposal",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("title", String(200), nullable=False),
    Column("text", Text, nullable=False),
    Column("text_language", String(2), nullable=False),
    Column("field", String(4)),
    Column("scope", String(8)),
    Column("language", String(2)),
    Column("region", String(2)),
    Column("mode", String(16)),
    Column("start_by", Date),
    Column("group_size", Integer, nullable=False),
    Column("state", String(24), nullable=False),
    Column("moderation", String(24), nullable=False),
    Column("merged_into", String(16), ForeignKey("proposal.id")),
    Column("author", String(72)),
    Column("example", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    Index("ix_proposal_moderation_state", "moderation", "state"),
    Index("ix_proposal_author", "author"),
)

# Who stands behind a proposal, its author too. An employer's name is kept here only, and goes with the row.
joining = Table(
    "joining",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _person(nullable=False),
    Column("proposal", String(16), ForeignKey("proposal.id", ondelete="CASCADE"), nullable=False),
    Column("level", String(16), nullable=False),
    Column("people", Integer, nullable=False),
    Column("needed_by", Date),
    Column("budget", String(16)),
    Column("name", String(200)),
    Column("name_public", Boolean, nullable=False),
    Column("language", String(2), nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("updated_at", UtcTime, nullable=False),
    UniqueConstraint("person", "proposal", name="uq_joining_person_proposal"),
    Index("ix_joining_proposal", "proposal"),
)

commitment = Table(
    "commitment",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("proposal", String(16), ForeignKey("proposal.id", ondelete="CASCADE"), nullable=False),
    Column("provider", String(64), ForeignKey("provider.id"), nullable=False),
    Column("offering", String(200), ForeignKey("offering.id")),
    Column("start", Date, nullable=False),
    Column("price_cents", Integer),
    Column("min_group", Integer, nullable=False),
    Column("max_group", Integer),
    Column("created_at", UtcTime, nullable=False),
    Column("ended_at", UtcTime),
    Column("ending", String(16)),
    Index("ix_commitment_proposal", "proposal"),
)

# The history of a proposal; rows are only added. `reason` is written by a provider or the operator.
proposal_step = Table(
    "proposal_step",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("proposal", String(16), ForeignKey("proposal.id", ondelete="CASCADE"), nullable=False),
    Column("step", String(24), nullable=False),
    Column("state", String(24), nullable=False),
    Column("at", UtcTime, nullable=False),
    Column("commitment", Integer, ForeignKey("commitment.id", ondelete="CASCADE")),
    Column("provider", String(64), ForeignKey("provider.id")),
    Column("other", String(16)),
    Column("reason", String(1000)),
    Index("ix_proposal_step_proposal", "proposal"),
)

# What became of a run: participants beside the signals there were when it was held, for the forecast.
outcome = Table(
    "outcome",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("proposal", String(16), ForeignKey("proposal.id", ondelete="SET NULL")),
    Column("offering", String(200), ForeignKey("offering.id")),
    Column("provider", String(64), ForeignKey("provider.id"), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("participants", Integer, nullable=False),
    Column("signals", JSON, nullable=False),
    Column("example", Boolean, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("proposal", "offering", "held_on", name="uq_outcome_proposal_offering_held_on"),
)

# An address is kept only while someone asks for mail. `key` is its HMAC, also the person's key once confirmed.
contact = Table(
    "contact",
    metadata,
    Column("key", String(72), primary_key=True),
    Column("email", String(320), nullable=False),
    Column("language", String(2), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("confirmed_at", UtcTime),
)

subscription = Table(
    "subscription",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("contact", String(72), ForeignKey("contact.key", ondelete="CASCADE"), nullable=False),
    _person(nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("known_runs", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("confirmed_at", UtcTime),
    UniqueConstraint("contact", "person", "kind", "subject", name="uq_subscription_contact_person_subject"),
    Index("ix_subscription_kind_subject", "kind", "subject"),
    Index("ix_subscription_person", "person"),
)

# A browser whose person confirmed an address: what it sends later is the same person's.
known_browser = Table(
    "known_browser",
    metadata,
    Column("browser", String(72), primary_key=True),
    _person(nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Index("ix_known_browser_person", "person"),
)

# Waiting mail and the log of what was sent: nobody gets the same step of the same subject twice.
# `address` is for providers and the operator; a person's stands in `contact` alone. What was sent keeps no content.
mail = Table(
    "mail",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("contact", String(72), nullable=False),
    Column("kind", String(16), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("step", String(64), nullable=False),
    Column("address", String(320)),
    Column("template", String(40), nullable=False),
    Column("language", String(2), nullable=False),
    Column("content", JSON, nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("due_at", UtcTime),
    Column("tries", Integer, nullable=False),
    Column("error", String(300)),
    Column("sent_at", UtcTime),
    UniqueConstraint("contact", "kind", "subject", "step", name="uq_mail_contact_subject_step"),
    Index("ix_mail_due_at", "due_at"),
)

vain_search = Table(
    "vain_search",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("day", Date, nullable=False),
    Column("month", String(7), nullable=False),
    Column("words", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("filters", String(500), nullable=False),
    Column("field", String(4)),
    Column("region", String(2)),
    Column("mode", String(16)),
    Column("taught_in", String(2)),
    Column("scope", String(8)),
    Column("verdict", String(16), nullable=False),
    Column("searcher", String(64), nullable=False),
    Column("example", Boolean, nullable=False),
    UniqueConstraint("searcher", "words", "filters", "language", name="uq_vain_search_searcher_words_filters"),
    Index("ix_vain_search_words_month", "words", "month"),
    Index("ix_vain_search_day", "day"),
)

unsuitable = Table(
    "unsuitable",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("day", Date, nullable=False),
    Column("words", String(200), nullable=False),
    Column("language", String(2), nullable=False),
    Column("filters", String(500), nullable=False),
    Column("field", String(4)),
    Column("region", String(2)),
    Column("mode", String(16)),
    Column("taught_in", String(2)),
    Column("scope", String(8)),
    Column("reason", String(16), nullable=False),
    Column("searcher", String(64), nullable=False),
    Column("example", Boolean, nullable=False),
    UniqueConstraint("searcher", "words", "filters", "language", name="uq_unsuitable_searcher_words_filters"),
)

feedback = Table(
    "feedback",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    _person(nullable=False),
    Column("offering", String(200), ForeignKey("offering.id"), nullable=False),
    Column("outcomes_met", String(8), nullable=False),
    Column("recommends", String(8), nullable=False),
    Column("next", String(500), nullable=False),
    Column("language", String(2), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    UniqueConstraint("person", "offering", name="uq_feedback_person_offering"),
    Index("ix_feedback_offering", "offering"),
)

report = Table(
    "report",
    metadata,
    Column("id", Integer, primary_key=True, autoincrement=True),
    Column("kind", String(16), nullable=False),
    Column("subject", String(200), nullable=False),
    Column("reason", String(16), nullable=False),
    Column("text", String(1000), nullable=False),
    Column("language", String(2), nullable=False),
    Column("created_at", UtcTime, nullable=False),
    Column("handled_at", UtcTime),
    Column("provider_handled_at", UtcTime),
    Index("ix_report_kind_subject", "kind", "subject"),
)

# The answer that a form was given first; the same form again is answered the same and changes nothing.
form_answer = Table(
    "form_answer",
    metadata,
    Column("key", String(64), primary_key=True),
    _person(),
    Column("answer", JSON, nullable=False),
    Column("at", UtcTime, nullable=False),
    Index("ix_form_answer_person", "person"),
)

# One row per signal, proposal or step, written in its own transaction; those who follow read by `seq`. It is apart from
# the catalogue's outbox, since a signal must neither wake the indexer nor empty the caches of search.
signal_outbox = Table(
    "signal_outbox",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("entity", String(16), nullable=False),
    Column("entity_id", String(200), nullable=False),
    Column("at", UtcTime, nullable=False),
    sqlite_autoincrement=True,
)
