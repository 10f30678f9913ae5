/*
 * map_guard.c
 *		What a journey map found under a name is what its statements get by that name.
 *
 * A lock keeps a table from being dropped or renamed (map_ready.c), but nothing keeps
 * the owner of its schema from renaming that, and from giving its name to another one
 * in which a table of his own is called like one of the map.  He can do so in the
 * moment between the look at the table and the parsing of the statement that names
 * it, and try until he succeeds.
 *
 * So each statement is looked at once it is parsed: its tables are known and locked
 * then, and nothing of them has run.  One that is called like a table that was found,
 * is another one and belongs to a stranger (map_trust.c) is refused.  Its own name
 * cannot change any more, so it does not matter what schemas are called by now.
 *
 * That is only where strangers own the schema, and only for what a map itself runs:
 * the functions that people call, and trigger functions, which run with the rights of
 * another user than the session's.  A map of others may have the same name in another
 * schema, whoever owns that: what was found there is right, too.
 */
#include "postgres.h"

#include "access/xact.h"
#include "miscadmin.h"
#include "nodes/nodeFuncs.h"
#include "parser/analyze.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"
#include "utils/memutils.h"

#include "map/map_call.h"
#include "map/map_trust.h"

/* What was found in this transaction, and by whom. */
typedef struct Guarded
{
	NameData	name;
	Oid			relation;		/* none: what was found belongs to a stranger */
	Oid			user;
} Guarded;

static Guarded *guarded;
static int	count;
static int	room;
static bool calls_guarded;
static Oid	calls_user;
static post_parse_analyze_hook_type look_next;

static bool
is_guarded(Oid relation)
{
	for (int i = 0; i < count; i++)
		if (guarded[i].relation == relation && guarded[i].user == GetUserId())
			return true;
	return false;
}

static bool
is_guarded_name(const char *name)
{
	for (int i = 0; i < count; i++)
		if (guarded[i].user == GetUserId() && strcmp(NameStr(guarded[i].name), name) == 0)
			return true;
	return false;
}

static void
refuse_stranger(Oid relation)
{
	Oid			owner = map_relation_owner(relation);

	if (OidIsValid(owner) && !map_trusts_role(owner))
		ereport(ERROR,
				(errcode(ERRCODE_INSUFFICIENT_PRIVILEGE),
				 errmsg("relation \"%s\" of %s is in the place of one of a %s",
						get_rel_name(relation), GetUserNameFromId(owner, true), map_kind()),
				 errdetail("A schema was renamed meanwhile, and another one got its name."),
				 errhint("It could run what its owner wrote. "
						 "Give the schemas their names again.")));
}

static bool
look(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, RangeTblEntry))
	{
		RangeTblEntry *entry = (RangeTblEntry *) node;
		char	   *name = entry->rtekind == RTE_RELATION ? get_rel_name(entry->relid) : NULL;

		if (name != NULL && is_guarded_name(name) && !is_guarded(entry->relid))
			refuse_stranger(entry->relid);
		return false;
	}
	if (calls_guarded && calls_user == GetUserId())
		map_refuse_captured(node);
	if (IsA(node, Query))
		return query_tree_walker((Query *) node, look, context, QTW_EXAMINE_RTES_BEFORE);
	return expression_tree_walker(node, look, context);
}

/* As far as can be told from the outside. */
static bool
is_run_by_map(void)
{
	return map_is_called() ||
		(InLocalUserIdChange() && DatumGetInt32(OidFunctionCall0(F_PG_TRIGGER_DEPTH)) > 0);
}

static void
look_at_parsed(ParseState *pstate, Query *query, JumbleState *jstate)
{
	if (look_next)
		look_next(pstate, query, jstate);
	if ((count > 0 || calls_guarded) && is_run_by_map())
		(void) look((Node *) query, NULL);
}

static void
forget(XactEvent event, void *arg)
{
	if (event == XACT_EVENT_COMMIT || event == XACT_EVENT_ABORT || event == XACT_EVENT_PREPARE)
	{
		count = 0;
		calls_guarded = false;
	}
}

/* Once in a session. */
static void
start(void)
{
	static bool started = false;

	if (started)
		return;
	started = true;
	look_next = post_parse_analyze_hook;
	post_parse_analyze_hook = look_at_parsed;
	RegisterXactCallback(forget, NULL);
}

static void
note(Oid relation, const char *name)
{
	if (count == room)
	{
		int			more = Max(16, 2 * room);

		guarded = guarded == NULL ?
			MemoryContextAlloc(TopMemoryContext, more * sizeof(Guarded)) :
			repalloc(guarded, more * sizeof(Guarded));
		room = more;
	}
	namestrcpy(&guarded[count].name, name);
	guarded[count].relation = relation;
	guarded[count].user = GetUserId();
	count++;
}

/*
 * Until the end of the transaction no statement of a map takes another relation of a stranger
 * for this one, which is locked, nor this one unless it is the right one.  Whether that could
 * be, since a stranger owns its schema.
 */
bool
map_guard(Oid relation, bool right)
{
	char	   *name = get_rel_name(relation);
	bool		exposed = name != NULL && !map_schema_owner_trusted(get_rel_namespace(relation));

	if (exposed)
		start();
	else if (name == NULL || !right || !is_guarded_name(name))
		return false;
	if (right ? !is_guarded(relation) : !is_guarded_name(name))
		note(right ? relation : InvalidOid, name);
	return exposed;
}

/*
 * Until the end of the transaction no statement of a map calls anything of a stranger by a name
 * of the extension's, whose schema belongs to one.
 */
void
map_guard_calls(void)
{
	start();
	calls_guarded = true;
	calls_user = GetUserId();
}
