/*
 * map_read_scores.c
 *		What the whole journey and its stages score, from journey_map_scores, and the
 *		touchpoints that are barriers at all of their stages, from journey_map_barriers.
 */
#include "postgres.h"

#include "map/map_query.h"

const char *const map_metric_names[MAP_METRICS] = {"NPS", "CSAT", "CES"};

enum
{
	SCORE_STAGE = 1,
	SCORE_POSITION,
	SCORE_METRIC,
	SCORE_RESPONSES,
	SCORE_VALUE,
	SCORE_LOW,
	SCORE_HIGH,
	SCORE_ENOUGH,
	SCORE_CHANGE,
	SCORE_SURE,
	SCORE_TARGET,
	SCORE_GAP,
	SCORE_IMPACT
};

enum
{
	BARRIER_TOUCHPOINT = 1,
	BARRIER_METRIC,
	BARRIER_IMPACT
};

/* Of several metrics the first one counts, and NPS comes before CSAT before CES. */
static void
set_impact(MapImpact *impact, const char *metric, char *points)
{
	if (impact->metric != NULL || points == NULL)
		return;
	impact->metric = metric;
	impact->points = points;
}

static void
fill_score(MapScore *score, const MapRow *row)
{
	score->responses = map_row_count(row, SCORE_RESPONSES);
	score->value = map_row_text(row, SCORE_VALUE);
	score->low = map_row_text(row, SCORE_LOW);
	score->high = map_row_text(row, SCORE_HIGH);
	score->enough = map_row_bool(row, SCORE_ENOUGH);
	score->change = map_row_text(row, SCORE_CHANGE);
	score->sure = map_row_bool(row, SCORE_SURE);
	score->target = map_row_text(row, SCORE_TARGET);
	score->gap = map_row_text(row, SCORE_GAP);
}

/* Position 0 is the whole journey. */
static void
add_score(const MapQuery *query, const MapRow *row)
{
	JourneyMap *map = query->map;
	int			metric = map_find_name(map_metric_names, MAP_METRICS,
									   map_row_text(row, SCORE_METRIC));
	int			position = map_row_position(row, SCORE_POSITION);
	MapStage   *stage = position == 0 ? &map->whole :
		map_find_stage(map, map_row_key(row, SCORE_STAGE), position);
	MapScore   *score;

	if (metric == MAP_METRICS)
		return;
	score = &stage->scores[metric];
	fill_score(score, row);
	map->has_change |= score->change != NULL;
	if (position == 0)
		map->has_whole_target |= score->target != NULL;
	else
		map->has_stage_target[metric] |= score->target != NULL;
	/* where it is all of the stage, the card of the touchpoint says it */
	if (stage->cell_count > 1)
		set_impact(&stage->impact, map_metric_names[metric], map_row_text(row, SCORE_IMPACT));
	map->has_barrier |= stage->impact.metric != NULL;
}

void
map_read_scores(const MapQuery *query)
{
	map_each_row(query,
				 "SELECT stage, stage_position, pg_catalog.upper(metric), responses,"
				 " pg_catalog.round(value, d.decimals), pg_catalog.round(low, d.decimals),"
				 " pg_catalog.round(high, d.decimals), enough,"
				 " pg_catalog.round(change, d.decimals),"
				 " change_p_value OPERATOR(pg_catalog.<) 0.05::double precision,"
				 " pg_catalog.trim_scale(pg_catalog.round(target, d.decimals)),"
				 " pg_catalog.round(gap, d.decimals), pg_catalog.round(impact, d.decimals)"
				 " FROM cxjourney_internal.journey_map_scores_steps($1, $2, $3),"
				 " LATERAL (SELECT CASE WHEN metric OPERATOR(pg_catalog.=) 'ces' THEN 2 ELSE 1 END)"
				 " AS d(decimals)",
				 add_score);
}

/* A touchpoint at all of its stages. */
static void
add_barrier(const MapQuery *query, const MapRow *row)
{
	const char *touchpoint = map_row_text(row, BARRIER_TOUCHPOINT);

	for (MapStage *stage = query->map->stages; stage != NULL; stage = stage->next)
		for (MapCell *cell = stage->cells; cell != NULL; cell = cell->next)
			if (map_same_key(cell->touchpoint, touchpoint))
				set_impact(&cell->overall, map_row_text(row, BARRIER_METRIC),
						   map_row_text(row, BARRIER_IMPACT));
	query->map->has_overall = true;
	query->map->has_barrier = true;
}

void
map_read_barriers(const MapQuery *query)
{
	map_each_row(query,
				 "SELECT touchpoint, pg_catalog.upper(metric),"
				 " pg_catalog.round(impact, CASE WHEN metric OPERATOR(pg_catalog.=) 'ces' THEN 2"
				 " ELSE 1 END)"
				 " FROM cxjourney_internal.journey_map_barriers_steps($1, $2, $3)"
				 " WHERE stage OPERATOR(pg_catalog.=) '(all)'",
				 add_barrier);
}
