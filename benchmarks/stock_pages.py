"""Stock pages beside the entries that they repeat."""

from collections.abc import Iterable

from django.db import connection

from benchmarks.models import StockPage, StockTag
from knowledge.models import EntryPage


def make_tables() -> None:
    """A database that is kept has them from its first run."""
    there = connection.introspection.table_names()
    with connection.schema_editor() as editor:
        for model in (StockPage, StockTag):
            if model._meta.db_table not in there:
                editor.create_model(model)


def add(pages: Iterable[EntryPage]) -> list[str]:
    """A stock page for each, added unless an earlier run did; their paths below the home page of the site."""
    return [_path(_added(page)) for page in pages]


def copy(source: EntryPage, slug: str) -> StockPage:
    """The content of an entry's page, not yet in the tree."""
    page = StockPage(
        title=source.title,
        slug=slug,
        source=source,
        summary=source.summary,
        cover=source.cover,
        body=list(source.body.raw_data),
        effects=list(source.effects.raw_data),
        locale=source.locale,
    )
    page.tags.set(list(source.tags.all()))
    return page


def _added(source: EntryPage) -> StockPage:
    slug = f"stock-{source.pk}"
    there = StockPage.objects.filter(slug=slug).first()
    return there or source.get_parent().add_child(instance=copy(source, slug))


def _path(page: StockPage) -> str:
    """Without the home page's own, which Wagtail's routing starts from."""
    return page.url_path.strip("/").partition("/")[2] + "/"
