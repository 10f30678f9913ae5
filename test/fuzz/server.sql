-- Fuzzing through SQL, for test/fuzz/server: texts and binary messages of every type, mutated from valid ones; what is
-- accepted must come back the same, is given to every function of its type, and to user-made aggregates of every state
-- function, stored in all forms. An internal error (class XX), a value that does not come back, and a crash are findings.
\set ON_ERROR_STOP on
SET client_min_messages = error;
CREATE EXTENSION IF NOT EXISTS cxjourney;
CREATE SCHEMA fuzz;
SET search_path = fuzz, public, cxjourney_internal;

CREATE VIEW members AS
SELECT p.*, p.oid::regprocedure::text AS call, ARRAY(SELECT a FROM unnest(proargtypes) WITH ORDINALITY u(a, i) ORDER BY i) AS types
FROM pg_proc p
JOIN pg_depend d ON d.classid = 'pg_proc'::regclass AND d.objid = p.oid AND d.deptype = 'e'
JOIN pg_extension e ON d.refclassid = 'pg_extension'::regclass AND d.refobjid = e.oid AND e.extname = 'cxjourney';

-- The types, and a table for a value of each: out of line, compressed, short or plain, as the round wants it.
CREATE TABLE types AS SELECT t.oid, t.oid::regtype::text AS name, 'cxjourney_internal.' || (SELECT proname FROM pg_proc p WHERE p.oid = typsend) AS send, typlen < 0 AS wrapped,
	'kept_' || t.oid AS kept, coalesce((SELECT format('v = v::text::%1$s AND %2$s(v) = %2$s(v::text::%1$s)', t.oid::regtype, amproc)
		FROM pg_opclass c JOIN pg_am a ON a.oid = opcmethod JOIN pg_amproc p ON amprocfamily = opcfamily AND amprocnum = 1
		WHERE opcintype = t.oid AND opcdefault AND amname = 'hash'), 'true') AS equal FROM pg_type t WHERE typoutput IN (SELECT oid FROM members) AND typtype = 'b';
SELECT format('CREATE TABLE %I (padding text, v %s) WITH (toast_tuple_target = 128)', kept, name) FROM types \gexec
SELECT format('ALTER TABLE %I ALTER padding SET STORAGE PLAIN', kept) FROM types \gexec

-- Valid texts of each type: those of all columns there are, the corpus; what is found goes into findings.
CREATE TABLE corpus (type oid, valid text);
CREATE TABLE findings (type text, what text, input text, message text,
	seed text DEFAULT current_setting('fuzz.seed', true));
CREATE TABLE counts (what text PRIMARY KEY, n bigint);
INSERT INTO counts VALUES ('texts', 0), ('texts accepted', 0), ('binary', 0), ('binary accepted', 0), ('calls', 0), ('aggregates', 0);

-- Functions with a value of a type first, and what their other arguments may be.
CREATE TABLE arguments (type regtype, value text);
INSERT INTO arguments VALUES ('text', '''buy'''), ('text', '''en'''), ('text', '''nps'''), ('integer', '3'), ('integer', '-1'),
	('bigint', '7'), ('smallint', '2'), ('numeric', '2.5'), ('double precision', '0.5'), ('double precision', '''NaN'''),
	('boolean', 'true'), ('interval', '''2 days'''), ('timestamptz', '''2026-02-03 04:05Z'''), ('int4range', '''[0,10]'''),
	('tstzrange', '''[2026-01-01,2026-02-01)'''), ('text[]', '''{buy,find}'''), ('jsonb', '''{"buy": 0.5, "find": 0.5}'''),
	('tsvector', '''a b'''), ('double precision[]', '''{1,2}'''), ('integer[]', '''{1,2}'''), ('smallint[]', '''{1,2}'''),
	('numeric[]', '''{1,2}'''), ('int4range[]', '''{"[0,10]"}'''), ('journey', '''{find@2026-01-01, buy@2026-01-02}''');
CREATE TABLE readers AS
SELECT m.oid, t.oid AS type, t.kept, m.proname, m.proretset, m.prokind, m.types[2:] AS more
FROM members m JOIN types t ON t.oid = m.types[1]
WHERE m.prokind = 'f' AND m.oid NOT IN (SELECT aggtransfn FROM pg_aggregate) AND m.prorettype <> 'internal'::regtype
	AND NOT 'internal'::regtype = ANY (m.types);

-- One aggregate for each state function: its first row is counted, then a frame that moves gives it the kept value back.
CREATE TABLE attacks (type oid, kept text, query text);
DO $$
DECLARE
	f record;
	arguments text;
	n integer := 0;
BEGIN
	FOR f IN SELECT m.oid::regproc AS name, m.types, t.oid, t.name AS type, t.kept, m.proisstrict AS is_strict FROM members m
		JOIN types t ON t.oid = m.types[1] WHERE m.prorettype = t.oid AND cardinality(m.types) > 1 AND m.prokind = 'f'
			AND NOT m.proretset AND NOT (m.proisstrict AND m.types[2] <> t.oid)
	LOOP
		n := n + 1;
		SELECT string_agg(format_type(type, NULL), ', ' ORDER BY i) INTO arguments
			FROM unnest(f.types[2:]) WITH ORDINALITY u(type, i);
		EXECUTE format('CREATE FUNCTION give_%s(%s, %s) RETURNS %2$s %4$s LANGUAGE sql AS %5$L', n, f.type, arguments,
			CASE WHEN f.is_strict THEN 'STRICT' ELSE '' END, format('SELECT v FROM fuzz.%I', f.kept));
		EXECUTE format('CREATE AGGREGATE attack_%s(%s) (SFUNC = %s, STYPE = %s, MSFUNC = %3$s, MINVFUNC = give_%1$s,
			MSTYPE = %4$s)', n, arguments, f.name, f.type);
		SELECT string_agg(coalesce((SELECT value || '::' || format_type(u.type, NULL) FROM fuzz.arguments a
				WHERE a.type = u.type LIMIT 1), format('(SELECT v FROM fuzz.%I)', (SELECT kept FROM fuzz.types WHERE oid = u.type)),
				'NULL::' || format_type(u.type, NULL)), ', ' ORDER BY i)
			INTO arguments FROM unnest(f.types[2:]) WITH ORDINALITY u(type, i);
		INSERT INTO attacks VALUES (f.oid, f.kept, format('SELECT count(r::text) FROM (SELECT attack_%s(%s) OVER (ORDER BY x '
			'ROWS BETWEEN CURRENT ROW AND 1 FOLLOWING) r FROM generate_series(1, 4) x) o', n, arguments));
	END LOOP;
END $$;

-- Each line of the seeds belongs to the types that take it.
CREATE TABLE lines (line text);
CREATE PROCEDURE read_lines() LANGUAGE plpgsql AS $$
DECLARE
	l record;
BEGIN
	FOR l IN SELECT types.*, line FROM types, (SELECT DISTINCT line FROM lines) d LOOP
		BEGIN
			EXECUTE format('SELECT %L::%s', l.line, l.name);
			INSERT INTO corpus VALUES (l.oid, l.line);
		EXCEPTION WHEN OTHERS THEN
			PERFORM noted(l.name, 'text', l.line, SQLSTATE, SQLERRM);
		END;
	END LOOP;
END $$;

CREATE FUNCTION dice(sides integer) RETURNS integer LANGUAGE sql VOLATILE RETURN floor(random() * sides)::integer;

CREATE FUNCTION any_text(wanted oid) RETURNS text LANGUAGE sql VOLATILE
BEGIN ATOMIC
	SELECT valid FROM corpus WHERE type = wanted ORDER BY random() LIMIT 1;
END;

-- A text with a few places changed: cut, doubled, replaced by what means something somewhere, put together with another.
CREATE FUNCTION mutated(t text, other text) RETURNS text LANGUAGE plpgsql AS $$
DECLARE
	words text[] := '{"{","}","[","]","(",")",",",":","@",">","|","&","?","!","#","\"","\\","-","+",".","0","-1","1e9",
		"9223372036854775807","9223372036854775808","18446744073709551616","340282366920938463463374607431768211456",
		"NaN","infinity","2026-01-01","294276-12-31","4713-01-01 BC"," ","żółw","null","(none)","weights","%s","us","in","on"}';
	at integer;
BEGIN
	FOR i IN 0 .. dice(3) LOOP
		at := dice(length(t) + 1);
		t := CASE dice(6)
			WHEN 0 THEN left(t, at) || substr(t, at + 2)
			WHEN 1 THEN left(t, at) || words[1 + dice(cardinality(words))] || substr(t, at + 1 + dice(3))
			WHEN 2 THEN left(t, at + dice(20)) || substr(t, at + 1)
			WHEN 3 THEN left(t, at) || substr(other, 1 + dice(length(other)))
			WHEN 4 THEN regexp_replace(t, '\d+', words[21 + dice(7)], 1, 1 + dice(9))
			ELSE left(t, at) || chr(32 + dice(90)) || substr(t, at + 2) END;
	END LOOP;
	RETURN t;
END $$;

CREATE FUNCTION mutated_bytes(b bytea) RETURNS bytea LANGUAGE plpgsql AS $$
DECLARE
	at integer;
	len integer;
BEGIN
	FOR i IN 0 .. dice(3) LOOP
		EXIT WHEN length(b) = 0;
		at := dice(length(b));
		len := 1 + dice(24);
		b := CASE dice(8)
			WHEN 0 THEN substr(b, 1, at)
			WHEN 1 THEN set_byte(b, at, (ARRAY[0, 1, 127, 128, 255])[1 + dice(5)])
			WHEN 2 THEN set_bit(b, at::bigint * 8 + dice(8), dice(2))
			WHEN 3 THEN substr(b, 1, at) || substr(b, 1 + dice(length(b)))
			WHEN 4 THEN overlay(b PLACING int4send((ARRAY[0, 1, -1, 65536, 2147483647])[1 + dice(5)]) FROM at + 1)
			WHEN 5 THEN overlay(b PLACING int8send((ARRAY[0, -1, 9223372036854775807])[1 + dice(3)]) FROM at + 1)
			-- neighbours change places: two labels, or what belongs to them
			WHEN 6 THEN substr(b, 1, at) || substr(b, at + 1 + len, len) || substr(b, at + 1, len) || substr(b, at + 1 + 2 * len)
			ELSE set_byte(b, at, dice(256)) END;
	END LOOP;
	RETURN b;
END $$;

CREATE FUNCTION counted(name text) RETURNS void LANGUAGE sql BEGIN ATOMIC
	UPDATE counts SET n = n + 1 WHERE what = name;
END;

-- Only internal errors are findings; other errors are the answers that are wanted.
CREATE FUNCTION noted(type text, doing text, input text, state text, message text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF state LIKE 'XX%' OR state = 'found' THEN
		INSERT INTO findings (type, what, input, message) VALUES (type, doing, input, state || ' ' || message);
	END IF;
END $$;

-- The kept value of a type comes back from text and binary, equal and with the same hash, and all that reads it gives no
-- internal error.
CREATE FUNCTION read_all(t types, input text, most integer) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	r record;
	query text;
	same boolean;
BEGIN
	BEGIN
		EXECUTE format('SELECT v::text = v::text::%1$s::text AND %2$s(v) = %2$s(v::text::%1$s) AND %3$s FROM %4$I', t.name, t.send,
			t.equal, t.kept) INTO same;
		IF NOT same THEN
			PERFORM noted(t.name, 'does not come back', input, 'found', '');
		END IF;
	EXCEPTION WHEN OTHERS THEN
		PERFORM noted(t.name, 'does not come back', input, 'found', SQLSTATE || ' ' || SQLERRM);
	END;
	FOR r IN SELECT * FROM readers WHERE type = t.oid ORDER BY random() LIMIT most LOOP
		SELECT format(CASE WHEN r.proretset THEN 'SELECT count(x::text) FROM %1$I, %2$s(v%3$s) x'
				ELSE 'SELECT length(%2$s(v%3$s)::text) FROM %1$I' END, t.kept, r.oid::regproc,
			(SELECT string_agg(', ' || coalesce((SELECT value || '::' || format_type(u.type, NULL) FROM arguments a WHERE a.type = u.type
				ORDER BY random() LIMIT 1), format('(SELECT v FROM %I LIMIT 1)', (SELECT kept FROM types WHERE oid = u.type)),
				'NULL::' || format_type(u.type, NULL)), '' ORDER BY i)
				FROM unnest(r.more) WITH ORDINALITY u(type, i))) INTO query;
		PERFORM counted('calls');
		BEGIN
			EXECUTE query;
		EXCEPTION WHEN OTHERS THEN
			PERFORM noted(t.name, query, input, SQLSTATE, SQLERRM);
		END;
	END LOOP;
	FOR r IN SELECT * FROM attacks WHERE type = t.oid ORDER BY random() LIMIT most / 2 LOOP
		PERFORM counted('aggregates');
		BEGIN
			EXECUTE r.query;
		EXCEPTION WHEN OTHERS THEN
			PERFORM noted(t.name, r.query, input, SQLSTATE, SQLERRM);
		END;
	END LOOP;
END $$;

CREATE FUNCTION keep(t types, expression text) RETURNS void LANGUAGE plpgsql AS $$
BEGIN
	IF t.wrapped THEN
		EXECUTE format('ALTER TABLE %I ALTER v SET STORAGE %s', t.kept, (ARRAY['PLAIN', 'EXTERNAL', 'MAIN', 'EXTENDED'])[1 + dice(4)]);
	END IF;
	EXECUTE format('DELETE FROM %I', t.kept);
	EXECUTE format('INSERT INTO %I SELECT repeat(''.'', %s), %s', t.kept, (ARRAY[0, 2100])[1 + dice(2)], expression);
END $$;

CREATE FUNCTION try_text(t types, directory text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	input text := mutated(any_text(t.oid), any_text(t.oid));
BEGIN
	PERFORM counted('texts');
	BEGIN
		PERFORM keep(t, format('%L::%s', input, t.name));
	EXCEPTION WHEN OTHERS THEN
		PERFORM noted(t.name, 'text', input, SQLSTATE, SQLERRM);
		RETURN;
	END;
	PERFORM counted('texts accepted');
	PERFORM read_all(t, input, 8);
END $$;

-- A binary message, by a file of COPY.
CREATE FUNCTION try_binary(t types, directory text) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
	file text := directory || '/message';
	message bytea;
	large oid;
BEGIN
	EXECUTE format('SELECT %s(%L::%s)', t.send, any_text(t.oid), t.name) INTO message;
	message := mutated_bytes(message);
	PERFORM counted('binary');
	large := lo_from_bytea(0, '\x5047434f50590aff0d0a000000000000000000' || '\x0002'::bytea || int4send(-1) || int4send(length(message))
		|| message || '\xffff');
	PERFORM lo_export(large, file), lo_unlink(large);
	BEGIN
		EXECUTE format('DELETE FROM %I', t.kept);
		EXECUTE format('COPY %I FROM %L (FORMAT binary)', t.kept, file);
	EXCEPTION WHEN OTHERS THEN
		PERFORM noted(t.name, 'binary', message::text, SQLSTATE, SQLERRM);
		RETURN;
	END;
	PERFORM counted('binary accepted');
	PERFORM read_all(t, message::text, 8);
END $$;

-- So many cases from one seed, which gives the same ones again.
CREATE PROCEDURE round(seed integer, cases integer, directory text) LANGUAGE plpgsql AS $$
DECLARE
	t types;
BEGIN
	PERFORM setseed(1.0 / seed), set_config('fuzz.seed', seed::text, false);
	FOR i IN 1 .. cases LOOP
		SELECT * INTO t FROM types ORDER BY random() LIMIT 1;
		IF dice(2) = 0 THEN
			PERFORM try_text(t, directory);
		ELSE
			PERFORM try_binary(t, directory);
		END IF;
		IF i % 50 = 0 THEN
			COMMIT;
		END IF;
	END LOOP;
END $$;
