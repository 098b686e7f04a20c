//! Circles among equations that use each other, and how one is cut: which unknowns to solve for so that all others follow.

/// Numbers that use each other: any of them leads to any other and back. Each in rising order; a number alone is one where
/// it uses itself.
pub(super) fn knots(uses: &[Vec<u32>]) -> Vec<Vec<u32>> {
    let mut search = KnotSearch {
        uses,
        entered: vec![None; uses.len()],
        low: vec![0; uses.len()],
        waiting: vec![false; uses.len()],
        stack: Vec::new(),
        next: 0,
        found: Vec::new(),
    };
    for start in 0..uses.len() {
        if search.entered[start].is_none() {
            search.from(start as u32);
        }
    }
    search.found.sort_unstable();
    search.found
}

/// The search of R. Tarjan (1972), without recursion.
struct KnotSearch<'a> {
    uses: &'a [Vec<u32>],
    /// When a number was reached first.
    entered: Vec<Option<u32>>,
    /// The earliest number that is reached from one and still waits.
    low: Vec<u32>,
    waiting: Vec<bool>,
    stack: Vec<u32>,
    next: u32,
    found: Vec<Vec<u32>>,
}

impl KnotSearch<'_> {
    fn enter(&mut self, number: u32) {
        self.entered[number as usize] = Some(self.next);
        self.low[number as usize] = self.next;
        self.next += 1;
        self.waiting[number as usize] = true;
        self.stack.push(number);
    }

    fn from(&mut self, start: u32) {
        self.enter(start);
        let mut path = vec![(start, 0)];
        while let Some((number, place)) = path.last_mut() {
            let (at, next) = (*number as usize, self.uses[*number as usize].get(*place).copied());
            *place += 1;
            if let Some(used) = next {
                match self.entered[used as usize] {
                    None => {
                        self.enter(used);
                        path.push((used, 0));
                    }
                    Some(entered) if self.waiting[used as usize] => self.low[at] = self.low[at].min(entered),
                    Some(_) => {}
                }
                continue;
            }
            path.pop();
            if let Some((before, _)) = path.last() {
                let before = *before as usize;
                self.low[before] = self.low[before].min(self.low[at]);
            }
            if Some(self.low[at]) == self.entered[at] {
                self.close(at as u32);
            }
        }
    }

    /// Takes a knot, which ends with this number, from the stack.
    fn close(&mut self, last: u32) {
        let mut knot = Vec::new();
        while let Some(number) = self.stack.pop() {
            self.waiting[number as usize] = false;
            knot.push(number);
            if number == last {
                break;
            }
        }
        knot.sort_unstable();
        let uses_itself = self.uses[last as usize].contains(&last);
        if knot.len() > 1 || uses_itself {
            self.found.push(knot);
        }
    }
}

/// How a circle is cut.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Cut {
    /// The unknowns that are solved for.
    pub(super) unknowns: Vec<u32>,
    /// The others, each after those it uses: they follow from the unknowns.
    pub(super) following: Vec<u32>,
}

/// Cuts a knot: the numbers that are most used and use most are taken until no circle is left.
pub(super) fn cut(uses: &[Vec<u32>], knot: &[u32]) -> Cut {
    let place = |number: u32| knot.binary_search(&number).ok();
    let mut used: Vec<Vec<usize>> = knot
        .iter()
        .map(|number| uses[*number as usize].iter().filter_map(|used| place(*used)).collect())
        .collect();
    for used in &mut used {
        used.sort_unstable();
        used.dedup();
    }
    let mut users: Vec<Vec<usize>> = vec![Vec::new(); knot.len()];
    for (user, used) in used.iter().enumerate() {
        used.iter().for_each(|used| users[*used].push(user));
    }
    let mut left = vec![true; knot.len()];
    let mut degrees: Vec<[usize; 2]> =
        used.iter().zip(&users).map(|(used, users)| [used.len(), users.len()]).collect();
    let mut unknowns = Vec::new();
    let mut free: Vec<usize> = Vec::new();
    loop {
        // What uses nothing that is left, or is used by nothing that is left, is in no circle.
        free.extend((0..knot.len()).filter(|k| left[*k] && degrees[*k].contains(&0)));
        let taken = if let Some(taken) = free.pop() {
            if !left[taken] {
                continue;
            }
            taken
        } else {
            let weight = |k: &usize| {
                let [uses, users] = degrees[*k];
                (used[*k].binary_search(k).is_ok(), uses * users, std::cmp::Reverse(*k))
            };
            let Some(most) = (0..knot.len()).filter(|k| left[*k]).max_by_key(weight) else { break };
            unknowns.push(most);
            most
        };
        left[taken] = false;
        used[taken].iter().for_each(|used| degrees[*used][1] = degrees[*used][1].saturating_sub(1));
        users[taken].iter().for_each(|user| degrees[*user][0] = degrees[*user][0].saturating_sub(1));
    }
    unknowns.sort_unstable();
    let cut: Vec<Vec<u32>> = (0..knot.len())
        .map(|k| {
            let kept = used[k].iter().filter(|used| unknowns.binary_search(used).is_err());
            if unknowns.binary_search(&k).is_ok() {
                Vec::new()
            } else {
                kept.map(|used| *used as u32).collect()
            }
        })
        .collect();
    let order = super::order::sorted(&cut).unwrap_or_else(|stuck| stuck);
    let following = order.into_iter().filter(|k| unknowns.binary_search(&(*k as usize)).is_err());
    Cut {
        following: following.map(|k| knot[k as usize]).collect(),
        unknowns: unknowns.into_iter().map(|k| knot[k]).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_knot_is_all_that_leads_to_each_other() {
        // 0 → 1 → 2 → 0, 3 → 0, 4 ↔ 5, 6 → 6, 7 alone.
        let uses = [vec![1], vec![2], vec![0, 7], vec![0], vec![5], vec![4, 0], vec![6], vec![]];
        assert_eq!(knots(&uses), [vec![0, 1, 2], vec![4, 5], vec![6]]);
    }

    #[test]
    fn one_unknown_cuts_circles_that_share_it() {
        // Income 0 uses consumption 1 and investment 2, which use income; tax 3 lies between.
        let uses = [vec![1, 2], vec![3], vec![0], vec![0]];
        assert_eq!(cut(&uses, &[0, 1, 2, 3]), Cut { unknowns: vec![0], following: vec![2, 3, 1] });
    }

    #[test]
    fn what_all_use_of_each_other_is_cut_but_for_one() {
        let uses: Vec<Vec<u32>> = (0..5).map(|k| (0..5).filter(|other| *other != k).collect()).collect();
        let cut = cut(&uses, &[0, 1, 2, 3, 4]);
        assert_eq!((cut.unknowns.len(), cut.following.len()), (4, 1));
    }

    #[test]
    fn long_chains_need_no_deep_stack() {
        let count = 200_000;
        let uses: Vec<Vec<u32>> = (0..count).map(|k| vec![(k + 1) % count]).collect();
        assert_eq!(knots(&uses)[0].len(), count as usize);
    }
}
