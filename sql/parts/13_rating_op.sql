--
-- Operators
--

CREATE FUNCTION cxjourney_internal.rating_summary_add(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_add' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_add(rating_summary, rating_summary) IS
'Implementation of the + operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_sub(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_sub' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_sub(rating_summary, rating_summary) IS
'Implementation of the - operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_mul(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_mul' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_mul(rating_summary, double precision) IS
'Implementation of the * operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_mul(double precision, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_summary_mul_left' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_mul(double precision, rating_summary) IS
'Implementation of the * operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_eq(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_eq(rating_summary, rating_summary) IS
'Implementation of the = operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_ne(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_ne(rating_summary, rating_summary) IS
'Implementation of the <> operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_lt(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_lt(rating_summary, rating_summary) IS
'Implementation of the < operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_le(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_le(rating_summary, rating_summary) IS
'Implementation of the <= operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_gt(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_gt(rating_summary, rating_summary) IS
'Implementation of the > operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_ge(rating_summary, rating_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'rating_summary_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_ge(rating_summary, rating_summary) IS
'Implementation of the >= operator.';

CREATE FUNCTION cxjourney_internal.rating_summary_cmp(rating_summary, rating_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'rating_summary_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_cmp(rating_summary, rating_summary) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.rating_summary_hash(rating_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'rating_summary_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_hash(rating_summary) IS
'Hash function of the hash operator class, by content.';

CREATE FUNCTION cxjourney_internal.rating_summary_hash_extended(rating_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'rating_summary_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_summary_hash_extended(rating_summary, bigint) IS
'Seeded hash function of the hash operator class, by content.';

CREATE OPERATOR + (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = cxjourney_internal.rating_summary_add,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (rating_summary, rating_summary) IS
'Answers of both summaries. Error 22023 when the scales differ or only one is weighted, 22003 past 2^63 - 1 answers.';

CREATE OPERATOR - (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = cxjourney_internal.rating_summary_sub
);
COMMENT ON OPERATOR - (rating_summary, rating_summary) IS
'Answers of the left summary without those of the right one. Error 22003 when they were not among them, 22023 when '
'the scales differ or only one is weighted.';

CREATE OPERATOR * (
	LEFTARG = rating_summary, RIGHTARG = double precision,
	FUNCTION = cxjourney_internal.rating_summary_mul,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (rating_summary, double precision) IS
'The answers of the summary, each with this weight, 0 to 10^6, kept to 9 decimals: as rating_agg(score, scale, '
'weight) would have counted them. (a + b) * weight is a * weight + b * weight exactly. 0 leaves the answers out; NULL '
'for NULL. Error 22023 for a summary that has weights already, 22003 for a weight outside 0..10^6 and past 2^128 '
'units of the squared weights.';

CREATE OPERATOR * (
	LEFTARG = double precision, RIGHTARG = rating_summary,
	FUNCTION = cxjourney_internal.rating_summary_mul,
	COMMUTATOR = *
);
COMMENT ON OPERATOR * (double precision, rating_summary) IS
'The answers of the summary, each with this weight, 0 to 10^6, kept to 9 decimals: as rating_agg(score, scale, '
'weight) would have counted them. (a + b) * weight is a * weight + b * weight exactly. 0 leaves the answers out; NULL '
'for NULL. Error 22023 for a summary that has weights already, 22003 for a weight outside 0..10^6 and past 2^128 '
'units of the squared weights.';

CREATE OPERATOR = (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = cxjourney_internal.rating_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (rating_summary, rating_summary) IS
'Same scale, same counts, same weights.';

CREATE OPERATOR <> (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = cxjourney_internal.rating_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (rating_summary, rating_summary) IS
'Another scale, other counts or other weights.';

CREATE OPERATOR < (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = cxjourney_internal.rating_summary_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (rating_summary, rating_summary) IS
'Order by content (scale, counts, weights), for sorting and grouping only; it says nothing about which summary is '
'better.';

CREATE OPERATOR <= (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = cxjourney_internal.rating_summary_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (rating_summary, rating_summary) IS
'Order by content (scale, counts, weights), for sorting and grouping only; it says nothing about which summary is '
'better.';

CREATE OPERATOR > (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = cxjourney_internal.rating_summary_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (rating_summary, rating_summary) IS
'Order by content (scale, counts, weights), for sorting and grouping only; it says nothing about which summary is '
'better.';

CREATE OPERATOR >= (
	LEFTARG = rating_summary, RIGHTARG = rating_summary,
	FUNCTION = cxjourney_internal.rating_summary_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (rating_summary, rating_summary) IS
'Order by content (scale, counts, weights), for sorting and grouping only; it says nothing about which summary is '
'better.';

CREATE OPERATOR CLASS rating_summary_ops
	DEFAULT FOR TYPE rating_summary USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.rating_summary_cmp(rating_summary, rating_summary);
COMMENT ON OPERATOR CLASS rating_summary_ops USING btree IS
'Sorting, grouping and unique indexes of rating_summary, by content.';
COMMENT ON OPERATOR FAMILY rating_summary_ops USING btree IS
'Sorting, grouping and unique indexes of rating_summary, by content.';

CREATE OPERATOR CLASS rating_summary_ops
	DEFAULT FOR TYPE rating_summary USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.rating_summary_hash(rating_summary),
		FUNCTION 2 cxjourney_internal.rating_summary_hash_extended(rating_summary, bigint);
COMMENT ON OPERATOR CLASS rating_summary_ops USING hash IS
'Hash joins, grouping and indexes of rating_summary, by content.';
COMMENT ON OPERATOR FAMILY rating_summary_ops USING hash IS
'Hash joins, grouping and indexes of rating_summary, by content.';


--
-- Casts
--

CREATE FUNCTION rating_summary_to_json(rating_summary) RETURNS json
	AS 'MODULE_PATHNAME', 'rating_summary_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_to_json(rating_summary) IS
'{"scale": [1, 5], "counts": [0, 2, 5, 9, 4]}; weighted ones also have "weights" and "squared_weights", the sums '
'for each score. It is what to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION rating_summary_to_jsonb(rating_summary) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'rating_summary_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_summary_to_jsonb(rating_summary) IS
'{"scale": [1, 5], "counts": [0, 2, 5, 9, 4]}; weighted ones also have "weights" and "squared_weights", the sums '
'for each score.';

CREATE CAST (rating_summary AS json) WITH FUNCTION rating_summary_to_json(rating_summary);
COMMENT ON CAST (rating_summary AS json) IS
'All that the value says; see rating_summary_to_json(rating_summary).';

CREATE CAST (rating_summary AS jsonb) WITH FUNCTION rating_summary_to_jsonb(rating_summary);
COMMENT ON CAST (rating_summary AS jsonb) IS
'All that the value says; see rating_summary_to_json(rating_summary).';

CREATE CAST (json AS rating_summary) WITH INOUT;
COMMENT ON CAST (json AS rating_summary) IS
'Reads what the cast to json gives; the input function of rating_summary reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS rating_summary) WITH INOUT;
COMMENT ON CAST (jsonb AS rating_summary) IS
'Reads what the cast to jsonb gives; the input function of rating_summary reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';


