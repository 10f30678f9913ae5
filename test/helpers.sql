\set ECHO none
--
-- What many tests use. Each loads it by itself, so that any one runs alone:
--
--     \getenv test PG_ABS_SRCDIR
--     \i :test/helpers.sql
--
-- PostgreSQL 15 and later have pg_regress set PG_ABS_SRCDIR to this directory. Nothing of it shows in the output, and
-- all of it goes with the session: it lies in pg_temp.
--

-- SQLSTATE and message, detail and hint of the error that a query gives
CREATE FUNCTION pg_temp.error_of(query text, separator text DEFAULT E'\n', hints boolean DEFAULT true) RETURNS text
LANGUAGE plpgsql AS $$
DECLARE
	detail text;
	hint text;
BEGIN
	EXECUTE query;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	GET STACKED DIAGNOSTICS detail = PG_EXCEPTION_DETAIL, hint = PG_EXCEPTION_HINT;
	IF NOT hints THEN
		hint := '';
	END IF;
	-- what PostgreSQL itself says of a function that it does not find has other words in other versions
	IF SQLSTATE IN ('42883', '42725') THEN
		detail := '';
		hint := '';
	END IF;
	RETURN concat_ws(separator, SQLSTATE || ' ' || SQLERRM, nullif(detail, ''), nullif(hint, ''));
END $$;

-- the same in one line and without the hint, for long lists of texts that all get the same one
CREATE FUNCTION pg_temp.detail_of(query text) RETURNS text LANGUAGE sql
	RETURN pg_temp.error_of(query, ' | ', false);

-- SQLSTATE and message alone
CREATE FUNCTION pg_temp.message_of(query text) RETURNS text LANGUAGE plpgsql AS $$
BEGIN
	EXECUTE query;
	RETURN 'no error';
EXCEPTION WHEN OTHERS THEN
	RETURN SQLSTATE || ' ' || SQLERRM;
END $$;

-- whether a regular expression matches the plan of a query, as JSON; no words of EXPLAIN are in the expected output
CREATE FUNCTION pg_temp.plan_has(query text, pattern text) RETURNS boolean LANGUAGE plpgsql AS $$
DECLARE
	plan text;
BEGIN
	EXECUTE 'EXPLAIN (FORMAT JSON, COSTS OFF) ' || query INTO plan;
	RETURN plan ~ pattern;
END $$;

-- a whole number from 0 to bound - 1 that is as good as random, but the same on every machine
CREATE FUNCTION pg_temp.random_int(row_number int, salt int, bound bigint) RETURNS bigint
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ((hashint8extended(row_number, salt) % bound) + bound) % bound;
CREATE FUNCTION pg_temp.random_int(row_number int, salt int, bound int) RETURNS int
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ((hashint8extended(row_number, salt) % bound) + bound) % bound;

-- what is written in a picture, a line for each of its texts
CREATE FUNCTION pg_temp.texts_of(svg text) RETURNS text LANGUAGE sql AS $$
	SELECT string_agg(m[1], E'\n' ORDER BY n)
	FROM regexp_matches(svg, '<text[^>]*>([^<]*)</text>', 'g') WITH ORDINALITY AS t (m, n)
$$;

-- the numbers at the axes of a chart in English: beside it, where texts end, and below it, where they have their middle
CREATE FUNCTION pg_temp.ticks_of(svg text) RETURNS TABLE (side text, place float8, value float8) LANGUAGE sql AS $$
	SELECT m[3], CASE m[3] WHEN 'end' THEN m[2]::float8 - 4 ELSE m[1]::float8 END,
		translate(m[4], '−,%+', '-')::float8
	FROM regexp_matches(svg, '<text x="(\d+)" y="(\d+)" font-size="13" fill="#526070" unicode-bidi="plaintext" '
		'text-anchor="(middle|end)">([−+]?[\d.,]+%?)</text>', 'g') AS m
$$;

-- the corners of the paths of a chart whose elements match a pattern, in the units of its axes; where there are no
-- numbers below, x is in pixels
CREATE FUNCTION pg_temp.corners_of(svg text, pattern text) RETURNS TABLE (n bigint, x float8, y float8)
LANGUAGE sql AS $$
	WITH axis AS MATERIALIZED (
		SELECT side, regr_intercept(value, place) AS start, regr_slope(value, place) AS slope
		FROM pg_temp.ticks_of(svg) GROUP BY side
	), corner AS MATERIALIZED (
		SELECT row_number() OVER (ORDER BY p.n, c.n) AS n, c.m[1]::float8 AS x, c.m[2]::float8 AS y
		FROM regexp_matches(svg, '<path d="[^"]*"[^>]*>', 'g') WITH ORDINALITY AS p (m, n),
			regexp_matches(p.m[1], '[ML]([-\d.]+) ([-\d.]+)', 'g') WITH ORDINALITY AS c (m, n)
		WHERE p.m[1] ~ pattern)
	SELECT corner.n, coalesce(below.start + below.slope * corner.x, corner.x), beside.start + beside.slope * corner.y
	FROM corner LEFT JOIN axis AS below ON below.side = 'middle' LEFT JOIN axis AS beside ON beside.side = 'end'
$$;

-- Compiling takes longer than the queries here; rating_property and journey_property turn it on again.
SET jit = off;

\set ECHO all
