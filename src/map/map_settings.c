/*
 * map_settings.c
 *		By which settings of whoever writes the value of an expression of a journey map could
 *		become another one: the trigger function then has its own.
 */
#include "postgres.h"

#include "catalog/pg_type.h"
#include "nodes/nodeFuncs.h"
#include "nodes/primnodes.h"
#include "optimizer/optimizer.h"
#include "parser/parse_coerce.h"
#include "utils/builtins.h"
#include "utils/fmgroids.h"
#include "utils/lsyscache.h"

#include "map/map_settings.h"

/*
 * These are said to be immutable, but extra_float_digits and bytea_output change what they
 * write.  The output functions of arrays and rows of them are said to be stable.
 */
static bool
writes_by_settings(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, CoerceViaIO))
		switch (getBaseType(exprType((Node *) ((CoerceViaIO *) node)->arg)))
		{
			case FLOAT4OID:
			case FLOAT8OID:
			case BYTEAOID:
			case POINTOID:
			case LSEGOID:
			case PATHOID:
			case BOXOID:
			case POLYGONOID:
			case LINEOID:
			case CIRCLEOID:
				return true;
		}
	return expression_tree_walker(node, writes_by_settings, context);
}

/* An enum's own name depends on no setting, though its output function is not immutable. */
bool
map_depends_on_settings(Node *expression, Node *planned)
{
	if (writes_by_settings(planned, NULL))
		return true;
	if (type_is_enum(getBaseType(exprType(expression))))
		planned = (Node *) expression_planner((Expr *) copyObject(expression));
	return contain_mutable_functions(planned);
}

static bool
reads_dates(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, CoerceViaIO) &&
		TypeCategory(getBaseType(exprType((Node *) ((CoerceViaIO *) node)->arg))) ==
		TYPCATEGORY_STRING)
		switch (getBaseType(((CoerceViaIO *) node)->resulttype))
		{
			case DATEOID:
			case TIMESTAMPOID:
			case TIMESTAMPTZOID:
				return true;
		}
	return expression_tree_walker(node, reads_dates, context);
}

/* Whether it takes a text for a date or a time, in an order that DateStyle decides. */
bool
map_reads_dates(Node *expression)
{
	return reads_dates(expression, NULL);
}

/*
 * What a name of a time zone such as EST means, timezone_abbreviations says, and from
 * PostgreSQL 18 on first TimeZone: also where a function is said to be immutable.  A constant
 * such as Europe/Warsaw, or UTC, is no such name.  To pin that setting costs a write more than
 * all others.
 */
static bool
may_be_abbreviation(Node *zone)
{
	char	   *name;

	if (!IsA(zone, Const) || ((Const *) zone)->constisnull)
		return true;
	name = TextDatumGetCString(((Const *) zone)->constvalue);
	return strchr(name, '/') == NULL && pg_strcasecmp(name, "UTC") != 0 &&
		pg_strcasecmp(name, "GMT") != 0;
}

/* Formats of to_timestamp, which knows TZ from PostgreSQL 17 on; TZH and TZM are numbers. */
static bool
may_read_abbreviation(Node *format)
{
	if (!IsA(format, Const) || ((Const *) format)->constisnull)
		return true;
	for (char *s = TextDatumGetCString(((Const *) format)->constvalue); *s != '\0'; s++)
		if (pg_strncasecmp(s, "TZ", 2) == 0 &&
			pg_strncasecmp(s + 2, "H", 1) != 0 && pg_strncasecmp(s + 2, "M", 1) != 0)
			return true;
	return false;
}

/* A text, which may have a name of a time zone in it, is taken for something with times. */
static bool
reads_zone_in_text(const CoerceViaIO *cast)
{
	if (TypeCategory(getBaseType(exprType((Node *) cast->arg))) != TYPCATEGORY_STRING)
		return false;
	switch (TypeCategory(getBaseType(cast->resulttype)))
	{
		case TYPCATEGORY_DATETIME:
		case TYPCATEGORY_ARRAY:
		case TYPCATEGORY_RANGE:
		case TYPCATEGORY_COMPOSITE:
			return true;
	}
	return false;
}

static bool
calls_with_zone(const FuncExpr *call)
{
	switch (call->funcid)
	{
		case F_TIMEZONE_TEXT_TIMESTAMP:
		case F_TIMEZONE_TEXT_TIMESTAMPTZ:
		case F_TIMEZONE_TEXT_TIMETZ:
			return may_be_abbreviation(linitial(call->args));
		case F_DATE_TRUNC_TEXT_TIMESTAMPTZ_TEXT:
		case F_MAKE_TIMESTAMPTZ_INT4_INT4_INT4_INT4_INT4_FLOAT8_TEXT:
#if PG_VERSION_NUM >= 160000
		case F_DATE_ADD_TIMESTAMPTZ_INTERVAL_TEXT:
		case F_DATE_SUBTRACT_TIMESTAMPTZ_INTERVAL_TEXT:
#endif
			return may_be_abbreviation(llast(call->args));
		case F_TO_TIMESTAMP_TEXT_TEXT:
			return may_read_abbreviation(llast(call->args));
		case F_JSON_POPULATE_RECORD:
		case F_JSONB_POPULATE_RECORD:
			return true;
	}
	return false;
}

static bool
reads_zones(Node *node, void *context)
{
	if (node == NULL)
		return false;
	if (IsA(node, CoerceViaIO) && reads_zone_in_text((CoerceViaIO *) node))
		return true;
	if (IsA(node, FuncExpr) && calls_with_zone((FuncExpr *) node))
		return true;
	return expression_tree_walker(node, reads_zones, context);
}

/* Whether it may read the abbreviation of a time zone. */
bool
map_reads_zones(Node *expression)
{
	return reads_zones(expression, NULL);
}
