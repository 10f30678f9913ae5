-- The words of comments: what term_agg and comment_terms cost beside to_tsvector, and reading what is stored.
\pset footer off
SET max_parallel_workers_per_gather = 0;
SET jit = off;

-- Words as frequent as words are: the k-th of 20,000 in one comment of k. A comment has 15 of them, and one row of 50.
CREATE UNLOGGED TABLE word AS
	SELECT k, substr(translate(md5(k::text), '0123456789', 'ghijklmnop'), 1, 2 + k % 9) AS word FROM generate_series(1, 20000) k;
CREATE UNLOGGED TABLE said AS
	SELECT i AS id, i % 50 AS place, 'They said: ' || string_agg(word, CASE WHEN n % 6 = 0 THEN '. ' ELSE ' ' END ORDER BY n) AS comment
	  FROM (SELECT i, n, least(20000, floor(exp(ln(20001) * (abs(hashint8(i * 16 + n)) % 1000000) / 1000000.0)))::int AS k
		  FROM generate_series(1, :rows / 50) AS i, generate_series(1, 15) AS n) AS drawn JOIN word USING (k)
	 GROUP BY i;
CREATE UNLOGGED TABLE comments AS SELECT id, place, comment, to_tsvector('simple', comment) AS words, comment_terms(comment) AS terms FROM said;
VACUUM ANALYZE comments;
SELECT count(*) AS comments, round(avg(length(comment))) AS letters, round(avg(length(words)), 1) AS words_each,
       (SELECT count(*) FROM ts_stat('SELECT words FROM comments')) AS different_words FROM comments;

\echo
\echo term_agg of stored words, at most 0.300 of what to_tsvector takes for itself, with nothing but a look into the table taken away
CREATE TABLE measured AS SELECT * FROM measure(5,
	ARRAY['term_agg', 'term_agg of 50 places', 'comment_terms', 'comment_terms, pairs', 'to_tsvector, english', 'to_tsvector, simple', 'the table'], ARRAY[
	'SELECT term_agg(words) FROM comments', 'SELECT place, term_agg(words) FROM comments GROUP BY place',
	'SELECT count(comment_terms(comment, ''en'')) FROM comments', 'SELECT count(comment_terms(comment, ''en'', true)) FROM comments',
	'SELECT count(to_tsvector(''english'', comment)) FROM comments', 'SELECT count(to_tsvector(''simple'', comment)) FROM comments',
	'SELECT count(words), count(comment) FROM comments']);
SELECT query, best_ms, median_ms, round((best_ms - own.scan) / (english - own.scan), 3) AS of_english, round((best_ms - own.scan) / (simple - own.scan), 3) AS of_simple
  FROM measured, (SELECT min(best_ms) FILTER (WHERE query = 'the table') AS scan, min(best_ms) FILTER (WHERE query ~ 'english') AS english,
	min(best_ms) FILTER (WHERE query ~ 'vector, simple') AS simple FROM measured) AS own WHERE query <> 'the table';

CREATE TABLE stored AS SELECT place, term_agg(words) AS words FROM comments GROUP BY place;
SELECT round(avg(pg_column_size(words))) AS bytes, round(avg((words::json #>> '{comments}')::numeric)) AS comments,
       (SELECT pg_column_size(term_agg(words)) FROM stored) AS bytes_of_all FROM stored;
\echo
\echo From the summaries of 50 places: all together, what is typical of one, and a comment judged; yardstick all comments again
SELECT * FROM measure(5, ARRAY['term_agg of summaries', 'term_contrast', 'sentiment of 1,000', 'term_agg of comments'], ARRAY[
	'SELECT term_agg(words) FROM stored',
	'SELECT count(*) FROM (SELECT term_agg(words) AS w FROM stored) AS a, stored AS s, term_contrast(s.words, a.w - s.words) WHERE s.place = 7',
	'SELECT sum(sentiment(a.words, b.words, c.words)) FROM stored AS a, stored AS b, comments AS c WHERE a.place = 1 AND b.place = 2 AND c.id <= 1000',
	'SELECT term_agg(words) FROM comments']);
