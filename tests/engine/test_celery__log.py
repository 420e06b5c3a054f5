"""Celery's processes log as all others do."""

import json
import logging

import pytest
from celery.signals import setup_logging

celery_app = pytest.importorskip("engine.celery_app")


@pytest.fixture
def root():
    """The root of the log, put back afterwards."""
    log = logging.getLogger()
    kept, level = log.handlers[:], log.level
    yield log
    log.handlers[:] = kept
    log.setLevel(level)


def test_a_broken_job_is_told_without_its_words(monkeypatch, capsys, root):
    """Celery leaves the log to us; an error that quotes somebody is a line of JSON with its kind and no name."""
    monkeypatch.setenv("LIANBAN_LOG", "json")
    monkeypatch.setattr(celery_app, "_opened", lambda: {}["李志远"])
    setup_logging.send(sender=None, loglevel=20, logfile=None, format="", colorize=False)
    celery_app.do("j-1")
    said = capsys.readouterr().err
    [line] = [json.loads(one) for one in said.splitlines()]
    assert "j-1" in line["message"]
    assert "KeyError" in line["error"]
    assert "李志远" not in said
