from finder.models.accuracy import AccuracyCheck, AccuracySample
from finder.models.directory import Location, Organization, Phone, Service, ServiceAtLocation
from finder.models.exchange import ImportRun, RecordBefore, Source, SourceRecord
from finder.models.guidance import CrisisLine, Guidance
from finder.models.index import DirectoryWord, ListingIndex
from finder.models.providers import Ask, AskedListing, Claim, Contact
from finder.models.queue import QueueItem
from finder.models.referral import ReferralItem, ReferralList, SharedLink, Team, TeamMember
from finder.models.reports import CallOutcome, ListingReport, ReporterKey
from finder.models.saved_searches import SavedSearch
from finder.models.schedules import HowToJoin, Schedule
from finder.models.staff import StaffArea
from finder.models.statements import Statement
from finder.models.unmet import UnmetNeed
from finder.models.upkeep import ChangeRequest, Merge, Redirect
from finder.models.verification import Capacity, Verification
from finder.models.vocabulary import Taxonomy, TaxonomyTerm

__all__ = [
    "AccuracyCheck",
    "AccuracySample",
    "Ask",
    "AskedListing",
    "CallOutcome",
    "Capacity",
    "ChangeRequest",
    "Claim",
    "Contact",
    "CrisisLine",
    "DirectoryWord",
    "Guidance",
    "HowToJoin",
    "ImportRun",
    "ListingIndex",
    "ListingReport",
    "Location",
    "Merge",
    "Organization",
    "Phone",
    "QueueItem",
    "RecordBefore",
    "Redirect",
    "ReferralItem",
    "ReferralList",
    "ReporterKey",
    "SavedSearch",
    "Schedule",
    "Service",
    "ServiceAtLocation",
    "SharedLink",
    "Source",
    "SourceRecord",
    "StaffArea",
    "Statement",
    "Taxonomy",
    "TaxonomyTerm",
    "Team",
    "TeamMember",
    "UnmetNeed",
    "Verification",
]
