"""Clocks, their stops and extensions, supervision slips, and when an application was received."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"

KINDS = "kind IN ('promise', 'legal')"
UNITS = "unit IN ('工作日', '自然日', '小时')"
GROUNDS = (
    "ground IN ('补正', '挂起', '已办结', '公示', '公告', '听证', '招标', '拍卖', '检验', '检测', '检疫', '鉴定', "
    "'专家评审', '核对')"
)
STATES = "state IN ('asked', 'granted', 'refused')"
RECEIVED = ("received_at", "decide_by", "asked_at", "deemed_at", "refused_at")


def upgrade() -> None:
    """Make the tables; give drafts a receipt and cases the moment their clocks count from."""
    _clock()
    _stop()
    _extension()
    _slip()
    op.add_column("case", sa.Column("counts_from", sa.DateTime(timezone=True), nullable=True))
    for name in RECEIVED:  # no copy of the table: calls and scans refer to drafts
        op.add_column("draft", sa.Column(name, sa.DateTime(timezone=True), nullable=True))
    op.add_column("draft", sa.Column("receipt", sa.String(length=40), nullable=True))
    op.add_column("draft", sa.Column("refusal", sa.String(length=500), nullable=False, server_default=sa.text("''")))
    op.add_column("draft", sa.Column("basis", sa.String(length=200), nullable=False, server_default=sa.text("''")))
    op.create_index(op.f("ix_draft_receipt"), "draft", ["receipt"], unique=True)
    op.create_index(op.f("ix_draft_decide_by"), "draft", ["decide_by"])


def downgrade() -> None:
    """Take them away again."""
    op.drop_index(op.f("ix_draft_decide_by"), "draft")
    op.drop_index(op.f("ix_draft_receipt"), "draft")
    for name in (*RECEIVED, "receipt", "refusal", "basis"):
        op.drop_column("draft", name)
    op.drop_column("case", "counts_from")
    for table in ("slip", "extension", "stop", "clock"):
        op.drop_table(table)


def _clock() -> None:
    moments = ("due_at", "amber_at", "alarm_at", "ended_at")
    op.create_table(
        "clock",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("phase", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=32), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("unit", sa.String(length=32), nullable=False),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        *(sa.Column(name, sa.DateTime(timezone=True), nullable=True) for name in moments),
        sa.Column("due_certain", sa.Boolean(), nullable=True),
        sa.Column("raised", sa.Integer(), nullable=False),
        sa.CheckConstraint(KINDS, name=op.f("ck_clock_kind")),
        sa.CheckConstraint(UNITS, name=op.f("ck_clock_unit")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_clock_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clock")),
        sa.UniqueConstraint("case_id", "item", "phase", "kind", name=op.f("uq_clock_case_id_item_phase_kind")),
    )
    op.create_index(op.f("ix_clock_amber_at"), "clock", ["amber_at"])
    op.create_index(op.f("ix_clock_alarm_at"), "clock", ["alarm_at"])


def _stop() -> None:
    op.create_table(
        "stop",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("ground", sa.String(length=32), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(GROUNDS, name=op.f("ck_stop_ground")),
        sa.ForeignKeyConstraint(["case_id"], ["case.id"], name=op.f("fk_stop_case_id_case")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stop")),
    )
    op.create_index(op.f("ix_stop_case_id"), "stop", ["case_id"])


def _extension() -> None:
    op.create_table(
        "extension",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("item", sa.String(length=60), nullable=False),
        sa.Column("department_id", sa.String(length=40), nullable=False),
        sa.Column("amount", sa.Integer(), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("state", sa.String(length=32), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(length=36), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("decided_by", sa.String(length=36), nullable=True),
        sa.Column("answer", sa.String(length=200), nullable=False),
        sa.CheckConstraint(STATES, name=op.f("ck_extension_state")),
        *_keys("extension", case_id="case", department_id="department", asked_by="user", decided_by="user"),
    )
    op.create_index(op.f("ix_extension_case_id"), "extension", ["case_id"])
    op.create_index("ix_extension_asked", "extension", ["department_id", "state"])


def _slip() -> None:
    op.create_table(
        "slip",
        sa.Column("id", sa.String(length=36), nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("case_id", sa.String(length=36), nullable=False),
        sa.Column("clock_id", sa.String(length=36), nullable=False),
        sa.Column("department_id", sa.String(length=40), nullable=False),
        sa.Column("user_id", sa.String(length=36), nullable=True),
        sa.Column("issued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(length=36), nullable=True),
        *_keys(
            "slip", case_id="case", clock_id="clock", department_id="department", user_id="user", answered_by="user"
        ),
        sa.UniqueConstraint("number", name=op.f("uq_slip_number")),
    )
    op.create_index(op.f("ix_slip_case_id"), "slip", ["case_id"])
    op.create_index("ix_slip_open", "slip", ["department_id", "answered_at"])


def _keys(table: str, **parents: str) -> tuple[sa.Constraint, ...]:
    """The primary key, and a foreign key for each column that names another table's row."""
    return (
        *(
            sa.ForeignKeyConstraint([column], [f"{parent}.id"], name=op.f(f"fk_{table}_{column}_{parent}"))
            for column, parent in parents.items()
        ),
        sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{table}")),
    )
