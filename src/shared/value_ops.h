/*
 * value_ops.h
 *		Equality, order and hashing of the extension's types: the functions behind
 *		their btree and hash operator classes, each written once.
 *
 * What is compared and hashed is the content, never the version of the format, so
 * that the three agree with each other on every machine and in every version.
 * Where there is exactly one packed form of a content, its bytes are the content:
 * such an order means nothing by itself, but GROUP BY, DISTINCT, UNION and merge
 * joins need one.
 *
 * The file that uses a macro with CONTENT defines CONTENT(value) and
 * CONTENT_SIZE(value).
 */
#ifndef VALUE_OPS_H
#define VALUE_OPS_H

#include "postgres.h"

#include "common/hashfn.h"
#include "fmgr.h"

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

/* name and name_extended: a type's hash function and its seeded one, from getarg(0). */
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
 * type_eq, type_ne, type_lt, type_le, type_gt, type_ge and type_cmp: the functions
 * behind a type's btree operator class, from int compare(fcinfo) that says by its
 * sign how argument 0 stands to argument 1.
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

/* By bytes; of two where one begins the other, the shorter first. */
static inline int
compare_contents(const void *a, Size a_size, const void *b, Size b_size)
{
	int			order = memcmp(a, b, Min(a_size, b_size));

	return order != 0 ? order : (a_size > b_size) - (a_size < b_size);
}

/*
 * int name(fcinfo) for COMPARISONS, by the bytes of CONTENT.  Sorts and index
 * builds call it often and free nothing meanwhile, so detoasted copies are freed.
 */
#define CONTENT_COMPARISON(name, type, getarg) \
	static int \
	name(FunctionCallInfo fcinfo) \
	{ \
		type	   *a = getarg(0); \
		type	   *b = getarg(1); \
		int			order = compare_contents(CONTENT(a), CONTENT_SIZE(a), \
											 CONTENT(b), CONTENT_SIZE(b)); \
 \
		PG_FREE_IF_COPY(a, 0); \
		PG_FREE_IF_COPY(b, 1); \
		return order; \
	} \
	extern int no_such_variable

#endif							/* VALUE_OPS_H */
