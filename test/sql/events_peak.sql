--
-- funnel_agg() and flow_agg() over raw events keep to work_mem while they put a group of them in order, also where the
-- parts of the keys are larger than that and are parted once more. What that takes at its highest no context of memory
-- tells, only the process, and only on Linux: elsewhere nothing is measured, nor with the address sanitizer, which
-- keeps what was freed. It is 3 MB.
--
SET max_parallel_workers_per_gather = 0;
SET jit = off;
CREATE FUNCTION pg_temp.peak_in_mb() RETURNS numeric LANGUAGE sql VOLATILE AS $$
	SELECT substring(pg_read_file('/proc/self/status', 0, 10000, true) FROM 'VmHWM:\s+(\d+) kB')::numeric / 1024
	 WHERE strpos(pg_read_file('/proc/self/maps', 0, 1000000, true), 'libasan') = 0
$$;
CREATE FUNCTION pg_temp.visits_of(events integer, others integer) RETURNS bigint LANGUAGE sql AS $$
	SELECT (SELECT sum(transitions)::bigint FROM flow_edges(f) WHERE from_stage <> '(start)') FROM (
		SELECT flow_agg(CASE WHEN i % 100 > 0 THEN i % others + 1 ELSE 0 END, 's' || i % 3,
			timestamptz '2026-01-01' + i * interval '1 second') AS f
		  FROM (SELECT generate_series(1, events) AS i) AS g) AS flow
$$;
-- what a small one takes
SELECT pg_temp.visits_of(1000, 10) AS visits;

-- of 4 parts one has a customer in each of its batches, beside a fourth of all others: 33 MB if it were put in order
-- in one piece, as one customer alone must be
SET work_mem = '64kB';
SELECT coalesce(pg_temp.peak_in_mb(), 0) AS before \gset
SELECT pg_temp.visits_of(4000000, 4000000) AS visits, (pg_temp.peak_in_mb() - :before < 24) IS NOT FALSE AS within;

-- 64 parts, each of which goes to a file of its own: 36 MB if they kept the memory where their batches were
SET work_mem = '1MB';
SELECT coalesce(pg_temp.peak_in_mb(), 0) AS before \gset
SELECT pg_temp.visits_of(4000000, 500000) AS visits, (pg_temp.peak_in_mb() - :before < 24) IS NOT FALSE AS within;
