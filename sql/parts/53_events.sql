--
-- Raw events in one pass: funnels and flows without journeys
--

CREATE FUNCTION cxjourney_internal.funnel_events_accum(internal, bigint, text, timestamptz, journey_path, interval)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'funnel_events_accum_bigint' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.funnel_events_accum(internal, bigint, text, timestamptz, journey_path,
	interval) IS
'State function of funnel_agg over raw events.';

CREATE FUNCTION cxjourney_internal.funnel_events_accum(internal, bigint, text, timestamptz, journey_path)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'funnel_events_accum_unlimited_bigint' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.funnel_events_accum(internal, bigint, text, timestamptz, journey_path) IS
'State function of funnel_agg over raw events without a longest time.';

CREATE FUNCTION cxjourney_internal.flow_events_accum(internal, bigint, text, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'flow_events_accum_bigint' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.flow_events_accum(internal, bigint, text, timestamptz) IS
'State function of flow_agg over raw events.';

CREATE FUNCTION cxjourney_internal.funnel_events_accum(internal, uuid, text, timestamptz, journey_path, interval)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'funnel_events_accum_uuid' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.funnel_events_accum(internal, uuid, text, timestamptz, journey_path, interval) IS
'State function of funnel_agg over raw events.';

CREATE FUNCTION cxjourney_internal.funnel_events_accum(internal, uuid, text, timestamptz, journey_path) RETURNS internal
	AS 'MODULE_PATHNAME', 'funnel_events_accum_unlimited_uuid' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.funnel_events_accum(internal, uuid, text, timestamptz, journey_path) IS
'State function of funnel_agg over raw events without a longest time.';

CREATE FUNCTION cxjourney_internal.flow_events_accum(internal, uuid, text, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'flow_events_accum_uuid' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.flow_events_accum(internal, uuid, text, timestamptz) IS
'State function of flow_agg over raw events.';

CREATE FUNCTION cxjourney_internal.funnel_events_accum(internal, text, text, timestamptz, journey_path, interval)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'funnel_events_accum_text' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.funnel_events_accum(internal, text, text, timestamptz, journey_path, interval) IS
'State function of funnel_agg over raw events.';

CREATE FUNCTION cxjourney_internal.funnel_events_accum(internal, text, text, timestamptz, journey_path) RETURNS internal
	AS 'MODULE_PATHNAME', 'funnel_events_accum_unlimited_text' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.funnel_events_accum(internal, text, text, timestamptz, journey_path) IS
'State function of funnel_agg over raw events without a longest time.';

CREATE FUNCTION cxjourney_internal.flow_events_accum(internal, text, text, timestamptz) RETURNS internal
	AS 'MODULE_PATHNAME', 'flow_events_accum_text' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.flow_events_accum(internal, text, text, timestamptz) IS
'State function of flow_agg over raw events.';

CREATE FUNCTION cxjourney_internal.events_combine(internal, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.events_combine(internal, internal) IS
'Combines the states of parallel workers that collect raw events.';

CREATE FUNCTION cxjourney_internal.events_serialize(internal) RETURNS bytea
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.events_serialize(internal) IS
'Hands raw events over to another process. Error 54000 past one gigabyte.';

CREATE FUNCTION cxjourney_internal.events_deserialize(bytea, internal) RETURNS internal
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.events_deserialize(bytea, internal) IS
'Takes raw events over from another process.';

CREATE FUNCTION cxjourney_internal.funnel_events_final(internal) RETURNS journey_funnel
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.funnel_events_final(internal) IS
'The funnel of raw events; NULL without any.';

CREATE FUNCTION cxjourney_internal.flow_events_final(internal) RETURNS journey_flow
	AS 'MODULE_PATHNAME' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.flow_events_final(internal) IS
'The flow of raw events; NULL without any.';

CREATE AGGREGATE funnel_agg(customer bigint, stage text, at timestamptz, path journey_path, within interval) (
	SFUNC = cxjourney_internal.funnel_events_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.funnel_events_final, FINALFUNC_MODIFY = READ_WRITE,
	COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(bigint, text, timestamptz, journey_path, interval) IS
'The funnel of raw events in one pass, rows in any order: what funnel_agg(journey, path, within) gives for the '
'journeys of all customers, without building them. A customer is a number. Rows with a NULL customer, stage or time '
'are left out (GROUP BY customer would make one customer of those with a NULL customer); NULL without any other '
'row. In a plan without parallel workers each group keeps to work_mem and uses temporary files beyond it; a '
'parallel worker hands over at most one gigabyte of events (error 54000). Not for windows (OVER). A stage that is '
'not 1 to 255 bytes of text without control characters is one that no path asks for. Errors as of the other form, '
'and 22008 for an infinite time.';

CREATE AGGREGATE funnel_agg(customer bigint, stage text, at timestamptz, path journey_path) (
	SFUNC = cxjourney_internal.funnel_events_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.funnel_events_final, FINALFUNC_MODIFY = READ_WRITE,
	COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(bigint, text, timestamptz, journey_path) IS
'The funnel of raw events without a longest time from the first step to the last: funnel_agg(customer, stage, at, '
'path, NULL).';

CREATE AGGREGATE flow_agg(customer bigint, stage text, at timestamptz) (
	SFUNC = cxjourney_internal.flow_events_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.flow_events_final, FINALFUNC_MODIFY = READ_WRITE,
	COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_agg(bigint, text, timestamptz) IS
'The flow of raw events in one pass, rows in any order: what flow_agg(journey) gives for the journeys of all '
'customers, without building them. A customer is a number; events at the same time are in the order of the bytes of '
'their stages. Rows with a NULL customer, stage or time are left out (GROUP BY customer would make one customer of '
'those with a NULL customer); NULL without any other row. In a plan without parallel workers each group keeps to '
'work_mem and uses temporary files beyond it; a parallel worker hands over at most one gigabyte of events (error '
'54000). Not for windows (OVER). Errors as of the other form, and 22008 for an infinite time, 22023 for a stage '
'that is not 1 to 255 bytes of text without control characters, which FILTER can leave out.';

CREATE AGGREGATE funnel_agg(customer uuid, stage text, at timestamptz, path journey_path, within interval) (
	SFUNC = cxjourney_internal.funnel_events_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.funnel_events_final, FINALFUNC_MODIFY = READ_WRITE,
	COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(uuid, text, timestamptz, journey_path, interval) IS
'The funnel of raw events in one pass, rows in any order: what funnel_agg(journey, path, within) gives for the '
'journeys of all customers, without building them. A customer is a uuid. Rows with a NULL customer, stage or time '
'are left out (GROUP BY customer would make one customer of those with a NULL customer); NULL without any other '
'row. In a plan without parallel workers each group keeps to work_mem and uses temporary files beyond it; a '
'parallel worker hands over at most one gigabyte of events (error 54000). Not for windows (OVER). A stage that is '
'not 1 to 255 bytes of text without control characters is one that no path asks for. Errors as of the other form, '
'and 22008 for an infinite time.';

CREATE AGGREGATE funnel_agg(customer uuid, stage text, at timestamptz, path journey_path) (
	SFUNC = cxjourney_internal.funnel_events_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.funnel_events_final, FINALFUNC_MODIFY = READ_WRITE,
	COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(uuid, text, timestamptz, journey_path) IS
'The funnel of raw events without a longest time from the first step to the last: funnel_agg(customer, stage, at, '
'path, NULL).';

CREATE AGGREGATE flow_agg(customer uuid, stage text, at timestamptz) (
	SFUNC = cxjourney_internal.flow_events_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.flow_events_final, FINALFUNC_MODIFY = READ_WRITE,
	COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_agg(uuid, text, timestamptz) IS
'The flow of raw events in one pass, rows in any order: what flow_agg(journey) gives for the journeys of all '
'customers, without building them. A customer is a uuid; events at the same time are in the order of the bytes of '
'their stages. Rows with a NULL customer, stage or time are left out (GROUP BY customer would make one customer of '
'those with a NULL customer); NULL without any other row. In a plan without parallel workers each group keeps to '
'work_mem and uses temporary files beyond it; a parallel worker hands over at most one gigabyte of events (error '
'54000). Not for windows (OVER). Errors as of the other form, and 22008 for an infinite time, 22023 for a stage '
'that is not 1 to 255 bytes of text without control characters, which FILTER can leave out.';

CREATE AGGREGATE funnel_agg(customer text, stage text, at timestamptz, path journey_path, within interval) (
	SFUNC = cxjourney_internal.funnel_events_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.funnel_events_final, FINALFUNC_MODIFY = READ_WRITE,
	COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(text, text, timestamptz, journey_path, interval) IS
'The funnel of raw events in one pass, rows in any order: what funnel_agg(journey, path, within) gives for the '
'journeys of all customers, without building them. A customer is a text, byte by byte. Rows with a NULL customer, '
'stage or time are left out (GROUP BY customer would make one customer of those with a NULL customer); NULL without '
'any other row. In a plan without parallel workers each group keeps to work_mem and uses temporary files beyond it; '
'a parallel worker hands over at most one gigabyte of events (error 54000). Not for windows (OVER). A stage that is '
'not 1 to 255 bytes of text without control characters is one that no path asks for. Errors as of the other form, '
'and 22008 for an infinite time.';

CREATE AGGREGATE funnel_agg(customer text, stage text, at timestamptz, path journey_path) (
	SFUNC = cxjourney_internal.funnel_events_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.funnel_events_final, FINALFUNC_MODIFY = READ_WRITE,
	COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(text, text, timestamptz, journey_path) IS
'The funnel of raw events without a longest time from the first step to the last: funnel_agg(customer, stage, at, '
'path, NULL).';

CREATE AGGREGATE flow_agg(customer text, stage text, at timestamptz) (
	SFUNC = cxjourney_internal.flow_events_accum, STYPE = internal, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.flow_events_final, FINALFUNC_MODIFY = READ_WRITE,
	COMBINEFUNC = cxjourney_internal.events_combine,
	SERIALFUNC = cxjourney_internal.events_serialize, DESERIALFUNC = cxjourney_internal.events_deserialize,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_agg(text, text, timestamptz) IS
'The flow of raw events in one pass, rows in any order: what flow_agg(journey) gives for the journeys of all '
'customers, without building them. A customer is a text, byte by byte; events at the same time are in the order of '
'the bytes of their stages. Rows with a NULL customer, stage or time are left out (GROUP BY customer would make one '
'customer of those with a NULL customer); NULL without any other row. In a plan without parallel workers each group '
'keeps to work_mem and uses temporary files beyond it; a parallel worker hands over at most one gigabyte of events '
'(error 54000). Not for windows (OVER). Errors as of the other form, and 22008 for an infinite time, 22023 for a '
'stage that is not 1 to 255 bytes of text without control characters, which FILTER can leave out.';


