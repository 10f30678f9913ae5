# Writes the reference values of waits: curves, limits, percentiles and log-rank tests.
#
# Writes:    test/sql/survival_reference.sql
# Run:       Rscript test/reference/make_survival_reference.R
# Needs:     Debian packages r-base-core, r-cran-survival (made with R 4.2.2, survival 3.5-3)
#
# The acute myelogenous leukaemia data that come with R, and random waits in whole days: ties, no censoring, everybody
# censored, waits of years. Percentiles are those of quantile(), of the fractions in `fractions`.

library(survival)
set.seed(19580630)
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))
fractions <- c(0, 0.01, 0.1, 0.25, 0.5, 0.625, 0.75, 0.9, 1)

random <- function(n, days, censored) data.frame(time = floor(rexp(n, 1 / days)), status = as.numeric(runif(n) >= censored))
maintained <- aml[aml$x == "Maintained", c("time", "status")]
not_maintained <- aml[aml$x == "Nonmaintained", c("time", "status")]
stopifnot(abs(survdiff(Surv(time, status) ~ x, aml)$chisq - 3.39639) < 1e-5)

groups <- list(maintained = maintained, "not maintained" = not_maintained,
               "many ties" = random(300, 5, 0.3), "fewer ties" = random(200, 40, 0.5),
               "weeks and months" = random(120, 70, 0.2), "years" = random(120, 900, 0.4),
               "nobody censored" = random(16, 30, 0), "all censored" = random(20, 30, 1),
               "one" = data.frame(time = 7, status = 1), "the last one censored" = data.frame(time = 1:4, status = c(1, 1, 1, 0)),
               "half, then nothing" = data.frame(time = c(1, 2, 3, 9), status = c(1, 1, 0, 0)),
               "flat at a half" = data.frame(time = c(1, 2, 5, 9), status = 1),
               "from nothing to 20 years" = data.frame(time = c(0, 0, 0, 1, 63, 64, 65, 101, 102, 7303, 7304),
                                                       status = c(1, 1, 0, 1, 1, 1, 0, 1, 1, 1, 1)))
fits <- lapply(groups, function(g) survfit(Surv(time, status) ~ 1, g, conf.type = "log-log"))

number <- function(x) ifelse(is.na(x), "NULL", sub("\\.$", "", sub("0+$", "", sprintf("%.11f", x))))
lines_of <- function(f) paste0(paste(unlist(lapply(names(groups), f)), collapse = ",\n"), ";")
wait_lines <- function(name) {
    counts <- aggregate(list(n = groups[[name]]$time), groups[[name]][c("time", "status")], length)
    rows <- sprintf("%d,%s,%d", counts$time, ifelse(counts$status == 1, "t", "f"), counts$n)
    rows <- tapply(rows, (seq_along(rows) - 1) %/% 8, paste, collapse = " ")
    sprintf("('%s', '%s')", name, rows)
}
curve_lines <- function(name) {
    f <- fits[[name]]
    known <- f$surv > 0 & f$surv < 1
    sprintf("('%s', %d, %d, %d, %d, %s, %s, %s)", name, as.integer(f$time), as.integer(f$n.risk), as.integer(f$n.event),
            as.integer(f$n.censor), number(f$surv), number(ifelse(known, f$lower, NA)), number(ifelse(known, f$upper, NA)))
}
percentile_lines <- function(name) sprintf("('%s', %s, %s)", name, number(fractions),
                                           number(quantile(fits[[name]], fractions, conf.int = FALSE)))
test_line <- function(a, b) {
    together <- rbind(cbind(groups[[a]], g = 1), cbind(groups[[b]], g = 2))
    d <- survdiff(Surv(time, status) ~ g, together)
    known <- d$var[1, 1] > 0
    sprintf("('%s', '%s', %s, %s)", a, b, if (known) sprintf("%.15g", d$chisq) else "NULL",
            if (known) sprintf("%.15g", pchisq(d$chisq, 1, lower.tail = FALSE)) else "NULL")
}
pairs <- combn(names(groups)[1:9], 2)

out <- c("--", "-- Waits against reference values to 1e-9.  Written by test/reference/make_survival_reference.R from R's survival",
    "-- package; do not edit.", "--",
    "-- waits in whole days: \"days,reached,how many\"",
    "CREATE TEMP TABLE wait (name text, list text);",
    "INSERT INTO wait VALUES", lines_of(wait_lines),
    "CREATE TEMP TABLE curve (name text, days int, at_risk int, reached int, censored int, share numeric, low numeric,",
    "\thigh numeric);",
    "INSERT INTO curve VALUES", lines_of(curve_lines),
    "CREATE TEMP TABLE percentile (name text, q double precision, days numeric);",
    "INSERT INTO percentile VALUES", lines_of(percentile_lines),
    "CREATE TEMP TABLE test (a text, b text, statistic double precision, p_value double precision);",
    "INSERT INTO test VALUES", paste0(paste(apply(pairs, 2, function(p) test_line(p[1], p[2])), collapse = ",\n"), ";"),
    "",
    "CREATE TEMP TABLE got AS",
    "SELECT name, survival_agg(days * interval '1 day', is_reached) AS s",
    "  FROM (SELECT name, (p[1])::int AS days, (p[2])::boolean AS is_reached, (p[3])::int AS many",
    "          FROM wait, regexp_split_to_table(list, ' ') AS part, string_to_array(part, ',') AS p) AS w,",
    "       generate_series(1, many) GROUP BY name;",
    "SELECT count(*) AS rows, count(DISTINCT c.name) AS groups, count(*) FILTER (",
    "\t\tWHERE r.at_risk IS DISTINCT FROM c.at_risk",
    "\t\tOR r.reached IS DISTINCT FROM c.reached OR r.censored IS DISTINCT FROM c.censored",
    "\t\tOR r.time IS DISTINCT FROM c.days * interval '1 day') AS wrong_counts,",
    "       count(*) FILTER (WHERE abs(100 - r.share - 100 * c.share) < 1e-9) AS shares,",
    "       count(*) FILTER (WHERE abs(100 - r.low - 100 * c.high) < 1e-9 AND abs(100 - r.high - 100 * c.low) < 1e-9)",
    "\t\tAS limits,",
    "       count(*) FILTER (WHERE r.low IS NULL AND r.high IS NULL AND c.low IS NULL AND c.high IS NULL) AS no_limits",
    "  FROM curve AS c FULL JOIN (SELECT * FROM got, survival_curve(s)) AS r",
    "    ON c.name = r.name AND c.days * interval '1 day' = r.time;",
    "SELECT count(*) AS percentiles, count(days) AS known,",
    "       count(*) FILTER (WHERE survival_percentile(s, q) IS DISTINCT FROM days * interval '1 day') AS wrong",
    "  FROM percentile JOIN got USING (name);",
    "SELECT count(*) AS tests, count(t.statistic) AS known,",
    "       count(*) FILTER (WHERE abs(r.statistic - t.statistic) < 1e-9 * greatest(1, t.statistic)",
    "\t\tAND abs(r.p_value - t.p_value) < 1e-9 AND abs(r.p_value / t.p_value - 1) < 1e-7) AS equal,",
    "       count(*) FILTER (WHERE r.statistic IS NULL AND r.p_value IS NULL AND t.statistic IS NULL) AS none,",
    "       count(*) FILTER (WHERE abs(r.statistic - x.statistic) > 1e-9) AS not_symmetrical",
    "  FROM test AS t JOIN got AS a ON a.name = t.a JOIN got AS b ON b.name = t.b, survival_test(a.s, b.s) AS r,",
    "       survival_test(b.s, a.s) AS x;")
writeLines(out, file.path(here, "..", "sql", "survival_reference.sql"))
cat(length(groups), "groups\n")
