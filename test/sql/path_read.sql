--
-- path_visits(), next_after() and path_count() of one customer, by hand; funnel_property.sql compares them with all
-- chains, and test/unit/chain_test.c matches and visits of simultaneous visits.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA path_read_test;
SET search_path = path_read_test, public;
SET timezone = 'UTC';

CREATE TABLE one AS
SELECT '{search@2026-01-01, basket@2026-01-02, search@2026-01-05, basket@2026-01-06, payment@2026-01-07,
         delivery@2026-01-09, return@2026-01-09, search@2026-01-12, payment@2026-01-13}'::journey AS j;
CREATE TABLE asked (n serial, path journey_path, within interval);
INSERT INTO asked (path, within) VALUES
	('search', NULL), ('search > basket > payment', NULL), ('search > basket > payment', '3 days'),
	('search > basket? > payment', '1 day'), ('basket >[1 day] payment', NULL), ('search > payment > payment', NULL),
	('payment & search', NULL), ('payment & search', '0'), ('payment &[!delivery] search', NULL),
	('payment & basket &[!basket] search', NULL), ('return & payment &[!delivery] search?', '7 days'),
	('delivery &[!search] payment', '1 day'), ('basket > return|delivery', NULL),
	('basket > delivery|return > delivery|return', NULL), ('^search >> basket', NULL), ('search > payment$', NULL),
	('delivery >> return', NULL), ('nowhere > search', NULL), ('search > nowhere', NULL), ('basket? > payment', NULL),
	('payment', NULL), ('delivery > search > payment', NULL), ('search >[>= 3 days] payment', NULL),
	('search >[>= 3 days] payment', '5 days'), ('search >[>= 1 day, 1 day] basket >[>= 3 days] payment', NULL);
SELECT path, within, funnel_depth(j, path, within) AS depth,
       (SELECT string_agg(format('%s %s %s', item, stage, to_char(at, 'DD')), ', ' ORDER BY item)
          FROM path_visits(j, path, within)) AS visits,
       next_after(j, path, within), path_count(j, path, within)
  FROM asked, one ORDER BY n;
-- the order among simultaneous visits makes no difference, but for which of them is named: the first one of the item
SELECT path, path_visits(j, path::journey_path), next_after(j, path::journey_path), path_count(j, path::journey_path)
  FROM (SELECT '{a@2026-01-01, b@2026-01-01, c@2026-01-01#1, a@2026-01-02, d@2026-01-02}'::journey AS j) one,
       unnest(ARRAY['b|a', 'a|b', 'b > a', 'c > d|a > a|d', 'c', 'd|a']) path;
-- a count of one stage is that of the moments at which it was visited
SELECT path_count(j, 'search') = visits(j, 'search') AS of_visits, path_count(j || j, 'search') AS of_moments,
       visits(j || j, 'search') AS twice
  FROM one;
-- matches do not overlap: a b a b a b are three times a > b, and once a > b > a, behind which b a b is left
SELECT path, path_count(journey_agg(stage, timestamptz '2026-01-01' + n * interval '1 hour'), path::journey_path)
  FROM unnest(string_to_array('a b a b a b', ' ')) WITH ORDINALITY v(stage, n),
       unnest(ARRAY['a > b', 'a > b > a', 'a & b', 'a &[!b] a', 'b > a', '^a > b', 'a > b$', 'a >> a', 'a > b?',
                    'a?>b']) path
 GROUP BY path ORDER BY path COLLATE "C";
-- no journey, no path, no visits
SELECT count(*) AS none FROM (SELECT path_visits(NULL, 'a') UNION ALL SELECT path_visits('{}', NULL)
                              UNION ALL SELECT path_visits('{}', 'a', '1 day')) v;
SELECT next_after(NULL, 'a') IS NULL AND next_after('{}', NULL) IS NULL AND next_after('{}', 'a') IS NULL AS next,
       path_count(NULL, 'a') IS NULL AND path_count('{}', NULL) IS NULL AS count, path_count('{}', 'a') AS of_no_visit;
-- a funnel of one customer is timed by these visits
SELECT count(*) AS steps, bool_and(mean_time IS NOT DISTINCT FROM at - before) AS same_times
  FROM (SELECT s.mean_time, v.at, lag(v.at) OVER (PARTITION BY n ORDER BY item) AS before
          FROM asked, one, path_visits(j, path, within) v,
               LATERAL (SELECT * FROM funnel_steps((SELECT funnel_agg(j, path, within) FROM one)) f
                         WHERE f.step = v.item) s
         WHERE path::text !~ '[&?]') t;
-- intervals that are no length of time
SELECT call, pg_temp.error_of(format('SELECT %s', call), ' | ')
  FROM unnest(ARRAY['path_visits(''{}'', ''a'', ''1 month'')', 'next_after(''{}'', ''a'', ''-1 day'')',
                    'path_count(''{}'', ''a'', ''1 year'')']) call;
-- journeys and paths however they are kept
CREATE TABLE kept (storage text, j journey);
INSERT INTO kept
SELECT n || ' visits', journey_agg('s' || least(i, 100), timestamptz '2026-01-01' + i * interval '1 hour')
  FROM unnest(ARRAY[5, 257, 5000]) n, generate_series(1, n) i GROUP BY n;
ALTER TABLE kept ALTER j SET STORAGE EXTERNAL;
INSERT INTO kept
SELECT 'out of line', journey_agg('s' || i % 900, timestamptz '2026-01-01' + i * interval '1 hour')
  FROM generate_series(1, 5000) i;
CREATE TABLE kept_path (path journey_path);
INSERT INTO kept_path VALUES ('s2 > s4 > s5'), ('s2 > s4 >> s5'),
	(('s2 > s4 > s5|' || (SELECT string_agg('x' || i, '|') FROM generate_series(1, 900) i))::journey_path);
SELECT storage, count(*) AS paths, min(next_after(j, path)) AS next, min(path_count(j, path)) AS least,
       max(path_count(j, path)) AS most, min(v) AS visits, count(DISTINCT v) AS different
  FROM kept, kept_path,
       LATERAL (SELECT string_agg(item || ' ' || stage || ' ' || at, ', ' ORDER BY item) AS v
                  FROM path_visits(j, path)) p
 GROUP BY storage ORDER BY storage;
-- values make no difference
SELECT path_visits(j, 'a > b') AS visit, next_after(j, 'a > b'), path_count(j, 'a > b')
  FROM (VALUES ('{a@2026-01-01=3, a@2026-01-01=5, b@2026-01-02, b@2026-01-02=2, c@2026-01-03}'::journey)) v(j);
CREATE VIEW kept_number AS SELECT row_number() OVER (ORDER BY storage) AS n, j FROM kept;
-- shortest times in a funnel: over raw events as over journeys
SELECT path, f.f AS funnel, f.f = (SELECT funnel_agg(n, stage, at, path, within)
                                    FROM (SELECT n::bigint AS n, stage, at FROM kept_number, steps(j)) e) AS same
  FROM (VALUES ('s1 >[>= 90 minutes] s4 >[>= 1 hour, !s9] s5|s7'::journey_path, interval '3 hours'),
               ('s1 >[>= 3 hours] s3? >[>= 2 hours] s6', NULL)) p(path, within),
       LATERAL (SELECT funnel_agg(j, path, within) AS f FROM kept_number) f;
