"""The files under deploy/ and their guide: they name what exists, and tell no log who asked what."""

import os
import re
import shlex
import shutil
import socket
import subprocess
from collections.abc import Iterator
from http.server import ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.db import connection

from finder.embedded_postgres.server import SETTINGS
from finder.models import ReporterKey
from tests.own_nginx import DEPLOY, NAME, NGINX, Instance, Proxy, free_port

GUIDE = settings.BASE_DIR / "docs/guides/deploy.md"
SITE = (DEPLOY / "nginx/finder.conf").read_text()
UNIT = (DEPLOY / "systemd/finder@.service").read_text()
CRON = (DEPLOY / "cron/finder").read_text()
BACKUP = DEPLOY / "backup"

SECRET = "zebrafinch"
LOGGED = {"time_iso8601", "status", "request_method", "finder_page", "body_bytes_sent", "request_time"}

needs_nginx = pytest.mark.skipif(
    not (NGINX and shutil.which("openssl")),
    reason="!!! nginx or openssl is missing: whether it logs searches is NOT CHECKED (nginx-light)",
)


@pytest.fixture
def instance() -> Iterator[int]:
    Instance.received.clear()
    with ThreadingHTTPServer(("127.0.0.1", 0), Instance) as server:
        Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield server.server_port
        server.shutdown()


def ask_in_every_way(proxy: Proxy) -> None:
    """Well, badly, from outside the editors' networks, and of a site that hangs up."""
    where = f"/search/?q={SECRET}"
    assert proxy.ask(where, Referer=f"https://{NAME}{where}")[0] == 200
    assert proxy.ask("/plan/", method="POST", body=f"q={SECRET}")[0] == 200
    assert proxy.ask(f"/program/{SECRET}/", method="POST", body=f"mark={SECRET}")[0] == 200
    assert proxy.ask(f"/desk/?q={SECRET}")[0] == 403
    assert proxy.ask(where, **{"Bad Header": SECRET})[0] == 400
    assert proxy.ask(f"{where}{'a' * 10_000}")[0] == 414
    assert proxy.ask(where, method="POST", body=SECRET * 27_000)[0] == 413
    assert proxy.ask(f"{where}&hang-up", Referer=where)[0] == 502
    with socket.create_connection(("127.0.0.1", proxy.plain_port), 10) as plain:
        plain.sendall(f"GET {where} HTTP/1.1\r\nHost: {NAME}\r\nConnection: close\r\n\r\n".encode())
        assert b" 308 " in plain.recv(1000)


def outside(site: str) -> str:
    return site.replace("allow 127.0.0.1;", "")


@needs_nginx
def test_nginx_accepts_the_site(tmp_path: Path) -> None:
    proxy = Proxy(tmp_path, instances=(8001, 8002), site=SITE)
    checked = subprocess.run(proxy.command("-t"), capture_output=True, text=True)
    assert checked.returncode == 0, checked.stderr
    assert "[warn]" not in checked.stderr


@needs_nginx
def test_no_log_of_the_proxy_holds_what_was_asked(tmp_path: Path, instance: int) -> None:
    with Proxy(tmp_path, instances=(instance, free_port()), site=outside(SITE)).running() as proxy:
        ask_in_every_way(proxy)
        assert {line.split(" ", 1)[1].rsplit(" ", 2)[0] for line in proxy.log().splitlines()} >= {
            "200 GET search",
            "200 POST page",
            "200 POST program",
            "403 GET desk",
            "502 GET search",
        }
        assert proxy.files_that_hold(SECRET) == []
        assert proxy.files_that_hold("127.0.0.1") == ["nginx.conf"]


@needs_nginx
def test_an_error_log_would_have_told(tmp_path: Path, instance: int) -> None:
    site = outside(SITE).replace("error_log /dev/null emerg", f"error_log {tmp_path}/loud.log error")
    with Proxy(tmp_path, instances=(instance, free_port()), site=site).running() as proxy:
        ask_in_every_way(proxy)
        assert proxy.files_that_hold(SECRET) == ["loud.log"]


@needs_nginx
def test_nobody_can_pretend_to_be_another(tmp_path: Path, instance: int) -> None:
    with Proxy(tmp_path, instances=(instance, free_port()), site=SITE).running() as proxy:
        forged = {
            "X-Forwarded-For": "198.51.100.7",
            "X-Forwarded-Proto": "http",
            "Forwarded": "for=198.51.100.7",
        }
        proxy.ask("/", **forged)
    (received,) = Instance.received
    assert received["X-Forwarded-For"] == "127.0.0.1"
    assert received["X-Forwarded-Proto"] == "https"
    assert "Forwarded" not in received


@needs_nginx
def test_the_second_instance_answers_while_the_first_restarts(tmp_path: Path, instance: int) -> None:
    with Proxy(tmp_path, instances=(free_port(), instance), site=SITE).running() as proxy:
        assert [proxy.ask("/search/")[0] for _ in range(3)] == [200, 200, 200]


@needs_nginx
def test_a_site_that_is_down_still_names_who_helps(tmp_path: Path) -> None:
    with Proxy(tmp_path, instances=(free_port(), free_port()), site=SITE).running() as proxy:
        status, page = proxy.ask(f"/search/?q={SECRET}")
    assert status == 502
    assert {"tel:911", "tel:988", "tel:+18006624357"} <= set(re.findall(r'href="([^"]+)"', page))


def test_a_log_line_says_neither_who_nor_what() -> None:
    formats = re.findall(r"log_format (\w+) ([^;]+);", SITE)
    assert [name for name, _ in formats] == ["finder"]
    assert set(re.findall(r"\$(\w+)", formats[0][1])) == LOGGED


def test_every_server_has_its_quiet_logs() -> None:
    servers = re.split(r"\nserver \{", SITE)[1:]
    assert len(servers) == 3
    for server in servers:
        assert re.findall(r"error_log ([^;]+);", server) == ["/dev/null emerg"]
        assert re.findall(r"access_log ([^;]+);", server) in (["off"], ["/var/log/nginx/finder.log finder"])


def test_the_unit_starts_a_command_that_exists_without_demonstration() -> None:
    (line,) = re.findall(r"^ExecStart=(.+)$", UNIT, re.MULTILINE)
    program, manage, name, *arguments = line.split()
    assert (program, manage) == ("/srv/finder/.venv/bin/python", "manage.py")
    parser = load_command_class(get_commands()[name], name).create_parser("manage.py", name)
    assert parser.parse_args(arguments).without_demo


def test_the_proxy_asks_the_instances_that_the_guide_starts() -> None:
    (started,) = re.findall(r"systemctl enable --now (.+)", GUIDE.read_text())
    assert started.split() == [f"finder@{port}" for port in re.findall(r"server 127\.0\.0\.1:(\d+)", SITE)]


def test_cron_runs_what_exists() -> None:
    jobs = [line.split(None, 6)[5:] for line in CRON.splitlines() if line[:1].isdigit()]
    assert [user for user, _ in jobs] == ["postgres", *["finder"] * (len(jobs) - 1)]
    named = set(re.findall(r"manage\.py (\w+)", CRON))
    assert named == {
        "ask_providers",
        "check_index",
        "clearsessions",
        "draw_accuracy_sample",
        "purge_lists",
        "purge_reports",
        "purge_unmet_needs",
        "refresh_disputes",
        "refresh_queue",
        "refresh_sources",
        "refresh_times",
        "send_alerts",
    }
    assert named <= set(get_commands())
    assert shlex.split(jobs[0][1])[0] == "/srv/finder/deploy/backup"
    assert os.access(BACKUP, os.X_OK)


def test_cron_would_read_the_file() -> None:
    assert CRON.endswith("\n"), "cron leaves out a last line without an end"
    assert "%" not in CRON, "cron reads % as the end of the command"


def test_the_guide_names_what_exists() -> None:
    guide = GUIDE.read_text()
    files = set(re.findall(r"(?<![\w.])deploy/[\w./@-]+\w", guide))
    assert {"deploy/backup", "deploy/nginx/finder.conf", "deploy/systemd/finder@.service"} <= files
    assert [name for name in files if not (settings.BASE_DIR / name).exists()] == []
    assert set(re.findall(r"manage\.py (\w+)", guide)) <= set(get_commands())


def postgresql_settings() -> dict[str, str]:
    lines = (DEPLOY / "postgresql/finder.conf").read_text().splitlines()
    pairs = (line.split("#")[0].partition("=") for line in lines)
    return {name.strip(): value.strip() for name, equals, value in pairs if equals}


def test_postgresql_keeps_as_quiet_as_the_embedded_one() -> None:
    ours = postgresql_settings()
    quiet = {
        name: value for name, value in SETTINGS.items() if name.startswith("log_min") or "verbosity" in name
    }
    assert len(quiet) == 3
    assert quiet.items() <= ours.items()
    assert (ours["log_statement"], ours["log_min_duration_statement"]) == ("none", "-1")


def test_postgresql_knows_every_setting(db: None) -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT name FROM pg_settings")
        known = {name for (name,) in cursor.fetchall()}
    assert set(postgresql_settings()) - known == set()


def back_up(folder: Path, *, dump_works: bool) -> int:
    programs = folder / "programs"
    programs.mkdir()
    for name, text in {
        "pg_dump": 'for word; do case $word in --file=*) echo dump >"${word#--file=}" ;; esac; done\n'
        + ("" if dump_works else "exit 1\n"),
        "pg_restore": "exit 0\n",
    }.items():
        (programs / name).write_text(f"#!/bin/sh\n{text}")
        (programs / name).chmod(0o755)
    found = f"{programs}:{os.environ['PATH']}"
    return subprocess.run([BACKUP, "finder", folder], env={**os.environ, "PATH": found}).returncode


def dumps(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir() if path.is_file())


@pytest.fixture
def old_dump(tmp_path: Path) -> Path:
    path = tmp_path / "finder-2020-01-01.dump"
    path.write_text("dump")
    os.utime(path, (0, 0))
    return path


def test_a_backup_replaces_those_older_than_two_weeks(tmp_path: Path, old_dump: Path) -> None:
    assert back_up(tmp_path, dump_works=True) == 0
    (made,) = dumps(tmp_path)
    assert re.fullmatch(r"finder-20\d\d-\d\d-\d\d\.dump", made)
    assert made != old_dump.name
    assert (tmp_path / made).stat().st_mode & 0o077 == 0


def test_no_backup_keeps_the_secret_by_which_readers_are_told_apart_for_a_day() -> None:
    dumping = next(line for line in BACKUP.read_text().splitlines() if line.startswith("pg_dump"))
    assert f"--exclude-table-data={ReporterKey._meta.db_table}" in shlex.split(dumping)


def test_doubts_lapse_before_the_index_is_checked() -> None:
    lines = CRON.splitlines()
    lapse, check = (
        next(line for line in lines if name in line) for name in ("refresh_disputes", "check_index")
    )
    assert lines.index(lapse) < lines.index(check)
    assert [line.split()[1] for line in (lapse, check)] == ["3", "3"]


def test_a_failed_backup_leaves_the_old_ones_and_nothing_half_made(tmp_path: Path, old_dump: Path) -> None:
    assert back_up(tmp_path, dump_works=False) != 0
    assert dumps(tmp_path) == [old_dump.name]
