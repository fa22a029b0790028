"""Where mail goes, as `EMAIL_URL` says it."""

from typing import NamedTuple
from urllib.parse import unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured

PLAIN_PORT, LOGIN_PORT, TLS_PORT = 25, 587, 465
THIS_MACHINE = {"localhost", "127.0.0.1", "::1"}
ACCEPTED = "smtp://user:password@host:587, smtps://user:password@host:465 or console:"


class MailServer(NamedTuple):
    """`starts_tls`: the connection turns to TLS after its start; `is_tls`: it is TLS from the start."""

    backend: str
    host: str = ""
    port: int = 0
    user: str = ""
    password: str = ""
    starts_tls: bool = False
    is_tls: bool = False

    @property
    def sends(self) -> bool:
        return bool(self.host)


FILES = MailServer("finder.letters.files.PrivateFiles")
CONSOLE = MailServer("django.core.mail.backends.console.EmailBackend")


def read_mail_server(url: str) -> MailServer:
    """Files where nothing is said. Without TLS only a server on this very machine is spoken to."""
    if not url:
        return FILES
    try:
        parts = urlsplit(url)
        scheme, host, port = parts.scheme, parts.hostname or "", parts.port
    except ValueError:
        raise ImproperlyConfigured(f"EMAIL_URL must read {ACCEPTED}.") from None
    if scheme == "console":
        return CONSOLE
    if scheme not in {"smtp", "smtps"} or not host:
        raise ImproperlyConfigured(f"EMAIL_URL must read {ACCEPTED}.")
    usual = TLS_PORT if scheme == "smtps" else LOGIN_PORT if parts.username else PLAIN_PORT
    return MailServer(
        backend="django.core.mail.backends.smtp.EmailBackend",
        host=host,
        port=port or usual,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        starts_tls=scheme == "smtp" and host not in THIS_MACHINE,
        is_tls=scheme == "smtps",
    )
