"""What a directory's file says of each facility."""

from collections.abc import Iterator
from dataclasses import asdict
from datetime import date
from functools import partial

from finder.actions.composing import Values
from finder.actions.entries import Entry, content_hash
from finder.facilities.facility import Facility, FacilityFile
from finder.facilities.judgement import Judgement, categories, judgements
from finder.models import TaxonomyTerm


def facility_entries(file: FacilityFile, edition: date) -> Iterator[Entry]:
    for facility, judgement in judgements(file, samhsa_codes_by_term()):
        yield entry(facility, judgement, edition)


def entry(facility: Facility, judgement: Judgement, edition: date) -> Entry:
    affirmed, denied = tuple(sorted(judgement.affirmed)), tuple(sorted(judgement.denied))
    fields = partial(stated_fields, facility)
    return Entry(
        source=facility.directory.value,
        key=facility.key,
        pairing_key=facility.pairing_key or "",
        edition=edition,
        affirmed=affirmed,
        denied=denied,
        fields=fields,
        unknown=facility.unknown,
        rows=facility.rows,
        content_hash=content_hash(fields(), affirmed, denied, facility.unknown),
    )


def stated_fields(facility: Facility) -> Values:
    """A facility's contact side as JSON, with the categories its codes name."""
    fields = asdict(facility.fields)
    fields["phones"] = [list(phone.values()) for phone in fields["phones"]]
    return fields | {"categories": categories(facility.codes)}


def samhsa_codes_by_term() -> dict[int, frozenset[str]]:
    terms = TaxonomyTerm.objects.fed_by("samhsa").values_list("pk", "source_codes")
    return {pk: frozenset(codes["samhsa"]) for pk, codes in terms}
