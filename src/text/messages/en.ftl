### Every text that plancast shows in English. The syntax is Project Fluent's (https://projectfluent.org).
### A key is room-topic-variant; a help and the like are attributes of the message that they belong to.


## text: numbers, units, headings, and what all rooms use

# Punctuation between the items of a list, and what heads a diagnostic.
text-comma = {", "}
text-error = error
text-warning = warning
text-help = help: { $help }
text-diagnostic = { $place }{ $severity }: { $message }
text-diagnostic-help = { $place }{ $severity }: { $message } ({ $help })
text-more-errors = there are more than these { $count } errors; the rest is not shown
text-more-warnings = there are more than these { $count } warnings; the rest is not shown
text-with-help = { $message } ({ $help })
text-mend-first = mend these first

# What a name may have been meant to be.
text-did-you-mean = did you mean "{ $name }"?
text-names = { $kind }: { $names }
text-names-many = { $kind }: { $names }, … ({ $count } in all)
text-kind-any = there are
text-kind-built-in = built in
text-kind-choices = choices
text-kind-distributions = distributions
text-kind-effects = effects
text-kind-estimates = estimates
text-kind-factor-sets = sets of the factors
text-kind-fields = fields
text-kind-gate-functions = a gate knows
text-kind-goal-functions = a goal knows
text-kind-histories = histories
text-kind-inputs = inputs
text-kind-keys = keys
text-kind-members = members
text-kind-sets = sets
text-kind-settable = parameters and fields
text-kind-targets = targets
text-kind-variables = variables

# Paths: how many, and a share of so few that no per cent is given.
text-paths = { $count } { $count ->
    [one] path
   *[other] paths
}
text-share-of-paths = { $met } of { $paths } { $paths ->
    [one] path
   *[other] paths
}
text-percent-range = { $low } to { $high } %
text-not-known = not known

# What decides an outcome, so that no path is counted.
text-decided-always = certain
text-decided-never = impossible
text-decided-met = met on record
text-decided-missed = missed on record

# Headings of groups of targets.
text-group-other = Other targets
text-group-headline = Headline goals
text-group-macro = Economy
text-group-annual = The plan for the year
text-group-industry = Industry
text-group-products = Physical output
text-group-energy = Energy
text-group-emissions = Emissions
text-group-environment = Environment
text-group-people = People
text-group-innovation = Innovation
text-group-national = National commitments

# Units. An empty one is shown as a scenario writes it.
text-unit-CNY = {""}
text-unit-USD = {""}
text-unit-EUR = {""}
text-unit-t = {""}
text-unit-g = {""}
text-unit-tCO2 = t CO₂
text-unit-gCO2 = g CO₂
text-unit-tCO2e = t CO₂e
text-unit-gCO2e = g CO₂e
text-unit-tce = {""}
text-unit-gce = {""}
text-unit-toe = {""}
text-unit-Wh = {""}
text-unit-kilowatt-hour = kWh
text-unit-J = {""}
text-unit-W = {""}
text-unit-h = {""}
text-unit-m = {""}
text-unit-kilometre = km
text-unit-m2 = m²
text-unit-km2 = km²
text-unit-ha = {""}
text-unit-mu = {""}
text-unit-m3 = m³
text-unit-L = {""}
text-unit-persons = {""}
text-unit-households = {""}
text-unit-firms = {""}
text-unit-jobs = {""}
text-unit-vehicles = {""}
text-unit-beds = {""}
text-unit-year = yr
text-unit-month = {""}
text-unit-percent = %
text-unit-pp = percentage points
text-unit-permille = ‰
text-unit-bp = basis points
text-unit-index = {""}
text-unit-times = {""}
text-unit-yearly-rate = %/yr

# Between the words of a unit: 100 million CNY.
text-unit-space = {" "}

# Prefixes of units, before what is weighed or counted and before watts.
text-prefix-milli = m
text-prefix-milli-watt = m
text-prefix-kilo = k
text-prefix-kilo-watt = k
text-prefix-mega = M
text-prefix-mega-watt = M
text-prefix-giga = G
text-prefix-giga-watt = G
text-prefix-tera = T
text-prefix-tera-watt = T
text-prefix-peta = P
text-prefix-peta-watt = P

# Round numbers in a unit.
text-number-thousand = thousand
text-number-ten-thousand = 10,000
text-number-million = million
text-number-hundred-million = 100 million
text-number-billion = billion
text-number-trillion = trillion

# Units in the size that a language's statistics use; values are multiplied by the factor.
text-usual-megatonne = Mt
    .factor = 1
text-usual-megatonne-coal = Mtce
    .factor = 1
text-usual-megatonne-carbon = Mt CO₂
    .factor = 1
text-usual-megatonne-carbon-equivalent = Mt CO₂e
    .factor = 1
text-usual-terawatt-hour = TWh
    .factor = 1
text-usual-gigawatt = GW
    .factor = 1
text-usual-megalitre = thousand kL
    .factor = 1


## num: distributions and draws


## formula: formulas


## ensemble: statistics of paths


## world: files, folders and their contents

world-refusal-ending-scenario = { $name } is not read as a scenario: its name does not end in { $endings }
    .help = rename the file; with --allow-outside a file of any name is read
world-refusal-ending-data = { $name } is not read as data: its name does not end in { $endings }
world-refusal-outside = { $name } lies outside of the scenario's project and is not read
    .help = the project is the nearest folder above the scenario with .git or plancast.toml in it, or else the scenario's own folder; copy the file there, or add --allow-outside if you trust the scenario
world-refusal-hidden = { $name } is hidden, or lies in a hidden folder, and is not read
    .help = a name that begins with a dot is hidden; move the file, or add --allow-outside if you trust the scenario
world-refusal-missing = there is no file { $name }
    .help = a path is relative to the file that it stands in


## scenario: reading scenario files

scenario-load-no-table = { $name } holds no table of a scenario
    .help = a scenario has tables such as [parameters] or [variables]; what is wrong in other files is not shown
scenario-load-link = the symbolic link { $why }
scenario-load-name-a-file = name a scenario file, or - for standard input
scenario-load-no-file = there is no file { $name }
scenario-load-no-scenario = there is no file and no built-in scenario named "{ $name }"
scenario-load-circle = `extends` goes in a circle: { $chain }
    .help = remove one of the `extends`
scenario-load-extends-kind = `extends` takes a path or a list of paths, not { $found }
    .help = extends = "base.toml"
scenario-load-extends-refused = `extends`: { $why }
scenario-load-extends-nowhere = `extends` leads nowhere: there is no file { $path }
    .help = a path is relative to the file it stands in; a built-in scenario is named without .toml
    .nearest = did you mean "{ $name }"? A path is relative to the file it stands in; a built-in scenario is named without .toml
scenario-load-many-files = the scenario is made of more than { $count } files
scenario-load-large = the scenario's files are larger than { $size } MiB together
scenario-load-data-refused = { $why }; { $help }
scenario-kind-string = a string
scenario-kind-number = a number
scenario-kind-boolean = true or false
scenario-kind-list = a list
scenario-kind-table = a table

# Where a text is no TOML.
scenario-slips-index = a name with an index stands in quotes
    .help = write "{ $name }" = …
scenario-slips-no-value = { $key } has no value
    .help = write what it is behind the =: { $key } = 0.05, or remove the line
scenario-slips-curly-quotes = these are not the quotes of a keyboard
scenario-slips-write-string = write { $key } = "{ $value }"
scenario-slips-boolean = true and false are written in small letters
    .help = write { $key } = { $value }
scenario-slips-no-number = { $value } is no number
    .help = a number is 1020, 0.05 or 1e8: digits on both sides of the point, no comma, no unit and no calculation
scenario-slips-other-letters = the name { $name } stands without quotes
    .help = TOML takes other letters than a to z only in quotes: write { $written }
scenario-slips-unquoted = only plain numbers, true and false stand without quotes
    .help = write "{ $value }"
scenario-slips-table-twice = the table { $table } stands here a second time
    .help = put what it holds under the first one, or mend the name
scenario-slips-key-twice = the key { $key } stands here a second time
    .help = a table has each key once: remove one of the two, or mend the name
scenario-slips-toml = this is not valid TOML: { $reason }
    .json = a scenario is TOML, not JSON: [time], and in the next line start = 2020
    .colon = a scenario is TOML: key = value, not key: value
    .comma = the list or inline table before this is not closed by ] or {"}"}, or lacks a comma
    .equals = between a key and its value stands one =
    .string = a string ends in the line in which it starts, with the quote that it starts with
    .table = a table starts with its name in brackets, [sets.sector]; one of a list in two, [[correlations]]
    .inline = an inline table is {"{"} key = value, key = value {"}"}
    .line = a line is key = value or [table]; strings stand in quotes, a comment starts with #
    .quotes = a name in letters other than a to z stands in quotes: { $written }

scenario-softness-unknown = there is no softness "{ $softness }"
    .help = the words of a figure are one of: { $names }
scenario-softness-no-rule = the softness { $softness } has no rule
    .help = { $softness } = {"{"} share = "97.5%" {"}"} for numbers, {"{"} status = "started" {"}"} for works
scenario-softness-share = the share of a figure is a number above 0 and of at most 100 %
    .help = share = "97.5%" leaves 2.5 % room; share = 1 leaves none

## model: compiling a scenario

model-goals-own-variant = the target { $target } is a variant of itself
    .help = `variant_of` names the goal of which a target is another reading; a goal of its own has none
model-goals-variant-and-goal = the target { $target } has both `goal` and `variant_of`
    .help = `variant_of` says it all: remove `goal`
model-goals-of-a-variant = { $target } is itself a variant of { $goal }
    .help = name the goal: { $goal }
model-goals-no-target = there is no target "{ $target }"
model-goals-headline-twice = the target { $target } stands twice in `headline`
model-goals-many-headlines = { $count } headline targets: more than { $most } lead nobody
    .help = keep the five to eight that the plan is about
model-softness-no-status = there is no variable "{ $name }"
model-softness-without-rule = the figure { $figure } is { $softness }, and [softness] has no such rule
    .help = add it: [softness] with { $softness } = {"{"} share = "97.5%" {"}"} or {"{"} status = "started" {"}"}
model-softness-without-word = the figure { $figure } is { $softness }, and its words hold none that says so
    .help = quote the word that makes it so ({ $words }), or correct the softness
model-softness-departs = the target { $target } does not follow the rule of its figure, which is { $softness }
model-softness-share = ask for { $share } % of what the figure says, not for { $asked } %; or make it a variant of the goal (variant_of)
model-softness-status = ask for the status: { $name }[…]@2025 == 1; or make it a variant of the goal (variant_of)
model-softness-unread = it cannot be read what share of the figure is asked for: compare one variable with a number, and write the figure as `states`

## engine: simulating


## result: results and run folders


## analysis: questions to a model


## chart: figures


## export: files of results


## report: pages

report-goals-impossible = Impossible by construction, on every path: { $titles }.
report-goals-quoted = “{ $title }”
report-page-variants = { $count } other { $count ->
    [one] reading
   *[other] readings
}

## study: questions about a scenario that have no answer

study-kind-target = target
study-kind-variable = recorded variable
study-kind-metric = metric
study-too-few-paths = { $condition } holds on { $found } of { $among } { $among ->
    [one] path
   *[other] paths
}: too few to say anything, it takes { $least }; simulate more (--paths) or ask for less
study-impossible-condition = { $condition } never holds, whatever happens: check it and what it names
study-no-targets = --until with a share speaks of the odds of targets, and the scenario has none; write --until 'mean(x@2030)=1'
study-unknown-target = --pairs: there is no target "{ $name }"; { $help }
study-part = the parts are not the whole run: { $why }
study-named-part = { $name }: { $why }
study-record = the run cannot be conditioned on what was observed: { $why }
study-no-measurement-error = nothing is said of the measurement error of { $variable } in { $year }: give its sd above 0, in the variable's unit or as "1%"; it is never invented
study-implausible = what was observed contradicts the scenario: of records that the scenario gives only a share of { $share } lies as far out; look at units and base years, or say --allow-implausible
study-few-effective-paths = { $paths } paths say as much as { $effective } that agree with what was observed: too few, it takes { $least }; simulate more: --paths { $needed }
study-uneven-weights = a few paths outweigh the others: one has { $largest } % of all weight; errors cannot be told. Give the observations a larger sd, or simulate more (--paths)
study-uneven-weights-tail = a few paths outweigh the others: one has { $largest } % of all weight, and the tail of the weights has k̂ = { $k }; errors cannot be told. Give the observations a larger sd, or simulate more (--paths)
study-observed-with = observations cannot be used with `{ $with }`; leave one of them out (--unobserved leaves out the observations)
study-not-conditioned = { $what } does not know how to condition on the scenario's observations yet, and would tell what was believed before them; leave out [observations], or run with --unobserved
study-other-build = the parts were simulated by another build of plancast { $version }
study-other-counts = the parts hold counts that this scenario does not give; simulate them again
study-other-drivers = the parts hold counts of drivers that this scenario does not have; simulate them again
study-unknown-result = the run has no { $kind } "{ $name }"; { $help }
study-not-known = { $what } is not known: { $why }


## cli-arguments: the command's arguments


## cli-audit: the command's audit


## cli-backtest: the command's backtest


## cli-batch: the command's batch


## cli-check: the command's check


## cli-compare: the command's compare


## cli-decompose: the command's decompose


## cli-diff: the command's diff


## cli-discover: the command's discover


## cli-explain: the command's explain


## cli-export: the command's export


## cli-figures: the command's figures


## cli-fit: the command's fit


## cli-list: the command's list


## cli-merge: the command's merge


## cli-new: the command's new


## cli-redraw: the command's redraw


## cli-run: the command's run


## cli-score: the command's score


## cli-sensitivity: the command's sensitivity


## cli-shell: the command's shell


## cli-solve: the command's solve


## cli-table: the command's table


## cli-validate: the command's validate


## cli-verify: the command's verify


## cli-other: the command's other
