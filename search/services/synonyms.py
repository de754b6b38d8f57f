"""Words that mean the same: kept by curators, put into every question from the moment they are saved."""

from collections.abc import Iterable, Sequence

from django.db import transaction

from core import audit
from people import access
from people.models import User
from search.models import Synonyms
from search.query import synonyms


@transaction.atomic
def save(*, group: Synonyms, language: str, words: Sequence[str], by: User) -> Synonyms:
    """Say of words or short phrases of a language that they mean the same."""
    access.require(by, f"search.{'change' if group.pk else 'add'}_synonyms")
    is_new = group.pk is None
    group.language, group.words = language, "\n".join(words)
    group.save()
    audit.log("synonyms.added" if is_new else "synonyms.changed", actor=by, target=group)
    transaction.on_commit(synonyms.forget)
    return group


@transaction.atomic
def add_many(groups: Iterable[Synonyms], *, by: User) -> None:
    """The same for many at once."""
    access.require(by, "search.add_synonyms")
    added = Synonyms.objects.bulk_create(groups)
    audit.log("synonyms.added", actor=by, count=len(added))
    transaction.on_commit(synonyms.forget)


@transaction.atomic
def remove(*, group: Synonyms, by: User) -> None:
    access.require(by, "search.delete_synonyms")
    audit.log("synonyms.removed", actor=by, target=group)
    group.delete()
    transaction.on_commit(synonyms.forget)
