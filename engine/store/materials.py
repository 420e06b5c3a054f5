"""Scans of papers, what tells one bill from another, and what the applicant is asked for."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, Date, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from engine.store.columns import Moment
from engine.store.rows import ID, WORD, Row, new_id


class MaterialFile(Row):
    """One file of a paper, of a draft or of a case. `hash` names the content, `name` is what its sender called it."""

    __tablename__ = "material_file"
    __table_args__ = (
        CheckConstraint("(case_id IS NULL) <> (draft_id IS NULL)", "owner"),
        Index("ix_material_file_case", "case_id", "code"),
        Index("ix_material_file_draft", "draft_id", "code"),
    )

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str | None] = mapped_column(ForeignKey("case.id"))
    draft_id: Mapped[str | None] = mapped_column(ForeignKey("draft.id"))
    code: Mapped[str] = mapped_column(String(60))
    position: Mapped[int]
    hash: Mapped[str] = mapped_column(String(64), index=True)
    kind: Mapped[str] = mapped_column(WORD)
    bytes: Mapped[int]
    pages: Mapped[int]
    name: Mapped[str] = mapped_column(String(200))
    added_at: Mapped[datetime] = mapped_column(Moment)
    added_by: Mapped[str] = mapped_column(ID)


class MaterialMark(Row):
    """A keyed hash of what makes a bill this bill: its kind and its number. Used twice, it is found here."""

    __tablename__ = "material_mark"

    mark: Mapped[str] = mapped_column(String(64), primary_key=True)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), primary_key=True)
    code: Mapped[str] = mapped_column(String(60), primary_key=True)


class Asked(Row):
    """Something the applicant is asked for, for one item; a paper if it has a `code`.

    `told_at` is when the applicant learned of it, `notice` the number of the notice they learned it from, if there was
    one. `excuse` is why a supervisor added it late.
    """

    __tablename__ = "asked"

    id: Mapped[str] = mapped_column(ID, primary_key=True, default=new_id)
    case_id: Mapped[str] = mapped_column(ForeignKey("case.id"), index=True)
    item: Mapped[str] = mapped_column(String(60))
    code: Mapped[str] = mapped_column(String(60))
    reason: Mapped[str] = mapped_column(Text)
    basis: Mapped[str] = mapped_column(Text)
    excuse: Mapped[str] = mapped_column(Text)
    asked_at: Mapped[datetime] = mapped_column(Moment)
    asked_by: Mapped[str] = mapped_column(ID)
    told_at: Mapped[datetime | None] = mapped_column(Moment)
    notice: Mapped[int | None] = mapped_column()
    due_on: Mapped[date | None] = mapped_column(Date)
