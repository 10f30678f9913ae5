--
-- csat_agg with satisfied_from, against hand-written SQL: one process, many,
-- partition by partition, moving, merged; and where the cut-off travels.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never

-- by hand: of the 4 answers 1, 4, 5, 7 there are 2 from 5 on, 3 from 4 on, 4 from 1 on, 1 from 7 on
SELECT cut_off, csat_agg(score, '[1,7]', cut_off)
  FROM (VALUES (1), (4), (5), (7), (NULL)) v(score), unnest(ARRAY[5, 4, 1, 7]) cut_off
 GROUP BY cut_off ORDER BY cut_off;
SELECT csat_agg(score, '[1,7]', NULL) = csat_agg(score, '[1,7]') AS null_is_the_rule
  FROM (VALUES (1), (4), (5), (7), (NULL)) v(score);
SELECT csat_agg(score, '[1,10]', 9) FROM generate_series(1, 10) score;
-- literals find their function, whatever stands there
SELECT csat_agg(4, '[1,7]') AS scale;
SELECT csat_agg(4, '[1,7]', 4) AS cut_off;
SELECT csat_agg('[1,3]{1,2,3}', 2) AS summary;
SELECT csat_agg(4.0, '[1,7]', '4') AS quoted;
SELECT csat_agg(4::smallint, '[1,7]', 4::smallint) AS small;
-- no answers give NULL; a cut-off that no answer has does not matter
SELECT csat_agg(NULL::integer, '[1,7]', 5) AS no_answer;
SELECT csat_agg(NULL::integer, '[1,7]', 99) AS no_answer_off_the_scale;
SELECT csat_agg(NULL::rating_summary, 5) AS no_summary;
SELECT csat_agg('[1,7]{0,0,0,0,0,0,0}'::rating_summary, 99) AS empty_summary;
SELECT csat_agg(score, scale, cut_off) AS answers_alone
  FROM (VALUES (5, '[1,7]'::int4range, 5), (NULL, '[1,9]', 8), (NULL, NULL, NULL),
               (4, '[1,7]', 5)) v(score, scale, cut_off);

-- 30,000 random answers on 1..7 and 1..10 in 40 groups, NULL in every fifth and in all of every seventh group
CREATE TABLE asked (id int, grp int, seven int, ten int, flag boolean) PARTITION BY HASH (grp);
CREATE TABLE asked_0 PARTITION OF asked FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TABLE asked_1 PARTITION OF asked FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO asked
SELECT i, grp,
       CASE WHEN grp % 7 > 0 AND pg_temp.random_int(i, 1, 5) > 0 THEN 1 + pg_temp.random_int(i, 2, 7) END,
       CASE WHEN grp % 7 > 0 AND pg_temp.random_int(i, 3, 5) > 0 THEN 1 + pg_temp.random_int(i, 4, 10) END,
       pg_temp.random_int(i, 5, 2) = 0
  FROM generate_series(1, 30000) i, pg_temp.random_int(i, 6, 40) grp;
ANALYZE asked;
CREATE TABLE by_hand AS
SELECT grp, 100.0 * count(*) FILTER (WHERE seven >= 5) / nullif(count(seven), 0) AS five,
       100.0 * count(*) FILTER (WHERE ten >= 9) / nullif(count(ten), 0) AS nine,
       100.0 * count(*) FILTER (WHERE seven >= 3 AND flag) / nullif(count(seven) FILTER (WHERE flag), 0) AS flagged,
       100.0 * count(DISTINCT ten) FILTER (WHERE ten >= 8) / nullif(count(DISTINCT ten), 0) AS distinct_scores
  FROM asked GROUP BY grp;
CREATE FUNCTION wrong(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM by_hand h FULL JOIN (%s) q USING (grp)
		WHERE ROW(h.five, h.nine, h.flagged)::text IS DISTINCT FROM ROW(q.five, q.nine, q.flagged)::text',
		query) INTO result;
	RETURN result;
END $$;
CREATE TABLE query (name text PRIMARY KEY, query text);
INSERT INTO query
SELECT type, format($$SELECT grp, csat_agg(seven::%1$s, '[1,7]', 5) AS five, csat_agg(ten::%1$s, '[1,10]', 9) AS nine,
		csat_agg(seven::%1$s, '[1,7]', 3) FILTER (WHERE flag) AS flagged FROM asked GROUP BY grp$$, type)
  FROM unnest(ARRAY['smallint', 'integer', 'bigint', 'numeric', 'double precision']) type;
INSERT INTO query VALUES
	('stored', $$SELECT grp, csat_agg(s, 5) AS five, csat_agg(t, 9) AS nine, csat_agg(f, 3) AS flagged
		FROM (SELECT grp, rating_agg(seven, '[1,7]') AS s, rating_agg(ten, '[1,10]') AS t,
			rating_agg(seven, '[1,7]') FILTER (WHERE flag) AS f FROM asked GROUP BY grp, id % 10) parts GROUP BY grp$$),
	('read', $$SELECT grp, csat(rating_agg(seven, '[1,7]'), 5) AS five, csat(rating_agg(ten, '[1,10]'), 9) AS nine,
		csat(rating_agg(seven, '[1,7]') FILTER (WHERE flag), 3) AS flagged FROM asked GROUP BY grp$$),
	('weighted', $$SELECT grp, csat_agg(s, 5) AS five, csat_agg(t, 9) AS nine, csat_agg(f, 3) AS flagged
		FROM (SELECT grp, rating_agg(seven, '[1,7]', 1) AS s, rating_agg(ten, '[1,10]', 1) AS t,
			rating_agg(seven, '[1,7]', 1) FILTER (WHERE flag) AS f FROM asked GROUP BY grp, id % 10) parts
		GROUP BY grp$$),
	('moving', $$SELECT DISTINCT ON (grp) grp, csat_agg(seven, '[1,7]', 5) OVER w AS five,
		csat_agg(ten, '[1,10]', 9) OVER w AS nine, csat_agg(seven, '[1,7]', 3) FILTER (WHERE flag) OVER w AS flagged
		FROM asked WINDOW w AS (PARTITION BY grp ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
		ORDER BY grp, id$$);

SET max_parallel_workers_per_gather = 0;
SELECT name, wrong(query) FROM query ORDER BY name COLLATE "C";
SELECT count(*) AS groups, count(h.distinct_scores) AS with_answers,
       count(*) FILTER (WHERE h.distinct_scores IS DISTINCT FROM q.scores) AS wrong_distinct,
       count(*) FILTER (WHERE h.nine IS DISTINCT FROM q.ordered) AS wrong_ordered
  FROM by_hand h
  JOIN (SELECT grp, csat_agg(DISTINCT ten, '[1,10]', 8) AS scores, csat_agg(ten, '[1,10]', 9 ORDER BY id) AS ordered
          FROM asked GROUP BY grp) q USING (grp);

-- many processes
SET max_parallel_workers_per_gather = 4;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT name, pg_temp.plan_has(query, '"Partial Mode": "Partial"') AS parallel, wrong(query)
  FROM query WHERE name NOT IN ('moving', 'stored', 'weighted') ORDER BY name COLLATE "C";
CREATE TABLE parts AS SELECT grp, id % 10 AS part, rating_agg(seven, '[1,7]') AS s FROM asked GROUP BY grp, part;
ANALYZE parts;
SELECT pg_temp.plan_has('SELECT grp, csat_agg(s, 5) FROM parts GROUP BY grp', '"Partial Mode": "Partial"') AS parallel;
SELECT count(*) AS groups, count(*) FILTER (WHERE h.five IS DISTINCT FROM q.five) AS wrong
  FROM by_hand h JOIN (SELECT grp, csat_agg(s, 5) AS five FROM parts GROUP BY grp) q USING (grp);
-- a cut-off of its own in each partition is found out when their states meet
SELECT regexp_replace(pg_temp.message_of($$
	SELECT csat_agg(seven, '[1,7]', CASE WHEN tableoid = 'asked_0'::regclass THEN 5 ELSE 6 END) FROM asked$$),
	'[56] and [56]', '# and #') AS message_of;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- partition by partition: whole groups, and partial ones where the key is another
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
SELECT name, pg_temp.plan_has(query, 'Append.*Aggregate') AS partitionwise, wrong(query)
  FROM query WHERE name NOT IN ('moving', 'stored', 'weighted') ORDER BY name COLLATE "C";
SELECT pg_temp.plan_has($$SELECT flag, csat_agg(ten, '[1,10]', 9) FROM asked GROUP BY flag$$,
	'Append.*"Partial Mode": "Partial"') AS partial;
SELECT count(*) AS flags, count(*) FILTER (WHERE q.nine IS DISTINCT FROM h.nine) AS wrong
  FROM (SELECT flag, csat_agg(ten, '[1,10]', 9) AS nine FROM asked GROUP BY flag) q
  JOIN (SELECT flag, 100.0 * count(*) FILTER (WHERE ten >= 9) / count(ten) AS nine
          FROM asked GROUP BY flag) h USING (flag);
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;

-- moving frames, against the same frames counted by hand; with a stretch of nothing but NULL
CREATE TABLE framed AS
SELECT row_number() OVER (ORDER BY id) AS i, CASE WHEN id % 500 > 60 THEN ten END AS ten FROM asked WHERE id <= 1500;
ALTER TABLE framed ADD one rating_summary;
UPDATE framed SET one = (SELECT rating_agg(score, '[1,10]') FROM (SELECT ten) v(score))
 WHERE i % 3 > 0 OR ten IS NOT NULL;
UPDATE framed SET one = '[1,10]{0,0,0,0,0,0,0,0,0,0}' WHERE one IS NULL AND i % 2 = 0;
CREATE TABLE moved AS
SELECT '29 preceding' AS frame, i, csat_agg(ten, '[1,10]', 9) OVER w AS nine, csat_agg(one, 9) OVER w AS merged
  FROM framed WINDOW w AS (ORDER BY i ROWS 29 PRECEDING)
UNION ALL
SELECT '5 around but this', i, csat_agg(ten, '[1,10]', 9) OVER w, csat_agg(one, 9) OVER w
  FROM framed WINDOW w AS (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW);
SELECT frame, count(*) AS frames, count(m.nine) AS with_answers,
       count(*) FILTER (WHERE m.nine IS DISTINCT FROM h.nine) AS wrong,
       count(*) FILTER (WHERE m.merged IS DISTINCT FROM h.nine) AS wrong_merged
  FROM moved m JOIN framed f USING (i),
       LATERAL (SELECT 100.0 * count(*) FILTER (WHERE g.ten >= 9) / nullif(count(g.ten), 0) AS nine
                  FROM framed g
                 WHERE CASE frame WHEN '29 preceding' THEN g.i BETWEEN f.i - 29 AND f.i
                                  ELSE g.i BETWEEN f.i - 5 AND f.i + 5 AND g.i <> f.i END) h
 GROUP BY frame ORDER BY frame;
-- a frame that has moved on to another scale or cut-off is one of its own
SELECT i, csat_agg(score, scale, cut_off) OVER w, csat_agg(s, cut_off) OVER w AS of_summaries
  FROM (VALUES (1, NULL, NULL, NULL), (2, 3, '[1,5]'::int4range, 3), (3, NULL, '[1,5]', 4), (4, 3, '[1,5]', 4),
               (5, NULL, NULL, NULL), (6, 9, '[0,10]', 9)) v(i, score, scale, cut_off),
       LATERAL (SELECT rating_agg(a.score, a.scale) AS s FROM (SELECT v.score, v.scale) a) r
WINDOW w AS (ORDER BY i ROWS 1 PRECEDING);
-- but within one frame it is one
SELECT csat_agg(score, '[1,5]', cut_off) OVER (ORDER BY i ROWS 1 PRECEDING)
  FROM (VALUES (1, 3, 3), (2, 3, 4)) v(i, score, cut_off);

-- final functions see nothing but the state: no aggregate of the extension asks for more, but one that is array_agg
SELECT count(*) > 50 AS aggregates, count(*) FILTER (WHERE (aggfinalextra OR aggmfinalextra)
		AND aggfinalfn <> 'array_agg_finalfn'::regproc) AS with_extra_arguments
  FROM pg_aggregate a
  JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = a.aggfnoid
   AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e'
  JOIN pg_extension e ON e.oid = d.refobjid AND e.extname = 'cxjourney';

-- the state travels as text and as binary, cut-off and all
CREATE AGGREGATE pg_temp.state_of(integer, int4range, integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = cxjourney_internal.csat_state);
CREATE AGGREGATE pg_temp.state_of(rating_summary, integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = cxjourney_internal.csat_state);
CREATE AGGREGATE pg_temp.meet(cxjourney_internal.csat_state) (
	SFUNC = cxjourney_internal.csat_combine, STYPE = cxjourney_internal.csat_state,
	FINALFUNC = cxjourney_internal.csat_final);
SELECT pg_temp.state_of(score, '[-3,3]', -1) AS of_answers FROM generate_series(-2, 2) score;
SELECT pg_temp.state_of('[1,5]{0,2,5,9,4}', 5) AS of_summaries FROM generate_series(-2, 2);
SELECT pg_temp.state_of('[0,1]{3:2.5:2.125,1:0.25:0.0625}', NULL) AS weighted FROM generate_series(-2, 2);
CREATE TEMP TABLE state AS
	SELECT grp % 5 AS part, pg_temp.state_of(ten, '[1,10]', 9) AS state FROM asked GROUP BY part;
CREATE TEMP TABLE received (LIKE state);
SELECT bool_and(state::text ~ '^\[1,10\]\{[0-9,]+\}>=9$') AS with_cut_off FROM state;
\copy state TO 'results/csat_state.bin' (FORMAT binary)
\copy received FROM 'results/csat_state.bin' (FORMAT binary)
SELECT bool_and(s.state::text = r.state::text) AS same FROM state s JOIN received r USING (part);
SELECT pg_temp.meet(state ORDER BY part) = pg_temp.meet(state ORDER BY part DESC) AS commutes FROM received;
SELECT pg_temp.meet(state::text::cxjourney_internal.csat_state)
       = (SELECT csat_agg(ten, '[1,10]', 9) FROM asked) AS equal
  FROM received;
-- one without answers goes with any
CREATE TEMP TABLE empty AS
SELECT i, s::cxjourney_internal.csat_state
  FROM (VALUES (1, '[1,5]{0,0,0,0,0}'), (2, '[1,3]{1,1,2}>=3'), (3, '[1,7]{0,0,0,0,0,0,0}>=2')) v(i, s);
SELECT pg_temp.meet(s ORDER BY i) AS forward, pg_temp.meet(s ORDER BY i DESC) AS backward FROM empty;
SELECT pg_temp.meet(s::cxjourney_internal.csat_state) FROM (VALUES ('[1,3]{1,1,2}>=3'), ('[1,3]{1,1,2}>=2')) v(s);
SELECT pg_temp.meet(s::cxjourney_internal.csat_state) FROM (VALUES ('[1,3]{1,1,2}>=3'), ('[1,4]{1,1,2,1}>=3')) v(s);
-- an aggregate of one's own may give back a stored state, behind a short header: 3 answers of 2, then those of the row
CREATE TEMP TABLE kept (s cxjourney_internal.csat_state);
INSERT INTO kept VALUES ('[1,3]{0,3,0}>=2');
CREATE FUNCTION pg_temp.give(cxjourney_internal.csat_state, integer, int4range, integer)
RETURNS cxjourney_internal.csat_state LANGUAGE sql AS 'SELECT s FROM pg_temp.kept';
CREATE AGGREGATE pg_temp.restored(integer, int4range, integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = cxjourney_internal.csat_state,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = pg_temp.give, MSTYPE = cxjourney_internal.csat_state);
SELECT i, pg_temp.restored(i, '[1,3]', 2) OVER (ORDER BY i ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING)
  FROM generate_series(1, 3) i;

DROP TABLE asked, by_hand, query, parts, framed, moved;
DROP FUNCTION wrong;
