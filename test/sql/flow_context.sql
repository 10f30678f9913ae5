--
-- contexts(j, k) and flow_next(f, j): where a customer goes next by the way he came. By hand, and against plain SQL.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA flow_context_test;
SET search_path = flow_context_test, public;
SET timezone = 'UTC';
\pset null '(null)'

-- the last two stages of each visit; a journey that goes through text and back; one stage is the journey itself
SELECT replace(stage, E'\x1F', '|') AS stage, at
  FROM steps(contexts('{a@2026-01-01, b@2026-01-02, a@2026-01-02, "a > b"@2026-01-03}', 2));
SELECT contexts(j, 2)::text::journey = contexts(j, 2) AS reads_back,
       contexts(j, 2)::jsonb::journey = contexts(j, 2) AS json,
       contexts(j, 1) = j AS one, contexts('{}', 3) AS none, contexts(NULL, 2) AS "null"
  FROM (VALUES ('{a@2026-01-01, b@2026-01-02#7, a@2026-01-02#7, c@2026-01-02#8}'::journey)) v(j);
-- simultaneous visits keep their order, by a seq of their own where they need one
SELECT replace(contexts('{b@2026-01-01, a@2026-01-02, c@2026-01-02, z@2026-01-02#1, d@2026-01-03#1}', 2)::text,
               E'\x1F', '|') AS order;
-- the longest label is 255 bytes
SELECT k, length(last_stage(contexts(j, k))) AS bytes
  FROM (SELECT journey_agg(repeat('x', 127), timestamptz '2026-01-01' + i * interval '1 s') AS j
          FROM generate_series(1, 3) i) v, generate_series(1, 2) k;
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ') FROM unnest(ARRAY[
	'contexts(''{}'', 0)', 'contexts(''{}'', -1)',
	'contexts((''{a@2026-01-01, '' || repeat(''y'', 254) || ''@2026-01-02}'')::journey, 2)']) call;
-- the joiner stands between stages only
SELECT replace(label, E'\x1F', '|') AS label,
       replace(pg_temp.message_of(format('SELECT journey_agg(%L, now())', label)), E'\x1F', '|') AS message
  FROM unnest(ARRAY[E'\x1Fa', E'a\x1F', E'a\x1F\x1Fb', E'a\x1Eb', E'a\x1Fb\x1Fc']) label;

-- flows of contexts show the stages with an arrow, and can be asked so
CREATE TABLE pairs AS
SELECT flow_agg(contexts(j, 2)) AS f
  FROM (VALUES ('{a@2026-01-01, b@2026-01-02, c@2026-01-03}'::journey),
               ('{a@2026-01-01, b@2026-01-02, c@2026-01-03}'), ('{x@2026-01-01, b@2026-01-02, d@2026-01-03}'),
               ('{b@2026-01-01, e@2026-01-02}')) v(j);
SELECT from_stage, to_stage, transitions FROM pairs, flow_edges(f);
SELECT n.* FROM pairs, flow_next(f, 'a > b') n(stage, share);
SELECT f::text::journey_flow = f AS reads_back, f::jsonb::journey_flow = f AS json, flow_mermaid(f) ~ '#31;' AS control
  FROM pairs;
-- by the whole end; of a way that nobody came by the last stage; who began so; nothing; the beginning
SELECT way, n.stage, round(n.share, 1) AS share, transitions, visits
  FROM pairs, unnest('{"{a@2026-01-01, b@2026-01-02}", "{y@2026-01-01, b@2026-01-02}", "{b@2026-01-02}",
                       "{b@2026-01-01, y@2026-01-02}", "{}", "{z@2026-01-01, x@2026-01-02, b@2026-01-03}"}'::journey[])
       WITH ORDINALITY w(way, nth), flow_next(f, way) n ORDER BY nth, share DESC, n.stage COLLATE "C";
-- a flow of journeys as they are knows the last stage, as flow_next(f, stage) does
SELECT count(*) AS stages, count(*) FILTER (WHERE n.share IS DISTINCT FROM s.share) AS wrong
  FROM (SELECT flow_agg('{a@2026-01-01, b@2026-01-02, a@2026-01-03, c@2026-01-04}'::journey) AS f) v,
       unnest('{a,b,c}'::text[]) stage, flow_next(f, stage) s(next, share)
  LEFT JOIN LATERAL flow_next(f, format('{q@2026-01-01, %s@2026-01-02}', stage)::journey) n ON n.stage = next;

-- 2,000 journeys, some of simultaneous visits, against plain SQL: the share of those who came by the last three stages,
-- else by the last two, else by the last
CREATE TABLE visit AS
SELECT c AS customer, chr(97 + pg_temp.random_int(i, c, 5)) AS stage,
       timestamptz '2026-01-01' + pg_temp.random_int(i, c + 100000, 40) * interval '1 hour' AS at
  FROM generate_series(1, 2000) c, generate_series(1, 1 + c % 7) i;
CREATE TABLE way AS
SELECT customer, coalesce(lead(stage) OVER w, '(end)') AS next, stage AS one,
       lag(stage) OVER w || '>' || stage AS two,
       lag(stage, 2) OVER w || '>' || lag(stage) OVER w || '>' || stage AS three
  FROM visit WINDOW w AS (PARTITION BY customer ORDER BY at, stage);
CREATE TABLE learned AS
SELECT flow_agg(contexts(j, 3)) AS f FROM (SELECT journey_agg(stage, at) AS j FROM visit GROUP BY customer) v;
CREATE TABLE asked AS
SELECT a || '>' || b || '>' || c AS three, b || '>' || c AS two, c AS one,
       format('{b@2026-01-01, %s@2026-01-02, %s@2026-01-03, %s@2026-01-04}', a, b, c)::journey AS j
  FROM unnest('{a,b,c,d,e,z}'::text[]) a, unnest('{a,b,c,d,e,z}'::text[]) b, unnest('{a,b,c,d,e,z}'::text[]) c;
CREATE TABLE expected AS
SELECT a.three, w.next, w.n, 100 * w.n / sum(w.n) OVER (PARTITION BY a.three) AS share, visits
  FROM asked a, LATERAL (
	SELECT CASE WHEN EXISTS (SELECT FROM way w WHERE w.three = a.three) THEN 3
		WHEN EXISTS (SELECT FROM way w WHERE w.two = a.two) THEN 2 ELSE 1 END AS visits) k,
       LATERAL (SELECT next, count(*) AS n FROM way w WHERE CASE visits WHEN 3 THEN w.three = a.three
		WHEN 2 THEN w.two = a.two ELSE w.one = a.one END GROUP BY next) w;
SELECT count(*) AS rows, count(DISTINCT e.three) AS ways, count(DISTINCT e.visits) AS lengths,
       count(*) FILTER (WHERE g.transitions IS DISTINCT FROM e.n OR g.visits IS DISTINCT FROM e.visits
		OR abs(g.share - e.share) > 1e-12) AS wrong
  FROM expected e FULL JOIN (SELECT three, n.* FROM asked, learned, flow_next(f, j) n) g
    ON g.three = e.three AND g.stage = e.next;
SET client_min_messages = warning;
DROP SCHEMA flow_context_test CASCADE;
