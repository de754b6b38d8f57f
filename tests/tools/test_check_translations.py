import polib
import pytest

from tools.check_translations import faults_of


def entry(**values):
    return polib.POEntry(**values)


def test_a_whole_translation_has_no_fault():
    assert not list(faults_of(entry(msgid="%(count)s of {total}", msgstr="%(count)s из {total}"), "ru"))


@pytest.mark.parametrize(
    ("values", "fault"),
    [
        ({"msgid": "Save", "msgstr": ""}, "not translated"),
        ({"msgid": "Save", "msgstr": "Сохранить", "flags": ["fuzzy"]}, "fuzzy"),
        ({"msgid": "Hello, %(name)s", "msgstr": "Привет"}, "%(name)s"),
        ({"msgid": "Hello, {name}", "msgstr": "Привет, {имя} {nam}"}, "{nam}"),
        ({"msgid": "\nTop", "msgstr": "Верх"}, "line break"),
    ],
)
def test_each_fault_is_named(values, fault):
    assert any(fault in found for found in faults_of(entry(**values), "ru"))


def test_every_plural_form_is_asked_for():
    half = entry(
        msgid="%(n)s day", msgid_plural="%(n)s days", msgstr_plural={0: "%(n)s день", 1: "%(n)s дня"}
    )
    assert any("2 plural forms instead of 3" in found for found in faults_of(half, "ru"))
    assert not list(faults_of(half, "bg"))


def test_the_form_for_one_may_leave_the_number_out():
    one = entry(
        msgid="one day", msgid_plural="%(n)s days", msgstr_plural={0: "יום אחד", 1: "יומיים", 2: "%(n)s ימים"}
    )
    assert not list(faults_of(one, "he"))
