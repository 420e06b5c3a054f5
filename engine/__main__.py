"""`python -m engine`: the verbs that need no web."""

import sys

from engine.cli import main

sys.exit(main())
