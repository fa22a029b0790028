"""Programs that keep their own listings: a claimed listing, and what we ask them by e-mail."""

from datetime import date, datetime
from typing import Self

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q, Value
from django.db.models.functions import Lower
from django.utils.translation import gettext_lazy as _

from finder.enums import AskKind, ClaimStatus, ProviderAnswer, VerifiedPart
from finder.models.directory import ServiceAtLocation

OPEN_CLAIMS = [ClaimStatus.ASKED, ClaimStatus.CODE_READ, ClaimStatus.CONFIRMED]


class ContactQuerySet(models.QuerySet["Contact"]):
    def at(self, email: str) -> Self:
        """However its letters are written: the constraint folds them in the same way."""
        return self.alias(folded=Lower("email")).filter(folded=Lower(Value(email)))

    def subscribed(self) -> Self:
        return self.filter(unsubscribed_at__isnull=True)


class Contact(models.Model):
    """An e-mail address at a program. It is never shown, exported or given to anyone."""

    email = models.EmailField(help_text=_("Of the program, as they typed it."))
    language = models.CharField(
        max_length=2, choices=settings.LANGUAGES, default="en", help_text=_("In which we write.")
    )
    created_at = models.DateTimeField(help_text=_("When it first wrote to us."))
    unsubscribed_at = models.DateTimeField(
        null=True, blank=True, help_text=_("Since when it wants no more letters.")
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(Lower("email"), name="contact_email_once")]

    def __str__(self) -> str:
        return self.email


class ClaimQuerySet(models.QuerySet["Claim"]):
    def confirmed(self) -> Self:
        return self.filter(status=ClaimStatus.CONFIRMED)

    def open(self) -> Self:
        return self.filter(status__in=OPEN_CLAIMS)

    def waiting_for_a_call(self) -> Self:
        """The first first: one that asks again keeps its turn."""
        return self.filter(status=ClaimStatus.ASKED).order_by("pk")

    def asked_since(self, moment: datetime) -> Self:
        return self.filter(asked_at__gt=moment)


class Claim(models.Model):
    """ "This is our listing": true once the code that staff read out to the listed number comes back."""

    listing = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, related_name="claims", help_text=_("Which listing.")
    )
    contact = models.ForeignKey(Contact, models.PROTECT, related_name="claims", help_text=_("Who says so."))
    status = models.CharField(
        max_length=10, choices=ClaimStatus.choices, default=ClaimStatus.ASKED, help_text=_("How far it is.")
    )
    asked_at = models.DateTimeField(help_text=_("When the program asked."))
    code_hash = models.CharField(
        max_length=200, blank=True, help_text=_("Of the code; the code is not kept.")
    )
    code_made_at = models.DateTimeField(null=True, blank=True, help_text=_("When the code was made."))
    called_number = models.CharField(
        max_length=20, blank=True, help_text=_("The listed number that was called, as machines dial it.")
    )
    called_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who of us read the code out."),
    )
    attempts = models.PositiveSmallIntegerField(default=0, help_text=_("Codes typed in that were wrong."))
    confirmed_at = models.DateTimeField(null=True, blank=True, help_text=_("When the right code came back."))
    ended_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was refused or ended."))
    ended_reason = models.CharField(max_length=250, blank=True, help_text=_("Why."))
    moved_from = models.UUIDField(null=True, editable=False, help_text=_("The duplicate it was made for."))

    objects = ClaimQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["listing", "contact"],
                condition=Q(status__in=OPEN_CLAIMS),
                name="claim_open_once",
            ),
            models.CheckConstraint(
                name="claim_code_made_by_someone",
                condition=Q(code_hash="", code_made_at__isnull=True, called_by__isnull=True, called_number="")
                | ~Q(code_hash="")
                & ~Q(called_number="")
                & Q(code_made_at__isnull=False, called_by__isnull=False),
            ),
            models.CheckConstraint(
                name="claim_confirmed_by_its_code",
                condition=~Q(status=ClaimStatus.CONFIRMED) | Q(confirmed_at__isnull=False) & ~Q(code_hash=""),
            ),
            models.CheckConstraint(
                name="claim_ended_with_its_time",
                condition=Q(status__in=[ClaimStatus.REFUSED, ClaimStatus.ENDED], ended_at__isnull=False)
                | Q(status__in=OPEN_CLAIMS, ended_at__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.get_status_display()}"


class AskQuerySet(models.QuerySet["Ask"]):
    def of_day(self, day: date) -> Self:
        return self.filter(sent_on=day)

    def unsent(self) -> Self:
        return self.filter(sent_at__isnull=True)


class Ask(models.Model):
    """One letter to one contact, about all of its listings that are due."""

    contact = models.ForeignKey(Contact, models.PROTECT, related_name="asks", help_text=_("To whom."))
    kind = models.CharField(max_length=10, choices=AskKind.choices, help_text=_("The first, or a reminder."))
    sent_on = models.DateField(help_text=_("The day; one letter a day at most."))
    sent_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When the mail server took it; empty while it waits or failed.")
    )

    objects = AskQuerySet.as_manager()

    class Meta:
        ordering = ["-sent_on", "-pk"]
        constraints = [models.UniqueConstraint(fields=["contact", "sent_on"], name="ask_once_a_day")]

    def __str__(self) -> str:
        return f"{self.contact_id}, {self.sent_on}"


class AskedListingQuerySet(models.QuerySet["AskedListing"]):
    def sent(self) -> Self:
        """What the mail server took: a letter that it did not take was never written."""
        return self.filter(ask__sent_at__isnull=False)

    def with_parts(self) -> Self:
        """All that a program's page shows of it."""
        return self.select_related("ask__contact", "listing__service__organization", "listing__location")


class AskedListing(models.Model):
    """What a letter asks about one listing, and what the program answered. Its link serves nothing else."""

    ask = models.ForeignKey(Ask, models.CASCADE, related_name="asked", help_text=_("In which letter."))
    listing = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, related_name="asked", help_text=_("About which listing.")
    )
    answer = models.CharField(
        max_length=12, blank=True, choices=ProviderAnswer.choices, help_text=_("Empty until they answer.")
    )
    parts = ArrayField(
        models.CharField(max_length=12, choices=VerifiedPart.choices),
        default=list,
        blank=True,
        help_text=_("What they said is right."),
    )
    answered_at = models.DateTimeField(null=True, blank=True, help_text=_("When they first answered."))
    forwarded_at = models.DateTimeField(
        null=True, blank=True, help_text=_("When they sent it to a colleague; once.")
    )

    objects = AskedListingQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["ask", "listing"], name="asked_once_in_a_letter"),
            models.CheckConstraint(
                name="asked_answer_has_its_time",
                condition=Q(answer="", answered_at__isnull=True)
                | ~Q(answer="") & Q(answered_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.listing_id}: {self.answer or '–'}"
