"""What templates need to show the engine's values: words, moments, pack texts, refusals, fields."""

from collections.abc import Mapping
from typing import Any

from flask import Flask
from flask_babel import gettext

from web.render import cases, chips, clocks, fields, history, moments, numbers, packs, pages, reductions, words

FILTERS: Mapping[str, Any] = {
    "as_of": moments.as_of,
    "case_number": numbers.case_number,
    "clock": moments.clock,
    "counted": numbers.counted,
    "day": moments.day,
    "moment": moments.moment,
    "word": words.word,
}
FUNCTIONS: Mapping[str, Any] = {
    "alarm_words": clocks.alarm_words,
    "answer_words": cases.answer_words,
    "apart_words": reductions.apart_words,
    "asked_by": cases.asked_by,
    "call_words": cases.call_words,
    "change_words": cases.change_words,
    "clock_subject": clocks.clock_subject,
    "decision_words": cases.decision_words,
    "deemed_words": clocks.deemed_words,
    "delivery_ways": cases.delivery_ways,
    "drawing_words": packs.drawing_words,
    "event_words": cases.event_words,
    "field": fields,
    "ground_words": clocks.ground_words,
    "heard_now": cases.heard_now,
    "heard_words": cases.heard_words,
    "item_name": cases.item_name,
    "kept_words": cases.kept_words,
    "ledger": history,
    "lacking_words": reductions.lacking_words,
    "left_words": clocks.left_words,
    "limit_words": clocks.limit_words,
    "look_of": chips.look_of,
    "moved_words": clocks.moved_words,
    "names_of": packs.names_of,
    "our_words": gettext,  # for macros that take a function: `_` itself only works when a template calls it
    "outcome_words": cases.outcome_words,
    "pack_text": packs.pack_text,
    "page_url": pages.page_url,
    "paper_name": cases.paper_name,
    "paper_states": cases.paper_states,
    "plain_words": cases.plain_words,
    "rule_name": cases.rule_name,
    "texts_of": packs.texts_of,
    "told_pauses": clocks.told_pauses,
    "used_words": cases.used_words,
}


def install(app: Flask) -> None:
    """Register the filters and functions of this folder."""
    app.jinja_env.filters.update(FILTERS)
    app.jinja_env.globals.update(FUNCTIONS)
