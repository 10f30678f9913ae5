--
-- Periods of a journey map in time zones where a midnight comes twice (when summer time ends at one o'clock) or not at
-- all (when it begins at midnight, or a day is left out): the same answers and comments as by the local date.
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
DROP SCHEMA period_test CASCADE;
