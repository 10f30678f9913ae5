--
-- What a group takes in memory: an unweighted state on up to 11 points at most 128 bytes, the state of a journey that
-- has not outgrown its beginning at most 256. Aggregates of the same state functions without a final one show the
-- state itself, whose size is what PostgreSQL allocates for it.
--
CREATE AGGREGATE pg_temp.nps_state(integer) (SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary);
CREATE AGGREGATE pg_temp.csat_state(integer) (SFUNC = cxjourney_internal.csat_accum, STYPE = rating_summary);
CREATE AGGREGATE pg_temp.ces_state(integer) (SFUNC = cxjourney_internal.ces_accum, STYPE = rating_summary);
CREATE AGGREGATE pg_temp.rating_state(integer, int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary);
CREATE AGGREGATE pg_temp.journey_state(text, timestamptz) (
	SFUNC = cxjourney_internal.journey_accum, STYPE = journey);

-- after one answer and after many
SELECT pg_column_size(pg_temp.nps_state(5)) <= 128 AS nps, pg_column_size(pg_temp.csat_state(5)) <= 128 AS csat,
       pg_column_size(pg_temp.ces_state(5)) <= 128 AS ces,
       pg_column_size(pg_temp.rating_state(5, '[0,10]')) <= 128 AS eleven_points;
SELECT pg_column_size(pg_temp.nps_state(i % 11)) <= 128 AS nps,
       pg_column_size(pg_temp.rating_state(i % 11, '[0,10]')) <= 128 AS eleven_points,
       pg_column_size(pg_temp.rating_state(1 + i % 5, '[1,5]')) <= 128 AS five_points
  FROM generate_series(1, 100000) AS i;

-- the check can fail: more points take more
SELECT pg_column_size(pg_temp.rating_state(5, '[0,100]')) > 128 AS hundred_points_take_more;

-- a journey at its first visit, and after ten, as customers have; a thousand outgrow it
SELECT pg_column_size(pg_temp.journey_state('purchase', '2026-01-05Z')) <= 256 AS first;
SELECT visits, pg_column_size(state) <= 256 AS small
  FROM (VALUES (1), (10), (1000)) AS v (visits),
       LATERAL (SELECT pg_temp.journey_state('stage' || i % 5, '2026-01-05Z'::timestamptz + i * interval '25 hours')
                       AS state FROM generate_series(1, visits) AS i) AS w;

-- The memory of a hash table of 20,000 groups while its first row is read: all that is taken beyond what the same
-- groups with count() take is the state, in a piece of memory of a power of two behind a header of at most 16 bytes.
CREATE TEMP TABLE answers AS SELECT i % 20000 AS customer, i % 11 AS score, 'stage' || i % 3 AS stage,
	timestamptz '2026-01-05Z' + i * interval '1 minute' AS at FROM generate_series(1, 60000) AS i;
ANALYZE answers;
-- without what is known of the catalog, which other sessions change at any time
CREATE FUNCTION pg_temp.bytes_of_queries() RETURNS bigint LANGUAGE sql AS $$
	SELECT sum(used_bytes) FROM pg_backend_memory_contexts
	 WHERE name LIKE 'HashAgg%' OR name IN ('ExecutorState', 'ExprContext')
$$;
CREATE FUNCTION pg_temp.bytes_of_a_group(call text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	groups refcursor;
	first text;
	before bigint := pg_temp.bytes_of_queries();
	bytes bigint;
BEGIN
	OPEN groups FOR EXECUTE format('SELECT %s FROM answers GROUP BY customer', call);
	FETCH groups INTO first;
	bytes := pg_temp.bytes_of_queries() - before;
	CLOSE groups;
	RETURN bytes / 20000;
END $$;
SET work_mem = '256MB';
SET enable_sort = off;
SET max_parallel_workers_per_gather = 0;
SELECT call, bytes - least > 16 AND bytes - least <= most + 16 + 8 AS within
  FROM (VALUES ('nps_agg(score)', 128), ('csat_agg(1 + score % 5)', 128), ('ces_agg(1 + score % 7)', 128),
               ('rating_agg(score, int4range(0, 11))', 128), ('journey_agg(stage, at)', 256)) AS v (call, most),
       LATERAL (SELECT pg_temp.bytes_of_a_group(call) AS bytes, pg_temp.bytes_of_a_group('count(score)') AS least) AS w;
