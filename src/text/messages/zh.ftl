### plancast 的全部中文文本，语法为 Project Fluent（https://projectfluent.org）。
### 键名为“模块-主题-变体”；修改方法等写成所属消息的属性（如 .help）。


## text: 数字、单位、标题，以及各模块通用的文本

# 列表的分隔符与诊断信息的开头。
text-comma = 、
text-error = 错误
text-warning = 警告
text-help = 修改方法：{ $help }
text-diagnostic = { $place }{ $severity }：{ $message }
text-diagnostic-help = { $place }{ $severity }：{ $message }（{ $help }）
text-more-errors = 错误不止以上{ $count }处，其余未列出
text-more-warnings = 警告不止以上{ $count }处，其余未列出
text-with-help = { $message }（{ $help }）
text-mend-first = 请先改正以上各处

# 名称可能的本意。
text-did-you-mean = 是否想写“{ $name }”？
text-names = { $kind }：{ $names }
text-names-many = { $kind }：{ $names }……（共{ $count }个）
text-kind-any = 现有
text-kind-built-in = 内置情景
text-kind-choices = 可选项
text-kind-distributions = 分布
text-kind-effects = 效应
text-kind-estimates = 估计方法
text-kind-factor-sets = 各因素的集合
text-kind-fields = 字段
text-kind-gate-functions = 门槛可用的函数
text-kind-goal-functions = 求解目标可用的函数
text-kind-histories = 历史序列
text-kind-inputs = 输入
text-kind-keys = 键
text-kind-members = 成员
text-kind-sets = 集合
text-kind-settable = 参数与字段
text-kind-targets = 目标
text-kind-variables = 变量

# 路径：条数；路径太少、不给百分比时的份额。
text-paths = { $count } 条路径
text-share-of-paths = { $paths } 条路径中 { $met } 条
text-percent-range = { $low } % 至 { $high } %
text-not-known = 未知

# 不必计数即可断定的结果。
text-decided-always = 必然
text-decided-never = 不可能
text-decided-met = 已达成（有记录）
text-decided-missed = 未达成（有记录）

# 目标分组的标题。
text-group-other = 其他目标
text-group-headline = 核心目标
text-group-macro = 宏观经济
text-group-annual = 年度主要预期目标
text-group-industry = 产业发展
text-group-products = 主要产品产量
text-group-energy = 能源
text-group-emissions = 排放
text-group-environment = 生态环境
text-group-people = 民生
text-group-innovation = 科技创新
text-group-national = 国家约束性指标

# 单位。留空者按情景文件的写法显示。
text-unit-CNY = 元
text-unit-USD = 美元
text-unit-EUR = 欧元
text-unit-t = 吨
text-unit-g = 克
text-unit-tCO2 = 吨CO₂
text-unit-gCO2 = 克CO₂
text-unit-tCO2e = 吨CO₂当量
text-unit-gCO2e = 克CO₂当量
text-unit-tce = 吨标准煤
text-unit-gce = 克标准煤
text-unit-toe = 吨标准油
text-unit-Wh = 瓦时
text-unit-kilowatt-hour = 千瓦时
text-unit-J = 焦
text-unit-W = 瓦
text-unit-h = 小时
text-unit-m = 米
text-unit-kilometre = 公里
text-unit-m2 = 平方米
text-unit-km2 = 平方公里
text-unit-ha = 公顷
text-unit-mu = 亩
text-unit-m3 = 立方米
text-unit-L = 升
text-unit-persons = 人
text-unit-households = 户
text-unit-firms = 家
text-unit-jobs = 岗位
text-unit-vehicles = 辆
text-unit-beds = 张床位
text-unit-year = 年
text-unit-month = 月
text-unit-percent = %
text-unit-pp = 个百分点
text-unit-permille = ‰
text-unit-bp = 个基点
text-unit-index = 指数
text-unit-times = 倍
text-unit-yearly-rate = %/年

# 单位各词之间。
text-unit-space = {""}

# 单位词头：用于重量、数量者；用于瓦、瓦时者（-watt）。
text-prefix-milli = 毫
text-prefix-milli-watt = 毫
text-prefix-kilo = 千
text-prefix-kilo-watt = 千
text-prefix-mega = 百万
text-prefix-mega-watt = 兆
text-prefix-giga = 十亿
text-prefix-giga-watt = 吉
text-prefix-tera = 万亿
text-prefix-tera-watt = 太
text-prefix-peta = 千万亿
text-prefix-peta-watt = 拍

# 单位中的整数。
text-number-thousand = 千
text-number-ten-thousand = 万
text-number-million = 百万
text-number-hundred-million = 亿
text-number-billion = 十亿
text-number-trillion = 万亿

# 统计中惯用的单位；数值乘以 factor。
text-usual-megatonne = 万吨
    .factor = 100
text-usual-megatonne-coal = 万吨标准煤
    .factor = 100
text-usual-megatonne-carbon = 万吨CO₂
    .factor = 100
text-usual-megatonne-carbon-equivalent = 万吨CO₂当量
    .factor = 100
text-usual-terawatt-hour = 亿千瓦时
    .factor = 10
text-usual-gigawatt = 万千瓦
    .factor = 100
text-usual-megalitre = 万千升
    .factor = 0.1


## num: 分布与抽样


## formula: 公式


## ensemble: 路径的统计量


## world: 文件、文件夹及其内容

world-refusal-ending-scenario = { $name }不能作为情景文件读取：文件名应以{ $endings }结尾
    .help = 请给文件改名；或加 --allow-outside，则任何名称的文件均可读取
world-refusal-ending-data = { $name }不能作为数据文件读取：文件名应以下列后缀之一结尾：{ $endings }
world-refusal-outside = { $name }在情景所属项目之外，不予读取
    .help = 项目是情景文件上层最近的含有 .git 或 plancast.toml 的文件夹，没有时即情景文件所在文件夹；请把文件复制到其中，若信任该情景，也可加 --allow-outside
world-refusal-hidden = { $name }是隐藏文件或位于隐藏文件夹中，不予读取
    .help = 以点号开头的名称为隐藏；请移动文件，若信任该情景，也可加 --allow-outside
world-refusal-missing = 没有文件 { $name }
    .help = 文件路径以写有该路径的文件所在文件夹为起点


## scenario: 读取情景文件

scenario-load-no-table = { $name }中没有任何情景表
    .help = 情景文件含有 [parameters]、[variables] 等表；其他文件中的错误不予显示
scenario-load-link = 符号链接{ $why }
scenario-load-name-a-file = 请给出情景文件名，或用 - 表示标准输入
scenario-load-no-file = 没有文件 { $name }
scenario-load-no-scenario = 没有名为“{ $name }”的文件或内置情景
scenario-load-circle = `extends` 循环引用：{ $chain }
    .help = 请去掉其中一处 `extends`
scenario-load-extends-kind = `extends` 应为文件路径或其列表，不能是{ $found }
    .help = extends = "base.toml"
scenario-load-extends-refused = `extends`：{ $why }
scenario-load-extends-nowhere = `extends` 所指的文件不存在：{ $path }
    .help = 文件路径以写有该路径的文件所在文件夹为起点；内置情景的名称不带 .toml
    .nearest = 是否想写“{ $name }”？文件路径以写有该路径的文件所在文件夹为起点；内置情景的名称不带 .toml
scenario-load-many-files = 情景由{ $count }个以上的文件组成，超出上限
scenario-load-large = 情景各文件合计超过{ $size } MiB
scenario-load-data-refused = { $why }；{ $help }
scenario-kind-string = 字符串
scenario-kind-number = 数
scenario-kind-boolean = true 或 false
scenario-kind-list = 列表
scenario-kind-table = 表

# 不是 TOML 的文本。
scenario-slips-index = 带下标的名称应加引号
    .help = 请写成 "{ $name }" = …
scenario-slips-no-value = { $key } 没有值
    .help = 请在等号后写出其值，例如 { $key } = 0.05；或删去该行
scenario-slips-curly-quotes = 此处应使用英文半角引号
scenario-slips-write-string = 请写成 { $key } = "{ $value }"
scenario-slips-boolean = true 和 false 应小写
    .help = 请写成 { $key } = { $value }
scenario-slips-no-number = { $value } 不是数
    .help = 数的写法如 1020、0.05 或 1e8：小数点两侧都有数字，不带逗号、单位和算式
scenario-slips-other-letters = 名称{ $name }未加引号
    .help = 在 TOML 中，英文字母以外的文字须加引号：请写成 { $written }
scenario-slips-unquoted = 只有纯数字以及 true、false 可以不加引号
    .help = 请写成 "{ $value }"
scenario-slips-table-twice = 表 { $table } 在此重复出现
    .help = 请把其内容并入前一个同名表，或更正名称
scenario-slips-key-twice = 键 { $key } 在此重复出现
    .help = 一个表中每个键只能出现一次：请删去其中一处，或更正名称
scenario-slips-toml = 不是有效的 TOML：{ $reason }
    .json = 情景文件用 TOML 而不是 JSON：先写 [time]，下一行写 start = 2020
    .colon = 情景文件用 TOML：写 key = value，不写 key: value
    .comma = 此前的列表或内联表缺少 ] 或 {"}"}，或者缺少逗号
    .equals = 键与值之间只有一个等号
    .string = 字符串须在同一行内结束，首尾引号相同
    .table = 表以方括号中的表名开头，如 [sets.sector]；表的列表用双方括号，如 [[correlations]]
    .inline = 内联表写作 {"{"} key = value, key = value {"}"}
    .line = 每行写 key = value 或 [table]；字符串加引号，注释以 # 开头
    .quotes = 含英文字母以外文字的名称须加引号：{ $written }

scenario-softness-unknown = 没有名为“{ $softness }”的措辞力度（softness）
    .help = 文件表述的措辞力度为以下之一：{ $names }
scenario-softness-no-rule = 措辞力度 { $softness } 没有规则
    .help = 数字写 { $softness } = {"{"} share = "97.5%" {"}"}，项目写 {"{"} status = "started" {"}"}
scenario-softness-share = 须达到的份额应大于0且不超过100%
    .help = share = "97.5%" 留有2.5%的余地；share = 1 不留余地

## model: 编译情景

model-goals-own-variant = 目标 { $target } 不能是自身的另一口径
    .help = variant_of 写的是它属于哪个目标的另一口径；独立的目标不写
model-goals-variant-and-goal = 目标 { $target } 同时写了 goal 和 variant_of
    .help = 写 variant_of 即可，请删去 goal
model-goals-of-a-variant = { $target } 本身是 { $goal } 的另一口径
    .help = 请直接写该目标：{ $goal }
model-goals-no-target = 没有名为“{ $target }”的目标
model-goals-headline-twice = 目标 { $target } 在 headline 中出现两次
model-goals-many-headlines = 核心目标有{ $count }项：超过{ $most }项就没有重点
    .help = 请只保留五到八项最重要的目标
model-softness-no-status = 没有名为“{ $name }”的变量
model-softness-without-rule = 文件表述 { $figure } 的措辞力度为 { $softness }，但 [softness] 中没有对应规则
    .help = 请在 [softness] 中补充：{ $softness } = {"{"} share = "97.5%" {"}"} 或 {"{"} status = "started" {"}"}
model-softness-without-word = 文件表述 { $figure } 的措辞力度为 { $softness }，但所引原文中没有相应的词
    .help = 请引全使其成为这一力度的词（{ $words }），或更正措辞力度
model-softness-departs = 目标 { $target } 没有遵循其文件表述（{ $softness }）的规则
model-softness-share = 应要求达到表述数值的{ $share }%，而不是{ $asked }%；或写成该目标的另一口径（variant_of）
model-softness-status = 应要求达到相应状态：{ $name }[…]@2025 == 1；或写成该目标的另一口径（variant_of）
model-softness-unread = 无法读出要求达到表述的多少：请用一个变量与一个数比较，并把原表述写成 states

## engine: 模拟


## result: 结果与运行文件夹


## analysis: 对模型的分析


## chart: 图


## export: 结果文件


## report: 报告页面

report-goals-impossible = 按方程设定在任何路径上都不可能达成：{ $titles }。
report-goals-quoted = “{ $title }”
report-page-variants = 其他口径{ $count }项

## study: 对情景的提问无法回答时

study-kind-target = 目标
study-kind-variable = 已记录的变量
study-kind-metric = 指标
study-too-few-paths = { $among }条路径中只有{ $found }条满足 { $condition }：太少，无法得出结论，至少需要{ $least }条；请增加路径（--paths）或放宽条件
study-impossible-condition = { $condition } 在任何情况下都不成立：请检查该条件及其中的名称
study-no-targets = --until 只写百分比时指目标实现概率的精度，而该情景没有目标；请写成 --until 'mean(x@2030)=1'
study-unknown-target = --pairs：没有名为“{ $name }”的目标；{ $help }
study-part = 这些分片不能合成完整的一次运行：{ $why }
study-named-part = { $name }：{ $why }
study-record = 无法以观测值为条件进行模拟：{ $why }
study-no-measurement-error = { $variable }在{ $year }年的测量误差未给出：请写出大于0的标准差 sd，用变量的单位或写成 "1%"；程序从不代为假定
study-implausible = 观测值与情景矛盾：情景给出的记录中，偏离程度不低于此的仅占{ $share }；请检查单位与基年，或加 --allow-implausible
study-few-effective-paths = { $paths }条路径只相当于{ $effective }条与观测值相符的路径：太少，至少需要{ $least }条；请增加路径：--paths { $needed }
study-uneven-weights = 少数路径权重过大：其中一条占全部权重的{ $largest }%，误差无法估计。请增大观测值的标准差 sd，或增加路径（--paths）
study-uneven-weights-tail = 少数路径权重过大：其中一条占全部权重的{ $largest }%，权重分布的尾部形状参数 k̂ = { $k }，误差无法估计。请增大观测值的标准差 sd，或增加路径（--paths）
study-observed-with = 观测值不能与 `{ $with }` 同时使用；请去掉其中之一（--unobserved 不使用观测值）
study-not-conditioned = { $what } 尚不能以情景的观测值为条件，结果将是观测之前的判断；请去掉 [observations]，或加 --unobserved 运行
study-other-build = 这些分片由 plancast { $version } 的另一个构建版本模拟
study-other-counts = 分片中的计数与该情景不符；请重新模拟
study-other-drivers = 分片中有该情景没有的驱动因素的计数；请重新模拟
study-unknown-result = 运行结果中没有名为“{ $name }”的{ $kind }；{ $help }
study-not-known = { $what }未知：{ $why }


## cli-arguments: 命令 arguments


## cli-audit: 命令 audit


## cli-backtest: 命令 backtest


## cli-batch: 命令 batch


## cli-check: 命令 check


## cli-compare: 命令 compare


## cli-decompose: 命令 decompose


## cli-diff: 命令 diff


## cli-discover: 命令 discover


## cli-explain: 命令 explain


## cli-export: 命令 export


## cli-figures: 命令 figures


## cli-fit: 命令 fit


## cli-list: 命令 list


## cli-merge: 命令 merge


## cli-new: 命令 new


## cli-redraw: 命令 redraw


## cli-run: 命令 run


## cli-score: 命令 score


## cli-sensitivity: 命令 sensitivity


## cli-shell: 命令 shell


## cli-solve: 命令 solve


## cli-table: 命令 table


## cli-validate: 命令 validate


## cli-verify: 命令 verify


## cli-other: 命令 other
