--
-- A journey map calls all together (all). What answers themselves call so is "(all)" there, in double quotes, and told
-- apart everywhere: a map of the same answers that have another name for it says the same.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset null -
\pset format unaligned
SET client_min_messages = warning;
CREATE SCHEMA label_test;
SET search_path = label_test, public;
SET timezone = 'UTC';

CREATE TABLE answers (at timestamptz, stage text, place text, persona text, score integer, words text);
CREATE TABLE renamed (LIKE answers);
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', touchpoint => 'place', segment => 'persona',
	nps => 'score', comment => 'words', bucket => 'week');
SELECT create_journey_map('other', 'renamed', at => 'at', stage => 'stage', touchpoint => 'place', segment => 'persona',
	nps => 'score', comment => 'words', bucket => 'week');
INSERT INTO answers
SELECT timestamptz '2026-01-05' + i * interval '1 hour', (ARRAY['(all)', 'buy', 'use'])[1 + i % 3],
	(ARRAY['(all)', 'web:shop', NULL, 'app:home', 'web:cart'])[1 + i % 5], (ARRAY['(all)', 'old', NULL])[1 + i / 7 % 3],
	CASE WHEN i % 3 = 0 OR i % 5 = 0 THEN pg_temp.random_int(i, 1, 8) ELSE 5 + pg_temp.random_int(i, 2, 6) END,
	CASE WHEN i % 3 = 0 THEN 'slow and late' ELSE 'fine and quick' END
  FROM generate_series(1, 4000) AS i;
INSERT INTO renamed SELECT at, replace(stage, '(all)', '"(all)"'), replace(place, '(all)', '"(all)"'),
	replace(persona, '(all)', '"(all)"'), score, words FROM answers;

-- whatever is asked of both maps, written, folded and rebuilt
CREATE TABLE question (n serial, query text);
INSERT INTO question (query) SELECT 'FROM MAP' || view FROM unnest(ARRAY['', '_barriers', '_channels', '_comments',
	'_control', '_alarms', '_personas', '_trend', '_trend_places']) AS view;
INSERT INTO question (query) SELECT format('FROM %s(''MAP''%s)', function, arguments) FROM (VALUES
	('journey_map_cells', ''), ('journey_map_cells', ', ''"(all)"'''), ('journey_map_barriers', ''),
	('journey_map_barriers', ', ''"(all)"'''), ('journey_map_scores', ''), ('journey_map_scores', ', ''"(all)"'''),
	('journey_map_words', ', most => 3')) AS f(function, arguments);
CREATE FUNCTION compared() RETURNS TABLE (n integer, query text, answered bigint, differ bigint) LANGUAGE plpgsql AS $$
BEGIN
	FOR n, query IN SELECT q.n, q.query FROM question AS q ORDER BY q.n LOOP
		EXECUTE format('SELECT (SELECT count(*) %1$s), (SELECT count(*) FROM ((SELECT * %1$s EXCEPT ALL SELECT * %2$s)
			UNION ALL (SELECT * %2$s EXCEPT ALL SELECT * %1$s)) AS d)', replace(query, 'MAP', 'm'),
			replace(query, 'MAP', 'other')) INTO answered, differ;
		RETURN NEXT;
	END LOOP;
END $$;
SELECT query, answered, differ FROM compared();
SELECT refresh_journey_map('m') > 0 AS refreshed, refresh_journey_map('other') > 0;
SELECT count(*) AS queries, sum(differ) AS differ FROM compared();
SELECT rebuild_journey_map('m'), rebuild_journey_map('other');
SELECT count(*) AS queries, sum(differ) AS differ FROM compared();
SELECT count(*) AS problems FROM check_journey_map('m');

-- both stand beside each other, counted by plain SQL
SELECT segment, responses, CASE segment WHEN '(all)' THEN (SELECT count(*) FROM answers)
	ELSE (SELECT count(*) FROM renamed WHERE coalesce(persona, '(none)') = segment) END AS by_hand
  FROM m_personas ORDER BY segment;
SELECT count(*) AS weeks, sum(responses) AS responses, count(*) FILTER (WHERE responses = (SELECT count(*) FROM answers
	WHERE date_trunc('week', at) = bucket)) AS by_hand
  FROM m_control WHERE (segment, stage, touchpoint, metric) = ('(all)', '(all)', '(all)', 'nps');
-- a note about it is about it alone
INSERT INTO m_notes (segment, kind, note)
VALUES ('"(all)"', 'persona', 'Everybody who asked'), (NULL, 'persona', 'Anybody');
SELECT segment, persona FROM m_personas ORDER BY segment;
SELECT strpos(journey_map_svg('m', '"(all)"'), 'Everybody who asked') > 0 AS its_own,
	strpos(journey_map_svg('m'), 'Everybody who asked') > 0 AS of_all;
-- names at the limit of 200 characters, and those that are nearly so
INSERT INTO answers SELECT '2026-01-05', stage, stage, stage, 5 FROM unnest(ARRAY['(all)' || repeat('x', 300), '(ALL)',
	' (all)', '', '(none)', '"(all)"']) AS stage;
SELECT left(segment, 9) AS name, length(segment), sum(responses) AS responses FROM m GROUP BY segment ORDER BY segment;
DROP SCHEMA label_test CASCADE;
