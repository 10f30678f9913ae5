--
-- The type journey on a few visits; every answer was worked out by hand.
--
SET timezone = 'UTC';
SET datestyle = 'ISO';
SET intervalstyle = 'postgres';
-- every server has this method of compression; the default is another one since PostgreSQL 19
SET default_toast_compression = pglz;

-- text round trip: sorted by time, seq and label bytes, quoted where needed, UTC
SELECT '{awareness@2026-01-05T10:00:00Z, purchase@2026-01-07T09:30:00.5Z#12}'::journey;
SELECT ' { b @ 2026-01-05 , a@2026-01-05,"say ""hi""" @ 2026-01-04T23:30:00-01:00 , x@2026-01-05T00:00Z#-3 } '
       ::journey;
SELECT '{web:checkout@2026-01-05T10:00:00.123456Z, świadomość@2026-01-05T10:00:00.12Z}'::journey;
SELECT '{}'::journey, '{a@-4713-11-24}'::journey, '{a@294276-12-31T23:59:59.999999Z}'::journey;
SELECT '{a@-4713-11-24, b@294276-12-31T23:59:59.999999Z, c@294276-12-31T23:59:59.999999Z#9223372036854775807,
         c@2000-01-01#-9223372036854775808}'::journey;
-- no setting changes it
SET timezone = 'Asia/Kolkata';
SET datestyle = 'German';
SELECT '{awareness@2026-01-05T10:00:00Z, purchase@2026-01-07T09:30:00.5Z#12}'::journey;
SET datestyle = 'ISO';
SET timezone = 'UTC';

-- each unit of time keeps what it must
SELECT j, pg_column_size(j)
  FROM (VALUES ('{a@2026-01-01, b@2026-01-03}'::journey),
               ('{a@2026-01-01T05:00Z, b@2026-01-03}'),
               ('{a@2026-01-01T05:07Z, b@2026-01-03}'),
               ('{a@2026-01-01T05:07:09Z, b@2026-01-03}'),
               ('{a@2026-01-01T05:07:09.001Z, b@2026-01-03}'),
               ('{a@2026-01-01T05:07:09.000001Z, b@2026-01-03}')) v(j);

-- readers: a 1 day at first, then b until the 5th, a again for 12 hours, c last
CREATE TEMP TABLE one AS SELECT '{a@2026-01-01, b@2026-01-02, a@2026-01-05, c@2026-01-05T12:00Z}'::journey AS j;
SELECT * FROM one, steps(j);
SELECT visits(j), visits(j, 'a') AS to_a, visits(j, 'z') AS to_z, first_stage(j), last_stage(j) FROM one;
SELECT started_at(j), ended_at(j), duration(j) FROM one;
SELECT stage, first_visit(j, stage), last_visit(j, stage), time_in(j, stage)
  FROM one, unnest('{a,b,c,z}'::text[]) stage;
-- the alphabet does not decide who stays: of simultaneous visits all do, of exact repeats the last
SELECT steps.* FROM steps('{a@2026-01-01, b@2026-01-02, c@2026-01-02, c@2026-01-02, a@2026-01-05}');
CREATE TEMP TABLE simultaneous AS
SELECT '{a@2026-01-01, b@2026-01-01, b@2026-01-01, c@2026-01-01#1, d@2026-01-03, a@2026-01-04, b@2026-01-04}'
       ::journey AS j;
SELECT steps.* FROM simultaneous, steps(j);
SELECT stage, time_in(j, stage) FROM simultaneous, unnest('{a,b,c,d}'::text[]) stage;
SELECT label, time_in(j, label) AS stay
  FROM unnest('{basket,zebra}'::text[]) label,
       LATERAL (SELECT journey_agg(stage, at) AS j
                  FROM (VALUES (label, timestamptz '2026-03-02'), ('order', '2026-03-02'), ('order', '2026-03-04'))
                       v(stage, at)) v;
-- from the first timestamptz to the last: the true interval, where PostgreSQL's minus overflows
SELECT duration(j), time_in(j, 'a') AS in_a, time_in(j, 'b') AS in_b,
       visits(slice(j, '[-infinity, infinity]')) AS sliced
  FROM (VALUES ('{a@-4713-11-24T00:00:00Z, b@-4713-11-24T00:00:00.000001Z, a@294276-12-31T23:59:59.999999Z}'::journey))
       v(j);
SELECT steps.* FROM steps('{a@-4713-11-24T00:00:00Z, b@294276-12-31T23:59:59.999999Z}');
SELECT s FROM sessions('{a@-4713-11-24T00:00:00Z, b@294276-12-31T23:59:59.999999Z}', '106751991 days') s;
SELECT duration('{a@-4713-11-24T00:00:00Z, b@294276-11-24T00:00:00Z}')
       = make_interval(days => date '294276-11-24' - date '4714-11-24 BC') AS to_the_day;
-- whatever else subtracts times: flow, funnel, attribution, cohorts; a duration_summary holds 292,000 years
CREATE TEMP TABLE ages AS
SELECT '{a@-4713-11-24T00:00:00Z, b@294276-12-31T00:00:00Z, goal@294276-12-31T00:00:00Z}'::journey AS j;
SELECT e.mean_time = duration(j) AS flow
  FROM ages, flow_edges((SELECT flow_agg(j) FROM ages)) e WHERE e.from_stage = 'a';
SELECT s.mean_time = duration(j) AS funnel
  FROM ages, funnel_steps((SELECT funnel_agg(j, 'a > b', NULL) FROM ages)) s WHERE s.step = 2;
SELECT touchpoint,
       abs(credit - CASE touchpoint WHEN 'a' THEN w / (1 + w) ELSE 1 / (1 + w) END::numeric) < 1e-9 AS time_decay
  FROM (SELECT attribution_agg(j, 'goal', '50000000 days') AS a FROM ages) v, attribution_credits(a, 'time_decay'),
       LATERAL (SELECT power(2, -109203527.0 / 50000000)::float8 AS w) w;
SELECT cohort_agg(j, 'a', 'goal', 'week', 1) FROM ages;
SELECT ended, complete
  FROM ages, LATERAL (SELECT cohort_agg(v.j, 'a', 'a', 'hour', 10000, NULL, ended_at(ages.j)) AS c FROM ages v) w,
       cohort_table(c) WHERE period = 10000;
SELECT duration_agg(duration(j)) FROM ages;
-- as a text, all of it or as many stages as are asked for
SELECT stage_path(j), stage_path(j, 2) AS two, stage_path(j, 4) AS four FROM one;
SELECT stage_path('{"two words"@2026-01-01, b@2026-01-02}');
SELECT stage_path('{a@2026-01-01, "..."@2026-01-02}'), stage_path('{a@2026-01-01, b@2026-01-02}', 1) AS one;
-- without visits, and without a journey
SELECT visits('{}'), first_stage('{}'), last_stage('{}'), started_at('{}'), ended_at('{}'), duration('{}'),
       stage_path('{}');
SELECT count(*) FROM steps('{}');
SELECT visits(NULL::journey), stage_path(NULL), time_in(NULL, 'a'), visits('{}', NULL) AS to_null;

-- journeys made of journeys
SELECT dedupe('{a@2026-01-01, a@2026-01-01, a@2026-01-01#1, b@2026-01-01, b@2026-01-01}');
SELECT collapse('{a@2026-01-01, a@2026-01-02, b@2026-01-03, b@2026-01-03#1, a@2026-01-04}');
SELECT slice(j, range::tstzrange)
  FROM one, unnest(ARRAY['[2026-01-02, 2026-01-05)', '(2026-01-02, 2026-01-05]', '[2026-01-05,]', 'empty']) range;
SELECT slice(j, '(,)') = j AS all FROM one;
SELECT s, n FROM one, sessions(j, '1 day') WITH ORDINALITY AS t(s, n);
SELECT count(*), bool_and(s = j) AS whole FROM one, sessions(j, '3 days') s;
SELECT count(*) FROM sessions('{}', '1 day');
SELECT '{a@2026-01-02}'::journey || '{b@2026-01-01, a@2026-01-02}' AS merged;
SELECT '{a@2026-01-02}'::journey || '{}' AS with_empty, '{}'::journey || '{}' AS empty,
       '{a@2026-01-02}'::journey || NULL AS with_null;

-- operators
SELECT labels, j @> labels AS has_all, j && labels AS has_one
  FROM one, (VALUES ('{a,c}'::text[]), ('{a,z}'), ('{}'), ('{a,NULL}'), ('{z,c}'), ('{z}'), ('{NULL,a}')) v(labels);
SELECT a, b, a = b AS eq, a <> b AS ne, a < b AS lt, a <= b AS le, a > b AS gt, a >= b AS ge
  FROM (VALUES ('{a@2026-01-01}'::journey, '{ "a" @ 2025-12-31T23:00:00-01 }'::journey),
               ('{a@2026-01-01}', '{b@2026-01-01}'),
               ('{a@2026-01-01}', '{a@2026-01-01, a@2026-01-01}'),
               ('{a@2026-01-01#1}', '{a@2026-01-01}'),
               ('{}', '{a@2026-01-01}'),
               ('{b@2026-01-01}', '{a@2026-01-02}')) v(a, b);
SELECT j, count(*)
  FROM (VALUES ('{a@2026-01-01}'::journey), ('{b@2026-01-01}'), ('{"a"@2026-01-01}')) v(j) GROUP BY j ORDER BY j;
SELECT count(*) AS joined
  FROM (VALUES ('{a@2026-01-01}'::journey), ('{b@2026-01-01}')) v(j)
  JOIN (VALUES ('{a@2026-01-01}'::journey)) w(j) USING (j);

-- journey_agg: any order of rows; NULL stages and times are no visits, NULL seq is 0
CREATE TEMP TABLE visit (customer int, stage text, at timestamptz, seq bigint);
INSERT INTO visit VALUES
	(1, 'b', '2026-01-02', 7), (1, 'a', '2026-01-01', NULL), (1, 'a', '2026-01-02', 5),
	(1, NULL, '2026-01-03', 1), (1, 'c', NULL, 1),
	(2, 'a', '2026-01-01 00:00:00.25', 1), (3, NULL, NULL, NULL);
SELECT customer, journey_agg(stage, at), journey_agg(stage, at, seq) AS with_seq
  FROM visit GROUP BY customer ORDER BY customer;
SELECT journey_agg(stage, at) FROM visit WHERE false;
SELECT journey_agg(stage, at ORDER BY at DESC) = journey_agg(stage, at ORDER BY at) AS any_order FROM visit;
SELECT journey_agg(DISTINCT stage, at) FILTER (WHERE customer = 1) FROM visit;
SELECT journey_agg(j), journey_agg(j) = journey_agg(j ORDER BY j DESC) AS any_order
  FROM (VALUES ('{a@2026-01-03}'::journey), (NULL), ('{b@2026-01-01}'), ('{a@2026-01-03}')) v(j);
SELECT journey_agg(j) FROM (VALUES ('{}'::journey), (NULL)) v(j);
SELECT stage, at::date, journey_agg(stage, at) OVER (ORDER BY at ROWS 1 PRECEDING)
  FROM visit WHERE customer = 1 AND stage < 'c' ORDER BY at, stage;
-- incrementally kept
CREATE TEMP TABLE customer_journey (customer int PRIMARY KEY, j journey);
INSERT INTO customer_journey
SELECT customer, journey_agg(stage, at, seq) FROM visit WHERE at < '2026-01-02' GROUP BY customer;
INSERT INTO customer_journey AS t
SELECT customer, journey_agg(stage, at, seq) FROM visit WHERE at >= '2026-01-02' AND stage IS NOT NULL GROUP BY customer
	ON CONFLICT (customer) DO UPDATE SET j = t.j || excluded.j;
SELECT * FROM customer_journey ORDER BY customer;

-- storage: short, compressed, external; binary round trip of every shape
CREATE TEMP TABLE stored (kind text, j journey);
INSERT INTO stored VALUES ('short', '{a@2026-01-01}');
INSERT INTO stored
SELECT 'long', journey_agg('stage ' || i % 300, timestamptz '2026-01-01' + i * i * interval '1 second')
  FROM generate_series(1, 2000) i;
ALTER TABLE stored ALTER j SET STORAGE external;
INSERT INTO stored SELECT 'external', j FROM stored WHERE kind = 'long';
INSERT INTO stored SELECT 'external', j || j FROM stored WHERE kind = 'long';
ALTER TABLE stored ALTER j SET STORAGE main;
INSERT INTO stored
SELECT 'main', journey_agg('stage ' || i % 9, timestamptz '2026-01-01' + i * interval '1 day', i)
  FROM generate_series(1, 5000) i;
SELECT kind, visits(j), pg_column_compression(j) IS NOT NULL AS compressed, visits(j, 'stage 7') AS to_stage_7,
       duration(j)
  FROM stored ORDER BY kind, visits(j);
SELECT pg_relation_size(reltoastrelid) > 0 AS some_out_of_line FROM pg_class WHERE oid = 'stored'::regclass;
CREATE TEMP VIEW sent AS
SELECT j FROM stored
UNION ALL VALUES ('{}'::journey), (NULL), ('{a@-4713-11-24, "b c"@294276-12-31T23:59:59.999999Z#-5}');
\copy (SELECT j FROM sent) TO 'results/journey.bin' (FORMAT binary)
CREATE TEMP TABLE received (j journey);
\copy received FROM 'results/journey.bin' (FORMAT binary)
SELECT count(*), count(j) AS journeys, count(DISTINCT j) AS different,
       count(*) FILTER (WHERE j::text::journey IS DISTINCT FROM j) AS text_differs
  FROM received;
SELECT r.j FROM received r LEFT JOIN stored USING (j) WHERE kind IS NULL ORDER BY j;
SELECT cxjourney_internal.journey_send('{b@2000-01-01T00:00:00.000001Z, a@2000-01-01#2}');
SELECT cxjourney_internal.journey_send('{}');

-- what journey_agg takes as a label, text and a path take, too; ... is no bare word
SELECT j = j::text::journey AS same, j ~ journey_path(ARRAY[first_stage(j)]) AS found
  FROM (SELECT journey_agg(label, '2026-01-01') AS j
          FROM unnest(ARRAY[E'a\u0085b', U&'\00A0', '...', 'a"b', '>', '?']) label GROUP BY label) v;
SELECT duration('{a@-4713-11-24, b@294276-12-31}');
SELECT count(*) FROM sessions('{a@-4713-11-24, b@294276-12-31}', '1 day');
