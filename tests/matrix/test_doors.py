"""Roles × doors: every address as every role, and after a refusal the world is as it was."""

import hashlib
from collections.abc import Callable
from unittest import mock

from django.apps import apps
from django.db import connection, transaction
from django.test import TestCase
from django.utils.text import slugify

from knowledge.slides import pdf
from tests.matrix import scene as scenes
from tests.matrix import urlconf
from tests.matrix.doors import DOORS, ROLES, Door

OWN_APPS = {"core", "people", "search", "knowledge", "cms"}
# The second is a proxy: Wagtail's table under our name.
NOT_COUNTED = {"core.Job", "cms.SiteHistoryEntry"}
SIGNING_IN = {"last_login", "access_version"}


def fingerprint() -> str:
    """A digest of every row of our own; signing in itself is not counted."""
    digest = hashlib.sha256()
    with connection.cursor() as cursor:
        for model in apps.get_models():
            if model._meta.app_label in OWN_APPS and model._meta.label not in NOT_COUNTED:
                columns = [f.column for f in model._meta.local_concrete_fields if f.name not in SIGNING_IN]
                names = ", ".join(f'"{column}"' for column in columns)
                cursor.execute(f'SELECT {names} FROM "{model._meta.db_table}" ORDER BY 1')
                digest.update(repr((model._meta.label, cursor.fetchall())).encode())
    return digest.hexdigest()


def test_every_address_has_its_row() -> None:
    assert urlconf.names() - {door.name for door in DOORS} == set()


def test_no_row_is_left_over() -> None:
    assert {door.name for door in DOORS} - urlconf.names() == set()


class TestDoors(TestCase):
    """One scene for all doors; each role tries each door in a savepoint that is undone."""

    @classmethod
    def setUpTestData(cls) -> None:
        cls.scene = scenes.build()
        cls.untouched = fingerprint()

    def setUp(self) -> None:
        # Whether a PDF is made well is asked elsewhere, and takes seconds each time.
        self.enterContext(mock.patch.multiple(pdf, made=lambda context: b"%PDF", is_possible=lambda: True))

    def try_door(self, door: Door) -> None:
        wrong = []
        for role in ROLES:
            expected = door.answer(role)
            with transaction.atomic():
                person = self.scene.person(role)
                self.client.logout()
                if person is not None:
                    self.client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
                answer = getattr(self.client, door.method)(door.address(self.scene), door.data)
                if answer.status_code != expected:
                    wrong.append(f"{role}: {answer.status_code} instead of {expected}")
                is_refused = expected >= 400 or (role == "visitor" and expected == 302)
                if (is_refused or door.method == "get") and fingerprint() != self.untouched:
                    wrong.append(f"{role}: the world changed")
                if answer.streaming:
                    b"".join(answer.streaming_content)
                transaction.set_rollback(True)
        assert wrong == []


def _method(door: Door) -> Callable[[TestDoors], None]:
    return lambda self: self.try_door(door)


for number, each in enumerate(DOORS):
    setattr(TestDoors, f"test_{number:03}_{slugify(each.label).replace('-', '_')}", _method(each))
