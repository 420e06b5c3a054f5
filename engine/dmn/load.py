"""A model with everything it imports, each file read once."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from engine.dmn import drawing, elements, limits, messages
from engine.dmn.define import Types
from engine.dmn.elements import Definitions, Import
from engine.dmn.report import Report

Resolve = Callable[[str, str], Path | str | bytes | None]
"""Where an imported model is: from its namespace and location to a path or its content, None when not known."""


@dataclass
class Unit:
    """One file of a model with the units it imports by the name of the import."""

    definitions: Definitions
    report: Report
    types: Types
    imports: list[tuple[Import, "Unit"]] = field(default_factory=list)

    @property
    def namespace(self) -> str:
        """What its elements are told apart by."""
        return self.definitions.namespace


def units(source: Path | str | bytes, resolve: Resolve | None) -> tuple[list[Unit], list[Report]]:
    """The model's own unit first, then those it imports. The reports may hold findings; no unit: nothing was read."""
    loader = _Loader(resolve or _beside(source))
    own = loader.read(source)
    if own is None:
        return [], loader.reports
    waiting = [own]
    while waiting:
        waiting += loader.imports_of(waiting.pop(0))
    found = list(loader.found.values())
    for unit in found:
        unit.types.declare()
    for unit in found:
        unit.types.define()
    return found, loader.reports


class _Loader:
    def __init__(self, resolve: Resolve) -> None:
        self.found: dict[str, Unit] = {}
        self.reports: list[Report] = []
        self._resolve = resolve

    def read(self, source: Path | str | bytes) -> Unit | None:
        report = Report("model.dmn" if isinstance(source, bytes) else str(source))
        self.reports.append(report)
        content = source if isinstance(source, bytes) else _content(Path(source), report)
        root = drawing.parse(content, report) if content is not None else None
        if root is None:
            return None
        definitions = elements.read(root, report)
        unit = Unit(definitions, report, Types(definitions, report))
        self.found.setdefault(unit.namespace, unit)
        return unit

    def imports_of(self, unit: Unit) -> list[Unit]:
        """The units first met as imports of this one; all its imports are linked."""
        fresh = []
        for wanted in unit.definitions.imports:
            if wanted.kind and wanted.kind not in drawing.VERSIONS:
                unit.report.doubt(
                    "dmn-import", messages.FOREIGN_IMPORT, wanted.line, name=wanted.name, kind=wanted.kind
                )
                continue
            known = self.found.get(wanted.namespace)
            imported = known or self._fetch(wanted, unit)
            if imported is None:
                continue
            unit.imports.append((wanted, imported))
            unit.types.book.imports.setdefault(wanted.name, []).append(imported.types.book)
            fresh += [] if known else [imported]
        return fresh

    def _fetch(self, wanted: Import, unit: Unit) -> Unit | None:
        if len(self.found) >= limits.FILES:
            unit.report.add("dmn-import", messages.TOO_MANY_FILES, wanted.line, limit=limits.FILES)
            return None
        source = self._resolve(wanted.namespace, wanted.location)
        imported = self.read(source) if source is not None else None
        if source is None or (imported is not None and imported.namespace != wanted.namespace):
            unit.report.add("dmn-import", messages.NO_IMPORT, wanted.line, namespace=wanted.namespace)
            return None
        return imported


def _beside(source: Path | str | bytes) -> Resolve:
    """Looks for imported models in the folder of the model and nowhere else."""
    if isinstance(source, bytes):
        return lambda _namespace, _location: None
    folder = Path(source).parent

    def resolve(namespace: str, location: str) -> Path | None:
        named = folder / Path(location.replace("\\", "/")).name if location else None
        candidates = [named] if named is not None and named.is_file() else []
        candidates += sorted(folder.glob("*.dmn"))[: limits.SIBLINGS]
        return next((path for path in candidates if _namespace_of(path) == namespace), None)

    return resolve


def _namespace_of(path: Path) -> str | None:
    content = _content(path, Report(str(path)))
    root = drawing.parse(content, Report(str(path))) if content is not None else None
    return (root.get("namespace") or "").strip() if root is not None else None


def _content(path: Path, report: Report) -> bytes | None:
    try:
        with path.open("rb") as file:
            return file.read(limits.BYTES + 1)
    except OSError as error:
        report.add("dmn-file", messages.UNREADABLE, reason=error.strerror or str(error))
        return None
