--
-- What an aggregate needs for its partial results to travel between servers, as Citus asks for it: a combine function,
-- an argument, a state of a type with text and binary forms, which no setting changes, and no initial value, which
-- would count once for each shard.
--
\getenv test PG_ABS_SRCDIR
\i :test/helpers.sql
CREATE TEMP VIEW aggregates AS
SELECT p.oid::regprocedure::text AS call, p.proname, a.*, t.typtype, t.typinput, t.typoutput, t.typsend, t.typreceive,
       p.pronargs, p.proparallel, p.proargtypes
  FROM pg_aggregate AS a JOIN pg_proc AS p ON p.oid = a.aggfnoid JOIN pg_type AS t ON t.oid = a.aggtranstype
 WHERE EXISTS (SELECT FROM pg_depend AS d WHERE d.classid = 'pg_proc'::regclass AND d.objid = p.oid
		AND d.deptype = 'e' AND d.refclassid = 'pg_extension'::regclass
		AND d.refobjid = (SELECT oid FROM pg_extension WHERE extname = 'cxjourney'))
   AND p.pronamespace <> 'cxjourney_internal'::regnamespace;

-- those whose state stays in memory are over raw events; they are sent between processes of one server
SELECT proname, count(*) AS forms, count(*) FILTER (WHERE aggtranstype = 'internal'::regtype) AS in_memory,
       count(DISTINCT aggtranstype) FILTER (WHERE aggtranstype <> 'internal'::regtype) AS types_of_state
  FROM aggregates GROUP BY proname ORDER BY proname COLLATE "C";
SELECT call FROM aggregates WHERE aggtranstype = 'internal'::regtype AND (aggserialfn = 0 OR aggdeserialfn = 0);
-- none lacks what it needs
SELECT call FROM aggregates WHERE aggcombinefn = 0;
SELECT call FROM aggregates WHERE pronargs = 0 OR aggkind <> 'n';
SELECT call FROM aggregates WHERE agginitval IS NOT NULL;
SELECT call FROM aggregates WHERE proparallel <> 's';
SELECT call FROM aggregates WHERE typtype = 'p' AND aggtranstype <> 'internal'::regtype;
SELECT call FROM aggregates
 WHERE EXISTS (SELECT FROM unnest(proargtypes) AS t WHERE (SELECT typtype FROM pg_type WHERE oid = t) = 'p');
SELECT call FROM aggregates WHERE typtype <> 'p' AND (typsend = 0 OR typreceive = 0);
-- no setting changes how a state is written
SELECT DISTINCT f.oid::regprocedure AS depends_on_settings
  FROM aggregates AS a JOIN pg_proc AS f ON f.oid IN (a.typinput, a.typoutput, a.typsend, a.typreceive)
 WHERE a.typtype = 'b' AND f.provolatile <> 'i';
-- the combine function takes the state twice and returns it
SELECT call FROM aggregates AS a JOIN pg_proc AS c ON c.oid = a.aggcombinefn
 WHERE c.prorettype <> aggtranstype OR c.pronargs <> 2
    OR c.proargtypes[0] <> aggtranstype OR c.proargtypes[1] <> aggtranstype
    OR c.provolatile <> 'i' OR c.proparallel <> 's';
-- one that lacks nearly all of it would be found
BEGIN;
CREATE AGGREGATE public.poor(*) (SFUNC = int8inc, STYPE = bigint, INITCOND = '0');
ALTER EXTENSION cxjourney ADD AGGREGATE public.poor(*);
SELECT call, aggcombinefn = 0 AS no_combine, pronargs = 0 AS no_argument, agginitval, proparallel
  FROM aggregates WHERE proname = 'poor';
ROLLBACK;
