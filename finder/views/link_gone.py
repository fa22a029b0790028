"""What whoever opens a link reads that no longer serves, or never did: what to do now, and nothing else."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from finder.letters.links import LinkFault, LinkIsWrong


def link_gone(request: HttpRequest, fault: LinkFault) -> HttpResponse:
    return render(request, "link_gone.html", status=404 if isinstance(fault, LinkIsWrong) else 410)
