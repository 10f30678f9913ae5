/*
 * chain_search.c
 *		What SQL-callable functions need to look for the chains of a funnel.
 *
 * The path of a query is nearly always the same for every row, so what was prepared
 * for it is kept with the function call, together with room for the visits of a
 * journey that is not large.  It is only a cache: another path prepares it anew.
 */
#include "postgres.h"

#include "fmgr.h"
#include "miscadmin.h"
#include "utils/builtins.h"
#include "utils/memutils.h"
#include "utils/timestamp.h"

#include "shared/interval_arg.h"
#include "chain/chain_packed.h"
#include "funnel/chain_search.h"
#include "funnel/funnel_datum.h"
#include "path/path_datum.h"
#include "journey/journey_reader.h"

/* What needs no memory of its own. */
#define FEW_VISITS	256
#define FEW_LABELS	64

struct FunnelSearcher
{
	JourneyFunnel funnel;
	JourneyPath *path;			/* a copy; NULL until there is one */
	JourneyPathLabels *labels;
	void	   *room;			/* for journey_funnel_best() */
	int64		values[JOURNEY_PATH_MAX_ITEMS];
	JourneyLabelUse uses[FEW_LABELS];
	JourneyVisit visits[FEW_VISITS];
};

/* What a search is to look at; in memory of the searcher or of this row. */
typedef struct Unpacked
{
	const JourneyLabelUse *uses;
	JourneyVisit *visits;
	size_t		n;
	JourneyItems items;			/* that visits of the journey can fill */
	bool		valued;			/* visits have values */
	JourneyReader reader;		/* before the visits; set if they have, or each visit matters */
} Unpacked;

static void
check_interrupts(void)
{
	CHECK_FOR_INTERRUPTS();
}

/* Is it the path that was prepared?  Neither has to be unpacked for that. */
static inline bool
is_prepared(const FunnelSearcher *searcher, const struct varlena *path)
{
	Size		size = VARSIZE_ANY_EXHDR(path);

	return searcher->path != NULL && VARSIZE(searcher->path) == size + VARHDRSZ &&
		memcmp(VARDATA(searcher->path), VARDATA_ANY(path), size) == 0;
}

static pg_noinline void
prepare(FunnelSearcher *searcher, MemoryContext context, const JourneyPath *path)
{
	MemoryContext before = MemoryContextSwitchTo(context);

	if (searcher->path != NULL)
	{
		pfree(searcher->path);
		pfree(searcher->labels);
		pfree(searcher->room);
		searcher->path = NULL;
	}
	searcher->labels = palloc(journey_path_labels_size(path));
	searcher->room = palloc(journey_funnel_room(path));
	searcher->path = palloc(VARSIZE(path));
	memcpy(searcher->path, path, VARSIZE(path));
	journey_funnel_init(&searcher->funnel, searcher->path);
	journey_path_labels_init(searcher->labels, searcher->path);
	searcher->funnel.interrupt = check_interrupts;
	MemoryContextSwitchTo(before);
}

/* What finds chains of a path, which must not be NULL, until the next call. */
FunnelSearcher *
funnel_searcher(FunctionCallInfo fcinfo, int argno)
{
	FunnelSearcher *searcher = fcinfo->flinfo->fn_extra;
	struct varlena *path = (struct varlena *) PG_GETARG_POINTER(argno);

	if (searcher == NULL)
	{
		searcher = MemoryContextAlloc(fcinfo->flinfo->fn_mcxt, sizeof(FunnelSearcher));
		searcher->path = NULL;
		fcinfo->flinfo->fn_extra = searcher;
	}
	if (VARATT_IS_EXTERNAL(path) || VARATT_IS_COMPRESSED(path))
		path = pg_detoast_datum(path);
	if (!is_prepared(searcher, path))
		prepare(searcher, fcinfo->flinfo->fn_mcxt, journey_path_detoast(path));
	return searcher;
}

/* The path that it was prepared for, as long as it is. */
const JourneyPath *
funnel_searcher_path(const FunnelSearcher *searcher)
{
	return searcher->path;
}

/* What is prepared for it, for searches of another kind. */
JourneyFunnel *
funnel_searcher_funnel(FunnelSearcher *searcher)
{
	return &searcher->funnel;
}

const JourneyPathLabels *
funnel_searcher_labels(const FunnelSearcher *searcher)
{
	return searcher->labels;
}

/* Unpack what matters of a journey; no visits if it cannot reach anything. */
static inline void
unpack(FunnelSearcher *searcher, struct varlena *journey, Unpacked *to)
{
	JourneyContent content = journey_content(journey);
	JourneyLabelUse *uses = searcher->uses;
	JourneyReader reader;

	if (!journey_read_begin(&reader, content.bytes, content.size))
		journey_reject_stored();
	if (unlikely(reader.labels > FEW_LABELS))
		uses = palloc(reader.labels * sizeof(JourneyLabelUse));
	if (!journey_path_labels_read(searcher->labels, &reader, uses, &to->items))
		journey_reject_stored();
	to->uses = uses;
	to->visits = searcher->visits;
	to->n = 0;
	to->valued = reader.has_values;
	if (unlikely(reader.has_values || searcher->funnel.each_visit))
		to->reader = reader;
	if (!journey_funnel_can_begin(&searcher->funnel, to->items))
		return;
	if (unlikely(reader.visits > FEW_VISITS))
		to->visits = palloc(reader.visits * sizeof(JourneyVisit));
	if (!journey_funnel_read_visits(&searcher->funnel, &reader, uses, to->items, to->visits,
									&to->n))
		journey_reject_stored();
}

/*
 * What a path with shortest times needs for so many visits, in the current memory, for the
 * depth or the best chain; nothing for other paths.  54000 past a gigabyte.
 */
void
funnel_make_waiting_room(JourneyFunnel *funnel, size_t n, bool best)
{
	Size		room = best ? journey_funnel_wait_room(funnel->path, n) : 0;

	if (likely(!journey_match_needs_history(&funnel->matcher)))
		return;
	if (room > MaxAllocSize)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("%zu visits of a customer are too many for the shortest times of \"%s\"",
						n, funnel_path_text(funnel->path)),
				 errhint("Cut the journey with slice(j, period).")));
	funnel->matcher.history = palloc(Max(n, 1) * sizeof(JourneyItems));
	if (best)
		funnel->wait = palloc(room);
}

/* Give back what was made for the best chain; where the memory goes by itself, nobody has to. */
void
funnel_free_waiting_room(JourneyFunnel *funnel)
{
	if (likely(!journey_match_needs_history(&funnel->matcher)))
		return;
	pfree(funnel->matcher.history);
	pfree(funnel->wait);
}

/* The value of the visit that each item of a chain has, by item; until the next call. */
static pg_noinline const int64 *
chain_values(FunnelSearcher *searcher, const Unpacked *v, const JourneyFunnelChain *chain)
{
	int64	   *values = palloc(v->reader.visits * sizeof(int64));
	size_t		visit[JOURNEY_PATH_MAX_ITEMS];

	journey_funnel_visits(&searcher->funnel, v->uses, v->visits, v->n, chain, visit);
	if (!journey_funnel_read_values(&searcher->funnel, &v->reader, v->uses, v->items, values))
		journey_reject_stored();
	for (JourneyItems rest = chain->filled; rest != 0; rest &= rest - 1)
		searcher->values[journey_first_item(rest)] = values[visit[journey_first_item(rest)]];
	pfree(values);
	return searcher->values;
}

/*
 * The chain that wins in a journey; returns the items that any visit of it can fill.
 * Values are those of its visits, NULL where the journey has none or nothing was reached.
 */
JourneyItems
funnel_search(FunnelSearcher *searcher, struct varlena *journey, int64 within,
			  JourneyFunnelChain *chain, const int64 **values)
{
	Unpacked	v;

	unpack(searcher, journey, &v);
	funnel_make_waiting_room(&searcher->funnel, v.n, true);
	journey_funnel_best(&searcher->funnel, v.uses, v.visits, v.n, within, searcher->room, chain);
	*values = NULL;
	if (v.valued && chain->depth > 0)
		*values = chain_values(searcher, &v, chain);
	return v.items;
}

/* The same with the visits of the chain; the searcher is for such searches only. */
void
funnel_search_visits(FunnelSearcher *searcher, struct varlena *journey, int64 within,
					 FunnelVisits *found)
{
	JourneyFunnel *funnel = &searcher->funnel;
	const JourneyFunnelChain *chain = &found->chain;
	size_t		visit[JOURNEY_PATH_MAX_ITEMS];
	size_t		last = 0;
	Unpacked	v;

	funnel->each_visit = true;
	unpack(searcher, journey, &v);
	funnel_make_waiting_room(funnel, v.n, true);
	journey_funnel_best(funnel, v.uses, v.visits, v.n, within, searcher->room, &found->chain);
	found->reader = v.reader;
	found->complete = chain->depth == funnel->mandatory;
	if (chain->depth == 0)
		return;
	journey_funnel_visits(funnel, v.uses, v.visits, v.n, chain, visit);
	for (JourneyItems rest = chain->filled; rest != 0; rest &= rest - 1)
	{
		int			item = journey_first_item(rest);

		found->visit[item] = v.visits[visit[item]];
		found->label[item] = v.uses[v.visits[visit[item]].label].label;
		last = Max(last, chain->group[item]);
	}
	found->last = v.visits[last];
}

/* How many matches of the whole path there are; likewise. */
size_t
funnel_search_matches(FunnelSearcher *searcher, struct varlena *journey, int64 within)
{
	Unpacked	v;

	searcher->funnel.each_visit = true;
	unpack(searcher, journey, &v);
	funnel_make_waiting_room(&searcher->funnel, v.n, false);
	return journey_funnel_matches(&searcher->funnel, v.uses, v.visits, v.n, within);
}

/* Only how deep it is. */
int
funnel_search_depth(FunnelSearcher *searcher, struct varlena *journey, int64 within)
{
	Unpacked	v;

	unpack(searcher, journey, &v);
	funnel_make_waiting_room(&searcher->funnel, v.n, false);
	return journey_funnel_depth(&searcher->funnel, v.uses, v.visits, v.n, within);
}

/*
 * A window in microseconds, no limit for NULL; days of 24 hours, 22023 for months
 * and below 0.
 */
int64
funnel_within_arg(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		return JOURNEY_NO_LIMIT;
	return interval_arg_span("interval", PG_GETARG_INTERVAL_P(argno),
							 INTERVAL_FIXED_HINT " NULL is no limit.",
							 "Give the longest time from the first to the last step, "
							 "for example '7 days'. NULL is no limit.");
}

/* 22004 */
void
funnel_require_path(FunctionCallInfo fcinfo, int argno)
{
	if (PG_ARGISNULL(argno))
		ereport(ERROR,
				(errcode(ERRCODE_NULL_VALUE_NOT_ALLOWED),
				 errmsg("the path of a funnel must not be null"),
				 errhint("Give the same path with every row, "
						 "for example 'search > basket > payment', "
						 "or leave rows without one out with FILTER.")));
}
