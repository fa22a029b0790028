"""Who may do what. Roles are groups (migration 0003); these rules read the permissions they carry."""

from collections.abc import Collection

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser, PermissionsMixin
from django.db.models import QuerySet

from finder.enums import StatementMethod
from finder.models import ListingReport, ServiceAtLocation, StaffArea

Person = AbstractBaseUser | AnonymousUser
EDITOR, CASE_WORKER, ADMINISTRATOR = "editor", "case_worker", "administrator"
REVIEWER = "reviewer"


def has(person: Person, permission: str) -> bool:
    is_allowed = isinstance(person, PermissionsMixin) and person.has_perm(f"finder.{permission}")
    return bool(is_allowed and person.is_active)


def may_edit_listings(person: Person) -> bool:
    """Edit, publish, archive and bring back."""
    return has(person, "change_serviceatlocation")


def area_of(person: Person) -> StaffArea | None:
    """Where this person may edit; none for everywhere."""
    return StaffArea.objects.filter(user=person.pk).first() if person.pk else None


def covers(person: Person, listing: ServiceAtLocation) -> bool:
    return covers_all(person, ServiceAtLocation.objects.filter(pk=listing.pk))


def covers_all(person: Person, listings: QuerySet[ServiceAtLocation]) -> bool:
    area = area_of(person)
    return area is None or not listings.exclude(area.condition("location")).exists()


def may_edit_this(person: Person, listing: ServiceAtLocation) -> bool:
    return may_edit_listings(person) and covers(person, listing)


def may_decide(person: Person) -> bool:
    """Whose word is taken, and whether two listings are one place."""
    return has(person, "change_changerequest") and has(person, "change_merge")


def may_state_of(person: Person, listing: ServiceAtLocation) -> bool:
    """Facts of this listing."""
    return may_state_facts(person) and covers(person, listing)


def may_decide_on(person: Person, *listings: ServiceAtLocation) -> bool:
    """A question about all of these."""
    return may_decide(person) and all(covers(person, listing) for listing in listings)


def may_decide_everywhere(person: Person) -> bool:
    """Questions by rule, whichever listings they are about."""
    return may_decide(person) and area_of(person) is None


def may_work_queue(person: Person) -> bool:
    """Take items of the queue, call, and write down what came of it."""
    return has(person, "work_queue")


def may_work_this(person: Person, listing: ServiceAtLocation) -> bool:
    """An item of the queue, by its listing."""
    return may_work_queue(person) and covers(person, listing)


def may_keep_lists(person: Person) -> bool:
    """Referral lists under their own name, beyond the browser's session."""
    return has(person, "keep_lists")


def may_keep_searches(person: Person) -> bool:
    """Save a search, see its news, and be written to about it."""
    return has(person, "keep_searches")


def may_answer_reports(person: Person) -> bool:
    return has(person, "change_listingreport")


def may_answer_this(person: Person, report: ListingReport) -> bool:
    """A place that is missing is in nobody's area yet."""
    return may_answer_reports(person) and (report.listing is None or covers(person, report.listing))


def may_call_programs(person: Person) -> bool:
    """Read the code of a claim out to the listed number."""
    return has(person, "change_claim")


def may_call_of(person: Person, listing: ServiceAtLocation) -> bool:
    return may_call_programs(person) and covers(person, listing)


def may_undo_merges(person: Person) -> bool:
    return has(person, "undo_merge")


def may_revert_imports(person: Person) -> bool:
    """An import reaches everywhere."""
    return has(person, "revert_importrun") and area_of(person) is None


def may_check_accuracy(person: Person) -> bool:
    return has(person, "change_accuracycheck")


def may_see_upkeep(person: Person) -> bool:
    """The dashboard: ages, queue, response times, gaps of coverage."""
    return has(person, "view_accuracysample")


def may_state_facts(person: Person) -> bool:
    return has(person, "add_statement")


def may_take_down(person: Person) -> bool:
    """A guidance text, and put it back."""
    return has(person, "take_down_guidance")


def may_record_reviews(person: Person) -> bool:
    return has(person, "review_guidance")


def may_see_unmet_needs(person: Person) -> bool:
    """How often searches and plans found nothing: for planning, not for daily work."""
    return has(person, "view_unmetneed")


def methods_of(person: Person) -> Collection[StatementMethod]:
    """How this person may have found out: a case worker on the phone, an editor in every way."""
    if not may_state_facts(person):
        return ()
    if not may_edit_listings(person):
        return (StatementMethod.PHONE,)
    return (StatementMethod.PHONE, StatementMethod.SITE_VISIT, StatementMethod.PROVIDER)
