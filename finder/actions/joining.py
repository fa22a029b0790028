from django.db import transaction

from finder.models import HowToJoin, Schedule


@transaction.atomic
def keep_how_to_join(*, schedule: Schedule, url: str, phone: str, notes: str) -> None:
    """Without any of the three there is no way to join from home, and no row that tells of one."""
    if url or phone or notes:
        said = {"url": url, "phone": phone, "notes": notes}
        HowToJoin.objects.update_or_create(schedule=schedule, defaults=said)
    else:
        HowToJoin.objects.filter(schedule=schedule).delete()
