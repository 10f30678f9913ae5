/*
 * fuzz.h
 *		What the fuzz targets of the rooms of core/ share: memory of exact sizes, numbers
 *		that follow from the input, and what must hold.
 *
 * A target is a program of libFuzzer's: test/fuzz/core compiles it under the address and
 * undefined behaviour sanitizers, and runs it from the texts in test/fuzz/seeds/ on.
 * Whatever must not be ends in abort(), which libFuzzer reports with the input.
 *
 * Most targets are of a type that has a text form and a packed one.  Those say what
 * their room does in a few functions, and fuzz_type.h is the rest.
 */
#ifndef FUZZ_H
#define FUZZ_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* A condition that no input may break. */
#define MUST(condition) \
	do { \
		if (!(condition)) \
		{ \
			fprintf(stderr, "%s:%d: broken: %s\n", __FILE__, __LINE__, #condition); \
			abort(); \
		} \
	} while (0)

/* Memory lasts to the end of an input. */
typedef struct FuzzMemory
{
	struct FuzzMemory *next;
	void	   *bytes;
} FuzzMemory;

static FuzzMemory *fuzz_memory = NULL;

static inline void *
fuzz_checked(void *memory)
{
	if (memory == NULL)
		abort();
	return memory;
}

/* Memory of exactly that size, so that the sanitizer sees every byte beyond it. */
static inline void *
fuzz_new(size_t size)
{
	FuzzMemory *memory = fuzz_checked(malloc(sizeof(FuzzMemory)));

	memory->bytes = fuzz_checked(calloc(1, size > 0 ? size : 1));
	memory->next = fuzz_memory;
	fuzz_memory = memory;
	return memory->bytes;
}

static inline void *
fuzz_copy(const void *bytes, size_t size)
{
	void	   *copy = fuzz_new(size);

	if (size > 0)
		memcpy(copy, bytes, size);
	return copy;
}

static inline void
fuzz_forget(void)
{
	while (fuzz_memory != NULL)
	{
		FuzzMemory *memory = fuzz_memory;

		fuzz_memory = memory->next;
		free(memory->bytes);
		free(memory);
	}
}

/* A copy of a text that ends with a zero byte and nothing behind it. */
static inline char *
fuzz_text(const uint8_t *bytes, size_t length)
{
	char	   *text = fuzz_new(length + 1);

	if (length > 0)
		memcpy(text, bytes, length);
	return text;
}

/* SplitMix64 (Steele, Lea, Flood), from what the input is. */
static uint64_t fuzz_seed;

static inline uint64_t
fuzz_bits(void)
{
	uint64_t	z = (fuzz_seed += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static inline void
fuzz_begin(const uint8_t *input, size_t size)
{
	fuzz_seed = size;
	for (size_t i = 0; i < size; i++)
		fuzz_seed = (fuzz_seed ^ input[i]) * UINT64_C(0x100000001b3);
}

/* 0 .. limit - 1 */
static inline uint32_t
fuzz_below(uint32_t limit)
{
	return (uint32_t) (fuzz_bits() % limit);
}

/* 0 to 1, both ends often. */
static inline double
fuzz_share(void)
{
	uint32_t	kind = fuzz_below(8);

	return kind == 0 ? 0 : kind == 1 ? 1 : (double) (fuzz_bits() >> 11) / 9007199254740992.0;
}

extern int	LLVMFuzzerTestOneInput(const uint8_t *input, size_t size);

#endif							/* FUZZ_H */
