"""Forms: read, combine, check, derive. Pure; see README.md in this folder."""

from engine.forms.check import check, so_far, visible
from engine.forms.combine import combine
from engine.forms.derive import derive
from engine.forms.dictionary import read_dictionary
from engine.forms.display import display
from engine.forms.mask import mask
from engine.forms.model import EMPTY, Choice, Field, FieldDefinition, FieldType, Form, Secrecy, Section
from engine.forms.paths import flatten, nest, overlay, said
from engine.forms.schema import read

__all__ = [
    "EMPTY", "Choice", "Field", "FieldDefinition", "FieldType", "Form", "Secrecy", "Section", "check", "combine",
    "derive", "display", "flatten", "mask", "nest", "overlay", "read", "read_dictionary", "said", "so_far", "visible",
]  # fmt: skip
