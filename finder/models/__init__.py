from finder.models.directory import Location, Organization, Phone, Service, ServiceAtLocation
from finder.models.exchange import ImportRun, Source, SourceRecord
from finder.models.guidance import CrisisLine, Guidance
from finder.models.index import DirectoryWord, ListingIndex
from finder.models.schedules import HowToJoin, Schedule
from finder.models.statements import Statement
from finder.models.unmet import UnmetNeed
from finder.models.upkeep import ChangeRequest, Merge
from finder.models.vocabulary import Taxonomy, TaxonomyTerm

__all__ = [
    "ChangeRequest",
    "CrisisLine",
    "DirectoryWord",
    "Guidance",
    "HowToJoin",
    "ImportRun",
    "ListingIndex",
    "Location",
    "Merge",
    "Organization",
    "Phone",
    "Schedule",
    "Service",
    "ServiceAtLocation",
    "Source",
    "SourceRecord",
    "Statement",
    "Taxonomy",
    "TaxonomyTerm",
    "UnmetNeed",
]
