import pytest
from django.core.exceptions import PermissionDenied

from core.models import AuditEntry
from search.models import Synonyms
from search.query import synonyms as known
from search.services import synonyms
from tests.world import World

pytestmark = [pytest.mark.django_db]


def others(word: str) -> set[str]:
    return {" ".join(words) for _run, found in known.of([word]) for words in found}


def test_hold_from_the_moment_they_are_saved(world: World, django_capture_on_commit_callbacks) -> None:
    known.forget()
    assert others("lube") == set()
    with django_capture_on_commit_callbacks(execute=True):
        group = synonyms.save(group=Synonyms(), language="en", words=["grease", "lube"], by=world.curator)
    assert others("lube") == {"grease"}
    assert others("greases") == {"lube"}
    with django_capture_on_commit_callbacks(execute=True):
        synonyms.save(group=group, language="en", words=["lube", "lubricating grease"], by=world.curator)
    assert others("lube") == {"lubricating grease"}
    assert others("grease") == set()
    with django_capture_on_commit_callbacks(execute=True):
        synonyms.remove(group=group, by=world.curator)
    assert others("lube") == set()
    actions = AuditEntry.objects.filter(action__startswith="synonyms").order_by("pk")
    assert [entry.action for entry in actions] == ["synonyms.added", "synonyms.changed", "synonyms.removed"]


@pytest.mark.parametrize("who", ["employee", "expert", "lead"])
def test_only_curators_keep_them(world: World, who: str) -> None:
    group = Synonyms.objects.create(language="en", words="a\nb")
    person = getattr(world, who)
    with pytest.raises(PermissionDenied):
        synonyms.save(group=Synonyms(), language="en", words=["x", "y"], by=person)
    with pytest.raises(PermissionDenied):
        synonyms.save(group=group, language="en", words=["x", "y"], by=person)
    with pytest.raises(PermissionDenied):
        synonyms.remove(group=group, by=person)
    with pytest.raises(PermissionDenied):
        synonyms.add_many([Synonyms(language="en", words="x\ny")], by=person)
    assert Synonyms.objects.get().words == "a\nb"


def test_hebrew_words_are_found_with_letters_before_them_and_not_by_them(world: World) -> None:
    known.forget()
    Synonyms.objects.create(language="he", words="מטופל\nחולה")
    Synonyms.objects.create(language="he", words="השערה\nהנחה")
    assert others("המטופלים") == {"חולה"}
    assert others("מטופל") == {"חולה"}
    assert others("שער") == set(), "a gate is no hypothesis"
