"""Prefill 共享数据填入: what other departments know goes into the form, with its source, and overwrites nothing.

questions (read) → ask (outside any transaction) → take (store)
"""

from engine.prefill.asking import Question, ask, questions
from engine.prefill.taking import take

__all__ = ["Question", "ask", "questions", "take"]
