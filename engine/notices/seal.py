"""The seal on a notice: a department's own from a file, or one that says it is a sample."""

import base64
import re
from html import escape
from pathlib import Path

LARGEST = 500_000  # bytes
_ID = re.compile(r"[a-z0-9-]{1,40}")
_PNG = b"\x89PNG\r\n\x1a\n"
_RED = "#c8161d"
_STAR = "50,38 53.1,46.3 61.9,46.6 55,52.1 57.4,60.6 50,55.6 42.6,60.6 45,52.1 38.1,46.6 46.9,46.3"


def seal(folder: Path | None, department_id: str, name: str) -> str:
    """HTML of the seal: `<department id>.png` in `folder`; a sample without a folder; nothing if the file is missing.

    A file that is no PNG or too large counts as missing: the paper then has to be sealed by hand.
    """
    if folder is None:
        return _sample(name)
    file = folder / f"{department_id}.png"
    if not _ID.fullmatch(department_id) or not file.is_file() or file.stat().st_size > LARGEST:
        return ""
    content = file.read_bytes()
    if not content.startswith(_PNG):
        return ""
    return f'<img class="seal" alt="" src="data:image/png;base64,{base64.b64encode(content).decode()}">'


def _sample(name: str) -> str:
    """A round seal with the name along its edge, as real ones have it, and SAMPLE across: it seals nothing."""
    letters = name[:24]
    step = min(24.0, 270 / max(len(letters), 1))
    first = -step * (len(letters) - 1) / 2
    size = min(9.0, step * 0.72)
    around = "".join(
        f'<text x="50" y="17" font-size="{size:.1f}" text-anchor="middle" '
        f'transform="rotate({first + step * position:.1f} 50 50)">{escape(letter)}</text>'
        for position, letter in enumerate(letters)
    )
    return (
        f'<svg class="seal" viewBox="0 0 100 100" role="img" aria-label="样章 SAMPLE" fill="{_RED}">'
        f'<circle cx="50" cy="50" r="47" fill="none" stroke="{_RED}" stroke-width="2.4"/>'
        f'<polygon points="{_STAR}"/>{around}'
        '<text x="50" y="74" font-size="10" text-anchor="middle">样 章</text>'
        '<text x="50" y="84" font-size="7" text-anchor="middle">SAMPLE</text></svg>'
    )
