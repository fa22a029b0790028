from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from finder.models import CrisisLine


@require_safe
def help_now(request: HttpRequest) -> HttpResponse:
    return render(request, "help_now.html", {"lines": CrisisLine.objects.all()})
