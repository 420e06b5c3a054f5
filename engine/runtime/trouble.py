"""What stops a step. Never leaves this package: `step` turns it into an `Incident`."""


class Trouble(Exception):
    """The process cannot go on at `node`; says why in both languages. `error`: the code of an error nobody caught."""

    def __init__(self, node: str, zh: str, en: str, error: str | None = None) -> None:
        super().__init__(f"{node}: {en}")
        self.node = node
        self.zh = zh
        self.en = en
        self.error = error


class TextRefused(Exception):
    """A literal (duration, date, number) cannot be understood."""

    def __init__(self, zh: str, en: str) -> None:
        super().__init__(en)
        self.zh = zh
        self.en = en
