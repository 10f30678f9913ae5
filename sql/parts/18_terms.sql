--
-- The words of comments: comment_terms, and the type term_summary: in how many comments each term stands
--

CREATE FUNCTION comment_terms(comment text, language text DEFAULT 'simple', pairs boolean DEFAULT false)
	RETURNS tsvector
	AS 'MODULE_PATHNAME', 'comment_terms' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION comment_terms(text, text, boolean) IS
'The words of a comment, for term_agg, in lower case and without diacritics, the same in every encoding and locale. '
'language: ''pl'' keeps the first six letters of a word, ''en'' takes the s of plurals away (Harman''s S stemmer), '
'''simple'' keeps words as they are. No word is left out for meaning little: nie and not are words. With pairs also '
'each two words with nothing but blanks, hyphens or quotation marks between them, as one term: nie poleca. An '
'apostrophe in a word is dropped, an emoji is a word. Without positions; words of more than 2046 bytes are left out. '
'NULL when an argument is. Error 22023 for another language (use to_tsvector with a text search configuration '
'instead), 54000 past one megabyte of terms.';

CREATE TYPE term_summary;

CREATE FUNCTION cxjourney_internal.term_summary_in(cstring) RETURNS term_summary
	AS 'MODULE_PATHNAME', 'terms_in' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_in(cstring) IS
'Reads the text form of a term_summary, such as {fast = 2, "very fast" = 1} in 3 comments: each term with the comments '
'that it stands in, and how many comments there are. Terms in any order; those that come twice are added up. Error '
'22P02, 54000 for a term of more than 2047 bytes, 22003 past 9223372036854775807 terms.';

CREATE FUNCTION cxjourney_internal.term_summary_out(term_summary) RETURNS cstring
	AS 'MODULE_PATHNAME', 'terms_out' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_out(term_summary) IS
'Writes the text form of a term_summary, exact and free of every setting, in the order of the bytes of the terms, '
'which are quoted where they need it. It has all terms, rare ones too: it is as confidential as the comments.';

CREATE FUNCTION cxjourney_internal.term_summary_recv(internal) RETURNS term_summary
	AS 'MODULE_PATHNAME', 'terms_recv' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_recv(internal) IS
'Reads the binary form of a term_summary. Error 22P03, 22003 past 9223372036854775807 terms.';

CREATE FUNCTION cxjourney_internal.term_summary_send(term_summary) RETURNS bytea
	AS 'MODULE_PATHNAME', 'terms_send' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_send(term_summary) IS
'Writes the binary form of a term_summary, with all terms: it is as confidential as the comments.';

CREATE TYPE term_summary (
	INPUT = cxjourney_internal.term_summary_in,
	OUTPUT = cxjourney_internal.term_summary_out,
	RECEIVE = cxjourney_internal.term_summary_recv,
	SEND = cxjourney_internal.term_summary_send,
	INTERNALLENGTH = VARIABLE,
	ALIGNMENT = double,
	STORAGE = extended
);
COMMENT ON TYPE term_summary IS
'In how many comments each term stands, exactly. Built by term_agg(tsvector), merged by term_agg(term_summary), + and '
'-, read by terms, term_contrast and sentiment. It holds every term, also one that a single customer wrote, such as a '
'name or a number: it is as confidential as the comments are. Grant it to those who may read them; the readers show '
'terms of at least five comments.';

CREATE FUNCTION cxjourney_internal.term_summary_eq(term_summary, term_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'terms_eq' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_eq(term_summary, term_summary) IS
'The operator =.';

CREATE FUNCTION cxjourney_internal.term_summary_ne(term_summary, term_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'terms_ne' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_ne(term_summary, term_summary) IS
'The operator <>.';

CREATE FUNCTION cxjourney_internal.term_summary_lt(term_summary, term_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'terms_lt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_lt(term_summary, term_summary) IS
'The operator <.';

CREATE FUNCTION cxjourney_internal.term_summary_le(term_summary, term_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'terms_le' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_le(term_summary, term_summary) IS
'The operator <=.';

CREATE FUNCTION cxjourney_internal.term_summary_gt(term_summary, term_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'terms_gt' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_gt(term_summary, term_summary) IS
'The operator >.';

CREATE FUNCTION cxjourney_internal.term_summary_ge(term_summary, term_summary) RETURNS boolean
	AS 'MODULE_PATHNAME', 'terms_ge' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_ge(term_summary, term_summary) IS
'The operator >=.';

CREATE FUNCTION cxjourney_internal.term_summary_cmp(term_summary, term_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'terms_cmp' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_cmp(term_summary, term_summary) IS
'Comparison function of the btree operator class: -1, 0 or 1, by content.';

CREATE FUNCTION cxjourney_internal.term_summary_hash(term_summary) RETURNS integer
	AS 'MODULE_PATHNAME', 'terms_hash' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_hash(term_summary) IS
'Hash function of the hash operator class.';

CREATE FUNCTION cxjourney_internal.term_summary_hash_extended(term_summary, bigint) RETURNS bigint
	AS 'MODULE_PATHNAME', 'terms_hash_extended' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_hash_extended(term_summary, bigint) IS
'Hash function with a seed of the hash operator class.';

CREATE FUNCTION cxjourney_internal.term_summary_plus(term_summary, term_summary) RETURNS term_summary
	AS 'MODULE_PATHNAME', 'terms_plus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_plus(term_summary, term_summary) IS
'The operator +. Error 22003 past 9223372036854775807 terms, 54000 past one gigabyte.';

CREATE FUNCTION cxjourney_internal.term_summary_minus(term_summary, term_summary) RETURNS term_summary
	AS 'MODULE_PATHNAME', 'terms_minus' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_minus(term_summary, term_summary) IS
'The operator -. Error 22003 when the right summary is no part of the left one.';

CREATE OPERATOR = (
	LEFTARG = term_summary, RIGHTARG = term_summary,
	FUNCTION = cxjourney_internal.term_summary_eq,
	COMMUTATOR = =, NEGATOR = <>,
	RESTRICT = eqsel, JOIN = eqjoinsel,
	HASHES, MERGES
);
COMMENT ON OPERATOR = (term_summary, term_summary) IS
'Same terms in as many comments.';

CREATE OPERATOR <> (
	LEFTARG = term_summary, RIGHTARG = term_summary,
	FUNCTION = cxjourney_internal.term_summary_ne,
	COMMUTATOR = <>, NEGATOR = =,
	RESTRICT = neqsel, JOIN = neqjoinsel
);
COMMENT ON OPERATOR <> (term_summary, term_summary) IS
'Other terms or other numbers of comments.';

CREATE OPERATOR + (
	LEFTARG = term_summary, RIGHTARG = term_summary,
	FUNCTION = cxjourney_internal.term_summary_plus,
	COMMUTATOR = +
);
COMMENT ON OPERATOR + (term_summary, term_summary) IS
'The comments of both. Error 22003 past 9223372036854775807 terms, 54000 past one gigabyte.';

CREATE OPERATOR - (
	LEFTARG = term_summary, RIGHTARG = term_summary,
	FUNCTION = cxjourney_internal.term_summary_minus
);
COMMENT ON OPERATOR - (term_summary, term_summary) IS
'The comments of the left summary without those of the right one, such as a comment of its own: s - '
'term_summary(comment). Terms that are in no comment any more vanish. Error 22003 when they were not among them.';

CREATE OPERATOR < (
	LEFTARG = term_summary, RIGHTARG = term_summary,
	FUNCTION = cxjourney_internal.term_summary_lt,
	COMMUTATOR = >, NEGATOR = >=,
	RESTRICT = scalarltsel, JOIN = scalarltjoinsel
);
COMMENT ON OPERATOR < (term_summary, term_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR <= (
	LEFTARG = term_summary, RIGHTARG = term_summary,
	FUNCTION = cxjourney_internal.term_summary_le,
	COMMUTATOR = >=, NEGATOR = >,
	RESTRICT = scalarlesel, JOIN = scalarlejoinsel
);
COMMENT ON OPERATOR <= (term_summary, term_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR > (
	LEFTARG = term_summary, RIGHTARG = term_summary,
	FUNCTION = cxjourney_internal.term_summary_gt,
	COMMUTATOR = <, NEGATOR = <=,
	RESTRICT = scalargtsel, JOIN = scalargtjoinsel
);
COMMENT ON OPERATOR > (term_summary, term_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR >= (
	LEFTARG = term_summary, RIGHTARG = term_summary,
	FUNCTION = cxjourney_internal.term_summary_ge,
	COMMUTATOR = <=, NEGATOR = <,
	RESTRICT = scalargesel, JOIN = scalargejoinsel
);
COMMENT ON OPERATOR >= (term_summary, term_summary) IS
'Order by content, for sorting and grouping only; it says nothing about which is better.';

CREATE OPERATOR CLASS term_summary_ops
	DEFAULT FOR TYPE term_summary USING btree AS
		OPERATOR 1 <,
		OPERATOR 2 <=,
		OPERATOR 3 =,
		OPERATOR 4 >=,
		OPERATOR 5 >,
		FUNCTION 1 cxjourney_internal.term_summary_cmp(term_summary, term_summary);
COMMENT ON OPERATOR CLASS term_summary_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of term_summary, by content.';
COMMENT ON OPERATOR FAMILY term_summary_ops USING btree IS
'Sorting, grouping, DISTINCT and unique indexes of term_summary, by content.';

CREATE OPERATOR CLASS term_summary_ops
	DEFAULT FOR TYPE term_summary USING hash AS
		OPERATOR 1 =,
		FUNCTION 1 cxjourney_internal.term_summary_hash(term_summary),
		FUNCTION 2 cxjourney_internal.term_summary_hash_extended(term_summary, bigint);
COMMENT ON OPERATOR CLASS term_summary_ops USING hash IS
'Hash joins, grouping and indexes of term_summary.';
COMMENT ON OPERATOR FAMILY term_summary_ops USING hash IS
'Hash joins, grouping and indexes of term_summary.';

CREATE FUNCTION term_summary(comment tsvector) RETURNS term_summary
	AS 'MODULE_PATHNAME', 'terms_of_comment' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION term_summary(tsvector) IS
'The summary of one comment, so that it can be taken out of one that it is in: s - term_summary(comment). Without a '
'word {} in 0 comments, NULL for NULL. It is as confidential as the comment.';

CREATE FUNCTION cxjourney_internal.term_summary_accum(term_summary, tsvector) RETURNS term_summary
	AS 'MODULE_PATHNAME', 'terms_accum' LANGUAGE C IMMUTABLE PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_accum(term_summary, tsvector) IS
'State function of term_agg(tsvector). Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.term_summary_combine(term_summary, term_summary) RETURNS term_summary
	AS 'MODULE_PATHNAME', 'terms_combine' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_combine(term_summary, term_summary) IS
'State and combine function of term_agg. Error 0A000 outside an aggregate.';

CREATE FUNCTION cxjourney_internal.term_summary_final(term_summary) RETURNS term_summary
	AS 'MODULE_PATHNAME', 'terms_final' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION cxjourney_internal.term_summary_final(term_summary) IS
'Final function of term_agg: packs the state; NULL without any comment.';

CREATE AGGREGATE term_agg(comment tsvector) (
	SFUNC = cxjourney_internal.term_summary_accum, STYPE = term_summary, SSPACE = 65536,
	FINALFUNC = cxjourney_internal.term_summary_final, COMBINEFUNC = cxjourney_internal.term_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE term_agg(tsvector) IS
'In how many comments each term stands: a comment is a tsvector, of comment_terms or of to_tsvector, and a term counts '
'once in it. NULLs and comments without a term are left out; NULL without any. The same in any order. Its value holds '
'every term, also one that a single customer wrote: it is as confidential as the comments. Error 22003 past '
'9223372036854775807 terms, 54000 past one gigabyte.';

CREATE AGGREGATE term_agg(summary term_summary) (
	SFUNC = cxjourney_internal.term_summary_combine, STYPE = term_summary, SSPACE = 65536,
	FINALFUNC = cxjourney_internal.term_summary_final, COMBINEFUNC = cxjourney_internal.term_summary_combine,
	PARALLEL = SAFE
);
COMMENT ON AGGREGATE term_agg(term_summary) IS
'Summaries added up, the same in any order. NULLs are left out; NULL without any comment. As confidential as the '
'comments. Error 22003 past 9223372036854775807 terms, 54000 past one gigabyte.';

CREATE FUNCTION terms(summary term_summary, most integer DEFAULT NULL, minimum integer DEFAULT 5,
		OUT term text, OUT comments bigint, OUT share numeric)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'terms_list' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 100;
COMMENT ON FUNCTION terms(term_summary, integer, integer) IS
'The terms of at least minimum comments (NULL: 5), most comments first, then in the order of their bytes; at most so '
'many (NULL: all): how many comments have the term, and their share of all comments with a term (percent, above 0 to '
'100). A term of few comments may be a name: with minimum below 5, mind who reads it. No rows for NULL; error 22023 '
'for most or minimum below 1.';

CREATE FUNCTION term_contrast(a term_summary, b term_summary, minimum integer DEFAULT 5,
		OUT term text, OUT comments_a bigint, OUT comments_b bigint, OUT share_a numeric, OUT share_b numeric,
		OUT log_odds double precision, OUT z double precision, OUT p_value double precision)
	RETURNS SETOF record
	AS 'MODULE_PATHNAME', 'terms_compare' LANGUAGE C IMMUTABLE PARALLEL SAFE ROWS 100;
COMMENT ON FUNCTION term_contrast(term_summary, term_summary, integer) IS
'How the words of one group differ from another''s: the terms that at least minimum comments of both together have '
'(NULL: 5), most typical of a first, those of b last. Comments and their shares of the comments of each side (percent; '
'NULL for a side without any); the log odds ratio with the counts of both as prior, its z and two-sided p-value '
'(Monroe, Colaresi and Quinn 2008), above 0 for a. NULL for the only term there is. All terms enter the sums, also '
'those that are not shown. A term of few comments may be a name: with minimum below 5, mind who reads it. No rows when '
'a or b is NULL; error 22023 for minimum below 1.';

CREATE FUNCTION sentiment(good term_summary, bad term_summary, comment tsvector) RETURNS double precision
	AS 'MODULE_PATHNAME', 'terms_sentiment' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE COST 10;
COMMENT ON FUNCTION sentiment(term_summary, term_summary, tsvector) IS
'Whose comment it is more like, from -1 (bad) to 1 (good), learned from the comments of both sides: naive Bayes with '
'Laplace''s correction over the words of the comment that either side knows, both sides being equally likely before. '
'NULL when neither knows any, or an argument is NULL. A comment must not be judged by itself: leave it out, as in '
'sentiment(good - term_summary(comment), bad, comment) for one of the good side. Weigh words of one language alike: '
'all three arguments from the same function.';

--
-- JSON
--

CREATE FUNCTION term_summary_to_json(term_summary) RETURNS json
	AS 'MODULE_PATHNAME', 'terms_to_json' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION term_summary_to_json(term_summary) IS
'{"terms": [{"term": "fast", "comments": 2}], "comments": 3}: all terms with the comments that have them, and how many '
'comments there are. It has rare terms, too: it is as confidential as the comments. It is what to_jsonb, row_to_json '
'and json_agg use.';

CREATE FUNCTION term_summary_to_jsonb(term_summary) RETURNS jsonb
	AS 'MODULE_PATHNAME', 'terms_to_jsonb' LANGUAGE C IMMUTABLE STRICT PARALLEL SAFE;
COMMENT ON FUNCTION term_summary_to_jsonb(term_summary) IS
'{"terms": [{"term": "fast", "comments": 2}], "comments": 3}: all terms with the comments that have them, and how many '
'comments there are. It has rare terms, too: it is as confidential as the comments.';

CREATE CAST (term_summary AS json) WITH FUNCTION term_summary_to_json(term_summary);
COMMENT ON CAST (term_summary AS json) IS
'All that the value says; see term_summary_to_json(term_summary).';

CREATE CAST (term_summary AS jsonb) WITH FUNCTION term_summary_to_jsonb(term_summary);
COMMENT ON CAST (term_summary AS jsonb) IS
'All that the value says; see term_summary_to_json(term_summary).';

CREATE CAST (json AS term_summary) WITH INOUT;
COMMENT ON CAST (json AS term_summary) IS
'Reads what the cast to json gives; the input function of term_summary reads it as well. Error 22P02 for other keys '
'or types, and the errors of the text form.';

CREATE CAST (jsonb AS term_summary) WITH INOUT;
COMMENT ON CAST (jsonb AS term_summary) IS
'Reads what the cast to jsonb gives; the input function of term_summary reads it as well. Error 22P02 for other '
'keys or types, and the errors of the text form.';

