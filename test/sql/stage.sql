--
-- The type journey_stage: names, order, casts, operator classes, min and max.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
\pset null (null)

-- all names; what goes in in any letter case comes out as the English name
SELECT number, stage, english, polish, stage::text = english AS same
  FROM generate_series(1, 7) number, CAST(number AS journey_stage) stage,
       stage_label(stage, 'en') english, stage_label(stage, 'pl') polish;
SELECT name, name::journey_stage AS stage
  FROM unnest(ARRAY[
	'Awareness', 'CONSIDERATION', 'decisioN', 'purchase', ' Experience ', E'\tloyalty\r\n', 'ADvocacy',
	'świadomość', 'ŚWIADOMOŚĆ', 'Świadomość', 'śWIADOMOść', 'rozważanie', 'ROZWAŻANIE', 'Decyzja',
	'ZAKUP', 'doświadczenie', 'DOŚWIADCZENIE', '  Lojalność', 'LOJALNOŚĆ', 'promocja', 'Promocja ',
	'swiadomosc', 'Rozwazanie', 'DOSWIADCZENIE', 'lojalnosc',
	'Doświadczenie po zakupie', 'DOŚWIADCZENIE PO ZAKUPIE', ' doswiadczenie po zakupie']) name;
SELECT journey_stage 'zakup' AS literal, 'zakup'::varchar::journey_stage AS varchar, journey_stage('zakup') AS function;

-- labels for reports
SELECT language, stage_label('loyalty', language) FROM unnest(ARRAY['en', 'pl', 'EN', 'Pl', ' pl ']) language;

-- NULL in, NULL out
SELECT what, is_null
  FROM (VALUES ('from text', NULL::text::journey_stage IS NULL), ('from integer', NULL::integer::journey_stage IS NULL),
               ('to text', NULL::journey_stage::text IS NULL), ('to integer', NULL::journey_stage::integer IS NULL),
               ('label', stage_label(NULL, 'pl') IS NULL), ('language', stage_label('loyalty', NULL) IS NULL),
               ('equal', (NULL::journey_stage = 'loyalty') IS NULL)) v(what, is_null);

-- two bytes, by value; as text on assignment
CREATE TEMP TABLE shape (a journey_stage, b journey_stage, c journey_stage, d journey_stage);
INSERT INTO shape VALUES ('awareness', 'decision', 'loyalty', 'advocacy');
SELECT pg_column_size(a), pg_column_size(shape) - pg_column_size(ROW()) AS of_four FROM shape;
SELECT a < b AND c < d AS in_order FROM shape;
SELECT typlen, typbyval, typalign FROM pg_type WHERE oid = 'journey_stage'::regtype;
CREATE TEMP TABLE assigned (t text, v varchar(20));
INSERT INTO assigned SELECT a, a FROM shape;
SELECT * FROM assigned;

-- every pair: the operators agree with the numbers
SELECT count(*) AS pairs,
       count(*) FILTER (WHERE (a = b) <> (a::int = b::int) OR (a <> b) <> (a::int <> b::int)
                           OR (a < b) <> (a::int < b::int) OR (a <= b) <> (a::int <= b::int)
                           OR (a > b) <> (a::int > b::int) OR (a >= b) <> (a::int >= b::int)
                           OR sign(cxjourney_internal.journey_stage_cmp(a, b)) <> sign(a::int - b::int)) AS wrong
  FROM generate_series(1, 7) i, generate_series(1, 7) k, CAST(i AS journey_stage) a, CAST(k AS journey_stage) b;
SELECT count(DISTINCT cxjourney_internal.journey_stage_hash(s)) AS hashes,
       count(DISTINCT cxjourney_internal.journey_stage_hash_extended(s, 42)) AS seeded,
       count(*) FILTER (WHERE (cxjourney_internal.journey_stage_hash_extended(s, 0) & 4294967295)
                           <> (cxjourney_internal.journey_stage_hash(s)::bigint & 4294967295)) AS other_low_half
  FROM generate_series(1, 7) i, CAST(i AS journey_stage) s;

-- in tables: group, order, distinct, min and max, arrays, ranges of it in WHERE
CREATE TEMP TABLE event (id int, stage journey_stage);
INSERT INTO event SELECT i, CASE WHEN i % 8 > 0 THEN (i % 8)::journey_stage END FROM generate_series(1, 20000) i;
ANALYZE event;
SELECT stage, count(*), min(id) FROM event GROUP BY stage ORDER BY stage;
SELECT stage, count(*) FROM event WHERE stage BETWEEN 'decision' AND 'experience' GROUP BY stage ORDER BY stage DESC;
SELECT count(DISTINCT stage) AS different, min(stage), max(stage),
       min(stage) FILTER (WHERE id < 0) AS of_none, max(stage) FILTER (WHERE id % 8 IN (0, 3, 4)) AS of_some FROM event;
SELECT array_agg(DISTINCT stage ORDER BY stage DESC NULLS LAST) AS stages FROM event;
SELECT array_agg(DISTINCT stage)::text[] @> '{loyalty}' AS as_text FROM event;
SELECT 'zakup'::journey_stage = ANY ('{awareness,"Purchase"}'::journey_stage[]) AS is_any;
SELECT '{loyalty,zakup}'::journey_stage[] && '{purchase}' AS overlap;
SELECT array_position('{loyalty,purchase}', 'purchase'::journey_stage) AS position;
SELECT greatest('loyalty'::journey_stage, 'decision') AS greatest;
SELECT least('loyalty'::journey_stage, 'decision', NULL) AS least;
SELECT DISTINCT stage FROM event ORDER BY 1 LIMIT 3;
SELECT stage FROM event WHERE id <= 3 UNION SELECT 'zakup' ORDER BY stage;

-- the planner uses the operator classes
CREATE INDEX event_stage ON event (stage);
SET enable_seqscan = off;
SET enable_bitmapscan = off;
SELECT name, pg_temp.plan_has(query, pattern) AS as_wanted
  FROM (VALUES
	('equal', $$SELECT id FROM event WHERE stage = 'purchase'$$,
	 '"Index Scan".*event_stage.*"Index Cond".*purchase'),
	('later', $$SELECT id FROM event WHERE stage > 'loyalty'$$, '"Index Scan".*event_stage.*"Index Cond"'),
	('in list', $$SELECT id FROM event WHERE stage IN ('loyalty', 'purchase')$$,
	 '"Index.*Scan".*event_stage.*"Index Cond"'),
	('ordered', 'SELECT id FROM event ORDER BY stage', '"Index Scan".*event_stage'),
	('minimum', 'SELECT min(stage) FROM event', 'event_stage.*"Index Cond".*IS NOT NULL'),
	('maximum', 'SELECT max(stage) FROM event', '"Backward".*event_stage')) v(name, query, pattern);
SELECT pg_temp.plan_has('SELECT id FROM event ORDER BY stage', '"Sort"') AS sorts;
SELECT count(*) FILTER (WHERE stage = 'purchase') AS purchases FROM event;
SELECT count(*) AS by_index FROM event WHERE stage = 'purchase';
SELECT count(*) AS later FROM event WHERE stage > 'loyalty';
SELECT min(stage) FROM event;
SELECT max(stage) FROM event;
SELECT pg_relation_size('event_stage') < 40 * 8192 AS index_keeps_each_stage_once;
CREATE INDEX event_hash ON event USING hash (stage) WHERE id <= 100;
SELECT pg_temp.plan_has('SELECT id FROM event WHERE stage = ''purchase'' AND id <= 100', 'event_hash') AS hash_index;
SELECT count(*) FROM event WHERE stage = 'purchase' AND id <= 100;
RESET enable_seqscan;
RESET enable_bitmapscan;
CREATE TEMP TABLE target (stage journey_stage UNIQUE, goal int);
INSERT INTO target SELECT i::journey_stage, 10 * i FROM generate_series(1, 7) i;
INSERT INTO target VALUES ('zakup', 0);
SET enable_mergejoin = off;
SET enable_nestloop = off;
SELECT pg_temp.plan_has('SELECT 1 FROM event JOIN target USING (stage)', '"Hash Join"') AS hash_join;
SELECT count(*), sum(goal) FROM event JOIN target USING (stage);
SET enable_hashjoin = off;
SET enable_mergejoin = on;
SELECT pg_temp.plan_has('SELECT 1 FROM event JOIN target USING (stage)', '"Merge Join"') AS merge_join;
SELECT count(*), sum(goal) FROM event JOIN target USING (stage);
RESET ALL;
SELECT pg_temp.plan_has('SELECT stage, count(*) FROM event GROUP BY stage', '"Hashed"') AS hashed;

-- partitions by range and hash of stages
CREATE TEMP TABLE part (stage journey_stage, id int) PARTITION BY RANGE (stage);
CREATE TEMP TABLE part_before PARTITION OF part FOR VALUES FROM (MINVALUE) TO ('purchase');
CREATE TEMP TABLE part_after PARTITION OF part FOR VALUES FROM ('purchase') TO (MAXVALUE) PARTITION BY HASH (stage);
CREATE TEMP TABLE part_after_0 PARTITION OF part_after FOR VALUES WITH (MODULUS 2, REMAINDER 0);
CREATE TEMP TABLE part_after_1 PARTITION OF part_after FOR VALUES WITH (MODULUS 2, REMAINDER 1);
INSERT INTO part SELECT stage, id FROM event WHERE stage IS NOT NULL;
SELECT count(*) FILTER (WHERE stage < 'zakup') AS before, count(*) FILTER (WHERE stage >= 'zakup') AS after,
       bool_and((tableoid::regclass::text ~ 'before') = (stage < 'zakup')) AS right_place FROM part;
SELECT pg_temp.plan_has('SELECT * FROM part WHERE stage < ''decision''', 'part_after') AS looks_elsewhere;

-- the same in many processes
CREATE TABLE stage_parallel AS SELECT * FROM event;
ANALYZE stage_parallel;
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SELECT pg_temp.plan_has('SELECT min(stage), max(stage) FROM stage_parallel', '"Partial Mode": "Partial"') AS parallel;
SELECT min(stage), max(stage) FROM stage_parallel;
RESET ALL;
DROP TABLE stage_parallel;

-- text and binary round trips
\copy (SELECT id, stage FROM event WHERE id <= 16) TO 'results/journey_stage.bin' (FORMAT binary)
CREATE TEMP TABLE received (id int, stage journey_stage);
\copy received FROM 'results/journey_stage.bin' (FORMAT binary)
SELECT count(*) AS rows, count(r.stage) AS stages,
       count(*) FILTER (WHERE r.stage IS DISTINCT FROM e.stage) AS different,
       count(*) FILTER (WHERE r.stage::text::journey_stage IS DISTINCT FROM e.stage) AS text_differs
  FROM received r JOIN event e USING (id);
SELECT cxjourney_internal.journey_stage_send('zakup');
SELECT encode(cxjourney_internal.journey_stage_send('zakup'), 'escape') AS name;
