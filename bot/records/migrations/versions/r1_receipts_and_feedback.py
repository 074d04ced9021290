"""Receipts and feedback, as version 0.1.0 made them without migrations: found there, they are left as they are."""

import sqlalchemy as sql
from alembic import op

revision = "1"
down_revision = None


def upgrade() -> None:
    op.create_table(
        "receipts",
        sql.Column("answer_id", sql.String(64), primary_key=True),
        sql.Column("question", sql.Text, nullable=False),
        sql.Column("status", sql.String(16), nullable=False),
        sql.Column("statements", sql.JSON, nullable=False),
        sql.Column("citations", sql.JSON, nullable=False),
        sql.Column("notes", sql.JSON, nullable=False),
        sql.Column("mode", sql.String(16), nullable=False),
        sql.Column("model", sql.Text, nullable=False),
        sql.Column("corpus_version", sql.String(64), nullable=False),
        sql.Column("asked_at", sql.String(32), nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_receipts_asked_at", "receipts", ["asked_at"], if_not_exists=True)
    op.create_table(
        "feedback",
        sql.Column("id", sql.Integer, primary_key=True),
        sql.Column(
            "answer_id", sql.String(64), sql.ForeignKey("receipts.answer_id", ondelete="CASCADE"), nullable=False
        ),
        sql.Column("useful", sql.Boolean, nullable=False),
        sql.Column("comment", sql.Text, nullable=False),
        sql.Column("given_at", sql.String(32), nullable=False),
        if_not_exists=True,
    )
    op.create_index("ix_feedback_answer_id", "feedback", ["answer_id"], if_not_exists=True)
