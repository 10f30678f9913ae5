/*
 * unit.h
 *		What all unit tests have: checks, random numbers, memory of an exact size, the
 *		end.
 *
 * A test begins with a comment of one line, or some of them, that names the files of
 * core/ it is for:
 *
 *		covers: core/base/label.c core/base/label_key.h
 *
 * The suite 30-unit fails if a file has no test, or a line names a file that there is not.
 */
#ifndef UNIT_H
#define UNIT_H

#include <stdarg.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define LENGTH(array)	((int) (sizeof(array) / sizeof((array)[0])))

static int	unit_checks = 0;
static int	unit_failures = 0;

/* Is it so?  If not, the first 20 say what was wrong, as printf() would. */
static inline __attribute__((format(printf, 2, 3))) bool
check(bool ok, const char *what, ...)
{
	va_list		args;

	unit_checks++;
	if (ok || unit_failures++ >= 20)
		return ok;
	va_start(args, what);
	printf("wrong: ");
	vprintf(what, args);
	printf("\n");
	va_end(args);
	return false;
}

/* SplitMix64 (Steele, Lea, Flood): the same numbers on every machine. */
static inline uint64_t
random_bits(void)
{
	static uint64_t state = 20260301;
	uint64_t	z = (state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

/* 0 .. limit - 1 */
static inline int
below(int limit)
{
	return (int) (random_bits() % (uint64_t) limit);
}

static inline bool
one_in(int n)
{
	return below(n) == 0;
}

/* Memory of exactly that size, so that a sanitizer sees every byte beyond it. */
static inline void *
exact(size_t size)
{
	void	   *memory = calloc(1, size > 0 ? size : 1);

	if (memory == NULL)
		abort();
	return memory;
}

/* A copy in memory of exactly its size. */
static inline void *
exact_copy(const void *bytes, size_t size)
{
	void	   *copy = exact(size);

	if (size > 0)
		memcpy(copy, bytes, size);
	return copy;
}

/* Change bytes in memory, where they stand last; false if they do not. */
static inline bool
change_bytes(void *memory, size_t size, const void *from, const void *to, size_t n)
{
	for (size_t at = size - n + 1; at > 0; at--)
		if (memcmp((char *) memory + at - 1, from, n) == 0)
		{
			memcpy((char *) memory + at - 1, to, n);
			return true;
		}
	return false;
}

/* What main() returns. */
static inline int
unit_end(void)
{
	printf("%d checks, %d failures\n", unit_checks, unit_failures);
	return unit_failures > 0 || unit_checks == 0;
}

#endif							/* UNIT_H */
