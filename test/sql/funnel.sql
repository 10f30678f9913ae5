--
-- journey_funnel: first by hand, then merged, kept and sent in any way.
-- funnel_property.sql compares the steps with all chains.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA journey_funnel_test;
SET search_path = journey_funnel_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- By hand: search > basket? > payment within 60 microseconds.
-- 1: search 0, basket 10, payment 50: all three; basket after 10, payment 50 after search
-- 2: search 0, search 90, payment 100: the later search, payment after 10
-- 3: search 0, basket 30: no payment; basket after 30
-- 4: payment only: never started
-- 5: search 0, payment 61: too late for payment
-- 6: no visits; 7: no journey
CREATE TABLE small AS SELECT n, j::journey FROM (VALUES
	(1, '{search@2026-01-05T10:00:00Z, basket@2026-01-05T10:00:00.000010Z, payment@2026-01-05T10:00:00.000050Z}'),
	(2, '{search@2026-01-06T10:00:00Z, search@2026-01-06T10:00:00.000090Z, payment@2026-01-06T10:00:00.000100Z}'),
	(3, '{search@2026-01-07T10:00:00Z, basket@2026-01-07T10:00:00.000030Z}'),
	(4, '{payment@2026-01-07T10:00:00Z}'),
	(5, '{search@2026-01-08T10:00:00Z, payment@2026-01-08T10:00:00.000061Z}'),
	(6, '{}'),
	(7, NULL)) v(n, j);
SELECT funnel_agg(j, 'search > basket? > payment', '60 microseconds') AS f FROM small;
SELECT s.*
  FROM (SELECT funnel_agg(j, 'search > basket? > payment', '60 microseconds') AS f FROM small) v, funnel_steps(f) s;
-- without a limit customer 2 goes from the first search, and customer 5 gets to payment; from there times are 50, 100
-- and 61
SELECT funnel_agg(j, 'search > basket? > payment', NULL) AS f FROM small;
SELECT s.* FROM (SELECT funnel_agg(j, 'search > basket? > payment', NULL) AS f FROM small) v, funnel_steps(f) s;
-- in any order: 5 customers did one of them, 3 both, 2 also went to the basket: before the second visit or not
SELECT s.* FROM (SELECT funnel_agg(j, 'payment & basket? & search', NULL) AS f FROM small) v, funnel_steps(f) s;
-- the whole way: customer 1 alone got to the third step, 50 after the first; the time of two steps is that of the
-- second one, from the first mandatory one; of one step, and of nobody, there is none
SELECT path, f, funnel_time(f) AS whole_way
  FROM (SELECT p.n, path, funnel_agg(j, path::journey_path) AS f
          FROM small,
               unnest(ARRAY['search > basket > payment', 'payment & basket & search', 'search > basket? > payment',
                            'nowhere? > search > payment > basket?', 'search > basket?', 'search > payment > basket'])
               WITH ORDINALITY p(path, n)
         GROUP BY p.n, path) v
 ORDER BY v.n;
-- who gets to the end in time only, in any way of saying it
SELECT within, funnel_time(f), f::text::journey_funnel = f AS text,
       (SELECT funnel_time(funnel_agg(x)) FROM unnest(ARRAY[f, f]) x) = funnel_time(f) + funnel_time(f) AS merged
  FROM (SELECT within, funnel_agg(j, 'search > basket > payment', within) AS f
          FROM small, unnest(ARRAY[interval '50 microseconds', '49 microseconds']) within GROUP BY within) v
 ORDER BY within DESC;
-- a funnel that was stored without the whole way, and what such a one is added to, does not know it; one where nobody
-- got to the end has nothing to know
SELECT a, b, a + b = b + a AS either_way, funnel_time(a + b) AS whole_way
  FROM (VALUES ('{a > b > c; total 12us [12+1]; 1, 1 in 5us [5+1], 1 in 7us [7+1]}'::journey_funnel,
                '{a > b > c; 1, 1 in 5us [5+1], 1 in 7us [7+1]}'::journey_funnel),
               ('{a > b > c; total 12us [12+1]; 1, 1 in 5us [5+1], 1 in 7us [7+1]}',
                '{a > b > c; 4, 2 in 10us [5+2], 0}'),
               ('{a > b > c; 1, 1 in 5us [5+1], 1 in 7us [7+1]}', '{a > b > c; 4, 2 in 10us [5+2], 0}')) v(a, b);
SELECT funnel_time(NULL) IS NULL AS of_null;
-- What the visits were worth: of each customer one visit a step, that of the chain.
-- 1: basket 5 at 10:00, payment 20 at 10:01, payment 100 at 10:02: the first payment
-- 2: basket without a value, then payments 7 and 3 at one time: the lesser one; gift 1 at the same time
-- 3: basket 2.5, refund -40: no payment
-- 4: no values at all
CREATE TABLE valued AS SELECT n, j::journey FROM (VALUES
	(1, '{basket@2026-01-05T10:00Z=5, payment@2026-01-05T10:01Z=20, payment@2026-01-05T10:02Z=100}'),
	(2, '{basket@2026-01-05T10:00Z, gift@2026-01-05T10:01Z=1, payment@2026-01-05T10:01Z=7,
	      payment@2026-01-05T10:01Z=3}'),
	(3, '{basket@2026-01-05T10:00Z=2.5, refund@2026-01-05T10:09Z=-40}'),
	(4, '{basket@2026-01-05T10:00Z, payment@2026-01-05T10:01Z}')) v(n, j);
SELECT path, array_agg(stage ORDER BY step) AS stages, array_agg(reached ORDER BY step) AS reached,
       array_agg(value ORDER BY step) AS value
  FROM (SELECT path, funnel_agg(j, path::journey_path) AS f
          FROM valued, unnest(ARRAY[
               'basket > payment', 'payment|gift', 'gift|payment', 'payment > payment',
               'basket > payment|gift > payment|gift', 'basket > refund', 'basket > gift? > payment',
               'payment & basket', 'gift? & payment & basket & refund?',
               'nowhere > basket', 'basket >> payment', 'gift >> payment >> payment']) path
         GROUP BY path) v, funnel_steps(f)
 GROUP BY path ORDER BY path COLLATE "C";
SELECT funnel_agg(j, 'basket > payment') AS f, funnel_agg(j, 'basket > payment') FILTER (WHERE n = 4) AS without
  FROM valued;
-- put together, in text, binary and JSON
SELECT f + f AS twice, f::text::journey_funnel = f AS text, f::jsonb::journey_funnel = f AS json,
       (SELECT funnel_agg(x) FROM unnest(ARRAY[f, f]) x) = f + f AS merged,
       f <> funnel_agg_without AS worth_is_content
  FROM (SELECT funnel_agg(j, 'basket > gift? > payment') FILTER (WHERE n IN (2, 3)) AS f,
               '{basket > gift? > payment; 2 worth 3, 1 worth 1 in 60000000us [1330+1],
                 1 worth 3 in 60000000us [1330+1]}'::journey_funnel AS funnel_agg_without FROM valued) v;
-- raw events have no values
SELECT bool_and(value IS NULL) AS none
  FROM (SELECT funnel_agg(n, stage, at, 'basket > payment') AS f
          FROM (SELECT n::bigint AS n, stage, at FROM valued, steps(j)) e) v, funnel_steps(f);
-- an optional first item is measured against those who began
SELECT step, stage, optional, reached, from_previous, from_start, dropped, mean_time
  FROM (SELECT funnel_agg(j, 'nowhere? > search? > "basket"|payment > payment', NULL) AS f FROM small) v,
       funnel_steps(f);
-- stages as they are: one label without quotes, more of them as in the path
SELECT step, stage
  FROM (SELECT funnel_agg(j, '^"add to cart" >[2 days, !x] "a|b"|c? >> świadomość$', '7 days') AS f FROM small) v,
       funnel_steps(f);
SELECT funnel_agg(j, '^"add to cart" >[2 days, !x] "a|b"|"; within 5"? >> świadomość$', '7 days')
       ::text::journey_funnel AS reads_back
  FROM small;
-- nobody reached anything: zeros and NULLs, and a funnel; no journey and no funnel: NULL
SELECT s.* FROM (SELECT funnel_agg(j, 'nowhere > basket', '0') AS f FROM small) v, funnel_steps(f) s;
SELECT funnel_agg(j, 'nowhere > basket', '0') AS nobody,
       funnel_agg(j, 'payment & nowhere', NULL) FILTER (WHERE n = 6) AS without_visits
  FROM small;
SELECT funnel_agg(j, 'search > payment', NULL) IS NULL AS no_journey FROM small WHERE n = 7;
SELECT funnel_agg(j, NULL, NULL) IS NULL AS no_journey FROM small WHERE n = 7;
SELECT funnel_agg(j, 'search > payment', NULL) IS NULL AS no_row FROM small WHERE false;
SELECT funnel_agg(f) IS NULL AS no_funnel FROM (VALUES (NULL::journey_funnel)) v(f);
SELECT funnel_agg(f) AS zeros FROM (VALUES ('{a > b; 0, 0}'::journey_funnel), ('{a>b;0,0}')) v(f);
SELECT '{a > b; 0, 0}'::journey_funnel + '{a > b; 1, 0}' AS sum;
SELECT count(*) AS no_rows FROM funnel_steps(NULL);
-- equal is what has the same path, window, customers at each step and times; those who reached nothing make no
-- difference
SELECT f = funnel_agg(j, 'search>"payment"'::journey_path, '24 hours') AS equal,
       f <> funnel_agg(j, 'search > payment', NULL) AS other_window,
       f <> funnel_agg(j, 'search >> payment', '1 day') AS other_path
  FROM small, (SELECT funnel_agg(j, 'search > payment', '1 day') AS f FROM small) v GROUP BY f;
SELECT f <> funnel_agg(j, 'search > payment', NULL) FILTER (WHERE n <> 3) AS other_customers,
       f = funnel_agg(j, 'search > payment', NULL) FILTER (WHERE n NOT IN (4, 6, 7)) AS nothing_reached
  FROM small, (SELECT funnel_agg(j, 'search > payment', NULL) AS f FROM small) v GROUP BY f;
SELECT count(*) AS different
  FROM (SELECT funnel_agg(j, 'search', '1 day') AS f FROM small
        UNION SELECT funnel_agg(j, 'search', '1 day') FROM small WHERE n <> 7
        UNION SELECT funnel_agg(j, 'search', '1 day') FROM small WHERE n <> 3) s;
SELECT f = a + b AS added
  FROM (SELECT funnel_agg(j, 'search > basket? > payment', NULL) AS f,
               funnel_agg(j, 'search > basket? > payment', NULL) FILTER (WHERE n < 3) AS a,
               funnel_agg(j, 'search > basket? > payment', NULL) FILTER (WHERE n >= 3) AS b
          FROM small) v;
-- without a longest time: as with NULL, and not as with a long one
SELECT funnel_agg(j, 'search > payment') = funnel_agg(j, 'search > payment', NULL) AS as_null,
       funnel_agg(j, 'search > payment') = funnel_agg(j, 'search > payment', '36500 days') AS as_a_long_one,
       sum(funnel_depth(j, 'search > payment')) = sum(funnel_depth(j, 'search > payment', NULL)) AS depth
  FROM small;
SELECT funnel_agg(j, 'search > payment'::journey_path) AS f, funnel_agg(j, 'search > payments') AS misspelt FROM small;
-- what was seen adds up; a funnel with a limit and one without are as different as two limits
SELECT f, (SELECT array_agg(s.seen ORDER BY s.step) FROM funnel_steps(f) s) AS seen
  FROM (SELECT '{a > b > c; unseen 2, 3; 2, 0, 0}'::journey_funnel + '{a > b > c; unseen 1, 3; 0, 0, 0}' AS f
        UNION ALL
        SELECT funnel_agg(f)
          FROM unnest(ARRAY['{a & b & c?; unseen 1, 3; 1, 0, 0}',
                            '{a & b & c?; unseen 2, 3; 1, 0, 0}']::journey_funnel[]) f) v;
SELECT a = b AS equal,
       cxjourney_internal.journey_funnel_hash(a) = cxjourney_internal.journey_funnel_hash(b) AS same_hash
  FROM (VALUES ('{a > b; unseen 2; 2, 0}'::journey_funnel, '{a > b; 2, 0}'::journey_funnel)) v(a, b);
-- white space, and buckets with and without their numbers
SELECT E'\t{ "search">basket;within 168h ; 4,3 in 14 us[2:1, 5 + 1 .1 1] } '::journey_funnel;

-- The longest time and the most customers
CREATE VIEW longest AS SELECT '{a@-4713-11-24, b@294276-12-31T23:59:59.999999Z}'::journey AS j;
SELECT step, reached, mean_time, p95_time
  FROM (SELECT funnel_agg(j, 'a > b', NULL) AS f FROM longest) v, funnel_steps(f);
SELECT funnel_agg(j, 'a > b', NULL) AS unlimited, funnel_agg(j, 'a > b', '106751991 days 04:00:54.775807') AS limited
  FROM longest;
SELECT f, pg_temp.error_of(format('SELECT %L::journey_funnel + %L', f, '{a; 1}'), ' | '),
       f + '{a; 0}' = f AS nobody_added
  FROM (VALUES ('{a; 9223372036854775807}'::journey_funnel)) v(f);
SELECT reached, from_previous, mean_time, p50_time
  FROM funnel_steps('{a > b; 9223372036854775807, 1000000000000000000
                      in 18374686479671623680000000000000000000us [3775:1000000000000000000]}');
-- 64 steps
SELECT count(*) AS steps, min(reached) AS reached
  FROM (SELECT funnel_agg(j, journey_path(ARRAY(SELECT 's' || i FROM generate_series(1, 64) i)), '63 hours') AS f
          FROM (SELECT journey_agg('s' || i, timestamptz '2026-01-01' + i * interval '1 hour') AS j
                  FROM generate_series(1, 70) i) v) v,
       funnel_steps(f);

-- 3,000 random customers
CREATE TABLE journeys AS
SELECT customer, journey_agg((ARRAY['search', 'view', 'basket', 'payment', 'help'])[1 + pg_temp.random_int(i, 3, 5)],
                             timestamptz '2026-01-01' + pg_temp.random_int(i, 6, 1000000)
                             * (1 + pg_temp.random_int(i, 9, 500)) * interval '1 millisecond',
                             pg_temp.random_int(i, 8, 4)) AS j
  FROM generate_series(1, 24000) i, pg_temp.random_int(i, 1, 3000) customer GROUP BY customer;
INSERT INTO journeys VALUES (3001, '{}'), (3002, NULL);
CREATE TABLE whole AS SELECT funnel_agg(j, 'search > view? > basket|help > payment', '2 days') AS f FROM journeys;
-- the depth of each customer
SELECT step, reached = d.n AS same
  FROM whole, funnel_steps(f),
       LATERAL (SELECT count(*) AS n FROM journeys
                 WHERE funnel_depth(j, 'search > view? > basket|help > payment', '2 days')
                       >= step - (step > 1)::int) d
 WHERE NOT optional;
-- any split, any order, any way of merging: the same value, the same bytes
CREATE VIEW one AS
SELECT customer, funnel_agg(j, 'search > view? > basket|help > payment', '2 days') AS part
  FROM journeys GROUP BY customer;
CREATE VIEW sevenths AS
SELECT customer % 7 AS n, funnel_agg(j, 'search > view? > basket|help > payment', '2 days') AS part
  FROM journeys GROUP BY customer % 7;
CREATE VIEW halves AS
SELECT funnel_agg(j, 'search > view? > basket|help > payment', '2 days') FILTER (WHERE customer % 2 = 0) AS a,
       funnel_agg(j, 'search > view? > basket|help > payment', '2 days') FILTER (WHERE customer % 2 = 1) AS b
  FROM journeys;
CREATE VIEW way AS
          SELECT 'journeys backwards' AS way,
                 funnel_agg(j, 'search > view? > basket|help > payment', '2 days' ORDER BY customer DESC) AS f
            FROM journeys
UNION ALL SELECT 'in 7 parts', funnel_agg(part) FROM sevenths
UNION ALL SELECT 'in 7 parts, last first', funnel_agg(part ORDER BY n DESC) FROM sevenths
UNION ALL SELECT 'one by one', funnel_agg(part ORDER BY part::text) FROM one
UNION ALL SELECT 'halves', a + b FROM halves
UNION ALL SELECT 'halves, swapped', b + a FROM halves
UNION ALL SELECT 'one value', funnel_agg(f) FROM whole
UNION ALL SELECT 'through text', f::text::journey_funnel FROM whole;
SELECT way, way.f IS NOT DISTINCT FROM whole.f AS same,
       way.f::text IS NOT DISTINCT FROM whole.f::text AS same_text,
       cxjourney_internal.journey_funnel_send(way.f)
       IS NOT DISTINCT FROM cxjourney_internal.journey_funnel_send(whole.f) AS same_binary,
       cxjourney_internal.journey_funnel_hash(way.f)
       IS NOT DISTINCT FROM cxjourney_internal.journey_funnel_hash(whole.f) AS same_hash,
       cxjourney_internal.journey_funnel_hash_extended(way.f, 7)
       IS NOT DISTINCT FROM cxjourney_internal.journey_funnel_hash_extended(whole.f, 7) AS same_hash_extended
  FROM way, whole ORDER BY way;
-- in many processes, and grouped
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
CREATE TABLE parts AS
SELECT customer % 100 AS part, funnel_agg(j, 'search > view? > basket|help > payment', '2 days') AS f
  FROM journeys GROUP BY 1;
ANALYZE journeys, parts;
SELECT pg_temp.plan_has($$SELECT funnel_agg(j, 'search > view? > basket|help > payment', '2 days') FROM journeys$$,
                        '"Partial Mode": "Partial"') AS parallel,
       (SELECT funnel_agg(j, 'search > view? > basket|help > payment', '2 days') FROM journeys) = f AS same
  FROM whole;
SELECT pg_temp.plan_has('SELECT funnel_agg(f) FROM parts', '"Partial Mode": "Partial"') AS parallel,
       (SELECT funnel_agg(f) FROM parts) = f AS same
  FROM whole;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;
-- as a window
SELECT count(*) AS compared, count(*) FILTER (WHERE w.f IS DISTINCT FROM a.f) AS wrong
  FROM (SELECT customer, funnel_agg(j, 'search > view > payment', '2 days') OVER (ORDER BY customer) AS f
          FROM journeys WHERE customer < 30) w,
       LATERAL (SELECT funnel_agg(j, 'search > view > payment', '2 days') AS f
                  FROM journeys v WHERE v.customer <= w.customer) a;
-- many paths and windows in one query
SELECT count(*) AS groups, count(DISTINCT f::text) AS different
  FROM (SELECT p.path, p.within, funnel_agg(j, p.path, p.within) AS f
          FROM journeys, (VALUES ('search > view'::journey_path, '1 day'::interval), ('search > view', NULL),
                                 ('view > search', NULL)) p(path, within)
         WHERE customer < 100 GROUP BY 1, 2) v;
-- compressed, out of line, and behind a short header
CREATE VIEW long_funnel AS SELECT funnel_agg(j, 'search > view > basket > payment > help', NULL) AS f FROM journeys;
CREATE VIEW short_funnel AS SELECT funnel_agg(j, 'a', NULL) AS f FROM journeys;
CREATE TABLE toasted (storage text, f journey_funnel);
INSERT INTO toasted SELECT 'compressed', f FROM long_funnel;
ALTER TABLE toasted ALTER f SET STORAGE EXTERNAL;
INSERT INTO toasted SELECT 'out of line', f FROM long_funnel;
INSERT INTO toasted SELECT 'short', f FROM short_funnel;
SELECT storage, pg_column_size(f) > 2000 AS large,
       f = CASE storage WHEN 'short' THEN (SELECT f FROM short_funnel) ELSE (SELECT f FROM long_funnel) END AS same,
       f::text::journey_funnel = f AS reads_back,
       (SELECT bool_and(twice.reached = 2 * once.reached)
          FROM funnel_steps(f + f) twice JOIN funnel_steps(f) once USING (step)) AS added,
       (SELECT count(*) FROM funnel_steps(f)) AS steps
  FROM toasted ORDER BY storage;
SELECT storage, funnel_agg(f) = min(f::text)::journey_funnel AS same FROM toasted GROUP BY storage ORDER BY storage;
-- journeys and paths however they are kept: visits to s1, s2, ... an hour apart, so that s2 to s4 takes 2 hours and s4
-- to s5 one
CREATE AGGREGATE unfinished_journey(text, timestamptz) (SFUNC = cxjourney_internal.journey_accum, STYPE = journey);
CREATE TABLE kept (storage text, j journey);
INSERT INTO kept
SELECT n || ' stages', journey_agg('s' || i, timestamptz '2026-01-01' + i * interval '1 hour')
  FROM unnest(ARRAY[5, 64, 65, 5000]) n, generate_series(1, n) i GROUP BY n;
INSERT INTO kept
SELECT n || ' visits', journey_agg('s' || least(i, 6), timestamptz '2026-01-01' + i * interval '1 hour')
  FROM unnest(ARRAY[256, 257, 5000]) n, generate_series(1, n) i GROUP BY n;
INSERT INTO kept
SELECT 'not finished', unfinished_journey('s' || i, timestamptz '2026-01-01' + i * interval '1 hour')
  FROM generate_series(1, 9) i;
ALTER TABLE kept ALTER j SET STORAGE EXTERNAL;
INSERT INTO kept
SELECT 'out of line', journey_agg('s' || i, timestamptz '2026-01-01' + i * interval '1 hour')
  FROM generate_series(1, 5000) i;
CREATE TABLE kept_path (path journey_path);
INSERT INTO kept_path VALUES ('s2 > s4 > s5'), ('s2 > s4 >> s5'),
	(('s2 > s4 > s5|' || (SELECT string_agg('x' || i, '|') FROM generate_series(1, 900) i))::journey_path);
SELECT count(*) FILTER (WHERE pg_column_compression(j) IS NOT NULL) AS compressed,
       count(*) FILTER (WHERE pg_column_size(j) < 127) AS short, count(*) AS all
  FROM kept;
SELECT count(*) FILTER (WHERE pg_column_size(path) < 127) AS short, count(*) AS all FROM kept_path;
SELECT storage, array_agg(funnel_depth(j, path, within) ORDER BY within, pg_column_size(path)) AS depths
  FROM kept, kept_path, unnest(ARRAY[interval '3 hours', '2 hours', '1 hour']) within
 GROUP BY storage ORDER BY storage;
SELECT step, reached, mean_time, count(*) AS paths
  FROM (SELECT funnel_agg(j, path, '3 hours') AS f FROM kept, kept_path GROUP BY path) v, funnel_steps(f)
 GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
-- binary, through a file
CREATE TABLE sent AS
SELECT customer, funnel_agg(j, '^search > "to say ""hi""; "? > świadomość|payment$', '3 days 00:00:00.000001') AS f
  FROM journeys WHERE customer < 200 GROUP BY customer
UNION ALL SELECT -3, f FROM whole
UNION ALL VALUES (-1, '{a & b & c?; 2, 1 in 0us [0:1], 1}'::journey_funnel), (-2, NULL);
CREATE TABLE received (customer int, f journey_funnel);
\copy sent TO 'results/journey_funnel.bin' (FORMAT binary)
\copy received FROM 'results/journey_funnel.bin' (FORMAT binary)
SELECT count(*) AS funnels,
       count(*) FILTER (WHERE r.f IS DISTINCT FROM s.f OR r.f::text IS DISTINCT FROM s.f::text) AS wrong
  FROM sent s FULL JOIN received r USING (customer);
-- settings change nothing
SET extra_float_digits = -15;
SET timezone = 'Asia/Tokyo';
SET datestyle = 'German';
SET intervalstyle = 'iso_8601';
SELECT md5(f::text) = (SELECT md5(f::text) FROM received WHERE customer = -3) AS same,
       f::text::journey_funnel = f AS reads_back
  FROM whole;
RESET extra_float_digits;
RESET datestyle;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- An aggregate of one's own without a final function keeps a state, which reads like the funnel
CREATE AGGREGATE unfinished(journey, journey_path, interval) (
	SFUNC = cxjourney_internal.journey_funnel_accum, STYPE = journey_funnel);
SELECT u = f AS equal,
       u::text = f::text AS same_text,
       cxjourney_internal.journey_funnel_send(u) = cxjourney_internal.journey_funnel_send(f) AS same_binary,
       cxjourney_internal.journey_funnel_hash(u) = cxjourney_internal.journey_funnel_hash(f) AS same_hash,
       u + '{search > view; 0, 0}' = f AS same_sum,
       (SELECT funnel_agg(x) FROM (VALUES (u), (u)) v(x)) = f + f AS same_merged,
       (SELECT array_agg(s::text) FROM funnel_steps(u) s) = (SELECT array_agg(s::text) FROM funnel_steps(f) s)
       AS same_steps
  FROM (SELECT unfinished(j, 'search > view', NULL) AS u, funnel_agg(j, 'search > view', NULL) AS f FROM journeys) s;
