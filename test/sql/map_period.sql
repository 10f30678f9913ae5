--
-- Periods of a journey map in time zones where a midnight comes twice (when summer time ends at one o'clock) or not at
-- all (when it begins at midnight, or a day is left out): the same answers and comments as by the local date. And the
-- times of the first and the last answer of a bucket.
--
SET client_min_messages = warning;
SET timezone = 'UTC';
CREATE SCHEMA period_test;
SET search_path = period_test, public;

-- five days of answers and comments each, about the day that begins at such a midnight
CREATE TABLE answers (at timestamptz, stage text, nps integer, said text);
CREATE FUNCTION compared(zone text, day date, bucket text, OUT answers bigint, OUT wrong_before bigint,
	OUT wrong_on bigint, OUT wrong_after bigint, OUT wrong_words bigint, OUT problems bigint) LANGUAGE plpgsql AS $$
DECLARE
	before daterange := daterange(NULL, day);
	on_day daterange := daterange(day, day + 1);
	after daterange := daterange(day + 1, NULL);
BEGIN
	TRUNCATE answers;
	INSERT INTO answers SELECT day - interval '2 days' + i * interval '10 minutes', 's' || i % 2, i % 11, 's' || i % 2
	  FROM generate_series(0, 720) AS i;
	PERFORM create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps', comment => 'said',
		bucket => bucket, timezone => zone);
	SELECT count(*), count(*) FILTER (WHERE local < day) - (SELECT sum(responses)
			FROM journey_map_cells('m', period => before)),
		count(*) FILTER (WHERE local = day) - (SELECT coalesce(sum(responses), 0)
			FROM journey_map_cells('m', period => on_day)),
		count(*) FILTER (WHERE local > day) - (SELECT sum(responses)
			FROM journey_map_cells('m', period => after)),
		count(*) FILTER (WHERE local = day) - (SELECT coalesce(sum(comments), 0)
			FROM journey_map_words('m', period => on_day))
	  INTO answers, wrong_before, wrong_on, wrong_after, wrong_words
	  FROM (SELECT (at AT TIME ZONE zone)::date AS local FROM answers) AS a;
	problems := (SELECT count(*) FROM check_journey_map('m'));
	PERFORM drop_journey_map('m');
END $$;
SELECT zone, day, bucket, c.*
  FROM (VALUES ('America/Havana', date '2021-11-07'), ('America/Havana', '2021-03-14'),
		('Atlantic/Azores', '2021-10-31'), ('America/Sao_Paulo', '2018-11-04'), ('America/Sao_Paulo', '2018-02-18'),
		('Asia/Beirut', '2021-03-28'), ('Asia/Beirut', '2021-10-31'), ('Pacific/Apia', '2011-12-30'),
		('Pacific/Apia', '2011-12-31'), ('Australia/Lord_Howe', '2021-04-04'), ('Europe/Warsaw', '2021-10-31'))
		AS v(zone, day),
	unnest(ARRAY['hour', 'day']) AS bucket, compared(zone, day, bucket) AS c;

-- The times of the first and the last answer of a bucket, before and after each refresh: by what is stored, by what
-- comes between, and by what comes before and behind; what is not valid has no time. What is gone may count until the
-- map is rebuilt.
TRUNCATE answers;
SELECT create_journey_map('m', 'answers', at => 'at', stage => 'stage', nps => 'nps');
CREATE FUNCTION times(what text, OUT answers text, OUT first_at timestamptz, OUT last_at timestamptz,
	OUT refreshed text) LANGUAGE plpgsql AS $$
DECLARE
	again record;
BEGIN
	answers := what;
	SELECT s.first_at, s.last_at INTO STRICT first_at, last_at FROM m_summaries AS s;
	PERFORM refresh_journey_map('m');
	SELECT s.first_at, s.last_at INTO STRICT again FROM m_summaries AS s;
	refreshed := CASE WHEN again = (first_at, last_at) THEN 'the same' ELSE again::text END;
END $$;
INSERT INTO answers VALUES ('2026-01-01 10:00', 'a', 1), ('2026-01-01 12:00', 'a', 2);
SELECT * FROM times('the first two');
INSERT INTO answers VALUES ('2026-01-01 11:00', 'a', 3);
SELECT * FROM times('between them');
INSERT INTO answers SELECT '2026-01-01 11:00', 'a', 4 FROM generate_series(1, 20);
SELECT * FROM times('many between them');
INSERT INTO answers VALUES ('2026-01-01 08:00', 'a', 99), ('2026-01-01 14:00', 'a', 99);
SELECT * FROM times('not valid');
INSERT INTO answers VALUES ('2026-01-01 09:00', 'a', 5);
SELECT * FROM times('before them');
INSERT INTO answers VALUES ('2026-01-01 13:00', 'a', 6);
SELECT * FROM times('behind them');
DELETE FROM answers WHERE at IN ('2026-01-01 09:00', '2026-01-01 13:00');
SELECT rebuild_journey_map('m');
SELECT * FROM times('rebuilt');
DROP SCHEMA period_test CASCADE;
