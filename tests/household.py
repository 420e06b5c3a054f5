"""A pack with a list of family members, for tests: two items each see a part of every member."""

from pathlib import Path

from engine import catalog, releases
from engine.app import Engine
from engine.work import SYSTEM

ROOT = Path(__file__).parent / "packs"
FIELDS = """
["household.income"]
label = "月收入"
en = "Monthly income"
type = "number"
check = "money"

["household.total"]
label = "家庭月收入合计"
en = "Monthly income of the family"
type = "number"
check = "money"

["household.card"]
label = "银行卡号"
en = "Bank card number"
type = "textfield"
check = "cn.bankcard"
secrecy = "account"

["household.health"]
label = "健康状况"
en = "Health"
type = "radio"
choices = [{ value = "well", label = "健康", en = "Well" }, { value = "ill", label = "患病", en = "Ill" }]
"""


def files() -> dict[str, str]:
    """The files of the pack, with the shared forms and the dictionary of the installation and a few fields more."""
    content = catalog.content_root()
    shared = {f"forms/shared/{p.name}": p.read_text("utf-8") for p in (content / "forms/shared").glob("*.json")}
    named = {name: text for name, text in shared.items() if name.endswith(("decide.json", "supplement.json"))}
    letter = (content / "workflows/shared/letters/refused.html").read_text("utf-8")
    named["workflows/household/letters/refused.html"] = letter
    dictionary = (content / "forms/fields.toml").read_text("utf-8") + FIELDS
    return catalog.files_of(ROOT, "household") | named | {"forms/fields.toml": dictionary}


def publish_household(engine: Engine) -> str:
    """Publish the pack; returns the release's hash."""
    with engine.begin(SYSTEM) as work:
        return releases.publish(work, files()).hash


def connectors() -> str:
    """The connectors of the installation."""
    return (catalog.content_root() / "workflows/connectors.toml").read_text("utf-8")


def publish_files(engine: Engine, changed: dict[str, str]) -> str:
    """Publish the pack with changed files; returns the release's hash."""
    with engine.begin(SYSTEM) as work:
        return releases.publish(work, changed).hash
