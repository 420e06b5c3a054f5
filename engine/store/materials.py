"""Scans of papers, and what tells one bill from another."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
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
