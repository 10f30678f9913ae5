--
-- journey_survival: how long it takes to the next stage, with those still on their way. By hand, and against plain SQL
-- over random journeys; reference values of R are in survival_reference.sql.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA survival_test;
SET search_path = survival_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';
\pset null '(null)'

-- By hand: one journey each, known up to 10 January. Which wait is it, if any?
CREATE TABLE by_hand (name text, j journey, waited interval, reached boolean);
INSERT INTO by_hand VALUES
	('came', '{a@2026-01-01, b@2026-01-03}', '2 days', true),
	('the first a, the first b behind it', '{b@2026-01-01, a@2026-01-02, a@2026-01-03, b@2026-01-05, b@2026-01-06}',
	 '3 days', true),
	('on the way', '{b@2026-01-01, a@2026-01-02}', '8 days', false),
	('came later', '{a@2026-01-02, b@2026-01-11}', '8 days', false),
	('came just then', '{a@2026-01-02, b@2026-01-10}', '8 days', true),
	('began just then', '{a@2026-01-10, c@2026-01-12}', '0', false),
	('began later', '{a@2026-01-11, b@2026-01-12}', NULL, NULL),
	('never there', '{b@2026-01-02, c@2026-01-03}', NULL, NULL),
	('nowhere', '{}', NULL, NULL),
	('unknown', NULL, NULL, NULL),
	('at the same moment', '{a@2026-01-02, b@2026-01-02, b@2026-01-05}', '0', true),
	('just before, by seq', '{b@2026-01-02#1, a@2026-01-02#2, b@2026-01-05}', '3 days', true),
	('a moment of the year 4713 BC', '{a@-4712-01-01, b@2026-01-01}', '2460676 days 12:00', true);
UPDATE by_hand SET waited = '2026-01-01 00:00Z'::timestamptz - first_visit(j, 'a') WHERE name LIKE 'a moment of%';
SELECT count(*) AS journeys, count(*) FILTER (WHERE s IS DISTINCT FROM expected) AS wrong FROM by_hand,
       LATERAL (SELECT survival_agg(x, 'a', 'b', '2026-01-10') AS s FROM (VALUES (j)) v(x)) g,
       LATERAL (SELECT CASE WHEN j IS NULL THEN NULL WHEN waited IS NULL THEN '{from a to b []}' ELSE
		replace(survival_agg(w, r)::text, '{[', '{from a to b [')::journey_survival END AS expected
		  FROM (VALUES (waited, reached)) v(w, r)) e;
-- to the same stage it is the second visit, be it a repeat; b to a whatever the alphabet says of the moment
SELECT survival_agg(j, 'a', 'a', '2026-01-10') AS again,
       survival_agg('{a@2026-01-02, b@2026-01-02}'::journey, 'b', 'a', '2026-01-10') AS moment
  FROM (VALUES ('{a@2026-01-01, b@2026-01-02, a@2026-01-03, a@2026-01-09}'::journey), ('{a@2026-01-01}'),
               ('{a@2026-01-02, a@2026-01-02}')) v(j);
-- gaps: from each visit to the next, and the time since the last
SELECT gap_agg(j, 'a', '2026-01-10') AS gaps
  FROM (VALUES ('{a@2026-01-01, b@2026-01-02, a@2026-01-03, a@2026-01-09, a@2026-01-12}'::journey), (NULL),
               ('{b@2026-01-01}')) v(j);
-- "until" by customer
SELECT survival_agg(j, 'a', 'b', until)
  FROM (VALUES ('{a@2026-01-01}'::journey, timestamptz '2026-01-02'), ('{a@2026-01-01}', '2026-01-05'),
               ('{a@2026-01-01, b@2026-01-04}', '2026-01-03')) v(j, until);
-- nothing, and NULLs
SELECT survival_agg(w, r) AS rows, survival_agg(w, r) FILTER (WHERE r) AS none
  FROM (VALUES (interval '1 day', false), (NULL, true), ('2 days', NULL)) v(w, r);
SELECT survival_agg(s) IS NULL AS none FROM (VALUES (NULL::journey_survival)) v(s);
SELECT * FROM survival_curve('{[]}');
SELECT survival_share('{[]}', '0'), survival_percentile('{[]}', 0.5), survival_chance('{[]}', '0', '1 day'),
       survival_at_risk('{[]}', '0'), t.* FROM survival_test('{[]}', '{[]}') t;
SELECT count(*) AS rows FROM survival_curve(NULL);
SELECT survival_share(NULL, '0'), survival_percentile(NULL, 0.5), survival_chance(NULL, '0', '1 day'),
       survival_test(NULL, '{[]}') IS NULL AS no_test;

-- ten customers, in whole days: 1 came on day 1, 2 on day 3, and so on; * is censored
CREATE TABLE ten AS
SELECT survival_agg(d * interval '1 day', r) AS s
  FROM (VALUES (1, true), (3, true), (3, true), (3, false), (5, true), (8, false), (8, true), (10, false), (12, true),
               (20, false)) v(d, r);
SELECT time, at_risk, reached, censored, round(share, 6) AS share, round(low, 6) AS low, round(high, 6) AS high
  FROM ten, survival_curve(s);
SELECT time, round(low, 6) AS low, round(high, 6) AS high FROM ten, survival_curve(s, 0.5) WHERE at_risk IN (10, 3, 1);
-- 1/10; 3/10; from 6 on their way 1, 5/12; 1 of 5; 1 of 2
SELECT d, round(survival_share(s, d), 6) AS share, survival_at_risk(s, d)
  FROM ten, unnest('{0,1 day,1 day 0:30,2 days 23:00,3 days,4 days,5 days,19 days,20 days,21 days}'::interval[]) d;
SELECT waited, ahead, round(survival_chance(s, waited, ahead)::numeric, 9) AS chance
  FROM ten, (VALUES ('0'::interval, '3 days'::interval), ('3 days', '2 days'), ('3 days', '9 days'),
                    ('12 days', '8 days'), ('12 days', '9 days'), ('20 days', '0'), ('8 days', '0'),
                    ('8 days', '3 days')) v(waited, ahead);
SELECT q, survival_percentile(s, q) FROM ten, unnest(ARRAY[0, 0.05, 0.1, 0.3, 0.5, 0.76, 0.767, 1]) q;
-- a bucket of less than a percent: its mean; who reached comes before who is censored
SELECT * FROM survival_curve('{[2340: 2 + 1 in 10368000000003us]}');

-- in text exact, whatever the settings; small
SELECT survival_agg(w, r)::text, survival_agg(w, r)::text::journey_survival = survival_agg(w, r) AS reads_back,
       pg_column_size(survival_agg(w, r)) AS bytes
  FROM (VALUES ('0'::interval, true), ('64 days', true), ('64 days -1 us', false), ('7305 days', false),
               ('106751991 days 04:00:54.775807', true)) v(w, r);
SELECT pg_column_size(survival_agg(i * interval '1 day', i % 3 > 0)) AS bytes_of_a_year FROM generate_series(1, 365) i;
SET intervalstyle = 'iso_8601';
SELECT survival_agg('{"b c"@2026-01-01, to@2026-01-03}'::journey, 'b c', 'to', '2026-01-10') AS quoted;
SET intervalstyle = 'postgres';
SELECT ' { from a to b [ 5 : 1 + 2 in 15us , 9: 0+1 in 9us ] } '::journey_survival AS spaced,
       '{from a to b [5: 1 + 2 in 15us]}'::journey_survival + '{from a to b [5: 1 + 0 in 5us, 9: 0 + 1 in 9us]}' AS sum;

-- 3,000 customers in 12 groups with NULLs and groups of none, against plain SQL
CREATE TABLE visit AS
SELECT c AS customer, c % 12 AS grp, chr(97 + pg_temp.random_int(i, c, 3)) AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(i, c + 1000000, 20000000) * interval '1 second' AS at
  FROM generate_series(1, 3000) c, generate_series(1, 1 + c % 9) i;
CREATE INDEX ON visit (customer);
ANALYZE visit;
CREATE TABLE journeys AS
SELECT customer, grp, CASE WHEN customer % 50 <> 7 THEN journey_agg(stage, at) END AS j,
       timestamptz '2026-05-01' + customer % 1000 * interval '1 hour' AS until
  FROM visit GROUP BY customer, grp;
UPDATE journeys SET j = NULL WHERE grp = 5;
ANALYZE journeys;
CREATE TABLE waited AS
SELECT customer, grp, until, since, came, coalesce(came, until) - since AS wait, came IS NOT NULL AS reached
  FROM journeys j, LATERAL (SELECT min(at) AS since FROM visit v WHERE v.customer = j.customer AND stage = 'a') a,
       LATERAL (SELECT min(at) AS came FROM visit v WHERE v.customer = j.customer AND stage = 'b' AND at >= since
		AND at <= until) b
 WHERE j IS NOT NULL AND since <= until;
CREATE INDEX ON waited (grp);
ANALYZE waited;
SELECT count(*) AS waits, count(*) FILTER (WHERE reached) AS reached FROM waited;
CREATE TABLE by_group AS SELECT grp, survival_agg(j, 'a', 'b', until) AS s FROM journeys GROUP BY grp;
SELECT count(*) AS groups, count(s) AS known, count(*) FILTER (WHERE s::text IS DISTINCT FROM (
       SELECT replace(survival_agg(wait, reached)::text, '{[', '{from a to b [') FROM waited w WHERE w.grp = g.grp))
       AS wrong
  FROM by_group g;
SELECT count(*) AS customers, count(*) FILTER (WHERE gap_agg IS DISTINCT FROM expected) AS wrong
  FROM (SELECT customer, gap_agg(j, 'c', until) FROM journeys WHERE j IS NOT NULL GROUP BY customer) g,
       LATERAL (SELECT coalesce(replace(survival_agg(coalesce(next, until) - at, next IS NOT NULL)::text, '{[',
		'{gaps of c ['), '{gaps of c []}')::journey_survival AS expected
		  FROM (SELECT at, lead(at) OVER (ORDER BY at) AS next, until FROM visit v JOIN journeys j USING (customer)
		         WHERE v.customer = g.customer AND stage = 'c' AND at <= until) x) e;
-- In seconds: at the end of a bucket the exact curve lies between two products, see docs/reference/journeys.md. Both
-- are computed from the rows of survival_curve, the exact one from the single waits.
CREATE TABLE exact AS
SELECT grp, wait, n, 1 - exp(sum(ln(1 - d::float8 / n)) OVER (PARTITION BY grp ORDER BY wait)) AS share
  FROM (SELECT grp, wait, count(*) FILTER (WHERE reached) AS d,
               sum(count(*)) OVER (PARTITION BY grp ORDER BY wait DESC) AS n FROM waited GROUP BY grp, wait) k
 WHERE d < n;
CREATE TABLE bound AS
SELECT grp, time, share, 1 - exp(sum(ln(1 - reached::float8 / at_risk)) OVER w) AS least,
       1 - exp(sum(ln(1 - reached::float8 / (at_risk - censored))) OVER w) AS most,
       (SELECT max(share) FROM exact e WHERE e.grp = g.grp AND n > at_risk - reached - censored) AS exact
  FROM (SELECT grp, s FROM by_group WHERE s IS NOT NULL) g, survival_curve(s) c
 WHERE reached + censored < at_risk
WINDOW w AS (PARTITION BY grp ORDER BY time);
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE exact NOT BETWEEN least - 1e-9 AND most + 1e-9) AS wrong,
       count(*) FILTER (WHERE abs(share - 100 * least) > 1e-9) AS not_least, max(most - least) < 0.02 AS near
  FROM bound;
-- so a percentile, and the exact one, lie where the two products pass it, but for the width of a bucket
SELECT count(*) AS percentiles, count(*) FILTER (WHERE p BETWEEN first * 0.98 AND last * 1.02) AS between,
       count(*) FILTER (WHERE exact BETWEEN first * 0.98 AND last * 1.02) AS exact_between
  FROM by_group g, unnest(ARRAY[0.2, 0.3, 0.4]) q, survival_percentile(s, q) p,
       LATERAL (SELECT min(wait) AS exact FROM exact e WHERE e.grp = g.grp AND e.share > q) e,
       LATERAL (SELECT min(time) FILTER (WHERE most > q) AS first, min(time) FILTER (WHERE least > q) AS last
                  FROM bound b WHERE b.grp = g.grp) l
 WHERE s IS NOT NULL;

-- any split, any order: the same value
CREATE VIEW whole AS SELECT survival_agg(j, 'a', 'b', until) AS s FROM journeys;
CREATE VIEW way AS
          SELECT 'backwards' AS way, survival_agg(j, 'a', 'b', until ORDER BY customer DESC) AS s FROM journeys
UNION ALL SELECT 'groups', survival_agg(s) FROM by_group
UNION ALL SELECT 'groups, last first', survival_agg(s ORDER BY grp DESC) FROM by_group
UNION ALL SELECT 'one by one', survival_agg(s ORDER BY s::text)
            FROM (SELECT survival_agg(j, 'a', 'b', until) AS s FROM journeys GROUP BY customer) v
UNION ALL SELECT 'halves', survival_agg(j, 'a', 'b', until) FILTER (WHERE customer % 2 = 0)
                           + survival_agg(j, 'a', 'b', until) FILTER (WHERE customer % 2 = 1) FROM journeys
UNION ALL SELECT 'one value', survival_agg(s) FROM whole
UNION ALL SELECT 'through text', s::text::journey_survival FROM whole
UNION ALL SELECT 'through JSON', s::jsonb::journey_survival FROM whole;
SELECT way, way.s IS NOT DISTINCT FROM whole.s AS same,
       way.s::text IS NOT DISTINCT FROM whole.s::text AS same_text,
       cxjourney_internal.journey_survival_send(way.s)
       IS NOT DISTINCT FROM cxjourney_internal.journey_survival_send(whole.s) AS same_binary,
       cxjourney_internal.journey_survival_hash(way.s)
       IS NOT DISTINCT FROM cxjourney_internal.journey_survival_hash(whole.s) AS same_hash
  FROM way, whole ORDER BY way;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
SELECT pg_temp.plan_has($$SELECT survival_agg(j, 'a', 'b', until) FROM journeys$$,
                        '"Partial Mode": "Partial"') AS parallel,
       (SELECT survival_agg(j, 'a', 'b', until) FROM journeys) = survival_agg(s) AS same,
       (SELECT gap_agg(j, 'c', until) FROM journeys)
       = (SELECT survival_agg(s) FROM (SELECT gap_agg(j, 'c', until) AS s FROM journeys GROUP BY grp) v) AS same_gaps
  FROM by_group;
RESET max_parallel_workers_per_gather;
-- partition by partition
CREATE TABLE parted (LIKE journeys) PARTITION BY HASH (customer);
CREATE TABLE parted_0 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO parted SELECT * FROM journeys;
ANALYZE parted;
SET max_parallel_workers_per_gather = 0;
SET enable_partitionwise_aggregate = on;
SELECT pg_temp.plan_has($$SELECT grp, survival_agg(j, 'a', 'b', until) FROM parted GROUP BY grp$$,
                        'Append.*"Partial Mode": "Partial"') AS partial,
       count(*) FILTER (WHERE v.s IS DISTINCT FROM g.s) AS wrong
  FROM (SELECT grp, survival_agg(j, 'a', 'b', until) AS s FROM parted GROUP BY grp) v JOIN by_group g USING (grp);
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;
-- as a window: whatever there was so far
SELECT count(*) AS compared, count(*) FILTER (WHERE w.s IS DISTINCT FROM a.s) AS wrong
  FROM (SELECT customer, survival_agg(j, 'a', 'b', until) OVER (ORDER BY customer) AS s
          FROM journeys WHERE customer < 50) w,
       LATERAL (SELECT survival_agg(j, 'a', 'b', until) AS s FROM journeys v WHERE v.customer <= w.customer) a;
-- an aggregate of one's own without a final function keeps a state, which reads like the value
CREATE AGGREGATE unfinished(interval, boolean) (
	SFUNC = cxjourney_internal.journey_survival_accum_wait, STYPE = journey_survival);
SELECT u = s AS equal, u::text = s::text AS same_text,
       cxjourney_internal.journey_survival_hash(u) = cxjourney_internal.journey_survival_hash(s) AS same_hash,
       u + '{[]}' = s AS same_sum, (SELECT survival_agg(x) FROM (VALUES (u), (u)) v(x)) = s + s AS same_merged
  FROM (SELECT unfinished(wait, reached) AS u, survival_agg(wait, reached) AS s FROM waited) v;

-- binary, through a file
CREATE TABLE received (s journey_survival);
\copy (SELECT s FROM by_group WHERE s IS NOT NULL) TO 'results/survival.bin' (FORMAT binary)
\copy received FROM 'results/survival.bin' (FORMAT binary)
SELECT count(*) AS read, count(*) FILTER (WHERE grp IS NULL) AS wrong FROM received LEFT JOIN by_group USING (s);
-- version 1 of the format: what it sends, and what it must go on reading
SELECT cxjourney_internal.journey_survival_send('{from a to b [5: 2 + 0 in 10us, 164: 0 + 1 in 200us]}') AS binary;
TRUNCATE received;
CREATE TABLE version_1 AS
SELECT decode('010002' || '00000003616263' || '00000001' || '000000a4' || '0000000000000001' || '0000000000000001'
	|| '00000000000000000000000000000191', 'hex');
\copy version_1 TO 'results/survival.bin' (FORMAT binary)
\copy received FROM 'results/survival.bin' (FORMAT binary)
SELECT s FROM received;
SET client_min_messages = warning;
DROP SCHEMA survival_test CASCADE;
