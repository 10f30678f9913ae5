--
-- The live journey map: set-up, triggers, refresh and check
--
-- What is said here of a map holds for a table of journeys that keeps itself up to date, too (62_table_visits.sql): its
-- triggers, refresh and check are the same, and where they are not, "kind" in its definition says which of both it is.
-- What is called journey_map is for both unless its comment says otherwise.
--
-- A map consists of ordinary tables, views, triggers and one trigger function in the schema of its owner, and nothing
-- else: a dump restores all of it. What follows writes the SQL of these objects, as texts with named places that
-- journey_map_sql fills and quotes. Expressions that come from outside went through journey_map_expression before.
--
-- The state of a map is the sum of three tables, read in one snapshot: NAME_rollup, a row per bucket and cell and one
-- per cell with the bucket -infinity for all time; NAME_pending, a row per answer that was written since; NAME_batches,
-- summed answers of larger statements. Writers only ever insert into the last two, so that nobody waits for anybody.
--

CREATE FUNCTION cxjourney_internal.journey_map_sql(template text, places jsonb) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_map_sql' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_sql(text, jsonb) IS
'Internal to the journey map: a text with its named places filled. {totals_table} takes SQL as it is, which is an '
'expression that was checked, a query or a quoted name; {trigger:name} a text as a quoted identifier; '
'{timezone:literal} a text as a quoted string. A list fills a place with all that it holds and commas in between. '
'Error 22023 for a place of another kind or without a value, and for one that would take name, schema, bucket, '
'timezone or language, which are plain texts, for SQL. NULL for NULL.';

-- What a map consists of, each list once.
CREATE FUNCTION cxjourney_internal.journey_map_rated() RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN ARRAY['nps', 'csat', 'ces']::text[];
COMMENT ON FUNCTION cxjourney_internal.journey_map_rated() IS
'Internal to the journey map: the metrics whose answers are kept as a rating_summary.';

CREATE FUNCTION cxjourney_internal.journey_map_satisfied_from(map jsonb) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN coalesce((map ->> 'csat_satisfied_from')::integer::text, 'NULL');
COMMENT ON FUNCTION cxjourney_internal.journey_map_satisfied_from(jsonb) IS
'Internal to the journey map: the score from which on its CSAT takes a customer for satisfied, or NULL, as SQL.';

CREATE FUNCTION cxjourney_internal.journey_map_arguments(kind text) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE kind WHEN 'journey table' THEN ARRAY['customer', 'stage', 'at', 'seq', 'value']
		ELSE ARRAY['at', 'segment', 'stage', 'touchpoint', 'nps', 'csat', 'ces', 'emotion'] END::text[];
COMMENT ON FUNCTION cxjourney_internal.journey_map_arguments(text) IS
'Internal to the journey map: the arguments that its trigger reads from a row, in the order of NAME_pending; of a '
'journey map or a journey table.';

CREATE FUNCTION cxjourney_internal.journey_map_own_tables(kind text) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE kind WHEN 'journey table' THEN ARRAY['rollup', 'batches', 'pending']
		ELSE ARRAY['rollup', 'batches', 'pending', 'notes', 'targets', 'alarms_sent'] END::text[];
COMMENT ON FUNCTION cxjourney_internal.journey_map_own_tables(text) IS
'Internal to the journey map: the endings of its tables, which are columns of NAME_definition too.';

CREATE FUNCTION cxjourney_internal.journey_map_side_tables(kind text) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE kind WHEN 'journey table' THEN '{}'
		ELSE ARRAY['notes_table', 'targets_table', 'alarms_sent_table'] END::text[];
COMMENT ON FUNCTION cxjourney_internal.journey_map_side_tables(text) IS
'Internal to the journey map: those of its tables that hold no answers, as journey_map_names calls them; one that was '
'dropped can be made anew.';

CREATE FUNCTION cxjourney_internal.journey_map_own_views(kind text) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE kind WHEN 'journey table' THEN ARRAY['map', 'left_out_table']
		ELSE ARRAY['summaries_table', 'totals_table', 'map', 'personas_table', 'trend_table', 'trend_places_table',
			'channels_table', 'barriers_table', 'changes_table', 'comments_table', 'control_table', 'alarms_table']
		END::text[];
COMMENT ON FUNCTION cxjourney_internal.journey_map_own_views(text) IS
'Internal to the journey map: its views, as journey_map_names calls them, those that others read first.';

CREATE FUNCTION cxjourney_internal.journey_map_cell(OUT name text, OUT type text) RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	VALUES ('bucket', 'timestamptz NOT NULL'),
		('segment', 'text COLLATE "C" NOT NULL'),
		('stage', 'text COLLATE "C" NOT NULL'),
		('touchpoint', 'text COLLATE "C" NOT NULL'),
		('responses', 'bigint NOT NULL'),
		('invalid', 'bigint NOT NULL'),
		('nps', '@extschema@.rating_summary'),
		('csat', '@extschema@.rating_summary'),
		('ces', '@extschema@.rating_summary'),
		('emotion_responses', 'bigint NOT NULL'),
		('emotion_sum', 'numeric NOT NULL'),
		('first_at', 'timestamptz'),
		('last_at', 'timestamptz')
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_cell() IS
'Internal to the journey map: the columns of its sums, in their order, and how they are declared.';

CREATE FUNCTION cxjourney_internal.journey_map_columns(first text, last text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	WITH list AS (SELECT array_agg(name) AS names FROM cxjourney_internal.journey_map_cell())
	SELECT array_to_string(names[array_position(names, first):array_position(names, last)], ', ') FROM list
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_columns(text, text) IS
'Internal to the journey map: the list of columns of a cell from one to another.';

CREATE FUNCTION cxjourney_internal.journey_map_part_columns(kind text) RETURNS text
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	SELECT CASE kind WHEN 'journey table' THEN 'customer, journey, left_out, events'
		ELSE cxjourney_internal.journey_map_columns('bucket'::text, 'last_at'::text) END
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_part_columns(text) IS
'Internal to the journey map: the list of columns of NAME_batches but for removed.';

CREATE FUNCTION cxjourney_internal.journey_map_kept_columns(kind text) RETURNS text[]
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN CASE kind WHEN 'journey table' THEN ARRAY['journey']::text[]
		ELSE cxjourney_internal.journey_map_rated() END;
COMMENT ON FUNCTION cxjourney_internal.journey_map_kept_columns(text) IS
'Internal to the journey map: those columns of NAME_rollup and NAME_batches that are of a type of the extension.';

-- The texts for people are written once, in the words of the map.
CREATE FUNCTION cxjourney_internal.journey_map_say(kind text, template text) RETURNS text
	LANGUAGE plpgsql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
DECLARE
	word record;
BEGIN
	FOR word IN SELECT * FROM (VALUES ('journey map', 'journey table'), ('journey_map', 'journey_table'),
		('the map', 'the journey table'), ('A map', 'A journey table'), ('a map', 'a journey table'),
		('answers', 'visits'), ('rating_agg', 'journey_agg'), ('Map ', 'Take '), ('map a table', 'take a table'),
		('be mapped', 'be its source')) AS w(map, other) WHERE kind = 'journey table' LOOP
		template := replace(template, word.map, word.other);
	END LOOP;
	RETURN template;
END $$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_say(text, text) IS
'Internal to the journey map: a text for people about a map, or the same of a journey table. What others wrote is put '
'into it afterwards.';

-- What an expression could depend on; the time zone is that of the map.
CREATE FUNCTION cxjourney_internal.journey_map_settings(OUT name text, OUT value text) RETURNS SETOF record
	LANGUAGE sql IMMUTABLE PARALLEL SAFE SET search_path = pg_catalog, pg_temp
AS $$
	VALUES ('datestyle', 'ISO, YMD'),
		('intervalstyle', 'postgres'),
		('extra_float_digits', '1'),
		('bytea_output', 'hex'),
		('lc_time', 'C'),
		('lc_numeric', 'C'),
		('lc_monetary', 'C'),
		('array_nulls', 'on'),
		('xmloption', 'content'),
		('timezone_abbreviations', 'Default')
$$;
COMMENT ON FUNCTION cxjourney_internal.journey_map_settings() IS
'Internal to the journey map: the settings that its trigger function pins when an expression depends on settings, '
'beside the time zone, which is that of the map.';

CREATE FUNCTION cxjourney_internal.journey_map_expression(kind text, source regclass, argument text, label text,
	path text, as_text boolean, OUT expression text, OUT type regtype, OUT settings boolean, OUT columns text[],
	OUT dates boolean, OUT zones boolean)
	AS 'MODULE_PATHNAME', 'journey_map_expression' LANGUAGE C STABLE STRICT;
COMMENT ON FUNCTION cxjourney_internal.journey_map_expression(text, regclass, text, text, text, boolean) IS
'Internal to the journey map: the expression that an argument of create_journey_map means, written out with '
'schemas, its type before a cast to text, whether its value depends on settings such as TimeZone, the columns that '
'it reads, whether it casts a text to a date or time, and whether it may read the abbreviation of a time zone. The '
'argument is exactly a column of the source, or else one expression that is read under the given search_path. Errors '
'42601, 42703 and others of the parser, 0A000 for what cannot be computed from one row, is temporary or cannot be '
'written out, 42501 for functions and types of others, who could change what runs with the rights of the owner of the '
'map, and for functions and operators that others could take the place of.';

CREATE FUNCTION cxjourney_internal.journey_map_ready(kind text, source oid, columns text[], schema text,
	tables text[])
	RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_map_ready' LANGUAGE C STABLE STRICT;
COMMENT ON FUNCTION cxjourney_internal.journey_map_ready(text, oid, text[], text, text[]) IS
'Internal to the journey map: whether these are names of tables that belong to roles with the rights of the current '
'user, which nobody drops or renames until the end of the transaction. The columns of the source must be of types '
'that belong to PostgreSQL or to such roles, and are not '
'temporary. Else error 42501 or 0A000: whoever owns a type can give it casts, which would run with the rights of '
'the owner of the map. Error 42703 for a column that is gone, 55000 unless the extension is in the schema, which is '
'empty when no expression names it.';

CREATE FUNCTION cxjourney_internal.journey_map_hold(relations text[], owner oid) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_hold' LANGUAGE C STABLE STRICT;
COMMENT ON FUNCTION cxjourney_internal.journey_map_hold(text[], oid) IS
'Internal to the journey map: locks the relations of these names, as far as they are there, as whoever reads them '
'does, so that what is said of them afterwards holds until the end of the transaction: whoever owns a schema may drop '
'what is in it, and put something of his own there that runs once a statement has waited for that. Until then a '
'statement of the map is refused (42501) that would take something of a stranger for what belongs to a role with the '
'rights of this owner, as a schema can be renamed whatever is locked.';

CREATE FUNCTION cxjourney_internal.journey_map_close(relations text[]) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_close' LANGUAGE C VOLATILE STRICT;
COMMENT ON FUNCTION cxjourney_internal.journey_map_close(text[]) IS
'Internal to the journey map: keeps all others from the relations of these names until the end of the transaction, '
'as far as they are there and belong to the current user. It waits for one without keeping anybody from the '
'others, so that whoever reads several does not wait for it.';

CREATE FUNCTION cxjourney_internal.journey_map_close_triggers(function oid, relations oid[]) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_close_triggers' LANGUAGE C VOLATILE STRICT;
COMMENT ON FUNCTION cxjourney_internal.journey_map_close_triggers(oid, oid[]) IS
'Internal to the journey map: keeps all others until the end of the transaction from those of these relations, one '
'after the other, that have a trigger of this function, if that is one of the current user.';

CREATE FUNCTION cxjourney_internal.journey_map_require_schema(kind text, schema text) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_require_schema' LANGUAGE C STABLE STRICT;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_schema(text, text) IS
'Internal to the journey map: error 55000 unless the extension is in the schema of this name. Its functions name '
'the schema that it was installed into.';

CREATE FUNCTION cxjourney_internal.journey_map_require_plain(kind text, source oid) RETURNS void
	AS 'MODULE_PATHNAME', 'journey_map_require_plain' LANGUAGE C STABLE STRICT;
COMMENT ON FUNCTION cxjourney_internal.journey_map_require_plain(text, oid) IS
'Internal to the journey map: error 42501 when a constraint, an index, statistics or a partition key of the source or '
'of a partition has a function of a role without the rights of the current user, and the table belongs to such a role: '
'PostgreSQL may run it to plan what is read. Such a table is locked until the end of the transaction, so that none is '
'added. Error 42501 without any right on the source.';

CREATE FUNCTION cxjourney_internal.journey_map_opened_to(schema oid) RETURNS text
	AS 'MODULE_PATHNAME', 'journey_map_opened_to' LANGUAGE C STABLE STRICT;
COMMENT ON FUNCTION cxjourney_internal.journey_map_opened_to(oid) IS
'Internal to the journey map: a role that was granted the right to create in this schema and has no right to act as '
'the current user, quoted, or PUBLIC; NULL without one. The owner of the schema does not count.';

-- What the trigger of a map calls has a name that nobody can give to something else, however the schema of the
-- extension is renamed.
CREATE AGGREGATE cxjourney_internal.journey_map_summary(s rating_summary) (
	SFUNC = cxjourney_internal.rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_map_summary(rating_summary) IS
'Internal to the journey map: rating_agg of stored summaries.';

CREATE FUNCTION cxjourney_internal.journey_map_tally_add(tally bigint[], at timestamptz, nps bigint, csat bigint,
	ces bigint, emotion boolean, scales integer[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'journey_map_tally_add' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_tally_add(bigint[], timestamptz, bigint, bigint, bigint, boolean,
	integer[]) IS
'State function of journey_map_tally.';

CREATE FUNCTION cxjourney_internal.journey_map_tally_combine(tally bigint[], other bigint[]) RETURNS bigint[]
	AS 'MODULE_PATHNAME', 'journey_map_tally_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_tally_combine(bigint[], bigint[]) IS
'Combines the states of parallel workers that count the answers of a cell.';

CREATE AGGREGATE cxjourney_internal.journey_map_tally(at timestamptz, nps bigint, csat bigint, ces bigint,
	emotion boolean, scales integer[]) (
	SFUNC = cxjourney_internal.journey_map_tally_add, STYPE = bigint[], SSPACE = 320,
	COMBINEFUNC = cxjourney_internal.journey_map_tally_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_map_tally(timestamptz, bigint, bigint, bigint, boolean, integer[]) IS
'Internal to the journey map: what the answers of a cell come to. The first number is that of rows with an answer on '
'its scale, the second that of answers that are on none; journey_map_tally_summary and journey_map_tally_time read '
'the rest. emotion says whether there is a valid one; scales are the lowest score and the number of scores of each '
'metric, which is 0 for one that is not mapped.';

CREATE FUNCTION cxjourney_internal.journey_map_tally_summary(tally bigint[], metric integer) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'journey_map_tally_summary' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_tally_summary(bigint[], integer) IS
'Internal to the journey map: the answers to the first, second or third metric of a journey_map_tally; NULL without '
'any.';

CREATE FUNCTION cxjourney_internal.journey_map_tally_time(tally bigint[], last boolean) RETURNS timestamptz
	AS 'MODULE_PATHNAME', 'journey_map_tally_time' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_tally_time(bigint[], boolean) IS
'Internal to the journey map: when the first or the last row with an answer of a journey_map_tally was; NULL without '
'any.';

CREATE FUNCTION cxjourney_internal.journey_map_net(added rating_summary, removed rating_summary) RETURNS rating_summary
	AS 'MODULE_PATHNAME', 'journey_map_net' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_map_net(rating_summary, rating_summary) IS
'Internal to the journey map: answers without those that were removed; NULL when none remain, and NULL is no '
'answers. Error 22003 when they were not among them.';

CREATE FUNCTION cxjourney_internal.journey_map_fold(stored rating_summary, added rating_summary, removed rating_summary)
	RETURNS rating_summary
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN cxjourney_internal.journey_map_net(coalesce(stored + added, stored, added), removed);
COMMENT ON FUNCTION cxjourney_internal.journey_map_fold(rating_summary, rating_summary, rating_summary) IS
'Internal to the journey map: stored answers with those that were added and without those that were removed; NULL '
'is no answers.';
