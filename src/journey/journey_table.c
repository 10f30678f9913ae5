/*
 * journey_table.c
 *		What a table of journeys that keeps itself up to date (sql/parts, journey_table)
 *		asks of journeys and labels, none of which ever raises an error.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"

#include "base/label.h"
#include "journey/journey_datum.h"
#include "journey/journey_minus.h"

static JourneyVisits
visits_of(const Visits *v)
{
	JourneyVisits visits = {v->visits, v->n, v->labels};

	return visits;
}

/* Pack the visits of which keep[] says so; NULL without any. */
static Journey *
pack_kept(Visits *v, const bool *keep)
{
	uint32		kept = 0;

	for (uint32 i = 0; i < v->n; i++)
		if (keep[i])
			v->visits[kept++] = v->visits[i];
	v->n = kept;
	return kept > 0 ? journey_packed(v) : NULL;
}

static Journey *
without(const Journey *journey, const Journey *gone)
{
	Visits		from;
	Visits		taken = {0, NULL, 0, NULL};
	JourneyVisits visits;
	JourneyVisits removed;
	bool	   *keep;

	journey_open_visits(journey, &from);
	if (gone != NULL)
		journey_open_visits(gone, &taken);
	CHECK_FOR_INTERRUPTS();
	visits = visits_of(&from);
	removed = visits_of(&taken);
	keep = palloc(Max(from.n, 1) * sizeof(bool));
	(void) journey_minus(&visits, &removed, keep);
	return pack_kept(&from, keep);
}

/*
 * journey_table_without(journey, gone journey): the visits that are not among those that
 * are gone, of equal ones as many as are left; NULL without any, and NULL is no visits.
 */
PG_FUNCTION_INFO_V1(journey_table_without);
Datum
journey_table_without(PG_FUNCTION_ARGS)
{
	Journey    *left;

	if (PG_ARGISNULL(0))
		PG_RETURN_NULL();
	left = without(PG_GETARG_JOURNEY(0), PG_ARGISNULL(1) ? NULL : PG_GETARG_JOURNEY(1));
	if (left == NULL)
		PG_RETURN_NULL();
	PG_RETURN_POINTER(left);
}

/* journey_table_is_label(text): whether a text can be the label of a stage */
PG_FUNCTION_INFO_V1(journey_table_is_label);
Datum
journey_table_is_label(PG_FUNCTION_ARGS)
{
	JourneyLabel label = journey_label_arg(fcinfo, 0);

	PG_RETURN_BOOL(journey_label_check(label.text, label.length, false, NULL) ==
				   JOURNEY_LABEL_OK);
}
