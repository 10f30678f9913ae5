--
-- term_summary: in how many comments each term stands. First by hand, then 3,000 random comments against plain SQL.
-- Random means: the same on every machine, from a hash.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA terms_test;
SET search_path = terms_test, public;
\pset null (null)

-- Words: case, diacritics, endings, neighbours
SELECT comment, comment_terms(comment, 'pl', true) AS pl
  FROM unnest(ARRAY[
	'Nie polecam!', 'Nie. Polecam.', 'NIE POLECAŁBYM', 'zażółć gęślą jaźń', 'Łódź: żółte źdźbło',
	'3 dni spóźnienia', '😡😡 nigdy więcej', '', ' ... ']) comment;
SELECT comment, comment_terms(comment) AS simple, comment_terms(comment, 'en') AS en
  FROM unnest(ARRAY['I don''t recommend it', 'Two parcels, both late', 'Deliveries of dresses',
	'Naïve café']) comment;
-- the same for all forms of a word, mostly
SELECT word, count(*) AS forms
  FROM unnest(ARRAY['polecam', 'polecać', 'polecałam', 'poleciłbym', 'kurier', 'kuriera', 'kurierzy', 'reklamacja',
	'reklamacją']) form,
       unnest(tsvector_to_array(comment_terms(form, 'PL'))) word
 GROUP BY word ORDER BY word COLLATE "C";
-- it is a tsvector like any other
SELECT comment_terms('Paczka przyszła po terminie', 'pl') @@ 'paczka & termin'::tsquery AS found;
SELECT comment_terms('b a') = 'a b'::tsvector AS equal;
SELECT comment_terms(NULL) AS null_comment, comment_terms('a', NULL) AS null_language;
-- words that are too long are left out, others are not, and a comment may be long
SELECT length(comment_terms(repeat('x', 2047) || ' ' || repeat('y', 2046))) AS words;
SELECT length(comment_terms(repeat('ł', 2046))) AS of_two_bytes;
SELECT length(comment_terms(repeat('x', 1100) || ' ' || repeat('y', 1100), 'simple', true)) AS no_pair;
SELECT length(comment_terms(string_agg(i::text, ' '), 'simple', true)) AS terms FROM generate_series(1, 20000) i;

-- By hand: six comments
CREATE TABLE small AS
SELECT n, side, comment, comment_terms(comment, 'pl', true) AS words
  FROM (VALUES
	(1, 'bad', 'Nie polecam, kurier nie zadzwonił'), (2, 'bad', 'kurier spóźniony'), (3, 'good', 'Polecam!'),
	(4, 'good', 'polecam, polecam'), (5, 'good', '...'), (6, 'good', NULL)) v(n, side, comment);
CREATE TABLE learned_small AS
SELECT term_agg(words) AS s, term_agg(words) FILTER (WHERE side = 'good') AS good,
       term_agg(words) FILTER (WHERE side = 'bad') AS bad
  FROM small;
SELECT s FROM learned_small;
SELECT side, t.term, t.comments, round(t.share, 2) AS share
  FROM (SELECT side, term_agg(words) AS s FROM small GROUP BY side) v, terms(s, minimum => 1) t ORDER BY side;
SELECT t.term, t.comments FROM learned_small, terms(s, 2, 1) t;
SELECT t.term, t.comments FROM learned_small, terms(s, NULL, 2) t;
SELECT count(*) AS five_by_default FROM learned_small, terms(s);
SELECT count(*) AS five_for_null FROM learned_small, terms(s, 100, NULL);
SELECT count(*) AS none FROM terms(NULL, 5, 1);
-- a term of both sides together
SELECT c.term, c.comments_a, c.comments_b, c.share_a, c.share_b, round(c.log_odds::numeric, 9) AS log_odds,
       round(c.z::numeric, 9) AS z, round(c.p_value::numeric, 9) AS p_value
  FROM learned_small, term_contrast(good, bad, 2) c;
SELECT count(*) AS five_by_default FROM learned_small, term_contrast(s, s);
-- one single term has nothing to be compared with; a side without comments has no shares
SELECT * FROM term_contrast('{a = 7} in 7 comments', '{a = 5} in 5 comments');
SELECT * FROM term_contrast('{a = 7} in 7 comments', '{} in 0 comments');
SELECT * FROM term_contrast('{} in 0 comments', '{} in 0 comments');
SELECT c.term, c.share_a, c.share_b, round(c.log_odds::numeric, 9) AS log_odds
  FROM term_contrast('{a = 7, b = 5} in 7 comments', '{} in 0 comments') c;
SELECT count(*) AS none FROM term_contrast(NULL, '{} in 0 comments', 1);
-- sentiment by hand: of 2 and 3 words, (2 + 1) / (2 + 4) against (0 + 1) / (3 + 4)
CREATE TABLE two AS
SELECT '{fast = 2} in 2 comments'::term_summary AS good,
       '{late = 1, rude = 1, slow = 1} in 3 comments'::term_summary AS bad;
SELECT sentiment(good, bad, 'fast') AS got, 2 * (1.0 / 2) / (1.0 / 2 + 1.0 / 7) - 1 AS wanted FROM two;
SELECT word, sentiment(good, bad, word::tsvector) FROM two, unnest(ARRAY['unknown', '', 'fast unknown']) word;
SELECT sentiment(NULL, '{} in 0 comments', 'a') AS null_side;
SELECT sentiment('{} in 0 comments', '{} in 0 comments', 'a') AS nothing_known;
-- of many words it is certain, and no more than that
SELECT sentiment(s, '{x = 45000} in 45000 comments', w) AS certain
  FROM (SELECT term_agg(w) AS s, string_agg(w::text, ' ')::tsvector AS w
          FROM (SELECT i::text::tsvector AS w FROM generate_series(1, 5000) i, generate_series(1, 9)) v) v;
-- one comment, and what is left without it
SELECT n, term_summary(words), term_agg(words) OVER () - term_summary(words) AS rest FROM small WHERE n IN (2, 3, 4, 5);
SELECT term_summary('a:1,2 b:16383'::tsvector) AS with_positions;
SELECT term_summary(''::tsvector) AS without_a_word;
SELECT term_summary(NULL::tsvector) AS null_comment;
-- nothing is NULL, an empty summary is a value
SELECT term_agg(words) AS no_word FROM small WHERE n >= 5;
SELECT term_agg(words) AS no_row FROM small WHERE false;
SELECT term_agg(s) AS no_summary FROM (VALUES (NULL::term_summary)) v(s);
SELECT term_agg(s) AS empty_summary FROM (VALUES ('{} in 0 comments'::term_summary), ('{ } in 0comments')) v(s);
SELECT '{} in 0 comments'::term_summary + '{} in 0 comments' AS sum;
SELECT '{a = 2} in 2 comments'::term_summary - '{a = 2} in 2 comments' AS difference;

-- lexemes as to_tsvector makes them: of 2046 bytes, at 16383 positions, with any character
CREATE TABLE odd AS
SELECT n, w::tsvector AS w
  FROM (VALUES
	(1, repeat('x', 2046) || ':1 ' || repeat('x', 2045) || 'y:2'), (2, repeat('x', 2046)),
	(3, 'a:' || array_to_string(ARRAY(SELECT generate_series(1, 255)), ',') || ',16383 b:16383A'),
	(4, $$'a b':1 '"':2 'a"b' '=' ',' '}' '{' ' ' '''' '\\' 'in' '0' '...' 'a = 1' 'żółw'$$),
	(5, E'''\n'' ''\x01'' ''\t''')) v(n, w);
SELECT term_agg(w) FROM odd WHERE n > 2;
CREATE TABLE odd_terms AS SELECT term_agg(w) AS s FROM odd;
SELECT t.comments, length(t.term) AS length, right(t.term, 1) AS last
  FROM odd_terms, terms(s, 5, 1) t WHERE length(t.term) > 2000;
SELECT s::text::term_summary = s AS through_text FROM odd_terms;
SELECT s::json::term_summary = s AS through_json FROM odd_terms;
SELECT s::jsonb::term_summary = s AS through_jsonb FROM odd_terms;
SELECT term_agg(s) OVER () = s AS merged FROM odd_terms;
SELECT count(*) AS terms, count(DISTINCT t.term) AS different
  FROM (SELECT term_agg(to_tsvector('simple', repeat('a b c ', 20000))) AS s) v, terms(s, NULL, 1) t;
-- a tsvector from elsewhere may have a word twice, in which case it counts once
\copy (SELECT '\x00000003610000006100000062000000'::bytea) TO 'results/terms_tsvector.bin' (FORMAT binary)
CREATE TABLE twice (w tsvector);
\copy twice FROM 'results/terms_tsvector.bin' (FORMAT binary)
SELECT term_agg(w) AS aggregated, term_summary(w) AS of_one FROM twice GROUP BY w;
SELECT sentiment('{a = 1} in 1 comments', '{b = 1} in 1 comments', w) AS even FROM twice;

-- 3,000 random comments of 600 words, some of them rare
CREATE TABLE comment AS
SELECT i AS id, pg_temp.random_int(i, 1, 4) AS grp, CASE WHEN i % 50 <> 0 THEN
       comment_terms((SELECT string_agg(
                                (ARRAY['słowo ', 'word', 'x', ''])[1 + pg_temp.random_int(i * 100 + k, 2, 4)] || 'w'
                                || pg_temp.random_int(i * 100 + k, 3, 25) * pg_temp.random_int(i * 100 + k, 4, 25), ' ')
                        FROM generate_series(1, pg_temp.random_int(i, 5, 15)) k), 'simple', i % 2 = 0) END AS words
  FROM generate_series(1, 3000) i;
UPDATE comment SET words = '' WHERE words IS NULL AND id % 50 <> 0;
CREATE TABLE counted AS
SELECT grp, word, count(*) AS n
  FROM comment, unnest(tsvector_to_array(words)) word GROUP BY GROUPING SETS ((grp, word), (word));
CREATE INDEX ON counted (grp, word);
ANALYZE counted;
CREATE TABLE whole AS SELECT term_agg(words) AS s FROM comment;
SELECT count(*) FILTER (WHERE words IS NULL) > 50 AS null_comments,
       count(*) FILTER (WHERE words = '') > 50 AS empty_comments
  FROM comment;
-- plain and grouped: counts and shares are those of plain SQL, in the order of the counts
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE t.comments IS DISTINCT FROM c.n) AS wrong_count,
       count(*) FILTER (WHERE t.share IS DISTINCT FROM 100::numeric * c.n / with_words) AS wrong_share
  FROM (SELECT t.* FROM whole, terms(s, NULL, 1) t) t
  FULL JOIN (SELECT *, (SELECT count(*) FROM comment WHERE length(words) > 0) AS with_words
               FROM counted WHERE grp IS NULL) c ON c.word = t.term;
SELECT count(*) > 1000 AS many, count(*) FILTER (WHERE t.comments IS DISTINCT FROM c.n) AS wrong_count
  FROM (SELECT grp, t.* FROM (SELECT grp, term_agg(words) AS s FROM comment GROUP BY grp) g, terms(s, NULL, 1) t) t
  FULL JOIN (SELECT * FROM counted WHERE grp IS NOT NULL) c ON c.word = t.term AND c.grp = t.grp;
SELECT count(*) AS compared, count(*) FILTER (WHERE n <> wanted) AS wrong_order
  FROM (SELECT t.n, row_number() OVER (ORDER BY t.comments DESC, t.term COLLATE "C") AS wanted
          FROM whole, terms(s, NULL, 1) WITH ORDINALITY AS t(term, comments, share, n)) o;
SELECT m AS minimum, count(t.term) = (SELECT count(*) FROM counted WHERE grp IS NULL AND n >= m) AS right,
       min(t.comments) >= m AS none_below
  FROM whole, generate_series(1, 9, 4) m, LATERAL terms(s, NULL, m) t GROUP BY m ORDER BY m;
-- contrast: the formula in plain SQL
CREATE TABLE learned AS
SELECT term_agg(words) FILTER (WHERE grp = 0) AS good, term_agg(words) FILTER (WHERE grp = 1) AS bad FROM comment;
CREATE TABLE contrast AS
SELECT word, a, b, all_a,
       ln((2 * a + b) / (na + na + nb - 2 * a - b)::float8) - ln((2 * b + a) / (nb + na + nb - 2 * b - a)::float8) AS d,
       1::float8 / (2 * a + b) + 1::float8 / (2 * b + a) AS v
  FROM (SELECT word, a, b, sum(a) OVER () AS na, sum(b) OVER () AS nb,
               (SELECT count(*) FROM comment WHERE grp = 0 AND length(words) > 0) AS all_a
          FROM (SELECT word, coalesce(sum(n) FILTER (WHERE grp = 0), 0) AS a,
                       coalesce(sum(n) FILTER (WHERE grp = 1), 0) AS b
                  FROM counted WHERE grp IN (0, 1) GROUP BY word) g) t
 WHERE a + b >= 4;
SELECT count(*) > 300 AS many,
       count(*) FILTER (WHERE c.comments_a IS DISTINCT FROM w.a OR c.comments_b IS DISTINCT FROM w.b) AS wrong_count,
       count(*) FILTER (WHERE abs(c.log_odds - w.d) < 1e-9 IS NOT TRUE) AS wrong_log_odds,
       count(*) FILTER (WHERE abs(c.z - w.d / sqrt(w.v)) < 1e-9 IS NOT TRUE) AS wrong_z,
       count(*) FILTER (WHERE c.share_a IS DISTINCT FROM 100::numeric * w.a / w.all_a) AS wrong_share
  FROM (SELECT c.* FROM learned, term_contrast(good, bad, 4) c) c FULL JOIN contrast w ON w.word = c.term;
-- sentiment: the formula in plain SQL; the summaries stored, plain or new in every row
CREATE TABLE sums AS
SELECT sum(n) FILTER (WHERE grp = 0) AS g, sum(n) FILTER (WHERE grp = 1) AS b, count(DISTINCT word) AS v
  FROM counted WHERE grp IN (0, 1);
CREATE TABLE wanted AS
SELECT id, words,
       (SELECT tanh(sum(ln((coalesce(g.n, 0) + 1) / (sums.g + sums.v)::float8)
                        - ln((coalesce(b.n, 0) + 1) / (sums.b + sums.v)::float8)) / 2)
          FROM sums, unnest(tsvector_to_array(words)) word
          LEFT JOIN counted g ON g.grp = 0 AND g.word = word.word
          LEFT JOIN counted b ON b.grp = 1 AND b.word = word.word
         WHERE g.n IS NOT NULL OR b.n IS NOT NULL) AS s
  FROM comment WHERE id <= 200;
SELECT way, count(s) > 150 AS many, count(*) FILTER (WHERE (got IS NULL) <> (s IS NULL)) AS wrong_null,
       count(*) FILTER (WHERE NOT abs(got - s) < 1e-9) AS wrong
  FROM (SELECT 'stored' AS way, s, sentiment(good, bad, words) AS got FROM learned, wanted
        UNION ALL
        SELECT 'computed', s, sentiment(good + '{} in 0 comments', bad + '{} in 0 comments', words) FROM learned, wanted
        UNION ALL
        SELECT 'by turns', s,
               CASE id % 2 WHEN 0 THEN sentiment(good, bad, words) ELSE -sentiment(bad, good, words) END
          FROM learned, wanted
        UNION ALL
        SELECT 'by turns in one call', CASE id % 2 WHEN 0 THEN s ELSE -s END,
               sentiment(CASE id % 2 WHEN 0 THEN good ELSE bad END, CASE id % 2 WHEN 0 THEN bad ELSE good END, words)
          FROM learned, wanted) v
 GROUP BY way ORDER BY way;

-- any split, any order, any way of merging: the same value, the same bytes
CREATE TABLE merged (way text, s term_summary);
INSERT INTO merged SELECT 'backwards', term_agg(words ORDER BY id DESC) FROM comment;
INSERT INTO merged
SELECT 'in 7 parts', term_agg(part) FROM (SELECT term_agg(words) AS part FROM comment GROUP BY id % 7) v;
INSERT INTO merged
SELECT 'in 7 parts, last first', term_agg(part ORDER BY n DESC)
  FROM (SELECT id % 7 AS n, term_agg(words) AS part FROM comment GROUP BY n) v;
INSERT INTO merged SELECT 'one by one', term_agg(term_summary(words)) FROM comment;
CREATE TABLE halves AS
SELECT term_agg(words) FILTER (WHERE id % 2 = 0) AS a, term_agg(words) FILTER (WHERE id % 2 = 1) AS b FROM comment;
INSERT INTO merged SELECT 'halves', a + b FROM halves;
INSERT INTO merged SELECT 'halves, swapped', b + a FROM halves;
INSERT INTO merged SELECT 'one half too much', s + a - a FROM whole, halves;
INSERT INTO merged SELECT 'one value', term_agg(s) FROM whole;
INSERT INTO merged SELECT 'through text', s::text::term_summary FROM whole;
INSERT INTO merged SELECT 'through JSON', s::jsonb::term_summary FROM whole;
INSERT INTO merged
SELECT 'terms backwards',
       ('{' || (SELECT string_agg(format('"%s" = %s', t.term, t.comments), ' , ' ORDER BY t.term DESC)
                  FROM terms(s, NULL, 1) t)
        || '} in' || substring(s::text FROM '} in(.*)'))::term_summary
  FROM whole;
SELECT way, m.s = whole.s AS equal, m.s::text = whole.s::text AS same_text,
       cxjourney_internal.term_summary_send(m.s) = cxjourney_internal.term_summary_send(whole.s) AS same_bytes
  FROM merged m, whole ORDER BY way;
-- a rest has the same bytes as what is counted anew, and no term that is in no comment
SELECT term_agg(words) FILTER (WHERE id <= 1500)
       = (SELECT s FROM whole) - term_agg(words) FILTER (WHERE id > 1500) AS rest
  FROM comment;
-- in many processes
SET parallel_setup_cost = 0;
SET parallel_tuple_cost = 0;
SET min_parallel_table_scan_size = 0;
SET max_parallel_workers_per_gather = 4;
CREATE TABLE parts AS SELECT id % 100 AS part, term_agg(words) AS s FROM comment GROUP BY 1;
ANALYZE comment, parts;
SELECT pg_temp.plan_has('SELECT term_agg(words) FROM comment', '"Partial Mode": "Partial"') AS parallel;
SELECT (SELECT term_agg(words) FROM comment) = s AS same FROM whole;
SELECT pg_temp.plan_has('SELECT term_agg(s) FROM parts', '"Partial Mode": "Partial"') AS parallel;
SELECT (SELECT term_agg(s) FROM parts) = s AS same FROM whole;
SET max_parallel_workers_per_gather = 0;
-- by partition
SET enable_partitionwise_aggregate = on;
CREATE TABLE parted (id int, words tsvector) PARTITION BY LIST (id);
CREATE TABLE parted_0 PARTITION OF parted FOR VALUES IN (0);
CREATE TABLE parted_1 PARTITION OF parted FOR VALUES IN (1);
INSERT INTO parted SELECT id % 2, words FROM comment;
ANALYZE parted;
SELECT pg_temp.plan_has('SELECT term_agg(words) FROM parted', '"Partial Mode": "Partial"') AS partitionwise;
SELECT (SELECT term_agg(words) FROM parted) = s AS same FROM whole;
RESET max_parallel_workers_per_gather;
-- as a window, and no moving frames: each row would copy the vocabulary
SELECT count(*) AS rows, count(*) FILTER (WHERE w.s IS DISTINCT FROM a.s) AS wrong
  FROM (SELECT id, term_agg(words) OVER (ORDER BY id ROWS BETWEEN 3 PRECEDING AND CURRENT ROW) AS s
          FROM comment WHERE id < 60) w,
       LATERAL (SELECT term_agg(words) AS s FROM comment v WHERE v.id BETWEEN w.id - 3 AND w.id) a;
SELECT aggmtransfn = 0 AS no_moving_frames, aggtranstype::regtype, count(*)
  FROM pg_aggregate JOIN pg_proc p ON p.oid = aggfnoid WHERE proname = 'term_agg' GROUP BY 1, 2;
-- binary, through a file; settings change nothing
CREATE TABLE sent AS
SELECT part, s FROM parts
UNION ALL SELECT -3, s FROM whole
UNION ALL SELECT -4, s FROM odd_terms
UNION ALL VALUES (-1, '{} in 0 comments'::term_summary), (-2, NULL);
CREATE TABLE received (part int, s term_summary);
\copy sent TO 'results/term_summary.bin' (FORMAT binary)
\copy received FROM 'results/term_summary.bin' (FORMAT binary)
SELECT count(*) AS summaries, count(*) FILTER (WHERE r.s IS DISTINCT FROM s.s) AS wrong,
       count(*) FILTER (WHERE r.s::text IS DISTINCT FROM s.s::text) AS wrong_text
  FROM sent s FULL JOIN received r USING (part);
-- an aggregate of one's own without a final function keeps a state, which reads like the summary
CREATE AGGREGATE unfinished(tsvector) (SFUNC = cxjourney_internal.term_summary_accum, STYPE = term_summary);
CREATE VIEW kept AS SELECT unfinished(words) AS u, term_agg(words) AS s FROM comment;
SELECT u = s AS equal FROM kept;
SELECT u::text = s::text AS same_text FROM kept;
SELECT cxjourney_internal.term_summary_send(u) = cxjourney_internal.term_summary_send(s) AS same_binary FROM kept;
SELECT cxjourney_internal.term_summary_hash(u) = cxjourney_internal.term_summary_hash(s) AS same_hash FROM kept;
SELECT u + '{} in 0 comments' = s AS same_sum, u - s = '{} in 0 comments' AS same_difference FROM kept;
SELECT (SELECT term_agg(x) FROM (VALUES (u), (u)) v(x)) = s + s AS same_merged FROM kept;
SELECT (SELECT count(*) FROM terms(u, NULL, 1)) = (SELECT count(*) FROM terms(s, NULL, 1)) AS same_terms FROM kept;
SELECT sentiment(u, '{} in 0 comments', 'w0') = sentiment(s, '{} in 0 comments', 'w0') AS same_sentiment FROM kept;
