"""Workload R as an economist writes it in Numba: a loop over paths, compiled, in parallel."""

import numba
import numpy as np

from common import CO2, GDP, OUTPUT, RATIO, SERIES, YEARS, CONSTANTS, arrays, main

# Paths of one seed: results do not depend on the number of threads.
CHUNK = 4096


@numba.njit(parallel=True, cache=True, error_model="numpy")
def run(results, seed, out0, va, mu, tau, sigma, jump, B, ei0, lam, xi_sd, ef, phi, sig_f, chol, p_jump):
    years, _, paths = results.shape
    sectors, factors = B.shape
    for chunk in numba.prange((paths + CHUNK - 1) // CHUNK):
        np.random.seed(seed * 1_000_003 + chunk)
        z, f = np.empty(factors), np.empty(factors)
        x, ei, drift = np.empty(sectors), np.empty(sectors), np.empty(sectors)
        for path in range(chunk * CHUNK, min(paths, (chunk + 1) * CHUNK)):
            f[:] = 0.0
            for s in range(sectors):
                x[s], ei[s] = out0[s], ei0[s]
                drift[s] = mu[s] + tau[s] * np.random.standard_normal()
            for year in range(years):
                for k in range(factors):
                    z[k] = np.random.standard_normal()
                for k in range(factors):
                    eta = 0.0
                    for j in range(k + 1):
                        eta += chol[k, j] * z[j]
                    f[k] = phi[k] * f[k] + sig_f[k] * eta
                struck = 1.0 if np.random.random() < p_jump else 0.0
                gdp, co2 = 0.0, 0.0
                for s in range(sectors):
                    growth = drift[s] + sigma[s] * np.random.standard_normal() - jump[s] * struck
                    for k in range(factors):
                        growth += B[s, k] * f[k]
                    x[s] *= np.exp(growth)
                    ei[s] *= np.exp(xi_sd[s] * np.random.standard_normal() - lam[s])
                    gdp += va[s] * x[s]
                    co2 += ef[s] * x[s] * ei[s]
                    results[year, OUTPUT + s, path] = x[s]
                results[year, GDP, path] = gdp
                results[year, CO2, path] = co2
                results[year, RATIO, path] = co2 / gdp


def simulate(paths, seed, threads):
    numba.set_num_threads(threads)
    c = arrays()
    results = np.empty((len(YEARS), len(SERIES), paths))
    names = ["out0", "va", "mu", "tau", "sigma", "jump", "B", "ei0", "lam", "xi_sd", "ef", "phi", "sig_f", "chol"]
    run(results, seed, *[c[name] for name in names], CONSTANTS["p_jump"])
    return results


main("Numba", simulate)
