--
-- Tables of journeys that keep themselves up to date, against journey_agg over their source after each statement: all
-- ways to write, all isolation levels, roll-backs, types of customers and times, rows that are no visits.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset null -
\pset format unaligned
\set VERBOSITY terse
-- some releases of PostgreSQL warn of MERGE into partitions, see map_repair
SET client_min_messages = error;
CREATE SCHEMA journey_table_test;
SET search_path = journey_table_test, public;
SET timezone = 'UTC';

-- Visits that are taken away, one for each that is equal, against EXCEPT ALL over the steps of random journeys.
CREATE TABLE pair AS
SELECT n, j[1] AS a, j[2] AS b FROM (
	SELECT n, array_agg(j ORDER BY side) AS j FROM (
		SELECT n, side, journey_agg(chr(97 + pg_temp.random_int(i, 10 * n + side, 4)),
			timestamptz '2026-01-01' + pg_temp.random_int(i, 10 * n + side + 1, 5) * interval '1 hour',
			pg_temp.random_int(i, 10 * n + side + 2, 2)) AS j
		  FROM generate_series(1, 300) AS n, generate_series(1, 2) AS side,
			LATERAL generate_series(1, pg_temp.random_int(n, side, 30)) AS i GROUP BY n, side) AS one
	GROUP BY n) AS pairs WHERE j[1] IS NOT NULL AND j[2] IS NOT NULL;
CREATE FUNCTION visits_of(journey) RETURNS TABLE (stage text, at timestamptz, seq text) LANGUAGE sql AS $$
	SELECT s[1], s[2]::timestamptz, s[3] FROM regexp_matches($1::text, '([a-z]+)@([^#,}]*)(?:#(\d+))?', 'g') AS s $$;
SELECT count(*) > 250 AS many, count(*) FILTER (WHERE "left" IS NULL) > 0 AS some_of_nothing,
       count(*) FILTER (WHERE EXISTS ((SELECT * FROM visits_of(a) EXCEPT ALL SELECT * FROM visits_of(b))
		EXCEPT ALL SELECT * FROM visits_of("left")) OR EXISTS (SELECT * FROM visits_of("left")
		EXCEPT ALL (SELECT * FROM visits_of(a) EXCEPT ALL SELECT * FROM visits_of(b)))) AS wrong
  FROM (SELECT a, b, cxjourney_internal.journey_table_without(a, b) AS "left" FROM pair
	UNION ALL SELECT a, a, cxjourney_internal.journey_table_without(a, a) FROM pair) AS p;
SELECT count(*) AS wrong_sums FROM pair
 WHERE cxjourney_internal.journey_table_left(a, b, a, b, NULL) <> a || a
	OR cxjourney_internal.journey_table_left(NULL, b, NULL, NULL, NULL) <> b
	OR cxjourney_internal.journey_table_left(a, NULL, b, b, a) IS NOT NULL
	OR EXISTS (SELECT cxjourney_internal.journey_table_fold(a, NULL, b, b, a))
	OR (SELECT cxjourney_internal.journey_table_fold(a, b, NULL, b, NULL)) <> a
	OR cxjourney_internal.journey_table_missing(a, b, NULL, b, a) IS NOT NULL
	OR cxjourney_internal.journey_table_missing(a, NULL, NULL, a, b) <> b;
SELECT left(label, 10), length(label), cxjourney_internal.journey_table_is_label(label) AS is_label
  FROM (VALUES ('a'), (''), (repeat('x', 255)), (repeat('x', 256)), (E'a\tb'), (NULL)) AS v(label);

CREATE TABLE event (id integer GENERATED ALWAYS AS IDENTITY, customer bigint, stage text, at timestamptz, n smallint,
	other integer);
INSERT INTO event (customer, stage, at, n) SELECT i % 20, 'stage ' || i % 3, timestamptz '2026-01-01'
	+ i % 50 * interval '1 hour', i % 2 FROM generate_series(1, 200) AS i;
INSERT INTO event (customer, stage, at) VALUES (NULL, 'a', '2026-01-01'), (1, NULL, '2026-01-01'), (2, 'a', NULL),
	(3, 'a', 'infinity'), (3, 'a', '10000-01-01'), (4, '', '2026-01-01'), (4, E'a\nb', '2026-01-01'),
	(99, NULL, '2026-01-01');
SET client_min_messages = notice;
SELECT create_journey_table('j', 'event', customer => 'customer', stage => 'stage', at => 'at', seq => 'n');
SET client_min_messages = error;
-- by hand, without what the table itself uses
CREATE VIEW oracle AS SELECT customer, journey_agg(stage, at, n) AS journey FROM event
 WHERE customer IS NOT NULL AND stage <> '' AND stage !~ '[[:cntrl:]]' AND at >= '0001-01-02' AND at < '9999-12-30'
 GROUP BY customer HAVING count(stage) > 0;
CREATE VIEW left_out_oracle AS SELECT reason, count(*) AS events FROM (SELECT CASE WHEN customer IS NULL
	THEN 'no customer' WHEN stage IS NULL THEN 'no stage' WHEN at IS NULL THEN 'no time'
	WHEN at < '0001-01-02' OR at >= '9999-12-30' THEN 'time outside of the years 1 to 9999'
	WHEN stage = '' OR stage ~ '[[:cntrl:]]' THEN 'stage that is no label' END AS reason FROM event) AS e
 WHERE reason IS NOT NULL GROUP BY reason;
CREATE FUNCTION step(what text, OUT step text, OUT customers bigint, OUT visits bigint, OUT wrong bigint,
	OUT wrong_counts bigint, OUT problems bigint) LANGUAGE sql AS $$
	SELECT what, (SELECT count(*) FROM j), (SELECT sum(visits(journey)) FROM j),
		(SELECT count(*) FROM j AS m FULL JOIN oracle AS h USING (customer) WHERE (m.journey = h.journey) IS NOT TRUE),
		(SELECT count(*) FROM j_left_out AS m FULL JOIN left_out_oracle AS h USING (reason)
			WHERE m.events IS DISTINCT FROM h.events),
		(SELECT count(*) FROM check_journey_table('j')) $$;
SELECT * FROM step('created');
SELECT * FROM j_left_out ORDER BY reason COLLATE "C";

INSERT INTO event (customer, stage, at) VALUES (5, 'new', '2026-02-01'), (500, 'first', '2026-02-01');
SELECT * FROM step('insert');
INSERT INTO event (customer, stage, at, n) SELECT i % 30, 'many', timestamptz '2026-02-02', i % 2
	FROM generate_series(1, 100) AS i;
SELECT * FROM step('insert many');
COPY event (customer, stage, at, n) FROM STDIN;
7	copied	2026-02-03 10:00+00	\N
7	copied	2026-02-03 10:00+00	5
\.
SELECT * FROM step('copy');
UPDATE event SET stage = 'changed' WHERE id = 100;
SELECT * FROM step('update');
UPDATE event SET customer = customer + 1, n = 7 WHERE id % 7 = 0;
SELECT * FROM step('update many');
SELECT count(*) AS pending FROM j_pending;
UPDATE event SET other = 1 WHERE id < 5;
UPDATE event SET other = 1;
SELECT count(*) AS pending_as_before FROM j_pending;
SELECT * FROM step('update of what it does not read');
UPDATE event SET stage = 'a' WHERE stage = '' OR at IS NULL;
UPDATE event SET stage = NULL WHERE id = 50;
SELECT * FROM step('visits that were none, and none that were visits');
DELETE FROM event WHERE customer = 500;
DELETE FROM event WHERE id BETWEEN 20 AND 80;
SELECT * FROM step('delete');
INSERT INTO event (customer, stage, at) VALUES (8, 'twice', '2026-02-05'), (8, 'twice', '2026-02-05');
DELETE FROM event WHERE ctid = (SELECT max(ctid) FROM event WHERE stage = 'twice');
SELECT * FROM step('one of two that are equal');
MERGE INTO event AS e USING (VALUES (90), (91), (100000)) AS v(id) ON e.id = v.id WHEN MATCHED AND v.id = 90 THEN DELETE
	WHEN MATCHED THEN UPDATE SET stage = 'merged'
	WHEN NOT MATCHED THEN INSERT (customer, stage, at) VALUES (1, 'merged', '2026-02-06');
SELECT * FROM step('merge');
SELECT refresh_journey_table('j') AS changed;
SELECT refresh_journey_table('j') AS changed_again;
SELECT * FROM step('refreshed');
SELECT count(*) AS pending FROM j_pending;
SELECT left_out, events, customer, journey FROM j_batches ORDER BY left_out;
SELECT count(*) AS wrong FROM j_rollup AS m FULL JOIN oracle AS h USING (customer)
 WHERE (m.journey = h.journey) IS NOT TRUE;

BEGIN;
INSERT INTO event (customer, stage, at) VALUES (600, 'in a transaction', '2026-02-07');
SAVEPOINT s;
DELETE FROM event WHERE customer < 10;
SELECT * FROM step('in a transaction');
ROLLBACK TO s;
SELECT * FROM step('a part rolled back');
ROLLBACK;
SELECT * FROM step('rolled back');
BEGIN;
TRUNCATE event;
SELECT * FROM step('truncated');
INSERT INTO event (customer, stage, at) VALUES (1, 'after', '2026-02-08');
SELECT refresh_journey_table('j') AS changed;
SELECT * FROM step('and refreshed');
ROLLBACK;
SELECT * FROM step('rolled back');

-- A snapshot that was taken before others wrote: it holds for all three tables at once.
BEGIN ISOLATION LEVEL REPEATABLE READ;
INSERT INTO event (customer, stage, at) VALUES (700, 'repeatable read', '2026-02-09');
UPDATE event SET n = 3 WHERE customer = 2;
SELECT * FROM step('repeatable read');
TRUNCATE event;
ROLLBACK;
BEGIN ISOLATION LEVEL SERIALIZABLE;
DELETE FROM event WHERE customer = 3;
SELECT refresh_journey_table('j') > 0 AS changed;
SELECT * FROM step('serializable');
COMMIT;
SELECT * FROM step('committed');

-- The same with statements by chance, in transactions of all kinds, some of them rolled back.
CREATE PROCEDURE write(round integer) LANGUAGE plpgsql AS $$
DECLARE
	victim integer := pg_temp.random_int(round, 1, 400);
	many integer := CASE WHEN round % 3 = 0 THEN 30 ELSE 1 + round % 5 END;
BEGIN
	CASE pg_temp.random_int(round, 2, 9)
	WHEN 0, 1, 2 THEN INSERT INTO event (customer, stage, at, n) SELECT pg_temp.random_int(i, round, 40),
			'stage ' || pg_temp.random_int(i, round + 1, 3),
			timestamptz '2026-01-01' + pg_temp.random_int(i, round + 2, 4) * interval '1 hour',
			nullif(pg_temp.random_int(i, round + 3, 3), 0) FROM generate_series(1, many) AS i;
	WHEN 3 THEN UPDATE event SET stage = nullif('stage ' || round % 4, 'stage 3')
		 WHERE id BETWEEN victim AND victim + many;
	WHEN 4 THEN UPDATE event SET customer = nullif(round % 40, 0) WHERE id BETWEEN victim AND victim + many;
	WHEN 5 THEN DELETE FROM event WHERE id BETWEEN victim AND victim + many;
	WHEN 6 THEN PERFORM refresh_journey_table('j');
	WHEN 7 THEN
		BEGIN
			DELETE FROM event WHERE id % 3 = round % 3;
			RAISE division_by_zero;
		EXCEPTION WHEN division_by_zero THEN NULL;
		END;
	ELSE IF round % 4 = 0 THEN TRUNCATE event; END IF;
	END CASE;
END $$;
CREATE PROCEDURE write_all() LANGUAGE plpgsql AS $$
DECLARE
	wrong text;
BEGIN
	FOR round IN 1 .. 80 LOOP
		PERFORM set_config('default_transaction_isolation', CASE WHEN pg_temp.random_int(round, 2, 9) = 8
			THEN 'read committed' ELSE ('{read committed,repeatable read,serializable}'::text[])[1 + round % 3]
			END, false);
		COMMIT;
		CALL write(round);
		SELECT string_agg(customer::text, ' ') INTO wrong FROM j AS m FULL JOIN oracle AS h USING (customer)
		 WHERE (m.journey = h.journey) IS NOT TRUE;
		IF wrong IS NOT NULL OR EXISTS (TABLE j_left_out EXCEPT TABLE left_out_oracle) THEN
			RAISE 'round %: wrong customers %', round, wrong;
		END IF;
		IF current_setting('transaction_isolation') <> current_setting('default_transaction_isolation') THEN
			RAISE 'not %', current_setting('default_transaction_isolation');
		END IF;
		IF round % 5 = 0 THEN ROLLBACK; END IF;
	END LOOP;
END $$;
CALL write_all();
RESET default_transaction_isolation;
SELECT step, wrong, wrong_counts, problems, customers > 10 AS many FROM step('after statements by chance');
SELECT refresh_journey_table('j') >= 0 AS refreshed;
SELECT step, wrong, wrong_counts, problems FROM step('and refreshed');

-- A removal whose visit is not there changes nothing to see, makes no refresh fail, and is told of.
TRUNCATE event;
INSERT INTO event (customer, stage, at) VALUES (1, 'a', '2026-01-01');
ALTER TABLE event DISABLE TRIGGER USER;
INSERT INTO event (customer, stage, at) VALUES (1, 'unseen', '2026-01-01'), (2, 'unseen', '2026-01-01');
ALTER TABLE event ENABLE TRIGGER USER;
SELECT * FROM check_journey_table('j');
DELETE FROM event WHERE stage = 'unseen';
SELECT customer, journey FROM j ORDER BY customer;
SELECT refresh_journey_table('j') > 0 AS refreshed;
SELECT refresh_journey_table('j') AS nothing_more;
SELECT customer, journey FROM j ORDER BY customer;
SELECT * FROM check_journey_table('j');
-- when it comes after all, the two take each other away
ALTER TABLE event DISABLE TRIGGER USER;
INSERT INTO event (customer, stage, at) VALUES (3, 'x', '2026-01-02');
ALTER TABLE event ENABLE TRIGGER USER;
DELETE FROM event WHERE customer = 3;
SELECT refresh_journey_table('j') AS changed;
INSERT INTO event (customer, stage, at) VALUES (3, 'x', '2026-01-02');
SELECT customer, journey FROM j ORDER BY customer;
SELECT refresh_journey_table('j') AS changed;
SELECT removed, customer, journey FROM j_batches ORDER BY customer;
-- of rows that are no visits the count falls below 0, before and after a refresh
ALTER TABLE event DISABLE TRIGGER USER;
INSERT INTO event (customer, stage) VALUES (1, 'unseen'), (2, 'unseen');
ALTER TABLE event ENABLE TRIGGER USER;
DELETE FROM event WHERE stage = 'unseen';
SELECT * FROM j_left_out;
SELECT refresh_journey_table('j') AS changed;
SELECT * FROM j_left_out;
INSERT INTO event (customer, stage) VALUES (1, 'seen'), (2, 'seen'), (3, 'seen');
SELECT refresh_journey_table('j') AS changed;
SELECT * FROM j_left_out;
SELECT rebuild_journey_table('j');
SELECT * FROM step('rebuilt');
-- a customer, and rows that were left out, of whom nothing is in the source any more
ALTER TABLE event DISABLE TRIGGER USER;
DELETE FROM event WHERE customer = 3 OR at IS NULL;
ALTER TABLE event ENABLE TRIGGER USER;
SELECT * FROM check_journey_table('j');
SELECT drop_journey_table('j');
SELECT count(*) AS triggers FROM pg_trigger WHERE tgrelid = 'event'::regclass;

-- Customers and times of all types, stages that are cast to text, expressions that depend on settings.
CREATE TYPE touch AS ENUM ('find', 'buy');
CREATE TABLE typed (c2 smallint, c4 integer, cn numeric, cu uuid, ct text, cv varchar(10), cc char(6), d date,
	t timestamp, z timestamptz, e touch, s journey_stage);
INSERT INTO typed SELECT i, i, i + 0.5, md5(i::text)::uuid, chr(97 + i), 'v' || i, 'c' || i, date '2026-03-28' + i,
	timestamp '2026-03-29 01:30' + i * interval '30 minutes', '2026-03-29 01:30+00', 'find', 'purchase'
	FROM generate_series(0, 4) AS i;
CREATE FUNCTION typed_as(a_customer text, a_stage text, an_at text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	found text;
BEGIN
	PERFORM create_journey_table('t', 'typed', customer => a_customer, stage => a_stage, at => an_at,
		timezone => 'Europe/Warsaw');
	INSERT INTO typed VALUES (1, 1, 1.5, md5('1')::uuid, 'B', 'v1 ', 'c1', '2026-03-29', '2026-03-29 03:30',
		'2026-03-29 03:00+02', 'buy', 'loyalty');
	INSERT INTO typed SELECT 1, 1, 1.50, md5('1')::uuid, 'B', 'v1 ', 'c1', '2026-10-25', '2026-10-25 02:30',
		'2026-03-30 03:00+02', 'buy', 'loyalty' FROM generate_series(1, 10);
	SELECT string_agg(concat_ws(' ', quote_literal(c.customer), format_type(a.atttypid, NULL), visits(journey),
		started_at(journey), ended_at(journey), first_stage(journey), last_stage(journey)), E'\n'
		ORDER BY c.customer::text COLLATE "C") INTO found FROM t AS c,
		pg_attribute AS a WHERE a.attrelid = 't'::regclass AND a.attname = 'customer' AND c.customer IN (
			SELECT customer FROM t ORDER BY visits(journey) DESC, customer::text COLLATE "C" LIMIT 2);
	found := concat_ws(E'\n', found, (SELECT string_agg(problem || ' ' || detail, ' ') FROM check_journey_table('t')));
	PERFORM refresh_journey_table('t');
	found := concat_ws(E'\n', found, (SELECT string_agg(problem || ' ' || detail, ' ') FROM check_journey_table('t')));
	RAISE division_by_zero;
EXCEPTION WHEN division_by_zero THEN
	RETURN found;
END $$;
SELECT customer, stage, at, typed_as(customer, stage, at) FROM (VALUES ('c2', 'e', 'z'), ('c4', 's', 't'),
	('cn', 'e', 'd'), ('cu', 'e', 'z'), ('ct', 'e', 'z'), ('cv', 'upper(e::text)', 'z'), ('cc', 'e', 't'),
	('c4::bigint * 10', 'e', 'z::text::timestamptz'), ('lower(ct)', 'z::text', 'd + 1')) AS v(customer, stage, at);

-- Partitions: each fires its own triggers.
CREATE TABLE parted (customer integer, stage text, at timestamptz) PARTITION BY RANGE (customer);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES FROM (0) TO (10);
CREATE TABLE parted_2 (at timestamptz, customer integer, gone text, stage text);
ALTER TABLE parted_2 DROP COLUMN gone;
ALTER TABLE parted ATTACH PARTITION parted_2 FOR VALUES FROM (10) TO (20);
SELECT create_journey_table('p', 'parted', customer => 'customer', stage => 'stage', at => 'at');
INSERT INTO parted SELECT i % 20, 'a', '2026-01-01' FROM generate_series(1, 40) AS i;
INSERT INTO parted_2 VALUES ('2026-01-02', 15, 'b');
UPDATE parted SET customer = 11 WHERE customer = 1;
DELETE FROM parted_1 WHERE customer = 2;
SELECT count(*) AS customers, sum(visits(journey)) AS visits FROM p;
SELECT * FROM check_journey_table('p');
TRUNCATE parted_2;
SELECT count(*) AS customers, sum(visits(journey)) AS visits FROM p;
CREATE TABLE parted_3 PARTITION OF parted FOR VALUES FROM (20) TO (30);
INSERT INTO parted VALUES (25, 'through the parent', '2026-01-03');
INSERT INTO parted_3 VALUES ('26', 'unseen', '2026-01-03');
SELECT * FROM check_journey_table('p');
SELECT rebuild_journey_table('p');
SELECT * FROM check_journey_table('p');
TRUNCATE parted;
SELECT count(*) AS customers FROM p;
SELECT refresh_journey_table('p') > 0 AS changed, (SELECT count(*) FROM check_journey_table('p')) AS problems;

-- Two of them and a map over one source, names that need quotes.
SELECT create_journey_table('Its "own"', 'parted', customer => 'customer', stage => 'CASE stage WHEN ''\'' THEN ''"''
	ELSE stage END', at => 'at');
SELECT create_journey_map('m', 'parted', at => 'at', stage => 'stage', nps => 'customer');
INSERT INTO parted VALUES (5, 'a', '2026-01-01'), (5, '\', '2026-01-02');
SELECT journey, (SELECT journey FROM p) AS p, (SELECT sum(responses) FROM m) AS m FROM "Its ""own""";
SELECT refresh_journey_table('Its "own"'), refresh_journey_table('p'), refresh_journey_map('m') > 0 AS m;
SELECT count(*) AS problems FROM (SELECT * FROM check_journey_table('Its "own"') UNION ALL
	SELECT * FROM check_journey_table('p') UNION ALL SELECT * FROM check_journey_map('m')) AS c;
SELECT drop_journey_table('Its "own"'), drop_journey_map('m');
SELECT count(*) AS triggers FROM pg_trigger WHERE tgrelid = 'parted_1'::regclass;

-- What is pending is read by a hash join, which leaves the stored journeys to parallel workers.
SET max_parallel_workers_per_gather = 2;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT pg_temp.plan_has('SELECT funnel_agg(journey, ''a > b'') FROM p', '"Parallel Aware": true') AS parallel;
SET enable_seqscan = off;
SELECT pg_temp.plan_has('SELECT journey FROM p WHERE customer = 5', '"Index Cond": "\(customer = 5\)"') AS by_index;
DROP SCHEMA journey_table_test CASCADE;
