"""The closed sets of the directory: codes for machines, labels for people."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _


class CareCategory(TextChoices):
    """The three kinds of help; the values are what URLs and the API say."""

    WITHDRAWAL_MANAGEMENT = "withdrawal_management", _("Detox")
    BEHAVIORAL_HEALTH = "behavioral_health", _("Treatment")
    SUPPORT_GROUP = "support_group", _("Support group")


class EditorialStatus(TextChoices):
    DRAFT = "DRAFT", _("Draft")
    PUBLISHED = "PUBLISHED", _("Published")
    ARCHIVED = "ARCHIVED", _("Archived")


class ServiceStatus(TextChoices):
    """HSDS `service.status`."""

    ACTIVE = "active", _("Active")
    INACTIVE = "inactive", _("Inactive")
    DEFUNCT = "defunct", _("Defunct")
    TEMPORARILY_CLOSED = "temporarily closed", _("Temporarily closed")


class LocationType(TextChoices):
    """HSDS `location.location_type`."""

    PHYSICAL = "physical", _("A place to go to")
    POSTAL = "postal", _("A mailing address")
    VIRTUAL = "virtual", _("Online or by phone")


class PhoneType(TextChoices):
    INTAKE = "INTAKE", _("Intake")
    MAIN = "MAIN", _("Main")
    HOTLINE = "HOTLINE", _("Hotline")


class StatementMethod(TextChoices):
    """How a statement came to us; people and providers outrank imports."""

    IMPORT = "IMPORT", _("published directory")
    PHONE = "PHONE", _("phone call")
    SITE_VISIT = "SITE_VISIT", _("visit")
    PROVIDER = "PROVIDER", _("the program itself")


class Fit(IntegerChoices):
    """How a listing meets what was asked; the order is the order of results."""

    YES = 2, _("Fits")
    MAYBE = 1, _("May fit")
    NO = 0, _("Does not fit")


class ReviewStatus(TextChoices):
    PROPOSED = "PROPOSED", _("Waiting for a person")
    ACCEPTED = "ACCEPTED", _("Accepted")
    REJECTED = "REJECTED", _("Rejected")


class CrisisAction(TextChoices):
    CALL = "CALL", _("Call")
    TEXT = "TEXT", _("Text")
    CHAT = "CHAT", _("Chat")
    RELAY = "RELAY", _("Relay")


class FactGroup(TextChoices):
    """The questions that people ask of a listing; facts are shown under them."""

    TAKE_ME = "TAKE_ME", _("Can they take me?")
    COST = "COST", _("What does it cost?")
    WHAT_HAPPENS = "WHAT_HAPPENS", _("What happens there?")
    GET_IN = "GET_IN", _("How do I get in?")
    WHEN = "WHEN", _("When?")
    ABOUT = "ABOUT", _("About this place")


class ScheduleKind(TextChoices):
    HOURS = "HOURS", _("Open")
    INTAKE = "INTAKE", _("Intake")
    MEETING = "MEETING", _("Meets")


class Frequency(TextChoices):
    """HSDS `schedule.freq`, from iCalendar."""

    WEEKLY = "WEEKLY", _("Weekly")
    MONTHLY = "MONTHLY", _("Monthly")


class Attending(TextChoices):
    """How one takes part in a meeting: HSDS `schedule.attending_type`."""

    IN_PERSON = "in_person", _("In person")
    ONLINE = "online", _("Online or by phone")
    HYBRID = "hybrid", _("In person and online")


class Fellowship(TextChoices):
    """Whose codes a meeting feed speaks: a code means something only together with its fellowship."""

    AA = "aa", "Alcoholics Anonymous"
    AL_ANON = "al-anon", "Al-Anon"
    ACA = "aca", "Adult Children of Alcoholics"
    CA = "ca", "Cocaine Anonymous"
    CMA = "cma", "Crystal Meth Anonymous"
    CODA = "coda", "Co-Dependents Anonymous"
    DAA = "daa", "Drug Addicts Anonymous"
    GA = "ga", "Gamblers Anonymous"
    HA = "ha", "Heroin Anonymous"
    MA = "ma", "Marijuana Anonymous"
    NA = "na", "Narcotics Anonymous"
    RD = "rd", "Recovery Dharma"
    RR = "rr", "Refuge Recovery"


class ReviewerRole(TextChoices):
    """Who reviewed a guidance text: the profession, never the person."""

    PHYSICIAN = "PHYSICIAN", _("Physician")
    NURSE_PRACTITIONER = "NURSE_PRACTITIONER", _("Nurse practitioner or physician assistant")
    NURSE = "NURSE", _("Nurse")
    PHARMACIST = "PHARMACIST", _("Pharmacist")
    COUNSELOR = "COUNSELOR", _("Licensed counselor or social worker")
    TOXICOLOGIST = "TOXICOLOGIST", _("Poison center specialist")
    LAWYER = "LAWYER", _("Lawyer")


class VerifiedPart(TextChoices):
    """The parts of a listing that are checked, and grow old, each by itself."""

    CONTACT = "CONTACT", _("Phone and address")
    HOURS = "HOURS", _("Hours")
    SERVICES = "SERVICES", _("Services and payment")
    AVAILABILITY = "AVAILABILITY", _("Room for new people")


class Voice(TextChoices):
    """In what role someone says something of a listing: never who."""

    PUBLIC = "PUBLIC", _("Someone who called or went")
    CASE_WORKER = "CASE_WORKER", _("A case worker")
    EDITOR = "EDITOR", _("An editor")
    PROVIDER = "PROVIDER", _("The program itself")


class Outcome(TextChoices):
    """What came of a call, or of going to a meeting."""

    ANSWERED = "ANSWERED", _("They answered, and it is right")
    NO_ANSWER = "NO_ANSWER", _("Nobody answered")
    WRONG_NUMBER = "WRONG_NUMBER", _("Wrong number")
    NOT_TAKING = "NOT_TAKING", _("Not taking new people")
    NO_BED = "NO_BED", _("No bed or place free")
    NEEDS_REFERRAL = "NEEDS_REFERRAL", _("Needs a referral")
    CLOSED = "CLOSED", _("Closed for good")
    MET = "MET", _("It met")
    NOBODY_THERE = "NOBODY_THERE", _("Nobody was there")
    WRONG_PLACE_OR_TIME = "WRONG_PLACE_OR_TIME", _("Wrong place or time")
    LINK_DEAD = "LINK_DEAD", _("The link does not work")


class CapacityUnit(TextChoices):
    DETOX_BEDS = "DETOX_BEDS", _("Detox beds")
    RESIDENTIAL_BEDS = "RESIDENTIAL_BEDS", _("Residential beds")
    OUTPATIENT = "OUTPATIENT", _("New outpatients")


class CapacityCode(TextChoices):
    """Where nobody counts: is there room?"""

    YES = "YES", _("There is room")
    WAITLIST = "WAITLIST", _("There is a waiting list")
    NO = "NO", _("There is no room")


class ReportKind(TextChoices):
    PROBLEM = "PROBLEM", _("Something is wrong")
    UNSAFE = "UNSAFE", _("Something unsafe is shown")
    SUGGESTION = "SUGGESTION", _("A place that is missing")


class QueueReason(TextChoices):
    """Why a listing waits for an editor, the most pressing first."""

    UNSAFE = "UNSAFE", _("reported as unsafe")
    DISPUTED = "DISPUTED", _("disputed")
    REPORTED = "REPORTED", _("reported")
    CHANGED = "CHANGED", _("changes proposed")
    MISSING = "MISSING", _("missing from its source")
    DUPLICATE = "DUPLICATE", _("possible duplicate")
    NO_COORDINATES = "NO_COORDINATES", _("no coordinates")
    DUE = "DUE", _("due for a check")


class QueueOutcome(TextChoices):
    """How an editor ended an item of the queue."""

    CONFIRMED = "CONFIRMED", _("All still right")
    CORRECTED = "CORRECTED", _("Corrected")
    NO_ANSWER = "NO_ANSWER", _("Nobody answered")
    ARCHIVED = "ARCHIVED", _("Archived")
    RESOLVED = "RESOLVED", _("Nothing left to do")


class ClaimStatus(TextChoices):
    """How far a program's claim of its listing has come."""

    ASKED = "ASKED", _("Waiting for our call")
    CODE_READ = "CODE_READ", _("Code read out, not yet typed in")
    CONFIRMED = "CONFIRMED", _("Confirmed")
    REFUSED = "REFUSED", _("Refused")
    ENDED = "ENDED", _("Ended")


class AskKind(TextChoices):
    FIRST = "FIRST", _("First letter")
    REMINDER = "REMINDER", _("Reminder")


class ProviderAnswer(TextChoices):
    ALL_RIGHT = "ALL_RIGHT", _("All still right")
    PART_RIGHT = "PART_RIGHT", _("Some of it is right")
    CHANGED = "CHANGED", _("Changes proposed")
    NOT_US = "NOT_US", _("Not our listing")


class ChangeOrigin(TextChoices):
    """Who proposes a change."""

    IMPORT = "IMPORT", _("an import")
    PROVIDER = "PROVIDER", _("the program itself")
    CORRECTIONS = "CORRECTIONS", _("a file of corrections")
    REPORT = "REPORT", _("a report")


class TeamRole(TextChoices):
    """What a member may do with the lists of a team."""

    READER = "READER", _("Reads the team’s lists")
    WRITER = "WRITER", _("Reads and changes the team’s lists")


class ItemStatus(TextChoices):
    """How far a case worker has come with a listing on a list."""

    CALLED = "CALLED", _("Called, and got through")
    LEFT_MESSAGE = "LEFT_MESSAGE", _("Left a message")
    BED_HELD = "BED_HELD", _("A bed or place is held")
    ACCEPTED = "ACCEPTED", _("Accepted")
    REFUSED = "REFUSED", _("Refused")


class Refusal(TextChoices):
    """Why a program said no: of the program, never of the person."""

    NO_BED = "NO_BED", _("No bed or place free")
    NOT_TAKING = "NOT_TAKING", _("Not taking new people")
    NEEDS_REFERRAL = "NEEDS_REFERRAL", _("Needs a referral")
    PAYMENT = "PAYMENT", _("Does not take this way of paying")
    DOES_NOT_SERVE = "DOES_NOT_SERVE", _("Does not serve this need")
    WRONG_NUMBER = "WRONG_NUMBER", _("Wrong number")
    CLOSED = "CLOSED", _("Closed for good")
    OTHER = "OTHER", _("Another reason")


class AlertRhythm(TextChoices):
    """How often a saved search writes of its news."""

    NONE = "NONE", _("Never")
    DAILY = "DAILY", _("Every day")
    WEEKLY = "WEEKLY", _("Once a week, on Mondays")
