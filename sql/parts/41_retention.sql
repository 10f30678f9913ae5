--
-- retention_agg: how many customers came back
--

CREATE FUNCTION cxjourney_internal.retention_accum(bigint[], journey, text, text, interval, integer) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'retention_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.retention_accum(bigint[], journey, text, text, interval, integer) IS
'State function of retention_agg; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.retention_combine(bigint[], bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'retention_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.retention_combine(bigint[], bigint[]) IS
'Combine function of retention_agg; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.retention_final(bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'retention_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.retention_final(bigint[]) IS
'Final function of retention_agg: the counts without what the state remembers.';

CREATE AGGREGATE retention_agg(j journey, start text, "returning" text, period interval, periods integer) (
	SFUNC = cxjourney_internal.retention_accum, STYPE = bigint[], SSPACE = 512,
	FINALFUNC = cxjourney_internal.retention_final, COMBINEFUNC = cxjourney_internal.retention_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE retention_agg(journey, text, text, interval, integer) IS
'Numbers of customers, periods + 1 of them: first those with a visit to start, then for k = 1 .. periods those of '
'them with a visit to returning in [s + (k - 1) * period, s + k * period), where s is the customer''s first visit '
'to start; a visit simultaneous with that one is no return, and start and returning may be the same stage. A '
'journey is one customer; a period that is not over yet counts what there is. The period is above 0 and of fixed '
'length, a day has 24 hours; periods is 1 to 10000. NULL journeys are left out; no journeys give NULL, journeys '
'without start give zeros. Error 22023 for a stage with | > or & that does not stand in double quotes, for months '
'and years, for what is out of range, and for other arguments within a group, 22004 for a NULL argument.';



