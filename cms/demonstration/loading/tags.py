"""What there is to do about tags in the demonstration: spelt twice, out of use, and known by an earlier name."""

from cms.demonstration.loading.entries import Company
from knowledge.models import FormerTag, Tag
from knowledge.services import tags

# A tag of the content, as somebody in a hurry wrote it once more.
SPELT_TWICE = {"SMED": "S.M.E.D.", "LOTO": "Lo-to"}
UNUSED = ("miscellaneous", "urgent!!", "test")
# What a tag was called before.
EARLIER = {"changeover": "quick change"}


def load(company: Company) -> None:
    """Make what is not there yet."""
    curator = company.people[company.demonstration.demo_accounts["curator"]]
    for name, again in SPELT_TWICE.items():
        if Tag.objects.filter(name__iexact=name).exists() and not Tag.objects.filter(name=again).exists():
            tags.create(name=again, by=curator)
    for name in UNUSED:
        if not Tag.objects.filter(name=name).exists():
            tags.create(name=name, by=curator)
    for name, earlier in EARLIER.items():
        into = Tag.objects.filter(name__iexact=name).first()
        if into is not None and not FormerTag.objects.filter(leads_to=into).exists():
            tags.merge(tag=tags.create(name=earlier, by=curator), into=into, by=curator)
