"""Addresses of other pages: of a list, and where to go on after a form."""

from urllib.parse import quote, urlencode

from flask import current_app, request, session, url_for
from werkzeug.exceptions import HTTPException
from werkzeug.routing import MapAdapter, RequestRedirect

from web.render.kept import printable

_SEARCH = "search "
LONGEST_SEARCH = 60  # characters, as in the search boxes


def page_url(number: int) -> str:
    """This address with another page number; search words and the like stay."""
    kept = [(name, value) for name, value in request.args.items(multi=True) if name != "page"]
    # Not through url_for: it would obey names like _scheme and _external that anybody can put into the query.
    query = urlencode([*kept, ("page", number)])
    return f"{url_for(str(request.endpoint), **(request.view_args or {}))}?{query}"


def remember_search(endpoint: str) -> None:
    """Keep the words just typed for a list. In the session, not in the address: people search for names."""
    words = printable(request.form.get("search", ""))[:LONGEST_SEARCH] if "clear" not in request.form else ""
    session[_SEARCH + endpoint] = words


def searched() -> tuple[str, int]:
    """What this list is searched for: the words, and the number of the page (1 unless the address says another)."""
    return searched_at(str(request.endpoint)), request.args.get("page", 1, int)


def searched_at(endpoint: str) -> str:
    """The words the list at an endpoint is searched for."""
    return str(session.get(_SEARCH + endpoint, ""))


def again() -> str:
    """Where to go on: this address if it can be opened by itself, else the nearest one above it that can.

    A form posts to `/window/drafts/…/accept`; the page it was on is `/window/drafts/…`.
    """
    adapter = current_app.create_url_adapter(request)
    path, query = request.path, request.query_string
    while adapter and path.strip("/"):
        if _opens(adapter, path):
            return quote(path) + ("?" + quote(query, safe="=&%+") if query else "")
        path, query = path.rstrip("/").rpartition("/")[0], b""
    return url_for("signin.home")


def _opens(adapter: MapAdapter, path: str) -> bool:
    try:
        adapter.match(path, method="GET")
    except RequestRedirect:
        return True  # the same address with a slash
    except HTTPException:
        return False
    return True
