import contextlib
import os
import shutil
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from tools.services import packages
from tools.services.service import Service, Unavailable, free_port, running, temporary_folder

ROOT = Path(__file__).resolve().parent.parent.parent
SERVE = ROOT / "tools" / "elasticsearch" / "serve"
NEEDED = {"mvn": "maven", "unzip": "unzip"}
JAVA_LOCK = ROOT / "requirements" / "java.txt"


class Elasticsearch(Service):
    name = "Elasticsearch"
    tests = "the search contract on Elasticsearch, indexing and index checks"

    def install(self) -> None:
        missing = [package for program, package in NEEDED.items() if shutil.which(program) is None]
        if missing:
            packages.install(*missing)
        self._install_java()
        fetched = subprocess.run([SERVE, "install"], capture_output=True, text=True, check=False)
        if fetched.returncode:
            raise Unavailable(_last_line(fetched.stderr) or "the server could not be fetched")

    @contextlib.contextmanager
    def started(self) -> Iterator[dict[str, str]]:
        port = free_port()
        url = f"http://127.0.0.1:{port}"
        # Elasticsearch refuses to run as root; tools/elasticsearch/serve makes it nobody's.
        with temporary_folder(owner="nobody" if os.geteuid() == 0 else None) as folder:
            environment = {**os.environ, "ES_PORT": str(port), "ES_DATA_DIR": str(folder / "node")}
            with running(
                [str(SERVE), "run"],
                log=folder / "log",
                answers=lambda: _answers(f"{url}/_cluster/health?wait_for_nodes=1&timeout=5s"),
                patience=120,
                environment=environment,
            ):
                yield {"ELASTICSEARCH_URL": url}

    @staticmethod
    def _install_java() -> None:
        """A JDK of the system, else of the distribution, else the runtime that is packaged for Python."""
        if _has_java():
            return
        for package in ("openjdk-25-jdk-headless", "openjdk-21-jdk-headless"):
            if packages.is_offered(package):
                packages.install(package)
                return
        if sys.prefix == sys.base_prefix:
            raise Unavailable("no Java 21 or later, and no virtual environment to install one into")
        print("No Java 21 or later here: installing one into the virtual environment", flush=True)
        quietly = ["--quiet", "--disable-pip-version-check", "--no-input"]
        locked = ["--require-hashes", "--no-deps", "--requirement", str(JAVA_LOCK)]
        subprocess.run([sys.executable, "-m", "pip", "install", *quietly, *locked], check=False)
        if not _has_java():
            raise Unavailable("no Java 21 or later could be found or installed")


def _has_java() -> bool:
    return subprocess.run([SERVE, "java"], capture_output=True, check=False).returncode == 0


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(url, timeout=6) as response:  # noqa: S310 - our own address
            return bool(response.status == 200)
    except (urllib.error.URLError, OSError):
        return False


def _last_line(text: str) -> str:
    return text.strip().splitlines()[-1] if text.strip() else ""
