"""Documents that wait for a decision, and the log of what was done to those that are held."""

import sqlalchemy as sql
from alembic import op

revision = "3"
down_revision = "2"


def upgrade() -> None:
    op.create_table(
        "drafts",
        sql.Column("id", sql.String(32), primary_key=True),
        sql.Column("plan_id", sql.String(64), nullable=False),
        sql.Column("file", sql.Text, nullable=False),
        sql.Column("replaces", sql.String(64), nullable=False),
        sql.Column("described", sql.JSON, nullable=False),
        sql.Column("sha256", sql.String(64), nullable=False),
        sql.Column("document", sql.LargeBinary, nullable=True),
        sql.Column("made_at", sql.String(32), nullable=False),
        sql.Column("made_by", sql.Text, nullable=False),
        sql.Column("status", sql.String(16), nullable=False),
        sql.Column("decided_at", sql.String(32), nullable=False),
        sql.Column("decided_by", sql.Text, nullable=False),
        sql.Column("note", sql.Text, nullable=False),
    )
    op.create_index("ix_drafts_status", "drafts", ["status"])
    op.create_table(
        "changes",
        sql.Column("id", sql.String(32), primary_key=True),
        sql.Column("at", sql.String(32), nullable=False),
        sql.Column("who", sql.Text, nullable=False),
        sql.Column("action", sql.String(16), nullable=False),
        sql.Column("plan_id", sql.Text, nullable=False),
        sql.Column("draft_id", sql.String(32), nullable=False),
        sql.Column("before", sql.String(64), nullable=False),
        sql.Column("after", sql.String(64), nullable=False),
        sql.Column("note", sql.Text, nullable=False),
    )
    op.create_index("ix_changes_at", "changes", ["at"])
