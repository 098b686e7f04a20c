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
text-kind-tables = tables
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
text-per-cent = { $number } %

# Quarters and months.
text-period-no-part = { $text }: { $step ->
    [month] a year has 12 months
   *[quarter] a year has 4 quarters
}
text-period-year = Year
text-period-quarter = Quarter
text-period-month = Month
text-period-years = a year is a whole number from 0 to 9999: 2025
text-period-quarters = quarters are 2025Q1, 2025Q2, 2025Q3 and 2025Q4
text-period-months = months are 2025M01 to 2025M12
text-period-other = { $period } is { $is ->
    [quarter] a quarter
    [month] a month
   *[year] a year
}, and a step of this model is { $step ->
    [quarter] a quarter
    [month] a month
   *[year] a year
}
    .year = write the year, { $year }, or say in [time] that the model has shorter steps: step = "quarter"
    .part = write a period from { $first } to { $last }
text-kind-steps = The steps
scenario-periods-step = there are no steps of a "{ $name }"
    .help = step = "year", "quarter" or "month"; what is shorter is not simulated
scenario-periods-no-step = add step = "{ $step }" to [time]
scenario-periods-none = "{ $text }" is no period
scenario-quantities-twice = the value from { $period } on stands twice
    .help = a year stands for its first period: leave one of the two out
model-call-whole-year = { $year } is a whole year, and a step of this model is { $step ->
    [month] a month
   *[quarter] a quarter
}
    .one = write { $x }@{ $last } for the last period of the year, or annual({ $x })@{ $year } for the sum of its periods (annual_mean for their mean)
    .several = annual sums overlap: name periods from { $first } to { $last }, or take { $x }@{ $last } of each year
model-unit-yearly = a rate per year becomes one per step by multiplying: { $words } * years_per_step
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
text-usual-hundred-million-yuan = billion CNY
    .factor = 0.1
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
# Names of run folders: scenario, result
text-folder-device = "{ $id }" is no name of a folder: { $name } means a device on Windows
text-folder-index = "{ $id }" is no name of a folder of a run: the list of all runs is written there

## num: distributions and draws


## formula: formulas

formula-token-number = the number { $number }
formula-token-name = "{ $name }"
formula-token-period = { $period }
formula-token-text = '{ $text }'
formula-token-symbol = "{ $symbol }"
formula-token-end = the end
formula-token-no-number = "{ $text }" is no number
    .help = a number starts with a digit: 0.5; an index stands in square brackets: x[coal]; the name of a file in single quotes
formula-token-number-name = "{ $text }" is neither a number nor a name
    .help = write * between a number and a name; a name starts with a letter
formula-token-too-large = this number is larger than 1.8e308, the largest there is
    .help = say large numbers in a larger unit; without a bound is `inf`
formula-token-open-quote = a quote that is not closed
formula-token-character = the character "{ $first }" means nothing here
    .at-least = at least is written >=, at most <=
    .comparison = a comparison is written ==, >=, <=, > or <
    .and = write `and`
    .or = write `or`
    .not = write `not`
    .percent = a per cent sign stands right behind a number: 8%
    .multiply = multiplication is written *
    .divide = division is written /
    .greater-equal = write >=
    .less-equal = write <=
    .wide = use the ASCII brackets, comma and colon: ( ) , :
    .curly = group with ( ) and index with [ ]
    .semicolon = arguments are separated by commas
    .dash = minus is written -; a range of values is "6% to 10%"
    .minus = minus is written -
    .plus-minus = a value that is not known is written "normal(5%, 1%)" or "3% to 7%"
    .wide-percent = use the ASCII per cent sign: %
    .quotes = names of files and columns stand in plain single quotes: 'file.csv'
    .power = a power is written ^{ $digit }
formula-parse-bracket-not-opened = a bracket that was never opened
formula-parse-no-operator = { $token } stands where an operator or the end should be
    .help = between two values stands an operator: + - * / ^, a comparison, `and` or `or`
formula-parse-no-name = a name is missing
    .help = a name starts with a letter and holds letters, digits and _
formula-parse-only-name = only a name with its indices can stand here
    .help = write { $name } or { $name }[set]
formula-parse-reserved = "{ $name }" is a reserved word
formula-parse-chained = comparisons cannot be chained
    .help = write a < b and b < c
formula-parse-no-value = "{ $name }" stands where a value should be
formula-parse-ends = the formula ends where a value should be
    .help = finish it, or remove what it ends with
formula-parse-text = text in quotes is for files and columns, not for formulas
formula-parse-no-value-token = { $token } stands where a value should be
    .power = a power is written ^
    .brackets = brackets hold the index of a name: x[coal]; group with ( )
    .value = a value is a number, a name, a function or something in ( )
formula-parse-index-calculated = an index is a name; nothing is calculated in it
    .help = the value of the year before is prev(x), of n years before lag(x, n)
formula-parse-no-index = { $token } is no index
    .year = an index is a set or one of its members; a year stands behind @: x@2025; the year before is prev(x)
    .set = an index is a set, one of its members, or i:set
formula-parse-too-deep = the formula nests deeper than { $max_depth } levels
    .help = give parts of it names of their own in [variables]
formula-parse-missing = "{ $symbol }" is missing { $after }: { $token } stands there
formula-parse-close-bracket = to close the bracket
formula-parse-close-call = to close { $function }(
formula-parse-close-index = to close the index
formula-parse-colon = between the set and the body of { $function }


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
world-file-permission = choose a folder you may write to with --out
world-file-full = free some space or choose another disk with --out
world-file-limit = raise the limit (ulimit -f) or choose another disk with --out
world-file-check = check the path and the disk, or choose another folder with --out
world-file-error = cannot { $what } { $path }: { $why }; { $help }
world-lock-busy = { $holder } is writing there, waited { $waited }
    .help = wait longer with --wait, end the other process, or choose another folder with --out
world-lock-not-ours = something that is no lock of plancast is there
    .help = move it away, or choose another folder with --out
world-lock-waiting = waiting for { $what }, which { $holder } is writing; giving up after { $limit } (--wait)
world-lock-minutes = { $count } min
world-lock-seconds = { $count } s
world-lock-other = another program
world-lock-process = process { $id }
world-lock-process-of = process { $id } ({ $command })
world-lock-process-on = process { $id } on { $machine } ({ $command })
world-read-standard-input = standard input
world-read-failed = { $name } cannot be read: { $error }
world-read-missing = there is no file { $shown }
world-read-device = { $shown } is a device or pipe, not a file
world-read-kernel = { $shown } is no file on a disk: the system makes it as it is read
world-read-large = { $name } is larger than { $size } MiB
world-read-no-text = { $name } is not UTF-8 text: save it as UTF-8
world-read-workbook = { $name } is a workbook or another archive: give it the ending .xlsx, or save its sheet as CSV
world-read-folder = { $shown } is a folder, not a file
world-write-folder = a folder is there
    .help = check the path, or choose another file


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
scenario-load-extends-refused = `{ $key }`: { $why }
scenario-load-extends-nowhere = `{ $key }` leads nowhere: there is no file { $path }
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
scenario-document-many-keys = the file has more than { $count } keys
    .help = a sample of numbers stands in a CSV file: empirical('file.csv', 'column')
scenario-document-many-items = the file has more than { $count } items of lists
scenario-document-date = a date has no meaning in a scenario
    .help = a year is a whole number: 2025
scenario-document-too-large = this number is larger than 1.8e308, the largest there is
    .help = say large numbers in a larger unit: 1.5 with unit = "1e8 CNY"
scenario-document-unreadable-number = this number cannot be read
scenario-document-lines = a name of several lines: a name stands on one
scenario-document-control = a control character stands here: U+{ $code }
    .help = remove it: it does not show, and terminals and other programs that show the text act on it
scenario-history-year-twice = { $at }: the year { $year } stands in line { $first } already
scenario-history-csv = { $file }: { $error }
scenario-history-many-rows = { $file } has more than { $most_rows } rows
scenario-history-no-values = { $file } holds no values
scenario-merge-unset = there is no "{ $key }" to unset in what this file extends
    .help = "unset" removes an inherited member, variable, target or gate
scenario-observation-no-year = "{ $text }" is no { $step ->
    [quarter] quarter, as 2021Q1 is
    [month] month, as 2021M01 is
   *[year] whole year from 0 to 9999
}
scenario-observation-no-error = "{ $text }" is no measurement error: a number from 0 on, or 1%
scenario-observation-no-day = "{ $text }" is no day: 2024-03-01
scenario-observation-empty = the cell is empty
scenario-observation-year-twice = { $file }, line { $line }: the year { $year } stands in line { $other } already; of several values of a year each needs its day in a column "published"
scenario-observation-units = { $file }, line { $line }: { $variable } is in { $unit } here, and in { $written } elsewhere
scenario-observation-not-converted = { $file }, line { $line }: { $variable } is observed in { $written }, and the scenario has it in { $unit }; convert the values, or leave the unit out where they are in the scenario's
scenario-observation-no-unit = { $file }, line { $line }: { $variable } is observed in { $written }, and the scenario has it in no unit; convert the values, or leave the unit out where they are in the scenario's
scenario-observed-no-variable = { $file }: there is no variable "{ $name }"
scenario-observed-no-error = { $file }: nothing is said of the measurement error of { $name } in { $year }
    .help = give a column sd: a number in the variable's unit, or a share such as 1%; it is never invented
scenario-observed-as-of = --as-of: "{ $text }" is no day
    .help = --as-of 2024-03-01
scenario-overrides-form = --set takes NAME=QUANTITY
    .help = --set 'trend[coal]=normal(1%, 1%)'
scenario-overrides-no-year = ".{ $year }" is no year
    .help = --set 'trend[coal].2021=3%'
scenario-overrides-no-name = "{ $name }" is no name of a parameter or field: { $why }
scenario-overrides-no-value = the value is missing
    .help = --set NAME=QUANTITY
scenario-overrides-no-field = the set { $set } has no field "{ $name }"
scenario-overrides-two-sets = both the sets { $one } and { $other } have a field { $name }
    .help = name a member, as in { $name }[member]
scenario-overrides-nothing = the scenario has no parameter or field "{ $what }"
    .member = name its member, as in { $name }[member]
scenario-overrides-no-index = { $name } has no index for "{ $extra }"
scenario-overrides-no-member = the set { $set } has no member "{ $member }"
scenario-overrides-fixed = this value cannot be set
scenario-overrides-by-year = { $name } has no values by year: there is no separate one for { $year }
    .help = give the whole value, as a table by year: --set '{ $name }={"{"} 2021 = "3%", { $year } = "2%" {"}"}'
scenario-arithmetic-no-value = this has no value: it divides 0 by 0, or takes a root of less than 0
scenario-arithmetic-nested = arithmetic nests deeper than { $most_nested } levels
scenario-arithmetic-bracket = ")" is missing: { $token } stands there
scenario-arithmetic-no-name = a number should stand here, not { $token }
    .help = an argument is a number or arithmetic with numbers; what is calculated from other quantities stands in [variables]
scenario-arithmetic-no-number = a number should stand here, not { $token }
scenario-quantity-named = arguments have an order and no names: normal(5%, 1%)
scenario-quantity-signs = some of its numbers have a % and some have none: write "{ $with }", or "{ $without }" for numbers in %
scenario-quantity-no-end = { $token } stands where the value should end
    .decimals = decimals have a point, and thousands no sign: 0.05, 1020
scenario-quantity-values = a value is a number, "8%", a range "6% to 10%" or a distribution "normal(8%, 1.5%)"
scenario-quantity-formulas = a value is a number or a distribution; what is calculated from others stands in [variables]: half = "intensity / 2"
scenario-quantity-expected = "{ $symbol }" is missing: { $token } stands there
scenario-quantity-range = in a range "a to b" a must be below b
    .help = it stands for the normal distribution whose 5 % and 95 % quantiles are a and b
scenario-quantity-no-number = a number should stand here, not { $token }
scenario-quantity-no-distribution = a distribution should stand here, not { $token }
scenario-quantity-no-value = "{ $name }" is no value
scenario-quantity-unknown-distribution = there is no distribution "{ $name }"
scenario-quantity-nested = distributions nest deeper than 8 levels
scenario-quantity-arguments = its arguments are { $name }({ $signature })
scenario-quantity-more = { $name } takes ({ $signature }) and no more
scenario-quantity-no-quoted = { $what } in single quotes should stand here, not { $token }
scenario-quantity-empirical = empirical('file.csv', 'column')
scenario-quantity-file = a name
scenario-quantity-column = the column's name
scenario-quantity-resample = resample('file.csv', 'column'); with weights resample('file.csv', 'column': 'weight')
scenario-quantity-weights = the name of the column of weights
scenario-quantity-draw = the name of a draw
    .help = resample('file.csv', 'column', 'name')
scenario-quantity-no-draw = the name of a draw is missing
scenario-quantity-own = samples of one name share a row; 'own' is a draw of its own
scenario-quantity-count = { $name } takes { $count ->
    [one] { $count } argument
   *[other] { $count } arguments
} ({ $signature }), not { $given }
scenario-distribution-max = the max of { $shown } must be at least its min
scenario-distribution-mode = the mode of { $shown } must lie between its min and its max
scenario-distribution-finite = the { $name } of { $shown } must be a finite number, not { $value }
scenario-distribution-at-least-zero = the { $name } of { $shown } must be at least 0, not { $value }
scenario-distribution-above-zero = the { $name } of { $shown } must be above 0, not { $value }
scenario-distribution-between = the { $name } of { $shown } must lie between { $low } and { $high }, not { $value }
scenario-distribution-ends = the low end of { $shown } must lie below its high end
scenario-distribution-rows = { $inner } is drawn by whole rows, which a truncation would tear apart: leave the rows out of the sample
scenario-distribution-keeps-nothing = { $shown } must keep some of the distribution: { $inner } has no probability between { $low } and { $high }
scenario-distribution-keeps-little = { $shown } must keep some of the distribution: between { $low } and { $high } { $inner } has a probability below 1e-300, too small to compute with
scenario-distribution-no-values-discrete = discrete(value: weight, …) must have at least one value, and a weight for each
scenario-distribution-finite-values = the values of { $name }(…) must be finite numbers, not { $value }
scenario-distribution-weights = the weights of { $name }(…) must be at least 0 and finite, not { $weight }
scenario-distribution-weight-sum = the weights of { $name }(…) must have a positive and finite sum
scenario-distribution-no-values = { $name }(…) must have at least one value
scenario-distribution-weights-for-all = resample(value: weight, …) must have a weight for each value, or for none
scenario-distribution-order = the values of empirical(…) must be in rising order
scenario-distribution-whole = the { $name } of { $shown } must be a whole number, not { $value }
scenario-distribution-rows-mixed = { $inner } is drawn by whole rows, which can be no part of another distribution: use values(…) or empirical(…) here
scenario-distribution-tail-of-discrete = { $inner } takes single values, which no generalized Pareto tail can continue
scenario-quantiles-count = { $shown } must have at least 2 quantiles and at most { $most }
scenario-quantiles-levels = the levels of { $shown } must rise and lie between 0 % and 100 %
scenario-quantiles-fall = the quantiles of { $shown } must rise with their levels: write them in the order of their levels, or mend the one that is lower than the one before
scenario-quantiles-outside = the quantiles of { $shown } must lie between its bounds, the lower before the upper
scenario-quantiles-infeasible = there is no { $shown }: its quantiles would not rise between { $from } and { $to }; state fewer quantiles or more even ones, or bounds that lie further out
scenario-quantiles-close = the quantiles of { $shown } lie too close together to compute with
scenario-quantiles-reversed = the 5 % quantile of { $shown } must lie below its 95 % quantile
scenario-data-among-few = `among` lists at least two inputs
scenario-data-copula = there is no copula { $text }
    .help = copula = "gaussian", or "t(4)" with degrees of freedom from 0.5 on: the fewer, the more often extremes come together
scenario-data-copula-df = a t copula has from 0.5 to 1000000 degrees of freedom, not { $df }
scenario-data-copula-rank = the rank correlation of a t copula is not that of its `value`
    .help = leave out `rank = true`; of a t copula 6 / pi * asin(value / 2) is about its rank correlation
model-correlation-copulas = inputs that hang together have one copula, with the same degrees of freedom
    .help = write the same `copula` in all correlations among them, and all as `rank` or none where it is t
scenario-distributions-circle = these distributions are made of each other: { $chain }
    .help = a mixture may be made of others, but not of itself
scenario-distributions-one = the distribution { $name }
scenario-distributions-form = the distribution { $name } has either `mixture` or `dist`
    .help = { "mixture = [{ weight = 0.7, dist = \"normal(6%, 1%)\" }, { weight = 0.3, dist = \"normal(3%, 2%)\" }]" }
scenario-distributions-mixture = `mixture`
scenario-distributions-component = a component of a mixture
scenario-distributions-dist = `dist`
scenario-distributions-lacks = `{ $key }` is missing in a component of the mixture
scenario-distributions-fixed = { $kind ->
        [varying] the arguments of a named distribution must be numbers: { $text } varies
       *[number] a distribution should stand here, not { $text } alone
    }
    .help = a distribution "normal(8%, 1.5%)" or a range "6% to 10%"
model-hierarchies-data = the arguments of a distribution are made of numbers, parameters and fields
    .help = in [shocks] of other shocks and `year`, too; what rests on variables is calculated in [variables]: x = "mean + sd * eps"
model-hierarchies-variable = { $name } is a variable: the arguments of a distribution are made of numbers, parameters and fields
model-hierarchies-year = a parameter is drawn once, not every year: its arguments cannot rest on `year`
    .help = in [shocks] they can
model-hierarchies-changes = { $shock ->
        [yes] { $name } is a shock, drawn every year
       *[no] { $name } is not the same in every year
    }: the arguments of what is drawn once cannot rest on it
    .help = in [shocks] they can
model-hierarchies-circle = these distributions rest on each other: { $chain }
    .help = one of them must have numbers as its arguments
scenario-varying-truncated = the arguments and ends of truncate({ $family }(…), low, high) must be numbers
    .help = They may vary in truncations of { $families }.
scenario-quantity-only-number = a distribution should stand here, not { $number } alone
    .help = a range "6% to 10%" or a distribution "normal(8%, 1.5%)"
scenario-varying-nested = the arguments of a distribution within another must be numbers: { $text } varies
    .help = { "truncate(normal(a, b), low, high)" } and truncations of lognormal may vary; of mixtures, let the quantity be chosen in [variables]
scenario-varying-argument = the { $argument } of { $family } must be a number: { $text } varies from path to path
    .help = { $may ->
        [none] of { $family } no argument may vary
       *[some] of { $family } may vary: { $names }
    }
scenario-accounts-forms = an account is whole and parts, ratio = "a / b", or supply and claims
scenario-accounts-figure = the figure { $id }
scenario-accounts-no-words = the figure { $id } has no `words`
    .help = give the document's own words: words = "…"
scenario-accounts-account = the account { $name }
scenario-accounts-no-form = the account { $name } has none of the three forms, or two
scenario-accounts-half = the account { $name } has `{ $one }` but no `{ $many }`
scenario-accounts-ratio = a ratio is one variable over another
    .help = ratio = "gdp / energy"
scenario-data-shadowed = [{ $name }] holds the members of the set { $name }, and not what the language has there
    .help = call the set something else to use the language's own table
scenario-data-set-name = a set cannot be called { $name }: its members would stand in [{ $name }], a table of the language
    .help = call it { $name }_ or something that says more
scenario-data-set = the set { $name }
scenario-data-field-name = a field cannot be called { $name }
    .help = in a member `{ $name }` is text for people: choose another name
scenario-data-field = the field { $name }
scenario-data-min-max = the min of { $name } is { $min }, above its max { $max }
    .help = a value lies between min and max: exchange them, or remove one
scenario-data-bound = a bound of { $name }
scenario-data-no-field = the set { $set_name } has no field "{ $field }"
    .declare = declare it with [sets.{ $set_name }.fields]
scenario-data-no-members = the set { $set_name } has no members
    .help = add a member with [{ $set_name }.NAME]
scenario-data-parameter = the parameter { $name }
scenario-data-lever = the lever of { $name }
scenario-data-lever-lacks = the lever of { $what } has no `{ $key }`
    .help = lever = {"{"} min = 0, max = 40, step = 5 {"}"}
scenario-data-lever-range = the lever of { $what } runs from { $min } up to { $max }
scenario-data-lever-step = the step of the lever of { $what } must be above 0
scenario-data-shock = the shock { $name }
scenario-data-lacks = { $what } has no `{ $key }`
    .dist = add its distribution: dist = "normal(0, 4%)"
    .value = add a number, value = 0.05, or a distribution: value = "normal(5%, 1%)"
scenario-data-correlations = correlations are a list of tables
    .help = start each with [[correlations]]
scenario-data-correlation = a correlation
scenario-data-two-kinds = a correlation has `{ $one }` or `{ $other }`, not both
    .help = between = [A, B] with value, or among = "eps[sector]" with value or matrix
scenario-data-between = `between` takes two inputs
    .help = between = ["eps[coal]", "eps[services]"]; for all members use `among`
scenario-data-about = a correlation says which inputs it is about
    .help = between = [A, B] with value, or among = "eps[sector]" with value or matrix
scenario-data-no-value = the correlation's `value` is missing
    .help = add value = 0.3
scenario-data-beyond = a correlation lies between -1 and 1; { $value } does not
    .help = 30 per cent is 0.3 or "30%"
scenario-data-matrix = a matrix
scenario-data-rows = a list of rows
scenario-data-row = a row
scenario-data-numbers = a list of numbers
scenario-decompositions-example = effects = {"{"} activity = "gdp", structure = "va[sector] / gdp", intensity = "energy_of[sector] / va[sector]" {"}"}
scenario-decompositions-decomposition = the decomposition { $name }
scenario-decompositions-effect = the effect { $effect } of { $name }
scenario-decompositions-no-effects = the decomposition { $name } has no effects
scenario-equations-two = the variable { $name } has two equations
    .help = one variable has one equation, with the same indices everywhere
scenario-equations-metric = the metric { $name }
scenario-equations-target = the target { $name }
scenario-equations-gate = the gate "{ $name }"
scenario-equations-variable = the variable { $name }
scenario-equations-bounds = { $what } should lie between { $low } and { $high }
    .help = `min` is the smaller one
scenario-equations-lacks = { $what } has no `{ $key }`
    .help = add it: { $key } = "{ $example }"
scenario-equations-key = `{ $key }` of { $what }
scenario-equations-in-quotes = a formula in quotes
scenario-fit-fit = the fit { $name }
scenario-fit-no-of = { $what } does not say `of` what
    .help = of = ["gdp_growth", "log(price / prev(price))"]: variables with a [history], or formulas of these
scenario-fit-over = `over` should be the first and the last year of the window
    .help = over = [2006, 2020]
scenario-fit-an-input = the name of an input
scenario-fit-two-ways = { $what } has a `method` and moments to `match`
    .help = remove one of them: a method estimates by likelihood, match by simulating the scenario
scenario-fit-no-way = { $what } does not say how
    .help = match = ["sd", "autocorrelation", "correlation"], or method = "ar1", "var1" or "local_level"
scenario-fit-unknown = there is no "{ $name }" here
    .there-are = there are { $names }
scenario-fit-draws = `draws` should be a whole number from { $fewest_draws } to { $most_draws }
    .help = draws = 2000
scenario-records-history = the history of { $name }
scenario-records-both = a history is `values` or a `file`, not both
    .help = remove one of them
scenario-records-no-file = the history of { $name } names no `file`
    .by-line = give file, year, value, and unit or published: a CSV and its columns
    .help = give file, year and value (a CSV and its columns), or values = {"{"} 2019 = 1.2, 2020 = 1.3 {"}"}
scenario-records-no-year = "{ $key }" is no year
    .help = a history is by whole years: values = {"{"} 2019 = 1.2, 2020 = 1.3 {"}"}
scenario-keys-unknown = { $what } has no key "{ $key }"
scenario-keys-kind = { $what } should be { $wanted }, not { $found }
    .list = a table is [name] in single brackets with its keys below, or {"{"} key = value {"}"}
    .table = a table is {"{"} key = value, key = value {"}"}, or [name] with its keys below
scenario-keys-text = the text { $key }
scenario-keys-by-language = a string or {"{"} en = "…", zh = "…" {"}"}
scenario-keys-finite = { $key } must be finite
scenario-keys-no-year = `{ $key }` is missing
    .help = add { $key } = { $example }
scenario-keys-whole-year = { $key } should be a whole year from 0 to 9999, not { $number }
scenario-keys-year = { $key } should be a year from 0 to 9999, not { $found }
    .help = a year is a number without quotes: { $key } = { $example }
scenario-keys-one-name = `{ $key }` takes one name; "{ $name }" is one too many
    .help = remove it
scenario-keys-names = a name or a list of names
scenario-read-home = the table that it belongs to, such as [parameters]
scenario-read-outside = "{ $name }" stands outside every table
    .help = write it below { $home }
scenario-read-id = an id is the name of a folder: it holds no slash and none of \ < > : " | ? *, begins with no point and ends with none
    .help = put words for people into `title`
scenario-read-no-time = the scenario has no [time]
    .help = add [time] with start = 2020 and end = 2035
scenario-read-years = the last year { $end } is not after the base year { $start }
    .help = paths run from start to end, a step a { $step }
scenario-read-horizon = the horizon of { $years } { $step ->
    [quarter] quarters
    [month] months
   *[year] years
} is longer than { $most }
scenario-read-group = the group { $name }
scenario-read-no-inputs = the group { $name } has no inputs
    .help = inputs = ["trend[coal]", "weather"]
scenario-read-source = the source { $id }
scenario-read-no-grade = there is no grade "{ $grade }"
    .help = A official, quoted · B secondary · C unconfirmed · D assumed or derived
scenario-read-unit = the unit { $name }
scenario-read-no-of = the unit { $name } has no `of`
    .help = of = "base" for a unit of its own kind, or what it stands for: of = "50 kg"
scenario-read-no-table = there is no table or set "{ $name }"
    .declare = declare the set with [sets.{ $name }]
scenario-read-long-name = a name of { $length } letters: the longest may have { $max_name }
scenario-read-no-name = "{ $name }" is no name
    .help = a name starts with a letter and holds letters, digits and _; titles may hold anything
scenario-read-reserved = "{ $name }" is a reserved word and cannot be a name
    .help = call it { $name }_ or something that says more
scenario-observations-example = give file (a CSV with the columns year and value), or values = {"{"} 2021 = 1650, 2022 = 1790 {"}"}
scenario-observations-observations = the observations of { $name }
scenario-observations-no-day = "{ $text }" is no day
    .help = as_of = "2024-03-01"
scenario-observations-scale = a scale of 0 leaves nothing of what was observed
    .help = scale = 0.99 brings another vintage to the model's base
scenario-observations-no-year = "{ $key }" is no year
    .help = values = {"{"} 2021 = 1650, 2022 = 1790 {"}"}
scenario-observations-sd = `sd` should be a measurement error: a number from 0 on, or a share
    .help = sd = 15 in the variable's unit, or sd = "1%" of the value
scenario-observations-both = observations are `values` or a `file`, not both
    .help = remove one of them
scenario-observations-no-file = the observations of { $name } name no `file`
scenario-observations-no-sd = the observations of { $name } say nothing of their measurement error ({ $year })
    .help = sd = 15 in the variable's unit, or sd = "1%" of the value: it is never invented
scenario-quantities-finite = a value must be finite
scenario-quantities-provenance = a value with its provenance
scenario-quantities-no-value = the value is missing
scenario-quantities-value = a value
scenario-quantities-kinds = a number, a string or a table
scenario-quantities-linear = there is one way to interpolate: "linear"
    .help = leave `interpolate` out for values that hold until the next year
scenario-quantities-year = a year's value is a number or a distribution
scenario-quantities-no-years = the years are missing
    .help = {"{"} interpolate = "linear", 2020 = 2.6, 2030 = 1.8 {"}"}
scenario-quantities-no-year = "{ $key }" is no year
    .help = a year is a whole number from 0 to 9999, a quarter 2021Q1, a month 2021M01: {"{"} 2021 = 4%, 2026 = 3% {"}"}
scenario-quantities-among-years = "{ $key }" stands among values by year
    .help = values are by year or by member; by both they nest: {"{"} coal = {"{"} 2021 = 1, 2026 = 2 {"}"} {"}"}
scenario-quantities-among-members = "{ $key }" stands among values by member
    .help = {"{"} value = {"{"} coal = …, gas = … {"}"}, unit = "…" {"}"}
scenario-quantities-two-sets = values are by member of one further set, not of two
scenario-run-digits = { $key } should be written in digits, without a point or an exponent
    .help = write { $digits }
scenario-run-whole = { $key } should be a whole number from { $least } on
    .help = write one above 9007199254740992 in quotes
scenario-run-paths = a run has at least one path
    .help = paths = 100000
scenario-run-sampling = there is no sampling "{ $sampling }"
    .help = there are { $names }
scenario-run-quantiles = quantiles should be a list of levels between 0 and 1
    .help = quantiles = [0.05, 0.5, 0.95]
scenario-sampled-many = the samples have more than { $count } million values
scenario-sampled-same-name = two different files are called { $draw }: their rows would be drawn together; name the draw of this one: resample('{ $file }', 'column', 'a name')
scenario-sampled-rows = this sample has { $rows } rows, and another that is drawn with it as '{ $name }' { $count }
    .help = samples that share a row have as many rows and the same weights; for a draw of its own write 'own' as the last argument
scenario-sampled-weights = the rows of this sample have other weights than those of another that is drawn with it as '{ $name }'
scenario-signs-lacking = { $what } has no %, and the values that it is about have some
    .help = write it with the sign, as the values: "40%"
scenario-signs-having = { $what } has %, and the values that it is about have none
    .help = write it without the sign, as the values: 40
scenario-signs-record-lacking = { $what } is in { $unit }, and here a number has no % where others have
    .help = write all without the sign, in { $unit }: 4.5 and not "4.5%", which is 0.045
scenario-signs-record-having = { $what } is in { $unit }, and here a number has a %, which makes it a share
    .help = write all without the sign, in { $unit }: 4.5 and not "4.5%", which is 0.045
scenario-rows-no-rows = { $file } holds no rows
scenario-rows-whole = { $first }{ $more }: rows are drawn whole, so fill the cell with a plain number (0.04, not 4%) or remove the row
scenario-rows-cells = , and so { $count ->
    [one] is one more cell
   *[other] are { $count } more cells
}
scenario-separated-empty = the cell is empty
scenario-separated-comma = "{ $shown }" is no number: numbers have a decimal point, { $with_point }, not a comma, unless it is said: decimal = ","
scenario-separated-thousands = "{ $shown }" is no number: write it without separators of thousands and with a decimal point, or say decimal = ","
scenario-separated-no-number = "{ $shown }" is no number
scenario-separated-no-value = "{ $shown }" is no number; where it stands for a value that is missing, say missing = ["{ $shown }"]
scenario-separated-two-columns = { $file } has two columns "{ $name }", numbers { $first } and { $second }: name one of them otherwise
scenario-separated-blank = { $file } is empty; it should have a column "{ $name }"
scenario-separated-no-column = { $file } has no column "{ $name }"; it has { $columns }
scenario-table-at = { $file }, line { $line }, column "{ $column }"
scenario-table-at-cell = { $file }, sheet { $sheet }, cell { $cell }, column "{ $column }"
scenario-table-at-row = { $file }, line { $line }
scenario-table-at-sheet-row = { $file }, sheet { $sheet }, row { $line }
scenario-table-cell = { $at }: { $why }
    .help = correct the cell; if "{ $shown }" stands for a value that is missing, say so: missing = ["{ $shown }"]
    .help-distribution = a cell holds a number or a distribution, such as normal(4%, 1%) or 3% to 5%; put it in quotes where it has commas
scenario-table-cells = { $at }: { $len } cells, where the header has { $expected }; notes below the table are passed over where a blank line is above them
scenario-table-more = { $first }; and so { $count ->
    [one] one more
   *[other] { $count } more
 }
scenario-table-unclosed = { $file }, line { $line }: a quote " opens a cell here and is not closed, which swallows the rows below; close it, or write "" for a quote within a cell
scenario-table-no-sheets = { $file } has no sheets: only a workbook has, book.xlsx#Sheet1
scenario-table-no-range = "{ $range }" are no cells of a sheet: write them as book.xlsx#Sheet1!A1:F300
scenario-table-no-workbooks = { $file } is a workbook, which this build of plancast does not read: it was made without the feature "xlsx"; save the sheet as CSV
scenario-table-workbook = { $file } cannot be read as a workbook (.xlsx): { $error }
scenario-table-unpacked = { $file } is too large when it is unpacked: the cells of a workbook may have { $size } MiB; save the sheet as CSV
scenario-table-no-sheet = { $file } has no sheet { $sheet }; it has { $sheets }
scenario-table-which-sheet = { $file } has several sheets with cells, { $sheets }: name the one that is meant, { $file }#{ $first }
scenario-table-empty-book = { $file } has no sheet with cells
scenario-table-formula = { $file }, sheet { $sheet }, cell { $cell }: the value of the formula was not saved; open the workbook in a spreadsheet program and save it, or write the value
scenario-table-ambiguous = "{ $shown }" may be { $thousands } or { $decimal }: say which sign is decimal, decimal = "." or decimal = ","
scenario-table-not-comma = "{ $shown }" is no number with a decimal comma, as decimal = "," says
scenario-table-decimal = `decimal` is the sign before decimals: "." or ","
    .help = write decimal = "," for numbers such as 1.234,5
scenario-table-header = `header` is the number of the row that has the titles of the columns, from 1
    .help = for titles in the third row write header = 3
scenario-table-wanted = a text or a number
scenario-table-no-header = { $file } has no row { $row } with titles
scenario-table-none-left = no row of { $file } is left: in column "{ $column }" stand { $there }
scenario-table-several-rows = { $file } has { $count } rows, lines { $first } and { $second } among them, where one series is needed: choose one by where = { "{" } "{ $column }" = … { "}" }
scenario-table-quarters = the columns of { $file } are quarters or months ("{ $title }"), where { $step ->
    [quarter] quarters
    [month] months
   *[year] years
} are needed
scenario-table-signs = in { $file } the value of { $with } has a per cent sign and that of { $without } has none: write all of them in one way
scenario-table-sampled-percent = "{ $shown }" has a per cent sign: samples are plain numbers, { $plain }
scenario-table-column = a column
scenario-table-title = the title of a column, or a table with `column`
scenario-table-no-title = the title of the column is missing
    .help = write {"{"} column = "the title" {"}"}
scenario-table-without-file = "{ $key }" says how a file is read, and the set { $name } names none
    .help = name it: file = "regions.csv"
scenario-table-no-key = which column of the file names the members of { $set }?
    .help = write key = "code", or key = {"{"} column = "code", prefix = "r" {"}"} where the cells are numbers
scenario-table-pivot = the pivot's `{ $key }` is missing
    .help = write pivot = {"{"} names = "indicator", values = "value" {"}"}: the column with the names of the values, and the one with the values
scenario-table-key-twice = { $at }: { $key } stands in line { $first } already
    .help = leave one row for each member by `where`, as in where = {"{"} year = 2020 {"}"}; or, where each value of a member has a row, say so by `pivot`
scenario-table-name-twice = { $at }: { $key } has a value for { $name } in line { $first } already
scenario-table-no-name = { $file } has no rows for { $title }: in column "{ $column }" stand { $there }
scenario-table-many-values = { $file } gives more than { $most } values to members
    .help = leave fewer rows by `where`, or fewer columns
scenario-table-no-member-name = { $at }: "{ $shown }" is no name of a member
    .help = a name has letters, digits and _, and begins with a letter: take a column of codes as key, with a prefix where they are numbers (key = {"{"} column = "code", prefix = "r" {"}"}), and the names that people read as title = {"{"} column = "name" {"}"}
scenario-table-no-field-column = { $file } has no column "{ $field }" for the field { $field }; it has { $there }
    .help = name the column, columns = {"{"} { $field } = "…" {"}"}, or give the field a `default`
scenario-table-names-file = a cell names no other file
scenario-table-beyond = { $shown } lies outside of { $min } to { $max }, which the field's `min` and `max` allow
    .help = correct the cell, or the field's bounds
scenario-table-no-row = { $at }: { $key } has no row for { $title }
scenario-table-declared-missing = "{ $shown }" stands for a value that is missing
scenario-table-empty =
    .help = fill the cell, or give the field { $field } a `default`
scenario-table-read = { $what }: { $count } read from { $file }
scenario-table-read-skipped = { $what }: { $count } read from { $file }; { $skipped }
scenario-table-above = { $count ->
    [one] 1 line above the titles
   *[other] { $count } lines above the titles
 }
scenario-table-filtered = { $count ->
    [one] 1 row left out by `where`
   *[other] { $count } rows left out by `where`
 }
scenario-table-footers = { $count ->
    [one] 1 note below the table
   *[other] { $count } notes below the table
 }
scenario-table-blanks = { $count ->
    [one] 1 cell without a value
   *[other] { $count } cells without a value
 }
scenario-table-flags = { $count ->
    [one] 1 value with a flag
   *[other] { $count } values with a flag
 }
scenario-table-unused = { $count ->
    [one] 1 name in the pivot's column that no field has
   *[other] { $count } names in the pivot's column that no field has
 }
scenario-table-encoding = read as { $encoding }

scenario-tables-table = the table { $name }
scenario-tables-list = a list of numbers
scenario-tables-missing = the table { $name } has no `{ $key }`
    .help = write [tables.{ $name }] with x = [0, 10, 100] and y = [1, 0.8, 0.5]: the values y at the points x
scenario-tables-lengths = the table { $name } has { $x } numbers x and { $y } numbers y
    .help = give each point one of both, at least one
scenario-tables-order = the table { $name } has { $after } after { $before }: x must rise from point to point
    .help = put the points in order, each x once
scenario-softness-softness = the softness { $softness }
scenario-softness-unknown = there is no softness "{ $softness }"
    .help = the words of a figure are one of: { $names }
scenario-softness-no-rule = the softness { $softness } has no rule
    .help = { $softness } = {"{"} share = "97.5%" {"}"} for numbers, {"{"} status = "started" {"}"} for works
scenario-softness-share = the share of a figure is a number above 0 and of at most 100 %
    .help = share = "97.5%" leaves 2.5 % room; share = 1 leaves none

scenario-pool-kind = a list of worlds, such as [{"{"} scenario = "plan", weight = 0.6 {"}"}, {"{"} scenario = "other.toml", weight = 0.4 {"}"}]
scenario-pool-world = a world of the pool
scenario-pool-worlds = a pool has 1 to { $most } worlds, and here are { $found }
    .help = write worlds = [{"{"} scenario = "plan", weight = 0.6 {"}"}, {"{"} scenario = "other.toml", weight = 0.4 {"}"}]
scenario-pool-twice = two worlds are called "{ $name }"
    .help = add their weights, or give one of them another name: name = "…"
scenario-pool-tables = a pool takes no { $names }: what is simulated stands in its worlds
    .help = change the worlds, or make another world of the change; a pool has targets, gates, metrics, sources and figures of its own, and extends only files of these
scenario-pool-negative = a weight is a share above 0, not { $weight }
    .help = leave out a world that is to have no weight
scenario-pool-no-weight = this world has no weight
    .help = say its share of the paths: weight = 0.25; the weights of all worlds add to 1
scenario-pool-no-scenario = this world has no scenario
    .help = name a built-in scenario or a file: scenario = "plan"
scenario-pool-scenario = a world's scenario is its name or file, not { $found }
scenario-pool-nested = this world is a pool itself
    .help = name its worlds here, each with its share of the weight
scenario-pool-observed = the world { $name } has [observations], and a pool is not conditioned on a record
    .help = remove them with observations = "unset" in a scenario that extends it; run each world with --observed, and hold their evidence against each other
scenario-pool-sum = the weights of the worlds add to { $sum }, not to 1
    .help = divide each by the sum
scenario-pool-years = the worlds have other years: { $first } has { $start } to { $end }, { $other } has { $other_start } to { $other_end }
    .help = give all of them the same [time]

## model: compiling a scenario

model-accounts-states = what { $name } states is not read
    .help = one variable against a number: gdp@2025 == 2200, cagr(gdp, 2020, 2025) >= 8%, gdp@2025 >= 2 * gdp@2020
model-accounts-no-variable = there is no variable "{ $head }"
model-accounts-no-value = "{ $name }" is no value of { $wanted }
    .help = a single variable is meant: name a member for every index
model-assumptions-of-member = { $member }: { $title }
model-compile-many-values = { $sizes } variables over { $years } years are more than { $max_values } values
    .help = use smaller sets or a shorter horizon
model-compile-many-series = { $count } values are recorded: more than { $max_series }
    .help = mark the variables that matter with report = true, or use smaller sets or a shorter horizon
model-compile-many-slots = { $count } values are in use at once: more than { $max_slots }
    .help = use smaller sets or a shorter horizon
model-compile-circle = these metrics and targets name each other in a circle: { $chain }
    .help = write one of them out
model-correlation-size-help = a row and a column for every member, in their order
model-correlation-diagonal = { $name } with itself has the correlation 1, not { $value }
    .help = the diagonal of the matrix is 1
model-correlation-beyond = a correlation lies between -1 and 1; { $value } does not
model-correlation-asymmetric = the correlation of { $a } and { $b } is { $value } here and { $mirror } in row { $row }
    .help = a matrix of correlations is symmetric
model-correlation-no-input = there is no random input "{ $plain }" to correlate
model-correlation-fixed = { $plain } is a fixed number; only what is drawn can be correlated
model-correlation-no-index = "{ $text }" is not indexed by a set
    .help = among = "eps[sector]"; for two single inputs use between = [A, B]
model-correlation-no-set = there is no set "{ $set }"
model-correlation-itself = { $name } is correlated with itself
model-correlation-rank-varies = rank = true does not hold of { $name }, whose arguments differ between paths: they move the ranks too
    .help = leave rank = true out: the correlation is then that of the normal scores of the draws, on each path given its arguments
model-correlation-by-rows = { $name } is drawn by rows and cannot be correlated
    .help = rows carry their own joint distribution: put both columns into one file; or write empirical(…), which has an order
model-correlation-cannot = { $a } and { $b } cannot be correlated
    .help = { $name } is drawn every year, the other once per path: a t copula is of one kind, a gaussian one may be of both
model-correlation-twice = the correlation of { $a } and { $b } is given twice: { $other } and { $value }
model-correlation-many = { $size } inputs are correlated with one another: more than { $max_group }
    .help = let them share a common shock instead: loading[member] * common + own[member]
model-correlation-contradict = these correlations of { $count } inputs contradict each other: their matrix has the eigenvalue { $eigenvalue }, and none may be below 0
    .towards-zero = move the correlations towards zero, or let the inputs share a common shock instead
    .nearest = the nearest valid matrix has { $changes }{ $more }
model-correlation-nearest-more = {" "}and { $count } more
model-correlation-rows = { $count ->
    [one] { $count } row
   *[other] { $count } rows
}
model-correlation-inputs = { $count ->
    [one] { $count } input
   *[other] { $count } inputs
}
model-correlation-numbers = { $count ->
    [one] { $count } number
   *[other] { $count } numbers
}
model-correlation-matrix-size = the matrix has { $rows }; there are { $inputs }
model-correlation-row-size = row { $row } of the matrix has { $numbers }; there are { $inputs }
model-data-at-least = { $name } must be at least { $low }, not { $number }
model-data-at-most = { $name } must be at most { $high }, not { $number }
model-data-between = { $name } must lie between { $low } and { $high }, not { $number }
model-data-large = the data is made of more than { $count } million numbers
    .help = use smaller sets, fewer years or smaller samples
model-data-many-cells = the data has { $cells } values, { $count } of them { $name }: more than { $max_cells }
    .help = use smaller sets or fewer indices
model-data-no-set = there is no set "{ $name }"
model-data-default = the default of { $name }
model-data-no-member = the set { $set_name } has no member "{ $name }"
model-data-no-further-set = { $name } is not indexed by a further set
    .help = values by member need `over = "set"` in the declaration
model-data-year = a year's value is a number or a distribution
model-data-same-numbers = the inputs { $one } and { $other } would draw the same numbers
    .help = their names have the same 32-bit hash, a chance of one in four thousand million: rename one of them
model-drivers-rows = Rows of { $rows }
model-drivers-correlated = { $title } and { $others } correlated
model-drivers-title = { $title }
model-drivers-of-members = { $members }: { $datum }
model-drivers-two-groups = { $name } is in the group { $other } already
    .help = an input belongs to one group
model-drivers-no-input = there is no random input "{ $plain }" to group
model-gates-always = the gate "{ $name }" can never fail, whatever happens
model-gates-never = the gate "{ $name }" can never pass, whatever happens
model-gates-met = { $target }: it is met on record, in [history]
model-gates-missed = { $target }: it is missed on record, in [history]
model-gates-undefined = { $name } is not defined: its condition never holds
    .help = check the condition after `given` and what it names
model-gates-share = a probability lies between 0 % and 100 %: it is never { $number }
    .help = write { $percent }%
model-gates-one-sided = what it compares lies to one side of the bound by its equations: check the bound and what it names
model-gates-exact = the gate "{ $name }" asks for an exact value, which paths never show
    .help = a probability or a mean is only known to its error: write >= and <=, two gates or joined by `and`
model-gate-given = `given` belongs inside p(…)
    .help = p(growth given no_crisis)
model-gate-one-path = a gate is about the distribution, { $name } about one path
    .target = write p({ $name })
    .value = write quantile({ $name }, 5%), mean({ $name }) or p({ $name } >= …)
model-gate-one-path-part = a gate is about the distribution, this is about one path
    .help = write p({ $expr } >= …), mean({ $expr }) or quantile({ $expr }, 5%)
model-gate-statement = a gate is a statement that holds or not
    .help = compare with a bound: p(gdp_2025) >= 50%
model-gate-no-share = { $function } is the mean of a share of the paths, and a share of 0 has none
    .help = write a level above 0, such as 5%; for the lowest or highest value of all there is no statistic, as it grows with the number of paths
model-gate-no-function = there is no function "{ $function }" in a gate
model-gate-arguments = { $function } takes ({ $takes }), not { $given }
model-gate-pool-correlation = a correlation is not found from those of the worlds of a pool
    .help = ask it in a scenario of one world, or say what is meant by probabilities: p(a and b)
model-gate-level = a quantile's level is a number from 0 to 1
    .help = write 5% or 0.05
model-goals-alone = no other target is a reading of the goal "{ $goal }"
    .help = name the target that it is another reading of, or remove the key
model-labels-member = { $title }
model-labels-of-members = { $title }: { $members }
model-labels-no-variable = --record: there is no variable "{ $name }"
model-lints-always-met = the target { $name } is always met, whatever happens
model-lints-never-met = the target { $name } is never met, whatever happens
model-lints-nothing-random = nothing random reaches it: check what it names
model-lints-one-sided = what it compares lies to one side of the bound by its equations: check the bound and what it names
model-lints-same-name = the { $kind } { $name } has the name of a { $hidden_by }
    .help = in formulas { $name } means the { $hidden_by }: give the { $kind } another name
model-lints-kind-metric = metric
model-lints-kind-target = target
model-lints-kind-variable = variable
model-lints-kind-parameter = parameter
model-lints-without-source = { $count ->
    [one] 1 value has
   *[other] { $count } values have
} no source: { $names }
    .help = say where a value comes from: {"{"} value = …, source = "id" {"}"}, with the id in [sources]
model-lints-weak = { $count ->
    [one] 1 value behind the headlines is
   *[other] { $count } values behind the headlines are
} graded C or D: { $names }
    .help = they are assumptions, not facts: results show them as such
model-lints-all = { $names }
model-lints-some = { $names }, …
model-lints-history = { $name } begins in { $year } with { $begins }, and [history] has { $recorded } for that year
    .help = mend one of them, or leave { $year } out of the history; unit and base (constant or current prices) may differ
model-lints-no-variables = the scenario has no variables: nothing is simulated
    .help = [variables] holds the equations: gdp = {"{"} start = 1020, formula = "prev(gdp) * 1.05" {"}"}
model-lints-no-comparison = the target { $name } compares nothing: it is met where its value is not 0
    .help = compare with a bound: { $text } >= 1
model-lints-same-targets = the targets { $other } and { $name } require the same
    .help = remove one of them: the odds of all targets together would be the same
model-lints-same-gates = the gates "{ $other }" and "{ $name }" require the same
    .help = remove one of them
model-lints-lever = the lever of { $name } runs from { $min } to { $max }; its value is { $value }
    .help = widen the lever, or choose a value within it
model-lints-after-end = nothing uses the value of { $year }: the scenario ends in { $end }
    .help = remove it, or mend the year
model-lints-unused = nothing uses { $name }
    .help = use it in an equation, or remove it
model-lints-unused-correlation = a correlation of { $name }, which nothing uses
    .help = use the input in an equation, or remove the correlation
model-lints-no-source = the source "{ $source }" is not in [sources]
model-lints-no-figure = the figure "{ $id }" is not in [figures]
    .help = give its words: [figures] and { $id } = "…"
model-lower-operations = the model takes more than { $count } million operations to write out
model-lower-values = the model is made of more than { $count } million values
model-lower-large = { $message }: { $name } is too large
    .help = use smaller sets, fewer nested sums or a shorter horizon
model-memory-years = { $years } is no whole number of years from 0 to 1000
    .help = how many years a value lies back is a whole number: 0, 1, 2 and so on
model-memory-smooth = smooth(x, n) needs n of at least 1: the n-th part of the distance is closed every year, and n is { $years } here
model-memory-varies = how many years a value lies back must be the same on every path and in every year
    .help = give a number, or a field or parameter that is one number; for a delay that differs use if(…)
model-over-level = quantile(set: x, q) needs a level
    .help = say which: quantile({ $names }: …, 90%), a number from 0 to 1
model-over-one-set = { $function } runs over one set
    .help = run over one set, and over the other outside: max(i:set: …)
model-over-rank = rank({ $name }: x) tells the place of one member, and none is meant here
    .help = use it in a variable of each member: "place[{ $name }]" = "rank({ $name }: …)"
model-over-rank-of-two = rank({ $name }: x) tells the place of one member, and two indices of { $name } are bound here
    .help = put the place into a variable of its own, with one index
model-lower-nothing = nothing fulfils the condition after `where`{ $of }{ $when }: the { $function } of nothing has no value
    .help = say what it is then: if(sum({ $names } where …: 1) > 0, { $function }({ $names } where …: …), 0), with the same condition twice
model-lower-nothing-of = {" "}for { $element }
model-lower-nothing-in = {" "}in { $year }
model-lower-random-condition = the condition after `where` differs from path to path
    .help = it may use fixed data only; for chance use if(…) inside the sum
model-lower-too-early = { $name } has no value in { $year }: it begins in { $first }
    .recorded = the history of { $name }, from { $from } to { $to }, has no value for { $year }: add it, or use another lag
    .reaches = it reaches back { $lag } years, beyond the base year in every year to { $end }: use a shorter lag, or begin earlier ([time] start)
    .if = say what holds before it can be read: if(year < { $before }, …, lag({ $name }, { $lag }))
    .first = the first year that can be read is { $first }
    .start = give { $name } a `start` value, or begin in { $first }
    .until = say what { $name } is until then: {"{"} start = …, formula = "if(year < { $first }, …, { $formula })" {"}"}, or begin in { $first }
model-lower-no-value = { $name } is used here but has no value
    .help = give it one, or give the field { $field } a default
model-lower-shock = the shock { $name } has no value in { $year }: shocks begin in { $from }
model-path-never = there is no value in { $year } or any other year: it reaches back beyond the base year in all of them
    .help = use a shorter lag, or begin earlier ([time] start)
model-path-too-early = there is no value in { $year }: the first year is { $first }
    .help = growth and shocks begin the year after the base year, a lag as many years after it as it reaches back
model-order-circle = { $count ->
    [1] { $names } uses itself in the same year
   *[other] these equations use each other in the same year, in a circle: { $names }
}
    .help = { $count ->
        [1] if last year's value is meant, write prev({ $used }): that is another model, in which effects come a year later. If this year's is meant, have the equation solved: put this line at the head of the file: { $declaration }
       *[other] to have them solved together, put this line at the head of the file: { $declaration }. To let one of them use last year's value instead, such as prev({ $used }), is another model, in which effects come a year later, with other results
    }
model-order-more = { $first } → … { $count } more … → { $last }
model-order-no-year = { $name } has no value in any year: it would begin in { $first }, after the last year { $end }
    .help = it reaches back too far: use a shorter lag, give it a `start`, or begin earlier ([time] start)
model-order-never = { $name } never begins: it needs its own past ({ $names }) and has no `start`
    .help = give the base year's value: {"{"} start = …, formula = … {"}"}
model-simultaneous-twice = { $name } is solved by { $other } already, and stands in { $declaration } too
    .help = a variable is solved in one place: take it out of one of them
model-simultaneous-not-solved = { $declaration } says from what { $name } starts, but does not solve it
    .help = add { $name } to `solves`, or take it out of `from`
model-simultaneous-member = { $name } names a member: a variable is solved for all its members
    .help = write "{ $plain }"
model-simultaneous-unknown = there is no variable { $name }
model-simultaneous-several = one circle goes through what { $names } declare apart
    .help = declare it once: { $declaration }
model-simultaneous-larger = the circle of { $name } is larger than declared: { $names }
    .help = { $count ->
        [1] add { $missing } to `solves`: what lies on the circle is solved together
       *[other] add these to `solves`, as what lies on the circle is solved together: { $missing }
    }
model-simultaneous-no-circle = what { $name } declares is no circle: its equations can be worked out one after another
    .help = take the declaration out; results stay what they are
model-simultaneous-outside = { $variable } is in no circle with the others that { $name } solves
    .help = take { $variable } out of `solves`: it is worked out before or after the circle
model-simultaneous-itself = what { $name } starts from uses what is still to be solved
    .help = start from a number, from data, or from the year before: prev({ $name })
model-simultaneous-none = no solution was found for { $name } in { $year } on the central path: { $why }
    .help = what cannot be solved has no value and is counted as such. Look whether the equations have a solution at all, and give a start that is near it: from = {"{"} { $unknown } = … {"}"}
    .formulas = the formulas have no finite value at { $point }
    .residual = after { $count } evaluations { $unknown } and its formula are still { $residual } apart, relative to their size
model-simultaneous-other = { $name } has more than one solution in { $year }: runs go from { $from } to { $found }, but { $start } leads to { $other }
    .help = say which one is meant by where it starts: from = {"{"} { $unknown } = … {"}"}
    .times = { $factor } times that
    .at = { $number } for all unknowns
scenario-simultaneous = the simultaneous equations { $name }
scenario-simultaneous-no-solves = { $what } say nothing of what they solve
    .help = name the variables of the circle: solves = ["C", "I", "Y"]
scenario-simultaneous-tolerance = `tolerance` must lie between { $least } and { $largest }
    .help = it is the largest error that a solution may have, relative to its value: 1e-10 where it is not written
scenario-simultaneous-most = `most` must be a whole number from 2 to { $largest }
    .help = it is how often the formulas may be evaluated: 100 where it is not written
scenario-simultaneous-from = `from` must be "previous" or a table of starts by variable, not { $found }
    .help = write from = {"{"} Y = 100 {"}"}; what is not named starts from the year before
model-resolve-given = `given` belongs inside p(…) in [gates]
model-resolve-index = the index { $name } has no value of its own
    .help = write field[{ $name }]
model-resolve-year = `year` has no meaning for a whole path
    .help = it works in [variables]
model-resolve-no-value = { $name } is { $kind }, not a value
    .help = it can stand in brackets: x[{ $name }]
model-resolve-condition = the condition after `where` is about data; { $name } changes from path to path
    .help = use if(…) inside the sum
model-resolve-which-year = { $value } is a { $kind } with a value every year; which year is meant?
    .inside = write { $value }@{ $end }
    .path = write { $value }@{ $end }, or always(…), peak_year(…), mean({ $value }, { $first }, { $end })
model-resolve-needs-index = the field { $name } needs an index
    .help = write { $name }[set] or { $name }[member]
model-resolve-field-set = { $field } is indexed by { $set }, not by { $index }
    .bound = write { $field }[{ $set }]
    .run-over = name a member, or run over the set: sum({ $set }: { $field }[{ $set }])
model-resolve-unknown = nothing has this name
model-resolve-no-name = nothing is named "{ $name }"
    .declare = declare { $name } in [parameters], [variables] or a set's fields
    .near = did you mean "{ $near }"? The value of a year is written { $head }@{ $year }
    .year = The value of a year is written { $head }@{ $year }
model-resolve-takes-none = { $name } has { $count ->
    [one] no index
   *[other] no indices
}
    .help = write { $name }
model-resolve-takes = { $name } takes { $count ->
    [one] 1 index
   *[other] { $count } indices
}, not { $given }
    .help = write { $name }[{ $wanted }]
model-resolve-or = { $one } or { $other }
model-resolve-kind-field = field
model-resolve-wrong-set = { $name } is indexed by { $wanted }, not by { $index }
    .bound = write { $wanted } in its place
    .member = write one of its members, or run over the set: sum({ $wanted }: …)
model-resolve-other-set = { $name } is indexed by { $wanted }; { $index } is of { $found }
    .bound = write { $name }[{ $wanted }], or a member: { $members }
    .members = its members: { $members }
model-resolve-second-name = i:set gives an index a second name; that belongs on the left side or before a sum's colon
model-resolve-which = which { $name }? The index { $name } is not bound here
    .help = sum({ $name }: …), or index the left side: x[{ $name }]
model-resolve-no-member-kind = { $name } is { $kind }, not a member
model-resolve-no-member = there is no member "{ $name }"
model-resolve-no-set = there is no set "{ $name }"
model-resolve-bound = the index { $bound } is bound already
    .help = give it a second name: j:{ $name }
model-resolve-taken = { $bound } is the name of something else
    .help = choose another letter
model-call-counted = { $count ->
    [one] 1 argument
   *[other] { $count } arguments
}
model-call-there-are = Here there are: { $names }
model-call-nearest = nearest: { $alike }. Here there are: { $names }
model-call-no-function = there is no function "{ $function }" here
    .gate = it speaks of the distribution: use it in [gates]
model-call-whole-path = { $function }({ $takes }) is about a whole path
    .mean = mean(set: x) runs over a set; mean(x, from, to) over years works in [metrics] and [targets]
    .help = it works in [metrics] and [targets]
model-call-one-year = { $function }({ $takes }) is about one year
    .help = write ({ $function }(…))@{ $end }, or use cagr or change
model-call-arguments = { $function } takes ({ $takes }), not { $given }
    .over = over a set: { $function }({ $name }: { $x })
    .over-sets = over a set: { $function }({ $sets }: { $x })
    .over-set = over a set: { $function }(set: x[set])
model-call-year = a year stands behind @: { $name }@{ $year }
model-call-index = an index stands in square brackets: { $name }[{ $written }]
model-call-power = a power is written with ^: ({ $base })^({ $exponent })
model-call-distribution = chance has its places: declare x = "{ $name }({ $written })" in [parameters] or [shocks], and use x here
model-call-no-table = there is no table "{ $name }"
    .declare = declare it: [tables.{ $name }] with x = […] and y = […]
model-call-lookup = lookup(x, table) names a table
    .help = write the name of one of [tables]: lookup(x, learning)
model-call-smooth = smooth(x, n) needs n of at least 1: the n-th part of the distance is closed every year
    .help = write 1 to follow x without delay, or more years
model-call-mod = mod(x, 0) has no value: nothing is left over of parts of 0
    .help = write a divisor that is not 0
model-call-pulse = pulse(t, n) lasts n years, and n is below 0 here
    .help = write the number of years, 0 or more; for years before t, begin earlier: pulse(t - n, n)
model-call-lag = how many years back is a whole number from 0, or data that is one
    .help = write the number itself, { $function }(x, 2), or a field or parameter: { $function }(x, life[plant]); it may not differ from path to path
model-call-years = the years of { $function } run from { $from } to { $to }
    .help = the earlier year comes first
model-call-at = x@year works in [metrics], [targets] and [gates]
    .help = in an equation use prev(x) or lag(x, n)
model-call-no-year = a year should stand here
    .help = { $start } to { $end }, start_year or end_year
model-call-outside = the year { $written } is outside the horizon
    .help = the scenario runs from { $start } to { $end }
model-spread-below-zero = "{ $written }" is a normal distribution with 5 % of its values below and 5 % above the range: { $share } % are below zero
    .truncate = for what is never below zero write { $truncated }
    .lognormal = for what is never below zero write "lognormal({ $mu }, { $sigma })", which has the same 5 % and 95 % quantiles, or { $truncated }
model-spread-smoothed = { $name }(…) joins { $count } values by straight lines: its mean is { $mean } and its s.d. { $sd }, theirs are { $own_mean } and { $own_sd }
    .help = "{ $whole }" draws the values themselves
model-spread-forgotten-sign = here a number has no % and is many times those that have one, or its spread has one
    .help = write "{ $with }" or, without per cent, "{ $without }"
model-spread-forgotten-among = here a number has no %, and is many times those of other years or members that have one
    .help = write it with %, or all of them without
model-spread-same-row = { $one } and { $other } draw the same row of the same column: they are always equal
    .help = if each shall have its own draw, write 'own' as the last argument: resample('file.csv', 'column', 'own')
model-symbols-set = a set
model-symbols-member = a member
model-symbols-parameter = a parameter
model-symbols-shock = a shock
model-symbols-variable = a variable
model-symbols-kind-shock = shock
model-symbols-field = "{ $name }" is a field and { $kind } as well
    .help = give one of them another name
model-symbols-two-sets = two sets have a member "{ $name }"
model-symbols-two-kinds = "{ $name }" is { $one } and { $other } as well
    .help = members, sets, variables, parameters and shocks share one name space: rename one of them
model-unit-all-checked = units are checked in all { $checked } places
model-unit-unchecked = units: { $count } { $count ->
    [one] place is
   *[other] places are
} not checked because { $names } { $quantities ->
    [one] has
   *[other] have
} no unit ({ $checked } are)
model-unit-names = { $names }
model-unit-names-more = { $names } and { $count } more
model-unit-in = in { $unit }
model-unit-is-pure = a pure number
model-unit-pure = a pure number
model-unit-gives = { $whose } gives { $gives }; its unit says { $says }
    .mend = mend the formula, or state unit = "{ $unit }"
model-unit-gives-times = { $whose } gives { $gives }; its unit says { $says }, { $ratio } times as much
    .help = divide by { $ratio }, or state unit = "{ $unit }"
model-unit-gives-part = { $whose } gives { $gives }; its unit says { $says }, 1/{ $ratio } of it
    .help = multiply by { $ratio }, or state unit = "{ $unit }"
model-unit-apart = { $a } is { $one }, { $b } is { $other }: they cannot be { $verb }
    .convert = write { $b } { $factor }, which is { $unit }
    .check = check both units, or whether one side lacks a factor in { $unit }
    .bound = write the bound in { $unit }, or compare a share or a rate
    .parameter = make { $pure } a parameter with unit = "{ $unit }", or divide { $with } by a value of its own unit
    .share = a share of { $with } is { $with } * { $pure }
model-unit-added = added
model-unit-subtracted = subtracted
model-unit-compared = compared
model-unit-chosen = chosen between
model-unit-branches = branches of one if
model-unit-no-root = { $gives } has no root that is a unit
model-unit-divide = divide by its start value, or by another value of the same unit
model-unit-exponent = an exponent is a pure number; { $words } is { $unit }
model-unit-takes = { $function } takes a pure number; { $words } is { $unit }
    .write = write { $function }({ $words } { $factor })
model-unit-lookup = { $words } is { $unit }, and the table { $name } is read at { $wanted }
    .help = convert it, or change the `x_unit` of the table
model-unit-no-power = { $words } is { $unit }, and so its power must be a fixed number such as 2
model-unit-from-of = what { $name } starts from
model-unit-start-of = the start value of { $name }
model-unit-formula-of = the formula of { $name }
model-unit-metric = the metric { $name }
model-unit-argument-of = an argument of the distribution of { $name }
model-unit-mixed = { $name } is in { $unit_text }, and here a number has no % where others of the same value have
    .help = write "{ $with }", or "{ $without }" for numbers in { $unit_text }; zero needs no sign
model-unit-some-signs = { $name } is in { $unit }, and some of its values are written with % and some without
    .help = write all with the sign ("4.5%", a plain 0.045) or all without (4.5, in per cent)
model-unit-share = { $name } is in { $text }, and { $written } lies between 0 and 1: at most 1 %
    .help = write unit = "1" for a share between 0 and 1, or 100 * in the formula that reads it
model-unit-own-unit = { $name } is in { $text }, this value of it in { $own }
    .help = all values of { $name } have one unit: convert the value to { $text }
model-unit-long = a unit's text may have { $max_length } bytes, this one has { $given }
model-unit-unsound = the unit "{ $text }" is too large or too small to calculate with
model-unit-out-of-place = "{ $sign }" stands out of place in the unit "{ $text }"
model-unit-no-fraction = the power { $exponent } in the unit "{ $unit }" is no simple fraction
model-unit-empty = the unit is empty
model-unit-breaks-off = the unit "{ $unit }" breaks off
model-unit-open-bracket = a bracket is not closed in the unit "{ $unit }"
model-unit-unknown = there is no unit "{ $word }"
    .declare = A unit of your own is declared by [units] { $name } = "base", or "50 kg"
    .near = did you mean "{ $near }"? A unit of your own is declared by [units] { $name } = "base", or "50 kg"
model-unit-no-number = "{ $digits }" is no number for a unit
model-unit-power = a power in the unit "{ $unit }" is no whole number from -32 to 32
model-unit-known = the unit { $name } is known already
    .help = choose another name: the units of the language cannot be changed
model-unit-no-name = "{ $name }" is no name for a unit
    .help = a unit's name starts with a letter and holds letters, digits and _
model-unit-declared = the unit { $name }: { $why }
model-unit-circle = these units are made of each other in a circle: { $names }
    .help = declare one of them as "base"
model-unused-variable = nothing uses the variable { $name }, and it is not reported
    .help = use it, mark it with report = true, or remove it
model-unused-table = nothing looks anything up in the table { $name }
    .help = read it by lookup(x, { $name }), or remove it
model-unused-unit = nothing is in the unit { $name }
    .help = use it, or remove it
model-unused-set = nothing uses the set { $name }
    .help = use it, or remove it
model-unused-no-source = the source "{ $id }" is not in [sources]
model-unused-source = nothing cites the source { $id }
    .help = cite it where a value rests on it, source = "{ $id }", or remove it
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

model-pool-world = Which world
model-pool-error = in the world { $world }: { $why }
model-pool-in-world = { $title } (in: { $world })
model-pool-nothing = nothing
model-pool-name-taken = the world { $world } has an input, metric or target called `{ $name }`, which is what a pool calls the input that says the world
    .help = give it another name in that scenario
model-pool-differs = { $name } is not the same in all worlds: { $first } in { $first_world }, { $other } in { $other_world }
    .help = what all worlds have must have the same unit, written alike, and the same years
model-pool-nothing-common = the worlds have no recorded variable, metric or target in common
    .help = record the same variables in all of them (report = true), or give the pool targets
model-pool-left-out = only some of the worlds have { $names }: left out
model-pool-left-out-more = only some of the worlds have { $names } and others, { $count } in all: left out

## engine: simulating

engine-error-no-paths = a run needs at least one path: ask for 1 or more
engine-error-many-paths = { $paths } paths are more than a run can count: ask for { $most } or fewer
engine-error-no-threads = a run needs at least one thread: ask for 1 or more, or leave the number out
engine-error-threads = the threads of the run could not be started ({ $reason }): ask for fewer
engine-error-dimensions = a path has { $dimensions } draws, and Sobol points { $most } dimensions: choose another --sampling
engine-error-interrupted = the run was stopped after { $finished } paths
engine-refusal-many-observations = { $observations } values are observed in { $year }, and only { $scores } shocks of that year move them: leave out { $surplus }, or give the model more shocks
engine-refusal-dependent = in { $year } no shock moves { $variable } apart from the other observed values: leave it out
engine-refusal-rough = what was observed rests on simultaneous equations that are solved by substitution, or to a tolerance above 1e-8: the weights of paths need exact derivatives. Lower the tolerance, or observe what lies outside the circle
engine-refusal-no-path = no path agrees with what was observed, as far as numbers reach: look for a unit or a base year that differs, or give a larger sd


## result: results and run folders

result-drivers-too-many = there are too many draws to look at each of them; ask about one outcome with plancast sensitivity --of

result-folder-cannot-move = { $path }, which others have put there, cannot be moved: { $why }
    .help = make it writable or move it away, or choose another folder with --out
result-folder-link = a symbolic link leads out of the run folder
    .help = remove the link, or name another file
result-folder-own-file = it is { $name } of a run, which only the run itself writes
    .help = name another file
result-folder-changed = the manifest of the run folder that it lies in was changed since it was written
    .help = see plancast verify, or name a file elsewhere
result-folder-report = report this
result-folder-name = "{ $id }" is no name of a folder: it is empty, begins with a point or holds a slash
result-folder-control = "{ $id }" is no name of a folder: a control character is in it
result-folder-long = a folder's name of { $length } bytes is longer than { $most }
result-folder-other-id = choose another id
result-folder-manifest = its manifest.json is not as a run of plancast writes it
result-folder-other = something that is not a run of plancast is there
    .help = move it away or choose another folder with --out

result-part-none = it is no part of a run ({ $schema })
result-part-damaged = its bytes are damaged; simulate this part again
result-part-senseless = its counts do not agree with each other ({ $how }); simulate this part again
result-part-foreign = it is of another run: { $what }
result-part-overlap = paths { $first } to { $last } are in { $other } as well; leave one of them out
result-part-missing = paths { $first } to { $last } are in no part; simulate them too
result-part-missing-shard = paths { $first } to { $last } are in no part; simulate them too: the same command with --shard { $shard }
result-part-missing-shards = { $count } shards of { $of } are missing; simulate them too: the same command with --shard K/{ $of } for each K of { $numbers }
result-part-no-shard = its shard is none
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
result-part-drivers = its counts are of other drivers
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
result-sound-shared = the values that paths share are not among its own
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
result-store-part = it is of a part of a run, which has no results yet
    .help = put the parts together first: `plancast merge` and the folders of all parts
result-store-no-schema = its schema is "missing", not "{ $wanted }"
result-store-this-version = run the scenario again with this version of plancast

result-unknown-rounding = paths differ by less than a part in 10¹³, as rounding may make them differ
result-unknown-rare = much of its variance lies on rare paths that are not among the { $paths } looked at; simulate more
result-unknown-not-finite = it is infinite or no number on { $count } of the { $paths } paths looked at, and has no variance
result-unknown-not-known = whether it is met is not known on { $count } of the { $paths } paths looked at
result-unknown-few-paths = { $paths } { $paths ->
    [one] path is
   *[other] paths are
} too few to tell; simulate more
result-unknown-outlying = { $count } of the { $paths } paths looked at lie so far from all others that its variance is not known
result-unknown-too-rare = what moves it occurs too rarely to be found on { $paths } paths; ask about it alone with plancast sensitivity --of
result-unknown-few-carry = its variance rests on a few of the { $paths } paths looked at; simulate more
result-unknown-few-differ = too few of the { $paths } paths looked at differ from the others; simulate more

result-verify-no-run = it is no folder of a run: it holds no manifest.json of plancast
result-verify-no-files = its manifest names no files: it was written by an earlier version
    .help = run its scenario.toml again to make it anew
result-verify-permissions = check its permissions
result-summary-world = { $title } { $weight } %
result-summary-worlds = a pool of { $worlds }

## analysis: questions to a model

analysis-against-gone = { $kind } { $name } is gone
analysis-against-new = { $kind } { $name } is new
analysis-against-target = the target
analysis-against-metric = the metric
analysis-against-variable = the variable
analysis-against-scenario = the scenario is another one
analysis-against-title = the scenario's title
analysis-against-condition = the condition of all paths
analysis-against-years = the years
analysis-against-years-of = the years of { $name }
analysis-against-draws = seed × paths and sampling: numbers are compared within their joint errors
analysis-against-unit = the unit of { $name }
analysis-against-requirement = what { $name } requires
analysis-against-sentence = { $what }: { $before } in the baseline, { $after } now

analysis-backtest-nothing = nothing could be forecast from these origins: { $why }
    .help = choose origins within the histories
analysis-backtest-no-history = { $name } has no [history]: it cannot be scored
analysis-backtest-no-histories = no variable has a [history]: there is nothing to score against
    .help = add one: [history.gdp] file = "record.csv", year = "year", value = "gdp"
analysis-backtest-fitted = { $input } was fitted, and it is not said to which years
    .help = backtest the scenario that the fitted one extends
analysis-backtest-beginning = { $name } begins in the base year and has no [history]: it is not known where it stood at the origins
    .help = add [history.{ $name }], or score variables that do not rest on it
analysis-backtest-nothing-followed = nothing that followed is recorded
analysis-backtest-not-finite = { $name } is infinite or no number on some paths in { $year }
analysis-backtest-window = the window of a fit begins in { $from }, not before the origin
analysis-backtest-errors = the scenario has errors
analysis-backtest-not-recorded = { $name } is not recorded in { $year }
analysis-backtest-no-index = { $name } has no index
analysis-backtest-many-sets = { $name } begins in the base year and is indexed by more than two sets
analysis-backtest-no-values = { $name } has no history
analysis-backtest-no-set = { $name } has no set

analysis-decompose-no-variable = there is no variable "{ $name }"
analysis-decompose-undeclared = the scenario says not by which factors { $total } is decomposed
    .help = write them: --by 'structure=va[sector]/gdp', or in a table [decompositions.{ $total }]; the scenario has: { $names }
    .none = write them: --by 'structure=va[sector]/gdp', or in a table [decompositions.{ $total }]; the scenario has: none
analysis-decompose-no-effect = no decomposition of { $total } has an effect "{ $name }"
analysis-decompose-apart = no decomposition of { $total } has { $effects } together
    .help = ask for the effects of one of them
analysis-decompose-not-there = there is no variable "{ $name }" to decompose
analysis-decompose-members = { $set } does not have the same members in { $one } and in { $other }
    .help = decompose by factors over sets that both share
analysis-decompose-many-terms = the factors run over { $count } terms or more: at most { $most } can be
    .help = use factors over smaller sets
analysis-decompose-no-set = the factors do not run over "{ $set }"

analysis-fit-nothing = the scenario has no [fit]: nothing is asked for
    .help = add a table: [fit.cycle] of = "gdp_growth", method = "ar1", free = {"{"} coefficient = "persistence" {"}"}
analysis-fit-twice = { $input } is estimated by [fit.{ $one }] and by [fit.{ $other }]
    .help = leave it to one of them
analysis-fit-late-window = the window of [fit.{ $name }] reaches to { $to }, beyond the base year { $start }: what is scored in these years was known already
    .help = end the window with the base year
analysis-fit-leak = [fit.{ $name }] took { $input } from { $from }–{ $to }, and { $first } is scored: what was fitted to is no forecast
    .help = fit up to the base year, or score later years
analysis-fit-short = [fit.{ $name }] has { $years } { $years ->
    [one] observation
   *[other] observations
} ({ $from }–{ $to }): { $needed } are the fewest that say anything
    .help = lengthen the history or the window `over`
analysis-fit-constant = { $series } was the same in every year: nothing can be estimated
    .help = leave it out
analysis-fit-no-input = [fit.{ $name }] frees no input
    .help = free = ["volatility", "persistence"]
analysis-fit-many-inputs = [fit.{ $name }] frees { $count } inputs: simulation tells at most { $most } apart
    .help = free fewer, or give several members one input
analysis-fit-innovations = [fit.{ $name }]: innovations = "t" is for ar1 and var1
    .help = leave it out
analysis-fit-one-series = [fit.{ $name }]: { $method } is of one series, not of { $count }
    .help = use method = "var1", or a [fit] for each
analysis-fit-which = which estimate does { $input } take?
    .help = free = {"{"} { $estimate } = "{ $input }" {"}"}: there are { $names }
analysis-fit-of-match = a match estimates inputs themselves, no "{ $estimate }"
    .help = free = ["volatility", "persistence"]
analysis-fit-no-estimate = there is no estimate "{ $estimate }"
    .help = there are { $names }
analysis-fit-shock = { $name } is a shock: what can be estimated is drawn once, a parameter or a field
    .help = write the shock as a standard one times a parameter: volatility * eps
analysis-fit-unknown = there is no parameter or field "{ $name }"
analysis-fit-already = { $name } was fitted already: its draws would count the same record twice
    .help = use the scenario that the fitted one extends
analysis-fit-number = { $name } is a plain number, and a match needs to know where to look for it
    .help = give it a distribution as its prior: { $name } = "uniform(0, 0.2)"
analysis-fit-discrete = the prior of { $name }, { $written }, has single values
    .help = give it a continuous distribution
analysis-fit-varying = the prior of { $name }, { $written }, has arguments that vary from path to path
    .help = free its arguments instead, or give it a distribution with numbers
analysis-fit-undetermined = the record does not determine the estimates of [fit.{ $name }]
    .help = use a longer record, or fewer series
analysis-fit-prior-range = the prior of the coefficient of [fit.{ $name }] has nothing between -1 and 1
    .help = uniform(0, 0.95), for one
analysis-fit-contradiction = the priors and the record of [fit.{ $name }] contradict each other: almost no draw is likely by both
    .help = widen the priors of what is free
analysis-fit-no-moment = [fit.{ $name }] matches no moment: a correlation needs two series
    .help = match = ["sd", "autocorrelation"]
analysis-fit-unlike = of { $count } records simulated for [fit.{ $name }] none in a thousand is like the one observed
    .help = widen the priors, or look at what the scenario lacks: plancast explain
analysis-fit-same-moments = the moments of [fit.{ $name }] do not vary with what is simulated
    .help = free inputs that move them
analysis-fit-no-history = [fit.{ $name }] has nothing to go by: the scenario has no [history]
    .help = add one: [history.gdp_growth] file = "record.csv", year = "year", value = "growth"
analysis-fit-not-recorded = { $series } is recorded in no year from { $from } to { $to }
    .help = every variable in it needs a [history], or an equation of such variables and plain numbers
analysis-fit-gap = [fit.{ $name }] has a gap: { $series } is not recorded in { $year }
    .help = fill the history, or begin later: over = [{ $from }, { $to }]
analysis-fit-no-years = [fit.{ $name }] has no year in which all of its series are recorded
    .help = give them histories of the same years
analysis-fit-many-years = { $years } years are more than a scenario may have
    .help = shorten the window
analysis-fit-not-finite = only { $found } of { $paths } simulated records have finite values
    .help = narrow the priors, or see plancast explain --path

# What a fitted scenario says of its values, in quotes.
analysis-fit-title = Estimated from the record by plancast fit
analysis-fit-note = fit { $name } ({ $method }) of { $series } over { $from }-{ $to } ({ $years } years): { $value }

# Why the paths do not tell, as a sentence without its full stop.
analysis-gates-close = the interval reaches across the bound: if the estimate is right, some { $needed } paths tell (--max-paths); if the value lies on the bound, none do, and less must be asked for
analysis-gates-together = what is computed of these intervals reaches across the bound, or has no value in all of them: if the estimates are right, some { $needed } paths tell (--max-paths)
analysis-gates-together-never = what is computed of these intervals reaches across the bound, or has no value in all of them: no number of paths may tell, ask for a little less or compare a statistic itself with a number
analysis-gates-no-value = what is compared has no value where the estimates lie, as 0 / 0 has none: no number of paths tells, write the gate in another way
analysis-gates-on-bound = the interval reaches across the bound, which lies on the value as far as it is known: no number of paths may tell, ask for a little less
analysis-gates-cell = { $bound } lies inside one counting cell [{ $low }, { $high }] of { $paths } { $paths ->
    [one] path
   *[other] paths
}
analysis-gates-resolution = values are counted in cells, and the one that it lies in leaves { $half } open to either side
analysis-gates-never-defined = its condition never holds
analysis-gates-condition-not-seen = its condition held on none of { $paths } { $paths ->
    [one] path
   *[other] paths
}
analysis-gates-too-large = there are too few values, or they are too large to add up
analysis-gates-infinite = its value is infinite on { $infinite } { $infinite ->
    [one] path
   *[other] paths
} (the first: --path { $first })
analysis-gates-not-a-number = its value is not a number on { $nan } { $nan ->
    [one] path
   *[other] paths
} (the first: --path { $first })
analysis-gates-not-finite = its value is infinite on { $infinite } { $infinite ->
    [one] path
   *[other] paths
} and not a number on { $nan } { $nan ->
    [one] path
   *[other] paths
} (the first: --path { $first })
analysis-gates-never = it never comes on { $infinite } of { $paths } { $paths ->
    [one] path
   *[other] paths
}, and the quantile falls there: it is no year
analysis-gates-infinite-quantile = the value is infinite on { $infinite } of { $paths } { $paths ->
    [one] path
   *[other] paths
}, and the quantile falls there
analysis-gates-no-spread = all paths have the same value, although others are possible
analysis-gates-no-spread-below = the lowest paths, of which it is the mean, all have the same value, although others are possible
analysis-gates-heavy-tail = single paths may be so extreme that the average of all does not settle (Pareto shape { $shape }, at most 0.45 is safe)
analysis-gates-one-path = a single one of { $paths } { $paths ->
    [one] path
   *[other] paths
} makes half of what is uncertain about it: the tail is so heavy, or the case so rare, that more paths may not help
analysis-gates-few-paths = half of what is uncertain about it comes from { $carry } of { $paths } { $paths ->
    [one] path
   *[other] paths
}: too few to rely on
analysis-gates-too-rare = much of it comes from draws so extreme that no number of paths shows them well
analysis-gates-rare-extremes = much of it comes from draws so extreme that about { $needed } paths are needed to show them well (--max-paths)
analysis-gates-rare-case = a case that it depends on occurred on { $seen } of { $paths } { $paths ->
    [one] path
   *[other] paths
}: too few to know what it does
analysis-gates-rare-case-of = a case that it depends on (decided by { $inputs }) occurred on { $seen } of { $paths } { $paths ->
    [one] path
   *[other] paths
}: too few to know what it does
analysis-gates-rare-draw = { $input } takes an extreme value so rarely that about { $needed } paths are needed to see what it does

analysis-score-no-distributions = the run in { $folder } has no distributions.json
    .help = run the scenario again with this version

analysis-solve-goal-examples = p(target) = 80%, mean(gdp@2030) >= 3000, quantile(co2@2030, 90%) <= 80
analysis-solve-no-goal = a goal says what a statistic should be
analysis-solve-goal-parts = a goal is one statistic, one of = >= <= > <, and a number
analysis-solve-goal-constant = nothing in this goal is simulated
analysis-solve-goal-number = the right side of a goal is a number
analysis-solve-goal-probability = a probability lies between 0 % and 100 %
analysis-solve-goal-statistic = the left side of a goal is p(…), mean(…), sd(…), quantile(…, q) or expected_shortfall(…, q)
analysis-solve-goal-level = a quantile's level is a number between 0 and 1: 10% or 0.1
analysis-solve-goal-arguments = { $function } takes { $takes ->
    [1] one argument
   *[other] two arguments
}, not { $given }
analysis-solve-goal-unknown = there is no statistic "{ $name }": { $statistics }
analysis-solve-no-lever = { $name } has no lever: say how far it can go
    .mean = { $name } has no lever: say how far it can go, in terms of its mean
    .median = { $name } has no lever: say how far it can go, in terms of its median
    .first = { $name } has no lever: say how far it can go, in terms of its first value
    .shift = { $name } has no lever: say how far it can go, in terms of what is added
    .factor = { $name } has no lever: say how far it can go, in terms of the factor
    .help = --between LOW,HIGH
analysis-solve-too-low = at { $x } { $name } would be { $number }; it must be at least { $bound }
analysis-solve-too-high = at { $x } { $name } would be { $number }; it must be at most { $bound }
analysis-solve-narrow = narrow the range: --between LOW,HIGH
analysis-solve-no-name = "{ $name }" is no name of a parameter or field: { $why }
    .help = --vary subsidy, --vary 'price[coal]' or --vary price@2030
analysis-solve-shock = { $name } is a shock: every year draws it anew, so that it has no value to solve for
    .help = vary a parameter of what it moves, or ask what another distribution would do: --set
analysis-solve-no-year = "{ $year }" is no year
analysis-solve-several = { $name } stands for { $count } values, one for each member
    .help = name one: --vary '{ $plain }[{ $member }]'; or move all by the same: --shift { $plain }, --scale { $plain }, --fix { $plain }
analysis-solve-all-years = { $name } has one value for all years
    .help = --vary '{ $name }'
analysis-solve-on-line = { $name } has no value of its own in { $year }: it lies on a line
    .help = its values are those of { $years }
analysis-solve-no-value = there is no value "{ $name }"
    .help = it has no index
analysis-solve-follows = { $name } is a { $what }: it follows from the inputs
    .help = vary a parameter or field that it depends on; plancast explain says which
analysis-solve-variable = variable
analysis-solve-metric = metric
analysis-solve-target = target
analysis-solve-unknown = the scenario has no parameter or field "{ $name }"

analysis-statement-empty = { $option } is empty
    .help = { $option } takes a formula about a path: { $option } 'gdp@2025 >= 2000'

## chart: figures

# What is read off a figure, by name.
chart-scenario = Scenario
chart-target = Target
chart-probability = Odds
chart-median = Median

# Legends and axes of several kinds of figures.
chart-legend-band = { $share } % of paths
chart-legend-mark = Target: odds that it is met
chart-legend-beyond = Target beyond the axis
chart-marks-say = each mark says its level and its odds when it is pointed at, in a program that can
chart-unlabelled = { $count ->
    [one] 1 target has no label here for want of room: see the table of targets
   *[other] { $count } targets have no label here for want of room: see the table of targets
}
chart-axes-unit = Unit: { $unit }
chart-axes-logarithmic = logarithmic axis
chart-axes-unit-logarithmic = Unit: { $unit }; logarithmic axis

chart-calendar-axes = Odds in per cent that it is done by the year (a number holds until the next; empty: on no path); framed: the first year in which it is likelier than not; last column: not done by the end
chart-calendar-planned = planned
chart-calendar-never = never
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
chart-heatmap-axes-given = Odds in per cent that the target of the column is met where that of the row is (framed: of the row alone); + more, − less than without that, beyond chance
chart-heatmap-then = if so
chart-heatmap-with = together with

chart-histogram-axes = Share of the paths
chart-histogram-never = Later or never
chart-histogram-open = { $year } or later: the simulation ends here

chart-panels-spoken = { $spoken }; { $title }: { $caption }

chart-picture-failed = cannot make a picture of the chart: { $why }
chart-picture-size = it is empty or too large

chart-ridges-density = Density of all paths, each year to its own height

chart-scatter-drawn = Drawn: { $shown } of the { $paths } paths that the odds are of
chart-scatter-beyond = ; { $count ->
    [one] 1 of them lies
   *[other] { $count } of them lie
 } beyond the axes (triangles)
chart-scatter-quadrant = { $x } and { $y }: { $odds }

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

# What a gate is about: as gates write it, or in words. The level as it is written, or in per cent: a language shows one of the two.
export-statistic-probability = p({ $of })
export-statistic-given = p({ $event } given { $given })
export-statistic-mean = mean({ $of })
export-statistic-sd = sd({ $of })
export-statistic-quantile = { $percent ->
   *[other] quantile({ $of }, { $level })
}
export-statistic-shortfall = { $percent ->
   *[other] expected_shortfall({ $of }, { $level })
}
export-statistic-surplus = { $percent ->
   *[other] expected_surplus({ $of }, { $level })
}
export-statistic-correlation = correlation({ $one }, { $other })

# What build servers show of a check.
export-verdicts-baseline = baseline: { $scenario }
export-verdicts-drift = drift: { $scenario }
export-verdicts-refused = Could not be checked:
export-verdicts-confidence = Each gate is decided rightly with a probability of at least { $percent } %.
export-verdicts-confidence-unmarked = Each gate without * is decided rightly with a probability of at least { $percent } %.
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
export-verdicts-legend = * without a guarantee: the equations set no bounds close enough, so that the verdict rests on a normal approximation. Neither the paths nor others with extreme draws show a tail or rare case that would forbid it; what none of them has shown is not in it.
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
export-verdicts-share-unknown = { $name }: not known ({ $low } to { $high } %)
export-verdicts-value-unknown = { $name }: not known ({ $low } to { $high })
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
report-figure-share-of = { $sign } { $level } ({ $share } of { $whole })
report-figure-years = { $years }
report-figure-years-range = { $first }–{ $last }
report-figure-mark = { $level }: { $probability }
report-figure-subtitle = { $region } – { $title }
report-figure-footer-first = plancast · scenario { $id } · { $paths } (here the first { $shown }) · seed { $seed }
report-figure-source = {" "}· Source: { $source }
report-figure-footer = plancast · scenario { $id } · { $paths } · seed { $seed }
report-figure-paths = { $paths } { $paths ->
    [one] path
   *[other] paths
}
report-figure-paths-given = { $paths } of { $among } paths, those with { $condition }
report-figure-paths-observed = { $paths } { $paths ->
    [one] path
   *[other] paths
}, weighted by what was observed
report-figure-several = plancast · scenarios { $ids } · { $paths } each, on the same draws · seed { $seed }
report-figure-several-run = { $id } ({ $paths }, seed { $seed })
report-figure-several-unlike = plancast · { $runs }

report-calendar-title = Calendar of completion
report-composition-others = All others
report-composition-unsettled = ; left out, as the mean of the whole does not settle: { $years }
report-composition-title = { $title }: what it is made of
report-density-title = { $title }: distribution by year
report-exceedance-some-years = { $subtitle } · { $shown } of { $count } years
report-exceedance-years = { $title }: how likely by when?
report-exceedance-levels = { $title }: how likely is how much?
report-conditional-title = What follows from what?
report-conditional-title-group = { $group }: what follows from what?
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
report-lead-met = “{ $title }” is met on { $count } of 100 paths
report-lead-outcome = { $title }, { $year }

# The first screen of a page.
report-scorecard-about = about { $count } in { $of }
report-scorecard-below = fewer than { $count } in { $of }
report-scorecard-above = more than { $count } in { $of }
report-scorecard-before = before the record: { $words }
report-scorecard-absent = no goal of this scenario
report-scorecard-finding = Of { $total ->
    [one] this one goal
   *[other] these { $total } goals
}, { $likely } { $likely ->
    [one] is
   *[other] are
} more likely to be met than missed
report-scorecard-finding-in = { $scenario }: { $finding }
report-page-goals = Will it be met?
report-page-print = Print everything, not only the brief

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

report-bounds-between = { $name } leaves its bounds, { $low } to { $high }, in some year on { $count } of { $of } paths
report-bounds-below = { $name } falls below { $low }, its `min`, in some year on { $count } of { $of } paths
report-bounds-above = { $name } rises above { $high }, its `max`, in some year on { $count } of { $of } paths
report-unknown-line = –: { $why } ({ $names })
report-unknown-no-value = no path has a value
report-unknown-one-path = One path: no spread is known; under “Mean” stands the value on that path.
report-unknown-never = it never comes on some paths, so that there is no mean
report-unknown-infinite = it is infinite on some paths, so that there is no mean
report-unknown-not-a-number = it is not a number on so many paths that these decide it
report-unknown-large = the values are so large that their sum is not finite
report-unknown-no-spread = all paths have the same value, although others are possible
report-unknown-tail = the tail is so heavy that the mean does not settle, or exists not at all

report-why-year = What drives { $title } in { $year }?
report-why-target = What drives the odds of "{ $title }"?
report-why-metric = What drives "{ $title }"?
report-why-unknown = . Not known in { $years }: { $why }
report-why-unknown-years = . Left out, as not known: { $years }
report-why-more = . Shown are { $shown } of { $count } inputs
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
report-wording-basis-given = The scenario was simulated { $among ->
    [one] once
   *[other] { $among } times
} from { $start } to { $end }; all that follows is about the { $paths } { $paths ->
    [one] simulation
   *[other] simulations
} in which { $condition } holds.
report-wording-basis-observed = The scenario was simulated { $paths ->
    [one] once
   *[other] { $paths } times
} from { $start } to { $end }, in such a way that every simulation agrees with what was observed from { $first } to { $last }; all that follows is what this leaves open.
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
report-wording-how-paths = { $paths ->
    [one] The path is
   *[other] Each of the { $paths } paths is
} one possible history: parameters are drawn once, shocks every year, and the scenario's equations are computed year by year. The odds of a target are the share of paths on which it is met; impossible and certain are what the equations decide alone. Several readings of one goal count once where goals are counted together.
report-wording-how-errors = After “±” stands the standard error: how far the number of paths alone may have moved the figure. Intervals of odds are 95 % score intervals (Wilson 1927). They say nothing of whether the scenario's assumptions are right.
report-wording-how-drivers = What drives a result is measured by first-order shares of variance, from bins of the inputs' draws on a part of the paths: how much of the variance would go if that input alone were known. What is left over belongs to inputs that matter only together; inputs that are correlated are taken as one.
report-wording-how-bands = Bands hold the stated share of the paths in each year on its own; a single path may leave and re-enter them.
report-wording-how-same = The same scenario, seed ({ $seed }) and number of paths give the same figures to the last digit on any machine. Fingerprint: { $fingerprint }.
report-goals-condition = These odds hold if the assumptions are right; their errors are those of the simulation alone.
report-goals-condition-graded = These odds hold if the assumptions are right: { $weak } of { $count } are grade D (assumed or derived). Their errors are those of the simulation alone.
report-goals-note = { $title }: { $note }
report-goals-impossible = Impossible by construction, on every path: { $titles }.
report-goals-quoted = “{ $title }”
report-page-variants = { $count } other { $count ->
    [one] reading
   *[other] readings
}
report-page-pool = { $about } It is { $worlds }.
report-explain-parts = parts of { $whole }: { $parts }
report-explain-parts-outside = parts of { $whole }: { $parts }; outside it: { $outside }
report-explain-supply = supply: { $supply }; claims: { $claims }
report-explain-gate = gate: { $name }
report-explain-inputs = inputs
report-explain-unit-base = a unit of its own kind
report-explain-unit-of = unit { $name } = { $of }
report-explain-set = set { $name }: { $title }
report-explain-fields = fields
report-explain-members = members
report-explain-cited-by = cited by
report-explain-unit = unit: { $unit }
report-explain-lever = lever: { $min } … { $max }
report-explain-by-set = by { $set }
report-explain-per-year = 1/yr
report-explain-calendar-year = year
report-explain-targets = targets
report-explain-values = values
report-explain-member = { $name }: { $title } ({ $set })
report-explain-titled = { $name }: { $title }
report-explain-head = { $title } ({ $scenario })
report-explain-span = { $start }–{ $end }, { $count } random { $count ->
    [one] input
   *[other] inputs
}
report-explain-set-members = set { $name }: { $members }
report-explain-set-fields = fields: { $fields }
report-explain-parameters = parameters: { $names }
report-explain-shocks = shocks: { $names }
report-explain-groups = groups: { $names }
report-explain-variables = variables
report-explain-headline = (* headline)
report-explain-metrics = metrics
report-explain-gates = gates
report-explain-used-by = used by: { $names }
report-explain-central = on the central path: { $value } { $unit }
report-explain-note = note: { $note }
report-explain-central-met = met on the central path
report-explain-central-missed = not met on the central path
report-explain-recorded-met = [history] tells its outcome: it was met
report-explain-recorded-missed = [history] tells its outcome: it was missed
report-explain-certain = certain: met on every path by its equations
report-explain-impossible = impossible: met on no path by its equations
report-explain-central-path = on the central path
report-explain-uses = uses
report-explain-uses-all-years = { $name } (this year's and earlier): { $title }
report-explain-uses-earlier = { $name } (of earlier years): { $title }
report-explain-default = { $value } (default)
report-explain-replay = { $title } · seed { $seed } · path { $path }
report-explain-solved-newton = { $name } { $year }: solved by Newton's method, { $count } { $count ->
    [one] evaluation
   *[other] evaluations
}
report-explain-solved-substitution = { $name } { $year }: solved by substitution, { $count } { $count ->
    [one] evaluation
   *[other] evaluations
}
report-explain-solved-line = { $number }: { $point } · apart by { $residual }
report-explain-solved-again = begun again by substitution
report-explain-solved-none = { $number }: { $point } · no finite value
report-explain-target-unknown = { $name }: not known
report-explain-target-missed = { $name }: not met
report-explain-target-met = { $name }: met
report-explain-figure = figure: { $figure }
report-explain-quoted = { $figure }: “{ $words }”
report-explain-quoted-gloss = { $figure }: “{ $words }” ({ $gloss })
report-explain-at-least = at least
report-explain-at-most = at most
report-explain-about = about
report-explain-softness = softness: { $softness }
report-explain-softness-rule = softness: { $softness } ({ $rule })
report-explain-states = states: { $formula } ({ $softness }); met when { $require }
report-explain-graded = [{ $source }, grade { $grade }]
report-explain-sources = sources
report-explain-source = source: { $title }
report-explain-pool = { $start }–{ $end }, a pool of worlds; each path is that of one:
report-explain-pool-world = { $weight } %: { $title } ({ $name })
report-explain-pool-path = path { $path } is of the world { $world } (weight { $weight } %)

# The part of a page that can be moved. The script puts a number where {} stands.
report-live-title = What if? Move the levers
report-live-about = Move a slider: the odds follow at once, first from 1,000 simulated futures, then from 10,000 and more while you wait. All is computed in this page; nothing is sent anywhere. What stands below this part is the plan as it was written.
report-live-levers = Levers
report-live-more = Any other assumption
report-live-pick = Name or title of an assumption
report-live-add = Add
report-live-unknown = There is no assumption of this name.
report-live-remove = Remove
report-live-fixed = as one number, without its uncertainty
report-live-reset = Back to the plan as written
report-live-goal = Goal
report-live-headline = Median
report-live-before = As written
report-live-after = Now
report-live-change = Change
report-live-others = All other goals
report-live-figure = Range of futures
report-live-shown = Shown
report-live-drivers = What drives the results now
report-live-share = Share of the variance
report-live-command = The same on the command line, to the last digit
report-live-first = First look: {"{"}{"}"} futures
report-live-settled = {"{"}{"}"} futures
report-live-starting = Starting the engine …
report-live-failed = This state cannot be simulated

## study: questions about a scenario that have no answer

study-prepared-given = { $id } says `given = "{ $given }"` in [run], and the scenario that it is compared with says otherwise
    .help = a comparison has one condition for all: write it with --given, or remove it from [run]
study-unsolved = the simultaneous equations { $name } were not solved on all paths ({ $years }): on path { $path }, after { $count } { $count ->
    [one] evaluation
   *[other] evaluations
}, { $unknown } and its formula are still { $residual } apart, relative to their size. These paths count as not finite
study-unsolved-formulas = the simultaneous equations { $name } were not solved on all paths ({ $years }): on path { $path } their formulas have no finite value where they start. These paths count as not finite
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
study-observed-pool = a pool is not conditioned on observations: what was observed says of each world how likely it is, and not only what follows in it. Run each of its worlds with --observed ({ $names }), hold their evidence against each other, and change the weights in [pool]
study-of-pool = { $what } knows one world and not a pool of several; ask its worlds one by one: { $names }
study-other-build = the parts were simulated by another build of plancast { $version }
study-other-counts = the parts hold counts that this scenario does not give; simulate them again
study-other-drivers = the parts hold counts of drivers that this scenario does not have; simulate them again
study-unknown-result = the run has no { $kind } "{ $name }"; { $help }
study-not-known = { $what } is not known: { $why }
study-compare-one = one scenario has nothing to be compared with: name two or more, the reference first
study-compare-scheme = the [run] of { $id } says `{ $scheme }`: only random paths can be compared
study-observed-no-variable = the observations of { $name } are of no variable, or of no member of one
study-chart-no-year = { $scenario } has no year { $year }: it runs from { $start } to { $end }
study-chart-of-several = a { $kind } shows several runs, and this is one
study-chart-pair = a scatter plot shows two variables: give --variable twice
study-chart-none = this run has no figure of kind { $kind }; it has { $names }
study-chart-none-distributions = this run has no figure of kind { $kind }; it has { $names }; it stores no distributions: run the scenario again with this version of plancast
study-chart-none-replay = this run has no figure of kind { $kind }; it has { $names }; its scenario.toml cannot be replayed by this version of plancast: run it again
study-chart-unknown = there is no figure of "{ $name }".
study-chart-unknown-kind = there is no { $kind } figure of "{ $name }".
study-chart-near = {" "}Did you mean "{ $near }"?
study-chart-available = {" "}There is one of: { $names }. Other variables are recorded with plancast run … --record NAME
study-chart-source = simulation; { $title }
study-page = the page cannot be put together: { $why }
study-decompose-no-year = { $scenario } has no year { $year }: it runs from { $start } to { $end }
study-decompose-names-or-formulas = --by takes the names of effects that the scenario declares, or factors with their formulas, not both: --by activity,structure, or --by 'structure=va[sector]/gdp'
study-discover-no-target = there is no target "{ $name }"; { $help }
study-discover-no-targets = there is no target "{ $name }": the scenario has none
study-discover-recorded-met = [history] tells the outcome of { $name }: it was met, in every future
study-discover-recorded-missed = [history] tells the outcome of { $name }: it was missed, in every future
study-explain-unknown = nothing is named "{ $name }"
study-explain-pool-name = what a name means or rests on
study-sensitivity-few = { $paths } { $paths ->
    [one] path
   *[other] paths
} cannot tell what drives an outcome by this method: it needs --paths { $least } or more
study-sensitivity-independent = { $of } depends on no draw of { $name }, which is an input of the scenario; it depends on: { $inputs }
study-sensitivity-no-input = there is no input or group "{ $name }"; { $help }
study-sensitivity-no-chance = { $of } depends on nothing random
study-sensitivity-order = { $name } is correlated with no other input: --order names inputs that are
study-sensitivity-many-draws = there are too many draws to tell each by itself
study-solve-recorded = { $statistic }: { $words }; no value of an input changes it
study-solve-possible = { $goal }: whether something is possible at all cannot be told from simulated paths; ask for a bound, such as { $bound }
study-solve-few = { $paths } { $paths ->
    [one] path
   *[other] paths
} cannot tell where { $goal } holds: it needs --paths { $least } or more
study-solve-nothing = { $statistic } does not exist with { $lever } at { $value }: { $why }; narrow the range, --between LOW,HIGH
study-solve-nothing-condition = no path meets its condition
study-solve-nothing-value = no path has a value of it
study-solve-nothing-settles = it is infinite, or no number, on some paths, or its tail is so heavy that it does not settle
study-solve-between-many = --between stands more often than there are inputs to vary
study-solve-between-form = --between takes two finite numbers, the lower first: --between 4%,14%
study-solve-between-with = --between { $range }: the values of { $name } are written with a per cent sign; write the range so too: --between 4%,14%
study-solve-between-without = --between { $range }: the values of { $name } are written without a per cent sign; write the range so too: --between 4,14, in per cent
study-solve-overlapping = { $one } and { $other } move the same value
study-solve-twice = { $option } names { $name } twice
study-solve-also = { $option } names { $name } and { $other } too
study-solve-vary = --vary names nothing: name a parameter or field, --vary subsidy
study-of-some-paths = the scenario's [run] says `{ $reason }`, which this command does not know


## cli-arguments: the command's arguments

cli-arguments-invalid = invalid value '{ $value }' for '{ $argument }': { $why }
cli-arguments-no-period = "{ $text }" is no period: 2030, 2030Q4 or 2030M12
cli-arguments-no-year = "{ $text }" is no year: 2010..2015, or 2010,2015
cli-arguments-years-backwards = { $to } is before { $from }
cli-arguments-no-day = "{ $text }" is no day: 2024-03-01
cli-arguments-no-figure = there is no such figure; there are { $names } and all
cli-arguments-size-range = a figure is 360 to 6000 pixels wide and 320 to 6000 high
cli-arguments-no-size = "{ $text }" is no size; write 900x560
cli-arguments-no-number = "{ $text }" is no number
cli-arguments-quantile-range = a quantile lies between 0 and 100 per cent; { $text } does not
cli-arguments-no-shard = "{ $text }" is no shard; write 3/16 for the third of sixteen
cli-arguments-no-shards = "{ $text }" is no number of shards; write a whole number from 1 to 1000000
cli-arguments-until-unit = only odds have an error in per cent; in the unit of the statistic { $error } is { $value }
cli-arguments-until-share = { $value } is { $percent } per cent; write { $value }% if that is what you mean
cli-arguments-no-error = write a standard error above zero: '0.2%' of the odds, or 'quantile(gdp@2025, 5%)=1'
cli-arguments-folder = a folder is wanted; one of that name is ./-
cli-arguments-picture = a file is wanted, as standard output takes the answer; one of that name is ./-
cli-arguments-no-time = "{ $text }" is no time; write 90s, 10min or 2h, or 0 to wait for nothing
cli-arguments-no-memory = "{ $text }" is no amount of memory; write 2GiB or 500MB
cli-arguments-no-minutes = "{ $text }" is no number of minutes above zero
cli-arguments-threads-none = a run needs at least one thread: ask for 1 or more, or leave the number out
cli-arguments-threads-many = more than { $most } threads; ask for as many as the machine has cores
cli-arguments-no-threads = "{ $text }" is no number of threads
cli-arguments-confidence-range = a confidence lies between 50 and 100 per cent; write 99 or 99.9
cli-arguments-no-paths = "{ $text }" is no number of paths; write 250000, 1e6 or 1M
cli-arguments-paths-range = the number of paths is a whole number from 1 to { $most }
cli-arguments-unknown = there is no option '{ $argument }' here; { $meant }
cli-arguments-meant = did you mean '{ $name }'?
cli-arguments-see-help = --help lists what there is
cli-arguments-no-command = there is no command '{ $name }'; { $meant }
cli-arguments-missing = this is missing: { $arguments }
cli-arguments-conflict = '{ $argument }' does not go with '{ $other }'
cli-arguments-no-value = '{ $argument }' lacks a value
cli-arguments-no-choice = '{ $argument }' cannot be '{ $value }'; choose from { $choices }

# The help of the command line in other languages (see zh.ftl): English stands beside the options in the code.
cli-help-usage = Usage:{" "}
cli-help-commands = Commands
cli-help-arguments = Arguments
cli-help-options = Options
cli-help-examples = Examples:
cli-help-default = {" "}[default: { $value }]
cli-help-choices = {" "}[possible values: { $choices }]
cli-help-choice = { $name } ({ $text })


## cli-audit: the command's audit

cli-audit-nothing = no two figures of this plan can be held against each other
cli-audit-no-conflict = nothing in these figures contradicts the rest
cli-audit-conflicts = what does not fit together: { $count }
cli-audit-implied = what the figures ask
cli-audit-heading = { $name }: { $title }
cli-audit-heading-unit = { $name }: { $title } ({ $unit })
cli-audit-heading-quoted = { $name }: “{ $words }”
cli-audit-note = ({ $note })
cli-audit-promised = { $sum } are promised ({ $claims }); { $supply } gives { $available }
cli-audit-claim = { $name } { $amount }
cli-audit-available = { $amount } in { $year } (promised { $times } times)
cli-audit-readings = one number, { $count } readings: { $readings }
cli-audit-same-number = { $number } in { $year } is stated { $count } times: { $figures }
cli-audit-figure-of = { $figure } of { $variable }
cli-audit-needs = from { $base } in { $start } to { $level }: { $rate } a year
cli-audit-leads = { $rate } from { $start } to { $end } is × { $multiple }: from { $base } to { $value }
cli-audit-between = from { $first } to { $second }: { $rate } a year
cli-audit-between-at = ; at { $rate } it would be { $value }
cli-audit-disagree = { $rate } leads from { $base } to { $value } in { $year }, not to { $level }; both hold only from a base of { $softness ->
    [at-least] at least { $common }
    [at-most] at most { $common }
   *[about] { $common }
}
cli-audit-beside = { $rate } leads from { $base } to { $value } in { $year }, beside { $level }; to that it leads from a base of { $common }
cli-audit-opposed-levels = { $high }, but { $low }: both cannot hold
cli-audit-opposed-rates = { $high }, but { $low } in the same years, { $start }–{ $end }: both cannot hold
cli-audit-ratio = { $numerator }, but { $denominator }
cli-audit-ratio-factor = : the ratio goes to { $factor } of its start in { $year }
cli-audit-ratio-moves = , from { $before } to { $after }
cli-audit-ratio-is = : the ratio is { $value } in { $year }
cli-audit-change-times = { $variable } × { $multiple } ({ $rate } a year; { $targets })
cli-audit-change-to = { $variable } { $level } ({ $targets })
cli-audit-parts = { $parts } add up to { $sum } in { $year }, from { $base }: { $rate } a year
cli-audit-parts-rest = ; { $whole } is to be { $level } ({ $targets }), which leaves { $left } for the rest, that had { $base }
cli-audit-parts-namesakes = ; not to be taken for the same number in { $targets }
cli-audit-part = { $variable } { $base } → { $level }
cli-audit-times = × { $number }
cli-audit-reading = { $stated } of { $variable } in { $year }
cli-audit-reading-central = , on the central path { $value } ({ $share } of it)
cli-audit-level = { $level } in { $year } ({ $targets })
cli-audit-bound = { $softness ->
    [at-least] { $level } or more
    [at-most] at most { $level }
   *[about] { $level }
} in { $year } ({ $targets })
cli-audit-rate = { $rate } a year ({ $targets })
cli-audit-rate-bound = { $softness ->
    [at-least] at least { $rate }
    [at-most] at most { $rate }
   *[about] { $rate }
} a year ({ $targets })


## cli-backtest: the command's backtest

cli-backtest-horizon = Years ahead
cli-backtest-horizon-quarters = Quarters ahead
cli-backtest-horizon-months = Months ahead
cli-backtest-forecasts = Forecasts
cli-backtest-scored-dates = Dates
cli-backtest-in-50 = in 50 %
cli-backtest-in-80 = in 80 %
cli-backtest-in-90 = in 90 %
cli-backtest-crps = CRPS
cli-backtest-log-score = Log score
cli-backtest-bias = Bias
cli-backtest-against = Against
cli-backtest-its-crps = Its CRPS
cli-backtest-skill = Skill
cli-backtest-difference = Difference
cli-backtest-head-units = { $scenario }: { $title }. Forecasts from { $origins }, { $units } units, { $paths } { $paths ->
    [one] path
   *[other] paths
} each.
cli-backtest-head = { $scenario }: { $title }. Forecasts from { $origins }, { $paths } { $paths ->
    [one] path
   *[other] paths
} each.
cli-backtest-refitted = Estimated anew at each origin from what was known then: { $inputs }.
cli-backtest-titled = { $title } ({ $unit })
cli-backtest-nothing = { $variable }: nothing that followed is recorded
cli-backtest-dates = { $dates } ({ $horizon })
cli-backtest-errors = Errors are clustered by date: forecasts of one date share what happened then. Independent dates (years ahead): { $dates }.
cli-backtest-one-date = {" "}Of one date no error is known.
cli-backtest-outside = * without { $count } { $count ->
    [one] outcome
   *[other] outcomes
} outside every path, whose log score is not known
cli-backtest-tenths = Outcomes by tenth of their forecast, { $horizon } ahead: { $counts }
cli-backtest-random-walk = random walk
cli-backtest-shrinkage = return to the mean
cli-backtest-pooled = changes of the past, pooled
cli-backtest-no-variance = variance not above zero
cli-backtest-few-dates = too few dates
cli-backtest-left-out = Not forecast: { $names }: { $why }
cli-backtest-more-reasons = and for { $count } more { $count ->
    [one] reason
   *[other] reasons
} (--json)
cli-backtest-chart = Outcomes by tenth of their forecast
    .subtitle = A year ahead; the line is a tenth, which each has where forecasts are right
    .legend = share of the outcomes
    .footer = plancast backtest · scenario { $scenario } · origins { $origins }


## cli-batch: the command's batch

cli-batch-no-pattern = { $name } is no pattern: { $why }
cli-batch-no-match = no file matches { $name }; check the folder
cli-batch-same-folder = { $one } and { $other } would both be written to the folder { $id }; give one of them another `id` in [scenario]
cli-batch-on-record = --given { $condition }: it is { $words }, in every future; ask for what is not decided yet
cli-batch-warnings = { $count } { $count ->
    [one] warning
   *[other] warnings
}: see plancast validate { $name }
cli-batch-folder-name = { $why }; give the scenario another `id` in [scenario]
cli-batch-failed = { $failed } of { $runs } runs did not come about; the others are not affected
cli-batch-sweep-form = --sweep takes NAME=VALUES, not "{ $sweep }"; write 'price=0,50,100' or 'price=0:100:50'
cli-batch-sweep-wrong = --sweep { $sweep }: { $why }
cli-batch-sweep-many = the sweep has more than { $most } runs; use fewer values
cli-batch-sweep-missing = a value is missing
cli-batch-sweep-no-number = "{ $text }" is no number
cli-batch-sweep-away = the step leads away from the end; write FROM:TO:STEP
cli-batch-sweep-range = the range has more than { $most } values


## cli-check: the command's check

cli-check-one-stdout = --json and reports to - all go to standard output; give all but one a file
cli-check-tolerance-unknown = --tolerance { $name }: the baseline has no result of this name
cli-check-no-gates = { $scenario } has no [gates]; add some, or give one with --require 'p(target) >= 50%'
cli-check-nothing-in-common = --against: { $scenario } and the baseline, of { $other }, have no target, metric or headline in common; name the baseline of this scenario
cli-check-title = { $title } ({ $scenario })
cli-check-no-drift = Nothing drifted from the baseline.
cli-check-no-number = No number drifted from the baseline.
cli-check-not-known = warning: what { $statistic } is of is not a number on { $paths } { $paths ->
    [one] path
   *[other] paths
}; its interval holds whatever it is there
cli-check-undecided = { $gate } is undecided: { $why }.
cli-check-verdict = Verdict
cli-check-gate = Gate
cli-check-found = Found
cli-check-method = Method
cli-check-paths = Paths
cli-check-pass = PASS
cli-check-fail = FAIL
cli-check-undecided-verdict = UNDECIDED
cli-check-confidence-marked = Each gate without * is decided rightly with a probability of at least { $percent } %, with at most { $paths } { $paths ->
    [one] path
   *[other] paths
}.
cli-check-confidence = Each gate is decided rightly with a probability of at least { $percent } %, with at most { $paths } { $paths ->
    [one] path
   *[other] paths
}.
cli-check-against = Against the baseline:
cli-check-drifted = Drifted
cli-check-baseline = Baseline
cli-check-now = Now
cli-check-tolerance = --tolerance { $tolerance }: write 1%, probability=1% or gdp=0.5%, not below zero


## cli-compare: the command's compare

cli-compare-id = { $why }; give the scenarios shorter ids in [scenario]
## cli-decompose: the command's decompose

cli-decompose-change = change
cli-decompose-difference = difference
cli-decompose-effect = { $title }: { $mean } ({ $low } – { $high })
cli-decompose-unit = , { $unit }
cli-decompose-years = { $title } from { $first } in { $from } to { $last } in { $to }{ $unit }: mean (5 % – 95 %), { $form ->
    [multiplied] added and multiplied
   *[added] added
}
cli-decompose-scenarios = { $title } in { $year }: { $first } in "{ $own }", { $last } in "{ $other }"{ $unit }: mean (5 % – 95 %), { $form ->
    [multiplied] added and multiplied
   *[added] added
}
cli-decompose-rest = other
cli-decompose-difference-method = plain differences
    .why = Method: plain differences, as each term has one factor
cli-decompose-lmdi = LMDI-I
    .why = Method: LMDI-I (Ang 2004), as no factor is below zero on any path
cli-decompose-shapley = Shapley values
    .why = Method: Shapley values (Sun 1998), as a factor is below zero on some path
cli-decompose-method = { $why }.
cli-decompose-method-many-terms = { $why }: for { $count } terms ({ $terms } …).
cli-decompose-method-terms = { $why }: for { $count ->
    [one] the term { $terms }
   *[other] { $count } terms ({ $terms })
}.
cli-decompose-unknown-factor = Left out: { $count } of { $paths } { $paths ->
    [one] path
   *[other] paths
}, on which a factor has no finite value (first on path { $first }: { $factor }).
cli-decompose-unknown-total = Left out: { $count } of { $paths } { $paths ->
    [one] path
   *[other] paths
}, on which the total has no finite value (first on path { $first }).
cli-decompose-no-ratios-shapley = Not multiplied: a term with a factor below zero has effects that add up, and none that multiply.
cli-decompose-no-ratios-sign = Not multiplied: on { $count } of { $paths } { $paths ->
    [one] path
   *[other] paths
} the totals are not both above zero, or both below, and have no ratio.
cli-decompose-no-ratios-large = Not multiplied: effects cancel that are far larger than the total.
cli-decompose-raises = raises it
cli-decompose-lowers = lowers it
cli-decompose-why-years = Why { $title } changes from { $from } to { $to }
cli-decompose-why-scenarios = Why { $title } differs in { $year }: { $first } and { $other }
cli-decompose-and = {" and "}
cli-decompose-means = Means over all paths; the lines hold nine in ten; by { $methods }
cli-decompose-means-of-some = Means over { $known } of { $paths } { $paths ->
    [one] path
   *[other] paths
}; the lines hold nine in ten; by { $methods }


## cli-diff: the command's diff

cli-diff-no-toml = a scenario.toml is no TOML: { $why }
cli-diff-assumption = Assumption
cli-diff-before = Before
cli-diff-after = After
cli-diff-unit = Unit
cli-diff-sources = Sources
cli-diff-identical = Identical: the same fingerprint { $fingerprint }
cli-diff-draws = Seed, number of paths or sampling differ: { $before } → { $after }
cli-diff-no-scenario = A baseline has no scenario: which assumption changed is not known.
cli-diff-no-assumption = No assumption changed.
cli-diff-errors = Errors are those of independent runs; runs with the same seed share their draws and differ more surely (plancast compare). Significant: beyond 2.58 errors, which chance does once in a hundred times.
cli-diff-result = Result
cli-diff-difference = Difference
cli-diff-significant = Significant
cli-diff-yes = yes
cli-diff-no = no


## cli-discover: the command's discover

cli-discover-nothing-drawn = no range of inputs tells where the target is missed: nothing was drawn
cli-discover-always-met = "{ $target }" is met in every future, whatever is drawn.
cli-discover-always-missed = "{ $target }" is missed in every future, whatever is drawn.
cli-discover-missed = "{ $target }" is missed on { $missed } of { $paths } { $paths ->
    [one] path
   *[other] paths
}.
cli-discover-no-range = No range of inputs tells where.
cli-discover-quality = { $coverage } of the misses, missed on { $density } of such paths ({ $mass } of all).
cli-discover-and = and { $limit }
cli-discover-further-limits = { $limit },
cli-discover-last-limit = { $limit }:
cli-discover-comma = {", "}
cli-discover-tradeoff = Trade-off of coverage and density: { $points }
cli-discover-input-of-year = { $title } ({ $year })
cli-discover-input-named = { $title } ({ $name })
cli-discover-input-mean = { $input }, on average over { $years } { $years ->
    [one] year
   *[other] years
},
cli-discover-limit = { $input } { $range } [chance { $chance }]
cli-discover-no-limit = { $input } [chance { $chance }]
cli-discover-is = = { $value }
cli-discover-within = from { $low } to { $high }
cli-discover-at-least = >= { $low }
cli-discover-at-most = <= { $high }
cli-discover-below = below its { $quantile } quantile ({ $value })
cli-discover-above = above its { $quantile } quantile ({ $value })
cli-discover-between = between its { $low } and { $high } quantiles ({ $least } to { $most })
cli-discover-chart = In what futures is "{ $target }" missed?
    .subtitle = { $coverage } of the misses; missed on { $density } of such paths, against { $all } of all
    .legend = quantiles of the input within which it is missed


## cli-export: the command's export

cli-export-no-unicode = --export { $name }: the name is no Unicode text, and the run's manifest could not name it; choose another
cli-export-many = --export { $name } would be written by { $runs } runs; put {"{"}id{"}"} in its name: 'paths-{"{"}id{"}"}.csv'
cli-export-same-id = --export { $name } would be written by two scenarios that are called { $id }; give one of them another `id` in [scenario]
cli-export-misplaced = --export { $place } is { $what ->
    [file] another file of the run
    [folder] the folder of the run
   *[other] a file in the folder of another run
}; name another file
cli-export-failed = { $place } was not written: { $why }


## cli-figures: the command's figures

cli-figures-letters = neither { $family } nor any font installed here has { $letters }: pictures show a gap or a box in its place; install a font that has it, or use other words in the scenario


## cli-fit: the command's fit

cli-fit-written = Wrote { $scenario }, which draws these estimates jointly from { $draws } ({ $rows } { $rows ->
    [one] row
   *[other] rows
}).
cli-fit-nothing-free = No input is free, so nothing was written.
cli-fit-standard-input = what comes from standard input cannot be extended; save it as a file, or use --dry-run
cli-fit-no-scenario = { $place } is no name of a scenario; --out FILE.toml
cli-fit-not-ours = { $place } is there already, and plancast fit did not write it, or it was changed since; name another file with --out, or move it away
cli-fit-outside = { $place } could not read { $scenario }, which lies outside of its project; put an empty file plancast.toml into a folder above both, name another file with --out, or add --allow-outside
cli-fit-head = { $name }: { $method } of { $of }, { $from }–{ $to } ({ $years } { $step ->
    [quarter] quarters
    [month] months
   *[year] years
})
cli-fit-head-likelihood = { $name }: { $method } of { $of }, { $from }–{ $to } ({ $years } { $step ->
    [quarter] quarters
    [month] months
   *[year] years
}), log-likelihood { $log }
cli-fit-method-ar1 = autoregression (exact likelihood)
cli-fit-method-ar1-t = autoregression with t innovations (given the first value)
cli-fit-method-var1 = vector autoregression (exact likelihood)
cli-fit-method-var1-t = vector autoregression with t innovations (given the first values)
cli-fit-method-local-level = local level (exact likelihood without the first value)
cli-fit-method-match = match of simulated moments
cli-fit-estimate = Estimate
cli-fit-input = Input
cli-fit-most-likely = Most likely
cli-fit-without-bias = Without bias
cli-fit-draws = Draws
cli-fit-interval = 5 % – 95 %
cli-fit-verdict = { $words } (p { $probability })
cli-fit-normal = innovations look normal
cli-fit-not-normal = innovations are not normal
cli-fit-no-autocorrelation = no autocorrelation is left
cli-fit-autocorrelation = autocorrelation is left
cli-fit-break = the mean breaks after { $after } (95 %: { $low }–{ $high })
cli-fit-no-break = no break of the mean (p { $probability })
cli-fit-persistence = persistence alone makes one as large with p { $probability }
cli-fit-tests = { $of }: { $tests }.
cli-fit-next = { $all }; { $next }
cli-fit-moment = { $moment } of { $of }
cli-fit-moment-pair = { $moment } of { $of } and { $other }
cli-fit-moment-mean = mean
cli-fit-moment-sd = sd
cli-fit-moment-autocorrelation = autocorrelation
cli-fit-moment-correlation = correlation
cli-fit-column-moment = Moment
cli-fit-column-observed = Observed
cli-fit-column-simulated = Simulated median
cli-fit-column-below = Simulated below
cli-fit-plausibility = Of records simulated from the priors { $share } % are as far from their center as the one observed.
cli-fit-chart-label = { $seen }, simulated { $median }
cli-fit-chart-title = Observed against simulated moments
cli-fit-chart-subtitle = The mark is the record; in half widths of the simulated interval from its median
cli-fit-chart-legend = 90 % of simulated records of the same length
cli-fit-chart-footer = plancast fit · scenario { $id }


## cli-list: the command's list


## cli-jobs: the command's job scripts

cli-jobs-standard-input = a job cannot read its scenario from standard input; save it in a file and name that
cli-jobs-no-unicode = a word of the command line is not UTF-8 and cannot be written into a script; rename that file
cli-jobs-slurm = Simulates a run in shards on Slurm and puts them together: run this with bash where sbatch is, in a folder that all nodes see. Shards that failed are named by the merge: give their numbers (3,17-45) to submit them again.
cli-jobs-kubernetes = Simulates a run in shards on Kubernetes and puts them together: kubectl apply -f this file. Change the image, and the claim of the volume that all pods write to; files of scenarios lie in that volume. A finished shard is not simulated again.
cli-jobs-parallel = Simulates a run in shards with GNU parallel and puts them together: run this with bash. Shards that failed are named by the merge: give their numbers (3,17-45) to run them again. The variable PARALLEL takes further options of parallel.
## cli-live: the command's live pages

cli-live-one = --live: a page moves the levers of one scenario; name one run
cli-live-not-opened = { $place } is written, but no browser could be opened: open it yourself


## cli-merge: the command's merge

cli-merge-no-part = { $why }; name the folders that `run --shard` wrote
cli-merge-large = { $file } is larger than { $size } MiB
cli-merge-part = { $file }: { $why }
cli-merge-again = { $why }; simulate this part again
cli-merge-no-json = { $file } is no JSON: { $why }; simulate this part again
cli-merge-manifest = { $file } is not the manifest of the part beside it: { $key } differs; simulate this part again
cli-merge-changed = { $file } is not as it was written; simulate this part again
cli-merge-scenario = { $file } is not the scenario that the part was simulated from
cli-merge-version = { $folder } was simulated by plancast { $version }, this is { $own }: merge with that version


## cli-new: the command's new

cli-new-taken = { $names } is there already, and nothing is overwritten
    .help = name another folder
cli-new-unknown = there is no built-in scenario named "{ $name }"
cli-new-written = wrote { $files }
cli-new-next = what to do next:
cli-new-validate = after every change


## cli-redraw: the command's redraw

cli-redraw-changed = { $files } in { $folder }: changed since the run was written, so that what is shown is not what was simulated; run it again, or see plancast verify { $folder }
cli-redraw-no-year = --year { $year }: no run that was named has this year
cli-redraw-file-takes-one = { $file } is one picture, and these are { $count }: name one with --figure and --variable, or give a folder
cli-redraw-one-figure = --out - takes one figure, and these are { $count }: name it with --figure and --variable, or give a folder
cli-several-violins = violins compare scenarios: name two run folders or more
cli-several-paired = differences are taken path by path: name a folder that plancast compare wrote
cli-several-levels = levels stand side by side: name two run folders or more, or one of plancast compare


## cli-run: the command's run

cli-run-observations = the observations have errors so large that they say nothing: the run is as without them
cli-run-blocks = { $taken } paths are simulated, not { $asked }: --sampling { $name } takes whole blocks in { $replicates } replicates
cli-run-short = { $id }: the standard error of { $of } is { $error } after { $paths } { $paths ->
    [one] path
   *[other] paths
}, not { $wanted }; { $advice }
cli-run-short-why = { $id }: the standard error of { $of } is { $error } ({ $why }) after { $paths } { $paths ->
    [one] path
   *[other] paths
}, not { $wanted }; { $advice }
cli-run-short-more = allow more with --max-paths
cli-run-short-useless = more paths do not help
cli-run-finished = { $place } is there already, whole and of this run: it is not simulated again
cli-run-interrupted = interrupted; nothing was written
cli-run-changed = { $file } was changed while it was simulated; nothing was written: run it again
cli-index-outputs = the index of the runs,
cli-index-run = Run
cli-index-failed = failed
cli-checkpoint-other = something that is no checkpoint of plancast is there
    .help = move it away, or choose another folder with --out
cli-checkpoint-resume = cannot resume from { $place }: { $why }; run what it was made by, or leave out --resume to begin anew
cli-checkpoint-interrupted = interrupted; { $paths } paths are kept in { $place }: the same command with --resume goes on from there


## cli-score: the command's score

cli-score-nothing = nothing in { $file } was forecast by these runs
cli-score-head = { $id }: { $title } (base year { $start }, { $paths } { $paths ->
    [one] path
   *[other] paths
})
cli-score-variable = Variable
cli-score-outcome = Outcome
cli-score-median = Median
cli-score-interval = 80 % interval
cli-score-percentile = Percentile
cli-score-crps = CRPS
cli-score-log = Log score
cli-score-target = Target
cli-score-probability = Probability
cli-score-target-outcome = Outcome
cli-score-brier = Brier score
cli-score-mean-brier = Mean Brier score { $mean }; saying 50 % of everything gives 0.25.
cli-score-unit = { $title } ({ $unit })
cli-score-no-density = No log score (–) where the outcome is a value that many paths share, as of whole numbers, or lies between such: it has a probability there, and no density.
cli-score-infinite = The CRPS is infinite where the forecast is infinite on some paths.
cli-score-below = below every path
cli-score-above = above every path
cli-score-met = met
cli-score-missed = missed
cli-score-within = { $within } in the { $percent } % interval
cli-score-next = { $all }, { $next }
cli-score-coverage = Of { $all } { $all ->
    [one] outcome
   *[other] outcomes
}: { $counts }. Years of one run depend on each other and are no independent trials.
cli-score-means = Mean score (less is better)
cli-score-row-crps = { $name }: CRPS
cli-score-row-log = { $name }: log score
cli-score-row-brier = Brier score of the targets
cli-score-left-out = Not scored for { $id }: { $name } { $years }: { $why }
cli-score-left-out-meant = Not scored for { $id }: { $name } { $years }: { $why }; did you mean "{ $meant }"?
cli-score-no-variable = the scenario has no such variable
cli-score-not-recorded = the run did not record it (run again with --record)
cli-score-not-forecast = the base year or before it, so no forecast
cli-score-after = not among the years of the run
cli-score-conditioned = the run was conditioned on it, so no forecast
cli-score-no-number = it is no number on some paths
cli-score-no-value = no path has a finite value
cli-score-fan = the fan is that of { $scenario }
cli-score-no-outcome = there is no outcome of "{ $name }" to draw
cli-score-chart-row = { $title } { $year }
cli-score-chart-row-of = { $scenario }: { $title } { $year }
cli-score-chart-title = Where the outcomes fell among the forecasts
cli-score-chart-subtitle = The mark is the share of the paths below the outcome
cli-score-chart-wide = 90 % interval
cli-score-chart-narrow = 50 % interval
cli-score-chart-footer = plancast score · { $ids }


## cli-sensitivity: the command's sensitivity

cli-sensitivity-more = { $count } more { $count ->
    [one] outcome
   *[other] outcomes
}: name one with --of
cli-sensitivity-same = { $of } does not vary: the equations make it the same whatever is drawn
cli-sensitivity-unmoved = { $of } was the same wherever it was tried: it never varies, or so rarely that these points do not show it; ask for more, --paths
cli-sensitivity-rare = it varies so rarely that these points do not show it: ask for more, --paths
cli-sensitivity-recorded = { $words }: nothing drives it any more
cli-sensitivity-with = { $title }; together with { $names }
cli-sensitivity-chart-one = --chart draws one outcome: name it with --of
cli-sensitivity-chart-none = there is nothing to draw about { $of }: without --chart it is said why
cli-sensitivity-chart-title = What moves “{ $outcome }”?
cli-sensitivity-chart-sobol = Shares of the variance; at the right closed index · total, with 95 % intervals
cli-sensitivity-chart-morris = Mean size of the effects of moving each through its range (Morris µ*)
cli-sensitivity-chart-pawn = Median distance of the distributions with each held in a part of its range (PAWN)
cli-sensitivity-chart-alone = by itself
cli-sensitivity-chart-together = only together with others
cli-sensitivity-closed = closed index
cli-sensitivity-total = total
cli-sensitivity-sum = sum of single draws (95 % intervals)
cli-sensitivity-effects = (elementary effects: mean size, mean, standard deviation)
cli-sensitivity-median = median
cli-sensitivity-distance = largest distance of slices (PAWN)
cli-sensitivity-chance = what chance alone gives the largest group
cli-sensitivity-strongest = of a group, its strongest draw: distances do not add up
cli-sensitivity-direction = –: several draws that are moved together have a size of effect, but no direction
cli-sensitivity-indices = closed: all draws of a row, each alone and together; sum: each alone, as a run tells it
cli-sensitivity-wide = –: an index lies between 0 and 1, and this one may lie further off than that: a few points make most of the variance; simulate more, or ask for the odds of a level of the outcome (--of "x@2025 >= 10")
cli-sensitivity-no-sum = the sum is not known: { $why }
cli-sensitivity-not-split = { $name }: what each explains is not told, as together they explain nothing, or are more than { $most }
cli-sensitivity-shapley = { $name }: what they explain together, split among them by Shapley's value
cli-sensitivity-shapley-exact = { $name }: what they explain together, split among them by Shapley's value (exact: the outcome is linear)
cli-sensitivity-ordered = { $name }: what they explain together, each after those before it
cli-sensitivity-ordered-exact = { $name }: what they explain together, each after those before it (exact: the outcome is linear)
cli-sensitivity-correlated = * holds inputs that are correlated: they are taken as one group
cli-sensitivity-never = infinite (what never happens) at { $infinite } % of the points: counted as { $year }, the year after the last
cli-sensitivity-not-finite = infinite at { $infinite } % of the points, no number at { $lacking } %: it has no variance, and nothing can be told of it


## cli-shell: the command's shell

cli-shell-no-command = there is no command { $name }: see plancast --help
cli-shell-man = the manual page cannot be written: { $why }


## cli-solve: the command's solve

cli-solve-chart = --chart draws the frontier of two inputs or more: name them in --vary, separated by commas
cli-solve-mean = the mean of { $name }
cli-solve-median = the median of { $name }
cli-solve-in-year = { $name } in { $year }
cli-solve-shift = the shift of { $name }
cli-solve-factor = the factor on { $name }
cli-solve-fixed = { $name } is one number on all paths here, in the place of { $values ->
    [distribution] its distribution
    [distributions] its { $count } distributions
    [numbers] its { $count } values
   *[mixed] its { $count } values, { $chance } of which are distributions
}.
cli-solve-shifted-distribution = { $name }'s distribution, { $written }, is shifted as a whole from { $unmoved }. For one number in its place: --fix { $name }
cli-solve-shifted-from = { $name } is shifted as a whole from { $unmoved } in { $year }: the same is added to { $values ->
    [number] its value
    [distribution] its distribution; distributions keep their form
    [distributions] its { $count } distributions; distributions keep their form
    [numbers] its { $count } values
   *[mixed] its { $count } values, { $chance } of which are distributions; distributions keep their form
}. For a factor: --scale { $name }
cli-solve-shifted = { $name } is shifted as a whole: the same is added to { $values ->
    [number] its value
    [distribution] its distribution; distributions keep their form
    [distributions] its { $count } distributions; distributions keep their form
    [numbers] its { $count } values
   *[mixed] its { $count } values, { $chance } of which are distributions; distributions keep their form
}.
cli-solve-scaled = { $name } is scaled as a whole: the factor is on { $values ->
    [number] its value
    [distribution] its distribution
    [distributions] its { $count } distributions
    [numbers] its { $count } values
   *[mixed] its { $count } values, { $chance } of which are distributions
}.
cli-solve-when = { $goal } when { $words }
cli-solve-when-between = { $goal } when { $words } (from { $from } to { $to } but for one case in a thousand)
cli-solve-otherwise = { $goal } { $words }.
cli-solve-constant = It is the same everywhere: { $reached }.
cli-solve-not-known = At { $name } = { $at } it is not known on { $paths } { $paths ->
    [one] path
   *[other] paths
} whether it holds: they count as if it did not.
cli-solve-turns = Over the range of { $name } { $statistic } both rises and falls: between the values tried there may be others.
cli-solve-or = { $all } or { $next }
cli-solve-everywhere = holds already, wherever { $name } was tried between { $low } and { $high }
cli-solve-everywhere-close = holds on these paths wherever { $name } was tried between { $low } and { $high }, but so close to its bound that it may be missed there, as far as these paths tell
cli-solve-may-between = may hold with { $name } anywhere from { $from } to { $to }, as far as these paths tell: { $reached } at { $name } = { $at }
cli-solve-passed = is passed at a jump, not met: { $below } just below { $name } = { $at } and { $above } just above
cli-solve-may-everywhere = may hold wherever { $name } was tried between { $low } and { $high }, as far as these paths tell: { $reached } at each of { $tried } values
cli-solve-may = may hold at { $name } = { $at }, the closest of the values tried between { $low } and { $high }, as far as these paths tell: { $reached }
cli-solve-never-constant = was met at none of { $tried } values of { $name } between { $low } and { $high }, and was the same at each: { $reached }
cli-solve-open = cannot be told from simulated paths: the equations leave it open wherever { $name } was tried between { $low } and { $high } (at { $name } = { $at }, { $reached }); ask for a bound, such as { $bound }
cli-solve-never = was met at none of the values of { $name } tried between { $low } and { $high }; the closest was { $name } = { $at }: { $reached }
cli-solve-from-to = { $name } from { $from } to { $to }
cli-solve-no-error = { $value } (its error is not known)
cli-solve-no-error-why = { $value } (its error is not known: { $why })
cli-solve-there = There it is { $at } on the simulated paths.
cli-solve-jumps = It jumps there: { $below } just below { $name } = { $at }, { $above } just above, on the simulated paths.
cli-solve-closest = It is closest to its bound at { $name } = { $at }: { $reached }.
cli-solve-combinations = Combinations at which { $goal }:
cli-solve-row = { $values }: { $words }
cli-solve-step = { $name } = { $value }: { $reached }
cli-solve-next = { $all }; { $next }
cli-solve-steps = Its steps around it: { $steps }.
cli-solve-decided = { $statistic }: { $value }
cli-solve-year-never = never
cli-solve-error-unknown = { $value } (error not known)
cli-solve-chart-title = What it takes: { $goal }
cli-solve-chart-met = met
cli-solve-chart-unmet = out of reach
cli-solve-chart-all = all
cli-solve-titled = { $name }: { $title }


## cli-table: the command's table

cli-table-facts = { $paths } { $paths ->
    [one] path
   *[other] paths
} · seed { $seed } · { $start }–{ $end }
cli-table-given = {" "}· given { $condition }, among { $among }
cli-table-pool = {" "}· { $worlds }
cli-table-given-in-all = {" "}· given { $condition } in every scenario, among { $among }
cli-table-variable = Variable
cli-table-members = { $title }: { $shares }
cli-table-member = { $member } { $share }
cli-table-metric = Metric
cli-table-median = Median
cli-table-mean = Mean
cli-table-never = never
cli-table-target = Target
cli-table-probability = Odds
cli-table-unit = { $title } ({ $unit })
cli-table-convergence = Standard error of { $of }: { $steps } ({ $wanted } asked for, { $reached })
cli-table-precise = { $error } at { $paths }
cli-table-all-odds = the least certain odds
cli-table-reached = reached
cli-table-not-reached = not reached
cli-table-not-finite = warning: { $name } is infinite or not a number on { $paths } { $paths ->
    [one] path
   *[other] paths
}: it has no mean, and quantiles that fall there are not finite
cli-table-see = ; see the first of them with
cli-table-not-known = warning: whether { $name } is met is not known on { $paths } { $paths ->
    [one] path; it counts
   *[other] paths; they count
} as not met
cli-table-drivers = What drives it (first-order shares of variance ± error)
cli-table-driven = { $title }: { $drivers }
cli-table-drivers-given = What drives it is not told with --given: on the chosen paths inputs are no longer independent, and their shares would not add up. A run without it tells.
cli-table-drivers-sampled = What drives it is not told with --sampling: the error of a share is known for random paths only. A run without it tells, and the drivers are the same.
cli-table-folder = Results in { $folder }
cli-table-fan = █ median, ▒ 50 % and ░ 90 % of paths
cli-table-scenario = { $id }: { $title }
cli-table-reference = { $title } (reference)
cli-table-same-draws = { $facts } · all on the same draws
cli-table-medians = Medians
cli-table-difference = { $b } minus { $a }, path by path
cli-table-in-per-cent = Mean, %
cli-table-higher = Higher
cli-table-change = Change
cli-table-years = years
cli-table-other-requirement = * asks for something else there
cli-table-target-named = target { $name }
cli-table-only = Only in { $scenario }: { $names }
cli-table-units-differ = Not compared, as units differ: { $names }
cli-table-years-differ = Not compared, as years differ: { $names }
cli-table-conditioned = Conditioned on { $values } observed { $values ->
    [one] value
   *[other] values
}: { $list }
cli-table-next = { $all }; { $next }
cli-table-record = What the record changes
cli-table-before = Before
cli-table-after = After
cli-table-bands = Of variables: the median, and in brackets 5 % and 95 %.
cli-table-likelihood = Log likelihood of the record { $log } ± { $error }; of records that the scenario gives, { $share } % lie as far out as this one
cli-table-reliance = The paths say as much as { $effective } of equal weight ({ $years }); the largest weight is { $largest } % of all
cli-table-reliance-tail = The paths say as much as { $effective } of equal weight ({ $years }); the largest weight is { $largest } % of all, k̂ { $k }
cli-table-few = warning: few paths agree with the record; odds are known to some per cent only: simulate more (--paths)
cli-table-unused = Observed, but condition nothing: { $list }
cli-table-unused-value = { $variable }@{ $year } ({ $why })
cli-table-unused-constant = the same on every path
cli-table-unused-empty = its error is so large that it says nothing
cli-table-unused-year = the variable has no such year


## cli-validate: the command's validate

cli-validate-verdict = { $name } { $errors ->
    [0] is valid
   *[other] has errors
}: { $errors } { $errors ->
    [one] error
   *[other] errors
}, { $warnings } { $warnings ->
    [one] warning
   *[other] warnings
}


## cli-verify: the command's verify

cli-verify-whole = { $place }: whole and unchanged, { $files } { $files ->
    [one] file
   *[other] files
}
cli-verify-differs = { $place }: not as it was written
cli-verify-missing = missing
cli-verify-changed = changed
cli-verify-of-another = changed, or of another run
cli-verify-outside = outside of the project, not looked at (--allow-outside looks at it)
cli-verify-others = not of the run: others have put it there


## cli-other: the command's other

cli-main-width = { $variable } is "{ $asked }"; it may be least, avx2 or avx512, or be left out
cli-main-threads = threads cannot be started: { $why }; have fewer of them (--threads, RAYON_NUM_THREADS), or allow more processes (ulimit -u) or memory (ulimit -v)
cli-main-fault = this is a fault of plancast itself; please report it with the command
cli-memory-at-once = { $runs } runs at once would take about { $need }, more than the { $limit } that they may take (--memory); run fewer at once with --threads, or ask for fewer paths or variables
cli-memory-comparison = the comparison would take about { $need } of memory, more than the { $limit } that it may take (--memory), for { $paths }; nothing was simulated: compare fewer scenarios, record fewer variables (report, --record), use fewer threads (--threads), or allow more
cli-memory-answer = the answer would take about { $need } of memory, more than the { $limit } that it may take (--memory), for { $paths }; nothing was simulated: ask for fewer paths (--paths), or allow more
cli-memory-alone = { $id } would take about { $need } of memory, more than the { $limit } that it may take (--memory), for { $series } series and { $paths }; nothing was simulated: record fewer variables (report, --record), use fewer threads (--threads), do not look for what drives the results (--no-sensitivity), or allow more
cli-output-pipe = who reads the standard output went away before all was written; results in a folder are whole
cli-output-failed = the results cannot be written to standard output: { $why }
cli-outputs-ending = { $option } { $place }: its name ends in none of { $endings }; name another file
cli-outputs-read = { $option } { $place } is a file that this command reads, and would be replaced; name another file
cli-outputs-same = { $other } and { $option } would both write { $place }; name another file for one of them
cli-outputs-kept = { $place } was no file of plancast as it wrote it; what was there is now { $kept }
cli-progress-paths = { $done } paths
cli-progress-left = { $time } left
cli-request-conflict = { $option } cannot be used with `{ $reason }`, which the scenario's [run] or the command line says
    .help = change the option, or [run] in the scenario
cli-signals-interrupted = interrupted; nothing was written by halves
