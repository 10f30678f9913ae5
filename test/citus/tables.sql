--
-- Tables beside Citus: values as distribution columns and indexed, journeys that grow, rollups, journey maps and
-- journey tables. The sample of the documents is in sample_shop; in "spread" are copies of its events and responses,
-- distributed by customer, and what the statements of docs/scale.md made of them.
--
-- Prints lines "what <tab> wanted <tab> got" for test/citus/run.
--
SET citus.enable_ddl_propagation = off;
\i :test/helpers.sql
\set ECHO none
RESET citus.enable_ddl_propagation;
SET client_min_messages = error;
\pset fieldsep '\t'
SET timezone = 'UTC';
CREATE FUNCTION pg_temp.plan_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	plan json;
BEGIN
	EXECUTE 'EXPLAIN (VERBOSE, FORMAT JSON) ' || query INTO plan;
	RETURN plan;
END $$;

-- Values as distribution columns: rows are where the hash of the value says, so that groups are whole on the workers.
CREATE SCHEMA keys;
SET search_path = keys, public;
CREATE TABLE here AS
SELECT customer, touchpoint::journey_touchpoint AS touchpoint, (1 + customer % 7)::integer::journey_stage AS stage, nps
  FROM sample_shop.responses WHERE touchpoint IS NOT NULL;
CREATE TABLE by_touchpoint (LIKE here);
CREATE TABLE by_stage (LIKE here);
SELECT create_distributed_table('by_touchpoint', 'touchpoint', colocate_with => 'none');
SELECT create_distributed_table('by_stage', 'stage', colocate_with => 'none');
INSERT INTO by_touchpoint SELECT * FROM here;
INSERT INTO by_stage SELECT * FROM here;
SELECT 'distributed by touchpoint', true, (SELECT string_agg(k || ' ' || v, ', ' ORDER BY k) FROM (
		SELECT touchpoint::text AS k, nps_agg(nps) AS v FROM by_touchpoint GROUP BY touchpoint) AS s)
	= (SELECT string_agg(k || ' ' || v, ', ' ORDER BY k) FROM (
		SELECT touchpoint::text AS k, nps_agg(nps) AS v FROM here GROUP BY touchpoint) AS s);
SELECT 'distributed by stage', true, (SELECT string_agg(k || ' ' || v, ', ' ORDER BY k) FROM (
		SELECT stage::text AS k, nps_agg(nps) AS v FROM by_stage GROUP BY stage) AS s)
	= (SELECT string_agg(k || ' ' || v, ', ' ORDER BY k) FROM (
		SELECT stage::text AS k, nps_agg(nps) AS v FROM here GROUP BY stage) AS s);
SELECT 'one touchpoint is in one shard', 1, pg_temp.plan_of($$SELECT nps_agg(nps) FROM keys.by_touchpoint
	WHERE touchpoint = 'web:basket'$$)::json #>> '{0,Plan,Distributed Query,Job,Task Count}';
SELECT 'the rows of one touchpoint', (SELECT count(*) FROM here WHERE touchpoint = 'app:payment'),
	(SELECT count(*) FROM by_touchpoint WHERE touchpoint = 'app:payment');

-- What docs/scale.md makes: journeys beside the events, a rollup by day.
SET search_path = spread, public;
CREATE TEMP TABLE journeys_here AS
SELECT customer, journey_agg(stage, at) AS j FROM sample_shop.events GROUP BY customer;
SELECT 'journeys beside the events, equal and not equal', count(*) || ' 0',
	concat_ws(' ', count(*) FILTER (WHERE here.j = there.j), count(*) FILTER (WHERE (here.j = there.j) IS NOT TRUE))
  FROM journeys_here AS here FULL JOIN (SELECT * FROM journeys OFFSET 0) AS there USING (customer);
CREATE INDEX ON journeys USING gin (j);
BEGIN;
SET LOCAL citus.propagate_set_commands = 'local';
SET LOCAL enable_seqscan = off;
SELECT 'journeys on a path, by the index of the workers', true,
	pg_temp.plan_of($$SELECT count(*) FROM journeys WHERE j ~ 'basket > payment > return'$$) ~ 'Bitmap Index Scan';
COMMIT;
SELECT 'journeys on a path', (SELECT count(*) FROM journeys_here WHERE j ~ 'basket > payment > return'),
	(SELECT count(*) FROM journeys WHERE j ~ 'basket > payment > return');
SELECT 'journeys with a stage, by a text', (SELECT count(*) FROM journeys_here WHERE j @> '{return,support}'),
	(SELECT count(*) FROM journeys WHERE j @> '{return,support}');
SELECT 'journeys with visits to a stage', (SELECT count(*) FROM journeys_here WHERE visits(j, 'payment') > 1),
	(SELECT count(*) FROM journeys WHERE visits(j, 'payment') > 1);
SELECT 'a condition with a text is checked by the workers', true,
	pg_temp.plan_of($$SELECT count(*) FROM spread.journeys WHERE visits(j, 'payment') > 1$$)
		~ '"Query": "[^"]*\mvisits\(j';
-- later events, of customers that are there and of new ones; then the whole load once more, by mistake
CREATE TEMP TABLE later AS
SELECT customer + 2000 AS customer, 'gift' AS stage, at + interval '1 year' AS at
  FROM sample_shop.events WHERE id % 10 = 0;
CREATE TABLE new_events (LIKE events INCLUDING DEFAULTS);
SELECT create_distributed_table('new_events', 'customer', colocate_with => 'events');
INSERT INTO new_events (customer, stage, at) SELECT * FROM later;
INSERT INTO journeys SELECT customer, journey_agg(stage, at) FROM new_events GROUP BY customer
	ON CONFLICT (customer) DO UPDATE SET j = journeys.j || excluded.j;
SELECT 'journeys that grew, equal and not equal', count(*) || ' 0',
	concat_ws(' ', count(*) FILTER (WHERE here.j = there.j), count(*) FILTER (WHERE (here.j = there.j) IS NOT TRUE))
  FROM (SELECT customer, journey_agg(stage, at) AS j
	  FROM (SELECT customer, stage, at FROM sample_shop.events UNION ALL SELECT * FROM later) AS e
	 GROUP BY customer) AS here
  FULL JOIN (SELECT * FROM journeys OFFSET 0) AS there USING (customer);
SELECT 'growing them is computed by the workers', true, plan ~ '"Query": "INSERT INTO [^"]*journey_agg\('
	AND plan !~ 'INSERT/SELECT method'
  FROM pg_temp.plan_of($$INSERT INTO spread.journeys SELECT customer, journey_agg(stage, at) FROM spread.new_events
	GROUP BY customer ON CONFLICT (customer) DO UPDATE SET j = journeys.j || excluded.j$$) AS plan;
SELECT citus_move_shard_placement(shardid, nodename, 5433, nodename, 5434, 'block_writes')
  FROM pg_dist_shard_placement JOIN pg_dist_shard USING (shardid)
 WHERE logicalrelid = 'journeys'::regclass AND nodeport = 5433 AND shardid = (SELECT min(shardid)
	  FROM pg_dist_shard_placement JOIN pg_dist_shard USING (shardid)
	 WHERE logicalrelid = 'journeys'::regclass AND nodeport = 5433);
SELECT 'a shard that was moved: journeys, on a path', '6750 108', concat_ws(' ', (SELECT count(*) FROM journeys),
	(SELECT count(*) FROM journeys WHERE j ~ 'basket > payment > return'));
UPDATE journeys SET j = dedupe(j || j) WHERE customer % 3 = 0;
DELETE FROM journeys WHERE first_stage(j) = 'gift';
SELECT 'journeys changed and removed on the workers', (SELECT count(*) FROM journeys_here),
	(SELECT count(*) FROM journeys);

-- the rollup: what it holds, read by month, and its materialized copy here
SELECT 'a rollup by day, equal and not equal', count(*) || ' 0',
	concat_ws(' ', count(*) FILTER (WHERE here.s = there.nps), count(*) FILTER (WHERE (here.s = there.nps) IS NOT TRUE))
  FROM (SELECT answered_on AS day, shop, rating_agg(nps, '[0,10]') AS s FROM sample_shop.responses
	 GROUP BY answered_on, shop HAVING rating_agg(nps, '[0,10]') IS NOT NULL) AS here
  FULL JOIN (SELECT * FROM daily_nps OFFSET 0) AS there USING (day, shop);
SELECT 'the rollup by month, merged by the workers', true, pg_temp.plan_of(
	'SELECT date_trunc(''month'', day::timestamp), nps_agg(nps) FROM spread.daily_nps GROUP BY 1')
	~ '"Query": "[^"]*nps_agg\(';
SELECT 'the rollup by month', (SELECT string_agg(m || ' ' || v, ', ' ORDER BY m) FROM (
		SELECT date_trunc('month', answered_on::timestamp) AS m, nps_agg(nps) AS v FROM sample_shop.responses
		 GROUP BY m) AS s),
	(SELECT string_agg(m || ' ' || v, ', ' ORDER BY m) FROM (
		SELECT date_trunc('month', day::timestamp) AS m, nps_agg(nps) AS v FROM daily_nps GROUP BY m) AS s);
CREATE MATERIALIZED VIEW daily_here AS
SELECT answered_on AS day, shop, rating_agg(nps, '[0,10]') AS nps FROM responses GROUP BY answered_on, shop;
CREATE UNIQUE INDEX ON daily_here (day, shop);
INSERT INTO responses (id, answered_at, answered_on, customer, shop, stage, nps)
	VALUES (-1, '2026-07-01 12:00Z', '2026-07-01', 7, 'Torun', 'payment', 10);
REFRESH MATERIALIZED VIEW CONCURRENTLY daily_here;
SELECT 'a materialized view over distributed answers', (SELECT nps_agg(nps) FROM responses),
	(SELECT nps_agg(nps) FROM daily_here);
DELETE FROM responses WHERE id = -1;

-- Journey maps and journey tables: of plain tables they work, by a role that is no superuser; others are refused.
CREATE ROLE cartographer;
CREATE SCHEMA mapped AUTHORIZATION cartographer;
GRANT USAGE ON SCHEMA sample_shop TO cartographer;
GRANT SELECT ON ALL TABLES IN SCHEMA sample_shop TO cartographer;
SET ROLE cartographer;
SET search_path = mapped, public;
CREATE TABLE answers AS
SELECT id, customer, answered_at AS at, stage::text AS stage, touchpoint, nps::integer AS nps
  FROM sample_shop.responses WHERE id <= 4000;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', touchpoint => 'touchpoint', nps => 'nps');
SELECT create_journey_table('t', 'answers', customer => 'customer', stage => 'stage', at => 'at');
INSERT INTO answers SELECT id + 4000, customer + 1, at, stage, touchpoint, 10 - nps FROM answers WHERE id % 3 = 0;
UPDATE answers SET nps = 10, stage = 'returns' WHERE id % 5 = 0;
DELETE FROM answers WHERE id % 7 = 0;
CREATE VIEW wrong AS
SELECT (SELECT count(*) FROM check_journey_map('m')) AS problems,
	(SELECT count(*) FROM (SELECT stage, sum(responses) AS n FROM m GROUP BY stage) AS s
	  FULL JOIN (SELECT stage, count(nps) AS n FROM answers WHERE nps IS NOT NULL GROUP BY stage) AS a USING (stage)
	 WHERE s.n IS DISTINCT FROM a.n) AS other_stages,
	(SELECT count(*) FROM check_journey_table('t')) AS problems_of_table,
	(SELECT count(*) FROM t FULL JOIN (SELECT customer, journey_agg(stage, at) AS j FROM answers GROUP BY customer) AS a
		USING (customer) WHERE (t.journey = a.j) IS NOT TRUE) AS other_journeys;
SELECT 'a map and a journey table of a plain table, what is wrong', '(0,0,0,0)', wrong::text FROM wrong;
SELECT 'refreshed', true, refresh_journey_map('m') > 0 AND refresh_journey_table('t') > 0;
SELECT 'refreshed, what is wrong', '(0,0,0,0)', wrong::text FROM wrong;
SELECT rebuild_journey_map('m');
SELECT rebuild_journey_table('t');
UPDATE answers SET nps = 0 WHERE id % 11 = 0;
SELECT 'rebuilt and written to, what is wrong', '(0,0,0,0)', wrong::text FROM wrong;
RESET ROLE;
SELECT 'nothing of the map is on the workers', '{0,0}', array_agg(result)::text
  FROM run_command_on_workers($$SELECT count(*) FROM pg_class WHERE relnamespace = to_regnamespace('mapped')$$);
SET ROLE cartographer;

-- Each kind of table that Citus manages.
RESET ROLE;
CREATE TABLE distributed (LIKE answers);
CREATE TABLE reference (LIKE answers);
CREATE TABLE known (LIKE answers);
CREATE TABLE months (LIKE answers) PARTITION BY RANGE (at);
CREATE TABLE months_2025 PARTITION OF months FOR VALUES FROM ('2025-01-01') TO ('2026-01-01');
SELECT create_distributed_table('distributed', 'customer');
SELECT create_reference_table('reference');
SELECT citus_add_local_table_to_metadata('known');
SELECT create_distributed_table('months', 'customer');
CREATE TABLE plain (LIKE answers);
SET citus.enable_schema_based_sharding = on;
CREATE SCHEMA tenant;
RESET citus.enable_schema_based_sharding;
CREATE TABLE tenant.alone (LIKE answers);
CREATE FUNCTION refusal(source text) RETURNS text LANGUAGE sql
	RETURN concat_ws(' ',
		left(pg_temp.error_of(format($$SELECT create_journey_map('map_of_it', %L, at => 'at', stage => 'stage',
			nps => 'nps')$$, source)), 5),
		left(pg_temp.error_of(format($$SELECT create_journey_table('table_of_it', %L, customer => 'customer',
			stage => 'stage', at => 'at')$$, source)), 5));
SELECT 'a map and a journey table of a table that is ' || kind,
	CASE kind WHEN 'plain' THEN 'no er no er' ELSE '0A000 0A000' END, refusal(kind)
  FROM unnest('{distributed,reference,known,months,tenant.alone,plain}'::text[]) AS kind;
SELECT undistribute_table('distributed');
INSERT INTO distributed SELECT * FROM answers;
SELECT create_journey_map('d', 'distributed', at => 'at', stage => 'stage', nps => 'nps');
UPDATE distributed SET nps = 10 - nps WHERE id % 2 = 0;
SELECT 'a map of a table that was undistributed, what is wrong', '0 0',
	concat_ws(' ', (SELECT count(*) FROM check_journey_map('d')), (SELECT count(*)
	  FROM d FULL JOIN (SELECT stage, nps_agg(nps) AS wanted FROM distributed GROUP BY stage) AS a USING (stage)
	 WHERE (nps = round(wanted, 6)) IS NOT TRUE));

-- The other way round Citus refuses what has a map, until it is dropped.
SELECT 'Citus does not ' || call, true, pg_temp.message_of(call) ~ 'because it has triggers'
  FROM (VALUES ($$SELECT create_distributed_table('distributed', 'customer')$$),
	($$SELECT create_reference_table('distributed')$$)) AS c(call);
SELECT drop_journey_map('d');
SELECT 'and does when it is dropped', 'no error',
	pg_temp.message_of($$SELECT create_distributed_table('distributed', 'customer')$$);

-- A map and a journey table of a plain table may be in a schema whose tables Citus manages.
SET search_path = tenant, public;
SELECT create_journey_map('m', 'mapped.plain', at => 'at', stage => 'stage', nps => 'nps');
SELECT create_journey_table('t', 'mapped.plain', customer => 'customer', stage => 'stage', at => 'at');
INSERT INTO mapped.plain SELECT * FROM mapped.answers;
SELECT 'a map in a schema of Citus: answers, what is wrong', concat_ws(' ', count(nps), 0, 0),
	concat_ws(' ', (SELECT sum(responses) FROM m), (SELECT count(*) FROM check_journey_map('m')),
		(SELECT count(*) FROM check_journey_table('t'))) FROM mapped.plain;
