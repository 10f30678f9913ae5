--
-- The type journey: one customer's visits to stages in time order
--

CREATE TYPE journey;

CREATE FUNCTION cxjourney_internal.journey_in(cstring) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_in(cstring) IS
'Reads the text form of a journey: {awareness@2026-01-05T10:00:00Z, purchase@2026-01-07T09:30:00.5Z#12=19.99}; '
'visits in any order, times in UTC unless they say an offset, a seq after #, a value after =. Error 22P02, with the '
'place, 54000 for a label of more than 255 bytes.';

CREATE FUNCTION cxjourney_internal.journey_out(journey) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_out(journey) IS
'Writes the text form of a journey: exact, in UTC, and independent of every setting.';

CREATE FUNCTION cxjourney_internal.journey_recv(internal) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_recv(internal) IS
'Reads the binary form of a journey; every byte is checked. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_send(journey) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_send(journey) IS
'Writes the binary form of a journey.';

CREATE TYPE journey (
	INPUT = cxjourney_internal.journey_in,
	OUTPUT = cxjourney_internal.journey_out,
	RECEIVE = cxjourney_internal.journey_recv,
	SEND = cxjourney_internal.journey_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey IS
'One customer''s visits to stages, sorted by time, seq, label and value; about 3 to 6 bytes a visit, and 2 or 3 more '
'with values such as 19.99. Built by journey_agg(stage, at [, seq [, value]]), merged by journey_agg(journey) and ||.';


--
-- Reading a journey
--

CREATE FUNCTION visits(j journey) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_visits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION visits(journey) IS
'Number of visits.';

CREATE FUNCTION visits(j journey, stage text) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_visits_to' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION visits(journey, text) IS
'Number of visits to a stage, 0 if there was none.';

CREATE FUNCTION first_stage(j journey) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_first_stage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_stage(journey) IS
'Stage of the first visit; of simultaneous ones the first by the bytes of the labels. NULL for a journey without '
'visits.';

CREATE FUNCTION last_stage(j journey) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_last_stage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_stage(journey) IS
'Stage of the last visit; of simultaneous ones the last by the bytes of the labels. NULL for a journey without visits.';

CREATE FUNCTION started_at(j journey) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'journey_started_at' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION started_at(journey) IS
'Time of the first visit. NULL for a journey without visits.';

CREATE FUNCTION ended_at(j journey) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'journey_ended_at' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION ended_at(journey) IS
'Time of the last visit. NULL for a journey without visits.';

CREATE FUNCTION duration(j journey) RETURNS interval
	AS 'MODULE_PATHNAME', 'journey_duration' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration(journey) IS
'From the first visit to the last, in days of 24 hours and a rest. NULL for a journey without visits.';

CREATE FUNCTION first_visit(j journey, stage text) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'journey_first_visit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION first_visit(journey, text) IS
'Time of the first visit to a stage. NULL if there was none.';

CREATE FUNCTION last_visit(j journey, stage text) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'journey_last_visit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION last_visit(journey, text) IS
'Time of the last visit to a stage. NULL if there was none.';

CREATE FUNCTION time_in(j journey, stage text) RETURNS interval
	AS 'MODULE_PATHNAME', 'journey_time_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION time_in(journey, text) IS
'Time spent in a stage: from each visit there to the next visit of the journey that is not simultaneous with it '
'(equal time and seq), put together; the last visit adds nothing, an exact repeat adds nothing. NULL if there was '
'no visit to it.';

CREATE FUNCTION steps(j journey, OUT step integer, OUT stage text, OUT at timestamptz, OUT until timestamptz,
	OUT stay interval, OUT value numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_steps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION steps(journey) IS
'One row for each visit, in order (time, seq, bytes of the label, value, NULL first): number from 1, stage, time, time '
'of the next visit that is not simultaneous with it (equal time and seq) and the stay until then, both NULL for the '
'last visit and those simultaneous with it; the value, NULL if it has none. A visit that is repeated at the same time, '
'seq and stage ends with its repeat.';

CREATE FUNCTION value_in(j journey) RETURNS numeric
	AS 'MODULE_PATHNAME', 'journey_value_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION value_in(journey) IS
'The values of all visits put together, exactly. NULL if no visit has one.';

CREATE FUNCTION value_in(j journey, stage text) RETURNS numeric
	AS 'MODULE_PATHNAME', 'journey_value_in_stage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION value_in(journey, text) IS
'The values of the visits to a stage put together, exactly. NULL if none of them has one.';

CREATE FUNCTION stage_path(j journey, most integer DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_stage_path' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION stage_path(journey, integer) IS
'The stages in order as text for GROUP BY, such as search > basket > payment; of longer journeys the first most '
'stages and "> ...". Error 22023 for most below 1; NULL is all.';


--
-- Journeys made of journeys
--

CREATE FUNCTION cxjourney_internal.journey_concat(journey, journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_concat' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_concat(journey, journey) IS
'Implementation of the || operator.';

CREATE FUNCTION cxjourney_internal.journey_subtract(journey, journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_subtract' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_subtract(journey, journey) IS
'Implementation of the - operator.';

CREATE FUNCTION dedupe(j journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_dedupe' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION dedupe(journey) IS
'The journey without exact repeats: of visits with the same time, seq, stage and value one is kept. For a load that '
'ran twice.';

CREATE FUNCTION collapse(j journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_collapse' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION collapse(journey) IS
'The journey without repeats of a stage: of consecutive visits to one stage the first is kept, with the values of all '
'of them put together. Error 22003 where that is 10^13 or more on either side of 0.';

CREATE FUNCTION contexts(j journey, k integer) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_contexts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION contexts(journey, integer) IS
'The journey with each visit labelled by the stage and up to k - 1 before it, in their order, joined by the character '
'U+001F, which flow_edges shows as " > ". flow_agg of such journeys counts where customers go from their last k '
'stages. Simultaneous visits keep the order that they have in steps(j), by a larger seq. Error 22023 for k below 1, '
'and where the stages together are longer than a label, 255 bytes.';

CREATE FUNCTION slice(j journey, during tstzrange) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_slice' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION slice(journey, tstzrange) IS
'The visits within a range of time; a journey without visits if there are none.';

CREATE FUNCTION sessions(j journey, gap interval) RETURNS SETOF journey
	AS 'MODULE_PATHNAME', 'journey_sessions' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION sessions(journey, interval) IS
'The journey cut wherever the pause between two visits is longer than the gap; one journey for each part, in order. '
'A day has 24 hours; error 22023 for months, years and negative gaps.';

CREATE FUNCTION around(j journey, stage text, before integer, after integer) RETURNS SETOF journey
	AS 'MODULE_PATHNAME', 'journey_around' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 3;
COMMENT ON FUNCTION around(journey, text, integer, integer) IS
'One journey for each visit to the stage, in order: it and up to so many visits before and after it in the order of '
'steps, labelled by their position and their stage, such as -1 search, 0 basket, 1 payment. flow_agg of them counts '
'what happens right before and after, each position apart. Simultaneous visits keep their order, by a larger seq. No '
'rows where the stage was not visited. Error 22023 for numbers below 0, and for a stage that is longer than 255 bytes '
'with its position.';


--
-- Operators of journey
--

CREATE FUNCTION cxjourney_internal.journey_eq(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_eq(journey, journey) IS
'Implementation of the = operator.';

CREATE FUNCTION cxjourney_internal.journey_ne(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_ne(journey, journey) IS
'Implementation of the <> operator.';

CREATE FUNCTION cxjourney_internal.journey_lt(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_lt(journey, journey) IS
'Implementation of the < operator.';

CREATE FUNCTION cxjourney_internal.journey_le(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_le(journey, journey) IS
'Implementation of the <= operator.';

CREATE FUNCTION cxjourney_internal.journey_gt(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_gt(journey, journey) IS
'Implementation of the > operator.';

CREATE FUNCTION cxjourney_internal.journey_ge(journey, journey) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_ge(journey, journey) IS
'Implementation of the >= operator.';

CREATE FUNCTION cxjourney_internal.journey_cmp(journey, journey) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_cmp(journey, journey) IS
'Comparison function of the btree operator class: -1, 0 or 1, visit by visit.';

CREATE FUNCTION cxjourney_internal.journey_hash(journey) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_hash(journey) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_hash_extended(journey, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_hash_extended(journey, bigint) IS
'Seeded hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_contains(journey, text[]) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_contains' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contains(journey, text[]) IS
'Implementation of the @> operator.';

CREATE FUNCTION cxjourney_internal.journey_overlaps(journey, text[]) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_overlaps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_overlaps(journey, text[]) IS
'Implementation of the && operator.';

CREATE OPERATOR || (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = cxjourney_internal.journey_concat
);
COMMENT ON OPERATOR || (journey, journey) IS
'Visits of both journeys in time order, duplicates kept; dedupe() drops exact repeats. Error 54000 past the limits '
'of a journey.';

CREATE OPERATOR - (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = cxjourney_internal.journey_subtract
);
COMMENT ON OPERATOR - (journey, journey) IS
'Visits of the left journey without those of the right one, each taken away as often as it is there: what || has '
'added. Error 22023 for a visit that is not there with the same time, seq, stage and value.';

CREATE OPERATOR = (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = cxjourney_internal.journey_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey, journey) IS
'Same visits: times, seqs, stages and values.';

CREATE OPERATOR <> (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = cxjourney_internal.journey_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey, journey) IS
'Other visits.';

CREATE OPERATOR < (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = cxjourney_internal.journey_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey, journey) IS
'Order of the visits one by one by time, seq, bytes of the label and value, for sorting and grouping.';

CREATE OPERATOR <= (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = cxjourney_internal.journey_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey, journey) IS
'Order of the visits one by one by time, seq, bytes of the label and value, for sorting and grouping.';

CREATE OPERATOR > (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = cxjourney_internal.journey_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey, journey) IS
'Order of the visits one by one by time, seq, bytes of the label and value, for sorting and grouping.';

CREATE OPERATOR >= (
	LEFTARG = journey, RIGHTARG = journey,
	FUNCTION = cxjourney_internal.journey_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey, journey) IS
'Order of the visits one by one by time, seq, bytes of the label and value, for sorting and grouping.';

CREATE OPERATOR @> (
	LEFTARG = journey, RIGHTARG = text[],
	FUNCTION = cxjourney_internal.journey_contains,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR @> (journey, text[]) IS
'Went to all of these stages. False if one of them is NULL.';

CREATE OPERATOR && (
	LEFTARG = journey, RIGHTARG = text[],
	FUNCTION = cxjourney_internal.journey_overlaps,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR && (journey, text[]) IS
'Went to any of these stages. NULLs are left out.';

CREATE OPERATOR CLASS journey_ops
	DEFAULT FOR TYPE journey USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.journey_cmp(journey, journey);
COMMENT ON OPERATOR CLASS journey_ops USING btree IS
'Sorting, grouping and unique indexes of journey.';
COMMENT ON OPERATOR FAMILY journey_ops USING btree IS
'Sorting, grouping and unique indexes of journey.';

CREATE OPERATOR CLASS journey_ops
	DEFAULT FOR TYPE journey USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.journey_hash(journey),
		FUNCTION 2 cxjourney_internal.journey_hash_extended(journey, bigint);
COMMENT ON OPERATOR CLASS journey_ops USING hash IS
'Hash joins, grouping and indexes of journey.';
COMMENT ON OPERATOR FAMILY journey_ops USING hash IS
'Hash joins, grouping and indexes of journey.';

CREATE FUNCTION cxjourney_internal.journey_matches(journey, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_matches' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_matches(journey, journey_path) IS
'Implementation of the ~ operator.';

CREATE OPERATOR ~ (
	LEFTARG = journey, RIGHTARG = journey_path,
	FUNCTION = cxjourney_internal.journey_matches,
	RESTRICT = matchingsel, JOIN = matchingjoinsel
);
COMMENT ON OPERATOR ~ (journey, journey_path) IS
'Takes the path: see journey_path.';

CREATE FUNCTION furthest(j journey, path journey_path) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_furthest_stage' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION furthest(journey, journey_path) IS
'The stage latest in the order of the path that was visited, whatever the order of visits. NULL if none of its '
'stages was visited.';

CREATE FUNCTION journey_deviation(j journey, plan journey_path, OUT missed integer, OUT extra integer,
	OUT fitness double precision)
	RETURNS record
	AS 'MODULE_PATHNAME', 'journey_deviation' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_deviation(journey, journey_path) IS
'How far a journey is from a plan, by the longest sequence of stages that both have in order: how many stages of the '
'plan were missed, how many visits are extra, each 0 or more, and the fitness, 0 to 1: 1 less both together over the '
'number of stages of the plan and of visits. Simultaneous visits count in the order that suits the plan best. Error '
'22023 for a plan that is more than single stages with > between them.';

CREATE FUNCTION cxjourney_internal.journey_gin_extract_value(journey, internal) RETURNS internal
	AS 'MODULE_PATHNAME', 'journey_gin_extract_value' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_gin_extract_value(journey, internal) IS
'Keys of the GIN operator class: the labels of the stages that were visited.';

CREATE FUNCTION cxjourney_internal.journey_gin_extract_query(journey, internal, smallint, internal, internal, internal,
	internal)
	RETURNS internal
	AS 'MODULE_PATHNAME', 'journey_gin_extract_query' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_gin_extract_query(journey, internal, smallint, internal, internal,
	internal, internal) IS
'Keys of a query of the GIN operator class.';

CREATE FUNCTION cxjourney_internal.journey_gin_consistent(internal, smallint, journey, integer, internal, internal,
	internal, internal)
	RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_gin_consistent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_gin_consistent(internal, smallint, journey, integer, internal, internal,
	internal, internal) IS
'Whether the keys found by the GIN operator class answer a query.';

CREATE FUNCTION cxjourney_internal.journey_gin_triconsistent(internal, smallint, journey, integer, internal, internal,
	internal)
	RETURNS "char"
	AS 'MODULE_PATHNAME', 'journey_gin_triconsistent' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_gin_triconsistent(internal, smallint, journey, integer, internal,
	internal, internal) IS
'Whether the keys found so far by the GIN operator class can answer a query.';

CREATE OPERATOR CLASS journey_gin_ops
	DEFAULT FOR TYPE journey USING gin AS
		OPERATOR 1 @> (journey, text[]),
		OPERATOR 2 && (journey, text[]),
		OPERATOR 3 ~ (journey, journey_path),
		FUNCTION 1 byteacmp(bytea, bytea),
		FUNCTION 2 cxjourney_internal.journey_gin_extract_value(journey, internal),
		FUNCTION 3 cxjourney_internal.journey_gin_extract_query(journey, internal, smallint, internal, internal,
			internal, internal),
		FUNCTION 4 cxjourney_internal.journey_gin_consistent(internal, smallint, journey, integer, internal, internal,
			internal, internal),
		FUNCTION 6 cxjourney_internal.journey_gin_triconsistent(internal, smallint, journey, integer, internal,
			internal, internal),
		STORAGE bytea;
COMMENT ON OPERATOR CLASS journey_gin_ops USING gin IS
'Indexes which stages a journey went to: for @>, && and ~, which is checked on the journey afterwards.';
COMMENT ON OPERATOR FAMILY journey_gin_ops USING gin IS
'Indexes which stages a journey went to: for @>, && and ~, which is checked on the journey afterwards.';

CREATE FUNCTION journey_to_json(journey) RETURNS json
	AS 'MODULE_PATHNAME', 'journey_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_to_json(journey) IS
'{"visits": [{"stage": "purchase", "at": "2026-01-07T09:30:00.5Z", "seq": 12, "value": 19.99}]}, times in UTC; seq '
'only where it is not 0, value only where there is one. It is what to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION journey_to_jsonb(journey) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'journey_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_to_jsonb(journey) IS
'{"visits": [{"stage": "purchase", "at": "2026-01-07T09:30:00.5Z", "seq": 12, "value": 19.99}]}, times in UTC; seq '
'only where it is not 0, value only where there is one.';

CREATE CAST (journey AS json) WITH FUNCTION journey_to_json(journey);
COMMENT ON CAST (journey AS json) IS
'All that the value says; see journey_to_json(journey).';

CREATE CAST (journey AS jsonb) WITH FUNCTION journey_to_jsonb(journey);
COMMENT ON CAST (journey AS jsonb) IS
'All that the value says; see journey_to_json(journey).';

CREATE CAST (json AS journey) WITH INOUT;
COMMENT ON CAST (json AS journey) IS
'Reads what the cast to json gives; the input function of journey reads it as well. Error 22P02 for other keys or '
'types, and the errors of the text form.';

CREATE CAST (jsonb AS journey) WITH INOUT;
COMMENT ON CAST (jsonb AS journey) IS
'Reads what the cast to jsonb gives; the input function of journey reads it as well. Error 22P02 for other keys or '
'types, and the errors of the text form.';


