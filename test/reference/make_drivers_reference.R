# What R says about drivers, for drivers() and driver_fit(): writes
# test/sql/drivers_reference.sql and test/unit/drivers_reference.h.
#
#     Rscript test/reference/make_drivers_reference.R
#
# Uses nothing but R's own data sets and lm().  LMG is taken literally: what a
# driver adds to R^2, averaged over all orders, R^2 of every subset being that of
# lm().  Relative weights follow Johnson (2000) with eigen().  Weighted errors
# follow the formula in core/drivers/drivers_fit.c.

library(datasets)

tolerance <- 1e-9

# summary() warns where lm() fits all values.
r_squared <- function(y, x, w, subset) {
    if (length(subset) == 0) return(0)
    suppressWarnings(summary(lm(y ~ ., data = cbind(y = y, x[, subset, drop = FALSE]),
                                weights = w))$r.squared)
}

lmg <- function(y, x, w) {
    p <- ncol(x)
    squared <- sapply(0:(2^p - 1), function(s)
        r_squared(y, x, w, which(bitwAnd(s, 2^(0:(p - 1))) > 0)))
    sapply(1:p, function(j) {
        without <- Filter(function(s) bitwAnd(s, 2^(j - 1)) == 0, 0:(2^p - 1))
        sum(sapply(without, function(s) {
            k <- sum(bitwAnd(s, 2^(0:(p - 1))) > 0)
            (squared[s + 2^(j - 1) + 1] - squared[s + 1]) / (p * choose(p - 1, k))
        }))
    })
}

johnson <- function(r_xx, r_xy) {
    e <- eigen(r_xx, symmetric = TRUE)
    kept <- e$values >= 1e-10 * ncol(r_xx)
    v <- e$vectors[, kept, drop = FALSE]
    root <- sqrt(e$values[kept])
    lambda <- v %*% diag(root, length(root)) %*% t(v)
    b <- v %*% diag(1 / root, length(root)) %*% t(v) %*% r_xy
    as.vector(lambda^2 %*% b^2)
}

# One row a driver, and one of the fit.
analyse <- function(y, x, w = NULL, level = 0.95) {
    weights <- if (is.null(w)) rep(1, length(y)) else w
    n <- sum(weights)^2 / sum(weights^2)
    varies <- sapply(x, function(column) length(unique(column)) > 1)
    correlation <- rep(NA, ncol(x))
    all <- cov.wt(cbind(y, x[, varies]), wt = weights / sum(weights), method = "ML", cor = TRUE)
    correlation[varies] <- all$cor[1, -1]
    # lm() takes the drivers in their order, as they come
    coefficient <- std_error <- rep(NA, ncol(x))
    model <- lm(y ~ ., data = cbind(y = y, x), weights = weights, tol = sqrt(tolerance))
    kept <- which(!is.na(coef(model)[-1]))
    freedom <- n - length(kept) - 1
    variance <- sum(weights * residuals(model)^2) / sum(weights) * n / freedom
    # (X'WX)^-1 from the QR decomposition, which puts what is collinear last
    inverse <- chol2inv(model$qr$qr, size = length(kept) + 1)
    cross <- inverse * sum(weights) / n * variance
    coefficient[kept] <- coef(model)[-1][kept]
    std_error[kept] <- sqrt(diag(cross))[-1]
    t <- qt((1 + level) / 2, freedom)
    total <- 1 - sum(weights * residuals(model)^2) / sum(weights * (y - weighted.mean(y, weights))^2)
    relative <- lmg_part <- rep(0, ncol(x))
    lmg_part[varies] <- lmg(y, x[, varies, drop = FALSE], weights)
    relative[varies] <- johnson(all$cor[-1, -1, drop = FALSE], all$cor[1, -1])
    list(rows = data.frame(
             driver = names(x), mean = sapply(x, weighted.mean, weights), correlation, coefficient,
             std_error, low = coefficient - t * std_error, high = coefficient + t * std_error,
             p_value = 2 * pt(-abs(coefficient / std_error), freedom), lmg = lmg_part,
             johnson = relative),
         fit = c(total, 1 - (1 - total) * (n - 1) / freedom, sqrt(variance)))
}

twice <- cbind(swiss[, -1], Agriculture_again = swiss$Agriculture, nothing = 7)
two_of <- swiss[, c("Agriculture", "Education")]
cases <- list(
    swiss = list(y = swiss$Fertility, x = swiss[, -1]),
    weighted_swiss = list(y = swiss$Fertility, x = swiss[, -1], w = swiss$Education / 8),
    collinear = list(y = swiss$Fertility, x = twice),
    sum_of_two = list(y = swiss$Fertility, x = cbind(two_of, both = two_of[[1]] + two_of[[2]],
                                                     Catholic = swiss$Catholic)),
    attitude = list(y = attitude$rating, x = attitude[, -1], level = 0.9),
    mtcars = list(y = mtcars$mpg, x = mtcars[, -1]),
    longley = list(y = longley$Employed, x = longley[, -7], level = 0.99))

number <- function(x, digits = 17) ifelse(is.na(x), "NULL", formatC(x, digits = digits, width = 1))
array_of <- function(x) paste0("{", paste(number(unlist(x), 15), collapse = ","), "}")

# Numbers with commas between them, four on a line.
in_lines <- function(x) {
    x <- number(as.numeric(x))
    paste(sapply(split(x, (seq_along(x) - 1) %/% 4), paste, collapse = ", "), collapse = ",\n\t")
}

sql_case <- function(name) {
    case <- cases[[name]]
    level <- if (is.null(case$level)) 0.95 else case$level
    found <- do.call(analyse, case)
    data <- sprintf("('%s', %s, '%s', %s)", name, number(case$y, 15),
                    apply(case$x, 1, array_of), if (is.null(case$w)) "NULL" else number(case$w, 15))
    rows <- sapply(seq_len(nrow(found$rows)), function(i)
        sprintf("('%s', %s, '%s',\n\t%s)", name, number(level, 15), found$rows$driver[i],
                in_lines(found$rows[i, -1])))
    fit <- sprintf("('%s', %s)", name, paste(number(found$fit), collapse = ", "))
    list(data = data, rows = rows, fit = fit)
}

write_sql <- function(file) {
    parts <- lapply(names(cases), sql_case)
    insert <- function(table, part) c(
        paste("INSERT INTO", table, "VALUES"),
        paste0(paste(unlist(lapply(parts, `[[`, part)), collapse = ",\n"), ";"))
    writeLines(c(readLines("test/reference/drivers_head.sql"),
                 insert("answers", "data"), insert("said", "rows"), insert("said_of_all", "fit"),
                 readLines("test/reference/drivers_tail.sql")), file)
}

write_header <- function(file) {
    found <- analyse(swiss$Fertility, swiss[, -1])$rows
    values <- apply(swiss, 1, function(row) paste0("\t{", paste(number(row, 15), collapse = ", "), "},"))
    expected <- apply(found[, -1], 1, function(row)
        paste0("\t{", in_lines(row), "},"))
    writeLines(c(
        "/* Written by test/reference/make_drivers_reference.R; do not edit. */",
        "", "/* R's data set swiss: Fertility, then five drivers of it */",
        "static const double swiss[47][6] = {", values, "};", "",
        "/* mean, correlation, coefficient, std_error, low, high, p_value, LMG, Johnson */",
        "static const double swiss_drivers[5][9] = {", expected, "};"), file)
}

write_sql("test/sql/drivers_reference.sql")
write_header("test/unit/drivers_reference.h")
