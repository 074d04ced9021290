"""Who asked and who rated, API keys, and the mark of the secret that hashes were made with.

Ratings from before are all kept: each counts as a caller's of its own, for nobody knows which were by one.
"""

import sqlalchemy as sql
from alembic import op

revision = "2"
down_revision = "1"


def upgrade() -> None:
    for table, width in (("receipts", 64), ("feedback", 80)):
        op.add_column(table, sql.Column("user", sql.String(64), nullable=False, server_default=""))
        op.add_column(table, sql.Column("caller", sql.String(width), nullable=False, server_default=""))
        op.create_index(f"ix_{table}_user", table, ["user"])
    feedback = sql.table("feedback", sql.column("id", sql.Integer), sql.column("caller", sql.String))
    op.execute(feedback.update().values(caller=sql.literal("before-") + sql.cast(feedback.c.id, sql.String)))
    op.create_index("ix_feedback_answer_caller", "feedback", ["answer_id", "caller"], unique=True)
    op.create_table(
        "api_keys",
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
    op.create_table(
        "marks",
        sql.Column("name", sql.String(32), primary_key=True),
        sql.Column("value", sql.Text, nullable=False),
    )
