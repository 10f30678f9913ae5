--
-- A journey table with values of visits, against journey_agg with a value over its source after each statement: updates
-- of the value alone, equal visits of other values, what is no value, and types of numbers.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\pset null -
\pset format unaligned
\set VERBOSITY terse
CREATE SCHEMA journey_table_values;
SET search_path = journey_table_values, public;
SET timezone = 'UTC';
CREATE TABLE sale (id integer GENERATED ALWAYS AS IDENTITY, customer integer, stage text, at timestamptz, line integer,
	amount numeric);
INSERT INTO sale (customer, stage, at, line, amount)
SELECT i % 25, 'stage ' || i % 3, timestamptz '2026-01-01' + i % 40 * interval '1 hour', i % 2,
       CASE WHEN i % 4 > 0 THEN pg_temp.random_int(i, 1, 2000000) / 100.0 - 5000 END
  FROM generate_series(1, 300) AS i;
INSERT INTO sale (customer, stage, at, line, amount) VALUES (1, 'a', '2026-01-01', 0, 'NaN'),
	(2, 'a', '2026-01-01', 0, 'Infinity'), (3, 'a', '2026-01-01', 0, 1e13), (4, 'a', '2026-01-01', 0, -1e13),
	(5, 'a', '2026-01-01', 0, 9999999999999.99995), (6, 'edge', '2026-01-01', 0, 9999999999999.99994),
	(7, 'edge', '2026-01-01', 0, -9999999999999.99994), (8, 'rounded', '2026-01-01', 0, -0.00005);
SELECT create_journey_table('j', 'sale', customer => 'customer', stage => 'stage', at => 'at', seq => 'line',
	value => 'amount');
-- by hand, without what the table itself uses
CREATE VIEW oracle AS SELECT customer, journey_agg(stage, at, line, amount) AS journey FROM sale
 WHERE amount IS NULL OR amount > -9999999999999.99995 AND amount < 9999999999999.99995 GROUP BY customer;
CREATE FUNCTION step(what text, OUT step text, OUT customers bigint, OUT visits bigint, OUT value numeric,
	OUT wrong bigint, OUT left_out bigint, OUT problems bigint) LANGUAGE sql AS $$
	SELECT what, (SELECT count(*) FROM j), (SELECT sum(visits(journey)) FROM j), (SELECT sum(value_in(journey)) FROM j),
		(SELECT count(*) FROM j AS m FULL JOIN oracle AS h USING (customer) WHERE (m.journey = h.journey) IS NOT TRUE),
		(SELECT sum(events) FROM j_left_out WHERE reason = 'value out of range'),
		(SELECT count(*) FROM check_journey_table('j')) $$;
SELECT * FROM step('created');
SELECT customer, value_in(journey, 'edge') AS edge, value_in(journey, 'rounded') AS rounded FROM j
 WHERE customer BETWEEN 5 AND 8 ORDER BY 1;

INSERT INTO sale (customer, stage, at, amount) VALUES (500, 'first', '2026-02-01', 19.99),
	(500, 'first', '2026-02-01', 19.99), (500, 'first', '2026-02-01', NULL), (500, 'first', '2026-02-01', 5);
SELECT * FROM step('insert');
SELECT journey FROM j WHERE customer = 500;
-- of equal visits the one whose value is named goes
DELETE FROM sale WHERE customer = 500 AND amount = 5;
UPDATE sale SET amount = 20 WHERE id = (SELECT min(id) FROM sale WHERE customer = 500 AND amount = 19.99);
SELECT journey, (SELECT journey FROM oracle WHERE customer = 500) = journey AS right FROM j WHERE customer = 500;
UPDATE sale SET amount = amount + 1 WHERE customer < 5 AND amount < 1e12;
SELECT * FROM step('update of values alone');
UPDATE sale SET amount = NULL WHERE id % 7 = 0;
UPDATE sale SET amount = 1e13 WHERE id % 50 = 3;
SELECT * FROM step('without, and out of range');
SELECT refresh_journey_table('j') > 0 AS changed;
SELECT * FROM step('refreshed');
UPDATE sale SET amount = 2 WHERE amount = 1e13;
DELETE FROM sale WHERE id % 11 = 0;
SELECT * FROM step('back, and deleted');
BEGIN;
UPDATE sale SET amount = -amount;
SELECT * FROM step('in a transaction');
ROLLBACK;
SELECT * FROM step('rolled back');
SELECT rebuild_journey_table('j');
SELECT * FROM step('rebuilt');
-- a removal of another value than the one that is there changes nothing to see, and is found
SELECT refresh_journey_table('j') >= 0 AS refreshed;
INSERT INTO j_pending (removed, customer, stage, at, value) VALUES (true, 500, 'first', '2026-02-01', 77);
SELECT * FROM check_journey_table('j');
SELECT journey FROM j WHERE customer = 500;
SELECT drop_journey_table('j');

-- other types of numbers, and expressions
CREATE TABLE typed (k integer, r real, d double precision, i smallint, b bigint, t text);
INSERT INTO typed VALUES (1, 1.1, 2.2, 3, 4, 'a'), (2, 'NaN', '-Infinity', -3, 9223372036854775807, 'b');
SELECT create_journey_table('by_' || v, 'typed', customer => 'k', stage => '''bought''',
	at => 'timestamptz ''2026-01-01''', value => v) FROM (VALUES ('r'), ('d'), ('i'), ('b')) AS t(v);
SELECT 'r' AS type, customer, journey FROM by_r UNION ALL SELECT 'd', * FROM by_d UNION ALL SELECT 'i', * FROM by_i
UNION ALL SELECT 'b', * FROM by_b ORDER BY 1, 2;
SELECT create_journey_table('whole', 'typed', customer => 'k', stage => '''bought''',
	at => 'timestamptz ''2026-01-01''', value => '(100 * d)');
SELECT customer, value_in(journey) FROM whole ORDER BY 1;
SELECT pg_temp.error_of($$SELECT create_journey_table('no', 'typed', customer => 'k', stage => 't',
	at => 'timestamptz ''2026-01-01''', value => 't')$$);
SELECT pg_temp.error_of($$SELECT create_journey_table('no', 'typed', customer => 'k', stage => 't',
	at => 'timestamptz ''2026-01-01''', value => 'amount')$$);
SET client_min_messages = error;
DROP SCHEMA journey_table_values CASCADE;
