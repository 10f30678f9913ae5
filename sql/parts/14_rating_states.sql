--
-- State functions of the aggregates: forward and, for moving frames, inverse
--

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, smallint) IS
'State function of nps_agg(smallint); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, smallint) IS
'Inverse state function of nps_agg(smallint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, integer) IS
'State function of nps_agg(integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, integer) IS
'Inverse state function of nps_agg(integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, bigint) IS
'State function of nps_agg(bigint); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, bigint) IS
'Inverse state function of nps_agg(bigint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, numeric) IS
'State function of nps_agg(numeric); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, numeric) IS
'Inverse state function of nps_agg(numeric) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, double precision) IS
'State function of nps_agg(double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, double precision) IS
'Inverse state function of nps_agg(double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(rating_summary, smallint) IS
'State function of csat_agg(smallint); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, smallint) IS
'Inverse state function of csat_agg(smallint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(rating_summary, integer) IS
'State function of csat_agg(integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, integer) IS
'Inverse state function of csat_agg(integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(rating_summary, bigint) IS
'State function of csat_agg(bigint); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, bigint) IS
'Inverse state function of csat_agg(bigint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(rating_summary, numeric) IS
'State function of csat_agg(numeric); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, numeric) IS
'Inverse state function of csat_agg(numeric) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(rating_summary, double precision) IS
'State function of csat_agg(double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, double precision) IS
'Inverse state function of csat_agg(double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(rating_summary, boolean) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_bool' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(rating_summary, boolean) IS
'State function of csat_agg(boolean); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, boolean) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_bool' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(rating_summary, boolean) IS
'Inverse state function of csat_agg(boolean) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum(rating_summary, smallint) IS
'State function of ces_agg(smallint); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, smallint) IS
'Inverse state function of ces_agg(smallint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum(rating_summary, integer) IS
'State function of ces_agg(integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, integer) IS
'Inverse state function of ces_agg(integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum(rating_summary, bigint) IS
'State function of ces_agg(bigint); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, bigint) IS
'Inverse state function of ces_agg(bigint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum(rating_summary, numeric) IS
'State function of ces_agg(numeric); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, numeric) IS
'Inverse state function of ces_agg(numeric) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum(rating_summary, double precision) IS
'State function of ces_agg(double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.ces_accum_inv(rating_summary, double precision) IS
'Inverse state function of ces_agg(double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, smallint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, smallint, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (smallint, int4range); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, smallint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, smallint, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (smallint, int4range) in moving frames; only an '
'aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, integer, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, integer, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (integer, int4range); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, integer, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, integer, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (integer, int4range) in moving frames; only an '
'aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, bigint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, bigint, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (bigint, int4range); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, bigint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, bigint, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (bigint, int4range) in moving frames; only an aggregate '
'can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, numeric, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, numeric, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (numeric, int4range); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, numeric, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, numeric, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (numeric, int4range) in moving frames; only an '
'aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, double precision, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, double precision, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (double precision, int4range); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, double precision, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, double precision, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (double precision, int4range) in moving frames; only an '
'aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, smallint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, smallint, double precision) IS
'State function of nps_agg(smallint, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, smallint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, smallint, double precision) IS
'Inverse state function of nps_agg(smallint, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, integer, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, integer, double precision) IS
'State function of nps_agg(integer, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, integer, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, integer, double precision) IS
'Inverse state function of nps_agg(integer, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, bigint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, bigint, double precision) IS
'State function of nps_agg(bigint, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, bigint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, bigint, double precision) IS
'Inverse state function of nps_agg(bigint, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, numeric, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, numeric, double precision) IS
'State function of nps_agg(numeric, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, numeric, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, numeric, double precision) IS
'Inverse state function of nps_agg(numeric, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum(rating_summary, double precision, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum(rating_summary, double precision, double precision) IS
'State function of nps_agg(double precision, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, double precision, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.nps_accum_inv(rating_summary, double precision, double precision) IS
'Inverse state function of nps_agg(double precision, double precision) in moving frames; only an aggregate can call '
'it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, smallint, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, smallint, int4range, double precision) IS
'State function of rating_agg (smallint, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, smallint, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, smallint, int4range, double precision) IS
'Inverse state function of rating_agg (smallint, int4range, double precision) in moving frames; only an aggregate '
'can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, integer, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, integer, int4range, double precision) IS
'State function of rating_agg (integer, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, integer, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, integer, int4range, double precision) IS
'Inverse state function of rating_agg (integer, int4range, double precision) in moving frames; only an aggregate '
'can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, bigint, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, bigint, int4range, double precision) IS
'State function of rating_agg (bigint, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, bigint, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, bigint, int4range, double precision) IS
'Inverse state function of rating_agg (bigint, int4range, double precision) in moving frames; only an aggregate can '
'call it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, numeric, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, numeric, int4range, double precision) IS
'State function of rating_agg (numeric, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, numeric, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, numeric, int4range, double precision) IS
'Inverse state function of rating_agg (numeric, int4range, double precision) in moving frames; only an aggregate '
'can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum(rating_summary, double precision, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum(rating_summary, double precision, int4range, double precision) IS
'State function of rating_agg (double precision, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, double precision, int4range, double precision)
	RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_accum_inv(rating_summary, double precision, int4range,
	double precision) IS
'Inverse state function of rating_agg (double precision, int4range, double precision) in moving frames; only an '
'aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_combine(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_combine(rating_summary, rating_summary) IS
'State and combine function of the aggregates that merge; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_combine_inv(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_combine_inv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_combine_inv(rating_summary, rating_summary) IS
'Inverse state function of the aggregates that merge, in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.rating_final(rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.rating_final(rating_summary) IS
'Final function of rating_agg: the summary, or NULL when it has no answers.';


--
-- csat_agg with a cut-off: the state holds satisfied_from, because on a Citus
-- coordinator the final function sees nothing but the state
--

CREATE TYPE cxjourney_internal.csat_state;

CREATE FUNCTION cxjourney_internal.csat_state_in(cstring) RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_state_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_state_in(cstring) IS
'Reads the text form of a csat_state, such as [1,5]{0,2,5,9,4}>=4: that of a rating_summary, then the lowest '
'satisfied score. Errors 22P02 and 22003.';

CREATE FUNCTION cxjourney_internal.csat_state_out(cxjourney_internal.csat_state) RETURNS cstring
	AS 'MODULE_PATHNAME', 'csat_state_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_state_out(cxjourney_internal.csat_state) IS
'Writes the text form of a csat_state: exact, and independent of every setting.';

CREATE FUNCTION cxjourney_internal.csat_state_recv(internal) RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_state_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_state_recv(internal) IS
'Reads the binary form of a csat_state; every byte is checked. Error 22P03.';

CREATE FUNCTION cxjourney_internal.csat_state_send(cxjourney_internal.csat_state) RETURNS bytea
	AS 'MODULE_PATHNAME', 'csat_state_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_state_send(cxjourney_internal.csat_state) IS
'Writes the binary form of a csat_state.';

CREATE TYPE cxjourney_internal.csat_state (
	INPUT = cxjourney_internal.csat_state_in,
	OUTPUT = cxjourney_internal.csat_state_out,
	RECEIVE = cxjourney_internal.csat_state_recv,
	SEND = cxjourney_internal.csat_state_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE cxjourney_internal.csat_state IS
'State of csat_agg with satisfied_from, for parallel and distributed plans: a rating_summary and its cut-off. Not '
'meant for tables: store a rating_summary and read it with csat(summary, satisfied_from).';

CREATE FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, smallint, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, smallint, int4range, integer) IS
'State function of csat_agg(smallint, int4range, integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, smallint, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, smallint, int4range, integer) IS
'Inverse state function of csat_agg(smallint, int4range, integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, integer, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, integer, int4range, integer) IS
'State function of csat_agg(integer, int4range, integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, integer, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, integer, int4range, integer) IS
'Inverse state function of csat_agg(integer, int4range, integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, bigint, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, bigint, int4range, integer) IS
'State function of csat_agg(bigint, int4range, integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, bigint, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, bigint, int4range, integer) IS
'Inverse state function of csat_agg(bigint, int4range, integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, numeric, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, numeric, int4range, integer) IS
'State function of csat_agg(numeric, int4range, integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, numeric, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, numeric, int4range, integer) IS
'Inverse state function of csat_agg(numeric, int4range, integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, double precision, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, double precision, int4range,
	integer) IS
'State function of csat_agg(double precision, int4range, integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, double precision, int4range, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_from_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, double precision, int4range,
	integer) IS
'Inverse state function of csat_agg(double precision, int4range, integer) in moving frames; only an aggregate can '
'call it.';

CREATE FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, rating_summary, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_summary' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum(cxjourney_internal.csat_state, rating_summary, integer) IS
'State function of csat_agg(rating_summary, integer); only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, rating_summary, integer)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_accum_inv_summary' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_accum_inv(cxjourney_internal.csat_state, rating_summary, integer) IS
'Inverse state function of csat_agg(rating_summary, integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_combine(cxjourney_internal.csat_state, cxjourney_internal.csat_state)
	RETURNS cxjourney_internal.csat_state
	AS 'MODULE_PATHNAME', 'csat_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_combine(cxjourney_internal.csat_state, cxjourney_internal.csat_state) IS
'Combine function of csat_agg with satisfied_from; only an aggregate can call it.';

CREATE FUNCTION cxjourney_internal.csat_final(cxjourney_internal.csat_state) RETURNS numeric
	AS 'MODULE_PATHNAME', 'csat_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.csat_final(cxjourney_internal.csat_state) IS
'Final function of csat_agg with satisfied_from: percent of satisfied answers, or NULL when there are none.';


