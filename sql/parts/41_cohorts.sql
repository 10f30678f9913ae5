--
-- journey_cohorts: who came back, by the period of the start
--

CREATE TYPE journey_cohorts;

CREATE FUNCTION cxjourney_internal.journey_cohorts_in(cstring) RETURNS journey_cohorts
	AS 'MODULE_PATHNAME', 'journey_cohorts_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_cohorts_in(cstring) IS
'Reads the text form of cohorts: start, returning, unit, periods, time zone, whether it is known until when, and the '
'counts of each cohort, as in order > order by week for 2 periods in (none) until unknown {(none) streak [9, 3] '
'returned [2, 3] later [5, 3]}. Error 22P02, with the place, also for numbers that do not fit together; 54000 for a '
'label of more than 255 bytes.';

CREATE FUNCTION cxjourney_internal.journey_cohorts_out(journey_cohorts) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_cohorts_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_cohorts_out(journey_cohorts) IS
'Writes the text form of cohorts: exact, and independent of every setting.';

CREATE FUNCTION cxjourney_internal.journey_cohorts_recv(internal) RETURNS journey_cohorts
	AS 'MODULE_PATHNAME', 'journey_cohorts_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_cohorts_recv(internal) IS
'Reads the binary form of cohorts; every byte is checked. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_cohorts_send(journey_cohorts) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_cohorts_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_cohorts_send(journey_cohorts) IS
'Writes the binary form of cohorts.';

CREATE TYPE journey_cohorts (
	INPUT = cxjourney_internal.journey_cohorts_in,
	OUTPUT = cxjourney_internal.journey_cohorts_out,
	RECEIVE = cxjourney_internal.journey_cohorts_recv,
	SEND = cxjourney_internal.journey_cohorts_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_cohorts IS
'How many customers came back to a stage, by the period in which they came to another one first, in whole numbers. '
'Built by cohort_agg(journey, start, returning, unit, periods [, timezone [, until]]), merged by '
'cohort_agg(journey_cohorts) and +, read by cohort_table.';

CREATE FUNCTION cxjourney_internal.cohorts_add(journey_cohorts, journey_cohorts) RETURNS journey_cohorts
	AS 'MODULE_PATHNAME', 'cohorts_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_add(journey_cohorts, journey_cohorts) IS
'Implementation of the + operator.';

CREATE FUNCTION cxjourney_internal.cohorts_eq(journey_cohorts, journey_cohorts) RETURNS boolean
	AS 'MODULE_PATHNAME', 'cohorts_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_eq(journey_cohorts, journey_cohorts) IS
'Implementation of the = operator.';

CREATE FUNCTION cxjourney_internal.cohorts_ne(journey_cohorts, journey_cohorts) RETURNS boolean
	AS 'MODULE_PATHNAME', 'cohorts_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_ne(journey_cohorts, journey_cohorts) IS
'Implementation of the <> operator.';

CREATE FUNCTION cxjourney_internal.cohorts_lt(journey_cohorts, journey_cohorts) RETURNS boolean
	AS 'MODULE_PATHNAME', 'cohorts_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_lt(journey_cohorts, journey_cohorts) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.cohorts_le(journey_cohorts, journey_cohorts) RETURNS boolean
	AS 'MODULE_PATHNAME', 'cohorts_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_le(journey_cohorts, journey_cohorts) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.cohorts_gt(journey_cohorts, journey_cohorts) RETURNS boolean
	AS 'MODULE_PATHNAME', 'cohorts_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_gt(journey_cohorts, journey_cohorts) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.cohorts_ge(journey_cohorts, journey_cohorts) RETURNS boolean
	AS 'MODULE_PATHNAME', 'cohorts_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_ge(journey_cohorts, journey_cohorts) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.cohorts_cmp(journey_cohorts, journey_cohorts) RETURNS integer
	AS 'MODULE_PATHNAME', 'cohorts_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_cmp(journey_cohorts, journey_cohorts) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.cohorts_hash(journey_cohorts) RETURNS integer
	AS 'MODULE_PATHNAME', 'cohorts_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_hash(journey_cohorts) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.cohorts_hash_extended(journey_cohorts, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'cohorts_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_hash_extended(journey_cohorts, bigint) IS
'Seeded hash function of the hash operator class.';

CREATE OPERATOR + (
	LEFTARG = journey_cohorts, RIGHTARG = journey_cohorts,
	FUNCTION = cxjourney_internal.cohorts_add,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_cohorts, journey_cohorts) IS
'Cohorts of the customers of both. Error 22023 for different arguments, 22003 past 2^63 - 1 customers.';

CREATE OPERATOR = (
	LEFTARG = journey_cohorts, RIGHTARG = journey_cohorts,
	FUNCTION = cxjourney_internal.cohorts_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_cohorts, journey_cohorts) IS
'The same question, and the same counts.';

CREATE OPERATOR <> (
	LEFTARG = journey_cohorts, RIGHTARG = journey_cohorts,
	FUNCTION = cxjourney_internal.cohorts_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_cohorts, journey_cohorts) IS
'Another question, or other counts.';

CREATE OPERATOR < (
	LEFTARG = journey_cohorts, RIGHTARG = journey_cohorts,
	FUNCTION = cxjourney_internal.cohorts_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_cohorts, journey_cohorts) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = journey_cohorts, RIGHTARG = journey_cohorts,
	FUNCTION = cxjourney_internal.cohorts_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_cohorts, journey_cohorts) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = journey_cohorts, RIGHTARG = journey_cohorts,
	FUNCTION = cxjourney_internal.cohorts_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_cohorts, journey_cohorts) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = journey_cohorts, RIGHTARG = journey_cohorts,
	FUNCTION = cxjourney_internal.cohorts_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_cohorts, journey_cohorts) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS journey_cohorts_ops
	DEFAULT FOR TYPE journey_cohorts USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.cohorts_cmp(journey_cohorts, journey_cohorts);
COMMENT ON OPERATOR CLASS journey_cohorts_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_cohorts, by content.';
COMMENT ON OPERATOR FAMILY journey_cohorts_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_cohorts, by content.';

CREATE OPERATOR CLASS journey_cohorts_ops
	DEFAULT FOR TYPE journey_cohorts USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.cohorts_hash(journey_cohorts),
		FUNCTION 2 cxjourney_internal.cohorts_hash_extended(journey_cohorts, bigint);
COMMENT ON OPERATOR CLASS journey_cohorts_ops USING hash IS
'Hash joins, grouping and indexes of journey_cohorts.';
COMMENT ON OPERATOR FAMILY journey_cohorts_ops USING hash IS
'Hash joins, grouping and indexes of journey_cohorts.';

CREATE FUNCTION cohort_table(cohorts journey_cohorts, OUT cohort date, OUT period integer, OUT customers bigint,
	OUT returned bigint, OUT returned_or_later bigint, OUT streak bigint, OUT ended bigint, OUT share numeric,
	OUT complete boolean, OUT cohort_hour timestamptz)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'cohort_table' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 100;
COMMENT ON FUNCTION cohort_table(journey_cohorts) IS
'One row for each cohort and each period from 0 to the number that was asked for. cohort is the first day of the '
'period in which its customers came to the start, on the clocks of the time zone; cohort_hour its instant where the '
'unit is an hour; both are NULL without a time zone. customers came to the start, returned of them were back in the '
'period, returned_or_later in it or after it (also after the last of the periods), streak in each of 1 to period '
'(for 0 all customers). ended is for how many customers the period was over, complete whether it was for all; both '
'are NULL unless it was said until when the journeys are known. share is the percent of those for whom it was over '
'that were back in it, NULL for nobody; without such a time, of all customers. NULL for NULL: no rows.';

CREATE FUNCTION cxjourney_internal.cohort_accum(journey_cohorts, journey, text, text, text, integer)
	RETURNS journey_cohorts
	AS 'MODULE_PATHNAME', 'cohort_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohort_accum(journey_cohorts, journey, text, text, text, integer) IS
'State function of cohort_agg(journey, text, text, text, integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.cohort_accum(journey_cohorts, journey, text, text, text, integer, text)
	RETURNS journey_cohorts
	AS 'MODULE_PATHNAME', 'cohort_accum_zone' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohort_accum(journey_cohorts, journey, text, text, text, integer, text) IS
'State function of cohort_agg(journey, text, text, text, integer, text); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.cohort_accum(journey_cohorts, journey, text, text, text, integer, text,
	timestamptz)
	RETURNS journey_cohorts
	AS 'MODULE_PATHNAME', 'cohort_accum_until' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohort_accum(journey_cohorts, journey, text, text, text, integer, text,
	timestamptz) IS
'State function of cohort_agg(journey, text, text, text, integer, text, timestamptz); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.cohorts_combine(journey_cohorts, journey_cohorts) RETURNS journey_cohorts
	AS 'MODULE_PATHNAME', 'cohorts_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_combine(journey_cohorts, journey_cohorts) IS
'State and combine function of cohort_agg; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.cohorts_final(journey_cohorts) RETURNS journey_cohorts
	AS 'MODULE_PATHNAME', 'cohorts_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.cohorts_final(journey_cohorts) IS
'Final function of cohort_agg: packs what was counted.';

CREATE AGGREGATE cohort_agg(j journey, start text, "returning" text, unit text, periods integer) (
	SFUNC = cxjourney_internal.cohort_accum, STYPE = journey_cohorts, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.cohorts_final, COMBINEFUNC = cxjourney_internal.cohorts_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cohort_agg(journey, text, text, text, integer) IS
'Of the customers who came to start, how many were back at returning in each later period of an hour, a day or a week '
'(24 hours, 7 days), counted from the customer''s own first visit to start: period 0 begins with it. Every visit to '
'returning after it in (time, seq) counts, a simultaneous one too unless both stages are the same; the first visit '
'itself never does. periods is 1 to 10000; what comes later counts in returned_or_later alone. A journey is one '
'customer; NULL journeys are left out; no journeys give NULL, journeys without start no cohorts. Error 22004 for a '
'NULL argument, 22023 for what is no unit (month, quarter and year need a time zone), no label or out of range, for a '
'stage with | > or & that does not stand in double quotes, and for other arguments within a group; 54000 past '
'8388608 cohorts times periods with customers.';

CREATE AGGREGATE cohort_agg(j journey, start text, "returning" text, unit text, periods integer, timezone text) (
	SFUNC = cxjourney_internal.cohort_accum, STYPE = journey_cohorts, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.cohorts_final, COMBINEFUNC = cxjourney_internal.cohorts_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cohort_agg(journey, text, text, text, integer, text) IS
'The same by calendar periods in a time zone: hour, day, week (from Monday), month, quarter or year. A cohort has the '
'customers whose first visit to start lies in the same period, which is period 0; an instant lies in the period that '
'the clocks of the zone show, as in date_trunc(unit, instant, timezone), but each hour is one of its own, also the '
'one that comes twice at the end of summer time. NULL for no time zone; 22023 for one that PostgreSQL does not know.';

CREATE AGGREGATE cohort_agg(j journey, start text, "returning" text, unit text, periods integer, timezone text,
	until timestamptz) (
	SFUNC = cxjourney_internal.cohort_accum, STYPE = journey_cohorts, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.cohorts_final, COMBINEFUNC = cxjourney_internal.cohorts_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cohort_agg(journey, text, text, text, integer, text, timestamptz) IS
'The same for journeys that are known until a time: what lies behind it does not count, nor do customers whose start '
'does, and a period is complete once it has ended by then. until may differ between customers. NULL for all the '
'same: nothing is known of which periods are complete; it must be NULL in all rows then. 22008 for an infinite time.';

CREATE AGGREGATE cohort_agg(cohorts journey_cohorts) (
	SFUNC = cxjourney_internal.cohorts_combine, STYPE = journey_cohorts, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.cohorts_final, COMBINEFUNC = cxjourney_internal.cohorts_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cohort_agg(journey_cohorts) IS
'Puts stored cohorts together: the same as one over all their journeys. NULLs are left out; none give NULL. Error '
'22023 for different arguments, 22003 past 2^63 - 1 customers.';

CREATE FUNCTION journey_cohorts_to_json(journey_cohorts) RETURNS json
	AS 'MODULE_PATHNAME', 'journey_cohorts_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_cohorts_to_json(journey_cohorts) IS
'{"start", "returning", "unit", "periods", "timezone", "until", "cohorts": [{"cohort", "streak", "returned", "later", '
'"ended", "ended_returned"}]}; each of these has the counts of the periods 0, 1, ... up to the last that is not 0. '
'Without a time zone timezone and cohort are null; until says whether there are ended and ended_returned. It is '
'what to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION journey_cohorts_to_jsonb(journey_cohorts) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'journey_cohorts_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_cohorts_to_jsonb(journey_cohorts) IS
'{"start", "returning", "unit", "periods", "timezone", "until", "cohorts": [{"cohort", "streak", "returned", "later", '
'"ended", "ended_returned"}]}; each of these has the counts of the periods 0, 1, ... up to the last that is not 0. '
'Without a time zone timezone and cohort are null; until says whether there are ended and ended_returned.';

CREATE CAST (journey_cohorts AS json) WITH FUNCTION journey_cohorts_to_json(journey_cohorts);
COMMENT ON CAST (journey_cohorts AS json) IS
'All that the value says; see journey_cohorts_to_json(journey_cohorts).';

CREATE CAST (journey_cohorts AS jsonb) WITH FUNCTION journey_cohorts_to_jsonb(journey_cohorts);
COMMENT ON CAST (journey_cohorts AS jsonb) IS
'All that the value says; see journey_cohorts_to_json(journey_cohorts).';

CREATE CAST (json AS journey_cohorts) WITH INOUT;
COMMENT ON CAST (json AS journey_cohorts) IS
'Reads what the cast to json gives; the input function of journey_cohorts reads it as well. Error 22P02 for '
'other keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS journey_cohorts) WITH INOUT;
COMMENT ON CAST (jsonb AS journey_cohorts) IS
'Reads what the cast to jsonb gives; the input function of journey_cohorts reads it as well. Error 22P02 for '
'other keys or types, and the errors of the text form.';


--
-- journey_lifecycle: who is new, returning, resurrected or dormant in a period
--

CREATE TYPE journey_lifecycle;

CREATE FUNCTION cxjourney_internal.journey_lifecycle_in(cstring) RETURNS journey_lifecycle
	AS 'MODULE_PATHNAME', 'journey_lifecycle_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_lifecycle_in(cstring) IS
'Reads the text form of a lifecycle: stage, unit, time zone, the first period that is not over, and the counts of each '
'period, as in order by month in UTC open from 2026-03-01 {2026-01-01 new 9 returning 0 resurrected 0 dormant 0}. '
'Error 22P02, with the place, also for numbers that do not fit together; 54000 for a label of more than 255 bytes.';

CREATE FUNCTION cxjourney_internal.journey_lifecycle_out(journey_lifecycle) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_lifecycle_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_lifecycle_out(journey_lifecycle) IS
'Writes the text form of a lifecycle: exact, and independent of every setting.';

CREATE FUNCTION cxjourney_internal.journey_lifecycle_recv(internal) RETURNS journey_lifecycle
	AS 'MODULE_PATHNAME', 'journey_lifecycle_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_lifecycle_recv(internal) IS
'Reads the binary form of a lifecycle; every byte is checked. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_lifecycle_send(journey_lifecycle) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_lifecycle_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_lifecycle_send(journey_lifecycle) IS
'Writes the binary form of a lifecycle.';

CREATE TYPE journey_lifecycle (
	INPUT = cxjourney_internal.journey_lifecycle_in,
	OUTPUT = cxjourney_internal.journey_lifecycle_out,
	RECEIVE = cxjourney_internal.journey_lifecycle_recv,
	SEND = cxjourney_internal.journey_lifecycle_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_lifecycle IS
'How many customers were new, returning, resurrected and dormant in each period of the calendar, in whole numbers. '
'Built by lifecycle_agg(journey, stage, unit, timezone, until), merged by lifecycle_agg(journey_lifecycle) and +, '
'read by lifecycle_table.';

CREATE FUNCTION cxjourney_internal.lifecycle_add(journey_lifecycle, journey_lifecycle) RETURNS journey_lifecycle
	AS 'MODULE_PATHNAME', 'lifecycle_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_add(journey_lifecycle, journey_lifecycle) IS
'Implementation of the + operator.';

CREATE FUNCTION cxjourney_internal.lifecycle_eq(journey_lifecycle, journey_lifecycle) RETURNS boolean
	AS 'MODULE_PATHNAME', 'lifecycle_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_eq(journey_lifecycle, journey_lifecycle) IS
'Implementation of the = operator.';

CREATE FUNCTION cxjourney_internal.lifecycle_ne(journey_lifecycle, journey_lifecycle) RETURNS boolean
	AS 'MODULE_PATHNAME', 'lifecycle_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_ne(journey_lifecycle, journey_lifecycle) IS
'Implementation of the <> operator.';

CREATE FUNCTION cxjourney_internal.lifecycle_lt(journey_lifecycle, journey_lifecycle) RETURNS boolean
	AS 'MODULE_PATHNAME', 'lifecycle_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_lt(journey_lifecycle, journey_lifecycle) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.lifecycle_le(journey_lifecycle, journey_lifecycle) RETURNS boolean
	AS 'MODULE_PATHNAME', 'lifecycle_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_le(journey_lifecycle, journey_lifecycle) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.lifecycle_gt(journey_lifecycle, journey_lifecycle) RETURNS boolean
	AS 'MODULE_PATHNAME', 'lifecycle_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_gt(journey_lifecycle, journey_lifecycle) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.lifecycle_ge(journey_lifecycle, journey_lifecycle) RETURNS boolean
	AS 'MODULE_PATHNAME', 'lifecycle_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_ge(journey_lifecycle, journey_lifecycle) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.lifecycle_cmp(journey_lifecycle, journey_lifecycle) RETURNS integer
	AS 'MODULE_PATHNAME', 'lifecycle_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_cmp(journey_lifecycle, journey_lifecycle) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.lifecycle_hash(journey_lifecycle) RETURNS integer
	AS 'MODULE_PATHNAME', 'lifecycle_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_hash(journey_lifecycle) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.lifecycle_hash_extended(journey_lifecycle, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'lifecycle_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_hash_extended(journey_lifecycle, bigint) IS
'Seeded hash function of the hash operator class.';

CREATE OPERATOR + (
	LEFTARG = journey_lifecycle, RIGHTARG = journey_lifecycle,
	FUNCTION = cxjourney_internal.lifecycle_add,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (journey_lifecycle, journey_lifecycle) IS
'Lifecycle of the customers of both. Error 22023 for different arguments, 22003 past 2^63 - 1 customers.';

CREATE OPERATOR = (
	LEFTARG = journey_lifecycle, RIGHTARG = journey_lifecycle,
	FUNCTION = cxjourney_internal.lifecycle_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_lifecycle, journey_lifecycle) IS
'The same question, and the same counts.';

CREATE OPERATOR <> (
	LEFTARG = journey_lifecycle, RIGHTARG = journey_lifecycle,
	FUNCTION = cxjourney_internal.lifecycle_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_lifecycle, journey_lifecycle) IS
'Another question, or other counts.';

CREATE OPERATOR < (
	LEFTARG = journey_lifecycle, RIGHTARG = journey_lifecycle,
	FUNCTION = cxjourney_internal.lifecycle_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_lifecycle, journey_lifecycle) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = journey_lifecycle, RIGHTARG = journey_lifecycle,
	FUNCTION = cxjourney_internal.lifecycle_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_lifecycle, journey_lifecycle) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = journey_lifecycle, RIGHTARG = journey_lifecycle,
	FUNCTION = cxjourney_internal.lifecycle_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_lifecycle, journey_lifecycle) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = journey_lifecycle, RIGHTARG = journey_lifecycle,
	FUNCTION = cxjourney_internal.lifecycle_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_lifecycle, journey_lifecycle) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS journey_lifecycle_ops
	DEFAULT FOR TYPE journey_lifecycle USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.lifecycle_cmp(journey_lifecycle, journey_lifecycle);
COMMENT ON OPERATOR CLASS journey_lifecycle_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_lifecycle, by content.';
COMMENT ON OPERATOR FAMILY journey_lifecycle_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of journey_lifecycle, by content.';

CREATE OPERATOR CLASS journey_lifecycle_ops
	DEFAULT FOR TYPE journey_lifecycle USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.lifecycle_hash(journey_lifecycle),
		FUNCTION 2 cxjourney_internal.lifecycle_hash_extended(journey_lifecycle, bigint);
COMMENT ON OPERATOR CLASS journey_lifecycle_ops USING hash IS
'Hash joins, grouping and indexes of journey_lifecycle.';
COMMENT ON OPERATOR FAMILY journey_lifecycle_ops USING hash IS
'Hash joins, grouping and indexes of journey_lifecycle.';

CREATE FUNCTION lifecycle_table(lifecycle journey_lifecycle, OUT period date, OUT "new" bigint,
	OUT "returning" bigint, OUT resurrected bigint, OUT dormant bigint, OUT complete boolean)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'lifecycle_table' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 24;
COMMENT ON FUNCTION lifecycle_table(journey_lifecycle) IS
'One row for each period from the first with customers to the one in which the journeys end, without gaps. period is '
'its first day on the clocks of the time zone. Of the customers who were at the stage in it, new were there for the '
'first time, returning also in the period before, resurrected earlier, but not in the period before; the three sum '
'to all who were there. dormant were there in the period before and not in this one, NULL where it was not over: '
'complete is false then. NULL for NULL: no rows.';

CREATE FUNCTION cxjourney_internal.lifecycle_accum(journey_lifecycle, journey, text, text, text, timestamptz)
	RETURNS journey_lifecycle
	AS 'MODULE_PATHNAME', 'lifecycle_accum' LANGUAGE C STABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_accum(journey_lifecycle, journey, text, text, text, timestamptz) IS
'State function of lifecycle_agg(journey, text, text, text, timestamptz); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.lifecycle_combine(journey_lifecycle, journey_lifecycle) RETURNS journey_lifecycle
	AS 'MODULE_PATHNAME', 'lifecycle_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_combine(journey_lifecycle, journey_lifecycle) IS
'State and combine function of lifecycle_agg; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.lifecycle_final(journey_lifecycle) RETURNS journey_lifecycle
	AS 'MODULE_PATHNAME', 'lifecycle_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.lifecycle_final(journey_lifecycle) IS
'Final function of lifecycle_agg: packs what was counted.';

CREATE AGGREGATE lifecycle_agg(j journey, stage text, unit text, timezone text, until timestamptz) (
	SFUNC = cxjourney_internal.lifecycle_accum, STYPE = journey_lifecycle, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.lifecycle_final, COMBINEFUNC = cxjourney_internal.lifecycle_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lifecycle_agg(journey, text, text, text, timestamptz) IS
'In each calendar period (day, week from Monday, month, quarter, year) of a time zone, how many customers were at a '
'stage for the first time, again after the period before, again after a longer while, or not any more. The journeys '
'are known until a time, and what lies behind it does not count; the period in which it lies is not over. A journey '
'is one customer; NULL journeys are left out; no journeys give NULL. Error 22004 for a NULL argument, 22008 for an '
'infinite time, 22023 for what is no unit, no time zone or no label, for a stage with | > or & that does not stand in '
'double quotes, and for other arguments or a time in another period within a group.';

CREATE AGGREGATE lifecycle_agg(lifecycle journey_lifecycle) (
	SFUNC = cxjourney_internal.lifecycle_combine, STYPE = journey_lifecycle, SSPACE = 4096,
	FINALFUNC = cxjourney_internal.lifecycle_final, COMBINEFUNC = cxjourney_internal.lifecycle_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE lifecycle_agg(journey_lifecycle) IS
'Puts stored lifecycles together: the same as one over all their journeys. NULLs are left out; none give NULL. Error '
'22023 for different arguments, also where the periods that are not over differ; 22003 past 2^63 - 1 customers.';

CREATE FUNCTION journey_lifecycle_to_json(journey_lifecycle) RETURNS json
	AS 'MODULE_PATHNAME', 'journey_lifecycle_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_lifecycle_to_json(journey_lifecycle) IS
'{"stage", "unit", "timezone", "open_from", "periods": [{"period", "new", "returning", "resurrected", "dormant"}]}; '
'open_from is the first day of the period that is not over. It is what to_jsonb, '
'row_to_json and json_agg use.';

CREATE FUNCTION journey_lifecycle_to_jsonb(journey_lifecycle) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'journey_lifecycle_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_lifecycle_to_jsonb(journey_lifecycle) IS
'{"stage", "unit", "timezone", "open_from", "periods": [{"period", "new", "returning", "resurrected", "dormant"}]}; '
'open_from is the first day of the period that is not over.';

CREATE CAST (journey_lifecycle AS json) WITH FUNCTION journey_lifecycle_to_json(journey_lifecycle);
COMMENT ON CAST (journey_lifecycle AS json) IS
'All that the value says; see journey_lifecycle_to_json(journey_lifecycle).';

CREATE CAST (journey_lifecycle AS jsonb) WITH FUNCTION journey_lifecycle_to_jsonb(journey_lifecycle);
COMMENT ON CAST (journey_lifecycle AS jsonb) IS
'All that the value says; see journey_lifecycle_to_json(journey_lifecycle).';

CREATE CAST (json AS journey_lifecycle) WITH INOUT;
COMMENT ON CAST (json AS journey_lifecycle) IS
'Reads what the cast to json gives; the input function of journey_lifecycle reads it as well. Error 22P02 for '
'other keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS journey_lifecycle) WITH INOUT;
COMMENT ON CAST (jsonb AS journey_lifecycle) IS
'Reads what the cast to jsonb gives; the input function of journey_lifecycle reads it as well. Error 22P02 for '
'other keys or types, and the errors of the text form.';


