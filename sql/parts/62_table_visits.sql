--
-- Tables of journeys that keep themselves up to date: what they ask of journeys
--

CREATE FUNCTION cxjourney_internal.journey_table_without(j journey, gone journey) RETURNS journey
	AS 'MODULE_PATHNAME', 'journey_table_without' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_table_without(journey, journey) IS
'Internal to the journey table: the visits of a journey without those of another one, each of which takes away one '
'that is equal in time, seq and stage, if there is one. NULL is no visits, and without any the result is NULL.';

CREATE FUNCTION cxjourney_internal.journey_table_is_label(stage text) RETURNS boolean
	AS 'MODULE_PATHNAME', 'journey_table_is_label' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.journey_table_is_label(text) IS
'Internal to the journey table: whether a text can be the label of a stage, which has 1 to 255 bytes and no control '
'characters. NULL for NULL.';

CREATE FUNCTION cxjourney_internal.journey_table_fold(stored journey, added journey, removed journey) RETURNS journey
	LANGUAGE sql IMMUTABLE PARALLEL SAFE
	RETURN cxjourney_internal.journey_table_without(coalesce(cxjourney_internal.journey_concat(stored, added), stored,
		added), removed);
COMMENT ON FUNCTION cxjourney_internal.journey_table_fold(journey, journey, journey) IS
'Internal to the journey table: a stored journey with the visits that were added and without those that were '
'removed; NULL is no visits.';

-- What the trigger of a journey table calls has a name that nobody can give to something else.
CREATE AGGREGATE cxjourney_internal.journey_table_agg(stage text, at timestamptz, seq bigint) (
	SFUNC = cxjourney_internal.journey_accum, STYPE = journey, SSPACE = 256,
	FINALFUNC = cxjourney_internal.journey_final, COMBINEFUNC = cxjourney_internal.journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_table_agg(text, timestamptz, bigint) IS
'Internal to the journey table: journey_agg of these arguments.';

CREATE AGGREGATE cxjourney_internal.journey_table_agg(j journey) (
	SFUNC = cxjourney_internal.journey_combine, STYPE = journey, SSPACE = 256,
	FINALFUNC = cxjourney_internal.journey_final, COMBINEFUNC = cxjourney_internal.journey_combine, PARALLEL = SAFE
);
COMMENT ON AGGREGATE cxjourney_internal.journey_table_agg(journey) IS
'Internal to the journey table: journey_agg of journeys.';
