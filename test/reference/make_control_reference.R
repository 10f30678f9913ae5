# Writes the reference values of control charts.
#
# Writes:    test/sql/control_reference.sql
# Run:       Rscript test/reference/make_control_reference.R
# Needs:     Debian package r-base-core (made with R 4.2.2)
#
# Every row is computed from the single answers, one at a time and by the definitions
# alone: the baseline of a row is put together anew, and the moving average runs from the
# first bucket again.  Before anything is written, the moving average of Montgomery's
# example (Introduction to Statistical Quality Control, table 9.1) must signal at 29 and 30.

set.seed(20020531)
here <- dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE)))

# What an answer counts, and the answers that are added when all are alike.
counted <- function(chart, score) switch(chart$metric,
    nps = ifelse(score >= 9, 100, ifelse(score >= 7, 0, -100)),
    csat = ifelse(score >= chart$satisfied, 100, 0),
    ces = score)
added <- function(chart) switch(chart$metric,
    nps = list(value = c(-100, 0, 100), weight = c(0.75, 1.5, 0.75)),
    csat = list(value = if (chart$satisfied > chart$scale[1]) c(0, 100) else c(100, 100), weight = c(2, 2)),
    ces = list(value = chart$scale, weight = c(1, 1)))
ends <- function(chart) switch(chart$metric, nps = c(-100, 100), csat = c(0, 100), ces = chart$scale)

# answers: a list of score and weight
measure <- function(chart, answers) {
    x <- counted(chart, answers$score)
    w <- answers$weight
    n <- sum(w)^2 / sum(w^2)
    centre <- sum(w * x) / sum(w)
    if (length(unique(x)) == 1) {
        more <- added(chart)
        x <- c(x[1], more$value)
        w <- c(n, more$weight)
    }
    list(value = centre, n = n, variance = sum(w * (x - sum(w * x) / sum(w))^2) / sum(w))
}

together <- function(buckets) list(score = unlist(lapply(buckets, `[[`, "score")),
                                   weight = unlist(lapply(buckets, `[[`, "weight")))

laney <- function(values, n, baseline) {
    z <- (values - baseline$value) / sqrt(baseline$variance / n)
    max(1, mean(abs(diff(z))) / 1.128)
}

# The moving average after each value, and the factor of its variance, from the centre on.
moving <- function(values, n, centre, lambda) {
    z <- centre
    v <- 0
    for (i in seq_along(values)) {
        z <- lambda * values[i] + (1 - lambda) * z
        v <- lambda^2 / n[i] + (1 - lambda)^2 * v
    }
    c(z, v)
}

clip <- function(x, bounds) pmin(pmax(x, bounds[1]), bounds[2])

is_run <- function(values, centre) {
    side <- sign(round(tail(values, 8) - centre, 9))
    length(side) == 8 && (all(side == 1) || all(side == -1))
}

chart_rows <- function(chart) {
    full <- which(vapply(chart$buckets, function(b) length(b$score) > 0, TRUE))
    parts <- lapply(chart$buckets[full], function(b) measure(chart, b))
    values <- vapply(parts, `[[`, 0, "value")
    n <- vapply(parts, `[[`, 0, "n")
    do.call(rbind, lapply(seq_along(full), function(i) {
        used <- min(i, 20)
        given <- !is.null(chart$baseline)
        baseline <- measure(chart, if (given) chart$baseline else together(chart$buckets[full[1:used]]))
        sigma <- if (!is.null(chart$dispersion)) chart$dispersion
            else if (given || i < 20) 1 else laney(values[1:20], n[1:20], baseline)
        reach <- chart$width * sigma * sqrt(baseline$variance)
        limits <- clip(baseline$value + c(-1, 1) * reach / sqrt(n[i]), ends(chart))
        average <- moving(values[1:i], n[1:i], baseline$value, chart$lambda)
        around <- clip(baseline$value + c(-1, 1) * reach * sqrt(average[2]), ends(chart))
        gap <- min(abs(c(values[i] - limits, average[1] - around)[c(limits, around) != rep(ends(chart), 2)]), Inf)
        if (gap < 1e-9) stop("a value too near to its limit to be compared")
        signal <- if (values[i] > limits[2]) "above" else if (values[i] < limits[1]) "below"
            else if (average[1] > around[2]) "rising" else if (average[1] < around[1]) "falling"
            else if (is_run(values[1:i], baseline$value)) "run" else NA
        provisional <- !given && i < 20
        data.frame(chart = chart$name, position = full[i], responses = length(chart$buckets[[full[i]]]$score),
                   value = values[i], centre = baseline$value, low = limits[1], high = limits[2],
                   ewma = average[1], ewma_low = around[1], ewma_high = around[2],
                   signal = if (provisional) NA else signal, provisional = provisional)
    }))
}

# ---- Montgomery's example ----

montgomery <- c(9.45, 7.99, 9.29, 11.66, 12.16, 10.18, 8.04, 11.46, 9.20, 10.34, 9.03, 11.47, 10.51, 9.40, 10.08,
                9.37, 10.62, 10.31, 8.52, 10.84, 10.90, 9.33, 12.29, 11.50, 10.60, 11.08, 10.38, 11.62, 11.31, 10.52)
outside <- which(vapply(seq_along(montgomery), function(i) {
    m <- moving(montgomery[1:i], rep(1, i), 10, 0.1)
    abs(m[1] - 10) > 2.7 * sqrt(m[2])
}, TRUE))
stopifnot(identical(outside, 29:30))

# ---- Charts ----

draw <- function(n, scale, p, weighted = FALSE) list(
    score = scale[1] - 1 + sample(length(p), n, TRUE, p),
    weight = if (weighted) sample(1:400, n, TRUE) / 100 else rep(1, n))
new_chart <- function(name, metric, scale, buckets, lambda = 0.2, width = 3, satisfied = scale[2] - 1, satisfied_from = NULL,
                      baseline = NULL, dispersion = NULL, weighted = FALSE)
    list(name = name, metric = metric, scale = scale, buckets = buckets, lambda = lambda, width = width,
         satisfied = if (is.null(satisfied_from)) satisfied else satisfied_from, satisfied_from = satisfied_from,
         baseline = baseline, dispersion = dispersion, weighted = weighted)

tilt <- function(points, t) { p <- exp(t * seq_len(points) / points); p / sum(p) }
buckets_of <- function(ts, points, scale, sizes, weighted = FALSE)
    lapply(ts, function(t) draw(sample(sizes, 1), scale, tilt(points, t), weighted))

eleven <- c(0, 10); five <- c(1, 5); seven <- c(1, 7); ten <- c(1, 10)
alike <- function(sizes, score, weighted = FALSE) lapply(sizes, function(n)
    list(score = rep(score, n), weight = if (weighted) sample(1:400, n, TRUE) / 100 else rep(1, n)))
gaps <- buckets_of(rep(3, 28), 11, eleven, 3:40)
gaps[c(1, 7, 8, 25)] <- list(list(score = integer(0), weight = numeric(0)))

charts <- list(
    new_chart("steady", "nps", eleven, buckets_of(rep(3, 28), 11, eleven, 4:60)),
    new_chart("worse from 23 on", "nps", eleven, buckets_of(c(rep(3.5, 22), rep(2, 8)), 11, eleven, 20:60)),
    new_chart("other days, other customers", "nps", eleven, buckets_of(rnorm(26, 3, 2), 11, eleven, 40:90)),
    new_chart("days without answers", "nps", eleven, gaps),
    new_chart("satisfied", "csat", five, buckets_of(c(rep(1, 22), rep(2.5, 8)), 5, five, 10:40)),
    new_chart("long scale", "csat", ten, buckets_of(rep(2, 25), 10, ten, 10:40), lambda = 0.1, width = 2.7, satisfied_from = 8L),
    new_chart("effort", "ces", seven, buckets_of(c(rep(1, 20), seq(1, 4, length.out = 10)), 7, seven, 10:30)),
    new_chart("weighted", "nps", eleven, buckets_of(rep(3, 23), 11, eleven, 4:10, TRUE), weighted = TRUE),
    new_chart("weighted effort, baseline", "ces", seven, buckets_of(rep(2, 12), 7, seven, 4:12, TRUE), weighted = TRUE,
              baseline = draw(12, seven, tilt(7, 1), TRUE)),
    new_chart("baseline and dispersion", "csat", five, buckets_of(rep(1.5, 12), 5, five, 5:20),
              baseline = draw(100, five, tilt(5, 1)), dispersion = 1.7),
    new_chart("all promoters at first", "nps", eleven,
              c(alike(rep(5:8, 5), 10L), alike(c(3, 4), 9L), buckets_of(rep(2, 6), 11, eleven, 5:9))),
    new_chart("all alike", "ces", seven, c(alike(rep(3:7, 4), 6L), alike(3, 7L), alike(4, 2L))),
    new_chart("all alike, weighted", "csat", five, c(alike(rep(2:5, 5), 2L, TRUE), alike(3, 5L, TRUE)), weighted = TRUE),
    new_chart("too few", "nps", eleven, buckets_of(rep(3, 9), 11, eleven, 4:60)),
    new_chart("a little better", "ces", seven,
              c(buckets_of(rep(2, 20), 7, seven, 5:9), rep(list(draw(5, c(5, 6), c(0.7, 0.3))), 10))),
    new_chart("no memory", "nps", eleven, buckets_of(rep(3, 24), 11, eleven, 4:60), lambda = 1, width = 1.5))

# ---- Writing ----

list_of <- function(x) paste0("{", paste(x, collapse = ","), "}")
or_null <- function(x) if (is.null(x)) "NULL" else x
answers_of <- function(chart, b) if (chart$weighted) sprintf("NULL, '%s', '%s'", list_of(b$score), list_of(b$weight)) else
    sprintf("'[%d,%d]%s', NULL, NULL", chart$scale[1], chart$scale[2],
            list_of(vapply(chart$scale[1]:chart$scale[2], function(x) sum(b$score == x), 0)))
chart_line <- function(i, chart) sprintf("(%d, '%s', '%s', '[%d,%d]', %s, %s, %s, %s,\n\t%s)", i, chart$name, chart$metric,
    chart$scale[1], chart$scale[2], chart$lambda, chart$width, or_null(chart$dispersion), or_null(chart$satisfied_from),
    if (is.null(chart$baseline)) "NULL, NULL, NULL" else answers_of(chart, chart$baseline))
bucket_lines <- function(i, chart) sprintf("(%d, %d, %s)", i, seq_along(chart$buckets),
    vapply(chart$buckets, function(b) answers_of(chart, b), ""))
row_lines <- function(i, chart) {
    rows <- chart_rows(chart)
    signals <<- c(signals, rows$signal)
    rows <- rows[!rows$provisional | rows$position %in% c(1, 2, 3, 10, 19), ]
    numbers <- apply(sprintf("%.9f", as.matrix(rows[c("value", "centre", "low", "high", "ewma", "ewma_low", "ewma_high")])) |>
                     matrix(nrow(rows)), 1, paste, collapse = ", ")
    numbers <- gsub("(\\.[0-9]*?)0+(,|$)", "\\1\\2", numbers, perl = TRUE) |> gsub(pattern = "\\.(,|$)", replacement = "\\1")
    sprintf("(%d, %d, %d, %s, %s)", i, rows$position, rows$responses, numbers,
            ifelse(rows$provisional, "'?'", ifelse(is.na(rows$signal), "NULL", paste0("'", rows$signal, "'"))))
}
signals <- character(0)
values <- function(f) paste0(paste(unlist(lapply(seq_along(charts), function(i) f(i, charts[[i]]))), collapse = ",\n"), ";")

out <- c("--", "-- Control charts against reference values to 1e-9.  Written by test/reference/make_control_reference.R, which",
    "-- computes every row from the single answers; do not edit.", "--",
    "CREATE TEMP TABLE chart (id integer, name text, metric text, scale int4range, lambda double precision,",
    "\twidth double precision, dispersion double precision, satisfied_from integer,",
    "\tsummary rating_summary, scores integer[], weights numeric[]);",
    "INSERT INTO chart VALUES", values(chart_line),
    "-- answers as a summary or, with weights, one by one",
    "CREATE TEMP TABLE bucket (id integer, number integer, summary rating_summary, scores integer[], weights numeric[]);",
    "INSERT INTO bucket VALUES", values(bucket_lines),
    "-- of rows that are provisional, some",
    "CREATE TEMP TABLE reference (id integer, \"position\" integer, responses bigint, value numeric, centre numeric,",
    "\tlow numeric, high numeric, ewma numeric, ewma_low numeric, ewma_high numeric, signal text);",
    "INSERT INTO reference VALUES", values(row_lines), "",
    "CREATE FUNCTION pg_temp.summary(scores integer[], weights numeric[], scale int4range) RETURNS rating_summary",
    "LANGUAGE sql AS $$ SELECT rating_agg(s.score, $3, s.weight) FROM unnest($1, $2) AS s(score, weight) $$;",
    "CREATE TEMP TABLE got AS",
    "SELECT c.id, r.* FROM chart AS c,",
    "\tLATERAL (SELECT array_agg(coalesce(b.summary, pg_temp.summary(b.scores, b.weights, c.scale)) ORDER BY b.number)",
    "\t           AS buckets FROM bucket AS b WHERE b.id = c.id) AS b,",
    "\tLATERAL control_chart(b.buckets, c.metric, coalesce(c.summary, pg_temp.summary(c.scores, c.weights, c.scale)),",
    "\t\tc.lambda, c.width, c.dispersion, c.satisfied_from) AS r;",
    "CREATE TEMP VIEW compared AS",
    "SELECT id, nullif(r.signal, '?') AS expected, coalesce(g.responses = r.responses",
    "\t\tAND g.provisional = (coalesce(r.signal, '') = '?')",
    "\t\tAND coalesce(g.signal, '') = coalesce(nullif(r.signal, '?'), '')",
    "\t\tAND greatest(abs(g.value - r.value), abs(g.centre - r.centre), abs(g.low - r.low), abs(g.high - r.high),",
    "\t\tabs(g.ewma - r.ewma), abs(g.ewma_low - r.ewma_low), abs(g.ewma_high - r.ewma_high)) < 1e-9, false) AS equal",
    "  FROM reference AS r LEFT JOIN got AS g USING (id, \"position\");",
    "",
    "SELECT c.id, c.name, (SELECT count(*) FROM bucket AS b WHERE b.id = c.id) AS buckets,",
    "\t(SELECT count(*) FROM got AS g WHERE g.id = c.id) AS rows, compared, equal, signals",
    "  FROM chart AS c, LATERAL (SELECT count(*) AS compared, count(*) FILTER (WHERE r.equal) AS equal,",
    "\tstring_agg(DISTINCT expected, ', ' ORDER BY expected) AS signals",
    "\tFROM compared AS r WHERE r.id = c.id) AS r ORDER BY c.id;")
writeLines(out, file.path(here, "..", "sql", "control_reference.sql"))
cat(length(charts), "charts,", length(signals), "rows; signals:", paste(names(table(signals)), table(signals)), "\n")
