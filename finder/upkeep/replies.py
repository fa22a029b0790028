"""What a reader is told has become of a report; whoever answers it at the desk picks one of these."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from finder.enums import ReportKind, ReviewStatus

REPLIES: Mapping[tuple[ReportKind, ReviewStatus], Promise] = {
    (ReportKind.PROBLEM, ReviewStatus.ACCEPTED): _("You were right, and it is mended."),
    (ReportKind.PROBLEM, ReviewStatus.REJECTED): _("We looked, and it is right."),
    (ReportKind.UNSAFE, ReviewStatus.ACCEPTED): _("You were right, and we took care of it."),
    (ReportKind.UNSAFE, ReviewStatus.REJECTED): _("We looked, and left it as it is."),
    (ReportKind.SUGGESTION, ReviewStatus.ACCEPTED): _("We took it up."),
    (ReportKind.SUGGESTION, ReviewStatus.REJECTED): _("We did not add it."),
}
WAITING = _("Nobody has looked at it yet.")


def reply(kind: str, status: str) -> str:
    return str(REPLIES.get((ReportKind(kind), ReviewStatus(status)), WAITING))
