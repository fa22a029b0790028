"""News of saved searches goes out by e-mail: at most one letter for each search and day, none without news.

A letter is sent while its search is locked, and marked in the same transaction. Where death comes between the
mail server's yes and the commit, the next run sends it again, under the same Message-ID.
"""

import logging
from collections.abc import Callable
from datetime import datetime, time
from typing import NamedTuple

from django.db import transaction
from django.utils import timezone
from django.utils.translation import override

from finder.actions.news import News, news_since
from finder.letters.alerts import Mailed, alert_letter
from finder.letters.letter import plain_mail_of
from finder.letters.posting import NotSent, post
from finder.models import SavedSearch, ServiceAtLocation
from finder.models.history import settled_until
from finder.permissions import may_keep_searches
from finder.search.question import SearchQuestion

logger = logging.getLogger(__name__)

Reads = Callable[[str], SearchQuestion | None]


class Alerted(NamedTuple):
    searches: int
    """Looked through."""
    letters: int
    not_sent: list[int]
    """The searches whose letter the mail server did not take; the next run tries again."""


def send_alerts(*, question_of: Reads, now: datetime) -> Alerted:
    """`question_of` reads a kept query. Run twice on a day, the second finds nothing to send."""
    due = SavedSearch.objects.writing_on(timezone.localdate(now)).not_written_since(start_of_day(now))
    ids = list(due.order_by("pk").values_list("pk", flat=True))
    letters, not_sent = 0, []
    for pk in ids:
        try:
            letters += send_alert(pk, question_of=question_of, now=now)
        except NotSent as fault:
            logger.warning("News of a search was not sent: %s", fault)
            not_sent.append(pk)
    return Alerted(len(ids), letters, not_sent)


def start_of_day(now: datetime) -> datetime:
    return timezone.make_aware(datetime.combine(timezone.localdate(now), time()))


@transaction.atomic
def send_alert(pk: int, *, question_of: Reads, now: datetime) -> bool:
    """False without news, or where another process has it in hand."""
    due = SavedSearch.objects.writing_on(timezone.localdate(now)).not_written_since(start_of_day(now))
    due = due.select_related("owner").select_for_update(skip_locked=True, of=("self",))
    search = due.filter(pk=pk).first()
    question = question_of(search.query) if search else None
    if search is None or question is None or not may_keep_searches(search.owner):
        return False
    told_until = max(settled_until(now), start_of_day(now))
    news = news_since(question, since=search.told_until, now=now)
    if not news:
        return False
    with override(search.language):
        letter = alert_letter(search, mailed(news), day=timezone.localdate(now))
        post(plain_mail_of(letter, to=search.owner.email))
    SavedSearch.objects.filter(pk=pk).update(last_alert_at=told_until)
    return True


def mailed(news: News) -> Mailed:
    listings = ServiceAtLocation.objects.published().with_parts().in_bulk(news.listings)
    return Mailed(
        new=[listings[pk] for pk in news.new if pk in listings],
        changed=[listings[pk] for pk, _changes in news.changed if pk in listings],
        gone=[gone.name for gone in news.gone],
        is_partial=news.is_partial,
    )
