--
-- around(j, stage, before, after) and journey_deviation(j, plan): by hand, and against plain SQL over random journeys.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA journey_around_test;
SET search_path = journey_around_test, public;
SET timezone = 'UTC';

-- by hand
SELECT around('{a@2026-01-01, b@2026-01-02, c@2026-01-03, b@2026-01-04, d@2026-01-05}', 'b', 2, 1);
SELECT around('{b@2026-01-01}', 'b', 2147483647, 2147483647) AS alone,
       (SELECT count(*) FROM around('{a@2026-01-01}', 'b', 1, 1)) AS not_there,
       (SELECT count(*) FROM around('{}', 'b', 1, 1)) AS nowhere,
       (SELECT count(*) FROM around(NULL, 'b', 1, 1)) AS "null",
       (SELECT count(*) FROM around('{b@2026-01-01}', '', 1, 1)) AS no_label;
-- simultaneous visits keep their order, though "-1" comes before "-2", and "10" before "9"
SELECT stage_path(around(journey_agg(chr(96 + i), '2026-01-01'), 'l', 11, 0)) FROM generate_series(1, 12) i;
SELECT around('{a@2026-01-01#7, b@2026-01-01#7, c@2026-01-01#9223372036854775807, d@2026-01-01#9223372036854775807}',
              'b', 1, 2);
SELECT length(last_stage(around(('{' || repeat('x', 253) || '@2026-01-01}')::journey, repeat('x', 253), 1, 0)));
SELECT call, pg_temp.error_of('SELECT ' || call, ' | ') FROM unnest(ARRAY[
	'around(''{a@2026-01-01}'', ''a'', -1, 0)', 'around(''{a@2026-01-01}'', ''a'', 0, -5)',
	'around((''{'' || repeat(''x'', 254) || ''@2026-01-01}'')::journey, repeat(''x'', 254), 0, 0)']) call;
-- a flow of them: each position by itself
SELECT from_stage, to_stage, transitions
  FROM (SELECT flow_agg(a) AS f FROM unnest('{"{a@2026-01-01, b@2026-01-02, c@2026-01-03, b@2026-01-04}",
       "{b@2026-01-01, c@2026-01-02}"}'::journey[]) j, around(j, 'b', 1, 1) a) s, flow_edges(f)
 ORDER BY from_stage COLLATE "C", to_stage COLLATE "C";

SELECT plan, j, missed, extra, round(fitness::numeric, 6) AS fitness FROM (VALUES
	('a > b > c', '{a@2026-01-01, b@2026-01-02, c@2026-01-03}'::journey), ('a > b > c', '{}'),
	('a > b > c', '{a@2026-01-01, c@2026-01-02}'),
	('a > b > c', '{a@2026-01-01, x@2026-01-02, b@2026-01-03, c@2026-01-04}'),
	('a > b > c', '{c@2026-01-01, b@2026-01-02, a@2026-01-03}'), ('a > b > c', '{x@2026-01-01, y@2026-01-02}'),
	('a > b > c', '{a@2026-01-01, b@2026-01-01, c@2026-01-01}'),
	('c > b > a', '{a@2026-01-01, b@2026-01-01, c@2026-01-01}'),
	('a > a', '{a@2026-01-01}'), ('a > a', '{a@2026-01-01, a@2026-01-01, a@2026-01-02}'), ('a', '{a@2026-01-01}'))
       v(plan, j),
       journey_deviation(j, plan::journey_path);
SELECT journey_deviation(NULL, 'a > b') IS NULL AS journey, journey_deviation('{}', NULL) IS NULL AS plan;
SELECT plan, pg_temp.error_of(format('SELECT journey_deviation(''{}'', %L)', plan), ' | ')
  FROM unnest('{a > b|c,a > b?,a >> b,a & b,^a > b,a > b$,a >[1 day] b,a >[!c] b}'::text[]) plan;

-- random journeys: around by window functions, the deviation by the usual table of the longest common subsequence
CREATE TABLE visit AS
SELECT pg_temp.random_int(i, 1, 300) AS customer, chr(97 + pg_temp.random_int(i, 2, 5)) AS stage,
       timestamptz '2026-01-01' + i * interval '1 minute' * (1 + pg_temp.random_int(i, 1, 2)) AS at
  FROM generate_series(1, 3000) i;
CREATE TABLE step AS SELECT *, row_number() OVER (PARTITION BY customer ORDER BY at, stage COLLATE "C") AS n FROM visit;
CREATE TABLE many AS SELECT customer, journey_agg(stage, at) AS j FROM visit GROUP BY customer;
SELECT count(*) AS journeys, count(*) FILTER (WHERE a IS DISTINCT FROM expected) AS wrong
  FROM (SELECT customer, nth, a FROM many, around(j, 'b', 2, 3) WITH ORDINALITY v(a, nth)) v
  FULL JOIN (SELECT customer, row_number() OVER (PARTITION BY customer ORDER BY m.n) AS nth, expected
               FROM step m, LATERAL (SELECT journey_agg(s.n - m.n || ' ' || s.stage, s.at) AS expected FROM step s
	              WHERE s.customer = m.customer AND s.n BETWEEN m.n - 2 AND m.n + 3) e WHERE m.stage = 'b') x
       USING (customer, nth);
CREATE FUNCTION common(plan text[], way text[]) RETURNS int LANGUAGE plpgsql AS $$
DECLARE
	before int[] := array_fill(0, ARRAY[cardinality(plan) + 1]);
	here int[];
BEGIN
	FOR i IN 1 .. cardinality(way) LOOP
		here := ARRAY[0];
		FOR k IN 1 .. cardinality(plan) LOOP
			here[k + 1] := CASE WHEN way[i] = plan[k] THEN before[k] + 1 ELSE greatest(before[k + 1], here[k]) END;
		END LOOP;
		before := here;
	END LOOP;
	RETURN before[cardinality(plan) + 1];
END $$;
SELECT plan, count(*) AS customers, sum(missed) AS missed, sum(extra) AS extra,
       count(*) FILTER (WHERE missed <> cardinality(plan) - c OR extra <> cardinality(way) - c OR abs(fitness
		- (1 - (missed + extra) / (cardinality(plan) + cardinality(way))::float8)) > 1e-12) AS wrong
  FROM (VALUES ('{a,b,c,d,e}'::text[]), ('{a,a,b}'), ('{e,c,a,b,d,a,c,e,x,b}')) p(plan),
       (SELECT customer, j, array_agg(stage ORDER BY n) AS way
          FROM many JOIN step USING (customer) GROUP BY customer, j) v,
       journey_deviation(j, journey_path(plan)), common(plan, way) c GROUP BY plan ORDER BY plan;
SET client_min_messages = warning;
DROP SCHEMA journey_around_test CASCADE;
