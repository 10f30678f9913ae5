--
-- journey_survival: how long it takes to the next stage, with those still on their way
--

CREATE TYPE journey_survival;

CREATE FUNCTION cxjourney_internal.journey_survival_in(cstring) RETURNS journey_survival
	AS 'MODULE_PATHNAME', 'survival_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_in(cstring) IS
'Reads the text form of a journey_survival, such as {from a to b [2340: 2 + 1 in 10368000000000us]}: what the waits '
'are for, and for each bucket, ascending, how many reached it, how many are censored there and the sum of their '
'waits. Gaps begin with "gaps of a", waits that were given one by one with the bracket. Error 22P02, with the place.';

CREATE FUNCTION cxjourney_internal.journey_survival_out(journey_survival) RETURNS cstring
	AS 'MODULE_PATHNAME', 'survival_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_out(journey_survival) IS
'Writes the text form of a journey_survival, exact and free of every setting.';

CREATE FUNCTION cxjourney_internal.journey_survival_recv(internal) RETURNS journey_survival
	AS 'MODULE_PATHNAME', 'survival_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_recv(internal) IS
'Reads the binary form of a journey_survival. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_survival_send(journey_survival) RETURNS bytea
	AS 'MODULE_PATHNAME', 'survival_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_send(journey_survival) IS
'Writes the binary form of a journey_survival.';

CREATE TYPE journey_survival (
	INPUT = cxjourney_internal.journey_survival_in,
	OUTPUT = cxjourney_internal.journey_survival_out,
	RECEIVE = cxjourney_internal.journey_survival_recv,
	SEND = cxjourney_internal.journey_survival_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_survival IS
'How long it takes to get to a stage, when some are still on their way: waits that reached it and waits that are '
'censored, by their length. Built by survival_agg and gap_agg, merged by survival_agg(journey_survival) and +, read by '
'survival_curve, survival_share, survival_percentile, survival_chance, survival_at_risk and survival_test. It keeps '
'what the waits are for; only waits for the same add up.';

CREATE FUNCTION cxjourney_internal.journey_survival_eq(journey_survival, journey_survival) RETURNS boolean
	AS 'MODULE_PATHNAME', 'survival_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_eq(journey_survival, journey_survival) IS
'The operator =.';

CREATE FUNCTION cxjourney_internal.journey_survival_ne(journey_survival, journey_survival) RETURNS boolean
	AS 'MODULE_PATHNAME', 'survival_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_ne(journey_survival, journey_survival) IS
'The operator <>.';

CREATE FUNCTION cxjourney_internal.journey_survival_lt(journey_survival, journey_survival) RETURNS boolean
	AS 'MODULE_PATHNAME', 'survival_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_lt(journey_survival, journey_survival) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.journey_survival_le(journey_survival, journey_survival) RETURNS boolean
	AS 'MODULE_PATHNAME', 'survival_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_le(journey_survival, journey_survival) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.journey_survival_gt(journey_survival, journey_survival) RETURNS boolean
	AS 'MODULE_PATHNAME', 'survival_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_gt(journey_survival, journey_survival) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.journey_survival_ge(journey_survival, journey_survival) RETURNS boolean
	AS 'MODULE_PATHNAME', 'survival_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_ge(journey_survival, journey_survival) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.journey_survival_cmp(journey_survival, journey_survival) RETURNS integer
	AS 'MODULE_PATHNAME', 'survival_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_cmp(journey_survival, journey_survival) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.journey_survival_hash(journey_survival) RETURNS integer
	AS 'MODULE_PATHNAME', 'survival_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_hash(journey_survival) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_survival_hash_extended(journey_survival, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'survival_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_hash_extended(journey_survival, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_survival_plus(journey_survival, journey_survival) RETURNS journey_survival
	AS 'MODULE_PATHNAME', 'survival_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_plus(journey_survival, journey_survival) IS
'The operator +. Error 22023 when the waits are for different things, 22003 past 9223372036854775807 waits.';

CREATE OPERATOR = (
	LEFTARG = journey_survival, RIGHTARG = journey_survival,
	FUNCTION = cxjourney_internal.journey_survival_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_survival, journey_survival) IS
'Waits for the same, with the same buckets, counts and sums.';

CREATE OPERATOR <> (
	LEFTARG = journey_survival, RIGHTARG = journey_survival,
	FUNCTION = cxjourney_internal.journey_survival_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_survival, journey_survival) IS
'Waits for something else, or other buckets, counts or sums.';

CREATE OPERATOR + (
	LEFTARG = journey_survival, RIGHTARG = journey_survival,
	FUNCTION = cxjourney_internal.journey_survival_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_survival, journey_survival) IS
'The waits of both.';

CREATE OPERATOR < (
	LEFTARG = journey_survival, RIGHTARG = journey_survival,
	FUNCTION = cxjourney_internal.journey_survival_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_survival, journey_survival) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = journey_survival, RIGHTARG = journey_survival,
	FUNCTION = cxjourney_internal.journey_survival_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_survival, journey_survival) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = journey_survival, RIGHTARG = journey_survival,
	FUNCTION = cxjourney_internal.journey_survival_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_survival, journey_survival) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = journey_survival, RIGHTARG = journey_survival,
	FUNCTION = cxjourney_internal.journey_survival_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_survival, journey_survival) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS journey_survival_ops
	DEFAULT FOR TYPE journey_survival USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.journey_survival_cmp(journey_survival, journey_survival);
COMMENT ON OPERATOR CLASS journey_survival_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_survival, by content.';
COMMENT ON OPERATOR FAMILY journey_survival_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_survival, by content.';

CREATE OPERATOR CLASS journey_survival_ops
	DEFAULT FOR TYPE journey_survival USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.journey_survival_hash(journey_survival),
		FUNCTION 2 cxjourney_internal.journey_survival_hash_extended(journey_survival, bigint);
COMMENT ON OPERATOR CLASS journey_survival_ops USING hash IS
'Hash joins, grouping and indexes of journey_survival.';
COMMENT ON OPERATOR FAMILY journey_survival_ops USING hash IS
'Hash joins, grouping and indexes of journey_survival.';

CREATE FUNCTION cxjourney_internal.journey_survival_accum(journey_survival, journey, text, text, timestamptz)
	RETURNS journey_survival
	AS 'MODULE_PATHNAME', 'survival_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_accum(journey_survival, journey, text, text, timestamptz) IS
'State function of survival_agg(journey, from_stage, to_stage, until). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_survival_accum_gaps(journey_survival, journey, text, timestamptz)
	RETURNS journey_survival
	AS 'MODULE_PATHNAME', 'survival_accum_gaps' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_accum_gaps(journey_survival, journey, text, timestamptz) IS
'State function of gap_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_survival_accum_wait(journey_survival, interval, boolean)
	RETURNS journey_survival
	AS 'MODULE_PATHNAME', 'survival_accum_wait' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_accum_wait(journey_survival, interval, boolean) IS
'State function of survival_agg(waited, reached). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_survival_combine(journey_survival, journey_survival) RETURNS journey_survival
	AS 'MODULE_PATHNAME', 'survival_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_combine(journey_survival, journey_survival) IS
'State and combine function of survival_agg and gap_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.journey_survival_final(journey_survival) RETURNS journey_survival
	AS 'MODULE_PATHNAME', 'survival_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_survival_final(journey_survival) IS
'Final function of survival_agg and gap_agg: packs the state; NULL without any row.';

CREATE AGGREGATE survival_agg(journey journey, from_stage text, to_stage text, until timestamptz) (
	SFUNC = cxjourney_internal.journey_survival_accum, STYPE = journey_survival, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.journey_survival_final, COMBINEFUNC = cxjourney_internal.journey_survival_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE survival_agg(journey, text, text, timestamptz) IS
'How long customers take from their first visit to one stage to the next visit to another, in the order of visits; a '
'simultaneous visit to another stage counts with 0, and where both stages are the same it is the second visit. Who has '
'not come by "until", up to when the journey is known and which may differ by customer, is censored there: the wait is '
'at least so long. Visits after it do not count, nor do customers who came to from_stage after it, or never. NULL '
'journeys are left out; NULL without any. Error 22004 for a NULL stage or "until", 22008 for an infinite one, 22023 '
'for what is no label, and when the stages differ between rows.';

CREATE AGGREGATE survival_agg(waited interval, reached boolean) (
	SFUNC = cxjourney_internal.journey_survival_accum_wait, STYPE = journey_survival, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.journey_survival_final, COMBINEFUNC = cxjourney_internal.journey_survival_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE survival_agg(interval, boolean) IS
'Waits given one by one: how long it has been, and whether it was reached then, or is still to come (censored). Days '
'have 24 hours. Rows with a NULL are left out; NULL without any other. Error 22023 for a negative wait, which '
'survival_agg(w, r) FILTER (WHERE w >= ''0'') leaves out, and for one with months or years, which have no fixed '
'length.';

CREATE AGGREGATE survival_agg(survival journey_survival) (
	SFUNC = cxjourney_internal.journey_survival_combine, STYPE = journey_survival, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.journey_survival_final, COMBINEFUNC = cxjourney_internal.journey_survival_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE survival_agg(journey_survival) IS
'Waits added up, the same in any order. NULLs are left out; NULL without any. Error 22023 when the waits are for '
'different things, 22003 past 9223372036854775807 waits.';

CREATE AGGREGATE gap_agg(journey journey, stage text, until timestamptz) (
	SFUNC = cxjourney_internal.journey_survival_accum_gaps, STYPE = journey_survival, SSPACE = 2048,
	FINALFUNC = cxjourney_internal.journey_survival_final, COMBINEFUNC = cxjourney_internal.journey_survival_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE gap_agg(journey, text, timestamptz) IS
'How long it takes from each visit to a stage to the next one there; the time since the last visit at or before '
'"until" is censored. Gaps of one customer are not independent of each other, so the limits of survival_curve are '
'too narrow and the p-value of survival_test too small. NULL journeys are left out; NULL without any. Error 22004 '
'for a NULL stage or "until", 22008 for an infinite one, 22023 for what is no label, and when the stage differs '
'between rows.';

CREATE FUNCTION survival_curve(survival journey_survival, level double precision DEFAULT 0.95, OUT "time" interval,
	OUT at_risk bigint, OUT reached bigint, OUT censored bigint, OUT share numeric, OUT low numeric, OUT high numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'survival_curve' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100;
COMMENT ON FUNCTION survival_curve(journey_survival, double precision) IS
'The curve of Kaplan and Meier, a row for each time: the mean of the waits of a bucket, how many had waited at least '
'so long, how many of them reached it then and how many are censored, and the share that has arrived, in percent, 0 '
'to 100, with its limits (Greenwood''s variance, log(-log), NULL where the share is 0 or 100). Buckets are at most '
'1/64 wide, and from 64 days on a day of 24 hours, to 20 years: waits in whole days are exact. Within a bucket those '
'who reached come before those who are censored. NULL gives no rows; error 22023 for a level outside (0, 1).';

CREATE FUNCTION survival_share(survival journey_survival, waited interval) RETURNS numeric
	AS 'MODULE_PATHNAME', 'survival_share' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survival_share(journey_survival, interval) IS
'What percentage, 0 to 100, has arrived after that time, those included who reached it in its bucket of '
'survival_curve. NULL without any wait, and where nobody was seen for so long and some had not arrived. Error 22023 '
'for a negative time, and for months and years.';

CREATE FUNCTION survival_at_risk(survival journey_survival, waited interval) RETURNS bigint
	AS 'MODULE_PATHNAME', 'survival_at_risk' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survival_at_risk(journey_survival, interval) IS
'How many were still on their way after that time, and seen beyond it: what survival_chance is computed from, 0 or '
'more. Those within its bucket of survival_curve do not count. Error 22023 for a negative time, and for months and '
'years.';

CREATE FUNCTION survival_percentile(survival journey_survival, q double precision) RETURNS interval
	AS 'MODULE_PATHNAME', 'survival_percentile' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survival_percentile(journey_survival, double precision) IS
'The time by which the fraction q, 0 to 1, has arrived: the first time of survival_curve with a larger share, or, '
'where the share is just q for a while, the middle of it, as quantile() of R''s survival curves; 0 for q = 0. Days '
'of 24 hours. NULL without any wait and when the share never comes so far. Error 22003 unless q is between 0 and 1.';

CREATE FUNCTION survival_chance(survival journey_survival, waited interval, ahead interval) RETURNS double precision
	AS 'MODULE_PATHNAME', 'survival_chance' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survival_chance(journey_survival, interval, interval) IS
'The chance, 0 to 1, that a customer who has waited so long and has not come comes within the time ahead: 1 - S(waited '
'+ ahead) / S(waited), S being the share still on its way. NULL when nobody was on their way after that wait, and '
'where nobody was seen for as long as both together and some had not arrived; survival_at_risk says how many it is '
'computed from. Error 22023 for a negative time, and for months and years.';

CREATE FUNCTION survival_test(a journey_survival, b journey_survival, OUT statistic double precision,
	OUT p_value double precision)
	RETURNS record
	AS 'MODULE_PATHNAME', 'survival_test' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION survival_test(journey_survival, journey_survival) IS
'Do two groups of customers take different times? The log-rank test with the variance of the hypergeometric '
'distribution: chi-squared with one degree of freedom, 0 or more, and its p-value, 0 to 1. NULL where the variance is '
'0, as when one group is empty. The groups must have no customer in common. Error 22023 when the waits are for '
'different things.';


--
-- JSON
--

CREATE FUNCTION journey_survival_to_json(journey_survival) RETURNS json
	AS 'MODULE_PATHNAME', 'journey_survival_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_survival_to_json(journey_survival) IS
'{"from": "a", "to": "b", "waits": [{"bucket": 2340, "reached": 2, "censored": 1, "microseconds": 10368000000000}]}: '
'what the waits are for ("gaps_of" for gaps, nothing for waits given one by one) and the buckets of the text form. It '
'is what to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION journey_survival_to_jsonb(journey_survival) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'journey_survival_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_survival_to_jsonb(journey_survival) IS
'{"from": "a", "to": "b", "waits": [{"bucket": 2340, "reached": 2, "censored": 1, "microseconds": 10368000000000}]}: '
'what the waits are for ("gaps_of" for gaps, nothing for waits given one by one) and the buckets of the text form.';

CREATE CAST (journey_survival AS json) WITH FUNCTION journey_survival_to_json(journey_survival);
COMMENT ON CAST (journey_survival AS json) IS
'All that the value says; see journey_survival_to_json(journey_survival).';

CREATE CAST (journey_survival AS jsonb) WITH FUNCTION journey_survival_to_jsonb(journey_survival);
COMMENT ON CAST (journey_survival AS jsonb) IS
'All that the value says; see journey_survival_to_json(journey_survival).';

CREATE CAST (json AS journey_survival) WITH INOUT;
COMMENT ON CAST (json AS journey_survival) IS
'Reads what the cast to json gives; the input function of journey_survival reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS journey_survival) WITH INOUT;
COMMENT ON CAST (jsonb AS journey_survival) IS
'Reads what the cast to jsonb gives; the input function of journey_survival reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';


