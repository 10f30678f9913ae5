--
-- The words that are typical of a place of a journey map, against the formula of Monroe, Colaresi and Quinn in plain
-- SQL.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set VERBOSITY terse
\pset null -
SET client_min_messages = warning;
CREATE SCHEMA map_words_test;
SET search_path = map_words_test, public;
SET timezone = 'UTC';

-- Each comment has some of forty words; each place has words of its own that are more frequent there. The telephone is
-- at two stages. The name Kowalski stands in four comments of the courier, and Nowak in five at three places.
CREATE TABLE answers AS
SELECT i AS id, timestamptz '2026-01-31 23:00' + i * interval '2 hours' AS at, stage, place, persona,
	i % 11 AS nps, CASE i % 9 WHEN 0 THEN NULL WHEN 1 THEN ' ' ELSE 'The ' || said END
	|| CASE WHEN i IN (1012, 1018, 1024, 1030) THEN ' Kowalski' WHEN i IN (205, 406, 607, 808, 1010) THEN ' NOWAK'
		ELSE '' END AS said
  FROM generate_series(1, 2400) AS i, LATERAL (
	SELECT (ARRAY['find', 'buy', 'get'])[1 + n / 2] AS stage, (ARRAY['web:site', 'phone:help', 'web:shop',
		'phone:help', 'courier:door', NULL])[1 + n] AS place,
		CASE WHEN i / 7 % 3 = 0 THEN 'young' ELSE 'old' END AS persona, n
	  FROM (SELECT i % 6 AS n) AS p) AS v, LATERAL (
	SELECT string_agg(chr(97 + w % 20) || 'ord' || w / 20, CASE WHEN i % 2 = 0 THEN ', ' ELSE ' ' END) AS said
	  FROM generate_series(0, 39) AS w
	 WHERE pg_temp.random_int(i, w, 100) < CASE WHEN w % 8 = n THEN 20 ELSE 6 END) AS s;
SELECT name, count(*) AS comments, count(DISTINCT (stage, place)) AS places
  FROM unnest(ARRAY['Kowalski', 'NOWAK']) AS name JOIN answers ON strpos(said, name) > 0 GROUP BY name
 ORDER BY name;
SELECT create_journey_map('shop', 'answers', at => 'at', stage => 'stage', touchpoint => 'place',
	segment => 'persona', nps => 'nps', comment => 'said', bucket => 'week', timezone => 'Europe/Warsaw',
	stages => '{find,buy}');

CREATE FUNCTION by_hand(only_segment text, period daterange)
	RETURNS TABLE (stage text, touchpoint text, term text, comments bigint, share float8, rest_share float8,
	log_odds float8, z float8, p_value float8) LANGUAGE sql AS $$
	WITH said AS (
		SELECT id, a.stage, coalesce(place, '(none)') AS touchpoint, said FROM answers AS a
		 WHERE said ~ '[a-zA-Z]' AND (only_segment IS NULL OR persona = only_segment)
		   AND (period IS NULL OR (at AT TIME ZONE 'Europe/Warsaw')::date <@ period)),
	word AS (
		SELECT DISTINCT s.id, s.stage, s.touchpoint, w
		  FROM said AS s, regexp_split_to_table(lower(said), '[^a-z0-9]+') AS w
		 WHERE w <> ''),
	cells AS (SELECT DISTINCT s.stage, s.touchpoint FROM said AS s),
	place AS (
		SELECT * FROM cells UNION SELECT c.stage, '(all)' FROM cells AS c
		UNION SELECT '(all)', c.touchpoint FROM cells AS c GROUP BY c.touchpoint HAVING count(*) > 1),
	counted AS (
		SELECT p.stage, p.touchpoint, w.w, count(*) FILTER (WHERE here) AS a, count(*) FILTER (WHERE NOT here) AS b
		  FROM place AS p, word AS w, LATERAL (SELECT p.stage IN (w.stage, '(all)')
			AND p.touchpoint IN (w.touchpoint, '(all)') AS here) AS h GROUP BY 1, 2, 3),
	summed AS (SELECT *, a + b AS prior, sum(a) OVER place AS na, sum(b) OVER place AS nb FROM counted
		WINDOW place AS (PARTITION BY counted.stage, counted.touchpoint)),
	sizes AS (
		SELECT p.stage, p.touchpoint, count(*) FILTER (WHERE here) AS ca, count(*) FILTER (WHERE NOT here) AS cb
		  FROM place AS p, said AS s, LATERAL (SELECT p.stage IN (s.stage, '(all)')
			AND p.touchpoint IN (s.touchpoint, '(all)') AS here) AS h GROUP BY 1, 2),
	judged AS (
		SELECT *, ln((a + prior) / (na + na + nb - a - prior)) - ln((b + prior) / (nb + na + nb - b - prior)) AS delta,
			sqrt(1.0 / (a + prior) + 1.0 / (b + prior)) AS error FROM summed)
	SELECT j.stage, j.touchpoint, w, a, (100.0 * a / ca)::float8, (100.0 * b / cb)::float8, delta::float8,
		(delta / error)::float8, NULL::float8
	  FROM judged AS j JOIN sizes AS s USING (stage, touchpoint)
	 WHERE a >= 5 AND delta > 1e-12 AND cb > 0
$$;
-- all words of all places, whatever the segment and the period; a p-value is twice the area of the normal curve above z
CREATE FUNCTION differences(segment text, period daterange, OUT places bigint, OUT words bigint, OUT only_here bigint,
	OUT only_by_hand bigint, OUT wrong bigint) LANGUAGE sql AS $$
	SELECT count(DISTINCT (stage, touchpoint)), count(*), count(*) FILTER (WHERE h.term IS NULL),
		count(*) FILTER (WHERE m.term IS NULL), count(*) FILTER (WHERE m.comments <> h.comments
		OR abs(m.share - h.share) > 1e-9 OR abs(m.rest_share - h.rest_share) > 1e-9
		OR abs(m.log_odds - h.log_odds) > 1e-9 OR abs(m.z - h.z) > 1e-9
		OR m.p_value NOT BETWEEN 0 AND 1 OR (m.p_value < 0.05) <> (m.z > 1.959963984540054))
	  FROM journey_map_words('shop', segment, period, NULL) AS m
	  FULL JOIN by_hand(segment, period) AS h USING (stage, touchpoint, term)
$$;
SELECT segment, period, d.* FROM unnest('{NULL,young,old}'::text[]) AS segment,
	unnest('{NULL,"[2026-02-02,2026-03-01]","(,2026-03-30)"}'::daterange[]) AS period,
	differences(segment, period) AS d;

-- in the order of the journey, whole stages first, touchpoints at all of their stages last; at most so many, the surest
SELECT stage, touchpoint, count(*) AS words, bool_and(coalesce(z <= before, true)) AS surest_first
  FROM (SELECT *, lag(z) OVER (PARTITION BY stage, touchpoint ORDER BY position) AS before
	  FROM journey_map_words('shop') WITH ORDINALITY AS w(stage, touchpoint, term, comments, share, rest_share,
		log_odds, z, p_value, position)) AS w
 GROUP BY stage, touchpoint ORDER BY min(position);
SELECT count(*) AS words, count(*) FILTER (WHERE z < (SELECT max(o.z) FROM by_hand(NULL, NULL) AS o
	WHERE (o.stage, o.touchpoint) = (w.stage, w.touchpoint)) - 1e-9) AS not_the_surest
  FROM journey_map_words('shop', most => 1) AS w;
SELECT (SELECT count(*) FROM journey_map_words('shop')) = (SELECT count(*) FROM journey_map_words('shop', most => 10))
	AS ten_unless_said;
-- a name is shown nowhere, though five comments have one; a word that everybody writes is typical of nobody
SELECT term, count(*) FROM journey_map_words('shop', most => NULL)
 WHERE term IN ('kowalski', 'nowak') OR term = 'the' AND p_value < 0.05 GROUP BY term;

-- what waits for a refresh makes no difference: the source is read as it is
INSERT INTO answers SELECT 5000 + i, '2026-02-03', 'buy', 'web:shop', 'old', 9, 'brandnew'
  FROM generate_series(1, 5) AS i;
SELECT stage, touchpoint, comments FROM journey_map_words('shop', most => NULL) WHERE term = 'brandnew';
DELETE FROM answers WHERE id = 5005;
SELECT count(*) FROM journey_map_words('shop', most => NULL) WHERE term = 'brandnew';
DELETE FROM answers WHERE id > 5000;

-- no comments in the period, and a place that is the whole journey
SELECT count(*) FROM journey_map_words('shop', period => '[2027-01-04,2027-01-10]');
SELECT create_journey_map('one', 'answers', at => 'at', stage => '''all''', nps => 'nps', comment => 'said');
SELECT count(*) FROM journey_map_words('one');
-- without touchpoints a stage is its place
SELECT create_journey_map('stages', 'answers', at => 'at', stage => 'stage', nps => 'nps', comment => 'said');
SELECT w.touchpoint, count(*) AS words, count(*) FILTER (WHERE w.z = v.z AND w.comments = v.comments) AS equal
  FROM journey_map_words('stages') AS w
  JOIN journey_map_words('shop', most => NULL) AS v USING (stage, touchpoint, term)
 GROUP BY 1;
SELECT drop_journey_map('one'), drop_journey_map('stages');

-- One scan of the source. The expression is computed twice for a comment: to see that there is one, and to read it.
CREATE SEQUENCE calls;
CREATE FUNCTION counted(said text) RETURNS text LANGUAGE plpgsql STABLE COST 1000 AS $$
BEGIN
	PERFORM nextval('map_words_test.calls');
	RETURN said;
END $$;
SELECT create_journey_map('once', 'answers', at => 'at', stage => 'stage', touchpoint => 'place', nps => 'nps',
	comment => 'map_words_test.counted(said)');
SELECT setval('calls', 1) AS reset;
SELECT count(*) > 0 AS words FROM journey_map_words('once');
SELECT last_value - 1 = (SELECT count(*) + count(*) FILTER (WHERE btrim(said) <> '') FROM answers) AS calls FROM calls;
SELECT drop_journey_map('once');

-- The language is that of the map, and counts at once.
CREATE TABLE polish_answers (at date, stage text, nps integer, said text);
INSERT INTO polish_answers SELECT '2026-01-01', v.stage, 5, said FROM generate_series(1, 4) AS i,
	(VALUES ('find', 'Polecam ŻÓŁTE buty'), ('find', 'Poleciłbym żółtego'), ('buy', 'Kolejki i reklamacje'),
		('buy', 'kolejka, reklamacja')) AS v(stage, said);
SELECT create_journey_map('polish', 'polish_answers', at => 'at', stage => 'stage', nps => 'nps', comment => 'said',
	language => 'pl');
SELECT stage, term, comments FROM journey_map_words('polish');
UPDATE polish_definition SET language = 'simple';
SELECT stage, term, comments FROM journey_map_words('polish');
SELECT rebuild_journey_map('polish');
SELECT language FROM polish_definition;
SELECT * FROM check_journey_map('polish');

-- what is no language, and what cannot be answered
\set VERBOSITY default
SELECT create_journey_map('wrong', 'answers', at => 'at', stage => 'stage', nps => 'nps', language => 'PL');
SELECT create_journey_map('wrong', 'answers', at => 'at', stage => 'stage', nps => 'nps', language => NULL);
SELECT journey_map_words('shop', most => 0);
SELECT journey_map_words('shop', 'Young');
SELECT journey_map_words('shop', period => '[2026-02-02,2026-03-03]');
SELECT journey_map_words('none');
SELECT create_journey_map('silent', 'answers', at => 'at', stage => 'stage', nps => 'nps');
SELECT journey_map_words('silent');
\set VERBOSITY terse
UPDATE polish_definition SET language = 'de';
-- as the hint says
UPDATE silent_definition SET comment = 'said';
SELECT rebuild_journey_map('silent');
SELECT count(*) > 0 AS words FROM journey_map_words('silent');

-- The reader's own rights, on the source, too, and of its rows.
CREATE ROLE regress_words_reader;
GRANT USAGE ON SCHEMA map_words_test TO regress_words_reader;
GRANT SELECT ON shop_comments, shop_barriers, shop_definition TO regress_words_reader;
SET ROLE regress_words_reader;
SELECT count(*) FROM journey_map_words('shop');
RESET ROLE;
GRANT SELECT ON answers TO regress_words_reader;
SET ROLE regress_words_reader;
SELECT count(*) = 10 * count(DISTINCT (stage, touchpoint)) AS ten_a_place FROM journey_map_words('shop');
SELECT count(*) FROM journey_map_words('shop', 'young');
RESET ROLE;
CREATE POLICY theirs ON answers FOR SELECT TO regress_words_reader USING (stage <> 'get');
ALTER TABLE answers ENABLE ROW LEVEL SECURITY;
SET ROLE regress_words_reader;
SELECT stage, touchpoint, count(*) FROM journey_map_words('shop') GROUP BY 1, 2 ORDER BY 1, 2;
RESET ROLE;
REVOKE SELECT ON shop_barriers FROM regress_words_reader;
SET ROLE regress_words_reader;
SELECT count(*) FROM journey_map_words('shop');
RESET ROLE;

-- Nobody runs what somebody else put in the place of a view.
CREATE SCHEMA theirs AUTHORIZATION regress_words_reader;
SET search_path = theirs, map_words_test, public;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps', comment => 'said');
SET ROLE regress_words_reader;
DROP VIEW m_comments;
CREATE VIEW m_comments AS SELECT now() AS at, text 'a' AS segment, text 'b' AS stage, text 'c' AS touchpoint,
	(1 / 0)::text AS comment;
RESET ROLE;
SELECT pg_temp.message_of('SELECT journey_map_words(''m'')') AS error;
SELECT drop_journey_map('m');
SET search_path = map_words_test, public;
DROP OWNED BY regress_words_reader CASCADE;
DROP ROLE regress_words_reader;
DROP SCHEMA map_words_test CASCADE;
