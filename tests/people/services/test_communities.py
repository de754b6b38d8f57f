from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from PIL import Image as Picture
from wagtail.models import Collection

from core.models import AuditEntry, OutboxEntry
from knowledge.models import CommunityPage, Entry
from people import access
from people.choices import Access, CommunityState, MembershipState
from people.models import Community, Image, Membership, User
from people.pictures import PictureRefused
from people.services import communities, memberships
from people.services.communities import CommunityDraft, CommunityRefused
from tests.social.news import send_mails
from tests.world import World, entry

Capture = Callable[..., Any]


def draft(name: str = "Welding", **fields: Any) -> CommunityDraft:
    return CommunityDraft(**{"names": {"en": name}, "description": {"en": "About seams"}, **fields})


def wide_picture(width: int = 1600, height: int = 400) -> SimpleUploadedFile:
    stream = BytesIO()
    Picture.new("RGB", (width, height), "navy").save(stream, "JPEG")
    return SimpleUploadedFile("wide.jpg", stream.getvalue())


def again(user: User) -> User:
    return User.objects.get(pk=user.pk)


def last_audiences(entries: list[Entry]) -> list[list[str]]:
    return [
        OutboxEntry.objects.filter(kind="entry", key=str(one.key)).latest("sequence").audience_after
        for one in entries
    ]


class TestPropose:
    def test_waits_for_a_curator_and_is_seen_by_nobody_else(self, world: World) -> None:
        community = communities.propose(author=world.expert, draft=draft())
        assert community.state == CommunityState.PROPOSED
        assert Membership.objects.leads().get(community=community).user == world.expert
        seen = {
            name
            for name in world.people
            if Community.objects.visible_to(world.viewer(name)).filter(pk=community.pk).exists()
        }
        assert seen == {"expert", "curator", "moderator"}

    def test_sent_twice_is_one_proposal(self, world: World) -> None:
        first = communities.propose(author=world.expert, draft=draft())
        assert communities.propose(author=world.expert, draft=draft()) == first

    def test_employees_may_not(self, world: World) -> None:
        with pytest.raises(PermissionDenied):
            communities.propose(author=world.employee, draft=draft())
        assert not Community.objects.filter(name_en="Welding").exists()

    @pytest.mark.parametrize("name", ["Propose", "Proposals", "Classified", "Workshop"])
    def test_gets_an_address_that_is_free(self, world: World, name: str) -> None:
        community = communities.propose(author=world.expert, draft=draft(name))
        assert community.slug == f"{name.lower()}-2"

    def test_a_name_without_latin_letters_has_an_address(self, world: World) -> None:
        community = communities.propose(author=world.expert, draft=draft("", names={"he": "ריתוך"}))
        assert community.slug == "community"
        assert community.name_en == "ריתוך"


class TestConfirm:
    def test_opens_it_and_tells_the_proposer_in_their_language(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        User.objects.filter(pk=world.expert.pk).update(language="ru")
        community = communities.propose(
            author=world.expert, draft=draft(names={"en": "Welding", "ru": "Сварка"})
        )
        with django_capture_on_commit_callbacks(execute=True):
            communities.confirm(community=community, by=world.curator)
        assert CommunityPage.objects.filter(community=community).count() == 5
        assert Community.objects.visible_to(world.viewer("employee")).filter(pk=community.pk).exists()
        (letter,) = mail.outbox
        assert letter.to == ["expert@example.org"]
        assert "Сварка" in letter.subject
        assert f"/communities/{community.slug}/" in letter.body

    def test_is_done_once(self, world: World) -> None:
        community = communities.propose(author=world.expert, draft=draft())
        communities.confirm(community=community, by=world.curator)
        with pytest.raises(CommunityRefused):
            communities.decline(community=community, by=world.moderator, reason="Too late")
        with pytest.raises(CommunityRefused):
            communities.confirm(community=community, by=world.moderator)

    def test_is_no_way_to_reopen_what_is_archived(self, world: World) -> None:
        communities.archive(community=world.open, by=world.lead)
        with pytest.raises(CommunityRefused):
            communities.confirm(community=world.open, by=world.curator)

    def test_the_proposer_alone_cannot(self, world: World) -> None:
        community = communities.propose(author=world.expert, draft=draft())
        with pytest.raises(PermissionDenied):
            communities.confirm(community=community, by=world.expert)

    def test_a_curator_does_not_know_of_a_classified_one(self, world: World) -> None:
        community = communities.propose(author=world.expert, draft=draft(access=Access.CLASSIFIED))
        with pytest.raises(PermissionDenied):
            communities.confirm(community=community, by=world.curator)
        assert not Group.objects.filter(name__contains=str(community.public_id)).exists()


class TestDecline:
    def test_says_why(self, world: World, django_capture_on_commit_callbacks: Capture) -> None:
        community = communities.propose(author=world.expert, draft=draft())
        with django_capture_on_commit_callbacks(execute=True):
            communities.decline(community=community, by=world.curator, reason="  We have one: Repair.  ")
        community.refresh_from_db()
        assert (community.state, community.decision_reason) == ("declined", "We have one: Repair.")
        assert "We have one: Repair." in mail.outbox[0].body
        assert AuditEntry.objects.get(action="community.declined").reason == "We have one: Repair."

    def test_needs_a_reason(self, world: World) -> None:
        community = communities.propose(author=world.expert, draft=draft())
        with pytest.raises(CommunityRefused):
            communities.decline(community=community, by=world.curator, reason="   ")
        community.refresh_from_db()
        assert community.state == CommunityState.PROPOSED

    def test_leaves_room_for_a_better_proposal(self, world: World) -> None:
        community = communities.propose(author=world.expert, draft=draft())
        communities.decline(community=community, by=world.curator, reason="Say for whom")
        assert communities.propose(author=world.expert, draft=draft()) != community


class TestUpdate:
    def test_a_name_that_is_cleared_is_gone(self, world: World) -> None:
        communities.update(
            community=world.open, by=world.lead, draft=draft(names={"en": "Workshop", "ru": "Цех"})
        )
        communities.update(community=world.open, by=world.lead, draft=draft(names={"en": "Workshop"}))
        world.open.refresh_from_db()
        assert world.open.names == {"en": "Workshop"}

    def test_its_pages_and_entries_follow_a_new_name(self, world: World) -> None:
        before = OutboxEntry.objects.latest("sequence").sequence
        communities.update(community=world.open, by=world.lead, draft=draft("Forge"))
        assert set(CommunityPage.objects.filter(community=world.open).values_list("title", flat=True)) == {
            "Forge"
        }
        told = OutboxEntry.objects.filter(sequence__gt=before, kind="entry").values_list("key", flat=True)
        assert {str(world.entries[f"workshop-{level}"].key) for level in Access.values} == set(told)

    @pytest.mark.parametrize("who", ["employee", "member", "expert"])
    def test_others_may_not(self, world: World, who: str) -> None:
        with pytest.raises(PermissionDenied):
            communities.update(community=world.open, by=world.people[who], draft=draft("Mine"))


class TestChangeAccess:
    def test_everything_inside_changes_its_audience_at_once(self, world: World) -> None:
        inside = [world.entries[f"workshop-{level}"] for level in Access.values]
        communities.change_access(community=world.open, by=world.lead, to=Access.CLOSED)
        assert last_audiences(inside) == [Entry.objects.get(pk=one.pk).audience for one in inside]
        assert "employees" not in last_audiences(inside)[0]
        told = OutboxEntry.objects.filter(kind="entry", key=str(inside[0].key)).latest("sequence")
        assert told.audience_before == ["employees"]
        assert not Entry.objects.visible_to(world.viewer("employee")).filter(community=world.open).exists()

    def test_costs_the_same_however_much_is_inside(self, world: World) -> None:
        def cost(to: str) -> int:
            with CaptureQueriesContext(connection) as queries:
                communities.change_access(community=world.open, by=world.lead, to=to)
            return len(queries)

        communities.change_access(community=world.open, by=world.lead, to=Access.CLOSED)
        few = cost(Access.OPEN)
        for number in range(6):
            entry(f"more-{number}", world.open, world.lead, access=Access.values[number % 3])
        communities.change_access(community=world.open, by=world.lead, to=Access.CLOSED)
        assert cost(Access.OPEN) == few

    def test_takes_in_who_waited_when_it_opens(
        self, world: World, django_capture_on_commit_callbacks: Capture
    ) -> None:
        waiting = memberships.join(user=world.employee, community=world.closed)
        with django_capture_on_commit_callbacks(execute=True):
            communities.change_access(community=world.closed, by=world.lead, to=Access.OPEN)
        waiting.refresh_from_db()
        assert waiting.state == MembershipState.ACTIVE
        assert [letter.to for letter in send_mails(minutes=3)] == [["employee@example.org"]]

    def test_classified_its_files_leave_the_curators_roof(self, world: World) -> None:
        held = communities.collection_for(world.open, Access.OPEN)
        communities.change_access(community=world.open, by=world.lead, to=Access.CLASSIFIED)
        assert Collection.objects.get(pk=held.pk).get_parent().name == "Classified communities"
        assert not Community.objects.visible_to(world.viewer("curator")).filter(pk=world.open.pk).exists()
        communities.change_access(community=world.open, by=world.lead, to=Access.OPEN)
        assert Collection.objects.get(pk=held.pk).get_parent().name == "Communities"

    def test_is_on_record(self, world: World) -> None:
        communities.change_access(community=world.open, by=world.curator, to=Access.CLOSED)
        record = AuditEntry.objects.get(action="community.access_changed")
        assert record.actor == world.curator
        assert record.details == {"before": "open", "after": "closed"}


class TestSetCover:
    def test_is_seen_by_all_who_know_of_the_community(self, world: World) -> None:
        communities.set_cover(community=world.closed, by=world.lead, upload=wide_picture())
        world.closed.refresh_from_db()
        picture = Image.objects.filter(pk=world.closed.cover_id)
        assert picture.visible_to(world.viewer("employee")).exists()
        assert not picture.visible_to(access.VISITOR).exists()
        assert "/files/pictures/" in world.closed.cover_url

    def test_of_a_classified_one_is_seen_inside_only(self, world: World) -> None:
        communities.set_cover(community=world.classified, by=world.lead, upload=wide_picture())
        world.classified.refresh_from_db()
        picture = Image.objects.filter(pk=world.classified.cover_id)
        assert picture.visible_to(world.viewer("member")).exists()
        assert not picture.visible_to(world.viewer("curator")).exists()
        assert not picture.visible_to(world.viewer("moderator")).exists()

    def test_puts_up_nothing_of_another_community(self, world: World) -> None:
        communities.set_cover(community=world.classified, by=world.lead, upload=wide_picture())
        world.classified.refresh_from_db()
        Community.objects.filter(pk=world.open.pk).update(cover=world.classified.cover_id)
        assert (
            not Image.objects.filter(pk=world.classified.cover_id)
            .visible_to(world.viewer("employee"))
            .exists()
        )

    def test_can_be_taken_down(self, world: World) -> None:
        communities.set_cover(community=world.open, by=world.lead, upload=wide_picture())
        communities.set_cover(community=world.open, by=world.lead, upload=None)
        world.open.refresh_from_db()
        assert world.open.cover_url == "/covers/gears/0b6b6b/workshop.svg"

    def test_a_lost_file_leaves_the_drawing(self, world: World) -> None:
        communities.set_cover(community=world.open, by=world.lead, upload=wide_picture())
        community = Community.objects.get(pk=world.open.pk)
        community.cover.file.storage.delete(community.cover.file.name)
        assert community.cover_url.startswith("/covers/")

    @pytest.mark.parametrize(
        "upload",
        [
            SimpleUploadedFile("x.svg", b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>"),
            SimpleUploadedFile("x.png", b"\x89PNG\r\n\x1a\nbroken"),
        ],
    )
    def test_refuses_what_is_no_picture(self, world: World, upload: SimpleUploadedFile) -> None:
        with pytest.raises(PictureRefused):
            communities.set_cover(community=world.open, by=world.lead, upload=upload)
        world.open.refresh_from_db()
        assert world.open.cover is None

    def test_others_may_not(self, world: World) -> None:
        with pytest.raises(PermissionDenied):
            communities.set_cover(community=world.open, by=world.member, upload=wide_picture())


class TestArchive:
    def test_stays_readable_and_can_be_reopened(self, world: World) -> None:
        communities.archive(community=world.open, by=world.lead)
        assert Community.objects.open_to(world.viewer("employee")).filter(pk=world.open.pk).exists()
        with pytest.raises(memberships.NotOpenForMembers):
            memberships.join(user=world.employee, community=world.open)
        communities.reopen(community=world.open, by=world.lead)
        memberships.join(user=again(world.employee), community=world.open)

    def test_twice_is_refused(self, world: World) -> None:
        communities.archive(community=world.open, by=world.lead)
        with pytest.raises(CommunityRefused):
            communities.archive(community=world.open, by=world.curator)
