"""What stands around the lists of a county pack: lines to call, what to read first, signs and labels."""

import re
from collections.abc import Iterator

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from finder.exporters.pack import Box, Line, Sign
from finder.models import CrisisLine, Guidance
from finder.views.guidance import spoken

ON_RELEASE = ("just-out-of-jail", "after-detox")
"""Texts of guidance that say what to do first; the first of them that is shown."""
LINK = re.compile(r"\[([^\]]*)\]\([^)]*\)")
MARKER = re.compile(r"^\s*(?:-|\d+\.)\s+")


def crisis_lines() -> tuple[Line, ...]:
    """911 and 988 first, as they are numbered."""
    lines = CrisisLine.objects.order_by("-is_emergency", "position", "pk")
    return tuple(
        Line(str(line), tuple(link["label"] for link in line.links), line.described, line.open_hours)
        for line in lines
    )


def foot() -> tuple[Line, ...]:
    """As the strip of every page says them."""
    crisis = f"{_('Call 988')} {_('or')} {_('text 988')}"
    return (
        Line(_("In danger, or can’t wake someone?"), (_("Call 911"),)),
        Line(_("Suicide or crisis?"), (crisis,)),
    )


def tonight() -> Box:
    return Box(
        _("Need help tonight?"),
        (
            _("Any emergency room must check you, even if you cannot pay."),
            f"{_('To ask where to go, call the helpline:')} 1-800-662-4357.",
            f"{_('Do you drink every day, or take benzodiazepines?')} {said_of_stopping()} {_('Call 911')}.",
        ),
    )


def said_of_stopping() -> str:
    return _(
        "Do not stop suddenly on your own. Already stopped and shaking, sweating or vomiting? "
        "Get medical care now. Seizure, confusion, seeing things, fever:"
    )


def just_released() -> Box:
    """In the words of the guidance, so that the rule is stated and reviewed in one place."""
    title = _("Just released? From jail, prison, a hospital or detox")
    text = text_on_release()
    medicaid = _("Did you have Medicaid before? Ask to have it switched on again.")
    if text is None:
        return Box(title, (said_of_tolerance(),), (medicaid,))
    core = tuple(plain(spoken(line)) for line in text.core)
    steps = [line for section in text.sections for line in lines_of(spoken(section))]
    return Box(title, core, (*steps, medicaid), review_words(text))


def review_words(text: Guidance) -> str:
    """As its own page says it."""
    if text.reviewed_on is None:
        return _("Not yet reviewed by a clinician.")
    role = text.get_reviewed_by_role_display()
    said = {"date": date_format(text.reviewed_on), "role": role}
    return _("Reviewed on %(date)s. Role of the reviewer: %(role)s.") % said


def text_on_release() -> Guidance | None:
    shown = {text.slug: text for text in Guidance.objects.shown().filter(slug__in=ON_RELEASE)}
    return next((shown[slug] for slug in ON_RELEASE if slug in shown), None)


def said_of_tolerance() -> str:
    return _(
        "After detox, jail or any time without it, your body can take less. What you used before can now "
        "stop your breathing. Keep naloxone close, and do not use alone."
    )


def lines_of(markdown: str) -> Iterator[str]:
    """Without what marks a list."""
    for line in markdown.splitlines():
        if line.strip():
            yield plain(MARKER.sub("", line))


def plain(markdown: str) -> str:
    """For paper: a link is its words."""
    return LINK.sub(r"\1", markdown).replace("**", "").strip()


def legend() -> tuple[Sign, ...]:
    return (
        Sign("yes", "✓", _("Yes: the place or its directory says so.")),
        Sign("no", "✗", _("No: it says that it does not.")),
        Sign("ask", "?", _("Not stated. It may be yes: ask when you call.")),
        Sign("care", "!", _("Take care: a limit, or a doubt whether it is still true. Call first.")),
    )


def labels() -> dict[str, str]:
    return {
        "supervised_yes": _("Medically supervised"),
        "supervised_no": _("Not medically supervised"),
        "supervised_ask": _("Medically supervised: not stated, ask"),
        "no_number": _("No phone number is known."),
        "offers": _("Offers:"),
        "pays": _("Takes:"),
        "pays_ask": _("How to pay: not stated, ask"),
        "hours_ask": _("Hours: not stated, call"),
        "signs": _("What the signs mean"),
        "lines": _("Lines that answer"),
        "left_out": _("What is not on this sheet"),
        "call_first": _("Call first"),
        "made_up": _("These are made-up examples. They show how the site works. Do not call them."),
        "about": _("About this list"),
    }
