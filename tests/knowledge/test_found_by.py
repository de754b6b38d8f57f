from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from wagtail.models import ReferenceIndex

from knowledge import found_by, search_sources
from knowledge.models import EntryAttachment, EntryAuthor, EntryPage, EntryShare
from people import access
from people.choices import Access
from people.models import Competence, Document
from search.models import DocumentText
from tests import world as worlds
from tests.world import World

pytestmark = pytest.mark.django_db


def page(slug: str) -> EntryPage:
    found: EntryPage = EntryPage.objects.get(slug=slug)
    return found


def attach(slug: str, title: str, world: World, access: str, where: str = "open") -> None:
    paper = worlds.document(title, getattr(world, where), access)
    EntryAttachment.objects.create(page=page(slug), document=paper, description=f"About {title}")


def test_authors_topics_and_enterprise(world: World) -> None:
    entry = world.entries["workshop-open"]
    EntryAuthor.objects.create(entry=entry, user=world.colleague)
    entry.competences.add(Competence.add_root(slug="welding", name_en="Welding", name_ru="Сварка"))
    entry.enterprise = world.enterprise
    entry.save()
    names = found_by.names_of([page("workshop-open")])[page("workshop-open").pk]
    assert names.authors.splitlines()[-1] == "Cora Colleague"
    assert names.topics.splitlines() == ["Welding", world.enterprise.name]


@pytest.mark.parametrize(
    ("slug", "file_access", "where", "is_named"),
    [
        ("workshop-open", Access.OPEN, "open", True),
        ("workshop-open", Access.CLOSED, "open", False),
        ("workshop-open", Access.CLASSIFIED, "open", False),
        ("workshop-open", Access.OPEN, "classified", False),
        ("workshop-closed", Access.CLOSED, "open", True),
        ("workshop-closed", Access.CLOSED, "closed", False),
        ("workshop-closed", Access.CLASSIFIED, "open", False),
        ("workshop-classified", Access.CLASSIFIED, "open", True),
        ("workshop-classified", Access.OPEN, "open", True),
        ("workshop-classified", Access.CLOSED, "open", False),
        ("boardroom-classified", Access.CLOSED, "closed", True),
        ("vault-open", Access.OPEN, "classified", True),
    ],
)
def test_a_file_is_named_where_whoever_finds_the_entry_may_open_it(
    world: World, slug: str, file_access: str, where: str, is_named: bool
) -> None:
    attach(slug, "torque", world, file_access, where)
    names = found_by.names_of([page(slug)])[page(slug).pk]
    assert ("torque" in names.files) is is_named


def test_costs_the_same_for_few_and_many(world: World) -> None:
    for slug in world.entries:
        if slug != "draft":
            attach(slug, f"paper of {slug}", world, Access.OPEN)
    pages = list(EntryPage.objects.order_by("pk"))
    costs = []
    for some in (pages[:1], pages):
        with CaptureQueriesContext(connection) as queries:
            found_by.bring(some)
        costs.append(len(queries))
    assert costs[0] == costs[1]


@pytest.mark.slow
def test_whoever_may_see_a_page_may_open_all_by_which_it_is_found(world: World) -> None:
    """Asked of `people.access`: every entry with a file of every place, everybody, also who is only named."""
    named = world.entries["workshop-classified"]
    EntryShare.objects.create(entry=named, user=world.colleague)
    papers = [
        worlds.document(f"paper {where.slug} {level}", where, level)
        for where in (world.open, world.closed, world.classified)
        for level in Access.values
    ]
    papers.append(Document.objects.create(title="of no community", file=papers[0].file))
    pages = []
    for slug in set(world.entries) - {"draft"}:
        attached = page(slug).specific
        for paper in papers:
            attached.attachments.add(EntryAttachment(document=paper))
        attached.save_revision().publish()
        ReferenceIndex.create_or_update_for_object(attached)
        pages.append(attached)
    names = found_by.names_of(pages)
    found = {own.pk: {p.pk for p in papers if p.title in names[own.pk].files.splitlines()} for own in pages}
    assert all(papers[-1].pk in of_page for of_page in found.values())
    viewers = {who: world.viewer(who) for who in world.people}
    viewers["named"] = access.viewer_of(world.colleague)
    for who, viewer in viewers.items():
        openable = set(Document.objects.visible_to(viewer).values_list("pk", flat=True))
        for own in EntryPage.objects.live().visible_to(viewer):
            assert found[own.pk] <= openable, (who, own.slug)
    assert EntryPage.objects.visible_to(viewers["named"]).filter(entry=named).exists()


def test_where_visitors_read_what_is_open_they_find_it_by_no_file_of_employees(
    world: World, settings: Any
) -> None:
    attach("workshop-open", "of the community", world, Access.OPEN)
    paper = Document.objects.create(title="of no community", file=Document.objects.get().file)
    EntryAttachment.objects.create(page=page("workshop-open"), document=paper)
    for is_public, expected in (
        (False, {"of the community", "of no community"}),
        (True, {"of the community"}),
    ):
        settings.PUBLIC_CONTENT = is_public
        (names,) = found_by.names_of([page("workshop-open")]).values()
        assert {title for title in expected | {"of no community"} if title in names.files} == expected


class TestTextsOfFiles:
    def known(self, slug: str, world: World, *texts: str, access: str = Access.OPEN) -> None:
        for number, text in enumerate(texts):
            attach(slug, f"paper {number}", world, access)
            paper = Document.objects.get(title=f"paper {number}")
            DocumentText.objects.filter(document=paper).update(state="known", text=text, characters=len(text))

    def texts(self, slug: str) -> str:
        return found_by.names_of([page(slug)])[page(slug).pk].texts

    def test_of_all_that_are_known(self, world: World) -> None:
        self.known("workshop-open", world, "first text", "second text")
        attach("workshop-open", "not read yet", world, Access.OPEN)
        assert self.texts("workshop-open") == "first text\nsecond text"

    def test_not_of_one_that_some_readers_may_not_open(self, world: World) -> None:
        self.known("workshop-open", world, "secret", access=Access.CLOSED)
        assert self.texts("workshop-open") == ""

    def test_bounded_for_a_page_and_no_long_one_hides_a_short_one(
        self, world: World, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(found_by, "CHARACTERS_OF_FILES", 100)
        self.known("workshop-open", world, "a" * 500, "b" * 10, "c" * 500)
        kinds = {line[0]: len(line) for line in self.texts("workshop-open").split("\n")}
        assert kinds == {"a": 45, "b": 10, "c": 45}

    def test_it_weighs_less_than_what_an_author_wrote(self, world: World) -> None:
        weights = {field.field_name: field.boost or 1 for field in EntryPage.get_searchable_search_fields()}
        assert weights["file_texts"] < weights["body"]


def test_files_that_one_may_not_open_take_no_places_of_those_that_one_may(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(search_sources, "MOST_FILES", 2)
    for number in range(3):
        attach("workshop-open", f"closed {number}", world, Access.CLOSED)
    attach("workshop-open", "open", world, Access.OPEN)
    hit = f"{world.entries['workshop-open'].key}.en"
    for who, expected in (("employee", ["open"]), ("member", ["closed 0", "closed 1"])):
        found = search_sources.entry_files([hit], world.viewer(who))
        assert [file.title for file in found[hit]] == expected
