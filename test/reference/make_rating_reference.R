# What R itself says about the cases of make_rating_reference.py, which starts
# this script, writes one case a line to it, and compares the answers.
#
# Uses t.test and prop.test of R's own stats package and, where it is at hand,
# the package NPS (2.0.999: version 1.1 has no adjusted Wald).  NPS is not in
# Debian; set NPS_SOURCE to the R/ directory of its sources to take part in
# the comparison, else the NPS lines are answered with NA.
#
# A line is: kind, level, then numbers.  Counts are expanded into one number an
# answer; NA where that is too many, or where R refuses (constant data).

most_answers <- 1e6
has_nps <- nzchar(Sys.getenv("NPS_SOURCE"))

if (has_nps) {
    for (file in list.files(Sys.getenv("NPS_SOURCE"), "[.]R$", full.names = TRUE))
        source(file)
    options(nps.breaks = c(0, 6, 8, 10), nps.100 = FALSE)
}

expand <- function(counts) rep(seq_along(counts), counts)

answer_ces_interval <- function(level, counts) {
    if (sum(counts) > most_answers || sum(counts > 0) < 2)
        return(c(NA, NA))
    t.test(expand(counts), conf.level = level)$conf.int
}

# The counts of the scale before, then those after.
answer_ces_test <- function(level, counts) {
    half <- length(counts) / 2
    before <- head(counts, half)
    after <- tail(counts, half)
    if (sum(counts) > most_answers || min(sum(before), sum(after)) < 2 ||
        (sum(before > 0) < 2 && sum(after > 0) < 2))
        return(rep(NA, 5))
    test <- t.test(expand(after), expand(before), conf.level = level)
    c(test$stderr, test$statistic, test$p.value, test$conf.int)
}

answer_csat_interval <- function(level, counts)
    suppressWarnings(prop.test(counts[1], sum(counts), conf.level = level, correct = FALSE)$conf.int)

# Pearson's statistic, which is the square of the pooled z.
answer_csat_test <- function(level, counts) {
    satisfied <- counts[c(1, 3)]
    answers <- satisfied + counts[c(2, 4)]
    suppressWarnings(prop.test(satisfied, answers, correct = FALSE)$statistic)
}

answer_nps_interval <- function(level, counts) {
    if (!has_nps)
        return(rep(NA, 5))
    c(nps_(counts), nps_var_(counts), nps_se_(counts),
      nps_test_(counts, test = "adjusted.wald", conf = level)$int)
}

# The package reports the size of the adjusted difference and an interval
# around that size.
answer_nps_test <- function(level, counts) {
    if (!has_nps)
        return(rep(NA, 5))
    test <- nps_test_(counts[1:3], counts[4:6], test = "adjusted.wald", conf = level)
    c(test$delta.hat, test$se.hat, test$p.value, test$int)
}

input <- file("stdin")
lines <- readLines(input)
close(input)

for (line in lines) {
    fields <- strsplit(line, " ")[[1]]
    numbers <- as.numeric(fields[-1])
    answer <- get(paste0("answer_", fields[1]))(numbers[1], numbers[-1])
    cat(sprintf("%.17g", answer), "\n")
}
