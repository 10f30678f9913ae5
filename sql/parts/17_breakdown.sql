--
-- The type rating_breakdown: summaries of ratings by label
--

CREATE TYPE rating_breakdown;

CREATE FUNCTION cxjourney_internal.rating_breakdown_in(cstring) RETURNS rating_breakdown
	AS 'MODULE_PATHNAME', 'rating_breakdown_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_in(cstring) IS
'Reads the text form of a rating_breakdown, such as {app = [0, 2, 5], (null) = [0, 0, 4]} on [1, 3], or its JSON '
'form. Labels that come twice are added up. Errors 22P02 and 22003, 54000 for a label of more '
'than 255 bytes.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_out(rating_breakdown) RETURNS cstring
	AS 'MODULE_PATHNAME', 'rating_breakdown_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_out(rating_breakdown) IS
'Writes the text form of a rating_breakdown: exact, and independent of every setting.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_recv(internal) RETURNS rating_breakdown
	AS 'MODULE_PATHNAME', 'rating_breakdown_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_recv(internal) IS
'Reads the binary form of a rating_breakdown; every byte is checked. Errors 22P03 and 22023.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_send(rating_breakdown) RETURNS bytea
	AS 'MODULE_PATHNAME', 'rating_breakdown_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_send(rating_breakdown) IS
'Writes the binary form of a rating_breakdown.';

CREATE TYPE rating_breakdown (
	INPUT = cxjourney_internal.rating_breakdown_in,
	OUTPUT = cxjourney_internal.rating_breakdown_out,
	RECEIVE = cxjourney_internal.rating_breakdown_recv,
	SEND = cxjourney_internal.rating_breakdown_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE rating_breakdown IS
'How often each score was given by label (a channel, a shop, an age group): a rating_summary for each label that has '
'answers, all on one scale, all weighted or all not. Built by breakdown_agg(label, summary), merged by '
'breakdown_agg(rating_breakdown) and +, read by breakdown(), nps_shift(), csat_shift(), ces_shift() and '
'standardize().';


--
-- Operators
--

CREATE FUNCTION cxjourney_internal.rating_breakdown_eq(rating_breakdown, rating_breakdown) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_breakdown_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_eq(rating_breakdown, rating_breakdown) IS
'The operator =.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_ne(rating_breakdown, rating_breakdown) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_breakdown_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_ne(rating_breakdown, rating_breakdown) IS
'The operator <>.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_lt(rating_breakdown, rating_breakdown) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_breakdown_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_lt(rating_breakdown, rating_breakdown) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_le(rating_breakdown, rating_breakdown) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_breakdown_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_le(rating_breakdown, rating_breakdown) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_gt(rating_breakdown, rating_breakdown) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_breakdown_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_gt(rating_breakdown, rating_breakdown) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_ge(rating_breakdown, rating_breakdown) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_breakdown_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_ge(rating_breakdown, rating_breakdown) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_cmp(rating_breakdown, rating_breakdown) RETURNS integer
	AS 'MODULE_PATHNAME', 'rating_breakdown_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_cmp(rating_breakdown, rating_breakdown) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_hash(rating_breakdown) RETURNS integer
	AS 'MODULE_PATHNAME', 'rating_breakdown_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_hash(rating_breakdown) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_hash_extended(rating_breakdown, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_breakdown_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_hash_extended(rating_breakdown, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_plus(rating_breakdown, rating_breakdown) RETURNS rating_breakdown
	AS 'MODULE_PATHNAME', 'breakdown_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_plus(rating_breakdown, rating_breakdown) IS
'The operator +. Error 22023 when scales or weighted and unweighted answers are mixed, 22003 past 2^63 - 1 answers.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_minus(rating_breakdown, rating_breakdown) RETURNS rating_breakdown
	AS 'MODULE_PATHNAME', 'breakdown_minus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_minus(rating_breakdown, rating_breakdown) IS
'The operator -. Error 22003 for answers that are not in the first breakdown, 22023 for other scales.';

CREATE OPERATOR = (
	LEFTARG = rating_breakdown, RIGHTARG = rating_breakdown,
	FUNCTION = cxjourney_internal.rating_breakdown_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (rating_breakdown, rating_breakdown) IS
'Same labels with the same answers on the same scale.';

CREATE OPERATOR <> (
	LEFTARG = rating_breakdown, RIGHTARG = rating_breakdown,
	FUNCTION = cxjourney_internal.rating_breakdown_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rating_breakdown, rating_breakdown) IS
'Other labels or answers.';

CREATE OPERATOR + (
	LEFTARG = rating_breakdown, RIGHTARG = rating_breakdown,
	FUNCTION = cxjourney_internal.rating_breakdown_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (rating_breakdown, rating_breakdown) IS
'The breakdown of both: label by label the answers of both. NULL if one is NULL. Error 22023 when scales or weighted '
'and unweighted answers are mixed.';

CREATE OPERATOR - (
	LEFTARG = rating_breakdown, RIGHTARG = rating_breakdown,
	FUNCTION = cxjourney_internal.rating_breakdown_minus
);
COMMENT ON OPERATOR - (rating_breakdown, rating_breakdown) IS
'The breakdown without the answers of the other one; labels that have none left disappear. NULL if one is NULL. '
'Error 22003 for answers that are not in the first one, 22023 for other scales.';

CREATE OPERATOR < (
	LEFTARG = rating_breakdown, RIGHTARG = rating_breakdown,
	FUNCTION = cxjourney_internal.rating_breakdown_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (rating_breakdown, rating_breakdown) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = rating_breakdown, RIGHTARG = rating_breakdown,
	FUNCTION = cxjourney_internal.rating_breakdown_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (rating_breakdown, rating_breakdown) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = rating_breakdown, RIGHTARG = rating_breakdown,
	FUNCTION = cxjourney_internal.rating_breakdown_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (rating_breakdown, rating_breakdown) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = rating_breakdown, RIGHTARG = rating_breakdown,
	FUNCTION = cxjourney_internal.rating_breakdown_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (rating_breakdown, rating_breakdown) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS rating_breakdown_ops
	DEFAULT FOR TYPE rating_breakdown USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.rating_breakdown_cmp(rating_breakdown, rating_breakdown);
COMMENT ON OPERATOR CLASS rating_breakdown_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of rating_breakdown, by content.';
COMMENT ON OPERATOR FAMILY rating_breakdown_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of rating_breakdown, by content.';

CREATE OPERATOR CLASS rating_breakdown_ops
	DEFAULT FOR TYPE rating_breakdown USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.rating_breakdown_hash(rating_breakdown),
		FUNCTION 2 cxjourney_internal.rating_breakdown_hash_extended(rating_breakdown, bigint);
COMMENT ON OPERATOR CLASS rating_breakdown_ops USING hash IS
'Hash joins, grouping and indexes of rating_breakdown, by content.';
COMMENT ON OPERATOR FAMILY rating_breakdown_ops USING hash IS
'Hash joins, grouping and indexes of rating_breakdown, by content.';


--
-- Aggregates
--

CREATE FUNCTION cxjourney_internal.rating_breakdown_accum(rating_breakdown, text, rating_summary)
	RETURNS rating_breakdown
	AS 'MODULE_PATHNAME', 'breakdown_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_accum(rating_breakdown, text, rating_summary) IS
'State function of breakdown_agg(text, rating_summary). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_accum_inv(rating_breakdown, text, rating_summary)
	RETURNS rating_breakdown
	AS 'MODULE_PATHNAME', 'breakdown_accum_inv' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_accum_inv(rating_breakdown, text, rating_summary) IS
'Inverse state function of breakdown_agg(text, rating_summary) in moving frames. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_combine(rating_breakdown, rating_breakdown)
	RETURNS rating_breakdown
	AS 'MODULE_PATHNAME', 'breakdown_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_combine(rating_breakdown, rating_breakdown) IS
'State and combine function of breakdown_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_combine_inv(rating_breakdown, rating_breakdown)
	RETURNS rating_breakdown
	AS 'MODULE_PATHNAME', 'breakdown_combine_inv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_combine_inv(rating_breakdown, rating_breakdown) IS
'Inverse state function of breakdown_agg(rating_breakdown) in moving frames. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.rating_breakdown_final(rating_breakdown) RETURNS rating_breakdown
	AS 'MODULE_PATHNAME', 'breakdown_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_breakdown_final(rating_breakdown) IS
'Final function of breakdown_agg: packs the state; NULL without answers.';

CREATE AGGREGATE breakdown_agg(label text, summary rating_summary) (
	SFUNC = cxjourney_internal.rating_breakdown_accum, STYPE = rating_breakdown, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.rating_breakdown_final,
	COMBINEFUNC = cxjourney_internal.rating_breakdown_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_breakdown_accum,
	MINVFUNC = cxjourney_internal.rating_breakdown_accum_inv, MSTYPE = rating_breakdown, MSSPACE = 2048,
	MFINALFUNC = cxjourney_internal.rating_breakdown_final
);
COMMENT ON AGGREGATE breakdown_agg(text, rating_summary) IS
'Summaries put together label by label, exactly, in any order. The label NULL (not known) is a row of its own; a '
'label is 1 to 255 bytes without control characters, else error 22023. NULL summaries and those without answers are '
'left out; NULL without any answers. Error 22023 when scales or weighted and unweighted summaries are mixed, 22003 '
'past 2^63 - 1 answers.';

CREATE AGGREGATE breakdown_agg(breakdown rating_breakdown) (
	SFUNC = cxjourney_internal.rating_breakdown_combine, STYPE = rating_breakdown, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.rating_breakdown_final,
	COMBINEFUNC = cxjourney_internal.rating_breakdown_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_breakdown_combine,
	MINVFUNC = cxjourney_internal.rating_breakdown_combine_inv, MSTYPE = rating_breakdown, MSSPACE = 2048,
	MFINALFUNC = cxjourney_internal.rating_breakdown_final
);
COMMENT ON AGGREGATE breakdown_agg(rating_breakdown) IS
'Breakdowns added up: exactly the breakdown of all their answers. NULLs are left out; NULL without any answers. '
'Error 22023 when scales or weighted and unweighted answers are mixed, 22003 past 2^63 - 1 answers.';


--
-- Reading a breakdown
--

CREATE FUNCTION breakdown(b rating_breakdown,
	OUT label text, OUT responses bigint, OUT share numeric, OUT summary rating_summary)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'breakdown_rows' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION breakdown(rating_breakdown) IS
'One row for each label, in the order of their bytes, NULL last: how many answers, their share of all (or that of '
'their weight) in percent, 0 to 100, and their summary, which nps(), csat(), nps_interval() and others read. No rows '
'without answers.';

CREATE FUNCTION nps_shift(before rating_breakdown, after rating_breakdown,
	OUT label text, OUT share_before numeric, OUT share_after numeric,
	OUT nps_before numeric, OUT nps_after numeric, OUT mix numeric, OUT rate numeric, OUT total numeric,
	OUT rate_low numeric, OUT rate_high numeric, OUT p_value double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'breakdown_nps_shift' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20 COST 1000;
COMMENT ON FUNCTION nps_shift(rating_breakdown, rating_breakdown) IS
'What moved the NPS, in points, and by which labels. One row for each label of either side, by bytes, NULL last. '
'shares in percent of all answers (or of their weight), 0 to 100. rate: what comes from the label''s own metric '
'changing, at the mean of its two shares; mix: what comes from its share changing, by how far the label is from the '
'whole (Kitagawa 1955, centred); total: both. Exact, rounded to 16 decimals, of which the largest total takes the '
'rest: the sum of total is the metric after less that before to the last digit. A label on one side only has its '
'metric NULL on the other and the rate 0. rate_low, rate_high: 95 % interval of the rate; p_value: has its metric '
'changed? Both from nps_test of this label alone, not adjusted for several labels; NULL where it has no result. mix '
'to p_value are NULL when a side has no answers at all. No rows for NULL. Error 22023 on any scale but 0..10.';

CREATE FUNCTION csat_shift(before rating_breakdown, after rating_breakdown, satisfied_from integer DEFAULT NULL,
	OUT label text, OUT share_before numeric, OUT share_after numeric,
	OUT csat_before numeric, OUT csat_after numeric, OUT mix numeric, OUT rate numeric, OUT total numeric,
	OUT rate_low numeric, OUT rate_high numeric, OUT p_value double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'breakdown_csat_shift' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 20 COST 1000;
COMMENT ON FUNCTION csat_shift(rating_breakdown, rating_breakdown, integer) IS
'What moved the CSAT, in points, and by which labels. satisfied_from NULL is the rule of csat(rating_summary). One '
'row for each label of either side, by bytes, NULL last. shares in percent of all answers (or of their weight), 0 to '
'100. rate: what comes from the label''s own metric changing, at the mean of its two shares; mix: what comes from '
'its share changing, by how far the label is from the whole (Kitagawa 1955, centred); total: both. Exact, rounded to '
'16 decimals, of which the largest total takes the rest: the sum of total is the metric after less that before to '
'the last digit. A label on one side only has its metric NULL on the other and the rate 0. rate_low, rate_high: 95 % '
'interval of the rate; p_value: has its metric changed? Both from csat_test of this label alone, not adjusted for '
'several labels; NULL where it has no result. mix to p_value are NULL when a side has no answers at all. No rows for '
'NULL. Error 22023 for different scales, for a satisfied_from outside the scale, and for scales longer than 7 '
'without one.';

CREATE FUNCTION ces_shift(before rating_breakdown, after rating_breakdown,
	OUT label text, OUT share_before numeric, OUT share_after numeric,
	OUT ces_before numeric, OUT ces_after numeric, OUT mix numeric, OUT rate numeric, OUT total numeric,
	OUT rate_low numeric, OUT rate_high numeric, OUT p_value double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'breakdown_ces_shift' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20 COST 1000;
COMMENT ON FUNCTION ces_shift(rating_breakdown, rating_breakdown) IS
'What moved the CES, the mean score, in units of the scale, and by which labels. One row for each label of either '
'side, by bytes, NULL last. shares in percent of all answers (or of their weight), 0 to 100. rate: what comes from '
'the label''s own metric changing, at the mean of its two shares; mix: what comes from its share changing, by how '
'far the label is from the whole (Kitagawa 1955, centred); total: both. Exact, rounded to 16 decimals, of which the '
'largest total takes the rest: the sum of total is the metric after less that before to the last digit. A label on '
'one side only has its metric NULL on the other and the rate 0. rate_low, rate_high: 95 % interval of the rate; '
'p_value: has its metric changed? Both from ces_test of this label alone, not adjusted for several labels; NULL '
'where it has no result. mix to p_value are NULL when a side has no answers at all. No rows for NULL. Error 22023 '
'for different scales.';


--
-- Weights for known shares
--

CREATE FUNCTION standardize(b rating_breakdown, shares jsonb) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'breakdown_standardize' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION standardize(rating_breakdown, jsonb) IS
'The summary of all answers as if the labels had these shares, such as {"18-24": 0.2, "25-99": 0.8}; they need not '
'sum to 1. Each answer of a label gets the weight share / sum of shares * all answers / answers of the label, '
'rounded to 9 decimals. What nps(), csat() and ces() say of it is exact for those weights; intervals and tests use '
'the effective number of answers (Kish) and are approximate, since the shares are taken as known. NULL for NULL and '
'without answers. Error 22023 for a label with answers and without a share or the other way round, for a NULL label, '
'a negative share, and weighted answers; 22003 for a weight above 10^6, and for one that is rounded to 0 though the '
'share is not.';

CREATE FUNCTION rake_weights(cells jsonb, targets jsonb, most numeric DEFAULT NULL,
	OUT labels jsonb, OUT responses bigint, OUT weight double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'breakdown_rake_weights' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 100 COST 1000;
COMMENT ON FUNCTION rake_weights(jsonb, jsonb, numeric) IS
'Weights with which answers have known shares in several margins, by raking (Deming and Stephan 1940). cells: '
'[{"labels": {"age": "18-24", "sex": "f"}, "responses": 12}, ...]; targets: {"age": {"18-24": 0.2, ...}, "sex": '
'{...}}, each margin made to sum to 1. One row for each cell, in their order: its labels, its answers, and the '
'weight of each of them, 0 or more, with the mean 1 over all answers; NULL for a cell without answers. Shares are '
'right to 10^-12. Weights above most (1 or more) are cut to it and raking goes on; NULL is no limit. No rows for '
'NULL cells or targets. Error 22023 for a target without answers, for answers without a target, and when 1000 rounds '
'are not enough: it names the worst margin; 22003 for more than 2^63 - 1 answers in a cell.';


--
-- JSON
--

CREATE FUNCTION rating_breakdown_to_json(rating_breakdown) RETURNS json
	AS 'MODULE_PATHNAME', 'rating_breakdown_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_breakdown_to_json(rating_breakdown) IS
'{"labels": [{"label": "app", "counts": [0, 2, 5]}, {"label": null, "counts": [0, 0, 4]}], "scale": [1, 3]}; '
'weighted ones also have "weights" and "squared_weights" for each label; without answers there is no "scale". It is '
'what to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION rating_breakdown_to_jsonb(rating_breakdown) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'rating_breakdown_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_breakdown_to_jsonb(rating_breakdown) IS
'{"labels": [{"label": "app", "counts": [0, 2, 5]}, {"label": null, "counts": [0, 0, 4]}], "scale": [1, 3]}; '
'weighted ones also have "weights" and "squared_weights" for each label; without answers there is no "scale".';

CREATE CAST (rating_breakdown AS json) WITH FUNCTION rating_breakdown_to_json(rating_breakdown);
COMMENT ON CAST (rating_breakdown AS json) IS
'All that the value says; see rating_breakdown_to_json(rating_breakdown).';

CREATE CAST (rating_breakdown AS jsonb) WITH FUNCTION rating_breakdown_to_jsonb(rating_breakdown);
COMMENT ON CAST (rating_breakdown AS jsonb) IS
'All that the value says; see rating_breakdown_to_json(rating_breakdown).';

CREATE CAST (json AS rating_breakdown) WITH INOUT;
COMMENT ON CAST (json AS rating_breakdown) IS
'Reads what the cast to json gives; the input function of rating_breakdown reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS rating_breakdown) WITH INOUT;
COMMENT ON CAST (jsonb AS rating_breakdown) IS
'Reads what the cast to jsonb gives; the input function of rating_breakdown reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';
