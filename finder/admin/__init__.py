"""The desk: Django's admin over every model, arranged for the people who keep the directory right."""

from finder.admin import (
    accounts,
    accuracy,
    areas,
    dashboard,
    directory,
    exchange,
    guidance,
    guidance_texts,
    listings,
    merges,
    queue_csv,
    queue_items,
    sources,
    unmet_need,
    upkeep,
    vocabulary,
    working,
)
from finder.admin.site import desk

__all__ = [
    "accounts",
    "accuracy",
    "areas",
    "dashboard",
    "desk",
    "directory",
    "exchange",
    "guidance",
    "guidance_texts",
    "listings",
    "merges",
    "queue_csv",
    "queue_items",
    "sources",
    "unmet_need",
    "upkeep",
    "vocabulary",
    "working",
]
