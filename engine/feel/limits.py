"""How much one expression may cost. Packs are not trusted, so every bound is checked while parsing or running.

Steps are counted instead of seconds: the same expression over the same facts must always give the same answer, on a
fast machine and on a busy one.
"""

SOURCE = 20_000  # characters of one expression
NESTING = 60  # brackets, ifs, loops and postfix operators inside one another
STEPS = 200_000  # loop rounds, calls and the weight of what they handle
LIST = 100_000  # entries of one list or context, and of a range that is iterated
STRING = 1_000_000  # characters of one string
EXPONENT = 1_000  # right side of **
CALLS = 100  # user functions inside one another
PATTERN = 1_000  # characters of one regular expression
PATTERN_WEIGHT = 10_000  # parts of a regular expression, those repeated counted as often as they repeat
PATTERN_SECONDS = 0.1  # processor time of one regular expression
PATTERNS_SECONDS = 0.15  # processor time of all regular expressions of one evaluation
WARNINGS = 100  # different warnings kept
DIGITS = 34  # decimal digits of a number (IEEE 754 decimal128, DMN 1.5 section 10.3.2.3.1)
MAGNITUDE = 6_144  # largest decimal exponent of a number (decimal128)
YEAR = 999_999_999  # years run from minus this to this (DMN 1.5 section 10.3.2.3.4)
DURATION = 10**33  # nanoseconds, or months: a number holds them exactly

PARTS = 300_000  # values and commas of one written list or context, however often it holds the same list

CHARACTERS_PER_STEP = 100
SCANNED_PER_STEP = 1_000
ENTRIES_PER_STEP = 3
STEPS_OF_SERIES = 20  # powers, logarithms, roots: many times the work of a sum
STEPS_OF_CALL = 2  # a function of the expression's own, beside what its body does
