/* covers: core/base/varint.h core/base/uint128.h */

/*
 * varint_test.c
 *		Numbers of variable length, against writing and reading them bit by bit; numbers of
 *		128 bits in halves.
 */
#include "unit.h"

#include "base/varint.h"

/* The bytes of a number, seven bits each. */
static size_t
oracle_put(uint8_t *bytes, Uint128 value)
{
	size_t		n = 0;

	for (; value >= 128; value /= 128)
		bytes[n++] = (uint8_t) (128 + (int) (value % 128));
	bytes[n++] = (uint8_t) value;
	return n;
}

/* The number at the beginning of some bytes; 0 bytes if it does not end or is too large. */
static size_t
oracle_get(const uint8_t *bytes, size_t left, Uint128 most, Uint128 *value)
{
	Uint128 result = 0;
	Uint128 place = 1;

	for (size_t n = 0; n < left; n++)
	{
		unsigned	digit = bytes[n] & 127;

		if (n > 18 || (digit > 0 && digit > (most - result) / place))
			return 0;
		result += place * digit;
		if (bytes[n] < 128)
		{
			*value = result;
			return n + 1;
		}
		/* behind the last place only zeros could come, and they are not read */
		if (n >= (most == UINT64_MAX ? 9u : 18u))
			return 0;
		place *= 128;
	}
	return 0;
}

/* All ways to read what these bytes begin with. */
static void
check_get(const uint8_t *bytes, size_t left)
{
	uint8_t    *copy = exact_copy(bytes, left);
	uint8_t    *behind = exact(left + 8);
	Uint128 wanted = 0;
	Uint128 wide = 0;
	uint64_t	value = 0;
	const uint8_t *at = copy;
	size_t		n = oracle_get(bytes, left, UINT64_MAX, &wanted);

	check(varint_get(&at, copy + left, &value) == (n > 0) && at == copy + n &&
		  (n == 0 || value == wanted), "%zu of %zu bytes", n, left);
	at = copy;
	check(varint_get_small(&at, copy + left, &value) == (n > 0) && at == copy + n &&
		  (n == 0 || value == wanted), "%zu of %zu bytes, small", n, left);
	memcpy(behind + 8, bytes, left);
	at = behind + 8;
	check(varint_get_behind(&at, behind + 8 + left, &value) == (n > 0 && n <= 8) &&
		  (n == 0 || n > 8 || (value == wanted && at == behind + 8 + n)),
		  "%zu of %zu bytes, from behind", n, left);
	at = copy;
	n = oracle_get(bytes, left, ~(Uint128) 0, &wanted);
	check(varint_get_wide(&at, copy + left, &wide) == (n > 0) && at == copy + n &&
		  (n == 0 || wide == wanted), "%zu of %zu bytes, wide", n, left);
	free(copy);
	free(behind);
}

static void
check_number(Uint128 value)
{
	uint8_t		wanted[VARINT_MAX_WIDE];
	uint8_t		bytes[VARINT_MAX_WIDE];
	size_t		n = oracle_put(wanted, value);
	uint64_t	half[2];

	check((size_t) (varint_put_wide(bytes, value) - bytes) == n && memcmp(bytes, wanted, n) == 0,
		  "a number of %zu bytes is written", n);
	if (value <= UINT64_MAX)
		check((size_t) (varint_put(bytes, (uint64_t) value) - bytes) == n &&
			  memcmp(bytes, wanted, n) == 0, "a number of %zu bytes is written", n);
	for (size_t left = 0; left <= n; left++)
		check_get(bytes, left);
	uint128_store(half, value);
	check(uint128_load(half) == value && half[0] == (uint64_t) value, "halves");
}

static void
test_folding(void)
{
	static const int64_t values[] = {0, -1, 1, -2, 2, INT64_MAX, INT64_MIN};
	static const uint64_t folded[] = {0, 1, 2, 3, 4, UINT64_MAX - 1, UINT64_MAX};

	for (int i = 0; i < LENGTH(values); i++)
		check(varint_fold(values[i]) == folded[i] && varint_unfold(folded[i]) == values[i],
			  "%lld is folded", (long long) values[i]);
}

int
main(void)
{
	test_folding();
	check_number(0);
	check_number(UINT64_MAX);
	check_number((Uint128) UINT64_MAX + 1);
	check_number(~(Uint128) 0);
	for (int i = 0; i < 20000; i++)
	{
		Uint128 value = ((Uint128) random_bits() << 64 | random_bits()) >> below(128);
		uint8_t		bytes[24];

		check_number(value);
		for (int k = 0; k < LENGTH(bytes); k++)
			bytes[k] = (uint8_t) (random_bits() | (one_in(12) ? 0 : 0x80));
		if (one_in(4))
			memset(bytes, 0x80, sizeof(bytes));
		check_get(bytes, (size_t) below(LENGTH(bytes) + 1));
	}
	return unit_end();
}
