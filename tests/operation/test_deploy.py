"""The files of deploy/ do what they say: a tight unit, a proxy that passes on what it should, an image."""

import http.client
import json
import os
import random
import re
import shlex
import shutil
import socket
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
NAME = "SELECT ?o { <http://example.org/0> <http://example.org/name> ?o }"
BIG = "SELECT * { ?a ?b ?c . ?d ?e ?f } LIMIT 20000"


class Echo(BaseHTTPRequestHandler):
    """Answers with the headers that it got."""

    def do_GET(self) -> None:
        """Answer."""
        body = json.dumps({name.lower(): value for name, value in self.headers.items()}).encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


class Proxy:
    """nginx with the project's configuration in front of a port."""

    def __init__(self, nginx: str, folder: Path, upstream: int) -> None:
        with socket.socket() as free:
            # Below the ports that connections start from: who waits for a server there would find itself.
            free.bind(("127.0.0.1", random.randrange(20_000, 32_000)))
            self.port = free.getsockname()[1]
        site = (DEPLOY / "nginx.conf").read_text()
        for stated, here in (
            ("127.0.0.1:8000", f"127.0.0.1:{upstream}"),
            ("listen 80", f"listen 127.0.0.1:{self.port}"),
        ):
            assert stated in site
            site = site.replace(stated, here)
        paths = "".join(
            f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
        )
        user = "user root; " if os.geteuid() == 0 else ""
        (folder / "nginx.conf").write_text(
            f"{user}pid {folder}/pid; error_log {folder}/error.log; daemon off; events {{}}\n"
            f"http {{ access_log off; {paths}\n{site}\n}}"
        )
        self._process = subprocess.Popen([nginx, "-p", folder, "-c", folder / "nginx.conf"], stderr=subprocess.PIPE)
        deadline = time.monotonic() + 10
        while not _listens(self.port):
            assert time.monotonic() < deadline, self._process.communicate()
            time.sleep(0.05)

    def ask(self, method: str, path: str, body: str = "", **headers: str) -> tuple[int, http.client.HTTPMessage, bytes]:
        """Ask through the proxy."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        connection.request(method, path, body or None, {"Host": "127.0.0.1", **headers})
        answer = connection.getresponse()
        found = answer.status, answer.headers, answer.read()
        connection.close()
        return found

    def end(self) -> None:
        """End nginx, and its processes with it."""
        self._process.terminate()
        self._process.communicate()


def _listens(port: int) -> bool:
    with socket.socket() as trial:
        return trial.connect_ex(("127.0.0.1", port)) == 0


@pytest.fixture(scope="module")
def proxy(nginx: str, server: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Proxy]:
    running = Proxy(nginx, tmp_path_factory.mktemp("nginx"), server.port)
    yield running
    running.end()


def test_queries_pass_the_proxy(proxy: Proxy) -> None:
    """GET, form POST and the query as a body; an answer of megabytes, whole; HEAD."""
    form = f"query={quote(NAME)}"
    got = proxy.ask("GET", f"/sparql?{form}", Accept="text/csv")
    posted = proxy.ask(
        "POST", "/sparql", form, **{"Content-Type": "application/x-www-form-urlencoded", "Accept": "text/csv"}
    )
    direct = proxy.ask("POST", "/sparql", NAME, **{"Content-Type": "application/sparql-query", "Accept": "text/csv"})
    big = proxy.ask("GET", f"/sparql?query={quote(BIG)}", Accept="text/csv")
    head = proxy.ask("HEAD", f"/sparql?query={quote(BIG)}", Accept="text/csv")

    assert [answer[0] for answer in (got, posted, direct)] == [200, 200, 200]
    assert got[2] == posted[2] == direct[2] == b"o\r\nold\r\n"
    assert big[0] == 200, big[2]
    assert len(big[2]) == int(big[1]["Content-Length"]) > 1_000_000
    assert head[0] == 200
    assert head[1]["Content-Length"] == big[1]["Content-Length"]


def test_refusals_pass_the_proxy(proxy: Proxy) -> None:
    """The server's own reasons arrive: another host, a query too long, a query over its time."""
    stranger = proxy.ask("GET", "/", Host="example.org")
    long = proxy.ask(
        "POST", "/sparql", "#" * 2_000_000, **{"Content-Type": "application/sparql-query", "Accept": "*/*"}
    )
    endless = quote("SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }")
    late = proxy.ask("GET", f"/sparql?query={endless}", Accept="text/csv")

    assert stranger[0] == 421
    assert long[0] == 413
    assert json.loads(long[2])["error"]["code"]
    assert late[0] == 504
    assert json.loads(late[2])["error"]["code"] == "deadline"


def test_the_proxy_says_who_asks(nginx: str, tmp_path: Path) -> None:
    """What a client says of its address is replaced by what nginx knows; the host stays."""
    echo = HTTPServer(("127.0.0.1", 0), Echo)
    threading.Thread(target=echo.serve_forever, daemon=True).start()
    proxy = Proxy(nginx, tmp_path, echo.server_port)
    forged = {"X-Forwarded-For": "192.0.2.1", "X-Real-IP": "192.0.2.1", "Forwarded": "for=192.0.2.1"}
    seen = json.loads(proxy.ask("GET", "/", **forged)[2])
    proxy.end()
    echo.shutdown()
    echo.server_close()

    assert seen["x-forwarded-for"] == "127.0.0.1"
    assert seen["x-forwarded-proto"] == "http"
    assert seen["host"] == "127.0.0.1"
    assert "192.0.2.1" not in json.dumps(seen)


def test_the_unit_is_valid_and_tight(systemd_analyze: str, tmp_path: Path) -> None:
    """Systemd finds no fault in it, and little that it leaves open."""
    unit = tmp_path / "chefsache.service"
    text = (DEPLOY / "chefsache.service").read_text()
    unit.write_text(text.replace("/opt/chefsache/bin/chefsache", "/bin/true"))
    verified = subprocess.run([systemd_analyze, "verify", unit], capture_output=True, text=True, check=False)
    scored = subprocess.run(
        [systemd_analyze, "security", "--offline=true", "--threshold=20", "--no-pager", unit],
        capture_output=True, text=True, check=False,
    )  # fmt: skip

    assert (verified.returncode, verified.stderr) == (0, "")
    assert scored.returncode == 0, scored.stdout[-300:]


def test_the_unit_gives_the_memory_that_the_limits_need() -> None:
    """(own + public workers) x (memory of a query + what a worker has anyway) fits below MemoryMax, as documented."""
    text = (DEPLOY / "chefsache.service").read_text()
    query = int(re.search(r"QUERY_MEMORY_MB=(\d+)", text)[1])
    allowed = int(re.search(r"MemoryMax=(\d+)G", text)[1]) * 1024
    stop = int(re.search(r"TimeoutStopSec=(\d+)", text)[1])
    seconds = int(re.search(r"QUERY_SECONDS=(\d+)", text)[1])

    assert (4 + 2) * (query + 100) + 500 <= allowed
    assert stop > seconds + 5


def steps() -> list[tuple[str, str]]:
    """The instructions of the Containerfile, in their order."""
    lines = (DEPLOY / "Containerfile").read_text().splitlines()
    return [tuple(line.split(" ", 1)) for line in lines if line and not line.startswith("#")]  # type: ignore[misc]


def test_the_image_holds_what_the_wheel_needs(tmp_path: Path) -> None:
    """Everything that is copied exists, and gives a wheel with code and content."""
    for kind, arguments in steps():
        if kind == "COPY" and not arguments.startswith("--from"):
            *sources, target = shlex.split(arguments)
            for source in sources:
                assert (ROOT / source).exists(), source
                if target == "./":
                    shutil.copy(ROOT / source, tmp_path)
                elif target.startswith("./"):
                    shutil.copytree(
                        ROOT / source, tmp_path / target, ignore=shutil.ignore_patterns("__pycache__", "node_modules")
                    )
    built = subprocess.run(
        [sys.executable, "-m", "hatchling", "build", "-t", "wheel"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stderr
    names = zipfile.ZipFile(next((tmp_path / "dist").glob("*.whl"))).namelist()

    for name in ("cli.py", "ontology/chefsache.ttl", "CITATION.cff", "web/texts.toml"):
        assert f"chefsache/{name}" in names
    assert [name for name in names if name.startswith("chefsache/queries/questions/")]


def test_the_image_knows_when_it_is_healthy(server: Any) -> None:
    """Its check succeeds on a server that is ready, under a host that it answers to, and else fails."""
    check = json.loads(next(text for kind, text in steps() if kind == "HEALTHCHECK").split(" CMD ")[1])
    check[0] = sys.executable

    def healthy(port: int, url: str) -> bool:
        command = [part.replace(":8000", f":{port}") for part in check]
        return not subprocess.run(
            command, env={"CHEFSACHE_PUBLIC_URL": url}, capture_output=True, check=False
        ).returncode

    assert healthy(server.port, "http://127.0.0.1:1")
    assert not healthy(server.port, "https://graph.example.org")
    assert not healthy(1, "http://127.0.0.1:1")


def test_the_image_is_no_root() -> None:
    """It runs under a number, with the options that the command knows."""
    found = dict(steps())

    assert found["USER"] == "10001"
    assert json.loads(found["CMD"])[:2] == ["chefsache", "serve"]
    assert found["STOPSIGNAL"] == "SIGTERM"
