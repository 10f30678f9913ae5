--
-- The type driver_summary: which questions drive a score
--

CREATE TYPE driver_summary;

CREATE FUNCTION cxjourney_internal.driver_summary_in(cstring) RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_in(cstring) IS
'Reads the text form of a driver_summary, such as {1 drivers, 2 responses, 0 left out, sums [3, 4], products [5, 7, '
'10]}, or its JSON form: the sums of the outcome and of each driver, and those of the products of the first variable '
'with itself, of the first and the second, of the second with itself, of the first and the third, and so on; with '
'weights their sum and that of their squares before. Error 22P02.';

CREATE FUNCTION cxjourney_internal.driver_summary_out(driver_summary) RETURNS cstring
	AS 'MODULE_PATHNAME', 'driver_summary_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_out(driver_summary) IS
'Writes the text form of a driver_summary: exact, and independent of every setting.';

CREATE FUNCTION cxjourney_internal.driver_summary_recv(internal) RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_recv(internal) IS
'Reads the binary form of a driver_summary; every byte is checked. Error 22P03.';

CREATE FUNCTION cxjourney_internal.driver_summary_send(driver_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'driver_summary_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_send(driver_summary) IS
'Writes the binary form of a driver_summary.';

CREATE TYPE driver_summary (
	INPUT = cxjourney_internal.driver_summary_in,
	OUTPUT = cxjourney_internal.driver_summary_out,
	RECEIVE = cxjourney_internal.driver_summary_recv,
	SEND = cxjourney_internal.driver_summary_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE driver_summary IS
'An outcome and its drivers, 1 to 64 questions whose answers may explain it: the exact sums of all values and of '
'their products by twos. Built by driver_agg(outcome, drivers [, weight]), merged by driver_agg(driver_summary), + '
'and -, read by drivers() and driver_fit(). Values are kept to 4 decimals, weights to 9. It has 0.4 kB with 4 '
'drivers, 34 kB with 64, with weights 51, and is compressed where it is stored.';

CREATE FUNCTION cxjourney_internal.driver_summary_eq(driver_summary, driver_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'driver_summary_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_eq(driver_summary, driver_summary) IS
'The operator =.';

CREATE FUNCTION cxjourney_internal.driver_summary_ne(driver_summary, driver_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'driver_summary_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_ne(driver_summary, driver_summary) IS
'The operator <>.';

CREATE FUNCTION cxjourney_internal.driver_summary_lt(driver_summary, driver_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'driver_summary_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_lt(driver_summary, driver_summary) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.driver_summary_le(driver_summary, driver_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'driver_summary_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_le(driver_summary, driver_summary) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.driver_summary_gt(driver_summary, driver_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'driver_summary_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_gt(driver_summary, driver_summary) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.driver_summary_ge(driver_summary, driver_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'driver_summary_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_ge(driver_summary, driver_summary) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.driver_summary_cmp(driver_summary, driver_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'driver_summary_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_cmp(driver_summary, driver_summary) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.driver_summary_hash(driver_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'driver_summary_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_hash(driver_summary) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.driver_summary_hash_extended(driver_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'driver_summary_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_hash_extended(driver_summary, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION cxjourney_internal.driver_summary_plus(driver_summary, driver_summary) RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_plus(driver_summary, driver_summary) IS
'The operator +. Error 22023 for other numbers of drivers and for one side with weights, 22003 past 2^53 answers.';

CREATE FUNCTION cxjourney_internal.driver_summary_minus(driver_summary, driver_summary) RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_minus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_minus(driver_summary, driver_summary) IS
'The operator -. Error 22023 for other numbers of drivers and for one side with weights, 22003 for answers that are '
'not in the first summary.';

CREATE OPERATOR = (
	LEFTARG = driver_summary, RIGHTARG = driver_summary,
	FUNCTION = cxjourney_internal.driver_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (driver_summary, driver_summary) IS
'Same counts and same sums: of the same answers they are equal, whatever their order.';

CREATE OPERATOR <> (
	LEFTARG = driver_summary, RIGHTARG = driver_summary,
	FUNCTION = cxjourney_internal.driver_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (driver_summary, driver_summary) IS
'Other counts or other sums.';

CREATE OPERATOR + (
	LEFTARG = driver_summary, RIGHTARG = driver_summary,
	FUNCTION = cxjourney_internal.driver_summary_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (driver_summary, driver_summary) IS
'The summary of the answers of both.';

CREATE OPERATOR - (
	LEFTARG = driver_summary, RIGHTARG = driver_summary,
	FUNCTION = cxjourney_internal.driver_summary_minus
);
COMMENT ON OPERATOR - (driver_summary, driver_summary) IS
'The answers of the first without those of the second, which must be among them.';

CREATE OPERATOR < (
	LEFTARG = driver_summary, RIGHTARG = driver_summary,
	FUNCTION = cxjourney_internal.driver_summary_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (driver_summary, driver_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = driver_summary, RIGHTARG = driver_summary,
	FUNCTION = cxjourney_internal.driver_summary_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (driver_summary, driver_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = driver_summary, RIGHTARG = driver_summary,
	FUNCTION = cxjourney_internal.driver_summary_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (driver_summary, driver_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = driver_summary, RIGHTARG = driver_summary,
	FUNCTION = cxjourney_internal.driver_summary_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (driver_summary, driver_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS driver_summary_ops
	DEFAULT FOR TYPE driver_summary USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.driver_summary_cmp(driver_summary, driver_summary);
COMMENT ON OPERATOR CLASS driver_summary_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of driver_summary, by content.';
COMMENT ON OPERATOR FAMILY driver_summary_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of driver_summary, by content.';

CREATE OPERATOR CLASS driver_summary_ops
	DEFAULT FOR TYPE driver_summary USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.driver_summary_hash(driver_summary),
		FUNCTION 2 cxjourney_internal.driver_summary_hash_extended(driver_summary, bigint);
COMMENT ON OPERATOR CLASS driver_summary_ops USING hash IS
'Hash joins, grouping and indexes of driver_summary.';
COMMENT ON OPERATOR FAMILY driver_summary_ops USING hash IS
'Hash joins, grouping and indexes of driver_summary.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, double precision, double precision[])
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, double precision, double precision[]) IS
'State function of driver_agg(outcome, drivers). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, double precision, double precision[])
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_inv' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, double precision, double precision[]) IS
'Inverse state function of driver_agg(outcome, drivers) in moving frames. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, double precision, double precision[],
	double precision)
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_weighted' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, double precision, double precision[],
	double precision) IS
'State function of driver_agg(outcome, drivers, weight). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, double precision, double precision[],
	double precision)
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_weighted_inv' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, double precision, double precision[],
	double precision) IS
'Inverse state function of driver_agg(outcome, drivers, weight) in moving frames. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, numeric, numeric[])
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_numeric' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, numeric, numeric[]) IS
'State function of driver_agg(outcome, drivers) of numerics. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, numeric, numeric[], double precision)
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_numeric_weighted' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, numeric, numeric[], double precision) IS
'State function of driver_agg(outcome, drivers, weight) of numerics. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, numeric, numeric[])
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_numeric_inv' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, numeric, numeric[]) IS
'Inverse state function of driver_agg(outcome, drivers) of numerics in moving frames. Error '
'0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, numeric, numeric[], double precision)
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_numeric_weighted_inv' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, numeric, numeric[], double precision) IS
'Inverse state function of driver_agg(outcome, drivers, weight) of numerics in moving frames. Error '
'0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, smallint, smallint[])
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_int2' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, smallint, smallint[]) IS
'State function of driver_agg(outcome, drivers) of smallints. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, smallint, smallint[])
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_int2_inv' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, smallint, smallint[]) IS
'Inverse state function of driver_agg(outcome, drivers) of smallints in moving frames. Error 0A000 '
'outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, smallint, smallint[], double precision)
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_int2_weighted' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, smallint, smallint[], double precision) IS
'State function of driver_agg(outcome, drivers, weight) of smallints. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, smallint, smallint[], double precision)
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_int2_weighted_inv' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, smallint, smallint[],
	double precision) IS
'Inverse state function of driver_agg(outcome, drivers, weight) of smallints in moving frames. '
'Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, integer, integer[])
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_int4' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, integer, integer[]) IS
'State function of driver_agg(outcome, drivers) of integers. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, integer, integer[])
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_int4_inv' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, integer, integer[]) IS
'Inverse state function of driver_agg(outcome, drivers) of integers in moving frames. Error 0A000 '
'outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, integer, integer[], double precision)
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_int4_weighted' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum(driver_summary, integer, integer[], double precision) IS
'State function of driver_agg(outcome, drivers, weight) of integers. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, integer, integer[], double precision)
	RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_accum_int4_weighted_inv' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_accum_inv(driver_summary, integer, integer[], double precision) IS
'Inverse state function of driver_agg(outcome, drivers, weight) of integers in moving frames. Error '
'0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_combine(driver_summary, driver_summary) RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_combine(driver_summary, driver_summary) IS
'State and combine function of driver_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_combine_inv(driver_summary, driver_summary) RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_combine_inv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_combine_inv(driver_summary, driver_summary) IS
'Inverse state function of driver_agg(driver_summary) in moving frames. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.driver_summary_final(driver_summary) RETURNS driver_summary
	AS 'MODULE_PATHNAME', 'driver_summary_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.driver_summary_final(driver_summary) IS
'Final function of driver_agg: the summary, or NULL without any row.';

CREATE AGGREGATE driver_agg(outcome double precision, drivers double precision[]) (
	SFUNC = cxjourney_internal.driver_summary_accum, STYPE = driver_summary, SSPACE = 1024,
	FINALFUNC = cxjourney_internal.driver_summary_final,
	COMBINEFUNC = cxjourney_internal.driver_summary_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.driver_summary_accum, MINVFUNC = cxjourney_internal.driver_summary_accum_inv,
	MSTYPE = driver_summary, MSSPACE = 1024, MFINALFUNC = cxjourney_internal.driver_summary_final
);
COMMENT ON AGGREGATE driver_agg(double precision, double precision[]) IS
'The sums behind the question which drivers explain the outcome: driver_agg(nps, ARRAY[delivery, price]). An outcome '
'of -100, 0 and 100 for detractors, passives and promoters gives coefficients in points of the NPS. A row in which '
'the outcome, a driver or the array is NULL is left out and counted as left_out; NULL without any row. Values are '
'numbers of any type, -10^7 to 10^7, rounded to 4 decimals half away from zero. Error 22003 outside, 2202E for an '
'array that is empty or has two dimensions, 54000 for more than 64 drivers, 22023 for another number of drivers than '
'in other rows.';

CREATE AGGREGATE driver_agg(outcome double precision, drivers double precision[], weight double precision) (
	SFUNC = cxjourney_internal.driver_summary_accum, STYPE = driver_summary, SSPACE = 1024,
	FINALFUNC = cxjourney_internal.driver_summary_final,
	COMBINEFUNC = cxjourney_internal.driver_summary_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.driver_summary_accum, MINVFUNC = cxjourney_internal.driver_summary_accum_inv,
	MSTYPE = driver_summary, MSSPACE = 1024, MFINALFUNC = cxjourney_internal.driver_summary_final
);
COMMENT ON AGGREGATE driver_agg(double precision, double precision[], double precision) IS
'The weighted sums behind the question which drivers explain the outcome: driver_agg(nps, ARRAY[delivery, price], '
'weight). An outcome of -100, 0 and 100 for detractors, passives and promoters gives coefficients in points of the '
'NPS. A row in which the outcome, a driver, the array or the weight is NULL is left out and counted as left_out; '
'NULL without any row. Values are numbers of any type, -10^7 to 10^7, rounded to 4 decimals half away from zero. A '
'weight is 0 to 10^6, kept to 9 decimals; one of 0 counts as an answer. Error 22003 outside of these, 2202E for an '
'array that is empty or has two dimensions, 54000 for more than 64 drivers, 22023 for another number of drivers than '
'in other rows.';

-- Numerics have a form of their own, because SQL's cast of them to double precision takes longer than all else.
CREATE AGGREGATE driver_agg(outcome numeric, drivers numeric[]) (
	SFUNC = cxjourney_internal.driver_summary_accum, STYPE = driver_summary, SSPACE = 1024,
	FINALFUNC = cxjourney_internal.driver_summary_final,
	COMBINEFUNC = cxjourney_internal.driver_summary_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.driver_summary_accum, MINVFUNC = cxjourney_internal.driver_summary_accum_inv,
	MSTYPE = driver_summary, MSSPACE = 1024, MFINALFUNC = cxjourney_internal.driver_summary_final
);
COMMENT ON AGGREGATE driver_agg(numeric, numeric[]) IS
'The same as driver_agg(double precision, double precision[]), from outcome and drivers of type numeric, faster than '
'by a cast: sums behind the question which drivers explain the outcome. A row in which the outcome, a driver or the '
'array is NULL is left out and counted as left_out; NULL without any row. Values are -10^7 to 10^7, rounded to 4 '
'decimals half away from zero. Error 22003 outside, 2202E for an array that is empty or has two dimensions, 54000 for '
'more than 64 drivers, 22023 for another number of drivers than in other rows.';

CREATE AGGREGATE driver_agg(outcome numeric, drivers numeric[], weight double precision) (
	SFUNC = cxjourney_internal.driver_summary_accum, STYPE = driver_summary, SSPACE = 1024,
	FINALFUNC = cxjourney_internal.driver_summary_final,
	COMBINEFUNC = cxjourney_internal.driver_summary_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.driver_summary_accum, MINVFUNC = cxjourney_internal.driver_summary_accum_inv,
	MSTYPE = driver_summary, MSSPACE = 1024, MFINALFUNC = cxjourney_internal.driver_summary_final
);
COMMENT ON AGGREGATE driver_agg(numeric, numeric[], double precision) IS
'The same as driver_agg(double precision, double precision[], double precision), from outcome and drivers of type '
'numeric, faster than by a cast: weighted sums behind the question which drivers explain the outcome. A row in which '
'any of the arguments or a driver is NULL is left out and counted as left_out; NULL without any row. Values are -10^7 '
'to 10^7, rounded to 4 decimals half away from zero; a weight is 0 to 10^6, kept to 9 decimals. Error 22003 outside, '
'2202E for an array that is empty or has two dimensions, 54000 for more than 64 drivers, 22023 for another number of '
'drivers than in other rows.';

-- And whole numbers, because SQL's cast of an array takes longer than counting it.
CREATE AGGREGATE driver_agg(outcome smallint, drivers smallint[]) (
	SFUNC = cxjourney_internal.driver_summary_accum, STYPE = driver_summary, SSPACE = 1024,
	FINALFUNC = cxjourney_internal.driver_summary_final,
	COMBINEFUNC = cxjourney_internal.driver_summary_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.driver_summary_accum, MINVFUNC = cxjourney_internal.driver_summary_accum_inv,
	MSTYPE = driver_summary, MSSPACE = 1024, MFINALFUNC = cxjourney_internal.driver_summary_final
);
COMMENT ON AGGREGATE driver_agg(smallint, smallint[]) IS
'The same as driver_agg(double precision, double precision[]), from outcome and drivers of type smallint, faster '
'than by a cast: sums behind the question which drivers explain the outcome. A row in which the outcome, a driver or '
'the array is NULL is left out and counted as left_out; NULL without any row. Values are whole numbers. Error 2202E '
'for an array that is empty or has two dimensions, 54000 for more than 64 drivers, 22023 for another number of '
'drivers than in other rows.';

CREATE AGGREGATE driver_agg(outcome smallint, drivers smallint[], weight double precision) (
	SFUNC = cxjourney_internal.driver_summary_accum, STYPE = driver_summary, SSPACE = 1024,
	FINALFUNC = cxjourney_internal.driver_summary_final,
	COMBINEFUNC = cxjourney_internal.driver_summary_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.driver_summary_accum, MINVFUNC = cxjourney_internal.driver_summary_accum_inv,
	MSTYPE = driver_summary, MSSPACE = 1024, MFINALFUNC = cxjourney_internal.driver_summary_final
);
COMMENT ON AGGREGATE driver_agg(smallint, smallint[], double precision) IS
'The same as driver_agg(double precision, double precision[], double precision), from outcome and drivers of type '
'smallint, faster than by a cast: weighted sums behind the question which drivers explain the outcome. A row in '
'which any of the arguments or a driver is NULL is left out and counted as left_out; NULL without any row. Values '
'are whole numbers; a weight is 0 to 10^6, kept to 9 decimals. Error 22003 outside, 2202E for an array that is empty '
'or has two dimensions, 54000 for more than 64 drivers, 22023 for another number of drivers than in other rows.';

CREATE AGGREGATE driver_agg(outcome integer, drivers integer[]) (
	SFUNC = cxjourney_internal.driver_summary_accum, STYPE = driver_summary, SSPACE = 1024,
	FINALFUNC = cxjourney_internal.driver_summary_final,
	COMBINEFUNC = cxjourney_internal.driver_summary_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.driver_summary_accum, MINVFUNC = cxjourney_internal.driver_summary_accum_inv,
	MSTYPE = driver_summary, MSSPACE = 1024, MFINALFUNC = cxjourney_internal.driver_summary_final
);
COMMENT ON AGGREGATE driver_agg(integer, integer[]) IS
'The same as driver_agg(double precision, double precision[]), from outcome and drivers of type integer, faster than '
'by a cast: sums behind the question which drivers explain the outcome. A row in which the outcome, a driver or the '
'array is NULL is left out and counted as left_out; NULL without any row. Values are -10^7 to 10^7. Error 22003 '
'outside, 2202E for an array that is empty or has two dimensions, 54000 for more than 64 drivers, 22023 for another '
'number of drivers than in other rows.';

CREATE AGGREGATE driver_agg(outcome integer, drivers integer[], weight double precision) (
	SFUNC = cxjourney_internal.driver_summary_accum, STYPE = driver_summary, SSPACE = 1024,
	FINALFUNC = cxjourney_internal.driver_summary_final,
	COMBINEFUNC = cxjourney_internal.driver_summary_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.driver_summary_accum, MINVFUNC = cxjourney_internal.driver_summary_accum_inv,
	MSTYPE = driver_summary, MSSPACE = 1024, MFINALFUNC = cxjourney_internal.driver_summary_final
);
COMMENT ON AGGREGATE driver_agg(integer, integer[], double precision) IS
'The same as driver_agg(double precision, double precision[], double precision), from outcome and drivers of type '
'integer, faster than by a cast: weighted sums behind the question which drivers explain the outcome. A row in which '
'any of the arguments or a driver is NULL is left out and counted as left_out; NULL without any row. Values are '
'-10^7 to 10^7; a weight is 0 to 10^6, kept to 9 decimals. Error 22003 outside, 2202E for an array that is empty or '
'has two dimensions, 54000 for more than 64 drivers, 22023 for another number of drivers than in other rows.';

CREATE AGGREGATE driver_agg(summary driver_summary) (
	SFUNC = cxjourney_internal.driver_summary_combine, STYPE = driver_summary, SSPACE = 1024,
	FINALFUNC = cxjourney_internal.driver_summary_final,
	COMBINEFUNC = cxjourney_internal.driver_summary_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.driver_summary_combine, MINVFUNC = cxjourney_internal.driver_summary_combine_inv,
	MSTYPE = driver_summary, MSSPACE = 1024, MFINALFUNC = cxjourney_internal.driver_summary_final
);
COMMENT ON AGGREGATE driver_agg(driver_summary) IS
'Summaries added up, the same in any order and as if made of all their answers at once. NULLs are left out; NULL '
'without any answer and without any that was left out. Error 22023 for other numbers of drivers and for summaries '
'with and without weights, 22003 past 2^53 answers.';


--
-- Readers
--

CREATE FUNCTION drivers(summary driver_summary, names text[] DEFAULT NULL, method text DEFAULT 'lmg',
	level double precision DEFAULT 0.95, scales int4range[] DEFAULT NULL,
	OUT driver text, OUT responses bigint, OUT mean numeric, OUT correlation double precision,
	OUT coefficient double precision, OUT std_error double precision, OUT low double precision,
	OUT high double precision, OUT p_value double precision, OUT importance double precision,
	OUT priority double precision) RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'driver_summary_drivers' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 5 COST 100;
COMMENT ON FUNCTION drivers(driver_summary, text[], text, double precision, int4range[]) IS
'What each driver says of the outcome, a row a driver in the order of driver_agg; names are "driver 1" and so on '
'unless given. mean, exact, and correlation, -1 to 1, are the driver''s own. coefficient is what one unit more of '
'the driver adds to the outcome with the others unchanged, by least squares, with its std_error, its interval low to '
'high at the level and its two-sided p_value, all by Student''s t with n - p - 1 degrees of freedom, p the drivers '
'that have a coefficient. importance is the part of R squared that is due to the driver, 0 to 1; they sum up to R '
'squared: method lmg (Lindeman, Merenda, Gold 1980), the average over all orders of up to 15 drivers, or johnson '
'(2000), relative weights, of up to 64. priority, with the scale of the driver, is its share of all importance times '
'how far its mean is from the better end of the scale (the upper one if the correlation is not negative), as a part '
'of the scale: 0 to 1, high where there is much to gain. With weights n is Kish''s (sum w)^2 / sum w^2; such errors '
'are neither those of a regression with weights of precision nor those of a survey''s design. A driver that follows '
'from those before it (1 - R squared of it below 10^-9) has no coefficient, which a NOTICE tells; a constant one has '
'none and importance 0. A constant outcome, or n of p + 1 or less, leaves NULL but for responses, mean and '
'correlation. No rows for NULL (but names and scales may be) and without answers. Error 22023 for names or scales '
'that are not one a driver, another method, a level outside (0, 1), a scale that does not hold the mean, and lmg of '
'more than 15.';

CREATE FUNCTION driver_fit(summary driver_summary, OUT responses bigint, OUT left_out bigint,
	OUT r_squared double precision, OUT adjusted_r_squared double precision, OUT std_error double precision)
	AS 'MODULE_PATHNAME', 'driver_summary_fit' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION driver_fit(driver_summary) IS
'How well all drivers together explain the outcome: the answers that count, those left out because something was '
'NULL, R squared, 0 to 1, that adjusted for the number of drivers, and the standard error of the outcome about what '
'the drivers predict, in its units. With weights by Kish''s effective number of answers. The last three are NULL for '
'a constant outcome, and with no more answers than drivers + 1.';


--
-- JSON
--

CREATE FUNCTION driver_summary_to_json(driver_summary) RETURNS json
	AS 'MODULE_PATHNAME', 'driver_summary_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION driver_summary_to_json(driver_summary) IS
'{"drivers": 1, "responses": 2, "left_out": 0, "sums": [3, 4], "products": [5, 7, 10]}, with "weights" and '
'"squared_weights" before the sums if there are weights, without the two arrays if there are no answers; numbers as '
'in the text form. It is what to_jsonb, row_to_json and json_agg use.';

CREATE FUNCTION driver_summary_to_jsonb(driver_summary) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'driver_summary_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION driver_summary_to_jsonb(driver_summary) IS
'{"drivers": 1, "responses": 2, "left_out": 0, "sums": [3, 4], "products": [5, 7, 10]}, with "weights" and '
'"squared_weights" before the sums if there are weights, without the two arrays if there are no answers; numbers as '
'in the text form.';

CREATE CAST (driver_summary AS json) WITH FUNCTION driver_summary_to_json(driver_summary);
COMMENT ON CAST (driver_summary AS json) IS
'All that the value says; see driver_summary_to_json(driver_summary).';

CREATE CAST (driver_summary AS jsonb) WITH FUNCTION driver_summary_to_jsonb(driver_summary);
COMMENT ON CAST (driver_summary AS jsonb) IS
'All that the value says; see driver_summary_to_json(driver_summary).';

CREATE CAST (json AS driver_summary) WITH INOUT;
COMMENT ON CAST (json AS driver_summary) IS
'Reads what the cast to json gives; the input function of driver_summary reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';

CREATE CAST (jsonb AS driver_summary) WITH INOUT;
COMMENT ON CAST (jsonb AS driver_summary) IS
'Reads what the cast to jsonb gives; the input function of driver_summary reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';
