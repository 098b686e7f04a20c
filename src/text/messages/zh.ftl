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

# 不必计数即可断定的结果。
text-decided-always = 必然
text-decided-never = 不可能
text-decided-met = 已达成（有记录）
text-decided-missed = 未达成（有记录）

# 目标分组的标题。
text-group-other = 其他目标
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


## model: 编译情景


## engine: 模拟


## result: 结果与运行文件夹

result-drivers-too-many = 抽样过多，无法逐一考察；可用 plancast sensitivity --of 针对单个结果计算

result-folder-report = 请向开发者报告此问题
result-folder-name = “{ $id }”不能作为文件夹名：名称不能为空、不能以点号开头、不能含有斜杠
result-folder-long = 文件夹名长{ $length }字节，超过上限{ $most }字节
result-folder-other-id = 请改用其他 id
result-folder-other = 该处已有内容，且不是 plancast 的运行结果
    .help = 请将其移走，或用 --out 指定其他文件夹

result-part-none = 不是运行分片（{ $schema }）
result-part-damaged = 文件内容已损坏；请重新模拟该分片
result-part-senseless = 其中的计数互相矛盾（{ $how }）；请重新模拟该分片
result-part-foreign = 属于另一次运行：{ $what }
result-part-overlap = 路径{ $first }至{ $last }在 { $other } 中也有；请去掉其中之一
result-part-missing = 路径{ $first }至{ $last }不在任何分片中；请补充模拟
result-part-scenario = 情景
result-part-version = plancast 版本
result-part-seed = 随机种子
result-part-paths = 路径数
result-part-sampling = 抽样方法
result-part-resolved = 情景的 SHA-256
result-part-differs = { $what }为 { $theirs }，而不是 { $mine }
result-part-program = 编译后的程序
result-part-records = 记录的变量、分位数或驱动因素不同
result-part-blocks = 块{ $start }至{ $end }，共{ $all }块
result-part-level = 分位数的水平不在0与1之间
result-part-blocks-paths = 块{ $start }至{ $end }中有{ $paths }条路径
result-part-series = 其计数属于另外的序列
result-part-shard = 属于另一分片

result-sound-field = { $field }：{ $why }
result-sound-length = { $years }个年份却有{ $found }个数值
result-sound-share = { $value }不是0与1之间的份额
result-sound-negative = 小于零
result-sound-level = “{ $level }”不是0与1之间的分位水平
result-sound-years = 起止年份为{ $start }至{ $end }
result-sound-paths = { $paths }超出可计数的范围
result-sound-no-years = 没有年份
result-sound-convergence = 数值个数与 `paths` 不同
result-sound-order = 各年份不连续
result-sound-mark = 其中有无效的年份
result-sound-ends = `low` 大于 `high`
result-sound-other-paths = 有{ $paths }条路径，而 summary.json 中为{ $wanted }条
result-sound-no-variable = summary.json 中没有该变量
result-sound-no-metric = summary.json 中没有该指标
result-sound-bins = 有{ $count }个分组
result-sound-sum = 各分组合计不等于{ $paths }条路径
result-sound-no-bins = 没有分组
result-sound-range = 取值范围无效
result-sound-within = { $field }.{ $why }
result-sound-change = { $change }不可能是份额的变化
result-sound-large = 数值过大

result-store-senseless = 内容互相矛盾：{ $why }
result-store-again = 请重新运行该情景以生成新文件
result-store-no-file = 没有该文件
result-store-name-a-run = 请给出运行文件夹，即 `plancast run` 最后一行显示者
result-store-check = 请检查文件类型与权限
result-store-no-json = 不是 JSON：{ $why }
result-store-schema = 格式为“{ $found }”，应为“{ $wanted }”
result-store-no-schema = 没有写明格式，应为“{ $wanted }”
result-store-this-version = 请用本版本 plancast 重新运行该情景

result-unknown-rounding = 各路径之间的差异不超过舍入误差
result-unknown-rare = 其方差在很大程度上来自所考察的{ $paths }条路径之外的罕见路径，请增加路径数
result-unknown-not-finite = 在所考察的{ $paths }条路径中有{ $count }条为无穷或无有效数值，方差不存在
result-unknown-few-paths = 仅{ $paths }条路径，不足以判断，请增加路径数
result-unknown-outlying = 所考察的{ $paths }条路径中有{ $count }条远离其余路径，方差无法确定
result-unknown-few-carry = 其方差取决于所考察的{ $paths }条路径中的少数几条，请增加路径数
result-unknown-few-differ = 所考察的{ $paths }条路径中结果不同的过少，请增加路径数

result-verify-no-run = 不是运行文件夹：其中没有 plancast 的 manifest.json
result-verify-no-files = 其 manifest.json 没有列出文件：由较早版本写成
    .help = 请重新运行其中的 scenario.toml 以生成新文件
result-verify-permissions = 请检查其权限


## analysis: 对模型的分析


## chart: 图

# 图上读数的名称。
chart-year = 年份
chart-scenario = 情景
chart-target = 目标
chart-probability = 概率
chart-median = 中位数

# 多种图共用的图例与坐标轴。
chart-legend-band = { $share }%概率区间
chart-legend-mark = 目标及其达成概率
chart-legend-beyond = 目标（超出坐标范围）
chart-axes-unit = 单位：{ $unit }
chart-axes-logarithmic = 对数坐标
chart-axes-unit-logarithmic = 单位：{ $unit }；对数坐标

chart-calendar-axes = 截至该年建成达产的概率（%），两数之间保持不变，空白为没有任何路径达成；加框者为概率首次过半的年份
chart-calendar-project = 项目

chart-exceedance-unit = { $axes }（{ $unit }）
chart-exceedance-spoken = { $title }：{ $axes }
chart-exceedance-at-least = 达到或超过该值的概率
chart-exceedance-at-most = 不超过该值的概率
chart-exceedance-both = 达到或超过（≥）、不超过（≤）该值的概率
chart-exceedance-level-most = 不高于
chart-exceedance-level-least = 不低于

chart-fan-spoken = { $title }：扇形图；{ $year }年中位数{ $median }
chart-fan-mean = 均值
chart-fan-paths = { $count }条单独路径
chart-fan-history = 历史数据
chart-fan-quantiles = { $year }年分位数

chart-heatmap-axes = 两项目标同时达成的概率（%）；每行末格为该目标单独达成的概率
chart-heatmap-with = 同时达成

chart-histogram-axes = 占全部路径的比重
chart-histogram-never = 此后或从未
chart-histogram-open = { $year }年或此后：模拟到此为止

chart-panels-spoken = { $spoken }；{ $title }：{ $caption }

chart-picture-failed = 无法生成图片：{ $why }
chart-picture-size = 图为空或过大

chart-ridges-density = 概率密度（各年高度分别取齐）

chart-scatter-up = 纵轴：{ $title }
chart-scatter-across = 横轴：{ $title }

chart-scorecard-likely = 较有把握：三分之二以上
chart-scorecard-open = 难以预料
chart-scorecard-unlikely = 把握不大：三分之一以下

chart-stack-axes = 各路径均值
chart-stack-axes-unit = 各路径均值，{ $unit }


## export: 结果文件

export-paths-machine = { $why }；请检查路径与磁盘
export-paths-columns = 文件结构中的列数少于数据
export-paths-no-parquet = 本构建版本不支持写出 Parquet；请写 .csv.gz，或用 --features parquet 构建
export-paths-interrupted = 已中断
export-paths-ending = --export { $name }：文件名应以 .csv、.csv.gz 或 .parquet 结尾

# 构建服务器显示的检查结果。
export-verdicts-baseline = 基准：{ $scenario }
export-verdicts-drift = 偏离基准：{ $scenario }
export-verdicts-refused = 无法检查：
export-verdicts-confidence = 每个门槛判定正确的概率不低于{ $percent }%。
export-verdicts-column-gate = 门槛
export-verdicts-column-found = 结果
export-verdicts-column-method = 方法
export-verdicts-column-paths = 路径数
export-verdicts-undecided = { $gate }未定：{ $why }
export-verdicts-same = 与基准相比没有偏离。
export-verdicts-same-numbers = 没有数值偏离基准。
export-verdicts-column-drifted = 偏离项
export-verdicts-column-baseline = 基准
export-verdicts-column-now = 现值
export-verdicts-one = { $found }，{ $method }
export-verdicts-all = { $all }；{ $next }
export-verdicts-gate = { $require }：{ $found }（{ $paths }条路径）
export-verdicts-gate-reason = ；{ $why }
export-verdicts-gate-approximate = ；没有保证
export-verdicts-legend = * 没有保证：方程给出的取值范围不够窄，结论依据正态近似。已模拟的路径没有显示不宜近似的厚尾或罕见情形；未出现过的情形不在其中。
export-verdicts-method-equations = 由方程确定
export-verdicts-method-record = 由记录确定
export-verdicts-method-exact = 精确
export-verdicts-method-order = 次序统计量
export-verdicts-method-range = 已知取值范围
export-verdicts-method-draws = 抽样取值范围
export-verdicts-method-normal = 正态近似
export-verdicts-never = 未出现
export-verdicts-share = { $name } = { $middle } %（{ $low } 至 { $high }）
export-verdicts-value = { $name } = { $middle }（{ $low } 至 { $high }）
export-verdicts-decided = { $name }：{ $words }
export-verdicts-statistic-probability = 达成概率
export-verdicts-statistic-mean = 均值
export-verdicts-statistic-sd = 标准差
export-verdicts-statistic-never = 从不出现的比例
export-verdicts-statistic-median = 中位数
# 分位数的文件内名称，或以百分数表示的水平：各语言取其一。
export-verdicts-statistic-quantile = { $name ->
   *[other] { $percent }%分位数
}
export-verdicts-drifted = { $name }的{ $statistic }：基准中为{ $before }，现为{ $after }


## report: 报告页面

report-assumptions-lead = 共有{ $all }个取值并不确定：其中{ $derived }个为假设或推算（D级），{ $unconfirmed }个未经证实（C级）。它们是假设，不是事实。
report-assumptions-quoted = 从文件原文到概率分布
report-assumptions-others = 其他假设
report-assumptions-of = { $title }：{ $scenario }
report-assumptions-words = “{ $words }”
report-assumptions-gloss = “{ $words }”（{ $gloss }）

report-compared-lead-paired = 各情景使用相同的随机抽样：每条路径上的运气相同。差异均相对于“{ $reference }”逐路径计算，因此只反映假设的不同。
report-compared-lead = 各情景分别模拟，此处仅并列其达成概率，未逐路径计算差异（可用 plancast compare）。
report-compared-values = 取值
report-compared-target = “{ $title }”（{ $change }个百分点）
report-compared-more = 达成概率上升最多的目标：{ $targets }。
report-compared-less = 下降最多的目标：{ $targets }。
report-compared-only = 仅“{ $scenario }”有：{ $names }
report-compared-units = 单位不同，未作比较：{ $names }
report-compared-years = 年份不同，未作比较：{ $names }

report-figure-scorecard = 各项目标的达成概率
report-figure-drivers-unknown = 无法确定：{ $why }
report-figure-drivers-all = { $all }，{ $next }
report-figure-drivers = { $inputs }（冲击{ $shocks }，参数{ $parameters }，来源为C、D级{ $weak }，交互作用{ $left }）
report-figure-mark = { $level }：{ $probability }
report-figure-subtitle = { $region }·{ $title }
report-figure-footer-first = plancast · 情景 { $id } · { $paths } 条模拟路径（本图用前{ $shown }条） · 随机种子 { $seed }
report-figure-source = {" "}· 数据来源：{ $source }
report-figure-footer = plancast · 情景 { $id } · { $paths } 条模拟路径 · 随机种子 { $seed }
report-figure-several = plancast · 情景 { $ids } · 各 { $paths } 条模拟路径，使用相同的随机抽样 · 随机种子 { $seed }
report-figure-several-run = { $id }（{ $paths }条模拟路径，随机种子{ $seed }）
report-figure-several-unlike = plancast · { $runs }

report-calendar-title = 建成达产时间表
report-composition-others = 其他
report-composition-title = { $title }：构成
report-density-title = { $title }：逐年概率分布
report-exceedance-years = { $title }：截至各年的概率
report-exceedance-levels = { $title }：达到各水平的概率
report-joint-title = 目标同时达成的概率
report-joint-title-group = 目标同时达成的概率：{ $group }
report-paths-title = { $title }：单条模拟路径
report-scatter-title = { $year }年逐条路径：{ $a }与{ $b }
report-scatter-axis = { $title }（{ $unit }）
report-scatter-base = { $year }年：{ $value }
report-violin-title = { $year }年{ $title }：各情景比较

report-goals-together = 全部 { $targets } 项目标同时达成：{ $probability }
report-goals-together-left = { $goals } 个目标同时达成：{ $probability }（共 { $targets } 项；未计入：{ $left }）
report-goals-left-readings = 同一目标的其他口径 { $count } 项
report-goals-left-joins = 由其他目标合成 { $count } 项
report-goals-left-decided = { $what } { $count } 项

report-lead-alone = { $met }。
report-lead-risk = { $met }；首要风险是“{ $risk }”，单独解释其成败的{ $share }。
report-lead-decided = “{ $title }”：{ $words }
report-lead-extreme = “{ $title }”的达成概率：{ $words }
report-lead-met-few = “{ $title }”在不到1%的模拟路径上达成
report-lead-met-most = “{ $title }”在99%以上的模拟路径上达成
report-lead-met = “{ $title }”在每100条中的{ $count }条模拟路径上达成
report-lead-outcome = { $year }年{ $title }

# 页面上的标题。
report-page-language = zh-CN
report-page-many = { $title }（{ $count }）
report-page-unit = （{ $unit }）
report-page-level = { $level }%
report-page-ends = { $low }%—{ $high }%
report-page-save = 另存为 { $form }
report-page-assumptions = 假设、来源与等级
report-page-value = 取值
report-page-written = 分布或数值
report-page-source = 来源
report-page-grade = 等级
report-page-targets = 目标
report-page-target = 目标
report-page-odds = 达成概率
report-page-interval = 95%置信区间
report-page-group-all = 本组全部达成
report-page-all = 全部目标同时达成
report-page-figures = 图
report-page-bands = 概率区间
report-page-year = 年份
report-page-median = 中位数
report-page-mean = 均值
report-page-method = 方法与局限
report-page-made = 由 plancast 生成
report-page-contents = 目录
report-page-comparison = 情景比较
report-page-change = 变化（百分点）
report-page-differences = 与基准情景之差
report-page-percent = 均值（%）
report-page-higher = 高于基准的概率
report-page-otherwise = 假设的不同之处
report-page-drives = 结果的驱动因素
report-page-input = 输入
report-page-share = 方差贡献
report-page-skip = 跳到正文
report-page-step = 将指针移到图上，或用方向键逐点移动，可读取数值。

report-percents-crosses-zero = 仅为均值的变化：基准在部分路径上为零或变号，单条路径没有百分比。
report-percents-near-zero = 不给出百分比：基准均值与零相差不足五个标准误。
report-percents-points = 不给出百分比：该量本身以百分比计，其差为百分点。
report-percents-year = 不给出百分比：该量为年份。
report-percents-no-value = 不给出百分比：部分路径上其中一个情景没有有限值。
report-percents-few-paths = 不给出百分比：路径少于两条。
report-percents-mean = 不给出百分比：均值或其误差未知。

report-side-change-title = 目标达成概率的变化：{ $scenario }
report-side-change-unit = 百分点
report-side-change-about = 相对于基准“{ $reference }”，逐路径比较；须线为95%置信区间
report-side-change-less = 另有{ $count }项目标变化更小
report-side-change-none = 另有{ $count }项目标在所有路径上均无变化
report-side-change-other = * 该目标在两情景中的要求不同
report-side-change-higher = 概率高于基准
report-side-change-lower = 概率低于基准
report-side-notes = { $all }；{ $next }
report-side-years = 年
report-side-difference = { $title }：与基准情景逐路径之差
report-side-zero = 0：与基准相同（{ $reference }）
report-side-caption = { $year }年：中位数 { $median }；{ $lowest }%—{ $highest }%：{ $low } 至 { $high }

report-unknown-line = –：{ $why }（{ $names }）
report-unknown-no-value = 没有任何路径有数值
report-unknown-one-value = 只有一条路径有数值
report-unknown-never = 在部分路径上始终未出现，故没有均值
report-unknown-infinite = 在部分路径上为无穷，故没有均值
report-unknown-not-a-number = 在部分路径上无有效数值，结果取决于这些路径
report-unknown-large = 数值过大，其和超出可表示的范围
report-unknown-tail = 尾部过厚，均值不稳定或不存在

report-why-year = { $year }年{ $title }受什么影响？
report-why-target = “{ $title }”的达成概率受什么影响？
report-why-metric = “{ $title }”受什么影响？
report-why-about = 竖线为全部路径的均值；圆点之后为方差贡献。多次抽样的输入整体移动
report-why-about-never = 竖线为全部路径的均值；圆点之后为方差贡献。多次抽样的输入整体移动；始终未出现的按{ $year }年计
report-why-low = 输入取10%分位数（或最小值）时
report-why-high = 输入取90%分位数（或最大值）时
report-why-learnable = { $title }：可以查清的与只凭运气的
report-why-shares = 各年方差的构成；右侧为参数·冲击
report-why-parameters = 参数（来源为A、B级或未评级）
report-why-weak = 来源为C、D级的输入
report-why-shocks = 冲击
report-why-jointly = 交互作用
report-why-ends = { $title }（{ $low }至{ $high }）

report-wording-basis = 本情景对{ $start }—{ $end }年进行了{ $paths }次模拟，每次模拟都重新抽取所有不确定的量。
report-wording-headline = { $year }年{ $title }：中位数为{ $middle }，九成路径介于{ $low }与{ $high }之间。
report-wording-headline-unit = { $year }年{ $title }：中位数为{ $middle }{ $unit }，九成路径介于{ $low }与{ $high }之间。
report-wording-counts = { $total }项目标中，{ $likely }项较有把握（达成概率在三分之二以上），{ $between }项难以预料，{ $unlikely }项把握不大（三分之一以下）。
report-wording-counts-left = { $total }项目标中，{ $likely }项较有把握（达成概率在三分之二以上），{ $between }项难以预料，{ $unlikely }项把握不大（三分之一以下）。未计入：{ $left }。
report-wording-target = “{ $title }”（{ $share }）
report-wording-extremes = 最有把握的是{ $safest }，最难达成的是{ $hardest }。
report-wording-sentence = { $sentence }。
report-wording-conditioned = 所有数字均以 { $values } 个观测值（{ $names }）为条件：各条路径移至观测值并按其可能性加权，相当于 { $effective } 条等权路径。
report-wording-how-paths = { $paths }条路径中的每一条都是一种可能的未来：参数每条路径抽取一次，冲击逐年抽取，再按情景方程逐年推算。目标的达成概率即达成该目标的路径所占比重；“不可能”与“必然”由方程本身决定。同一目标的多种口径在合计时只计一次。
report-wording-how-errors = “±”后为标准误，表示仅由模拟次数有限带来的误差；概率区间为95%的威尔逊区间（1927年）。二者均不说明情景假设本身是否正确。
report-wording-how-drivers = 驱动因素以一阶方差贡献衡量，由部分路径按输入的抽样值分组得出：若单独知道该输入的取值，结果的方差会减少多少；余下部分来自输入之间的交互作用；相互关联的输入合并计算。
report-wording-how-bands = 概率区间逐年计算；单条路径可以移出后再回到区间之内。
report-wording-how-same = 同一情景、同一随机种子（{ $seed }）和同样的路径数，在任何计算机上都得到完全相同的结果。指纹：{ $fingerprint }。


## study: 对情景的提问无法回答时

study-kind-target = 目标
study-kind-variable = 已记录的变量
study-kind-metric = 指标
study-too-few-paths = { $among }条路径中只有{ $found }条满足 { $condition }：太少，无法得出结论，至少需要{ $least }条；请增加路径（--paths）或放宽条件
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
