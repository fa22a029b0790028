"""Hands letters to the mail server."""

from smtplib import SMTPException

from django.core.mail import EmailMessage, get_connection


class NotSent(Exception):  # noqa: N818 (it reads as a sentence: except NotSent)
    """The mail server did not take it. Says of which kind the fault was: its own words hold the address."""


def post(mail: EmailMessage | None) -> None:
    """Without a letter the server is greeted all the same: whether one went out does not show in the time
    that this takes, nor in whether it works."""
    connection = get_connection()
    try:
        connection.open()
        try:
            if mail is not None:
                connection.send_messages([mail])
        finally:
            connection.close()
    except (SMTPException, OSError) as fault:
        raise NotSent(type(fault).__name__) from None
