/*
 * journey_datum.h
 *		What the SQL-callable files about journeys share: unpacking journeys from
 *		arguments, collecting visits, packing the result, and the errors.
 */
#ifndef JOURNEY_DATUM_H
#define JOURNEY_DATUM_H

#include "postgres.h"

#include "fmgr.h"
#include "lib/stringinfo.h"
#include "utils/timestamp.h"

#include "shared/compat.h"
#include "base/label.h"
#include "journey/journey.h"
#include "journey/journey_state.h"
#include "shared/value_error.h"
#include "shared/value_json.h"

/* A packed journey; what follows the header is for JourneyReader. */
typedef JourneyHeader Journey;

/* The bytes of a packed journey behind the length word, for journey_reader.h. */
typedef struct JourneyContent
{
	const uint8 *bytes;
	Size		size;
} JourneyContent;

/* A journey as arrays, in memory of the current context. */
typedef struct Visits
{
	uint32		n;
	JourneyVisit *visits;
	uint32		label_count;
	JourneyLabel *labels;
	int64	   *values;			/* beside the visits; NULL where none has a value */
} Visits;

/* Room for a journey that is not large, on the stack. */
typedef struct JourneyRoom
{
	JourneyVisit visits[256];
	JourneyLabel labels[64];
} JourneyRoom;

#pragma GCC visibility push(hidden)

/* journey_json.c */
extern const ValueJson journey_json;

/* journey_datum.c */
extern Journey *journey_detoast(struct varlena *datum);
extern JourneyContent journey_content(struct varlena *datum);
extern void journey_allocate_visits(Visits *v, uint32 n, uint32 label_count);
extern void journey_open_visits(const Journey *journey, Visits *v);
extern void journey_open_datum(struct varlena *datum, JourneyRoom *room, Visits *v);
extern void journey_open_valued(struct varlena *datum, JourneyRoom *room, Visits *v);
extern JourneyReader journey_open(const Journey *journey);
extern void journey_open_labels(const Journey *journey, Visits *v);
extern uint32 journey_find_in(const JourneyLabel *labels, uint32 count, const char *text,
							  size_t length);
extern uint32 journey_find_label(const Journey *journey, const char *text, size_t length);
extern JourneyLabel journey_goal_arg(FunctionCallInfo fcinfo, int argno, const char *what);
extern void journey_check_time(TimestampTz at);
pg_noreturn extern void journey_reject_label(const char *label, Size length);

/* journey_build.c */
extern void journey_reject_size(JourneyStatus status);
extern JourneyState *journey_state_new(void);
extern JourneyState *journey_collect(JourneyState *state, const JourneyLabel *label,
									 TimestampTz at, int64 seq, int64 value);
extern JourneyState *journey_collect_all(JourneyState *state, const Journey *journey);
extern Journey *journey_state_packed(const JourneyState *state);
extern Journey *journey_packed(Visits *v);

#pragma GCC visibility pop

/* A stored value that this library cannot read; XX001. */
#define journey_reject_stored()	value_reject_stored("journey")

/* By their bytes, as a dictionary has them. */
static inline int
journey_compare_labels(const JourneyLabel *a, const JourneyLabel *b)
{
	return journey_label_compare(a->text, a->length, b->text, b->length);
}

#define PG_GETARG_JOURNEY(n) \
	journey_detoast((struct varlena *) PG_GETARG_POINTER(n))

/* The value of a visit, or JOURNEY_NO_VALUE. */
static inline int64
journey_value_of(const Visits *v, uint32 i)
{
	return v->values == NULL ? JOURNEY_NO_VALUE : v->values[i];
}

/* A text argument as a label, not checked yet. */
static inline JourneyLabel
journey_label_arg(FunctionCallInfo fcinfo, int argno)
{
	text	   *t = PG_GETARG_TEXT_PP(argno);
	JourneyLabel label = {VARDATA_ANY(t), (uint32) VARSIZE_ANY_EXHDR(t)};

	return label;
}

#endif							/* JOURNEY_DATUM_H */
