# RPostgreSQL: asks the questions and prints question, row, column, type and value of all it reads. It says of each type that
# it does not know "unrecognized PostgreSQL field type", and reads it as text.
suppressMessages(library(RPostgreSQL))

seconds <- function(interval) {
  parts <- regmatches(interval, regexec("^(?:([0-9]+) days? )?([0-9]+):([0-9]+):([0-9.]+)$", interval, perl = TRUE))[[1]]
  parts <- as.numeric(ifelse(parts[-1] == "", "0", parts[-1]))
  sprintf("%.6f", ((parts[1] * 24 + parts[2]) * 60 + parts[3]) * 60 + parts[4])
}

text <- function(value) {
  if (is.na(value)) "NULL"
  else if (is.logical(value)) tolower(as.character(value))
  else if (inherits(value, "POSIXct")) format(value, "%Y-%m-%dT%H:%M:%SZ", tz = "UTC")
  else if (is.numeric(value)) format(value, digits = 15, scientific = FALSE)
  else if (grepl("^([0-9]+ days? )?[0-9]+:[0-9]+:[0-9.]+$", value, perl = TRUE)) seconds(value)
  else if (startsWith(value, "{\"visits\"")) gsub(", ", ",", gsub("\": ", "\":", value, fixed = TRUE), fixed = TRUE)
  else value
}

ask <- function(connection, block) {
  parts <- regmatches(block, regexec("^-- (\\w+): ?([^\n]*)\n(.*)$", block))[[1]]
  parameters <- if (parts[3] == "") NULL else strsplit(parts[3], "; ", fixed = TRUE)[[1]]
  answer <- suppressWarnings(if (is.null(parameters)) dbGetQuery(connection, parts[4])
                             else dbGetQuery(connection, parts[4], parameters))
  for (row in seq_len(nrow(answer))) {
    for (column in names(answer)) {
      value <- answer[[column]][row]
      kind <- if (is.na(value)) "NULL" else class(value)[1]
      cat(parts[2], row, column, kind, text(value), sep = "\t")
      cat("\n")
    }
  }
}

connection <- dbConnect(PostgreSQL(), host = Sys.getenv("PGHOST"), port = Sys.getenv("PGPORT"), dbname = Sys.getenv("PGDATABASE"),
                        user = Sys.getenv("PGUSER"), password = Sys.getenv("PGPASSWORD"))
file <- trimws(paste(readLines(commandArgs(trailingOnly = TRUE)[1]), collapse = "\n"))
for (block in strsplit(file, "\n\n", fixed = TRUE)[[1]][-1]) ask(connection, block)
invisible(dbDisconnect(connection))
