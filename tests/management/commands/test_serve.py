import pytest
from django.core.management import CommandError

from finder.management.commands.serve import Address


@pytest.mark.parametrize(
    ("host", "is_loopback"),
    [
        ("127.0.0.1", True),
        ("127.1.2.3", True),
        ("::1", True),
        ("localhost", True),
        ("0.0.0.0", False),
        ("::", False),
        ("192.168.1.10", False),
        ("help.example.org", False),
    ],
)
def test_only_this_machine_can_reach_loopback(host: str, is_loopback: bool) -> None:
    assert Address(host, 8000).is_loopback is is_loopback


def test_an_ipv6_address_is_written_in_brackets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOST", "[::1]")
    monkeypatch.setenv("PORT", "8001")
    assert str(Address.from_environment()) == "[::1]:8001"


@pytest.mark.parametrize("port", ["0", "65536", "-1", "web"])
def test_a_port_that_cannot_be_is_refused(monkeypatch: pytest.MonkeyPatch, port: str) -> None:
    monkeypatch.setenv("PORT", port)
    with pytest.raises(CommandError, match="PORT must be a number"):
        Address.from_environment()
