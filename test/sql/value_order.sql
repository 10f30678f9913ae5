--
-- Every type sorts, groups, counts distinct values and joins.  What is equal is what
-- has the same text; order, equality and hash agree with each other.
--
SET timezone = 'UTC';
SET client_min_messages = warning;
-- the types of the extension, but for the states of aggregates, which are no values: all have
-- default classes, and an = that can be merged and hashed
SELECT typname,
       (SELECT string_agg(amname, ', ' ORDER BY amname) FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod
         WHERE opcintype = t.oid AND opcdefault AND amname IN ('btree', 'hash')) AS classes,
       (SELECT bool_and(oprcanmerge AND oprcanhash) FROM pg_operator
         WHERE oprname = '=' AND oprleft = t.oid AND oprright = t.oid) AS joins
  FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
 WHERE typtype = 'b' AND typelem = 0 AND typname NOT LIKE '%\_state' ORDER BY typname COLLATE "C";

-- values as text, some of them twice
CREATE TABLE value (type text, v text);
INSERT INTO value SELECT 'journey_stage', v FROM unnest('{awareness,advocacy,purchase,awareness}'::text[]) v;
INSERT INTO value
SELECT 'journey_touchpoint', v FROM unnest('{web:checkout,web:c,web:check,Web:checkout,app:żółw}'::text[]) v;
INSERT INTO value SELECT 'journey_path', v FROM unnest('{a > b,a >> b,a>b,"a? > b","a | b > c"}'::text[]) v;
INSERT INTO value
SELECT 'journey', v
  FROM unnest(ARRAY['{}', '{a@2026-01-01}', '{a@2026-01-01, b@2026-01-02}', '{a@2026-01-01#1}', '{b@2026-01-01}',
                    '{a@2026-01-01=1}', '{a@2026-01-01}']) v;
INSERT INTO value
SELECT 'rating_summary', rating_agg(x % 3 + a, '[1,5]')::text
  FROM generate_series(1, 3) a, generate_series(1, 9) x GROUP BY a
UNION ALL
SELECT 'rating_summary', rating_agg(x % 3 + 1, '[1,5]', w)::text
  FROM generate_series(1, 9) x, (VALUES (1.0), (1.5)) w(w) GROUP BY w
UNION ALL
SELECT 'rating_summary', rating_agg(x, '[0,10]')::text
  FROM generate_series(0, 10) x, generate_series(1, 2) twice GROUP BY twice;
CREATE TABLE random_journey AS
SELECT i, journey_agg((ARRAY['a', 'b', 'c', 'two words'])[1 + mod(abs(hashint4extended(i * 10 + k, 1)), 4)],
                      timestamptz '2026-01-01'
                      + mod(abs(hashint4extended(i * 10 + k, 2)), 400) * interval '1 hour') AS j
  FROM generate_series(1, 60) i, generate_series(1, 4) k GROUP BY i;
INSERT INTO value SELECT 'journey', j::text FROM random_journey;
INSERT INTO value SELECT 'journey_flow', flow_agg(j)::text FROM random_journey GROUP BY i % 40;
INSERT INTO value
SELECT 'journey_funnel', funnel_agg(j, path, within)::text
  FROM random_journey, (VALUES ('a > b'::journey_path, interval '7 days'), ('a > b', '8 days'),
                               ('a > c', '7 days')) p(path, within)
 GROUP BY i % 20, path, within;
INSERT INTO value
SELECT 'journey_attribution', attribution_agg(j, goal)::text
  FROM random_journey, unnest('{a,b}'::text[]) goal GROUP BY i % 20, goal
UNION ALL
SELECT 'journey_attribution', attribution_agg(j, 'a', '1 day')::text FROM random_journey GROUP BY i % 20
UNION ALL
SELECT 'journey_attribution', attribution_agg(v, 'a', NULL, days * interval '1 day', 'b')::text
  FROM (SELECT i, journey_agg(stage, at, NULL, value) AS v FROM random_journey, LATERAL (
               SELECT stage, at, CASE WHEN i % 3 > 0 THEN (step * 7 + i) % 5 - 1.5 END AS value FROM steps(j)) s
         GROUP BY i) v, generate_series(1, 2) days GROUP BY i % 20, days;
INSERT INTO value
SELECT 'journey_cohorts', cohort_agg(j, x, 'a', unit, 2, zone)::text
  FROM random_journey, (VALUES ('a', 'day', NULL), ('b', 'day', NULL), ('b', 'week', 'UTC')) v(x, unit, zone)
 GROUP BY i % 15, x, unit, zone;
INSERT INTO value
SELECT 'journey_lifecycle', lifecycle_agg(j, 'a', unit, 'UTC', '2026-02-01')::text
  FROM random_journey, unnest('{day,week}'::text[]) unit GROUP BY i % 20, unit;
INSERT INTO value
SELECT 'term_summary', term_agg(comment_terms(stage_path(j), 'simple', true))::text FROM random_journey GROUP BY i % 30;
INSERT INTO value
SELECT 'journey_survival', survival_agg(j, 'a', 'b', '2026-01-10')::text FROM random_journey GROUP BY i % 30
UNION ALL
SELECT 'journey_survival', gap_agg(j, 'a', '2026-01-10')::text FROM random_journey GROUP BY i % 30;
INSERT INTO value
SELECT 'journey_contrast', contrast_agg(j, path, '9 days', landmark, '2026-02-01')::text
  FROM random_journey, (VALUES ('a > b'::journey_path, interval '3 days'), ('a > b', '4 days'), ('a|c > b', '3 days'))
       v(path, landmark) GROUP BY i % 15, path, landmark;
INSERT INTO value SELECT 'duration_summary', duration_agg(duration(j))::text FROM random_journey GROUP BY i % 30;
INSERT INTO value
SELECT 'rating_breakdown', breakdown_agg(label, s)::text
  FROM (SELECT g, nullif('l' || x % 4, 'l3') AS label, rating_agg(1 + x % 3, '[1,5]') AS s
          FROM generate_series(1, 12) g, generate_series(1, 9 + g % 7) x GROUP BY g, x % 4) v GROUP BY g
UNION ALL
SELECT 'rating_breakdown', breakdown_agg(label, s * w)::text
  FROM (VALUES ('a', '[1,5]{1,0,0,0,0}'::rating_summary), ('b', '[1,5]{0,0,0,0,2}')) v(label, s),
       (VALUES (1.0), (1.5)) w(w) GROUP BY w
UNION ALL
SELECT 'rating_breakdown', v
  FROM unnest(ARRAY['{}', '{a = [1, 2]} on [0, 1]', '{a = [1, 2]} on [1, 2]', '{b = [1, 2]} on [0, 1]',
                    '{(null) = [1, 2]} on [0, 1]', '{}']) v;
INSERT INTO value
SELECT 'driver_summary', driver_agg(i, ARRAY[i % 3, i % part])::text
  FROM generate_series(1, 60) i, generate_series(2, 9) part GROUP BY i % 5, part
UNION ALL
SELECT 'driver_summary', driver_agg(i, ARRAY[i % 3], w)::text
  FROM generate_series(1, 9) i, generate_series(1, 3) w, generate_series(1, 2) twice GROUP BY w, twice
UNION ALL
SELECT 'driver_summary', driver_agg(NULL, '{1}')::text FROM generate_series(1, 4) i GROUP BY i % 3;
-- a value that is there twice, and a merged one that equals one that is not
INSERT INTO value SELECT DISTINCT ON (type) type, v FROM value ORDER BY type, v;
INSERT INTO value
SELECT 'journey_flow', flow_agg(f)::text
  FROM (SELECT flow_agg(j) AS f FROM random_journey WHERE i % 40 = 1 GROUP BY i) v;

-- in columns of their types: one stored for each text, and what pairs of them say
CREATE FUNCTION pg_temp.order_of(type text, OUT stored bigint, OUT by_text bigint, OUT distinct_values bigint,
	OUT sorted bigint, OUT hashed bigint, OUT merge_joined bigint, OUT hash_joined bigint, OUT wrong_pairs bigint,
	OUT out_of_order bigint) LANGUAGE plpgsql AS $$
BEGIN
	DROP TABLE IF EXISTS typed;
	EXECUTE format('CREATE TEMP TABLE typed AS SELECT v::%s AS v FROM value WHERE type = %L', type, type);
	ANALYZE typed;
	SELECT count(*), count(DISTINCT v::text COLLATE "C"), count(DISTINCT v)
	  INTO stored, by_text, distinct_values FROM typed;
	SET LOCAL enable_hashagg = off;
	SELECT count(*) INTO sorted FROM (SELECT v FROM typed GROUP BY v) g;
	SET LOCAL enable_hashagg = on;
	SET LOCAL enable_sort = off;
	SELECT count(*) INTO hashed FROM (SELECT v FROM typed GROUP BY v) g;
	SET LOCAL enable_sort = on;
	SET LOCAL enable_nestloop = off;
	SET LOCAL enable_hashjoin = off;
	SELECT count(*) INTO merge_joined FROM typed a JOIN typed b USING (v);
	SET LOCAL enable_hashjoin = on;
	SET LOCAL enable_mergejoin = off;
	SELECT count(*) INTO hash_joined FROM typed a JOIN typed b USING (v);
	SET LOCAL enable_mergejoin = on;
	SET LOCAL enable_nestloop = on;
	-- exactly one of <, = and >, in both directions; = is that of the text
	SELECT count(*) INTO wrong_pairs FROM typed a, typed b
	 WHERE (a.v < b.v)::int + (a.v = b.v)::int + (a.v > b.v)::int <> 1
	    OR (a.v < b.v) <> (b.v > a.v)
	    OR (a.v <= b.v) <> (NOT a.v > b.v)
	    OR (a.v >= b.v) <> (NOT a.v < b.v)
	    OR (a.v <> b.v) = (a.v = b.v)
	    OR (a.v = b.v) <> (a.v::text = b.v::text);
	-- a sorted list is sorted for every pair, not for neighbours only
	SELECT count(*) INTO out_of_order
	  FROM (SELECT v, row_number() OVER (ORDER BY v) AS n FROM typed) a,
	       (SELECT v, row_number() OVER (ORDER BY v) AS n FROM typed) b
	 WHERE a.n < b.n AND a.v > b.v;
	EXECUTE 'CREATE INDEX ON typed (v)';
END $$;
SELECT type, stored > by_text AS some_twice,
       distinct_values = by_text AS distinct, sorted = by_text AS sorted, hashed = by_text AS hashed,
       merge_joined = hash_joined AS same_joined, merge_joined > stored AS joined, wrong_pairs, out_of_order
  FROM (SELECT DISTINCT type FROM value) t, pg_temp.order_of(type) ORDER BY type COLLATE "C";
-- none of the types is left out above
SELECT count(*) AS left_out
  FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
 WHERE typtype = 'b' AND typelem = 0
   AND typname NOT LIKE '%\_state' AND typname NOT IN (SELECT type FROM value);

-- what people write
SELECT count(DISTINCT f) < count(f) AS flows
  FROM (SELECT flow_agg(j) AS f FROM random_journey GROUP BY i % 3
        UNION ALL SELECT flow_agg(j) FROM random_journey GROUP BY i % 3) v;
SELECT count(DISTINCT f) AS funnels
  FROM (SELECT funnel_agg(j, 'a > b', '7 days') AS f
          FROM random_journey, generate_series(1, 2) twice GROUP BY twice) v;
SELECT count(*) AS flows
  FROM (SELECT flow_agg(j) AS f FROM random_journey UNION SELECT flow_agg(j) FROM random_journey ORDER BY 1) v;
-- unfinished states compare as what they finish to
CREATE AGGREGATE pg_temp.unfinished(interval) (
	SFUNC = cxjourney_internal.duration_summary_accum, STYPE = duration_summary);
CREATE AGGREGATE pg_temp.unfinished(journey) (SFUNC = cxjourney_internal.journey_flow_accum, STYPE = journey_flow);
SELECT pg_temp.unfinished(duration(j)) = duration_agg(duration(j)) AS duration,
       pg_temp.unfinished(j) = flow_agg(j) AS flow,
       NOT pg_temp.unfinished(j) < flow_agg(j) AS not_less
  FROM random_journey;
DROP TABLE value, random_journey, typed;
