"""Do the checks across fields stand at fields the application asks?"""

from collections.abc import Iterator

from engine.catalog import lint_names, manifest
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import Manifest
from engine.errors import Finding


def findings(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """Every list and field a check names and no form of the application has."""
    if pack.broken:
        return
    application = lint_names.application_forms(pack, said).values()
    lists = {f.key for form in application for f in form.fields if f.rows}
    keys = {key for form in application for key in form.keys} - lists
    for check in said.checks:
        line = manifest.line_of(pack.files[pack.pack_file], "code", check.code)
        if check.each and check.each not in lists:
            yield unknown(pack.pack_file, line, "check-field", check.each, lists)
            continue
        known = lint_names.rows_of(application, check.each) if check.each else keys
        if check.field not in known:
            yield unknown(pack.pack_file, line, "check-field", check.field, known)
