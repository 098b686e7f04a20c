"""The polynomials and quotients of src/num: fits them anew, and checks those in the sources against the functions.

    python3 src/num/coefficients.py          checks each table in the sources: its largest error must be as stated
    python3 src/num/coefficients.py fit      also fits each table anew and prints its coefficients as Rust has them

It needs mpmath and works with 60 digits. Fits are minimax by Lawson's method: least squares whose weights are multiplied
by the size of the error until all peaks are alike; of a quotient P / Q the equation P - f Q = 0 is solved, weighted by the Q
of the round before (Loeb). Scores are interpolated, not fitted. Rounding to doubles comes last, so that coefficients fitted
anew may differ in the last digits from those in the sources while both keep the stated error.
"""

import pathlib
import re
import sys

from mpmath import mp, mpf

mp.dps = 60
HERE = pathlib.Path(__file__).parent


def table(path, name):
    """The numbers of a constant array in a source, as exact doubles."""
    text = (HERE / path).read_text()
    body = re.search(rf"const {name}: \[[^=]*= \[(.*?)\n\];", text, re.S).group(1)
    return [mpf(float(number)) for number in re.findall(r"-?\d[\d.]*(?:e[+-]?\d+)?", body)]


def horner(coefficients, x):
    total = mpf(0)
    for c in reversed(coefficients):
        total = total * x + c
    return total


def chebyshev_points(low, high, count):
    """Extrema of a Chebyshev polynomial on [low, high], rising."""
    return [(low + high) / 2 - (high - low) / 2 * mp.cos(mp.pi * k / (count - 1)) for k in range(count)]


def least_squares(rows, values):
    """The solution of the normal equations, which 60 digits bear."""
    n = len(rows[0])
    a, b = mp.zeros(n), mp.zeros(n, 1)
    for row, value in zip(rows, values):
        for i in range(n):
            b[i] += row[i] * value
            for j in range(n):
                a[i, j] += row[i] * row[j]
    return list(mp.lu_solve(a, b))


def lawson(function, size, low, high, above, below=0, rounds=40):
    """Coefficients of the polynomial of `above` terms, or quotient over one of `below` terms that begins with 1, whose
    largest error beside `size(x)` on [low, high] is least."""
    points = chebyshev_points(mpf(low), mpf(high), 16 * (above + below))
    values = [function(x) for x in points]
    sizes = [size(x) for x in points]
    weights = [mpf(1)] * len(points)
    divisor = [mpf(1)] * len(points)
    p, q = [], [mpf(1)]
    for _ in range(rounds):
        scale = [mp.sqrt(w) / (s * d) for w, s, d in zip(weights, sizes, divisor)]
        rows = [
            [k * x**i for i in range(above)] + [-k * f * x**i for i in range(1, below)]
            for x, f, k in zip(points, values, scale)
        ]
        solved = least_squares(rows, [f * k for f, k in zip(values, scale)])
        p, q = solved[:above], [mpf(1)] + solved[above:]
        divisor = [horner(q, x) for x in points]
        errors = [abs(horner(p, x) / d - f) / s for x, f, s, d in zip(points, values, sizes, divisor)]
        largest = max(errors)
        weights = [w * (e / largest + mpf("1e-6")) for w, e in zip(weights, errors)]
        total = sum(weights)
        weights = [w * len(points) / total for w in weights]
    return p, (q if below else None)


def normal_ratio(w):
    """z / (1 - 2u) as a function of w = -ln(4 u (1 - u))."""
    if w == 0:
        return mp.sqrt(mp.pi / 2)
    root = mp.sqrt(-mp.expm1(-w))  # 1 - 2u
    u = mp.exp(-w) / 2 / (1 + root)
    return upper_score(u) / root


def upper_score(u):
    """The z that a standard normal exceeds with probability u below one half."""
    z = mp.sqrt(-2 * mp.log(2 * u))
    for _ in range(100):
        # Newton's method on the logarithm, which is concave: from above it cannot run away.
        upper = mp.erfc(z / mp.sqrt(2)) / 2
        step = mp.log(upper / u) * upper / mp.npdf(z)
        z += step
        if abs(step) < mpf("1e-50"):
            break
    return z


def mills(z):
    return mp.erfc(z / mp.sqrt(2)) / 2 * mp.exp(z * z / 2)


def one(_):
    return mpf(1)


def tail_of_exp(r):
    """(e^r - 1 - r) / r²."""
    return mp.nsum(lambda k: r**k / mp.factorial(k + 2), [0, 40]) if abs(r) < mpf("0.1") else (mp.expm1(r) - r) / r**2


def tail_size(r):
    """An error of the tail is r² as large in e^r."""
    return 1 / max(r * r, mpf("1e-12"))


FITS = [
    # file, numerator, denominator, function, what errors are measured beside, interval, largest error that is stated
    ("elementary/exp.rs", "SHORT_TAIL", None, tail_of_exp, tail_size, (-mp.log(2) / 32, mp.log(2) / 32), mpf("1.2e-17")),
    ("elementary/exp.rs", "TAIL", None, tail_of_exp, tail_size, (-mp.log(2) / 2, mp.log(2) / 2), mpf("1.3e-17")),
    ("normal.rs", "QUANTILE_ABOVE", "QUANTILE_BELOW", normal_ratio, normal_ratio, (0, mpf("37.38")), mpf("2.7e-15")),
    ("normal.rs", "MILLS_ABOVE", "MILLS_BELOW", mills, mills, (0, 39), mpf("1.2e-16")),
]


def largest_error(p, q, function, size, low, high):
    points = chebyshev_points(mpf(low), mpf(high), 1500)
    return max(abs(horner(p, x) / (horner(q, x) if q else 1) - function(x)) / size(x) for x in points)


def show(name, coefficients):
    print(f"const {name}: [f64; {len(coefficients)}] = [")
    for c in coefficients:
        print(f"    {float(c)!r},")
    print("];")


def octave(exponent):
    """Where the polynomial of scores is held to the function in the octave of p that begins at 2^exponent, and its
    values there: z / (u - 1/2) against the significand of p."""
    points = chebyshev_points(mpf(1), mpf(2), 11)
    return points, [score_ratio(x * mpf(2) ** exponent) for x in points]


def score_ratio(p):
    """z / (u - 1/2), which is the same for u and 1 - u."""
    if p >= mpf(1) / 2:
        return mp.sqrt(2 * mp.pi)
    return upper_score(p) / (mpf(1) / 2 - p)


def scores(fit):
    """The table of scores: interpolated anew, and how far the one in the sources is off."""
    stored = table("normal/score.rs", "PIECES")
    worst = mpf(0)
    for exponent in range(-17, -1):
        points, values = octave(exponent)
        matrix = mp.matrix([[x**i for i in range(11)] for x in points])
        anew = list(mp.lu_solve(matrix, mp.matrix(values)))
        here = [stored[16 * i + (exponent + 1023) % 16] for i in range(11)]
        if fit:
            show(f"PIECES at 2^{exponent}", anew)
        for x in [1 + mpf(k) / 60 for k in range(60)]:
            truth = score_ratio(x * mpf(2) ** exponent)
            worst = max(worst, abs(horner(here, x) / truth - 1))
    return worst


def main():
    fit = sys.argv[1:] == ["fit"]
    failed = False
    for path, above, below, function, size, (low, high), stated in FITS:
        p, q = table(path, above), table(path, below) if below else None
        error = largest_error(p, q, function, size, low, high)
        verdict = "holds" if error <= stated else "FAILS"
        failed |= error > stated
        print(f"{path} {above}: largest error {mp.nstr(error, 3)}, stated {mp.nstr(stated, 3)}: {verdict}")
        if fit:
            p, q = lawson(function, size, low, high, len(p), len(q) if q else 0)
            show(above, p)
            if q:
                show(below, q)
            print(f"// largest error before rounding {mp.nstr(largest_error(p, q, function, size, low, high), 3)}")
    error = scores(fit)
    failed |= error > mpf("4e-10")
    print(f"normal/score.rs PIECES: largest error {mp.nstr(error, 3)}, stated 4e-10")
    sys.exit(failed)


if __name__ == "__main__":
    main()
