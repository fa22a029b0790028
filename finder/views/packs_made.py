"""A county pack put together, from the index to plain words. Few statements, however many listings."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.conf import settings
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from finder.enums import CareCategory
from finder.exporters.pack import Pack, Place, Section
from finder.exporters.pack_parts import Part
from finder.geography.gazetteer import county_centroid
from finder.geography.position import unit_vector
from finder.models import ListingIndex
from finder.views import packs_words as words
from finder.views.packs_counties import County
from finder.views.packs_meetings import Week, week_of
from finder.views.packs_places import place_of, seen_above

DETOX, TREATMENT, GROUP = CareCategory
NEAREST_NAMED = 3


@dataclass(frozen=True, slots=True)
class Asked:
    """Which file of which county, and as of when."""

    county: County
    parts: Sequence[Part]
    part: Part
    today: date
    address: str
    """The whole address of this list, for hands to type."""


def pack_of(asked: Asked) -> Pack:
    found = listings_of(asked)
    week = week_of([index for index in found if GROUP in index.categories], today=asked.today)
    return Pack(
        language=get_language() or settings.LANGUAGE_CODE,
        title=_("Detox, treatment and support groups in %(county)s") % {"county": asked.county.label},
        area=area_words(asked),
        as_of=_("As of %(day)s") % {"day": date_format(asked.today)},
        is_demo=asked.county.is_demo,
        left_out=tuple(left_out(asked, week)),
        lines=words.crisis_lines(),
        boxes=(words.just_released(), words.tonight()),
        sections=(detox(asked, found), treatment(asked, found), groups(week)),
        legend=words.legend(),
        notes=tuple(notes(asked)),
        foot=words.foot(),
        words=words.labels(),
    )


def listings_of(asked: Asked) -> list[ListingIndex]:
    """In the order of town and name."""
    of_part = asked.county.own_listings.filter(pk__in=[row.listing for row in asked.part.rows])
    return sorted(of_part.with_all_that_is_printed(), key=town_and_name)


def town_and_name(index: ListingIndex) -> tuple[str, str, str]:
    location = index.listing.location
    town = location.city if location.address_is_public else ""
    return town, index.listing.service.name.casefold(), str(index.pk)


def detox(asked: Asked, found: Sequence[ListingIndex]) -> Section:
    places = [place_of(index, today=asked.today) for index in found if DETOX in index.categories]
    if places:
        said = (
            _("Not every detox has medical staff: look at the sign."),
            _("Detox alone is not treatment. Ask: “What comes next?”"),
        )
        return Section(DETOX.value, _("Detox"), said, tuple(places))
    nearest = tuple(nearest_detox(asked))
    none_here = _("We know of no detox here.")
    if not nearest:
        return Section(DETOX.value, _("Detox"), (none_here,))
    middle = _("The nearest, with miles from the middle of %(county)s:") % {"county": asked.county.name}
    return Section(DETOX.value, _("Detox"), (none_here, middle), nearest)


def nearest_detox(asked: Asked) -> Iterator[Place]:
    middle = county_centroid(asked.county.state, asked.county.name)
    if middle is None:
        return
    nearest = asked.county.listings.detox_nearest_to(unit_vector(*middle)).with_all_that_is_printed()
    for index in nearest[:NEAREST_NAMED]:
        yield place_of(index, today=asked.today, with_miles=True)


def treatment(asked: Asked, found: Sequence[ListingIndex]) -> Section:
    """What stands under detox already is named again, and not told again."""
    own = [index for index in found if TREATMENT in index.categories]
    places = [(index, place_of(index, today=asked.today)) for index in own]
    shown = tuple(
        seen_above(place, index, above=DETOX) if DETOX in index.categories else place
        for index, place in places
    )
    notes = (_("Cannot see you within 48 hours? Try the next one."),)
    return Section(TREATMENT.value, _("Treatment"), notes if shown else (_("We know of none here."),), shown)


def groups(week: Week) -> Section:
    notes = (
        _("People who have been there. Most are free, and some meet online."),
        _("Some groups see medicine differently. Do not stop it because of a meeting."),
    )
    none_here = (_("We know of none here."),)
    return Section(GROUP.value, _("Support groups"), notes if week.days else none_here, (), week.days)


def area_words(asked: Asked) -> str:
    if len(asked.parts) == 1:
        return ""
    number = asked.parts.index(asked.part) + 1
    place = {"number": number, "total": len(asked.parts), "zips": zip_words(asked.part)}
    return _("Part %(number)d of %(total)d: %(zips)s") % place


def zip_words(part: Part) -> str:
    """In words: the ZIP Codes from the first to the last, or one; and which of its files this is."""
    if not part.first:
        return _("no ZIP code shown")
    if part.first != part.last:
        return _("ZIP codes %(first)s to %(last)s") % {"first": part.first, "last": part.last}
    said = _("ZIP code %(zip)s") % {"zip": part.first}
    return f"{said} ({part.number})" if part.number else said


def left_out(asked: Asked, week: Week) -> Iterator[str]:
    """With counts: a list that is not whole says so."""
    if len(asked.parts) > 1:
        others = [part for part in asked.parts if part is not asked.part]
        yield _("In the other parts of this county: %(counts)s.") % {"counts": count_words(others)}
    if closed := asked.county.own_listings.filter(is_closed=True).count():
        yield ngettext(
            "%(count)d place of this county that is closed.",
            "%(count)d places of this county that are closed.",
            closed,
        ) % {"count": closed}
    if week.suspended:
        yield ngettext(
            "%(count)d meeting that does not take place now.",
            "%(count)d meetings that do not take place now.",
            week.suspended,
        ) % {"count": week.suspended}
    yield _("Groups that meet only online, unless they belong to this county.")


def count_words(parts: Sequence[Part]) -> str:
    detoxes, places, meeting = (sum(part.count(each) for part in parts) for each in CareCategory)
    return ", ".join(
        (
            ngettext("%(count)d detox place", "%(count)d detox places", detoxes) % {"count": detoxes},
            ngettext("%(count)d treatment place", "%(count)d treatment places", places) % {"count": places},
            ngettext("%(count)d support group", "%(count)d support groups", meeting) % {"count": meeting},
        )
    )


def notes(asked: Asked) -> Iterator[str]:
    yield _("Places are in the order of town and name. Nobody can pay to be listed higher.")
    yield _("This site is not a clinic. It gives no medical advice.")
    yield _("Paper grows old. A place may have moved or closed since: call first.")
    yield _("The newest list: %(address)s") % {"address": asked.address}
    if (get_language() or "").startswith("es"):
        yield _("No person has reviewed this translation yet.")


def shortened(pack: Pack) -> Pack:
    """Where a file would be too large all the same: only what it takes to call, and that it is so."""
    sections = tuple(
        replace(
            section,
            places=tuple(replace(each, offers="", pays="", hours=()) for each in section.places),
            days=tuple(
                replace(day, meetings=tuple(replace(each, notes="", kind="") for each in day.meetings))
                for day in section.days
            ),
        )
        for section in pack.sections
    )
    said = _("What places offer, how to pay and hours: there was no room for them. Ask when you call.")
    return replace(pack, sections=sections, left_out=(said, *pack.left_out), is_short=True)
