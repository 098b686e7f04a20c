"""Workload R as an economist writes it in NumPy: arrays over paths, a loop over the years."""

from concurrent.futures import ThreadPoolExecutor

import numpy as np

from common import CO2, GDP, OUTPUT, RATIO, SECTORS, SERIES, YEARS, CONSTANTS, arrays, main

# Paths simulated at a time: what they need stays in the second-level cache.
CHUNK = 4096


def simulate_chunk(results, rng, c):
    """Fills `results`, by year, series and path."""
    paths = results.shape[2]
    sectors, factors = len(SECTORS), len(c["phi"])
    column = {name: c[name][:, None] for name in ["mu", "tau", "sigma", "jump", "ei0", "lam", "xi_sd", "phi", "sig_f"]}
    f = np.zeros((factors, paths))
    x = np.repeat(c["out0"][:, None], paths, axis=1)
    ei = np.repeat(column["ei0"], paths, axis=1)
    drift = column["mu"] + column["tau"] * rng.standard_normal((sectors, paths))
    for year in range(len(YEARS)):
        f = column["phi"] * f + column["sig_f"] * (c["chol"] @ rng.standard_normal((factors, paths)))
        jump = rng.random(paths) < CONSTANTS["p_jump"]
        eps = rng.standard_normal((sectors, paths))
        x *= np.exp(drift + c["B"] @ f + column["sigma"] * eps - column["jump"] * jump)
        ei *= np.exp(column["xi_sd"] * rng.standard_normal((sectors, paths)) - column["lam"])
        gdp = c["va"] @ x
        co2 = c["ef"] @ (x * ei)
        results[year, GDP] = gdp
        results[year, CO2] = co2
        results[year, RATIO] = co2 / gdp
        results[year, OUTPUT:] = x


def simulate(paths, seed, threads):
    results = np.empty((len(YEARS), len(SERIES), paths))
    c = arrays()
    starts = range(0, paths, CHUNK)
    seeds = np.random.SeedSequence(seed).spawn(len(starts))

    def work(job):
        start, seed = job
        simulate_chunk(results[:, :, start : start + CHUNK], np.random.Generator(np.random.SFC64(seed)), c)

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(work, zip(starts, seeds)))
    return results


main("NumPy", simulate)
