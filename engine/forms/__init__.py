"""Forms: read, combine, check, derive. Pure; see README.md in this folder."""

from engine.forms.check import automatic, check, filled, so_far, visible
from engine.forms.checks import id_number
from engine.forms.combine import combine
from engine.forms.derive import derive
from engine.forms.dictionary import read_dictionary
from engine.forms.display import display
from engine.forms.fixed import fixing, whole
from engine.forms.mask import mask
from engine.forms.model import EMPTY, Choice, Field, FieldDefinition, FieldType, Form, Rows, Secrecy, Section
from engine.forms.paths import flatten, names_in, nest, overlay, said, value_at, values_at
from engine.forms.reason import SHORTEST_REASON
from engine.forms.rows import Place, added, marks, over, places, removed
from engine.forms.schema import read
from engine.forms.typed import acceptable

__all__ = [
    "EMPTY",
    "SHORTEST_REASON",
    "Choice",
    "Field",
    "FieldDefinition",
    "FieldType",
    "Form",
    "Place",
    "Rows",
    "Secrecy",
    "Section",
    "acceptable",
    "added",
    "automatic",
    "check",
    "combine",
    "derive",
    "display",
    "filled",
    "fixing",
    "flatten",
    "id_number",
    "marks",
    "mask",
    "names_in",
    "nest",
    "over",
    "overlay",
    "places",
    "read",
    "read_dictionary",
    "removed",
    "said",
    "so_far",
    "value_at",
    "values_at",
    "visible",
    "whole",
]  # fmt: skip
