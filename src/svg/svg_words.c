/*
 * svg_words.c
 *		The languages of pictures, and how numbers are written in them.
 */
#include "postgres.h"

#include "lib/stringinfo.h"
#include "utils/builtins.h"

#include "shared/compat.h"
#include "base/fold.h"
#include "shared/value_error.h"
#include "svg/svg_words.h"

static const SvgLanguage english = {
	.code = "en",
	.decimal_point = ".",
	.thousands = ",",
	.to = "to",
	.none = "(none)",
	.answers = "answers",
	.interval = "95% interval"
};

static const SvgLanguage polish = {
	.code = "pl",
	.polish = true,
	.decimal_point = ",",
	.thousands = "\u00A0",
	.to = "do",
	.none = "(brak)",
	.answers = "odpowiedzi",
	.interval = "95-procentowy przedzia\u0142"
};

/* en or pl, in any letter case; another one is an error, 22023. */
const SvgLanguage *
svg_language(text *name)
{
	const char *code = text_to_cstring(name);

	if (fold_same(code, strlen(code), polish.code))
		return &polish;
	if (!fold_same(code, strlen(code), english.code))
		ereport(ERROR,
				(errcode(ERRCODE_INVALID_PARAMETER_VALUE),
				 errmsg("there are no pictures in the language \"%s\"",
						value_shown(code, strlen(code))),
				 errhint("The languages are 'en' (English) and 'pl' (Polish).")));
	return &english;
}

/* A number from the database in the manner of the language, with a real minus sign. */
char *
svg_number(const SvgLanguage *language, const char *number)
{
	StringInfoData out;

	initStringInfo(&out);
	for (; *number != '\0'; number++)
	{
		if (*number == '-')
			appendStringInfoString(&out, "\u2212");
		else if (*number == '.')
			appendStringInfoString(&out, language->decimal_point);
		else
			appendStringInfoChar(&out, *number);
	}
	return out.data;
}

/* A count with its thousands apart. */
char *
svg_count(const SvgLanguage *language, int64 count)
{
	char	   *digits = psprintf(INT64_FORMAT, count);
	size_t		length = strlen(digits);
	StringInfoData out;

	initStringInfo(&out);
	for (size_t i = 0; i < length; i++)
	{
		if (i > 0 && (length - i) % 3 == 0)
			appendStringInfoString(&out, language->thousands);
		appendStringInfoChar(&out, digits[i]);
	}
	return out.data;
}
