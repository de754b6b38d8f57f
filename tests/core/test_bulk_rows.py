import json
from decimal import Decimal
from typing import Any

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext
from wagtail.models import Page

from core import bulk_rows, clock
from core.models import OutboxEntry
from knowledge.models import BestPracticePage, Entry
from people.models import User
from search.models import Word
from tests.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite]


def person(number: int, **fields: Any) -> User:
    return User(email=f"bulk-{number}@aurora.example", name=f"Person {number}", password="!", **fields)


def entry(world: World, number: int, **fields: Any) -> Entry:
    row = {"kind": "best_practice", "slug": f"bulk-{number}", "community": world.open}
    return Entry(**row, owner=User.objects.order_by("pk")[0], **fields)


def stored(row: Any) -> dict[str, Any]:
    """What the database holds, apart from what no two rows share."""
    fresh = type(row).objects.get(pk=row.pk)
    own = {"id", "key", "public_id", "email", "name", "slug", "created_at", "date_joined"}
    return {
        field.name: getattr(fresh, field.attname)
        for field in fresh._meta.concrete_fields
        if field.name not in own
    }


class TestInsert:
    def test_stores_what_save_would_have_stored(self, world: World) -> None:
        fields: dict[str, Any] = {
            "effect_amount": Decimal("1250.50"),
            "effect_currency": "EUR",
            "languages": ["en", "he"],
            "published_at": clock.now(),
            "review_date": clock.today(),
        }
        ours, theirs = entry(world, 1, **fields), entry(world, 2, **fields)
        bulk_rows.insert([ours])
        theirs.save()
        assert stored(ours) == stored(theirs)
        assert Entry.objects.get(pk=ours.pk).created_at is not None

    @pytest.mark.parametrize("text", ["back\\slash", "tab\tand\nline", "\\N", "שלום “q”", "a,b'c\"d", ""])
    def test_any_text_comes_back_as_it_was(self, db: None, text: str) -> None:
        bulk_rows.insert([person(1, about=text, other_skills=[text])])
        found = User.objects.get(email="bulk-1@aurora.example")
        assert (found.about, found.other_skills) == (text, [text])

    def test_rows_know_their_keys_and_later_ones_get_others(self, db: None) -> None:
        rows = [person(number) for number in range(5)]
        bulk_rows.insert(rows)
        assert [row.pk for row in rows] == [User.objects.get(email=row.email).pk for row in rows]
        assert not any(row._state.adding for row in rows)
        later = User.objects.create_user("later@aurora.example", name="Later")
        assert later.pk > max(row.pk for row in rows)

    def test_a_row_that_the_database_refuses_takes_the_others_with_it(self, db: None) -> None:
        twin = person(1)
        twin.public_id = (other := person(2)).public_id
        with pytest.raises(IntegrityError), transaction.atomic():
            bulk_rows.insert([person(0), twin, other])
        assert not User.objects.filter(email__startswith="bulk-").exists()

    def test_a_body_at_hand_is_stored_as_it_is(self, world: World) -> None:
        subject = entry(world, 1)
        bulk_rows.insert([subject])
        body = [{"type": "text", "value": "<p>At hand</p>", "id": "0198c1f2-0000-7000-8000-000000000000"}]
        root = Page.objects.get(depth=1)
        page = BestPracticePage(
            title="At hand", slug="bulk-1", entry=subject, summary="One.", path=f"{root.path}ZZZZ", depth=2
        )
        page.locale_id = root.locale_id
        bulk_rows.insert([page], streams={"body": [json.dumps(body)]})
        found = BestPracticePage.objects.get(slug="bulk-1")
        assert list(found.body.raw_data) == body
        assert found.pk == found.page_ptr_id == page.pk == page.entrypage_ptr_id

    def test_sends_no_signal(self, db: None) -> None:
        heard: list[Any] = []

        def hear(instance: User, **kwargs: Any) -> None:
            heard.append(instance)

        post_save.connect(hear, sender=User)
        try:
            bulk_rows.insert([person(1)])
        finally:
            post_save.disconnect(hear, sender=User)
        assert heard == []

    def test_rows_of_two_models_are_refused(self, world: World) -> None:
        with pytest.raises(TypeError):
            bulk_rows.insert([person(1), entry(world, 1)])


class TestAppend:
    def test_the_database_numbers_the_rows_and_fills_its_own_columns(self, db: None) -> None:
        bulk_rows.append(OutboxEntry(kind="bulk", key=str(number), verb="changed") for number in range(3))
        one = OutboxEntry.objects.create(kind="bulk", key="3", verb="changed")
        found = OutboxEntry.objects.filter(kind="bulk").order_by("sequence")
        assert [row.key for row in found] == ["0", "1", "2", "3"]
        assert {row.transaction for row in found} == {OutboxEntry.objects.get(pk=one.pk).transaction}

    def test_nothing_is_written_for_nothing(self, db: None, django_assert_num_queries: Any) -> None:
        with django_assert_num_queries(0):
            bulk_rows.append([])
            bulk_rows.insert([])


class TestWriteOver:
    def write(self, words: dict[str, int], **options: Any) -> dict[str, int]:
        columns = {
            "word": list(words),
            "stem": [f"{word}'\\" for word in words],
            "documents": [*words.values()],
        }
        bulk_rows.write_over(Word, columns, unique=["word"], **options)
        return dict(Word.objects.values_list("word", "documents"))

    def test_writes_new_rows_and_over_old_ones(self, db: None) -> None:
        assert self.write({"pump": 2, 'back\\slash, {"q"}': 1}) == {"pump": 2, 'back\\slash, {"q"}': 1}
        Word.objects.filter(word="pump").update(sound="kept")
        assert self.write({"pump": 5, "valve": 1})["pump"] == 5
        pump = Word.objects.get(word="pump")
        assert (pump.sound, pump.stem, pump.counting) == ("kept", "pump'\\", 0)

    def test_changes_as_it_is_told(self, db: None) -> None:
        self.write({"pump": 2})
        table = connection.ops.quote_name(Word._meta.db_table)
        changes = {"documents": f"{table}.documents + excluded.documents"}
        assert self.write({"pump": 5}, changes=changes) == {"pump": 7}

    def test_nothing_is_written_for_nothing(self, db: None) -> None:
        with CaptureQueriesContext(connection) as queries:
            assert self.write({}) == {}
        assert len(queries) == 1

    def test_more_rows_than_a_statement_takes(self, db: None) -> None:
        words = {f"word{number}": number for number in range(2 * bulk_rows.BATCH + 1)}
        assert self.write(words) == words
