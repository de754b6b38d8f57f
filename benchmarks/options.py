"""What `make bench ARGS="…"` can be told."""

import argparse
from collections.abc import Sequence
from dataclasses import dataclass

ENTRIES = 5000
ROUNDS = 7
PARTS = ("pages", "lists", "facets", "exports", "prints", "imports", "bulk", "scale", "writers", "sizes")
DESCRIPTION = """
Measures the quality bars and writes docs/benchmarks.md. Without --database everything is made for the run in a
PostgreSQL of its own and thrown away. With it the given database is measured: what it lacks of the demonstration and
of the generated entries is added, so that the next run finds them; the statements of the small tables are counted in
a PostgreSQL of the run's own. Never give it a database that people use.
"""


@dataclass(frozen=True)
class Options:
    entries: int
    rounds: int
    only: tuple[str, ...]
    renew: bool
    database: str
    folder: str
    count_small: str
    small: str

    def wants(self, part: str) -> bool:
        return not self.only or part in self.only


def read(arguments: Sequence[str]) -> Options:
    parser = argparse.ArgumentParser(prog="make bench", description=DESCRIPTION)
    parser.add_argument(
        "--entries",
        type=int,
        default=ENTRIES,
        help="generated entries, 5000 unless given; 50000 make a holding",
    )
    parser.add_argument("--rounds", type=int, default=ROUNDS, help="turns of each thing compared")
    parser.add_argument(
        "--only",
        nargs="*",
        default=[],
        choices=PARTS,
        metavar="PART",
        help=f"{', '.join(PARTS)}: measure these alone and write no file",
    )
    parser.add_argument(
        "--renew", action="store_true", help="with --only: put what was measured into the page that is there"
    )
    parser.add_argument(
        "--database", default="", metavar="URL", help="postgres://… of a database that is kept"
    )
    parser.add_argument(
        "--folder", default="", metavar="PATH", help="where the files of that database are kept"
    )
    # What the first of two processes tells the second (benchmarks.__main__).
    parser.add_argument("--count-small", default="", help=argparse.SUPPRESS)
    parser.add_argument("--small", default="", help=argparse.SUPPRESS)
    given = parser.parse_args(arguments)
    if bool(given.database) != bool(given.folder):
        parser.error("--database and --folder go together: the database knows the files by name alone")
    return Options(**{**vars(given), "only": tuple(given.only)})
