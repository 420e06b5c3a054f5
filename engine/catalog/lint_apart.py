"""Can the base of the four reductions be true: does the pack not ask for more than the matters do apart?"""

from collections.abc import Iterator

from engine.catalog import manifest, rules
from engine.catalog.apply import brought
from engine.catalog.gather import Gathered
from engine.catalog.keys import line_of_key
from engine.catalog.manifest import Manifest
from engine.catalog.pack import ItemSpec
from engine.errors import Finding
from engine.words import MaterialState

ALWAYS = "true"  # the condition of a paper that is needed whatever is answered


def findings(pack: Gathered, said: Manifest) -> Iterator[Finding]:
    """More papers for an item than apart; more visits than apart; no visit although an original is wanted."""
    text = pack.files[pack.pack_file]
    for item in said.items:
        yield from _papers(pack, said, item, manifest.line_of(text, "code", item.code))
    if said.visits:
        line, most = line_of_key(text, "visits"), said.visits.most
        apart = [item.apart.visits if item.apart else None for item in said.items]
        known = [times for times in apart if times is not None]
        if len(known) == len(apart) and sum(known) < most:
            yield rules.finding(pack.pack_file, line, "visits-more", most=most, apart=sum(known))
        for paper in said.materials:
            if not most and paper.required and paper.states == (MaterialState.ORIGINAL,):
                yield rules.finding(pack.pack_file, line, "visits-original", name=paper.name)


def _papers(pack: Gathered, said: Manifest, item: ItemSpec, line: int) -> Iterator[Finding]:
    """Only what is brought in every situation counts: the base may be that of one situation."""
    if item.apart is None or item.apart.papers is None:
        return
    own = [paper for paper in said.materials if item.code in paper.items and paper.required and brought(paper)]
    always = [paper.name for paper in own if paper.when and paper.when.source.strip() == ALWAYS]
    if len(always) > item.apart.papers:
        facts = {"name": item.name, "apart": item.apart.papers, "joint": len(always), "papers": "、".join(always)}
        yield rules.finding(pack.pack_file, line, "apart-papers", **facts)
