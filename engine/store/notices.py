"""Notices 文书: what was handed out, as it was."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Document, Moment
from engine.store.rows import ID, WORD, Row, enum_check, new_id
from engine.words import NoticeKind, Occasion


class Notice(Row):
    """One paper that was issued. Written once; the database refuses to change it. A corrected one `replaces` it.

    `serial` counts from 1 without a gap within department, kind and year. `body` is the HTML as it was issued, `blanks`
    the value of each of its placeholders in order, `content` the SHA-256 of all that is printed. `recipients` are the
    keys of the applicants it is for; none: it is between offices.
    """

    __tablename__ = "notice"
    __table_args__ = (
        UniqueConstraint("department_id", "kind", "year", "serial"),
        CheckConstraint(enum_check("kind", NoticeKind), "kind"),
        CheckConstraint(enum_check("occasion", Occasion), "occasion"),
        Index("ix_notice_case", "case_id", "issued_at"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"))
    item: Mapped[str | None] = mapped_column(String(60))
    kind: Mapped[str] = mapped_column(WORD)
    name: Mapped[str] = mapped_column(String(80))
    occasion: Mapped[str] = mapped_column(WORD)
    said: Mapped[dict[str, Any]] = mapped_column(Document)
    department_id: Mapped[str] = mapped_column(ForeignKey("department.id"))
    department: Mapped[str] = mapped_column(String(80))
    year: Mapped[int]
    serial: Mapped[int]
    number: Mapped[str] = mapped_column(String(80))
    code: Mapped[str] = mapped_column(String(12), unique=True)
    recipients: Mapped[list[str]] = mapped_column(Document)
    addressee: Mapped[str] = mapped_column(Text)
    body: Mapped[str] = mapped_column(Text)
    blanks: Mapped[list[Any]] = mapped_column(Document)
    content: Mapped[str] = mapped_column(String(64))
    replaces: Mapped[str | None] = mapped_column(ForeignKey("notice.id"), unique=True)
    issued_at: Mapped[datetime] = mapped_column(Moment)
    issued_by: Mapped[str] = mapped_column(ID)
    issuer: Mapped[str] = mapped_column(String(60))
