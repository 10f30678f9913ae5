/*
 * map_expression.c
 *		Checks what a journey map is to read from a row of its source.
 *
 * An argument of create_journey_map is exactly the name of a column, or else one
 * scalar expression over the columns.  It ends up in a trigger that runs with
 * the rights of the map's owner, so nobody may smuggle in more than that: the
 * text goes through PostgreSQL's own parser, and what is used from then on is
 * the parsed expression written out again, with every name that could mean
 * something else under another search_path written with its schema.
 *
 * The trigger sees the rows of a statement and nothing else, once; what cannot
 * be computed from one row, or would come out differently the next time, is
 * refused (map_refuse.c).  Whose code it may run is said in map_trust.c.
 */
#include "postgres.h"

#include "access/htup_details.h"
#include "access/sysattr.h"
#include "access/table.h"
#include "access/tupdesc.h"
#include "catalog/pg_type.h"
#include "fmgr.h"
#include "funcapi.h"
#include "nodes/nodeFuncs.h"
#include "optimizer/optimizer.h"
#include "parser/parse_coerce.h"
#include "parser/parse_collate.h"
#include "parser/parse_expr.h"
#include "parser/parse_node.h"
#include "parser/parse_relation.h"
#include "parser/parser.h"
#include "utils/array.h"
#include "utils/builtins.h"
#include "utils/guc.h"
#include "utils/lsyscache.h"
#include "utils/rel.h"
#include "utils/ruleutils.h"

#include "map/map_call.h"
#include "map/map_column.h"
#include "map/map_refuse.h"
#include "map/map_settings.h"
#include "map/map_trust.h"

/* What the trigger function and all others of a map have as their search_path. */
#define OWN_PATH "pg_catalog, pg_temp"

/* A position in the argument would else be taken for one in the calling query. */
static void
name_argument(void *arg)
{
	const MapArgument *argument = arg;
	int			position = geterrposition();

	if (position > 0)
	{
		errposition(0);
		internalerrposition(position);
		internalerrquery(argument->text);
	}
	if (geterrcode() == ERRCODE_SYNTAX_ERROR && meant_instead(argument) != NULL)
		errhint("%s", meant_instead(argument));
	errcontext(MAP_CONTEXT "%s\" of the %s: %s", argument->label, map_kind(), argument->text);
}

/*
 * From here on names mean what they mean under this search_path; returns what AtEOXact_GUC
 * takes.
 */
static int
use_search_path(const char *path)
{
	int			level = NewGUCNestLevel();

	map_use_setting("search_path", path);
	return level;
}

/* 42601 */
static void
refuse_query(void)
{
	ereport(ERROR,
			(errcode(ERRCODE_SYNTAX_ERROR),
			 errmsg("this is not one expression over the columns of the source"),
			 errhint("Give the name of a column, or one expression such as 'coalesce(channel, "
					 "''web'')', without FROM, WHERE or a list.")));
}

static bool
is_star(const Node *node)
{
	return IsA(node, ColumnRef) && IsA(llast(((const ColumnRef *) node)->fields), A_Star);
}

/* The only target of what the grammar takes for the part of a query after SELECT. */
static Node *
parse_argument(const char *text)
{
	List	   *parsed = raw_parser(text, RAW_PARSE_PLPGSQL_EXPR);
	SelectStmt *query = (SelectStmt *) linitial_node(RawStmt, parsed)->stmt;
	ResTarget  *target;

	if (!IsA(query, SelectStmt) || list_length(query->targetList) != 1 ||
		query->distinctClause || query->intoClause || query->fromClause ||
		query->whereClause || query->groupClause || query->havingClause ||
		query->windowClause || query->valuesLists || query->sortClause ||
		query->limitOffset || query->limitCount || query->lockingClause ||
		query->withClause || query->op != SETOP_NONE)
		refuse_query();
	target = linitial_node(ResTarget, query->targetList);
	if (target->name != NULL || target->indirection != NIL || is_star(target->val))
		refuse_query();
	return target->val;
}

/* The expression, with columns and functions found. */
static Node *
analyze_argument(const MapArgument *argument, const char *path)
{
	ParseState *pstate = make_parsestate(NULL);
	Node	   *parsed;
	Node	   *expression;
	int			level = use_search_path(path);

	/* with that path it was written out by deparse */
	if (strcmp(path, OWN_PATH) == 0)
		map_use_setting("standard_conforming_strings", "on");
	parsed = parse_argument(argument->text);
	require_column(argument, parsed);
	pstate->p_sourcetext = argument->text;
	addNSItemToQuery(pstate,
					 addRangeTableEntryForRelation(pstate, argument->source, AccessShareLock, NULL,
												   false, true),
					 false, true, true);
	expression = transformExpr(pstate, parsed, EXPR_KIND_SELECT_TARGET);
	map_refuse_more_than_a_row(pstate);
	assign_expr_collations(pstate, expression);
	AtEOXact_GUC(true, level);
	free_parsestate(pstate);
	return expression;
}

/* What is a label is wanted as text, whatever its type. */
static Node *
as_text(Node *expression)
{
	Node	   *text = coerce_to_target_type(NULL, expression, exprType(expression), TEXTOID, -1,
											 COERCION_EXPLICIT, COERCE_EXPLICIT_CAST, -1);

	if (text == NULL)
		ereport(ERROR,
				(errcode(ERRCODE_CANNOT_COERCE),
				 errmsg("cannot cast type %s to text", format_type_be(exprType(expression)))));
	assign_expr_collations(NULL, text);
	return text;
}

/* Constants are written so that they are read alike under every setting. */
static void
use_plain_constants(void)
{
	static const char *const settings[][2] = {
		{"DateStyle", "ISO, YMD"}, {"IntervalStyle", "postgres"}, {"extra_float_digits", "1"},
		{"bytea_output", "hex"}, {"standard_conforming_strings", "on"}
	};

	for (size_t i = 0; i < lengthof(settings); i++)
		map_use_setting(settings[i][0], settings[i][1]);
}

static char *
deparse(Node *expression, Relation source)
{
	int			level = use_search_path(OWN_PATH);
	List	   *context =
		deparse_context_for(RelationGetRelationName(source), RelationGetRelid(source));
	char	   *text;

	use_plain_constants();
	text = deparse_expression(expression, context, false, false);

	AtEOXact_GUC(true, level);
	return text;
}

/* Everything that is known of an expression without its text. */
static void
check_expression(Node *expression, Node *wanted, Node *planned, Relation source)
{
	map_refuse_columns(expression, source);
	map_refuse_clock(planned);
	/* Planning puts in default arguments, but also what a volatile function is made of. */
	if (contain_volatile_functions(wanted) || contain_volatile_functions(planned))
		map_refuse("a volatile function");
	require_trusted_code(planned);
}

/*
 * What is written out must mean the same when it is read again.  It would not for CASE a
 * WHEN b, NULLIF and others that name no operator, where the operator for these types is
 * not PostgreSQL's own.
 */
static void
require_same_meaning(const MapArgument *argument, const char *text, Node *planned)
{
	MapArgument again = {argument->label, text, argument->source};
	Node	   *expression = analyze_argument(&again, OWN_PATH);

	if (!equal(planned, expression_planner((Expr *) expression)))
		ereport(ERROR,
				(errcode(ERRCODE_FEATURE_NOT_SUPPORTED),
				 errmsg("this expression cannot be written so that it means the same under every "
						"search_path"),
				 errhint("Instead of CASE a WHEN b, NULLIF, IS DISTINCT FROM or GREATEST "
						 "name the operator, such as a OPERATOR(public.=) b.")));
}

/* The names of the columns that it reads, as text[]. */
static Datum
columns_of(Node *expression, Relation source)
{
	Bitmapset  *numbers = NULL;
	ArrayBuildState *names = initArrayResult(TEXTOID, CurrentMemoryContext, false);
	int			number = -1;

	pull_varattnos(expression, 1, &numbers);
	while ((number = bms_next_member(numbers, number)) >= 0)
	{
		Form_pg_attribute column =
			TupleDescAttr(RelationGetDescr(source),
						  number + FirstLowInvalidHeapAttributeNumber - 1);

		names =
			accumArrayResult(names, CStringGetTextDatum(NameStr(column->attname)), false, TEXTOID,
							 CurrentMemoryContext);
	}
	return makeArrayResult(names, CurrentMemoryContext);
}

static Datum
describe(FunctionCallInfo fcinfo, const MapArgument *argument, const char *path, bool label)
{
	Node	   *column = exact_column(argument);
	Node	   *expression = column != NULL ? column : analyze_argument(argument, path);
	Node	   *wanted = label ? as_text(expression) : expression;
	Node	   *planned;
	char	   *text;
	TupleDesc	row;
	Datum		values[6];
	bool		nulls[6] = {false};

	/* planning may run what is called with constants */
	require_trusted_code(wanted);
	planned = (Node *) expression_planner((Expr *) copyObject(wanted));
	check_expression(expression, wanted, planned, argument->source);
	text = deparse(wanted, argument->source);
	require_same_meaning(argument, text, planned);
	if (get_call_result_type(fcinfo, NULL, &row) != TYPEFUNC_COMPOSITE)
		elog(ERROR, "return type must be a row type");
	values[0] = CStringGetTextDatum(text);
	values[1] = ObjectIdGetDatum(getBaseType(exprType(expression)));
	values[2] = BoolGetDatum(map_depends_on_settings(expression, planned));
	values[3] = columns_of(wanted, argument->source);
	values[4] = BoolGetDatum(map_reads_dates(wanted));
	/* one reads constants, the other what functions are made of */
	values[5] = BoolGetDatum(map_reads_zones(wanted) || map_reads_zones(planned));
	return HeapTupleGetDatum(heap_form_tuple(BlessTupleDesc(row), values, nulls));
}

/*
 * journey_map_expression(kind text, source regclass, argument text, label text,
 * path text, as_text boolean, OUT expression text, OUT type regtype, OUT settings boolean,
 * OUT columns text[], OUT dates boolean, OUT zones boolean)
 */
PG_FUNCTION_INFO_V1(journey_map_expression);
Datum
journey_map_expression(PG_FUNCTION_ARGS)
{
	MapArgument argument;
	ErrorContextCallback callback;
	Datum		row;

	map_use_kind(PG_GETARG_TEXT_PP(0));
	argument.source = map_open_relation(PG_GETARG_OID(1));
	argument.text = text_to_cstring(PG_GETARG_TEXT_PP(2));
	argument.label = text_to_cstring(PG_GETARG_TEXT_PP(3));
	callback.callback = name_argument;
	callback.arg = &argument;
	callback.previous = error_context_stack;
	error_context_stack = &callback;
	row = describe(fcinfo, &argument, text_to_cstring(PG_GETARG_TEXT_PP(4)), PG_GETARG_BOOL(5));
	error_context_stack = callback.previous;
	table_close(argument.source, NoLock);
	return row;
}
