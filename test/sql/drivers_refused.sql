--
-- driver_summary: bad arguments, texts and bytes get a clear error, its SQLSTATE and a hint.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE SCHEMA drivers_refused_test;
SET search_path = drivers_refused_test, public;
SET extra_float_digits = 0;

CREATE TABLE two AS
	SELECT driver_agg(y, ARRAY[y % 3, y % 5]) AS s, driver_agg(y, ARRAY[y % 3], 1) AS w FROM generate_series(1, 40) y;
CREATE TABLE sixteen AS SELECT driver_agg(i, array_fill(i, ARRAY[16])) AS s FROM generate_series(1, 3) i;
SELECT call, pg_temp.error_of('SELECT ' || call)
  FROM unnest(ARRAY[
	'driver_agg(1, ''{}'')', 'driver_agg(NULL, ''{}'')', 'driver_agg(1, ''{{1,2},{3,4}}'')',
	'driver_agg(1, array_fill(1, ARRAY[65]))',
	'driver_agg(1, x) FROM (VALUES (''{1,2}''::int[]), (''{1}'')) v(x)',
	'driver_agg(1, x, 1) FROM (VALUES (''{1,2}''::int[]), (''{1,2,3}'')) v(x)',
	'driver_agg(''1'', ''{10000000.00001}'')', 'driver_agg(-10000001, ''{1}'')', 'driver_agg(''1'', ''{1,NaN}'')',
	'driver_agg(''Infinity'', ''{1}'')', 'driver_agg(''1'', ''{-Infinity}'', 1)',
	'driver_agg(1, ''{1}'', -0.1)', 'driver_agg(1, ''{1}'', 1000001)', 'driver_agg(1, ''{1}'', ''NaN'')',
	'driver_agg(s) FROM (SELECT s FROM two UNION ALL SELECT s FROM sixteen) v',
	'driver_agg(s) FROM (SELECT s FROM two UNION ALL SELECT w FROM two) v',
	's + w FROM two', 's - w FROM two', 'two.s + sixteen.s FROM two, sixteen', 'two.s - sixteen.s FROM two, sixteen',
	's - (s + s) FROM two',
	's - (SELECT driver_agg(y, ARRAY[y, 9]) FROM generate_series(1, 3) y) FROM two',
	's - ''{0 drivers, 0 responses, 1 left out}'' FROM two',
	's - ''{0 drivers, 0 responses, 0 left out, weights 0, squared weights 0}'' FROM two',
	'drivers(s) FROM sixteen', 'drivers(s, method => ''LMG'') FROM two', 'drivers(s, ''{a}'') FROM two',
	'drivers(s, ''{a,b,c}'') FROM two', 'drivers(s, ''{{a,b}}'') FROM two', 'drivers(s, ''{a,NULL}'') FROM two',
	'drivers(s, level => 1) FROM two', 'drivers(s, level => ''NaN'') FROM two',
	'drivers(s, scales => ''{"[1,5]"}'') FROM two', 'drivers(s, scales => ''{"[1,5]","[1,)"}'') FROM two',
	'drivers(s, scales => ''{"[0,2]",empty}'') FROM two', 'drivers(s, scales => ''{"[0,2]","[3,4]"}'') FROM two',
	'drivers(s, scales => ''{"[1,1]",NULL}'') FROM two',
	'drivers(''{0 drivers, 0 responses, 0 left out}'', method => ''x'')',
	'cxjourney_internal.driver_summary_accum(NULL, 1, ''{1}'')',
	'cxjourney_internal.driver_summary_accum_inv(NULL, 1, ''{1}'', 1)',
	'cxjourney_internal.driver_summary_combine(s, s) FROM two',
	'cxjourney_internal.driver_summary_combine_inv(s, s) FROM two']) call;
-- with NULL for what may not be NULL there are no rows
SELECT count(*) AS rows FROM two, LATERAL
	(SELECT * FROM drivers(NULL) UNION ALL SELECT * FROM drivers(s, method => NULL) UNION ALL
	 SELECT * FROM drivers(s, level => NULL)) v;

-- 2^53 answers, and one more
CREATE TABLE many (what text, s driver_summary);
INSERT INTO many VALUES
	('most', '{1 drivers, 4503599627370496 responses, 0 left out, sums [0, 0], products [0, 0, 0]}'),
	('too many', '{1 drivers, 4503599627370497 responses, 0 left out, sums [0, 0], products [0, 0, 0]}'),
	('too many left out', '{0 drivers, 0 responses, 4611686018427387904 left out}');
SELECT what, pg_temp.error_of(format('SELECT s + s FROM many WHERE what = %L', what)) FROM many;

-- text and JSON
SELECT text, pg_temp.detail_of(format('SELECT %L::driver_summary', text)) FROM unnest(ARRAY[
	'', '{', '{}', '{1 drivers', '{65 drivers, 1 responses', '{1 drivers, -1 responses',
	'{1 drivers, 9007199254740993 responses',
	'{1 drivers, 1 responses, 0 left', '{1 drivers, 1 responses, 0 left out}',
	'{1 drivers, 1 responses, 0 left out, sums [1, 2], products [1, 2, 4]} x',
	'{1 drivers, 1 responses, 0 left out, sums [1], products [1, 2, 4]}',
	'{1 drivers, 1 responses, 0 left out, sums [1, 2], products [1, 2]}',
	'{1 drivers, 1 responses, 0 left out, sums [1, 2, 3], products [1, 2, 4]}',
	'{1 drivers, 1 responses, 0 left out, sums [1, 2.00001], products [1, 2, 4]}',
	'{1 drivers, 1 responses, 0 left out, sums [1, 1e5], products [1, 2, 4]}',
	'{1 drivers, 1 responses, 0 left out, sums [1, 99999999999999999999999999999999999999999], products [1, 2, 4]}',
	'{0 drivers, 1 responses, 0 left out}', '{1 drivers, 0 responses, 0 left out, sums [0, 0], products [0, 0, 0]}',
	'{1 drivers, 1 responses, 0 left out, sums [1, 2], products [1, 3, 4]}',
	'{1 drivers, 1 responses, 0 left out, sums [1, 2], products [1, 2, 3]}',
	'{1 drivers, 1 responses, 0 left out, sums [1, 2], products [1, 2, -4]}',
	'{1 drivers, 2 responses, 0 left out, sums [0, 30000000], products [0, 0, 900000000000000]}',
	'{1 drivers, 2 responses, 0 left out, weights 1, squared weights 2, sums [0, 0], products [0, 0, 0]}',
	'{1 drivers, 2 responses, 0 left out, weights 2, squared weights 0.5, sums [0, 0], products [0, 0, 0]}',
	'{1 drivers, 2 responses, 0 left out, weights 0, squared weights 0, sums [0, 1], products [0, 0, 0]}',
	'{0 drivers, 0 responses, 0 left out, weights 1, squared weights 1}',
	'{1 drivers, 2 responses, 0 left out, weights -1, squared weights 1, sums [0, 0], products [0, 0, 0]}']) text;
SELECT pg_temp.error_of('SELECT ''{"drivers": 1}''::driver_summary') AS json;

-- binary input trusts no byte: what is copied out here as bytea comes in as a summary
CREATE TABLE taken (s driver_summary);
CREATE TABLE wire (b bytea);
-- version, flags, drivers (2), responses (8), left out (8), two sums and three products (16 each)
INSERT INTO wire
	SELECT cxjourney_internal.driver_summary_send(driver_agg(i, ARRAY[i * i])) FROM generate_series(1, 2) i;
SELECT b FROM wire;
-- another version, another flag, weights that are not there, no drivers, more of them, too many
\copy (SELECT set_byte(b, 0, 2) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 2) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 1, 1) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 3, 0) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 3, 2) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 2, 255) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
-- no answers, fewer than none, more than there may be, fewer than none left out
\copy (SELECT set_byte(b, 11, 0) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 4, 128) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 5, 32) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 12, 128) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
-- the highest byte of a sum, of a square; the lowest of a product
\copy (SELECT set_byte(b, 20, 127) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 84, 128) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT set_byte(b, 80, 255) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
-- cut off, too long, empty
\copy (SELECT substr(b, 1, length(b) - 1) FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT b || '\x00' FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
\copy (SELECT ''::bytea FROM wire) TO 'results/drivers_wire.bin' (FORMAT binary)
\copy taken FROM 'results/drivers_wire.bin' (FORMAT binary)
SELECT count(*) AS none FROM taken;
