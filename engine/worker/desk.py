"""The desk of an installation: jobs of the drawing are questions to other departments, and every one is logged."""

from engine import exchange
from engine.exchange import Exchange
from engine.jobs import Errand
from engine.worker.perform import Desk, Done


def desk(offices: Exchange) -> Desk:
    """Ask through these connectors."""

    def ask(errand: Errand) -> Done:
        asked = offices.ask(errand)
        return Done(asked.reply, lambda work: exchange.record(work, asked))

    return ask
