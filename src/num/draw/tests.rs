use super::*;

/// 2^-53.
const UNIT: f64 = f64::EPSILON / 2.0;

#[test]
fn the_column_equals_the_single_draws_bit_for_bit() {
    let mut column = [0.0; BLOCK];
    for (seed, block, year) in
        [(0, 0, 0), (u64::MAX, (1 << 56) - 1, 2035), (42, 1 << 25, 2021), (1 << 40, 33_554_431, u32::MAX)]
    {
        uniform_column(seed, 0xDEAD_BEEF, block, year, &mut column);
        for (lane, u) in column.iter().enumerate() {
            let path = block * BLOCK as u64 + lane as u64;
            assert_eq!(u.to_bits(), uniform(seed, 0xDEAD_BEEF, path, year).to_bits(), "path {path}");
        }
    }
}

#[test]
fn no_two_paths_of_three_blocks_share_their_bits() {
    let mut words: Vec<u64> = (0..768).map(|p| word(1, 2, p, 3)).collect();
    words.sort_unstable();
    words.dedup();
    assert_eq!(words.len(), 768);
}

#[test]
fn uniforms_are_odd_multiples_of_two_to_the_minus_53() {
    assert_eq!(to_unit(0), UNIT);
    assert_eq!(to_unit(u64::MAX), 1.0 - UNIT);
    for x in [0x1234_5678_9ABC_DEF0_u64, 1 << 63, 0xFFF] {
        assert_eq!(to_unit(x), (2 * (x >> 12) + 1) as f64 * UNIT);
        assert_eq!(to_unit(x), 1.0 - to_unit(!x));
    }
}

#[test]
fn streams_never_change() {
    // Computed once by an independent program.
    assert_eq!(stream(""), 0x55493646);
    assert_eq!(stream("growth"), 0xec99e486);
    assert_eq!(stream("trend[coal].2021"), 0xb5023308);
}

#[test]
fn a_hundred_thousand_similar_names_collide_as_rarely_as_chance_has_it() {
    let mut hashes: Vec<u32> = (0..100_000).map(|i| stream(&format!("eps[sector_{i}]"))).collect();
    hashes.sort_unstable();
    hashes.dedup();
    // Expected 1.16 collisions; more than 9 have a probability below 1e-6.
    assert!(hashes.len() >= 100_000 - 9, "{}", hashes.len());
}

/// Ten million draws: enough to see a bias of 1e-3 of a bin's share.
const DRAWS: u64 = 10_000_000 / BLOCK as u64 * BLOCK as u64;

fn for_each_column(mut use_column: impl FnMut(&Column)) {
    let mut column = [0.0; BLOCK];
    for block in 0..DRAWS / BLOCK as u64 {
        uniform_column(20261123, stream("test"), block, 2030, &mut column);
        use_column(&column);
    }
}

fn chi_square(counts: &[u64]) -> f64 {
    let expected = DRAWS as f64 / counts.len() as f64;
    counts.iter().map(|&n| (n as f64 - expected) * (n as f64 - expected) / expected).sum()
}

/// z such that a chi-square with n degrees of freedom is normal enough; |z| < 6 fails by chance once in 5e8.
fn chi_square_score(chi_square: f64, degrees: f64) -> f64 {
    (chi_square - degrees) / (2.0 * degrees).sqrt()
}

#[test]
fn uniforms_fill_4096_bins_and_64_by_64_serial_pairs_evenly() {
    let mut bins = vec![0u64; 4096];
    let mut neighbours = vec![0u64; 4096];
    let mut partners = vec![0u64; 4096];
    let pair = |a: f64, b: f64| (a * 64.0) as usize * 64 + (b * 64.0) as usize;
    for_each_column(|column| {
        for (lane, &u) in column.iter().enumerate() {
            bins[(u * 4096.0) as usize] += 1;
            neighbours[pair(u, column[(lane + 1) % BLOCK])] += 1;
            partners[pair(u, column[lane ^ 128])] += 1;
        }
    });
    for (what, counts) in [("bins", bins), ("neighbours", neighbours)] {
        let score = chi_square_score(chi_square(&counts), 4095.0);
        assert!(score.abs() < 6.0, "{what}: {score}");
    }
    // Each pair of partners is counted in both orders, so the table is symmetric: judge its upper triangle.
    let score = triangle_score(&partners);
    assert!(score.abs() < 6.0, "partners: {score}");
}

fn triangle_score(counts: &[u64]) -> f64 {
    let cell = DRAWS as f64 / 4096.0;
    let mut sum = 0.0;
    for a in 0..64 {
        for b in a..64 {
            // Off the diagonal a pair is counted once in each triangle; on it, twice in one cell.
            let (n, expected) = if a == b {
                (counts[a * 64 + b] as f64 / 2.0, cell / 2.0)
            } else {
                (counts[a * 64 + b] as f64, cell)
            };
            sum += (n - expected) * (n - expected) / expected;
        }
    }
    chi_square_score(sum, 2079.0)
}

#[test]
fn uniforms_have_the_right_moments_tails_and_no_serial_correlation() {
    let (mut sum, mut squares, mut products, mut years) = (0.0, 0.0, 0.0, 0.0);
    let (mut low, mut high) = (0u64, 0u64);
    let mut next_year = [0.0; BLOCK];
    let mut block = 0;
    for_each_column(|column| {
        uniform_column(20261123, stream("test"), block, 2031, &mut next_year);
        block += 1;
        for (lane, &u) in column.iter().enumerate() {
            let centred = u - 0.5;
            sum += centred;
            squares += centred * centred;
            products += centred * (column[(lane + 1) % BLOCK] - 0.5);
            years += centred * (next_year[lane] - 0.5);
            low += u64::from(u < 1e-4);
            high += u64::from(u > 1.0 - 1e-4);
        }
    });
    let n = DRAWS as f64;
    // Each within six standard errors: a fair generator fails one of the six once in 8e7 seeds.
    assert!((sum / n).abs() < 6.0 * (1.0 / 12.0 / n).sqrt(), "mean {}", sum / n);
    assert!((squares / n - 1.0 / 12.0).abs() < 6.0 * (1.0 / 180.0 / n).sqrt(), "variance {}", squares / n);
    assert!((products / n).abs() < 6.0 / 12.0 / n.sqrt(), "serial {}", products / n);
    assert!((years / n).abs() < 6.0 / 12.0 / n.sqrt(), "years {}", years / n);
    for tail in [low, high] {
        assert!((tail as f64 - n * 1e-4).abs() < 6.0 * (n * 1e-4).sqrt(), "tail {tail}");
    }
}

#[test]
fn scattered_paths_have_the_uniforms_of_their_addresses() {
    let paths: Vec<u64> = (0..200).map(|k| k * k * 37 + (k << 40)).collect();
    let (lanes, mut out) = (PathLanes::new(&paths), [0.0; BLOCK]);
    for (seed, stream, year) in [(1, 7, 0), (u64::MAX, u32::MAX, 2035)] {
        lanes.uniforms(seed, stream, year, &mut out);
        for (lane, u) in out.iter().enumerate() {
            let path = paths[lane.min(199)];
            assert_eq!(u.to_bits(), uniform(seed, stream, path, year).to_bits(), "{path}");
        }
    }
}
