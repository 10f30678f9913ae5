--
-- Funnels
--
CREATE FUNCTION funnel_depth(journey journey, path journey_path, within interval DEFAULT NULL) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_funnel_depth_of' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION funnel_depth(journey, journey_path, interval) IS
'How many mandatory items of the path the customer got to, one after the other, by the best of all chains of visits: '
'0 (never at the first item) to the number of mandatory items. A chain ends at most within after its start, bounds '
'included; within NULL is no limit, and a day has 24 hours. Of a path with & it is how many items have a visit of '
'their own in some window, which reaches over no visit that an & excludes. $ binds only chains that fill the last '
'mandatory item. Error 22023 for months, years and below 0. NULL for a NULL journey or path.';

CREATE FUNCTION path_visits(journey journey, path journey_path, within interval DEFAULT NULL, OUT item integer,
	OUT stage text, OUT at timestamptz) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'path_visits' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION path_visits(journey, journey_path, interval) IS
'By which visits the customer went the path: one row for each item that was reached, in the order of the path, from 1 '
'on, with the stage that was visited and when. It is the chain that a funnel counts, with all arguments and errors of '
'funnel_depth: the deepest one, of those the one that fills most optional items, then starts earliest, then visits '
'earliest; so a customer who did not go all of the path has rows for as far as he got. Of several simultaneous visits '
'an item has one to the first of its stages, as they are written. No rows for a customer who never started, for a NULL '
'journey or path.';

CREATE FUNCTION next_after(journey journey, path journey_path, within interval DEFAULT NULL) RETURNS text
	AS 'MODULE_PATHNAME', 'next_after' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION next_after(journey, journey_path, interval) IS
'The stage that the customer visited next, after going all of the path: that of the first visit of a later moment than '
'all visits of the chain that path_visits gives; of several simultaneous ones it is the first by bytes, as in steps. '
'NULL where the customer did not go all mandatory items of the path within the longest time, where nothing follows, '
'and for a NULL journey or path. Errors as for funnel_depth.';

CREATE FUNCTION path_count(journey journey, path journey_path, within interval DEFAULT NULL) RETURNS integer
	AS 'MODULE_PATHNAME', 'path_count' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION path_count(journey, journey_path, interval) IS
'How often the customer went all mandatory items of the path, each time within the given time: the first match is the '
'one that ends earliest, and each next one is the one that ends earliest of those behind the end of the one before. '
'So no two overlap or have a moment in common, and there can be no more of them. 0 where the customer never did; at '
'most 1 for a path with ^ or $. NULL for a NULL journey or path; errors as for funnel_depth.';

--
-- The type journey_funnel: how many customers got to each step of a path
--

CREATE TYPE journey_funnel;

CREATE FUNCTION cxjourney_internal.journey_funnel_in(cstring) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_in(cstring) IS
'Reads the text form of a journey_funnel, such as {a > b; within 7 days; 2, 1 in 1000000us [954+1]}: the path, the '
'longest time from the first step to the last unless there is no limit, the numbers of the items to which no visit '
'was seen, if there are any, as in unseen 2, 5; from three mandatory steps on the times of the whole way, if anybody '
'went it and they are known, as in total 9000000us [1082+1]; and for each step how many reached it; if any of their '
'visits had a value, what these were worth, as in 4 worth 59.97; from the second mandatory step on also the sum of the '
'times from the mandatory step before, and how many fell into which bucket, as in the text form of duration_summary. '
'Error 22P02, also for what no customers can have made, 54000 for a path or a label that is too large.';

CREATE FUNCTION cxjourney_internal.journey_funnel_out(journey_funnel) RETURNS cstring
	AS 'MODULE_PATHNAME', 'funnel_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_out(journey_funnel) IS
'Writes the text form of a journey_funnel, exact and free of every setting.';

CREATE FUNCTION cxjourney_internal.journey_funnel_recv(internal) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_recv(internal) IS
'Reads the binary form of a journey_funnel. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_funnel_send(journey_funnel) RETURNS bytea
	AS 'MODULE_PATHNAME', 'funnel_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_send(journey_funnel) IS
'Writes the binary form of a journey_funnel.';

CREATE TYPE journey_funnel (
	INPUT = cxjourney_internal.journey_funnel_in,
	OUTPUT = cxjourney_internal.journey_funnel_out,
	RECEIVE = cxjourney_internal.journey_funnel_recv,
	SEND = cxjourney_internal.journey_funnel_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_funnel IS
'How many customers got to each step of a path, by the best chain of visits of each, with exact sums and '
'percentiles of the times between steps and of the whole way. It keeps the path and the longest time from the first '
'step to the last; only funnels of the same ones can be added. Built by funnel_agg(journey, path, within), merged by '
'funnel_agg(journey_funnel) and +, read by funnel_steps and funnel_time.';

CREATE FUNCTION cxjourney_internal.journey_funnel_eq(journey_funnel, journey_funnel) RETURNS boolean
	AS 'MODULE_PATHNAME', 'funnel_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_eq(journey_funnel, journey_funnel) IS
'The operator =.';

CREATE FUNCTION cxjourney_internal.journey_funnel_ne(journey_funnel, journey_funnel) RETURNS boolean
	AS 'MODULE_PATHNAME', 'funnel_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_ne(journey_funnel, journey_funnel) IS
'The operator <>.';

CREATE FUNCTION cxjourney_internal.journey_funnel_lt(journey_funnel, journey_funnel) RETURNS boolean
	AS 'MODULE_PATHNAME', 'funnel_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_lt(journey_funnel, journey_funnel) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.journey_funnel_le(journey_funnel, journey_funnel) RETURNS boolean
	AS 'MODULE_PATHNAME', 'funnel_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_le(journey_funnel, journey_funnel) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.journey_funnel_gt(journey_funnel, journey_funnel) RETURNS boolean
	AS 'MODULE_PATHNAME', 'funnel_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_gt(journey_funnel, journey_funnel) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.journey_funnel_ge(journey_funnel, journey_funnel) RETURNS boolean
	AS 'MODULE_PATHNAME', 'funnel_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_ge(journey_funnel, journey_funnel) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.journey_funnel_cmp(journey_funnel, journey_funnel) RETURNS integer
	AS 'MODULE_PATHNAME', 'funnel_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_cmp(journey_funnel, journey_funnel) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.journey_funnel_hash(journey_funnel) RETURNS integer
	AS 'MODULE_PATHNAME', 'funnel_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_hash(journey_funnel) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_funnel_hash_extended(journey_funnel, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'funnel_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_hash_extended(journey_funnel, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_funnel_plus(journey_funnel, journey_funnel) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_plus(journey_funnel, journey_funnel) IS
'The operator +. Error 22023 for another path or another longest time, 22003 past 9223372036854775807 customers at '
'a step.';

CREATE OPERATOR = (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = cxjourney_internal.journey_funnel_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_funnel, journey_funnel) IS
'Same path and longest time, same customers at each step, and same sums and buckets of their times.';

CREATE OPERATOR <> (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = cxjourney_internal.journey_funnel_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_funnel, journey_funnel) IS
'Another path or longest time, other customers or times.';

CREATE OPERATOR + (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = cxjourney_internal.journey_funnel_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_funnel, journey_funnel) IS
'The funnel of the customers of both, which must be different ones. Error 22023 for another path or another longest '
'time.';

CREATE OPERATOR < (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = cxjourney_internal.journey_funnel_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_funnel, journey_funnel) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = cxjourney_internal.journey_funnel_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_funnel, journey_funnel) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = cxjourney_internal.journey_funnel_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_funnel, journey_funnel) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = journey_funnel, RIGHTARG = journey_funnel,
	FUNCTION = cxjourney_internal.journey_funnel_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_funnel, journey_funnel) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS journey_funnel_ops
	DEFAULT FOR TYPE journey_funnel USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.journey_funnel_cmp(journey_funnel, journey_funnel);
COMMENT ON OPERATOR CLASS journey_funnel_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_funnel, by content.';
COMMENT ON OPERATOR FAMILY journey_funnel_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_funnel, by content.';

CREATE OPERATOR CLASS journey_funnel_ops
	DEFAULT FOR TYPE journey_funnel USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.journey_funnel_hash(journey_funnel),
		FUNCTION 2 cxjourney_internal.journey_funnel_hash_extended(journey_funnel, bigint);
COMMENT ON OPERATOR CLASS journey_funnel_ops USING hash IS
'Hash joins, grouping and indexes of journey_funnel.';
COMMENT ON OPERATOR FAMILY journey_funnel_ops USING hash IS
'Hash joins, grouping and indexes of journey_funnel.';

CREATE FUNCTION cxjourney_internal.journey_funnel_accum(journey_funnel, journey, journey_path, interval)
	RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_accum(journey_funnel, journey, journey_path, interval) IS
'State function of funnel_agg(journey, path, within). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_funnel_accum(journey_funnel, journey, journey_path) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_accum_unlimited' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_accum(journey_funnel, journey, journey_path) IS
'State function of funnel_agg(journey, path). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_funnel_combine(journey_funnel, journey_funnel) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_combine(journey_funnel, journey_funnel) IS
'State and combine function of funnel_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_funnel_final(journey_funnel) RETURNS journey_funnel
	AS 'MODULE_PATHNAME', 'funnel_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_funnel_final(journey_funnel) IS
'Final function of funnel_agg: packs the state.';

CREATE AGGREGATE funnel_agg(journey journey, path journey_path, within interval) (
	SFUNC = cxjourney_internal.journey_funnel_accum, STYPE = journey_funnel, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.journey_funnel_final, COMBINEFUNC = cxjourney_internal.journey_funnel_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(journey, journey_path, interval) IS
'The funnel of a path: each journey is one customer, who counts once, with the chain of visits that gets furthest '
'over all possible starts (see funnel_depth) and within the given time, bounds included, from its first visit to '
'its last; NULL is no limit. Of the deepest chains the one counts that fills most optional items, then starts '
'earliest, then visits earliest. Journeys that never start are counted at no step: where none does, all steps have '
'0; only seen of funnel_steps tells of them. NULL journeys are left out; NULL without any journey. Days are 24 '
'hours. Error 22004 for a NULL path, 22023 when path or within differ between rows, for months and for an interval '
'below 0.';

CREATE AGGREGATE funnel_agg(journey journey, path journey_path) (
	SFUNC = cxjourney_internal.journey_funnel_accum, STYPE = journey_funnel, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.journey_funnel_final, COMBINEFUNC = cxjourney_internal.journey_funnel_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(journey, journey_path) IS
'The funnel of a path without a longest time from the first step to the last: funnel_agg(journey, path, NULL).';

CREATE AGGREGATE funnel_agg(funnel journey_funnel) (
	SFUNC = cxjourney_internal.journey_funnel_combine, STYPE = journey_funnel, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.journey_funnel_final, COMBINEFUNC = cxjourney_internal.journey_funnel_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE funnel_agg(journey_funnel) IS
'Funnels of different customers added up, the same in any order. NULLs are left out; NULL without any funnel. Error '
'22023 when paths or longest times differ, 22003 past 9223372036854775807 customers at a step.';

CREATE FUNCTION funnel_test(before journey_funnel, after journey_funnel, OUT step integer, OUT stage text,
	OUT before numeric, OUT after numeric, OUT difference numeric, OUT low numeric, OUT high numeric,
	OUT statistic double precision, OUT p_value double precision, OUT p_adjusted double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'funnel_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION funnel_test(journey_funnel, journey_funnel) IS
'Which steps convert better or worse than before? A row for each item of the path: the conversion from the last '
'mandatory step before it on both sides (percent, 0 to 100, from_previous of funnel_steps); after less before, in '
'points, -100 to 100, with Newcombe''s interval at 95 percent; the z of the N-1 test of two proportions, and its '
'two-sided p-value, as it is and by Holm''s correction for all steps tested. NULL for the first mandatory step, and '
'where nobody reached the step before. The two must have no customer in common. Error 22023 when they are of another '
'path or another longest time.';

CREATE FUNCTION funnel_steps(funnel journey_funnel, OUT step integer, OUT stage text, OUT optional boolean,
	OUT reached bigint, OUT from_previous numeric, OUT from_start numeric, OUT dropped bigint, OUT mean_time interval,
	OUT p50_time interval, OUT p90_time interval, OUT p95_time interval, OUT seen boolean, OUT value numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'funnel_steps' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 5;
COMMENT ON FUNCTION funnel_steps(journey_funnel) IS
'One row for each item of the path, in its order: its labels; whether it is optional; how many customers reached '
'it; the conversion (percent, 0 to 100) from the last mandatory step before it and from the first mandatory step; '
'how many of those who reached the last mandatory step before it did not reach this one; and the time from there, '
'as mean, to the microsecond, and as percentiles, as duration_percentile has them, within 0.8 percent, in days of '
'24 hours; whether any visit to the step was seen at all, of anybody and at any time: if not, its label may be '
'misspelt; and the values of the visits that reached the step, put together, one visit of each customer, of several '
'simultaneous ones to a stage one without a value, or else that of the least. NULL: value where no such visit has '
'one, as in funnels over raw events; from_previous, dropped and times of the first mandatory step and of optional '
'ones before it, dropped of every optional step, a conversion from a step that nobody reached, times of a step that '
'nobody reached. '
'For a path in any order (&) the rows are "any k of" its mandatory items, k = 1, 2, and so on, with the times '
'between visits k - 1 and k to them, and the value of visit k; then its optional items, with reached, from_start, '
'seen and value only; "any k of" was seen where visits to k of the items were.';

CREATE FUNCTION funnel_time(funnel journey_funnel) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'funnel_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION funnel_time(journey_funnel) IS
'The time of the whole way, from the first mandatory step to the last, of the customers who reached the last one: '
'duration_mean gives its mean, to the microsecond, duration_percentile any percentile, within 0.8 percent. In any '
'order (&) it is the time from the first visit to the last of those to the mandatory items. NULL where nobody reached '
'the last step, for a path with one mandatory step, and where the time is not known, because the funnel, or one that '
'was added to it, was stored without it.';

--
-- JSON
--

CREATE FUNCTION journey_funnel_to_json(journey_funnel) RETURNS json
	AS 'MODULE_PATHNAME', 'funnel_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_to_json(journey_funnel) IS
'{"path": "a > b", "within": "7 days", "steps": [{"reached": 2}, {"reached": 1, "microseconds": 1000000, "sketch": '
'"954+1"}]}: within only if there is a limit; "unseen": [2, 5] are the items of the path that nobody visited, if '
'there are any; from the second mandatory step on the sum of the times and their sketch, as in the text form; '
'total_microseconds and total_sketch are those of the whole way, where they are kept, "value": 59.97 of a step is '
'what its visits were worth, where any had a value. It is what to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION journey_funnel_to_jsonb(journey_funnel) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'funnel_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_funnel_to_jsonb(journey_funnel) IS
'{"path": "a > b", "within": "7 days", "steps": [{"reached": 2}, {"reached": 1, "microseconds": 1000000, "sketch": '
'"954+1"}]}: within only if there is a limit; "unseen": [2, 5] are the items of the path that nobody visited, if '
'there are any; from the second mandatory step on the sum of the times and their sketch, as in the text form; '
'total_microseconds and total_sketch are those of the whole way, where they are kept, "value": 59.97 of a step is '
'what its visits were worth, where any had a value.';

CREATE CAST (journey_funnel AS json) WITH FUNCTION journey_funnel_to_json(journey_funnel);
COMMENT ON CAST (journey_funnel AS json) IS
'All that the value says; see journey_funnel_to_json(journey_funnel).';

CREATE CAST (journey_funnel AS jsonb) WITH FUNCTION journey_funnel_to_jsonb(journey_funnel);
COMMENT ON CAST (journey_funnel AS jsonb) IS
'All that the value says; see journey_funnel_to_json(journey_funnel).';

CREATE CAST (json AS journey_funnel) WITH INOUT;
COMMENT ON CAST (json AS journey_funnel) IS
'Reads what the cast to json gives; the input function of journey_funnel reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS journey_funnel) WITH INOUT;
COMMENT ON CAST (jsonb AS journey_funnel) IS
'Reads what the cast to jsonb gives; the input function of journey_funnel reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';


