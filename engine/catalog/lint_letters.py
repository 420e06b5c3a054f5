"""The letters of a pack: does every name they read mean something its reader may know, and is every refusal explained?

A refusal says why, by which law and what can be done against it: 《中华人民共和国行政许可法》第三十八条;
《中华人民共和国行政复议法》第二十条 (60 days), 《中华人民共和国行政诉讼法》第四十六条 (6 months).
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace

from engine.catalog import lint_outcomes, manifest, rules
from engine.catalog.gather import Gathered
from engine.catalog.letter_scope import of_case, readable_by, told
from engine.catalog.letter_specs import ALWAYS
from engine.catalog.lint_names import Known
from engine.catalog.manifest import Manifest
from engine.catalog.pack import LetterSpec
from engine.errors import Finding
from engine.forms import lines
from engine.forms.shape import nearest
from engine.runtime import Model
from engine.words import Issuer, NoticeKind, Occasion

REMEDIES = ("行政复议", "行政诉讼")
REASONS = ("reason", "legal_basis")


def findings(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """Everything that is wrong with the letters."""
    yield from _unused(pack, said)
    yield from _nodes(pack, said, model)
    yield from _twice(pack, said)
    answers = _answers(pack, said, model)
    for letter in said.letters:
        yield from _fits(pack, said, letter)
        if not pack.broken and letter.file in pack.templates:
            yield from _names(pack, said, model, letter, answers)
    for item in lint_outcomes.refusable(pack, said, model):
        if not any(_explains(pack, letter, item.code) for letter in said.letters if letter.item in ("", item.code)):
            line = manifest.line_of(pack.files[pack.pack_file], "code", item.code)
            yield rules.finding(pack.pack_file, line, "letter-refusal", name=item.name)


def _unused(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    for file in sorted(pack.templates.keys() - {letter.file for letter in said.letters}):
        yield rules.finding(file, 0, "letter-unused")


def _nodes(pack: Gathered, said: Manifest, model: Model) -> Iterator[Finding]:
    """What a node of the drawing issues is there, and somebody issues it."""
    for node in model.nodes.values():
        code = node.properties.get("notice", "")
        fits = [letter for letter in said.letters if letter.kind == code and letter.item in ("", node.item)]
        if code and not any(node.item or letter.by is Issuer.WINDOW for letter in fits):
            yield rules.finding(pack.drawing_file, node.line, "letter-unknown", name=node.called, value=code)


def _twice(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    seen: dict[tuple[object, ...], LetterSpec] = {}
    for letter in said.letters:
        for occasion in letter.on:
            key = (letter.kind, letter.item, frozenset(letter.to), occasion)
            first = seen.setdefault(key, letter)
            if first is not letter and ALWAYS in (first.when, letter.when):
                yield rules.finding(pack.pack_file, _line(pack, letter), "letter-twice", name=letter.name,
                                    other=first.name)  # fmt: skip


def _fits(pack: Gathered, said: Manifest, letter: LetterSpec) -> Iterator[Finding]:
    line, codes = _line(pack, letter), [item.code for item in said.items]
    whole = [occasion.startswith("case:") for occasion in letter.on]
    if any(whole) and (not all(whole) or letter.item or letter.by is not Issuer.WINDOW):
        yield rules.finding(pack.pack_file, line, "letter-mixed", name=letter.name)
    if letter.kind is NoticeKind.SGZ and letter.on != (Occasion.CASE_SUPPLEMENT,):
        yield rules.finding(pack.pack_file, line, "letter-once", name=letter.name)
    where = f"letters {letter.name}"
    wrong = [("item", letter.item, codes)] if letter.item else []
    for name, value, known in (*wrong, *(("to", key, said.applicant) for key in letter.to)):
        if value not in known:
            told_of = {"where": where, "name": name, "value": value, "known": ", ".join(known)}
            yield rules.finding(pack.pack_file, line, "bad-value", **told_of)


def _names(
    pack: Gathered, said: Manifest, model: Model, letter: LetterSpec, answers: Mapping[str, frozenset[str]]
) -> Iterator[Finding]:
    """Names are known for every item the letter may be about."""
    codes = [letter.item] if letter.item else [""] if of_case(letter) else [item.code for item in said.items]
    scopes = [readable_by(letter, code, said, pack.forms, model, said.situation) for code in codes]
    about = [letter.item] if letter.item else [item.code for item in said.items]
    known = Known(frozenset.intersection(*scopes) | frozenset(told(letter, about, answers)))
    for read in dict.fromkeys(pack.templates[letter.file].reads):
        if not known.has(read.name):
            found = _unknown(letter.file, read.line, letter, read.name, known)
            yield found if read.sure else replace(found, warning=True)
    for name in sorted(letter.when.names | letter.when.filter_names):
        if not known.has(name):
            yield _unknown(pack.pack_file, _line(pack, letter), letter, name, known)


def _unknown(file: str, line: int, letter: LetterSpec, name: str, known: Known) -> Finding:
    zh, en = nearest(name, known.facts)
    return rules.finding(file, line, "letter-name", letter=letter.name, name=name, suggestion_zh=zh, suggestion=en)


def _answers(pack: Gathered, said: Manifest, model: Model) -> dict[str, frozenset[str]]:
    """The keys of what the handlers of each item answer."""
    found: dict[str, frozenset[str]] = {item.code: frozenset() for item in said.items}
    for node in model.nodes.values():
        form = pack.forms.get(node.form or "")
        if form and node.item in found:
            found[node.item] |= form.keys
    return found


def _explains(pack: Gathered, letter: LetterSpec, item: str) -> bool:
    """Whether the letter always comes with a refusal, and says why, by which law, and what can be done."""
    template = pack.templates.get(letter.file)
    if template is None or Occasion.ITEM_REFUSED not in letter.on or letter.when != ALWAYS:
        return False
    reads = {read.name for read in template.reads}
    reasoned = all({f"{item}.{name}", f"notice.item.said.{name}"} & reads for name in REASONS)
    return reasoned and all(remedy in template.words for remedy in REMEDIES)


def _line(pack: Gathered, letter: LetterSpec) -> int:
    return lines.line_of(pack.files[pack.pack_file], f'"{letter.name}"')
