--
-- control_chart: bad input gets a clear error, its SQLSTATE and a hint.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
\pset format unaligned

CREATE TEMP TABLE days AS
SELECT array_fill('[0,10]{1,0,0,0,0,0,0,1,0,0,2}'::rating_summary, ARRAY[3]) AS nps,
	array_fill(rating_agg(9, '[0,10]', 1), ARRAY[3]) AS ones,
	array_fill('[1,5]{1,0,1,0,2}'::rating_summary, ARRAY[3]) AS csat,
	array_fill('[1,7]{1,0,0,1,0,0,2}'::rating_summary, ARRAY[3]) AS ces;

SELECT arguments, pg_temp.error_of(format('SELECT control_chart(%s) FROM days', arguments))
  FROM unnest(ARRAY[
	$$nps, 'NPS'$$,
	'nps, lambda => 0', 'nps, lambda => 1.01', $$nps, lambda => 'NaN'$$,
	'nps, width => 0', $$nps, width => 'Infinity'$$,
	'nps, dispersion => -1',
	'csat', $$nps, 'csat'$$, $$ARRAY['[1,10]{0,0,0,0,0,0,0,1,1,2}'::rating_summary], 'csat'$$,
	$$csat, 'csat', satisfied_from => 6$$,
	$$csat || ces, 'ces'$$, 'nps || ones', 'ones, baseline => nps[1]', $$ces, 'ces', baseline => csat[1]$$,
	'ARRAY[nps, nps]',
	$$'{"[0,10]{0,0,0,0,0,0,0,0,0,0,9223372036854775807}","[0,10]{0,0,0,0,0,0,0,0,0,0,1}"}'$$]) arguments;

-- what a journey map calls
SELECT arguments, pg_temp.error_of(format('SELECT cxjourney_internal.control_chart_at(%s, NULL, ''ces'', NULL, NULL)',
	arguments))
  FROM unnest(ARRAY[
	$$'{2025-01-03}', '{f,f}', '{"[1,5]{0,0,0,0,1}"}'$$,
	$$'{{2025-01-03}}', '{f}', '{"[1,5]{0,0,0,0,1}"}'$$,
	$$'{2025-01-03}', '{t}', '{"[1,5]{0,0,0,0,1}"}'$$,
	$$'{2025-01-03,2025-01-03}', '{f,f}', '{"[1,5]{0,0,0,0,1}","[1,4]{0,0,0,1}"}'$$]) arguments;
