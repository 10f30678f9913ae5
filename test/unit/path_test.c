/* covers: core/path/path_build.c core/path/path_parse.c core/path/path_print.c */

/*
 * Labels, lengths of time and the text form of paths: what is read, where an
 * error is, that what is printed reads back to the same bytes, and that no
 * input, however damaged, is read or written out of bounds.  Every text is
 * parsed from memory of exactly its size, so that the sanitizers notice.
 */
#include "unit.h"

#include <inttypes.h>

#include "base/fixed_interval.h"
#include "base/label.h"
#include "path/path.h"

/* Why a text is no path */
typedef struct JourneyPathError
{
	char		problem[200];
	size_t		offset;
	bool		limit;
} JourneyPathError;

/* The packed form, in memory of exactly its size; NULL if it is no path. */
static JourneyPath *
parse(const char *text, size_t length, size_t *size, JourneyPathError *error)
{
	char	   *copy = exact_copy(text, length);
	JourneyPath *path = NULL;
	JourneyPathDraft draft;
	TextScan	scan;
	bool		ok;

	draft.bytes = malloc(length > 0 ? length : 1);
	text_scan_begin(&scan, copy, length);
	ok = journey_path_parse(&scan, true, &draft);
	snprintf(error->problem, sizeof(error->problem), "%s%s", scan.expected == NULL ? "" : "Expected ",
			 scan.expected != NULL ? scan.expected : scan.problem != NULL ? scan.problem : "");
	error->offset = (size_t) (scan.at - copy);
	error->limit = scan.limit;
	if (ok)
	{
		*size = journey_path_size(&draft);
		path = calloc(1, *size);
		journey_path_pack(&draft, path);
	}
	free(draft.bytes);
	free(copy);
	return path;
}

/* The text form, in memory of exactly the size that its bound says. */
static char *
print(const JourneyPath *path)
{
	char	   *text = malloc(journey_path_text_bound(path));

	journey_path_print(path, text);
	return text;
}

/* Whatever is a path prints, and reads back to the same bytes. */
static void
round_trip(const JourneyPath *path, size_t size, const char *input)
{
	char	   *text = print(path);
	JourneyPathError error;
	size_t		again_size;
	JourneyPath *again = parse(text, strlen(text), &again_size, &error);

	check(journey_path_valid(path, size), "valid: %s", input);
	check(again != NULL && again_size == size && memcmp(again, path, size) == 0,
		  "reads back to the same bytes: %s", input);
	free(again);
	free(text);
}

/* ---- texts that are paths ---- */

static const struct
{
	const char *input;
	const char *text;
}			good[] = {
	{"a", "a"},
	{" \t\r\n\v\fa ", "a"},
	{"\"a\"", "a"},
	{"a>b>>c", "a > b >> c"},
	{"^a|b?>c$", "^a|b? > c$"},
	{"a | b | a ? > c", "a|b? > c"},
	{"a&b & c?|d", NULL},
	{"a&b & c|d?", "a & b & c|d?"},
	{"a &[ !c | d,!a ] b&c?", "a &[!c|d|a] b & c?"},
	{"a & b? & [!b] c", "a & b? &[!b] c"},
	{"a >[7 days, !c|d] b", "a >[7 days, !c|d] b"},
	{"a >>[!c,1w,!d|c] b", "a >>[7 days, !c|d] b"},
	{"a >[0 s] b", "a >[00:00:00] b"},
	{"\"a \"\"b\"\" c\" > \"\"\"\"", "\"a \"\"b\"\" c\" > \"\"\"\""},
	{"web:checkout > a/b.c_d-e > \"a,b\"", "web:checkout > a/b.c_d-e > \"a,b\""},
	{"zażółć > \"zażółć gęślą\" > 購入 > 😀", "zażółć > \"zażółć gęślą\" > 購入 > 😀"},
	{"purchase > purchase", "purchase > purchase"},
	{"a>[ >=2 days]b", "a >[>= 2 days] b"},
	{"a >>[!c, 7 d,>= 12h] b > c >[1 d] d", "a >>[>= 12:00:00, 7 days, !c] b > c >[1 day] d"},
	{"a >[>= 1 day, 1 day] b", "a >[>= 1 day, 1 day] b"},
	{"a >[>= 0 s] b", "a > b"},
	{"a >[>= 0 s, !c] b? >[>= 1 us] d$", "a >[!c] b? >[>= 00:00:00.000001] d$"},
	{"a >[1 h] b >[90 min] c >[1d12h30m1.5s] d", "a >[01:00:00] b >[01:30:00] c >[1 day 12:30:01.5] d"},
};

static void
test_good(void)
{
	for (int i = 0; i < LENGTH(good); i++)
	{
		JourneyPathError error;
		size_t		size;
		JourneyPath *path = parse(good[i].input, strlen(good[i].input), &size, &error);
		char	   *text;

		check((path != NULL) == (good[i].text != NULL), "should be a path: %s", good[i].input);
		if (path == NULL)
			continue;
		text = print(path);
		check(strcmp(text, good[i].text) == 0, "%s: %s", text, good[i].input);
		round_trip(path, size, good[i].input);
		free(text);
		free(path);
	}
}

/* Two texts of the same path give the same bytes. */
static void
test_same(const char *a, const char *b)
{
	JourneyPathError error;
	size_t		a_size;
	size_t		b_size;
	JourneyPath *a_path = parse(a, strlen(a), &a_size, &error);
	JourneyPath *b_path = parse(b, strlen(b), &b_size, &error);

	check(a_path != NULL && b_path != NULL && a_size == b_size &&
		  memcmp(a_path, b_path, a_size) == 0, "the same path: %s", a);
	free(a_path);
	free(b_path);
}

/* What is in a path is what was written. */
static void
test_content(void)
{
	const char *text = "^a|\"b c\"? >[2 h, !d|a] e >> a$";
	JourneyPathError error;
	size_t		size;
	size_t		length;
	JourneyPath *path = parse(text, strlen(text), &size, &error);

	check(path->items == 3 && path->labels == 4 && path->uses == 6, "counts: %s", text);
	check(path->flags == (JOURNEY_PATH_FROM_FIRST | JOURNEY_PATH_TO_LAST), "flags: %s", text);
	check(journey_path_optional(path, 0) && !journey_path_optional(path, 1),
		  "optional: %s", text);
	check(path->item[1].limit == INT64_C(7200000000) && path->item[1].excluded == 2 &&
		  path->item[1].flags == 0, "the first arrow: %s", text);
	check(path->item[2].limit == JOURNEY_NO_LIMIT && path->item[2].excluded == 0 &&
		  path->item[2].flags == JOURNEY_ITEM_NEXT, "the second arrow: %s", text);
	check(journey_path_excluded(path, 1)[0] == 2 && journey_path_excluded(path, 1)[1] == 0 &&
		  journey_path_labels(path, 1)[0] == 3 && journey_path_labels(path, 2)[0] == 0,
		  "labels: %s", text);
	check(memcmp(journey_path_label(path, 1, &length), "b c", 3) == 0 && length == 3,
		  "a label: %s", text);
	free(path);
}

/* Paths without a shortest time have the bytes that they always had. */
static void
test_minimum(void)
{
	JourneyPathError error;
	size_t		without_size;
	size_t		size;
	JourneyPath *without = parse("a >[2 h] b > c", 14, &without_size, &error);
	JourneyPath *path = parse("a >[>= 1 h, 2 h] b > c", 22, &size, &error);

	check(!journey_path_has_minimum(without) && without->flags == 0, "no shortest time");
	check(journey_path_minimum(without, 1) == 0, "no shortest time is 0");
	check(path->flags == JOURNEY_PATH_MINIMUMS && size == without_size + 3 * sizeof(int64_t),
		  "a shortest time, and the size of those");
	check(journey_path_minimum(path, 0) == 0 && journey_path_minimum(path, 2) == 0 &&
		  journey_path_minimum(path, 1) == INT64_C(3600000000), "shortest times");
	check(memcmp(path->item, without->item, 3 * sizeof(JourneyPathItem)) == 0, "items stay");
	((int64_t *) (path->item + 3))[1] = 0;
	check(!journey_path_valid(path, size), "a flag for nothing");
	((int64_t *) (path->item + 3))[1] = INT64_C(7200000001);
	check(!journey_path_valid(path, size), "a shortest time past the longest one");
	((int64_t *) (path->item + 3))[1] = -1;
	check(!journey_path_valid(path, size), "a shortest time below 0");
	((int64_t *) (path->item + 3))[1] = 1;
	((int64_t *) (path->item + 3))[0] = 1;
	check(!journey_path_valid(path, size), "a shortest time without an arrow");
	free(without);
	free(path);
}

/* ---- texts that are no path, and where they are wrong ---- */

static const struct
{
	const char *input;
	size_t		offset;
	const char *problem;		/* its beginning */
}			bad[] = {
	{"", 0, "Expected a label"},
	{"  ", 2, "Expected a label"},
	{"a > > b", 4, "Expected a label"},
	{"a >>> b", 4, "Expected a label"},
	{"a >", 3, "Expected a label"},
	{"a b", 2, "Expected an arrow"},
	{"a?|b", 2, "Expected an arrow"},
	{"a$ > b", 3, "Expected the end"},
	{"a & b > c", 6, "Expected \"&\""},
	{"a > b & c", 6, "Expected an arrow or the end, as \"&\""},
	{"^a & b", 3, "Expected an arrow or the end, as \"&\""},
	{"a & b$", 5, "Expected \"&\""},
	{"a &[1 day] b", 4, "Expected \"!\" and a label, as \"&\" takes no limit of time"},
	{"a &[!c, 1 day] b", 8, "Expected \"!\""},
	{"a &[] b", 4, "Expected \"!\""},
	{"a &[!c b", 7, "Expected \",\" or \"]\""},
	{"a & b [!c]", 6, "Expected \"&\""},
	{"a? > b?", 7, "Expected an item without"},
	{"a > \"b", 4, "Quote"},
	{"\"\"", 0, "Empty"},
	{"\"a\x01\"", 2, "Control"},
	{"\"\"\"\x01\"", 3, "Control"},
	{"a\xff", 1, "Invalid UTF-8"},
	{"\"\xc5\xbc\xc5\"", 3, "Invalid UTF-8"},
	{"a >[", 4, "Expected a time limit"},
	{"a >[1 day", 9, "Expected \",\""},
	{"a >[1 day, 2 days] b", 11, "Second"},
	{"a >[>= 1 day, >= 2 days] b", 14, "Second shortest"},
	{"a >[>= 2 days, 1 day] b", 4, "Shortest time longer"},
	{"a >[1 day, !c, >= 25 h] b", 4, "Shortest time longer"},
	{"a >[>=] b", 6, "Expected"},
	{"a >[> 1 day] b", 4, "Expected a time limit"},
	{"a >[>= 1 month] b", 9, "Months"},
	{"a >[>= -1 day] b", 7, "Negative"},
	{"a >[1 month] b", 6, "Months"},
	{"a >[-1 day] b", 4, "Negative"},
	{"a >[1 day 1 d] b", 12, "Unit"},
	{"a >[99999999 weeks] b", 4, "Time limit of"},
	{"a >[0.0000001 s] b", 4, "Time limit that"},
};

static void
test_bad(void)
{
	for (int i = 0; i < LENGTH(bad); i++)
	{
		JourneyPathError error;
		size_t		size;
		JourneyPath *path = parse(bad[i].input, strlen(bad[i].input), &size, &error);

		check(path == NULL, "should be no path: %s", bad[i].input);
		check(path != NULL || (error.offset == bad[i].offset && !error.limit &&
							   strncmp(error.problem, bad[i].problem, strlen(bad[i].problem)) == 0),
			  "%s: %s at byte %zu, not %zu", bad[i].input, error.problem, error.offset,
			  bad[i].offset);
		free(path);
	}
}

/* first, then n times separator, label and a number */
static char *
repeated(const char *first, const char *separator, int n)
{
	char	   *text = malloc(strlen(first) + (size_t) n * (strlen(separator) + 16) + 1);
	size_t		length = (size_t) sprintf(text, "%s", first);

	for (int i = 0; i < n; i++)
		length += (size_t) sprintf(text + length, "%sx%d", separator, i);
	return text;
}

/* As much as a path can hold, and one more. */
static void
test_limit(const char *separator, int most)
{
	JourneyPathError error;
	size_t		size;
	char	   *text = repeated("a", separator, most - 1);
	JourneyPath *path = parse(text, strlen(text), &size, &error);

	check(path != NULL, "as much as possible: %s", separator);
	if (path != NULL)
		round_trip(path, size, separator);
	free(path);
	free(text);
	text = repeated("a", separator, most);
	path = parse(text, strlen(text), &size, &error);
	check(path == NULL && error.limit, "one more than possible: %s", separator);
	free(path);
	free(text);
}

/* ---- damage ---- */

static void
try_text(const char *text, size_t length)
{
	JourneyPathError error;
	size_t		size;
	JourneyPath *path = parse(text, length, &size, &error);

	if (path != NULL)
		round_trip(path, size, "damaged");
	else
		check(error.problem[0] != '\0' && error.offset <= length,
			  "a problem within the text: %s", text);
	free(path);
}

/* Every prefix, and every byte replaced, left out and doubled. */
static void
damage_text(const char *text)
{
	size_t		length = strlen(text);
	char	   *copy = malloc(length + 1);

	for (size_t i = 0; i <= length; i++)
		try_text(text, i);
	for (size_t i = 0; i < length; i++)
	{
		memcpy(copy, text, length);
		for (int c = 0; c < 256; c++)
		{
			copy[i] = (char) c;
			try_text(copy, length);
		}
		memcpy(copy, text, i);
		memcpy(copy + i, text + i + 1, length - i - 1);
		try_text(copy, length - 1);
		memcpy(copy, text, i + 1);
		memcpy(copy + i + 1, text + i, length - i);
		try_text(copy, length + 1);
	}
	free(copy);
}

/* A packed path with any byte changed or cut is refused or can be read. */
static void
damage_bytes(const char *text)
{
	JourneyPathError error;
	size_t		size;
	JourneyPath *path = parse(text, strlen(text), &size, &error);

	for (size_t cut = 0; cut < size; cut++)
	{
		JourneyPath *damaged = exact_copy(path, cut);

		check(!journey_path_valid(damaged, cut), "cut off: %s", text);
		free(damaged);
	}
	for (size_t i = offsetof(JourneyPath, version); i < size; i++)
		for (int c = 0; c < 256; c++)
		{
			JourneyPath *damaged = exact_copy(path, size);

			((unsigned char *) damaged)[i] = (unsigned char) c;
			if (journey_path_valid(damaged, size))
				free(print(damaged));
			free(damaged);
		}
	free(path);
}

/* A set of one item, which would print as a path that is none. */
static void
damage_set(void)
{
	JourneyPathError error;
	size_t		size;
	JourneyPath *path = parse("a", 1, &size, &error);

	path->flags = JOURNEY_PATH_ANY_ORDER;
	check(!journey_path_valid(path, size), "a set of one item");
	free(path);
}

/* What no '&' can say: something before the first item, a length of time, the next visit. */
static void
damage_exclusion(void)
{
	JourneyPathError error;
	size_t		size;
	JourneyPath *path = parse("a|b &[!c] d", 11, &size, &error);

	check(path->item[1].excluded == 1 && path->item[1].labels == 1 && path->uses == 4 &&
		  journey_path_excluded(path, 1)[0] == 2, "an excluded label");
	path->item[0].excluded = path->item[0].labels = 1;
	check(!journey_path_valid(path, size), "excluded before the first item");
	path->item[0].excluded = 0;
	path->item[0].labels = 2;
	check(journey_path_valid(path, size), "as it was");
	path->item[1].limit = 1;
	check(!journey_path_valid(path, size), "a longest time in any order");
	path->item[1].limit = JOURNEY_NO_LIMIT;
	path->item[1].flags = JOURNEY_ITEM_NEXT;
	check(!journey_path_valid(path, size), "the next visit in any order");
	free(path);
}

static void
test_damage(void)
{
	static const char *const paths[] = {
		"a", "^a|b? >[7 days, !c|d] \"e f\" >> g$", "a & b|c & d?", "a &[!b|c] b & d?", "a >[P1DT2H3M4.5S] b",
		"a >[1 day 12:30:45.000001] b >[2 hours 30 minutes] c", "\"x\"\"y\" > \"\xc5\xbc\xf0\x9f\x98\x80\" > \xe8\xb3\xbc",
		"a >[!b, 106751991 days 04:00:54.775807] c? >>[!a] b", "^a >[>= 1 h, 2 days, !c] b? >[>=3s] d"
	};

	for (int i = 0; i < LENGTH(paths); i++)
	{
		damage_text(paths[i]);
		damage_bytes(paths[i]);
	}
	damage_set();
	damage_exclusion();
}

/* ---- labels ---- */

static void
test_label(const char *label, size_t length, JourneyLabelStatus want, size_t where)
{
	char	   *copy = exact_copy(label, length);
	size_t		offset = 0;

	check(journey_label_check(copy, length, true, &offset) == want, "label: %s", label);
	check(want == JOURNEY_LABEL_OK || offset == where, "place in label: %s", label);
	free(copy);
}

static void
test_labels(void)
{
	char		longest[JOURNEY_MAX_LABEL + 1];

	memset(longest, 'x', sizeof(longest));
	test_label(longest, JOURNEY_MAX_LABEL, JOURNEY_LABEL_OK, 0);
	test_label(longest, JOURNEY_MAX_LABEL + 1, JOURNEY_LABEL_TOO_LONG, 0);
	test_label("", 0, JOURNEY_LABEL_EMPTY, 0);
	test_label("a\0b", 3, JOURNEY_LABEL_CONTROL, 1);
	test_label("\x7f", 1, JOURNEY_LABEL_CONTROL, 0);
	test_label("a\xc2\x85", 3, JOURNEY_LABEL_OK, 0);	/* U+0085 */
	test_label("\xc2\xa0", 2, JOURNEY_LABEL_OK, 0);
	test_label("\xc1\xbf", 2, JOURNEY_LABEL_ENCODING, 0);	/* overlong */
	test_label("\xe0\x9f\xbf", 3, JOURNEY_LABEL_ENCODING, 0);
	test_label("\xf0\x8f\xbf\xbf", 4, JOURNEY_LABEL_ENCODING, 0);
	test_label("\xed\xa0\x80", 3, JOURNEY_LABEL_ENCODING, 0);	/* a surrogate */
	test_label("\xf4\x90\x80\x80", 4, JOURNEY_LABEL_ENCODING, 0);	/* past U+10FFFF */
	test_label("\xf4\x8f\xbf\xbf", 4, JOURNEY_LABEL_OK, 0);
	test_label("\xe2\x82", 2, JOURNEY_LABEL_ENCODING, 0);
	test_label("ok\x80", 3, JOURNEY_LABEL_ENCODING, 2);
	check(journey_label_check("\xb1", 1, false, NULL) == JOURNEY_LABEL_OK,
		  "label: in Latin 2");
	check(journey_label_compare("a", 1, "ab", 2) < 0 &&
		  journey_label_compare("b", 1, "ab", 2) > 0 &&
		  journey_label_compare("\xc5", 1, "z", 1) > 0 &&
		  journey_label_compare("a", 1, "a", 1) == 0, "order of labels: bytes");
}

/* Every pair of bytes as a label is printed so that it reads back. */
static void
test_quoting(void)
{
	for (int i = 0x10000; i < 0x20000; i++)
	{
		char		label[2] = {(char) (i >> 8), (char) i};
		char		text[JOURNEY_LABEL_TEXT_BOUND(2)];
		char		back[JOURNEY_MAX_LABEL];
		const char *at = text;
		size_t		back_length;
		size_t		length;

		if (journey_label_check(label, 2, true, NULL) != JOURNEY_LABEL_OK)
			continue;
		length = journey_label_print(label, 2, text);
		check(journey_label_read(&at, text + length, true, back,
								 &back_length) == JOURNEY_LABEL_OK && at == text + length &&
			  back_length == 2 && memcmp(back, label, 2) == 0, "label reads back");
	}
}

/* ---- lengths of time ---- */

static void
test_durations(void)
{
	uint64_t	value = 1;

	for (int i = 0; i < 20000; i++)
	{
		char		text[JOURNEY_DURATION_TEXT_BOUND];
		TextScan	scan;
		int64_t		want = (int64_t) (value >> (1 + i % 63));
		int64_t		got = -1;
		size_t		length = journey_duration_print(want, text);

		text_scan_begin(&scan, text, length);
		check(journey_duration_read(&scan, &got) && scan.at == scan.end && got == want,
			  "length of time: %s", text);
		value = value * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	}
}

int
main(void)
{
	test_good();
	test_same("a>b", " \"a\"  >  b ");
	test_same("a >[1 day] b", "a >[24:00] b");
	test_same("a >[>= 0 s] b", "a > b");
	test_same("a >[!b|c, 2 h, >= 1 h] d", "a >[>= PT1H, PT2H, !b, !c|b] d");
	test_same("a >[!b|c, 2 h] d", "a >[PT2H, !b, !c|b] d");
	test_content();
	test_minimum();
	test_bad();
	test_limit(">", JOURNEY_PATH_MAX_ITEMS);
	test_limit("?>>", JOURNEY_PATH_MAX_ITEMS);
	test_limit("&", JOURNEY_PATH_MAX_ITEMS);
	test_limit("|", JOURNEY_PATH_MAX_USES);
	test_damage();
	test_labels();
	test_quoting();
	test_durations();
	return unit_end();
}
