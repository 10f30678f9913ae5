-- The live journey map: what it costs a writer, a reader and a refresh. A quarter of an hour.
\pset footer off
SET client_min_messages = warning;
SET max_parallel_workers_per_gather = 0;
\setenv PGDATABASE :DBNAME

CREATE TABLE plain (id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, at timestamptz NOT NULL, stage text, touchpoint text, nps smallint, csat smallint, ces smallint);
CREATE TABLE mapped (LIKE plain INCLUDING ALL);
SELECT create_journey_map('shop', 'mapped', at => 'at', stage => 'stage', touchpoint => 'touchpoint', nps => 'nps', csat => 'csat', ces => 'ces');

\echo
\echo Single-row INSERTs, a transaction each, fsync and synchronous_commit off
\! "$SOURCE"/bench/lib/insert_rates simple 1 plain mapped
\! "$SOURCE"/bench/lib/insert_rates prepared 1 plain mapped
\! "$SOURCE"/bench/lib/insert_rates simple 4 plain mapped

ALTER SYSTEM SET fsync = on;
ALTER SYSTEM SET full_page_writes = on;
ALTER SYSTEM SET synchronous_commit = on;
SELECT pg_reload_conf();
CHECKPOINT;
\echo
\echo The same with the default durability of PostgreSQL
\! "$SOURCE"/bench/lib/insert_rates simple 1 plain mapped
\! "$SOURCE"/bench/lib/insert_rates prepared 1 plain mapped
\! "$SOURCE"/bench/lib/insert_rates simple 4 plain mapped
ALTER SYSTEM RESET ALL;
SELECT pg_reload_conf();
CHECKPOINT;

TRUNCATE plain;
TRUNCATE mapped;
SELECT refresh_journey_map('shop') AS rows_of_the_rollup;
CREATE TABLE batch AS
	SELECT timestamptz '2026-01-01' + i % 30 * interval '1 day' AS at, 'stage ' || i % 50 / 8 AS stage, 'web:' || i % 50 AS touchpoint, (i % 11)::smallint AS nps, (1 + i % 5)::smallint AS csat, (1 + i % 7)::smallint AS ces
	  FROM generate_series(1, 10000) AS i;
SELECT current_setting('data_directory') || '/batch' AS file \gset
COPY batch TO :'file';
\echo
\echo Batches of 10,000 rows: COPY from a file, and INSERT from another table; yardstick the table without a map
SELECT * FROM measure(15, ARRAY['COPY, mapped', 'COPY, plain'],
	ARRAY[format('COPY mapped (at, stage, touchpoint, nps, csat, ces) FROM %L', :'file'), format('COPY plain (at, stage, touchpoint, nps, csat, ces) FROM %L', :'file')]);
SELECT * FROM measure(15, ARRAY['INSERT, mapped', 'INSERT, plain'],
	ARRAY['INSERT INTO mapped (at, stage, touchpoint, nps, csat, ces) SELECT * FROM batch', 'INSERT INTO plain (at, stage, touchpoint, nps, csat, ces) SELECT * FROM batch']);

\echo
\echo Reading: 100 million answers in 365 days of 50 cells, with and without 10,000 pending rows
TRUNCATE mapped;
INSERT INTO shop_batches
	SELECT false, timestamptz '2026-01-01 00:00+00' + d * interval '24 hours', '(all)', 'stage ' || c / 8, 'web:' || c, 5480, 0,
	       rating_summary('[0,10]', ARRAY[400,400,400,400,400,400,500,500,680 - 400 * (c % 2),700 + d % 7 * (c % 2),700 + 400 * (c % 2)]::bigint[]), rating_summary('[1,5]', ARRAY[1000,1000,1000 - 500 * (c % 2),1480,1000 + 500 * (c % 2)]::bigint[]), rating_summary('[1,7]', ARRAY[700 - 600 * (c % 2),700,700,700,700,980,1000 + 600 * (c % 2)]::bigint[]), 0, 0
	  FROM generate_series(0, 364) AS d, generate_series(0, 49) AS c;
SELECT refresh_journey_map('shop') AS rows_of_the_rollup;
VACUUM ANALYZE;
SELECT sum(responses) AS answers, count(*) AS cells FROM shop;
SELECT * FROM measure(9, ARRAY['the map', 'barriers', 'channels', 'trend', 'alarms', 'control charts', 'one of them'], ARRAY['SELECT * FROM shop', 'SELECT * FROM shop_barriers', 'SELECT * FROM shop_channels', 'SELECT * FROM shop_trend',
	'SELECT * FROM shop_alarms', 'SELECT * FROM shop_control', 'SELECT * FROM shop_control WHERE stage = ''stage 1'' AND touchpoint = ''web:8'' AND metric = ''nps''']);
SELECT * FROM measure(9, ARRAY['trend of all places', 'of one'], ARRAY['SELECT * FROM shop_trend_places', 'SELECT * FROM shop_trend_places WHERE stage = ''stage 1'' AND touchpoint = ''web:8''']);
\echo Barriers when half of the places are some, in each metric
UPDATE shop_definition SET least_impact = 0;
SELECT count(*) AS barriers FROM shop_barriers;
SELECT * FROM measure(9, ARRAY['barriers', 'by the function', 'of a quarter'], ARRAY['SELECT * FROM shop_barriers', 'SELECT * FROM journey_map_barriers(''shop'')',
	'SELECT * FROM journey_map_barriers(''shop'', period => ''[2026-04-01,2026-06-30]'')']);
UPDATE shop_definition SET least_impact = 0.5;
\echo Of a quarter, and what moved it since the one before; each at most 100 ms
SELECT * FROM measure(9, ARRAY['shift by touchpoint', 'shift of CSAT by stage', 'cells', 'barriers', 'scores', 'picture'], ARRAY[
	'SELECT * FROM journey_map_shift(''shop'', ''[2026-01-01,2026-03-31]'', ''[2026-04-01,2026-06-30]'')',
	'SELECT * FROM journey_map_shift(''shop'', ''[2026-01-01,2026-03-31]'', ''[2026-04-01,2026-06-30]'', ''stage'', ''csat'')',
	'SELECT * FROM journey_map_cells(''shop'', period => ''[2026-04-01,2026-06-30]'')', 'SELECT * FROM journey_map_barriers(''shop'', period => ''[2026-04-01,2026-06-30]'')',
	'SELECT * FROM journey_map_scores(''shop'', period => ''[2026-04-01,2026-06-30]'')', 'SELECT journey_map_svg(''shop'', period => ''[2026-04-01,2026-06-30]'')']);
DO $$
BEGIN
	FOR i IN 1 .. 10000 LOOP
		INSERT INTO mapped (at, stage, touchpoint, nps, csat, ces) VALUES (timestamptz '2026-01-01 00:00+00' + i % 365 * interval '1 day', 'stage ' || i % 50 / 8, 'web:' || i % 50, i % 11, 1 + i % 5, 1 + i % 7);
	END LOOP;
END $$;
SELECT count(*) AS pending FROM shop_pending;
SELECT * FROM measure(9, ARRAY['the map', 'barriers', 'channels', 'trend', 'shift by touchpoint'], ARRAY['SELECT * FROM shop', 'SELECT * FROM shop_barriers', 'SELECT * FROM shop_channels', 'SELECT * FROM shop_trend',
	'SELECT * FROM journey_map_shift(''shop'', ''[2026-01-01,2026-03-31]'', ''[2026-04-01,2026-06-30]'')']);

\echo
\echo Refresh: of these 10,000 rows, of 100 rows in 10 days, and with nothing to do
\timing on
SELECT refresh_journey_map('shop') AS rows_of_the_rollup;
\timing off
INSERT INTO mapped (at, stage, touchpoint, nps, csat, ces) SELECT timestamptz '2026-05-01' + i % 10 * interval '1 day', 'stage 1', 'web:8', 7, 4, 5 FROM generate_series(1, 100) AS i;
\timing on
SELECT refresh_journey_map('shop') AS rows_of_the_rollup;
SELECT refresh_journey_map('shop') AS rows_of_the_rollup;
\timing off

\echo
\echo Words: 100,000 comments of 10 words in 50 cells, read from the source; yardstick to_tsvector of them
ALTER TABLE mapped ADD COLUMN comment text;
INSERT INTO mapped (at, stage, touchpoint, nps, comment)
	SELECT timestamptz '2026-01-01 00:00+00' + i % 365 * interval '1 day', 'stage ' || i % 50 / 8, 'web:' || i % 50, i % 11,
	       (SELECT string_agg('w' || abs(hashint8(i * 10 + n)) % 5000, ' ') FROM generate_series(1, 10) AS n)
	  FROM generate_series(1::bigint, 100000) AS i;
UPDATE shop_definition SET comment = 'comment';
SELECT rebuild_journey_map('shop');
VACUUM ANALYZE mapped;
SELECT * FROM measure(5, ARRAY['words of all places', 'words of a quarter', 'comments', 'to_tsvector'], ARRAY[
	'SELECT * FROM journey_map_words(''shop'')', 'SELECT * FROM journey_map_words(''shop'', period => ''[2026-04-01,2026-06-30]'')', 'SELECT count(comment), count(*) FILTER (WHERE barrier) FROM shop_comments',
	'SELECT count(to_tsvector(''simple'', comment)) FROM mapped']);
