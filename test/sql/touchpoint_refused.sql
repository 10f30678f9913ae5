--
-- What is no journey_touchpoint: too long, without a part, other bytes; industries there is no catalog of. Each is an
-- error with a hint that helps.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
\set SHOW_CONTEXT never
\pset null (null)

-- limits are in bytes, after trimming: 63 of channel, 191 of place
SELECT pg_temp.error_of($$SELECT journey_touchpoint(repeat('w', 64), 'p')$$) AS channel;
SELECT pg_temp.error_of($$SELECT journey_touchpoint('web', repeat('p', 192))$$) AS place;
SELECT pg_temp.error_of($$SELECT journey_touchpoint(repeat('Ż', 32) || ':p')$$) AS channel;
SELECT pg_temp.error_of($$SELECT ('web:' || repeat('ą', 96))::journey_touchpoint$$) AS place;
SELECT octet_length(split_part(error, E'\n', 1)) AS long
  FROM pg_temp.error_of($$SELECT ('web:' || repeat('p', 1000000))::journey_touchpoint$$) error;

-- text and parts
SELECT input, pg_temp.error_of(format('SELECT %L::journey_touchpoint', input)) AS error
  FROM unnest(ARRAY[
	'', 'web', ':', ' : ', 'web:', 'web: ', ':checkout', ' :checkout', E'web:check\tout', E'we\nb:checkout',
	E'web:\x01', E'web:\x7f', E'web:\u0085x', E'web\u009f:x']) input;
SELECT channel, place, pg_temp.error_of(format('SELECT journey_touchpoint(%L, %L::text)', channel, place)) AS error
  FROM (VALUES ('', 'checkout'), ('web', ''), (' ', ' '),
               ('web:', 'checkout'), ('a:b', 'c'), ('web', E'a\x1fb')) v(channel, place);

-- no text is taken for a touchpoint
SELECT pg_temp.error_of($$SELECT journey_touchpoint 'web:a' = 'web:a'::text$$) AS equals;
CREATE TEMP TABLE assigned (t journey_touchpoint);
SELECT pg_temp.error_of($$INSERT INTO assigned SELECT t FROM (VALUES ('web:a'::text)) v(t)$$) AS assigns;

-- bytes from nowhere, as a damaged page or a newer version might hold
CREATE CAST (bytea AS journey_touchpoint) WITHOUT FUNCTION;
SELECT bytes, pg_temp.error_of(format('SELECT %L::bytea::journey_touchpoint::text', bytes)) AS text,
       pg_temp.error_of(format('SELECT place(%L::bytea::journey_touchpoint)', bytes)) AS place
  FROM unnest(ARRAY[
	'\x0100613a62', '\x0200613a62', '\x0101613a62', '\x0100', '\x01', '\x', '\x01006162']::bytea[]) bytes;
DROP CAST (bytea AS journey_touchpoint);

-- binary input trusts no byte: what is copied out here as bytea comes in as a touchpoint
CREATE TEMP TABLE wired (t journey_touchpoint);
-- the letter case of a channel is no concern of the sender
\copy (SELECT '\x01' || 'WEB: Checkout '::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
SELECT t FROM wired;
-- version 2
\copy (SELECT '\x02' || 'web:checkout'::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
-- no colon, no channel, nothing at all
\copy (SELECT '\x01' || 'checkout'::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT '\x01' || ':checkout'::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT '\x01'::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT ''::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
-- a control character, a zero byte, broken UTF-8, too long
\copy (SELECT '\x01' || 'web:'::bytea || '\x01') TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT '\x01' || 'web:x'::bytea || '\x00') TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT '\x01' || 'web:x'::bytea || '\xc5') TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
\copy (SELECT '\x01' || ('web:' || repeat('p', 192))::bytea) TO 'results/wire.bin' (FORMAT binary)
\copy wired FROM 'results/wire.bin' (FORMAT binary)
SELECT count(*) AS only_the_first FROM wired;

-- industries
SELECT industry, pg_temp.error_of(format('SELECT * FROM touchpoint_catalog(%L)', industry)) AS error
  FROM unnest(ARRAY['insurance', '', 'ecommerce']) industry;
