"""The file of a backup: a zip with a line of JSON for every row, and a manifest that says what has to be in it."""

import hashlib
import json
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

from engine.errors import BackupDamaged

FORMAT = 2  # 1 had no files
MANIFEST = "manifest.json"


@dataclass(frozen=True)
class Contents:
    """One table: its columns in the order of the lines, how many rows, and the SHA-256 of their text."""

    columns: list[str]
    rows: int
    sha256: str


@dataclass(frozen=True)
class Manifest:
    """What a backup holds: the schema's revision, when and from which kind of database it was taken, its tables.

    `files` are the scans: the SHA-256 that names each, and how many bytes it has.
    """

    format: int
    schema: str
    taken_at: str
    source: str
    tables: dict[str, Contents]
    files: dict[str, int] = field(default_factory=dict)


def place(table: str) -> str:
    """Where the rows of a table are in the zip."""
    return f"tables/{table}.jsonl"


def manifest_of(path: Path) -> Manifest:
    """What a backup says it holds. `BackupDamaged` when it is no backup or one of a later format."""
    try:
        with zipfile.ZipFile(path) as archive:
            said = json.loads(archive.read(MANIFEST))
        tables = {name: Contents(**one) for name, one in said.pop("tables").items()}
        found = Manifest(**said, tables=tables)
    except (OSError, KeyError, TypeError, ValueError, AttributeError, zipfile.BadZipFile) as broken:
        raise BackupDamaged(why=f"不是备份文件 / it is no backup ({type(broken).__name__})") from broken
    if found.format > FORMAT:
        raise BackupDamaged(why=f"格式 {found.format} 太新 / its format {found.format} is newer than this program")
    return found


def rows(path: Path, table: str, contents: Contents) -> Iterator[list[Any]]:
    """The rows of a table; `BackupDamaged` at its end when they are not those the manifest promises."""
    digest, count = hashlib.sha256(), 0
    try:
        with zipfile.ZipFile(path) as archive, archive.open(place(table)) as lines:
            for line in lines:
                digest.update(line)
                count += 1
                yield json.loads(line)
    except (OSError, KeyError, ValueError, zipfile.BadZipFile) as broken:
        raise BackupDamaged(why=f"表 {table} 读不出 / the table {table} cannot be read") from broken
    if count != contents.rows or digest.hexdigest() != contents.sha256:
        raise BackupDamaged(why=f"表 {table} 与清单不符 / the table {table} is not what was written")


def verify(path: Path) -> Manifest:
    """Read the whole file against its manifest."""
    manifest = manifest_of(path)
    for table, contents in manifest.tables.items():
        for _ in rows(path, table, contents):
            pass
    for _ in files(path, manifest):
        pass
    return manifest


def files(path: Path, manifest: Manifest) -> Iterator[bytes]:
    """The content of every scan; `BackupDamaged` at one that is missing or not what its name says."""
    try:
        with zipfile.ZipFile(path) as archive:
            for name in manifest.files:
                content = archive.read(f"files/{name}")
                if hashlib.sha256(content).hexdigest() != name:
                    raise BackupDamaged(why=f"扫描件 {name} 与清单不符 / the scan {name} is not what was written")
                yield content
    except (OSError, KeyError, zipfile.BadZipFile) as broken:
        raise BackupDamaged(why="扫描件读不出 / a scan cannot be read") from broken


class Writer:
    """A backup being written."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self._tables: dict[str, Contents] = {}
        self._files: dict[str, int] = {}

    def table(self, name: str, columns: list[str], lines: Iterator[list[Any]]) -> None:
        """Write the rows of one table."""
        digest, count = hashlib.sha256(), 0
        with self._archive.open(place(name), "w", force_zip64=True) as file:
            for line in lines:
                text = (json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
                digest.update(text)
                file.write(text)
                count += 1
        self._tables[name] = Contents(columns, count, digest.hexdigest())

    def files(self, contents: Iterable[tuple[str, bytes]]) -> None:
        """Write scans as they are: pictures and PDF are compressed already."""
        for name, content in contents:
            self._archive.writestr(f"files/{name}", content, zipfile.ZIP_STORED)
            self._files[name] = len(content)

    def close(self, schema: str, taken_at: str, source: str) -> Manifest:
        """Write the manifest, last: a file without one is no backup."""
        manifest = Manifest(FORMAT, schema, taken_at, source, self._tables, self._files)
        self._archive.writestr(MANIFEST, json.dumps(asdict(manifest), ensure_ascii=False, indent=1))
        return manifest
