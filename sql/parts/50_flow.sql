--
-- The type journey_flow: how often customers went from each stage to each other
--

CREATE TYPE journey_flow;

CREATE FUNCTION cxjourney_internal.journey_flow_in(cstring) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_in(cstring) IS
'Reads the text form of a journey_flow, such as {(start) > a = 1, a > b = 1 in 1000000us [954+1], b > (end) = 1}: '
'for each edge its transitions, between stages also the sum of the times and how many fell into which bucket, as in '
'the text form of duration_summary. Edges in any order; those that come twice are added up. Error 22P02, also '
'for what no journeys can have made, 22003 past 9223372036854775807 transitions, 54000 for a label of '
'more than 255 bytes.';

CREATE FUNCTION cxjourney_internal.journey_flow_out(journey_flow) RETURNS cstring
	AS 'MODULE_PATHNAME', 'flow_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_out(journey_flow) IS
'Writes the text form of a journey_flow, exact and free of every setting. Labels are quoted where they need it; '
'(start) and (end) without quotes are where journeys begin and end.';

CREATE FUNCTION cxjourney_internal.journey_flow_recv(internal) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_recv(internal) IS
'Reads the binary form of a journey_flow. Error 22P03, 22003 past 9223372036854775807 transitions.';

CREATE FUNCTION cxjourney_internal.journey_flow_send(journey_flow) RETURNS bytea
	AS 'MODULE_PATHNAME', 'flow_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_send(journey_flow) IS
'Writes the binary form of a journey_flow.';

CREATE TYPE journey_flow (
	INPUT = cxjourney_internal.journey_flow_in,
	OUTPUT = cxjourney_internal.journey_flow_out,
	RECEIVE = cxjourney_internal.journey_flow_recv,
	SEND = cxjourney_internal.journey_flow_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_flow IS
'How often customers went from each stage to each other, with exact sums and percentiles of the times. Built by '
'flow_agg(journey), merged by flow_agg(journey_flow) and +, read by flow_edges, flow_next, flow_reach and '
'flow_mermaid. What enters each stage is what leaves it.';

CREATE FUNCTION cxjourney_internal.journey_flow_eq(journey_flow, journey_flow) RETURNS boolean
	AS 'MODULE_PATHNAME', 'flow_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_eq(journey_flow, journey_flow) IS
'The operator =.';

CREATE FUNCTION cxjourney_internal.journey_flow_ne(journey_flow, journey_flow) RETURNS boolean
	AS 'MODULE_PATHNAME', 'flow_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_ne(journey_flow, journey_flow) IS
'The operator <>.';

CREATE FUNCTION cxjourney_internal.journey_flow_lt(journey_flow, journey_flow) RETURNS boolean
	AS 'MODULE_PATHNAME', 'flow_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_lt(journey_flow, journey_flow) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.journey_flow_le(journey_flow, journey_flow) RETURNS boolean
	AS 'MODULE_PATHNAME', 'flow_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_le(journey_flow, journey_flow) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.journey_flow_gt(journey_flow, journey_flow) RETURNS boolean
	AS 'MODULE_PATHNAME', 'flow_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_gt(journey_flow, journey_flow) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.journey_flow_ge(journey_flow, journey_flow) RETURNS boolean
	AS 'MODULE_PATHNAME', 'flow_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_ge(journey_flow, journey_flow) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.journey_flow_cmp(journey_flow, journey_flow) RETURNS integer
	AS 'MODULE_PATHNAME', 'flow_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_cmp(journey_flow, journey_flow) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.journey_flow_hash(journey_flow) RETURNS integer
	AS 'MODULE_PATHNAME', 'flow_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_hash(journey_flow) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_flow_hash_extended(journey_flow, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'flow_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_hash_extended(journey_flow, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_flow_plus(journey_flow, journey_flow) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_plus(journey_flow, journey_flow) IS
'The operator +. Error 22003 past 9223372036854775807 transitions, 54000 past one gigabyte.';

CREATE OPERATOR = (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = cxjourney_internal.journey_flow_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_flow, journey_flow) IS
'Same transitions, and same sums and buckets of their times.';

CREATE OPERATOR <> (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = cxjourney_internal.journey_flow_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_flow, journey_flow) IS
'Other transitions or times.';

CREATE OPERATOR + (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = cxjourney_internal.journey_flow_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_flow, journey_flow) IS
'The flow of both: all transitions and times added up.';

CREATE OPERATOR < (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = cxjourney_internal.journey_flow_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_flow, journey_flow) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = cxjourney_internal.journey_flow_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_flow, journey_flow) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = cxjourney_internal.journey_flow_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_flow, journey_flow) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = journey_flow, RIGHTARG = journey_flow,
	FUNCTION = cxjourney_internal.journey_flow_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_flow, journey_flow) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS journey_flow_ops
	DEFAULT FOR TYPE journey_flow USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.journey_flow_cmp(journey_flow, journey_flow);
COMMENT ON OPERATOR CLASS journey_flow_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_flow, by content.';
COMMENT ON OPERATOR FAMILY journey_flow_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_flow, by content.';

CREATE OPERATOR CLASS journey_flow_ops
	DEFAULT FOR TYPE journey_flow USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.journey_flow_hash(journey_flow),
		FUNCTION 2 cxjourney_internal.journey_flow_hash_extended(journey_flow, bigint);
COMMENT ON OPERATOR CLASS journey_flow_ops USING hash IS
'Hash joins, grouping and indexes of journey_flow.';
COMMENT ON OPERATOR FAMILY journey_flow_ops USING hash IS
'Hash joins, grouping and indexes of journey_flow.';

CREATE FUNCTION cxjourney_internal.journey_flow_accum(journey_flow, journey) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_accum(journey_flow, journey) IS
'State function of flow_agg(journey). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_flow_combine(journey_flow, journey_flow) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_combine(journey_flow, journey_flow) IS
'State and combine function of flow_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_flow_final(journey_flow) RETURNS journey_flow
	AS 'MODULE_PATHNAME', 'flow_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_flow_final(journey_flow) IS
'Final function of flow_agg: packs the state; NULL without any visit.';

CREATE AGGREGATE flow_agg(journey journey) (
	SFUNC = cxjourney_internal.journey_flow_accum, STYPE = journey_flow, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.journey_flow_final, COMBINEFUNC = cxjourney_internal.journey_flow_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_agg(journey) IS
'The flow of journeys: how often one visit followed another directly, with the time between the two, and where '
'journeys start and end. Simultaneous visits follow each other as in steps(j), by the bytes of their labels: give '
'journey_agg a seq where their order is known. Repeated visits to a stage are transitions to itself; '
'flow_agg(collapse(j)) counts without them. NULL journeys are left out and journeys without visits add nothing; '
'NULL without any visit. Error 22003 past 9223372036854775807 transitions, 54000 past one gigabyte.';

CREATE AGGREGATE flow_agg(flow journey_flow) (
	SFUNC = cxjourney_internal.journey_flow_combine, STYPE = journey_flow, SSPACE = 8192,
	FINALFUNC = cxjourney_internal.journey_flow_final, COMBINEFUNC = cxjourney_internal.journey_flow_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE flow_agg(journey_flow) IS
'Flows added up, the same in any order. NULLs are left out; NULL without any transition. Error 22003 past '
'9223372036854775807 transitions, 54000 past one gigabyte.';

CREATE FUNCTION flow_edges(flow journey_flow, OUT from_stage text, OUT to_stage text, OUT transitions bigint,
	OUT share numeric, OUT mean_time interval, OUT median_time interval)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'flow_edges' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 50;
COMMENT ON FUNCTION flow_edges(journey_flow) IS
'One row for each edge, by from_stage and to_stage in the order of their bytes, (start) first and (end) last: '
'transitions, their share of all that leave from_stage (percent, 0 to 100), the mean of the times between the two '
'visits, to the microsecond, and their median, as duration_percentile(0.5) has it, within 0.8 percent. Times are '
'NULL at (start) and (end); intervals have days of 24 hours. A stage labelled (start) or (end) is shown in double '
'quotes.';

CREATE FUNCTION flow_next(flow journey_flow, stage text, OUT stage text, OUT share numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'flow_next' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION flow_next(journey_flow, text) IS
'Where customers go next from a stage, (end) included: the share of all that leave it (percent, 0 to 100, as in '
'flow_edges), largest first, then in the order of the bytes. The stage (start) gives where journeys begin. No rows '
'for (end), and for a stage that nobody visited, with a NOTICE, once a query, that names the label most like it.';

CREATE FUNCTION flow_next(flow journey_flow, j journey, OUT stage text, OUT share numeric, OUT transitions bigint,
	OUT visits integer)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'flow_next_of_journey' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 10;
COMMENT ON FUNCTION flow_next(journey_flow, journey) IS
'Where this customer goes next, (end) included, by where others went who had come the same way: the share of all who '
'left (percent, 0 to 100), largest first, and how many times that was. A flow of journeys as they are knows the last '
'stage only; one of contexts(j, k) knows the last k, and where nobody went on from those, the last k - 1, and so on: '
'all contexts that end so are summed up. visits is how many of the last visits were found, 0 for a journey without '
'visits, which begins. No rows where nobody went on from the last stage.';

CREATE FUNCTION flow_reach(flow journey_flow, goal text, OUT stage text, OUT probability double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'flow_reach' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20 COST 100;
COMMENT ON FUNCTION flow_reach(journey_flow, text) IS
'The chance, 0 to 1, to ever reach the goal from (start) and from each stage, in the order of their bytes: the flow '
'as a first-order Markov chain, solved exactly. 1 for the goal itself, 0 where no way leads to it, and everywhere '
'for a goal that nobody visited, with a NOTICE, once a query, that names the label most like it. Simultaneous '
'visits count in the order of the journey, by the bytes of their labels: give journey_agg a seq where their order '
'is known. Error 54000 when more than 4000 stages lead to the goal.';

CREATE FUNCTION flow_mermaid(flow journey_flow, most integer DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'flow_mermaid' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION flow_mermaid(journey_flow, integer) IS
'The flow as a Mermaid flowchart, transitions on the edges. With most, only that many edges, those with most '
'transitions, are drawn; the others go through a node "other", so that what enters each node still is what leaves '
'it. NULL for NULL; error 22023 for most below 1.';


--
-- JSON
--

CREATE FUNCTION journey_flow_to_json(journey_flow) RETURNS json
	AS 'MODULE_PATHNAME', 'flow_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_to_json(journey_flow) IS
'{"edges": [{"from": "a", "to": "b", "transitions": 1, "microseconds": 1000000, "sketch": "954+1"}]}: null for the '
'start and the end, where no time passes; the sum of the times and their sketch, as in the text form. It is what '
'to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION journey_flow_to_jsonb(journey_flow) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'flow_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_flow_to_jsonb(journey_flow) IS
'{"edges": [{"from": "a", "to": "b", "transitions": 1, "microseconds": 1000000, "sketch": "954+1"}]}: null for the '
'start and the end, where no time passes; the sum of the times and their sketch, as in the text form.';

CREATE CAST (journey_flow AS json) WITH FUNCTION journey_flow_to_json(journey_flow);
COMMENT ON CAST (journey_flow AS json) IS
'All that the value says; see journey_flow_to_json(journey_flow).';

CREATE CAST (journey_flow AS jsonb) WITH FUNCTION journey_flow_to_jsonb(journey_flow);
COMMENT ON CAST (journey_flow AS jsonb) IS
'All that the value says; see journey_flow_to_json(journey_flow).';

CREATE CAST (json AS journey_flow) WITH INOUT;
COMMENT ON CAST (json AS journey_flow) IS
'Reads what the cast to json gives; the input function of journey_flow reads it as well. Error 22P02 for other keys '
'or types, and the errors of the text form.';

CREATE CAST (jsonb AS journey_flow) WITH INOUT;
COMMENT ON CAST (jsonb AS journey_flow) IS
'Reads what the cast to jsonb gives; the input function of journey_flow reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';


