-- Which questions drive the score: one pass over the score and four questions, beside four averages, which ask less.
--@ data answers
--@ setup
CREATE UNLOGGED TABLE questions AS
	SELECT abs(hashint8(i)) % 11 AS nps, abs(hashint8(-i)) % 5 + 1 AS a, abs(hashint8(i * 3)) % 5 + 1 AS b,
	       abs(hashint8(i * 5)) % 5 + 1 AS c, abs(hashint8(i * 7)) % 5 + 1 AS d
	  FROM generate_series(1::bigint, :answers) AS i;
VACUUM ANALYZE questions;
--@ export questions.csv
SELECT * FROM questions
--@ duckdb
CREATE TABLE questions AS FROM read_csv(':work/questions.csv', header = false,
	columns = {nps: 'INTEGER', a: 'INTEGER', b: 'INTEGER', c: 'INTEGER', d: 'INTEGER'});
--@ setup
CREATE TABLE ten_drivers AS
	SELECT driver_agg(nps, ARRAY[a, b, c, d, a * b, b * c, c * d, a * c, a * d, b * d]) AS s
	  FROM (SELECT * FROM questions LIMIT 100000) AS v;
--@ question integers: Sums and cross-products of a score and four questions, whole numbers
--@ postgres driver_agg: serial | default
SELECT driver_agg(nps, ARRAY[a, b, c, d]) FROM questions
--@ postgres driver_agg of float8[]: serial | default
SELECT driver_agg(nps, ARRAY[a, b, c, d]::float8[]) FROM questions
--@ let by_hand
SELECT concat('{4 drivers, ', count(*), ' responses, 0 left out, sums [', concat_ws(', ', sum(nps), sum(a), sum(b), sum(c), sum(d)),
       '], products [',
       concat_ws(', ', sum(nps * nps), sum(nps * a), sum(a * a), sum(nps * b), sum(a * b), sum(b * b),
		sum(nps * c), sum(a * c), sum(b * c), sum(c * c), sum(nps * d), sum(a * d), sum(b * d), sum(c * d),
		sum(d * d)), ']}')
  FROM questions
--@ postgres sums of products: serial | default
:by_hand
--@ floor four avg: serial | default
SELECT avg(a), avg(b), avg(c), avg(d) FROM questions
--@ duckdb sums of products: 1 | 2
:by_hand
--@ target Drivers, columns of whole numbers: driver_agg/serial <= 2.5 four avg/serial
--@ target Drivers, as float8[]: driver_agg of float8[]/serial <= 2.5 four avg/serial

--@ question read: Reading ten drivers 100 times
--@ floor lmg: serial
SELECT sum(importance) FROM ten_drivers, generate_series(1, 100) i, drivers(s, level => 0.9 + i * 1e-9)
--@ floor johnson: serial
SELECT sum(importance) FROM ten_drivers, generate_series(1, 100) i, drivers(s, method => 'johnson', level => 0.9 + i * 1e-9)
--@ floor fit: serial
SELECT sum(f.r_squared) FROM ten_drivers, generate_series(1, 100) i, driver_fit(s + CASE WHEN i > 0 THEN s END) f
