"""Runs node, npm or npx: the system's when it is recent enough, else the one that is packaged for Python.

`python -m tools.node npm ci` works on a machine without Node: the locked package of requirements/node.txt is
installed into the virtual environment the first time it is needed.
"""

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

OLDEST_MAJOR = 20
ROOT = Path(__file__).resolve().parent.parent
LOCK = ROOT / "requirements" / "node.txt"


def system_node() -> Path | None:
    """The folder on PATH, outside our environment, of a recent enough Node with npm beside it."""
    own = Path(sys.prefix) / "bin"
    for folder in map(Path, os.environ.get("PATH", "").split(os.pathsep)):
        if folder == own or not (shutil.which("node", path=folder) and shutil.which("npm", path=folder)):
            continue
        answer = subprocess.run([folder / "node", "--version"], capture_output=True, text=True, check=False)
        version = re.match(r"v(\d+)\.", answer.stdout)
        if version and int(version[1]) >= OLDEST_MAJOR:
            return folder
    return None


def packaged_node() -> Path:
    """The folder of the Node in our virtual environment, installed if it is not there yet."""
    folder = Path(sys.prefix) / "bin"
    if not (folder / "npm").exists():
        print(
            f"No Node {OLDEST_MAJOR} or later here: installing one into the virtual environment", flush=True
        )
        quietly = ["--quiet", "--disable-pip-version-check", "--no-input"]
        locked = ["--require-hashes", "--no-deps", "--requirement", str(LOCK)]
        subprocess.run([sys.executable, "-m", "pip", "install", *quietly, *locked], check=True)
    return folder


def main(command: list[str]) -> None:
    folder = system_node() or packaged_node()
    environment = {**os.environ, "PATH": f"{folder}{os.pathsep}{os.environ.get('PATH', '')}"}
    os.chdir(ROOT)
    os.execvpe(folder / command[0], command, environment)  # noqa: S606 - no shell is what we want


if __name__ == "__main__":
    main(sys.argv[1:])
