"""The zip. The same content gives the same bytes: no clock and no system goes into it."""

import hashlib
import zipfile
from collections.abc import Mapping
from typing import IO

from engine.dossier.take import Dossier
from engine.ledger import Blind
from engine.store.columns import dumps

FORMAT = 1
MANIFEST, SEAL, LEDGER = "manifest.json", "manifest.seal", "ledger.json"
README = """\
案卷 / the file of one case

manifest.json 列出本卷全部文件的 SHA-256；manifest.seal 是它的封印（HMAC-SHA-256，密钥在原系统）。
ledger.json 是台账，每条带有前一条的散列，算法见“联办” docs/ledger.md。
核验：lianban ledger check 本文件；在原系统上加 --secret，才能验封印。
没有密钥也能核对全部散列；但整卷一起伪造的，只有验封印才能发现。

manifest.json: the SHA-256 of every file here; manifest.seal: its seal (HMAC-SHA-256; the key is where this comes from).
ledger.json is the ledger; every entry has the hash of the one before it, as docs/ledger.md of Lianban says.
To check: lianban ledger check THIS-FILE; the seals can only be checked with --secret, where this comes from.
Without the secret every hash can be followed; a file forged as a whole is found by its seal alone.
"""
_EARLIEST = (1980, 1, 1, 0, 0, 0)


def sealed(blind: Blind, manifest: bytes) -> str:
    """The seal of a manifest."""
    return blind("dossier", hashlib.sha256(manifest).hexdigest())


def bind(file: IO[bytes], dossier: Dossier, printed: Mapping[str, bytes]) -> None:
    """Write the file of a case, with what was `printed` of it (by name). `FileGone` when a scan is not what it was."""
    with zipfile.ZipFile(file, "w") as archive:
        texts = {"README.txt": README, **dossier.texts}
        hashes = {name: _put(archive, name, text.encode()) for name, text in sorted(texts.items())}
        hashes |= {name: _put(archive, name, content) for name, content in sorted(printed.items())}
        for name, hash_ in sorted(dossier.scans.items()):
            hashes[name] = _put(archive, name, dossier.vault.read(hash_))
        manifest = dumps(
            {
                "format": FORMAT,
                "number": dossier.number,
                "exported_at": dossier.at.isoformat(),
                "exported_by": dossier.by,
                "reason": dossier.reason,
                "head": dossier.head,
                "files": hashes,
            }
        ).encode()
        _put(archive, MANIFEST, manifest)
        _put(archive, SEAL, sealed(dossier.vault.blind, manifest).encode())


def _put(archive: zipfile.ZipFile, name: str, content: bytes) -> str:
    entry = zipfile.ZipInfo(name, _EARLIEST)
    entry.create_system, entry.external_attr = 3, 0o600 << 16
    entry.compress_type = zipfile.ZIP_STORED if name.startswith("scans/") else zipfile.ZIP_DEFLATED
    archive.writestr(entry, content)
    return hashlib.sha256(content).hexdigest()
