--
-- Journeys of 2,000 random customers against plain SQL: any split of the rows
-- into partial journeys, merged in any order, gives the same bytes; steps() gives
-- back exactly the rows; every reader agrees with what SQL says over the rows.
-- Random means: the same on every machine, from a hash.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
SET timezone = 'UTC';

-- few times and seqs, so that many visits are simultaneous; labels of every kind;
-- units from microseconds to days; some NULLs
CREATE TABLE visit AS
SELECT i AS id, customer,
       CASE WHEN pg_temp.random_int(i, 2, 20) > 0
            THEN (ARRAY['a', 'b', 'ab', 'web:basket', 'two words', 'świadomość', 'say "hi"', 'Z'])
                 [1 + pg_temp.random_int(i, 3, 8)]
                 || CASE WHEN customer % 97 = 0 THEN pg_temp.random_int(i, 4, 50)::text ELSE '' END END AS stage,
       CASE WHEN pg_temp.random_int(i, 5, 20) > 0
            THEN timestamptz '2026-01-01' + pg_temp.random_int(i, 6, 12)
                 * (ARRAY['1 day', '1 hour', '1 minute', '1 second', '1 millisecond', '1 microsecond'])
                   [1 + customer % 6]::interval END AS at,
       CASE WHEN pg_temp.random_int(i, 7, 3) > 0 THEN pg_temp.random_int(i, 8, 4) - 1 END::bigint AS seq
  FROM generate_series(1, 20000) i, pg_temp.random_int(i, 1, 2000) customer;
ANALYZE visit;
CREATE TABLE journeys AS
SELECT customer, journey_agg(stage, at) AS plain, journey_agg(stage, at, seq) AS j FROM visit GROUP BY customer;
SELECT count(*) AS customers, count(j) AS with_visits,
       sum(visits(j)) = (SELECT count(*) FROM visit WHERE stage IS NOT NULL AND at IS NOT NULL) AS nothing_lost
  FROM journeys;

-- steps() gives back exactly the rows, in the order of time, seq and bytes
SELECT count(*) FILTER (WHERE s.rows IS DISTINCT FROM r.rows) AS wrong, count(*) FILTER (WHERE s.rows IS NULL) AS empty
  FROM (SELECT customer, array_agg(ROW(stage, at) ORDER BY step)::text AS rows
          FROM journeys, steps(j) GROUP BY customer) s
  FULL JOIN (SELECT customer, array_agg(ROW(stage, at) ORDER BY at, coalesce(seq, 0), stage COLLATE "C")::text AS rows
               FROM visit WHERE stage IS NOT NULL AND at IS NOT NULL GROUP BY customer) r USING (customer);

-- any split, any order, any number of parts
CREATE TEMP VIEW thirds AS
SELECT customer, pg_temp.random_int(id, 9, 3) AS n, journey_agg(stage, at, seq) AS part FROM visit GROUP BY customer, n;
CREATE TEMP VIEW split AS
          SELECT 'in 3 parts' AS split, customer, journey_agg(part) AS j FROM thirds GROUP BY customer
UNION ALL SELECT 'in 3 parts, last first', customer, journey_agg(part ORDER BY n DESC) FROM thirds GROUP BY customer
UNION ALL SELECT 'one by one, by size', customer, journey_agg(part ORDER BY stage, id)
            FROM (SELECT id, customer, stage, journey_agg(stage, at, seq) AS part
                    FROM visit GROUP BY id, customer, stage) v
           GROUP BY customer
UNION ALL SELECT 'two halves', customer, CASE WHEN a IS NULL THEN b WHEN b IS NULL THEN a ELSE b || a END
            FROM (SELECT customer, journey_agg(stage, at, seq) FILTER (WHERE id % 2 = 0) AS a,
                         journey_agg(stage, at, seq) FILTER (WHERE id % 2 = 1) AS b
                    FROM visit GROUP BY customer) v
UNION ALL SELECT 'rows backwards', customer, journey_agg(stage, at, seq ORDER BY id DESC) FROM visit GROUP BY customer
UNION ALL SELECT 'through text', customer, j::text::journey FROM journeys
UNION ALL SELECT 'through sessions', customer, coalesce((SELECT journey_agg(s) FROM sessions(j, '1 second') s), j)
            FROM journeys;
SELECT split, count(*) AS customers,
       count(*) FILTER (WHERE split.j IS DISTINCT FROM whole.j) AS wrong,
       count(*) FILTER (WHERE split.j::text IS DISTINCT FROM whole.j::text) AS wrong_text,
       count(*) FILTER (WHERE cxjourney_internal.journey_send(split.j)
                              IS DISTINCT FROM cxjourney_internal.journey_send(whole.j)) AS wrong_binary,
       count(*) FILTER (WHERE cxjourney_internal.journey_hash(split.j)
                              IS DISTINCT FROM cxjourney_internal.journey_hash(whole.j)) AS wrong_hash
  FROM split JOIN journeys whole USING (customer) GROUP BY split ORDER BY split;

-- in many processes, in one, sorted, hashed
SET parallel_setup_cost = 0;
-- rows that cost so much, to read and to hand over, that joining parts pays
SET cpu_tuple_cost = 1;
SET parallel_tuple_cost = 0.5;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
CREATE VIEW again AS SELECT customer, journey_agg(stage, at, seq) AS j FROM visit GROUP BY customer;
SELECT pg_temp.plan_has('SELECT * FROM again', '"Partial Mode": "Partial"') AS parallel,
       count(*) FILTER (WHERE again.j IS DISTINCT FROM journeys.j) AS wrong
  FROM again JOIN journeys USING (customer);
SELECT pg_temp.plan_has('SELECT journey_agg(j) FROM journeys', '"Partial Mode": "Partial"') AS parallel,
       (SELECT journey_agg(j) FROM journeys) = (SELECT journey_agg(stage, at, seq) FROM visit) AS same;
SET max_parallel_workers_per_gather = 0;
SET enable_hashagg = off;
SELECT count(*) AS compared, count(*) FILTER (WHERE again.j IS DISTINCT FROM journeys.j) AS wrong_sorted
  FROM again JOIN journeys USING (customer);
RESET enable_hashagg;
RESET max_parallel_workers_per_gather;
-- compiled, with the extension's own code inlined where it was built for that
SET jit = on;
SET jit_above_cost = 0;
SET jit_inline_above_cost = 0;
SET jit_optimize_above_cost = 0;
SELECT count(*) AS compared, count(*) FILTER (WHERE again.j IS DISTINCT FROM journeys.j) AS wrong_compiled
  FROM again JOIN journeys USING (customer);
SET jit = off;
-- as a window: whatever a customer did so far
SELECT count(*) AS compared, count(*) FILTER (WHERE w.j IS DISTINCT FROM a.j) AS wrong
  FROM (SELECT id, customer, journey_agg(stage, at, seq) OVER (PARTITION BY customer ORDER BY id) AS j
          FROM visit WHERE customer < 20) w,
       LATERAL (SELECT journey_agg(v.stage, v.at, v.seq) AS j
                  FROM visit v WHERE v.customer = w.customer AND v.id <= w.id) a;

-- the readers say what SQL says over the rows
CREATE TABLE row_of AS
SELECT customer, stage, at, coalesce(seq, 0) AS seq, lag(stage) OVER w AS before, row_number() OVER w AS n,
       count(*) OVER (PARTITION BY customer) AS visits
  FROM visit WHERE stage IS NOT NULL AND at IS NOT NULL
WINDOW w AS (PARTITION BY customer ORDER BY at, coalesce(seq, 0), stage COLLATE "C");
SELECT count(*) FILTER (WHERE visits(j) <> n) AS visits,
       count(*) FILTER (WHERE first_stage(j) <> first) AS first,
       count(*) FILTER (WHERE last_stage(j) <> last) AS last,
       count(*) FILTER (WHERE started_at(j) <> started) AS started,
       count(*) FILTER (WHERE ended_at(j) <> ended) AS ended,
       count(*) FILTER (WHERE duration(j) <> ended - started) AS duration,
       count(*) FILTER (WHERE NOT j @> stages) AS contains,
       count(*) FILTER (WHERE NOT j && stages[1:1]) AS overlaps,
       count(*) FILTER (WHERE j @> (stages || 'nowhere'::text)) AS contains_nowhere
  FROM journeys
  JOIN (SELECT customer, count(*) AS n, (array_agg(stage ORDER BY n))[1] AS first,
               (array_agg(stage ORDER BY n DESC))[1] AS last, min(at) AS started, max(at) AS ended,
               array_agg(DISTINCT stage) AS stages
          FROM row_of GROUP BY customer) r USING (customer);
-- a visit stays until the next one that is not simultaneous, once for each stage
SELECT count(*) AS compared,
       count(*) FILTER (WHERE visits(j, stage) <> n) AS visits,
       count(*) FILTER (WHERE first_visit(j, stage) <> first) AS first,
       count(*) FILTER (WHERE last_visit(j, stage) <> last) AS last,
       count(*) FILTER (WHERE time_in(j, stage) <> stay) AS time_in
  FROM journeys
  JOIN (SELECT customer, stage, count(*) AS n, min(at) AS first, max(at) AS last, coalesce(sum(stay), '0') AS stay
          FROM (SELECT *, CASE WHEN row_number() OVER (PARTITION BY customer, stage, at, seq) = 1
                               THEN until - at END AS stay
                  FROM (SELECT *, first_value(at) OVER (PARTITION BY customer ORDER BY moment
                                                        GROUPS BETWEEN 1 FOLLOWING AND 1 FOLLOWING) AS until
                          FROM (SELECT *, dense_rank() OVER (PARTITION BY customer ORDER BY at, seq) AS moment
                                  FROM row_of) v) v) v
         GROUP BY customer, stage) r USING (customer);
SELECT count(*) AS compared, count(*) FILTER (WHERE s.stay <> time_in(j, s.stage)) AS wrong
  FROM journeys, LATERAL (SELECT stage, coalesce(sum(stay), '0') AS stay FROM steps(j) GROUP BY stage) s;
SELECT count(*) FILTER (WHERE dedupe(journeys.j || journeys.j) <> d.j) AS dedupe,
       count(*) FILTER (WHERE collapse(journeys.j) <> c.j) AS collapse,
       count(*) FILTER (WHERE slice(journeys.j, '[2026-01-01 00:00:03, 2026-01-06)') <> coalesce(s.j, '{}')) AS slice
  FROM journeys
  JOIN (SELECT customer, journey_agg(stage, at, seq) AS j
          FROM (SELECT DISTINCT customer, stage, at, seq FROM row_of) v GROUP BY customer) d USING (customer)
  JOIN (SELECT customer, journey_agg(stage, at, seq) AS j
          FROM row_of WHERE stage IS DISTINCT FROM before GROUP BY customer) c USING (customer)
  LEFT JOIN (SELECT customer, journey_agg(stage, at, seq) AS j
               FROM row_of WHERE at >= '2026-01-01 00:00:03' AND at < '2026-01-06'
              GROUP BY customer) s USING (customer);
-- order and equality agree with the rows compared as arrays
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE (a.j < b.j) <> (x.v < y.v)) AS wrong_less,
       count(*) FILTER (WHERE (a.j = b.j) <> (x.v = y.v)) AS wrong_equal,
       count(*) FILTER (WHERE (a.j >= b.j) <> (x.v >= y.v)) AS wrong_greater_equal
  FROM journeys a JOIN journeys b ON a.customer <= 60 AND b.customer <= 60,
       LATERAL (SELECT array_agg(ROW(at, seq, stage COLLATE "C") ORDER BY n) AS v
                  FROM row_of WHERE customer = a.customer) x,
       LATERAL (SELECT array_agg(ROW(at, seq, stage COLLATE "C") ORDER BY n) AS v
                  FROM row_of WHERE customer = b.customer) y;

-- a journey of 300,000 visits in random order
SELECT visits(j), visits(j, 'stage 5') = count AS same
  FROM (SELECT journey_agg('stage ' || i % 1000,
                           timestamptz '2026-01-01'
                           + pg_temp.random_int(i, 1, 100000000) * interval '1 second', i) AS j,
               count(*) FILTER (WHERE i % 1000 = 5) AS count
          FROM generate_series(1, 300000) i) v;

DROP VIEW thirds, split, again;
DROP TABLE visit, journeys, row_of;
