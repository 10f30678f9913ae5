/*
 * event_sort.c
 *		Brings the events of each customer together; see event_sort.h.
 *
 * Every pass exists once for each layout, made by the compiler from one inline
 * function whose number of words is then a constant.
 */
#include "events/event_sort.h"

#include <string.h>

/* About a megabyte of small entries and as much scratch, what a core's cache holds. */
#define CACHED_ENTRIES		0x10000
#define INSERTION_ENTRIES	16

#define ALWAYS_INLINE inline __attribute__((always_inline))

/* The bits of a key behind the first `shift` ones; bits is 1 or more. */
static ALWAYS_INLINE size_t
digit(uint64_t key, int shift, int bits)
{
	return (size_t) (key << shift >> (64 - bits));
}

static ALWAYS_INLINE void
scatter_words(int words, const uint64_t *entries, uint64_t *parts, size_t n, int shift, int bits,
			  size_t *start)
{
	size_t		next[EVENT_PARTS];
	size_t		sum = 0;

	memset(next, 0, sizeof(next));
	for (size_t i = 0; i < n; i++)
		next[digit(entries[i * words], shift, bits)]++;
	for (size_t d = 0; d < (size_t) 1 << bits; d++)
	{
		size_t		count = next[d];

		start[d] = next[d] = sum;
		sum += count;
	}
	start[(size_t) 1 << bits] = n;
	for (size_t i = 0; i < n; i++)
		memcpy(parts + next[digit(entries[i * words], shift, bits)]++ * words,
			   entries + i * words, words * sizeof(uint64_t));
}

/*
 * Entries in parts by `bits` bits of their keys behind the first `shift`, in the
 * order they come within each; part i is start[i] .. start[i + 1] - 1.
 */
void
event_scatter(int words, const uint64_t *entries, uint64_t *parts, size_t n, int shift, int bits,
			  size_t *start)
{
	if (words == EVENT_SMALL)
		scatter_words(EVENT_SMALL, entries, parts, n, shift, bits, start);
	else
		scatter_words(EVENT_WIDE, entries, parts, n, shift, bits, start);
}

/* Is entry a behind entry b?  All words but the key and `more` are signed times. */
static ALWAYS_INLINE bool
is_behind(int words, const uint64_t *a, const uint64_t *b)
{
	if (a[0] != b[0])
		return a[0] > b[0];
	if (words == EVENT_SMALL)
		return (int64_t) a[1] > (int64_t) b[1];
	if (a[1] != b[1])
		return a[1] > b[1];
	if (a[2] != b[2])
		return (int64_t) a[2] > (int64_t) b[2];
	return a[3] > b[3];
}

static ALWAYS_INLINE void
insertion_sort(int words, uint64_t *entries, size_t n)
{
	uint64_t	entry[EVENT_WIDE];

	for (size_t i = 1; i < n; i++)
	{
		size_t		k = i;

		if (!is_behind(words, entries + (i - 1) * words, entries + i * words))
			continue;
		memcpy(entry, entries + i * words, words * sizeof(uint64_t));
		for (; k > 0 && is_behind(words, entries + (k - 1) * words, entry); k--)
			memcpy(entries + k * words, entries + (k - 1) * words, words * sizeof(uint64_t));
		memcpy(entries + k * words, entry, words * sizeof(uint64_t));
	}
}

/* Merge from[0 .. middle - 1] and from[middle .. n - 1]. */
static ALWAYS_INLINE void
merge(int words, const uint64_t *from, size_t middle, size_t n, uint64_t *to)
{
	size_t		a = 0;
	size_t		b = middle;

	for (size_t i = 0; i < n; i++)
	{
		bool		second = b < n &&
			(a == middle || is_behind(words, from + a * words, from + b * words));
		size_t	   *next = second ? &b : &a;

		memcpy(to + i * words, from + (*next)++ * words, words * sizeof(uint64_t));
	}
}

/* A merge sort from pieces that are short enough for insertion. */
static ALWAYS_INLINE void
merge_sort(const EventRuns *runs, int words, uint64_t *entries, uint64_t *scratch, size_t n)
{
	uint64_t   *from = entries;
	uint64_t   *to = scratch;

	for (size_t i = 0; i < n; i += INSERTION_ENTRIES)
		insertion_sort(words, entries + i * words,
					   n - i < INSERTION_ENTRIES ? n - i : INSERTION_ENTRIES);
	for (size_t piece = INSERTION_ENTRIES; piece < n; piece *= 2)
	{
		uint64_t   *merged = to;

		if (runs->interrupt != NULL)
			runs->interrupt();
		for (size_t i = 0; i < n; i += 2 * piece)
		{
			size_t		length = n - i < 2 * piece ? n - i : 2 * piece;

			merge(words, from + i * words, length < piece ? length : piece, length,
				  to + i * words);
		}
		to = from;
		from = merged;
	}
	if (from != entries)
		memcpy(entries, from, n * words * sizeof(uint64_t));
}

static ALWAYS_INLINE void
sort_run(const EventRuns *runs, int words, uint64_t *entries, uint64_t *scratch, size_t n)
{
	size_t		sorted = 1;

	if (n <= INSERTION_ENTRIES)
	{
		insertion_sort(words, entries, n);
		return;
	}
	while (sorted < n &&
		   !is_behind(words, entries + (sorted - 1) * words, entries + sorted * words))
		sorted++;
	if (sorted < n)
		merge_sort(runs, words, entries, scratch, n);
}

/*
 * Give all entries of a customer the same `more`, so that it tells customers
 * with equal keys apart.  Customers of a run are few, and events of one often
 * follow each other, so the one found last is tried first.
 */
static void
name_customers(const EventRuns *runs, uint64_t *entries, uint64_t *known, size_t n)
{
	size_t		customers = 0;
	size_t		k = 0;

	for (size_t i = 0; i < n; i++)
	{
		uint64_t   *entry = entries + i * EVENT_WIDE;

		for (size_t tried = 0; tried < customers; tried++)
		{
			const uint64_t *other = known + 2 * k;

			if (other[0] == entry[0] &&
				(other[1] == entry[1] || runs->same(runs->arg, other[1], entry[1])))
				break;
			k = k + 1 < customers ? k + 1 : 0;
			if (tried + 1 == customers)
				k = customers;
		}
		if (k == customers)
		{
			known[2 * k] = entry[0];
			known[2 * k + 1] = entry[1];
			customers++;
		}
		entry[1] = known[2 * k + 1];
	}
}

/* Is it the same customer, once the run is sorted and named? */
static ALWAYS_INLINE bool
same_customer(int words, const uint64_t *a, const uint64_t *b)
{
	return a[0] == b[0] && (words == EVENT_SMALL || a[1] == b[1]);
}

/* Entries that share the leading bits of their keys: sort them and hand out customers. */
static ALWAYS_INLINE void
finish_run(const EventRuns *runs, int words, uint64_t *entries, uint64_t *scratch, size_t n)
{
	size_t		end;

	if (words == EVENT_WIDE && runs->same != NULL && n > 1)
		name_customers(runs, entries, scratch, n);
	sort_run(runs, words, entries, scratch, n);
	for (size_t start = 0; start < n; start = end)
	{
		end = start + 1;
		while (end < n && same_customer(words, entries + start * words, entries + end * words))
			end++;
		runs->customer(runs->arg, entries + start * words, end - start);
	}
}

/* Entries that fit the cache, or that cannot be parted any more. */
static ALWAYS_INLINE void
sort_cached(const EventRuns *runs, int words, uint64_t *entries, uint64_t *scratch, size_t n,
			int shift)
{
	size_t		start[EVENT_PARTS + 1];
	int			bits = 64 - shift < 2 * EVENT_PART_BITS ? 64 - shift : 2 * EVENT_PART_BITS;
	size_t		end;

	if (n <= INSERTION_ENTRIES)
		bits = 0;
	else if (bits > 0)
	{
		int			low = bits / 2;

		/* the less significant bits first; each pass keeps the order before it */
		if (low > 0)
			scatter_words(words, entries, scratch, n, shift + bits - low, low, start);
		else
			memcpy(scratch, entries, n * words * sizeof(uint64_t));
		scatter_words(words, scratch, entries, n, shift, bits - low, start);
	}
	if (runs->interrupt != NULL)
		runs->interrupt();
	for (size_t first = 0; first < n; first = end)
	{
		end = n;
		if (bits > 0)
			for (end = first + 1; end < n &&
				 digit(entries[first * words], shift, bits) ==
				 digit(entries[end * words], shift, bits);)
				end++;
		finish_run(runs, words, entries + first * words, scratch, end - first);
	}
}

/*
 * Hand out the customers of n entries whose keys have their first `shift` bits in
 * common.  Scratch has as many words; both are left in any order.
 */
void
event_sort_each(const EventRuns *runs, uint64_t *entries, uint64_t *scratch, size_t n, int shift)
{
	size_t		start[EVENT_PARTS + 1];

	if (n > CACHED_ENTRIES && shift + EVENT_PART_BITS <= 64)
	{
		event_scatter(runs->words, entries, scratch, n, shift, EVENT_PART_BITS, start);
		for (int part = 0; part < EVENT_PARTS; part++)
			event_sort_each(runs, scratch + start[part] * runs->words,
							entries + start[part] * runs->words,
							start[part + 1] - start[part], shift + EVENT_PART_BITS);
	}
	else if (runs->words == EVENT_SMALL)
		sort_cached(runs, EVENT_SMALL, entries, scratch, n, shift);
	else
		sort_cached(runs, EVENT_WIDE, entries, scratch, n, shift);
}
