--
-- Everything that maps and journey tables are made of, as pgspot would look at it: views use nothing but PostgreSQL's
-- own, the extension and the map; the trigger function pins its path, is the only one with the rights of its owner, and
-- says of which schema each table and function is that is not PostgreSQL's; triggers call it and nothing else. Maps of
-- all kinds, and journey tables.
--
-- some releases of PostgreSQL warn of MERGE into partitions, see map_repair
SET client_min_messages = error;
CREATE SCHEMA texts;
SET search_path = texts, public;
CREATE TABLE plain (at timestamptz, stage text, place text, persona text, nps integer, csat integer, ces integer,
	mood integer, words text);
CREATE TABLE parted (at timestamp, stage text, nps numeric) PARTITION BY LIST (stage);
CREATE TABLE parted_buy PARTITION OF parted FOR VALUES IN ('buy');
CREATE TABLE "It's a ""table""" (LIKE plain);
SELECT create_journey_map('all', 'plain', at => 'at', stage => 'stage', touchpoint => 'place', segment => 'persona',
	nps => 'nps', csat => 'csat', ces => 'ces', emotion => 'mood', comment => 'words', timezone => 'Europe/Warsaw');
SELECT create_journey_map('parts', 'parted', at => 'at', stage => 'stage', nps => 'nps', bucket => 'quarter');
SELECT create_journey_map('Its "own"', '"It''s a ""table"""', at => 'at', stage => 'CASE WHEN stage = ''\'' THEN ''x''
	ELSE stage END', nps => 'nps + length(place)', stages => ARRAY['a''b', '$$', '"']);
SELECT create_journey_table('paths', 'plain', customer => 'place', stage => 'stage', at => 'at', seq => 'nps');
SELECT create_journey_table('paths_of_parts', 'parted', customer => 'nps', stage => 'CASE WHEN stage = ''\'' THEN ''"''
	ELSE stage END', at => 'at', timezone => 'Europe/Warsaw');

CREATE VIEW members AS SELECT d.classid, d.objid FROM pg_depend AS d JOIN pg_extension AS e ON e.oid = d.refobjid
	AND d.refclassid = 'pg_extension'::regclass AND d.deptype = 'e' AND e.extname = 'cxjourney';
CREATE VIEW relations AS SELECT c.oid, c.relname, c.relkind FROM pg_class AS c
	WHERE c.relnamespace = 'texts'::regnamespace AND c.relname ~ '^(all|parts|Its "own"|paths)(_|$)';

-- what is PostgreSQL's own has no entry in pg_depend
CREATE VIEW foreign_uses AS
SELECT r.relname, pg_describe_object(d.refclassid, d.refobjid, 0) AS uses
  FROM relations AS r JOIN pg_rewrite AS w ON w.ev_class = r.oid
  JOIN pg_depend AS d ON d.classid = 'pg_rewrite'::regclass AND d.objid = w.oid
 WHERE NOT (d.refclassid = 'pg_class'::regclass AND (d.refobjid IN (SELECT oid FROM relations)
		OR r.relname LIKE '%\_comments' AND d.refobjid IN ('plain'::regclass, 'parted'::regclass,
			'"It''s a ""table"""'::regclass)))
   AND (d.refclassid, d.refobjid) NOT IN (SELECT classid, objid FROM members);
SELECT * FROM foreign_uses;
SELECT count(*) > 30 AS many_views FROM relations WHERE relkind = 'v';
SELECT relname AS reads_as_its_owner_what_is_personal FROM relations AS r
 WHERE relname LIKE '%\_comments' AND NOT EXISTS (SELECT FROM pg_class AS c WHERE c.oid = r.oid
	AND 'security_invoker=true' = ANY (c.reloptions));

-- Functions that maps made: their settings, and the names in their bodies. Texts in these are data, but for what
-- format() makes of one, which has the same names.
CREATE VIEW made AS SELECT p.* FROM pg_proc AS p WHERE p.pronamespace = 'texts'::regnamespace;
CREATE VIEW called AS
SELECT proname, name[1] AS name FROM made, regexp_matches(prosrc, '(?<![\w."])"?([[:alpha:]_]\w*)"?\(', 'g') AS name;
CREATE VIEW unsafe_calls AS
SELECT DISTINCT proname, name FROM called
 WHERE name NOT IN (SELECT p.proname FROM pg_proc AS p WHERE p.pronamespace = 'pg_catalog'::regnamespace)
   AND lower(name) NOT IN (SELECT word FROM pg_get_keywords() WHERE catcode <> 'U' UNION ALL
	VALUES ('filter'), ('over'));
CREATE VIEW unsafe_tables AS
SELECT DISTINCT proname, name[1] AS name
  FROM made, regexp_matches(regexp_replace(prosrc, '\m(IS (NOT )?DISTINCT|TRIM\([^)]*) FROM', '', 'g'),
	'\m(?:FROM|JOIN|INTO|UPDATE|ONLY|TABLE)\s+(?!ONLY\M|OFFSET\M)([[:alpha:]_]\w*)\M(?![.(])', 'g') AS name
 WHERE name[1] NOT IN ('new_rows', 'old_rows', 'before', 'after', 'fold');
SELECT proname, prosecdef, proconfig[1] AS first_setting, proacl IS NOT NULL AS not_public,
       has_function_privilege('pg_read_all_data', oid, 'EXECUTE') AS others_may_call,
       array_length(regexp_split_to_array(prosrc, '\mEXECUTE\M'), 1) - 1 AS executes,
       prosrc ~ '\mEXECUTE cxjourney_internal\.journey_map_write_renamed\(' AS what_it_executes
  FROM made ORDER BY proname COLLATE "C";
SELECT count(*) > 20 AS many_calls FROM called;
SELECT * FROM unsafe_calls;
SELECT * FROM unsafe_tables;

-- triggers call the map's own function, and their conditions nothing
SELECT t.tgrelid::regclass, t.tgname FROM pg_trigger AS t
 WHERE t.tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'texts'::regnamespace) AND NOT t.tgisinternal
   AND (t.tgfoid NOT IN (SELECT oid FROM made UNION ALL SELECT objid FROM members)
	OR pg_get_triggerdef(t.oid) ~ ' WHEN '
		AND pg_get_triggerdef(t.oid) !~ ' WHEN \(\([^()]*::regclass IS (NOT )?NULL\)\)');
SELECT count(*) > 10 AS many_triggers FROM pg_trigger AS t
 WHERE t.tgrelid IN (SELECT oid FROM pg_class WHERE relnamespace = 'texts'::regnamespace) AND NOT t.tgisinternal;
-- nor do defaults and constraints of its tables
SELECT pg_describe_object(d.classid, d.objid, 0) AS what, pg_describe_object(d.refclassid, d.refobjid, 0) AS uses
  FROM pg_depend AS d
 WHERE d.classid IN ('pg_attrdef'::regclass, 'pg_constraint'::regclass) AND d.refclassid = 'pg_proc'::regclass
   AND (d.refclassid, d.refobjid) NOT IN (SELECT classid, objid FROM members)
   AND (SELECT coalesce(a.adrelid, c.conrelid) FROM (VALUES (1)) AS one LEFT JOIN pg_attrdef AS a ON a.oid = d.objid
	AND d.classid = 'pg_attrdef'::regclass LEFT JOIN pg_constraint AS c ON c.oid = d.objid
	AND d.classid = 'pg_constraint'::regclass) IN (SELECT oid FROM relations);

-- What is wrong is found: a view with a function of somebody, a body with names of whatever schema.
CREATE FUNCTION texts.add(integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT $1';
CREATE VIEW all_planted AS SELECT texts.add(1) AS added, responses FROM "all", plain;
CREATE FUNCTION texts.planted() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER AS
	$$ BEGIN INSERT INTO all_pending SELECT add(nps) FROM new_rows; RETURN NULL; END $$;
SELECT * FROM foreign_uses ORDER BY uses COLLATE "C";
SELECT * FROM unsafe_calls;
SELECT * FROM unsafe_tables;
SELECT proname FROM made WHERE prosecdef AND proconfig[1] IS DISTINCT FROM 'search_path=pg_catalog, pg_temp';
DROP SCHEMA texts CASCADE;
