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
-- The codes of an item stand in order, the smallest first. A code stands alone where it has three
-- wijken and all before it are safe together: none, or two codes or more with three wijken. The
-- last that does not closes the cell `other`. An item of which one cell has all is not told.
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
in_order AS (
  SELECT
    municipality, item, meaning, code, wijken,
    ROW_NUMBER() OVER (
      PARTITION BY municipality, item, meaning ORDER BY wijken, code
    ) AS place,
    SUM(wijken) OVER (
      PARTITION BY municipality, item, meaning ORDER BY wijken, code
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS so_far,
    MIN(wijken) OVER (
      PARTITION BY municipality, item, meaning ORDER BY wijken, code
      ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW
    ) AS least,
    LEAD(wijken) OVER (
      PARTITION BY municipality, item, meaning ORDER BY wijken, code
    ) AS following
  FROM counted
),
placed AS (
  SELECT
    municipality, item, meaning, code, wijken, so_far,
    (place = 1 AND following IS NULL) AS only_cell,
    (least >= 3 OR (wijken >= 3 AND place > 2 AND so_far - wijken >= 3)) AS alone,
    (following >= 3 AND place > 1 AND so_far >= 3) AS closes
  FROM in_order
)
SELECT
  municipality,
  item,
  meaning,
  CASE WHEN alone THEN code ELSE 'other' END AS code,
  CAST(CASE WHEN alone THEN wijken ELSE so_far END AS BIGINT) AS wijken
FROM placed
WHERE closes OR (alone AND NOT only_cell);


-- name: country
-- Of each item in how many municipalities, and in at least how many wijken, it is something to talk
-- about, is seen the same, or (of a pattern) is seen. It adds up cells that were told, and no more.
WITH said AS (
  SELECT
    municipality, item, meaning, wijken,
    CASE
      WHEN code IN (
        'double-claim', 'passed-on', 'not-assigned', 'unclaimed', 'wide-gap', 'one-sided-claim',
        'gap', 'unknown', 'divided'
      ) THEN 'unclear'
      WHEN code IN ('shared', 'joint') THEN 'same'
      WHEN code = 'seen' THEN 'seen'
      ELSE ''
    END AS outcome
  FROM cells
),
in_each AS (
  SELECT
    item, meaning,
    SUM(wijken) AS wijken,
    SUM(CASE WHEN outcome = 'unclear' THEN wijken ELSE 0 END) AS unclear,
    SUM(CASE WHEN outcome = 'same' THEN wijken ELSE 0 END) AS same,
    SUM(CASE WHEN outcome = 'seen' THEN wijken ELSE 0 END) AS seen
  FROM said
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
