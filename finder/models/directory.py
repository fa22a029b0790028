"""Who offers what, where: HSDS 3.1's organization, service, location and the listing that joins them."""

import uuid
from typing import TYPE_CHECKING

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Count, Q
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from finder.enums import (
    CareCategory,
    EditorialStatus,
    LocationType,
    PhoneType,
    ServiceStatus,
)
from finder.models.history import tracked

if TYPE_CHECKING:
    from django.db.models.fields.related_descriptors import RelatedManager

    from finder.models.schedules import Schedule


@tracked()
class Organization(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(max_length=250, help_text=_("Who runs it, as they write it."))
    website = models.URLField(max_length=500, blank=True, help_text=_("The whole address, with https://."))

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


@tracked()
class Service(models.Model):
    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    organization = models.ForeignKey(
        Organization, models.PROTECT, related_name="services", help_text=_("Who offers it.")
    )
    name = models.CharField(max_length=500, help_text=_("What people will look for it by."))
    description = models.TextField(blank=True, help_text=_("What is offered, in plain words."))
    url = models.URLField(max_length=500, blank=True, help_text=_("The program's own page."))
    status = models.CharField(
        max_length=20,
        choices=ServiceStatus.choices,
        default=ServiceStatus.ACTIVE,
        help_text=_("Anything but active sinks in the results, and the page says it."),
    )
    categories = ArrayField(
        models.CharField(max_length=30, choices=CareCategory.choices),
        help_text=_("One place that does detox and counseling is one listing with both."),
    )
    eligibility_description = models.TextField(blank=True, help_text=_("Who can come."))
    fees_description = models.TextField(blank=True, help_text=_("What it costs."))
    application_process = models.TextField(blank=True, help_text=_("How to get in."))
    interpretation_services = models.TextField(
        blank=True, help_text=_("Which languages are interpreted, and how to ask for it.")
    )

    if TYPE_CHECKING:
        phones: "RelatedManager[Phone]"
        schedules: "RelatedManager[Schedule]"

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.CheckConstraint(
                name="service_has_a_category",
                condition=Q(categories__len__gte=1) & Q(categories__len__isnull=False),
            ),
            models.CheckConstraint(
                name="service_status_is_known", condition=Q(status__in=ServiceStatus.values)
            ),
            models.CheckConstraint(
                name="service_categories_are_known",
                condition=Q(categories__contained_by=CareCategory.values),
            ),
        ]

    def __str__(self) -> str:
        return self.name


@tracked()
class Location(models.Model):
    """HSDS `location` with its `address`; `region` is the county."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    location_type = models.CharField(
        max_length=10,
        choices=LocationType.choices,
        default=LocationType.PHYSICAL,
        help_text=_("Online or by phone needs no address."),
    )
    address_1 = models.CharField(max_length=250, blank=True, help_text=_("Street and number."))
    address_2 = models.CharField(max_length=250, blank=True, help_text=_("Suite, floor, building."))
    city = models.CharField(max_length=100, blank=True, help_text=_("As the post office writes it."))
    region = models.CharField(max_length=100, blank=True, help_text=_("County."))
    state_province = models.CharField(max_length=2, blank=True, help_text=_("Two letters: NC."))
    postal_code = models.CharField(max_length=5, blank=True, help_text=_("Five digits."))
    country = models.CharField(max_length=2, default="US", help_text=_("Two letters: US."))
    latitude = models.FloatField(
        null=True,
        blank=True,
        help_text=_("Degrees north. Leave both empty to be placed at the middle of the ZIP code."),
    )
    longitude = models.FloatField(
        null=True, blank=True, help_text=_("Degrees east: in the United States below zero.")
    )
    position_is_approximate = models.BooleanField(
        default=False, help_text=_("Known only to the ZIP code; shown without a pin.")
    )
    address_is_public = models.BooleanField(
        default=True, help_text=_("Off for confidential addresses: only the county is then shown.")
    )
    timezone = models.CharField(max_length=50, blank=True, help_text=_("IANA name."))
    transportation = models.TextField(blank=True, help_text=_("Buses, parking, rides."))

    if TYPE_CHECKING:
        phones: "RelatedManager[Phone]"
        schedules: "RelatedManager[Schedule]"

    class Meta:
        ordering = ["state_province", "city", "address_1", "pk"]
        constraints = [
            models.CheckConstraint(
                name="location_both_coordinates_or_neither",
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(
                    latitude__isnull=False,
                    longitude__isnull=False,
                    latitude__range=(-90, 90),
                    longitude__range=(-180, 180),
                ),
            ),
            models.CheckConstraint(
                name="location_postal_code_is_five_digits",
                condition=Q(postal_code="") | Q(postal_code__regex=r"^\d{5}$"),
            ),
        ]

    def __str__(self) -> str:
        return ", ".join(part for part in (self.address_1, self.city, self.state_province) if part) or str(
            self.get_location_type_display()
        )


class ListingQuerySet(models.QuerySet["ServiceAtLocation"]):
    def published(self) -> "ListingQuerySet":
        return self.filter(editorial_status=EditorialStatus.PUBLISHED)

    def demonstration(self) -> "ListingQuerySet":
        return self.filter(is_demo=True)

    def real(self) -> "ListingQuerySet":
        return self.filter(is_demo=False)

    def with_parts(self) -> "ListingQuerySet":
        return self.select_related("service__organization", "location")

    def in_feeds(self) -> "ListingQuerySet":
        """Groups that others may pass on: not what a source dropped, or asked us not to list."""
        standing = self.model._default_manager.filter(
            source_records__missing_since__isnull=True, source_records__source__opted_out_at__isnull=True
        )
        return (
            self.published()
            .real()
            .filter(service__categories__contains=[CareCategory.SUPPORT_GROUP], pk__in=standing.values("pk"))
            .filter(location__address_is_public=True)
            .exclude(service__status__in=[ServiceStatus.INACTIVE, ServiceStatus.DEFUNCT])
        )

    def given_by_nobody_but(self, source: str) -> "ListingQuerySet":
        """Other sources that opted out do not count."""
        willing = Q(source_records__source__opted_out_at=None) & ~Q(source_records__source=source)
        others = self.model._default_manager.filter(willing, source_records__isnull=False)
        return self.filter(source_records__source=source).exclude(pk__in=others.values("pk")).distinct()

    def repeated_slugs(self) -> frozenset[str]:
        """What more than one of these listings calls one of its meetings."""
        named = self.exclude(schedules__source_slug="").values("schedules__source_slug")
        repeated = named.annotate(listings=Count("pk", distinct=True)).filter(listings__gt=1)
        return frozenset(repeated.order_by().values_list("schedules__source_slug", flat=True))

    def with_schedules(self) -> "ListingQuerySet":
        """All that may speak for it: see `speaking_schedules`."""
        return self.prefetch_related("schedules", "service__schedules", "location__schedules")


PAGES_BELOW_A_LISTING = frozenset({"called", "claim", "report"})
"""What stands in an address where the name would: no name may be taken for it."""


@tracked()
class ServiceAtLocation(models.Model):
    """The listing: the unit that is searched, shown, checked, shared and imported."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    service = models.ForeignKey(
        Service, models.PROTECT, related_name="listings", help_text=_("What is offered.")
    )
    location = models.ForeignKey(
        Location, models.PROTECT, related_name="listings", help_text=_("Where it is offered.")
    )
    editorial_status = models.CharField(
        max_length=10,
        choices=EditorialStatus.choices,
        default=EditorialStatus.DRAFT,
        help_text=_("Readers see published listings only."),
    )
    is_demo = models.BooleanField(
        default=False,
        editable=False,
        help_text=_("Made up for the first look, and never mixed with real listings."),
    )
    archived_reason = models.CharField(
        max_length=250, blank=True, help_text=_("Why it was taken out; required, and kept.")
    )
    archived_at = models.DateTimeField(null=True, blank=True, help_text=_("When it was taken out."))
    archived_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        help_text=_("Who took it out; empty when the site did."),
    )
    verification_due_date = models.DateField(
        null=True,
        blank=True,
        editable=False,
        help_text=_("When someone should check it again; empty for what is not phoned."),
    )
    cadence_days = models.PositiveSmallIntegerField(
        null=True, blank=True, help_text=_("How often the program wants to be asked; empty for the rule.")
    )
    imported = models.JSONField(
        default=dict,
        editable=False,
        help_text=_("What the last import wrote, field by field: another value today is a person's edit."),
    )

    objects = ListingQuerySet.as_manager()

    if TYPE_CHECKING:
        phones: "RelatedManager[Phone]"
        schedules: "RelatedManager[Schedule]"

    class Meta:
        ordering = ["pk"]
        verbose_name = "listing"
        indexes = [
            models.Index(
                fields=["verification_due_date"],
                condition=Q(editorial_status=EditorialStatus.PUBLISHED, verification_due_date__isnull=False),
                name="listing_due",
            )
        ]
        constraints = [
            models.CheckConstraint(
                name="listing_cadence_between_a_week_and_a_year",
                condition=Q(cadence_days__isnull=True)
                | Q(cadence_days__isnull=False, cadence_days__range=(7, 366)),
            ),
            models.UniqueConstraint(fields=["service", "location"], name="listing_once_per_place"),
            models.CheckConstraint(
                name="listing_archived_with_reason_and_time",
                condition=Q(editorial_status=EditorialStatus.ARCHIVED, archived_at__isnull=False)
                & ~Q(archived_reason="")
                | ~Q(editorial_status=EditorialStatus.ARCHIVED)
                & Q(archived_at__isnull=True, archived_by__isnull=True, archived_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.service.name

    def get_absolute_url(self) -> str:
        name = slugify(self.service.name)[:80]
        slug = f"{name}-listing" if name in PAGES_BELOW_A_LISTING else name or "listing"
        return reverse("listing", args=[self.pk, slug])

    @cached_property
    def speaking_phones(self) -> "list[Phone]":
        """The listing's own, else its service's, else its location's."""
        return self.own_phones or list(self.service.phones.all()) or list(self.location.phones.all())

    @cached_property
    def own_phones(self) -> "list[Phone]":
        """`ListingIndexQuerySet.with_listings` fills it for a whole page, at a third of a prefetch's cost."""
        return list(self.phones.all())

    @cached_property
    def speaking_schedules(self) -> "list[Schedule]":
        """By the same rule as phones."""
        return (
            list(self.schedules.all())
            or list(self.service.schedules.all())
            or list(self.location.schedules.all())
        )


def belongs_to_one_owner(name: str) -> models.CheckConstraint:
    owners = ("listing", "service", "location")
    condition = Q()
    for owner in owners:
        condition |= Q(**{f"{other}__isnull": other != owner for other in owners})
    return models.CheckConstraint(name=name, condition=condition)


class OwnedByListing(models.Model):
    """Belongs to a listing, else to its service, else to its location: the nearest that has any speaks."""

    listing = models.ForeignKey(
        ServiceAtLocation,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        help_text=_("The listing it belongs to; exactly one of listing, service and location."),
    )
    service = models.ForeignKey(
        Service,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        help_text=_(
            "The service it belongs to: it speaks for the service's listings that have none of their own."
        ),
    )
    location = models.ForeignKey(
        Location,
        models.CASCADE,
        null=True,
        blank=True,
        related_name="%(class)ss",
        help_text=_("The location it belongs to: it speaks for listings there that have none otherwise."),
    )

    class Meta:
        abstract = True


@tracked()
class Phone(OwnedByListing):
    number = models.CharField(max_length=40, help_text=_("As people write it: 828-555-0142."))
    number_e164 = models.CharField(max_length=20, blank=True, help_text=_("As machines dial it."))
    extension = models.CharField(
        max_length=10, blank=True, help_text=_("Digits to dial after the call is answered.")
    )
    phone_type = models.CharField(
        max_length=10,
        choices=PhoneType.choices,
        default=PhoneType.MAIN,
        help_text=_("The intake line is shown first."),
    )
    description = models.CharField(
        max_length=120, blank=True, help_text=_("When or for whom: After hours, Spanish.")
    )
    position = models.PositiveSmallIntegerField(default=0, help_text=_("Lower numbers come first."))

    class Meta:
        ordering = ["position", "pk"]
        constraints = [belongs_to_one_owner("phone_has_one_owner")]

    def __str__(self) -> str:
        return f"{self.number} ext. {self.extension}" if self.extension else self.number

    @property
    def href(self) -> str:
        """RFC 3966; a short code such as 211 is dialled as it stands."""
        target = self.number_e164 or "".join(sign for sign in self.number if sign.isdigit())
        return f"tel:{target};ext={self.extension}" if self.extension else f"tel:{target}"
