--
-- What is no value of a type is refused by all types in the same words and with the same SQLSTATE, whichever way it
-- comes: as text, as JSON, as a binary message, or as bytes that something else has stored.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
SET timezone = 'UTC';
SET client_min_messages = warning;

-- text that cannot be read: 22P02, with the place where there is one
SELECT type, pg_temp.error_of(format('SELECT %L::%s', text, type), E'\n', false) AS error FROM (VALUES
	('rating_summary', '[1,2]{3;4}'), ('cxjourney_internal.csat_state', '[1,2]{3,4}>2'), ('journey_stage', 'buying'),
	('journey_touchpoint', 'checkout'), ('journey_path', 'a > > b'), ('journey', '{a@monday}'),
	('journey_flow', '{a = 1}'), ('journey_funnel', '{a > > b; 1, 1}'), ('journey_attribution', 'goal {a} []'),
	('duration_summary', '{1 in 5s [5+1]}'), ('rating_breakdown', '{a = [1, 2]}'),
	('driver_summary', '{1 drivers}'), ('term_summary', '{a} in 1 comments'),
	('journey_survival', '{from a [5: 1 + 0 in 5us]}'), ('journey_contrast', '{a > b; within 9 days}'),
	('journey_cohorts', 'a > b by week'), ('journey_lifecycle', 'a by week in UTC')) v(type, text);
-- of a long one its beginning is shown, whole characters of it
SELECT type, length(error) AS length, error ~ '^22P02 invalid input syntax for type [a-z_]+: ".*\.\.\."$' AS cut
  FROM (VALUES ('rating_summary'), ('journey_stage'), ('journey_touchpoint'), ('journey_path'), ('journey'),
               ('journey_flow'), ('journey_funnel'), ('journey_attribution'), ('duration_summary'),
               ('rating_breakdown'), ('driver_summary'), ('term_summary'), ('journey_survival'),
               ('journey_cohorts'), ('journey_lifecycle'), ('journey_contrast')) v(type),
       pg_temp.message_of(format('SELECT %L::%s', '!' || repeat('ż', 600), type)) error;

-- a label that is too long: 54000
SELECT type, pg_temp.error_of(format('SELECT %L::%s', replace(text, 'LABEL', repeat('x', 256)), type), E'\n', false)
         ~ '^54000 invalid input syntax for type [a-z_]+: ".*"\nLabel of more than 255 bytes at character [0-9]+\.$'
         AS long
  FROM (VALUES ('journey_path', 'LABEL > b'), ('journey', '{LABEL@2026-01-01}'),
               ('journey_funnel', '{a > LABEL; 1, 1}'),
               ('journey_flow', '{(start) > LABEL = 1, LABEL > (end) = 1}'), ('journey_attribution', 'LABEL {} []'),
               ('rating_breakdown', '{LABEL = [1, 2]} on [0, 1]'),
               ('journey_survival', '{gaps of LABEL []}'),
               ('journey_contrast', '{a > LABEL; within 9 days; landmark 1 day}'),
               ('journey_cohorts', 'LABEL > b by day for 1 periods in UTC until known {}'),
               ('journey_lifecycle', 'LABEL by day in UTC open from 2026-01-01 {}')) v(type, text);

-- text that can be read, but says what is not possible: 22P02
SELECT type, pg_temp.error_of(format('SELECT %L::%s', text, type), E'\n', false) AS error FROM (VALUES
	('journey_flow', '{(start) > a = 1}'), ('journey_funnel', '{a > b; 1, 2 in 5us [5+11]}'),
	('journey_attribution', 'goal {a 1 1 1 1} []'), ('term_summary', '{a = 2} in 1 comments'),
	('duration_summary', '{3 in 5us [5+1]}'), ('journey_survival', '{[5: 3 + 0 in 5us]}'),
	('journey_contrast', '{a > b; within 2 days; landmark 2 days; too recent 0, early 0, reached 1, missed 1; []}'))
	v(type, text);

-- the buckets of a sketch ascend
SELECT type, sketch, pg_temp.error_of(format('SELECT %L::%s', replace(text, 'SKETCH', sketch), type), E'\n', false)
  FROM (VALUES ('duration_summary', '{2 in 81us SKETCH}'), ('journey_funnel', '{a > b; 2, 2 in 81us SKETCH}'),
               ('journey_flow', '{(start) > a = 2, a > b = 2 in 81us SKETCH, b > (end) = 2}')) v(type, text),
       unnest('{"[40:1, 40:1]","[41:1, 40:1]","[41+1, 40:1]","[41+1, 41:1]"}'::text[]) sketch;
-- and so they can be read
SELECT '{2 in 81us [40:1, 41:1]}'::duration_summary, '{a > b; 2, 2 in 81us [40:1, 41:1]}'::journey_funnel,
       '{(start) > a = 2, a > b = 2 in 81us [40:1, 41:1], b > (end) = 2}'::journey_flow;

-- JSON of another form: 22P02
SELECT type, pg_temp.error_of(format('SELECT %L::%s', '{"no": 1}', type)) AS error FROM (VALUES
	('rating_summary'), ('journey'), ('journey_flow'), ('journey_funnel'), ('journey_attribution'),
	('duration_summary'), ('rating_breakdown'), ('driver_summary'), ('term_summary'), ('journey_survival'),
	('journey_cohorts'), ('journey_lifecycle'), ('journey_contrast')) v(type);

-- stored bytes of another version, or of none: XX001
CREATE TYPE stored;
CREATE FUNCTION stored_in(cstring) RETURNS stored LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
CREATE FUNCTION stored_out(stored) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
CREATE TYPE stored (INPUT = stored_in, OUTPUT = stored_out, ALIGNMENT = double, STORAGE = extended);
CREATE TYPE stored_packed;
CREATE FUNCTION stored_packed_in(cstring) RETURNS stored_packed LANGUAGE internal IMMUTABLE STRICT AS 'byteain';
CREATE FUNCTION stored_packed_out(stored_packed) RETURNS cstring LANGUAGE internal IMMUTABLE STRICT AS 'byteaout';
CREATE TYPE stored_packed (INPUT = stored_packed_in, OUTPUT = stored_packed_out, ALIGNMENT = int4);
CREATE TABLE kind AS
SELECT oid::regtype AS type, CASE typalign WHEN 'd' THEN 'stored' ELSE 'stored_packed' END AS forged
  FROM pg_type t JOIN pg_depend d ON d.classid = 'pg_type'::regclass AND d.objid = t.oid AND d.deptype = 'e'
 WHERE typtype = 'b' AND typelem = 0 AND typlen = -1;
SELECT format('CREATE CAST (%s AS %s) WITHOUT FUNCTION', forged, type) FROM kind ORDER BY type::text COLLATE "C" \gexec
SELECT type, name, pg_temp.error_of(format('SELECT %L::%s::%s::text', bytes, forged, type)) AS error
  FROM kind, (VALUES ('version 200', '\xc8' || repeat('00', 63)), ('nothing', '\x')) b(name, bytes)
 ORDER BY type::text COLLATE "C", name;
-- bytes of this version, but for a zero byte in a label, which ends the text form where JSON is to be made of it
CREATE CAST (journey AS stored) WITHOUT FUNCTION;
SELECT pg_temp.error_of(format('SELECT %L::stored::journey::%s', overlay(b PLACING '\x00' FROM position('ab' IN b) + 1),
                               json)) AS error
  FROM (SELECT journey '{ab@2026-01-01}'::stored::text::bytea AS b) v, unnest('{json,jsonb}'::text[]) json;
-- labels in another order than in any journey that input makes, and one twice: text and sums are those of the visits
-- that the bytes have, and what is made of these is in order again, or finds that they are damaged
CREATE FUNCTION pg_temp.answer_to(query text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	answer text;
BEGIN
	EXECUTE query INTO answer;
	RETURN answer;
EXCEPTION WHEN data_corrupted THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;
CREATE TABLE disordered AS
SELECT name, overlay(overlay(b PLACING first FROM position('buy' IN b)) PLACING 'buy' FROM position('use' IN b)) AS b
  FROM (SELECT journey '{buy@2026-01-01, find@2026-01-02, use@2026-01-03}'::stored::text::bytea AS b) v,
       (VALUES ('exchanged', 'use'::bytea), ('twice', 'buy')) n(name, first);
SELECT name, expression, pg_temp.answer_to(format('SELECT %s FROM (SELECT %L::stored::journey AS j) v', expression, b))
  FROM disordered,
       unnest(ARRAY['j', 'collapse(j)', 'journey_agg(j)', 'flow_agg(j)',
                    'cxjourney_internal.journey_send(j || ''{}'') = cxjourney_internal.journey_send(j::text::journey)'])
       WITH ORDINALITY e (expression, n) ORDER BY name, n;
CREATE CAST (int2 AS journey_stage) WITHOUT FUNCTION;
SELECT pg_temp.error_of('SELECT 99::int2::journey_stage::text');

-- a binary message in which a label has a control character, here a tab: 22P03
CREATE TABLE received_journey (v journey);
CREATE TABLE received_path (v journey_path);
CREATE TABLE received_flow (v journey_flow);
CREATE TABLE received_funnel (v journey_funnel);
CREATE TABLE received_attribution (v journey_attribution);
CREATE TABLE received_touchpoint (v journey_touchpoint);
CREATE TABLE received_stage (v journey_stage);
CREATE TABLE received_breakdown (v rating_breakdown);
CREATE TABLE wire AS SELECT type, set_byte(b, position('my label'::bytea IN b) + 1, 9) AS b FROM (VALUES
	('journey', cxjourney_internal.journey_send('{"my label"@2026-01-01}')),
	('breakdown', cxjourney_internal.rating_breakdown_send('{"my label" = [1, 2]} on [0, 1]')),
	('path', cxjourney_internal.journey_path_send('"my label" > b')),
	('flow', cxjourney_internal.journey_flow_send('{(start) > "my label" = 1, "my label" > (end) = 1}')),
	('funnel', cxjourney_internal.journey_funnel_send('{"my label" > b; 1, 0}')),
	('goal', cxjourney_internal.journey_attribution_send('"my label" {} [^ > $ 1]')),
	('attribution', cxjourney_internal.journey_attribution_send('goal {"my label" 1 1 1 1} [^ > "my label" 1, '
	                                                            '"my label" > $ 1]')),
	('touchpoint', cxjourney_internal.journey_touchpoint_send('my label:checkout'))) v(type, b);
INSERT INTO wire VALUES ('stage', 'my\011label');
\copy (SELECT b FROM wire WHERE type = 'journey') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_journey FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'path') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_path FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'flow') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_flow FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'funnel') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_funnel FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'goal') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_attribution FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'attribution') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_attribution FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'touchpoint') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_touchpoint FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'stage') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_stage FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'breakdown') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_breakdown FROM 'results/value_refused.bin' (FORMAT binary)
\set VERBOSITY sqlstate
\copy (SELECT b FROM wire WHERE type = 'journey') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_journey FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'path') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_path FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'flow') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_flow FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'funnel') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_funnel FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'goal') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_attribution FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'attribution') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_attribution FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'touchpoint') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_touchpoint FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'stage') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_stage FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'breakdown') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_breakdown FROM 'results/value_refused.bin' (FORMAT binary)
\set VERBOSITY default

-- a message of a version to come, and one of a version that never was
CREATE TABLE received_rating (v rating_summary);
CREATE TABLE received_csat (v cxjourney_internal.csat_state);
CREATE TABLE received_duration (v duration_summary);
INSERT INTO wire VALUES ('rating', cxjourney_internal.rating_summary_send('[0,1]{1,2}')),
	('duration', cxjourney_internal.duration_summary_send('{3 in 121us [40+21]}'));
UPDATE wire SET b = set_byte(b, 0, CASE type WHEN 'attribution' THEN 3 ELSE 2 END);
\copy (SELECT b FROM wire WHERE type = 'journey') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_journey FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'path') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_path FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'flow') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_flow FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'funnel') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_funnel FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'attribution') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_attribution FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'touchpoint') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_touchpoint FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'rating') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_rating FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'breakdown') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_breakdown FROM 'results/value_refused.bin' (FORMAT binary)
\copy (SELECT b FROM wire WHERE type = 'duration') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_duration FROM 'results/value_refused.bin' (FORMAT binary)
-- before it a csat_state has its cut-off
INSERT INTO wire SELECT 'csat', '\x00000001' || b FROM wire WHERE type = 'rating';
\copy (SELECT b FROM wire WHERE type = 'csat') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_csat FROM 'results/value_refused.bin' (FORMAT binary)
UPDATE wire SET b = set_byte(b, 0, 0);
\copy (SELECT b FROM wire WHERE type = 'journey') TO 'results/value_refused.bin' (FORMAT binary)
\copy received_journey FROM 'results/value_refused.bin' (FORMAT binary)
