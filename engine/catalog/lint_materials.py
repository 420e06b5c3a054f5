"""Can what a pack says of its papers be done? 容缺 and 告知承诺 as 国办发〔2020〕42号 and domain.md 2.0.4 have them."""

from collections.abc import Iterable, Iterator

from engine.catalog import lint_names, manifest, rules
from engine.catalog.gather import Gathered
from engine.catalog.lint_references import unknown
from engine.catalog.manifest import Manifest
from engine.catalog.pack import MaterialSpec
from engine.errors import Finding
from engine.forms import Form
from engine.words import MaterialSource, MaterialState, Trust


def findings(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """Everything a paper says that could never take effect, or would take effect without its ground."""
    for spec in said.materials:
        line = manifest.line_of(pack.files[pack.pack_file], "code", spec.code)
        for rule in _amiss(spec):
            yield rules.finding(pack.pack_file, line, rule, name=spec.name)
        yield from _keys(pack, said, spec, line)


def _amiss(spec: MaterialSpec) -> Iterator[str]:
    if spec.tolerable and not spec.required:
        yield "tolerable-not-required"
    if spec.tolerable and spec.tolerable.days < 1:
        yield "tolerable-no-days"
    if spec.commitment and MaterialState.COMMITMENT not in spec.states:
        yield "commitment-not-accepted"
    if spec.reusable_days and not spec.holder:
        yield "reuse-no-holder"
    if spec.reusable_days and spec.trust not in (Trust.A, Trust.B):
        yield "reuse-no-trust"
    if spec.source == MaterialSource.SHARED and MaterialState.SHARED not in spec.states:
        yield "source-not-accepted"


def _keys(pack: Gathered, said: Manifest, spec: MaterialSpec, line: int) -> Iterator[Finding]:
    """The keys a paper names are asked wherever an item that needs it applies."""
    if pack.broken:
        return
    asked = lint_names.situation_keys(pack, said)
    for item in (item for item in said.items if item.code in spec.items):
        forms = [pack.forms[name] for name in item.forms if name in pack.forms]
        keys = asked.union(*(form.keys for form in forms))
        for key, known in (*((k, keys | _row(forms, spec)) for k in spec.unique), (spec.holder, keys)):
            if key and key not in known:
                yield unknown(pack.pack_file, line, "material-key-unknown", key, known)


def _row(forms: Iterable[Form], spec: MaterialSpec) -> frozenset[str]:
    """What a row of the first list among the keys asks: each row is a bill, and a bill lies in one list."""
    inner = {f"{f.key}.{name}": f.key for form in forms for f in form.fields if f.rows for name in f.rows.form.names}
    own = next((inner[key] for key in spec.unique if key in inner), None)
    return frozenset(name for name, around in inner.items() if around == own)
