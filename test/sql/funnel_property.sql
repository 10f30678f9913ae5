--
-- funnel_agg() and funnel_steps() against an oracle in plain SQL: 150 random paths
-- with 40 random small journeys each, in three windows.  The oracle goes through all
-- chains, straight from the definition in core/chain/chain.h, and takes the
-- best of each journey.  Random means: the same on every machine, from a hash.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA journey_funnel_property;
SET search_path = journey_funnel_property, public;
SET timezone = 'UTC';
SET intervalstyle = 'postgres';
-- what stands for a duration in a sketch: the middle of its bucket (core/duration/duration_sketch.h)
CREATE FUNCTION bucket_middle(us bigint) RETURNS bigint LANGUAGE plpgsql IMMUTABLE AS $$
DECLARE
	width bigint := 1;
BEGIN
	WHILE us / width >= 128 LOOP
		width := width * 2;
	END LOOP;
	RETURN us / width * width + (width - 1) / 2;
END $$;
CREATE FUNCTION pg_temp.random_labels(row_number int, salt int) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE WHEN pg_temp.random_int(row_number, salt, 3) > 0
	            THEN ARRAY[chr(97 + pg_temp.random_int(row_number, salt + 1, 4))]
	            -- not in the order of the alphabet
	            ELSE ARRAY[chr(99 + pg_temp.random_int(row_number, salt + 2, 2)),
	                       chr(97 + pg_temp.random_int(row_number, salt + 1, 2))] END;

-- Paths: of 1 to 5 items, one in five in any order; times are in hours
CREATE TABLE path AS
SELECT p, n, any_order,
       NOT any_order AND pg_temp.random_int(p, 3, 6) = 0 AS from_first,
       NOT any_order AND pg_temp.random_int(p, 4, 6) = 0 AS to_last
  FROM (SELECT p, n, n > 1 AND pg_temp.random_int(p, 2, 5) = 0 AS any_order
          FROM (SELECT p, 1 + pg_temp.random_int(p, 1, 5) AS n FROM generate_series(1, 150) p) p) p;
CREATE TABLE item AS
SELECT p, i, pg_temp.random_labels(x, 11) AS labels,
       i <> 1 + pg_temp.random_int(p, 5, n) AND pg_temp.random_int(x, 14, 3) = 0 AS optional,
       arrow AND pg_temp.random_int(x, 15, 4) = 0 AS next,
       CASE WHEN arrow AND pg_temp.random_int(x, 16, 4) = 0 THEN pg_temp.random_int(x, 17, 3) END AS most,
       -- in any order, of what is excluded anywhere nothing may lie between the first and the last visit
       CASE WHEN i > 1 AND pg_temp.random_int(x, 18, CASE WHEN arrow THEN 4 ELSE 12 END) = 0
            THEN pg_temp.random_labels(x, 19) ELSE '{}' END AS excluded,
       -- at least so many hours: in one path of three
       CASE WHEN arrow AND p % 3 = 0 AND pg_temp.random_int(x, 27, 2) = 0
            THEN 1 + pg_temp.random_int(x, 28, 2) END AS least
  FROM (SELECT p, n, i, p * 10 + i AS x, i > 1 AND NOT any_order AS arrow FROM path, generate_series(1, n) i) i;
-- a longest time is no shorter than the shortest one
UPDATE item SET most = greatest(most, least) WHERE most IS NOT NULL AND least IS NOT NULL;
CREATE TABLE written AS
SELECT p, (CASE WHEN from_first THEN '^' ELSE '' END
           || string_agg(CASE WHEN i = 1 THEN '' WHEN any_order THEN ' &' WHEN next THEN ' >>' ELSE ' >' END
                         || coalesce('[' || nullif(concat_ws(', ', '>= ' || least || ' hours', most || ' hours',
                                                             '!' || nullif(array_to_string(excluded, '|'), '')), '')
                                         || ']', '')
                         || array_to_string(labels, '|') || CASE WHEN optional THEN '?' ELSE '' END, '' ORDER BY i)
           || CASE WHEN to_last THEN '$' ELSE '' END)::journey_path AS path
  FROM path JOIN item USING (p) GROUP BY p, from_first, to_last;

-- Journeys: of 0 to 7 visits at 5 hours, so that many are at one time, and some simultaneous; two in three have a value
CREATE TABLE visit AS
SELECT j, p, label, t, seq, value,
       row_number() OVER (PARTITION BY j ORDER BY t, seq, label, value NULLS FIRST) AS v,
       dense_rank() OVER (PARTITION BY j ORDER BY t, seq) AS g,
       dense_rank() OVER (PARTITION BY j ORDER BY t DESC, seq DESC) = 1 AS last
  FROM (SELECT j, p, chr(97 + pg_temp.random_int(j * 10 + x, 21, 4)) AS label,
               pg_temp.random_int(j * 10 + x, 22, 5) AS t, pg_temp.random_int(j * 10 + x, 23, 2) AS seq,
               CASE WHEN pg_temp.random_int(j * 10 + x, 25, 3) > 0
                    THEN (pg_temp.random_int(j * 10 + x, 26, 2000) - 500) / 100.0 END AS value
          FROM generate_series(1, 150) p, generate_series(p * 100 + 1, p * 100 + 40) j,
               generate_series(1, pg_temp.random_int(j, 24, 8)) x) v;
CREATE INDEX ON visit (j);
CREATE TABLE customer AS
SELECT c.j, c.p,
       coalesce((SELECT journey_agg(label, timestamptz '2026-01-01' + t * interval '1 hour', seq, value)
                   FROM visit WHERE visit.j = c.j), '{}') AS journey
  FROM (SELECT p * 100 + k AS j, p FROM generate_series(1, 150) p, generate_series(1, 40) k) c;
CREATE TABLE longest AS
SELECT * FROM (VALUES (1, 0, interval '0'), (2, 2, '2 hours'), (3, NULL, NULL)) w(w, hours, within);
ANALYZE path, item, visit, customer;

-- All chains: item by item, each left out where it may be, or filled by any visit that fits. Ranks are, item by item,
-- where the label of the visit stands among those of the item, and which visit it is: rank % 10.
CREATE TABLE chain AS
WITH RECURSIVE chain AS (
	SELECT j, p, 0 AS i, '{}'::bigint[] AS visits, '{}'::bigint[] AS groups, '{}'::int[] AS times, '{}'::int[] AS items,
	       '{}'::bigint[] AS ranks, 0 AS depth, 0 AS optional, false AS ends
	  FROM customer
	UNION ALL
	SELECT c.j, c.p, c.i + 1, c.visits || f.v, c.groups || f.g, c.times || f.t,
	       CASE WHEN f.v IS NULL THEN c.items ELSE c.items || item.i END, c.ranks || f.rank,
	       c.depth + (f.v IS NOT NULL AND NOT item.optional)::int,
	       c.optional + (f.v IS NOT NULL AND item.optional)::int,
	       coalesce(f.last, c.ends)
	  FROM chain c JOIN item ON item.p = c.p AND item.i = c.i + 1 JOIN path ON path.p = c.p,
	       LATERAL (
	           SELECT NULL::bigint[] AS v, NULL::bigint[] AS g, NULL::int[] AS t, NULL::boolean AS last,
	                  NULL::bigint[] AS rank
	            WHERE item.optional OR path.any_order
	           UNION ALL
	           SELECT ARRAY[v.v], ARRAY[v.g], ARRAY[v.t], v.last, ARRAY[array_position(item.labels, v.label) * 10 + v.v]
	             FROM visit v
	            WHERE v.j = c.j AND v.label = ANY (item.labels) AND v.v <> ALL (c.visits)
	              AND CASE WHEN path.any_order THEN true
	                       WHEN c.items = '{}' THEN v.g = 1 OR NOT path.from_first
	                       ELSE CASE WHEN item.next THEN v.v = c.visits[cardinality(c.visits)] + 1
	                                 ELSE v.g >= c.groups[cardinality(c.groups)] END
	                            AND (item.most IS NULL OR v.t - c.times[cardinality(c.times)] <= item.most)
                            AND (item.least IS NULL OR v.t - c.times[cardinality(c.times)] >= item.least)
	                            AND NOT EXISTS (
	                                SELECT FROM visit x
	                                 WHERE x.j = c.j AND x.label = ANY (item.excluded)
	                                   AND x.g > c.groups[cardinality(c.groups)] AND x.g < v.g) END) f)
SELECT j, p, depth, optional, ends, coalesce(s.groups, chain.groups) AS groups, coalesce(s.times, chain.times) AS times,
       coalesce(s.items, chain.items) AS items, chain.items AS filled, ranks
  FROM chain,
       LATERAL (SELECT array_agg(g ORDER BY g, i) AS groups, array_agg(t ORDER BY g, i) AS times,
                       array_agg(i ORDER BY g, i) AS items
                  FROM path, unnest(groups, times, items) u(g, t, i) WHERE path.p = chain.p AND any_order) s
 WHERE depth > 0;
-- in any order, those that reach over a visit to what an & excludes are none
WITH broken AS (
	DELETE FROM chain USING path
	 WHERE chain.p = path.p AND any_order
	   AND EXISTS (SELECT FROM item JOIN visit x ON x.label = ANY (item.excluded)
	                WHERE item.p = chain.p AND x.j = chain.j
	                  AND x.g > groups[1] AND x.g < groups[cardinality(groups)])
	RETURNING chain.j)
SELECT count(*) > 500 AS many_broken, count(DISTINCT j) > 50 AS many_customers FROM broken;
-- the best one of each journey: deepest, most optional items, earliest visits, first items; of simultaneous visits the
-- first label of the item, then the first one in the journey
CREATE TABLE best AS
SELECT DISTINCT ON (w, j) w, c.*, path.any_order
  FROM longest, chain c JOIN path USING (p)
 WHERE (hours IS NULL OR times[cardinality(times)] - times[1] <= hours)
   AND (NOT to_last OR ends OR depth < (SELECT count(*) FROM item WHERE item.p = c.p AND NOT item.optional))
 ORDER BY w, j, depth DESC, c.optional DESC, groups, items, ranks;
SELECT (SELECT count(*) FROM chain) > 40000 AS many_chains,
       count(DISTINCT j) > 3000 AS many_customers,
       count(*) FILTER (WHERE depth > 1) > 3000 AS many_deep,
       count(*) FILTER (WHERE optional > 0) > 1000 AS many_optional
  FROM best;

-- What each customer says of each step: with arrows, step i is item i, from the last mandatory item before;
-- in any order step k is the k-th visit to a mandatory item, from the one before, and optional items come behind
CREATE TABLE said AS
SELECT w, p, j, u.i AS step,
       u.t - (SELECT b.t FROM unnest(items, times) b(i, t) JOIN item ON item.p = best.p AND item.i = b.i
               WHERE NOT item.optional AND b.i < u.i ORDER BY b.i DESC LIMIT 1) AS hours
  FROM best, unnest(items, times) u(i, t) WHERE NOT any_order
UNION ALL
SELECT w, p, j, row_number() OVER k, t - lag(t) OVER k
  FROM best,
       LATERAL (SELECT u.i, u.t FROM unnest(items, times) u(i, t)
                  JOIN item ON item.p = best.p AND item.i = u.i WHERE NOT item.optional) u
 WHERE any_order WINDOW k AS (PARTITION BY w, j ORDER BY t)
UNION ALL
SELECT w, p, j, (SELECT count(*) FROM item WHERE item.p = best.p AND (NOT item.optional OR item.i <= u.i)), NULL
  FROM best, unnest(items) u(i)
 WHERE any_order AND EXISTS (SELECT FROM item WHERE item.p = best.p AND item.i = u.i AND item.optional);
-- the steps of each path, and what they are measured from
CREATE TABLE step AS
SELECT p, i AS step, array_to_string(labels, '|') AS stage, optional,
       (SELECT max(b.i) FROM item b WHERE b.p = item.p AND b.i < item.i AND NOT b.optional) AS previous,
       (SELECT min(b.i) FROM item b WHERE b.p = item.p AND NOT b.optional) AS first
  FROM item JOIN path USING (p) WHERE NOT any_order
UNION ALL
SELECT p, k,
       'any ' || k || ' of: ' || (SELECT string_agg(array_to_string(labels, '|'), ' & ' ORDER BY i)
                                    FROM item WHERE item.p = path.p AND NOT optional),
       false, nullif(k - 1, 0), 1
  FROM path, LATERAL (SELECT row_number() OVER () AS k FROM item WHERE item.p = path.p AND NOT optional) k
 WHERE any_order
UNION ALL
SELECT p, (SELECT count(*) FROM item WHERE item.p = path.p AND (NOT item.optional OR item.i <= i.i)),
       array_to_string(labels, '|'), true, NULL, 1
  FROM path JOIN item i USING (p) WHERE any_order AND optional;
CREATE TABLE counted AS
SELECT w, step.*, count(j) AS reached, round(avg(said.hours * 3600000000::bigint)) AS mean,
       CASE WHEN count(DISTINCT said.hours) > 1
            THEN percentile_cont(ARRAY[0.5, 0.9, 0.95]) WITHIN GROUP (
                 ORDER BY bucket_middle(said.hours * 3600000000::bigint) * interval '1 microsecond')
            ELSE array_fill(round(avg(said.hours * 3600000000::bigint)) * interval '1 microsecond', ARRAY[3])
       END AS percentiles
  FROM longest CROSS JOIN step LEFT JOIN said USING (w, p, step)
 GROUP BY w, step.p, step.step, step.stage, step.optional, step.previous, step.first;
CREATE TABLE expected AS
SELECT c.w, c.p, c.step, c.stage, c.optional, c.reached,
       100::numeric * c.reached / nullif(b.reached, 0) AS from_previous,
       100::numeric * c.reached / nullif(a.reached, 0) AS from_start,
       CASE WHEN NOT c.optional THEN b.reached - c.reached END AS dropped,
       c.mean * interval '1 microsecond' AS mean_time,
       c.percentiles[1] AS p50_time, c.percentiles[2] AS p90_time, c.percentiles[3] AS p95_time
  FROM counted c
  LEFT JOIN counted b ON b.w = c.w AND b.p = c.p AND b.step = c.previous
  LEFT JOIN counted a ON a.w = c.w AND a.p = c.p AND a.step = c.first;

CREATE VIEW asked AS
SELECT w, p, j, journey, path, within FROM longest, customer JOIN written USING (p);
CREATE TABLE funnel AS SELECT w, p, funnel_agg(journey, path, within) AS f FROM asked GROUP BY w, p;
CREATE VIEW got AS SELECT w, p, s.* FROM funnel, funnel_steps(f) s;
SELECT count(*) AS funnels FROM funnel;
SELECT count(*) > 1000 AS many_steps, count(*) FILTER (WHERE e.reached > 1) > 900 AS many_reached,
       count(*) FILTER (WHERE s.step IS NULL OR e.step IS NULL) AS wrong_steps,
       count(*) FILTER (WHERE (s.stage, s.optional) IS DISTINCT FROM (e.stage, e.optional)) AS wrong_stage,
       count(*) FILTER (WHERE (s.reached, s.dropped) IS DISTINCT FROM (e.reached, e.dropped)) AS wrong_reached,
       count(*) FILTER (WHERE (s.from_previous, s.from_start) IS DISTINCT FROM (e.from_previous, e.from_start))
       AS wrong_conversion,
       count(*) FILTER (WHERE s.mean_time IS DISTINCT FROM e.mean_time) AS wrong_mean,
       count(*) FILTER (WHERE (s.p50_time, s.p90_time, s.p95_time)
                              IS DISTINCT FROM (e.p50_time, e.p90_time, e.p95_time)) AS wrong_percentiles
  FROM got s FULL JOIN expected e USING (w, p, step);
-- one that is wrong, should there be any
SELECT path, within, e.*, s.*
  FROM got s FULL JOIN expected e USING (w, p, step) JOIN written USING (p) JOIN longest USING (w)
 WHERE (s.stage, s.optional, s.reached, s.dropped, s.from_previous, s.from_start, s.mean_time, s.p50_time, s.p90_time,
        s.p95_time)
       IS DISTINCT FROM (e.stage, e.optional, e.reached, e.dropped, e.from_previous, e.from_start, e.mean_time,
                         e.p50_time, e.p90_time, e.p95_time)
 LIMIT 1;
-- the whole way, from the first to the last visit to a mandatory item, of those whose best chain has all of them
CREATE TABLE whole_way AS
SELECT w, p, count(*) AS customers, round(avg(us)) * interval '1 microsecond' AS mean,
       CASE WHEN count(DISTINCT us) > 1
            THEN percentile_cont(ARRAY[0.25, 0.9]) WITHIN GROUP (ORDER BY bucket_middle(us) * interval '1 microsecond')
            ELSE array_fill(min(us) * interval '1 microsecond', ARRAY[2]) END AS percentiles
  FROM (SELECT w, best.p, (max(t) - min(t)) * 3600000000::bigint AS us
          FROM best, unnest(times, items) u(t, i) JOIN item ON item.i = u.i
         WHERE item.p = best.p AND NOT item.optional
           AND depth = (SELECT count(*) FROM item n WHERE n.p = best.p AND NOT n.optional) AND depth > 1
         GROUP BY w, best.p, j) v
 GROUP BY w, p;
SELECT count(*) AS funnels, count(e.customers) > 150 AS many,
       count(*) FILTER (WHERE e.customers > 3) > 60 AS many_of_many,
       count(*) FILTER (WHERE d IS NULL <> (e.customers IS NULL)) AS wrong_nulls,
       count(*) FILTER (WHERE duration_count(d) IS DISTINCT FROM e.customers) AS wrong_customers,
       count(*) FILTER (WHERE duration_mean(d) IS DISTINCT FROM e.mean) AS wrong_mean,
       count(*) FILTER (WHERE (duration_percentile(d, 0.25), duration_percentile(d, 0.9))
                              IS DISTINCT FROM (e.percentiles[1], e.percentiles[2])) AS wrong_percentiles
  FROM (SELECT w, p, funnel_time(f) AS d FROM funnel) g LEFT JOIN whole_way e USING (w, p);
-- what the visits of each step were worth; where >> has a say in which one of simultaneous visits it is, the unit test
-- of chains looks at that
CREATE TABLE worth AS
SELECT w, p, step, sum(value) AS value
  FROM (SELECT w, best.p, v.value,
               CASE WHEN NOT any_order THEN u.i
                    WHEN item.optional
                    THEN (SELECT count(*) FROM item n WHERE n.p = best.p AND (NOT n.optional OR n.i <= u.i))
                    ELSE row_number() OVER (PARTITION BY w, best.j, item.optional ORDER BY v.g, u.i) END AS step
          FROM best, unnest(filled, ranks) u(i, rank), item, visit v
         WHERE item.p = best.p AND item.i = u.i AND v.j = best.j AND v.v = u.rank % 10) s
 GROUP BY w, p, step;
SELECT count(*) > 800 AS many_steps, count(e.value) > 600 AS many_worth,
       count(*) FILTER (WHERE s.value IS NULL) > 10 AS some_not,
       count(*) FILTER (WHERE s.value IS DISTINCT FROM e.value) AS wrong
  FROM got s LEFT JOIN worth e USING (w, p, step) WHERE p NOT IN (SELECT p FROM item WHERE next);
-- by which visits each customer went the path, as far as that was
CREATE TABLE gone AS
SELECT w, best.j, u.i AS item, v.label AS stage, timestamptz '2026-01-01' + v.t * interval '1 hour' AS at
  FROM best, unnest(filled, ranks) u(i, rank), visit v
 WHERE v.j = best.j AND v.v = u.rank % 10 AND best.p NOT IN (SELECT p FROM item WHERE next);
CREATE TABLE went AS
SELECT w, j, s.* FROM asked, path_visits(journey, path, within) s WHERE p NOT IN (SELECT p FROM item WHERE next);
ANALYZE gone, went;
SELECT count(*) > 9000 AS many_visits, count(*) FILTER (WHERE e.stage IS DISTINCT FROM g.stage) AS wrong_stage,
       count(*) FILTER (WHERE e.at IS DISTINCT FROM g.at) AS wrong_time
  FROM gone e FULL JOIN went g USING (w, j, item);
-- what came next, after all of it: the first visit of the next group
CREATE TABLE whole AS
SELECT p, count(*) AS steps FROM item WHERE NOT optional GROUP BY p;
CREATE TABLE complete AS
SELECT w, j, groups[cardinality(groups)] AS "end" FROM best JOIN whole USING (p) WHERE depth = steps;
ANALYZE complete;
SELECT count(*) > 10000 AS many, count(g.next) > 1500 AS many_next,
       count(*) FILTER (WHERE g.next IS DISTINCT FROM e.next) AS wrong
  FROM (SELECT w, j, next_after(journey, path, within) AS next FROM asked) g
  LEFT JOIN (SELECT DISTINCT ON (w, j) w, j, label AS next FROM complete JOIN visit USING (j) WHERE g > "end"
              ORDER BY w, j, g, v) e USING (w, j);
-- how often: from the end of one match on the one that ends first
CREATE TABLE match AS
SELECT DISTINCT w, j, groups[1] AS first, groups[cardinality(groups)] AS last
  FROM longest, chain c JOIN path USING (p) JOIN whole USING (p)
 WHERE (hours IS NULL OR times[cardinality(times)] - times[1] <= hours) AND (NOT to_last OR ends) AND depth = steps;
CREATE INDEX ON match (w, j);
ANALYZE match;
WITH RECURSIVE counted AS (
	SELECT w, j, 0 AS n, 0::bigint AS last FROM asked
	UNION ALL
	SELECT c.w, c.j, n + 1, (SELECT min(m.last) FROM match m WHERE m.w = c.w AND m.j = c.j AND m.first > c.last)
	  FROM counted c WHERE EXISTS (SELECT FROM match m WHERE m.w = c.w AND m.j = c.j AND m.first > c.last)
)
SELECT count(*) > 10000 AS many, count(*) FILTER (WHERE e.n > 1) > 1000 AS many_times,
       count(*) FILTER (WHERE path_count(journey, path, within) IS DISTINCT FROM e.n) AS wrong
  FROM asked JOIN (SELECT w, j, max(n) AS n FROM counted GROUP BY w, j) e USING (w, j);
-- how many reach a mandatory step is how many are as deep
SELECT count(*) > 100 AS many, count(*) FILTER (WHERE s.reached > 0) > 100 AS many_reached,
       count(*) FILTER (WHERE d.n <> s.reached) AS wrong
  FROM (SELECT w, p, row_number() OVER (PARTITION BY w, p ORDER BY step) AS depth, reached
          FROM got WHERE NOT optional) s,
       LATERAL (SELECT count(*) AS n FROM asked
                 WHERE asked.p = s.p AND asked.w = s.w AND funnel_depth(journey, path, within) >= s.depth) d;

-- what was seen, of each customer: the items whose labels the customer visited, anywhere; in any order as many of the
-- mandatory ones as the step says, and the optional ones behind them
CREATE TABLE seen AS
SELECT j, p, i, optional, any_order,
       EXISTS (SELECT FROM visit v WHERE v.j = customer.j AND v.label = ANY (labels)) AS seen,
       row_number() OVER (PARTITION BY j, optional ORDER BY i) AS nth
  FROM customer JOIN item USING (p) JOIN path USING (p);
CREATE INDEX ON seen (j);
ANALYZE seen;
SELECT count(*) > 10000 AS many_steps,
       count(*) FILTER (WHERE NOT s.seen) > 1000 AS many_unseen,
       count(*) FILTER (WHERE s.seen IS DISTINCT FROM e.seen) AS wrong
  FROM (SELECT j, p, s.*
          FROM (SELECT j, p, funnel_agg(journey, path) AS f FROM customer JOIN written USING (p) GROUP BY j, p) v,
               funnel_steps(f) s) s
  FULL JOIN (
	SELECT j, p, i AS step, seen FROM seen WHERE NOT any_order
	UNION ALL
	SELECT j, p, nth, (SELECT count(*) FROM seen n WHERE n.j = seen.j AND NOT n.optional AND n.seen) >= nth
	  FROM seen WHERE any_order AND NOT optional
	UNION ALL
	SELECT j, p, nth + (SELECT count(*) FROM item WHERE item.p = seen.p AND NOT item.optional), seen
	  FROM seen WHERE any_order AND optional) e USING (j, p, step);

-- any split of the customers, any order: the same value, the same bytes
CREATE VIEW way AS
          SELECT 'backwards' AS way, w, p, funnel_agg(journey, path, within ORDER BY j DESC) AS f
            FROM asked GROUP BY w, p
UNION ALL SELECT 'in 7 parts', w, p, funnel_agg(part)
            FROM (SELECT w, p, funnel_agg(journey, path, within) AS part FROM asked GROUP BY w, p, j % 7) v
           GROUP BY w, p
UNION ALL SELECT 'one by one', w, p, funnel_agg(part ORDER BY part::text)
            FROM (SELECT w, p, funnel_agg(journey, path, within) AS part FROM asked GROUP BY w, p, j) v
           GROUP BY w, p
UNION ALL SELECT 'halves, swapped', w, p, b + a
            FROM (SELECT w, p, funnel_agg(journey, path, within) FILTER (WHERE j % 2 = 0) AS a,
                         funnel_agg(journey, path, within) FILTER (WHERE j % 2 = 1) AS b
                    FROM asked GROUP BY w, p) v
UNION ALL SELECT 'through text', w, p, f::text::journey_funnel FROM funnel;
SELECT way, count(*) AS funnels,
       count(*) FILTER (WHERE way.f IS DISTINCT FROM funnel.f) AS wrong,
       count(*) FILTER (WHERE way.f::text IS DISTINCT FROM funnel.f::text) AS wrong_text,
       count(*) FILTER (WHERE cxjourney_internal.journey_funnel_send(way.f)
                              IS DISTINCT FROM cxjourney_internal.journey_funnel_send(funnel.f)) AS wrong_binary
  FROM way JOIN funnel USING (w, p) GROUP BY way ORDER BY way;
