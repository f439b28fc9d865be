# Every function calls the command with --json. What the command refuses stops with its own message.

#' Ask the command and return its whole answer as a list.
#'
#' @param ... Words of the command line, such as "forecast", "tokyo-office", "--as-of", "2023-07-10".
#' @return The JSON document as a list; lists of records are data frames.
foedus <- function(...) {
  command <- getOption("foedus.command", "foedus")
  words <- c(as.character(unlist(list(...))), "--json")
  told <- tempfile()
  on.exit(unlink(told))
  out <- suppressWarnings(system2(command, shQuote(words), stdout = TRUE, stderr = told))
  status <- attr(out, "status")
  if (!is.null(status) && status > 1) {
    stop(paste(readLines(told, warn = FALSE), collapse = "\n"), call. = FALSE)
  }
  jsonlite::fromJSON(paste(out, collapse = "\n"))
}

#' How likely each option is: a data frame with label, at and probability.
#'
#' @param dossier The dossier's folder.
#' @param as_of The last day whose knowledge counts, such as "2023-07-10".
#' @param ... Further words, such as "--draws", 1000.
forecast <- function(dossier, as_of = NULL, ...) {
  foedus("forecast", dossier, option("--as-of", as_of), ...)$options
}

#' What would change a forecast: a data frame with one row for each lever.
#'
#' @param dossier The dossier's folder.
#' @param want Label of the option that one would have.
#' @param as_of,... As of forecast.
levers <- function(dossier, want = NULL, as_of = NULL, ...) {
  foedus("levers", dossier, option("--want", want), option("--as-of", as_of), ...)$levers
}

#' Who belonged to an organisation on a day: a data frame with one row for each member.
#'
#' @param organisation Id or name, such as "nato".
#' @param on The day.
world_members <- function(organisation, on, ...) {
  foedus("world", "members", organisation, "--on", on, ...)$members
}

#' What parties owe when somebody is attacked: a data frame with one row for each party that owes something.
#'
#' @param treaty Id of a treaty, such as "nato".
#' @param attack_on A place or an actor.
#' @param on The day.
obligations <- function(treaty, attack_on, on, ...) {
  foedus("obligations", "--treaty", treaty, "--attack-on", attack_on, "--on", on, ...)$owed_by
}

#' Who said what: a data frame with one row for each statement.
#'
#' @param dossier The dossier's folder.
statements <- function(dossier, ...) {
  foedus("statements", "list", dossier, ...)$statements
}

#' Who agrees with whom: a matrix of ties with the names of its rows and columns.
#'
#' @param source A dossier's folder, or a project of Discourse Network Analyzer.
network <- function(source, ...) {
  found <- foedus("network", source, ...)$network
  ties <- as.matrix(found$weights)
  dimnames(ties) <- list(found$rows, found$columns)
  ties
}

option <- function(name, value) if (is.null(value)) character() else c(name, value)
