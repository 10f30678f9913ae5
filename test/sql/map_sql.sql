--
-- The one function that fills and quotes the SQL which journey maps write.
--
\pset null -
\pset format unaligned
CREATE FUNCTION pg_temp.filled(template text, places jsonb) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	detail text;
BEGIN
	RETURN cxjourney_internal.journey_map_sql(template, places);
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL;
	RETURN concat_ws(E'\n', SQLSTATE || ' ' || SQLERRM, nullif(detail, ''));
END $$;

-- SQL as it is, names and literals quoted where they need it, lists with commas, numbers and truth values.
SELECT pg_temp.filled('SELECT {a} FROM {b:name} WHERE {c:literal}', '{"a": "x + 1", "b": "plain", "c": "plain"}');
SELECT pg_temp.filled('{b:name} {b:literal} {b}', '{"b": "We\"ird''s \\ {a} %s"}');
SELECT pg_temp.filled('{list}; {list:name}; {list:literal}', '{"list": ["one", "Two", "th''ree"]}');
SELECT pg_temp.filled('{a} {a:literal} {b} {b:name}', '{"a": 1.50, "b": true}');
SELECT pg_temp.filled('{a_1}{a_1}', '{"a_1": ""}') = '', pg_temp.filled('', '{}') = '';
SELECT pg_temp.filled('no place } and a } too many', '{"unused": 1}');
SELECT pg_temp.filled(repeat('zażółć {a} ', 3), '{"a": "gęślą {a}"}');

-- What was quoted is read back as it was.
SELECT bool_and(parse_ident(cxjourney_internal.journey_map_sql('{t:name}', jsonb_build_object('t', t))) = ARRAY[t])
  FROM unnest(ARRAY['a', 'A', 'a"b', 'a""', 'select', 'a.b', 'ż', 'a''b', 'a\b', '{a}', '$sql$', ' ']) AS t;
DO $$
DECLARE
	text text;
	back text;
BEGIN
	FOREACH text IN ARRAY ARRAY['', 'a', '''', '''''', '\', '\''', E'\n', '{a}', '%s', '$sql$',
		'''; DROP TABLE x; --'] LOOP
		EXECUTE cxjourney_internal.journey_map_sql('SELECT {t:literal}', jsonb_build_object('t', text)) INTO back;
		ASSERT text = back, text;
	END LOOP;
END $$;

-- Places without a value, of unknown kinds, and plain texts that would become SQL.
SELECT pg_temp.filled('a {gone} b', '{}');
SELECT pg_temp.filled('a {gone} b', '{"gone": null}');
SELECT pg_temp.filled('a {gone} b', '{"gone": []}');
SELECT pg_temp.filled('a {gone} b', '{"gone": ["x", null]}');
SELECT pg_temp.filled('a {gone} b', '{"gone": {"x": 1}}');
SELECT pg_temp.filled('a {gone:text} b', '{"gone": "x"}');
SELECT pg_temp.filled('a {Gone} b', '{"Gone": "x"}');
SELECT pg_temp.filled('a {} b', '{"": "x"}');
SELECT pg_temp.filled('a { gone} b', '{"gone": "x"}');
SELECT pg_temp.filled('a {gone', '{"gone": "x"}');
SELECT pg_temp.filled('a {gone:name', '{"gone": "x"}');
SELECT pg_temp.filled('a {', '{}');
SELECT pg_temp.filled('{name} b', '{"name": "x; DROP TABLE y"}');
SELECT pg_temp.filled('{schema}.b', '{"schema": "x"}');
SELECT pg_temp.filled('{bucket} {timezone}', '{"bucket": "x", "timezone": "y"}');
SELECT pg_temp.filled('{timezone}', '{"timezone": "y"}');
SELECT pg_temp.filled('{language}', '{"language": "y"}');
SELECT pg_temp.filled('{name:name} {schema:literal}', '{"name": "a b", "schema": "c"}');
SELECT pg_temp.filled('{a}', '["a"]');
SELECT pg_temp.filled('{a}', NULL), pg_temp.filled(NULL, '{}');
