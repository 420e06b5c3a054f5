"""Where packs are, and which files belong to one."""

import re
from collections.abc import Iterator
from pathlib import Path

from engine.catalog import rules
from engine.errors import PackInvalid

CODE = re.compile(r"[a-z][a-z0-9_-]*")
KINDS = frozenset({".bpmn", ".dmn", ".md", ".toml"})
LARGEST = 3_000_000  # bytes of one file; a larger one was not made by a person
SHARED = "forms/shared"
FIELDS = "forms/fields.toml"
PROOFS = "forms/proofs.toml"  # the proofs (证明) a pack may ask for
_PROOF = re.compile(r"\bproof\s*=")
CONNECTORS = "workflows/connectors.toml"


def content_root() -> Path:
    """The folder that holds `workflows/` and `forms/`: the checkout, or the copies an installed package carries."""
    here = Path(__file__).resolve().parents[2]
    return here if (here / "workflows").is_dir() else here / "lianban_content"


def packs_on_disk(root: Path) -> list[str]:
    """Codes of the packs below `root`, sorted: each folder of `workflows/` with a `pack.toml`."""
    return sorted(
        path.parent.name for path in (root / "workflows").glob("*/pack.toml") if CODE.fullmatch(path.parent.name)
    )


def files_of(root: Path, code: str) -> dict[str, str]:
    """Everything that makes the pack `code`, by path relative to `root`. Raises PackInvalid for what cannot be read.

    Of the shared forms only those the pack names belong to it, so that changing another one changes nothing here.
    """
    folder = root / "workflows" / code
    if not CODE.fullmatch(code) or not folder.is_dir():
        raise PackInvalid([rules.finding(f"workflows/{code}", 0, "pack-missing", code=code)])
    files = {_name(root, path): _text(root, path) for path in _own(root, code)}
    if (root / PROOFS).is_file() and _PROOF.search(files.get(f"workflows/{code}/pack.toml", "")):
        files[PROOFS] = _text(root, root / PROOFS)
    shared = sorted((root / SHARED).glob("*.json"))
    named = {_name(root, path): path for path in shared if _is_named(f"shared/{path.stem}", files)}
    return files | {name: _text(root, path) for name, path in named.items()}


def _own(root: Path, code: str) -> Iterator[Path]:
    yield from sorted(p for p in (root / "workflows" / code).rglob("*") if p.suffix in KINDS and p.is_file())
    yield from sorted((root / "forms" / code).glob("*.json"))
    if (root / FIELDS).is_file():
        yield root / FIELDS
    drawing = root / "workflows" / code / "process.bpmn"
    manifest = root / "workflows" / code / "pack.toml"
    asks = (drawing.is_file() and b":taskDefinition" in drawing.read_bytes()) or (
        manifest.is_file() and b"[[prefill]]" in manifest.read_bytes()
    )
    if (root / CONNECTORS).is_file() and asks:
        yield root / CONNECTORS  # only what asks other departments changes when they do


def _is_named(form: str, files: dict[str, str]) -> bool:
    quoted = (f'"{form}"', f"'{form}'")
    return any(q in text for name, text in files.items() if name.endswith(("pack.toml", ".bpmn")) for q in quoted)


def _name(root: Path, path: Path) -> str:
    return path.relative_to(root).as_posix()


def _text(root: Path, path: Path) -> str:
    name = _name(root, path)
    if not path.resolve().is_relative_to(root.resolve()):
        raise PackInvalid([rules.finding(name, 0, "file-outside")])
    if path.stat().st_size > LARGEST:
        raise PackInvalid([rules.finding(name, 0, "file-large", limit=LARGEST)])
    try:
        return path.read_text("utf-8")
    except UnicodeDecodeError as error:
        raise PackInvalid([rules.finding(name, 0, "file-encoding", position=error.start)]) from None
