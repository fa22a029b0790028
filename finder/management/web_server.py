"""gunicorn inside our own process, so that whoever ends this process ends the whole site."""

import os
from typing import Any

from django.core.handlers.wsgi import WSGIHandler
from django.db import connections
from gunicorn.app.base import BaseApplication
from gunicorn.config import Config
from gunicorn.glogging import Logger

from finder.geography.readings import learn_places
from finder.private_log import PrivateFormatter, leave_out_the_request


class PrivateLogger(Logger):  # type: ignore[misc]
    def setup(self, cfg: Config) -> None:
        super().setup(cfg)
        self.error_log.addFilter(leave_out_the_request)
        for handler in self.error_log.handlers:
            handler.setFormatter(PrivateFormatter("{asctime} {levelname} {name} {message}", style="{"))


class WebServer(BaseApplication):  # type: ignore[misc]
    def __init__(self, *, bind: str, workers: int) -> None:
        self._bind, self._workers = bind, workers
        super().__init__()

    def load_config(self) -> None:
        for name, value in self._options().items():
            self.cfg.set(name, value)

    def load(self) -> WSGIHandler:
        """Once, in the parent: its workers share the memory, and must not share its connections."""
        from finder.wsgi import application

        learn_places()
        connections.close_all()
        return application

    def _options(self) -> dict[str, Any]:
        return {
            "bind": self._bind,
            "workers": self._workers,
            "worker_class": "gthread",
            "threads": 4,
            "preload_app": True,
            "limit_request_line": 8190,
            "graceful_timeout": 10,
            "accesslog": None,  # it would hold what people search for
            "loglevel": "error",
            "logger_class": PrivateLogger,
            "control_socket_disable": True,
        }


def worker_count() -> int:
    wanted = os.environ.get("WEB_CONCURRENCY", "")
    return int(wanted) if wanted.isdigit() and int(wanted) else min(4, max(2, os.cpu_count() or 2))
