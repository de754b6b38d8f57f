import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from knowledge import found_by
from knowledge.models import EntryAttachment, EntryAuthor, EntryPage
from people.choices import Access
from people.models import Competence
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
