--
-- journey_attribution: what each touchpoint earned of a goal
--

CREATE TYPE journey_attribution;

CREATE FUNCTION cxjourney_internal.journey_attribution_in(cstring) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'journey_attribution_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_attribution_in(cstring) IS
'Reads the text form of an attribution: goal, half-life if there is one, touchpoints with their conversions by '
'first, last, linear, position and, with a half-life, time_decay, behind a semicolon shapley, in how many paths each '
'took part and its pairs (the paths of two touches that it ended less those it began), and steps, as in purchase (7 '
'days) {ads 1 1 1 1 1; 1 1 0} [^ > ads 1, ads > $ 1], where ^ is the start, $ conversion and ! null; with money, '
'lookback and direct touchpoint as the output function writes them. Without what is behind the semicolon only the '
'models before it and markov can be read. Error 22P02, with the place, also for numbers that do not add up; 54000 '
'for a label of more than 255 bytes.';

CREATE FUNCTION cxjourney_internal.journey_attribution_out(journey_attribution) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_attribution_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_attribution_out(journey_attribution) IS
'Writes the text form of an attribution: exact, and independent of every setting.';

CREATE FUNCTION cxjourney_internal.journey_attribution_recv(internal) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'journey_attribution_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_attribution_recv(internal) IS
'Reads the binary form of an attribution; every byte is checked. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_attribution_send(journey_attribution) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_attribution_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_attribution_send(journey_attribution) IS
'Writes the binary form of an attribution.';

CREATE TYPE journey_attribution (
	INPUT = cxjourney_internal.journey_attribution_in,
	OUTPUT = cxjourney_internal.journey_attribution_out,
	RECEIVE = cxjourney_internal.journey_attribution_recv,
	SEND = cxjourney_internal.journey_attribution_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_attribution IS
'What each touchpoint earned of a goal, by every model, in conversions and in money, in whole numbers. Built by '
'attribution_agg(journey, goal [, half_life [, lookback [, direct]]]), merged by attribution_agg(journey_attribution) '
'and +, read by attribution_credits, attribution_values and attribution_counts.';

CREATE FUNCTION attribution_credits(attribution journey_attribution, model text, OUT touchpoint text,
	OUT credit numeric, OUT share numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'attribution_credits' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION attribution_credits(journey_attribution, text) IS
'One row for each touchpoint, most credit first, then by bytes: credit in conversions (to 10^-14), share in percent '
'of all conversions. Models: first, last, linear, position (40 % first touch, 40 % last, 20 % between; two touches '
'halve it), j_curve (20 % first, 60 % last, 20 % between; of two touches 25 % and 75 %), inverse_j (the other way '
'round), time_decay (needs the half-life at aggregation), shapley (a conversion is shared alike by the different '
'touchpoints of its path, which is their Shapley value), participation (each of them has all of it: the sum is more '
'than the conversions), last_non_direct (the last touch that is not the direct touchpoint, which is given at '
'aggregation; a direct one if there is no other), markov (first order, in proportion to the exact removal effect). '
'Which of several simultaneous touches (equal time and seq) was first or last is not known: first, last, position, '
'j_curve, inverse_j and last_non_direct give each the mean over all their orders; markov takes the steps between '
'them in the order of the journey, by the bytes of their labels. Credits of every model but participation sum '
'exactly to the conversions. Conversions without a touch are the row (none), in every model; a touchpoint with that '
'label stands in double quotes. A touchpoint that earned nothing has credit 0; when the goal never occurred all '
'have, share is NULL, and a NOTICE, once a query, names the touchpoint with the label most like the goal; '
'last_non_direct does so where nobody came by the direct touchpoint. Error 22023 for an unknown model, for '
'time_decay without a half-life, last_non_direct without a direct touchpoint, and for a value that lacks the sums of '
'the model, 54000 for markov with more than 2000 touchpoints. NULL for NULL: no rows.';

CREATE FUNCTION attribution_values(attribution journey_attribution, model text, OUT touchpoint text,
	OUT value numeric, OUT share numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'attribution_values' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 20;
COMMENT ON FUNCTION attribution_values(journey_attribution, text) IS
'What each touchpoint earned in money: one row for each, most first, then by bytes, with the models and the errors of '
'attribution_credits. value is the values of the conversions, shared as those are (to 10^-18), share is in percent '
'of all of it: with refunds, which are values below 0, it may be below 0 or above 100, and it is NULL where all comes '
'to 0. A conversion without a value counts 0. The values of every model but participation sum exactly to those of '
'the conversions; what had no touch is the row (none), as there. markov: the chain of attribution_credits, in which a '
'conversion is worth what those straight behind the same touchpoint were worth in the mean; what was earned and what '
'was refunded are shared apart. value and share are NULL when no conversion had a value. NULL for NULL: no rows.';

CREATE FUNCTION attribution_counts(attribution journey_attribution, OUT conversions bigint, OUT without_touch bigint,
	OUT null_paths bigint, OUT without_value bigint, OUT value numeric)
	AS 'MODULE_PATHNAME', 'attribution_counts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION attribution_counts(journey_attribution) IS
'How much an attribution holds: conversions; how many of them had no touch before them, within the lookback if there '
'is one; paths that did not end with the goal; how many conversions had no value, which count 0 in money; and the sum '
'of the values, NULL when none had one. NULL for NULL.';

CREATE FUNCTION cxjourney_internal.attribution_add(journey_attribution, journey_attribution) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_add(journey_attribution, journey_attribution) IS
'Implementation of the + operator.';

CREATE FUNCTION cxjourney_internal.attribution_eq(journey_attribution, journey_attribution) RETURNS boolean
	AS 'MODULE_PATHNAME', 'attribution_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_eq(journey_attribution, journey_attribution) IS
'Implementation of the = operator.';

CREATE FUNCTION cxjourney_internal.attribution_ne(journey_attribution, journey_attribution) RETURNS boolean
	AS 'MODULE_PATHNAME', 'attribution_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_ne(journey_attribution, journey_attribution) IS
'Implementation of the <> operator.';

CREATE FUNCTION cxjourney_internal.attribution_lt(journey_attribution, journey_attribution) RETURNS boolean
	AS 'MODULE_PATHNAME', 'attribution_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_lt(journey_attribution, journey_attribution) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.attribution_le(journey_attribution, journey_attribution) RETURNS boolean
	AS 'MODULE_PATHNAME', 'attribution_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_le(journey_attribution, journey_attribution) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.attribution_gt(journey_attribution, journey_attribution) RETURNS boolean
	AS 'MODULE_PATHNAME', 'attribution_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_gt(journey_attribution, journey_attribution) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.attribution_ge(journey_attribution, journey_attribution) RETURNS boolean
	AS 'MODULE_PATHNAME', 'attribution_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_ge(journey_attribution, journey_attribution) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.attribution_cmp(journey_attribution, journey_attribution) RETURNS integer
	AS 'MODULE_PATHNAME', 'attribution_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_cmp(journey_attribution, journey_attribution) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.attribution_hash(journey_attribution) RETURNS integer
	AS 'MODULE_PATHNAME', 'attribution_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_hash(journey_attribution) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.attribution_hash_extended(journey_attribution, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'attribution_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_hash_extended(journey_attribution, bigint) IS
'Seeded hash function of the hash operator class.';

CREATE OPERATOR + (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = cxjourney_internal.attribution_add,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_attribution, journey_attribution) IS
'Attribution of the journeys of both. Error 22023 for different goals, half-lives, lookbacks or direct touchpoints, '
'22003 past 2^63 - 1 steps and for values that sum to more than 10^20 without their sign.';

CREATE OPERATOR = (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = cxjourney_internal.attribution_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_attribution, journey_attribution) IS
'Same goal, half-life, lookback, direct touchpoint, touchpoints, counts and money.';

CREATE OPERATOR <> (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = cxjourney_internal.attribution_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_attribution, journey_attribution) IS
'Another goal, half-life, lookback, direct touchpoint, touchpoint, count or money.';

CREATE OPERATOR < (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = cxjourney_internal.attribution_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_attribution, journey_attribution) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = cxjourney_internal.attribution_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_attribution, journey_attribution) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = cxjourney_internal.attribution_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_attribution, journey_attribution) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = journey_attribution, RIGHTARG = journey_attribution,
	FUNCTION = cxjourney_internal.attribution_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_attribution, journey_attribution) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS journey_attribution_ops
	DEFAULT FOR TYPE journey_attribution USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.attribution_cmp(journey_attribution, journey_attribution);
COMMENT ON OPERATOR CLASS journey_attribution_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_attribution, by content.';
COMMENT ON OPERATOR FAMILY journey_attribution_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_attribution, by content.';

CREATE OPERATOR CLASS journey_attribution_ops
	DEFAULT FOR TYPE journey_attribution USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.attribution_hash(journey_attribution),
		FUNCTION 2 cxjourney_internal.attribution_hash_extended(journey_attribution, bigint);
COMMENT ON OPERATOR CLASS journey_attribution_ops USING hash IS
'Hash joins, grouping and indexes of journey_attribution.';
COMMENT ON OPERATOR FAMILY journey_attribution_ops USING hash IS
'Hash joins, grouping and indexes of journey_attribution.';

CREATE FUNCTION cxjourney_internal.attribution_accum(journey_attribution, journey, text) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_accum(journey_attribution, journey, text) IS
'State function of attribution_agg(journey, text); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.attribution_accum(journey_attribution, journey, text, interval)
	RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_accum_half_life' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_accum(journey_attribution, journey, text, interval) IS
'State function of attribution_agg(journey, text, interval); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.attribution_accum(journey_attribution, journey, text, interval, interval)
	RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_accum_lookback' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_accum(journey_attribution, journey, text, interval, interval) IS
'State function of attribution_agg(journey, text, interval, interval); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.attribution_accum(journey_attribution, journey, text, interval, interval, text)
	RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_accum_direct' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_accum(journey_attribution, journey, text, interval, interval,
	text) IS
'State function of attribution_agg(journey, text, interval, interval, text); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.attribution_combine(journey_attribution, journey_attribution)
	RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_combine(journey_attribution, journey_attribution) IS
'State and combine function of attribution_agg; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.attribution_final(journey_attribution) RETURNS journey_attribution
	AS 'MODULE_PATHNAME', 'attribution_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.attribution_final(journey_attribution) IS
'Final function of attribution_agg: packs what was collected.';

CREATE AGGREGATE attribution_agg(j journey, goal text) (
	SFUNC = cxjourney_internal.attribution_accum, STYPE = journey_attribution, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.attribution_final, COMBINEFUNC = cxjourney_internal.attribution_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE attribution_agg(journey, text) IS
'What the touchpoints of the journeys earned of a goal, for every model but time_decay and last_non_direct. Every '
'visit to the goal ends a path and is one conversion, worth the value of that visit; the visits after it begin the '
'next path; a rest without the goal is a null path. A touch simultaneous with the goal (equal time and seq) comes '
'before it; of several simultaneous visits to the goal the first one, without a value or with the lowest, takes the '
'touches. Every other visit is a touch, repeats too. A goal that is never visited gives no conversions. NULL '
'journeys are left out; no journeys give NULL. Error 22004 for a NULL goal, 22023 for what is no label, for a goal '
'with | > or & that does not stand in double quotes, and for another goal within a group, 22003 for values that sum '
'to more than 10^20 without their sign, 54000 past 65536 touchpoints or 8388608 different steps.';

CREATE AGGREGATE attribution_agg(j journey, goal text, half_life interval) (
	SFUNC = cxjourney_internal.attribution_accum, STYPE = journey_attribution, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.attribution_final, COMBINEFUNC = cxjourney_internal.attribution_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE attribution_agg(journey, text, interval) IS
'What the touchpoints of the journeys earned of a goal, time_decay included: a touch weighs 2^(-age / half_life), '
'where age is the time from it to the conversion. The half-life is above 0, of fixed length, a day has 24 hours; NULL '
'is without. 22023 for months and years, 0 and less, and another half-life within a group. All else as '
'attribution_agg(journey, goal).';

CREATE AGGREGATE attribution_agg(j journey, goal text, half_life interval, lookback interval) (
	SFUNC = cxjourney_internal.attribution_accum, STYPE = journey_attribution, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.attribution_final, COMBINEFUNC = cxjourney_internal.attribution_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE attribution_agg(journey, text, interval, interval) IS
'The same with a lookback: touches that are longer than it before their conversion do not count, as if they had not '
'been; a conversion with none left has no touch. Paths without the goal are not cut. It is above 0 and of fixed '
'length, a day has 24 hours; NULL is without, for the half-life too. 22023 for months and years, 0 and less, and '
'another lookback within a group. All else as attribution_agg(journey, goal, half_life).';

CREATE AGGREGATE attribution_agg(j journey, goal text, half_life interval, lookback interval, direct text) (
	SFUNC = cxjourney_internal.attribution_accum, STYPE = journey_attribution, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.attribution_final, COMBINEFUNC = cxjourney_internal.attribution_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE attribution_agg(journey, text, interval, interval, text) IS
'The same with the label of the touchpoint that customers come to by themselves, for last_non_direct; no other model '
'asks for it. NULL is without, for half-life and lookback too. 22023 for what is no label or looks like a path, and '
'for another one within a group. All else as attribution_agg(journey, goal, half_life, lookback).';

CREATE AGGREGATE attribution_agg(attribution journey_attribution) (
	SFUNC = cxjourney_internal.attribution_combine, STYPE = journey_attribution, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.attribution_final, COMBINEFUNC = cxjourney_internal.attribution_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE attribution_agg(journey_attribution) IS
'Puts stored attributions together: the same as one over all their journeys. NULLs are left out; none give NULL. '
'Error 22023 for different goals, half-lives, lookbacks or direct touchpoints, 22003 past 2^63 - 1 steps and for '
'values that sum to more than 10^20 without their sign.';


--
-- JSON
--

CREATE FUNCTION journey_attribution_to_json(journey_attribution) RETURNS json
	AS 'MODULE_PATHNAME', 'journey_attribution_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_attribution_to_json(journey_attribution) IS
'{"goal", "half_life", "lookback", "direct", "with_value", "untouched_earned", "untouched_refunded", "touchpoints": '
'[{"touchpoint", "first", "last", "linear", "position", "time_decay", "shapley", "participation", "pairs", '
'"last_non_direct", "first_value", "last_value", "linear_value", "position_value", "shapley_value", '
'"participation_value", "pairs_value", "earned", "refunded", "time_decay_value", "last_non_direct_value"}], "steps": '
'[{"from", "to", "count"}]}; what it does not have has no key. A step comes from null at the start of a path, and '
'goes to true at a conversion, to false where a path ends without one. It is what to_jsonb, '
'row_to_json and json_agg use.';

CREATE FUNCTION journey_attribution_to_jsonb(journey_attribution) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'journey_attribution_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_attribution_to_jsonb(journey_attribution) IS
'{"goal", "half_life", "lookback", "direct", "with_value", "untouched_earned", "untouched_refunded", "touchpoints": '
'[{"touchpoint", "first", "last", "linear", "position", "time_decay", "shapley", "participation", "pairs", '
'"last_non_direct", "first_value", "last_value", "linear_value", "position_value", "shapley_value", '
'"participation_value", "pairs_value", "earned", "refunded", "time_decay_value", "last_non_direct_value"}], "steps": '
'[{"from", "to", "count"}]}; what it does not have has no key. A step comes from null at the start of a path, and '
'goes to true at a conversion, to false where a path ends without one.';

CREATE CAST (journey_attribution AS json) WITH FUNCTION journey_attribution_to_json(journey_attribution);
COMMENT ON CAST (journey_attribution AS json) IS
'All that the value says; see journey_attribution_to_json(journey_attribution).';

CREATE CAST (journey_attribution AS jsonb) WITH FUNCTION journey_attribution_to_jsonb(journey_attribution);
COMMENT ON CAST (journey_attribution AS jsonb) IS
'All that the value says; see journey_attribution_to_json(journey_attribution).';

CREATE CAST (json AS journey_attribution) WITH INOUT;
COMMENT ON CAST (json AS journey_attribution) IS
'Reads what the cast to json gives; the input function of journey_attribution reads it as well. Error 22P02 for '
'other keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS journey_attribution) WITH INOUT;
COMMENT ON CAST (jsonb AS journey_attribution) IS
'Reads what the cast to jsonb gives; the input function of journey_attribution reads it as well. Error 22P02 for '
'other keys or types, and the errors of the text form.';


