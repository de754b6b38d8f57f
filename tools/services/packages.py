"""Installing Debian packages, where this machine lets us."""

import functools
import os
import shutil
import subprocess

from tools.services.service import Unavailable


@functools.cache
def administrator() -> list[str] | None:
    """The prefix that gives a command the rights to install, or None where nobody may."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    without_password = subprocess.run(["sudo", "-n", "true"], capture_output=True, check=False)
    return ["sudo", "-n"] if without_password.returncode == 0 else None


@functools.cache
def _refresh_lists() -> None:
    prefix = administrator()
    assert prefix is not None
    subprocess.run([*prefix, "apt-get", "update", "-qq"], stdout=subprocess.DEVNULL, check=False)


def is_offered(package: str) -> bool:
    """Whether the distribution has the package at all."""
    if administrator() is None:
        return False
    _refresh_lists()
    answer = subprocess.run(["apt-cache", "policy", package], capture_output=True, text=True, check=False)
    return "Candidate:" in answer.stdout and "Candidate: (none)" not in answer.stdout


def install(*packages: str) -> None:
    names = ", ".join(packages)
    prefix = administrator()
    if prefix is None:
        raise Unavailable(f"{names} not installed, and installing needs apt with root or password-free sudo")
    _refresh_lists()
    print(f"Installing {names}", flush=True)
    quietly = ["-qq", "-y", "-o", "Dpkg::Use-Pty=0", "--no-install-recommends"]
    # In runlevel 1 packages do not start the servers that they bring.
    settings = ["DEBIAN_FRONTEND=noninteractive", "RUNLEVEL=1"]
    done = subprocess.run(
        [*prefix, "env", *settings, "apt-get", "install", *quietly, *packages],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        last_words = (done.stderr.strip() or done.stdout.strip() or "no message").splitlines()[-1]
        raise Unavailable(f"apt could not install {names}: {last_words}")
