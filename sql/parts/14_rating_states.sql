--
-- State functions of the aggregates: forward and, for moving frames, inverse
--

CREATE FUNCTION nps_accum(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, smallint) IS
'State function of nps_agg(smallint); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, smallint) IS
'Inverse state function of nps_agg(smallint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, integer) IS
'State function of nps_agg(integer); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, integer) IS
'Inverse state function of nps_agg(integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, bigint) IS
'State function of nps_agg(bigint); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, bigint) IS
'Inverse state function of nps_agg(bigint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, numeric) IS
'State function of nps_agg(numeric); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, numeric) IS
'Inverse state function of nps_agg(numeric) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, double precision) IS
'State function of nps_agg(double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, double precision) IS
'Inverse state function of nps_agg(double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, smallint) IS
'State function of csat_agg(smallint); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, smallint) IS
'Inverse state function of csat_agg(smallint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, integer) IS
'State function of csat_agg(integer); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, integer) IS
'Inverse state function of csat_agg(integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, bigint) IS
'State function of csat_agg(bigint); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, bigint) IS
'Inverse state function of csat_agg(bigint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, numeric) IS
'State function of csat_agg(numeric); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, numeric) IS
'Inverse state function of csat_agg(numeric) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, double precision) IS
'State function of csat_agg(double precision); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, double precision) IS
'Inverse state function of csat_agg(double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION csat_accum(rating_summary, boolean) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_bool' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum(rating_summary, boolean) IS
'State function of csat_agg(boolean); only an aggregate can call it.';

CREATE FUNCTION csat_accum_inv(rating_summary, boolean) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'csat_accum_inv_bool' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION csat_accum_inv(rating_summary, boolean) IS
'Inverse state function of csat_agg(boolean) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, smallint) IS
'State function of ces_agg(smallint); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, smallint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, smallint) IS
'Inverse state function of ces_agg(smallint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, integer) IS
'State function of ces_agg(integer); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, integer) IS
'Inverse state function of ces_agg(integer) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, bigint) IS
'State function of ces_agg(bigint); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, bigint) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, bigint) IS
'Inverse state function of ces_agg(bigint) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, numeric) IS
'State function of ces_agg(numeric); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, numeric) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, numeric) IS
'Inverse state function of ces_agg(numeric) in moving frames; only an aggregate can call it.';

CREATE FUNCTION ces_accum(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum(rating_summary, double precision) IS
'State function of ces_agg(double precision); only an aggregate can call it.';

CREATE FUNCTION ces_accum_inv(rating_summary, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'ces_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION ces_accum_inv(rating_summary, double precision) IS
'Inverse state function of ces_agg(double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, smallint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, smallint, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (smallint, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, smallint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, smallint, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (smallint, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, integer, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, integer, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (integer, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, integer, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, integer, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (integer, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, bigint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, bigint, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (bigint, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, bigint, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, bigint, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (bigint, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, numeric, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, numeric, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (numeric, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, numeric, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, numeric, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (numeric, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, double precision, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, double precision, int4range) IS
'State function of csat_agg, ces_agg and rating_agg (double precision, int4range); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, double precision, int4range) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, double precision, int4range) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (double precision, int4range) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, smallint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, smallint, double precision) IS
'State function of nps_agg(smallint, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, smallint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, smallint, double precision) IS
'Inverse state function of nps_agg(smallint, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, integer, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, integer, double precision) IS
'State function of nps_agg(integer, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, integer, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, integer, double precision) IS
'Inverse state function of nps_agg(integer, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, bigint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, bigint, double precision) IS
'State function of nps_agg(bigint, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, bigint, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, bigint, double precision) IS
'Inverse state function of nps_agg(bigint, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, numeric, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, numeric, double precision) IS
'State function of nps_agg(numeric, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, numeric, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, numeric, double precision) IS
'Inverse state function of nps_agg(numeric, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION nps_accum(rating_summary, double precision, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum(rating_summary, double precision, double precision) IS
'State function of nps_agg(double precision, double precision); only an aggregate can call it.';

CREATE FUNCTION nps_accum_inv(rating_summary, double precision, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'nps_accum_weighted_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION nps_accum_inv(rating_summary, double precision, double precision) IS
'Inverse state function of nps_agg(double precision, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, smallint, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, smallint, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (smallint, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, smallint, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, smallint, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (smallint, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, integer, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, integer, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (integer, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, integer, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, integer, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (integer, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, bigint, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, bigint, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (bigint, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, bigint, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_int8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, bigint, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (bigint, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, numeric, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, numeric, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (numeric, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, numeric, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, numeric, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (numeric, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_accum(rating_summary, double precision, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum(rating_summary, double precision, int4range, double precision) IS
'State function of csat_agg, ces_agg and rating_agg (double precision, int4range, double precision); only an aggregate can call it.';

CREATE FUNCTION rating_accum_inv(rating_summary, double precision, int4range, double precision) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_accum_weighted_inv_float8' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION rating_accum_inv(rating_summary, double precision, int4range, double precision) IS
'Inverse state function of csat_agg, ces_agg and rating_agg (double precision, int4range, double precision) in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_combine(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_combine(rating_summary, rating_summary) IS
'State and combine function of the aggregates that merge; only an aggregate can call it.';

CREATE FUNCTION rating_combine_inv(rating_summary, rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_combine_inv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_combine_inv(rating_summary, rating_summary) IS
'Inverse state function of the aggregates that merge, in moving frames; only an aggregate can call it.';

CREATE FUNCTION rating_final(rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'rating_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION rating_final(rating_summary) IS
'Final function of rating_agg: the summary, or NULL when it has no answers.';


