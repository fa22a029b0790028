"""Django's PostgreSQL backend, on the server that comes with the site."""

from collections.abc import Iterable
from typing import Any

import psycopg
from django.conf import settings
from django.db.backends.postgresql import base
from django.db.backends.postgresql.client import DatabaseClient as PostgresClient

from finder.embedded_postgres.server import address
from finder.embedded_postgres.sharing import SharedServer, shared_server


def embedded_server() -> SharedServer:
    return shared_server(settings.VAR_DIR)


class DatabaseClient(PostgresClient):
    """`manage.py dbshell`, with the psql that the wheel brings."""

    @classmethod
    def settings_to_cmd_args_env(
        cls, settings_dict: dict[str, Any], parameters: Iterable[str]
    ) -> tuple[list[str], dict[str, str] | None]:
        place = embedded_server().join()
        known = address(place)
        arguments, environment = super().settings_to_cmd_args_env(
            settings_dict | {"HOST": known["host"], "PORT": known["port"]}, parameters
        )
        return [str(place.program("psql")), *arguments[1:]], environment


class DatabaseWrapper(base.DatabaseWrapper):
    client_class = DatabaseClient

    def get_new_connection(self, conn_params: dict[str, Any]) -> Any:
        server = embedded_server()
        conn_params = {**conn_params, **address(server.join())}
        try:
            return super().get_new_connection(conn_params)
        except psycopg.OperationalError:
            if not server.revive():
                raise
            return super().get_new_connection(conn_params)
