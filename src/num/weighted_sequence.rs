//! Choices among a few, with weights, spread over numbers as evenly as can be.

/// Which of a few choices each number from 0 on has, so that among the first N numbers a choice has its weight's share of N
/// to within two, whatever N, and to within one where there are three choices or fewer.
///
/// The first choice has every number n at which ⌊n p + ½⌋ rises (a Sturmian sequence: its count is N p, rounded); the numbers
/// that are left are counted anew and shared out among the other choices alike. A choice is a function of the number alone.
///
/// ```
/// use plancast::num::weighted_sequence::WeightedSequence;
/// let sequence = WeightedSequence::new(&[0.6, 0.2, 0.2]);
/// let of = |choice| (0..1000).filter(|number| sequence.at(*number) == choice).count();
/// assert_eq!([of(0), of(1), of(2)], [600, 200, 200]);
/// ```
#[derive(Clone, Debug, PartialEq)]
pub struct WeightedSequence {
    /// By choice but the last: its part of what those before it leave, times 2^64.
    parts: Vec<u64>,
    /// By choice but the last: where its part of the unit interval ends.
    cuts: Vec<f64>,
}

impl WeightedSequence {
    /// One for choices with these weights, which are positive; only their proportions matter.
    pub fn new(weights: &[f64]) -> Self {
        let mut rests: Vec<f64> = Vec::new();
        for weight in weights.iter().rev() {
            rests.push(weight + rests.last().unwrap_or(&0.0));
        }
        rests.reverse();
        let all = rests.first().copied().unwrap_or(1.0);
        let but_last = weights.len().saturating_sub(1);
        let part = |(weight, rest): (&f64, &f64)| (weight / rest * TWO_TO_64) as u64;
        Self {
            parts: weights.iter().zip(&rests).take(but_last).map(part).collect(),
            cuts: rests.iter().skip(1).map(|rest| 1.0 - rest / all).collect(),
        }
    }

    /// How many choices there are.
    pub fn choices(&self) -> usize {
        self.parts.len() + 1
    }

    /// The choice of a number.
    pub fn at(&self, number: u64) -> usize {
        let mut number = number;
        for (choice, part) in self.parts.iter().enumerate() {
            let before = rounded(number, *part);
            if rounded(number + 1, *part) > before {
                return choice;
            }
            number -= before;
        }
        self.parts.len()
    }

    /// The choice in whose part of the unit interval a uniform lies.
    pub fn of_uniform(&self, u: f64) -> usize {
        self.cuts.iter().filter(|cut| u > **cut).count()
    }

    /// The middle of a choice's part of the unit interval.
    pub fn uniform(&self, choice: usize) -> f64 {
        let low = choice.checked_sub(1).and_then(|before| self.cuts.get(before)).unwrap_or(&0.0);
        let high = self.cuts.get(choice).unwrap_or(&1.0);
        0.5 * (low + high)
    }

    /// The weight of a choice, as a share of all.
    pub fn weight(&self, choice: usize) -> f64 {
        let end = |choice: usize| self.cuts.get(choice).copied().unwrap_or(1.0);
        end(choice) - choice.checked_sub(1).map_or(0.0, end)
    }

    /// Where the choices' parts of the unit interval end, but for the last.
    pub fn cuts(&self) -> &[f64] {
        &self.cuts
    }
}

const TWO_TO_64: f64 = 18_446_744_073_709_551_616.0;

/// `number · part / 2^64`, rounded.
fn rounded(number: u64, part: u64) -> u64 {
    ((u128::from(number) * u128::from(part) + (1 << 63)) >> 64) as u64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn worst(weights: &[f64], numbers: u64) -> f64 {
        let sequence = WeightedSequence::new(weights);
        let sum: f64 = weights.iter().sum();
        let mut counts = vec![0.0; weights.len()];
        let mut worst: f64 = 0.0;
        for number in 0..numbers {
            counts[sequence.at(number)] += 1.0;
            for (count, weight) in counts.iter().zip(weights) {
                worst = crate::num::max(worst, (count - (number + 1) as f64 * weight / sum).abs());
            }
        }
        worst
    }

    /// Half a path for two, and what halves of it leave for more: see the module's documentation.
    #[test]
    fn the_share_of_each_choice_is_its_weight_to_within_a_number_or_two() {
        assert!(worst(&[0.5, 0.5], 10_000) <= 0.5 + 1e-9);
        assert!(worst(&[0.6, 0.2, 0.2], 10_000) < 1.0);
        assert!(worst(&[0.37, 0.521, 0.109], 20_000) < 1.0);
        assert!(worst(&[1.0; 16], 20_000) < 2.0);
        assert!(worst(&[0.001, 0.999], 20_000) <= 0.5 + 1e-9);
    }

    #[test]
    fn a_number_far_away_has_a_choice_too() {
        let sequence = WeightedSequence::new(&[0.6, 0.2, 0.2]);
        let first = (1_u64 << 48) / 5 * 5;
        let counts = (first..first + 1000).fold([0; 3], |mut counts, number| {
            counts[sequence.at(number)] += 1;
            counts
        });
        assert!(
            counts.iter().zip([600, 200, 200]).all(|(count, want): (&i32, i32)| (count - want).abs() <= 2)
        );
        assert_eq!(WeightedSequence::new(&[1.0]).at(7), 0);
    }

    #[test]
    fn a_uniform_has_the_choice_in_whose_part_it_lies() {
        let sequence = WeightedSequence::new(&[3.0, 1.0, 1.0]);
        assert_eq!((sequence.choices(), sequence.cuts().len()), (3, 2));
        assert_eq!([0.1, 0.59, 0.61, 0.79, 0.81].map(|u| sequence.of_uniform(u)), [0, 0, 1, 1, 2]);
        for choice in 0..3 {
            assert_eq!(sequence.of_uniform(sequence.uniform(choice)), choice);
        }
    }
}
