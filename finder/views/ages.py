"""How long ago something was checked, as people say it."""

from datetime import date, datetime, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from finder.enums import StatementMethod

HOURS_SAID_AS_HOURS = 24
DAYS_SAID_AS_DAYS = 14
DAYS_SAID_AS_WEEKS = 63
DAYS_SAID_AS_MONTHS = 730


def ago(then: date, today: date) -> str:
    days = (today - then).days
    if days <= 0:
        return _("today")
    if days == 1:
        return _("yesterday")
    if days < DAYS_SAID_AS_DAYS:
        return ngettext("%(count)d day ago", "%(count)d days ago", days) % {"count": days}
    if days < DAYS_SAID_AS_WEEKS:
        return ngettext("%(count)d week ago", "%(count)d weeks ago", days // 7) % {"count": days // 7}
    if days < DAYS_SAID_AS_MONTHS:
        months = days * 12 // 365
        return ngettext("%(count)d month ago", "%(count)d months ago", months) % {"count": months}
    years = days // 365
    return ngettext("%(count)d year ago", "%(count)d years ago", years) % {"count": years}


def ago_in_hours(then: datetime, now: datetime) -> str:
    """Of what is true for hours."""
    hours = (now - then) // timedelta(hours=1)
    if hours < 1:
        return _("in the last hour")
    if hours < HOURS_SAID_AS_HOURS:
        return ngettext("%(count)d hour ago", "%(count)d hours ago", hours) % {"count": hours}
    return ago(timezone.localdate(then), timezone.localdate(now))


def how_checked(on: date | None, method: str, today: date) -> str:
    """One sentence; a published directory is named by its year, since nobody checked the listing itself."""
    if on is None:
        return _("Nobody has checked this yet.")
    match method:
        case StatementMethod.PHONE:
            return _("Confirmed by phone %(ago)s.") % {"ago": ago(on, today)}
        case StatementMethod.SITE_VISIT:
            return _("Confirmed by a visit %(ago)s.") % {"ago": ago(on, today)}
        case StatementMethod.PROVIDER:
            return _("Confirmed by the program itself %(ago)s.") % {"ago": ago(on, today)}
        case _other:
            return _("From a published directory of %(year)s. Nobody has checked since.") % {"year": on.year}


def how_missing(missing_since: date | None) -> str:
    if missing_since is None:
        return ""
    return _("Not in the newest edition of its directory: it may have closed. Call first.")
