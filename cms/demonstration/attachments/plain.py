"""Files for machines: a table as CSV, a query as SQL."""

import csv
from io import StringIO

from cms.demonstration.attachments.outline import Outline

QUERY = """\
-- {title}
-- {enterprise}: {entry}
--
-- Expects the event journal as alarm_event(tag, state, raised_at, cleared_at, priority).

-- The noisiest alarms of the last thirty days, with their share of all and the running sum.
WITH raised AS (
    SELECT tag, COUNT(*) AS times, AVG(cleared_at - raised_at) AS stood
    FROM alarm_event
    WHERE state = 'RAISED' AND raised_at >= CURRENT_DATE - INTERVAL '30' DAY
    GROUP BY tag
)
SELECT
    tag,
    times,
    stood,
    ROUND(100.0 * times / SUM(times) OVER (), 1) AS share,
    ROUND(100.0 * SUM(times) OVER (ORDER BY times DESC, tag) / SUM(times) OVER (), 1) AS running_share
FROM raised
ORDER BY times DESC, tag
FETCH FIRST {rows} ROWS ONLY;

-- Alarms that chatter: three or more within a minute.
SELECT tag, DATE_TRUNC('minute', raised_at) AS minute, COUNT(*) AS times
FROM alarm_event
WHERE state = 'RAISED' AND raised_at >= CURRENT_DATE - INTERVAL '30' DAY
GROUP BY tag, DATE_TRUNC('minute', raised_at)
HAVING COUNT(*) >= 3
ORDER BY times DESC;

-- Alarms that have been standing for more than a day.
SELECT tag, raised_at, priority
FROM alarm_event
WHERE cleared_at IS NULL AND raised_at < CURRENT_TIMESTAMP - INTERVAL '1' DAY
ORDER BY raised_at;

-- Floods: ten minutes with more than ten alarms.
SELECT
    DATE_TRUNC('hour', raised_at) AS hour,
    FLOOR(EXTRACT(MINUTE FROM raised_at) / 10) AS ten_minutes,
    COUNT(*) AS times
FROM alarm_event
WHERE state = 'RAISED'
GROUP BY 1, 2
HAVING COUNT(*) > 10
ORDER BY hour, ten_minutes;
"""


def table(outline: Outline) -> bytes:
    """All tables of the entry, one below the other; with the mark by which spreadsheets know UTF-8."""
    file = StringIO()
    writer = csv.writer(file)
    for number, part in enumerate(outline.tables):
        if number:
            writer.writerow([])
        writer.writerow(part.columns)
        writer.writerows(part.rows)
    if not outline.tables:
        writer.writerows(enumerate(outline.checklist.items, start=1))
    return file.getvalue().encode("utf-8-sig")


def query(outline: Outline) -> bytes:
    rows = 10 if "10" in outline.name else 20
    text = QUERY.format(
        title=outline.title, enterprise=outline.enterprise, entry=outline.entry.title, rows=rows
    )
    return text.encode()
