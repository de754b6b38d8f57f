"""Keeps a migrated database for the database of the environment: `python -m tests.keep_database`, before any test."""

import os
from pathlib import Path

import django
from django.db import DEFAULT_DB_ALIAS, connections

# Where pytest looks for it, run in this folder.
FOLDER = Path(".pytest_cache/d/databases")


def main() -> None:
    # Models are known from here on, and the module reads them.
    from tests import kept_database

    FOLDER.mkdir(parents=True, exist_ok=True)
    connection = connections[DEFAULT_DB_ALIAS]
    kept_database.use(connection, FOLDER)
    name = connection.settings_dict["NAME"]
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    connection.creation.destroy_test_db(name, verbosity=0)


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "cms.settings.test")
    django.setup()
    main()
