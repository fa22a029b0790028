from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper

if TYPE_CHECKING:
    _TermIds = ArrayField[Sequence[int], list[int]]
else:
    _TermIds = ArrayField


class TermIdsField(_TermIds):
    """An array of term ids, written as one literal.

    `ArrayField` prepares element by element: 3.8 million calls, a third of an import's time.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["base_field"] = models.IntegerField()
        super().__init__(*args, **kwargs)

    def deconstruct(self) -> Any:
        name, path, args, kwargs = super().deconstruct()
        kwargs.pop("base_field", None)
        return name, path, args, kwargs

    def get_db_prep_value(self, value: Any, connection: BaseDatabaseWrapper, prepared: bool = False) -> Any:
        if isinstance(value, list | tuple):
            return "{" + ",".join(map(str, value)) + "}"
        return super().get_db_prep_value(value, connection, prepared)
