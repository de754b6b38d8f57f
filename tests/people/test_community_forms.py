from people.community_forms import CommunityForm


def test_a_language_counts_as_written_once_it_has_a_name_and_a_description() -> None:
    form = CommunityForm(
        initial={
            "name_en": "Pumps",
            "description_en": "All about pumps.",
            "name_ru": "Насосы",
            "rules_he": "בלי סיסמאות",
        }
    )
    states = {part["code"]: (part["is_written"], part["is_filled"]) for part in form.languages}
    assert states["en"] == (True, True)
    assert states["ru"] == (False, True)
    assert states["he"] == (False, True)
    assert states["bg"] == (False, False)
