--
-- The type journey_stage: a stage of the canonical customer journey
--

CREATE TYPE journey_stage;

CREATE FUNCTION cxjourney_internal.journey_stage_in(cstring) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_in(cstring) IS
'Reads the English or Polish name of a journey_stage, in any letter case, the Polish ones with or without '
'diacritics; white space around it is free. Doswiadczenie po zakupie is experience, too. Error 22P02.';

CREATE FUNCTION cxjourney_internal.journey_stage_out(journey_stage) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_stage_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_out(journey_stage) IS
'Writes the English name of a journey_stage, in lower case.';

CREATE FUNCTION cxjourney_internal.journey_stage_recv(internal) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_recv(internal) IS
'Reads the binary form of a journey_stage, which is its name as text. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_stage_send(journey_stage) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_stage_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_send(journey_stage) IS
'Writes the binary form of a journey_stage, which is its English name as text.';

CREATE TYPE journey_stage (
	INPUT = cxjourney_internal.journey_stage_in,
	OUTPUT = cxjourney_internal.journey_stage_out,
	RECEIVE = cxjourney_internal.journey_stage_recv,
	SEND = cxjourney_internal.journey_stage_send,
	INTERNALLENGTH = 2,
	PASSEDBYVALUE,
	ALIGNMENT = int2
);
COMMENT ON TYPE journey_stage IS
'A stage of the canonical customer journey: awareness < consideration < decision < purchase < experience < loyalty '
'< advocacy. Two bytes; sorts and compares in this order. Input also takes the Polish names. Stages of one''s own '
'are text or an enum.';

CREATE FUNCTION stage_label(stage journey_stage, language text) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_stage_label' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION stage_label(journey_stage, text) IS
'Name of the stage in a language, in lower case: en (English) or pl (Polish), in any letter case. NULL for NULL; '
'error 22023 for another language, 22P05 where the encoding of the database lacks the Polish letters.';


--
-- Order of stages
--

CREATE FUNCTION cxjourney_internal.journey_stage_eq(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_eq(journey_stage, journey_stage) IS
'Implementation of the = operator.';

CREATE FUNCTION cxjourney_internal.journey_stage_ne(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_ne(journey_stage, journey_stage) IS
'Implementation of the <> operator.';

CREATE FUNCTION cxjourney_internal.journey_stage_lt(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_lt(journey_stage, journey_stage) IS
'Implementation of the < operator.';

CREATE FUNCTION cxjourney_internal.journey_stage_le(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_le(journey_stage, journey_stage) IS
'Implementation of the <= operator.';

CREATE FUNCTION cxjourney_internal.journey_stage_gt(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_gt(journey_stage, journey_stage) IS
'Implementation of the > operator.';

CREATE FUNCTION cxjourney_internal.journey_stage_ge(journey_stage, journey_stage) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_stage_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_ge(journey_stage, journey_stage) IS
'Implementation of the >= operator.';

CREATE FUNCTION cxjourney_internal.journey_stage_cmp(journey_stage, journey_stage) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_stage_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_cmp(journey_stage, journey_stage) IS
'Comparison function of the btree operator class: negative, 0 or positive, in the order of the journey.';

CREATE FUNCTION cxjourney_internal.journey_stage_sortsupport(internal) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_stage_sortsupport' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_sortsupport(internal) IS
'Sort support of the btree operator class.';

CREATE FUNCTION cxjourney_internal.journey_stage_hash(journey_stage) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_stage_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_hash(journey_stage) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.journey_stage_hash_extended(journey_stage, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_stage_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_hash_extended(journey_stage, bigint) IS
'Seeded hash function of the hash operator class.';

CREATE OPERATOR = (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = cxjourney_internal.journey_stage_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_stage, journey_stage) IS
'Same stage.';

CREATE OPERATOR <> (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = cxjourney_internal.journey_stage_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_stage, journey_stage) IS
'Another stage.';

CREATE OPERATOR < (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = cxjourney_internal.journey_stage_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_stage, journey_stage) IS
'Earlier in the journey.';

CREATE OPERATOR <= (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = cxjourney_internal.journey_stage_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_stage, journey_stage) IS
'Earlier in the journey, or the same stage.';

CREATE OPERATOR > (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = cxjourney_internal.journey_stage_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_stage, journey_stage) IS
'Later in the journey.';

CREATE OPERATOR >= (
	LEFTARG = journey_stage, RIGHTARG = journey_stage,
	FUNCTION = cxjourney_internal.journey_stage_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_stage, journey_stage) IS
'Later in the journey, or the same stage.';

-- Equal values have equal bytes, so that an index keeps each of them once (deduplication).
CREATE OPERATOR CLASS journey_stage_ops
	DEFAULT FOR TYPE journey_stage USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.journey_stage_cmp(journey_stage, journey_stage),
		FUNCTION 2 cxjourney_internal.journey_stage_sortsupport(internal),
		FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS journey_stage_ops USING btree IS
'Sorting, grouping and indexes of journey_stage, in the order of the journey.';
COMMENT ON OPERATOR FAMILY journey_stage_ops USING btree IS
'Sorting, grouping and indexes of journey_stage, in the order of the journey.';

CREATE OPERATOR CLASS journey_stage_ops
	DEFAULT FOR TYPE journey_stage USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.journey_stage_hash(journey_stage),
		FUNCTION 2 cxjourney_internal.journey_stage_hash_extended(journey_stage, bigint);
COMMENT ON OPERATOR CLASS journey_stage_ops USING hash IS
'Hash joins, grouping and indexes of journey_stage.';
COMMENT ON OPERATOR FAMILY journey_stage_ops USING hash IS
'Hash joins, grouping and indexes of journey_stage.';

CREATE FUNCTION cxjourney_internal.journey_stage_smaller(journey_stage, journey_stage) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_smaller' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_smaller(journey_stage, journey_stage) IS
'The earlier of two stages; state function of min(journey_stage).';

CREATE FUNCTION cxjourney_internal.journey_stage_larger(journey_stage, journey_stage) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_larger' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_stage_larger(journey_stage, journey_stage) IS
'The later of two stages; state function of max(journey_stage).';

CREATE AGGREGATE min(journey_stage) (
	SFUNC = cxjourney_internal.journey_stage_smaller, STYPE = journey_stage,
	COMBINEFUNC = cxjourney_internal.journey_stage_smaller,
	SORTOP = <,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE min(journey_stage) IS
'The earliest stage of the journey among the rows. NULLs are left out; NULL without any stage.';

CREATE AGGREGATE max(journey_stage) (
	SFUNC = cxjourney_internal.journey_stage_larger, STYPE = journey_stage,
	COMBINEFUNC = cxjourney_internal.journey_stage_larger,
	SORTOP = >,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE max(journey_stage) IS
'The latest stage of the journey among the rows. NULLs are left out; NULL without any stage.';


--
-- Casts of stages
--

CREATE FUNCTION text(stage journey_stage) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_stage_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION text(journey_stage) IS
'The English name of the stage, in lower case. NULL for NULL.';

CREATE FUNCTION journey_stage(text) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage(text) IS
'The stage of that English or Polish name, in any letter case. NULL for NULL; error 22P02 for any other text.';

CREATE FUNCTION int4(stage journey_stage) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_stage_to_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION int4(journey_stage) IS
'Number of the stage in the journey, from 1, awareness, to 7, advocacy. NULL for NULL.';

CREATE FUNCTION journey_stage(integer) RETURNS journey_stage
	AS 'MODULE_PATHNAME', 'journey_stage_from_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_stage(integer) IS
'The stage of that number in the journey, from 1, awareness, to 7, advocacy. NULL for NULL; error 22003 outside 1..7.';

CREATE CAST (journey_stage AS text) WITH FUNCTION text(journey_stage) AS ASSIGNMENT;
COMMENT ON CAST (journey_stage AS text) IS
'The English name, in lower case.';

CREATE CAST (text AS journey_stage) WITH FUNCTION journey_stage(text);
COMMENT ON CAST (text AS journey_stage) IS
'Reads the English or Polish name, in any letter case.';

CREATE CAST (journey_stage AS integer) WITH FUNCTION int4(journey_stage);
COMMENT ON CAST (journey_stage AS integer) IS
'Number of the stage in the journey, 1 to 7.';

CREATE CAST (integer AS journey_stage) WITH FUNCTION journey_stage(integer);
COMMENT ON CAST (integer AS journey_stage) IS
'Stage of that number in the journey, 1 to 7.';


