"""Lists that case workers keep, teams that share them, and links that open them. None has a place for a
client's name, none has a history: what is thrown away is gone.
"""

from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import uuid4

from django.conf import settings
from django.contrib.auth.models import User
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from finder.enums import CareCategory, ItemStatus, Refusal, TeamRole
from finder.models.directory import ServiceAtLocation

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager


class Team(models.Model):
    name = models.CharField(max_length=80, unique=True, help_text=_("As its members call it."))

    if TYPE_CHECKING:
        members: "RelatedManager[TeamMember]"

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class TeamMember(models.Model):
    team = models.ForeignKey(Team, models.CASCADE, related_name="members", help_text=_("Of which team."))
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="teams", help_text=_("Who.")
    )
    role = models.CharField(
        max_length=6, choices=TeamRole.choices, default=TeamRole.READER, help_text=_("What they may do.")
    )

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["team", "user"], name="team_member_once")]

    def __str__(self) -> str:
        return f"{self.user}, {self.team}"


class ReferralListQuerySet(models.QuerySet["ReferralList"]):
    def owned_by(self, person: User) -> Self:
        return self.filter(owner=person)

    def shared_with(self, person: User) -> Self:
        """Others' lists, by their teams."""
        return self.filter(team__members__user=person).exclude(owner=person)

    def readable_by(self, person: User) -> Self:
        return self.filter(pk__in=self.among(person, TeamRole.values).values("pk"))

    def writable_by(self, person: User) -> Self:
        return self.filter(pk__in=self.among(person, [TeamRole.WRITER]).values("pk"))

    def among(self, person: User, roles: list[str]) -> "ReferralListQuerySet":
        teams = TeamMember.objects.filter(user=person, role__in=roles)
        return ReferralList.objects.filter(Q(owner=person) | Q(team__in=teams.values("team"))).order_by()

    def untouched_since(self, moment: datetime) -> Self:
        return self.filter(changed_at__lt=moment)

    def newest_first(self) -> Self:
        return self.order_by("-changed_at", "pk")


class ReferralList(models.Model):
    """Of one of us; without an owner, of a reader who shared what only their browser kept."""

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    title = models.CharField(max_length=80, help_text=_("What it is, never whom it is for."))
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="referral_lists",
        help_text=_("Who made it; empty for a reader without an account."),
    )
    team = models.ForeignKey(
        Team,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="referral_lists",
        help_text=_("With whom it is shared."),
    )
    starts = models.JSONField(
        default=list, blank=True, help_text=_("What a plan said of when its legs start: [category, start].")
    )
    created_at = models.DateTimeField(help_text=_("When it was begun."))
    changed_at = models.DateTimeField(
        help_text=_("When it was last changed; long after that it is thrown away.")
    )

    objects = ReferralListQuerySet.as_manager()

    if TYPE_CHECKING:
        items: "RelatedManager[ReferralItem]"
        links: "RelatedManager[SharedLink]"

    class Meta:
        ordering = ["-changed_at", "pk"]
        permissions = [("keep_lists", "Can keep referral lists")]
        indexes = [models.Index(fields=["changed_at"], name="referral_list_age")]
        constraints = [
            models.CheckConstraint(
                name="referral_list_of_a_team_has_an_owner",
                condition=Q(team__isnull=True) | Q(owner__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return self.title


class ReferralItem(models.Model):
    referral_list = models.ForeignKey(
        ReferralList, models.CASCADE, related_name="items", help_text=_("On which list.")
    )
    listing = models.ForeignKey(
        ServiceAtLocation, models.CASCADE, related_name="referral_items", help_text=_("Which listing.")
    )
    section = models.CharField(
        max_length=30, choices=CareCategory.choices, blank=True, help_text=_("From which leg of a plan.")
    )
    position = models.PositiveSmallIntegerField(help_text=_("Lower numbers come first."))
    note = models.CharField(
        max_length=200, blank=True, help_text=_("What to know or to do there, never of a person.")
    )
    note_is_shown = models.BooleanField(default=False, help_text=_("On paper and to whoever has the link."))
    status = models.CharField(
        max_length=12,
        choices=ItemStatus.choices,
        blank=True,
        help_text=_("How far its owner has come with it."),
    )
    refusal = models.CharField(
        max_length=14, choices=Refusal.choices, blank=True, help_text=_("Why they said no.")
    )
    held_until = models.DateTimeField(
        null=True, blank=True, help_text=_("Until when a bed or place is held.")
    )
    status_at = models.DateTimeField(null=True, blank=True, help_text=_("When the status was set."))
    status_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who set it; empty once their account is gone."),
    )

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["referral_list", "listing"], name="referral_item_once"),
            models.CheckConstraint(
                name="referral_item_refusal_of_a_refused",
                condition=Q(status=ItemStatus.REFUSED) & ~Q(refusal="")
                | ~Q(status=ItemStatus.REFUSED) & Q(refusal=""),
            ),
            models.CheckConstraint(
                name="referral_item_held_until_when_held",
                condition=Q(held_until__isnull=True) | Q(status=ItemStatus.BED_HELD),
            ),
            models.CheckConstraint(
                name="referral_item_status_with_its_time",
                condition=Q(status="", status_at__isnull=True, status_by__isnull=True)
                | ~Q(status="") & Q(status_at__isnull=False),
            ),
            models.CheckConstraint(
                name="referral_item_only_a_note_is_shown",
                condition=Q(note_is_shown=False) | ~Q(note=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.listing)


class SharedLinkQuerySet(models.QuerySet["SharedLink"]):
    def good(self, now: datetime) -> Self:
        return self.filter(revoked_at__isnull=True, expires_at__gt=now)

    def newest_first(self) -> Self:
        return self.order_by("-made_at", "-pk")


class SharedLink(models.Model):
    """Opens a list to whoever has it. The secret itself is not kept, only its hash."""

    referral_list = models.ForeignKey(
        ReferralList, models.CASCADE, related_name="links", help_text=_("Which list it opens.")
    )
    token_hash = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the link’s secret."))
    code_hash = models.CharField(max_length=64, unique=True, help_text=_("SHA-256 of the short code, keyed."))
    is_paper = models.BooleanField(default=False, help_text=_("Made for a printed page."))
    made_at = models.DateTimeField(help_text=_("When it was made; what changed since then is marked."))
    expires_at = models.DateTimeField(help_text=_("When it ends."))
    revoked_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was taken back."))

    objects = SharedLinkQuerySet.as_manager()

    class Meta:
        ordering = ["-made_at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="shared_link_expires_after_it_is_made",
                condition=Q(expires_at__gt=models.F("made_at")),
            )
        ]

    def __str__(self) -> str:
        return f"{self.made_at:%Y-%m-%d %H:%M}"
