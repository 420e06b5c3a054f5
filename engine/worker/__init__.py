"""Who does what no person does: timers, jobs and messages. In the web process, alone, or rung by a broker."""

from engine.worker.crew import THREADS, Crew, run
from engine.worker.perform import Desk, Done, nobody, perform
from engine.worker.sweeps import carry, sweep

__all__ = ["THREADS", "Crew", "Desk", "Done", "carry", "nobody", "perform", "run", "sweep"]
