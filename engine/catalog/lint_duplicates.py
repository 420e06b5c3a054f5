"""Can the rule about duplicate applications be carried out: does every form with it ask what has to be equal?"""

from collections.abc import Iterator

from engine.catalog import lint_names
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import Manifest
from engine.errors import Finding
from engine.forms import lines


def findings(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """Every key of `same` that neither the situation nor the application asks for."""
    if pack.broken or said.duplicates is None:
        return
    application = lint_names.application_forms(pack, said).values()
    known = lint_names.situation_keys(pack, said).union(*(form.names for form in application))
    line = lines.line_of(pack.files[pack.pack_file], "[duplicates]")
    for key in said.duplicates.same:
        if key not in known:
            yield unknown(pack.pack_file, line, "duplicates-field", key, known)
