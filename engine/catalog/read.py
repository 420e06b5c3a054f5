"""Files → `Pack`, or every reason why not."""

from collections.abc import Mapping

from engine.catalog import lint_guide, lint_local, lint_references, scenario
from engine.catalog.gather import Gathered, gather, stories, toml
from engine.catalog.pack import Pack
from engine.catalog.scenario import Scenario
from engine.errors import PackInvalid
from engine.forms import FieldDefinition


def read(files: Mapping[str, str]) -> Pack:
    """The pack these files make (as `files_of` gives them). Raises PackInvalid naming everything that cannot be read.

    A pack that can be read may still be wrong; `lint` says so, and publishing asks it.
    """
    gathered = gather(files)
    found = (*gathered.findings, *lint_references.findings(gathered), *lint_guide.findings(gathered))
    found += tuple(lint_local.findings(gathered))
    findings = [finding for finding in found if not finding.warning]
    if findings:
        raise PackInvalid(findings)
    return _pack(gathered)


def scenarios(pack: Pack) -> tuple[Scenario, ...]:
    """The scenarios of a pack by file name. Raises PackInvalid naming everything in them that cannot be read."""
    found, findings = [], []
    for name, text in sorted(stories(pack.code, pack.files).items()):
        document, wrong = toml(name, text)
        story, more = (None, []) if wrong else scenario.read(name, text, document)
        findings += [*wrong, *more]
        found += [story] if story else []
    if findings:
        raise PackInvalid(findings)
    return tuple(found)


def english(dictionary: Mapping[str, FieldDefinition], texts: Mapping[str, str]) -> dict[str, str]:
    """Chinese → English: what the field dictionary says, and above it what `en.toml` says."""
    known: dict[str, str] = {}
    for entry in dictionary.values():
        pairs = [(entry.label, entry.en), (entry.help, entry.help_en), *((c.label, c.en) for c in entry.choices)]
        known |= {chinese: words for chinese, words in pairs if chinese and words}
    return {**known, **texts}


def _pack(gathered: Gathered) -> Pack:
    said, model = gathered.manifest, gathered.model
    if said is None or model is None:  # without findings both were read
        raise PackInvalid(gathered.findings)
    return Pack(
        code=said.code,
        name=said.name,
        about=said.about,
        lead=said.lead,
        situation=gathered.forms[said.situation],
        items=said.items,
        materials=said.materials,
        lanes=said.lanes,
        parameters=said.parameters,
        forms=gathered.forms,
        model=model,
        texts=english(gathered.dictionary, gathered.texts),
        applicant=said.applicant,
        effective_from=said.effective_from,
        effective_to=said.effective_to,
        files=dict(gathered.files),
        promise=said.promise,
        legal=said.legal,
        visits=said.visits,
        escalation=said.escalation,
        people=said.people,
        checks=said.checks,
        prefill=said.prefill,
        duplicates=said.duplicates,
        connectors=gathered.connectors,
        letters=said.letters,
        templates=gathered.templates,
        local=said.local,
        joint=said.joint,
        guide=lint_guide.complete(gathered, said),
    )
