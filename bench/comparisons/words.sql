-- The words of comments: what term_agg and comment_terms cost beside to_tsvector, and reading what is stored.
--@ setup
-- Words as frequent as words are: the k-th of 20,000 in one comment of k. A comment has 15 of them, and one row of 500.
CREATE UNLOGGED TABLE word AS
	SELECT k, substr(translate(md5(k::text), '0123456789', 'ghijklmnop'), 1, 2 + k % 9) AS word FROM generate_series(1, 20000) k;
CREATE UNLOGGED TABLE said AS
	SELECT i AS id, i % 50 AS place, 'They said: ' || string_agg(word, CASE WHEN n % 6 = 0 THEN '. ' ELSE ' ' END ORDER BY n) AS comment
	  FROM (SELECT i, n, least(20000, floor(exp(ln(20001) * (abs(hashint8(i * 16 + n)) % 1000000) / 1000000.0)))::int AS k
		  FROM generate_series(1, greatest(1000, :answers / 500)) AS i, generate_series(1, 15) AS n) AS drawn JOIN word USING (k)
	 GROUP BY i;
CREATE UNLOGGED TABLE comments AS
	SELECT id, place, comment, to_tsvector('simple', comment) AS words, comment_terms(comment) AS terms FROM said;
VACUUM ANALYZE comments;
CREATE TABLE stored AS SELECT place, term_agg(words) AS words FROM comments GROUP BY place;
-- A map whose barriers have words.
SET client_min_messages = warning;
CREATE TABLE commented (at timestamptz NOT NULL, stage text, touchpoint text, nps int, comment text);
INSERT INTO commented
	SELECT timestamptz '2026-01-01 00:00+00' + id % 365 * interval '1 day', 'stage ' || place / 8, 'web:' || place, id % 11, comment
	  FROM comments;
SELECT create_journey_map('worded', 'commented', at => 'at', stage => 'stage', touchpoint => 'touchpoint', nps => 'nps',
	comment => 'comment') \g /dev/null
VACUUM ANALYZE;
--@ question words: Words of comments
--@ floor term_agg: serial
SELECT term_agg(words) IS NOT NULL FROM comments
--@ floor term_agg of 50 places: serial
SELECT count(v) FROM (SELECT term_agg(words) AS v FROM comments GROUP BY place) w
--@ floor comment_terms: serial
SELECT count(comment_terms(comment, 'en')) FROM comments
--@ floor to_tsvector, english: serial
SELECT count(to_tsvector('english', comment)) FROM comments
--@ floor to_tsvector, simple: serial
SELECT count(to_tsvector('simple', comment)) FROM comments
--@ floor count of the columns: serial
SELECT count(words), count(comment) FROM comments
--@ floor term_agg of stored summaries: serial
SELECT term_agg(words) IS NOT NULL FROM stored
--@ floor journey_map_words: serial
SELECT count(v) FROM (SELECT * FROM journey_map_words('worded') OFFSET 0) v
--@ floor journey_map_words of a quarter: serial
SELECT count(v) FROM (SELECT * FROM journey_map_words('worded', period => '[2026-04-01,2026-06-30]') OFFSET 0) v
--@ target Words of comments: term_agg/serial <= 0.3 to_tsvector, english/serial
