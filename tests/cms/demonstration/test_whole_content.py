import re
from typing import Any

import pytest

from cms.demonstration import discussions, loader, source
from cms.demonstration.loading import upkeep
from knowledge.models import CommunityPage, Entry, EntryPage, Replication, Topic
from knowledge.reports import REPORTS
from knowledge.reports.links import BrokenLinks
from people.choices import Coming, UnitKind
from people.models import Competence, Image, Membership, Unit, User
from social.models import Message, Notification

WHOLE = source.read()


def texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    parts = value.values() if isinstance(value, dict) else value if isinstance(value, list) else []
    return [text for item in parts for text in texts(item)]


@pytest.mark.slow
@pytest.mark.sqlite
@pytest.mark.django_db
def test_the_whole_content_stands_in_the_database() -> None:
    loaded = loader.load(WHOLE)

    assert (loaded.people, loaded.communities, loaded.entries, loaded.pages) == (124, 19, 74, 93)
    assert User.objects.count() == 124
    assert Unit.objects.filter(kind=UnitKind.ENTERPRISE).count() == 43
    assert Unit.find_problems() == Competence.find_problems() == ([], [], [], [], [])
    assert Competence.objects.count() == 72
    assert CommunityPage.objects.count() == 19 * 5
    assert EntryPage.objects.live().count() == 93
    assert Entry.objects.published().count() == 74
    assert Replication.objects.count() == sum(
        len(group[0].replications) for group in WHOLE.translations.values()
    )
    assert Image.objects.count() == 65
    lead = User.objects.get(email="lead@aurora.example")
    by_decision = Membership.objects.active().exclude(came_by=Coming.RULE)
    for community in WHOLE.communities:
        found = by_decision.filter(community__slug=community.id).values_list("user__name", flat=True)
        named = {WHOLE.people_by_id[person].name for person in community.members}
        # Whoever writes in a topic of it is a member as well.
        talking = {
            WHOLE.people_by_id[person].name
            for topic in WHOLE.topics
            if topic.community == community.id
            for person in discussions.people_of(topic)
        }
        # The lead of the demonstration has something to decide in a closed community, too.
        assert set(found) - named - talking <= {lead.name}
        assert named <= set(found)

    assert Topic.objects.count() == len(WHOLE.topics) == 24
    assert Message.objects.standing().count() == sum(len(topic.messages) for topic in WHOLE.topics)
    assert not Notification.objects.filter(event__kind__startswith="topic").exists(), "what is old is no news"

    live = set(EntryPage.objects.live().values_list("pk", flat=True))
    for page in EntryPage.objects.specific().select_related("entry"):
        text = next(
            entry
            for entry in WHOLE.translations[page.entry.slug]
            if entry.language == page.locale.language_code
        )
        page.body.stream_block.clean(page.body)
        page.effects.stream_block.clean(page.effects)
        assert page.attachments.count() == len(text.attachments)
        assert page.tags.count() == len(text.tags)
        assert page.first_published_at.date() == text.published_date
        linked = [
            int(pk) for words in texts(page.body.get_prep_value()) for pk in re.findall(r'id="(\d+)"', words)
        ]
        assert live.issuperset(linked)
        assert len(linked) == len(re.findall(r"\]\(entry:", text.body))

    assert upkeep.load()
    assert not upkeep.load(), "doing it again changes nothing"
    curator = User.objects.get(email="curator@aurora.example")
    found = {report.name: report.rows_of(curator).count() for report in REPORTS}
    # What is new is so by the day on which the content is loaded.
    assert {name for name, count in found.items() if count < 2} <= {"new"}
    faults = set(BrokenLinks.rows_of(curator).values_list("fault", flat=True))
    assert {"withdrawn", "hidden", "silent"} <= faults
