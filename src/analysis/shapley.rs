//! Decomposition of the change of a product into the effects of its factors by Shapley's value (Shapley 1953; of
//! energy: Sun 1998, Albrecht, François and Schoors 2002).
//!
//! The effect of factor x is its change times the other factors, averaged over all orders in which the factors can
//! change one after the other: (x₁ − x₀) Σ over the subsets S of the others of |S|! (n − 1 − |S|)! / n! Π of S at
//! the end Π of the rest at the start. Effects add up to the change without a rest, no factor comes before another,
//! and the factors may have any sign and be zero: nothing is divided and no logarithm is taken.

/// The effects of the factors of one product, added to `effects`. `before` and `after` are the factors' values.
pub fn add_effects(before: &[f64], after: &[f64], effects: &mut [f64]) {
    let count = before.len();
    let mut products = vec![0.0; count + 1];
    for (factor, effect) in effects.iter_mut().enumerate().take(count) {
        *effect +=
            (after[factor] - before[factor]) * mean_of_the_others(before, after, factor, &mut products);
    }
}

/// The product of all factors but one, averaged over all orders: of the others, those that come first are at the end.
/// `products` is room for one number more than there are factors.
fn mean_of_the_others(before: &[f64], after: &[f64], left_out: usize, products: &mut [f64]) -> f64 {
    products.fill(0.0);
    products[0] = 1.0;
    // By how many of the factors so far are at the end: the sum of the products over all choices of these.
    let mut taken = 0;
    for (factor, (x0, x1)) in before.iter().zip(after).enumerate() {
        if factor == left_out {
            continue;
        }
        for at_end in (0..=taken).rev() {
            products[at_end + 1] += products[at_end] * x1;
            products[at_end] *= x0;
        }
        taken += 1;
    }
    // Every number of factors at the end is as likely as another, and of one number every choice.
    let mut choices = 1.0;
    let mut sum = 0.0;
    for (at_end, products) in products[..=taken].iter().enumerate() {
        sum += products / choices;
        choices *= (taken - at_end) as f64 / (at_end + 1) as f64;
    }
    sum / (taken + 1) as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::num::max;

    /// Shapley's value by its definition: the mean over all orders of what a factor changes when its turn comes.
    fn by_orders(before: &[f64], after: &[f64]) -> Vec<f64> {
        fn visit(order: &mut Vec<usize>, x: &[f64], after: &[f64], effects: &mut [f64], orders: &mut f64) {
            if order.len() == x.len() {
                let mut x = x.to_vec();
                for &factor in &*order {
                    let old: f64 = x.iter().product();
                    x[factor] = after[factor];
                    effects[factor] += x.iter().product::<f64>() - old;
                }
                *orders += 1.0;
            }
            for factor in (0..x.len()).filter(|factor| !order.contains(factor)).collect::<Vec<_>>() {
                order.push(factor);
                visit(order, x, after, effects, orders);
                order.pop();
            }
        }
        let (mut effects, mut orders) = (vec![0.0; before.len()], 0.0);
        visit(&mut Vec::new(), before, after, &mut effects, &mut orders);
        effects.iter().map(|effect| effect / orders).collect()
    }

    fn effects(before: &[f64], after: &[f64]) -> Vec<f64> {
        let mut effects = vec![0.0; before.len()];
        add_effects(before, after, &mut effects);
        effects
    }

    #[test]
    fn effects_are_the_mean_over_all_orders() {
        let numbers = [2.0, -3.0, 0.0, 0.5, 7.0, -1.25, 4.0, 1e-3, -11.0, 6.0, 0.0, -0.75];
        for count in 1..=6 {
            for first in 0..numbers.len() {
                let number = |place: usize| numbers[(first + place) % numbers.len()];
                let before: Vec<f64> = (0..count).map(number).collect();
                let after: Vec<f64> = (0..count).map(|place| number(5 * place + 4)).collect();
                let size = before.iter().zip(&after).map(|(a, b)| max(a.abs(), b.abs())).product::<f64>();
                for (found, exact) in effects(&before, &after).iter().zip(by_orders(&before, &after)) {
                    assert!(
                        (found - exact).abs() <= 1e-12 * max(size, 1.0),
                        "{before:?} {after:?}: {found} {exact}"
                    );
                }
            }
        }
    }

    /// Of two factors each has its change times the mean of the other (Sun 1998); of three, by his formula
    /// Δx y₀ z₀ + ½ Δx (Δy z₀ + y₀ Δz) + ⅓ Δx Δy Δz.
    #[test]
    fn what_factors_do_jointly_is_shared_out_evenly() {
        assert_eq!(effects(&[-2.0, 3.0], &[4.0, 5.0]), [24.0, 2.0]);
        let ([x, y, z], [dx, dy, dz]) = ([2.0, -1.0, 3.0], [3.0, 4.0, -5.0]);
        let exact = dx * y * z + 0.5 * dx * (dy * z + y * dz) + dx * dy * dz / 3.0;
        let found = effects(&[x, y, z], &[x + dx, y + dy, z + dz]);
        assert!((found[0] - exact).abs() < 1e-12, "{found:?} {exact}");
        assert!((found.iter().sum::<f64>() - (5.0 * 3.0 * -2.0 - -6.0)).abs() < 1e-12);
    }

    #[test]
    fn one_factor_has_the_whole_change_and_a_constant_one_has_none() {
        assert_eq!(effects(&[10.0], &[-5.0]), [-15.0]);
        assert_eq!(effects(&[-1.0, 4.0], &[-1.0, 6.0]), [0.0, -2.0]);
        assert_eq!(effects(&[0.0, 4.0], &[0.0, 6.0]), [0.0, 0.0]);
    }
}
