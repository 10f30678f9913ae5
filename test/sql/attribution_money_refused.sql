--
-- Attribution in money, with a lookback or a direct touchpoint: bad input gets a clear error and a hint, and text and
-- binary input trust no byte.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
SET timezone = 'UTC';
CREATE TEMP TABLE journeys (customer int, j journey);
INSERT INTO journeys VALUES
	(1, '{ads@2026-01-01, mail@2026-01-08, order@2026-01-08T12:00:00Z=10}'),
	(2, '{ads@2026-01-01, web@2026-01-02, order@2026-01-05}');

-- lookbacks and direct touchpoints that are none
SELECT attribution_agg(j, 'order', NULL, '0') FROM journeys;
SELECT attribution_agg(j, 'order', NULL, '-1 day') FROM journeys;
SELECT attribution_agg(j, 'order', NULL, '1 month') FROM journeys;
SELECT attribution_agg(j, 'order', NULL, NULL, '') FROM journeys;
SELECT attribution_agg(j, 'order', NULL, NULL, 'web|ads') FROM journeys;
SELECT attribution_agg(j, NULL, NULL, NULL, 'web') FROM journeys;
-- one of each
SELECT attribution_agg(j, 'order', NULL, customer * interval '1 day') FROM journeys;
SELECT attribution_agg(j, 'order', NULL, nullif(customer, 2) * interval '1 day') FROM journeys;
SELECT attribution_agg(j, 'order', NULL, NULL, CASE customer WHEN 1 THEN 'web' ELSE 'ads' END) FROM journeys;
SELECT attribution_agg(j, 'order', NULL, '1 day') + attribution_agg(j, 'order', NULL, '2 days') FROM journeys;
SELECT attribution_agg(j, 'order', NULL, NULL, 'web') + attribution_agg(j, 'order') FROM journeys;
-- what the value does not know
SELECT count(*) FROM attribution_values('order {} [^ > $ 1]', 'time_decay');
SELECT count(*) FROM attribution_values('order {} [^ > $ 1]', 'last_non_direct');
SELECT count(*) FROM attribution_values('order {} [^ > $ 1]', 'roi');
-- values that sum to more than 10^20, whatever their signs; 10^20 itself is read and put together
SELECT a, (SELECT value FROM attribution_counts(a))
  FROM (SELECT 'goal values (1, 60000000000000000000, 0) {} [^ > $ 1]'::journey_attribution
               + 'goal values (1, 0, 40000000000000000000) {} [^ > $ 1]' AS a) v;
SELECT 'goal values (1, 60000000000000000000, 0) {} [^ > $ 1]'::journey_attribution
       + 'goal values (1, 0, 40000000000000000000.0001) {} [^ > $ 1]';
SELECT 'goal values (1, 60000000000000000000, 40000000000000000000.0001) {} [^ > $ 1]'::journey_attribution;
SELECT attribution_agg('{a@2026-01-01, goal@2026-01-02=9999999999999.9999}', 'goal');
SELECT attribution_agg(a)
  FROM (SELECT 'goal values (1, 100000000000000000000, 0) {} [^ > $ 1]'::journey_attribution AS a
        UNION ALL SELECT attribution_agg('{a@2026-01-01, goal@2026-01-02=-0.0001}', 'goal')) v;

-- texts that are none: what is wrong, and where
SELECT text, pg_temp.detail_of(format('SELECT %L::journey_attribution', text)) AS problem FROM (VALUES
	('goal lookback {} []'), ('goal lookback (0 s) {} []'), ('goal lookback (1 month) {} []'), ('goal direct {} []'),
	('goal values {} []'), ('goal values (0, 0, 0) {} []'), ('goal values (1, -1, 0) {} [^ > $ 1]'),
	('goal values (1, 0.00001, 0) {} [^ > $ 1]'), ('goal values (2, 0, 0) {} [^ > $ 1]'),
	('goal direct web (1 day) {} []'), ('goal direct web {a 1 1 1 1} [^ > a 1, a > $ 1]'),
	('goal direct web {a 1 1 1 1; 1 1 0} [^ > a 1, a > $ 1]'), ('goal {a 1 1 1 1; 1 1} [^ > a 1, a > $ 1]'),
	('goal {a 1 1 1 1; 1 1 0 direct 1} [^ > a 1, a > $ 1]'), ('goal {a 1 1 1 1; 1 2 0} [^ > a 1, a > $ 1]'),
	('goal {a 1 1 1 1; 1 0 0} [^ > a 1, a > $ 1]'), ('goal {a 1 1 1 1; 1 1 1} [^ > a 1, a > $ 1]'),
	('goal {a 1 1 1 1; 1 1 2} [^ > a 1, a > $ 1]'), ('goal {a 1 1 1 1; 0.5 1 0} [^ > a 1, a > $ 1]'),
	('goal direct web {a 1 1 1 1; 1 1 0 direct 0.5} [^ > a 1, a > $ 1]'),
	('goal {a 1 1 1 1; 1 1 0, b 0 0 0 0} [^ > a 1, a > $ 1, ^ > b 1, b > ! 1]'),
	('goal {a 1 1 1 1: 1 1 1 1 1 1 0 1 0} [^ > a 1, a > $ 1]'),
	('goal values (1, 0, 0) {a 1 1 1 1; 1 1 0} [^ > a 1, a > $ 1]'),
	('goal values (1, 0, 0) {a 1 1 1 1; 1 1 0: 1 1 1 1 1 1 0 1 1} [^ > a 1, a > $ 1]'),
	('goal values (1, 0, 0) {a 1 1 1 1; 1 1 0: 1 1 1 1 2 1 0 1 0} [^ > a 1, a > $ 1]'),
	('goal values (1, 0, 0) {a 1 1 1 1; 1 1 0: 1 1 1 1 1 9 0 1 0} [^ > a 1, a > $ 1]'),
	('goal values (1, 0, 0) {a 1 1 1 1; 1 1 0: 1 1 1 1 1 1 1 1 0} [^ > a 1, a > $ 1]'),
	('goal values (1, 0, 0) {a 1 1 1 1; 1 1 0: 1 1 1 1 1 1 0 -1 0} [^ > a 1, a > $ 1]'),
	('goal values (1, 0, 0) {a 1 1 1 1; 1 1 0: 1 1 1 1 0.00000000000000001 1 0 1 0} [^ > a 1, a > $ 1]'),
	('goal values (1, 0, 0) {a 1 1 1 1; 1 1 0: 1 1 1 1 1 1 0 1 0 decay 1} [^ > a 1, a > $ 1]')) v(text);
-- every byte of a text changed in many ways: an error, or a value that reads back
CREATE FUNCTION survives(text, OUT read int, OUT wrong int) LANGUAGE plpgsql AS $$
DECLARE
	changed text;
	value journey_attribution;
BEGIN
	read := 0;
	wrong := 0;
	FOR i IN 1 .. length($1) LOOP
		FOREACH changed IN ARRAY '{"",0,9,a," ",.,-,:,;,"}"}'::text[] LOOP
			BEGIN
				value := overlay($1 PLACING changed FROM i FOR 1)::journey_attribution;
				read := read + 1;
				wrong := wrong + (value::text::journey_attribution <> value)::int;
			EXCEPTION WHEN invalid_text_representation THEN
				NULL;
			END;
		END LOOP;
	END LOOP;
END $$;
CREATE TEMP TABLE whole AS SELECT attribution_agg(j, 'order', '1 day', '9 days', 'web') AS a FROM journeys;
SELECT read > 100 AS some, wrong FROM whole, survives(a::text);

-- binary input trusts no byte: the message of a value that has everything
CREATE TEMP TABLE wire AS SELECT cxjourney_internal.journey_attribution_send(a) AS b FROM whole;
CREATE TEMP TABLE received (a journey_attribution);
\copy wire TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
SELECT received.a = whole.a AS same, length(b) AS bytes, substr(b, 1, 2) AS version FROM received, whole, wire;
-- flags that there are not, further sums that are not there, a lookback of 0, no value, one too large
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, get_byte(b, 1) - 2) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\x0000000000000000' FROM 11) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\x0000000000000000' FROM 43) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 50, 127) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 50, 255) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
-- a path more, a pair more, some money more; cut short
\copy (SELECT set_byte(b, 208, 3) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 216, 1) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 240, 9) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/money.bin' (FORMAT binary)
\copy received FROM 'results/money.bin' (FORMAT binary)
SELECT count(*) FROM received;
DROP FUNCTION survives;
