"""The tables as they are now; how they became so is told in `migrations/`."""

import sqlalchemy as sql

TABLES = sql.MetaData()
RECEIPTS = sql.Table(
    "receipts",
    TABLES,
    sql.Column("answer_id", sql.String(64), primary_key=True),
    sql.Column("question", sql.Text, nullable=False),
    sql.Column("status", sql.String(16), nullable=False),
    sql.Column("statements", sql.JSON, nullable=False),
    sql.Column("citations", sql.JSON, nullable=False),
    sql.Column("notes", sql.JSON, nullable=False),
    sql.Column("mode", sql.String(16), nullable=False),
    sql.Column("model", sql.Text, nullable=False),
    sql.Column("corpus_version", sql.String(64), nullable=False),
    sql.Column("asked_at", sql.String(32), nullable=False, index=True),
    sql.Column("user", sql.String(64), nullable=False, server_default="", index=True),
    sql.Column("caller", sql.String(64), nullable=False, server_default=""),
)
FEEDBACK = sql.Table(
    "feedback",
    TABLES,
    sql.Column("id", sql.Integer, primary_key=True),
    sql.Column("answer_id", sql.ForeignKey("receipts.answer_id", ondelete="CASCADE"), nullable=False, index=True),
    sql.Column("useful", sql.Boolean, nullable=False),
    sql.Column("comment", sql.Text, nullable=False),
    sql.Column("given_at", sql.String(32), nullable=False),
    sql.Column("user", sql.String(64), nullable=False, server_default="", index=True),
    sql.Column("caller", sql.String(80), nullable=False, server_default=""),
    sql.Index("ix_feedback_answer_caller", "answer_id", "caller", unique=True),
)
KEYS = sql.Table(
    "api_keys",
    TABLES,
    sql.Column("id", sql.String(16), primary_key=True),
    sql.Column("name", sql.Text, nullable=False),
    sql.Column("scope", sql.String(16), nullable=False),
    sql.Column("digest", sql.String(64), nullable=False),
    sql.Column("signed", sql.Boolean, nullable=False),
    sql.Column("per_minute", sql.Integer, nullable=True),
    sql.Column("per_day", sql.Integer, nullable=True),
    sql.Column("created_at", sql.String(32), nullable=False),
    sql.Column("ends_at", sql.String(32), nullable=True),
)
MARKS = sql.Table(
    "marks",
    TABLES,
    sql.Column("name", sql.String(32), primary_key=True),
    sql.Column("value", sql.Text, nullable=False),
)
DRAFTS = sql.Table(
    "drafts",
    TABLES,
    sql.Column("id", sql.String(32), primary_key=True),
    sql.Column("plan_id", sql.String(64), nullable=False),
    sql.Column("file", sql.Text, nullable=False),
    sql.Column("replaces", sql.String(64), nullable=False),
    sql.Column("described", sql.JSON, nullable=False),
    sql.Column("sha256", sql.String(64), nullable=False),
    sql.Column("document", sql.LargeBinary, nullable=True),
    sql.Column("made_at", sql.String(32), nullable=False),
    sql.Column("made_by", sql.Text, nullable=False),
    sql.Column("status", sql.String(16), nullable=False, index=True),
    sql.Column("decided_at", sql.String(32), nullable=False),
    sql.Column("decided_by", sql.Text, nullable=False),
    sql.Column("note", sql.Text, nullable=False),
)
CHANGES = sql.Table(
    "changes",
    TABLES,
    sql.Column("id", sql.String(32), primary_key=True),
    sql.Column("at", sql.String(32), nullable=False, index=True),
    sql.Column("who", sql.Text, nullable=False),
    sql.Column("action", sql.String(16), nullable=False),
    sql.Column("plan_id", sql.Text, nullable=False),
    sql.Column("draft_id", sql.String(32), nullable=False),
    sql.Column("before", sql.String(64), nullable=False),
    sql.Column("after", sql.String(64), nullable=False),
    sql.Column("note", sql.Text, nullable=False),
    sql.Column("request_id", sql.String(64), nullable=False, server_default=""),
)
AUDIT = sql.Table(
    "audit",
    TABLES,
    sql.Column("id", sql.String(32), primary_key=True),
    sql.Column("at", sql.String(32), nullable=False, index=True),
    sql.Column("who", sql.Text, nullable=False),
    sql.Column("action", sql.String(32), nullable=False),
    sql.Column("subject", sql.Text, nullable=False),
    sql.Column("request_id", sql.String(64), nullable=False),
    sql.Column("note", sql.Text, nullable=False),
)
