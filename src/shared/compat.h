/*
 * compat.h
 *		What differs between the supported versions of PostgreSQL, and the
 *		functions that every type with an order needs.
 */
#ifndef COMPAT_H
#define COMPAT_H

#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"
#include "utils/rangetypes.h"

#if PG_VERSION_NUM >= 160000
#include "varatt.h"
#endif

/* PostgreSQL 18 says it before the declaration, older versions after it. */
#ifndef pg_noreturn
#define pg_noreturn __attribute__((noreturn))
#endif

/* An error of input that the caller may take instead, from version 16 on. */
#if PG_VERSION_NUM >= 160000
#define soft_ereport(context, result, detail) ereturn(context, result, detail)
#else
#define soft_ereport(context, result, detail) ereport(ERROR, detail)
#endif

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

/*
 * The hash of argument 0 from the bytes of its content; with a seed in argument
 * 1 for the extended kind.  Index builds free nothing meanwhile, so a detoasted
 * copy is freed.
 */
static inline Datum
hash_content(FunctionCallInfo fcinfo, void *value, const void *content, size_t size, bool seeded)
{
	Datum		hash = seeded ?
		hash_any_extended(content, (int) size, (uint64) PG_GETARG_INT64(1)) :
		hash_any(content, (int) size);

	PG_FREE_IF_COPY(value, 0);
	return hash;
}

/* A type's hash function and its seeded one, from what getarg(0) gives. */
#define HASHES(name, type, getarg) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		type	   *value = getarg(0); \
 \
		return hash_content(fcinfo, value, CONTENT(value), CONTENT_SIZE(value), false); \
	} \
	PG_FUNCTION_INFO_V1(name##_extended); \
	Datum \
	name##_extended(PG_FUNCTION_ARGS) \
	{ \
		type	   *value = getarg(0); \
 \
		return hash_content(fcinfo, value, CONTENT(value), CONTENT_SIZE(value), true); \
	} \
	extern int no_such_variable

#define COMPARISON(name, compare, op) \
	PG_FUNCTION_INFO_V1(name); \
	Datum \
	name(PG_FUNCTION_ARGS) \
	{ \
		PG_RETURN_BOOL(compare(fcinfo) op 0); \
	} \
	extern int no_such_variable

/*
 * The functions behind a type's btree operator class, from int compare(fcinfo)
 * that says by its sign how argument 0 stands to argument 1.
 */
#define COMPARISONS(type, compare) \
	COMPARISON(type##_eq, compare, ==); \
	COMPARISON(type##_ne, compare, !=); \
	COMPARISON(type##_lt, compare, <); \
	COMPARISON(type##_le, compare, <=); \
	COMPARISON(type##_gt, compare, >); \
	COMPARISON(type##_ge, compare, >=); \
	PG_FUNCTION_INFO_V1(type##_cmp); \
	Datum \
	type##_cmp(PG_FUNCTION_ARGS) \
	{ \
		int			order = compare(fcinfo); \
 \
		PG_RETURN_INT32((order > 0) - (order < 0)); \
	} \
	extern int no_such_variable

#endif							/* COMPAT_H */
