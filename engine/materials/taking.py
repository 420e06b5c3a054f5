"""Taking in what somebody uploads: looked at apart, kept, and only then named by a row."""

import json
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from engine.errors import FieldError
from engine.vault import Vault
from engine.words import N_

EXAMINE = Path(__file__).with_name("examine.py")
PIXELS = 50_000_000  # of one picture; an A4 page at 600 dpi has 35 million
PATIENCE = 60.0  # seconds for one file, computing or not
MEGABYTE = 1024 * 1024
NAMED = 200  # characters of its name that are kept
REFUSALS = {
    "empty": N_("{label}: the file is empty."),
    "large": N_("{label}: the file has more than {megabytes} megabytes."),
    "unknown": N_("{label}: this is no PDF, JPEG, PNG or WebP, whatever its name says."),
    "broken": N_("{label}: the file is damaged. Please scan it again."),
    "encrypted": N_("{label}: the PDF is locked with a password. Please save it without one."),
    "active": N_("{label}: the PDF holds programs or other files. Please print it to PDF anew or scan it."),
    "moving": N_("{label}: the picture moves. Please use one that does not."),
    "pages": N_("{label}: more than {pages} pages."),
    "depth": N_("{label}: the picture has more than 256 shades of a colour. Please save it with fewer."),
    "pixels": N_("{label}: the picture is too large. Please scan it with fewer points."),
    "heavy": N_("{label}: the file is too complicated. Please scan it again."),
}


@dataclass(frozen=True)
class Taken:
    """One file that is kept already: `hash` names it; no row does yet."""

    name: str
    hash: str
    kind: str
    bytes: int
    pages: int


def take_in(vault: Vault, files: Iterable[tuple[str, bytes]]) -> tuple[tuple[Taken, ...], tuple[FieldError, ...]]:
    """Keep what can be kept of files (name, content) and say what is wrong with each other one. Slow: no transaction.

    What no row names within a day is swept away, so whoever stops half-way leaves nothing behind.
    """
    taken: list[Taken] = []
    refused: list[FieldError] = []
    for given, content in files:
        name = _printable(given)
        found = _examined(vault, name, content)
        if isinstance(found, str):
            limits = {"label": name, "megabytes": vault.megabytes, "pages": vault.pages}
            refused.append(FieldError("files", name, REFUSALS[found], limits))
        else:
            taken.append(found)
    return tuple(taken), tuple(refused)


def _examined(vault: Vault, name: str, content: bytes) -> Taken | str:
    if len(content) > vault.megabytes * MEGABYTE:
        return "large"
    command = [sys.executable, "-I", str(EXAMINE), str(vault.pages), str(PIXELS)]
    try:
        done = subprocess.run(  # noqa: S603  our own program; the file is only its input
            command, input=content, capture_output=True, timeout=PATIENCE, check=True
        )
    except (subprocess.CalledProcessError, subprocess.TimeoutExpired):
        return "heavy"
    line, _, kept = done.stdout.partition(b"\n")
    told = json.loads(line)
    if "refused" in told:
        return str(told["refused"])
    return Taken(name, vault.put(kept), told["kind"], len(kept), told["pages"])


def _printable(name: str) -> str:
    """What the sender called it, as one line that can be shown; it never names anything of ours."""
    return "".join(c if c.isprintable() else "\N{REPLACEMENT CHARACTER}" for c in name)[:NAMED] or "—"
