library(foedus)

options <- forecast("tokyo-office", "2023-07-10", "--draws", 200)
stopifnot(identical(names(options), c("label", "at", "probability")), abs(sum(options$probability) - 1) < 1e-6)

moves <- levers("tokyo-office", "liaison office", "2023-07-10", "--draws", 200)
stopifnot(is.data.frame(moves), nrow(moves) > 0)

members <- world("members", "nato", on = "2023-07-11")
stopifnot(is.data.frame(members), nrow(members) == 31, "FIN" %in% members$actor, !("SWE" %in% members$actor))
stopifnot("Christopher G. Cavoli" %in% world("offices", "nato", "--office", "SACEUR", on = "2023-07-11")$person)

owed <- obligations("nato", "Paris", "2023-07-11")
stopifnot(is.data.frame(owed), "DEU" %in% owed$actor)
stopifnot(identical(nrow(obligations("nato", "Guam", "2023-07-11")), 0L))

said <- statements("tokyo-office")
stopifnot(is.data.frame(said), nrow(said) > 80, "FRA" %in% said$actor)

ties <- network("nature-law-2024")
square <- network("nature-law-2024", matrix = TRUE)
stopifnot(identical(names(ties), c("source", "target", "weight")), isSymmetric(square), all(diag(square) == 0))
stopifnot(abs(2 * sum(ties$weight) - sum(square)) < 1e-6, nrow(ties) == sum(square != 0) / 2)
spoken <- network("nature-law-2024", "--of", "both")
stopifnot(all(spoken$weight >= 1), all(spoken$source %in% rownames(square)))

refused <- tryCatch(forecast("no-such-folder"), error = conditionMessage)
stopifnot(grepl("no-such-folder", refused))
without <- tryCatch({
  options(foedus.command = "no-such-command")
  foedus("forecast", "tokyo-office")
}, error = conditionMessage)
stopifnot(grepl("There is no command no-such-command", without))
