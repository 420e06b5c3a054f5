"""Notices 文书: what we hand out. Issued once, numbered, never changed; see README.md in this folder."""

from engine.notices.issue import Happened, content_of, correct, issue, on
from engine.notices.look import NoticeView, Verified, listed, verify, view
from engine.notices.pdf import pdf
from engine.notices.seal import seal
from engine.notices.sheet import Copy, page, qr, sheet, style
from engine.notices.why import why

__all__ = [
    "Copy", "Happened", "NoticeView", "Verified", "content_of", "correct", "issue", "listed", "on", "page", "pdf",
    "qr", "seal", "sheet", "style", "verify", "view", "why",
]  # fmt: skip
