"""What differs in the letters: which notices there are, when they are issued, by and for whom, and what they say."""

from collections.abc import Iterator

from engine.catalog import LetterSpec, Pack
from engine.changes.change import Audience, Both, Change, listed, matched, plain
from engine.forms.lines import line_of

FILE = "workflows/{code}/pack.toml"


def letters(both: Both) -> Iterator[Change]:
    """Every difference of the letters."""
    pairs, gone, come = matched(both.old.letters, both.new.letters, _key, lambda letter: letter.name)
    for letter in gone:
        zh, en = f"不再出具《{letter.name}》", f'"{both.en(letter.name)}" is no longer issued'
        yield _change(both, letter, "letter-removed", Audience.APPLICANT, (letter.name, None), zh, en, gone=True)
    for letter in come:
        zh, en = f"新增文书《{letter.name}》", f'New notice "{both.en(letter.name)}"'
        yield _change(both, letter, "letter-added", Audience.APPLICANT, (None, letter.name), zh, en)
    for old, new in pairs:
        yield from _said(both, old, new)
        before, after = _text(both.old, old), _text(both.new, new)
        if before != after:
            zh, en = f"文书《{new.name}》的文字有改动", f'The words of "{both.en(new.name)}" changed'
            yield _change(both, new, "letter-words", Audience.APPLICANT, (old.file, new.file), zh, en)


def _said(both: Both, old: LetterSpec, new: LetterSpec) -> Iterator[Change]:
    name, called = new.name, both.en(new.name)
    for part, zh, en, audience, before, after in (
        ("kind", "代码", "code", Audience.DESIGNER, old.kind, new.kind),
        ("name", "名称", "name", Audience.APPLICANT, old.name, new.name),
        ("word", "编号代字", "word in the number", Audience.DESIGNER, old.word, new.word),
        ("on", "出具时机", "issued on", Audience.APPLICANT, listed(old.on), listed(new.on)),
        ("item", "事项", "item", Audience.APPLICANT, old.item, new.item),
        ("when", "条件", "condition", Audience.APPLICANT, plain(old.when.source), plain(new.when.source)),
        ("by", "出具者", "issued by", Audience.APPLICANT, old.by, new.by),
        ("to", "收件人", "for", Audience.APPLICANT, listed(old.to), listed(new.to)),
        ("file", "模板", "template", Audience.DESIGNER, old.file, new.file),
        ("basis", "依据", "legal basis", Audience.APPLICANT, old.basis, new.basis),
    ):
        if before != after:
            said = (str(before) or "—", str(after) or "—")
            words = (f"文书《{name}》的{zh}：{said[0]} → {said[1]}", f'{en} of "{called}": {said[0]} → {said[1]}')
            yield _change(both, new, f"letter-{part}", audience, said, *words)


def _key(letter: LetterSpec) -> tuple[object, ...]:
    return letter.kind, letter.name, letter.item, letter.to


def _text(pack: Pack, letter: LetterSpec) -> list[str]:
    """What the template says; how it is broken into lines does not count."""
    return pack.files.get(letter.file, "").split()


def _change(
    both: Both, letter: LetterSpec, kind: str, audience: Audience, said: tuple[str | None, str | None],
    zh: str, en: str, *, gone: bool = False,
) -> Change:  # fmt: skip
    file, text = both.file(FILE, gone=gone)
    return Change(kind, audience, "", letter.name, *said, zh, en, file, line_of(text, f'"{letter.name}"'))
