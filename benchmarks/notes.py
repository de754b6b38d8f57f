"""What the table of docs/benchmarks.md does not say: how each thing is measured, and what it is compared with."""

NOTES = (
    (
        "P1: the bare view reads the page's row with its entry and community in one statement and fills the same "
        "template; the pieces of the page are at hand in its process. It asks neither Wagtail nor the cache, nor who "
        "may see the page. Beyond its statements the site asks the outbox whether anything changed, hashes the row of "
        "the page, takes its pieces from the cache and asks who may see it."
    ),
    (
        "P2: the stock page has the same bodies, pictures in the same sizes, people, files and tags, Wagtail's own "
        "blocks, `{% picture %}`, `{% include_block %}` and routing, in the same layout; its template is plain HTML "
        "without components, and of nothing on it is asked who may see it."
    ),
    (
        "P2 and P6 just after a change somewhere: each request finds the outbox grown by a change of something that "
        "the page does not show, and what the change itself costs is taken off; after a change of the entry the page "
        "is drawn anew, its body is kept."
    ),
    (
        "P3: the browser has the page and its ETag; the answer is 304. The empty view asks who is signed in, and says "
        "their number."
    ),
    (
        "PDF: real slides of the demonstration, by the clock; the memory of the process that lays them out is "
        "watched apart."
    ),
    (
        "bulk: one change of so many entries by a curator and its undoing, each by a process of its own that is killed "
        "by a signal half way and by another that goes on; counted by who owns the entries then and by the audit log. "
        "The time is of the clock, on PostgreSQL."
    ),
    (
        "load: by the clock, on a new PostgreSQL, everything included: the demonstration, 50 000 generated entries and "
        "60 000 people, what is known of each page, what is near to each entry, the search index."
    ),
    (
        "P6: statements of the second request, over several pages of a list or sizes (5, 20, 100); two of them tell "
        "who is asking. “Small” are the tables of the demonstration, “large” those with the generated volume."
    ),
    (
        "P15: the bodies are at hand on both sides, and both write the line in the page's history. One by one comes "
        "the page alone, checked by `full_clean`; its index of references is left to a worker, who is not measured. "
        "In bulk nothing is checked, and the index of references, the entry, its author and competence, and the outbox "
        "are written as well. Each turn is taken back."
    ),
)
