--
-- Plain = grouped = parallel = moving = partitionwise = merged = hand-written
-- SQL, to the last digit, on 40,000 random answers with NULLs and empty groups.
-- Random means: the same on every machine, from a hash.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql

CREATE TABLE property (id int, day int, grp int, nps int, csat int, ces int, weight numeric(12,9))
	PARTITION BY HASH (grp);
CREATE TABLE property_0 PARTITION OF property FOR VALUES WITH (MODULUS 3, REMAINDER 0);
CREATE TABLE property_1 PARTITION OF property FOR VALUES WITH (MODULUS 3, REMAINDER 1);
CREATE TABLE property_2 PARTITION OF property FOR VALUES WITH (MODULUS 3, REMAINDER 2);
-- groups 0 to 39; a fifth of the answers is missing, in every seventh group all
INSERT INTO property
SELECT i, pg_temp.random_int(i, 1, 60), grp,
       CASE WHEN grp % 7 > 0 AND pg_temp.random_int(i, 3, 5) > 0 THEN pg_temp.random_int(i, 4, 11) END,
       CASE WHEN grp % 7 > 0 AND pg_temp.random_int(i, 5, 5) > 0 THEN 1 + pg_temp.random_int(i, 6, 5) END,
       CASE WHEN grp % 7 > 0 AND pg_temp.random_int(i, 7, 5) > 0 THEN 1 + pg_temp.random_int(i, 8, 7) END,
       CASE WHEN pg_temp.random_int(i, 9, 9) > 0 THEN pg_temp.random_int(i, 10, 2000000000) / 1e9 END
  FROM generate_series(1, 40000) i, pg_temp.random_int(i, 2, 40) grp;
ANALYZE property;

-- what the SQL that people write by hand says, with the right denominator
CREATE TABLE by_hand AS
SELECT grp,
       100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / nullif(count(nps), 0) AS nps,
       100.0 * count(*) FILTER (WHERE csat >= 4) / nullif(count(csat), 0) AS csat,
       avg(ces) AS ces,
       100.0 * (coalesce(sum(weight) FILTER (WHERE nps >= 9), 0) - coalesce(sum(weight) FILTER (WHERE nps <= 6), 0))
             / nullif(sum(weight) FILTER (WHERE nps IS NOT NULL), 0) AS weighted_nps,
       sum(ces * weight) / nullif(sum(weight) FILTER (WHERE ces IS NOT NULL), 0) AS weighted_ces,
       CASE WHEN count(csat) > 0 THEN
         ARRAY[count(*) FILTER (WHERE csat = 1), count(*) FILTER (WHERE csat = 2), count(*) FILTER (WHERE csat = 3),
               count(*) FILTER (WHERE csat = 4), count(*) FILTER (WHERE csat = 5)] END AS csat_counts
  FROM property GROUP BY grp;
SELECT count(*) AS groups, count(nps) AS with_answers, sum(nps) <> 0 AS not_trivial FROM by_hand;

-- compares a query's columns with those of by_hand, as text, to the last digit
CREATE FUNCTION wrong(query text) RETURNS bigint LANGUAGE plpgsql AS $$
DECLARE
	result bigint;
BEGIN
	EXECUTE format('SELECT count(*) FROM by_hand h FULL JOIN (%s) q USING (grp)
		WHERE ROW(h.nps, h.csat, h.ces, h.csat_counts)::text
			IS DISTINCT FROM ROW(q.nps, q.csat, q.ces, q.csat_counts)::text', query) INTO result;
	RETURN result;
END $$;

CREATE TABLE query (name text PRIMARY KEY, query text);
INSERT INTO query VALUES
	('raw', $$SELECT grp, nps_agg(nps) AS nps, csat_agg(csat) AS csat, ces_agg(ces) AS ces,
		counts(rating_agg(csat, '[1,5]')) AS csat_counts FROM property GROUP BY grp$$),
	('stored', $$SELECT grp, nps_agg(n) AS nps, csat_agg(c) AS csat, ces_agg(e) AS ces,
			counts(rating_agg(c)) AS csat_counts
		FROM (SELECT grp, day, rating_agg(nps, '[0,10]') AS n, rating_agg(csat, '[1,5]') AS c,
			rating_agg(ces, '[1,7]') AS e FROM property GROUP BY grp, day) daily GROUP BY grp$$),
	('added', $$SELECT grp, nps(n) AS nps, csat(c) AS csat, ces(e) AS ces, counts(c) AS csat_counts
		FROM (SELECT grp,
			rating_agg(nps, '[0,10]') FILTER (WHERE day < 30)
				+ rating_agg(nps, '[0,10]') FILTER (WHERE day >= 30) AS n,
			rating_agg(csat, '[1,5]') FILTER (WHERE day % 2 = 0)
				+ rating_agg(csat, '[1,5]') FILTER (WHERE day % 2 = 1) AS c,
			rating_agg(ces, '[1,7]') FILTER (WHERE id % 3 = 0)
				+ rating_agg(ces, '[1,7]') FILTER (WHERE id % 3 > 0) AS e
			FROM property GROUP BY grp) halves$$),
	('scale given', $$SELECT grp, nps(rating_agg(nps, '[0,10]')) AS nps, csat_agg(csat, '[1,5]') AS csat,
		ces_agg(ces, '[1,7]') AS ces, counts(rating_agg(csat, '[1,5]')) AS csat_counts FROM property GROUP BY grp$$),
	('weight one', $$SELECT grp, nps_agg(nps, 1) AS nps, csat(rating_agg(csat, '[1,5]', 1)) AS csat,
		ces(rating_agg(ces, '[1,7]', 1)) AS ces, counts(rating_agg(csat, '[1,5]', 1)) AS csat_counts
		FROM property GROUP BY grp$$),
	('moving, last row', $$SELECT DISTINCT ON (grp) grp, nps_agg(nps) OVER w AS nps, csat_agg(csat) OVER w AS csat,
		ces_agg(ces) OVER w AS ces, counts(rating_agg(csat, '[1,5]') OVER w) AS csat_counts
		FROM property WINDOW w AS (PARTITION BY grp ORDER BY id ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING)
		ORDER BY grp, id$$);
INSERT INTO query
SELECT type, format($$SELECT grp, nps_agg(nps::%1$s) AS nps, csat_agg(csat::%1$s) AS csat, ces_agg(ces::%1$s) AS ces,
		counts(rating_agg(csat::%1$s, '[1,5]')) AS csat_counts FROM property GROUP BY grp$$, type)
  FROM unnest(ARRAY['smallint', 'bigint', 'numeric', 'double precision']) type;

-- one process, sorted and hashed groups
SET max_parallel_workers_per_gather = 0;
SET enable_hashagg = off;
SELECT name, pg_temp.plan_has(query, 'Sorted|WindowAgg') AS sorted, wrong(query) FROM query ORDER BY name;
SET enable_hashagg = on;
SET enable_sort = off;
SELECT name, pg_temp.plan_has(query, 'Hashed') AS hashed, wrong(query) FROM query WHERE name !~ 'moving' ORDER BY name;
RESET enable_sort;

-- many processes
SET max_parallel_workers_per_gather = 4;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT name, pg_temp.plan_has(query, '"Partial Mode": "Partial"') AS parallel, wrong(query)
  FROM query WHERE name !~ 'moving|added|stored' ORDER BY name;
SELECT pg_temp.plan_has($$SELECT nps_agg(nps), rating_agg(nps, '[0,10]') FROM property WHERE grp % 7 = 0$$,
	'"Partial Mode": "Partial"') AS parallel;
SELECT nps_agg(nps), rating_agg(nps, '[0,10]') FROM property WHERE grp % 7 = 0;
CREATE TABLE daily AS SELECT grp, day, rating_agg(nps, '[0,10]') AS nps FROM property GROUP BY grp, day;
ANALYZE daily;
SELECT pg_temp.plan_has('SELECT grp, rating_agg(nps) FROM daily GROUP BY grp', '"Partial Mode": "Partial"') AS parallel,
       count(*) FILTER (WHERE q.s IS DISTINCT FROM d.s) AS wrong
  FROM (SELECT grp, rating_agg(nps) AS s FROM daily GROUP BY grp) q
  JOIN (SELECT grp, rating_agg(nps, '[0,10]') AS s FROM property GROUP BY grp) d USING (grp);
-- compiled, with the extension's own code inlined where it was built for that
SET jit = on;
SET jit_above_cost = 0;
SET jit_inline_above_cost = 0;
SET jit_optimize_above_cost = 0;
SELECT name, wrong(query) FROM query WHERE name IN ('scale given', 'weight one') ORDER BY name;
SET jit = off;
-- even in many processes a wrong score is the same error
\set SHOW_CONTEXT never
SELECT rating_agg(nps, '[0,9]') FROM property;
RESET max_parallel_workers_per_gather;
RESET parallel_setup_cost;
RESET parallel_tuple_cost;
RESET min_parallel_table_scan_size;

-- partition by partition: whole groups, and partial ones where the key is another
SET enable_partitionwise_aggregate = on;
SET max_parallel_workers_per_gather = 0;
SELECT name, pg_temp.plan_has(query, 'Append.*Aggregate') AS partitionwise, wrong(query)
  FROM query WHERE name !~ 'moving|added|stored' ORDER BY name;
SELECT pg_temp.plan_has('SELECT day, nps_agg(nps) FROM property GROUP BY day',
	'Append.*"Partial Mode": "Partial"') AS partial;
SELECT count(*) AS days, count(*) FILTER (WHERE nps IS DISTINCT FROM by_hand) AS wrong
  FROM (SELECT day, nps_agg(nps) AS nps FROM property GROUP BY day) q
  JOIN (SELECT day,
               100.0 * (count(*) FILTER (WHERE nps >= 9) - count(*) FILTER (WHERE nps <= 6)) / count(nps) AS by_hand
          FROM property GROUP BY day) h USING (day);
RESET enable_partitionwise_aggregate;
RESET max_parallel_workers_per_gather;

-- weights: the same numbers as sums of numeric, whatever the order of rows and merges
SELECT count(*) FILTER (WHERE h.weighted_nps IS DISTINCT FROM q.nps) AS wrong_nps,
       count(*) FILTER (WHERE h.weighted_ces IS DISTINCT FROM q.ces) AS wrong_ces,
       count(*) FILTER (WHERE q.forward::text IS DISTINCT FROM q.backward::text) AS other_order,
       count(*) FILTER (WHERE q.forward::text IS DISTINCT FROM q.halves::text) AS other_merge
  FROM by_hand h
  FULL JOIN (SELECT grp, nps_agg(nps, weight) AS nps, ces(rating_agg(ces, '[1,7]', weight)) AS ces,
                    rating_agg(ces, '[1,7]', weight ORDER BY id) AS forward,
                    rating_agg(ces, '[1,7]', weight ORDER BY id DESC) AS backward,
                    rating_agg(ces, '[1,7]', weight) FILTER (WHERE id % 2 = 0)
                    + rating_agg(ces, '[1,7]', weight) FILTER (WHERE id % 2 = 1) AS halves
               FROM property GROUP BY grp) q USING (grp);

-- moving frames of every kind, against the same frames aggregated anew
CREATE TABLE framed AS
	SELECT row_number() OVER (ORDER BY id) AS i, day, nps, csat, weight, nps % 3 = 0 AS flag
	  FROM property WHERE id <= 1500;
-- a stretch of nothing but NULLs, longer than the frames
UPDATE framed SET nps = NULL, csat = NULL WHERE i BETWEEN 1 AND 40 OR i BETWEEN 700 AND 760;
-- each answer as a summary of its own, for the aggregates that merge
ALTER TABLE framed ADD one rating_summary;
UPDATE framed SET one = (SELECT rating_agg(score, '[0,10]') FROM (SELECT nps) v(score));
CREATE TABLE moved AS
SELECT '29 preceding' AS frame, i, rating_agg(nps, '[0,10]') OVER w AS s, nps_agg(nps) OVER w AS nps,
       rating_agg(csat, '[1,5]', weight) OVER w AS w, rating_agg(one) OVER w AS merged,
       csat_agg(csat) FILTER (WHERE flag) OVER w AS filtered
  FROM framed WINDOW w AS (ORDER BY i ROWS 29 PRECEDING)
UNION ALL
SELECT '5 around but this', i, rating_agg(nps, '[0,10]') OVER w, nps_agg(nps) OVER w,
       rating_agg(csat, '[1,5]', weight) OVER w, rating_agg(one) OVER w,
       csat_agg(csat) FILTER (WHERE flag) OVER w
  FROM framed WINDOW w AS (ORDER BY i ROWS BETWEEN 5 PRECEDING AND 5 FOLLOWING EXCLUDE CURRENT ROW)
UNION ALL
SELECT 'days 2 preceding', i, rating_agg(nps, '[0,10]') OVER w, nps_agg(nps) OVER w,
       rating_agg(csat, '[1,5]', weight) OVER w, rating_agg(one) OVER w,
       csat_agg(csat) FILTER (WHERE flag) OVER w
  FROM framed WINDOW w AS (ORDER BY day RANGE 2 PRECEDING);
SELECT frame,
       count(*) FILTER (WHERE m.s IS DISTINCT FROM a.s) AS wrong_summary,
       count(*) FILTER (WHERE m.nps IS DISTINCT FROM a.nps) AS wrong_nps,
       count(*) FILTER (WHERE m.w::text IS DISTINCT FROM a.w::text) AS wrong_weighted,
       count(*) FILTER (WHERE m.merged IS DISTINCT FROM a.merged) AS wrong_merged,
       count(*) FILTER (WHERE m.filtered IS DISTINCT FROM a.filtered) AS wrong_filtered,
       count(*) FILTER (WHERE m.s IS NULL) > 0 AS some_empty
  FROM moved m JOIN framed f USING (i),
       LATERAL (SELECT rating_agg(g.nps, '[0,10]') AS s, nps_agg(g.nps) AS nps,
                       rating_agg(g.csat, '[1,5]', g.weight) AS w, rating_agg(g.nps, '[0,10]') AS merged,
                       csat_agg(g.csat) FILTER (WHERE g.flag) AS filtered
                  FROM framed g
                 WHERE CASE frame WHEN '29 preceding' THEN g.i BETWEEN f.i - 29 AND f.i
                                  WHEN '5 around but this' THEN g.i BETWEEN f.i - 5 AND f.i + 5 AND g.i <> f.i
                                  ELSE g.day BETWEEN f.day - 2 AND f.day END) a
 GROUP BY frame ORDER BY frame;

-- quotients are kept for the rows to come: more of them than there is room for, each several times
SELECT count(*) AS asked, count(DISTINCT by_sql) AS quotients,
       count(*) FILTER (WHERE ours::text IS DISTINCT FROM by_sql::text) AS wrong
  FROM (SELECT nps(rating_summary('[0,10]', ARRAY[d,0,0,0,0,0,0,0,q,0,p]::bigint[])) AS ours,
               100.0 * (p - d) / (p + q + d) AS by_sql
          FROM generate_series(1, 4) AS again, generate_series(0, 12) AS d, generate_series(0, 12) AS q,
               generate_series(1, 12) AS p) AS v;

DROP TABLE property, by_hand, query, daily, framed, moved;
DROP FUNCTION wrong;
