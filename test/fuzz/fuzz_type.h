/*
 * fuzz_type.h
 *		What must hold of every type that has a text form and a packed one.  The target
 *		of a room includes it behind the functions that are declared here.
 *
 * An input is a letter, a text up to a zero byte, and the rest:
 *
 *		t	the text is read.  If it is taken: packed, printed and read again it is the
 *			same, to the byte; and all readers read it.
 *		p	the text is taken and packed, the rest says which bytes of the packed form
 *			are changed; if that opens, all readers read it.  If input could have made
 *			it, packed again and printed and read again it is the same.
 *		s	likewise with the state that counted the text.
 *		m	the rest is a second text.  What is put together of two values is the same in
 *			either order, and without one of them it is the other, where that can be.
 *
 * So libFuzzer starts from valid values in all four.  Any other letter is one of these.
 */
#ifndef FUZZ_TYPE_H
#define FUZZ_TYPE_H

#include "fuzz.h"

/* A value; bytes are NULL for what was refused. */
typedef struct FuzzValue
{
	uint8_t    *bytes;
	size_t		size;
} FuzzValue;

static const FuzzValue fuzz_none = {NULL, 0};

/* A text as the state that has counted it.  Whoever has no such form gives the value. */
static FuzzValue type_state(const char *text, size_t length);

/* What a state has counted, packed; refused if it is damaged. */
static FuzzValue type_pack(FuzzValue state);

/* Open a packed value and pack it anew; refused if it is damaged. */
static FuzzValue type_repack(FuzzValue packed);

/* Could input have made this?  It opens. */
static bool type_valid(FuzzValue packed);

/* The text form of what opens. */
static char *type_print(FuzzValue packed);

/* All that reads a value which opens; input could have made it, or perhaps not. */
static void type_read(FuzzValue packed, bool valid);

/* Both together, packed, refused where they do not fit; and one less the other. */
static FuzzValue type_merge(FuzzValue a, FuzzValue b);
static FuzzValue type_subtract(FuzzValue a, FuzzValue b);

static inline FuzzValue
fuzz_value(const void *bytes, size_t size)
{
	return (FuzzValue) {fuzz_copy(bytes, size), size};
}

static bool
fuzz_same(FuzzValue a, FuzzValue b)
{
	return a.size == b.size && memcmp(a.bytes, b.bytes, a.size) == 0;
}

/* A text by way of its state; refused if it is no value. */
static FuzzValue
fuzz_packed(const char *text)
{
	FuzzValue	state = type_state(text, strlen(text));
	FuzzValue	packed;

	if (state.bytes == NULL)
		return fuzz_none;
	packed = type_pack(state);
	MUST(packed.bytes != NULL);
	return type_valid(packed) ? packed : fuzz_none;
}

/* A value that input could have made is the same whichever way it comes in again. */
static void
fuzz_round_trip(FuzzValue packed)
{
	FuzzValue	again = type_repack(packed);
	char	   *text = type_print(packed);
	FuzzValue	read = fuzz_packed(text);

	MUST(again.bytes != NULL && fuzz_same(again, packed));
	MUST(read.bytes != NULL && fuzz_same(read, packed));
	MUST(strcmp(type_print(read), text) == 0);
}

/* Bytes that may be anything. */
static void
fuzz_bytes(FuzzValue packed)
{
	FuzzValue	again = type_repack(packed);
	FuzzValue	twice;
	bool		valid;

	if (again.bytes == NULL)
		return;
	valid = type_valid(packed);
	type_read(packed, valid);
	(void) type_print(packed);
	/* a form that is not the one of its content becomes that one, and then stays */
	twice = type_repack(again);
	MUST(!valid || (twice.bytes != NULL && fuzz_same(twice, again)));
	if (valid)
		fuzz_round_trip(again);
}

/* Numbers at which lengths, counts and offsets go wrong. */
static const uint64_t fuzz_numbers[] = {
	0, 1, 2, 0x7e, 0x7f, 0x80, 0x81, 0xfe, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000,
	0x3fffffff, 0x7fffffff, 0x80000000, 0xfffffffe, 0xffffffff, 0x100000000,
	0x7ffffffffffffffe, 0x7fffffffffffffff, 0x8000000000000000, 0xffffffffffffffff
};

#define FUZZ_NUMBERS (sizeof(fuzz_numbers) / sizeof(fuzz_numbers[0]))

/* The number in bytes at most as long as it is, lowest first, as on this machine. */
static void
fuzz_put(FuzzValue *value, size_t at, uint64_t number, size_t bytes)
{
	for (size_t i = 0; i < bytes && at + i < value->size; i++)
		value->bytes[at + i] = (uint8_t) (number >> 8 * i);
}

/* The number that stands there, a little larger or smaller. */
static void
fuzz_nudge(FuzzValue *value, size_t at, int8_t by, size_t bytes)
{
	uint64_t	number = 0;

	for (size_t i = 0; i < bytes && at + i < value->size; i++)
		number |= (uint64_t) value->bytes[at + i] << 8 * i;
	fuzz_put(value, at, number + (uint64_t) (int64_t) by, bytes);
}

/* Bytes gone, or there twice. */
static FuzzValue
fuzz_resize(FuzzValue value, size_t at, size_t bytes, bool twice)
{
	FuzzValue	changed;

	if (bytes > value.size - at)
		bytes = value.size - at;
	changed.size = twice ? value.size + bytes : value.size - bytes;
	changed.bytes = fuzz_new(changed.size);
	memcpy(changed.bytes, value.bytes, at + (twice ? bytes : 0));
	memcpy(changed.bytes + at + (twice ? bytes : 0), value.bytes + at + (twice ? 0 : bytes),
		   value.size - at - (twice ? 0 : bytes));
	return changed;
}

/* One change by four bytes of the input: what, where (two of them), and how much. */
static FuzzValue
fuzz_change(FuzzValue value, const uint8_t *order)
{
	size_t		at = (size_t) (order[1] | order[2] << 8) % value.size;
	uint8_t		how = order[3];
	size_t		bytes = (size_t) 1 << (order[0] / 8 % 4);

	switch (order[0] % 8)
	{
		case 0:
			value.bytes[at] = how;
			break;
		case 1:
			value.bytes[at] ^= (uint8_t) (1 << how % 8);
			break;
		case 2:
			fuzz_put(&value, at, fuzz_numbers[how % FUZZ_NUMBERS], bytes);
			break;
		case 3:
			fuzz_nudge(&value, at, (int8_t) how, bytes);
			break;
		case 4:
			fuzz_put(&value, at / bytes * bytes, fuzz_numbers[how % FUZZ_NUMBERS], bytes);
			break;
		case 5:
			fuzz_nudge(&value, at / bytes * bytes, (int8_t) how, bytes);
			break;
		case 6:
			return fuzz_resize(value, at, how % 32u + 1, false);
		default:
			return fuzz_resize(value, at, how % 32u + 1, true);
	}
	return value;
}

/* The length word is PostgreSQL's, and 0 here. */
static FuzzValue
fuzz_changed(FuzzValue value, const uint8_t *orders, size_t size)
{
	value = fuzz_value(value.bytes, value.size);
	for (; size >= 4 && value.size > 0; orders += 4, size -= 4)
		value = fuzz_change(value, orders);
	if (value.size > 0)
		memset(value.bytes, 0, value.size < 4 ? value.size : 4);
	return value;
}

static void
fuzz_state_bytes(const char *text, const uint8_t *orders, size_t size)
{
	FuzzValue	state = type_state(text, strlen(text));
	FuzzValue	packed;

	if (state.bytes == NULL)
		return;
	packed = type_pack(fuzz_changed(state, orders, size));
	if (packed.bytes != NULL)
		fuzz_bytes(packed);
}

/* A merge of values that are refused together is refused in the other order as well. */
static void
fuzz_two(FuzzValue a, FuzzValue b)
{
	FuzzValue	both = type_merge(a, b);
	FuzzValue	other = type_merge(b, a);
	FuzzValue	rest;

	MUST((both.bytes == NULL) == (other.bytes == NULL));
	if (both.bytes == NULL)
		return;
	MUST(fuzz_same(both, other));
	MUST(type_valid(both));
	fuzz_round_trip(both);
	type_read(both, true);
	rest = type_subtract(both, b);
	MUST(rest.bytes == NULL || fuzz_same(rest, a));
	/* what was never in it may be refused or not, but does no harm */
	rest = type_subtract(a, b);
	if (rest.bytes != NULL)
		fuzz_bytes(rest);
}

int
LLVMFuzzerTestOneInput(const uint8_t *input, size_t size)
{
	static const char letters[] = "tpsm";
	const char *kind = size > 0 ? strchr(letters, input[0]) : NULL;
	size_t		length = 0;
	const uint8_t *rest;
	FuzzValue	packed;
	char	   *text;

	if (size == 0)
		return 0;
	fuzz_begin(input, size);
	if (kind == NULL || *kind == '\0')
		kind = &letters[input[0] % 4];
	while (length < size - 1 && input[1 + length] != '\0')
		length++;
	text = fuzz_text(input + 1, length);
	rest = input + 1 + length + (length < size - 1);
	size -= (size_t) (rest - input);
	if (*kind == 's')
		fuzz_state_bytes(text, rest, size);
	else if ((packed = fuzz_packed(text)).bytes == NULL)
		;
	else if (*kind == 'p')
		fuzz_bytes(fuzz_changed(packed, rest, size));
	else if (*kind == 'm')
	{
		FuzzValue	other = fuzz_packed(fuzz_text(rest, strnlen((const char *) rest, size)));

		if (other.bytes != NULL)
			fuzz_two(packed, other);
	}
	else
	{
		type_read(packed, true);
		fuzz_round_trip(packed);
	}
	fuzz_forget();
	return 0;
}

#endif							/* FUZZ_TYPE_H */
