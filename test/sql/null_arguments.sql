--
-- Functions that are not strict: what they make of NULL in the place of each argument, as their comments say. All
-- others are strict, and so give NULL, or no rows, without being called; one that is neither strict nor here is found.
--
\pset format unaligned
\pset null (null)
SET client_min_messages = warning;
CREATE SCHEMA null_arguments;
SET search_path = null_arguments, public;
CREATE TABLE sample (name text PRIMARY KEY, value text);
INSERT INTO sample VALUES ('five', '[1,5]{0,0,1,1,2}'), ('ten', '[0,10]{1,0,0,0,0,0,0,1,0,0,2}'),
	('tens', '{"[0,10]{1,0,0,0,0,0,0,1,0,0,2}","[0,10]{1,0,0,0,0,0,0,1,0,0,2}"}'),
	('j', '{a@2026-01-01, b@2026-01-02}'), ('before', '{a = [1, 2]} on [0, 1]'), ('after', '{a = [2, 1]} on [0, 1]'),
	('words', '{a = 6, b = 1} in 7 comments'), ('others', '{a = 1, b = 6} in 7 comments'),
	('waits', '{[2000: 1 + 0 in 86400000000us]}'),
	('flow', '{(start) > a = 1, a > b = 1 in 86400000000us [2000+1], b > (end) = 1}'),
	('funnel', '{a > b; within 7 days; 1, 1 in 86400000000us [2000+1]}'),
	('cohorts', 'a > b by day for 1 periods in (none) until unknown '
		'{(none) streak [1, 1] returned [0, 1] later [1, 1]}'),
	('drivers', '{2 drivers, 4 responses, 0 left out, sums [10, 10, 9], products [34, 20, 30, 19, 21, 31]}'),
	('scales', '{"[1,5]","[1,5]"}'), ('cells', '[{"labels": {"a": "b"}, "responses": 3}]'),
	('targets', '{"a": {"b": 1}}'), ('names', '{x,y}');

-- what each is called with, names of samples or values
CREATE TABLE call (function name PRIMARY KEY, arguments text[]);
INSERT INTO call VALUES
	('csat', '{five,4}'), ('csat_interval', '{five,4,0.95}'), ('csat_margin', '{five,4,0.95}'),
	('csat_test', '{five,five,4,0.95}'), ('nps_sample_size', '{5,0.95,ten}'), ('csat_sample_size', '{5,0.95,five,4}'),
	('ces_sample_size', '{0.5,0.95,five}'), ('drivers', '{drivers,names,lmg,0.95,scales}'),
	('csat_shift', '{before,after,1}'), ('rake_weights', '{cells,targets,2}'), ('terms', '{words,5,1}'),
	('term_contrast', '{words,others,1}'), ('control_chart', '{tens,csat,ten,0.2,3,1,9}'), ('stage_path', '{j,5}'),
	('flow_mermaid', '{flow,5}'), ('funnel_depth', '{j,a > b,7 days}'), ('path_visits', '{j,a > b,7 days}'),
	('next_after', '{j,a,7 days}'), ('path_count', '{j,a > b,7 days}'), ('rating_svg', '{five,en,title,true}'),
	('funnel_svg', '{funnel,en,title,true}'), ('survival_svg', '{waits,en,title,true}'),
	('flow_svg', '{flow,en,title,true,5}'), ('cohort_svg', '{cohorts,en,title,true}'),
	('driver_svg', '{drivers,names,lmg,en,title,true}'), ('control_svg', '{tens,names,csat,ten,9,en,title,true}'),
	('trend_svg', '{tens,names,csat,9,en,title,true}'), ('shift_svg', '{before,after,csat,1,en,title,true}');

-- Those that are called; journey maps and tables are not among them, whose tests say what they do with NULL.
CREATE VIEW asked AS
SELECT p.oid, p.proname, p.proargtypes::regtype[] AS types, c.arguments
  FROM pg_proc AS p JOIN pg_depend AS d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
  JOIN pg_extension AS e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxjourney'
  JOIN pg_language AS l ON l.oid = p.prolang AND l.lanname = 'c' LEFT JOIN call AS c ON c.function = p.proname
 WHERE p.pronamespace = e.extnamespace AND p.prokind = 'f' AND p.provolatile = 'i' AND NOT p.proisstrict;
CREATE FUNCTION result_of(call text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	result text;
BEGIN
	EXECUTE format('SELECT CASE WHEN count(*) = 0 THEN ''no rows'' WHEN bool_and(r IS NULL) THEN ''NULL''
		ELSE ''a value'' END FROM %s AS r', call) INTO result;
	RETURN result;
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE TABLE answer AS
SELECT oid::regprocedure AS function, nth, arguments IS NULL AS unknown, result_of(format('%s(%s)', proname,
	(SELECT string_agg(quote_nullable(CASE WHEN n <> nth THEN coalesce(s.value, a) END) || '::' || types[n - 1], ', '
		ORDER BY n) FROM unnest(arguments) WITH ORDINALITY AS u(a, n) LEFT JOIN sample AS s ON s.name = a))) AS answer
  FROM asked, generate_series(0, cardinality(types)) AS nth;
SELECT count(DISTINCT function) AS functions, array_agg(DISTINCT function) FILTER (WHERE unknown) AS unknown
  FROM answer;
SELECT function, answer AS with_all_arguments FROM answer WHERE nth = 0 AND answer <> 'a value' ORDER BY 1;
-- of each argument in turn
SELECT function, string_agg(answer, ', ' ORDER BY nth) AS answers FROM answer WHERE nth > 0 AND NOT unknown
 GROUP BY function ORDER BY function::text COLLATE "C";
DROP SCHEMA null_arguments CASCADE;
