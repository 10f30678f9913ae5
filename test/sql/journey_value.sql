--
-- Values of visits, such as the amount of an order: by hand, against plain SQL over random rows with NULLs, in bytes,
-- and what is refused.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
SET timezone = 'UTC';
SET client_min_messages = warning;
CREATE SCHEMA journey_value_test;
SET search_path = journey_value_test, public;

-- the text form: no value before any, exact, without zeros at the end
SELECT '{b@2026-01-01#2=-0.5, a@2026-01-01=19.99, a@2026-01-01=0, a@2026-01-01, a@2026-01-02T10:00+01 = 20.0000}'
       ::journey;
SELECT '{a@2026-01-01=9999999999999.9999, a@2026-01-01=-9999999999999.9999, a@2026-01-02=0.0001}'::journey;
-- as rows; of visits at the same time the last one stays
SELECT step, stage, at::date, stay, value
  FROM steps('{buy@2026-01-01, buy@2026-01-01=5, buy@2026-01-01=0, back@2026-01-03=-19.99, see@2026-01-04}')
 ORDER BY step;
-- sums, NULL where there is no value
SELECT value_in(j), value_in(j, 'buy') AS buy, value_in(j, 'back') AS back, value_in(j, 'see') AS see,
       value_in(j, 'no') AS no
  FROM (SELECT '{buy@2026-01-01=20, buy@2026-01-02=5.5, back@2026-01-03=-19.99, see@2026-01-04, buy@2026-01-05}'
               ::journey) AS t(j);
SELECT value_in('{}') IS NULL AND value_in('{a@2026-01-01}') IS NULL AND value_in(NULL) IS NULL AS nothing,
       value_in('{a@2026-01-01=0}') AS zero;
-- more than a bigint holds
SELECT value_in(journey_agg('a', '2026-01-01', i, 9999999999999.9999)) = 1000 * 9999999999999.9999 AS large
  FROM generate_series(1, 1000) i;
-- rounded to ten-thousandths, half away from zero
SELECT journey_agg('a', '2026-01-01', i, value)
  FROM unnest('{0.00005,-0.00005,0.00004999,-0.00015,1234.56785,1e-30}'::numeric[]) WITH ORDINALITY AS v(value, i);
-- a NULL is no value, and no value is the journey that has always been, byte by byte
SELECT a = b AS same, cxjourney_internal.journey_send(a) = cxjourney_internal.journey_send(b) AS same_message,
       pg_column_size(a) = pg_column_size(b) AS same_size
  FROM (SELECT journey_agg('a', '2026-01-01'::timestamptz + i * interval '1 day', i % 2, NULL) AS a,
               journey_agg('a', '2026-01-01'::timestamptz + i * interval '1 day', i % 2) AS b
          FROM generate_series(1, 9) i) v;

-- dedupe keeps other values apart, collapse adds them up, slices and sessions keep them
SELECT dedupe('{a@2026-01-01=1, a@2026-01-01=1, a@2026-01-01=2, a@2026-01-01, a@2026-01-01}');
SELECT collapse('{a@2026-01-01, a@2026-01-02=1.5, b@2026-01-03, b@2026-01-04, a@2026-01-05=0.0001, a@2026-01-06=-1}');
SELECT slice('{a@2026-01-01=1, b@2026-01-02=2, c@2026-01-03}', '[2026-01-02,)');
SELECT s FROM sessions('{a@2026-01-01=1, b@2026-01-02, c@2026-01-05=3}', '1 day') s;
SELECT contexts('{a@2026-01-01=1, b@2026-01-02, a@2026-01-03=3}', 1);
SELECT '{a@2026-01-01=1, b@2026-01-02}'::journey || '{a@2026-01-01, b@2026-01-02=2}';
-- taken away again, as often as it is there
SELECT '{a@2026-01-01, a@2026-01-01=1, a@2026-01-01=1, b@2026-01-02#3}'::journey - '{b@2026-01-02#3, a@2026-01-01=1}';
SELECT '{a@2026-01-01}'::journey - '{}' = '{a@2026-01-01}' AS nothing,
       '{a@2026-01-01=1}'::journey - '{a@2026-01-01=1}' = '{}' AS whole;
SELECT pg_temp.detail_of(format('SELECT ''{a@2026-01-01, b@2026-01-02#3=4, b@2026-01-05}''::journey - %L', taken))
  FROM unnest(ARRAY['{a@2026-01-01, a@2026-01-01}', '{b@2026-01-02=4}', '{b@2026-01-02#3}', '{b@2026-01-02#3=4.5}',
                    '{c@2026-01-05}', '{a@2025-01-01=7}', '{b@2026-01-07}']) taken;
SELECT pg_temp.error_of('SELECT journey ''{}'' - ''{a@2026-01-01=1}''') AS from_nothing;

-- random visits, of few times, seqs and values
CREATE TABLE visit AS
SELECT i AS id, customer,
       CASE WHEN pg_temp.random_int(i, 2, 20) > 0
            THEN (ARRAY['a', 'b', 'świat'])[1 + pg_temp.random_int(i, 3, 3)] END AS stage,
       CASE WHEN pg_temp.random_int(i, 4, 20) > 0
            THEN timestamptz '2026-01-01' + pg_temp.random_int(i, 5, 6)
                 * (ARRAY['1 day', '1 minute', '1 microsecond'])[1 + customer % 3]::interval END AS at,
       CASE WHEN pg_temp.random_int(i, 6, 2) > 0 THEN pg_temp.random_int(i, 7, 3) - 1 END::bigint AS seq,
       CASE WHEN customer % 5 = 0 OR pg_temp.random_int(i, 8, 3) = 0 THEN NULL
            WHEN customer % 5 = 1 THEN pg_temp.random_int(i, 9, 3)
            WHEN customer % 5 = 2 THEN pg_temp.random_int(i, 9, 300000) / 100.0
            WHEN customer % 5 = 3 THEN (pg_temp.random_int(i, 9, 7) - 3) * 25000
            ELSE (pg_temp.random_int(i, 9, 2000000000000000000) - 1000000000000000000) / 1e5 END AS value
  FROM generate_series(1, 3000) i, pg_temp.random_int(i, 1, 250) customer;
CREATE TABLE journeys AS SELECT customer, journey_agg(stage, at, seq, value) AS j FROM visit GROUP BY customer;
CREATE TABLE line AS
SELECT id, customer, stage, at, coalesce(seq, 0) AS seq, round(value, 4) AS value, row_number() OVER w AS n,
       lag(stage) OVER w IS DISTINCT FROM stage AS is_first
  FROM visit WHERE stage IS NOT NULL AND at IS NOT NULL
WINDOW w AS (PARTITION BY customer ORDER BY at, coalesce(seq, 0), stage COLLATE "C", round(value, 4) NULLS FIRST);
CREATE INDEX ON line (customer);
CREATE INDEX ON visit (customer);
SELECT count(*) AS customers, count(value_in(j)) AS with_values,
       sum(visits(j)) = (SELECT count(*) FROM line) AS nothing_lost
  FROM journeys;
-- the rows come back
SELECT count(*) FILTER (WHERE s.value IS NOT NULL) > 1000 AS many,
       count(*) FILTER (WHERE (s.stage, s.at, s.value) IS DISTINCT FROM (l.stage, l.at, l.value)) AS wrong
  FROM (SELECT customer, s.* FROM journeys, steps(j) s) s FULL JOIN line l ON l.customer = s.customer AND l.n = s.step;
SELECT count(*) AS compared, count(*) FILTER (WHERE value_in(j, stage) IS DISTINCT FROM sum) AS wrong
  FROM journeys JOIN (SELECT customer, stage, sum(value) FROM line GROUP BY customer, stage) s USING (customer);
SELECT count(*) AS compared, count(*) FILTER (WHERE value_in(j) IS DISTINCT FROM sum) AS wrong
  FROM journeys JOIN (SELECT customer, sum(value) FROM line GROUP BY customer) s USING (customer);
-- journeys of other rows
CREATE VIEW agree AS
SELECT 'dedupe' AS what, customer, dedupe(j || j) AS j, (SELECT journey_agg(stage, at, seq, value) FROM
         (SELECT DISTINCT stage, at, seq, value FROM line l WHERE l.customer = journeys.customer) d) AS rows
  FROM journeys
UNION ALL SELECT 'slice', customer, slice(j, '[2026-01-01 00:00:00.000002, 2026-01-04)'),
       coalesce((SELECT journey_agg(stage, at, seq, value) FROM line l WHERE l.customer = journeys.customer
                   AND at >= '2026-01-01 00:00:00.000002' AND at < '2026-01-04'), '{}') FROM journeys
UNION ALL SELECT 'sessions', customer, (SELECT journey_agg(s) FROM sessions(j, '1 second') s), j FROM journeys
UNION ALL SELECT 'contexts', customer, contexts(j, 1), j FROM journeys
UNION ALL SELECT 'text', customer, j::text::journey, j FROM journeys
UNION ALL SELECT 'json', customer, j::json::journey, j FROM journeys
UNION ALL SELECT 'jsonb', customer, j::jsonb::journey, j FROM journeys
UNION ALL SELECT 'merged', customer, (SELECT journey_agg(part) FROM
         (SELECT journey_agg(stage, at, seq, value ORDER BY id DESC) AS part FROM visit v
           WHERE v.customer = journeys.customer GROUP BY id % 3) p), j FROM journeys
UNION ALL SELECT 'taken away', customer, j - coalesce(part, '{}'), coalesce(rest, '{}') FROM journeys
  JOIN (SELECT customer, journey_agg(stage, at, seq, value) FILTER (WHERE id % 3 = 0) AS part,
               journey_agg(stage, at, seq, value) FILTER (WHERE id % 3 > 0) AS rest FROM visit GROUP BY customer) p
       USING (customer)
UNION ALL SELECT 'folded', customer, cxjourney_internal.journey_table_left(part, j, part, part, NULL), part || j
  FROM journeys JOIN (SELECT customer, journey_agg(stage, at, seq, value) AS part FROM visit WHERE id % 3 = 0
                       GROUP BY customer) p USING (customer) WHERE part IS NOT NULL
UNION ALL SELECT 'with seq', customer, j, journey_agg(stage, at, seq, value) FROM journeys JOIN line USING (customer)
 GROUP BY customer, j;
SELECT what, count(*) AS customers, count(*) FILTER (WHERE j IS DISTINCT FROM rows) AS wrong,
       count(*) FILTER (WHERE j::text IS DISTINCT FROM rows::text) AS wrong_text,
       count(*) FILTER (WHERE cxjourney_internal.journey_send(j)
                              IS DISTINCT FROM cxjourney_internal.journey_send(rows)) AS wrong_message,
       count(*) FILTER (WHERE cxjourney_internal.journey_hash(j)
                              IS DISTINCT FROM cxjourney_internal.journey_hash(rows)) AS wrong_hash
  FROM agree GROUP BY what ORDER BY what;
-- collapse: the sums of islands, where they are values themselves
SELECT count(*) AS compared, count(*) FILTER (WHERE collapse(j) IS DISTINCT FROM rows) AS wrong
  FROM journeys JOIN (SELECT customer, journey_agg(stage, at, seq, total) AS rows
                        FROM (SELECT customer, stage, at, seq, is_first,
                                     sum(value) OVER (PARTITION BY customer, island) AS total
                                FROM (SELECT *, count(*) FILTER (WHERE is_first)
                                                OVER (PARTITION BY customer ORDER BY n) AS island
                                        FROM line) i) t
                       WHERE is_first AND customer % 5 < 4 GROUP BY customer) c USING (customer);
-- order and equality are those of the rows; a value that is not there is less than any
SELECT count(*) AS pairs, count(*) FILTER (WHERE (a.j < b.j) <> (a.v < b.v)) AS wrong_less,
       count(*) FILTER (WHERE (a.j = b.j) <> (a.v = b.v)) AS wrong_equal
  FROM (SELECT customer, j, array_agg(ROW(at, seq, stage COLLATE "C", coalesce(value, '-Infinity')) ORDER BY n) AS v
          FROM journeys JOIN line USING (customer) WHERE customer % 3 = 0 AND customer < 150 GROUP BY customer, j) a,
       LATERAL (SELECT j, array_agg(ROW(at, seq, stage COLLATE "C", coalesce(value, '-Infinity')) ORDER BY n) AS v
                  FROM (SELECT j || '{}' AS j, customer FROM journeys WHERE customer = a.customer
                        UNION ALL SELECT j - slice(j, '[2026-01-03,)'), NULL FROM journeys
                         WHERE customer = a.customer) b
                  JOIN line l ON l.customer = a.customer AND (b.customer IS NOT NULL OR at < '2026-01-03')
                 GROUP BY j, b.customer) b;
SELECT j FROM unnest(ARRAY['{a@2026-01-01=1}', '{a@2026-01-01}', '{a@2026-01-01=-1}', '{a@2026-01-01=1, b@2026-01-02}',
                           '{a@2026-01-01#1}', '{b@2026-01-01}', '{}']::journey[]) j ORDER BY j;
-- simultaneous visits that differ in the value alone
WITH one AS (SELECT format('{a@2026-01-01=%s}', v)::journey AS j, v
               FROM unnest('{-2.5,-0.0001,0,0.5,19.99,2000}'::numeric[]) v)
SELECT count(*) AS pairs, count(*) FILTER (WHERE (a.j < b.j) <> (a.v < b.v)) AS wrong FROM one AS a, one AS b;

-- by workers, and as a window
SET parallel_setup_cost = 0;
-- rows that cost so much, to read and to hand over, that joining parts pays
SET cpu_tuple_cost = 0.3;
SET parallel_tuple_cost = 0.15;
SET min_parallel_table_scan_size = 0;
ANALYZE visit;
CREATE VIEW again AS SELECT customer, journey_agg(stage, at, seq, value) AS j FROM visit GROUP BY customer;
SELECT pg_temp.plan_has('SELECT * FROM again', '"Partial Mode": "Partial"') AS parallel,
       count(*) FILTER (WHERE again.j IS DISTINCT FROM journeys.j) AS wrong FROM again JOIN journeys USING (customer);
SELECT count(*) AS compared, count(*) FILTER (WHERE w.j IS DISTINCT FROM a.j) AS wrong
  FROM (SELECT id, customer, journey_agg(stage, at, seq, value) OVER (PARTITION BY customer ORDER BY id) AS j
          FROM visit WHERE customer < 20) w,
       LATERAL (SELECT journey_agg(v.stage, v.at, v.seq, v.value) AS j
                  FROM visit v WHERE v.customer = w.customer AND v.id <= w.id) a;
-- stages and touchpoints are their text
SELECT journey_agg('purchase'::journey_stage, '2026-01-01', NULL, 19.99) AS stage,
       journey_agg('web:shop'::journey_touchpoint, '2026-01-01', 3, 5) AS touchpoint;
-- paths, waits and whatever else asks for no value take no notice of it; a funnel has them besides
SELECT count(*) FILTER (WHERE p.j = v.j) > 45 AS same_without,
       count(*) FILTER (WHERE (visits(p.j), first_stage(p.j), last_stage(p.j), duration(p.j), time_in(p.j, 'a'),
                               stage_path(p.j), p.j ~ 'a > b', p.j @> '{świat}', furthest(p.j, 'a > b'),
                               funnel_depth(p.j, 'b > a > b', '1 day'))
                         IS DISTINCT FROM
                         (visits(v.j), first_stage(v.j), last_stage(v.j), duration(v.j), time_in(v.j, 'a'),
                          stage_path(v.j), v.j ~ 'a > b', v.j @> '{świat}', furthest(v.j, 'a > b'),
                          funnel_depth(v.j, 'b > a > b', '1 day'))) AS wrong
  FROM (SELECT customer, journey_agg(stage, at, seq) AS j FROM visit GROUP BY customer) p JOIN journeys v
       USING (customer);
SELECT flow_agg(p.j) = flow_agg(v.j) AS flow,
       funnel_agg(p.j, 'a > b')::text = regexp_replace(funnel_agg(v.j, 'a > b')::text, ' worth [-.0-9]+', '', 'g')
       AS funnel,
       survival_agg(p.j, 'a', 'b', '2026-02-01') = survival_agg(v.j, 'a', 'b', '2026-02-01') AS survival
  FROM (SELECT customer, journey_agg(stage, at, seq) AS j FROM visit GROUP BY customer) p JOIN journeys v
       USING (customer);

-- a price such as 19.99 takes at most three bytes of a visit, whether there is one or many
SELECT n, max(pg_column_size(with_values) - pg_column_size(without)) <= 3 * n AS at_most_three,
       bool_and(without = none) AS same_without
  FROM (VALUES (1), (2), (10), (1000)) AS c(n),
       LATERAL (SELECT g, journey_agg('buy', timestamptz '2026-01-01' + i * interval '1 hour', NULL,
                                      (100 * pg_temp.random_int(g * n + i, 1, 163) + 99) / 100.0 - 1) AS with_values,
                       journey_agg('buy', timestamptz '2026-01-01' + i * interval '1 hour') AS without,
                       journey_agg('buy', timestamptz '2026-01-01' + i * interval '1 hour', NULL, NULL) AS none
                  FROM generate_series(1, 5) g, generate_series(1, n) i GROUP BY g) j
 GROUP BY n ORDER BY n;
-- what some journeys take more: the exponent, and the values
SELECT text, pg_column_size(text::journey) - pg_column_size(regexp_replace(text, '=[0-9.-]+', '', 'g')::journey) AS more
  FROM unnest(ARRAY['{a@2026-01-01=19.99}', '{a@2026-01-01=163.82}', '{a@2026-01-01=163.83}', '{a@2026-01-01=20000}',
                    '{a@2026-01-01=-19.99}', '{a@2026-01-01=0}', '{a@2026-01-01=9999999999999.9999}',
                    '{a@2026-01-01, b@2026-01-02, c@2026-01-03=19.99, d@2026-01-04}']) text;

-- texts and values that are none
SELECT pg_temp.detail_of(format('SELECT ''{a@2026-01-01=%s}''::journey', value))
  FROM unnest(ARRAY['', 'x', '1.00001', '10000000000000', '1=2', '1#2', '--1', '+1', '1e3', '.5', 'NaN']) value;
SELECT value, pg_temp.error_of(format('SELECT journey_agg(''a'', ''2026-01-01'', NULL, %L)', value))
  FROM unnest('{10000000000000,-10000000000000,9999999999999.99995,NaN,Infinity,-Infinity}'::text[]) value;
SELECT pg_temp.detail_of('SELECT collapse(''{a@2026-01-01=9999999999999, a@2026-01-02=9999999999999}'')') AS sum;
SELECT value, pg_temp.message_of(format('SELECT ''{"visits": [{"stage": "a", "at": "2026-01-01", "value": %s}]}''
                                         ::journey', value))
  FROM unnest(ARRAY['"1"', 'null', '1.00001', '1e13', '1e3']) value;
-- an amount is no seq
SELECT pg_temp.message_of('SELECT journey_agg(''a'', now(), 19.99)') AS as_seq;
SELECT pg_temp.message_of('SELECT cxjourney_internal.journey_accum(NULL, ''a'', now(), 1, 1)') AS alone;

-- binary input trusts no byte
CREATE TABLE received (j journey);
CREATE TABLE wire (b bytea);
-- version 1, flags 6, labels 2 (1 'a', 1 'b'), visits 2 (time, seq, value, label)
INSERT INTO wire SELECT cxjourney_internal.journey_send('{a@2000-01-01#1=1.5, b@2000-01-02#2}');
SELECT b FROM wire;
\copy (SELECT b FROM wire) TO 'results/journey_value.bin' (FORMAT binary)
\copy received FROM 'results/journey_value.bin' (FORMAT binary)
SELECT j FROM received;
-- none has a value: the same as without the flag
\copy (SELECT overlay(b PLACING '\x8000000000000000' FROM 37) FROM wire) TO 'results/journey_value.bin' (FORMAT binary)
\copy received FROM 'results/journey_value.bin' (FORMAT binary)
SELECT count(*) AS without FROM received WHERE j = '{a@2000-01-01#1, b@2000-01-02#2}';
-- 10^13, just below none, a flag that there is not, cut off, without the values that the flag promises
\copy (SELECT overlay(b PLACING '\x016345785d8a0000' FROM 37) FROM wire) TO 'results/journey_value.bin' (FORMAT binary)
\copy received FROM 'results/journey_value.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\x8000000000000001' FROM 37) FROM wire) TO 'results/journey_value.bin' (FORMAT binary)
\copy received FROM 'results/journey_value.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 14) FROM wire) TO 'results/journey_value.bin' (FORMAT binary)
\copy received FROM 'results/journey_value.bin' (FORMAT binary)
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/journey_value.bin' (FORMAT binary)
\copy received FROM 'results/journey_value.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 2) FROM wire) TO 'results/journey_value.bin' (FORMAT binary)
\copy received FROM 'results/journey_value.bin' (FORMAT binary)
SELECT count(*) AS only_the_good_ones FROM received;

-- nor do readers trust what is stored: bytes as those of a table, made journeys without a look at them
CREATE TYPE raw;
CREATE FUNCTION raw_in(cstring) RETURNS raw LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
CREATE FUNCTION raw_out(raw) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
CREATE TYPE raw (INPUT = raw_in, OUTPUT = raw_out, ALIGNMENT = double);
CREATE CAST (raw AS journey) WITHOUT FUNCTION;
CREATE CAST (journey AS raw) WITHOUT FUNCTION;
-- two visits to a, a day apart: version 1, flags 4, unit 5 (days), 0; 2 visits, 1 label, its length and byte, the first
-- day, steps of 0 and 1 days; exponent 2, 1999 + 1 in two bytes, 0 and a row of one visit without
SELECT ('{a@2000-01-01=19.99, a@2000-01-02}'::journey)::raw AS stored,
       ('\x0104050002010161000001' || '02d00f0001')::raw::journey AS same;
SELECT bytes, pg_temp.message_of(format('SELECT (''\x0104050002010161000001%s''::raw::journey)::text', bytes)) AS text,
       pg_temp.message_of(format('SELECT value_in(''\x0104050002010161000001%s''::raw::journey)', bytes))
         ~ '^(no error|XX001)' AS value_in,
       pg_temp.message_of(format('SELECT steps(''\x0104050002010161000001%s''::raw::journey)', bytes))
         ~ '^(no error|XX001)' AS steps
  FROM unnest(ARRAY['', '02', '02d00f', '02d00f00', '02d00f0000', '09d00f0001', '22d00f0001', '02d0', '020003',
                    '08ffffffffffffffff7f01', '00ffffffffffffffffff0101', '10ffffffffffffffffff0101',
                    '02d00f000100']) bytes;
DROP SCHEMA journey_value_test CASCADE;
