/*
 * compat.h
 *		What differs between the supported versions of PostgreSQL.
 */
#ifndef COMPAT_H
#define COMPAT_H

#include "postgres.h"

#include "fmgr.h"
#include "utils/numeric.h"
#include "utils/rangetypes.h"
#include "utils/syscache.h"

#if PG_VERSION_NUM >= 190000
#include "nodes/miscnodes.h"
#endif

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* PostgreSQL 18 says it before the declaration, older versions after it. */
#ifndef pg_noreturn
#define pg_noreturn __attribute__((noreturn))
#endif

/* What tells one cache of the catalogs from another. */
#if PG_VERSION_NUM >= 190000
typedef SysCacheIdentifier SysCacheNumber;
#else
typedef int SysCacheNumber;
#endif

/* An error of input that the caller may take instead, from version 16 on. */
#if PG_VERSION_NUM >= 160000
#define soft_ereport(context, result, detail) ereturn(context, result, detail)
#else
#define soft_ereport(context, result, detail) ereport(ERROR, detail)
#endif

/* The nearest integer to a numeric, false when it is none or out of range. */
static inline bool
numeric_to_int32(Numeric value, int32 *nearest)
{
#if PG_VERSION_NUM >= 190000
	ErrorSaveContext context = {.type = T_ErrorSaveContext};

	*nearest = numeric_int4_safe(value, (Node *) &context);
	return !context.error_occurred;
#else
	bool		failed = false;

	*nearest = numeric_int4_opt_error(value, &failed);
	return !failed;
#endif
}

/* A range that is not empty, from two bounds in order. */
static inline Datum
range_datum(TypeCacheEntry *typcache, RangeBound *lower, RangeBound *upper)
{
#if PG_VERSION_NUM >= 160000
	return RangeTypePGetDatum(make_range(typcache, lower, upper, false, NULL));
#else
	return RangeTypePGetDatum(make_range(typcache, lower, upper, false));
#endif
}

#endif							/* COMPAT_H */
