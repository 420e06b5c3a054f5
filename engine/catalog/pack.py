"""What a pack is, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from engine import feel, runtime
from engine.catalog import rules
from engine.catalog.limit import Limit
from engine.errors import PackInvalid
from engine.forms import Form
from engine.words import Level, LimitUnit, MaterialState, PersonRole, Post


@dataclass(frozen=True)
class Promise:
    """How long an item or a case takes, as promised to the applicant, and who says so. `days` are counted in `unit`.

    The same says how long the law allows, and by how much an approver may extend it. Nothing stops a clock that is not
    `pausable`: an emergency runs on while papers are missing.
    """

    days: int
    unit: LimitUnit
    text: str
    source: str
    pausable: bool = True


@dataclass(frozen=True)
class EscalationStep:
    """Whom a clock tells that time is running out: at `percent` of the limit, or so long `after` all of it.

    With `slip` the department gets a supervision slip (督办单) it has to answer.
    """

    percent: int
    after: Limit | None
    to: tuple[Post, ...]
    slip: bool = False


@dataclass(frozen=True)
class ItemSpec:
    """One department's part. `when` reads the situation answers: not true means the item is not needed.

    `legal` is what the law allows, `extension` what an approver may add once; `phases` are limits of groups of steps.
    """

    code: str
    name: str
    lane: str
    forms: tuple[str, ...]
    when: feel.Expression
    depends: tuple[str, ...]
    promise: Promise | None
    legal: Promise | None = None
    extension: Promise | None = None
    phases: Mapping[str, Limit] = field(default_factory=dict)


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
    legal: Promise | None = None
    escalation: tuple[EscalationStep, ...] = ()
    people: Mapping[str, PersonRole] = field(default_factory=dict)

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
