"""The words that mean the same to the people of the demonstration, in five languages."""

from cms.demonstration.loading.entries import Company
from cms.demonstration.nodes import LANGUAGES, mapping
from cms.demonstration.source import CONTENT
from search.models import Synonyms
from search.services import synonyms


def load(company: Company) -> None:
    if Synonyms.objects.exists():
        return
    written = mapping(CONTENT / "synonyms.yaml").values
    groups = [
        Synonyms(language=language, words="\n".join(words))
        for language in LANGUAGES
        for words in written.get(language, [])
    ]
    synonyms.add_many(groups, by=company.people[company.demonstration.demo_accounts["curator"]])
