--
-- rating_breakdown, standardize, rake_weights and rating_summary * weight: bad input gets a clear error, its SQLSTATE
-- and a hint.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
\pset format unaligned

-- what is no rating_breakdown
SELECT text, pg_temp.detail_of(format('SELECT %L::rating_breakdown', text))
  FROM unnest(ARRAY['', '{', '{a}', '{a = [1, 2]}', '{a = [1, 2]} on [0, 2]', '{a = [1, 2]} on [0, 1] x',
                    '{a = [1, 2], b = [1]} on [0, 1]', '{a = [1, 2] weights [1, 2]} on [0, 1]', '{} on [0, 1]',
                    '{a = [1, -2]} on [0, 1]', '{ą b = [1, 2]} on [0, 1]', '{"" = [1, 2]} on [0, 1]',
                    E'{"a\tb" = [1, 2]} on [0, 1]', '{(nil) = [1, 2]} on [0, 1]',
                    '{a = [1, 2]} on [2147483646, 2147483647]', '{a = [9223372036854775807, 1]} on [0, 1]',
                    '{a = [9223372036854775807, 0], b = [0, 1]} on [0, 1]',
                    '{a = [1, 0] weights [1, 1] squares [1, 1]} on [0, 1]',
                    '{a = [1, 2] weights [1, 2] squares [1, 2], b = [1, 2]} on [0, 1]']) text;
SELECT pg_temp.error_of('SELECT ''{a}''::rating_breakdown') AS with_hint;

-- what is no label
SELECT pg_temp.error_of(format('SELECT breakdown_agg(%L, ''[0,1]{1,2}'')', label))
  FROM unnest(ARRAY['', repeat('x', 256), E'a\nb']) label;
-- scales and kinds that do not go together, and too many answers
SELECT a, b, pg_temp.error_of(format('SELECT breakdown_agg(s::text, s) FROM ' || two, a, b)),
       pg_temp.message_of(format('SELECT breakdown_agg(NULL, s) FROM ' || two, a, b))
       = pg_temp.message_of(format('SELECT breakdown_agg(s::text, s) FROM ' || two, a, b)) AS same_label_too
  FROM (VALUES ('(VALUES (%L::rating_summary), (%L)) v(s)')) t(two),
       (VALUES ('[0,1]{1,2}', '[0,2]{1,2,3}'), ('[0,1]{1,2}', '[1,2]{1,2}'), ('[0,1]{1,2}', '[0,1]{1:1:1,0:0:0}'),
               ('[0,1]{9223372036854775807,0}', '[0,1]{0,1}')) v(a, b);
SELECT pg_temp.error_of('SELECT breakdown_agg(b) FROM (VALUES (''{a = [1, 2]} on [0, 1]''::rating_breakdown),
	(''{a = [1, 2]} on [1, 2]'')) v(b)') AS merged;
-- but a summary without answers says nothing
SELECT breakdown_agg(s::text, s)
  FROM (VALUES ('[0,1]{1,2}'::rating_summary), ('[0,2]{0,0,0}'), ('[0,1]{0:0:0,0:0:0}')) v(s);

-- + and -
SELECT a, o, b, pg_temp.error_of(format('SELECT %L::rating_breakdown %s %L', a, o, b)) FROM (VALUES
	('{a = [1, 2]} on [0, 1]', '+', '{b = [1, 2]} on [1, 2]'),
	('{a = [1, 2]} on [0, 1]', '+', '{b = [1, 2] weights [1, 2] squares [1, 2]} on [0, 1]'),
	('{a = [9223372036854775807, 0]} on [0, 1]', '+', '{b = [0, 1]} on [0, 1]'),
	('{a = [1, 2]} on [0, 1]', '-', '{b = [0, 1]} on [0, 1]'),
	('{a = [1, 2], "b c" = [3, 0]} on [0, 1]', '-', '{"b c" = [0, 1]} on [0, 1]'),
	('{a = [1, 2]} on [0, 1]', '-', '{(null) = [0, 1]} on [0, 1]'),
	('{a = [1, 2]} on [0, 1]', '-', '{a = [1, 2]} on [1, 2]'),
	('{}', '-', '{a = [1, 2]} on [1, 2]')) v(a, o, b);
SELECT call, pg_temp.error_of('SELECT cxjourney_internal.rating_breakdown_' || call)
  FROM unnest(ARRAY['accum(NULL, ''a'', ''[0,1]{1,2}'')', 'accum_inv(''{}'', ''a'', ''[0,1]{1,2}'')',
                    'combine(''{}'', ''{}'')', 'combine_inv(''{}'', ''{}'')']) call;

-- what cannot be compared, and metrics that the scale does not have
SELECT call, pg_temp.error_of('SELECT ' || call) FROM unnest(ARRAY[
	'nps_shift(''{a = [1, 2]} on [0, 1]'', ''{a = [1, 2]} on [1, 2]'')',
	'csat_shift(''{a = [1, 2]} on [0, 1]'', ''{a = [1, 2, 3]} on [0, 2]'')',
	'ces_shift(''{a = [1, 2]} on [0, 1]'', ''{a = [1, 2]} on [1, 2]'')',
	'nps_shift(''{a = [1, 2]} on [0, 1]'', ''{a = [1, 2]} on [0, 1]'')',
	'nps_shift(''{}'', ''{a = [1, 2]} on [0, 1]'')',
	'csat_shift(''{a = [1, 2]} on [0, 1]'', ''{a = [1, 2]} on [0, 1]'', 2)',
	'csat_shift(''{a = [0, 0, 0, 0, 0, 0, 0, 5]} on [1, 8]'', ''{}'')']) call;

-- rating_summary * weight
SELECT w, pg_temp.error_of(format('SELECT ''[0,1]{3,4}''::rating_summary * %s', w)),
       pg_temp.error_of(format('SELECT ''[0,1]{3,4}''::rating_summary * %s', w))
       = pg_temp.error_of(format('SELECT %s * ''[0,1]{3,4}''::rating_summary', w)) AS left_too
  FROM unnest(ARRAY['-1', '-1e-12', '1000000.1', '''NaN''::float8', '''Infinity''::float8', '''NaN''::numeric']) w;
SELECT pg_temp.error_of('SELECT ''[0,1]{1:1:1,0:0:0}''::rating_summary * 2') AS weighted;
SELECT pg_temp.error_of('SELECT ''[0,1]{9223372036854775807,0}''::rating_summary * 7') AS too_much,
       pg_temp.message_of('SELECT ''[0,1]{340282366,340282366}''::rating_summary * 1000000') AS together;

-- standardize
SELECT b, shares, pg_temp.error_of(format('SELECT standardize(%L, %L)', b, shares)) FROM (VALUES
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 1}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 1, "b": 1, "c": 1}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 1, "b": 1, "c": 0}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 1, "b": 1, "": 1}'),
	('{a = [1, 2], (null) = [3, 4]} on [0, 1]', '{"a": 1}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": -1, "b": 2}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": "1", "b": 2}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": null, "b": 2}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": [1], "b": 2}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": {"b": 3}, "b": 2}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '{"a": 0, "b": 0}'),
	('{a = [1, 2], b = [3, 4]} on [0, 1]', '[1, 2]'), ('{a = [1, 2], b = [3, 4]} on [0, 1]', '1'),
	('{a = [1, 2] weights [1, 2] squares [1, 2]} on [0, 1]', '{"a": 1}'),
	('{a = [0, 1], b = [999999, 1]} on [0, 1]', '{"a": 1000, "b": 0}'), ('{}', '{"a": 1}'),
	('{a = [1, 2], "b c" = [3, 4]} on [0, 1]', '{"a": 1, "b c": 0.0000000003}')) v(b, shares);
-- the least weight there is, and none
SELECT shares, standardize('{a = [1, 2], b = [3, 4]} on [0, 1]', shares)
  FROM unnest('{"{\"a\": 1, \"b\": 0.0000000004}","{\"a\": 1, \"b\": 0}"}'::jsonb[]) shares;

-- rake_weights: what are no cells, and with "x" as the only target of "a"
SELECT cells, pg_temp.error_of(format('SELECT rake_weights(%L, ''{"a": {"x": 1}}'')', cells)) FROM unnest(ARRAY[
	'[]', '{}', '5', '[1]', '[[]]', '[{}]', '[{"responses": 5}]', '[{"labels": {"a": "x"}}]',
	'[{"labels": "a", "responses": 5}]', '[{"labels": {"b": "x"}, "responses": 5}]',
	'[{"labels": {"a": "x"}, "responses": "5"}]', '[{"labels": {"a": "x"}, "responses": -5}]',
	'[{"labels": {"a": "x"}, "responses": 1.5}]', '[{"labels": {"a": "x"}, "responses": 9223372036854775808}]',
	'[{"labels": {"a": "x"}, "responses": 1e19}]',
	'[{"labels": {"a": "x"}, "responses": 5}, {"labels": {"a": null}, "responses": 5}]',
	'[{"labels": {"a": ["x"]}, "responses": 5}]', '[{"labels": {"a": "y"}, "responses": 5}]']) cells;
-- the most answers there can be
SELECT responses, weight
  FROM rake_weights('[{"labels": {"a": "x"}, "responses": 9223372036854775807}]', '{"a": {"x": 1}}');
-- what are no targets, for answers with "x" and none with "y"
SELECT targets, pg_temp.error_of(format('SELECT rake_weights(''[{"labels": {"a": "x"}, "responses": 5},
	{"labels": {"a": "y"}, "responses": 0}]'', %L)', targets)) FROM unnest(ARRAY[
	'{}', '[]', '5', '{"a": 1}', '{"a": {}}', '{"a": {"x": 0}}', '{"a": {"x": -1}}', '{"a": {"x": "1"}}',
	'{"a": {"x": 1e400}}', '{"a": {"x": 1, "y": 1}}', '{"a": {"x": 1, "y": 0}}', '{"a": {"x": 1}, "b": {"x": 1}}'])
	targets;
-- margins that cannot both be, and limits that are too small
CREATE TEMP TABLE survey (name text, cells jsonb, targets jsonb);
INSERT INTO survey VALUES
	('two cells', '[{"labels": {"age": "young", "sex": "f"}, "responses": 10},
	  {"labels": {"age": "old", "sex": "m"}, "responses": 10}]',
	 '{"age": {"young": 0.5, "old": 0.5}, "sex": {"f": 0.25, "m": 0.75}}'),
	('four cells', '[{"labels": {"age": "young", "sex": "f"}, "responses": 10},
	  {"labels": {"age": "young", "sex": "m"}, "responses": 10},
	  {"labels": {"age": "old", "sex": "f"}, "responses": 10},
	  {"labels": {"age": "old", "sex": "m"}, "responses": 10}]',
	 '{"age": {"young": 0.8, "old": 0.2}, "sex": {"f": 0.5, "m": 0.5}}');
SELECT name, pg_temp.error_of(format('SELECT rake_weights(%L, %L)', cells, targets)) FROM survey;
SELECT most, pg_temp.error_of(format('SELECT rake_weights(%L, %L, %L)', cells, targets, most))
  FROM survey, unnest(ARRAY['1.6', '1.5', '1', '0.99', '0', '-1', 'NaN', 'Infinity', NULL]) most
 WHERE name = 'four cells';
