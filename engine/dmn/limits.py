"""How large a model may be. What one decision may cost on top of that is counted by engine.feel.limits, once a call."""

BYTES = 2_000_000  # one file
ELEMENTS = 40_000  # XML elements of one file
DEPTH = 64  # XML elements inside one another
FILES = 30  # a model with all it imports, directly or through others
SIBLINGS = 200  # files of a folder looked at to find an imported model
WARNINGS = 200  # kept of one decision
TYPE_DEPTH = 60  # levels of a value compared with its type
RULES_ANALYSED = 600  # of one table; the comparison of every rule with every other is quadratic
ANALYSIS_STEPS = 1_000_000  # pieces of columns looked at for one table
EXAMPLES = 5  # findings of one kind for one table
GAPS = 200  # looked for in one table
