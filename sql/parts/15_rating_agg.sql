--
-- nps_agg: Net Promoter Score
--

CREATE AGGREGATE nps_agg(score smallint) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(smallint) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors '
'(0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the '
'scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score integer) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(integer) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors '
'(0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the '
'scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score bigint) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(bigint) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors '
'(0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the '
'scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score numeric) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(numeric) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors '
'(0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the '
'scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score double precision) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(double precision) IS
'Net Promoter Score of answers on 0..10, -100 to 100: percent of promoters (9-10) minus percent of detractors '
'(0-6). Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the '
'scale, 22023 for a fraction.';

CREATE AGGREGATE nps_agg(score smallint, weight double precision) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(smallint, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. '
'Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or '
'NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(score integer, weight double precision) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(integer, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. '
'Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or '
'NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(score bigint, weight double precision) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(bigint, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. '
'Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or '
'NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(score numeric, weight double precision) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(numeric, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. '
'Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or '
'NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(score double precision, weight double precision) (
	SFUNC = cxjourney_internal.nps_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.nps_accum, MINVFUNC = cxjourney_internal.nps_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(double precision, double precision) IS
'Net Promoter Score of weighted answers on 0..10, -100 to 100. NULL answers are left out, and no answers give NULL. '
'Error 22003 for a score outside the scale, 22023 for a fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or '
'NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE nps_agg(s rating_summary) (
	SFUNC = cxjourney_internal.rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = nps, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_combine, MINVFUNC = cxjourney_internal.rating_combine_inv,
	MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = nps
);
COMMENT ON AGGREGATE nps_agg(rating_summary) IS
'Net Promoter Score of stored summaries put together, -100 to 100: exactly that of all their answers. NULL '
'summaries are left out, and no answers give NULL. Error 22023 on any scale but 0..10.';


--
-- csat_agg: customer satisfaction
--

CREATE AGGREGATE csat_agg(score smallint) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(smallint) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, '
'and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(score integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(integer) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, '
'and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(score bigint) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(bigint) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, '
'and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(score numeric) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(numeric) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, '
'and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(score double precision) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(double precision) IS
'Customer satisfaction of answers on 1..5: percent of 4 and 5, 0 to 100. Exact numeric. NULL answers are left out, '
'and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE csat_agg(satisfied boolean) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(boolean) IS
'Customer satisfaction of thumbs up (true) and down (false): percent of true, 0 to 100. Exact numeric. NULL answers '
'are left out, and no answers give NULL.';

CREATE AGGREGATE csat_agg(score smallint, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(smallint, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, '
'the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a '
'score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need satisfied_from, and when '
'scales are mixed.';

CREATE AGGREGATE csat_agg(score integer, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(integer, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, '
'the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a '
'score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need satisfied_from, and when '
'scales are mixed.';

CREATE AGGREGATE csat_agg(score bigint, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(bigint, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, '
'the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a '
'score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need satisfied_from, and when '
'scales are mixed.';

CREATE AGGREGATE csat_agg(score numeric, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(numeric, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, '
'the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a '
'score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need satisfied_from, and when '
'scales are mixed.';

CREATE AGGREGATE csat_agg(score double precision, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(double precision, int4range) IS
'Customer satisfaction on any scale: percent of satisfied answers, 0 to 100: the top 2 points of a scale of 4 to 7, '
'the top point of 2 or 3. Exact numeric. NULL answers are left out, and no answers give NULL. Error 22003 for a '
'score outside the scale, 22023 for a fraction. Error 22023 for longer scales, which need satisfied_from, and when '
'scales are mixed.';

CREATE AGGREGATE csat_agg(score smallint, scale int4range, satisfied_from integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = cxjourney_internal.csat_state, SSPACE = 128,
	FINALFUNC = cxjourney_internal.csat_final, COMBINEFUNC = cxjourney_internal.csat_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv,
	MSTYPE = cxjourney_internal.csat_state, MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.csat_final
);
COMMENT ON AGGREGATE csat_agg(smallint, int4range, integer) IS
'Customer satisfaction on any scale: percent of answers with the score satisfied_from or higher, 0 to 100; '
'satisfied_from NULL is the rule of csat_agg(score, scale). Exact numeric. NULL answers are left out, and no '
'answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction, for a satisfied_from outside '
'the scale, and when it or the scale differs between answers. Weights: csat(rating_agg(score, scale, weight), '
'satisfied_from).';

CREATE AGGREGATE csat_agg(score integer, scale int4range, satisfied_from integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = cxjourney_internal.csat_state, SSPACE = 128,
	FINALFUNC = cxjourney_internal.csat_final, COMBINEFUNC = cxjourney_internal.csat_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv,
	MSTYPE = cxjourney_internal.csat_state, MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.csat_final
);
COMMENT ON AGGREGATE csat_agg(integer, int4range, integer) IS
'Customer satisfaction on any scale: percent of answers with the score satisfied_from or higher, 0 to 100; '
'satisfied_from NULL is the rule of csat_agg(score, scale). Exact numeric. NULL answers are left out, and no '
'answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction, for a satisfied_from outside '
'the scale, and when it or the scale differs between answers. Weights: csat(rating_agg(score, scale, weight), '
'satisfied_from).';

CREATE AGGREGATE csat_agg(score bigint, scale int4range, satisfied_from integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = cxjourney_internal.csat_state, SSPACE = 128,
	FINALFUNC = cxjourney_internal.csat_final, COMBINEFUNC = cxjourney_internal.csat_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv,
	MSTYPE = cxjourney_internal.csat_state, MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.csat_final
);
COMMENT ON AGGREGATE csat_agg(bigint, int4range, integer) IS
'Customer satisfaction on any scale: percent of answers with the score satisfied_from or higher, 0 to 100; '
'satisfied_from NULL is the rule of csat_agg(score, scale). Exact numeric. NULL answers are left out, and no '
'answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction, for a satisfied_from outside '
'the scale, and when it or the scale differs between answers. Weights: csat(rating_agg(score, scale, weight), '
'satisfied_from).';

CREATE AGGREGATE csat_agg(score numeric, scale int4range, satisfied_from integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = cxjourney_internal.csat_state, SSPACE = 128,
	FINALFUNC = cxjourney_internal.csat_final, COMBINEFUNC = cxjourney_internal.csat_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv,
	MSTYPE = cxjourney_internal.csat_state, MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.csat_final
);
COMMENT ON AGGREGATE csat_agg(numeric, int4range, integer) IS
'Customer satisfaction on any scale: percent of answers with the score satisfied_from or higher, 0 to 100; '
'satisfied_from NULL is the rule of csat_agg(score, scale). Exact numeric. NULL answers are left out, and no '
'answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction, for a satisfied_from outside '
'the scale, and when it or the scale differs between answers. Weights: csat(rating_agg(score, scale, weight), '
'satisfied_from).';

CREATE AGGREGATE csat_agg(score double precision, scale int4range, satisfied_from integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = cxjourney_internal.csat_state, SSPACE = 128,
	FINALFUNC = cxjourney_internal.csat_final, COMBINEFUNC = cxjourney_internal.csat_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv,
	MSTYPE = cxjourney_internal.csat_state, MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.csat_final
);
COMMENT ON AGGREGATE csat_agg(double precision, int4range, integer) IS
'Customer satisfaction on any scale: percent of answers with the score satisfied_from or higher, 0 to 100; '
'satisfied_from NULL is the rule of csat_agg(score, scale). Exact numeric. NULL answers are left out, and no '
'answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction, for a satisfied_from outside '
'the scale, and when it or the scale differs between answers. Weights: csat(rating_agg(score, scale, weight), '
'satisfied_from).';

CREATE AGGREGATE csat_agg(s rating_summary) (
	SFUNC = cxjourney_internal.rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = csat, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_combine, MINVFUNC = cxjourney_internal.rating_combine_inv,
	MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = csat
);
COMMENT ON AGGREGATE csat_agg(rating_summary) IS
'Customer satisfaction of stored summaries put together, 0 to 100: exactly that of all their answers. NULL '
'summaries are left out, and no answers give NULL. Error 22023 for scales longer than 7 and when scales are mixed.';

CREATE AGGREGATE csat_agg(s rating_summary, satisfied_from integer) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = cxjourney_internal.csat_state, SSPACE = 128,
	FINALFUNC = cxjourney_internal.csat_final, COMBINEFUNC = cxjourney_internal.csat_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv,
	MSTYPE = cxjourney_internal.csat_state, MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.csat_final
);
COMMENT ON AGGREGATE csat_agg(rating_summary, integer) IS
'Customer satisfaction of stored summaries put together, 0 to 100: exactly the percent of all their answers with '
'the score satisfied_from or higher; satisfied_from NULL is the rule of csat(rating_summary). NULL and empty '
'summaries are left out, and no answers give NULL. Error 22023 for a satisfied_from outside the scale, and when it '
'or the scale differs between summaries.';


--
-- ces_agg: customer effort score
--

CREATE AGGREGATE ces_agg(score smallint) (
	SFUNC = cxjourney_internal.ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.ces_accum, MINVFUNC = cxjourney_internal.ces_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(smallint) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are '
'left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score integer) (
	SFUNC = cxjourney_internal.ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.ces_accum, MINVFUNC = cxjourney_internal.ces_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(integer) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are '
'left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score bigint) (
	SFUNC = cxjourney_internal.ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.ces_accum, MINVFUNC = cxjourney_internal.ces_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(bigint) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are '
'left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score numeric) (
	SFUNC = cxjourney_internal.ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.ces_accum, MINVFUNC = cxjourney_internal.ces_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(numeric) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are '
'left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score double precision) (
	SFUNC = cxjourney_internal.ces_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.ces_accum, MINVFUNC = cxjourney_internal.ces_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(double precision) IS
'Customer effort score of answers on 1..7: the mean, 1 to 7, high = easy (CES 2.0). Exact numeric. NULL answers are '
'left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score smallint, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(smallint, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score integer, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(integer, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score bigint, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(bigint, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score numeric, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(numeric, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(score double precision, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(double precision, int4range) IS
'Customer effort score on any scale: the mean, in units of the scale. Exact numeric. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE ces_agg(s rating_summary) (
	SFUNC = cxjourney_internal.rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = ces, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_combine, MINVFUNC = cxjourney_internal.rating_combine_inv,
	MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = ces
);
COMMENT ON AGGREGATE ces_agg(rating_summary) IS
'Customer effort score of stored summaries put together, in units of their scale: exactly the mean of all their '
'answers. NULL summaries are left out, and no answers give NULL. Error 22023 when scales are mixed.';


--
-- rating_agg: the summary itself, to store and to read later
--

CREATE AGGREGATE rating_agg(score smallint, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(smallint, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(score integer, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(integer, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(score bigint, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(bigint, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(score numeric, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(numeric, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(score double precision, scale int4range) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(double precision, int4range) IS
'How often each score was given, as a rating_summary that can be stored and merged. NULL answers are left out, and '
'no answers give NULL. Error 22003 for a score outside the scale, 22023 for a fraction.';

CREATE AGGREGATE rating_agg(satisfied boolean) (
	SFUNC = cxjourney_internal.csat_accum, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.csat_accum, MINVFUNC = cxjourney_internal.csat_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(boolean) IS
'Thumbs up (true) and down (false) as a rating_summary on 0..1: true is the score 1. NULL answers are left out, and '
'no answers give NULL.';

CREATE AGGREGATE rating_agg(score smallint, scale int4range, weight double precision) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(smallint, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. '
'NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a '
'fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(score integer, scale int4range, weight double precision) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(integer, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. '
'NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a '
'fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(score bigint, scale int4range, weight double precision) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(bigint, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. '
'NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a '
'fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(score numeric, scale int4range, weight double precision) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(numeric, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. '
'NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a '
'fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(score double precision, scale int4range, weight double precision) (
	SFUNC = cxjourney_internal.rating_accum, STYPE = rating_summary, SSPACE = 512,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_accum, MINVFUNC = cxjourney_internal.rating_accum_inv, MSTYPE = rating_summary,
	MSSPACE = 512,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(double precision, int4range, double precision) IS
'How often each score was given and what those answers weigh, as a rating_summary that can be stored and merged. '
'NULL answers are left out, and no answers give NULL. Error 22003 for a score outside the scale, 22023 for a '
'fraction. A weight is 0 to 10^6, kept to 9 decimals; 0 or NULL leaves the answer out; error 22003 outside.';

CREATE AGGREGATE rating_agg(s rating_summary) (
	SFUNC = cxjourney_internal.rating_combine, STYPE = rating_summary, SSPACE = 128,
	FINALFUNC = cxjourney_internal.rating_final, COMBINEFUNC = cxjourney_internal.rating_combine, PARALLEL = SAFE,
	MSFUNC = cxjourney_internal.rating_combine, MINVFUNC = cxjourney_internal.rating_combine_inv,
	MSTYPE = rating_summary, MSSPACE = 128,
	MFINALFUNC = cxjourney_internal.rating_final
);
COMMENT ON AGGREGATE rating_agg(rating_summary) IS
'Stored summaries put together: exactly the summary of all their answers. NULL summaries are left out, and no '
'answers give NULL. Error 22023 when scales or weighted and unweighted summaries are mixed.';

