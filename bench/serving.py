"""A sample newsroom served as docs/deploy.md says, on this machine alone: gunicorn behind nginx
with the configuration in deploy/, a certificate that nobody has to trust, and SQLite."""

from __future__ import annotations

import contextlib
import os
import re
import secrets
import shutil
import socket
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen

TOP = Path(__file__).resolve().parent.parent
AROUND = """
daemon off;
{user}pid {folder}/nginx.pid;
error_log {folder}/nginx.log;
worker_processes 1;
events {{}}
http {{
    include /etc/nginx/mime.types;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
{ours}
}}
"""


@contextlib.contextmanager
def served(folder: Path) -> Iterator[str]:
    """Its address. A folder served before is served again, with its stories and pictures."""
    for program in ("nginx", "openssl"):
        if not shutil.which(program):
            raise SystemExit(f"There is no {program} on the PATH. On Debian: apt install {program}")
    inner, outer = _free_port(), _free_port()
    site = f"https://localhost:{outer}"
    environment = _environment(folder, site)
    _fill(environment)
    gunicorn = [
        *(sys.executable, "-m", "gunicorn", "newsroom.wsgi", "--bind", f"127.0.0.1:{inner}"),
        *("--worker-class", "gthread", "--workers", "2", "--threads", "4", "--no-control-socket"),
        *("--log-level", "warning"),
    ]
    nginx = ["nginx", "-p", str(folder), "-c", str(_configure(folder, inner, outer))]
    with _running(gunicorn, environment), _running(nginx, environment):
        _wait_for(f"{site}/health/live")
        yield site


def _environment(folder: Path, site: str) -> dict[str, str]:
    return {
        **os.environ,
        "SECRET_KEY": secrets.token_urlsafe(50),
        "ALLOWED_HOSTS": "localhost,127.0.0.1",
        "SITE_URL": site,
        "SITE_NAME": "The Harbour Gazette",
        "DATABASE_URL": f"sqlite:///{folder / 'newsroom.sqlite3'}",
        "MEDIA_ROOT": str(folder / "media"),
        "HTTPS": "1",
        "TRUSTED_PROXIES": "1",
        "FRAGMENTS": "ssi",
        "LOG_LEVEL": "ERROR",
        "DEBUG": "0",
    }


def _fill(environment: dict[str, str]) -> None:
    """The samples, which are made with DEBUG on only, and what is static."""
    for debug, *command in (
        ("1", "migrate", "--verbosity", "0"),
        ("1", "demo"),
        ("0", "reindex", "--live"),
        ("0", "collectstatic", "--noinput", "--verbosity", "0"),
    ):
        subprocess.run(
            [sys.executable, "manage.py", *command],
            cwd=TOP,
            env={**environment, "DEBUG": debug},
            stdout=subprocess.DEVNULL,
            check=True,
        )


def _configure(folder: Path, inner: int, outer: int) -> Path:
    """deploy/nginx.conf with this machine's folders and ports."""
    certificate, key = folder / "certificate.pem", folder / "key.pem"
    subject = ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", *subject),
            *("-out", str(certificate), "-keyout", str(key)),
        ],
        stderr=subprocess.DEVNULL,
        check=True,
    )
    ours = (TOP / "deploy/nginx.conf").read_text("utf-8")
    # The server that only sends plain http on to https needs port 80.
    ours = re.sub(r"server \{\n    listen 80;.*?\n\}\n", "", ours, flags=re.DOTALL)
    ours = re.sub(r".*listen \[::\].*\n", "", ours)
    for old, new in (
        ("listen 443", f"listen 127.0.0.1:{outer}"),
        ("127.0.0.1:8001", f"127.0.0.1:{inner}"),
        ("proxy_set_header Host $host;", "proxy_set_header Host $http_host;"),
        ("/etc/letsencrypt/live/news.example/fullchain.pem", str(certificate)),
        ("/etc/letsencrypt/live/news.example/privkey.pem", str(key)),
        ("news.example", "localhost"),
        ("/var/log/nginx/newsroom.log", f"{folder}/access.log"),
        ("/var/cache/nginx/newsroom", f"{folder}/cache"),
        ("/srv/newsroom/staticfiles", str(TOP / "staticfiles")),
        ("/srv/newsroom", str(folder)),
    ):
        if old not in ours:
            raise SystemExit(f"deploy/nginx.conf has no longer “{old}”, which is replaced here.")
        ours = ours.replace(old, new)
    # As root nginx gives up its rights, and could not read a folder of root's.
    user = "user root;\n" if os.geteuid() == 0 else ""
    path = folder / "nginx.conf"
    path.write_text(AROUND.format(folder=folder, ours=ours, user=user), "utf-8")
    return path


def _free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return found.getsockname()[1]


@contextlib.contextmanager
def _running(command: list[str], environment: dict[str, str]) -> Iterator[None]:
    with subprocess.Popen(command, cwd=TOP, env=environment) as process:
        try:
            yield
        finally:
            process.terminate()


def fetch(address: str) -> bytes:
    """What is there; the certificate is ours."""
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    with urlopen(address, context=anyone) as answer:
        return answer.read()


def _wait_for(address: str) -> None:
    for _ in range(300):
        with contextlib.suppress(OSError):
            fetch(address)
            return
        time.sleep(0.1)
    raise SystemExit(f"Nothing answers at {address}")
