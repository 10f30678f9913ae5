--
-- What is no journey_stage: other names, numbers, bytes, languages. Each is an error with a hint that helps.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never

-- names
SELECT input, pg_temp.error_of(format('SELECT %L::journey_stage', input)) AS error
  FROM unnest(ARRAY[
	'', ' ', 'aware', 'awareness2', 'aware ness', 'doświadczenie po', 'doświadczeniepo zakupie', 'purchase,',
	'swiądomosc', 'świadomośĆć', '4', 'ż', '客户']) input;
SELECT pg_temp.error_of(format('SELECT %L::journey_stage', repeat('purchase', 10))) AS long;
SELECT pg_temp.error_of($$SELECT 'retention'::text::journey_stage$$) AS from_text;
-- numbers
SELECT number, pg_temp.error_of(format('SELECT (%s)::journey_stage', number)) AS error
  FROM unnest(ARRAY['0', '8', '-1', '400', '2147483647', '-2147483648']) number;

-- languages
SELECT language, pg_temp.error_of(format('SELECT stage_label(''loyalty'', %L)', language)) AS error
  FROM unnest(ARRAY['de', '', 'pl_PL', 'polski']) language;

-- no text or number is taken for a stage by itself
SELECT pg_temp.error_of($$SELECT journey_stage 'loyalty' = 'loyalty'::text$$) AS text_equals;
SELECT pg_temp.error_of($$SELECT journey_stage 'loyalty' < 3$$) AS less_than_number;
CREATE TEMP TABLE shape (a journey_stage);
SELECT pg_temp.error_of($$INSERT INTO shape SELECT t FROM (VALUES ('awareness'::text)) v(t)$$) AS assigns_text;

-- a code from nowhere, as a damaged page or a newer version might hold
CREATE CAST (smallint AS journey_stage) WITHOUT FUNCTION;
SELECT code, pg_temp.error_of(format('SELECT (%s)::smallint::journey_stage::%s', code, type)) AS error
  FROM (VALUES (400, 'text'), (401, 'text'), (0, 'integer'), (-1, 'varchar')) v(code, type);
SELECT pg_temp.error_of($$SELECT stage_label(50::smallint::journey_stage, 'pl')$$) AS label;
SELECT pg_temp.error_of('SELECT cxjourney_internal.journey_stage_send(50::smallint::journey_stage)') AS send;
DROP CAST (smallint AS journey_stage);

-- binary input trusts no byte: what is copied out here as bytea comes in as a stage
CREATE TEMP TABLE wired (stage journey_stage);
\copy (SELECT 'Świadomość'::text) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
SELECT stage FROM wired;
\copy (SELECT 'purchases'::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT ''::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT '\x0190'::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT '\x707572636861736500'::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT '\xc5'::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
SELECT count(*) AS only_the_first FROM wired;
