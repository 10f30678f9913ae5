--
-- A binary message may have labels in another order than the stored form has, one of them twice, or one that nothing
-- uses. There is one stored form of a content, by which = and hash go: so it becomes that form, or it is refused.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
SET timezone = 'UTC';
SET client_min_messages = warning;
SET search_path = public, cxjourney_internal;

-- what messages are made of: labels, numbers of 4 bytes and of 8, sums of 16
CREATE FUNCTION pg_temp.l(label text) RETURNS bytea LANGUAGE sql
	RETURN int4send(octet_length(label)) || convert_to(label, 'UTF8');
CREATE FUNCTION pg_temp.n(VARIADIC numbers int[]) RETURNS bytea LANGUAGE sql
	RETURN (SELECT string_agg(int4send(x), '' ORDER BY i) FROM unnest(numbers) WITH ORDINALITY t (x, i));
CREATE FUNCTION pg_temp.w(VARIADIC numbers bigint[]) RETURNS bytea LANGUAGE sql
	RETURN (SELECT string_agg(int8send(x), '' ORDER BY i) FROM unnest(numbers) WITH ORDINALITY t (x, i));
CREATE FUNCTION pg_temp.s(VARIADIC numbers numeric[]) RETURNS bytea LANGUAGE sql
	RETURN (SELECT string_agg(int8send(0) || int8send(x::bigint), '' ORDER BY i)
			  FROM unnest(numbers) WITH ORDINALITY t (x, i));

CREATE TEMP TABLE message (type text, name text, b bytea);
-- {a@2000-01-01, b@2000-01-01, b@2000-01-02}: labels, visits (time, label)
INSERT INTO message SELECT 'journey', name, '\x0100' || labels || pg_temp.n(3) || visits FROM (VALUES
	('sent', pg_temp.n(2) || pg_temp.l('a') || pg_temp.l('b'),
	 pg_temp.w(0) || pg_temp.n(0) || pg_temp.w(0) || pg_temp.n(1) || pg_temp.w(86400000000) || pg_temp.n(1)),
	('labels in another order', pg_temp.n(2) || pg_temp.l('b') || pg_temp.l('a'),
	 pg_temp.w(0) || pg_temp.n(1) || pg_temp.w(0) || pg_temp.n(0) || pg_temp.w(86400000000) || pg_temp.n(0)),
	('label twice', pg_temp.n(3) || pg_temp.l('b') || pg_temp.l('a') || pg_temp.l('b'),
	 pg_temp.w(0) || pg_temp.n(1) || pg_temp.w(0) || pg_temp.n(0) || pg_temp.w(86400000000) || pg_temp.n(2)),
	('label that no visit has', pg_temp.n(3) || pg_temp.l('a') || pg_temp.l('aa') || pg_temp.l('b'),
	 pg_temp.w(0) || pg_temp.n(0) || pg_temp.w(0) || pg_temp.n(2) || pg_temp.w(86400000000) || pg_temp.n(2)),
	('visits in another order', pg_temp.n(2) || pg_temp.l('a') || pg_temp.l('b'),
	 pg_temp.w(86400000000) || pg_temp.n(1) || pg_temp.w(0) || pg_temp.n(1) || pg_temp.w(0) || pg_temp.n(0)))
	v (name, labels, visits);
-- a seq that is 0 for all, and values that none has, need no place
INSERT INTO message
SELECT 'journey', name, flags || pg_temp.n(2) || pg_temp.l('a') || pg_temp.l('b') || pg_temp.n(3) ||
       pg_temp.w(0) || pg_temp.w(more) || pg_temp.n(0) || pg_temp.w(0) || pg_temp.w(more) || pg_temp.n(1) ||
       pg_temp.w(86400000000) || pg_temp.w(more) || pg_temp.n(1)
  FROM (VALUES ('seq of 0', '\x0102'::bytea, 0), ('no value', '\x0104', -9223372036854775808)) v (name, flags, more);

-- {(start) > a = 1, a > a = 1 in 4us [4+1], a > b = 1 in 4us [4+1], b > (end) = 1}: labels, edges (from, to, how often,
-- times), stages from 1 on
INSERT INTO message SELECT 'flow', name, '\x0100' || labels || edges FROM (SELECT
	pg_temp.n(1) || pg_temp.s(4) || pg_temp.n(4) || pg_temp.w(1) AS t) t, LATERAL (VALUES
	('sent', pg_temp.n(2) || pg_temp.l('a') || pg_temp.l('b'), pg_temp.n(4, 0, 1) || pg_temp.w(1) || pg_temp.n(1, 1) ||
	 pg_temp.w(1) || t || pg_temp.n(1, 2) || pg_temp.w(1) || t || pg_temp.n(2, 0) || pg_temp.w(1)),
	('labels in another order', pg_temp.n(2) || pg_temp.l('b') || pg_temp.l('a'), pg_temp.n(4, 0, 2) || pg_temp.w(1) ||
	 pg_temp.n(2, 2) || pg_temp.w(1) || t || pg_temp.n(2, 1) || pg_temp.w(1) || t || pg_temp.n(1, 0) || pg_temp.w(1)),
	('edges in another order', pg_temp.n(2) || pg_temp.l('a') || pg_temp.l('b'), pg_temp.n(4, 2, 0) || pg_temp.w(1) ||
	 pg_temp.n(1, 2) || pg_temp.w(1) || t || pg_temp.n(1, 1) || pg_temp.w(1) || t || pg_temp.n(0, 1) || pg_temp.w(1)),
	('label twice', pg_temp.n(3) || pg_temp.l('a') || pg_temp.l('b') || pg_temp.l('a'), pg_temp.n(4, 0, 1) ||
	 pg_temp.w(1) || pg_temp.n(1, 3) || pg_temp.w(1) || t || pg_temp.n(3, 2) || pg_temp.w(1) || t || pg_temp.n(2, 0) ||
	 pg_temp.w(1)),
	('label that no edge has', pg_temp.n(3) || pg_temp.l('a') || pg_temp.l('b') || pg_temp.l('c'),
	 pg_temp.n(4, 0, 1) || pg_temp.w(1) || pg_temp.n(1, 1) || pg_temp.w(1) || t || pg_temp.n(1, 2) ||
	 pg_temp.w(1) || t || pg_temp.n(2, 0) || pg_temp.w(1))) v (name, labels, edges);

-- goal {a 1 0 0.5 0.5; 0.5 1 -1, b 0 1 0.5 0.5; 0.5 1 1} [^ > a 1, a > b 1, b > $ 1]: touchpoints, steps
INSERT INTO message SELECT 'attribution', name, '\x0202' || pg_temp.w(0) || pg_temp.l('goal') || rest FROM (SELECT
	pg_temp.l('a') || pg_temp.s(1e12, 0, 5e11, 5e11, 5e11) || pg_temp.w(1, -1) AS a,
	pg_temp.l('b') || pg_temp.s(0, 1e12, 5e11, 5e11, 5e11) || pg_temp.w(1, 1) AS b,
	pg_temp.l('c') || pg_temp.s(0, 0, 0, 0, 0) || pg_temp.w(0, 0) AS c) row, LATERAL (VALUES
	('sent', pg_temp.n(2, 3) || a || b || pg_temp.n(0, 2) || pg_temp.w(1) || pg_temp.n(1, 3) || pg_temp.w(1) ||
	 pg_temp.n(2, 0) || pg_temp.w(1)),
	('labels in another order', pg_temp.n(2, 3) || b || a || pg_temp.n(0, 3) || pg_temp.w(1) || pg_temp.n(2, 2) ||
	 pg_temp.w(1) || pg_temp.n(1, 0) || pg_temp.w(1)),
	('steps in another order', pg_temp.n(2, 3) || a || b || pg_temp.n(2, 0) || pg_temp.w(1) || pg_temp.n(1, 3) ||
	 pg_temp.w(1) || pg_temp.n(0, 2) || pg_temp.w(1)),
	('label twice', pg_temp.n(3, 3) || a || b || a || pg_temp.n(0, 2) || pg_temp.w(1) || pg_temp.n(1, 3) ||
	 pg_temp.w(1) || pg_temp.n(2, 0) || pg_temp.w(1)),
	('label that no step has', pg_temp.n(3, 3) || a || b || c || pg_temp.n(0, 2) || pg_temp.w(1) || pg_temp.n(1, 3) ||
	 pg_temp.w(1) || pg_temp.n(2, 0) || pg_temp.w(1))) v (name, rest);

-- {a = [1, 2], b = [3, 4], (null) = [0, 5]} on [0, 1]: each label and its summary
INSERT INTO message SELECT 'breakdown', name, '\x0100' || rest FROM (SELECT
	pg_temp.l('a') || rating_summary_send('[0,1]{1,2}') AS a, pg_temp.l('b') || rating_summary_send('[0,1]{3,4}') AS b,
	pg_temp.l('c') || rating_summary_send('[0,1]{0,0}') AS c, pg_temp.n(-1) || rating_summary_send('[0,1]{0,5}') AS u)
	part, LATERAL (VALUES
	('sent', pg_temp.n(3) || a || b || u), ('labels in another order', pg_temp.n(3) || u || b || a),
	('label twice', pg_temp.n(4) || a || b || u || a), ('unknown label twice', pg_temp.n(4) || a || b || u || u),
	('label without answers', pg_temp.n(4) || a || b || c || u)) v (name, rest);

-- {a = 2, b = 3} in 4 comments: comments, terms (in how many, which)
INSERT INTO message SELECT 'terms', name, '\x0100' || pg_temp.w(4) || rest FROM (VALUES
	('sent', pg_temp.n(2) || pg_temp.w(2) || pg_temp.l('a') || pg_temp.w(3) || pg_temp.l('b')),
	('labels in another order', pg_temp.n(2) || pg_temp.w(3) || pg_temp.l('b') || pg_temp.w(2) || pg_temp.l('a')),
	('label twice', pg_temp.n(3) || pg_temp.w(1) || pg_temp.l('a') || pg_temp.w(3) || pg_temp.l('b') || pg_temp.w(1) ||
	 pg_temp.l('a')),
	('label of no comment', pg_temp.n(3) || pg_temp.w(2) || pg_temp.l('a') || pg_temp.w(3) || pg_temp.l('b') ||
	 pg_temp.w(0) || pg_temp.l('c'))) v (name, rest);

-- {x > y; within 2 days; landmark 1 day; too recent 0, early 0, reached 4, missed 6; [a = 1 + 2, b = 2 + 0]}
INSERT INTO message
SELECT 'contrast', name, '\x0100' || pg_temp.w(172800000000, 86400000000) || pg_temp.l(path) || pg_temp.w(0, 0, 4, 6) ||
       rest
  FROM (VALUES
	('sent', 'x > y', pg_temp.n(2) || pg_temp.l('a') || pg_temp.w(1, 2) || pg_temp.l('b') || pg_temp.w(2, 0)),
	('path in other words', '"x">y', pg_temp.n(2) || pg_temp.l('a') || pg_temp.w(1, 2) || pg_temp.l('b') ||
	 pg_temp.w(2, 0)),
	('labels in another order', 'x > y', pg_temp.n(2) || pg_temp.l('b') || pg_temp.w(2, 0) || pg_temp.l('a') ||
	 pg_temp.w(1, 2)),
	('label twice', 'x > y', pg_temp.n(3) || pg_temp.l('a') || pg_temp.w(1, 0) || pg_temp.l('b') || pg_temp.w(2, 0) ||
	 pg_temp.l('a') || pg_temp.w(0, 2)),
	('label that nobody saw', 'x > y', pg_temp.n(3) || pg_temp.l('a') || pg_temp.w(1, 2) || pg_temp.l('b') ||
	 pg_temp.w(2, 0) || pg_temp.l('c') || pg_temp.w(0, 0))) v (name, path, rest);

-- {from a to b [5: 2 + 1 in 15us, 6: 1 + 0 in 6us]}
INSERT INTO message
SELECT 'survival', name, '\x010001'::bytea || pg_temp.l('a') || pg_temp.l('b') || rest
  FROM (SELECT pg_temp.n(5) || pg_temp.w(2, 1) || pg_temp.s(15) AS five,
	pg_temp.n(6) || pg_temp.w(1, 0) || pg_temp.s(6) AS six, pg_temp.n(7) || pg_temp.w(0, 0) || pg_temp.s(0) AS seven) b,
	LATERAL (VALUES
	('sent', pg_temp.n(2) || five || six), ('buckets in another order', pg_temp.n(2) || six || five),
	('bucket twice', pg_temp.n(3) || five || six || six), ('bucket of no wait', pg_temp.n(3) || five || six || seven))
	v (name, rest);

-- a > b by week for 1 periods in UTC until unknown {2026-01-05 streak [1] returned [0] later [0], 2026-01-12 streak [2]
-- returned [0] later [0]}; order by month in UTC open from 2026-03-01 {2026-01-01 new 9 returning 0 resurrected 0
-- dormant 0, 2026-02-01 new 3 returning 0 resurrected 0 dormant 9}
CREATE TEMP VIEW head AS
SELECT 'cohorts' AS type, '\x0100020000000100000000000000000000000161000000016200000003555443'::bytea AS b,
       pg_temp.w(9501) || pg_temp.n(1) || pg_temp.w(1) || pg_temp.n(0, 0) AS first,
       pg_temp.w(9508) || pg_temp.n(1) || pg_temp.w(2) || pg_temp.n(0, 0) AS second,
       pg_temp.w(9515) || pg_temp.n(0, 0, 0) AS third
UNION ALL
SELECT 'lifecycle', '\x010003000000000000000000002554000000056f7264657200000003555443',
       pg_temp.w(9497) || pg_temp.n(1) || pg_temp.w(9) || pg_temp.n(0, 0, 0),
       pg_temp.w(9528) || pg_temp.n(1) || pg_temp.w(3) || pg_temp.n(0, 0, 1) || pg_temp.w(9),
       pg_temp.w(9556) || pg_temp.n(0, 0, 0, 0);
INSERT INTO message
SELECT type, name, b || rest FROM head, LATERAL (VALUES
	('sent', pg_temp.n(2) || first || second), ('periods in another order', pg_temp.n(2) || second || first),
	('period twice', pg_temp.n(3) || first || second || second),
	('period of no customers', pg_temp.n(3) || first || second || third)) v (name, rest);

-- x > y; {x > y; 2, 1 in 4us [4+1]}: a path comes as its text
INSERT INTO message
SELECT 'path', name, '\x01'::bytea || convert_to(path, 'UTF8')
  FROM (VALUES ('sent', 'x > y'), ('in other words', '"x">y')) v (name, path)
UNION ALL
SELECT 'funnel', name, '\x0100'::bytea || pg_temp.l(path) || pg_temp.w(3, 2) || pg_temp.n(0) || pg_temp.w(1) ||
       pg_temp.n(1) || pg_temp.s(4) || pg_temp.n(4) || pg_temp.w(1)
  FROM (VALUES ('sent', 'x > y'), ('in other words', '"x">y')) v (name, path);

-- the types that these are, and what is sent of them
CREATE TEMP TABLE kind (type text, of regtype, send regproc, hash regproc, v text);
INSERT INTO kind VALUES
	('path', 'journey_path', 'journey_path_send', 'journey_path_hash', 'x > y'),
	('funnel', 'journey_funnel', 'journey_funnel_send', 'journey_funnel_hash', '{x > y; 2, 1 in 4us [4+1]}'),
	('journey', 'journey', 'journey_send', 'journey_hash', '{a@2000-01-01, b@2000-01-01, b@2000-01-02}'),
	('flow', 'journey_flow', 'journey_flow_send', 'journey_flow_hash',
	 '{(start) > a = 1, a > a = 1 in 4us [4+1], a > b = 1 in 4us [4+1], b > (end) = 1}'),
	('attribution', 'journey_attribution', 'journey_attribution_send', 'attribution_hash',
	 'goal {a 1 0 0.5 0.5; 0.5 1 -1, b 0 1 0.5 0.5; 0.5 1 1} [^ > a 1, a > b 1, b > $ 1]'),
	('breakdown', 'rating_breakdown', 'rating_breakdown_send', 'rating_breakdown_hash',
	 '{a = [1, 2], b = [3, 4], (null) = [0, 5]} on [0, 1]'),
	('terms', 'term_summary', 'term_summary_send', 'term_summary_hash', '{a = 2, b = 3} in 4 comments'),
	('contrast', 'journey_contrast', 'journey_contrast_send', 'journey_contrast_hash',
	 '{x > y; within 2 days; landmark 1 day; too recent 0, early 0, reached 4, missed 6; [a = 1 + 2, b = 2 + 0]}'),
	('survival', 'journey_survival', 'journey_survival_send', 'journey_survival_hash',
	 '{from a to b [5: 2 + 1 in 15us, 6: 1 + 0 in 6us]}'),
	('cohorts', 'journey_cohorts', 'journey_cohorts_send', 'cohorts_hash',
	 'a > b by week for 1 periods in UTC until unknown {2026-01-05 streak [1] returned [0] later [0], '
	 '2026-01-12 streak [2] returned [0] later [0]}'),
	('lifecycle', 'journey_lifecycle', 'journey_lifecycle_send', 'lifecycle_hash',
	 'order by month in UTC open from 2026-03-01 {2026-01-01 new 9 returning 0 resurrected 0 dormant 0, '
	 '2026-02-01 new 3 returning 0 resurrected 0 dormant 9}');
SELECT format('CREATE TEMP TABLE received_%s (name text, v %s)', type, of) FROM kind \gexec

-- each message comes in alone, so that each of those that are refused says why
\t on
\pset format unaligned
SELECT format($$\echo %1$s: %2$s
\copy (SELECT name, b FROM message WHERE type = %1$L AND name = %2$L) TO 'results/value_wire.bin' (FORMAT binary)
\copy received_%1$s FROM 'results/value_wire.bin' (FORMAT binary)$$, type, name)
  FROM message ORDER BY type COLLATE "C", name COLLATE "C" \g results/value_wire.psql
\t off
\set ECHO none
\i results/value_wire.psql
\set ECHO all

-- those that came in are the one value there is: by =, by the bytes that are hashed and sent, in groups and an index
CREATE FUNCTION pg_temp.all_same(k kind, OUT came int, OUT as_sent bool, OUT equal bool, OUT same_text bool,
	OUT same_hash bool, OUT same_sent bool, OUT distinct_values int, OUT grouped int) LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE format('SELECT count(*), bool_and(v = %1$L::%2$s), bool_and(v::text = %1$L::%2$s::text),
		bool_and(%3$s(v) = %3$s(%1$L::%2$s)), bool_and(%4$s(v) = %4$s(%1$L::%2$s)), count(DISTINCT v),
		bool_or(%4$s(v) = (SELECT b FROM message WHERE type = %5$L AND name = ''sent'')) FROM received_%5$s',
		k.v, k.of, k.hash, k.send, k.type)
	INTO came, equal, same_text, same_hash, same_sent, distinct_values, as_sent;
	SET LOCAL enable_sort = off;
	EXECUTE format('SELECT count(*) FROM (SELECT v FROM received_%s GROUP BY v) g', k.type) INTO grouped;
	SET LOCAL enable_sort = on;
	EXECUTE format('CREATE UNIQUE INDEX ON received_%s (v, name)', k.type);
END $$;
SELECT k.type, s.* FROM kind k, pg_temp.all_same(k) s ORDER BY k.type COLLATE "C";
