import pytest
from django.core.exceptions import ImproperlyConfigured

from finder.mail_server import read_mail_server


def test_without_a_server_letters_are_files() -> None:
    server = read_mail_server("")
    assert server.backend == "finder.letters.files.PrivateFiles"
    assert not server.sends


def test_they_can_be_shown_on_the_console() -> None:
    assert read_mail_server("console:").backend.endswith("console.EmailBackend")


@pytest.mark.parametrize(
    ("url", "port", "starts_tls", "is_tls"),
    [
        ("smtp://user:word@mail.example.org", 587, True, False),
        ("smtp://user:word@mail.example.org:2525", 2525, True, False),
        ("smtp://mail.example.org", 25, True, False),
        ("smtps://user:word@mail.example.org", 465, False, True),
        ("smtp://localhost", 25, False, False),
        ("smtp://127.0.0.1:8025", 8025, False, False),
    ],
)
def test_only_this_very_machine_is_spoken_to_without_tls(
    url: str, port: int, starts_tls: bool, is_tls: bool
) -> None:
    server = read_mail_server(url)
    assert (server.port, server.starts_tls, server.is_tls) == (port, starts_tls, is_tls)
    assert server.sends


def test_a_password_may_hold_any_sign() -> None:
    server = read_mail_server("smtp://me%40example.org:a%2Fb%3Ac@mail.example.org")
    assert (server.user, server.password) == ("me@example.org", "a/b:c")


@pytest.mark.parametrize("url", ["mail.example.org", "http://mail.example.org", "smtp://", "smtp://x:port"])
def test_anything_else_is_refused_with_what_is_accepted(url: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="smtp://user:password@host:587"):
        read_mail_server(url)
