/*
 * terms_json.c
 *		A term_summary as JSON:
 *
 *		{"terms": [{"term": "nie", "comments": 2}, {"term": "nie poleca", "comments": 1}],
 *		 "comments": 3}
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "terms/terms_datum.h"

static const ValueJsonPart term[] = {
	VJ_QUOTED("term"), VJ_LITERAL(" = "), VJ_NUMBER("comments"), VJ_END
};

static const ValueJsonPart summary[] = {
	VJ_LITERAL("{"), VJ_LIST("terms", "}", term), VJ_LITERAL(" in "), VJ_NUMBER("comments"),
	VJ_LITERAL(" comments"), VJ_END
};

const ValueJson terms_json = {
	"term_summary",
	"{\"terms\": [{\"term\": \"fast\", \"comments\": 1}], \"comments\": 1}",
	summary
};

VALUE_JSON_CASTS(terms, terms_out, terms_json);
