from django.http import HttpRequest, JsonResponse
from django.views.decorators.http import require_safe

from finder.search.vocabulary import current_vocabulary


@require_safe
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
