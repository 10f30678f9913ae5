--
-- Attribution in money of 1,200 random journeys, with ties, repeats, refunds and orders without a value: a lookback
-- and the models by plain SQL over the rows; sums that are exact; the same by any split, order and number of processes.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
SET timezone = 'UTC';
CREATE SCHEMA attribution_money_test;
SET search_path = attribution_money_test, public;

CREATE TABLE event AS
SELECT i, pg_temp.random_int(i, 21, 1200) AS customer,
       CASE WHEN pg_temp.random_int(i, 22, 4) = 0 THEN 'goal'
            ELSE (ARRAY['ads', 'mail', 'search', 'social', 'web', 'świat', 'Z'])
                 [1 + least(pg_temp.random_int(i, 23, 7), pg_temp.random_int(i, 24, 7))] END AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(i, 25, 240) * interval '6 hours' AS at,
       CASE pg_temp.random_int(i, 26, 7) WHEN 0 THEN NULL WHEN 1 THEN -pg_temp.random_int(i, 27, 900000) / 10000.0
            WHEN 2 THEN pg_temp.random_int(i, 27, 900) * 1e10 ELSE pg_temp.random_int(i, 27, 90000) / 100.0 END AS value
  FROM generate_series(1, 9000) i;
CREATE TABLE journeys AS
SELECT customer, journey_agg(stage, at, NULL, value) AS j, journey_agg(stage, at) AS plain,
       journey_agg(stage, at, NULL, 1) AS ones
  FROM event GROUP BY customer;
INSERT INTO journeys VALUES (5000, NULL, NULL, NULL), (5001, '{}', '{}', '{}');
ANALYZE journeys;
CREATE TABLE model AS
SELECT * FROM unnest('{first,last,linear,position,j_curve,inverse_j,time_decay,shapley,participation,last_non_direct,
                      markov}'::text[]) WITH ORDINALITY m(model, n);
CREATE TABLE whole AS
SELECT attribution_agg(j, 'goal', '1 day', '9 days', 'web') AS a,
       attribution_agg(plain, 'goal', '1 day', '9 days', 'web') AS plain,
       attribution_agg(ones, 'goal', '1 day', '9 days', 'web') AS ones FROM journeys;

-- paths by their number, touches that are too old left out; at equal times touches come before goals, and goals without
-- a value before the others
CREATE TABLE touch AS
SELECT *, row_number() OVER w AS i, count(*) OVER p AS n, min(at) OVER p AS first_at, max(at) OVER p AS last_at
  FROM (SELECT customer, path, stage, at, step, max(at) FILTER (WHERE stage = 'goal') OVER p AS goal_at,
               max(value) FILTER (WHERE stage = 'goal') OVER p AS value, bool_or(stage = 'goal') OVER p AS converted
          FROM (SELECT customer, s.*, count(*) FILTER (WHERE stage = 'goal') OVER (
                           PARTITION BY customer ORDER BY at, stage = 'goal', step
                           ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS path
                  FROM journeys, steps(j) s) v
        WINDOW p AS (PARTITION BY customer, path)) v
 WHERE stage <> 'goal' AND converted AND at >= goal_at - interval '9 days'
WINDOW p AS (PARTITION BY customer, path), w AS (PARTITION BY customer, path ORDER BY step);
-- which part of a conversion each touchpoint has
CREATE TABLE expected AS
SELECT customer, path, stage, max(value) AS value, count(*) / max(n)::numeric AS linear,
       1 / count(*) OVER (PARTITION BY customer, path)::numeric AS shapley, 1 AS participation,
       count(*) FILTER (WHERE at = last_at) / max(same_last)::numeric AS last,
       count(*) FILTER (WHERE at = non_direct_at AND stage <> 'web') / max(same_non_direct)::numeric AS last_non_direct
  FROM (SELECT *, count(*) FILTER (WHERE at = last_at) OVER p AS same_last,
               nullif(count(*) FILTER (WHERE at = non_direct_at AND stage <> 'web') OVER p, 0) AS same_non_direct
          FROM (SELECT *, max(at) FILTER (WHERE stage <> 'web') OVER (PARTITION BY customer, path) AS non_direct_at
                  FROM touch) v
        WINDOW p AS (PARTITION BY customer, path)) v
 GROUP BY customer, path, stage;
UPDATE expected SET last_non_direct = last WHERE last_non_direct IS NULL;
SELECT count(DISTINCT (customer, path)) AS conversions, count(*) FILTER (WHERE value < 0) > 100 AS refunds,
       count(*) FILTER (WHERE value IS NULL) > 100 AS without_value,
       (SELECT count(*) FROM touch WHERE goal_at - at = interval '9 days') > 10 AS at_the_lookback FROM expected;
SELECT model, count(*) AS touchpoints, count(*) FILTER (WHERE abs(c.credit - wanted) > 1e-8) AS wrong,
       count(*) FILTER (WHERE abs(v.value - worth) > 1e-6 * abs(worth)) AS wrong_value
  FROM whole, (SELECT model, stage, sum(part) AS wanted, sum(part * coalesce(value, 0)) AS worth
                 FROM expected, LATERAL (VALUES ('linear', linear), ('last', last), ('shapley', shapley),
                                                ('participation', participation), ('last_non_direct', last_non_direct))
                      m(model, part) GROUP BY model, stage) e,
       attribution_credits(a, model) c JOIN LATERAL attribution_values(a, model) v USING (touchpoint)
 WHERE touchpoint = stage GROUP BY model ORDER BY model;
SELECT c.conversions = events AS same_conversions, c.without_touch = events - touched AS same_without_touch,
       c.without_value = no_value AS same_without_value, c.value = total AS same_value
  FROM whole, attribution_counts(a) c, (SELECT count(DISTINCT (customer, path)) AS touched FROM expected) t,
       (SELECT count(*) AS events, count(*) - count(value) AS no_value, sum(value) AS total
          FROM event WHERE stage = 'goal') e;

-- sums are exact, to the last digit, but for participation, where each different touchpoint has all
SELECT model, sum(c.credit) = min(t.conversions) AS credits, sum(v.value) = min(t.value) AS money,
       round(sum(v.share), 9) AS share
  FROM model, whole, attribution_counts(a) t, attribution_credits(a, model) c
  JOIN LATERAL attribution_values(a, model) v USING (touchpoint) GROUP BY model, n ORDER BY n;
-- values change no credit; where each conversion is worth 1, money is credits
SELECT model, count(*) AS touchpoints, count(*) FILTER (WHERE p IS DISTINCT FROM c) AS other_credits,
       count(*) FILTER (WHERE abs(o.value - c.credit) > CASE model WHEN 'markov' THEN 1e-11 ELSE 0 END) AS other_money
  FROM model, whole, attribution_credits(a, model) c
  JOIN LATERAL attribution_credits(plain, model) p USING (touchpoint)
  JOIN LATERAL attribution_values(ones, model) o USING (touchpoint) GROUP BY model, n ORDER BY n;

-- any split, any order, any number of parts; some of them without any value
CREATE TABLE one AS
SELECT customer, attribution_agg(j, 'goal', '1 day', '9 days', 'web') AS part FROM journeys GROUP BY customer;
SELECT count(*) FILTER (WHERE (attribution_counts(part)).value IS NULL) > 50 AS without_money,
       attribution_agg(part) = (SELECT a FROM whole) AS one_by_one,
       attribution_agg(part ORDER BY customer DESC)::text = (SELECT a::text FROM whole) AS backwards,
       attribution_agg(part) FILTER (WHERE customer % 2 = 0) + attribution_agg(part) FILTER (WHERE customer % 2 = 1)
       = (SELECT a FROM whole) AS halves,
       (SELECT cxjourney_internal.journey_attribution_send(a) FROM whole)
       = cxjourney_internal.journey_attribution_send(attribution_agg(part)) AS bytes
  FROM one;
SELECT a::text::journey_attribution = a AS text, a::json::journey_attribution = a AS json FROM whole;
SELECT count(*) AS compared, count(*) FILTER (WHERE w.a IS DISTINCT FROM p.a) AS wrong
  FROM (SELECT customer, attribution_agg(j, 'goal', NULL, '9 days') OVER (ORDER BY customer) AS a
          FROM journeys WHERE customer < 40) w,
       LATERAL (SELECT attribution_agg(v.j, 'goal', NULL, '9 days') AS a
                  FROM journeys v WHERE v.customer <= w.customer) p;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
SELECT pg_temp.plan_has('SELECT attribution_agg(j, ''goal'', ''1 day'', ''9 days'', ''web'') FROM journeys',
                        '"Partial Mode": "Partial"') AS parallel,
       attribution_agg(j, 'goal', '1 day', '9 days', 'web') = (SELECT a FROM whole) AS same
  FROM journeys;
RESET max_parallel_workers_per_gather;

-- 20,000 touchpoints in one path: shapley is at once as exact as for two
SELECT count(*) AS touchpoints, sum(value) = 10 AS exact, max(value) - min(value) < 1e-7 AS even
  FROM (SELECT attribution_agg(j, 'goal') AS a
          FROM (SELECT journey_agg(CASE i WHEN 0 THEN 'goal' ELSE 't' || i END, timestamptz '2026-01-01' - i
                                   * interval '1 second', NULL, 10) AS j FROM generate_series(0, 20000) i) v) v,
       attribution_values(a, 'shapley');
\set VERBOSITY terse
DROP SCHEMA attribution_money_test CASCADE;
