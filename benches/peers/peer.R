# Workload R as an economist writes it in R: matrices over paths, a loop over the years.
#   Rscript peer.R --paths 100000 --seed 1 --threads 1 --json results.json
suppressPackageStartupMessages({ library(jsonlite); library(parallel) })

words <- commandArgs(trailingOnly = TRUE)
option <- function(name, default) {
  at <- match(paste0("--", name), words)
  if (is.na(at)) default else words[at + 1]
}
paths <- as.integer(option("paths", "100000"))
threads <- as.integer(option("threads", "1"))
script <- sub("--file=", "", grep("--file=", commandArgs(), value = TRUE))
k <- fromJSON(file.path(dirname(script), "workload-r.json"))
n_years <- length(k$years)
n_sectors <- length(k$sectors)
n_factors <- length(k$phi)
chunk <- 4096L

# By path, series and year.
simulate_chunk <- function(n) {
  results <- array(0, c(n, 3L + n_sectors, n_years))
  normals <- function(k) matrix(rnorm(n * k), n, k)
  row <- function(v) rep(v, each = n)
  f <- matrix(0, n, n_factors)
  x <- matrix(row(k$out0), n)
  ei <- matrix(row(k$ei0), n)
  drift <- row(k$mu) + row(k$tau) * normals(n_sectors)
  for (year in seq_len(n_years)) {
    f <- row(k$phi) * f + row(k$sig_f) * (normals(n_factors) %*% t(k$chol))
    jump <- as.numeric(runif(n) < k$p_jump)
    x <- x * exp(drift + f %*% t(k$B) + row(k$sigma) * normals(n_sectors) - jump %o% k$jump)
    ei <- ei * exp(row(k$xi_sd) * normals(n_sectors) - row(k$lam))
    gdp <- as.vector(x %*% k$va)
    co2 <- as.vector((x * ei) %*% k$ef)
    results[, , year] <- cbind(gdp, co2, co2 / gdp, x)
  }
  results
}

RNGkind("L'Ecuyer-CMRG")
set.seed(as.integer(option("seed", "1")))
began <- proc.time()[["elapsed"]]
sizes <- rep(chunk, paths %/% chunk)
if (paths %% chunk > 0) sizes <- c(sizes, paths %% chunk)
parts <- mclapply(sizes, simulate_chunk, mc.cores = threads, mc.set.seed = TRUE)
simulated <- proc.time()[["elapsed"]]

names <- c("gdp", "co2", "ratio", k$sectors)
values <- function(series, year) unlist(lapply(parts, function(part) part[, series, year]), use.names = FALSE)
statistics <- function(series) {
  found <- lapply(seq_len(n_years), function(year) {
    v <- values(series, year)
    c(mean(v), sd(v), unname(quantile(v, k$quantiles)))
  })
  setNames(found, k$years)
}
series <- setNames(mclapply(seq_along(names), statistics, mc.cores = threads), names)
odds <- lapply(seq_len(nrow(k$thresholds)), function(row) {
  mean(values(1L, match(k$thresholds$year[row], k$years)) >= k$thresholds$gdp[row])
})
peaks <- unlist(lapply(parts, function(part) max.col(part[, 2L, ], ties.method = "first")))
report <- list(
  engine = "R",
  paths = paths,
  seconds = list(simulation = simulated - began, statistics = proc.time()[["elapsed"]] - simulated),
  series = series,
  targets = setNames(odds, paste0("gdp_", k$thresholds$year)),
  co2_peak = setNames(as.list(tabulate(peaks, n_years) / paths), k$years)
)
text <- toJSON(report, digits = NA, auto_unbox = TRUE)
out <- option("json", NA)
if (is.na(out)) cat(text, "\n") else writeLines(text, out)
