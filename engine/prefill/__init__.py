"""Prefill 共享数据填入: what other departments know goes into the form, with its source, and overwrites nothing.

due (what can be asked and was not) · questions (read) → ask (outside any transaction) → note (log) → take (store)
"""

from engine.prefill.asking import Question, ask, due, questions
from engine.prefill.taking import note, take

__all__ = ["Question", "ask", "due", "note", "questions", "take"]
