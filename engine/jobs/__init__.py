"""Jobs 作业: what machines do for a case. The rows are the truth; whoever runs them may die at any moment.

    due → claim → (the work itself, outside any transaction) → finish

A claim counts the attempt and is void after a while; the result of a void claim is ignored. So a job is tried at least
once, what it changes in the case happens exactly once, and one that kills its worker stops after its last try.
"""

from engine.jobs.claim import CLAIMABLE, LEASE, Errand, asked, claim, due
from engine.jobs.failed import MENDING, FailedJob, failure
from engine.jobs.finish import finish
from engine.jobs.mend import retry, skip
from engine.jobs.reply import Answer, Failure, Later, Reply, Thrown

__all__ = [
    "CLAIMABLE", "LEASE", "MENDING", "Answer", "Errand", "FailedJob", "Failure", "Later", "Reply", "Thrown", "asked",
    "claim", "due", "failure", "finish", "retry", "skip",
]  # fmt: skip
