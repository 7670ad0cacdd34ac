"""A provider's note that a report was seen to, beside the moderators' own."""

import sqlalchemy as sa
from alembic import op

from portal.store.schema import UtcTime

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.add_column("report", sa.Column("provider_handled_at", UtcTime()))


def downgrade() -> None:
    op.drop_column("report", "provider_handled_at")
