"""Pages of whoever makes a list, in every state shown apart: they need what a browser brings along."""

from django.test import Client

from finder.enums import CareCategory, TeamRole
from finder.models import ReferralList, Team, TeamMember
from tests.factories import make_listing
from tests.made_up_voices import one_of_us

TEXT = {"note": "Ask for intake.", "note_is_shown": "on"}


def own_list_pages() -> dict[str, bytes]:
    legs = [make_listing(name=f"Riverside {each}", categories=[each]) for each in CareCategory.values]
    loose = make_listing(name="Riverside House", confidential=True)
    plan = [f"{each} now {leg.pk}" for each, leg in zip(CareCategory.values, legs, strict=True)]
    return reader_pages(plan, str(loose.pk)) | worker_pages(plan, str(loose.pk))


def reader_pages(plan: list[str], loose: str) -> dict[str, bytes]:
    reader = Client()
    pages = {"an empty list": reader.get("/list/").content}
    fill(reader, plan, loose)
    return pages | {
        "a list": reader.get("/list/").content,
        "a list in Spanish": reader.get("/es/list/").content,
        "a note asked about": reader.post(f"/list/{loose}/note/", {"note": "DOB 3/14/85"}).content,
        "a name asked about": reader.post("/list/name/", {"title": "DOB 3/14/85"}).content,
        "a link": reader.post("/list/share/").content,
        "a link in Spanish": reader.post("/es/list/share/").content,
        "a list with links": reader.get("/list/").content,
    }


def worker_pages(plan: list[str], loose: str) -> dict[str, bytes]:
    person, colleague = one_of_us(), one_of_us()
    team = Team.objects.create(name="North")
    for member in (person, colleague):
        TeamMember.objects.create(team=team, user=member, role=TeamRole.WRITER)
    worker, other = Client(), Client()
    worker.force_login(person)
    other.force_login(colleague)
    pages = {"work without a list": worker.get("/my/").content}
    fill(worker, plan, loose)
    worker.post(f"/list/{loose}/status/", {"status": "LEFT_MESSAGE"})
    kept = ReferralList.objects.get(owner=person)
    worker.post(f"/my/lists/{kept.pk}/team/", {"team": str(team.pk)})
    worker.post("/my/searches/save/", {"query": "near=28801"})
    return pages | {
        "results of one of us": worker.get("/search/?near=28801").content,
        "a kept list": worker.get("/list/").content,
        "a status refused": worker.post(f"/list/{loose}/status/", {"status": "REFUSED"}).content,
        "work": worker.get("/my/").content,
        "work in Spanish": worker.get("/es/my/").content,
        "work of a colleague": other.get("/my/").content,
        "a colleague's list": other.get(f"/my/lists/{kept.pk}/").content,
    }


def fill(client: Client, plan: list[str], loose: str) -> None:
    client.post("/list/add-plan/", {"leg": plan, "title": "Asheville"})
    client.post("/list/add/", {"listing": loose})
    client.post(f"/list/{loose}/note/", TEXT)
