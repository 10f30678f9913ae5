--
-- journey_flow: what follows what.  First by hand, then 2,000 random customers
-- against plain SQL, then input that is no flow.  Random means: the same on every
-- machine, from a hash.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA journey_flow_test;
SET search_path = journey_flow_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- By hand: three customers; one left without a visit, one unknown
CREATE TABLE small AS SELECT n, j::journey FROM (VALUES
	(1, '{search@2026-01-05T10:00:00Z, basket@2026-01-05T10:00:00.000010Z, payment@2026-01-05T10:00:00.000050Z}'),
	(2, '{search@2026-01-06T10:00:00Z, search@2026-01-06T10:00:00.000004Z, basket@2026-01-06T10:00:00.000034Z}'),
	(3, '{search@2026-01-07T10:00:00Z}'),
	(4, '{}'),
	(5, NULL)) v(n, j);
SELECT flow_agg(j) FROM small;
SELECT e.from_stage, e.to_stage, e.transitions, round(e.share, 2) AS share, e.mean_time, e.median_time FROM (SELECT flow_agg(j) AS f FROM small) s, flow_edges(f) e;
SELECT n.* FROM (SELECT flow_agg(j) AS f FROM small) s, flow_next(f, '(start)') n;
-- of 4 that leave search 2 go to basket
SELECT n.stage, round(n.share, 6) AS share FROM (SELECT flow_agg(j) AS f FROM small) s, flow_next(f, 'search') n;
SELECT count(*) AS none FROM (SELECT flow_agg(j) AS f FROM small) s, flow_next(f, 'nowhere') n;
SELECT count(*) AS none FROM (SELECT flow_agg(j) AS f FROM small) s, flow_next(f, '(end)') n;
-- one NOTICE names the nearest label, whatever the case; nothing to name, nothing said; no error
SELECT r.* FROM (SELECT flow_agg(j) AS f FROM small) s, flow_reach(f, 'PAYMENTS') r;
SELECT asked, n.* FROM (SELECT flow_agg(j) AS f FROM small) s, unnest(ARRAY['Search', 'serach', 'payment|basket', '"(start)"', '']) asked, flow_next(f, asked) n;
SELECT count(*) AS none FROM (SELECT flow_agg(j) AS f FROM small) s, flow_next(f, repeat('x', 256)) n;
SELECT count(*) AS none FROM flow_next('{}', 'search'), flow_reach('{}', 'search');
SELECT n.* FROM (SELECT flow_agg('{ŚWIADOMOŚĆ@2026-01-01, "(end)"@2026-01-02, bb@2026-01-03, ab@2026-01-04}'::journey) AS f) s, unnest(ARRAY['świadomość', 'świadomosc', '(end', 'cb']) asked, flow_next(f, asked) n;
-- said once in a query, however many groups lack it
SELECT count(*) FROM (SELECT i, flow_agg(j) AS f FROM small, generate_series(1, 50) i WHERE n = 2 GROUP BY i) s, flow_reach(f, 'payment');
-- each group its own
SELECT g, r.* FROM (SELECT n % 2 AS g, flow_agg(j) AS f FROM small WHERE n < 3 GROUP BY g) s, flow_reach(f, 'payment') r ORDER BY g, stage COLLATE "C";
-- from search: 2 of 3 that leave it go to basket, and 1 of 2 there to payment
SELECT r.stage, round(r.probability::numeric, 9) FROM (SELECT flow_agg(j) AS f FROM small) s, flow_reach(f, 'payment') r;
SELECT r.stage, r.probability FROM (SELECT flow_agg(j) AS f FROM small) s, flow_reach(f, '(end)') r;
SELECT r.stage, r.probability FROM (SELECT flow_agg(j) AS f FROM small) s, flow_reach(f, 'nowhere') r;
SELECT r.stage, r.probability FROM (SELECT flow_agg(j) AS f FROM small) s, flow_reach(f, '(start)') r;
-- without self-loops
SELECT flow_agg(collapse(j)) FROM small;
SELECT flow_mermaid(flow_agg(j)) FROM small;
SELECT flow_mermaid(flow_agg(j), 2) FROM small;
-- nothing is NULL, an empty flow is a value
SELECT flow_agg(j) IS NULL AS no_visit FROM small WHERE n >= 4;
SELECT flow_agg(j) IS NULL AS no_row FROM small WHERE false;
SELECT flow_agg(f) IS NULL AS no_flow FROM (VALUES (NULL::journey_flow)) v(f);
SELECT flow_agg(f) IS NULL AS empty_flow FROM (VALUES ('{}'::journey_flow), ('{ }')) v(f);
SELECT '{}'::journey_flow + '{}', flow_mermaid('{}'), (SELECT count(*) FROM flow_edges('{}')) + (SELECT count(*) FROM flow_next('{}', '(start)')) + (SELECT count(*) FROM flow_reach('{}', 'a')) AS rows;
SELECT flow_mermaid(NULL) IS NULL AS null_for_null, flow_mermaid(NULL, 5) IS NULL AS null_for_null;
SELECT flow_agg(j) = (SELECT flow_agg(j) FROM small WHERE n < 3) + (SELECT flow_agg(j) FROM small WHERE n = 3) AS added FROM small;
SELECT count(*) AS different FROM (SELECT flow_agg(j) AS f FROM small UNION SELECT flow_agg(j) FROM small WHERE n <> 4 UNION SELECT flow_agg(j) FROM small WHERE n <> 3) s;
SELECT a.f <> b.f AS other FROM (SELECT flow_agg(j) AS f FROM small) a, (SELECT flow_agg(j) AS f FROM small WHERE n < 3) b;

-- Labels that need care: those of the outside, quotes, brackets, what Mermaid reads
CREATE TABLE odd AS SELECT journey_agg(label, timestamptz '2026-01-01' + n * interval '1 minute', n) AS j
  FROM unnest(ARRAY['(start)', '(end)', '"(start)"', '"(end)', 'say "hi"; #1 [x] {y} |z| <b>', '1. `a` --> B & C', 'świadomość', '漢字', 'web:checkout', 'end', 'other', 'a > b = 1']) WITH ORDINALITY AS v(label, n);
SELECT flow_agg(j) FROM odd;
SELECT flow_agg(j)::text::journey_flow = flow_agg(j) AS reads_back FROM odd;
SELECT e.from_stage, e.to_stage, e.transitions FROM (SELECT flow_agg(j) AS f FROM odd) s, flow_edges(f) e;
SELECT asked, n.* FROM (SELECT flow_agg(j) AS f FROM odd) s, unnest(ARRAY['(start)', '"(start)"', '""(start)""', '(end)', '"(end)"', '""(end)"', '"(end)', 'end']) asked, flow_next(f, asked) n;
SELECT flow_mermaid(flow_agg(j)) FROM odd;
SELECT r.stage, r.probability FROM (SELECT flow_agg(j) AS f FROM odd) s, flow_reach(f, '"(end)"') r;

-- 2,000 random customers: few times, so that many visits are at the same time
CREATE TABLE visit AS
SELECT i AS id, pg_temp.random_int(i, 1, 2000) AS customer,
       (ARRAY['a', 'b', 'ab', 'web:basket', 'two words', 'świadomość', '(end)', 'Z'])[1 + pg_temp.random_int(i, 3, 8) % (1 + pg_temp.random_int(i, 1, 2000) % 8)] AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(i, 6, 40) * pg_temp.random_int(i, 9, 40) * (ARRAY['1 day', '1 hour', '1 minute', '1 second', '1 millisecond', '1 microsecond'])[1 + pg_temp.random_int(i, 1, 2000) % 6]::interval AS at,
       pg_temp.random_int(i, 8, 4)::bigint AS seq
  FROM generate_series(1, 20000) i;
CREATE TABLE journeys AS SELECT customer, journey_agg(stage, at, seq) AS j FROM visit GROUP BY customer;
INSERT INTO journeys VALUES (2001, '{}'), (2002, NULL);
CREATE TABLE whole AS SELECT flow_agg(j) AS f FROM journeys;
CREATE TABLE transition AS
SELECT customer, coalesce(CASE WHEN stage ~ '^\((start|end)\)$' THEN '"' || stage || '"' ELSE stage END, '(start)') AS from_stage, coalesce(CASE WHEN next ~ '^\((start|end)\)$' THEN '"' || next || '"' ELSE next END, '(end)') AS to_stage, until - at AS time
  FROM (SELECT customer, stage, at, lead(stage) OVER w AS next, lead(at) OVER w AS until FROM visit WINDOW w AS (PARTITION BY customer ORDER BY at, seq, stage COLLATE "C")
        UNION ALL
        SELECT DISTINCT ON (customer) customer, NULL, NULL::timestamptz, stage, at FROM (SELECT * FROM visit ORDER BY customer, at, seq, stage COLLATE "C") v) t;
-- counts, shares and means are those of plain SQL; medians within 1/128
SELECT count(*) AS edges, count(*) FILTER (WHERE e.transitions IS DISTINCT FROM s.n) AS wrong_count,
       count(*) FILTER (WHERE e.share IS DISTINCT FROM 100::numeric * s.n / s.leaving) AS wrong_share,
       count(*) FILTER (WHERE (e.mean_time IS NULL) <> (s.mean IS NULL) OR abs(extract(epoch FROM e.mean_time) - s.mean) > 0.000001) AS wrong_mean,
       count(*) FILTER (WHERE (e.median_time IS NULL) <> (s.median IS NULL) OR abs(extract(epoch FROM e.median_time) - s.median) > s.median / 128 + 0.000001) AS wrong_median
  FROM (SELECT e.* FROM whole, flow_edges(f) e) e
  FULL JOIN (SELECT from_stage, to_stage, count(*) AS n, sum(count(*)) OVER (PARTITION BY from_stage) AS leaving, avg(extract(epoch FROM time)) AS mean, (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM time)))::numeric AS median FROM transition GROUP BY from_stage, to_stage) s
    USING (from_stage, to_stage);
-- what enters a stage leaves it, and shares add up
SELECT count(*) AS stages, count(*) FILTER (WHERE i.n IS DISTINCT FROM o.n) AS wrong, count(*) FILTER (WHERE abs(o.share - 100) > 1e-9) AS wrong_share
  FROM (SELECT to_stage AS stage, sum(transitions) AS n FROM whole, flow_edges(f) WHERE to_stage <> '(end)' GROUP BY to_stage) i
  FULL JOIN (SELECT from_stage AS stage, sum(transitions) AS n, sum(share) AS share FROM whole, flow_edges(f) WHERE from_stage <> '(start)' GROUP BY from_stage) o USING (stage);
SELECT sum(transitions) FILTER (WHERE from_stage = '(start)') = (SELECT count(DISTINCT customer) FROM visit) AS starts, sum(transitions) FILTER (WHERE to_stage = '(end)') = (SELECT count(DISTINCT customer) FROM visit) AS ends FROM whole, flow_edges(f);
-- the order is that of the bytes
SELECT count(*) AS wrong_order FROM (SELECT row_number() OVER () AS place, row_number() OVER (ORDER BY from_stage <> '(start)', replace(from_stage, '"', '') COLLATE "C", to_stage = '(end)', replace(to_stage, '"', '') COLLATE "C") AS wanted FROM whole, flow_edges(f)) o WHERE place <> wanted;
-- next: the same shares, digit for digit, largest first
SELECT count(*) AS wrong FROM whole, (SELECT DISTINCT from_stage FROM transition) s,
       LATERAL (SELECT array_agg(ROW(n.stage, n.share)::text ORDER BY n.place) AS got FROM (SELECT n.*, row_number() OVER () AS place FROM flow_next(f, s.from_stage) n) n) n,
       LATERAL (SELECT array_agg(ROW(e.to_stage, e.share)::text ORDER BY e.transitions DESC, e.place) AS wanted FROM (SELECT e.*, row_number() OVER () AS place FROM flow_edges(f) e) e WHERE e.from_stage = s.from_stage) e
 WHERE got IS DISTINCT FROM wanted;

-- any split, any order, any way of merging: the same value, the same bytes
SELECT way, count(*) FILTER (WHERE w.f IS DISTINCT FROM whole.f OR w.f::text IS DISTINCT FROM whole.f::text OR cxjourney_internal.journey_flow_send(w.f) IS DISTINCT FROM cxjourney_internal.journey_flow_send(whole.f)) AS wrong
  FROM (SELECT 'journeys backwards' AS way, flow_agg(j ORDER BY customer DESC) AS f FROM journeys
        UNION ALL SELECT 'in 7 parts', flow_agg(part) FROM (SELECT flow_agg(j) AS part FROM journeys GROUP BY customer % 7) v
        UNION ALL SELECT 'in 7 parts, last first', flow_agg(part ORDER BY n DESC) FROM (SELECT customer % 7 AS n, flow_agg(j) AS part FROM journeys GROUP BY n) v
        UNION ALL SELECT 'one by one', flow_agg(part ORDER BY part::text) FROM (SELECT flow_agg(j) AS part FROM journeys GROUP BY customer) v
        UNION ALL SELECT 'halves', a + b FROM (SELECT flow_agg(j) FILTER (WHERE customer % 2 = 0) AS a, flow_agg(j) FILTER (WHERE customer % 2 = 1) AS b FROM journeys) v
        UNION ALL SELECT 'halves, swapped', b + a FROM (SELECT flow_agg(j) FILTER (WHERE customer % 2 = 0) AS a, flow_agg(j) FILTER (WHERE customer % 2 = 1) AS b FROM journeys) v
        UNION ALL SELECT 'one value', flow_agg(f) FROM whole
        UNION ALL SELECT 'through text', f::text::journey_flow FROM whole
        UNION ALL SELECT 'edges backwards', ('{' || string_agg(edge, ' , ' ORDER BY edge DESC) || '}')::journey_flow FROM whole, regexp_split_to_table(trim('{}' FROM f::text), ', (?=[^][]*(\[|$))') edge) w, whole
 GROUP BY way ORDER BY way;

-- in many processes
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
CREATE TABLE parts AS SELECT customer % 100 AS part, flow_agg(j) AS f FROM journeys GROUP BY 1;
ANALYZE journeys, parts;
SELECT pg_temp.plan_has('SELECT flow_agg(j) FROM journeys', '"Partial Mode": "Partial"') AS parallel, (SELECT flow_agg(j) FROM journeys) = f AS same FROM whole;
SELECT pg_temp.plan_has('SELECT flow_agg(f) FROM parts', '"Partial Mode": "Partial"') AS parallel, (SELECT flow_agg(f) FROM parts) = f AS same FROM whole;
RESET max_parallel_workers_per_gather;
-- as a window
SELECT count(*) FILTER (WHERE w.f IS DISTINCT FROM a.f) AS wrong
  FROM (SELECT customer, flow_agg(j) OVER (ORDER BY customer) AS f FROM journeys WHERE customer < 30) w,
       LATERAL (SELECT flow_agg(j) AS f FROM journeys v WHERE v.customer <= w.customer) a;
-- binary, through a file
CREATE TABLE sent AS SELECT customer, flow_agg(j) AS f FROM journeys WHERE customer < 200 GROUP BY customer UNION ALL SELECT -3, f FROM whole UNION ALL VALUES (-1, '{}'::journey_flow), (-2, NULL);
CREATE TABLE received (customer int, f journey_flow);
\copy sent TO 'results/journey_flow.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow.bin' (FORMAT binary)
SELECT count(*) AS flows, count(*) FILTER (WHERE r.f IS DISTINCT FROM s.f OR r.f::text IS DISTINCT FROM s.f::text) AS wrong FROM sent s FULL JOIN received r USING (customer);
-- settings change nothing
SET extra_float_digits = -15;
SET timezone = 'Asia/Tokyo';
SET datestyle = 'German';
SELECT md5(f::text) = (SELECT md5(f::text) FROM received WHERE customer = -3) AS same, f::text::journey_flow = f AS reads_back FROM whole;
RESET extra_float_digits;
RESET datestyle;
SET timezone = 'UTC';

-- The chance to reach a goal, against iterating x = Px 400 times: 24 flows with one
-- goal each
CREATE TABLE chain AS SELECT customer % 24 AS n, flow_agg(j) AS f FROM journeys GROUP BY 1;
CREATE TABLE goal AS SELECT n, f, (SELECT from_stage FROM flow_edges(f) WHERE from_stage <> '(start)' ORDER BY hashtext(from_stage || n) LIMIT 1) AS goal FROM chain;
CREATE TABLE node AS SELECT n, goal, stage, dense_rank() OVER (PARTITION BY n ORDER BY stage) AS i FROM (SELECT DISTINCT n, goal, from_stage AS stage FROM goal, flow_edges(f)) s;
CREATE TABLE step AS SELECT e.n, a.i, b.i AS j, share::float8 / 100 AS p FROM (SELECT n, e.* FROM goal, flow_edges(f) e) e JOIN node a ON a.n = e.n AND a.stage = from_stage JOIN node b ON b.n = e.n AND b.stage = to_stage;
CREATE INDEX ON step (n, i);
CREATE INDEX ON node (n);
ANALYZE step, node;
WITH RECURSIVE iterated AS (
	SELECT n, 0 AS turn, (SELECT array_agg((s.stage = s.goal)::int::float8 ORDER BY s.i) FROM node s WHERE s.n = g.n) AS x FROM goal g
	UNION ALL
	SELECT n, turn + 1, (SELECT array_agg(CASE WHEN s.stage = s.goal THEN 1 ELSE coalesce((SELECT sum(p * x[j]) FROM step WHERE step.n = it.n AND step.i = s.i), 0) END ORDER BY s.i) FROM node s WHERE s.n = it.n)
	  FROM iterated it WHERE turn < 400)
SELECT count(*) > 100 AS many, count(*) FILTER (WHERE r.stage IS NULL OR s.stage IS NULL OR abs(r.probability - s.x) > 1e-9) AS wrong, count(*) FILTER (WHERE r.probability > 0.000001 AND r.probability < 0.999999) > 50 AS many_between
  FROM (SELECT n, r.* FROM goal, flow_reach(f, goal) r) r
  FULL JOIN (SELECT node.n, stage, x[i] AS x FROM iterated JOIN node USING (n) WHERE turn = 400) s USING (n, stage);
-- a circle without a way in or out, which only text can bring, is nothing singular
SELECT goal, r.* FROM unnest(ARRAY['a', 'b', '(end)']) goal, flow_reach('{(start) > a = 1, a > (end) = 1, b > c = 5 in 0us [0:5], c > b = 5 in 0us [0:5]}', goal) r;
-- a stage that is left once in 10^18 times, either way
SELECT r.* FROM flow_reach('{(start) > a = 2, a > a = 4000000000000000000 in 0us [0:4000000000000000000], a > b = 1 in 7us [7:1], a > (end) = 1, b > (end) = 1}', 'b') r;
-- ten thousand stages
CREATE TABLE long AS SELECT flow_agg(j) AS f FROM (SELECT journey_agg('stage ' || to_char(i, 'FM00000'), timestamptz '2026-01-01' + i * interval '1 hour') AS j FROM generate_series(1, 10000) i) v;
SELECT count(*) AS edges, sum(transitions) FROM long, flow_edges(f);
SELECT f::text::journey_flow = f AS reads_back, f + f = (SELECT flow_agg(f) FROM (SELECT f FROM long UNION ALL SELECT f FROM long) t) AS added FROM long;
SELECT count(*) FILTER (WHERE probability = 1) AS reach, count(*) FILTER (WHERE probability = 0) AS never FROM long, flow_reach(f, 'stage 00300');
SELECT pg_temp.error_of('SELECT flow_reach(f, ''stage 09999'') FROM long', ' | ');
SELECT length(flow_mermaid(f)) > 200000 AS all, flow_mermaid(f, 2) FROM long;

-- Drawn with any limit, what enters a node leaves it, and no drawn count changes
CREATE TABLE drawn AS SELECT most, (regexp_match(line, 'n(\d+) -->\|(\d+)\| n(\d+)'))[1]::int AS a, (regexp_match(line, 'n(\d+) -->\|(\d+)\| n(\d+)'))[3]::int AS b, (regexp_match(line, 'n(\d+) -->\|(\d+)\| n(\d+)'))[2]::bigint AS n
  FROM whole, generate_series(1, 80) most, regexp_split_to_table(flow_mermaid(f, most), '\n') line WHERE line ~ '-->';
SELECT count(*) AS nodes, count(*) FILTER (WHERE node NOT IN (0, 9) AND enters IS DISTINCT FROM leaves) AS unbalanced,
       count(*) FILTER (WHERE node = 0 AND leaves <> (SELECT count(DISTINCT customer) FROM visit)) AS wrong_start, count(*) FILTER (WHERE node = 9 AND enters <> (SELECT count(DISTINCT customer) FROM visit)) AS wrong_end
  FROM (SELECT most, a AS node, sum(n) AS leaves FROM drawn GROUP BY most, a) l FULL JOIN (SELECT most, b AS node, sum(n) AS enters FROM drawn GROUP BY most, b) e USING (most, node);
SELECT count(*) AS wrong_stage FROM (SELECT most, a AS node, sum(n) AS leaves FROM drawn WHERE a BETWEEN 1 AND 8 GROUP BY most, a) d
  JOIN (SELECT row_number() OVER (ORDER BY replace(from_stage, '"', '') COLLATE "C") AS node, sum(transitions) AS leaves FROM whole, flow_edges(f) WHERE from_stage <> '(start)' GROUP BY from_stage) s USING (node)
 WHERE d.leaves <> s.leaves AND most >= 80;

-- Text that is no flow
SELECT text, pg_temp.detail_of(format('SELECT %L::journey_flow', text)) FROM unnest(ARRAY[
	'', 'a', '{', '{(start)}', '{(start) > a}', '{(start) > a = }', '{(start) > a = 0, a > (end) = 0}', '{(start) > a = -1}', '{(start) > a = 1, a > (end) = 1} x', '{(start) > a = 1 a > (end) = 1}',
	'{(start) > (end) = 1}', '{(end) > a = 1}', '{a > (start) = 1}', '{(start) > "" = 1}', '{(start) > "a = 1}', '{(start) > a = 9223372036854775808}',
	'{(start) > a = 1}', '{(start) > a = 2, a > (end) = 1}', '{(start) > a = 1, b > (end) = 1}',
	'{(start) > a = 1, a > b = 1, b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 5, b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 5us, b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 5us [], b > (end) = 1}',
	'{(start) > a = 1, a > b = 1 in 5us [5:1, 6:1], b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 6us [5:1], b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 5us [3776:1], b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 5us [5:0], b > (end) = 1}',
	'{(start) > a = 1, a > b = 1 in 340282366920938463463374607431768211456us [5:1], b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 5us [5:9223372036854775807, 6:9223372036854775807, 7:3], b > (end) = 1}',
	'{(start) > a = 1, a > b = 1 in 5us [4:1, 4:1], b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 5us [5:1, 4:1], b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 5us [4+01], b > (end) = 1}', '{(start) > a = 1, a > b = 1 in 5us [3775+11], b > (end) = 1}',
	'{(start) > a = 9223372036854775807, a > (end) = 9223372036854775807}', '{(start) > a = 1, a > (end) = 1, a > a = 9223372036854775807 in 0us [0:9223372036854775807]}']) text;
-- the most there can be
SELECT f, pg_temp.detail_of(format('SELECT %L::journey_flow + %L', f, f)) FROM (VALUES ('{(start) > a = 4611686018427387903, a > (end) = 4611686018427387903}'::journey_flow)) v(f);
SELECT e.from_stage, e.to_stage, e.mean_time, e.median_time FROM flow_edges('{(start) > a = 1, a > a = 1000000000000000000 in 18374686479671623680000000000000000000us [3775:1000000000000000000], a > (end) = 1}') e WHERE mean_time IS NOT NULL;
SELECT flow_agg(j) FROM (VALUES ('{a@-4713-11-24, b@294276-12-31T23:59:59.999999Z}'::journey)) v(j);
-- arguments, and state functions outside an aggregate
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ') FROM unnest(ARRAY['flow_mermaid(''{}'', 0)', 'flow_mermaid(''{}'', -5)', 'cxjourney_internal.journey_flow_accum(NULL, ''{}'')', 'cxjourney_internal.journey_flow_combine(''{}'', ''{}'')', 'flow_agg(1)']) call;
-- an aggregate of one's own without a final function keeps a state, which reads like the flow
CREATE AGGREGATE unfinished(journey) (SFUNC = cxjourney_internal.journey_flow_accum, STYPE = journey_flow);
SELECT u = f AS equal, u::text = f::text AS same_text, cxjourney_internal.journey_flow_send(u) = cxjourney_internal.journey_flow_send(f) AS same_binary, cxjourney_internal.journey_flow_hash(u) = cxjourney_internal.journey_flow_hash(f) AS same_hash, u + '{}' = f AS same_sum,
       (SELECT flow_agg(x) FROM (VALUES (u), (u)) v(x)) = f + f AS same_merged, (SELECT count(*) FROM flow_edges(u)) = (SELECT count(*) FROM flow_edges(f)) AS same_edges
  FROM (SELECT unfinished(j) AS u, flow_agg(j) AS f FROM journeys) s;

-- binary input trusts no byte: what is copied out here as bytea comes in as a flow
TRUNCATE received;
ALTER TABLE received DROP COLUMN customer;
CREATE TABLE wire (b bytea);
-- version 1, reserved, 2 stages (1 'a', 1 'b'), 3 edges (from, to, transitions; between stages 1 bucket, sum, (5, 1))
INSERT INTO wire SELECT cxjourney_internal.journey_flow_send('{(start) > a = 1, a > b = 1 in 5us [5:1], b > (end) = 1}');
SELECT b FROM wire;
\copy (SELECT b FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- version 2
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- the flag of a state
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- 16 million stages
\copy (SELECT set_byte(b, 2, 1) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- a label of 2 billion bytes, of 0 bytes, with a control character, that is no UTF-8
\copy (SELECT set_byte(b, 6, 127) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\x00000000' FROM 7 FOR 5) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 10, 7) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 10, 255) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- two stages with one label are one stage
\copy (SELECT set_byte(b, 15, 97) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- a stage that no edge has
\copy (SELECT set_byte(b, 87, 1) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- more edges than the message holds, fewer edges
\copy (SELECT set_byte(b, 18, 1) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 19, 2) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- a stage that there is not
\copy (SELECT set_byte(b, 27, 3) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- transitions of 0, below 0
\copy (SELECT set_byte(b, 35, 0) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 28, 128) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- from (start) to (end)
\copy (SELECT set_byte(b, 27, 0) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- another sum, no bucket, many buckets, a bucket that there is not, counts of 0 and below
\copy (SELECT set_byte(b, 56, 1) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 55, 0) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 52, 1) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 72, 1) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 83, 0) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 76, 255) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/journey_flow_wire.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow_wire.bin' (FORMAT binary)
SELECT f AS only_the_good_ones FROM received;
