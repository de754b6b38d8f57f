import contextlib
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools.services import packages
from tools.services.__main__ import Lacking
from tools.services.programs import Program
from tools.services.service import Unavailable, free_port, running, temporary_folder

SLEEPER = [sys.executable, "-c", "import time; print('up', flush=True); time.sleep(60)"]


def answers(log):
    return lambda: "up" in log.read_text()


def alive(pid):
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 0)
        return True
    return False


def children_of(pid):
    listed = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(pid)], capture_output=True, text=True, check=False
    )
    return {int(child) for child in listed.stdout.split()}


def command_of(pid):
    with contextlib.suppress(FileNotFoundError):
        return Path(f"/proc/{pid}/cmdline").read_text()
    return ""


def test_a_server_runs_for_the_time_of_the_block_even_when_it_fails(tmp_path):
    log = tmp_path / "log"
    with pytest.raises(ZeroDivisionError), running(SLEEPER, log=log, answers=answers(log), patience=10):
        (server,) = {pid for pid in children_of(os.getpid()) if "sleep(60)" in command_of(pid)}
        raise ZeroDivisionError
    assert not alive(server)


def test_a_server_that_ignores_the_request_to_stop_is_killed(tmp_path, monkeypatch):
    monkeypatch.setattr("tools.services.service.STOP_SECONDS", 0.2)
    log = tmp_path / "log"
    stubborn = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN);" + SLEEPER[-1]
    begun = time.monotonic()
    with running([*SLEEPER[:-1], stubborn], log=log, answers=answers(log), patience=10):
        pass
    assert time.monotonic() - begun < 15


def test_a_server_that_dies_says_why(tmp_path):
    dying = [sys.executable, "-c", "raise SystemExit('no room on the disk')"]
    with (
        pytest.raises(Unavailable, match="ended with 1: no room on the disk"),
        running(dying, log=tmp_path / "log", answers=lambda: False, patience=10),
    ):
        pass


def test_a_server_that_stays_silent_is_given_up(tmp_path):
    with (
        pytest.raises(Unavailable, match="gave no answer"),
        running(SLEEPER, log=tmp_path / "log", answers=lambda: False, patience=0.3),
    ):
        pass


def test_a_folder_lasts_as_long_as_its_service():
    with temporary_folder() as folder:
        (folder / "data").write_text("x")
    assert not folder.exists()


def test_ports_are_free():
    assert len({free_port() for _ in range(5)}) > 1


@pytest.mark.parametrize(("value", "spoils"), [("true", True), ("1", True), ("", False), ("false", False)])
def test_what_is_lacking_is_a_failure_only_where_nobody_reads_the_output(monkeypatch, capsys, value, spoils):
    monkeypatch.setenv("CI", value)
    missing = Program(
        name="Telescope", tests="the stars", commands=["no-such-telescope"], packages=["telescope"]
    )
    with pytest.raises(Unavailable), missing.started():
        pass
    lacking = Lacking({missing: "it is cloudy"})
    lacking.report()
    assert "NOT TESTED  the stars" in capsys.readouterr().out
    assert lacking.spoils_the_run() is spoils
    assert not Lacking().spoils_the_run()


@pytest.mark.parametrize(
    ("there", "offered", "installed"),
    [
        (["mirror"], ["mirror", "lens"], []),
        (["lens"], ["mirror", "lens"], ["mirror"]),
        (["lens"], ["lens"], []),
        (["spyglass"], [], []),
        ([], ["lens"], ["lens"]),
        ([], [], ["lens"]),
    ],
)
def test_the_best_program_that_can_be_had_is_installed(monkeypatch, there, offered, installed):
    found = []
    monkeypatch.setattr(shutil, "which", lambda command: command if command in there else None)
    monkeypatch.setattr(packages, "is_offered", offered.__contains__)
    monkeypatch.setattr(packages, "install", found.append)
    commands = ["mirror", "lens", "spyglass"]
    Program(name="Telescope", tests="the stars", commands=commands, packages=["mirror", "lens"]).install()
    assert found == installed


def test_the_command_of_a_run_is_ended_with_it():
    without_services = "import sys, tools.services.__main__ as m; m.SERVICES = []; sys.exit(m.main())"
    process = subprocess.Popen([sys.executable, "-c", without_services, "run", "--", "sleep", "60"])
    deadline = time.monotonic() + 10
    while not (grandchildren := children_of(process.pid)) and time.monotonic() < deadline:
        time.sleep(0.05)
    process.send_signal(signal.SIGTERM)
    assert process.wait(10) == 128 + signal.SIGTERM
    assert not any(alive(pid) for pid in grandchildren)
