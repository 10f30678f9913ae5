/*
 * contrast_json.c
 *		A journey_contrast as JSON:
 *
 *		{"path": "search > payment", "within": "30 days", "landmark": "7 days",
 *		 "too_recent": 3, "converted_early": 5, "reached": 120, "missed": 880,
 *		 "stages": [{"stage": "chat", "reached": 30, "missed": 50}]}
 */
#include "postgres.h"

#include "fmgr.h"
#include "utils/builtins.h"

#include "contrast/contrast_datum.h"

static const ValueJsonPart stage[] = {
	VJ_LABEL("stage", NULL), VJ_LITERAL(" = "), VJ_NUMBER("reached"), VJ_LITERAL(" + "),
	VJ_NUMBER("missed"), VJ_END
};

static const ValueJsonPart contrast[] = {
	VJ_LITERAL("{"), VJ_WORD("path", ";"), VJ_LITERAL("; within "), VJ_WORD("within", ";"),
	VJ_LITERAL("; landmark "), VJ_WORD("landmark", ";"), VJ_LITERAL("; too recent "),
	VJ_NUMBER("too_recent"), VJ_LITERAL(", early "), VJ_NUMBER("converted_early"),
	VJ_LITERAL(", reached "), VJ_NUMBER("reached"), VJ_LITERAL(", missed "), VJ_NUMBER("missed"),
	VJ_LITERAL("; ["), VJ_LIST("stages", "]", stage), VJ_LITERAL("}"), VJ_END
};

const ValueJson contrast_json = {
	"journey_contrast",
	"{\"path\": \"search > payment\", \"within\": \"30 days\", \"landmark\": \"7 days\", "
	"\"too_recent\": 0, \"converted_early\": 0, \"reached\": 2, \"missed\": 3, "
	"\"stages\": [{\"stage\": \"chat\", \"reached\": 1, \"missed\": 2}]}",
	contrast
};

VALUE_JSON_CASTS(journey_contrast, contrast_out, contrast_json);
