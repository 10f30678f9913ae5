--
-- Attribution of 1,500 random journeys, with ties and repeats, against plain SQL:
-- the credits of every model sum exactly to the conversions and are what SQL says
-- over the rows; any split, merged in any order, gives the same bytes.
-- Random means: the same on every machine, from a hash.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
SET timezone = 'UTC';

CREATE TABLE journeys AS
SELECT customer, journey_agg(stage, at) AS j
  FROM (SELECT pg_temp.random_int(i, 11, 1500) AS customer,
               CASE WHEN pg_temp.random_int(i, 12, 5) = 0 THEN 'goal'
                    ELSE (ARRAY['ads', 'mail', 'search', 'social', 'two words', 'świat', 'Z'])
                         [1 + least(pg_temp.random_int(i, 13, 7), pg_temp.random_int(i, 14, 7))] END AS stage,
               timestamptz '2026-01-01' + pg_temp.random_int(i, 15, 20)
               * (ARRAY['1 day', '1 hour', '1 minute'])[1 + pg_temp.random_int(i, 11, 1500) % 3]::interval AS at
          FROM generate_series(1, 9000) i) v
 GROUP BY customer;
ANALYZE journeys;
CREATE TABLE whole AS
SELECT attribution_agg(j, 'goal') AS a, attribution_agg(j, 'goal', '1 day') AS decay FROM journeys;

-- the touches with their path, their place in it, and when it converted; at equal times the
-- touches come before the goal
CREATE TABLE touch AS
SELECT customer, path, stage, at, row_number() OVER w AS i, count(*) OVER p AS n, converted,
       max(at) OVER p AS last_at, min(at) OVER p AS first_at, lag(stage) OVER w AS before
  FROM (SELECT *, bool_or(stage = 'goal') OVER (PARTITION BY customer, path) AS converted
          FROM (SELECT customer, step, stage, at,
                       count(*) FILTER (WHERE stage = 'goal') OVER (
                           PARTITION BY customer ORDER BY at, stage = 'goal', step
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS path
                  FROM journeys, steps(j)) v) v
 WHERE stage <> 'goal'
WINDOW p AS (PARTITION BY customer, path), w AS (PARTITION BY customer, path ORDER BY step);
CREATE TABLE conversions AS SELECT sum(visits(j, 'goal')) AS n FROM journeys;
SELECT (SELECT n FROM conversions) AS conversions,
       (SELECT n FROM conversions) - count(*) FILTER (WHERE i = n AND converted) AS without_touch,
       count(*) FILTER (WHERE i = n AND NOT converted) AS null_paths,
       max(n) AS longest
  FROM touch;

-- sums are exact, to the last digit
SELECT model, sum(credit) = (SELECT n FROM conversions) AS exact,
       sum(credit) FILTER (WHERE touchpoint = '(none)') AS without_touch,
       round(sum(share), 9) AS share, count(*) AS rows
  FROM unnest(ARRAY['first', 'last', 'linear', 'position', 'time_decay', 'markov']) model, whole,
       attribution_credits(decay, model)
 GROUP BY model ORDER BY model;

-- the models that are sums of units, unit by unit; of simultaneous touches each has the mean over all their orders.
-- A whole divided among a number of touches in units: what is left over goes to the last of them
CREATE FUNCTION part_of(whole numeric, parts bigint, is_last boolean) RETURNS numeric LANGUAGE sql IMMUTABLE
	RETURN CASE WHEN is_last THEN whole - div(whole, parts) * (parts - 1) ELSE div(whole, parts) END;
CREATE TABLE expected AS
SELECT stage,
       sum(CASE WHEN at > first_at THEN 0 ELSE part_of(1e12, f, i = f) END) / 1000000000000 AS first,
       sum(CASE WHEN at < last_at THEN 0 ELSE part_of(1e12, l, i = n) END) / 1000000000000 AS last,
       sum(part_of(1e12, n, i = n)) / 1000000000000 AS linear,
       sum(CASE WHEN n <= 2 OR first_at = last_at THEN part_of(1e12, n, i = n)
                WHEN at = first_at THEN outer_first
                WHEN at < last_at THEN inner_one
                WHEN i < n THEN outer_last
                ELSE 1e12 - outer_first * f - inner_one * (n - f - l) - outer_last * (l - 1) END)
       / 1000000000000 AS position
  FROM (SELECT *, div(4e11 + inner_one * (f - 1), f) AS outer_first, div(4e11 + inner_one * (l - 1), l) AS outer_last
          FROM (SELECT *, count(*) FILTER (WHERE at = first_at) OVER p AS f,
                       count(*) FILTER (WHERE at = last_at) OVER p AS l,
                       div(2e11, greatest(n - 2, 1)) AS inner_one
                  FROM touch WHERE converted WINDOW p AS (PARTITION BY customer, path)) v) v
 GROUP BY stage;
SELECT model, count(*) AS touchpoints, count(*) FILTER (WHERE credit <> wanted) AS wrong
  FROM whole, expected,
       LATERAL (VALUES ('first', first), ('last', last), ('linear', linear), ('position', position)) m(model, wanted),
       attribution_credits(a, model)
 WHERE touchpoint = stage GROUP BY model ORDER BY model;
-- a half-life of a day, within rounding
SELECT count(*) AS touchpoints, count(*) FILTER (WHERE abs(credit - wanted) > 1e-8) AS wrong
  FROM (SELECT stage, sum(weight / whole)::numeric AS wanted
          FROM (SELECT stage, weight, sum(weight) OVER (PARTITION BY customer, path) AS whole
                  FROM (SELECT *, power(2::float8, -extract(epoch FROM last_at - at)::float8 / 86400) AS weight
                          FROM touch WHERE converted) v) v
         GROUP BY stage) e
  JOIN (SELECT c.* FROM whole, attribution_credits(decay, 'time_decay') c) c ON touchpoint = stage;

-- the chain: the chance to convert without each touchpoint, by letting 1 walk through
-- what is left of the chain until nothing of it is on the way
CREATE TABLE step AS
SELECT from_stage, to_stage, count(*)::float8 / sum(count(*)) OVER (PARTITION BY from_stage) AS p
  FROM (SELECT coalesce(before, '(start)') AS from_stage, stage AS to_stage FROM touch
        UNION ALL
        SELECT stage, CASE WHEN converted THEN '(goal)' ELSE '(null)' END FROM touch WHERE i = n) v
 GROUP BY from_stage, to_stage;
CREATE FUNCTION converts_without(removed text) RETURNS float8 LANGUAGE plpgsql AS $$
DECLARE
	converted float8 := 0;
	walk text[] := '{(start)}';
	masses float8[] := '{1}';
BEGIN
	FOR i IN 1 .. 300 LOOP
		SELECT array_agg(stage), array_agg(mass) INTO walk, masses
		  FROM (SELECT to_stage AS stage, sum(mass * p) AS mass
		          FROM unnest(walk, masses) AS walk(stage, mass) JOIN step ON stage = from_stage
		         WHERE to_stage IS DISTINCT FROM removed GROUP BY to_stage) AS next;
		converted := converted + coalesce(masses[array_position(walk, '(goal)')], 0);
		EXIT WHEN NOT EXISTS (SELECT FROM unnest(walk, masses) AS walk(stage, mass)
		                       WHERE stage NOT LIKE '(%' AND mass > 1e-16);
	END LOOP;
	RETURN converted;
END $$;
SELECT count(*) AS touchpoints,
       max(abs(credit - touched * effect / sum)) < 1e-6 AS same,
       max(abs(credit / touched - effect / sum)) < 1e-9 AS same_share
  FROM (SELECT c.*, sum(credit) OVER () AS touched
          FROM whole, attribution_credits(a, 'markov') c WHERE touchpoint <> '(none)') c
  JOIN (SELECT stage, effect, sum(effect) OVER ()
          FROM (SELECT stage, 1 - converts_without(stage) / (SELECT converts_without(NULL)) AS effect
                  FROM expected) v) e
    ON touchpoint = stage;

-- any split, any order, any number of parts
CREATE TABLE one AS
SELECT customer, attribution_agg(j, 'goal', '1 day') AS part FROM journeys GROUP BY customer;
CREATE VIEW split AS
          SELECT 'in 3 parts' AS split, attribution_agg(part) AS a
            FROM (SELECT attribution_agg(j, 'goal', '1 day') AS part FROM journeys GROUP BY customer % 3) v
UNION ALL SELECT 'one by one, backwards', attribution_agg(part ORDER BY customer DESC) FROM one
UNION ALL SELECT 'two halves', attribution_agg(j, 'goal', '1 day') FILTER (WHERE customer % 2 = 0)
                               + attribution_agg(j, 'goal', '1 day') FILTER (WHERE customer % 2 = 1) FROM journeys
UNION ALL SELECT 'two halves, the other way', attribution_agg(j, 'goal', '1 day') FILTER (WHERE customer % 2 = 1)
                                              + attribution_agg(j, 'goal', '1 day') FILTER (WHERE customer % 2 = 0)
            FROM journeys
UNION ALL SELECT 'journeys backwards', attribution_agg(j, 'goal', '1 day' ORDER BY customer DESC) FROM journeys
UNION ALL SELECT 'through text', decay::text::journey_attribution FROM whole;
SELECT split, split.a = decay AS same, split.a::text = decay::text AS same_text,
       cxjourney_internal.journey_attribution_send(split.a)
       = cxjourney_internal.journey_attribution_send(decay) AS same_bytes
  FROM split, whole ORDER BY split;
-- as a window: whatever there was so far
SELECT count(*) AS compared, count(*) FILTER (WHERE w.a IS DISTINCT FROM p.a) AS wrong
  FROM (SELECT customer, attribution_agg(j, 'goal') OVER (ORDER BY customer) AS a FROM journeys WHERE customer < 40) w,
       LATERAL (SELECT attribution_agg(v.j, 'goal') AS a FROM journeys v WHERE v.customer <= w.customer) p;
-- through binary
\copy whole TO 'results/attribution_whole.bin' (FORMAT binary)
CREATE TABLE received (LIKE whole);
\copy received FROM 'results/attribution_whole.bin' (FORMAT binary)
SELECT received.a = whole.a AS same, received.decay = whole.decay AS same_decay FROM received, whole;

-- in many processes
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
SELECT pg_temp.plan_has('SELECT attribution_agg(j, ''goal'', ''1 day'') FROM journeys',
                        '"Partial Mode": "Partial"') AS parallel,
       attribution_agg(j, 'goal', '1 day') = (SELECT decay FROM whole) AS same
  FROM journeys;
CREATE TABLE parts AS SELECT customer % 7 AS part, attribution_agg(j, 'goal') AS a FROM journeys GROUP BY 1;
SELECT pg_temp.plan_has('SELECT attribution_agg(a) FROM parts', '"Partial Mode": "Partial"') AS parallel,
       attribution_agg(a) = (SELECT a FROM whole) AS same
  FROM parts;
RESET max_parallel_workers_per_gather;

-- 700 touchpoints and many pairs of them: the state grows, the chain is solved
SELECT count(*) AS rows, sum(credit) = min(conversions) AS exact, count(*) FILTER (WHERE credit > 0) AS earned
  FROM (SELECT attribution_agg(j, 'goal') AS a, sum(visits(j, 'goal')) AS conversions
          FROM (SELECT journey_agg(CASE WHEN pg_temp.random_int(i, 16, 9) = 0 THEN 'goal'
                                        ELSE 'touchpoint ' || pg_temp.random_int(i, 17, 700) END,
                                   timestamptz '2026-01-01' + i * interval '1 second') AS j
                  FROM generate_series(1, 30000) i GROUP BY i / 100) v) v,
       attribution_credits(a, 'markov');

DROP VIEW split;
DROP TABLE journeys, one, whole, touch, conversions, expected, step, received, parts;
DROP FUNCTION converts_without;
DROP FUNCTION part_of;
