"""Is the file of a case what was exported? Needs the zip and nothing else; with the secret, its seals too."""

import hashlib
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engine.dossier.binding import FORMAT, LEDGER, MANIFEST, SEAL, sealed
from engine.ledger import Blind, Chain, Link, first_flaw
from engine.store.columns import loads

MOST = 256 * 1024 * 1024  # bytes of one file; a scan has 20 MB
Said = tuple[str, str]  # Chinese, English
# What reading, unpacking or parsing something else than we wrote can raise.
BROKEN = (
    OSError, EOFError, LookupError, TypeError, ValueError, AttributeError, RuntimeError, zipfile.BadZipFile, zlib.error,
)  # fmt: skip


@dataclass(frozen=True)
class Verdict:
    """Which case, how many files and entries, and what is wrong. Not `keyed`: no seal was looked at."""

    number: str
    files: int
    entries: int
    keyed: bool
    wrong: tuple[Said, ...]


def check(path: Path, blind: Blind | None = None) -> Verdict:
    """Read the whole of it. What is no such file has this one thing wrong with it."""
    try:
        with zipfile.ZipFile(path) as archive:
            return _verdict(archive, blind)
    except BROKEN as broken:
        why = type(broken).__name__
        said = (f"不是案卷，或已损坏（{why}）。", f"It is no such file, or damaged ({why}).")
        return Verdict("", 0, 0, blind is not None, (said,))


def _verdict(archive: zipfile.ZipFile, blind: Blind | None) -> Verdict:
    text = _read(archive, MANIFEST)
    said = loads(text)
    if said["format"] > FORMAT:
        raise ValueError("format")
    kept = loads(_read(archive, LEDGER))
    wrong = (*_files(archive, said["files"]), *_ledger(kept, said, blind))
    if blind and _read(archive, SEAL).decode() != sealed(blind, text):
        zh = "清单的封印不符：被改动，或不是用这把密钥封的。"
        wrong += ((zh, "The seal of its manifest does not fit: it was changed, or sealed with another secret."),)
    return Verdict(str(said["number"]), len(said["files"]), len(kept["entries"]), blind is not None, wrong)


def _files(archive: zipfile.ZipFile, hashes: dict[str, str]) -> Iterator[Said]:
    """Each file is there once and as the manifest says; nothing else is."""
    names = archive.namelist()
    for name in sorted({*names, *hashes} - {MANIFEST, SEAL}):
        if name not in hashes or names.count(name) > 1:
            yield f"文件 {name} 不在清单中，或有两份。", f"The file {name} is not in the manifest, or there twice."
        elif name not in names:
            yield f"文件 {name} 缺失。", f"The file {name} is missing."
        elif hashlib.sha256(_read(archive, name)).hexdigest() != hashes[name]:
            yield f"文件 {name} 被改动。", f"The file {name} was changed."


def _ledger(kept: dict[str, Any], said: dict[str, Any], blind: Blind | None) -> Iterator[Said]:
    """The chain fits from its first entry to the one the manifest names."""
    links = [Link(**{name: str(value).encode() for name, value in entry.items()}) for entry in kept["entries"]]
    known = Chain(**{name: str(value).encode() for name, value in kept["case"].items()})
    flaw = first_flaw(known, links, blind)
    if flaw:
        where = f"{flaw.seq} {flaw.at} {flaw.kind}".rstrip()
        yield f"台账第 {where}：{flaw.zh}", f"Entry {where}: {flaw.en}"
    elif said["head"] != links[-1].hash.decode() or said["number"] != known.number.decode():
        yield "清单说的是另一份台账。", "The manifest speaks of another ledger."


def _read(archive: zipfile.ZipFile, name: str) -> bytes:
    if archive.getinfo(name).file_size > MOST:
        raise ValueError("size")
    return archive.read(name)
