"""Interest, proposals and their steps, searches in vain, people who ask for mail, and mail."""

import sqlalchemy as sa
from alembic import op

from portal.store.schema import UtcTime

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    _mail()
    _wishes()
    _searches()
    _followers()
    _promises()
    _interest()
    _steps()


def _mail() -> None:
    op.create_table(
        "contact",
        sa.Column("key", sa.String(length=72), nullable=False),
        sa.Column("email", sa.String(length=320), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("confirmed_at", UtcTime()),
        sa.PrimaryKeyConstraint("key", name="pk_contact"),
    )
    op.create_table(
        "form_answer",
        sa.Column("key", sa.String(length=64), nullable=False),
        sa.Column("person", sa.String(length=72)),
        sa.Column("answer", sa.JSON(), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("key", name="pk_form_answer"),
    )
    op.create_index("ix_form_answer_person", "form_answer", ["person"])
    op.create_table(
        "known_browser",
        sa.Column("browser", sa.String(length=72), nullable=False),
        sa.Column("person", sa.String(length=72), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("browser", name="pk_known_browser"),
    )
    op.create_index("ix_known_browser_person", "known_browser", ["person"])
    op.create_table(
        "mail",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact", sa.String(length=72), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("step", sa.String(length=64), nullable=False),
        sa.Column("address", sa.String(length=320)),
        sa.Column("template", sa.String(length=40), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("due_at", UtcTime()),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("error", sa.String(length=300)),
        sa.Column("sent_at", UtcTime()),
        sa.PrimaryKeyConstraint("id", name="pk_mail"),
        sa.UniqueConstraint("contact", "kind", "subject", "step", name="uq_mail_contact_subject_step"),
    )
    op.create_index("ix_mail_due_at", "mail", ["due_at"])


def _wishes() -> None:
    op.create_table(
        "proposal",
        sa.Column("id", sa.String(length=16), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_language", sa.String(length=2), nullable=False),
        sa.Column("field", sa.String(length=4)),
        sa.Column("scope", sa.String(length=8)),
        sa.Column("language", sa.String(length=2)),
        sa.Column("region", sa.String(length=2)),
        sa.Column("mode", sa.String(length=16)),
        sa.Column("start_by", sa.Date()),
        sa.Column("group_size", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("moderation", sa.String(length=24), nullable=False),
        sa.Column("merged_into", sa.String(length=16)),
        sa.Column("author", sa.String(length=72)),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["merged_into"], ["proposal.id"], name="fk_proposal_merged_into"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal"),
    )
    op.create_index("ix_proposal_author", "proposal", ["author"])
    op.create_index("ix_proposal_moderation_state", "proposal", ["moderation", "state"])
    op.create_table(
        "report",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("text", sa.String(length=1000), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_report"),
    )
    op.create_index("ix_report_kind_subject", "report", ["kind", "subject"])
    op.create_table(
        "signal_outbox",
        sa.Column("seq", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("entity", sa.String(length=16), nullable=False),
        sa.Column("entity_id", sa.String(length=200), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.PrimaryKeyConstraint("seq", name="pk_signal_outbox"),
        sqlite_autoincrement=True,
    )


def _searches() -> None:
    op.create_table(
        "unsuitable",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("filters", sa.String(length=500), nullable=False),
        sa.Column("field", sa.String(length=4)),
        sa.Column("region", sa.String(length=2)),
        sa.Column("mode", sa.String(length=16)),
        sa.Column("taught_in", sa.String(length=2)),
        sa.Column("scope", sa.String(length=8)),
        sa.Column("reason", sa.String(length=16), nullable=False),
        sa.Column("searcher", sa.String(length=64), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_unsuitable"),
        sa.UniqueConstraint("searcher", "words", "filters", "language", name="uq_unsuitable_searcher_words_filters"),
    )
    op.create_table(
        "vain_search",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("month", sa.String(length=7), nullable=False),
        sa.Column("words", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("filters", sa.String(length=500), nullable=False),
        sa.Column("field", sa.String(length=4)),
        sa.Column("region", sa.String(length=2)),
        sa.Column("mode", sa.String(length=16)),
        sa.Column("taught_in", sa.String(length=2)),
        sa.Column("scope", sa.String(length=8)),
        sa.Column("verdict", sa.String(length=16), nullable=False),
        sa.Column("searcher", sa.String(length=64), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_vain_search"),
        sa.UniqueConstraint("searcher", "words", "filters", "language", name="uq_vain_search_searcher_words_filters"),
    )
    op.create_index("ix_vain_search_day", "vain_search", ["day"])
    op.create_index("ix_vain_search_words_month", "vain_search", ["words", "month"])


def _followers() -> None:
    op.create_table(
        "joining",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person", sa.String(length=72), nullable=False),
        sa.Column("proposal", sa.String(length=16), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("needed_by", sa.Date()),
        sa.Column("budget", sa.String(length=16)),
        sa.Column("name", sa.String(length=200)),
        sa.Column("name_public", sa.Boolean(), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name="fk_joining_proposal", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_joining"),
        sa.UniqueConstraint("person", "proposal", name="uq_joining_person_proposal"),
    )
    op.create_index("ix_joining_proposal", "joining", ["proposal"])
    op.create_table(
        "subscription",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("contact", sa.String(length=72), nullable=False),
        sa.Column("person", sa.String(length=72), nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("known_runs", sa.JSON(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("confirmed_at", UtcTime()),
        sa.ForeignKeyConstraint(["contact"], ["contact.key"], name="fk_subscription_contact", ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sa.UniqueConstraint("contact", "person", "kind", "subject", name="uq_subscription_contact_person_subject"),
    )
    op.create_index("ix_subscription_kind_subject", "subscription", ["kind", "subject"])
    op.create_index("ix_subscription_person", "subscription", ["person"])


def _promises() -> None:
    op.create_table(
        "commitment",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("proposal", sa.String(length=16), nullable=False),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("offering", sa.String(length=200)),
        sa.Column("start", sa.Date(), nullable=False),
        sa.Column("price_cents", sa.Integer()),
        sa.Column("min_group", sa.Integer(), nullable=False),
        sa.Column("max_group", sa.Integer()),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("ended_at", UtcTime()),
        sa.Column("ending", sa.String(length=16)),
        sa.ForeignKeyConstraint(["offering"], ["offering.id"], name="fk_commitment_offering"),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name="fk_commitment_proposal", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_commitment_provider"),
        sa.PrimaryKeyConstraint("id", name="pk_commitment"),
    )
    op.create_index("ix_commitment_proposal", "commitment", ["proposal"])
    op.create_table(
        "feedback",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person", sa.String(length=72), nullable=False),
        sa.Column("offering", sa.String(length=200), nullable=False),
        sa.Column("outcomes_met", sa.String(length=8), nullable=False),
        sa.Column("recommends", sa.String(length=8), nullable=False),
        sa.Column("next", sa.String(length=500), nullable=False),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["offering"], ["offering.id"], name="fk_feedback_offering"),
        sa.PrimaryKeyConstraint("id", name="pk_feedback"),
        sa.UniqueConstraint("person", "offering", name="uq_feedback_person_offering"),
    )
    op.create_index("ix_feedback_offering", "feedback", ["offering"])


def _interest() -> None:
    op.create_table(
        "interest",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("person", sa.String(length=72), nullable=False),
        sa.Column("offering", sa.String(length=200), nullable=False),
        sa.Column("level", sa.String(length=16), nullable=False),
        sa.Column("people", sa.Integer(), nullable=False),
        sa.Column("region", sa.String(length=2)),
        sa.Column("mode", sa.String(length=16)),
        sa.Column("start_from", sa.Date()),
        sa.Column("start_by", sa.Date()),
        sa.Column("language", sa.String(length=2), nullable=False),
        sa.Column("confirmed", sa.Boolean(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.Column("updated_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["offering"], ["offering.id"], name="fk_interest_offering"),
        sa.PrimaryKeyConstraint("id", name="pk_interest"),
        sa.UniqueConstraint("person", "offering", name="uq_interest_person_offering"),
    )
    op.create_index("ix_interest_offering", "interest", ["offering"])
    op.create_table(
        "outcome",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("proposal", sa.String(length=16)),
        sa.Column("offering", sa.String(length=200)),
        sa.Column("provider", sa.String(length=64), nullable=False),
        sa.Column("held_on", sa.Date(), nullable=False),
        sa.Column("participants", sa.Integer(), nullable=False),
        sa.Column("signals", sa.JSON(), nullable=False),
        sa.Column("example", sa.Boolean(), nullable=False),
        sa.Column("created_at", UtcTime(), nullable=False),
        sa.ForeignKeyConstraint(["offering"], ["offering.id"], name="fk_outcome_offering"),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name="fk_outcome_proposal", ondelete="SET NULL"),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_outcome_provider"),
        sa.PrimaryKeyConstraint("id", name="pk_outcome"),
        sa.UniqueConstraint("proposal", "offering", "held_on", name="uq_outcome_proposal_offering_held_on"),
    )


def _steps() -> None:
    op.create_table(
        "proposal_step",
        sa.Column("id", sa.Integer(), autoincrement=True, nullable=False),
        sa.Column("proposal", sa.String(length=16), nullable=False),
        sa.Column("step", sa.String(length=24), nullable=False),
        sa.Column("state", sa.String(length=24), nullable=False),
        sa.Column("at", UtcTime(), nullable=False),
        sa.Column("commitment", sa.Integer()),
        sa.Column("provider", sa.String(length=64)),
        sa.Column("other", sa.String(length=16)),
        sa.Column("reason", sa.String(length=1000)),
        sa.ForeignKeyConstraint(
            ["commitment"], ["commitment.id"], name="fk_proposal_step_commitment", ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["proposal"], ["proposal.id"], name="fk_proposal_step_proposal", ondelete="CASCADE"),
        sa.ForeignKeyConstraint(["provider"], ["provider.id"], name="fk_proposal_step_provider"),
        sa.PrimaryKeyConstraint("id", name="pk_proposal_step"),
    )
    op.create_index("ix_proposal_step_proposal", "proposal_step", ["proposal"])


def downgrade() -> None:
    for table in (
        "proposal_step",
        "outcome",
        "interest",
        "feedback",
        "commitment",
        "subscription",
        "joining",
        "vain_search",
        "unsuitable",
        "signal_outbox",
        "report",
        "proposal",
        "mail",
        "known_browser",
        "form_answer",
        "contact",
    ):
        op.drop_table(table)
