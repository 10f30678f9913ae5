/*
 * sort.h
 *		qsort() that can be cancelled: that of the C library may have memory of its own,
 *		so that nothing may leave it by longjmp(), and millions of entries take seconds.
 */
#ifndef SORT_H
#define SORT_H

#include <stddef.h>

typedef int (*SortCompare) (const void *a, const void *b);

#pragma GCC visibility push(hidden)

/* As qsort(): equal entries come out in any order.  Entries have a multiple of 4 bytes. */
extern void sort_entries(void *entries, size_t count, size_t size, SortCompare compare);

#pragma GCC visibility pop

#endif							/* SORT_H */
