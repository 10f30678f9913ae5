/*
 * comment_terms.c
 *		The words of a comment as a tsvector: comment_terms(comment, language, pairs).
 *
 * The words are taken from UTF-8, so that they are the same in every encoding of the
 * server, and lexemes are in the server's.  SQL_ASCII has no encoding: its bytes are read
 * as UTF-8 where they are that.
 *
 * Lexemes have no positions: a term counts once in a comment.
 */
#include "postgres.h"

#include "fmgr.h"
#include "mb/pg_wchar.h"
#include "miscadmin.h"
#include "tsearch/ts_type.h"
#include "utils/builtins.h"
#include "utils/memutils.h"

#include "shared/compat.h"
#include "base/label.h"
#include "shared/value_error.h"
#include "terms/comment_words.h"
#include "terms/terms.h"

#define LONGEST_LEXEME	(MAXSTRLEN - 1)	/* as to_tsvector has it */

typedef struct Lexeme
{
	const char *text;
	size_t		length;
} Lexeme;

typedef struct Lexemes
{
	Lexeme	   *lexemes;
	size_t		used;
	size_t		room;
} Lexemes;

static bool
has_encoding(void)
{
	return GetDatabaseEncoding() != PG_UTF8 && GetDatabaseEncoding() != PG_SQL_ASCII;
}

/* The language of argument 1; 22023. */
static CommentLanguage
language_arg(FunctionCallInfo fcinfo)
{
	text	   *name = PG_GETARG_TEXT_PP(1);
	CommentLanguage language;

	if (!comment_language(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name), &language))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there are no comment terms in the language \"%s\"",
						value_shown(VARDATA_ANY(name), VARSIZE_ANY_EXHDR(name))),
				 errhint("The languages are 'pl' (Polish), 'en' (English) and 'simple' (any). "
						 "Others go through a text search configuration: "
						 "to_tsvector('german', comment).")));
	return language;
}

static bool
is_ascii(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if ((unsigned char) text[i] >= 0x80)
			return false;
	return true;
}

/* A word or a pair of UTF-8; what is too long is left out. */
static void
add_lexeme(Lexemes *l, const char *text, size_t length)
{
	if (has_encoding() && !is_ascii(text, length))
	{
		char	   *converted = pg_any_to_server(text, (int) length, PG_UTF8);

		if (converted != text)
		{
			text = converted;
			length = strlen(converted);
		}
	}
	if (length > LONGEST_LEXEME)
		return;
	if (l->used == l->room)
	{
		l->room *= 2;
		l->lexemes = repalloc_huge(l->lexemes, l->room * sizeof(Lexeme));
	}
	l->lexemes[l->used++] = (Lexeme) {text, length};
}

/* All words, and with pairs those of neighbours, which lie beside each other in the memory. */
static void
collect_words(Lexemes *l, CommentWords *w, bool pairs)
{
	CommentWord word;
	CommentWord before = {NULL, 0, false};

	while (comment_words_next(w, &word))
	{
		add_lexeme(l, word.text, word.length);
		if (pairs && before.text != NULL && word.neighbour)
			add_lexeme(l, before.text, (size_t) (word.text - before.text) + word.length);
		before = word;
		CHECK_FOR_INTERRUPTS();
	}
}

static int
compare(const void *a, const void *b)
{
	const Lexeme *x = a;
	const Lexeme *y = b;

	CHECK_FOR_INTERRUPTS();
	return journey_label_compare(x->text, x->length, y->text, y->length);
}

/* Sort, and leave out what is there already; returns the bytes of all that stay. */
static size_t
make_unique(Lexemes *l)
{
	size_t		bytes = 0;
	size_t		kept = 0;

	qsort(l->lexemes, l->used, sizeof(Lexeme), compare);
	for (size_t i = 0; i < l->used; i++)
	{
		if (kept > 0 && compare(&l->lexemes[kept - 1], &l->lexemes[i]) == 0)
			continue;
		l->lexemes[kept++] = l->lexemes[i];
		bytes += l->lexemes[i].length;
	}
	l->used = kept;
	return bytes;
}

/* A tsvector of sorted lexemes without positions; 54000 when they are too many. */
static TSVector
make_tsvector_of(const Lexemes *l, size_t bytes)
{
	TSVector	result;
	uint32		at = 0;

	if (bytes > MAXSTRPOS)
		ereport(ERROR,
				(errcode(ERRCODE_PROGRAM_LIMIT_EXCEEDED),
				 errmsg("comment is too long for a tsvector: %zu bytes of terms, at most %d fit",
						bytes, MAXSTRPOS),
				 errhint("Take its beginning: left(comment, 100000).")));
	result = palloc0(CALCDATASIZE(l->used, bytes));
	SET_VARSIZE(result, CALCDATASIZE(l->used, bytes));
	result->size = (int32) l->used;
	for (size_t i = 0; i < l->used; i++)
	{
		WordEntry  *entry = &ARRPTR(result)[i];

		entry->haspos = 0;
		entry->len = (uint32) l->lexemes[i].length;
		entry->pos = at;
		memcpy(STRPTR(result) + at, l->lexemes[i].text, entry->len);
		at += entry->len;
	}
	return result;
}

PG_FUNCTION_INFO_V1(comment_terms);
Datum
comment_terms(PG_FUNCTION_ARGS)
{
	text	   *comment = PG_GETARG_TEXT_PP(0);
	CommentLanguage language = language_arg(fcinfo);
	char	   *utf8 = VARDATA_ANY(comment);
	size_t		length = VARSIZE_ANY_EXHDR(comment);
	Lexemes		l = {.room = 64};
	CommentWords w;
	char	   *words;

	if (has_encoding())
	{
		char	   *converted = pg_server_to_any(utf8, (int) length, PG_UTF8);

		if (converted != utf8)
		{
			utf8 = converted;
			length = strlen(converted);
		}
	}
	words = MemoryContextAllocHuge(CurrentMemoryContext, COMMENT_WORDS_BOUND(length));
	l.lexemes = palloc(l.room * sizeof(Lexeme));
	comment_words_begin(&w, utf8, length, language, words);
	collect_words(&l, &w, PG_GETARG_BOOL(2));
	PG_RETURN_TSVECTOR(make_tsvector_of(&l, make_unique(&l)));
}
