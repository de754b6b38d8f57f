"""What curators of the demonstration recommend above the results of a search."""

from cms.demonstration.loading.entries import Company
from knowledge.models import Entry, Promotion
from knowledge.services import promotions

# An entry's address, and what people write who look for it, in all languages.
RECOMMENDED = {
    "laser-alignment-of-pump-sets": (
        "alignment",
        "pump",
        "насос",
        "центровка",
        "центрування",
        "помпа",
        "משאבה",
        "יישור",
    ),
    "group-lockout-with-one-box": ("lockout", "LOTO", "блокировка", "блокування", "блокиране", "נעילה"),
    "press-changeover-27-minutes": (
        "SMED",
        "changeover",
        "переналадка",
        "переналагодження",
        "смяна",
        "החלפה",
    ),
}


def load(company: Company) -> None:
    """Make what is not there yet."""
    curator = company.people[company.demonstration.demo_accounts["curator"]]
    for entry in Entry.objects.filter(slug__in=RECOMMENDED, promotion=None):
        phrases = RECOMMENDED[entry.slug]
        promotions.save(promotion=Promotion(), entry=entry, phrases=phrases, ends_date=None, by=curator)
