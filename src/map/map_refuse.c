/*
 * map_refuse.c
 *		What an expression of a journey map may not have: what cannot be computed from one
 *		row, and what would come out differently the next time.
 */
#include "postgres.h"

#include "access/tupdesc.h"
#include "catalog/pg_attribute.h"
#include "catalog/pg_class.h"
#include "nodes/nodeFuncs.h"
#include "nodes/primnodes.h"
#include "rewrite/rewriteHandler.h"
#include "utils/fmgroids.h"
#include "utils/ruleutils.h"

#include "map/map_call.h"
#include "map/map_refuse.h"

/* 0A000 */
void
map_refuse(const char *what)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("a %s cannot use %s", map_kind(), what),
			 errhint("What it reads must be computed from the columns of one row alone.")));
}

void
map_refuse_more_than_a_row(const ParseState *pstate)
{
	if (pstate->p_hasSubLinks)
		map_refuse("a subselect");
	if (pstate->p_hasWindowFuncs)
		map_refuse("a window function");
	if (pstate->p_hasAggs)
		map_refuse("an aggregate");
	if (pstate->p_hasTargetSRFs)
		map_refuse("a function that returns a set");
}

/* What a generated column is made of, which stands in its place as well. */
static char *
generated_from(Relation source, AttrNumber number)
{
	List	   *context =
		deparse_context_for(RelationGetRelationName(source), RelationGetRelid(source));

	return deparse_expression(build_column_default(source, number), context, false, false);
}

/*
 * Virtual ones, from PostgreSQL 18 on, are empty in transition tables.  So are stored ones in
 * those of an INSERT through a partitioned table, for partitions that have the columns in
 * another order: the row is taken as it was before it was put into that order.
 */
static void
refuse_generated(Relation source, AttrNumber number)
{
	Form_pg_attribute column = TupleDescAttr(RelationGetDescr(source), number - 1);

	if (column->attgenerated == '\0' ||
		(column->attgenerated == ATTRIBUTE_GENERATED_STORED &&
		 source->rd_rel->relkind != RELKIND_PARTITIONED_TABLE))
		return;
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("a %s cannot use \"%s\", which is a %s", map_kind(), NameStr(column->attname),
					column->attgenerated == ATTRIBUTE_GENERATED_STORED
					? "generated column of a partitioned table" : "virtual generated column"),
			 errdetail("PostgreSQL may leave it empty in the rows that it shows to triggers."),
			 errhint("Write what it is made of in its place: %s",
					 generated_from(source, number))));
}

static bool
refuse_columns(Node *node, void *source)
{
	if (node == NULL)
		return false;
	if (IsA(node, Var))
	{
		AttrNumber	number = ((Var *) node)->varattno;

		if (number < 0)
			map_refuse("a system column");
		if (number == 0)
			map_refuse("a whole row");
		refuse_generated((Relation) source, number);
		return false;
	}
	return expression_tree_walker(node, refuse_columns, source);
}

/* 0A000 */
static void
refuse_text_search(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
			 errmsg("a %s cannot use text search without the name of a configuration", map_kind()),
			 errdetail("default_text_search_config may be another one for whoever writes."),
			 errhint("Name it, such as to_tsvector('english', comment) @@ to_tsquery('english', "
					 "'refund').")));
}

static bool
refuse_session(Oid function, void *context)
{
	switch (function)
	{
		case F_NOW:
		case F_TRANSACTION_TIMESTAMP:
		case F_STATEMENT_TIMESTAMP:
		case F_CURRENT_SETTING_TEXT:
		case F_CURRENT_SETTING_TEXT_BOOL:
		case F_AGE_XID:
		case F_MXID_AGE:
		case F_PG_CURRENT_XACT_ID:
		case F_PG_CURRENT_XACT_ID_IF_ASSIGNED:
		case F_PG_CURRENT_SNAPSHOT:
		case F_TXID_CURRENT:
		case F_TXID_CURRENT_IF_ASSIGNED:
		case F_TXID_CURRENT_SNAPSHOT:
		case F_PG_TRIGGER_DEPTH:
		case F_PG_BACKEND_PID:
		case F_PG_MY_TEMP_SCHEMA:
		case F_PG_CLIENT_ENCODING:
		case F_PG_CONF_LOAD_TIME:
		case F_PG_POSTMASTER_START_TIME:
		case F_INET_CLIENT_ADDR:
		case F_INET_CLIENT_PORT:
		case F_INET_SERVER_ADDR:
		case F_INET_SERVER_PORT:
		case F_CURRENT_SCHEMA:
		case F_CURRENT_SCHEMAS:
		case F_CURRENT_USER:
		case F_SESSION_USER:
		case F_GETPGUSERNAME:
			map_refuse("what depends on the time or the session, such as now()");
			break;
		case F_GET_CURRENT_TS_CONFIG:
		case F_TO_TSVECTOR_TEXT:
		case F_TO_TSVECTOR_JSON:
		case F_TO_TSVECTOR_JSONB:
		case F_JSON_TO_TSVECTOR_JSON_JSONB:
		case F_JSONB_TO_TSVECTOR_JSONB_JSONB:
		case F_TO_TSQUERY_TEXT:
		case F_PLAINTO_TSQUERY_TEXT:
		case F_PHRASETO_TSQUERY_TEXT:
		case F_WEBSEARCH_TO_TSQUERY_TEXT:
		case F_TS_MATCH_TT:
		case F_TS_MATCH_TQ:
		case F_TS_HEADLINE_TEXT_TSQUERY:
		case F_TS_HEADLINE_TEXT_TSQUERY_TEXT:
		case F_TS_HEADLINE_JSON_TSQUERY:
		case F_TS_HEADLINE_JSON_TSQUERY_TEXT:
		case F_TS_HEADLINE_JSONB_TSQUERY:
		case F_TS_HEADLINE_JSONB_TSQUERY_TEXT:
			refuse_text_search();
	}
	return false;
}

static bool
refuse_clock(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, SQLValueFunction))
		map_refuse("what depends on the time or the user, such as current_date");
	(void) check_functions_in_node(node, refuse_session, context);
	return expression_tree_walker(node, refuse_clock, context);
}

void
map_refuse_columns(Node *expression, Relation source)
{
	(void) refuse_columns(expression, source);
}

void
map_refuse_clock(Node *expression)
{
	(void) refuse_clock(expression, NULL);
}
