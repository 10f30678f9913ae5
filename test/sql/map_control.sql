--
-- Control charts of a journey map: the view against control_chart over its summaries, baselines that begin anew with a
-- change, alarms of the last complete bucket, and how they are told of.
--
\getenv test PG_ABS_SRCDIR
\getenv build PG_ABS_BUILDDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
SET client_min_messages = warning;
SET timezone = 'UTC';
CREATE SCHEMA control_test;
SET search_path = control_test, public;

-- Forty days of three places; from the 31st on one of them is worse.
CREATE TABLE answers (id integer PRIMARY KEY, at timestamptz, who text, stage text, place text, nps integer,
	csat integer, ces integer);
CREATE FUNCTION some_answers(day date, first integer, worse integer) RETURNS void LANGUAGE sql AS $$
	INSERT INTO answers SELECT first + i, day + time '08:00', CASE WHEN i % 3 = 0 THEN 'old' ELSE 'young' END,
		CASE WHEN i % 2 = 0 THEN 'buy' ELSE 'use' END, CASE WHEN i % 4 = 0 THEN 'web:shop' ELSE 'app:home' END,
		greatest(0, 10 - pg_temp.random_int(first + i, 1, 9) - CASE WHEN i % 4 = 0 THEN worse ELSE 0 END),
		CASE WHEN i % 5 > 0 THEN 1 + pg_temp.random_int(first + i, 2, 10) END,
		CASE WHEN i % 7 > 0 THEN 1 + pg_temp.random_int(first + i, 3, 7) END
	  FROM generate_series(1, 60) AS i
$$;
SELECT count(some_answers(date '2025-01-01' + d, d * 100, CASE WHEN d < 30 THEN 0 ELSE 5 END)) AS days
  FROM generate_series(0, 39) AS d;
SELECT create_journey_map('shop', 'answers', at => 'at', segment => 'who', stage => 'stage', touchpoint => 'place',
	nps => 'nps', csat => 'csat', csat_scale => '[1,10]', csat_satisfied_from => 8, ces => 'ces');

-- What the view must show, by the public function over the public view of summaries.
CREATE VIEW expected AS
WITH place AS (
	SELECT bucket, segment, stage, touchpoint, nps, csat, ces FROM shop_summaries
	UNION ALL SELECT bucket, segment, '(all)', '(all)', rating_agg(nps), rating_agg(csat), rating_agg(ces)
	  FROM shop_summaries GROUP BY 1, 2
	UNION ALL SELECT bucket, '(all)', stage, touchpoint, rating_agg(nps), rating_agg(csat), rating_agg(ces)
	  FROM shop_summaries GROUP BY 1, 3, 4
	UNION ALL SELECT bucket, '(all)', '(all)', '(all)', rating_agg(nps), rating_agg(csat), rating_agg(ces)
	  FROM shop_summaries GROUP BY 1),
chart AS (
	SELECT segment, stage, touchpoint, array_agg(bucket ORDER BY bucket) AS buckets,
		array_agg(nps ORDER BY bucket) AS nps, array_agg(csat ORDER BY bucket) AS csat,
		array_agg(ces ORDER BY bucket) AS ces
	  FROM (SELECT *, (SELECT max(noted_at) FROM shop_notes AS n
			WHERE kind = 'change' AND isfinite(noted_at) AND noted_at <= p.bucket
			AND coalesce(n.segment, p.segment) = p.segment AND coalesce(n.stage, p.stage) = p.stage
			AND coalesce(n.touchpoint, p.touchpoint) = p.touchpoint) AS changed FROM place AS p) AS p
	 GROUP BY segment, stage, touchpoint, changed)
SELECT buckets[c.position] AS bucket, segment, stage, touchpoint, c.*
  FROM chart, LATERAL (SELECT 'nps' AS metric, n.* FROM control_chart(nps) AS n
	UNION ALL SELECT 'csat', s.* FROM control_chart(csat, 'csat', satisfied_from => 8) AS s
	UNION ALL SELECT 'ces', e.* FROM control_chart(ces, 'ces') AS e) AS c;
CREATE VIEW compared AS
SELECT count(*) AS rows, count(c.bucket) AS shown, count(e.bucket) AS expected,
	count(DISTINCT (segment, stage, touchpoint)) AS places,
	count(*) FILTER (WHERE c.signal IS NOT DISTINCT FROM e.signal AND c.provisional = e.provisional
		AND c.responses = e.responses AND greatest(abs(c.value - e.value), abs(c.centre - e.centre), abs(c.low - e.low),
			abs(c.high - e.high), abs(c.ewma - e.ewma),
			abs(c.ewma_low - e.ewma_low), abs(c.ewma_high - e.ewma_high)) <= 0.00000051) AS equal,
	count(c.signal) AS signals, count(*) FILTER (WHERE c.provisional) AS provisional
  FROM shop_control AS c FULL JOIN expected AS e USING (bucket, segment, stage, touchpoint, metric);
SELECT * FROM compared;
SELECT segment, stage, touchpoint, metric, min(bucket)::date AS first, count(*) AS buckets,
	string_agg(DISTINCT signal, ', ' ORDER BY signal) AS signals
  FROM shop_control WHERE signal IS NOT NULL AND metric = 'nps' GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4;

-- exact before and after a refresh: added one by one and at once, changed, deleted, a whole day and a place gone
INSERT INTO answers VALUES (9001, '2025-01-03 10:00', 'old', 'buy', 'web:shop', 0, 1, 1),
	(9002, '2025-02-09 10:00', 'young', 'buy', 'web:shop', 10, 10, 7);
DELETE FROM answers WHERE at::date = '2025-02-04';
UPDATE answers SET place = 'app:home', nps = 10 - nps WHERE id % 11 = 0;
UPDATE answers SET stage = 'use' WHERE id % 100 = 8;
DELETE FROM answers WHERE stage = 'use' AND place = 'app:home' AND who = 'old' AND id > 500;
SELECT * FROM compared;
SELECT refresh_journey_map('shop') > 0 AS refreshed;
SELECT * FROM compared;

-- a change begins a baseline of its own: everywhere, in a segment, at a stage, at a place; of no time, and an idea, not
INSERT INTO shop_notes (segment, stage, touchpoint, kind, note, noted_at) VALUES
	(NULL, NULL, NULL, 'change', 'new shop', '2025-01-05'), ('old', NULL, NULL, 'change', 'for the old', '2025-01-12'),
	(NULL, 'use', NULL, 'change', 'for users', '2025-01-08 12:00'),
	('young', 'buy', 'web:shop', 'change', 'a button', '2025-02-01'),
	(NULL, NULL, NULL, 'change', 'for ever', 'infinity'), (NULL, NULL, NULL, 'idea', 'no change', '2025-01-20');
SELECT * FROM compared;
SELECT segment, stage, touchpoint, array_agg(bucket::date ORDER BY bucket) AS begins
  FROM (SELECT *, lag(provisional) OVER w AS before, lag(centre) OVER w AS centre_before, value = centre AS is_first
	FROM shop_control WHERE metric = 'nps' WINDOW w AS (PARTITION BY segment, stage, touchpoint ORDER BY bucket)) AS c
 WHERE provisional AND is_first AND (before IS NULL OR centre <> centre_before) GROUP BY 1, 2, 3 ORDER BY 1, 2, 3;
DELETE FROM shop_notes;

-- alarms: what the last complete bucket signals
SELECT (SELECT count(*) FROM shop_alarms) AS alarms, count(*) AS signals, count(*) FILTER (WHERE signal IS NULL) AS none
  FROM shop_control WHERE bucket = '2025-02-09' AND signal IS NOT NULL;
SELECT bucket::date, segment, stage, touchpoint, metric, signal FROM shop_alarms ORDER BY 1, 2, 3, 4, 5;
-- today is not complete; yesterday is
SELECT some_answers((now() AT TIME ZONE 'UTC')::date, 20000, 9);
SELECT DISTINCT bucket::date FROM shop_alarms;
SELECT count(DISTINCT bucket) AS shown FROM shop_control WHERE bucket > '2026-01-01';
UPDATE answers SET at = at - interval '1 day' WHERE id BETWEEN 20000 AND 20099;
SELECT count(*) > 0 AS alarms, bool_and(bucket = date_trunc('day', now(), 'UTC') - interval '1 day') AS yesterday
  FROM shop_alarms;
DELETE FROM answers WHERE id BETWEEN 20000 AND 20099;
SELECT DISTINCT bucket::date FROM shop_alarms;

-- told of once each; again only when there are others, or a bucket has another signal
\set file :build '/results/map_control.told'
\setenv FILE :file
LISTEN journey_map;
SELECT count(*) AS told FROM shop_alarms_sent;
TRUNCATE shop_alarms_sent;
SELECT alarms_until = date_trunc('day', now(), 'UTC') AS looked_for_today FROM shop_definition;
\o :file
INSERT INTO answers VALUES (9003, '2025-02-09 10:00', 'young', 'buy', 'web:shop', 0, 1, 1);
SELECT refresh_journey_map('shop');
SELECT refresh_journey_map('shop');
INSERT INTO answers SELECT 9100 + i, '2025-02-09 10:00', 'young', 'use', 'app:home', 0, 1, 1
  FROM generate_series(1, 40) AS i;
SELECT refresh_journey_map('shop');
\o
\set told `sed -n 's/.*payload "\(.*\)" received.*/\1/p' "$FILE"`
\echo :told
SELECT (SELECT count(*) FROM shop_alarms) AS alarms, count(*) AS sent, count(*) FILTER (WHERE sent_at <= now()) AS at
  FROM shop_alarms_sent;
SELECT count(*) AS not_sent FROM (SELECT bucket, segment, stage, touchpoint, metric, signal FROM shop_alarms
	EXCEPT SELECT bucket, segment, stage, touchpoint, metric, signal FROM shop_alarms_sent) AS a;
-- nothing is looked for while only today's answers come; when a day has passed it is
UPDATE shop_definition SET alarms_until = date_trunc('day', now(), 'UTC');
DELETE FROM shop_alarms_sent WHERE metric = 'nps';
INSERT INTO answers VALUES (9004, now(), 'young', 'buy', 'web:shop', 0, 1, 1);
\o :file
SELECT refresh_journey_map('shop');
\o
SELECT count(*) FROM shop_alarms_sent WHERE metric = 'nps';
UPDATE shop_definition SET alarms_until = alarms_until - interval '1 day';
\o :file
SELECT refresh_journey_map('shop');
\o
SELECT count(*) > 0 AS sent FROM shop_alarms_sent WHERE metric = 'nps';
SELECT alarms_until = date_trunc('day', now(), 'UTC') AS looked_for_today FROM shop_definition;
-- and when answers of a complete day come late: one, of which a row is pending, or many, which are in a batch alone
BEGIN;
DELETE FROM shop_alarms_sent WHERE metric = 'nps';
INSERT INTO answers VALUES (9005, '2025-02-09 10:00', 'young', 'buy', 'web:shop', 0, 1, 1);
SELECT (SELECT count(*) FROM shop_pending) AS pending, (SELECT count(*) FROM shop_batches) AS batches;
SELECT refresh_journey_map('shop') > 0 AS refreshed;
SELECT count(*) > 0 AS sent FROM shop_alarms_sent WHERE metric = 'nps';
ROLLBACK;
BEGIN;
DELETE FROM shop_alarms_sent WHERE metric = 'nps';
UPDATE answers SET csat = 2 WHERE id BETWEEN 9101 AND 9140;
SELECT (SELECT count(*) FROM shop_pending) AS pending, (SELECT count(*) > 0 FROM shop_batches) AS batches;
SELECT refresh_journey_map('shop') > 0 AS refreshed;
SELECT count(*) > 0 AS sent FROM shop_alarms_sent WHERE metric = 'nps';
ROLLBACK;
UNLISTEN journey_map;

-- a rebuilt map looks anew, keeps what was sent, and goes on to be exact
UPDATE shop_definition SET bucket = 'week', csat_satisfied_from = 9;
SELECT rebuild_journey_map('shop');
SELECT alarms_until FROM shop_definition;
SELECT count(*) > 0 AS sent FROM shop_alarms_sent;
SELECT count(DISTINCT bucket) AS weeks, count(*) FILTER (WHERE signal IS NOT NULL) AS signals FROM shop_control;
SELECT * FROM check_journey_map('shop');

-- a reader needs no right but on the view
CREATE ROLE regress_control_reader;
GRANT USAGE ON SCHEMA control_test TO regress_control_reader;
GRANT SELECT ON shop_control, shop_alarms TO regress_control_reader;
SET ROLE regress_control_reader;
SELECT count(*) > 0 AS rows, (SELECT count(*) FROM shop_alarms) AS alarms FROM shop_control;
SELECT count(*) FROM shop_alarms_sent;
RESET ROLE;
DROP OWNED BY regress_control_reader;
DROP ROLE regress_control_reader;

-- without notes, or a list of what was sent, a map goes on without alarms
SELECT count(*) AS written FROM answers WHERE at > '2026-01-01';
UPDATE shop_definition SET bucket = 'day', csat_satisfied_from = 8;
SELECT rebuild_journey_map('shop');
BEGIN;
DROP TABLE shop_alarms_sent;
DELETE FROM answers WHERE id % 17 = 0;
SELECT refresh_journey_map('shop') > 0 AS refreshed;
SELECT * FROM compared;
ROLLBACK;
SELECT problem, detail FROM check_journey_map('shop');

-- names of columns and meanings that nobody forgot
SELECT c.relname, a.attname FROM pg_class AS c JOIN pg_attribute AS a ON a.attrelid = c.oid AND a.attnum > 0
 WHERE c.relnamespace = 'control_test'::regnamespace
   AND c.relname IN ('shop_control', 'shop_alarms', 'shop_alarms_sent', 'shop_definition')
   AND col_description(c.oid, a.attnum) IS NULL;
-- no metric, no charts; no segments, no whole of all; labels of any kind
CREATE TABLE felt (at date, stage text, felt integer);
INSERT INTO felt SELECT date '2025-01-01' + i % 30, 'buy', i % 5 - 2 FROM generate_series(1, 100) AS i;
SELECT create_journey_map('feelings', 'felt', at => 'at', stage => 'stage', emotion => 'felt');
SELECT (SELECT count(*) FROM feelings_control) AS control, (SELECT count(*) FROM feelings_alarms) AS alarms;
SELECT refresh_journey_map('feelings');
CREATE TABLE thumbs (at timestamp, stage text, good boolean);
INSERT INTO thumbs SELECT timestamp '2020-01-01 12:00' + i % 26 * interval '1 month',
	CASE i / 26 % 2 WHEN 0 THEN 'it''s "x" \ {y} %s' ELSE 'ąę' END, i % 3 > 0 OR i % 26 = 25
  FROM generate_series(0, 2599) AS i;
SELECT create_journey_map('{good}', 'thumbs', at => 'at', stage => 'stage', csat => 'good', bucket => 'month',
	timezone => 'Asia/Kolkata');
SELECT segment, stage, touchpoint, metric, count(*), count(*) FILTER (WHERE provisional) AS provisional,
	max(value) AS highest, max(signal) AS signal
  FROM "{good}_control" GROUP BY segment, stage, touchpoint, metric ORDER BY stage COLLATE "C";
SELECT refresh_journey_map('{good}');
SELECT bucket, segment, stage, touchpoint, metric, signal FROM "{good}_alarms_sent" ORDER BY stage COLLATE "C";
-- an answer at the end of time is none of today
INSERT INTO thumbs VALUES ('infinity', 'buy', true), ('294276-12-31 23:59:59', 'buy', true), (NULL, 'buy', true);
SELECT refresh_journey_map('{good}');
DROP VIEW compared, expected;
SELECT drop_journey_map('shop'), drop_journey_map('feelings'), drop_journey_map('{good}');
SELECT relname FROM pg_class WHERE relnamespace = 'control_test'::regnamespace AND relkind IN ('r', 'v') ORDER BY 1;
DROP SCHEMA control_test CASCADE;
