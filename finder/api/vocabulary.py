from django.http import HttpRequest, JsonResponse

from finder.api.description import describes_vocabulary
from finder.api.requests import read_only
from finder.search.vocabulary import current_vocabulary


@describes_vocabulary
@read_only
def vocabulary(request: HttpRequest) -> JsonResponse:
    terms = [
        {
            "slug": term.slug,
            "taxonomy": term.taxonomy_id,
            "name": str(term),
            "explanation": term.explained,
            "categories": term.taxonomy.categories,
            "source_codes": term.source_codes,
        }
        for term in current_vocabulary().terms.values()
    ]
    return JsonResponse({"terms": terms})
