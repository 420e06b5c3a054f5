"""The frame every notice is printed in: heading, number, body, seal, date, QR code. Packs hold only the words inside.

Measures after GB/T 9704-2012 《党政机关公文格式》: margins 37/28/35/26 mm, title 小标宋 2号, text 仿宋 3号.
"""

import io
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files

import segno

from engine.notices.look import NoticeView
from engine.words import CITY, NoticeState


@dataclass(frozen=True)
class Copy:
    """What is only on this copy: the address of the verify page, the seal, which printing it is (0: only shown).

    `query` is the applicant's code for the progress page, where the copy is for them and says so.
    """

    address: str
    seal: str
    printing: int = 0
    query: str = ""


def sheet(notice: NoticeView, copy: Copy) -> str:
    """The notice as HTML: one element, everything from outside escaped. The same words give the same text."""
    day = notice.issued_at.astimezone(CITY)
    code = "-".join(notice.code[at : at + 4] for at in range(0, len(notice.code), 4))
    name = escape(notice.department)
    return (
        f'<div class="notice-sheet" lang="zh-CN"><footer>{qr(copy.address)}<p>扫码或者打开 '
        f"{escape(copy.address.rpartition('/')[0])} 输入核验码，查验本文书真伪。<br>{escape(notice.number)}<br>"
        f'核验码 <strong class="code">{code}</strong>{_query(copy)}{_reprint(copy)}</p></footer>{_stamp(notice)}'
        f'<header><p class="office">{name}</p><p class="number">{escape(notice.number)}</p></header>'
        f'<h1 class="title">{escape(notice.name)}</h1>{notice.body}'
        f'<div class="sign">{copy.seal}<p>{name}</p><p>{day.year}年{day.month}月{day.day}日</p></div></div>'
    )


def page(inner: str, title: str) -> str:
    """A whole document around a sheet, for printing."""
    return (
        f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><title>{escape(title)}</title></head>'
        f"<body>{inner}</body></html>"
    )


@cache
def style(name: str = "letter.css") -> str:
    """The style sheet of a sheet, for screen and paper; `paper.css` is what a PDF has besides."""
    return (files(__package__) / name).read_text("utf-8")


def qr(address: str) -> str:
    """The address as an SVG drawing without its own width, so that the style sheet decides."""
    drawn = io.BytesIO()
    segno.make(address, error="m").save(drawn, kind="svg", xmldecl=False, omitsize=True, nl=False, border=2)
    return drawn.getvalue().decode("ascii")


def _stamp(notice: NoticeView) -> str:
    if notice.state is NoticeState.REPLACED:
        return f'<p class="stamp">本文书已被 {escape(notice.replaced_by)} 替换，不再有效</p>'
    if notice.state is NoticeState.REOPENED:
        return '<p class="stamp">本文书所载结果已撤回，正在重新办理</p>'
    return f'<p class="note">本文书替换 {escape(notice.replaces)}</p>' if notice.replaces else ""


def _query(copy: Copy) -> str:
    return f' · 办理进度查询码 <strong class="code">{escape(copy.query)}</strong>' if copy.query else ""


def _reprint(copy: Copy) -> str:
    return f' · <strong class="reprint">补打第{copy.printing - 1}次</strong>' if copy.printing > 1 else ""
