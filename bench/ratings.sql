-- Ratings: the aggregates against count() and against the SQL people write by hand.
\pset footer off
SET max_parallel_workers_per_gather = 0;

CREATE UNLOGGED TABLE answers AS
	SELECT i, (abs(hashint8(i)) % 11)::int AS score FROM generate_series(1, :rows) i;
CREATE UNLOGGED TABLE scores AS SELECT score FROM answers;
CREATE UNLOGGED TABLE history AS
	SELECT date '2025-01-01' + (i / 50 % 365)::int AS day, i % 50 AS shop, score FROM answers;
CREATE INDEX ON answers (i);
VACUUM ANALYZE answers;
VACUUM ANALYZE scores;
VACUUM ANALYZE history;
CREATE TABLE daily AS SELECT day, shop, rating_agg(score, '[0,10]') AS nps FROM history GROUP BY day, shop;
VACUUM ANALYZE daily;

\set by_hand '100.0 * (count(*) FILTER (WHERE score >= 9) - count(*) FILTER (WHERE score <= 6)) / count(score)'

\echo
\echo One process, one column of integers in memory, without JIT compilation; yardstick count(score)
SET jit = off;
SELECT * FROM measure(9, ARRAY['nps_agg(score)', 'NPS by hand', 'count(*)', 'count(score)'],
	ARRAY['SELECT nps_agg(score) FROM scores', 'SELECT ' || :'by_hand' || ' FROM scores', 'SELECT count(*) FROM scores', 'SELECT count(score) FROM scores']);

\echo
\echo The same with JIT compilation
SET jit = on;
SELECT * FROM measure(9, ARRAY['nps_agg(score)', 'NPS by hand', 'count(*)', 'count(score)'],
	ARRAY['SELECT nps_agg(score) FROM scores', 'SELECT ' || :'by_hand' || ' FROM scores', 'SELECT count(*) FROM scores', 'SELECT count(score) FROM scores']);
RESET jit;

\echo
\set moving 'SELECT i, nps_agg(score) OVER (ORDER BY i ROWS 29 PRECEDING) AS nps FROM answers'
\set moving_by_hand 'SELECT i, 100.0 * (count(*) FILTER (WHERE score >= 9) OVER w - count(*) FILTER (WHERE score <= 6) OVER w) / nullif(count(score) OVER w, 0) AS nps FROM answers WINDOW w AS (ORDER BY i ROWS 29 PRECEDING)'
\echo Moving frames of 30 rows over all answers; yardstick the same frames by hand
SELECT * FROM measure(5, ARRAY['nps_agg OVER', 'by hand OVER'], ARRAY[
	'SELECT count(nps) FROM (' || :'moving' || ') v', 'SELECT count(nps) FROM (' || :'moving_by_hand' || ') v']);
SELECT count(*) AS rows, count(*) FILTER (WHERE a.nps IS DISTINCT FROM b.nps) AS different FROM (:moving) a JOIN (:moving_by_hand) b USING (i);

\echo
SELECT count(*) AS summaries FROM daily;
\echo 365 days of 50 shops, from stored summaries and from the answers; yardstick the answers
SELECT * FROM measure(5, ARRAY['all, stored', 'by shop, stored', 'all, raw'], ARRAY[
	'SELECT nps_agg(nps) FROM daily', 'SELECT shop, nps_agg(nps) FROM daily GROUP BY shop', 'SELECT nps_agg(score) FROM history']);

\echo
\set halves 'SELECT breakdown_agg(shop::text, nps) FILTER (WHERE day < ''2025-07-01'') AS before, breakdown_agg(shop::text, nps) FILTER (WHERE day >= ''2025-07-01'') AS after FROM daily'
CREATE TABLE half AS :halves;
\echo What moved the NPS from one half of the year to the other, by 50 shops; yardstick merging the summaries by shop
SELECT * FROM measure(5, ARRAY['nps_shift, breakdowns stored', 'breakdown_agg', 'rating_agg by shop'], ARRAY[
	'SELECT sum(total) FROM half, nps_shift(before, after)', :'halves', 'SELECT shop, rating_agg(nps) FROM daily GROUP BY shop']);

\echo
CREATE UNLOGGED TABLE questions AS
	SELECT abs(hashint8(i)) % 11 AS nps, abs(hashint8(-i)) % 5 + 1 AS a, abs(hashint8(i * 3)) % 5 + 1 AS b,
	       abs(hashint8(i * 5)) % 5 + 1 AS c, abs(hashint8(i * 7)) % 5 + 1 AS d
	  FROM generate_series(1::bigint, :rows) i;
VACUUM ANALYZE questions;
CREATE UNLOGGED TABLE measured AS
	SELECT nps::numeric, a + 0.25 AS a, b + 0.5 AS b, c + 0.75 AS c, d::numeric FROM questions;
VACUUM ANALYZE measured;
\echo Four drivers of type numeric; yardstick four averages
SELECT * FROM measure(5, ARRAY['driver_agg, numeric', 'four avg(numeric)'], ARRAY[
	'SELECT driver_agg(nps, ARRAY[a, b, c, d]) FROM measured',
	'SELECT avg(a), avg(b), avg(c), avg(d) FROM measured']);
\echo Four drivers, in an array of integers and as double precision; yardstick four averages
SELECT * FROM measure(5, ARRAY['driver_agg, integers', 'driver_agg, cast', 'driver_agg, weighted', 'four avg()'], ARRAY[
	'SELECT driver_agg(nps, ARRAY[a, b, c, d]) FROM questions',
	'SELECT driver_agg(nps, ARRAY[a, b, c, d]::float8[]) FROM questions',
	'SELECT driver_agg(nps, ARRAY[a, b, c, d]::float8[], 1) FROM questions',
	'SELECT avg(a), avg(b), avg(c), avg(d) FROM questions']);

CREATE TABLE ten_drivers AS SELECT driver_agg(nps, ARRAY[a, b, c, d, a * b, b * c, c * d, a * c, a * d, b * d]) AS s FROM questions;
\echo Reading ten drivers 100 times, by all subsets and by relative weights; yardstick: by none
SELECT * FROM measure(5, ARRAY['lmg', 'johnson', 'fit'], ARRAY[
	'SELECT sum(importance) FROM ten_drivers, generate_series(1, 100) i, drivers(s, level => 0.9 + i * 1e-9)',
	'SELECT sum(importance) FROM ten_drivers, generate_series(1, 100) i, drivers(s, method => ''johnson'', level => 0.9 + i * 1e-9)',
	'SELECT sum(f.r_squared) FROM ten_drivers, generate_series(1, 100) i, driver_fit(s + CASE WHEN i > 0 THEN s END) f']);
