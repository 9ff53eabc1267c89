"""Work in a copy of the process: its result and its errors come back, and nothing of it is left running."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from chefsache.pipeline import beside as module
from chefsache.pipeline.beside import beside


@pytest.fixture(params=["copy", "at once"])
def either(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both ways to do the work."""
    if request.param == "copy":
        request.getfixturevalue("linux")
    monkeypatch.setattr(module, "_COPIES", request.param == "copy")


@pytest.mark.usefixtures("either")
def test_the_result_comes_back() -> None:
    """Also one that is larger than what a pipe holds."""
    with beside(lambda: "x" * 1_000_000) as result:
        assert len(result()) == 1_000_000


@pytest.mark.usefixtures("either")
def test_the_work_sees_things_as_they_were() -> None:
    things = ["before"]
    with beside(things.copy) as result:
        things.append("after")
        assert result() == ["before"]


@pytest.mark.usefixtures("either")
def test_errors_come_back() -> None:
    """With number and file, so that a full disk is told as such."""
    with pytest.raises(FileNotFoundError) as caught, beside(Path("/nowhere/at/all").read_bytes) as result:
        result()

    assert caught.value.filename == "/nowhere/at/all"


@pytest.mark.usefixtures("linux")
def test_work_that_is_killed_is_an_error() -> None:
    with beside(lambda: os.kill(os.getpid(), signal.SIGKILL)) as result, pytest.raises(ChildProcessError, match="-9"):
        result()


@pytest.mark.usefixtures("linux")
def test_who_leaves_ends_the_work() -> None:
    """An error beside the work does not wait for it."""
    begun = time.monotonic()
    with pytest.raises(ZeroDivisionError), beside(lambda: time.sleep(60)):
        1 / 0  # noqa: B018 - the error is the point

    assert time.monotonic() - begun < 10


@pytest.mark.usefixtures("linux")
def test_killed_with_its_parent(tmp_path: Path) -> None:
    """After SIGKILL of the process, its copy writes no more."""
    file = tmp_path / "alive"
    script = f"""
import time, pathlib
from chefsache.pipeline.beside import beside
def work():
    while True:
        pathlib.Path({str(file)!r}).write_text(str(time.monotonic()))
        time.sleep(0.02)
with beside(work) as result:
    result()
"""
    process = subprocess.Popen([sys.executable, "-c", script])
    deadline = time.monotonic() + 20
    while not file.exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    process.kill()
    process.wait()
    time.sleep(0.2)
    last = file.read_text()
    time.sleep(0.2)

    assert file.read_text() == last
