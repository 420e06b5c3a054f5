"""What an applicant sees without an account: the progress of their own case."""

from web.public.views import blueprint, entries

__all__ = ["blueprint", "entries"]
