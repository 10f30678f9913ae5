/*
 * label_slip.c
 *		A label that nothing has may be a slip of the pen: which one was meant?
 */
#include "postgres.h"

#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "utils/memutils.h"
#include "utils/varlena.h"

#include "base/fold.h"
#include "journey/label_slip.h"
#include "shared/compat.h"

/* How many letters two labels differ by, beyond their case; at most about most. */
static int
label_distance(const JourneyLabel *a, const JourneyLabel *b, int most)
{
	bool		utf8 = GetDatabaseEncoding() == PG_UTF8;
	char		x[JOURNEY_MAX_LABEL];
	char		y[JOURNEY_MAX_LABEL];

	memcpy(x, a->text, a->length);
	memcpy(y, b->text, b->length);
	fold_lower(x, a->length, utf8);
	fold_lower(y, b->length, utf8);
	return varstr_levenshtein_less_equal(x, (int) a->length, y, (int) b->length,
										 1, 1, 1, most, true);
}

/* Which of the labels is most like this one, of equal ones the first; count if it can be none. */
uint32
label_most_like(const JourneyLabel *label, const JourneyLabel *labels, uint32 count)
{
	uint32		nearest = count;
	int			least = 2 * JOURNEY_MAX_LABEL;

	if (label->length > JOURNEY_MAX_LABEL)
		return count;
	for (uint32 i = 0; i < count && least > 0; i++)
	{
		int			distance = label_distance(label, &labels[i], least);

		if (distance < least)
		{
			least = distance;
			nearest = i;
		}
		CHECK_FOR_INTERRUPTS();
	}
	return nearest;
}

/* Has this call of a query said so of this label already, for the value of another row? */
bool
label_said_before(FunctionCallInfo fcinfo, const JourneyLabel *label)
{
	text	   *said = fcinfo->flinfo->fn_extra;

	if (said != NULL && VARSIZE_ANY_EXHDR(said) == label->length &&
		memcmp(VARDATA_ANY(said), label->text, label->length) == 0)
		return true;
	if (said != NULL)
		pfree(said);
	said = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, VARHDRSZ + (Size) label->length);
	SET_VARSIZE(said, VARHDRSZ + (Size) label->length);
	memcpy(VARDATA(said), label->text, label->length);
	fcinfo->flinfo->fn_extra = said;
	return false;
}
