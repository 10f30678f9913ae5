--
-- Breakdowns: states that still grow, handed over by parallel workers or kept in a table by another session,
-- and values in every form a value can have, as states of aggregates of one's own.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
SET client_min_messages = warning;
-- every server has this method of compression; the default is another one since PostgreSQL 19
SET default_toast_compression = pglz;
CREATE SCHEMA breakdown_state_test;
SET search_path = breakdown_state_test, public;

-- 300 labels, of which one is not known, in any order
CREATE TABLE source AS
SELECT i AS id, CASE WHEN i <> 77 THEN 'label ' || pg_temp.random_int(i, 1, 300) END AS label,
	rating_summary('[0,10]', ARRAY(SELECT pg_temp.random_int(i, j, 50) FROM generate_series(10, 20) AS j)) AS s
  FROM generate_series(1, 900) AS i;
CREATE TABLE another AS SELECT breakdown_agg('label ' || i, '[0,10]{0,0,0,0,0,0,0,0,0,0,7}') AS other
  FROM generate_series(295, 305) AS i;
CREATE TABLE whole AS
SELECT size, breakdown_agg(label, s) AS whole FROM source, (VALUES ('large'), ('small')) AS s(size)
 WHERE size = 'large' OR id <= 3 GROUP BY size;

-- an aggregate that hands out its state; one that starts from any value; one whose state is what its rows are
CREATE AGGREGATE growing(text, rating_summary) (
	SFUNC = cxjourney_internal.rating_breakdown_accum, STYPE = rating_breakdown,
	COMBINEFUNC = cxjourney_internal.rating_breakdown_combine, PARALLEL = SAFE);
CREATE AGGREGATE merged(rating_breakdown) (
	SFUNC = cxjourney_internal.rating_breakdown_combine, STYPE = rating_breakdown,
	FINALFUNC = cxjourney_internal.rating_breakdown_final,
	COMBINEFUNC = cxjourney_internal.rating_breakdown_combine, PARALLEL = SAFE);
CREATE FUNCTION times(rating_breakdown, times bigint) RETURNS rating_breakdown LANGUAGE sql IMMUTABLE
	AS 'SELECT merged($1) FROM generate_series(1, times)';
CREATE FUNCTION give(rating_breakdown, rating_breakdown) RETURNS rating_breakdown LANGUAGE sql IMMUTABLE PARALLEL SAFE
	AS 'SELECT $2';
CREATE AGGREGATE given(rating_breakdown) (
	SFUNC = give, STYPE = rating_breakdown, FINALFUNC = cxjourney_internal.rating_breakdown_final,
	COMBINEFUNC = cxjourney_internal.rating_breakdown_combine, PARALLEL = SAFE);

-- Each in every form: as it is, if it fits, behind a header of one byte, compressed, out of line; packed and growing.
CREATE TABLE held (form text, size text, growing boolean, padding text, v rating_breakdown)
	WITH (toast_tuple_target = 128);
ALTER TABLE held ALTER form SET STORAGE PLAIN, ALTER size SET STORAGE PLAIN, ALTER padding SET STORAGE PLAIN;
CREATE FUNCTION hold(form text, storage text, padding text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE 'ALTER TABLE held ALTER v SET STORAGE ' || storage;
	INSERT INTO held SELECT form, size, false, padding, whole FROM whole WHERE size = 'small' OR form <> 'plain';
	INSERT INTO held SELECT form, size, true, padding, growing(label, s) FROM source, whole
	 WHERE size = 'large' AND form <> 'plain' OR size = 'small' AND id <= 3 GROUP BY size;
END $$;
SELECT hold('plain', 'PLAIN', ''), hold('short', 'EXTENDED', ''), hold('compressed', 'MAIN', repeat('.', 1500)),
	hold('external', 'EXTERNAL', repeat('.', 1500));
SELECT growing, count(*) AS held, count(*) FILTER (WHERE pg_column_compression(v) IS NOT NULL) > 0 AS compressed,
       count(DISTINCT pg_column_size(v)) > 2 AS of_other_lengths
  FROM held GROUP BY growing ORDER BY growing;

-- Here and in another session each reads as its value, and is counted on when it is the state of an aggregate.
CREATE FUNCTION differences(OUT held bigint, OUT unequal bigint, OUT unmerged bigint, OUT ungiven bigint)
	LANGUAGE sql AS $$
	SELECT count(*), count(*) FILTER (WHERE v <> whole OR v::text <> whole::text
			OR cxjourney_internal.rating_breakdown_hash(v) <> cxjourney_internal.rating_breakdown_hash(whole)
			OR cxjourney_internal.rating_breakdown_send(v) <> cxjourney_internal.rating_breakdown_send(whole)),
		count(*) FILTER (WHERE (SELECT merged(x) FROM (VALUES (v), (whole), (v)) AS r(x)) <> whole + whole + whole
			OR (SELECT merged(x) FROM (VALUES (v), (other), (v)) AS r(x)) <> whole + other + whole
			OR (SELECT merged(x) FROM (VALUES (other), (v)) AS r(x)) <> whole + other),
		count(*) FILTER (WHERE (SELECT given(x) FROM (VALUES (other), (v)) AS r(x)) <> whole)
	  FROM held JOIN whole USING (size), another
$$;
SELECT * FROM differences();

-- In a moving frame, when a row goes, what is held takes the place of the state; the row that comes is counted on it.
CREATE FUNCTION take_held(rating_breakdown, text, rating_summary) RETURNS rating_breakdown
	LANGUAGE sql STABLE AS 'SELECT v FROM breakdown_state_test.held
		WHERE ctid = current_setting(''breakdown_state_test.taken'')::tid';
CREATE AGGREGATE taken(text, rating_summary) (
	SFUNC = cxjourney_internal.rating_breakdown_accum, STYPE = rating_breakdown,
	MSFUNC = cxjourney_internal.rating_breakdown_accum, MINVFUNC = take_held, MSTYPE = rating_breakdown,
	MFINALFUNC = cxjourney_internal.rating_breakdown_final);
CREATE FUNCTION moving(OUT frames bigint, OUT wrong bigint) LANGUAGE plpgsql AS $$
DECLARE
	place tid;
	expected rating_breakdown;
	wrong_here bigint;
BEGIN
	frames := 0;
	wrong := 0;
	FOR place, expected IN SELECT held.ctid, whole FROM held JOIN whole USING (size) LOOP
		PERFORM set_config('breakdown_state_test.taken', place::text, false);
		SELECT count(*) FILTER (WHERE got <> expected + one) INTO wrong_here FROM (
			SELECT id, taken(label, s) OVER frames AS got,
				lead((SELECT breakdown_agg(l, r) FROM (VALUES (label, s)) AS v(l, r))) OVER frames AS one
			  FROM source WHERE id <= 5
			WINDOW frames AS (ORDER BY id ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)) AS f WHERE id BETWEEN 2 AND 4;
		frames := frames + 3;
		wrong := wrong + wrong_here;
	END LOOP;
END $$;
SELECT * FROM moving();
\c -
\i :test/helpers.sql
SET client_min_messages = warning;
SET search_path = breakdown_state_test, public;
SELECT * FROM differences();
SELECT * FROM moving();

-- Workers hand states with marks of their own to the leader, and whatever value a function of one's own gives them.
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
ALTER TABLE source SET (parallel_workers = 4);
ALTER TABLE held SET (parallel_workers = 4);
SELECT pg_temp.plan_has('SELECT growing(label, s) FROM source', '"Partial Mode": "Partial"') AS parallel;
SELECT pg_temp.plan_has('SELECT given(v) FROM held', '"Partial Mode": "Partial"') AS parallel;
SELECT growing(label, s) = (SELECT whole FROM whole WHERE size = 'large') AS same FROM source;
SELECT size, merged(v) = times(whole, count(*)) AS as_many_times, count(*)
  FROM held JOIN whole USING (size) GROUP BY size, whole ORDER BY size;
SELECT merged(v) = (SELECT merged(times(whole, CASE size WHEN 'large' THEN 6 ELSE 8 END)) FROM whole) AS all_of_them
  FROM held;
-- of what workers are given the last value of each remains, however many there are
SELECT size, EXISTS (SELECT FROM generate_series(1, 5) AS times, whole AS w
	WHERE w.size = h.size AND v = times(whole, times)) AS a_multiple
  FROM (SELECT size, given(v) AS v FROM held GROUP BY size) AS h ORDER BY size;

-- Workers that saw answers of another scale, or weighted ones, end in an error that says so.
CREATE TABLE mixed AS SELECT id, label, CASE WHEN id % 2 = 0 THEN s ELSE '[1,5]{1,1,1,1,1}' END AS s FROM source;
ALTER TABLE mixed SET (parallel_workers = 4);
SELECT pg_temp.message_of('SELECT growing(label, s) FROM breakdown_state_test.mixed') ~ '^22023 ' AS refused;
UPDATE mixed SET s = '[0,10]{0,0,0,0,0,0,0,0,0,0,1}' WHERE id % 2 = 1;
SELECT pg_temp.message_of('SELECT growing(label, s) FROM breakdown_state_test.mixed') AS one_scale;
UPDATE mixed SET s = s * 0.5 WHERE id % 3 = 1;
SELECT pg_temp.message_of('SELECT growing(label, s) FROM breakdown_state_test.mixed');
RESET search_path;
DROP SCHEMA breakdown_state_test CASCADE;
