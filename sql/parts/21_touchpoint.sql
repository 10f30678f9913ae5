--
-- The type journey_touchpoint: where a customer meets the company
--

CREATE TYPE journey_touchpoint;

CREATE FUNCTION cxjourney_internal.journey_touchpoint_in(cstring) RETURNS journey_touchpoint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_in(cstring) IS
'Reads the text form of a journey_touchpoint, such as web:checkout: the channel, which is lower-cased, a colon and '
'the place; white space around both is free. Errors 22P02 and 22001.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_out(journey_touchpoint) RETURNS cstring
	AS 'MODULE_PATHNAME', 'journey_touchpoint_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_out(journey_touchpoint) IS
'Writes the text form of a journey_touchpoint, such as web:checkout.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_recv(internal) RETURNS journey_touchpoint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_recv(internal) IS
'Reads the binary form of a journey_touchpoint: a version byte, 1, and the text form. Error 22P03.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_send(journey_touchpoint) RETURNS bytea
	AS 'MODULE_PATHNAME', 'journey_touchpoint_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_send(journey_touchpoint) IS
'Writes the binary form of a journey_touchpoint.';

CREATE TYPE journey_touchpoint (
	INPUT = cxjourney_internal.journey_touchpoint_in,
	OUTPUT = cxjourney_internal.journey_touchpoint_out,
	RECEIVE = cxjourney_internal.journey_touchpoint_recv,
	SEND = cxjourney_internal.journey_touchpoint_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = int4,
	STORAGE = extended
);
COMMENT ON TYPE journey_touchpoint IS
'Where a customer meets the company, written channel:place, such as web:checkout. The channel, up to 63 bytes, is '
'kept in lower case (by a rule that depends on no locale) and has no colon; the place, up to 191 bytes, is kept as '
'it is. Neither is empty or has a control character.';

CREATE FUNCTION journey_touchpoint(channel text, place text) RETURNS journey_touchpoint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_from_parts' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint(text, text) IS
'The touchpoint of a channel, which is lower-cased, and a place in it; white space around both is left out. NULL if '
'an argument is NULL; error 22023 when one is empty, has a control character or the channel a colon, 22001 past 63 '
'bytes of channel or 191 of place.';

CREATE FUNCTION channel(touchpoint journey_touchpoint) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_touchpoint_channel' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION channel(journey_touchpoint) IS
'Channel of the touchpoint, in lower case: web of web:checkout. NULL for NULL.';

CREATE FUNCTION place(touchpoint journey_touchpoint) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_touchpoint_place' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION place(journey_touchpoint) IS
'Place of the touchpoint within its channel: checkout of web:checkout. NULL for NULL.';

CREATE FUNCTION is_online(touchpoint journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_is_online' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION is_online(journey_touchpoint) IS
'Whether the channel reaches the customer''s screen over a network (web, app, mobile, email, chat, chatbot, social, '
'sms and the like) or is offline (store, branch, phone, atm, tv and the like). NULL for a channel that is not among '
'the known ones, and for NULL.';


--
-- Order of touchpoints
--

CREATE FUNCTION cxjourney_internal.journey_touchpoint_eq(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_eq(journey_touchpoint, journey_touchpoint) IS
'Implementation of the = operator.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_ne(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_ne(journey_touchpoint, journey_touchpoint) IS
'Implementation of the <> operator.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_lt(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_lt(journey_touchpoint, journey_touchpoint) IS
'Implementation of the < operator.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_le(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_le(journey_touchpoint, journey_touchpoint) IS
'Implementation of the <= operator.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_gt(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_gt(journey_touchpoint, journey_touchpoint) IS
'Implementation of the > operator.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_ge(journey_touchpoint, journey_touchpoint) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_touchpoint_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_ge(journey_touchpoint, journey_touchpoint) IS
'Implementation of the >= operator.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_cmp(journey_touchpoint, journey_touchpoint) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_touchpoint_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_cmp(journey_touchpoint, journey_touchpoint) IS
'Comparison function of the btree operator class: -1, 0 or 1, by the bytes of the text form.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_hash(journey_touchpoint) RETURNS integer
	AS 'MODULE_PATHNAME', 'journey_touchpoint_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_hash(journey_touchpoint) IS
'Hash function of the hash operator class, by the bytes of the text form.';

CREATE FUNCTION cxjourney_internal.journey_touchpoint_hash_extended(journey_touchpoint, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_touchpoint_hash_extended(journey_touchpoint, bigint) IS
'Seeded hash function of the hash operator class, by the bytes of the text form.';

CREATE OPERATOR = (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = cxjourney_internal.journey_touchpoint_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (journey_touchpoint, journey_touchpoint) IS
'Same channel and same place.';

CREATE OPERATOR <> (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = cxjourney_internal.journey_touchpoint_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (journey_touchpoint, journey_touchpoint) IS
'Another channel or another place.';

CREATE OPERATOR < (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = cxjourney_internal.journey_touchpoint_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (journey_touchpoint, journey_touchpoint) IS
'Order of the bytes of the text form, whatever the collation.';

CREATE OPERATOR <= (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = cxjourney_internal.journey_touchpoint_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (journey_touchpoint, journey_touchpoint) IS
'Order of the bytes of the text form, whatever the collation.';

CREATE OPERATOR > (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = cxjourney_internal.journey_touchpoint_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (journey_touchpoint, journey_touchpoint) IS
'Order of the bytes of the text form, whatever the collation.';

CREATE OPERATOR >= (
	LEFTARG = journey_touchpoint, RIGHTARG = journey_touchpoint,
	FUNCTION = cxjourney_internal.journey_touchpoint_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (journey_touchpoint, journey_touchpoint) IS
'Order of the bytes of the text form, whatever the collation.';

-- Equal values have equal bytes, so that an index keeps each of them once (deduplication).
CREATE OPERATOR CLASS journey_touchpoint_ops
	DEFAULT FOR TYPE journey_touchpoint USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.journey_touchpoint_cmp(journey_touchpoint, journey_touchpoint),
		FUNCTION 4 btequalimage(oid);
COMMENT ON OPERATOR CLASS journey_touchpoint_ops USING btree IS
'Sorting, grouping and indexes of journey_touchpoint, by the bytes of the text form.';
COMMENT ON OPERATOR FAMILY journey_touchpoint_ops USING btree IS
'Sorting, grouping and indexes of journey_touchpoint, by the bytes of the text form.';

CREATE OPERATOR CLASS journey_touchpoint_ops
	DEFAULT FOR TYPE journey_touchpoint USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.journey_touchpoint_hash(journey_touchpoint),
		FUNCTION 2 cxjourney_internal.journey_touchpoint_hash_extended(journey_touchpoint, bigint);
COMMENT ON OPERATOR CLASS journey_touchpoint_ops USING hash IS
'Hash joins, grouping and indexes of journey_touchpoint, by the bytes of the text form.';
COMMENT ON OPERATOR FAMILY journey_touchpoint_ops USING hash IS
'Hash joins, grouping and indexes of journey_touchpoint, by the bytes of the text form.';


--
-- Casts of touchpoints
--

CREATE FUNCTION text(touchpoint journey_touchpoint) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_touchpoint_to_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION text(journey_touchpoint) IS
'The text form of the touchpoint, such as web:checkout. NULL for NULL.';

CREATE FUNCTION journey_touchpoint(text) RETURNS journey_touchpoint
	AS 'MODULE_PATHNAME', 'journey_touchpoint_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION journey_touchpoint(text) IS
'The touchpoint of that text form. NULL for NULL; errors 22P02 and 22001 as for the type''s input.';

CREATE CAST (journey_touchpoint AS text) WITH FUNCTION text(journey_touchpoint) AS ASSIGNMENT;
COMMENT ON CAST (journey_touchpoint AS text) IS
'The text form, such as web:checkout.';

CREATE CAST (text AS journey_touchpoint) WITH FUNCTION journey_touchpoint(text);
COMMENT ON CAST (text AS journey_touchpoint) IS
'Reads the text form, such as web:checkout.';


--
-- The usual touchpoints of an industry
--

CREATE FUNCTION touchpoint_catalog(industry text,
	OUT touchpoint journey_touchpoint, OUT channel text, OUT stage journey_stage, OUT name_en text, OUT name_pl text)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'journey_touchpoint_catalog' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE ROWS 8;
COMMENT ON FUNCTION touchpoint_catalog(text) IS
'The usual touchpoints of an industry (e-commerce, banking, telecommunications, fmcg or hospitality, or in Polish '
'handel elektroniczny, bankowosc, telekomunikacja, dobra szybkozbywalne or hotelarstwo; in any letter case, with or '
'without diacritics), in the order of the journey, with the stage each mostly belongs to and its name in English '
'and Polish; name_pl is NULL where the encoding of the database lacks a letter. No rows for NULL; error 22023 for '
'another industry.';

