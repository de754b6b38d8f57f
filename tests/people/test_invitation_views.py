import re
from collections.abc import Callable

from django.test import Client

from people import invitation_session
from people.models import Invitation, Membership, User
from people.services import invitations
from tests.world import World

SignIn = Callable[[User | None], Client]


class TestCommunityInvitations:
    def test_a_link_is_shown_once(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        response = client.post("/communities/vault/invitations/", {"uses": "3", "days": "7"}, follow=True)
        url = response.context["new_url"]
        assert re.fullmatch(r"http://testserver/invitations/[\w-]{32}/", url)
        assert url not in client.get("/communities/vault/invitations/").content.decode()
        assert Invitation.objects.get().uses_left == 3
        assert response.headers["Cache-Control"].startswith("max-age=0, no-cache, no-store")

    def test_by_mail_refuses_members_and_wrong_addresses(self, world: World, sign_in: SignIn) -> None:
        client = sign_in(world.lead)
        for email, said in (("MEMBER@example.org", b"a member already"), ("nobody", b"valid email")):
            response = client.post("/communities/workshop/invitations/", {"email": email, "days": "7"})
            assert said in response.content
        response = client.post(
            "/communities/workshop/invitations/", {"email": "new@example.org", "days": "900"}
        )
        assert response.context["mail_form"].errors
        assert not Invitation.objects.exists()

    def test_can_be_revoked_by_managers_alone(self, world: World, sign_in: SignIn) -> None:
        invitation, _secret = invitations.invite(community=world.open, by=world.lead)
        path = f"/communities/workshop/invitations/{invitation.public_id}/revoke/"
        assert sign_in(world.member).post(path).status_code == 403
        assert sign_in(world.lead).post(path.replace("workshop", "boardroom")).status_code == 404
        assert Invitation.objects.get().is_usable
        sign_in(world.lead).post(path)
        assert not Invitation.objects.get().is_usable


class TestAcceptInvitation:
    def test_lets_in_with_a_press_of_a_button(self, world: World, sign_in: SignIn) -> None:
        _invitation, secret = invitations.invite(community=world.classified, by=world.lead)
        client = sign_in(world.employee)
        assert b"Vault" in client.get(f"/invitations/{secret}/").content
        assert not Membership.objects.filter(user=world.employee).exists()
        response = client.post(f"/invitations/{secret}/")
        assert response.headers["Location"] == "/communities/vault/"
        assert client.get("/communities/vault/").status_code == 200

    def test_is_kept_for_a_visitor_who_does_not_learn_what_is_classified(
        self, world: World, sign_in: SignIn
    ) -> None:
        _invitation, secret = invitations.invite(community=world.classified, by=world.lead)
        client = sign_in(None)
        page = client.get(f"/invitations/{secret}/").content.decode()
        assert "Vault" not in page
        assert f"/accounts/login/?next=/invitations/{secret}/" in page
        assert client.session[invitation_session.KEY] == secret
        client.force_login(world.employee, backend="django.contrib.auth.backends.ModelBackend")
        client.post(f"/invitations/{secret}/")
        assert invitation_session.KEY not in client.session
        assert Membership.objects.active().filter(user=world.employee, community=world.classified).exists()

    def test_a_visitor_accepts_nothing(self, world: World, sign_in: SignIn) -> None:
        invitation, secret = invitations.invite(community=world.open, by=world.lead)
        assert sign_in(None).post(f"/invitations/{secret}/").status_code == 200
        invitation.refresh_from_db()
        assert invitation.uses_left == 1

    def test_says_what_is_wrong(self, world: World, sign_in: SignIn) -> None:
        _invitation, secret = invitations.invite(
            community=world.open, by=world.lead, email="colleague@example.org"
        )
        client = sign_in(world.employee)
        for path, said in (
            (f"/invitations/{secret}/", "another address"),
            ("/invitations/made-up/", "not right"),
        ):
            for response in (client.get(path), client.post(path)):
                assert response.status_code == 410
                assert said in response.content.decode()
        assert not Membership.objects.filter(user=world.employee).exists()

    def test_leads_a_member_in(self, world: World, sign_in: SignIn) -> None:
        invitation, secret = invitations.invite(community=world.open, by=world.lead)
        response = sign_in(world.member).get(f"/invitations/{secret}/")
        assert response.headers["Location"] == "/communities/workshop/"
        invitation.refresh_from_db()
        assert invitation.uses_left == 1
