# Every function calls the command with --json. What the command refuses stops with its own message.

#' Ask the command and return its whole answer
#'
#' @param ... Words of the command line, such as `"forecast", "tokyo-office", "--as-of", "2023-07-10"`.
#' @return The JSON document as a list; lists of records are data frames.
#' @details The command `foedus` must be on the path; `options(foedus.command = "path/to/foedus")` names another. What
#'   the command refuses stops with its own message.
#' @examples
#' \dontrun{
#' foedus("respond", "tokyo-office", "--as-of", "2023-07-10")
#' }
#' @export
foedus <- function(...) {
  command <- getOption("foedus.command", "foedus")
  words <- c(as.character(unlist(list(...))), "--json")
  if (Sys.which(command) == "") {
    stop("There is no command ", command, ". Install Foedus, or say options(foedus.command = \"path/to/foedus\").",
         call. = FALSE)
  }
  quoted <- shQuote(words, type = if (.Platform$OS.type == "windows") "cmd" else "sh")
  told <- tempfile()
  on.exit(unlink(told))
  out <- suppressWarnings(system2(command, quoted, stdout = TRUE, stderr = told))
  Encoding(out) <- "UTF-8"
  status <- attr(out, "status")
  if (!is.null(status) && status > 1) {
    stop(paste(readLines(told, warn = FALSE, encoding = "UTF-8"), collapse = "\n"), call. = FALSE)
  }
  jsonlite::fromJSON(paste(out, collapse = "\n"), flatten = TRUE)
}

#' How likely each option is
#'
#' @param dossier The dossier's folder, or the name of a packaged one such as `"tokyo-office"`.
#' @param as_of The last day whose knowledge counts, such as `"2023-07-10"`.
#' @param ... Further words, such as `"--draws", 1000`.
#' @return A data frame with `label`, `at` and `probability`, one row for each option.
#' @examples
#' \dontrun{
#' forecast("tokyo-office", as_of = "2023-07-10")
#' }
#' @export
forecast <- function(dossier, as_of = NULL, ...) {
  framed(foedus("forecast", dossier, option("--as-of", as_of), ...)$options)
}

#' What would change a forecast
#'
#' @inheritParams forecast
#' @param want Label of the option that one would have.
#' @return A data frame with one row for each lever.
#' @examples
#' \dontrun{
#' levers("tokyo-office", want = "liaison office", as_of = "2023-07-10")
#' }
#' @export
levers <- function(dossier, want = NULL, as_of = NULL, ...) {
  framed(foedus("levers", dossier, option("--want", want), option("--as-of", as_of), ...)$levers)
}

#' Dated facts: who belonged to what, who held which office, what was done
#'
#' @param what The table: `"members"`, `"partners"`, `"offices"`, `"acts"`, `"bodies"`, `"events"`, `"places"`,
#'   `"amounts"`, `"claims"`, `"presences"`, `"treaties"` or `"timeline"`, as of `foedus world`.
#' @param ... Further words, such as the name of an organisation.
#' @param on The day, such as `"2023-07-11"`.
#' @return A data frame with one row for each fact.
#' @examples
#' \dontrun{
#' world("members", "nato", on = "2023-07-11")
#' world("offices", "nato", "--office", "SACEUR", "--from", "1949-01-01")
#' }
#' @export
world <- function(what, ..., on = NULL) {
  answer <- foedus("world", what, ..., option("--on", on))
  framed(answer[[if (what == "timeline") "changes" else what]])
}

#' What parties owe when somebody is attacked
#'
#' @param treaty Id of a treaty, such as `"nato"`.
#' @param attack_on A place or an actor.
#' @param on The day.
#' @param ... Further words.
#' @return A data frame with one row for each party that owes something.
#' @examples
#' \dontrun{
#' obligations("nato", "Paris", "2023-07-11")
#' }
#' @export
obligations <- function(treaty, attack_on, on, ...) {
  framed(foedus("obligations", "--treaty", treaty, "--attack-on", attack_on, "--on", on, ...)$owed_by)
}

#' Who said what
#'
#' @inheritParams forecast
#' @return A data frame with one row for each statement.
#' @examples
#' \dontrun{
#' table(statements("tokyo-office")$actor)
#' }
#' @export
statements <- function(dossier, ...) {
  framed(foedus("statements", "list", dossier, ...)$statements)
}

#' Who agrees with whom
#'
#' @param source A dossier's folder or name, or a project of Discourse Network Analyzer.
#' @param ... Further words, such as `"--relation", "subtract"`.
#' @param matrix Return the ties as a matrix with the names of its rows and columns.
#' @return A data frame with `source`, `target` and `weight`, one row for each tie and each pair of one kind once;
#'   `igraph::graph_from_data_frame(d, directed = FALSE)` makes a graph of it. Or the matrix.
#' @examples
#' \dontrun{
#' network("nature-law-2024", "--normalisation", "jaccard")
#' }
#' @export
network <- function(source, ..., matrix = FALSE) {
  answer <- foedus("network", source, ...)
  found <- answer$network
  ties <- as.matrix(found$weights)
  dimnames(ties) <- list(found$rows, found$columns)
  if (matrix) {
    return(ties)
  }
  kept <- if (answer$of == "both") ties != 0 else ties != 0 & upper.tri(ties)
  places <- which(kept, arr.ind = TRUE)
  ends <- data.frame(source = found$rows[places[, 1]], target = found$columns[places[, 2]], weight = ties[kept])
  ends <- ends[order(-abs(ends$weight), ends$source, ends$target), ]
  rownames(ends) <- NULL
  ends
}

option <- function(name, value) if (is.null(value)) character() else c(name, value)

# An empty list of records comes from JSON as a list; whoever asks for a table has one.
framed <- function(records) if (is.data.frame(records)) records else data.frame()
