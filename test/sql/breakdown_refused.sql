--
-- rating_breakdown, standardize, rake_weights and rating_summary * weight: bad input gets a
-- clear error, its SQLSTATE and a hint.
--
\set SHOW_CONTEXT never
\pset format unaligned
CREATE FUNCTION pg_temp.error_of(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
	hint text;
	result text;
BEGIN
	EXECUTE query INTO result;
	RETURN 'no error: ' || coalesce(result, '(null)');
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	RETURN concat_ws(E'\n', SQLSTATE || ' ' || SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;

-- texts that are none
SELECT text, pg_temp.error_of(format('SELECT %L::rating_breakdown', text))
  FROM unnest(ARRAY['', '{', '{a}', '{a = [1, 2]}', '{a = [1, 2]} on [0, 2]', '{a = [1, 2]} on [0, 1] x', '{a = [1, 2], b = [1]} on [0, 1]', '{a = [1, 2] weights [1, 2]} on [0, 1]',
                    '{a = [1, -2]} on [0, 1]', '{ą b = [1, 2]} on [0, 1]', '{"" = [1, 2]} on [0, 1]', E'{"a\tb" = [1, 2]} on [0, 1]', '{(nil) = [1, 2]} on [0, 1]', '{a = [1, 2]} on [2147483646, 2147483647]',
                    '{a = [9223372036854775807, 1]} on [0, 1]', '{a = [9223372036854775807, 0], b = [0, 1]} on [0, 1]', '{} on [0, 1]',
                    '{a = [1, 0] weights [1, 1] squares [1, 1]} on [0, 1]', '{a = [1, 2] weights [1, 2] squares [1, 2], b = [1, 2]} on [0, 1]']) text;

-- aggregates
SELECT what, pg_temp.error_of('SELECT ' || what) FROM unnest(ARRAY[
	'breakdown_agg(l, ''[0,1]{1,2}'') FROM (VALUES ('''')) v(l)',
	'breakdown_agg(l, ''[0,1]{1,2}'') FROM (VALUES (repeat(''x'', 256))) v(l)',
	'breakdown_agg(l, ''[0,1]{1,2}'') FROM (VALUES (E''a\nb'')) v(l)',
	'breakdown_agg(''a'', s) FROM (VALUES (''[0,1]{1,2}''::rating_summary), (''[0,2]{1,2,3}'')) v(s)',
	'breakdown_agg(s::text, s) FROM (VALUES (''[0,1]{1,2}''::rating_summary), (''[1,2]{1,2}'')) v(s)',
	'breakdown_agg(s::text, s) FROM (VALUES (''[0,1]{1,2}''::rating_summary), (''[0,1]{1:1:1,0:0:0}'')) v(s)',
	'breakdown_agg(s::text, s) FROM (VALUES (''[0,1]{1,2}''::rating_summary), (''[0,1]{0:0:0,0:0:0}'')) v(s)',
	'breakdown_agg(''a'', s) FROM (VALUES (''[0,1]{9223372036854775807,0}''::rating_summary), (''[0,1]{0,1}'')) v(s)',
	'breakdown_agg(s::text, s) FROM (VALUES (''[0,1]{9223372036854775807,0}''::rating_summary), (''[0,1]{0,1}'')) v(s)',
	'breakdown_agg(b) FROM (VALUES (''{a = [1, 2]} on [0, 1]''::rating_breakdown), (''{a = [1, 2]} on [1, 2]'')) v(b)']) what;
-- + and -
SELECT a, o, b, pg_temp.error_of(format('SELECT %L::rating_breakdown %s %L', a, o, b)) FROM (VALUES
	('{a = [1, 2]} on [0, 1]', '+', '{b = [1, 2]} on [1, 2]'),
	('{a = [1, 2]} on [0, 1]', '+', '{b = [1, 2] weights [1, 2] squares [1, 2]} on [0, 1]'),
	('{a = [9223372036854775807, 0]} on [0, 1]', '+', '{b = [0, 1]} on [0, 1]'),
	('{a = [1, 2]} on [0, 1]', '-', '{b = [0, 1]} on [0, 1]'),
	('{a = [1, 2], "b c" = [3, 0]} on [0, 1]', '-', '{"b c" = [0, 1]} on [0, 1]'),
	('{a = [1, 2]} on [0, 1]', '-', '{(null) = [0, 1]} on [0, 1]'),
	('{a = [1, 2]} on [0, 1]', '-', '{a = [1, 2]} on [1, 2]'),
	('{}', '-', '{a = [1, 2]} on [1, 2]'), ('{}', '-', '{}')) v(a, o, b);
SELECT call, pg_temp.error_of('SELECT cxjourney_internal.rating_breakdown_' || call)
  FROM unnest(ARRAY['accum(NULL, ''a'', ''[0,1]{1,2}'')', 'accum_inv(''{}'', ''a'', ''[0,1]{1,2}'')', 'combine(''{}'', ''{}'')', 'combine_inv(''{}'', ''{}'')', 'final(''{a = [1, 2]} on [0, 1]'')']) call;

-- rating_summary * weight
SELECT w, pg_temp.error_of(format('SELECT ''[0,1]{3,4}''::rating_summary * %s', w)) AS "right", pg_temp.error_of(format('SELECT %s * ''[0,1]{3,4}''::rating_summary', w)) AS "left"
  FROM unnest(ARRAY['0', '1', '0.5', '1000000', '0.1234567894', '0.1234567895', '1e-9', '4e-10', '-0.0::float8', '2::smallint', '2::bigint', '2.5::real', 'NULL::float8', '-1', '-1e-12', '1000000.1', '''NaN''::float8', '''Infinity''::float8', '''NaN''::numeric']) w;
SELECT pg_temp.error_of('SELECT ''[0,1]{1:1:1,0:0:0}''::rating_summary * 2') AS weighted;
SELECT pg_temp.error_of('SELECT ''[0,1]{9223372036854775807,0}''::rating_summary * 2') AS fits, pg_temp.error_of('SELECT ''[0,1]{9223372036854775807,0}''::rating_summary * 7') AS too_much,
       pg_temp.error_of('SELECT ''[0,1]{340282366,340282366}''::rating_summary * 1000000') AS together;
SELECT nps(s * 0) IS NULL AS no_nps, responses(s * 0), s * 0 + s * 0.5 = s * 0.5 AS nothing FROM (VALUES ('[0,10]{1,0,0,0,0,0,0,0,0,0,9}'::rating_summary)) v(s);

-- standardize
SELECT b, shares, pg_temp.error_of(format('SELECT standardize(%L, %L)', b, shares)) FROM (VALUES
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 1}'), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 1, "b": 1, "c": 1}'), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 1, "b": 1, "": 1}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 1, "b": 1, "c": 0}'), ('{a = [1, 2], (null) = [3, 4]} on [0, 1]', '{"a": 1}'), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": -1, "b": 2}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": "1", "b": 2}'), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": null, "b": 2}'), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": [1], "b": 2}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": {"b": 3}, "b": 2}'), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 0, "b": 0}'), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '[1, 2]'), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '1'),
	('{a = [1, 2] weights [1, 2] squares [1, 2]} on [0, 1]', '{"a": 1}'), ('{a = [0, 1], b = [999998, 1]} on [0, 1]', '{"a": 1000, "b": 0}'), ('{a = [0, 1], b = [1000000, 1]} on [0, 1]', '{"a": 1000, "b": 0}'),
	('{}', '{}'), ('{}', '{"a": 1}'), (NULL, '{}'), ('{a = [1, 2]} on [0, 1]', NULL), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 0, "b": 1e-300}')) v(b, shares);

-- rake_weights
SELECT cells, targets, pg_temp.error_of(format('SELECT array_agg(weight) FROM rake_weights(%L, %L)', cells, targets)) FROM (VALUES
	('[]', '{"a": {"x": 1}}'), ('{}', '{"a": {"x": 1}}'), ('5', '{"a": {"x": 1}}'), ('[1]', '{"a": {"x": 1}}'), ('[[]]', '{"a": {"x": 1}}'), ('[{}]', '{"a": {"x": 1}}'), ('[{"responses": 5}]', '{"a": {"x": 1}}'),
	('[{"labels": {"a": "x"}}]', '{"a": {"x": 1}}'), ('[{"labels": {"a": "x"}, "responses": "5"}]', '{"a": {"x": 1}}'), ('[{"labels": {"a": "x"}, "responses": -5}]', '{"a": {"x": 1}}'), ('[{"labels": {"a": "x"}, "responses": 1.5}]', '{"a": {"x": 1}}'),
	('[{"labels": {"a": "x"}, "responses": 9223372036854775808}]', '{"a": {"x": 1}}'), ('[{"labels": {"a": "x"}, "responses": 1e400}]', '{"a": {"x": 1}}'), ('[{"labels": "a", "responses": 5}]', '{"a": {"x": 1}}'), ('[{"labels": {"b": "x"}, "responses": 5}]', '{"a": {"x": 1}}'),
	('[{"labels": {"a": "x"}, "responses": 5}, {"labels": {"a": null}, "responses": 5}]', '{"a": {"x": 1}}'), ('[{"labels": {"a": ["x"]}, "responses": 5}]', '{"a": {"x": 1}}'), ('[{"labels": {"a": "y"}, "responses": 5}]', '{"a": {"x": 1}}'),
	('[{"labels": {"a": "x"}, "responses": 5}]', '{"a": {"x": 1, "y": 1}}'), ('[{"labels": {"a": "x"}, "responses": 5}, {"labels": {"a": "y"}, "responses": 0}]', '{"a": {"x": 1, "y": 0}}'),
	('[{"labels": {"a": "x"}, "responses": 5}]', '{}'), ('[{"labels": {"a": "x"}, "responses": 5}]', '[]'), ('[{"labels": {"a": "x"}, "responses": 5}]', '{"a": 1}'), ('[{"labels": {"a": "x"}, "responses": 5}]', '{"a": {}}'),
	('[{"labels": {"a": "x"}, "responses": 5}]', '{"a": {"x": 0}}'), ('[{"labels": {"a": "x"}, "responses": 5}]', '{"a": {"x": -1}}'), ('[{"labels": {"a": "x"}, "responses": 5}]', '{"a": {"x": "1"}}'), ('[{"labels": {"a": "x"}, "responses": 5}]', '{"a": {"x": 1e400}}'),
	(NULL, '{"a": {"x": 1}}'), ('[]', NULL)) v(cells, targets);
-- margins that cannot both be, and limits that are too small
CREATE TEMP TABLE survey (cells jsonb, targets jsonb);
INSERT INTO survey VALUES
	('[{"labels": {"age": "young", "sex": "f"}, "responses": 10}, {"labels": {"age": "old", "sex": "m"}, "responses": 10}]', '{"age": {"young": 0.5, "old": 0.5}, "sex": {"f": 0.25, "m": 0.75}}'),
	('[{"labels": {"age": "young", "sex": "f"}, "responses": 10}, {"labels": {"age": "young", "sex": "m"}, "responses": 10}, {"labels": {"age": "old", "sex": "f"}, "responses": 10}, {"labels": {"age": "old", "sex": "m"}, "responses": 10}]',
	 '{"age": {"young": 0.8, "old": 0.2}, "sex": {"f": 0.5, "m": 0.5}}');
SELECT cells, pg_temp.error_of(format('SELECT array_agg(weight) FROM rake_weights(%L, %L)', cells, targets)) FROM survey;
SELECT most, pg_temp.error_of(format('SELECT array_agg(weight) FROM rake_weights(%L, %L, %s)', cells, targets, most))
  FROM survey, unnest(ARRAY['1.6', '1.5', '1', '0.99', '0', '-1', '''NaN''', '''Infinity''', 'NULL']) most WHERE cells @> '[{"labels": {"age": "old", "sex": "f"}}]';
