from datetime import timedelta
from io import BytesIO

import pytest
from allauth.account.models import EmailAddress
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from core import clock
from core.models import AuditEntry, OutboxEntry
from people import access
from people.models import Competence, Image, User
from people.pictures import PictureRefused
from people.services import client_tokens, communities, invitations, memberships, people, roles
from tests.people.staff import Staff
from tests.world import World, person, picture

LONG_NAME = ("אברהם Smith " * 30).strip()[:300]


def photo(kind: str = "JPEG", size: tuple[int, int] = (300, 200), mode: str = "RGB") -> SimpleUploadedFile:
    stream = BytesIO()
    Picture.new(mode, size, "teal").save(stream, kind)
    return SimpleUploadedFile(f"me.{kind.lower()}", stream.getvalue())


class TestRegister:
    def test_can_sign_in_after_a_new_password_without_confirming_the_address(self, staff: Staff) -> None:
        user = people.register(email="New@Example.org", name="Nina New", by=staff.moderator)
        assert user.email == "new@example.org"
        assert not user.has_usable_password()
        assert EmailAddress.objects.get(user=user).verified
        assert access.viewer_of(User.objects.get(pk=user.pk)).may("people.view_directory")
        assert AuditEntry.objects.filter(action="person.registered", actor=staff.moderator).exists()

    def test_needs_the_right(self, staff: Staff) -> None:
        with pytest.raises(PermissionDenied):
            people.register(email="new@example.org", name="Nina", by=staff.curator)


class TestEditProfile:
    def test_keeps_a_long_name_of_two_directions(self, staff: Staff) -> None:
        profile = people.Profile(name=LONG_NAME, job="מהנדסת", reading_languages=["he", "en"])
        people.edit_profile(user=staff.employee, profile=profile)
        stored = User.objects.get(pk=staff.employee.pk)
        assert stored.name == LONG_NAME
        assert len(stored.name) == 300
        assert stored.reading_languages == ["he", "en"]

    def test_leaves_the_place_in_the_company_alone(self, staff: Staff) -> None:
        people.edit_profile(user=staff.employee, profile=people.Profile(name="Emil"))
        assert User.objects.get(pk=staff.employee.pk).enterprise == staff.enterprise

    def test_tells_the_outbox(self, staff: Staff) -> None:
        skill = Competence.add_root(slug="welding", name_en="Welding")
        before = OutboxEntry.objects.filter(kind="person").count()
        people.edit_profile(user=staff.employee, profile=people.Profile(name="Emil", skills=[skill]))
        assert OutboxEntry.objects.filter(kind="person").count() > before


class TestPlace:
    def test_opens_what_is_shared_with_the_unit(self, staff: Staff) -> None:
        people.place(
            user=staff.colleague, enterprise=staff.enterprise, site=None, department=None, by=staff.moderator
        )
        viewer = access.viewer_of(User.objects.get(pk=staff.colleague.pk))
        assert f"unit:{staff.enterprise.pk}" in viewer.keys

    def test_refuses_a_department_of_another_enterprise(self, staff: Staff) -> None:
        other = staff.enterprise.get_parent().add_child(slug="other", kind="enterprise", name="Other")
        department = other.add_child(slug="other-it", kind="department", name="IT")
        with pytest.raises(people.PersonRefused):
            people.place(
                user=staff.colleague,
                enterprise=staff.enterprise,
                site=None,
                department=department,
                by=staff.moderator,
            )

    def test_is_not_for_the_person_themselves(self, staff: Staff) -> None:
        with pytest.raises(PermissionDenied):
            people.place(
                user=staff.colleague,
                enterprise=staff.enterprise,
                site=None,
                department=None,
                by=staff.colleague,
            )


class TestPhoto:
    def test_replaces_the_old_one_and_its_file(self, staff: Staff) -> None:
        first = people.set_photo(user=staff.employee, upload=photo())
        storage, old_file = first.file.storage, first.file.name
        second = people.set_photo(user=staff.employee, upload=photo("PNG"))
        assert User.objects.get(pk=staff.employee.pk).photo == second
        assert not Image.objects.filter(pk=first.pk).exists()
        assert storage.exists(old_file) is False or Image.objects.filter(file=old_file).exists() is False

    def test_is_seen_by_employees_only(self, staff: Staff) -> None:
        image = people.set_photo(user=staff.employee, upload=photo())
        assert Image.objects.visible_to(access.viewer_of(staff.colleague)).filter(pk=image.pk).exists()
        assert not Image.objects.visible_to(access.VISITOR).filter(pk=image.pk).exists()

    def test_shows_in_the_address_of_a_square(self, staff: Staff) -> None:
        people.set_photo(user=staff.employee, upload=photo())
        assert User.objects.get(pk=staff.employee.pk).photo_url.startswith("/files/pictures/")
        people.remove_photo(user=staff.employee)
        assert User.objects.get(pk=staff.employee.pk).photo_url == ""

    def test_a_refused_picture_changes_nothing(self, staff: Staff) -> None:
        kept = people.set_photo(user=staff.employee, upload=photo())
        with pytest.raises(PictureRefused):
            people.set_photo(user=staff.employee, upload=SimpleUploadedFile("me.png", b"<svg/>"))
        assert User.objects.get(pk=staff.employee.pk).photo == kept

    def test_a_picture_from_elsewhere_is_not_deleted(self, world: World) -> None:
        shared = picture("shared", world.open)
        User.objects.filter(pk=world.employee.pk).update(photo=shared)
        people.remove_photo(user=User.objects.get(pk=world.employee.pk))
        assert Image.objects.filter(pk=shared.pk).exists()


class TestGreet:
    def test_joins_what_was_chosen_and_happens_once(self, world: World) -> None:
        people.greet(user=world.employee, join=[world.open], language="he", time_zone="Asia/Jerusalem")
        stored = User.objects.get(pk=world.employee.pk)
        first = stored.welcomed_at
        assert first is not None
        assert stored.language == "he"
        assert world.open.pk in access.viewer_of(stored).memberships
        people.greet(user=stored)
        assert User.objects.get(pk=stored.pk).welcomed_at == first

    def test_nothing_of_it_holds_when_a_community_is_refused(self, world: World) -> None:
        communities.archive(community=world.open, by=world.lead)
        with pytest.raises(memberships.NotOpenForMembers):
            people.greet(user=world.employee, join=[world.open], language="he")
        stored = User.objects.get(pk=world.employee.pk)
        assert stored.welcomed_at is None
        assert stored.language == ""


class TestDeactivate:
    def test_ends_tokens_invitations_and_the_standing_of_a_viewer(self, world: World) -> None:
        token, text = client_tokens.issue(user=world.lead, name="x", scopes=["content:read"], days=1)
        _invitation, secret = invitations.invite(community=world.open, by=world.lead)
        people.deactivate(user=world.lead, by=world.moderator, reason="left")
        assert client_tokens.find(text) is None
        token.refresh_from_db()
        assert token.revoked_at is not None
        with pytest.raises(invitations.InvitationUnusable):
            invitations.find(secret)
        assert access.viewer_of(User.objects.get(pk=world.lead.pk)) == access.VISITOR
        assert OutboxEntry.objects.filter(kind="person").latest("sequence").audience_after == []
        assert AuditEntry.objects.get(action="person.deactivated").reason == "left"

    def test_ends_sessions_for_good(self, staff: Staff, client, sign_in) -> None:
        sign_in(staff.employee)
        assert client.get("/profile/").status_code == 200
        people.deactivate(user=staff.employee, by=staff.moderator)
        assert client.get("/profile/").status_code == 302
        people.reactivate(user=User.objects.get(pk=staff.employee.pk), by=staff.moderator)
        assert client.get("/profile/").status_code == 302

    def test_is_counted_in_communities(self, world: World) -> None:
        before = world.open.memberships.count()
        world.open.refresh_from_db()
        assert world.open.member_count == before
        people.deactivate(user=world.member, by=world.moderator)
        world.open.refresh_from_db()
        assert world.open.member_count == before - 1
        people.reactivate(user=User.objects.get(pk=world.member.pk), by=world.moderator)
        world.open.refresh_from_db()
        assert world.open.member_count == before

    def test_refuses_oneself_and_those_without_the_right(self, staff: Staff) -> None:
        with pytest.raises(people.PersonRefused):
            people.deactivate(user=staff.moderator, by=staff.moderator)
        with pytest.raises(PermissionDenied):
            people.deactivate(user=staff.employee, by=staff.curator)
        chief = User.objects.create_superuser("root@example.org", "x", name="Root")
        with pytest.raises(PermissionDenied):
            people.deactivate(user=chief, by=staff.moderator)

    def test_twice_is_once(self, staff: Staff) -> None:
        people.deactivate(user=staff.employee, by=staff.moderator)
        people.deactivate(user=staff.employee, by=staff.moderator)
        assert AuditEntry.objects.filter(action="person.deactivated").count() == 1


class TestRoles:
    def test_giving_and_taking_counts_at_once_and_is_on_record(self, staff: Staff) -> None:
        roles.give(user=staff.employee, role="curator", by=staff.moderator)
        assert access.viewer_of(User.objects.get(pk=staff.employee.pk)).may("people.see_closed")
        roles.take(user=staff.employee, role="curator", by=staff.moderator)
        assert not access.viewer_of(User.objects.get(pk=staff.employee.pk)).may("people.see_closed")
        actions = AuditEntry.objects.filter(actor=staff.moderator, action__startswith="role.")
        assert list(actions.order_by("pk").values_list("action", flat=True)) == ["role.given", "role.taken"]

    @pytest.mark.parametrize("who", ["employee", "expert", "curator"])
    def test_is_for_moderators(self, staff: Staff, who: str) -> None:
        with pytest.raises(PermissionDenied):
            roles.give(user=staff.colleague, role="moderator", by=getattr(staff, who))
        assert not access.viewer_of(User.objects.get(pk=staff.colleague.pk)).may("people.manage_roles")


class TestTokens:
    def test_is_found_until_revoked(self, staff: Staff) -> None:
        token, text = client_tokens.issue(user=staff.employee, name=" x ", scopes=["profile:read"], days=30)
        assert text.startswith("gh_")
        assert text not in str(token.__dict__)
        found = client_tokens.find(text)
        assert found == token
        token.refresh_from_db()
        assert token.last_used_at is not None
        client_tokens.revoke(token=token, by=staff.employee)
        assert client_tokens.find(text) is None

    def test_is_worth_nothing_after_its_day(self, staff: Staff) -> None:
        token, text = client_tokens.issue(user=staff.employee, name="x", scopes=["profile:read"], days=1)
        token.expires_at = clock.now() - timedelta(seconds=1)
        token.save()
        assert client_tokens.find(text) is None

    @pytest.mark.parametrize(
        ("scopes", "days"), [([], 30), (["all"], 30), (["content:read"], 0), (["content:read"], 366)]
    )
    def test_refuses(self, staff: Staff, scopes: list[str], days: int) -> None:
        with pytest.raises(client_tokens.TokenRefused):
            client_tokens.issue(user=staff.employee, name="x", scopes=scopes, days=days)

    def test_of_another_is_for_moderators_to_revoke(self, staff: Staff) -> None:
        token, text = client_tokens.issue(user=staff.employee, name="x", scopes=["profile:read"], days=1)
        with pytest.raises(PermissionDenied):
            client_tokens.revoke(token=token, by=staff.colleague)
        assert client_tokens.find(text) is not None
        client_tokens.revoke(token=token, by=staff.moderator)
        assert client_tokens.find(text) is None

    def test_needs_the_right(self, db: None) -> None:
        nobody = person("nobody@example.org")
        with pytest.raises(PermissionDenied):
            client_tokens.issue(user=nobody, name="x", scopes=["profile:read"], days=1)
