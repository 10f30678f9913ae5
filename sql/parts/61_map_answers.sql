--
-- The live journey map: the SQL that reads answers
--

CREATE FUNCTION cxjourney_internal.journey_map_metrics(map jsonb, OUT metric text, OUT lowest integer, OUT highest integer, OUT fraction boolean)
	RETURNS SETOF record
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT name, lower(scale), upper(scale) - 1, name <> 'emotion' AND (map ->> (name || '_type')) IN ('numeric', 'real', 'double precision')
	  FROM (VALUES ('nps', int4range '[0,10]'), ('csat', (map ->> 'csat_scale')::int4range),
	               ('ces', (map ->> 'ces_scale')::int4range), ('emotion', '[-2,2]')) AS m(name, scale)
	 WHERE map ? name
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_metrics(jsonb) IS
'Internal to the journey map: the metrics that were mapped, with the ends of their scales and whether an answer '
'could be a fraction, which only an emotion may be.';

CREATE FUNCTION cxjourney_internal.journey_map_read(map jsonb, columns_only boolean) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT string_agg(CASE WHEN columns_only THEN name ELSE format('(%s)%s AS %I', map ->> name, suffix, name) END, ', ' ORDER BY position)
	  FROM (VALUES (1, 'at', ''), (2, 'segment', ' COLLATE "C"'), (3, 'stage', ' COLLATE "C"'), (4, 'touchpoint', ' COLLATE "C"'),
	               (5, 'nps', ''), (6, 'csat', ''), (7, 'ces', ''), (8, 'emotion', '')) AS c(position, name, suffix)
	 WHERE map ? name
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_read(jsonb, boolean) IS
'Internal to the journey map: the list of what a map reads from a row of its source, or the names of these columns '
'in NAME_pending.';

CREATE FUNCTION cxjourney_internal.journey_map_instant(map jsonb, at text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN map ->> 'at_type' = 'timestamp with time zone' THEN at
		ELSE format('%s::timestamp AT TIME ZONE %L', at, map ->> 'timezone') END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_instant(jsonb, text) IS
'Internal to the journey map: the time of an answer, which this expression gives, as timestamptz; a timestamp or '
'date is one of the zone of the map.';

CREATE FUNCTION cxjourney_internal.journey_map_bucket(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE WHEN map ->> 'bucket' IN ('hour', 'day', 'week') AND map ->> 'timezone' IN ('UTC', 'Etc/UTC')
		THEN format('date_bin(%L, %s, %L)', '1 ' || (map ->> 'bucket'), cxjourney_internal.journey_map_instant(map, 'at'::text), '0001-01-01 00:00:00+00')
		ELSE format('date_trunc(%L, %s, %L)', map ->> 'bucket', cxjourney_internal.journey_map_instant(map, 'at'::text), map ->> 'timezone') END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_bucket(jsonb) IS
'Internal to the journey map: the start of the bucket of an answer. Without a change of the clock that is plain '
'arithmetic, several times as fast as date_trunc; 0001-01-01 was a Monday.';

-- Whoever writes answers waits for this query, so it evaluates as little as it can:
--
--		each row                                              each cell
--		answer -> bucket, which values are valid -> WHERE at -> GROUP BY -> HAVING
--
-- 1. WHERE says (at < lowest OR at >= highest) IS FALSE, not at >= lowest AND at < highest. The rows of a statement have
--    no statistics. Of a range the planner then expects few rows, and sorts them; of what IS FALSE it expects nearly all
--    rows, which is true here, and sums them by hashing.
-- 2. HAVING says CASE WHEN answered THEN stage IS NOT NULL END, not answered AND stage IS NOT NULL. The planner moves a
--    condition without an aggregate from HAVING to WHERE, and the stage would be tested for each row. It does not take a
--    CASE apart, so the stage is tested once for each cell.
CREATE FUNCTION cxjourney_internal.journey_map_sum(map jsonb, answers text, removed text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH metric AS (
		SELECT name, name = 'emotion' AS is_emotion, format('%1$s BETWEEN %2$s AND %3$s', name, lowest, highest) || CASE WHEN fraction THEN format(' AND %1$s = trunc(%1$s)', name) ELSE '' END AS valid,
		       CASE WHEN metric IS NULL THEN 'cxjourney_internal.journey_map_no_answers()'
				ELSE format('cxjourney_internal.journey_map_summary(%1$s::%3$s, %2$L::int4range) FILTER (WHERE %1$s_valid)', name, int4range(lowest, highest, '[]'),
					CASE map ->> (name || '_type') WHEN 'real' THEN 'double precision' WHEN 'smallint' THEN 'bigint' WHEN 'integer' THEN 'bigint' ELSE map ->> (name || '_type') END) END AS summary,
		       metric IS NOT NULL AS mapped, position
		  FROM unnest(ARRAY['nps', 'csat', 'ces', 'emotion']) WITH ORDINALITY AS n(name, position) LEFT JOIN cxjourney_internal.journey_map_metrics(map) ON metric = name),
	list AS (
		SELECT string_agg(format('%2$s AS %1$s_valid', name, valid), ', ') FILTER (WHERE mapped) AS judged,
		       string_agg(format('count(%s) > 0', name), ' OR ') FILTER (WHERE mapped) AS answered,
		       string_agg(name || '_valid', ' OR ') FILTER (WHERE mapped) AS any_valid,
		       string_agg(CASE WHEN is_emotion THEN 'count(*) FILTER (WHERE NOT emotion_valid)' ELSE format('count(%s) - coalesce(cxjourney_internal.journey_map_responses(%s), 0)', name, summary) END, ' + ')
				FILTER (WHERE mapped) AS invalid,
		       string_agg(CASE WHEN NOT is_emotion THEN format('%s AS %s', summary, name)
				WHEN mapped THEN 'count(*) FILTER (WHERE emotion_valid) AS emotion_responses, coalesce(sum(round(emotion::numeric, 4)) FILTER (WHERE emotion_valid), 0) AS emotion_sum'
				ELSE '0::bigint AS emotion_responses, 0::numeric AS emotion_sum' END, ', ' ORDER BY position) AS summaries,
		       CASE WHEN map ->> 'at_type' = 'timestamp with time zone' THEN ' 00:00:00+00' ELSE '' END AS midnight
		  FROM metric)
	SELECT format('SELECT %1$s AS removed, bucket, %2$s AS segment, "left"(stage, 200) AS stage, %3$s AS touchpoint,
	count(*) FILTER (WHERE %4$s) AS responses, %5$s AS invalid, %6$s,
	%14$s AS first_at, %15$s AS last_at
FROM (SELECT *, %7$s AS bucket, %8$s
	FROM (%9$s) AS answer
	WHERE (at < %10$L OR at >= %11$L) IS FALSE) AS judged
GROUP BY %12$s
HAVING CASE WHEN %13$s THEN stage IS NOT NULL END', removed,
		CASE WHEN map ? 'segment' THEN $q$coalesce("left"(segment, 200), '(none)')$q$ ELSE $q$text '(all)' COLLATE "C"$q$ END,
		CASE WHEN map ? 'touchpoint' THEN $q$coalesce("left"(touchpoint, 200), '(none)')$q$ ELSE $q$text '(all)' COLLATE "C"$q$ END,
		any_valid, invalid, summaries, cxjourney_internal.journey_map_bucket(map),
		judged, answers, '0001-01-02' || midnight, '9999-12-30' || midnight,
		concat_ws(', ', CASE removed WHEN 'removed' THEN removed END, 'bucket', CASE WHEN map ? 'segment' THEN 'segment' END, 'stage', CASE WHEN map ? 'touchpoint' THEN 'touchpoint' END),
		answered, cxjourney_internal.journey_map_instant(map, format('(min(at) FILTER (WHERE %s))', any_valid)), cxjourney_internal.journey_map_instant(map, format('(max(at) FILTER (WHERE %s))', any_valid)))
	  FROM list
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_sum(jsonb, text, text) IS
'Internal to the journey map: the query that judges answers and sums them by bucket and cell, over a query that '
'gives the columns of journey_map_read, and removed unless that is the same for all.';

CREATE FUNCTION cxjourney_internal.journey_map_parts(map jsonb, by_bucket boolean) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT format('SELECT false AS removed, %1$s FROM %2$s WHERE bucket %3$s ''-infinity''
		UNION ALL SELECT removed, %1$s FROM %4$s
		UNION ALL %5$s',
		'bucket, segment, stage, touchpoint, responses, invalid, nps, csat, ces, emotion_responses, emotion_sum, first_at, last_at',
		map ->> 'rollup_table', CASE WHEN by_bucket THEN '>' ELSE '=' END, map ->> 'batches_table',
		cxjourney_internal.journey_map_sum(map, format('SELECT removed, %s FROM %s', cxjourney_internal.journey_map_read(map, true), map ->> 'pending_table'), 'removed'::text))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_parts(jsonb, boolean) IS
'Internal to the journey map: the query for the parts whose sum it holds, by bucket or for all time.';

CREATE FUNCTION cxjourney_internal.journey_map_state(map jsonb, key text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT format('SELECT %1$s, responses, invalid, nps, csat, ces, emotion_responses, emotion_sum%4$s
FROM (SELECT %1$s,
	sum(CASE WHEN removed THEN -responses ELSE responses END)::bigint AS responses,
	sum(CASE WHEN removed THEN -invalid ELSE invalid END)::bigint AS invalid, %2$s,
	sum(CASE WHEN removed THEN -emotion_responses ELSE emotion_responses END)::bigint AS emotion_responses, sum(CASE WHEN removed THEN -emotion_sum ELSE emotion_sum END) AS emotion_sum,
	min(first_at) FILTER (WHERE NOT removed) AS first_at, max(last_at) FILTER (WHERE NOT removed) AS last_at
	FROM (%3$s) AS part
	GROUP BY %1$s) AS cell
WHERE responses <> 0 OR invalid <> 0', key,
		(SELECT string_agg(format('cxjourney_internal.journey_map_net(@extschema@.rating_agg(%1$s) FILTER (WHERE NOT removed), @extschema@.rating_agg(%1$s) FILTER (WHERE removed)) AS %1$s', name), ', ')
		   FROM unnest(ARRAY['nps', 'csat', 'ces']) AS name),
		cxjourney_internal.journey_map_parts(map, key LIKE 'bucket%'), CASE WHEN key LIKE 'bucket%' THEN ', first_at, last_at' ELSE '' END)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_state(jsonb, text) IS
'Internal to the journey map: the query for what the map holds, exact in any snapshot, by these columns; for all '
'time unless bucket is the first of them.';

CREATE FUNCTION cxjourney_internal.journey_map_answers(map jsonb, relation text, removed boolean) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT format('SELECT %s AS removed, %s FROM %s', removed::text, cxjourney_internal.journey_map_read(map, false), relation)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_answers(jsonb, text, boolean) IS
'Internal to the journey map: the query that reads answers from the source or from the rows of a statement.';

CREATE FUNCTION cxjourney_internal.journey_map_write_cells(map jsonb, event text) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	WITH columns AS (SELECT 'bucket, segment, stage, touchpoint, responses, invalid, nps, csat, ces, emotion_responses, emotion_sum, first_at, last_at' AS cells),
	sums AS (SELECT cxjourney_internal.journey_map_sum(map, cxjourney_internal.journey_map_answers(map, 'old_rows'::text, false), 'false'::text) AS before,
		cxjourney_internal.journey_map_sum(map, cxjourney_internal.journey_map_answers(map, 'new_rows'::text, false), 'false'::text) AS after,
		cxjourney_internal.journey_map_sum(map, cxjourney_internal.journey_map_answers(map, 'old_rows'::text, true), 'true'::text) AS gone)
	SELECT CASE event
		WHEN 'INSERT' THEN format('INSERT INTO %1$s (removed, %2$s) %3$s', map ->> 'batches_table', cells, after)
		WHEN 'DELETE' THEN format('INSERT INTO %1$s (removed, %2$s) %3$s', map ->> 'batches_table', cells, gone)
		WHEN 'UPDATE' THEN format('WITH before AS (SELECT %2$s FROM (%3$s) AS cell), after AS (SELECT %2$s FROM (%4$s) AS cell)
			INSERT INTO %1$s (removed, %2$s)
			SELECT false, %2$s FROM (SELECT * FROM after EXCEPT ALL SELECT * FROM before) AS added
			UNION ALL SELECT true, %2$s FROM (SELECT * FROM before EXCEPT ALL SELECT * FROM after) AS gone', map ->> 'batches_table', cells, before, after)
		ELSE format('INSERT INTO %1$s (removed, %2$s) SELECT NOT removed, %2$s FROM (%3$s) AS part', map ->> 'batches_table', cells, cxjourney_internal.journey_map_parts(map, true)) END
	  FROM columns, sums
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_cells(jsonb, text) IS
'Internal to the journey map: the statement that notes the sums of what a statement added and removed; for '
'TRUNCATE, everything that the map holds.';

-- Up to this many rows of a statement are noted one by one, which costs a writer less than summing them.
CREATE FUNCTION cxjourney_internal.journey_map_write_one(map jsonb, event text, relation text, removed boolean)
	RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT format('		INSERT INTO %1$s (removed, %2$s)
		%3$s
		WHERE NOT EXISTS (SELECT FROM %4$s OFFSET 8);
		IF NOT FOUND THEN
			%5$s;
		END IF;
',		map ->> 'pending_table', cxjourney_internal.journey_map_read(map, true), cxjourney_internal.journey_map_answers(map, relation, removed), relation,
		cxjourney_internal.journey_map_write_cells(map, event))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_one(jsonb, text, text, boolean) IS
'Internal to the journey map: what its trigger does for INSERT and DELETE.';

CREATE FUNCTION cxjourney_internal.journey_map_write_both(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT format('		PERFORM FROM new_rows OFFSET 8 LIMIT 1;
		IF NOT FOUND THEN
			WITH before AS (SELECT %1$s FROM old_rows), after AS (SELECT %1$s FROM new_rows)
			INSERT INTO %2$s (removed, %3$s)
			SELECT false, %3$s FROM (SELECT * FROM after EXCEPT ALL SELECT * FROM before) AS added
			UNION ALL SELECT true, %3$s FROM (SELECT * FROM before EXCEPT ALL SELECT * FROM after) AS gone;
		ELSE
			%4$s;
		END IF;
',		cxjourney_internal.journey_map_read(map, false), map ->> 'pending_table', cxjourney_internal.journey_map_read(map, true), cxjourney_internal.journey_map_write_cells(map, 'UPDATE'::text))
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_both(jsonb) IS
'Internal to the journey map: what its trigger does for UPDATE; what is the same before and after is not noted.';

-- The name of the partition comes in where a name stands that cannot be part of the map's texts.
CREATE FUNCTION cxjourney_internal.journey_map_write_partition(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT replace(replace(format('INSERT INTO %s (removed, bucket, segment, stage, touchpoint, responses, invalid, nps, csat, ces, emotion_responses, emotion_sum, first_at, last_at) %s',
			map ->> 'batches_table', cxjourney_internal.journey_map_sum(map, cxjourney_internal.journey_map_answers(map, 'ONLY ' || placeholder, true), 'true'::text)),
		'%', '%%'), placeholder, '%1$s')
	  FROM md5(map::text) AS placeholder
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_partition(jsonb) IS
'Internal to the journey map: the format of what its trigger does before TRUNCATE of a partition, whose name it takes.';

CREATE FUNCTION cxjourney_internal.journey_map_run(query text) RETURNS void
	LANGUAGE plpgsql VOLATILE SET search_path = pg_catalog, pg_temp SET row_security = off
AS $$
BEGIN
	EXECUTE query;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_run(text) IS
'Internal to the journey map: runs what its trigger does before TRUNCATE of a partition. Error 42501 where '
'row-level security would hide rows, or run code of the owner of the partition.';

CREATE FUNCTION cxjourney_internal.journey_map_version(map jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT md5(jsonb_agg(map -> part ORDER BY position)::text)
	  FROM unnest(ARRAY['at', 'stage', 'touchpoint', 'nps', 'csat', 'ces', 'segment', 'emotion', 'comment', 'bucket', 'timezone', 'csat_scale',
		'csat_satisfied_from', 'ces_scale', 'ces_low_is_easy']) WITH ORDINALITY AS p(part, position)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_version(jsonb) IS
'Internal to the journey map: a digest of the part of its definition that its trigger function and views are '
'written from.';

-- Parsed anew for each statement, hence slower than the trigger function, which the next refresh writes anew.
CREATE FUNCTION cxjourney_internal.journey_map_write_renamed(source oid, trigger name, event text, argument text)
	RETURNS text
	LANGUAGE plpgsql STABLE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	definition regclass := cxjourney_internal.journey_map_of_trigger(source, trigger);
	map jsonb;
BEGIN
	IF definition IS NULL THEN
		RAISE EXCEPTION 'the tables of the journey map that trigger "%" on % writes to are gone', trigger, source::regclass USING ERRCODE = 'undefined_table',
			HINT = 'The owner of the map can create it anew. Dropping the trigger lets writes go on without the map.';
	END IF;
	map := cxjourney_internal.journey_map_load(definition);
	PERFORM cxjourney_internal.journey_map_require_whole(map);
	IF NOT cxjourney_internal.journey_map_ready(source, '{}'::text[], ''::text, ARRAY[map ->> 'batches_table', map ->> 'pending_table', map ->> 'rollup_table']::text[]) THEN
		RAISE EXCEPTION 'the tables of journey map "%" belong to somebody else', map ->> 'name' USING ERRCODE = 'insufficient_privilege';
	END IF;
	RETURN CASE WHEN event = 'TRUNCATE' AND argument = 'partition' THEN
			format('SELECT cxjourney_internal.journey_map_run(%L::pg_catalog.text)', format(cxjourney_internal.journey_map_write_partition(map), source::regclass))
		ELSE cxjourney_internal.journey_map_write_cells(map, event) END;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_renamed(oid, name, text, text) IS
'Internal to the journey map: what its trigger runs once the names in the trigger function are no longer those of '
'the tables of the map. Errors 42P01 and 55000 when they are gone, 42501 when they belong to others.';

CREATE FUNCTION cxjourney_internal.journey_map_written_tables(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT format('%L::pg_catalog.text[]', ARRAY[map ->> 'batches_table', map ->> 'pending_table', map ->> 'rollup_table'])
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_written_tables(jsonb) IS
'Internal to the journey map: how its trigger function lists the tables that it uses.';

-- More than needed is named where such a text is only part of a string.
CREATE FUNCTION cxjourney_internal.journey_map_named_schema(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT coalesce((SELECT (parse_ident('@extschema@'))[1]
	  FROM unnest(ARRAY['at', 'segment', 'stage', 'touchpoint', 'nps', 'csat', 'ces', 'emotion']) AS argument WHERE strpos(map ->> argument, '@extschema@.') > 0 LIMIT 1), '')
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_named_schema(jsonb) IS
'Internal to the journey map: the schema of the extension if an expression of its trigger names it; else empty.';

CREATE FUNCTION cxjourney_internal.journey_map_dates_hint() RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN 'Whoever writes, a journey map reads a text as a date with DateStyle ISO, YMD. Say another order, such as to_date(answered, ''DD.MM.YYYY''), or make the column a date or timestamptz.';
COMMENT ON FUNCTION cxjourney_internal.journey_map_dates_hint() IS
'Internal to the journey map: the hint for texts that are no dates.';

-- An expression that casts a text to a date fails with a hint to change DateStyle, which would help nobody. To say more
-- costs a subtransaction for each statement that writes; only such maps pay for it.
CREATE FUNCTION cxjourney_internal.journey_map_write_body(map jsonb) RETURNS text
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT format('
#variable_conflict use_column
BEGIN
%10$s	-- written for the definition %7$s
	IF TG_OP = ''TRUNCATE'' THEN
		PERFORM cxjourney_internal.journey_map_require_new_snapshots(''TRUNCATE of the source of a journey map''::pg_catalog.text);
	END IF;
	IF NOT cxjourney_internal.journey_map_ready(TG_RELID, %8$L::pg_catalog.text[], %9$L::pg_catalog.text, %6$s) THEN
		EXECUTE cxjourney_internal.journey_map_write_renamed(TG_RELID, TG_NAME, TG_OP, TG_ARGV[0]);
	ELSIF TG_OP = ''INSERT'' THEN
%1$s	ELSIF TG_OP = ''UPDATE'' THEN
%2$s	ELSIF TG_OP = ''DELETE'' THEN
%3$s	ELSIF TG_ARGV[0] = ''partition'' THEN
		PERFORM cxjourney_internal.journey_map_run(pg_catalog.format(%4$L, TG_RELID::pg_catalog.regclass));
	ELSE
		%5$s;
	END IF;
%11$s	RETURN NULL;
END ',	cxjourney_internal.journey_map_write_one(map, 'INSERT'::text, 'new_rows'::text, false), cxjourney_internal.journey_map_write_both(map),
		cxjourney_internal.journey_map_write_one(map, 'DELETE'::text, 'old_rows'::text, true),
		cxjourney_internal.journey_map_write_partition(map), cxjourney_internal.journey_map_write_cells(map, 'TRUNCATE'::text), cxjourney_internal.journey_map_written_tables(map),
		cxjourney_internal.journey_map_version(map), ARRAY(SELECT DISTINCT name COLLATE "C" FROM jsonb_array_elements_text(map -> 'columns') AS name ORDER BY 1),
		cxjourney_internal.journey_map_named_schema(map),
		CASE WHEN catches THEN E'BEGIN\n' ELSE '' END,
		CASE WHEN catches THEN format('EXCEPTION WHEN invalid_datetime_format OR datetime_field_overflow THEN
	RAISE EXCEPTION USING ERRCODE = SQLSTATE, MESSAGE = %L || SQLERRM, DETAIL = %L, HINT = %L;
END;
',			format('journey map "%s" cannot read a date: ', map ->> 'name'),
			(SELECT string_agg(format('Argument "%s" is %s.', key, value), ' ' ORDER BY key) FROM jsonb_each_text(map -> 'dates')),
			cxjourney_internal.journey_map_dates_hint()) ELSE '' END)
	  FROM (SELECT map -> 'dates' <> '{}' AS catches) AS c
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_write_body(jsonb) IS
'Internal to the journey map: the body of its trigger function NAME_write, from a definition that went through '
'journey_map_resolve.';

CREATE FUNCTION cxjourney_internal.journey_map_is_renamed(map jsonb) RETURNS boolean
	LANGUAGE sql STABLE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure((map ->> 'write_table') || '()')
		AND strpos(prosrc, cxjourney_internal.journey_map_version(map)) > 0 AND strpos(prosrc, cxjourney_internal.journey_map_written_tables(map)) = 0)
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_is_renamed(jsonb) IS
'Internal to the journey map: whether its trigger function is of this definition, but of the time before its tables '
'or their schema got other names.';

