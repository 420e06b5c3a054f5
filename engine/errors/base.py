"""What every refusal is."""

from collections.abc import Mapping


class EngineError(Exception):
    """The request was refused."""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.sentence())

    @property
    def message(self) -> str:
        """The untranslated sentence, placeholders and all: the message id in the catalogs."""
        return type(self).__doc__ or ""

    def sentence(self, translate: Mapping[str, str] | None = None) -> str:
        """The sentence in English, or in the language of `translate`, with the facts filled in."""
        template = (translate or {}).get(self.message, self.message)
        return template.format(**self.facts)
