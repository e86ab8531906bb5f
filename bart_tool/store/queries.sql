-- What is counted past one session: of a city its cells, of a country its cities.
--
-- Plain standard SQL, and one file: DuckDB, PostgreSQL and Spark run it as it stands and say the
-- same. Each part below a line `-- name:` is one query. They read two tables, or views:
--
--   findings (municipality, session, round, item, meaning, code)
--     what each session found; `item` may be decision/<id> or a pattern, and `meaning` is the hash
--     of what was asked: what was asked otherwise is never counted with it
--   cells (municipality, item, meaning, code, wijken)
--     what a municipality may tell of its wijken: what `told` gives, or `bart export --city`
--
-- Texts must be in the order of their bytes (in PostgreSQL: LOCALE 'C'), or cells that are equally
-- small can join `other` in another order.


-- name: told
-- The k-safe cells of every municipality at once: rules 1 to 3 of city/safe.py, by the newest round
-- of each session. It knows no earlier edition (rule 5): what was told before belongs to bart city.
--
-- A code of an item that fewer than three wijken have is small: small codes join in the cell `other`.
-- They are enough where they are two or more with three wijken. Else the least of the larger codes
-- (by wijken, and then by code) joins them. Every other code stands alone. An item of which one cell
-- would have all is not told.
WITH newest AS (
  SELECT municipality, session, MAX(round) AS round
  FROM findings
  GROUP BY municipality, session
),
counted AS (
  SELECT f.municipality, f.item, f.meaning, f.code, COUNT(*) AS wijken
  FROM findings f
  JOIN newest n
    ON f.municipality = n.municipality AND f.session = n.session AND f.round = n.round
  GROUP BY f.municipality, f.item, f.meaning, f.code
),
items AS (
  SELECT
    municipality, item, meaning,
    COUNT(*) AS codes,
    SUM(CASE WHEN wijken < 3 THEN 1 ELSE 0 END) AS small,
    SUM(CASE WHEN wijken < 3 THEN wijken ELSE 0 END) AS small_wijken,
    MIN(CASE WHEN wijken >= 3 THEN wijken END) AS least_wijken,
    -- Numbers of one width: the order of these texts is that of wijken, and then of code.
    MIN(CASE WHEN wijken >= 3 THEN CAST(1000000000 + wijken AS VARCHAR(10)) || code END) AS least
  FROM counted
  GROUP BY municipality, item, meaning
),
joining AS (
  SELECT
    municipality, item, meaning, codes, small, small_wijken, least_wijken,
    SUBSTRING(least FROM 11) AS least_code,
    (small = 0 OR (small > 1 AND small_wijken >= 3)) AS enough
  FROM items
)
SELECT c.municipality, c.item, c.meaning, c.code, c.wijken
FROM counted c
JOIN joining j
  ON c.municipality = j.municipality AND c.item = j.item AND c.meaning = j.meaning
WHERE c.wijken >= 3 AND j.codes > 1
  AND (j.enough OR c.wijken > j.least_wijken OR c.code <> j.least_code)
UNION ALL
SELECT
  municipality,
  item,
  meaning,
  'other' AS code,
  CAST(small_wijken + CASE WHEN enough THEN 0 ELSE least_wijken END AS BIGINT) AS wijken
FROM joining
WHERE small > 0 AND codes > small + CASE WHEN enough THEN 0 ELSE 1 END;


-- name: country
-- Of each item in how many municipalities, and in at least how many wijken, it is something to talk
-- about, is seen the same, or (of a pattern) is seen. It adds up cells that were told, and no more.
WITH in_each AS (
  SELECT
    item, meaning,
    SUM(wijken) AS wijken,
    SUM(
      CASE
        WHEN code IN (
          'double-claim', 'passed-on', 'not-assigned', 'unclaimed', 'wide-gap', 'one-sided-claim',
          'gap', 'unknown', 'divided'
        ) THEN wijken
        ELSE 0
      END
    ) AS unclear,
    SUM(CASE WHEN code IN ('shared', 'joint') THEN wijken ELSE 0 END) AS same,
    SUM(CASE WHEN code = 'seen' THEN wijken ELSE 0 END) AS seen
  FROM cells
  GROUP BY municipality, item, meaning
)
SELECT
  item,
  meaning,
  COUNT(*) AS municipalities,
  CAST(SUM(wijken) AS BIGINT) AS wijken,
  COUNT(CASE WHEN unclear > 0 THEN 1 END) AS unclear_in,
  CAST(SUM(unclear) AS BIGINT) AS unclear_wijken,
  COUNT(CASE WHEN same > 0 THEN 1 END) AS same_in,
  CAST(SUM(same) AS BIGINT) AS same_wijken,
  COUNT(CASE WHEN seen > 0 THEN 1 END) AS seen_in,
  CAST(SUM(seen) AS BIGINT) AS seen_wijken
FROM in_each
GROUP BY item, meaning;


-- name: codes
-- Of each item and code in how many municipalities it stands alone, and for how many wijken. A
-- municipality has a code of an item in one cell.
SELECT
  item,
  meaning,
  code,
  COUNT(*) AS municipalities,
  CAST(SUM(wijken) AS BIGINT) AS wijken
FROM cells
GROUP BY item, meaning, code;
