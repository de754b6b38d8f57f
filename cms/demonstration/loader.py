"""Makes the demonstration company live in the database, through the services that people's own doors use."""

from __future__ import annotations

from dataclasses import dataclass

from wagtail.signal_handlers import disable_reference_index_auto_update

from cms.demonstration import source
from cms.demonstration.loading import (
    communities,
    desk,
    entries,
    exchange_rates,
    organisation,
    people,
    promotions,
    readers,
    replications,
    synonyms,
    tags,
    topics,
)
from cms.demonstration.loading.files import Workshop
from cms.demonstration.loading.shift import Shift
from search.services import document_texts


@dataclass(frozen=True)
class Loaded:
    people: int
    communities: int
    entries: int
    pages: int


def load(demonstration: source.Demonstration, *, weeks: int = 0, processes: int = 2) -> Loaded:
    """Load what is not there yet; doing it again changes nothing. `weeks` moves all days."""
    shift = Shift(weeks)
    newest = shift.day(demonstration.newest_date)
    # The index of references is written for each entry when it is whole, not at each save of a part.
    with Workshop(processes=processes) as workshop, disable_reference_index_auto_update():
        units = organisation.load(demonstration, years=range(newest.year - 1, newest.year + 2))
        competences = people.load_competences(demonstration)
        persons = people.load(demonstration, organisation=units, competences=competences, shift=shift)
        circles = communities.load(demonstration, people=persons, competences=competences, shift=shift)
        company = entries.Company(demonstration, units, competences, persons, circles, shift)
        exchange_rates.load(shift)
        entries.load(company, workshop)
        tags.load(company)
        promotions.load(company)
        synonyms.load(company)
        desk.load()
        replications.load(company)
        readers.load(company)
        topics.load(company)
        document_texts.take_up(turn=None)
    return Loaded(
        people=len(persons),
        communities=len(circles),
        entries=len(demonstration.translations),
        pages=len(demonstration.entries),
    )
