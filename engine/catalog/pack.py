"""What a pack is, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from engine import feel, runtime
from engine.catalog import rules
from engine.catalog.connectors import Connector
from engine.errors import PackInvalid
from engine.forms import Form
from engine.words import Level, LimitUnit, MaterialState, Post


@dataclass(frozen=True)
class Promise:
    """How long an item or a case takes, as promised to the applicant, and who says so. `days` are counted in `unit`."""

    days: int
    unit: LimitUnit
    text: str
    source: str


@dataclass(frozen=True)
class ItemSpec:
    """One department's part. `when` reads the situation answers: not true means the item is not needed."""

    code: str
    name: str
    lane: str
    forms: tuple[str, ...]
    when: feel.Expression
    depends: tuple[str, ...]
    promise: Promise | None


@dataclass(frozen=True)
class MaterialSpec:
    """One paper and the items that need it. `when` reads the facts at the start of the case.

    `proof`: the code of the allowed proof (证明) it is; nothing for every other paper.
    """

    code: str
    name: str
    items: tuple[str, ...]
    when: feel.Expression
    states: tuple[MaterialState, ...]
    required: bool
    note: str
    proof: str = ""


@dataclass(frozen=True)
class CheckSpec:
    """Something several answers say together that the window should know before it accepts.

    `when` is true when it is so; `text` says it at `field`. A warning does not keep anybody from accepting. With `each`
    it looks at every row of that list, and `field` is one inside the row.
    """

    code: str
    when: feel.Expression
    field: str
    text: str
    warning: bool
    each: str = ""


@dataclass(frozen=True)
class PrefillSpec:
    """A block of the application (a group, or each row of a list) that other departments' answers fill in.

    `ask` are connectors, whose inputs are fields of the block. Asked is only when the box `consent` is ticked.
    """

    group: str
    ask: tuple[str, ...]
    purpose: str
    basis: str
    consent: str


@dataclass(frozen=True)
class LaneSpec:
    """A lane of the drawing: which kind of department at which level, and who in it gets the tasks."""

    name: str
    kind: str
    level: Level
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class Parameter:
    """A legal value from a day on, with its source."""

    value: Decimal | int | str
    unit: str
    since: date
    source: str


@dataclass(frozen=True)
class Pack:
    """Everything a release needs. `parameters` holds each name's values, oldest first; `texts` Chinese → English."""

    code: str
    name: str
    about: str
    lead: str
    situation: Form
    items: tuple[ItemSpec, ...]
    materials: tuple[MaterialSpec, ...]
    lanes: Mapping[str, LaneSpec]
    parameters: Mapping[str, tuple[Parameter, ...]]
    forms: Mapping[str, Form]
    model: runtime.Model
    texts: Mapping[str, str]
    applicant: tuple[str, ...]
    effective_from: date
    effective_to: date | None
    files: Mapping[str, str] = field(repr=False)
    promise: Promise | None = None
    checks: tuple[CheckSpec, ...] = ()
    prefill: tuple[PrefillSpec, ...] = ()
    connectors: Mapping[str, Connector] = field(default_factory=dict)

    @property
    def drawing(self) -> str:
        """The drawing's XML."""
        return self.files[f"workflows/{self.code}/process.bpmn"]

    def item(self, code: str) -> ItemSpec:
        """The item with this code."""
        return next(item for item in self.items if item.code == code)

    def parameters_on(self, day: date) -> dict[str, Decimal | int | str]:
        """The values in force on a day. Raises PackInvalid when one has no value yet."""
        in_force = {name: [p for p in dated if p.since <= day] for name, dated in self.parameters.items()}
        missing = sorted(name for name, dated in in_force.items() if not dated)
        if missing:
            file = f"workflows/{self.code}/pack.toml"
            raise PackInvalid([rules.finding(file, 0, "parameter-early", name=name, day=day) for name in missing])
        return {name: dated[-1].value for name, dated in in_force.items()}
