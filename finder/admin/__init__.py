"""The desk: Django's admin over every model, arranged for the people who keep the directory right."""

from finder.admin import (
    accounts,
    accuracy,
    claims,
    contacts,
    dashboard,
    directory,
    exchange,
    guidance,
    guidance_texts,
    listings,
    merges,
    sources,
    unmet_need,
    upkeep,
    vocabulary,
)
from finder.admin.site import desk

__all__ = [
    "accounts",
    "accuracy",
    "claims",
    "contacts",
    "dashboard",
    "desk",
    "directory",
    "exchange",
    "guidance",
    "guidance_texts",
    "listings",
    "merges",
    "sources",
    "unmet_need",
    "upkeep",
    "vocabulary",
]
