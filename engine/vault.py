"""Where an installation keeps what is no row: scans, named by their content; and its key for numbers it must not store.

Files lie outside the web root, are never executed, and are written before the row that names them. Nothing here is
deleted but by `drop`, which the sweep calls for what no row has named for a day.
"""

import hashlib
import hmac
import os
import re
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from engine.errors import FileGone, FilesOff

NAME = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True)
class Vault:
    """The folder of the files (None: this process keeps none) and the secret of the installation.

    `megabytes` is the most a file may have, `pages` the most a paper of a case may have.
    """

    folder: Path | None = None
    secret: str = field(default_factory=lambda: secrets.token_urlsafe(32), repr=False)
    megabytes: int = 20
    pages: int = 100

    def blind(self, *words: str) -> str:
        """A name for these words that only this installation can make: equal words have equal names."""
        return hmac.new(self.secret.encode(), "\x1f".join(words).encode(), hashlib.sha256).hexdigest()

    def put(self, content: bytes) -> str:
        """Keep the content and return its SHA-256; whoever puts the same again finds it there, and young again."""
        name = hashlib.sha256(content).hexdigest()
        path = self.path(name)
        if path.exists():
            os.utime(path)
            return name
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        draft = path.with_name(f"{name}.{secrets.token_hex(4)}")
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_WRONLY | os.O_EXCL, 0o600), "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        draft.replace(path)
        return name

    def read(self, name: str) -> bytes:
        """The content under a name; `FileGone` when it is not there or not what was put there."""
        try:
            content = self.path(name).read_bytes()
        except OSError as missing:
            raise FileGone from missing
        if hashlib.sha256(content).hexdigest() != name:
            raise FileGone
        return content

    def path(self, name: str) -> Path:
        """Where the content under a name lies. `FilesOff` where no files are kept."""
        if self.folder is None:
            raise FilesOff
        if not NAME.fullmatch(name):
            raise FileGone
        return self.folder / name[:2] / name

    def names(self, *, older: float = 0.0) -> Iterator[str]:
        """What is kept, and drafts left by a killed process, if nobody has put it for `older` seconds."""
        before = time.time() - older
        for path in sorted(self.folder.glob("??/*")) if self.folder else ():
            if path.stat().st_mtime <= before:
                yield path.name

    def drop(self, name: str) -> None:
        """Delete one that `names` gave."""
        if self.folder is not None and NAME.match(name):
            (self.folder / name[:2] / name).unlink(missing_ok=True)
