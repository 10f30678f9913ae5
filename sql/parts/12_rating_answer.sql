--
-- One answer
--

CREATE FUNCTION nps_group(score smallint) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_int2' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(smallint) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; '
'error 22003 outside 0..10, 22023 for a fraction.';

CREATE FUNCTION nps_group(score integer) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(integer) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; '
'error 22003 outside 0..10, 22023 for a fraction.';

CREATE FUNCTION nps_group(score bigint) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_int8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(bigint) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; '
'error 22003 outside 0..10, 22023 for a fraction.';

CREATE FUNCTION nps_group(score numeric) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(numeric) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; '
'error 22003 outside 0..10, 22023 for a fraction.';

CREATE FUNCTION nps_group(score double precision) RETURNS text
	AS 'MODULE_PATHNAME', 'nps_group_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION nps_group(double precision) IS
'What one answer on 0..10 makes the customer: detractor (0-6), passive (7-8) or promoter (9-10). NULL for NULL; '
'error 22003 outside 0..10, 22023 for a fraction.';

-- COST makes a condition on the name of a question go before it, where answers of all questions stand in one column.
CREATE FUNCTION score_from_text(answer text) RETURNS integer
	AS 'MODULE_PATHNAME', 'score_from_text' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION score_from_text(text) IS
'The score that an exported answer starts with: 10 of "10 - Extremely likely", 7 of " 7 ", -1 of "-1". NULL for '
'NULL and for blanks, no-break spaces and byte order marks among them. Error 22P02 for what does not start with a '
'whole number in the digits 0 to 9, and where it is not the only number ("7.5", "1,000", "5-7", "7 or 8", "9/10", '
'"3/1/2026"); 22003 past integer.';

CREATE FUNCTION csat_satisfied(score smallint, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_int2' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(smallint, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; '
'error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';

CREATE FUNCTION csat_satisfied(score integer, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_int4' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(integer, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; '
'error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';

CREATE FUNCTION csat_satisfied(score bigint, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_int8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(bigint, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; '
'error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';

CREATE FUNCTION csat_satisfied(score numeric, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_numeric' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(numeric, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; '
'error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';

CREATE FUNCTION csat_satisfied(score double precision, scale int4range DEFAULT '[1,5]') RETURNS boolean
	AS 'MODULE_PATHNAME', 'csat_satisfied_float8' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION csat_satisfied(double precision, int4range) IS
'Whether one answer is satisfied: the top 2 points of a scale of 4 to 7, the top point of 2 or 3. NULL for NULL; '
'error 22003 outside the scale, 22023 for a fraction and for scales longer than 7.';


