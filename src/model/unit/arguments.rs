//! The units of a distribution's arguments that are made of other data: where they are values, they have the unit of the
//! quantity.

use super::check::Checker;
use super::measure::PartialUnit;
use crate::message;
use crate::scenario::Quantity;
use crate::scenario::quantity::{QuantityKind, VaryingArgument};

impl<'a> Checker<'a> {
    /// Checks the arguments in all parameters, fields and shocks.
    pub(super) fn arguments(&mut self) {
        let (scenario, stated) = (self.scenario, self.stated);
        // Levels are written as bare numbers here, too.
        self.path = true;
        for (number, (set_name, set)) in scenario.sets.iter().enumerate() {
            for (name, field) in &set.fields {
                let Some(says) = stated.fields.get(&(number, name.as_str())) else { continue };
                let own = set.members.values().filter_map(|member| member.values.get(name));
                for quantity in field.default.iter().chain(own.map(|(_, quantity)| quantity)) {
                    self.scope = vec![(set_name.as_str(), number)];
                    self.own_set = Some(number);
                    self.of_quantity(name, says, quantity);
                    self.own_set = None;
                }
            }
        }
        let parameters = scenario.parameters.iter().map(|(name, own)| (name, &own.over, &own.value));
        let shocks = scenario.shocks.iter().map(|(name, own)| (name, &own.over, &own.dist));
        for (name, over, quantity) in parameters.chain(shocks) {
            let Some(says) = stated.names.get(name.as_str()) else { continue };
            let sets =
                over.iter().filter_map(|(set, _)| Some((set.as_str(), scenario.sets.get_index_of(set)?)));
            self.scope = sets.collect();
            self.of_quantity(name, says, quantity);
        }
        self.scope.clear();
        self.path = false;
    }

    fn of_quantity(&mut self, name: &str, says: &PartialUnit<'a>, quantity: &'a Quantity) {
        match &quantity.kind {
            QuantityKind::ByYear { entries, .. } => {
                entries.iter().for_each(|(_, inner)| self.of_quantity(name, says, inner));
            }
            QuantityKind::ByMember(entries) => {
                entries.iter().for_each(|(_, _, inner)| self.of_quantity(name, says, inner));
            }
            QuantityKind::Varying(varying, written) => {
                let exact = (quantity.place.end - quantity.place.start) as usize == written.len();
                for (argument, is_value) in varying.with_roles() {
                    let VaryingArgument::Formula { tree, text, span } = argument else { continue };
                    let place =
                        if exact { quantity.place.part(span.start, span.end) } else { quantity.place };
                    let found = self.expression(place, text, tree);
                    if is_value {
                        self.conforms(&found, &message!("model-unit-argument-of", name = name), says, tree);
                    }
                }
            }
            QuantityKind::Number(_) | QuantityKind::Chance(..) | QuantityKind::Broken => {}
        }
    }
}
