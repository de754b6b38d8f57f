from threading import Thread
from typing import Any

import pytest
from django import forms
from django.http import HttpResponse
from django.utils import translation

from core import rates


class Note(forms.Form):
    text = forms.CharField()


class TestRequire:
    def test_of_200_at_once_exactly_as_many_pass_as_the_limit_says(self, settings: Any) -> None:
        settings.RATE_LIMITS = {"note": "25/hour"}
        passed: list[int] = []

        def attempt(number: int) -> None:
            try:
                rates.require("note", "somebody")
            except rates.TooOften:
                return
            passed.append(number)

        threads = [Thread(target=attempt, args=(number,)) for number in range(200)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(passed) == 25

    def test_one_persons_haste_is_not_anothers(self, settings: Any) -> None:
        settings.RATE_LIMITS = {"note": "1/hour", "letter": "1/hour"}
        rates.require("note", "somebody")
        rates.require("note", "somebody else")
        rates.require("letter", "somebody")
        with pytest.raises(rates.TooOften):
            rates.require("note", "somebody")


class TestTooOften:
    @pytest.mark.parametrize(
        ("wait", "said"), [(1, "1 minute;"), (61, "2 minutes;"), (5400, "90 minutes;"), (5401, "2 hours;")]
    )
    def test_says_when(self, wait: int, said: str) -> None:
        assert said in str(rates.TooOften(wait))

    def test_in_the_persons_language_with_its_plural(self) -> None:
        with translation.override("ru"):
            assert "через 2 минуты;" in str(rates.TooOften(120))
            assert "через 5 минут;" in str(rates.TooOften(300))
        with translation.override("he"):
            assert "בעוד שעתיים" in str(rates.TooOften(7000))


class TestAnswer:
    def test_a_form_sent_too_often_answers_429_and_keeps_the_words(self) -> None:
        form = Note({"text": "Words"})
        assert form.is_valid()
        form.add_error(None, rates.TooOften(90))
        response = rates.answer(HttpResponse("page"), Note(), form)
        assert (response.status_code, response.headers["Retry-After"]) == (429, "90")
        assert form["text"].value() == "Words"

    def test_other_mistakes_answer_as_ever(self) -> None:
        response = rates.answer(HttpResponse("page"), Note({}))
        assert response.status_code == 200
        assert "Retry-After" not in response.headers
