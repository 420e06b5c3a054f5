"""Every text people read has its Chinese."""

from web import i18n


def test_the_chinese_catalog_is_complete_and_compiled():
    """Nothing is missing, uncertain or out of use, and messages.mo is compiled from messages.po."""
    assert not i18n.check()
