from pathlib import Path

from django.core.mail import EmailMessage
from django.test import override_settings

from finder.letters.posting import post


def test_without_a_mail_server_a_letter_is_a_file_for_its_owner_only(tmp_path: Path) -> None:
    folder = tmp_path / "var/mail"
    with override_settings(EMAIL_BACKEND="finder.letters.files.PrivateFiles", EMAIL_FILE_PATH=folder):
        post(EmailMessage("Your listing", "Hello", to=["intake@riverside.example.org"]))
    (letter,) = folder.iterdir()
    assert "Subject: Your listing" in letter.read_text()
    assert folder.stat().st_mode & 0o077 == 0
