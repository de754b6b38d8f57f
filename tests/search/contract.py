"""What every search backend has to do; each backend's tests inherit it."""

from typing import Any

from core.declarations import Hit
from core.popularity import TOP
from knowledge.models import Entry, EntryPage
from people.access import VISITOR
from people.choices import Access
from people.models import Community, User
from search import engine, indexing
from search.models import Synonyms
from search.query import synonyms
from tests import world as worlds
from tests.world import World

HOSTILE = [
    "",
    " ",
    "\x00",
    "\x07\x1b[31m",
    '"',
    "'",
    "''; DROP TABLE people_user; --",
    '"unbalanced phrase',
    "(((",
    "a AND",
    "NOT",
    "NEAR(a b)",
    "title:pump",
    "*",
    "-pump",
    "pump*^2",
    "pump:*",
    "!pump & | <->",
    "{title} : x",
    "\\",
    "%s %d %%",
    "٣٤٥ ½ ²",
    "🙂🙃",
    "\u202epump\u202c",
    "ﷺ",
    "a" * 300,
    "ש" * 300,
    "word " * 300,
    "<script>alert(1)</script>",
    '"one two three four five six seven eight nine ten eleven twelve" pu\'mp',
    '"one two three four five six seven eight nine ten eleven twelve" x"y',
    "x" * 40,
    "-x " * 60,
]


def keys(hits: list[Hit]) -> list[str]:
    return [hit.key for hit in hits]


class Indexed:
    """What tests of every backend do."""

    def find(self, text: str, viewer: Any, **options: Any) -> engine.Results:
        self.index()
        return engine.search(text, viewer, **options)

    def index(self) -> None:
        # The outbox is followed in tests of its own: it only tells what is committed, which a test never is.
        indexing.rebuild()

    def entry(self, world: World, slug: str, **fields: Any) -> Entry:
        return worlds.entry(slug, world.open, world.lead, **fields)


class SearchContract(Indexed):
    # Statements of one search: what is found with its totals, and the rows of one kind.
    statements = 2

    def test_finds_by_title_summary_body_and_tag(self, world: World) -> None:
        entry = self.entry(
            world,
            "alignment",
            title="Laser levelling",
            summary="Cold gap of couplings",
            body=[("text", "<p>Shims under the baseplate</p>")],
        )
        page = EntryPage.objects.get(entry=entry)
        page.tags.add("rotating equipment")
        page.specific.save_revision().publish()
        for text in ("levelling", "gap", "baseplate", "rotating"):
            assert keys(self.find(text, world.viewer("employee")).hits) == [str(entry.key)], text

    def test_what_has_all_the_words_comes_first(self, world: World) -> None:
        one = self.entry(world, "one", title="Copper wire")
        both = self.entry(world, "both", title="Wire", body=[("text", "<p>Of the copper furnace.</p>")])
        self.entry(world, "none", title="Gasket")
        found = self.find("furnace copper", world.viewer("employee"))
        assert keys(found.hits) == [str(both.key), str(one.key)]
        assert not found.by_some_words

    def test_half_of_the_words_are_enough(self, world: World) -> None:
        half = self.entry(world, "half", title="Copper wire")
        self.entry(world, "less", title="Wire")
        found = self.find("copper wire zeppelin furnace", world.viewer("employee"))
        assert keys(found.hits) == [str(half.key)]

    def test_some_words_serve_where_nothing_has_all(self, world: World) -> None:
        one = self.entry(world, "one", title="Copper wire")
        found = self.find("copper zeppelin", world.viewer("employee"))
        assert keys(found.hits) == [str(one.key)]
        assert found.by_some_words

    def test_a_title_weighs_more_than_a_body(self, world: World) -> None:
        body = self.entry(world, "in-body", title="Something else", body=[("text", "<p>About gearbox.</p>")])
        title = self.entry(world, "in-title", title="Gearbox", body=[("text", "<p>About it.</p>")])
        assert keys(self.find("gearbox", world.viewer("employee")).hits) == [str(title.key), str(body.key)]

    def test_of_two_alike_the_one_that_is_used_comes_first_and_of_two_unlike_the_one_that_answers(
        self, world: World
    ) -> None:
        used, unused, better = (
            self.entry(world, slug, title=title, body=[("text", f"<p>{body}</p>")])
            for slug, title, body in (
                ("used", "Slurry line", "About gearbox."),
                ("unused", "Slurry line", "About gearbox."),
                ("better", "Gearbox", "About gearbox."),
            )
        )
        for entry, level in ((used, TOP), (better, 0)):
            Entry.objects.filter(pk=entry.pk).update(popularity=level)
        found = self.find("gearbox", world.viewer("employee"))
        assert keys(found.hits) == [str(entry.key) for entry in (better, used, unused)]

    def test_other_forms_of_a_word_are_found(self, world: World) -> None:
        forms = [
            ("en", "Aligning the pumps", "ALIGNMENT pump"),
            ("ru", "Выверка насосов", "НАСОСЫ выверки"),
            ("uk", "Заміна підшипників", "підшипник ЗАМІНИ"),
            ("bg", "Ремонт на помпата", "ПОМПИ"),
            ("he", "יישור המשאבות", "משאבה"),
            ("en", "Café Müller", "cafe MULLER"),
            ("ru", "Ёмкость для щёлочи", "емкость щелочи"),
        ]
        entries = [
            self.entry(world, f"form-{number}", title=title, language=language)
            for number, (language, title, _question) in enumerate(forms)
        ]
        self.index()
        for entry, (_language, title, question) in zip(entries, forms, strict=True):
            found = engine.search(question, world.viewer("employee"))
            assert keys(found.hits)[0] == str(entry.key), title
            assert not found.by_some_words

    def test_a_rare_word_weighs_more_than_a_common_one(self, world: World) -> None:
        for number in range(6):
            self.entry(
                world, f"common-{number}", title="Gearbox", body=[("text", "<p>Gearbox of a mill.</p>")]
            )
        rare = self.entry(world, "rare", title="Zirconium")
        found = self.find("gearbox zirconium", world.viewer("employee"))
        assert keys(found.hits)[0] == str(rare.key)

    def test_an_exact_phrase_has_to_be_there(self, world: World) -> None:
        whole = self.entry(world, "whole", title="The cold gap")
        self.entry(world, "parts", title="A gap that is cold")
        for text in ('"cold gap"', "«cold gap»", '"cold gap" gap'):
            assert keys(self.find(text, world.viewer("employee")).hits) == [str(whole.key)], text

    def test_a_minus_leaves_out(self, world: World) -> None:
        wanted = self.entry(world, "wanted", title="Copper wire")
        self.entry(world, "unwanted", title="Copper furnace")
        assert keys(self.find("copper -furnaces", world.viewer("employee")).hits) == [str(wanted.key)]
        assert keys(self.find('copper -"copper furnace"', world.viewer("employee")).hits) == [str(wanted.key)]

    def test_what_was_meant_is_found(self, world: World) -> None:
        meant = {
            "svarka": ("ru", "Сварка чугуна"),
            "cdfhrf": ("ru", "Сварка чугуна"),
            "подшпник": ("ru", "Подшипник"),
            "кайдзен": ("en", "Kaizen"),
            "yishur": ("he", "יישור"),
            'מק"ט': ("he", "מק״ט של חלק"),
            "п'ять": ("uk", "П’ять кроків"),
            "чек лист": ("ru", "Чеклист сменщика"),
            "checklist": ("en", "Check-list of the shift"),
            "1 850 000": ("en", "Saved 1,850,000"),
        }
        titles = dict.fromkeys(meant.values())
        for number, (language, title) in enumerate(titles):
            titles[language, title] = self.entry(world, f"meant-{number}", title=title, language=language)
        self.index()
        for text, place in meant.items():
            found = engine.search(text, world.viewer("employee"), kind="entry")
            assert str(titles[place].key) in keys(found.hits), text

    def test_a_slip_is_named(self, world: World) -> None:
        self.entry(world, "bearing", title="Подшипник насоса")
        assert self.find("подшпник насоса", world.viewer("employee")).corrected == "подшипник насоса"
        assert self.find("подшипники насоса", world.viewer("employee")).corrected == ""

    def test_a_slip_is_not_mended_towards_what_is_hidden(self, world: World) -> None:
        worlds.entry("hidden", world.classified, world.lead, title="Zirconium")
        for name in ("employee", "member", "curator"):
            found = self.find("zirconiun", world.viewer(name))
            assert (found.hits, found.corrected) == ([], "")

    def test_a_slip_is_not_mended_towards_what_has_been_closed_since(self, world: World) -> None:
        entry = self.entry(world, "closing", title="Zirconium")
        viewer = world.viewer("employee")
        assert self.find("zirconiun", viewer).corrected == "zirconium"
        Entry.objects.filter(pk=entry.pk).update(access=Access.CLASSIFIED)
        assert engine.search("zirconiun", viewer) == engine.Results()
        self.entry(world, "other", title="Gasket")
        assert self.find("zirconiun gasket", viewer).corrected == ""

    def test_phrases_in_hebrew(self, world: World) -> None:
        whole = self.entry(world, "whole", title="בטיחות מכונה", language="he")
        parts = self.entry(world, "parts", title="מכונה של בטיחות", language="he")
        viewer = world.viewer("employee")
        assert keys(self.find('"בטיחות מכונה"', viewer).hits) == [str(whole.key)]
        assert keys(self.find('בטיחות -"בטיחות מכונה"', viewer).hits) == [str(parts.key)]

    def test_codes_are_found_in_either_alphabet_and_with_or_without_a_hyphen(self, world: World) -> None:
        written = {
            self.entry(world, f"code-{number}", title=title).key
            for number, title in enumerate(("Насос К-204", "Насос К204", "Pump K-204", "Pump K204"))
        }
        self.index()
        for text in ("К-204", "К204", "K-204", "K204", "к 204"):
            found = engine.search(text, world.viewer("employee"), kind="entry")
            assert set(keys(found.hits)) == {str(key) for key in written}, text

    def test_that_nothing_has_all_words_is_said_of_all_pages(self, world: World) -> None:
        for number in range(3):
            self.entry(world, f"one-{number}", title=f"Copper {number}")
        self.entry(world, "both", title="Copper furnace")
        viewer = world.viewer("employee")
        self.index()
        for offset in (0, 2):
            assert not engine.search("copper furnace", viewer, offset=offset, limit=2).by_some_words

    def test_synonyms_are_found(self, world: World) -> None:
        entry = self.entry(world, "grease", title="Greases that may be mixed")
        phrase = self.entry(world, "cip", title="Cleaning in place")
        Synonyms.objects.create(language="en", words="grease\nlube")
        Synonyms.objects.create(language="en", words="CIP\ncleaning in place")
        synonyms.forget()
        self.index()
        viewer = world.viewer("employee")
        assert keys(engine.search("lubes", viewer).hits) == [str(entry.key)]
        assert keys(engine.search("cip", viewer).hits) == [str(phrase.key)]
        synonyms.forget()

    def test_an_unfinished_last_word_is_found(self, world: World) -> None:
        entry = self.entry(world, "unfinished", title="Commissioning of turbines")
        assert keys(self.find("turbines commissi", world.viewer("employee")).hits) == [str(entry.key)]

    def test_translations_are_one_hit_in_the_readers_language(self, world: World) -> None:
        entry = self.entry(world, "tongues", title="Kiln repair")
        worlds.entry(
            "tongues-ru", world.open, world.lead, language="ru", title="Kiln: ремонт", translation_of=entry
        )
        for languages, wanted in ((("ru", "en"), "ru"), (("en",), "en"), (("he", "ru"), "ru")):
            found = self.find("kiln", world.viewer("employee"), languages=languages)
            assert [(hit.key, hit.language) for hit in found.hits] == [(str(entry.key), wanted)]
            assert found.totals == {"entry": 1}

    def test_people_and_communities_are_found(self, world: World) -> None:
        found = self.find("colleague", world.viewer("employee"))
        assert [(hit.kind, hit.title) for hit in found.hits] == [("person", "Cora Colleague")]
        found = self.find("workshop", world.viewer("employee"), kind="community")
        assert [(hit.kind, hit.slug) for hit in found.hits] == [("community", "workshop")]

    def test_a_kind_within_a_kind_narrows(self, world: World) -> None:
        entry = self.entry(world, "narrow", title="Narrow gauge")
        viewer = world.viewer("employee")
        assert keys(self.find("gauge", viewer, kind="best_practice").hits) == [str(entry.key)]
        assert self.find("gauge", viewer, kind="wiki").hits == []

    def test_totals_count_every_kind_and_pages_follow_one_another(self, world: World) -> None:
        entries = {str(self.entry(world, f"many-{n}", title=f"Numbered gasket {n}").key) for n in range(7)}
        viewer = world.viewer("employee")
        seen: list[str] = []
        for offset in (0, 3, 6):
            found = self.find("gasket", viewer, offset=offset, limit=3)
            assert found.totals == {"entry": 7}
            seen += keys(found.hits)
        assert len(seen) == 7
        assert set(seen) == entries

    def test_pages_follow_one_another_where_few_words_are_found(self, world: World) -> None:
        for number in range(5):
            self.entry(world, f"few-{number}", title=f"Gasket {number}")
        self.index()
        text, viewer, seen = "gasket zeppelin airship dirigible", world.viewer("employee"), []
        for offset in (0, 2, 4, 6):
            for counted in (True, False):
                found = engine.search(text, viewer, offset=offset, limit=2, counted=counted)
                assert found.by_some_words is bool(found.hits)
            seen += keys(found.hits)
        assert len(set(seen)) == len(seen) == 5

    def test_nobody_finds_or_counts_what_they_may_not_see(self, world: World) -> None:
        self.index()
        for role in world.people:
            viewer = world.viewer(role)
            visible = set(Entry.objects.published().visible_to(viewer).values_list("key", flat=True))
            found = engine.search("title", viewer, limit=100)
            assert set(keys(found.hits)) == {str(key) for key in visible}, role
            assert found.totals.get("entry", 0) == len(visible), role
            assert {hit.key for hit in engine.suggest("tit", viewer, limit=100)} == set(keys(found.hits)), (
                role
            )

    def test_members_find_what_is_theirs(self, world: World) -> None:
        found = self.find("title", world.viewer("member"), limit=100)
        slugs = {hit.slug for hit in found.hits}
        assert "boardroom-closed" in slugs
        assert "boardroom-classified" not in slugs
        assert "vault-closed" in slugs

    def test_drafts_are_found_by_nobody(self, world: World) -> None:
        assert self.find("draft", world.viewer("lead")).hits == []

    def test_what_is_withdrawn_or_restricted_is_gone_at_once(self, world: World) -> None:
        entry = self.entry(world, "leaving", title="Vanishing cream")
        viewer = world.viewer("employee")
        assert self.find("vanishing", viewer).totals == {"entry": 1}
        Entry.objects.filter(pk=entry.pk).update(access=Access.CLASSIFIED)
        # Without waiting for the index.
        assert engine.search("vanishing", viewer) == engine.Results()
        Entry.objects.filter(pk=entry.pk).update(access=Access.OPEN)
        EntryPage.objects.get(entry=entry).specific.unpublish()
        assert engine.search("vanishing", viewer) == engine.Results()

    def test_a_new_text_replaces_the_old(self, world: World) -> None:
        entry = self.entry(world, "changing", title="Old words")
        viewer = world.viewer("employee")
        assert self.find("old", viewer).hits
        page = EntryPage.objects.get(entry=entry).specific
        page.title = "Fresh words"
        page.save_revision().publish()
        assert keys(self.find("fresh", viewer).hits) == [str(entry.key)]
        assert self.find("old", viewer).hits == []

    def test_what_is_deleted_is_forgotten(self, world: World) -> None:
        entry = self.entry(world, "deleted", title="Deleted thing")
        assert self.find("deleted", world.viewer("employee")).hits
        EntryPage.objects.get(entry=entry).specific.delete()
        self.index()
        assert self.find("deleted", world.viewer("employee")).hits == []

    def test_leavers_are_not_found(self, world: World) -> None:
        User.objects.filter(pk=world.colleague.pk).update(is_active=False)
        assert self.find("colleague", world.viewer("employee")).hits == []

    def test_no_text_is_an_error(self, world: World) -> None:
        self.index()
        viewer = world.viewer("employee")
        for text in HOSTILE:
            assert isinstance(engine.search(text, viewer), engine.Results)
            assert isinstance(engine.suggest(text, viewer), list)

    def test_suggests_names_by_their_beginnings(self, world: World) -> None:
        entry = self.entry(world, "suggested", title="Рекуперация тепла", language="ru")
        self.index()
        viewer = world.viewer("employee")
        assert keys(engine.suggest("РЕКУП", viewer)) == [str(entry.key)]
        assert keys(engine.suggest("тепла реку", viewer)) == [str(entry.key)]
        assert [hit.title for hit in engine.suggest("cora c", viewer)] == ["Cora Colleague"]

    def test_number_of_queries_does_not_grow(self, world: World, django_assert_num_queries: Any) -> None:
        viewer = world.viewer("employee")
        for number in range(2):
            self.entry(world, f"few-{number}", title=f"Bolt {number}", summary="workshop colleague")
        self.find("bolt", viewer)
        with django_assert_num_queries(self.statements):
            assert len(engine.search("bolt", viewer).hits) == 2
        for number in range(10):
            self.entry(world, f"more-{number}", title=f"Bolt more {number}", summary="workshop colleague")
        self.index()
        with django_assert_num_queries(self.statements):
            assert len(engine.search("bolt", viewer).hits) == 12
        with django_assert_num_queries(self.statements):
            assert len(engine.search("bolt", viewer, counted=False).hits) == 12

    def test_nobody_is_a_visitor(self, world: World) -> None:
        assert self.find("title", VISITOR) == engine.Results()

    def test_community_that_closes_takes_its_entries_along(self, world: World) -> None:
        viewer = world.viewer("employee")
        assert self.find("workshop", viewer).hits
        Community.objects.filter(pk=world.open.pk).update(access=Access.CLASSIFIED)
        assert engine.search("workshop", viewer).hits == []
