--
-- Attribution: bad input gets a clear error and a hint, and binary input trusts no byte.
--
\set SHOW_CONTEXT never
\pset null (null)
SET timezone = 'UTC';

CREATE TEMP TABLE journeys (customer int, j journey);
INSERT INTO journeys VALUES
	(1, '{ads@2026-01-01, mail@2026-01-08, purchase@2026-01-08T12:00:00Z}'),
	(2, '{ads@2026-01-01, social@2026-01-02, mail@2026-01-03, ads@2026-01-04, purchase@2026-01-05, mail@2026-01-06}'),
	(3, '{social@2026-01-01}'),
	(4, '{purchase@2026-01-01}'),
	(5, NULL);
CREATE TEMP TABLE a AS
SELECT attribution_agg(j, 'purchase') AS a, attribution_agg(j, 'purchase', '7 days') AS decay FROM journeys;

-- labels that are none
SELECT attribution_agg(j, NULL) FROM journeys;
SELECT attribution_agg(j, '') FROM journeys;
SELECT attribution_agg(j, repeat('x', 256)) FROM journeys;
SELECT attribution_agg(j, j::text) FROM journeys WHERE customer < 3;
-- a path is no goal, whether or not it occurs; quoted it is a label
SELECT attribution_agg(j, 'purchase|signup') FROM journeys;
SELECT attribution_agg(j, 'ads > purchase', '7 days') FROM journeys;
SELECT attribution_agg(j, '"R&D" & "purchase"') FROM journeys;
SELECT attribution_agg(j, '"R&D') FROM journeys;
SELECT attribution_agg('{a@2026-01-01, "R&D > ""x"""@2026-01-02}', '"R&D > ""x"""');
-- a goal that nobody visits is none of these: one group without an order ends no report
SELECT attribution_agg(j, 'Purchase') FROM journeys WHERE customer = 1;
-- half-lives that are none
SELECT attribution_agg(j, 'purchase', '0') FROM journeys;
SELECT attribution_agg(j, 'purchase', '-1 day') FROM journeys;
SELECT attribution_agg(j, 'purchase', '1 month') FROM journeys;
SELECT attribution_agg(j, 'purchase', '2147483647 days 2562047788 hours') FROM journeys;
-- one goal and one half-life
SELECT attribution_agg(j, 'purchase', customer * interval '1 day') FROM journeys;
SELECT attribution_agg(j, CASE customer WHEN 1 THEN 'purchase' ELSE 'mail' END) FROM journeys;
SELECT a + decay FROM a;
SELECT attribution_agg(x) FROM (SELECT a AS x FROM a UNION ALL SELECT attribution_agg(j, 'mail') FROM journeys) v;
-- models that there are not, or not without a half-life
SELECT count(*) FROM a, attribution_credits(a, 'time_decay');
SELECT count(*) FROM a, attribution_credits(a, 'last_non_direct');
SELECT count(*) FROM a, attribution_credits(a, 'Markov');
-- state functions outside an aggregate
SELECT cxjourney_internal.attribution_accum(NULL, '{}', 'goal');
SELECT cxjourney_internal.attribution_combine(a, a) FROM a;
-- past 2000 touchpoints the chain is not solved, everything else works
CREATE TEMP TABLE many AS
SELECT attribution_agg(j, 'goal') AS a
  FROM (SELECT journey_agg(CASE WHEN i % 3 = 0 THEN 'goal' ELSE 't' || i END,
                           timestamptz '2026-01-01' + i * interval '1 second') AS j
          FROM generate_series(1, 3300) i) v;
SELECT count(*), sum(credit) FROM many, attribution_credits(a, 'linear');
SELECT count(*) FROM many, attribution_credits(a, 'markov');
-- overflow
SELECT 'goal {} [^ > $ 9223372036854775807]'::journey_attribution + 'goal {} [^ > $ 1]';
SELECT c.* FROM attribution_credits(
	'goal {a 4611686018427387903 4611686018427387903 4611686018427387903 4611686018427387903}'
	' [^ > a 4611686018427387903, a > $ 4611686018427387903]', 'markov') c;

-- texts that are none
SELECT ''::journey_attribution;
SELECT 'goal'::journey_attribution;
SELECT 'goal {'::journey_attribution;
SELECT 'goal (1 month) {} []'::journey_attribution;
SELECT 'goal (0 days) {} []'::journey_attribution;
SELECT 'goal (1 day {} []'::journey_attribution;
SELECT 'goal {} [] x'::journey_attribution;
SELECT 'goal {a} []'::journey_attribution;
SELECT 'goal {a 1 0 1} []'::journey_attribution;
SELECT 'goal {a 1 1 1.0000000000001 1} [^ > a 1, a > $ 1]'::journey_attribution;
SELECT 'goal {a 1 0 1 1} [^ > a 1, a > $ 0]'::journey_attribution;
SELECT 'goal {a 1 0 1 1} [^ > ! 1]'::journey_attribution;
SELECT 'goal {a 1 1 1 1, a 1 1 1 1} [^ > a 1, a > $ 1]'::journey_attribution;
SELECT 'goal {a 1 1 1 1} [^ > a 1, a > $ 1, ^ > a 1]'::journey_attribution;
SELECT 'goal {a 1 0 1 1} [^ > b 1, b > $ 1]'::journey_attribution;
SELECT 'goal {goal 1 1 1 1} [^ > goal 1, goal > $ 1]'::journey_attribution;
SELECT 'goal {a 1 1 1 1} [^ > a 2, a > $ 1]'::journey_attribution;
SELECT 'goal {a 1 0 1 1} []'::journey_attribution;
SELECT 'goal {a 2 1 1 1} [^ > a 1, a > $ 1]'::journey_attribution;
SELECT 'goal {a 0 1 1 1} [^ > a 1, a > $ 1]'::journey_attribution;
SELECT 'goal {a 1 1 1.1 1} [^ > a 1, a > $ 1]'::journey_attribution;
SELECT 'goal {a 1 1 1 0.9} [^ > a 1, a > $ 1]'::journey_attribution;
SELECT 'goal {"a" 1 9223372036854775807 1 1} [^ > a 9223372036854775807, a > $ 9223372036854775807]'
       ::journey_attribution;
SELECT 'goal {"a 1 0 1 1} []'::journey_attribution;
-- every byte of a text changed in many ways: an error, or a value that reads back
CREATE FUNCTION survives(text, OUT read int, OUT wrong int) LANGUAGE plpgsql AS $$
DECLARE
	changed text;
	value journey_attribution;
BEGIN
	read := 0;
	wrong := 0;
	FOR i IN 1 .. length($1) LOOP
		FOREACH changed IN ARRAY '{"",0,9,a,"\"", " ",.,>,"{","}",[,],(,),$,!,^,",",-}'::text[] LOOP
			BEGIN
				changed := overlay($1 PLACING changed FROM i FOR 1);
				value := changed::journey_attribution;
				read := read + 1;
				IF value::text::journey_attribution <> value
				   OR value::text::journey_attribution::text <> value::text THEN
					wrong := wrong + 1;
				END IF;
			EXCEPTION WHEN invalid_text_representation THEN
				NULL;
			END;
		END LOOP;
	END LOOP;
END $$;
SELECT read > 100 AS some, wrong FROM a, survives(decay::text);

-- binary input trusts no byte: what is copied out here as bytea comes in as an attribution
CREATE TEMP TABLE wire AS
SELECT cxjourney_internal.journey_attribution_send('goal (1 microsecond) {a 1 1 1 1 1} [^ > a 1, a > $ 1]') AS b;
SELECT b FROM wire;
CREATE TEMP TABLE received (a journey_attribution);
\copy (SELECT b FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
SELECT a FROM received;
-- version
\copy (SELECT set_byte(b, 0, 3) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
-- half-life below 0
\copy (SELECT set_byte(b, 1, 255) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
-- length of the goal: negative, 0, past the end
\copy (SELECT set_byte(b, 9, 255) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT overlay(b PLACING '\x00000000' FROM 10 FOR 8) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 11, 1) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
-- a control character, bytes that are no text
\copy (SELECT set_byte(b, 13, 10) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 13, 255) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
-- more touchpoints, or steps, than there can be, or than there are
\copy (SELECT set_byte(b, 17, 255) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 24, 3) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
-- the goal as a touchpoint
\copy (SELECT overlay(b PLACING substr(b, 10, 8) FROM 26 FOR 5) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
-- units that are no conversions, in either half
\copy (SELECT set_byte(b, 30, 255) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 38, 255) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
-- a step from and to nowhere, from start to null, taken no time, taken less than no time
\copy (SELECT set_byte(b, 113, 2) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 117, 1) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 125, 0) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 118, 255) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
-- a step given twice; bytes left over; cut short
\copy (SELECT overlay(b PLACING substr(b, 111, 16) FROM 127) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/attribution.bin' (FORMAT binary)
\copy received FROM 'results/attribution.bin' (FORMAT binary)
SELECT count(*) FROM received;
DROP FUNCTION survives;
