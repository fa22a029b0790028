"""The desk: Django's admin over every model, arranged for the people who keep the directory right."""

from finder.admin import (
    accounts,
    accuracy,
    dashboard,
    directory,
    exchange,
    guidance,
    guidance_texts,
    listings,
    merges,
    put_back,
    review_by_rule,
    sources,
    unmet_need,
    upkeep,
    vocabulary,
)
from finder.admin.site import desk

__all__ = [
    "accounts",
    "accuracy",
    "dashboard",
    "desk",
    "directory",
    "exchange",
    "guidance",
    "guidance_texts",
    "listings",
    "merges",
    "put_back",
    "review_by_rule",
    "sources",
    "unmet_need",
    "upkeep",
    "vocabulary",
]
