/*
 * duration_json.c
 *		A duration_summary as JSON:
 *
 *		{"count": 3, "microseconds": 121, "sketch": "40+21"}
 *
 * or {} for none.  The sketch is that of the text form.
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "duration/duration_datum.h"

static const ValueJsonPart content[] = {
	VJ_NUMBER("count"), VJ_LITERAL(" in "), VJ_NUMBER("microseconds"), VJ_LITERAL("us ["),
	VJ_WORD("sketch", "]"), VJ_LITERAL("]"), VJ_END
};

static const ValueJsonPart summary[] = {
	VJ_LITERAL("{"), VJ_OPTION("", content), VJ_LITERAL("}"), VJ_END
};

const ValueJson duration_json = {
	"duration_summary", "{\"count\": 3, \"microseconds\": 121, \"sketch\": \"40+21\"}", summary
};

VALUE_JSON_CASTS(duration_summary, duration_summary_out, duration_json);
