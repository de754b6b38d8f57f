"""What people paste and upload, and whom it names."""

import pytest
from django.core.exceptions import ValidationError

from people import member_lists
from people.choices import BatchOutcome
from people.models import User
from people.roles import Role
from tests.world import World, person


class TestRows:
    def test_lines_cells_and_mail_addresses_as_mail_programs_write_them(self) -> None:
        text = "Ann Lee <ann@example.org>\n\n  Max   Member \nno;Иванова;ivanova@example.org;x\n"
        assert member_lists.rows_of(text) == ["ann@example.org", "Max Member", "ivanova@example.org"]

    def test_a_file_of_a_spreadsheet(self) -> None:
        for content in ("Имя,Почта\nА,a@b.ru".encode("utf-8-sig"), "Имя;Почта\nА;a@b.ru".encode("cp1251")):
            assert member_lists.rows_of(member_lists.decoded(content)) == ["Имя", "a@b.ru"]
        assert member_lists.rows_of(member_lists.decoded("a@b.ru".encode("utf-16"))) == ["a@b.ru"]

    def test_what_is_no_list_is_said_so(self) -> None:
        for content in (b"PK\x03\x04\x00\x00", b"x" * (member_lists.LARGEST_FILE + 1)):
            with pytest.raises(ValidationError):
                member_lists.decoded(content)
        with pytest.raises(ValidationError, match="5000"):
            member_lists.rows_of("a@example.org\n" * 5001)

    def test_hostile_text_is_a_row_like_any_other(self) -> None:
        assert member_lists.rows_of('<script>alert(1)</script>\n=cmd|"/c"\0') == [
            "<script>alert(1)</script>",
            '=cmd|"/c"',
        ]


class TestFound:
    def test_each_row_is_answered(self, world: World) -> None:
        person("twin1@example.org", Role.EMPLOYEE, name="Tom Twin")
        person("twin2@example.org", Role.EMPLOYEE, name="Tom Twin")
        gone = person("gone@example.org", Role.EMPLOYEE, name="Greta Gone")
        User.objects.filter(pk=gone.pk).update(is_active=False)
        rows = [
            "COLLEAGUE@example.org",
            "emil employee",
            "Emil Employee",
            "Tom Twin",
            "gone@example.org",
            "Greta Gone",
            "stranger@example.org",
        ]
        named = member_lists.found(rows, world.viewer("lead"))
        assert [(each.user.name if each.user else "", each.trouble) for each in named] == [
            ("Cora Colleague", None),
            ("Emil Employee", None),
            ("Emil Employee", BatchOutcome.TWICE),
            ("", BatchOutcome.SEVERAL),
            ("", BatchOutcome.GONE),
            ("", BatchOutcome.UNKNOWN),
            ("", BatchOutcome.NO_ACCOUNT),
        ]
