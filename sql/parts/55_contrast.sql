--
-- journey_contrast: which stages go with conversion, at equal exposure
--

CREATE TYPE journey_contrast;

CREATE FUNCTION cxjourney_internal.journey_contrast_in(cstring) RETURNS journey_contrast
	AS 'MODULE_PATHNAME', 'contrast_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_in(cstring) IS
'Reads the text form of a journey_contrast, such as {a > b; within 30 days; landmark 7 days; too recent 0, early 0, '
'reached 2, missed 3; [c = 1 + 2]}: path, window and landmark, customers by what became of them, and for each stage '
'how many of those who reached and of those who missed had seen it. Error 22P02, with the place.';

CREATE FUNCTION cxjourney_internal.journey_contrast_out(journey_contrast) RETURNS cstring
	AS 'MODULE_PATHNAME', 'contrast_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_out(journey_contrast) IS
'Writes the text form of a journey_contrast, exact and free of every setting.';

CREATE FUNCTION cxjourney_internal.journey_contrast_recv(internal) RETURNS journey_contrast
	AS 'MODULE_PATHNAME', 'contrast_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_recv(internal) IS
'Reads the binary form of a journey_contrast; every byte is checked. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_contrast_send(journey_contrast) RETURNS bytea
	AS 'MODULE_PATHNAME', 'contrast_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_send(journey_contrast) IS
'Writes the binary form of a journey_contrast.';

CREATE TYPE journey_contrast (
	INPUT = cxjourney_internal.journey_contrast_in,
	OUTPUT = cxjourney_internal.journey_contrast_out,
	RECEIVE = cxjourney_internal.journey_contrast_recv,
	SEND = cxjourney_internal.journey_contrast_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_contrast IS
'Which stages go with conversion, at equal exposure: how many customers saw a stage by a landmark after their start, '
'of those who completed a path behind it and of those who did not. Built by contrast_agg, merged by '
'contrast_agg(journey_contrast) and +, read by contrast_stages and contrast_counts. It keeps path, window and '
'landmark; only the same add up.';

CREATE FUNCTION cxjourney_internal.journey_contrast_eq(journey_contrast, journey_contrast) RETURNS boolean
	AS 'MODULE_PATHNAME', 'contrast_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_eq(journey_contrast, journey_contrast) IS
'The operator =.';

CREATE FUNCTION cxjourney_internal.journey_contrast_ne(journey_contrast, journey_contrast) RETURNS boolean
	AS 'MODULE_PATHNAME', 'contrast_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_ne(journey_contrast, journey_contrast) IS
'The operator <>.';

CREATE FUNCTION cxjourney_internal.journey_contrast_lt(journey_contrast, journey_contrast) RETURNS boolean
	AS 'MODULE_PATHNAME', 'contrast_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_lt(journey_contrast, journey_contrast) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.journey_contrast_le(journey_contrast, journey_contrast) RETURNS boolean
	AS 'MODULE_PATHNAME', 'contrast_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_le(journey_contrast, journey_contrast) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.journey_contrast_gt(journey_contrast, journey_contrast) RETURNS boolean
	AS 'MODULE_PATHNAME', 'contrast_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_gt(journey_contrast, journey_contrast) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.journey_contrast_ge(journey_contrast, journey_contrast) RETURNS boolean
	AS 'MODULE_PATHNAME', 'contrast_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_ge(journey_contrast, journey_contrast) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.journey_contrast_cmp(journey_contrast, journey_contrast) RETURNS integer
	AS 'MODULE_PATHNAME', 'contrast_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_cmp(journey_contrast, journey_contrast) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.journey_contrast_hash(journey_contrast) RETURNS integer
	AS 'MODULE_PATHNAME', 'contrast_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_hash(journey_contrast) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_contrast_hash_extended(journey_contrast, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'contrast_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_hash_extended(journey_contrast, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_contrast_plus(journey_contrast, journey_contrast) RETURNS journey_contrast
	AS 'MODULE_PATHNAME', 'contrast_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_plus(journey_contrast, journey_contrast) IS
'The operator +. Error 22023 for another path, window or landmark, 22003 past 9223372036854775807 customers.';

CREATE OPERATOR = (
	LEFTARG = journey_contrast, RIGHTARG = journey_contrast,
	FUNCTION = cxjourney_internal.journey_contrast_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_contrast, journey_contrast) IS
'The same path, window and landmark, and the same counts.';

CREATE OPERATOR <> (
	LEFTARG = journey_contrast, RIGHTARG = journey_contrast,
	FUNCTION = cxjourney_internal.journey_contrast_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_contrast, journey_contrast) IS
'Another path, window or landmark, or other counts.';

CREATE OPERATOR + (
	LEFTARG = journey_contrast, RIGHTARG = journey_contrast,
	FUNCTION = cxjourney_internal.journey_contrast_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_contrast, journey_contrast) IS
'The customers of both. Error 22023 for another path, window or landmark, 22003 past 9223372036854775807 customers.';

CREATE OPERATOR < (
	LEFTARG = journey_contrast, RIGHTARG = journey_contrast,
	FUNCTION = cxjourney_internal.journey_contrast_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_contrast, journey_contrast) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = journey_contrast, RIGHTARG = journey_contrast,
	FUNCTION = cxjourney_internal.journey_contrast_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_contrast, journey_contrast) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = journey_contrast, RIGHTARG = journey_contrast,
	FUNCTION = cxjourney_internal.journey_contrast_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_contrast, journey_contrast) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = journey_contrast, RIGHTARG = journey_contrast,
	FUNCTION = cxjourney_internal.journey_contrast_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_contrast, journey_contrast) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS journey_contrast_ops
	DEFAULT FOR TYPE journey_contrast USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.journey_contrast_cmp(journey_contrast, journey_contrast);
COMMENT ON OPERATOR CLASS journey_contrast_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_contrast, by content.';
COMMENT ON OPERATOR FAMILY journey_contrast_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_contrast, by content.';

CREATE OPERATOR CLASS journey_contrast_ops
	DEFAULT FOR TYPE journey_contrast USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.journey_contrast_hash(journey_contrast),
		FUNCTION 2 cxjourney_internal.journey_contrast_hash_extended(journey_contrast, bigint);
COMMENT ON OPERATOR CLASS journey_contrast_ops USING hash IS
'Hash joins, grouping and indexes of journey_contrast.';
COMMENT ON OPERATOR FAMILY journey_contrast_ops USING hash IS
'Hash joins, grouping and indexes of journey_contrast.';

CREATE FUNCTION cxjourney_internal.journey_contrast_accum(journey_contrast, journey, journey_path, interval,
	interval, timestamptz)
	RETURNS journey_contrast
	AS 'MODULE_PATHNAME', 'contrast_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_accum(journey_contrast, journey, journey_path, interval,
	interval, timestamptz) IS
'State function of contrast_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_contrast_combine(journey_contrast, journey_contrast) RETURNS journey_contrast
	AS 'MODULE_PATHNAME', 'contrast_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_combine(journey_contrast, journey_contrast) IS
'State and combine function of contrast_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_contrast_final(journey_contrast) RETURNS journey_contrast
	AS 'MODULE_PATHNAME', 'contrast_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_contrast_final(journey_contrast) IS
'Final function of contrast_agg: packs the state; NULL without any row.';

CREATE AGGREGATE contrast_agg(journey journey, path journey_path, within interval, landmark interval,
	until timestamptz) (
	SFUNC = cxjourney_internal.journey_contrast_accum, STYPE = journey_contrast, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.journey_contrast_final, COMBINEFUNC = cxjourney_internal.journey_contrast_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE contrast_agg(journey, journey_path, interval, interval, timestamptz) IS
'Which stages go with conversion. A customer starts with his first visit to the first item of the path, in the order '
'of time and seq; of simultaneous ones with that from which the path is completed. Stages count as seen when visited '
'from the start to the landmark after it, or simultaneous with the start; those that the path names are left out. He '
'reached when a chain from the start completes the path behind the landmark and within the window, bounds included; '
'who completes it by the landmark is counted as converted early, and who started less than the window before "until", '
'up to when his journey is known and which may differ by customer, as too recent. Who never came to the first item by '
'then does not count. NULL journeys are left out; NULL without any. Error 22004 for another NULL argument, 22008 for '
'an infinite "until", 22023 unless the landmark is above 0 and below the window, for months and years, for a path '
'with &, ^, $, an optional first item or only one item that is not optional, and when path, window or landmark differ '
'between rows.';

CREATE AGGREGATE contrast_agg(contrast journey_contrast) (
	SFUNC = cxjourney_internal.journey_contrast_combine, STYPE = journey_contrast, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.journey_contrast_final, COMBINEFUNC = cxjourney_internal.journey_contrast_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE contrast_agg(journey_contrast) IS
'Contrasts added up, the same in any order; each customer must be in one of them only. NULLs are left out; NULL '
'without any. Error 22023 for another path, window or landmark, 22003 past 9223372036854775807 customers.';

CREATE FUNCTION contrast_stages(contrast journey_contrast, OUT stage text, OUT reached_with bigint,
	OUT missed_with bigint, OUT reached_without bigint, OUT missed_without bigint, OUT share_with numeric,
	OUT share_without numeric, OUT odds_ratio double precision, OUT low double precision, OUT high double precision,
	OUT phi double precision, OUT p_value double precision, OUT p_adjusted double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'contrast_stages' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION contrast_stages(journey_contrast) IS
'One row for each stage that anybody saw by the landmark, in the order of bytes: how many of those with and without '
'it reached the end of the path and missed it, their shares who reached it in percent, 0 to 100, the odds ratio with '
'its 95 percent limits by Woolf (1/2 is added to each of the four where one is 0), above 1 where the stage goes with '
'conversion; phi, their correlation, -1 to 1; the p-value of the N-1 test of two proportions, and the same by Holm '
'for as many stages as are listed. A share is NULL where nobody is without the stage; phi and p-values are NULL where '
'all reached, none did, or nobody is without the stage. It says what goes together, not what causes it. NULL gives no '
'rows.';

CREATE FUNCTION contrast_counts(contrast journey_contrast, OUT customers bigint, OUT too_recent bigint,
	OUT converted_early bigint, OUT reached bigint, OUT missed bigint)
	RETURNS record
	AS 'MODULE_PATHNAME', 'contrast_counts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION contrast_counts(journey_contrast) IS
'How many customers started, 0 or more, and what became of them: too recent to say, converted by the landmark '
'already, and of the others, whom contrast_stages compares, how many reached the end of the path within the window '
'and how many missed it. The last four sum to the first. NULL for NULL.';


--
-- JSON
--

CREATE FUNCTION journey_contrast_to_json(journey_contrast) RETURNS json
	AS 'MODULE_PATHNAME', 'journey_contrast_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_contrast_to_json(journey_contrast) IS
'{"path": "a > b", "within": "30 days", "landmark": "7 days", "too_recent": 0, "converted_early": 0, "reached": 2, '
'"missed": 3, "stages": [{"stage": "c", "reached": 1, "missed": 2}]}: what customers were asked, what became of them, '
'and how many of those who reached and missed had seen each stage. It is what to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION journey_contrast_to_jsonb(journey_contrast) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'journey_contrast_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_contrast_to_jsonb(journey_contrast) IS
'{"path": "a > b", "within": "30 days", "landmark": "7 days", "too_recent": 0, "converted_early": 0, "reached": 2, '
'"missed": 3, "stages": [{"stage": "c", "reached": 1, "missed": 2}]}: what customers were asked, what became of them, '
'and how many of those who reached and missed had seen each stage.';

CREATE CAST (journey_contrast AS json) WITH FUNCTION journey_contrast_to_json(journey_contrast);
COMMENT ON CAST (journey_contrast AS json) IS
'All that the value says; see journey_contrast_to_json(journey_contrast).';

CREATE CAST (journey_contrast AS jsonb) WITH FUNCTION journey_contrast_to_jsonb(journey_contrast);
COMMENT ON CAST (journey_contrast AS jsonb) IS
'All that the value says; see journey_contrast_to_json(journey_contrast).';

CREATE CAST (json AS journey_contrast) WITH INOUT;
COMMENT ON CAST (json AS journey_contrast) IS
'Reads what the cast to json gives; the input function of journey_contrast reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS journey_contrast) WITH INOUT;
COMMENT ON CAST (jsonb AS journey_contrast) IS
'Reads what the cast to jsonb gives; the input function of journey_contrast reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';

