"""Log lines that hold nothing a person typed."""

import logging
import re
import traceback
from types import TracebackType

LINKS = re.compile(r"(/program/(?:code/|stop/)?|/l/|/alerts/stop/)[^/\s'\"]+")
"""In letters, and to lists: whoever reads the log must not be able to answer for a program or read a list."""


class PrivateFormatter(logging.Formatter):
    """Says where an error happened and of which kind it is, and leaves out its message.

    The database's messages quote the failing statement, and with it the words and places searched for.
    """

    def format(self, record: logging.LogRecord) -> str:
        return LINKS.sub(r"\1…", super().format(record))

    def formatException(  # noqa: N802
        self,
        ei: tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None],
    ) -> str:
        kind, error, _ = ei
        if kind is None or error is None:
            return ""
        return "".join(_where_and_what(link) for link in _chain(error)).rstrip()


def _where_and_what(error: BaseException) -> str:
    kind = type(error)
    return f"{''.join(traceback.format_tb(error.__traceback__))}{kind.__module__}.{kind.__qualname__}\n"


def _chain(error: BaseException | None) -> list[BaseException]:
    """From the first error to the last, as Python would print them."""
    links: list[BaseException] = []
    while error is not None and error not in links:
        links.insert(0, error)
        error = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    return links


def leave_out_the_request(record: logging.LogRecord) -> bool:
    """For gunicorn, which would write down the address of a request that it cannot serve."""
    for opening in ("Invalid request", "Error handling request"):
        if str(record.msg).startswith(opening):
            record.msg, record.args = opening, ()
    return True
