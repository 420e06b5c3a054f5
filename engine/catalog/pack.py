"""What a pack is, as values."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from engine import dmn, feel, runtime
from engine.catalog import rules
from engine.catalog.apart import Apart as Apart
from engine.catalog.apart import Visits as Visits
from engine.catalog.connectors import Connector
from engine.catalog.duplicates import Duplicates
from engine.catalog.limit import EscalationStep as EscalationStep
from engine.catalog.limit import Limit
from engine.catalog.limit import Promise as Promise
from engine.errors import PackInvalid
from engine.forms import Form
from engine.letters import Template
from engine.words import (
    Issuer,
    Joint,
    Level,
    LimitUnit,
    MaterialSource,
    MaterialState,
    Need,
    NoticeKind,
    Occasion,
    Outcome,
    PersonRole,
    Post,
    Trust,
)


@dataclass(frozen=True)
class Result:
    """The document an item gives: its name, and the keys of the item's answers that hold its number and dates."""

    name: str
    number: str = ""
    issued: str = ""
    until: str = ""


@dataclass(frozen=True)
class ItemSpec:
    """One department's part. `when` reads the situation answers: not true means the item is not needed.

    None means that the pack's guide says when. `reason` and `need` are what holds when `when` does. `otherwise` is how
    it ends by itself when one it depends on ends without being granted; None: the drawing decides. `joint` is what the
    leading department waits for (None: what the pack says), `commits` when the item has given its commitment.
    `legal` is what the law allows, `extension` what an approver may add once; `phases` are limits of groups of steps.
    `apart` is what it takes when it is not joined with others.
    """

    code: str
    name: str
    lane: str
    forms: tuple[str, ...]
    when: feel.Expression | None
    depends: tuple[str, ...]
    promise: Promise | None
    reason: str = ""
    need: Need = Need.REQUIRED
    otherwise: Outcome | None = None
    joint: Joint | None = None
    commits: feel.Expression | None = None
    result: Result | None = None
    legal: Promise | None = None
    extension: Promise | None = None
    phases: Mapping[str, Limit] = field(default_factory=dict)
    apart: Apart | None = None


@dataclass(frozen=True)
class Tolerance:
    """How long a paper may follow after acceptance (容缺), and who says so.

    `granted`: whether an item may be granted while it is still missing (容缺通过); else its grant waits for the paper.
    """

    days: int
    unit: LimitUnit
    source: str
    granted: bool


@dataclass(frozen=True)
class Commitment:
    """What the applicant signs instead of a paper (告知承诺). `proxy`: when the applicant is not there in person."""

    text: str
    proxy: feel.Expression


@dataclass(frozen=True)
class MaterialSpec:
    """One paper and the items that need it. `when` reads the facts at the start of the case; None: the guide says.

    `proof`: the code of the allowed proof (证明) it is; nothing for every other paper. `kind`: what it is in every pack
    (its code, unless the pack says otherwise), for what is taken over from an earlier case or must not be used twice.
    `holder`: the form key with the ID number of the person it is about. `unique`: form keys that tell one bill from
    another. `trust`: the most anybody can believe it. `reusable_days`: how long it serves later cases; 0: not at all.
    """

    code: str
    name: str
    items: tuple[str, ...]
    when: feel.Expression | None
    states: tuple[MaterialState, ...]
    required: bool
    note: str
    proof: str = ""
    kind: str = ""
    source: MaterialSource = MaterialSource.APPLICANT
    trust: Trust = Trust.A
    holder: str = ""
    unique: tuple[str, ...] = ()
    reusable_days: int = 0
    tolerable: Tolerance | None = None
    commitment: Commitment | None = None
    reason: str = ""


@dataclass(frozen=True)
class CheckSpec:
    """Something several answers say together that the window should know before it accepts.

    `when` is true when it is so; `text` says it at `field`. A warning does not keep anybody from accepting. With `each`
    it looks at every row of that list, and `field` is one inside the row. With `tasks` it looks at what these steps of
    the drawing are answered, and not at the application: `field` is one of their form.
    """

    code: str
    when: feel.Expression
    field: str
    text: str
    warning: bool
    each: str = ""
    tasks: tuple[str, ...] = ()


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
class LetterSpec:
    """A notice: which (`kind`, `name`, `word` in its number), when it is issued, by whom, for whom, on which ground.

    Without `item` it is for any item. `when` reads what the letter itself may read. `to` are those keys of `applicant`
    whose people it is for: it reads nothing about the others. `file` is the path of the template.
    """

    kind: NoticeKind
    name: str
    word: str
    on: tuple[Occasion, ...]
    item: str
    when: feel.Expression
    by: Issuer
    to: tuple[str, ...]
    file: str
    basis: str


@dataclass(frozen=True)
class Guide:
    """The decisions that say which items and papers are called for, and why; empty where these say it themselves.

    `models` holds the decision models the two stand in, by the decision's name.
    """

    items: str = ""
    materials: str = ""
    models: Mapping[str, dmn.Model] = field(default_factory=dict, repr=False, compare=False)


@dataclass(frozen=True)
class LaneSpec:
    """A lane of the drawing: which kind of department at which level, and who in it gets the tasks."""

    name: str
    kind: str
    level: Level
    posts: tuple[Post, ...]


@dataclass(frozen=True)
class Parameter:
    """A legal value from a day on, with its source; with an `area` it holds in that region alone."""

    value: Decimal | int | str
    unit: str
    since: date
    source: str
    area: str = ""


@dataclass(frozen=True)
class Local:
    """What is otherwise in one region, from a day to a day (both included), and who says so.

    It is about an item or a lane. `off` is the reason an item is not handled there, `on` takes back the `off` of a
    wider region; what is None is as everywhere.
    """

    region: str
    since: date
    until: date | None
    source: str
    item: str = ""
    lane: str = ""
    off: str = ""
    on: bool = False
    promise: Promise | None = None
    depends: tuple[str, ...] | None = None
    level: Level | None = None
    posts: tuple[Post, ...] | None = None


@dataclass(frozen=True)
class Pack:
    """Everything a release needs. `parameters` holds each name's values, oldest first; `texts` Chinese → English.

    `local` is what is otherwise somewhere; `catalog.local` makes of it the pack as it holds in an area on a day, in
    which `away` says why an item is not handled there.
    """

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
    visits: Visits | None = None
    escalation: tuple[EscalationStep, ...] = ()
    people: Mapping[str, PersonRole] = field(default_factory=dict)
    checks: tuple[CheckSpec, ...] = ()
    prefill: tuple[PrefillSpec, ...] = ()
    connectors: Mapping[str, Connector] = field(default_factory=dict)
    letters: tuple[LetterSpec, ...] = ()
    templates: Mapping[str, Template] = field(default_factory=dict, repr=False)
    guide: Guide = Guide()
    local: tuple[Local, ...] = ()
    away: Mapping[str, str] = field(default_factory=dict)
    joint: Joint = Joint.ENDED
    duplicates: Duplicates | None = None

    @property
    def drawing(self) -> str:
        """The drawing's XML."""
        return self.files[f"workflows/{self.code}/process.bpmn"]

    def item(self, code: str) -> ItemSpec:
        """The item with this code."""
        return next(item for item in self.items if item.code == code)

    def parameters_on(self, day: date) -> dict[str, Decimal | int | str]:
        """The values in force on a day. Raises PackInvalid when one has no value yet."""
        everywhere = {name: [p for p in dated if not p.area] for name, dated in self.parameters.items()}
        in_force = {name: [p for p in dated if p.since <= day] for name, dated in everywhere.items()}
        missing = sorted(name for name, dated in in_force.items() if not dated)
        if missing:
            file = f"workflows/{self.code}/pack.toml"
            raise PackInvalid([rules.finding(file, 0, "parameter-early", name=name, day=day) for name in missing])
        return {name: dated[-1].value for name, dated in in_force.items()}
