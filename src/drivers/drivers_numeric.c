/*
 * drivers_numeric.c
 *		Values of type numeric as the whole numbers of 10^-4 that driver_agg counts.
 *
 * SQL's cast to double precision prints a numeric and reads the text, and what it
 * gives is looked at for the decimals that were there before.  So the digits are read
 * where they stand.  Their place is that of stored values, which pg_upgrade hands from
 * one version of PostgreSQL to the next as they are; test/sql/drivers_numeric.sql
 * compares what is read with round(value, 4), so that another format would be seen.
 *
 * The digits are to the base 10000, 16 bits each, the first of them worth
 * 10000^weight; there are no zeros in front of them or behind.  Before them stand the
 * sign, the weight, and how many decimals to show, in one of these forms:
 *
 *	bits 15, 14		form
 *	0 s				sign s, 14 bits for the decimals; the weight in 16 bits more
 *	1 0				short: bit 13 the sign, 6 bits for the decimals, 7 for the weight
 *	1 1				NaN or infinity, without digits
 *
 * So a unit of 10^-4 is worth 10000^-1, and the digit behind it says how to round.
 */
#include "postgres.h"

#include "access/tupmacs.h"
#include "fmgr.h"
#include "utils/builtins.h"
#include "utils/float.h"

#include "drivers/drivers_datum.h"
#include "drivers/drivers_numeric.h"
#include "shared/compat.h"

#define BASE			10000
#define SHORT			0x8000
#define SPECIAL			0xC000
#define NEGATIVE		0x4000
#define SHORT_NEGATIVE	0x2000
#define SHORT_WEIGHT	0x003F
#define SHORT_BELOW_1	0x0040	/* the sign of the weight */

/* More characters than that are not shown in an error. */
#define MOST_SHOWN		40

typedef struct Digits
{
	const char *first;			/* at any address: a short varlena is not aligned */
	int			n;
	int			weight;
	bool		negative;
} Digits;

static inline uint16
word_at(const char *bytes)
{
	uint16		word;

	memcpy(&word, bytes, sizeof(word));
	return word;
}

/* The digit worth BASE^power. */
static inline int
digit(const Digits *d, int power)
{
	int			i = d->weight - power;

	return i >= 0 && i < d->n ? word_at(d->first + i * sizeof(uint16)) : 0;
}

/* False for what has no digits because it is no number. */
static inline bool
open_digits(Datum numeric, Digits *d)
{
	struct varlena *value = PG_DETOAST_DATUM_PACKED(numeric);
	const char *end = VARDATA_ANY(value) + VARSIZE_ANY_EXHDR(value);
	uint16		header = word_at(VARDATA_ANY(value));

	d->first = VARDATA_ANY(value) + sizeof(uint16);
	if ((header & SPECIAL) == SPECIAL)
		return false;
	if (header & SHORT)
	{
		d->negative = (header & SHORT_NEGATIVE) != 0;
		d->weight = (header & SHORT_WEIGHT) - (header & SHORT_BELOW_1);
	}
	else
	{
		d->negative = (header & NEGATIVE) != 0;
		d->weight = (int16) word_at(d->first);
		d->first += sizeof(uint16);
	}
	d->n = (int) (end - d->first) / (int) sizeof(uint16);
	return true;
}

/* Rounded half away from zero.  False for what is too large or no number, as drivers_units(). */
bool
drivers_numeric_units(Datum numeric, int64 *units)
{
	const int64 largest = DRIVERS_LARGEST * DRIVERS_UNITS;
	Digits		d;
	int64		size;

	if (!open_digits(numeric, &d) || (d.n > 0 && d.weight > 1))
		return false;
	size = ((int64) digit(&d, 1) * BASE + digit(&d, 0)) * BASE + digit(&d, -1);
	if (size > largest || (size == largest && d.n > d.weight + 2))
		return false;
	if (digit(&d, -2) >= BASE / 2)
		size++;
	*units = d.negative ? -size : size;
	return true;
}

/* The elements of an array of one dimension without NULLs; its first that is wrong, or -1. */
int
drivers_numeric_array_units(ArrayType *array, int64 *units)
{
	char	   *element = drivers_elements(array);

	for (int i = 0; i < ARR_DIMS(array)[0]; i++)
	{
		if (!drivers_numeric_units(PointerGetDatum(element), &units[i]))
			return i;
		element = att_addlength_pointer(element, -1, element);
		element = (char *) att_align_nominal(element, TYPALIGN_INT);
	}
	return -1;
}

/* As an error shows it: a number of very many digits only as the nearest double. */
char *
drivers_numeric_text(Datum numeric)
{
	char	   *text = DatumGetCString(DirectFunctionCall1(numeric_out, numeric));

	if (strlen(text) <= MOST_SHOWN)
		return text;
	return float8out_internal(DatumGetFloat8(DirectFunctionCall1(numeric_float8_no_overflow,
																 numeric)));
}
