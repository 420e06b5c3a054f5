"""Addresses of the other pages of a list."""

from urllib.parse import urlencode

from flask import request, url_for


def page_url(number: int) -> str:
    """This address with another page number; search words and the like stay."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    # Not through url_for: it would obey names like _scheme and _external that anybody can put into the query.
    query = urlencode([*kept, ("page", number)])
    return f"{url_for(str(request.endpoint), **(request.view_args or {}))}?{query}"
