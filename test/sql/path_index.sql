--
-- The GIN operator class: the index gives what a scan of all journeys gives, for
-- every operator, and the planner takes it.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE TABLE indexed AS
SELECT k, journey_agg(
	'stage ' || abs(hashint8extended(i, k)) % 12,
	timestamptz '2026-01-01' + abs(hashint8extended(i, -k)) % 10 * interval '1 hour',
	abs(hashint8extended(-i, k)) % 2) AS j
  FROM generate_series(1, 3000) k, generate_series(1, k % 13) i GROUP BY k;
INSERT INTO indexed VALUES (0, '{}'), (-1, NULL), (-2, '{"stage 1"@2026-01-01, święto@2026-01-02}');
INSERT INTO indexed SELECT 10000, journey_agg('label ' || i, '2026-01-01') FROM generate_series(1, 5000) i;
CREATE INDEX ON indexed USING gin (j);
INSERT INTO indexed SELECT -10 - k, j FROM indexed WHERE k BETWEEN 1 AND 500;
VACUUM ANALYZE indexed;

CREATE FUNCTION ids(condition text) RETURNS int[] LANGUAGE plpgsql AS $$
DECLARE
	result int[];
BEGIN
	EXECUTE 'SELECT array_agg(k ORDER BY k) FROM indexed WHERE ' || condition INTO result;
	RETURN result;
END $$;

CREATE TABLE condition (c text PRIMARY KEY, by_scan int[]);
INSERT INTO condition (c) VALUES
	($$j @> ARRAY['stage 1', 'stage 7']$$),
	($$j @> ARRAY['stage 1', 'nowhere']$$),
	($$j @> ARRAY['stage 1', NULL]$$),
	($$j @> '{}'$$),
	($$j @> '{święto}'$$),
	($$j && ARRAY['stage 3', 'stage 4']$$),
	($$j && ARRAY['nowhere']$$),
	($$j && ARRAY['stage 3', NULL]$$),
	($$j && '{}'$$),
	($$j && ARRAY['label 4999']$$),
	($$j ~ '"stage 1" > "stage 2" > "stage 3"'$$),
	($$j ~ '"stage 1" >> "stage 2"'$$),
	($$j ~ '"stage 1"|nowhere > "stage 2"? > "stage 3"'$$),
	($$j ~ '"stage 1"? > "stage 2" > "stage 3"?'$$),
	($$j ~ '"stage 1" & "stage 2" & "stage 3"|"stage 4"'$$),
	($$j ~ '"stage 1" &[!"stage 2"] "stage 3" & "stage 5"'$$),
	($$j ~ '^"stage 5" > "stage 6"$'$$),
	($$j ~ '"stage 1" >[2 hours, !"stage 2"] "stage 3"'$$),
	($$j ~ '"stage 1" >[>= 3 hours, 8 hours] "stage 3"'$$),
	($$j ~ '"label 17" & "label 18"'$$),
	($$j @> ARRAY['stage 1'] AND j ~ '"stage 2" > "stage 9"'$$);
SET enable_bitmapscan = off;
UPDATE condition SET by_scan = ids(c);
SELECT count(*) FILTER (WHERE pg_temp.plan_has('SELECT * FROM indexed WHERE ' || c, 'Index')) AS by_index
  FROM condition;
SET enable_bitmapscan = on;
SET enable_seqscan = off;
SELECT c, cardinality(by_scan) AS rows,
	pg_temp.plan_has('SELECT * FROM indexed WHERE ' || c, 'Bitmap Index Scan') AS by_index,
	ids(c) IS NOT DISTINCT FROM by_scan AS same
  FROM condition ORDER BY c;
RESET enable_seqscan;
-- left to itself the planner takes the index for what is rare
SELECT pg_temp.plan_has($$SELECT * FROM indexed WHERE j @> ARRAY['stage 1', 'stage 7']$$,
	'Bitmap Index Scan') AS contains;
SELECT pg_temp.plan_has($$SELECT * FROM indexed WHERE j ~ '"stage 1" > "stage 2"'$$, 'Bitmap Index Scan') AS path;
-- estimates come from the journeys that ANALYZE has sampled: within a quarter of the truth, or 120 of 3,500 rows
CREATE FUNCTION estimate(condition text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON) SELECT * FROM indexed WHERE ' || condition INTO plan;
	RETURN plan->0->'Plan'->>'Plan Rows';
END $$;
SELECT c, abs(estimate(c) - rows) <= greatest(rows / 4, 120) AS sane
  FROM condition, coalesce(cardinality(by_scan), 0) AS rows
 WHERE c !~ 'AND' ORDER BY c;
-- what PostgreSQL's own check says of the operator classes
SELECT count(*) >= 11 AS classes, count(*) FILTER (WHERE NOT amvalidate(oid)) AS bad
  FROM pg_opclass WHERE opcname ~ '^(journey|rating)';
DROP TABLE indexed, condition;
DROP FUNCTION ids, estimate;
