"""Who does what no person does: timers, jobs and messages. In the web process, alone, or rung by a broker."""

from engine.worker.bell import Bell, keep_ringing
from engine.worker.crew import THREADS, Crew, run
from engine.worker.desk import desk
from engine.worker.perform import Desk, Done, nobody, perform
from engine.worker.sweeps import alarm, carry, deem, survive, sweep

__all__ = [
    "THREADS",
    "Bell",
    "Crew",
    "Desk",
    "Done",
    "alarm",
    "carry",
    "deem",
    "desk",
    "keep_ringing",
    "nobody",
    "perform",
    "run",
    "survive",
    "sweep",
]
