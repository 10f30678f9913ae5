--
-- The type journey_path: a path through the stages of a journey
--

CREATE TYPE journey_path;

CREATE FUNCTION cxjourney_internal.journey_path_in(cstring) RETURNS journey_path
	AS 'MODULE_PATHNAME', 'journey_path_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_in(cstring) IS
'Reads the text form of a journey_path, such as: visit > cart|basket >[7 days, !return] purchase. Error 22P02 with '
'the place, 54000 past 64 items, 1024 labels or 255 bytes of a label.';

CREATE FUNCTION cxjourney_internal.journey_path_out(journey_path) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_path_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_out(journey_path) IS
'Writes the text form of a journey_path: unique for each path, and independent of every setting.';

CREATE FUNCTION cxjourney_internal.journey_path_recv(internal) RETURNS journey_path
	AS 'MODULE_PATHNAME', 'journey_path_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_recv(internal) IS
'Reads the binary form of a journey_path: a version byte, 1, and the text form. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_path_send(journey_path) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_path_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_send(journey_path) IS
'Writes the binary form of a journey_path.';

CREATE TYPE journey_path (
	INPUT = cxjourney_internal.journey_path_in,
	OUTPUT = cxjourney_internal.journey_path_out,
	RECEIVE = cxjourney_internal.journey_path_recv,
	SEND = cxjourney_internal.journey_path_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE journey_path IS
'A path through the stages of a journey, to match, to measure as a funnel, or to say the order of stages. Labels '
'are joined by > (a later or simultaneous visit) or >> (the very next visit), with limits such as >[7 days, '
'!return], or a shortest time, >[>= 2 days]; | separates alternatives, ? marks an optional item, ^ and $ anchor to the '
'first and last visit; & asks for visits in any order, and a &[!return] b for them without a visit to return strictly '
'between the first and the last of them all.';

CREATE FUNCTION journey_path(stages text[]) RETURNS journey_path
	AS 'MODULE_PATHNAME', 'journey_path_from_labels' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_path(text[]) IS
'The path of these labels in order, joined by >; for an enum: journey_path(enum_range(NULL::stage)::text[]). Error '
'22023 without labels and for an invalid one, 22004 for a NULL one, 54000 for more than 64.';

CREATE FUNCTION cxjourney_internal.journey_path_eq(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_eq(journey_path, journey_path) IS
'Implementation of the = operator.';

CREATE FUNCTION cxjourney_internal.journey_path_ne(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_ne(journey_path, journey_path) IS
'Implementation of the <> operator.';

CREATE FUNCTION cxjourney_internal.journey_path_lt(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_lt(journey_path, journey_path) IS
'Implementation of the < operator.';

CREATE FUNCTION cxjourney_internal.journey_path_le(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_le(journey_path, journey_path) IS
'Implementation of the <= operator.';

CREATE FUNCTION cxjourney_internal.journey_path_gt(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_gt(journey_path, journey_path) IS
'Implementation of the > operator.';

CREATE FUNCTION cxjourney_internal.journey_path_ge(journey_path, journey_path) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_path_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_ge(journey_path, journey_path) IS
'Implementation of the >= operator.';

CREATE FUNCTION cxjourney_internal.journey_path_cmp(journey_path, journey_path) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_path_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_cmp(journey_path, journey_path) IS
'Comparison function of the btree operator class: -1, 0 or 1, by the bytes of the text form.';

CREATE FUNCTION cxjourney_internal.journey_path_hash(journey_path) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_path_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_hash(journey_path) IS
'Hash function of the hash operator class, of the text form.';

CREATE FUNCTION cxjourney_internal.journey_path_hash_extended(journey_path, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_path_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_path_hash_extended(journey_path, bigint) IS
'Seeded hash function of the hash operator class, of the text form.';

CREATE OPERATOR = (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = cxjourney_internal.journey_path_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_path, journey_path) IS
'Written alike, apart from white space, needless quotes and the units of time limits.';

CREATE OPERATOR <> (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = cxjourney_internal.journey_path_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_path, journey_path) IS
'Written differently.';

CREATE OPERATOR < (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = cxjourney_internal.journey_path_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_path, journey_path) IS
'Order by the bytes of the text form, for sorting and grouping only.';

CREATE OPERATOR <= (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = cxjourney_internal.journey_path_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_path, journey_path) IS
'Order by the bytes of the text form, for sorting and grouping only.';

CREATE OPERATOR > (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = cxjourney_internal.journey_path_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_path, journey_path) IS
'Order by the bytes of the text form, for sorting and grouping only.';

CREATE OPERATOR >= (
	LEFTARG = journey_path, RIGHTARG = journey_path,
	FUNCTION = cxjourney_internal.journey_path_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_path, journey_path) IS
'Order by the bytes of the text form, for sorting and grouping only.';

CREATE OPERATOR CLASS journey_path_ops
	DEFAULT FOR TYPE journey_path USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.journey_path_cmp(journey_path, journey_path);
COMMENT ON OPERATOR CLASS journey_path_ops USING btree IS
'Sorting, grouping and unique indexes of journey_path, by text form.';
COMMENT ON OPERATOR FAMILY journey_path_ops USING btree IS
'Sorting, grouping and unique indexes of journey_path, by text form.';

CREATE OPERATOR CLASS journey_path_ops
	DEFAULT FOR TYPE journey_path USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.journey_path_hash(journey_path),
		FUNCTION 2 cxjourney_internal.journey_path_hash_extended(journey_path, bigint);
COMMENT ON OPERATOR CLASS journey_path_ops USING hash IS
'Hash joins, grouping and indexes of journey_path, by text form.';
COMMENT ON OPERATOR FAMILY journey_path_ops USING hash IS
'Hash joins, grouping and indexes of journey_path, by text form.';


