import datetime as dt
import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Any

import pytest
from django.core.management import CommandError
from django.db import transaction
from django.test import Client
from django.urls import reverse

from cms.demonstration import discussions, loader, source
from cms.demonstration.loading import entries
from cms.demonstration.loading.people import PASSWORD
from core.models import AuditEntry, OutboxEntry
from knowledge.models import Entry, EntryPage
from people import access, roles
from people.choices import Access
from people.models import Community, Document, Image, Membership, Unit, User, WorkingCalendar

pytestmark = [pytest.mark.django_db, pytest.mark.sqlite, pytest.mark.slow]

WHOLE = source.read()
SLUGS = ("laser-alignment-of-pump-sets", "sensitive-requests-handling", "smed-tube-mill-changeover")
COMMUNITIES = ("maintenance", "production", "request-line", "investments")


def part(*slugs: str) -> source.Demonstration:
    """Some entries, communities of every access, and the people they need."""
    texts = tuple(entry for entry in WHOLE.entries if entry.slug in slugs)
    named = {person for entry in texts for person in re.findall(r"@(p\d+)", entry.body)}
    named.update(author for entry in texts for author in entry.authors)
    named.update(WHOLE.demo_accounts.values())
    communities = []
    for community in WHOLE.communities:
        if community.id in COMMUNITIES:
            named.update(community.leads)
            authors = {
                author for entry in texts for author in entry.authors if entry.community == community.id
            }
            members = dict.fromkeys([*community.leads, *sorted(authors), *community.members[:4]])
            communities.append(replace(community, members=tuple(members)))
            named.update(members)
    return replace(
        WHOLE,
        people=tuple(person for person in WHOLE.people if person.id in named),
        communities=tuple(communities),
        competences=tuple(
            replace(top, community=top.community if top.community in COMMUNITIES else None)
            for top in WHOLE.competences
        ),
        entries=texts,
        topics=tuple(
            topic
            for topic in WHOLE.topics
            if topic.community in COMMUNITIES and named.issuperset(discussions.people_of(topic))
        ),
    )


@pytest.fixture(scope="module")
def loaded(django_db_setup: None, django_db_blocker: Any) -> Iterator[source.Demonstration]:
    """Loaded once for all tests of this module; what each test does on top of it is rolled back as ever."""
    demonstration = part(*SLUGS)
    with django_db_blocker.unblock(), transaction.atomic():
        loader.load(demonstration, processes=1)
        yield demonstration
        transaction.set_rollback(True)


@pytest.fixture
def small(loaded: source.Demonstration, db: None) -> source.Demonstration:
    return loaded


def test_loading_again_changes_nothing(small: source.Demonstration) -> None:
    def counts() -> list[int]:
        models = (
            User,
            Unit,
            Community,
            Membership,
            Entry,
            EntryPage,
            Image,
            Document,
            OutboxEntry,
            AuditEntry,
        )
        return [model.objects.count() for model in models]

    before = counts()
    loader.load(small, processes=1)
    assert counts() == before


def test_what_somebody_changed_since_stays(small: source.Demonstration) -> None:
    User.objects.filter(email="expert@aurora.example").update(job="Retired")
    EntryPage.objects.filter(slug=SLUGS[0]).update(title="Another title")
    loader.load(small, processes=1)
    assert User.objects.get(email="expert@aurora.example").job == "Retired"
    assert EntryPage.objects.filter(title="Another title").exists()


@pytest.mark.parametrize("account", source.ACCOUNTS)
def test_the_accounts_can_sign_in(small: source.Demonstration, client: Client, account: str) -> None:
    answer = client.post(
        reverse("account_login"), {"login": f"{account}@aurora.example", "password": PASSWORD}
    )
    assert answer.status_code == 302
    person = small.people_by_id[small.demo_accounts[account]]
    user = User.objects.get(pk=client.session["_auth_user_id"])
    assert user.name == person.name
    assert roles.of(user)[-1] == person.role


def test_nobody_else_has_a_password(small: source.Demonstration) -> None:
    able = {user.email for user in User.objects.all() if user.has_usable_password()}
    assert able == {f"{account}@aurora.example" for account in source.ACCOUNTS}


def test_the_lead_leads_an_open_community(small: source.Demonstration) -> None:
    lead = User.objects.get(email="lead@aurora.example")
    assert Community.objects.filter(
        memberships__in=Membership.objects.leads().filter(user=lead), access=Access.OPEN
    )


def test_translations_are_pages_of_one_entry(small: source.Demonstration) -> None:
    entry = Entry.objects.get(slug="smed-tube-mill-changeover")
    pages = EntryPage.objects.filter(entry=entry)
    assert sorted(entry.languages) == ["en", "ru"]
    assert len({page.translation_key for page in pages}) == 1
    images = {page.specific.cover_id for page in pages}
    assert len(images) == 1
    assert {attachment.document_id for page in pages for attachment in page.attachments.all()} == set(
        Document.objects.filter(
            title__in=[a.name for a in small.translations[entry.slug][0].attachments]
        ).values_list("pk", flat=True)
    )


def test_classified_entries_and_their_files_are_for_their_people_alone(small: source.Demonstration) -> None:
    entry = Entry.objects.get(slug="sensitive-requests-handling")
    assert entry.access == Access.CLASSIFIED
    author = entry.authors.first().user
    employee = access.viewer_of(User.objects.get(email="employee@aurora.example"))
    for viewer, sees in ((employee, False), (access.viewer_of(author), True)):
        assert Entry.objects.visible_to(viewer).filter(pk=entry.pk).exists() is sees
        assert Image.objects.visible_to(viewer).filter(title__contains="דרגה ג׳").exists() is sees
        assert Document.objects.visible_to(viewer).filter(title="access-review-form.pdf").exists() is sees


def test_experts_are_vetted_and_skills_are_known(small: source.Demonstration) -> None:
    person = next(person for person in small.people if person.role == "expert")
    email = {small.demo_accounts[role]: f"{role}@aurora.example" for role in source.ACCOUNTS}.get(
        person.id, person.email
    )
    user = User.objects.get(email=email)
    assert set(user.competences.values_list("slug", flat=True)) == set(person.competences)
    skills = {*user.skills.values_list("slug", flat=True), *user.other_skills}
    assert skills == set(person.skills)


def test_days_off_are_known(small: source.Demonstration) -> None:
    ukraine = WorkingCalendar.objects.get(time_zone="Europe/Kyiv")
    assert not ukraine.is_working_day(dt.date(2026, 8, 24))
    assert ukraine.is_working_day(dt.date(2026, 8, 25))
    israel = WorkingCalendar.objects.get(time_zone="Asia/Jerusalem")
    assert israel.is_working_day(dt.date(2026, 11, 15))
    assert not israel.is_working_day(dt.date(2026, 11, 13))
    assert Unit.objects.get(slug="obriy-wind").calendar == ukraine


def test_a_load_that_broke_off_is_completed(
    small: source.Demonstration, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The power goes after the drafts are written: the next run publishes them, once."""
    more = part(*SLUGS, "grease-selection-and-relubrication")
    publish = entries._publish

    def break_off(*args: Any) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(entries, "_publish", break_off)
    with pytest.raises(KeyboardInterrupt):
        loader.load(more, processes=1)
    assert not EntryPage.objects.get(slug="grease-selection-and-relubrication").live
    monkeypatch.setattr(entries, "_publish", publish)
    loader.load(more, processes=1)
    assert EntryPage.objects.live().count() == len(more.entries)
    assert Entry.objects.published().count() == len(more.translations)


def test_days_move_by_whole_weeks(small: source.Demonstration) -> None:
    more = part(*SLUGS, "grease-selection-and-relubrication")
    loader.load(more, weeks=-3, processes=1)
    text = more.translations["grease-selection-and-relubrication"][0]
    entry = Entry.objects.get(slug=text.slug)
    assert entry.published_at is not None
    assert entry.published_at.date() == text.published_date - dt.timedelta(weeks=3)
    assert text.review_date is not None
    assert entry.review_date == text.review_date - dt.timedelta(weeks=3)


def test_it_is_refused_outside_the_embedded_profile(settings: Any, run_command: Callable[..., str]) -> None:
    settings.DEMONSTRATION_ALLOWED = False
    with pytest.raises(CommandError, match="embedded profile"):
        run_command("load_demo")


def test_readers_have_said_what_they_think(loaded: source.Demonstration) -> None:
    entry = Entry.objects.get(slug="laser-alignment-of-pump-sets")
    assert entry.corrections.get().suggested_by.email == "employee@aurora.example"
    assert entry.usefulness_answers.filter(missing__startswith="A word on vertical pumps").exists()
    counted = entry.usefulness
    assert counted.useful + counted.not_useful == entry.usefulness_answers.count()
