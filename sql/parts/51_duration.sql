--
-- The type duration_summary: how long things took
--

CREATE TYPE duration_summary;

CREATE FUNCTION cxjourney_internal.duration_summary_in(cstring) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_in(cstring) IS
'Reads the text form of a duration_summary, such as {3 in 121us [40+21]}: how many durations, their sum in '
'microseconds, and how many fell into which bucket: 2 into bucket 40 and 1 into the next. A dot and a number say '
'how many buckets are empty before a count; numbers from 10 on have a to z for 10 to 35, then A0 to Zz, AA0 and so '
'on. Read as well: {3 in 121us [40:2, 41:1]}, each bucket by its number and count, ascending. Error 22P02.';

CREATE FUNCTION cxjourney_internal.duration_summary_out(duration_summary) RETURNS cstring
	AS 'MODULE_PATHNAME', 'duration_summary_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_out(duration_summary) IS
'Writes the text form of a duration_summary, exact and free of every setting.';

CREATE FUNCTION cxjourney_internal.duration_summary_recv(internal) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_recv(internal) IS
'Reads the binary form of a duration_summary. Error 22P03.';

CREATE FUNCTION cxjourney_internal.duration_summary_send(duration_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'duration_summary_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_send(duration_summary) IS
'Writes the binary form of a duration_summary.';

CREATE TYPE duration_summary (
	INPUT = cxjourney_internal.duration_summary_in,
	OUTPUT = cxjourney_internal.duration_summary_out,
	RECEIVE = cxjourney_internal.duration_summary_recv,
	SEND = cxjourney_internal.duration_summary_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE duration_summary IS
'How many durations there were, their exact sum, and what their percentiles are within 0.8 percent. Built by '
'duration_agg(interval), merged by duration_agg(duration_summary) and +, read by duration_percentile, duration_mean '
'and duration_count.';

CREATE FUNCTION cxjourney_internal.duration_summary_eq(duration_summary, duration_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'duration_summary_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_eq(duration_summary, duration_summary) IS
'The operator =.';

CREATE FUNCTION cxjourney_internal.duration_summary_ne(duration_summary, duration_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'duration_summary_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_ne(duration_summary, duration_summary) IS
'The operator <>.';

CREATE FUNCTION cxjourney_internal.duration_summary_lt(duration_summary, duration_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'duration_summary_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_lt(duration_summary, duration_summary) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.duration_summary_le(duration_summary, duration_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'duration_summary_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_le(duration_summary, duration_summary) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.duration_summary_gt(duration_summary, duration_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'duration_summary_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_gt(duration_summary, duration_summary) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.duration_summary_ge(duration_summary, duration_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'duration_summary_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_ge(duration_summary, duration_summary) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.duration_summary_cmp(duration_summary, duration_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'duration_summary_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_cmp(duration_summary, duration_summary) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.duration_summary_hash(duration_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'duration_summary_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_hash(duration_summary) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.duration_summary_hash_extended(duration_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'duration_summary_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_hash_extended(duration_summary, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION cxjourney_internal.duration_summary_plus(duration_summary, duration_summary) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_plus(duration_summary, duration_summary) IS
'The operator +. Error 22003 past 9223372036854775807 durations.';

CREATE OPERATOR = (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = cxjourney_internal.duration_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (duration_summary, duration_summary) IS
'Same sum and same buckets.';

CREATE OPERATOR <> (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = cxjourney_internal.duration_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (duration_summary, duration_summary) IS
'Another sum or other buckets.';

CREATE OPERATOR + (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = cxjourney_internal.duration_summary_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (duration_summary, duration_summary) IS
'The summary of both.';

CREATE OPERATOR < (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = cxjourney_internal.duration_summary_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (duration_summary, duration_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = cxjourney_internal.duration_summary_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (duration_summary, duration_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = cxjourney_internal.duration_summary_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (duration_summary, duration_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = duration_summary, RIGHTARG = duration_summary,
	FUNCTION = cxjourney_internal.duration_summary_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (duration_summary, duration_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS duration_summary_ops
	DEFAULT FOR TYPE duration_summary USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.duration_summary_cmp(duration_summary, duration_summary);
COMMENT ON OPERATOR CLASS duration_summary_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of duration_summary, by content.';
COMMENT ON OPERATOR FAMILY duration_summary_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of duration_summary, by content.';

CREATE OPERATOR CLASS duration_summary_ops
	DEFAULT FOR TYPE duration_summary USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.duration_summary_hash(duration_summary),
		FUNCTION 2 cxjourney_internal.duration_summary_hash_extended(duration_summary, bigint);
COMMENT ON OPERATOR CLASS duration_summary_ops USING hash IS
'Hash joins, grouping and indexes of duration_summary.';
COMMENT ON OPERATOR FAMILY duration_summary_ops USING hash IS
'Hash joins, grouping and indexes of duration_summary.';

CREATE FUNCTION cxjourney_internal.duration_summary_accum(duration_summary, interval) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_accum(duration_summary, interval) IS
'State function of duration_agg(interval). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.duration_summary_combine(duration_summary, duration_summary) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_combine(duration_summary, duration_summary) IS
'State and combine function of duration_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.duration_summary_final(duration_summary) RETURNS duration_summary
	AS 'MODULE_PATHNAME', 'duration_summary_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.duration_summary_final(duration_summary) IS
'Final function of duration_agg: packs the state; NULL without any duration.';

CREATE AGGREGATE duration_agg(duration interval) (
	SFUNC = cxjourney_internal.duration_summary_accum, STYPE = duration_summary, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.duration_summary_final, COMBINEFUNC = cxjourney_internal.duration_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE duration_agg(interval) IS
'Durations counted so that any percentile can be read, and summaries be merged. Days have 24 hours. NULLs are left '
'out; NULL without any duration. Error 22023 for a negative duration, which duration_agg(d) FILTER (WHERE d >= '
'''0'') leaves out, and for one with months or years, which have no fixed length.';

CREATE AGGREGATE duration_agg(summary duration_summary) (
	SFUNC = cxjourney_internal.duration_summary_combine, STYPE = duration_summary, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.duration_summary_final, COMBINEFUNC = cxjourney_internal.duration_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE duration_agg(duration_summary) IS
'Summaries of durations added up, the same in any order. NULLs are left out; NULL without any duration. Error 22003 '
'past 9223372036854775807 durations.';

CREATE FUNCTION duration_percentile(summary duration_summary, q double precision) RETURNS interval
	AS 'MODULE_PATHNAME', 'duration_summary_percentile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_percentile(duration_summary, double precision) IS
'The percentile of the durations at the fraction q, interpolated as by percentile_cont(q), within 0.8 percent and '
'to the microsecond; exact below 128 microseconds and where all durations are equal. Where all are in one bucket of '
'counts, less than 1.6 percent apart, it is their mean. Days of 24 hours. NULL without any duration. Error 22003 '
'unless q is between 0 and 1.';

CREATE FUNCTION duration_mean(summary duration_summary) RETURNS interval
	AS 'MODULE_PATHNAME', 'duration_summary_mean' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_mean(duration_summary) IS
'The mean of the durations, exact to the microsecond; days of 24 hours. NULL without any duration.';

CREATE FUNCTION duration_count(summary duration_summary) RETURNS bigint
	AS 'MODULE_PATHNAME', 'duration_summary_count' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_count(duration_summary) IS
'How many durations there are, 0 or more.';


--
-- JSON
--

CREATE FUNCTION duration_summary_to_json(duration_summary) RETURNS json
	AS 'MODULE_PATHNAME', 'duration_summary_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_to_json(duration_summary) IS
'{"count": 3, "microseconds": 121, "sketch": "40+21"}: how many durations, their sum and their sketch, as in the '
'text form; {} for none. It is what to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION duration_summary_to_jsonb(duration_summary) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'duration_summary_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION duration_summary_to_jsonb(duration_summary) IS
'{"count": 3, "microseconds": 121, "sketch": "40+21"}: how many durations, their sum and their sketch, as in the '
'text form; {} for none.';

CREATE CAST (duration_summary AS json) WITH FUNCTION duration_summary_to_json(duration_summary);
COMMENT ON CAST (duration_summary AS json) IS
'All that the value says; see duration_summary_to_json(duration_summary).';

CREATE CAST (duration_summary AS jsonb) WITH FUNCTION duration_summary_to_jsonb(duration_summary);
COMMENT ON CAST (duration_summary AS jsonb) IS
'All that the value says; see duration_summary_to_json(duration_summary).';

CREATE CAST (json AS duration_summary) WITH INOUT;
COMMENT ON CAST (json AS duration_summary) IS
'Reads what the cast to json gives; the input function of duration_summary reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS duration_summary) WITH INOUT;
COMMENT ON CAST (jsonb AS duration_summary) IS
'Reads what the cast to jsonb gives; the input function of duration_summary reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';


