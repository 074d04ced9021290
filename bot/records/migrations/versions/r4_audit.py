"""The audit trail, which begins with what the log of documents knows; and by which request a document was changed."""

import sqlalchemy as sql
from alembic import op

revision = "4"
down_revision = "3"


def upgrade() -> None:
    op.add_column("changes", sql.Column("request_id", sql.String(64), nullable=False, server_default=""))
    op.create_table(
        "audit",
        sql.Column("id", sql.String(32), primary_key=True),
        sql.Column("at", sql.String(32), nullable=False),
        sql.Column("who", sql.Text, nullable=False),
        sql.Column("action", sql.String(32), nullable=False),
        sql.Column("subject", sql.Text, nullable=False),
        sql.Column("request_id", sql.String(64), nullable=False),
        sql.Column("note", sql.Text, nullable=False),
    )
    op.create_index("ix_audit_at", "audit", ["at"])
    names = ("id", "at", "who", "action", "plan_id", "request_id", "note")
    changes = sql.table("changes", *(sql.column(name, sql.String) for name in names))
    audit = sql.table("audit", *(sql.column(name, sql.String) for name in (*names[:4], "subject", *names[5:])))
    known = sql.select(
        changes.c.id,
        changes.c.at,
        changes.c.who,
        sql.literal("document.") + changes.c.action,
        changes.c.plan_id,
        changes.c.request_id,
        changes.c.note,
    )
    op.execute(audit.insert().from_select([column.name for column in audit.c], known))
