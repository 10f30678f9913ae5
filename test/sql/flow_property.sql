--
-- journey_flow: 2,000 random customers against plain SQL, merged in any way, in many processes, as a window and through
-- a file.  Random means: the same on every machine, from a hash.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA flow_property_test;
SET search_path = flow_property_test, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';

-- few times, so that many visits are at the same time
CREATE TABLE visit AS
SELECT i AS id, customer, seq,
       (ARRAY['a', 'b', 'ab', 'web:basket', 'two words', 'świadomość', '(end)', 'Z'])
       [1 + pg_temp.random_int(i, 3, 8) % (1 + customer % 8)] AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(i, 6, 40) * pg_temp.random_int(i, 9, 40)
       * (ARRAY['1 day', '1 hour', '1 minute', '1 second', '1 millisecond', '1 microsecond'])
         [1 + customer % 6]::interval AS at
  FROM generate_series(1, 20000) i, pg_temp.random_int(i, 1, 2000) customer,
       CAST(pg_temp.random_int(i, 8, 4) AS bigint) seq;
CREATE TABLE journeys AS SELECT customer, journey_agg(stage, at, seq) AS j FROM visit GROUP BY customer;
INSERT INTO journeys VALUES (2001, '{}'), (2002, NULL);
CREATE TABLE whole AS SELECT flow_agg(j) AS f FROM journeys;
CREATE FUNCTION quoted(stage text) RETURNS text LANGUAGE sql IMMUTABLE
	RETURN CASE WHEN stage ~ '^\((start|end)\)$' THEN '"' || stage || '"' ELSE stage END;
CREATE TABLE transition AS
SELECT customer, coalesce(quoted(stage), '(start)') AS from_stage, coalesce(quoted(next), '(end)') AS to_stage,
       until - at AS time
  FROM (SELECT customer, stage, at, lead(stage) OVER w AS next, lead(at) OVER w AS until
          FROM visit WINDOW w AS (PARTITION BY customer ORDER BY at, seq, stage COLLATE "C")
        UNION ALL
        SELECT DISTINCT ON (customer) customer, NULL, NULL::timestamptz, stage, at
          FROM (SELECT * FROM visit ORDER BY customer, at, seq, stage COLLATE "C") v) t;
CREATE VIEW edge AS SELECT e.*, row_number() OVER () AS place FROM whole, flow_edges(f) e;
-- counts, shares and means are those of plain SQL; medians within 1/128
SELECT count(*) AS edges,
       count(*) FILTER (WHERE e.transitions IS DISTINCT FROM s.n) AS wrong_count,
       count(*) FILTER (WHERE e.share IS DISTINCT FROM 100::numeric * s.n / s.leaving) AS wrong_share,
       count(*) FILTER (WHERE (e.mean_time IS NULL) <> (s.mean IS NULL)
                        OR abs(extract(epoch FROM e.mean_time) - s.mean) > 0.000001) AS wrong_mean,
       count(*) FILTER (WHERE (e.median_time IS NULL) <> (s.median IS NULL)
                        OR abs(extract(epoch FROM e.median_time) - s.median) > s.median / 128 + 0.000001)
       AS wrong_median
  FROM edge e
  FULL JOIN (SELECT from_stage, to_stage, count(*) AS n, sum(count(*)) OVER (PARTITION BY from_stage) AS leaving,
                    avg(extract(epoch FROM time)) AS mean,
                    (percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM time)))::numeric AS median
               FROM transition GROUP BY from_stage, to_stage) s
    USING (from_stage, to_stage);
-- what enters a stage leaves it, and shares add up
SELECT count(*) AS stages,
       count(*) FILTER (WHERE i.n IS DISTINCT FROM o.n) AS wrong,
       count(*) FILTER (WHERE abs(o.share - 100) > 1e-9) AS wrong_share
  FROM (SELECT to_stage AS stage, sum(transitions) AS n FROM edge WHERE to_stage <> '(end)' GROUP BY to_stage) i
  FULL JOIN (SELECT from_stage AS stage, sum(transitions) AS n, sum(share) AS share
               FROM edge WHERE from_stage <> '(start)' GROUP BY from_stage) o USING (stage);
SELECT sum(transitions) FILTER (WHERE from_stage = '(start)') = (SELECT count(DISTINCT customer) FROM visit) AS starts,
       sum(transitions) FILTER (WHERE to_stage = '(end)') = (SELECT count(DISTINCT customer) FROM visit) AS ends
  FROM edge;
-- the order is that of the bytes
SELECT count(*) AS compared, count(*) FILTER (WHERE place <> wanted) AS wrong_order
  FROM (SELECT place, row_number() OVER (ORDER BY from_stage <> '(start)', replace(from_stage, '"', '') COLLATE "C",
                                                  to_stage = '(end)', replace(to_stage, '"', '') COLLATE "C") AS wanted
          FROM edge) o;
-- next: the same shares, digit for digit, largest first
SELECT count(*) AS compared, count(*) FILTER (WHERE got IS DISTINCT FROM wanted) AS wrong
  FROM whole, (SELECT DISTINCT from_stage FROM transition) s,
       LATERAL (SELECT array_agg(ROW(n.stage, n.share)::text ORDER BY n.place) AS got
                  FROM (SELECT n.*, row_number() OVER () AS place FROM flow_next(f, s.from_stage) n) n) n,
       LATERAL (SELECT array_agg(ROW(e.to_stage, e.share)::text ORDER BY e.transitions DESC, e.place) AS wanted
                  FROM edge e WHERE e.from_stage = s.from_stage) e;

-- any split, any order, any way of merging: the same value, the same bytes
CREATE VIEW halves AS
SELECT flow_agg(j) FILTER (WHERE customer % 2 = 0) AS a, flow_agg(j) FILTER (WHERE customer % 2 = 1) AS b FROM journeys;
CREATE VIEW sevenths AS
SELECT customer % 7 AS n, flow_agg(j) AS part FROM journeys GROUP BY customer % 7;
CREATE VIEW way AS
          SELECT 'journeys backwards' AS way, flow_agg(j ORDER BY customer DESC) AS f FROM journeys
UNION ALL SELECT 'in 7 parts', flow_agg(part) FROM sevenths
UNION ALL SELECT 'in 7 parts, last first', flow_agg(part ORDER BY n DESC) FROM sevenths
UNION ALL SELECT 'one by one', flow_agg(part ORDER BY part::text)
            FROM (SELECT flow_agg(j) AS part FROM journeys GROUP BY customer) v
UNION ALL SELECT 'halves', a + b FROM halves
UNION ALL SELECT 'halves, swapped', b + a FROM halves
UNION ALL SELECT 'one value', flow_agg(f) FROM whole
UNION ALL SELECT 'through text', f::text::journey_flow FROM whole
UNION ALL SELECT 'edges backwards', ('{' || string_agg(edge, ' , ' ORDER BY edge DESC) || '}')::journey_flow
            FROM whole, regexp_split_to_table(trim('{}' FROM f::text), ', (?=[^][]*(\[|$))') edge;
SELECT way, way.f IS NOT DISTINCT FROM whole.f AS same,
       way.f::text IS NOT DISTINCT FROM whole.f::text AS same_text,
       cxjourney_internal.journey_flow_send(way.f)
       IS NOT DISTINCT FROM cxjourney_internal.journey_flow_send(whole.f) AS same_binary
  FROM way, whole ORDER BY way;

-- in many processes
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
CREATE TABLE parts AS SELECT customer % 100 AS part, flow_agg(j) AS f FROM journeys GROUP BY 1;
ANALYZE journeys, parts;
SELECT pg_temp.plan_has('SELECT flow_agg(j) FROM journeys', '"Partial Mode": "Partial"') AS parallel,
       (SELECT flow_agg(j) FROM journeys) = f AS same
  FROM whole;
SELECT pg_temp.plan_has('SELECT flow_agg(f) FROM parts', '"Partial Mode": "Partial"') AS parallel,
       (SELECT flow_agg(f) FROM parts) = f AS same
  FROM whole;
RESET max_parallel_workers_per_gather;
-- as a window
SELECT count(*) AS compared, count(*) FILTER (WHERE w.f IS DISTINCT FROM a.f) AS wrong
  FROM (SELECT customer, flow_agg(j) OVER (ORDER BY customer) AS f FROM journeys WHERE customer < 30) w,
       LATERAL (SELECT flow_agg(j) AS f FROM journeys v WHERE v.customer <= w.customer) a;
-- an aggregate of one's own without a final function keeps a state, which reads like the flow
CREATE AGGREGATE unfinished(journey) (SFUNC = cxjourney_internal.journey_flow_accum, STYPE = journey_flow);
SELECT u = f AS equal,
       u::text = f::text AS same_text,
       cxjourney_internal.journey_flow_send(u) = cxjourney_internal.journey_flow_send(f) AS same_binary,
       cxjourney_internal.journey_flow_hash(u) = cxjourney_internal.journey_flow_hash(f) AS same_hash,
       u + '{}' = f AS same_sum,
       (SELECT flow_agg(x) FROM (VALUES (u), (u)) v(x)) = f + f AS same_merged,
       (SELECT count(*) FROM flow_edges(u)) = (SELECT count(*) FROM flow_edges(f)) AS same_edges
  FROM (SELECT unfinished(j) AS u, flow_agg(j) AS f FROM journeys) s;
-- binary, through a file
CREATE TABLE sent AS
SELECT customer, flow_agg(j) AS f FROM journeys WHERE customer < 200 GROUP BY customer
UNION ALL SELECT -3, f FROM whole
UNION ALL VALUES (-1, '{}'::journey_flow), (-2, NULL);
CREATE TABLE received (customer int, f journey_flow);
\copy sent TO 'results/journey_flow.bin' (FORMAT binary)
\copy received FROM 'results/journey_flow.bin' (FORMAT binary)
SELECT count(*) AS flows,
       count(*) FILTER (WHERE r.f IS DISTINCT FROM s.f OR r.f::text IS DISTINCT FROM s.f::text) AS wrong
  FROM sent s FULL JOIN received r USING (customer);
-- settings change nothing
SET extra_float_digits = -15;
SET timezone = 'Asia/Tokyo';
SET datestyle = 'German';
SELECT md5(f::text) = (SELECT md5(f::text) FROM received WHERE customer = -3) AS same,
       f::text::journey_flow = f AS reads_back
  FROM whole;
RESET extra_float_digits;
RESET datestyle;
SET timezone = 'UTC';

-- The chance to reach a goal, against iterating x = Px 400 times: 24 flows with one goal each
CREATE TABLE chain AS SELECT customer % 24 AS n, flow_agg(j) AS f FROM journeys GROUP BY 1;
CREATE TABLE goal AS
SELECT n, f, (SELECT from_stage FROM flow_edges(f) WHERE from_stage <> '(start)'
               ORDER BY hashtext(from_stage || n) LIMIT 1) AS goal
  FROM chain;
CREATE TABLE node AS
SELECT n, goal, stage, dense_rank() OVER (PARTITION BY n ORDER BY stage) AS i
  FROM (SELECT DISTINCT n, goal, from_stage AS stage FROM goal, flow_edges(f)) s;
CREATE TABLE step AS
SELECT e.n, a.i, b.i AS j, share::float8 / 100 AS p
  FROM (SELECT n, e.* FROM goal, flow_edges(f) e) e
  JOIN node a ON a.n = e.n AND a.stage = from_stage
  JOIN node b ON b.n = e.n AND b.stage = to_stage;
CREATE INDEX ON step (n, i);
CREATE INDEX ON node (n);
ANALYZE step, node;
WITH RECURSIVE iterated AS (
	SELECT n, 0 AS turn, array_agg((stage = goal)::int::float8 ORDER BY i) AS x FROM node GROUP BY n
	UNION ALL
	SELECT n, turn + 1, (
		SELECT array_agg(CASE WHEN s.stage = s.goal THEN 1 ELSE coalesce((
			SELECT sum(p * x[j]) FROM step WHERE step.n = it.n AND step.i = s.i), 0) END ORDER BY s.i)
		  FROM node s WHERE s.n = it.n)
	  FROM iterated it WHERE turn < 400)
SELECT count(*) > 100 AS many,
       count(*) FILTER (WHERE r.stage IS NULL OR s.stage IS NULL OR abs(r.probability - s.x) > 1e-9) AS wrong,
       count(*) FILTER (WHERE r.probability > 0.000001 AND r.probability < 0.999999) > 50 AS many_between
  FROM (SELECT n, r.* FROM goal, flow_reach(f, goal) r) r
  FULL JOIN (SELECT node.n, stage, x[i] AS x FROM iterated JOIN node USING (n) WHERE turn = 400) s USING (n, stage);

-- Drawn with any limit, what enters a node leaves it, and no drawn count changes
CREATE TABLE drawn AS
SELECT most, part[1]::int AS a, part[3]::int AS b, part[2]::bigint AS n
  FROM whole, generate_series(1, 80) most, regexp_split_to_table(flow_mermaid(f, most), '\n') line,
       LATERAL (SELECT regexp_match(line, 'n(\d+) -->\|(\d+)\| n(\d+)') AS part) m
 WHERE line ~ '-->';
SELECT count(*) AS nodes,
       count(*) FILTER (WHERE node NOT IN (0, 9) AND enters IS DISTINCT FROM leaves) AS unbalanced,
       count(*) FILTER (WHERE node = 0 AND leaves <> (SELECT count(DISTINCT customer) FROM visit)) AS wrong_start,
       count(*) FILTER (WHERE node = 9 AND enters <> (SELECT count(DISTINCT customer) FROM visit)) AS wrong_end
  FROM (SELECT most, a AS node, sum(n) AS leaves FROM drawn GROUP BY most, a) l
  FULL JOIN (SELECT most, b AS node, sum(n) AS enters FROM drawn GROUP BY most, b) e USING (most, node);
SELECT count(*) AS compared, count(*) FILTER (WHERE d.leaves <> s.leaves) AS wrong_stage
  FROM (SELECT most, a AS node, sum(n) AS leaves FROM drawn WHERE a BETWEEN 1 AND 8 GROUP BY most, a) d
  JOIN (SELECT row_number() OVER (ORDER BY replace(from_stage, '"', '') COLLATE "C") AS node, sum(transitions) AS leaves
          FROM edge WHERE from_stage <> '(start)' GROUP BY from_stage) s USING (node)
 WHERE most >= 80;
