"""Does a pack ask for a proof (证明) nobody may be asked for?

事务证明清理: a proof needs a law, or a place on the list of those that were kept; villages and communities issue none
(民发〔2020〕20号). The list with its sources is `forms/proofs.toml`.
"""

from collections.abc import Iterator

from engine.catalog import manifest, rules
from engine.catalog.files import PROOFS
from engine.catalog.gather import Gathered, toml
from engine.catalog.manifest import Manifest
from engine.errors import Finding
from engine.forms.shape import Reading

WORD = "证明"
_KEYS = ("name", "issuer", "source")


def findings(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """Materials that are a proof and not an allowed one; entries of the list that do not say who issues it and why."""
    allowed: dict[str, object] = {}
    if PROOFS in pack.files:
        allowed, wrong = toml(PROOFS, pack.files[PROOFS])
        reading = Reading(PROOFS, pack.files[PROOFS], wrong, rules.RULES)
        for code in allowed:
            table = reading.table(allowed, code, "proofs")
            for name in _KEYS:
                if not reading.plain(table, name, f"proofs {code}"):
                    reading.refuse("missing-key", 0, where=f"proofs {code}", name=name)
        yield from reading.findings
    for material in said.materials:
        if (material.proof or WORD in material.name) and material.proof not in allowed:
            line = manifest.line_of(pack.files[pack.pack_file], "code", material.code)
            known = "、".join(sorted(allowed))
            yield rules.finding(pack.pack_file, line, "proof-not-allowed", name=material.name, known=known)
