"""The key with which a source gets its own meetings back, how to join included."""

from django.core.signing import Signer
from django.utils.crypto import constant_time_compare


def key_of(source: str) -> str:
    """It stays until the site's SECRET_KEY changes."""
    return Signer(salt="finder.feeds.own").signature(source)


def is_key_of(source: str, key: str) -> bool:
    return bool(source) and constant_time_compare(key_of(source), key)
