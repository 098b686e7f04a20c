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

# What decides an outcome, so that no path is counted.
text-decided-always = certain
text-decided-never = impossible
text-decided-met = met on record
text-decided-missed = missed on record

# Headings of groups of targets.
text-group-other = Other targets
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


## model: compiling a scenario


## engine: simulating


## result: results and run folders

result-drivers-too-many = there are too many draws to look at each of them; ask about one outcome with plancast sensitivity --of

result-folder-report = report this
result-folder-name = "{ $id }" is no name of a folder: it is empty, begins with a point or holds a slash
result-folder-long = a folder's name of { $length } bytes is longer than { $most }
result-folder-other-id = choose another id
result-folder-other = something that is not a run of plancast is there
    .help = move it away or choose another folder with --out

result-part-none = it is no part of a run ({ $schema })
result-part-damaged = its bytes are damaged; simulate this part again
result-part-senseless = its counts do not agree with each other ({ $how }); simulate this part again
result-part-foreign = it is of another run: { $what }
result-part-overlap = paths { $first } to { $last } are in { $other } as well; leave one of them out
result-part-missing = paths { $first } to { $last } are in no part; simulate them too
result-part-scenario = the scenario
result-part-version = the version of plancast
result-part-seed = the seed
result-part-paths = the number of paths
result-part-sampling = the sampling
result-part-resolved = the scenario's SHA-256
result-part-differs = { $what } is { $theirs }, not { $mine }
result-part-program = the compiled program
result-part-records = it records other variables, quantiles or drivers
result-part-blocks = blocks { $start } to { $end } of { $all }
result-part-level = a level of its quantiles is not from 0 to 1
result-part-blocks-paths = { $paths } paths in blocks { $start } to { $end }
result-part-series = its counts are of other series
result-part-shard = its shard is another

result-sound-field = { $field }: { $why }
result-sound-length = it has { $found } values for { $years } years
result-sound-share = { $value } is no share from 0 to 1
result-sound-negative = it is below zero
result-sound-level = "{ $level }" is no level from 0 to 1
result-sound-years = it runs from { $start } to { $end }
result-sound-paths = { $paths } is more than can be counted
result-sound-no-years = it has no years
result-sound-convergence = it has not as many values as `paths`
result-sound-order = they are not one after the other
result-sound-mark = a year is none
result-sound-ends = `low` is above `high`
result-sound-other-paths = { $paths } paths, where summary.json has { $wanted }
result-sound-no-variable = summary.json has no such variable
result-sound-no-metric = summary.json has no such metric
result-sound-bins = it has { $count } bins
result-sound-sum = its bins do not hold { $paths } paths
result-sound-no-bins = it has no bins
result-sound-range = its range is none
result-sound-within = { $field }.{ $why }
result-sound-change = { $change } is no change of a share
result-sound-large = it is too large

result-store-senseless = it makes no sense: { $why }
result-store-again = run the scenario again to make it anew
result-store-no-file = there is no such file
result-store-name-a-run = name the folder of a run, as `plancast run` prints it last
result-store-check = check what it is and its permissions
result-store-no-json = it is no JSON: { $why }
result-store-schema = its schema is "{ $found }", not "{ $wanted }"
result-store-no-schema = its schema is "missing", not "{ $wanted }"
result-store-this-version = run the scenario again with this version of plancast

result-unknown-rounding = it differs between paths by no more than rounding does
result-unknown-rare = much of its variance lies on rare paths that are not among the { $paths } looked at; simulate more
result-unknown-not-finite = it is infinite or no number on { $count } of the { $paths } paths looked at, and has no variance
result-unknown-few-paths = { $paths } paths are too few to tell; simulate more
result-unknown-outlying = { $count } of the { $paths } paths looked at lie so far from all others that its variance is not known
result-unknown-few-carry = its variance rests on a few of the { $paths } paths looked at; simulate more
result-unknown-few-differ = too few of the { $paths } paths looked at differ from the others; simulate more

result-verify-no-run = it is no folder of a run: it holds no manifest.json of plancast
result-verify-no-files = its manifest names no files: it was written by an earlier version
    .help = run its scenario.toml again to make it anew
result-verify-permissions = check its permissions


## analysis: questions to a model


## chart: figures

# What is read off a figure, by name.
chart-year = Year
chart-scenario = Scenario
chart-target = Target
chart-probability = Odds
chart-median = Median

# Legends and axes of several kinds of figures.
chart-legend-band = { $share } % of paths
chart-legend-mark = Target: odds that it is met
chart-legend-beyond = Target beyond the axis
chart-axes-unit = Unit: { $unit }
chart-axes-logarithmic = logarithmic axis
chart-axes-unit-logarithmic = Unit: { $unit }; logarithmic axis

chart-calendar-axes = Odds in per cent that it is done by the year (a number holds until the next; empty: on no path); framed: the first year in which it is likelier than not
chart-calendar-project = Project

chart-exceedance-unit = { $axes } ({ $unit })
chart-exceedance-spoken = { $title }: { $axes }
chart-exceedance-at-least = Odds of at least this value
chart-exceedance-at-most = Odds of at most this value
chart-exceedance-both = Odds of at least (≥) or at most (≤) this value
chart-exceedance-level-most = At most
chart-exceedance-level-least = At least

chart-fan-spoken = { $title }: fan chart; median in { $year }: { $median }
chart-fan-mean = Mean
chart-fan-paths = { $count } single { $count ->
    [one] path
   *[other] paths
}
chart-fan-history = Recorded
chart-fan-quantiles = Quantiles, { $year }

chart-heatmap-axes = Odds in per cent that both are met; at the end of a row: of the target alone
chart-heatmap-with = together with

chart-histogram-axes = Share of the paths
chart-histogram-never = Later or never
chart-histogram-open = { $year } or later: the simulation ends here

chart-panels-spoken = { $spoken }; { $title }: { $caption }

chart-picture-failed = cannot make a picture of the chart: { $why }
chart-picture-size = it is empty or too large

chart-ridges-density = Density of all paths, each year to its own height

chart-scatter-up = Upwards: { $title }
chart-scatter-across = To the right: { $title }

chart-scorecard-likely = Likely: two in three or more
chart-scorecard-open = Open
chart-scorecard-unlikely = Unlikely: one in three or less

chart-stack-axes = Means over the paths
chart-stack-axes-unit = Means over the paths, { $unit }


## export: files of results

export-paths-machine = { $why }; check the path and the disk
export-paths-columns = the schema has fewer columns than there are
export-paths-no-parquet = this build writes no Parquet; write .csv.gz, or build with --features parquet
export-paths-interrupted = interrupted
export-paths-ending = --export { $name }: the name must end in .csv, .csv.gz or .parquet

# What build servers show of a check.
export-verdicts-baseline = baseline: { $scenario }
export-verdicts-drift = drift: { $scenario }
export-verdicts-refused = Could not be checked:
export-verdicts-confidence = Each gate is decided rightly with a probability of at least { $percent } %.
export-verdicts-column-gate = Gate
export-verdicts-column-found = Found
export-verdicts-column-method = Method
export-verdicts-column-paths = Paths
export-verdicts-undecided = { $gate } is undecided: { $why }
export-verdicts-same = Nothing drifted from the baseline.
export-verdicts-same-numbers = No number drifted from the baseline.
export-verdicts-column-drifted = Drifted
export-verdicts-column-baseline = Baseline
export-verdicts-column-now = Now
export-verdicts-one = { $found }, { $method }
export-verdicts-all = { $all }; { $next }
export-verdicts-gate = { $require }: { $found } ({ $paths } { $paths ->
    [one] path
   *[other] paths
})
export-verdicts-gate-reason = ; { $why }
export-verdicts-gate-approximate = ; without a guarantee
export-verdicts-legend = * without a guarantee: the equations set no bounds close enough, so that the verdict rests on a normal approximation. The paths show no tail or rare case that would forbid it; what no path has shown is not in it.
export-verdicts-method-equations = the equations
export-verdicts-method-record = the record
export-verdicts-method-exact = exact
export-verdicts-method-order = order statistics
export-verdicts-method-range = known range
export-verdicts-method-draws = range of the draws
export-verdicts-method-normal = normal approximation
export-verdicts-never = never
export-verdicts-share = { $name } = { $middle } % ({ $low } to { $high })
export-verdicts-value = { $name } = { $middle } ({ $low } to { $high })
export-verdicts-decided = { $name }: { $words }
export-verdicts-statistic-probability = probability
export-verdicts-statistic-mean = mean
export-verdicts-statistic-sd = sd
export-verdicts-statistic-never = never
export-verdicts-statistic-median = q0.5
# A quantile by its name in files, or by its level in per cent: a language shows one of the two.
export-verdicts-statistic-quantile = { $percent ->
   *[other] { $name }
}
export-verdicts-drifted = { $statistic } of { $name }: { $before } in the baseline, { $after } now


## report: pages

report-assumptions-lead = { $all ->
    [one] 1 value is
   *[other] { $all } values are
} not known for certain: { $derived } are assumed or derived (grade D), { $unconfirmed } are not confirmed (grade C). They are assumptions, not facts.
report-assumptions-quoted = From the document's words to the distribution
report-assumptions-others = Other assumptions
report-assumptions-of = { $title }: { $scenario }
report-assumptions-words = “{ $words }”
report-assumptions-gloss = “{ $words }” ({ $gloss })

report-compared-lead-paired = All scenarios were simulated on the same draws: on each path they meet the same luck. Differences are from “{ $reference }” and taken path by path, so that what remains is the assumptions' doing.
report-compared-lead = These scenarios were simulated one by one: their odds stand side by side, and no difference was taken path by path (plancast compare does that).
report-compared-values = Values
report-compared-target = “{ $title }” ({ $change } points)
report-compared-more = More likely than in the reference: { $targets }.
report-compared-less = Less likely: { $targets }.
report-compared-only = Only in “{ $scenario }”: { $names }
report-compared-units = Not compared, as units differ: { $names }
report-compared-years = Not compared, as years differ: { $names }

report-figure-scorecard = How likely is each target?
report-figure-drivers-unknown = not known, as { $why }
report-figure-drivers-all = { $all }, { $next }
report-figure-drivers = { $inputs } (shocks { $shocks }, parameters { $parameters }, graded C or D { $weak }, only together { $left })
report-figure-mark = { $level }: { $probability }
report-figure-subtitle = { $region } – { $title }
report-figure-footer-first = plancast · scenario { $id } · { $paths } { $paths ->
    [one] path
   *[other] paths
} (here the first { $shown }) · seed { $seed }
report-figure-source = {" "}· Source: { $source }
report-figure-footer = plancast · scenario { $id } · { $paths } { $paths ->
    [one] path
   *[other] paths
} · seed { $seed }
report-figure-several = plancast · scenarios { $ids } · { $paths } { $paths ->
    [one] path
   *[other] paths
} each, on the same draws · seed { $seed }
report-figure-several-run = { $id } ({ $paths } { $paths ->
    [one] path
   *[other] paths
}, seed { $seed })
report-figure-several-unlike = plancast · { $runs }

report-calendar-title = Calendar of completion
report-composition-others = All others
report-composition-title = { $title }: what it is made of
report-density-title = { $title }: distribution by year
report-exceedance-years = { $title }: how likely by when?
report-exceedance-levels = { $title }: how likely is how much?
report-joint-title = Which targets are met together?
report-joint-title-group = Which targets are met together? { $group }
report-paths-title = { $title }: single paths
report-scatter-title = { $year }: { $a } and { $b }, path by path
report-scatter-axis = { $title }, { $unit }
report-scatter-base = { $year }: { $value }
report-violin-title = { $title } in { $year }, by scenario

report-goals-together = All { $targets } targets together: { $probability }
report-goals-together-left = { $goals ->
    [one] The only open goal
   *[other] All { $goals } goals together
}: { $probability } (of { $targets } targets; left out: { $left })
report-goals-left-readings = { $count } other { $count ->
    [one] reading
   *[other] readings
} of a goal
report-goals-left-joins = { $count } that { $count ->
    [one] joins
   *[other] join
} others
report-goals-left-decided = { $count } { $what }

report-lead-alone = { $met }.
report-lead-risk = { $met }; the main risk is “{ $risk }”, which alone explains { $share } of whether it is met.
report-lead-decided = “{ $title }” is { $words }
report-lead-extreme = “{ $title }”: { $words }
report-lead-met-few = “{ $title }” is met on fewer than 1 of 100 paths
report-lead-met-most = “{ $title }” is met on more than 99 of 100 paths
report-lead-met = “{ $title }” is met on { $count } of 100 paths
report-lead-outcome = { $title }, { $year }

# Headings of the page.
report-page-language = en
report-page-many = { $title } ({ $count })
report-page-unit = ({ $unit })
report-page-level = { $level } %
report-page-ends = { $low }–{ $high } %
report-page-save = Save as { $form }
report-page-assumptions = Assumptions with source and grade
report-page-value = Value
report-page-written = Distribution or number
report-page-source = Source
report-page-grade = Grade
report-page-targets = Targets
report-page-target = Target
report-page-odds = Odds
report-page-interval = 95 % interval
report-page-group-all = All goals of this group
report-page-all = All goals together
report-page-figures = Figures
report-page-bands = Bands
report-page-year = Year
report-page-median = Median
report-page-mean = Mean
report-page-method = Method and limits
report-page-made = Made by plancast
report-page-contents = Contents
report-page-comparison = Scenarios held against each other
report-page-change = Change, points
report-page-differences = Differences from the reference
report-page-percent = Mean, %
report-page-higher = Odds that it is higher
report-page-otherwise = What it assumes differently
report-page-drives = What drives the results
report-page-input = Input
report-page-share = Share of the variance
report-page-skip = Skip to the content
report-page-step = Point at the figure, or step through it with the arrow keys, to read its numbers.

report-percents-crosses-zero = The change of the mean: on some paths the reference is zero or of the other sign, so that single paths have no per cent.
report-percents-near-zero = No per cent: the reference's mean is less than five standard errors away from zero.
report-percents-points = No per cent: a rate or share in per cent, whose differences are percentage points.
report-percents-year = No per cent: calendar years.
report-percents-no-value = No per cent: on some paths one of the two has no finite value.
report-percents-few-paths = No per cent: fewer than two paths.
report-percents-mean = No per cent: a mean or its error is not known.

report-side-change-title = How the odds of targets change: { $scenario }
report-side-change-unit = percentage points
report-side-change-about = Against the reference "{ $reference }", path by path; whiskers: 95 % interval
report-side-change-less = { $count ->
    [one] 1 more target changes less
   *[other] { $count } more targets change less
}
report-side-change-none = { $count ->
    [one] 1 target changes on no path
   *[other] { $count } targets change on no path
}
report-side-change-other = * requires something else than in the reference
report-side-change-higher = more likely than in the reference
report-side-change-lower = less likely
report-side-notes = { $all }; { $next }
report-side-years = years
report-side-difference = { $title }: difference from the reference, path by path
report-side-zero = 0: as in the reference ({ $reference })
report-side-caption = { $year }: median { $median }; { $lowest }–{ $highest } %: { $low } to { $high }

report-unknown-line = –: { $why } ({ $names })
report-unknown-no-value = no path has a value
report-unknown-one-value = only one path has a value
report-unknown-never = it never comes on some paths, so that there is no mean
report-unknown-infinite = it is infinite on some paths, so that there is no mean
report-unknown-not-a-number = it is not a number on so many paths that these decide it
report-unknown-large = the values are so large that their sum is not finite
report-unknown-tail = the tail is so heavy that the mean does not settle, or exists not at all

report-why-year = What drives { $title } in { $year }?
report-why-target = What drives the odds of "{ $title }"?
report-why-metric = What drives "{ $title }"?
report-why-about = The line is the mean over all paths; after the dot, the share of variance. Many draws of an input are moved together
report-why-about-never = The line is the mean over all paths; after the dot, the share of variance. Many draws of an input are moved together. Never counts as { $year }
report-why-low = input at its 10 % quantile, or lowest value
report-why-high = input at its 90 % quantile, or highest value
report-why-learnable = { $title }: what could be learned, and what is luck
report-why-shares = Shares of each year's variance; at the right parameters · shocks
report-why-parameters = parameters, graded A or B or not at all
report-why-weak = parameters and shocks graded C or D
report-why-shocks = shocks
report-why-jointly = only together
report-why-ends = { $title } ({ $low } to { $high })

report-wording-basis = The scenario was simulated { $paths ->
    [one] once
   *[other] { $paths } times
} from { $start } to { $end }; each simulation draws anew every quantity that is not known for certain.
report-wording-headline = { $title } in { $year }: half of the paths lie above { $middle }, and nine in ten between { $low } and { $high }.
report-wording-headline-unit = { $title } in { $year }: half of the paths lie above { $middle }, and nine in ten between { $low } and { $high } ({ $unit }).
report-wording-counts = Of { $total } { $total ->
    [one] target
   *[other] targets
}, { $likely } can be expected (odds of two in three or more), { $between } may go either way, and { $unlikely } would come as a surprise (one in three or less).
report-wording-counts-left = Of { $total } { $total ->
    [one] goal
   *[other] goals
}, { $likely } can be expected (odds of two in three or more), { $between } may go either way, and { $unlikely } would come as a surprise (one in three or less). Not counted: { $left }.
report-wording-target = “{ $title }” ({ $share })
report-wording-extremes = Safest is { $safest }; hardest is { $hardest }.
report-wording-sentence = { $sentence }.
report-wording-conditioned = All figures are those of the futures that agree with { $values } observed values ({ $names }): paths are moved to what was observed and weighted by how likely that was, and say as much as { $effective } of equal weight.
report-wording-how-paths = Each of the { $paths } paths is one possible history: parameters are drawn once, shocks every year, and the scenario's equations are computed year by year. The odds of a target are the share of paths on which it is met; impossible and certain are what the equations decide alone. Several readings of one goal count once where goals are counted together.
report-wording-how-errors = After “±” stands the standard error: how far the number of paths alone may have moved the figure. Intervals of odds are 95 % score intervals (Wilson 1927). They say nothing of whether the scenario's assumptions are right.
report-wording-how-drivers = What drives a result is measured by first-order shares of variance, from bins of the inputs' draws on a part of the paths: how much of the variance would go if that input alone were known. What is left over belongs to inputs that matter only together; inputs that are correlated are taken as one.
report-wording-how-bands = Bands hold the stated share of the paths in each year on its own; a single path may leave and re-enter them.
report-wording-how-same = The same scenario, seed ({ $seed }) and number of paths give the same figures to the last digit on any machine. Fingerprint: { $fingerprint }.


## study: questions about a scenario that have no answer

study-kind-target = target
study-kind-variable = recorded variable
study-kind-metric = metric
study-too-few-paths = { $condition } holds on { $found } of { $among } { $among ->
    [one] path
   *[other] paths
}: too few to say anything, it takes { $least }; simulate more (--paths) or ask for less
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
