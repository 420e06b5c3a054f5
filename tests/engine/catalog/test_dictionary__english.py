"""The field dictionary says each Chinese text in one way: English is looked up by the text."""

import tomllib

from engine import catalog


def test_one_english_for_each_text():
    """Two would meet in one table, and a woman's sex was shown as "Daughter"."""
    entries = tomllib.loads((catalog.content_root() / "forms" / "fields.toml").read_text("utf-8")).values()
    said: dict[str, set[str]] = {}
    for entry in entries:
        pairs = [(entry.get("label"), entry.get("en")), (entry.get("help"), entry.get("help_en"))]
        for chinese, english in pairs + [(c["label"], c["en"]) for c in entry.get("choices", ())]:
            said.setdefault(chinese or "", set()).add(english)
    assert {chinese: words for chinese, words in said.items() if chinese and len(words) > 1} == {}
