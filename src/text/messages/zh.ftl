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
text-kind-estimates = 估计量
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
text-kind-tables = 表
text-kind-variables = 变量

# 路径：条数；路径太少、不给百分比时的份额。
text-paths = { $count }条路径
text-share-of-paths = { $paths }条路径中{ $met }条
text-per-cent = { $number }%

# Quarters and months.
text-period-no-part = { $text }：{ $step ->
    [month] 一年只有12个月
   *[quarter] 一年只有4个季度
}
text-period-year = 年份
text-period-quarter = 季度
text-period-month = 月份
text-period-years = 年份是0至9999的整数，例如 2025
text-period-quarters = 季度写作 2025Q1、2025Q2、2025Q3、2025Q4
text-period-months = 月份写作 2025M01 至 2025M12
text-period-other = { $period }是{ $is ->
    [quarter] 季度
    [month] 月份
   *[year] 年份
}，而本模型的步长是{ $step ->
    [quarter] 季度
    [month] 月
   *[year] 年
}
    .year = 请写年份 { $year }，或在 [time] 中说明步长更短：step = "quarter"
    .part = 请写 { $first } 至 { $last } 中的某一期
text-kind-steps = 可用的步长
scenario-periods-step = 没有“{ $name }”这种步长
    .help = 可写 step = "year"、"quarter" 或 "month"；更短的步长不能模拟
scenario-periods-no-step = 请在 [time] 中加上 step = "{ $step }"
scenario-periods-none = “{ $text }”不是时期
scenario-quantities-twice = 自{ $period }起的值写了两次
    .help = 年份代表其第一期：请删去其中一个
model-call-whole-year = { $year }是整年，而本模型的步长是{ $step ->
    [month] 月
   *[quarter] 季度
}
    .one = 年内最后一期写作 { $x }@{ $last }；全年合计写作 annual({ $x })@{ $year }（平均用 annual_mean）
    .several = 各期的年度合计相互重叠：请写 { $first } 至 { $last } 中的时期，或逐年取 { $x }@{ $last }
model-unit-yearly = 每年的速率乘以 years_per_step 即为每步的速率：{ $words } * years_per_step
text-percent-range = { $low }%至{ $high }%
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
text-usual-hundred-million-yuan = 亿元
    .factor = 1
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
# Names of run folders: scenario, result
text-folder-device = “{ $id }”不能作文件夹名：{ $name } 在 Windows 上是设备名
text-folder-index = “{ $id }”不能作运行文件夹名：全部运行的清单写在此处

## num: 分布与抽样


## formula: 公式

formula-token-number = 数 { $number }
formula-token-name = “{ $name }”
formula-token-period = { $period }
formula-token-text = '{ $text }'
formula-token-symbol = “{ $symbol }”
formula-token-end = 公式末尾
formula-token-no-number = “{ $text }”不是数
    .help = 数以数字开头，如 0.5；下标写在方括号中，如 x[coal]；文件名用单引号括起
formula-token-number-name = “{ $text }”既不是数，也不是名称
    .help = 数与名称之间请写 *；名称应以字母开头
formula-token-too-large = 该数超过可表示的最大值 1.8e308
    .help = 数值过大时请改用更大的单位；不设界限请写 `inf`
formula-token-open-quote = 引号未闭合
formula-token-character = 字符“{ $first }”在公式中没有意义
    .at-least = “不小于”写作 >=，“不大于”写作 <=
    .comparison = 比较请用 ==、>=、<=、> 或 <
    .and = 请写成 `and`
    .or = 请写成 `or`
    .not = 请写成 `not`
    .percent = 百分号应紧跟在数之后，如 8%
    .multiply = 乘号写作 *
    .divide = 除号写作 /
    .greater-equal = 请写成 >=
    .less-equal = 请写成 <=
    .wide = 请用英文半角的括号、逗号和冒号：( ) , :
    .curly = 分组用 ( )，下标用 [ ]
    .semicolon = 各自变量之间用英文逗号分隔
    .dash = 减号写作 -；取值范围写作 "6% to 10%"
    .minus = 减号写作 -
    .plus-minus = 不确定的值写作 "normal(5%, 1%)" 或 "3% to 7%"
    .wide-percent = 请用英文半角百分号 %
    .quotes = 文件名和列名用英文半角单引号括起：'file.csv'
    .power = 幂写作 ^{ $digit }
formula-parse-bracket-not-opened = 多余的右括号，前面没有与之对应的左括号
formula-parse-no-operator = 此处应为运算符或公式结尾，却出现了{ $token }
    .help = 两个值之间应有运算符：+ - * / ^、比较运算符、`and` 或 `or`
formula-parse-no-name = 缺少名称
    .help = 名称以字母开头，由字母、数字和 _ 组成
formula-parse-only-name = 此处只能写名称及其下标
    .help = 请写成 { $name } 或 { $name }[set]
formula-parse-reserved = “{ $name }”是保留字，不能用作名称
formula-parse-chained = 比较不能连写
    .help = 请写成 a < b and b < c
formula-parse-no-value = 此处应为数值，却出现了“{ $name }”
formula-parse-ends = 公式在应有数值的地方结束了
    .help = 请补全公式，或删去末尾多余的部分
formula-parse-text = 引号中的文字只用于文件名和列名，不能写在公式中
formula-parse-no-value-token = 此处应为数值，却出现了{ $token }
    .power = 幂写作 ^
    .brackets = 方括号中写名称的下标，如 x[coal]；分组请用 ( )
    .value = 数值可以是数、名称、函数，或 ( ) 中的式子
formula-parse-index-calculated = 下标是名称，其中不能做运算
    .help = 上一年的值写作 prev(x)，n 年前的值写作 lag(x, n)
formula-parse-no-index = { $token }不能作下标
    .year = 下标是集合或集合的成员；年份写在 @ 之后，如 x@2025；上一年的值写作 prev(x)
    .set = 下标是集合、集合的成员，或 i:set
formula-parse-too-deep = 公式嵌套超过{ $max_depth }层
    .help = 请把其中的部分写成 [variables] 中的独立变量
formula-parse-missing = { $after }缺少“{ $symbol }”，此处却是{ $token }
formula-parse-close-bracket = 括号末尾
formula-parse-close-call = { $function }( 的参数之后
formula-parse-close-index = 下标之后
formula-parse-colon = { $function } 的集合与求值式之间


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
world-file-permission = 请用 --out 另选可写入的文件夹
world-file-full = 请腾出空间，或用 --out 另选磁盘
world-file-limit = 请放宽大小限制（ulimit -f），或用 --out 另选磁盘
world-file-check = 请检查路径和磁盘，或用 --out 另选文件夹
world-file-error = 无法{ $what ->
    [read] 读取
    [write] 写入
    [replace] 替换
    [verify] 核验
    [lock] 锁定
   *[use] 使用
}{ $path }：{ $why }；{ $help }
world-lock-busy = { $holder }正在写入，已等候{ $waited }
    .help = 请用 --wait 延长等候，结束该进程，或用 --out 另选文件夹
world-lock-not-ours = 该处已有内容，且不是 plancast 的锁文件
    .help = 请将其移走，或用 --out 另选文件夹
world-lock-waiting = 正在等候 { $what }，{ $holder }正在写入；超过{ $limit }则放弃（--wait）
world-lock-minutes = { $count }分钟
world-lock-seconds = { $count }秒
world-lock-other = 另一程序
world-lock-process = 进程 { $id }
world-lock-process-of = 进程 { $id }（{ $command }）
world-lock-process-on = { $machine } 上的进程 { $id }（{ $command }）
world-read-standard-input = 标准输入
world-read-failed = { $name }无法读取：{ $error }
world-read-missing = 没有文件 { $shown }
world-read-device = { $shown } 是设备或管道，不是文件
world-read-kernel = { $shown } 不是磁盘上的文件：其内容由系统在读取时生成
world-read-large = { $name }超过{ $size } MiB
world-read-no-text = { $name }不是 UTF-8 文本：请另存为 UTF-8
world-read-workbook = { $name }是工作簿或其他压缩文件：请将后缀改为 .xlsx，或将工作表另存为 CSV
world-read-folder = { $shown } 是文件夹，不是文件
world-write-folder = 该处已有文件夹
    .help = 请检查路径，或另选文件


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
scenario-load-extends-refused = `{ $key }`：{ $why }
scenario-load-extends-nowhere = `{ $key }` 所指的文件不存在：{ $path }
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
scenario-document-many-keys = 文件中的键超过{ $count }个
    .help = 样本数据请放在 CSV 文件中：empirical('file.csv', 'column')
scenario-document-many-items = 文件中列表的项超过{ $count }个
scenario-document-date = 情景文件中不使用日期
    .help = 年份写成整数，如 2025
scenario-document-too-large = 该数超过可表示的最大值 1.8e308
    .help = 数值过大时请改用更大的单位，例如 1.5 并写 unit = "1e8 CNY"
scenario-document-unreadable-number = 无法读取该数
scenario-document-lines = 名称跨了多行，应写在一行内
scenario-document-control = 此处有控制字符 U+{ $code }
    .help = 请删去：该字符不可见，却会影响显示文本的终端和程序
scenario-history-year-twice = { $at }：年份 { $year } 已见于第{ $first }行
scenario-history-csv = { $file }：{ $error }
scenario-history-many-rows = { $file }超过{ $most_rows }行
scenario-history-no-values = { $file }中没有数值
scenario-merge-unset = 所扩展的情景中没有可用 "unset" 去掉的“{ $key }”
    .help = "unset" 用于去掉继承来的成员、变量、目标或门槛；请更正名称，或删去此行
scenario-observation-no-year = “{ $text }”不是{ $step ->
    [quarter] 季度（如 2021Q1）
    [month] 月份（如 2021M01）
   *[year] 0至9999之间的整数年份
}
scenario-observation-no-error = “{ $text }”不是测量误差：应为不小于0的数，或 1% 这样的比例
scenario-observation-no-day = “{ $text }”不是日期，写法如 2024-03-01
scenario-observation-empty = 单元格为空
scenario-observation-year-twice = { $file }第{ $line }行：{ $year }年已见于第{ $other }行；同一年有多个值时，请在“published”列写明各自的发布日期
scenario-observation-units = { $file }第{ $line }行：{ $variable }此处的单位为 { $unit }，而别处为 { $written }
scenario-observation-not-converted = { $file }第{ $line }行：{ $variable } 的观测值以 { $written } 为单位，而情景中以 { $unit } 为单位；请先换算，若数值本已按情景的单位给出，则不要填写单位
scenario-observation-no-unit = { $file }第{ $line }行：{ $variable } 的观测值以 { $written } 为单位，而情景中没有单位；请先换算，若数值本已按情景的单位给出，则不要填写单位
scenario-observed-no-variable = { $file }：没有变量“{ $name }”
scenario-observed-no-error = { $file }：{ $name }在{ $year }年的测量误差未给出
    .help = 请增加 sd 列：用变量的单位写一个数，或写成 1% 这样的比例；程序从不代为假定
scenario-observed-as-of = --as-of：“{ $text }”不是日期
    .help = 写法如 --as-of 2024-03-01
scenario-overrides-form = --set 应写成 名称=数量
    .help = 例如 --set 'trend[coal]=normal(1%, 1%)'
scenario-overrides-no-year = “.{ $year }”不是年份
    .help = 例如 --set 'trend[coal].2021=3%'
scenario-overrides-no-name = “{ $name }”不是参数或字段的名称：{ $why }
scenario-overrides-no-value = 缺少数值
    .help = 请写成 --set 名称=数量
scenario-overrides-no-field = 集合{ $set }没有字段“{ $name }”
scenario-overrides-two-sets = 集合{ $one }和{ $other }都有字段{ $name }
    .help = 请写明成员，如 { $name }[member]
scenario-overrides-nothing = 情景没有参数或字段“{ $what }”
    .member = 请写明成员，如 { $name }[member]
scenario-overrides-no-index = { $name }没有可对应“{ $extra }”的下标
scenario-overrides-no-member = 集合{ $set }没有成员“{ $member }”
scenario-overrides-fixed = 此值不能用 --set 设定
scenario-overrides-by-year = { $name }没有分年的值，不能单独设定{ $year }年
    .help = 请按年份给出全部值：--set '{ $name }={"{"} 2021 = "3%", { $year } = "2%" {"}"}'
scenario-arithmetic-no-value = 该式没有值：除数和被除数都是0，或对负数开方
scenario-arithmetic-nested = 算式嵌套超过{ $most_nested }层
scenario-arithmetic-bracket = 缺少右括号 ")"，此处却是{ $token }
scenario-arithmetic-no-name = 此处应为数，而不是{ $token }
    .help = 自变量是数或由数组成的算式；由其他量算出的值请写在 [variables] 中
scenario-arithmetic-no-number = 此处应为数，而不是{ $token }
scenario-quantity-named = 自变量按次序书写，不带名称：normal(5%, 1%)
scenario-quantity-signs = 其中有的数带 %，有的不带：请写成 "{ $with }"；如各数均以 % 为单位，请写成 "{ $without }"
scenario-quantity-no-end = 数值到此应已结束，却又出现了{ $token }
    .decimals = 小数点用 .，千位不加分隔符：0.05、1020
scenario-quantity-values = 值可以是数、"8%"、取值范围 "6% to 10%"，或分布 "normal(8%, 1.5%)"
scenario-quantity-formulas = 值是数或分布；由其他量算出的写在 [variables] 中：half = "intensity / 2"
scenario-quantity-expected = 缺少“{ $symbol }”，此处却是{ $token }
scenario-quantity-range = 取值范围 "a to b" 中 a 应小于 b
    .help = 它表示以 a、b 为5%、95%分位数的正态分布
scenario-quantity-no-number = 此处应为数，而不是{ $token }
scenario-quantity-no-distribution = 此处应为分布，而不是{ $token }
scenario-quantity-no-value = “{ $name }”不是有效的值
scenario-quantity-unknown-distribution = 没有名为“{ $name }”的分布
scenario-quantity-nested = 分布嵌套超过8层
scenario-quantity-arguments = 其自变量为 { $name }({ $signature })
scenario-quantity-more = { $name } 只有自变量 ({ $signature })，多写了
scenario-quantity-no-quoted = 此处应为单引号中的{ $what }，而不是{ $token }
scenario-quantity-empirical = empirical('file.csv', 'column')
scenario-quantity-file = 文件名
scenario-quantity-column = 列名
scenario-quantity-resample = resample('file.csv', 'column')；带权重时写 resample('file.csv', 'column': 'weight')
scenario-quantity-weights = 权重列的列名
scenario-quantity-draw = 抽样名称
    .help = resample('file.csv', 'column', 'name')
scenario-quantity-no-draw = 缺少抽样名称
scenario-quantity-own = 同名的样本共用同一行；'own' 表示单独抽样
scenario-quantity-count = { $name } 应有{ $count }个自变量 ({ $signature })，而不是{ $given }个
scenario-distribution-max = { $shown }的 max 应不小于其 min
scenario-distribution-mode = { $shown }的 mode 应在其 min 与 max 之间
scenario-distribution-finite = { $shown }的 { $name } 应为有限的数，而不是{ $value }
scenario-distribution-at-least-zero = { $shown }的 { $name } 应不小于0，而此处为{ $value }
scenario-distribution-above-zero = { $shown }的 { $name } 应大于0，而此处为{ $value }
scenario-distribution-between = { $shown }的 { $name } 应在{ $low }与{ $high }之间，而此处为{ $value }
scenario-distribution-ends = { $shown }的下端应低于其上端
scenario-distribution-rows = { $inner }整行抽取，截断会把行拆开：请在样本中删去不要的行
scenario-distribution-keeps-nothing = { $shown }应保留分布的一部分：{ $inner }在{ $low }与{ $high }之间没有概率
scenario-distribution-keeps-little = { $shown }应保留分布的一部分：{ $inner }在{ $low }与{ $high }之间的概率低于 1e-300，过小而无法计算
scenario-distribution-no-values-discrete = discrete(值: 权重, …) 应至少有一个值，且每个值都有权重
scenario-distribution-finite-values = { $name }(…) 的值应为有限的数，而不是{ $value }
scenario-distribution-weights = { $name }(…) 的权重应不小于0且为有限的数，而不是{ $weight }
scenario-distribution-weight-sum = { $name }(…) 的权重之和应为有限的正数
scenario-distribution-no-values = { $name }(…) 应至少有一个值
scenario-distribution-weights-for-all = resample(值: 权重, …) 应每个值都有权重，或都没有
scenario-distribution-order = empirical(…) 的值应由小到大排列
scenario-distribution-whole = { $shown }的 { $name } 应为整数，而不是{ $value }
scenario-distribution-rows-mixed = { $inner }整行抽取，不能作为另一分布的一部分：请在此处用 values(…) 或 empirical(…)
scenario-distribution-tail-of-discrete = { $inner }只取离散的值，不能接上广义帕累托尾部
scenario-quantiles-count = { $shown } 应有2至{ $most }个分位数
scenario-quantiles-levels = { $shown } 的概率水平应由小到大，且在0%与100%之间
scenario-quantiles-fall = { $shown } 的分位数应随概率水平增大：请按概率水平排列，或改正低于前一个的分位数
scenario-quantiles-outside = { $shown } 的分位数应在其上下界之间，且下界在前
scenario-quantiles-infeasible = 不存在 { $shown }：其分位数在{ $from }与{ $to }之间不会增大；请减少分位数、使其间隔更均匀，或放宽上下界
scenario-quantiles-close = { $shown } 的分位数彼此过近，无法计算
scenario-quantiles-reversed = { $shown } 的5%分位数应小于其95%分位数
scenario-data-among-few = `among` 应列出至少两个输入
scenario-data-copula = 没有名为 { $text } 的 copula
    .help = copula = "gaussian"，或自由度不小于0.5的 "t(4)"：自由度越小，极端值越常一同出现
scenario-data-copula-df = t copula 的自由度应在0.5与1000000之间，而不是{ $df }
scenario-data-copula-rank = t copula 的秩相关系数与其 `value` 不同
    .help = 请删去 `rank = true`；t copula 的秩相关系数约为 6 / pi * asin(value / 2)
model-correlation-copulas = 互相关联的输入应有同一个 copula，自由度也相同
    .help = 请在它们之间的所有相关中写同样的 `copula`
scenario-distributions-circle = 这些分布互相构成：{ $chain }
    .help = 混合分布可由其他分布构成，但不能由自身构成
scenario-distributions-one = 分布 { $name }
scenario-distributions-form = 分布 { $name } 应有 `mixture` 或 `dist` 之一
    .help = { "mixture = [{ weight = 0.7, dist = \"normal(6%, 1%)\" }, { weight = 0.3, dist = \"normal(3%, 2%)\" }]" }
scenario-distributions-mixture = `mixture`
scenario-distributions-component = 混合分布的一个成分
scenario-distributions-dist = `dist`
scenario-distributions-lacks = 混合分布的一个成分缺少 `{ $key }`
scenario-distributions-fixed = { $kind ->
        [varying] 有名称的分布，其自变量应为数：{ $text } 会变化
       *[number] 此处应为分布，而不只是 { $text }
    }
    .help = 分布“normal(8%, 1.5%)”或区间“6% to 10%”
model-hierarchies-data = 分布的自变量由数、参数和字段构成
    .help = 在 [shocks] 中还可用其他冲击和 `year`；依赖变量的量请在 [variables] 中计算：x = "mean + sd * eps"
model-hierarchies-variable = { $name } 是变量：分布的自变量由数、参数和字段构成
model-hierarchies-year = 参数只抽取一次，而非每年：其自变量不能依赖 `year`
    .help = 在 [shocks] 中可以
model-hierarchies-changes = { $shock ->
        [yes] { $name } 是每年抽取的冲击
       *[no] { $name } 并非每年相同
    }：只抽取一次的量，其自变量不能依赖它
    .help = 在 [shocks] 中可以
model-hierarchies-circle = 这些分布互相依赖：{ $chain }
    .help = 其中之一的自变量应为数
scenario-varying-truncated = truncate({ $family }(…), low, high) 的自变量和两端应为数
    .help = 可变化的是对 { $families } 的截断。
scenario-quantity-only-number = 此处应为分布，而不只是 { $number }
    .help = 区间“6% to 10%”或分布“normal(8%, 1.5%)”
scenario-varying-nested = 嵌套在另一分布中的分布，其自变量应为数：{ $text } 会变化
    .help = 可变化的有 { "truncate(normal(a, b), low, high)" } 及 lognormal 的截断；混合分布请在 [variables] 中选择
scenario-varying-argument = { $family } 的 { $argument } 应为数：{ $text } 随路径变化
    .help = { $may ->
        [none] { $family } 的自变量都不可变化
       *[some] { $family } 中可变化的有：{ $names }
    }
scenario-accounts-forms = 平衡关系有三种写法：whole 与 parts，ratio = "a / b"，或 supply 与 claims
scenario-accounts-figure = 指标数字{ $id }
scenario-accounts-no-words = 指标数字{ $id }缺少 `words`
    .help = 请写出文件原文：words = "…"
scenario-accounts-account = 平衡关系{ $name }
scenario-accounts-no-form = 平衡关系{ $name }不属于三种写法之一，或同时用了两种
scenario-accounts-half = 平衡关系{ $name }有 `{ $one }` 却没有 `{ $many }`
scenario-accounts-ratio = 比率是一个变量除以另一个变量
    .help = 例如 ratio = "gdp / energy"
scenario-data-shadowed = [{ $name }] 中是集合{ $name }的成员，而不是语言自带的同名表
    .help = 若要用语言自带的表，请给集合另取名称
scenario-data-set-name = 集合不能命名为 { $name }：其成员会写在 [{ $name }] 中，而那是语言自带的表
    .help = 请命名为 { $name }_ 或更明确的名称
scenario-data-set = 集合{ $name }
scenario-data-field-name = 字段不能命名为 { $name }
    .help = 成员中的 `{ $name }` 是供人阅读的文字：请另取名称
scenario-data-field = 字段{ $name }
scenario-data-min-max = { $name }的 min 为{ $min }，大于其 max { $max }
    .help = 值应在 min 与 max 之间：请互换二者，或删去其一
scenario-data-bound = { $name }的上下限
scenario-data-no-field = 集合{ $set_name }没有字段“{ $field }”
    .declare = 请在 [sets.{ $set_name }.fields] 中声明该字段
scenario-data-no-members = 集合{ $set_name }没有成员
    .help = 请用 [{ $set_name }.NAME] 添加成员
scenario-data-parameter = 参数{ $name }
scenario-data-lever = { $name }的可调范围
scenario-data-lever-lacks = { $what }的可调范围缺少 `{ $key }`
    .help = 例如 lever = {"{"} min = 0, max = 40, step = 5 {"}"}
scenario-data-lever-range = { $what }的可调范围从{ $min }到{ $max }，下限应小于上限
scenario-data-lever-step = { $what }的可调步长应大于0
scenario-data-shock = 冲击{ $name }
scenario-data-lacks = { $what }缺少 `{ $key }`
    .dist = 请写出分布：dist = "normal(0, 4%)"
    .value = 请写出数，如 value = 0.05，或分布，如 value = "normal(5%, 1%)"
scenario-data-correlations = correlations 应为表的列表
    .help = 每个相关请以 [[correlations]] 开头
scenario-data-correlation = 相关
scenario-data-two-kinds = 一个相关只能写 `{ $one }` 或 `{ $other }` 之一
    .help = 请写 between = [A, B] 和 value，或 among = "eps[sector]" 和 value 或 matrix
scenario-data-between = `between` 应有两个输入
    .help = 例如 between = ["eps[coal]", "eps[services]"]；全部成员请用 `among`
scenario-data-about = 相关未指明是哪些输入
    .help = 请写 between = [A, B] 和 value，或 among = "eps[sector]" 和 value 或 matrix
scenario-data-no-value = 相关缺少 `value`
    .help = 请加上 value = 0.3
scenario-data-beyond = 相关系数应在-1与1之间，而此处为{ $value }
    .help = 百分之三十写作 0.3 或 "30%"
scenario-data-matrix = 矩阵
scenario-data-rows = 由各行组成的列表
scenario-data-row = 矩阵的行
scenario-data-numbers = 数的列表
scenario-decompositions-example = 例如 effects = {"{"} activity = "gdp", structure = "va[sector] / gdp", intensity = "energy_of[sector] / va[sector]" {"}"}
scenario-decompositions-decomposition = 分解{ $name }
scenario-decompositions-effect = 分解{ $name }的效应{ $effect }
scenario-decompositions-no-effects = 分解{ $name }没有效应
scenario-equations-two = 变量{ $name }有两个方程
    .help = 一个变量只有一个方程，下标处处相同：请删去其中一个
scenario-equations-metric = 指标{ $name }
scenario-equations-target = 目标{ $name }
scenario-equations-gate = 门槛“{ $name }”
scenario-equations-variable = 变量{ $name }
scenario-equations-bounds = { $what } 的范围是 { $low } 到 { $high }
    .help = `min` 应是较小者
scenario-equations-lacks = { $what }缺少 `{ $key }`
    .help = 请加上 { $key } = "{ $example }"
scenario-equations-key = { $what }的 `{ $key }`
scenario-equations-in-quotes = 引号中的公式
scenario-fit-fit = 拟合{ $name }
scenario-fit-no-of = { $what }未用 `of` 指明拟合哪些序列
    .help = 例如 of = ["gdp_growth", "log(price / prev(price))"]：有 [history] 的变量，或由其组成的公式
scenario-fit-over = `over` 应为窗口的首年和末年
    .help = 例如 over = [2006, 2020]
scenario-fit-an-input = 输入的名称
scenario-fit-two-ways = { $what }同时写了 `method` 和要匹配的矩 `match`
    .help = 请删去其中之一：method 用似然法估计，match 通过模拟情景来匹配
scenario-fit-no-way = { $what }未说明如何拟合
    .help = 请写 match = ["sd", "autocorrelation", "correlation"]，或 method = "ar1"、"var1" 或 "local_level"
scenario-fit-unknown = 此处没有“{ $name }”可选
    .there-are = 可选：{ $names }
scenario-fit-draws = `draws` 应为{ $fewest_draws }至{ $most_draws }的整数
    .help = 例如 draws = 2000
scenario-records-history = { $name }的历史序列
scenario-records-both = 历史序列写 `values` 或 `file` 之一，不能兼有
    .help = 请删去其中之一
scenario-records-no-file = { $name }的历史序列未写明 `file`
    .by-line = 请写 file、year、value，以及 unit 或 published：CSV 文件及其各列
    .help = 请写 file、year 和 value（CSV 文件及其列），或 values = {"{"} 2019 = 1.2, 2020 = 1.3 {"}"}
scenario-records-no-year = “{ $key }”不是年份
    .help = 历史序列按整年书写：values = {"{"} 2019 = 1.2, 2020 = 1.3 {"}"}
scenario-keys-unknown = { $what }没有键“{ $key }”
scenario-keys-kind = { $what }应为{ $wanted }，而不是{ $found }
    .list = 表写作单方括号的 [名称]，其下写各键；或写作 {"{"} key = value {"}"}
    .table = 表写作 {"{"} key = value, key = value {"}"}，或 [名称] 及其下各键
scenario-keys-text = 文字{ $key }
scenario-keys-by-language = 字符串，或 {"{"} en = "…", zh = "…" {"}"}
scenario-keys-finite = { $key }应为有限的数
scenario-keys-no-year = 缺少 `{ $key }`
    .help = 请加上 { $key } = { $example }
scenario-keys-whole-year = { $key }应为0至9999的整数年份，而不是{ $number }
scenario-keys-year = { $key }应为0至9999的年份，而不是{ $found }
    .help = 年份是不加引号的数：{ $key } = { $example }
scenario-keys-one-name = `{ $key }` 只能写一个名称，“{ $name }”是多余的
    .help = 请删去
scenario-keys-names = 一个名称或名称的列表
scenario-read-home = 其所属的表，如 [parameters]
scenario-read-outside = “{ $name }”写在所有表之外
    .help = 请写在 { $home } 之下
scenario-read-id = id 用作文件夹名称：不得含有斜杠及 \ < > : " | ? *，不得以点开头，也不得以点结尾
    .help = 供人阅读的文字请写在 `title` 中
scenario-read-no-time = 情景缺少 [time]
    .help = 请加上 [time]，其中写 start = 2020 和 end = 2035
scenario-read-years = 末年{ $end }不晚于基年{ $start }
    .help = 路径从 start 到 end，每步一{ $step ->
    [quarter] 季
    [month] 月
   *[year] 年
}：请更正时期
scenario-read-horizon = 模拟期{ $years }{ $step ->
    [quarter] 季
    [month] 个月
   *[year] 年
}，超过上限{ $most }
scenario-read-group = 组{ $name }
scenario-read-no-inputs = 组{ $name }没有输入
    .help = 例如 inputs = ["trend[coal]", "weather"]
scenario-read-source = 来源{ $id }
scenario-read-no-grade = 没有等级“{ $grade }”
    .help = A 官方、有原文 · B 二手资料 · C 未经证实 · D 假定或推算
scenario-read-unit = 单位{ $name }
scenario-read-no-of = 单位{ $name }缺少 `of`
    .help = 自成一类的单位写 of = "base"，否则写它等于多少：of = "50 kg"
scenario-read-no-table = 没有名为“{ $name }”的表或集合
    .declare = 请用 [sets.{ $name }] 声明该集合
scenario-read-long-name = 名称有{ $length }个字节，最多可有{ $max_name }个
scenario-read-no-name = “{ $name }”不能用作名称
    .help = 名称以字母开头，由字母、数字和 _ 组成；标题不受此限
scenario-read-reserved = “{ $name }”是保留字，不能用作名称
    .help = 请命名为 { $name }_ 或更明确的名称
scenario-observations-example = 请写 file（含 year 和 value 列的 CSV 文件），或 values = {"{"} 2021 = 1650, 2022 = 1790 {"}"}
scenario-observations-observations = { $name }的观测值
scenario-observations-no-day = “{ $text }”不是日期
    .help = 例如 as_of = "2024-03-01"
scenario-observations-scale = scale 为0时观测值全部变为0
    .help = 例如 scale = 0.99，用于把另一版数据换算到模型的基准
scenario-observations-no-year = “{ $key }”不是年份
    .help = 例如 values = {"{"} 2021 = 1650, 2022 = 1790 {"}"}
scenario-observations-sd = `sd` 应为测量误差：不小于0的数，或比例
    .help = 请写 sd = 15（变量的单位），或 sd = "1%"（占数值的比例）
scenario-observations-both = 观测值写 `values` 或 `file` 之一，不能兼有
    .help = 请删去其中之一
scenario-observations-no-file = { $name }的观测值未写明 `file`
scenario-observations-no-sd = { $name }的观测值未给出测量误差（{ $year }年）
    .help = 请写 sd = 15（变量的单位），或 sd = "1%"（占数值的比例）；程序从不代为假定
scenario-quantities-finite = 值应为有限的数
scenario-quantities-provenance = 带出处的值
scenario-quantities-no-value = 缺少数值
scenario-quantities-value = 值
scenario-quantities-kinds = 数、字符串或表
scenario-quantities-linear = 插值方式只有 "linear" 一种
    .help = 若各值保持到下一年份，请删去 `interpolate`
scenario-quantities-year = 每年的值应为数或分布
scenario-quantities-no-years = 缺少年份
    .help = 例如 {"{"} interpolate = "linear", 2020 = 2.6, 2030 = 1.8 {"}"}
scenario-quantities-no-year = “{ $key }”不是年份
    .help = 年份是0至9999的整数，季度写作 2021Q1，月份写作 2021M01：{"{"} 2021 = 4%, 2026 = 3% {"}"}
scenario-quantities-among-years = “{ $key }”混在分年的值中
    .help = 值可按年份写，或按成员写；两者兼有时嵌套书写：{"{"} coal = {"{"} 2021 = 1, 2026 = 2 {"}"} {"}"}
scenario-quantities-among-members = “{ $key }”混在分成员的值中
    .help = 请写成 {"{"} value = {"{"} coal = …, gas = … {"}"}, unit = "…" {"}"}
scenario-quantities-two-sets = 值只能按一个集合的成员分写，不能按两个
scenario-run-digits = { $key }应只用数字书写，不带小数点或指数
    .help = 请写成 { $digits }
scenario-run-whole = { $key }应为不小于{ $least }的整数
    .help = 大于 9007199254740992 的数请加引号
scenario-run-paths = 一次运行至少有1条路径
    .help = 例如 paths = 100000
scenario-run-sampling = 没有名为“{ $sampling }”的抽样方法
    .help = 可选：{ $names }
scenario-run-quantiles = quantiles 应为0与1之间的分位水平的列表
    .help = 例如 quantiles = [0.05, 0.5, 0.95]
scenario-sampled-many = 各样本合计超过{ $count }百万个数值
scenario-sampled-same-name = 有两个不同的文件都叫 { $draw }，其各行会一同抽取；请给此处的抽样命名：resample('{ $file }', 'column', '名称')
scenario-sampled-rows = 该样本有{ $rows }行，而与之共用抽样“{ $name }”的另一样本有{ $count }行
    .help = 共用同一行的样本，行数和权重都应相同；若要单独抽样，请以 'own' 作为最后一个自变量
scenario-sampled-weights = 该样本各行的权重与共用抽样“{ $name }”的另一样本不同
scenario-signs-lacking = { $what }没有 %，而所对应的数值有 %
    .help = 请像各数值那样带上 %："40%"
scenario-signs-having = { $what }有 %，而所对应的数值没有 %
    .help = 请像各数值那样不带 %：40
scenario-signs-record-lacking = { $what }以 { $unit } 为单位，此处的数没有 %，而其他数有
    .help = 请全部不带百分号，以 { $unit } 为单位：写 4.5，不写 "4.5%"（即 0.045）
scenario-signs-record-having = { $what }以 { $unit } 为单位，此处的数带有 %，因此成了比例
    .help = 请全部不带百分号，以 { $unit } 为单位：写 4.5，不写 "4.5%"（即 0.045）
scenario-rows-no-rows = { $file }中没有数据行
scenario-rows-whole = { $first }{ $more }：抽样时整行抽取，请在单元格中填入纯数字（0.04，而不是 4%），或删去该行
scenario-rows-cells = ，另有{ $count }个单元格也是如此
scenario-separated-empty = 单元格为空
scenario-separated-comma = “{ $shown }”不是数：小数点应写作 { $with_point }，不用逗号；若文件以逗号为小数点，请注明 decimal = ","
scenario-separated-thousands = “{ $shown }”不是数：请不要写千位分隔符，小数点用 .；若文件以逗号为小数点，请注明 decimal = ","
scenario-separated-no-number = “{ $shown }”不是数
scenario-separated-no-value = “{ $shown }”不是数；若表示缺值，请注明 missing = ["{ $shown }"]
scenario-separated-two-columns = { $file }有两个“{ $name }”列（第{ $first }列和第{ $second }列）：请给其中一列改名
scenario-separated-blank = { $file }是空的；其中应有“{ $name }”列
scenario-separated-no-column = { $file }没有“{ $name }”列；现有各列：{ $columns }
scenario-table-at = { $file }第{ $line }行“{ $column }”列
scenario-table-at-cell = { $file }工作表{ $sheet }单元格 { $cell }（“{ $column }”列）
scenario-table-at-row = { $file }第{ $line }行
scenario-table-at-sheet-row = { $file }工作表{ $sheet }第{ $line }行
scenario-table-cell = { $at }：{ $why }
    .help = 请改正该单元格；如果“{ $shown }”表示缺失值，请注明：missing = ["{ $shown }"]
    .help-distribution = 单元格中可以是数或分布，如 normal(4%, 1%) 或 3% to 5%；其中有逗号时请加引号
scenario-table-cells = { $at }：有{ $len }个单元格，而表头有{ $expected }个；表下方的附注，与表之间隔一空行即可略过
scenario-table-more = { $first }；另有{ $count }处也是如此
scenario-table-unclosed = { $file }第{ $line }行：单元格以双引号 " 开头而没有结尾的双引号，其下各行因此会被吞掉；请补上结尾的双引号，单元格内的双引号写作 ""
scenario-table-no-sheets = { $file }没有工作表：只有工作簿才有，如 book.xlsx#Sheet1
scenario-table-no-range = “{ $range }”不是工作表中的单元格区域：请写作 book.xlsx#Sheet1!A1:F300
scenario-table-no-workbooks = { $file }是工作簿，而此版 plancast 编译时未启用“xlsx”功能，无法读取：请将工作表另存为 CSV
scenario-table-workbook = { $file }无法作为工作簿（.xlsx）读取：{ $error }
scenario-table-unpacked = { $file }解压后过大：工作簿的单元格内容至多 { $size } MiB；请将工作表另存为 CSV
scenario-table-no-sheet = { $file }没有工作表{ $sheet }；现有：{ $sheets }
scenario-table-which-sheet = { $file }中有多张含数据的工作表：{ $sheets }；请指明要用的一张，如 { $file }#{ $first }
scenario-table-empty-book = { $file }中没有含单元格的工作表
scenario-table-formula = { $file }工作表{ $sheet }单元格 { $cell }：公式的计算结果没有保存；请用电子表格软件打开工作簿并保存，或直接填入数值
scenario-table-ambiguous = “{ $shown }”可能是 { $thousands }，也可能是 { $decimal }：请注明小数点，decimal = "." 或 decimal = ","
scenario-table-not-comma = “{ $shown }”不是以逗号为小数点的数，而此处写明 decimal = ","
scenario-table-decimal = decimal 是小数点的写法：“.”或“,”
    .help = 数字写作 1.234,5 时，请写 decimal = ","
scenario-table-header = header 是列标题所在行的行号，从1起
    .help = 标题在第三行时，请写 header = 3
scenario-table-wanted = 文字或数
scenario-table-no-header = { $file }没有可作标题的第{ $row }行
scenario-table-none-left = { $file }筛选后没有剩下任何行：“{ $column }”列中有 { $there }
scenario-table-several-rows = { $file }有{ $count }行（其中有第{ $first }行和第{ $second }行），而此处只需要一个序列：请用 where = { "{" } "{ $column }" = … { "}" } 选取一行
scenario-table-quarters = { $file }的各列是季度或月份（“{ $title }”），而此处需要{ $step ->
    [quarter] 季度
    [month] 月份
   *[year] 年份
}
scenario-table-signs = { $file }中{ $with }年的数值带百分号，而{ $without }年的没有：请统一写法
scenario-table-sampled-percent = “{ $shown }”带有百分号：样本只用普通的数，即 { $plain }
scenario-table-column = 列
scenario-table-title = 列标题，或带 column 的表
scenario-table-no-title = 缺少列标题
    .help = 请写作 {"{"} column = "标题" {"}"}
scenario-table-without-file = “{ $key }”说明如何读取文件，而集合 { $name } 没有指定文件
    .help = 请指定文件：file = "regions.csv"
scenario-table-no-key = 文件的哪一列给出 { $set } 的成员名？
    .help = 请写 key = "code"；单元格为数字时写 key = {"{"} column = "code", prefix = "r" {"}"}
scenario-table-pivot = pivot 缺少 { $key }
    .help = 请写 pivot = {"{"} names = "indicator", values = "value" {"}"}：前者是指标名所在的列，后者是数值所在的列
scenario-table-key-twice = { $at }：{ $key } 已见于第{ $first }行
    .help = 请用 where 使每个成员只剩一行，如 where = {"{"} year = 2020 {"}"}；如果成员的每个数值各占一行，请用 pivot 说明
scenario-table-name-twice = { $at }：{ $key } 的 { $name } 已见于第{ $first }行
scenario-table-no-name = { $file }没有 { $title } 的行：“{ $column }”列中有 { $there }
scenario-table-many-values = { $file }给成员的数值超过{ $most }个
    .help = 请用 where 减少行数，或减少列数
scenario-table-no-member-name = { $at }：“{ $shown }”不能作成员名
    .help = 名称由字母（汉字）、数字和 _ 组成，且以字母开头：请以代码列为 key，代码是数字时加前缀（key = {"{"} column = "code", prefix = "r" {"}"}），供人阅读的名称写作 title = {"{"} column = "name" {"}"}
scenario-table-no-field-column = { $file }没有供字段 { $field } 使用的“{ $field }”列；现有各列：{ $there }
    .help = 请指定列，columns = {"{"} { $field } = "…" {"}"}，或给该字段写 default
scenario-table-names-file = 单元格中不能引用其他文件
scenario-table-beyond = { $shown } 超出字段 min、max 所允许的 { $min } 至 { $max }
    .help = 请改正该单元格，或字段的界限
scenario-table-no-row = { $at }：{ $key } 没有 { $title } 的行
scenario-table-declared-missing = “{ $shown }”表示缺失值
scenario-table-empty =
    .help = 请填写该单元格，或给字段 { $field } 写 default
scenario-table-read = { $what }：从{ $file }读取{ $count }项
scenario-table-read-skipped = { $what }：从{ $file }读取{ $count }项；{ $skipped }
scenario-table-above = 标题之上有{ $count }行
scenario-table-filtered = where 略去{ $count }行
scenario-table-footers = 表下方附注{ $count }行
scenario-table-blanks = { $count }个单元格没有数值
scenario-table-flags = { $count }个数值带有标记
scenario-table-unused = pivot 列中有{ $count }个名称不属于任何字段
scenario-table-encoding = 按 { $encoding } 编码读取

scenario-tables-table = 表 { $name }
scenario-tables-list = 数的列表
scenario-tables-missing = 表 { $name } 缺少 `{ $key }`
    .help = 写成 [tables.{ $name }]，其中 x = [0, 10, 100]、y = [1, 0.8, 0.5]：各点 x 处的取值 y
scenario-tables-lengths = 表 { $name } 有 { $x } 个 x、{ $y } 个 y
    .help = 每个点各给一个 x 和一个 y，至少一个点
scenario-tables-order = 表 { $name } 中 { $before } 之后是 { $after }：x 须逐点增大
    .help = 把各点按顺序排列，每个 x 只出现一次
scenario-softness-softness = 措辞力度 { $softness }
scenario-softness-unknown = 没有名为“{ $softness }”的措辞力度（softness）
    .help = 文件表述的措辞力度为以下之一：{ $names }
scenario-softness-no-rule = 措辞力度 { $softness } 没有规则
    .help = 数字写 { $softness } = {"{"} share = "97.5%" {"}"}，项目写 {"{"} status = "started" {"}"}
scenario-softness-share = 须达到的份额应大于0且不超过100%
    .help = share = "97.5%" 留有2.5%的余地；share = 1 不留余地

scenario-pool-kind = 情景列表，例如 [{"{"} scenario = "plan", weight = 0.6 {"}"}, {"{"} scenario = "other.toml", weight = 0.4 {"}"}]
scenario-pool-world = 情景组合中的情景
scenario-pool-worlds = 情景组合应包含1至{ $most }个情景，此处为{ $found }个
    .help = 请写成 worlds = [{"{"} scenario = "plan", weight = 0.6 {"}"}, {"{"} scenario = "other.toml", weight = 0.4 {"}"}]
scenario-pool-twice = 组合中有两个情景名为“{ $name }”
    .help = 请把两者的权重相加，或为其中一个另取名称：name = "…"
scenario-pool-tables = 情景组合中不能有{ $names }：模拟的内容应写在所含情景中
    .help = 请修改所含情景，或把修改另写为一个情景；组合自身只有目标、门槛、指标、来源和引用的数字，也只应继承此类文件
scenario-pool-negative = 权重应为大于0的份额，而不是{ $weight }
    .help = 不计权重的情景请不要列入
scenario-pool-no-weight = 该情景没有权重
    .help = 请写明其占路径的份额：weight = 0.25；所有情景的权重之和为1
scenario-pool-no-scenario = 组合中的这一项没有写明情景
    .help = 请写内置情景的名称或文件：scenario = "plan"
scenario-pool-scenario = 组合中的情景应为名称或文件，而不是{ $found }
scenario-pool-nested = 该情景本身就是情景组合
    .help = 请在此直接列出其所含情景，并分别写明权重
scenario-pool-observed = 情景 { $name } 带有 [observations]，而情景组合不以观测值为条件
    .help = 请另写一个继承它的情景，用 observations = "unset" 去掉观测值；再对各情景分别使用 --observed，比较其证据
scenario-pool-sum = 各情景的权重之和为{ $sum }，而不是1
    .help = 请将各权重除以该和
scenario-pool-years = 各情景的年份不一致：{ $first } 为{ $start }年至{ $end }年，{ $other } 为{ $other_start }年至{ $other_end }年
    .help = 请为所有情景设置相同的 [time]

## model: 编译情景

model-accounts-states = { $name }的 `states` 无法解读
    .help = 请写一个变量与一个数的比较：gdp@2025 == 2200，cagr(gdp, 2020, 2025) >= 8%，gdp@2025 >= 2 * gdp@2020
model-accounts-no-variable = 没有变量“{ $head }”
model-accounts-no-value = “{ $name }”不是{ $wanted }的值
    .help = 此处指单个变量：请为每个下标写明成员
model-assumptions-of-member = { $member }：{ $title }
model-compile-many-values = { $sizes }个变量、{ $years }年，合计超过{ $max_values }个值
    .help = 请缩小集合，或缩短模拟期
model-compile-many-series = 要记录的值有{ $count }个，超过上限{ $max_series }个
    .help = 请用 report = true 标出要记录的变量，或缩小集合、缩短模拟期
model-compile-many-slots = 同时使用的值有{ $count }个，超过上限{ $max_slots }个
    .help = 请缩小集合，或缩短模拟期
model-compile-circle = 这些指标与目标相互引用，成了循环：{ $chain }
    .help = 请把其中一个直接写成算式
model-correlation-size-help = 行与列应与各成员一一对应，次序相同
model-correlation-diagonal = { $name }与自身的相关系数应为1，而不是{ $value }
    .help = 矩阵的对角线为1
model-correlation-beyond = 相关系数应在-1与1之间，而此处为{ $value }
model-correlation-asymmetric = { $a }与{ $b }的相关系数此处为{ $value }，第{ $row }行却为{ $mirror }
    .help = 相关矩阵应是对称的
model-correlation-no-input = 没有可设相关的随机输入“{ $plain }”
model-correlation-fixed = { $plain }是固定的数，只有随机抽取的输入才能相关
model-correlation-no-index = “{ $text }”没有以集合为下标
    .help = 请写成 among = "eps[sector]"；两个单独的输入请用 between = [A, B]
model-correlation-no-set = 没有集合“{ $set }”
model-correlation-itself = { $name }与自身设了相关
model-correlation-rank-varies = rank = true 对 { $name } 不成立：其自变量因路径而异，也会改变秩次
    .help = 请删去 rank = true：相关系数即各路径给定自变量时抽样的正态得分之间的相关系数
model-correlation-by-rows = { $name }按行抽取，不能再设相关
    .help = 数据行已带有联合分布：请把两列放进同一文件；或改用 empirical(…)，其值有次序
model-correlation-cannot = { $a }与{ $b }不能设相关
    .help = { $name }每年抽取，另一个每条路径只抽取一次：t copula 只能用于同一种，gaussian 可用于两种
model-correlation-twice = { $a }与{ $b }的相关给了两次：{ $other }和{ $value }
model-correlation-many = 相互相关的输入有{ $size }个，超过上限{ $max_group }个
    .help = 请改为共用一个冲击：loading[member] * common + own[member]
model-correlation-contradict = { $count }个输入之间的这些相关互相矛盾：其矩阵有特征值{ $eigenvalue }，而特征值不能小于0
    .towards-zero = 请把各相关系数向零调整，或让这些输入共用一个冲击
    .nearest = 最接近的有效矩阵为：{ $changes }{ $more }
model-correlation-nearest-more = ，另有{ $count }处
model-correlation-rows = { $count }行
model-correlation-inputs = { $count }个输入
model-correlation-numbers = { $count }个数
model-correlation-matrix-size = 矩阵有{ $rows }，而输入共有{ $inputs }
model-correlation-row-size = 矩阵第{ $row }行有{ $numbers }，而输入共有{ $inputs }
model-data-at-least = { $name }应不小于{ $low }，而此处为{ $number }
model-data-at-most = { $name }应不大于{ $high }，而此处为{ $number }
model-data-between = { $name }应在{ $low }与{ $high }之间，而此处为{ $number }
model-data-large = 数据超过{ $count }百万个数
    .help = 请缩小集合、减少年份或样本
model-data-many-cells = 数据共有{ $cells }个值，其中{ $name }占{ $count }个，超过上限{ $max_cells }个
    .help = 请缩小集合，或减少下标
model-data-no-set = 没有集合“{ $name }”
model-data-default = { $name }的默认值
model-data-no-member = 集合{ $set_name }没有成员“{ $name }”
model-data-no-further-set = { $name }没有以另一集合为下标
    .help = 分成员的值需在声明中写 `over = "集合"`
model-data-year = 每年的值应为数或分布
model-data-same-numbers = 输入{ $one }与{ $other }会抽到相同的随机数
    .help = 两个名称的32位哈希值恰好相同（约四十亿分之一的概率）：请给其中一个改名
model-drivers-rows = { $rows } 的各行
model-drivers-correlated = { $title }及{ $others }项相关输入
model-drivers-title = { $title }
model-drivers-of-members = { $members }：{ $datum }
model-drivers-two-groups = { $name }已在组{ $other }中
    .help = 一个输入只能属于一个组：请从其中一组删去
model-drivers-no-input = 没有可归组的随机输入“{ $plain }”
model-gates-always = 无论发生什么，门槛“{ $name }”都会通过
model-gates-never = 无论发生什么，门槛“{ $name }”都不会通过
model-gates-met = { $target }：按 [history] 中的记录，目标已达成
model-gates-missed = { $target }：按 [history] 中的记录，目标未达成
model-gates-undefined = { $name }无定义：其条件从不成立
    .help = 请检查 `given` 之后的条件及其所引用的内容
model-gates-share = 概率在0%与100%之间，不会是{ $number }
    .help = 请写成 { $percent }%
model-gates-one-sided = 按方程，所比较的值总在界限的一侧：请检查界限及其所引用的内容
model-gates-exact = 门槛“{ $name }”要求精确等于某值，有限的路径永远无法证实
    .help = 概率和均值只能估计到一定误差：请改用 >= 和 <=，写成两个门槛，或用 `and` 连接
model-gate-given = `given` 只能写在 p(…) 之内
    .help = 例如 p(growth given no_crisis)
model-gate-one-path = 门槛针对分布，而{ $name }针对单条路径
    .target = 请写成 p({ $name })
    .value = 请写成 quantile({ $name }, 5%)、mean({ $name }) 或 p({ $name } >= …)
model-gate-one-path-part = 门槛针对分布，而此处针对单条路径
    .help = 请写成 p({ $expr } >= …)、mean({ $expr }) 或 quantile({ $expr }, 5%)
model-gate-statement = 门槛应是成立或不成立的陈述
    .help = 请与界限比较：p(gdp_2025) >= 50%
model-gate-no-share = { $function } 是一部分路径的均值，比例为0时没有均值
    .help = 请写大于0的比例，如 5%；最低或最高值随路径数变化，不作为统计量
model-gate-no-function = 门槛中没有函数“{ $function }”
model-gate-arguments = { $function } 的自变量为 ({ $takes })，而不是{ $given }
model-gate-pool-correlation = 多情景合成的相关系数不能由各情景的相关系数得出
    .help = 在单一情景中提出，或改用概率表述：p(a and b)
model-gate-level = 分位水平应为0至1的数
    .help = 请写成 5% 或 0.05
model-goals-alone = 没有其他目标与目标“{ $goal }”属同一要求
    .help = 请写明它与哪个目标属同一要求，或删去该键
model-labels-member = { $title }
model-labels-of-members = { $title }：{ $members }
model-labels-no-variable = --record：没有变量“{ $name }”
model-lints-always-met = 无论发生什么，目标{ $name }总会达成
model-lints-never-met = 无论发生什么，目标{ $name }都不会达成
model-lints-nothing-random = 没有随机量影响它：请检查其所引用的内容
model-lints-one-sided = 按方程，所比较的值总在界限的一侧：请检查界限及其所引用的内容
model-lints-same-name = { $kind }{ $name }与一个{ $hidden_by }同名
    .help = 公式中的{ $name }指{ $hidden_by }：请给{ $kind }另取名称
model-lints-kind-metric = 指标
model-lints-kind-target = 目标
model-lints-kind-variable = 变量
model-lints-kind-parameter = 参数
model-lints-without-source = { $count }个值没有来源：{ $names }
    .help = 请写明值的来源：{"{"} value = …, source = "id" {"}"}，并把该 id 列入 [sources]
model-lints-weak = 主要结果所依据的值中，有{ $count }个的等级为 C 或 D：{ $names }
    .help = 这些是假定而非事实，结果中会注明
model-lints-all = { $names }
model-lints-some = { $names }……
model-lints-history = { $name } 在{ $year }年的起始值是 { $begins }，而 [history] 中该年是 { $recorded }
    .help = 修改其中之一，或从历史序列中去掉{ $year }年；单位和价格基准（不变价或现价）可能不同
model-lints-no-variables = 情景没有变量：没有可模拟的内容
    .help = [variables] 中写方程：gdp = {"{"} start = 1020, formula = "prev(gdp) * 1.05" {"}"}
model-lints-no-comparison = 目标{ $name }没有比较：其值不为0即算达成
    .help = 请与界限比较：{ $text } >= 1
model-lints-same-targets = 目标{ $other }与{ $name }的要求相同
    .help = 请删去其中一个：全部目标同时达成的概率不变
model-lints-same-gates = 门槛“{ $other }”与“{ $name }”的要求相同
    .help = 请删去其中一个
model-lints-lever = { $name }的可调范围为{ $min }至{ $max }，而其值为{ $value }
    .help = 请放宽可调范围，或取其中的值
model-lints-after-end = { $year }年的值没有用到：情景到{ $end }年为止
    .help = 请删去，或更正年份
model-lints-unused = { $name }没有被用到
    .help = 请在方程中使用，或删去
model-lints-unused-correlation = 此相关涉及{ $name }，而{ $name }没有被用到
    .help = 请在方程中使用该输入，或删去此相关
model-lints-no-source = 来源“{ $source }”不在 [sources] 中
model-lints-no-figure = 指标数字“{ $id }”不在 [figures] 中
    .help = 请写出其原文：[figures] 与 { $id } = "…"
model-lower-operations = 展开模型需要超过{ $count }百万次运算
model-lower-values = 展开后的模型超过{ $count }百万个值
model-lower-large = { $message }：{ $name }过大
    .help = 请缩小集合、减少嵌套求和，或缩短模拟期
model-memory-years = { $years } 不是0到1000的整数年数
    .help = 回溯的年数须为整数：0、1、2等
model-memory-smooth = smooth(x, n) 的 n 须不小于1：每年缩小与 x 差距的 n 分之一，而此处 n 为 { $years }
model-memory-varies = 回溯的年数须在每条路径、每一年都相同
    .help = 写一个数，或取值为单个数的字段或参数；若延迟不同，请用 if(…)
model-over-level = quantile(set: x, q) 需要分位水平
    .help = 请写明：quantile({ $names }: …, 90%)，0到1之间的数
model-over-one-set = { $function } 只对一个集合
    .help = 对一个集合运算，另一个放在外面：max(i:set: …)
model-over-rank = rank({ $name }: x) 给出某个成员的名次，此处没有指明成员
    .help = 在各成员的变量中使用："place[{ $name }]" = "rank({ $name }: …)"
model-over-rank-of-two = rank({ $name }: x) 给出某个成员的名次，而此处 { $name } 有两个下标
    .help = 把名次放到只有一个下标的单独变量中
model-lower-nothing = { $of }{ $when }没有成员满足 `where` 之后的条件：对空集求 { $function } 没有值
    .help = 请写明此时取什么：if(sum({ $names } where …: 1) > 0, { $function }({ $names } where …: …), 0)，两处条件相同
model-lower-nothing-of = { $element }
model-lower-nothing-in = 在{ $year }年
model-lower-random-condition = `where` 之后的条件因路径而异
    .help = 条件中只能用固定的数据；涉及随机量请在求和式中用 if(…)
model-lower-too-early = { $name }在{ $year }年没有值：它从{ $first }年开始
    .recorded = { $name } 的历史数据（{ $from }年至{ $to }年）缺{ $year }年的值：请补上，或改用其他滞后期
    .reaches = 它回溯{ $lag }年，直到{ $end }年，每一年都早于基年：请缩短滞后，或提前起始年份（[time] start）
    .if = 请写明有值之前取什么：if(year < { $before }, …, lag({ $name }, { $lag }))
    .first = 可读取的最早年份为{ $first }
    .start = 请给{ $name }写 `start` 值，或从{ $first }年开始
    .until = 请写明{ $name }在此之前取什么：{"{"} start = …, formula = "if(year < { $first }, …, { $formula })" {"}"}；或从{ $first }年开始
model-lower-no-value = 此处用到{ $name }，但它没有值
    .help = 请给它赋值，或为字段{ $field }设默认值
model-lower-shock = 冲击{ $name }在{ $year }年没有值：冲击从{ $from }年开始
model-path-never = { $year }年及其他任何年份都没有值：各年都回溯到了基年之前
    .help = 请缩短滞后，或提前起始年份（[time] start）
model-path-too-early = { $year }年没有值：最早为{ $first }年
    .help = 增长率和冲击从基年的下一年开始，滞后项从基年之后相应年数开始
model-order-circle = { $count ->
    [1] { $names }在同一年中引用了自身
   *[other] 这些方程在同一年中相互引用，成了循环：{ $names }
}
    .help = { $count ->
        [1] 若指上一年的值，请写 prev({ $used })：那是另一个模型，影响晚一年出现。若指当年的值，可让程序求解该方程：请在文件开头写上这一行：{ $declaration }
       *[other] 若要联立求解，请在文件开头写上这一行：{ $declaration }。若改为其中一个使用上一年的值，如 prev({ $used })，则是另一个模型：影响晚一年出现，结果也不同
    }
model-order-more = { $first } → … 另有{ $count }个 … → { $last }
model-order-no-year = { $name }在任何年份都没有值：它要到{ $first }年才开始，晚于末年{ $end }
    .help = 回溯过远：请缩短滞后、写明 `start`，或提前起始年份（[time] start）
model-order-never = { $name }无从开始：它依赖自身过去的值（{ $names }），又没有 `start`
    .help = 请写明基年的值：{"{"} start = …, formula = … {"}"}
model-simultaneous-twice = { $name }已由{ $other }求解，又写在{ $declaration }中
    .help = 一个变量只能在一处求解：请从其中一处删去
model-simultaneous-not-solved = { $declaration }写明了{ $name }的初值，但并不求解它
    .help = 请把{ $name }写入 `solves`，或从 `from` 中删去
model-simultaneous-member = { $name }指的是一个成员：变量须对其全部成员求解
    .help = 请写 "{ $plain }"
model-simultaneous-unknown = 没有变量{ $name }
model-simultaneous-several = 同一个循环经过了分别声明的{ $names }
    .help = 请合并为一个声明：{ $declaration }
model-simultaneous-larger = { $name }的循环比所声明的大：{ $names }
    .help = { $count ->
        [1] 请把{ $missing }写入 `solves`：循环上的变量须一起求解
       *[other] 循环上的变量须一起求解，请把这些写入 `solves`：{ $missing }
    }
model-simultaneous-no-circle = { $name }所声明的并不构成循环：其方程可以依次计算
    .help = 请删去该声明，结果不变
model-simultaneous-outside = { $variable }与{ $name }求解的其他变量不在同一循环中
    .help = 请从 `solves` 中删去{ $variable }：它在循环之前或之后计算
model-simultaneous-itself = { $name }的初值用到了尚待求解的变量
    .help = 请用数字、数据或上一年的值作初值：prev({ $name })
model-simultaneous-none = 在中心路径上，{ $name }在{ $year }年没有找到解：{ $why }
    .help = 无解的路径没有值，并按此计数。请检查方程是否有解，并给出接近解的初值：from = {"{"} { $unknown } = … {"}"}
    .formulas = 在{ $point }处公式没有有限的值
    .residual = 计算{ $count }次之后，{ $unknown }与其公式之差相对于其大小仍为{ $residual }
model-simultaneous-other = { $name }在{ $year }年有不止一个解：模拟从{ $from }出发得到{ $found }，而从{ $start }出发得到{ $other }
    .help = 请用初值说明指的是哪一个解：from = {"{"} { $unknown } = … {"}"}
    .times = 其{ $factor }倍
    .at = 所有未知数取{ $number }
scenario-simultaneous = 联立方程{ $name }
scenario-simultaneous-no-solves = { $what }没有说明求解哪些变量
    .help = 请列出循环中的变量：solves = ["C", "I", "Y"]
scenario-simultaneous-tolerance = `tolerance` 须在{ $least }与{ $largest }之间
    .help = 它是解的最大相对误差，不写时为 1e-10
scenario-simultaneous-most = `most` 须为2至{ $largest }的整数
    .help = 它是公式最多计算的次数，不写时为 100
scenario-simultaneous-from = `from` 须为 "previous" 或按变量给出初值的表，不能是{ $found }
    .help = 请写 from = {"{"} Y = 100 {"}"}；未列出的变量从上一年的值开始
model-resolve-given = `given` 只能写在 [gates] 的 p(…) 之内
model-resolve-index = 下标{ $name }本身没有值
    .help = 请写成 字段[{ $name }]
model-resolve-year = `year` 对整条路径没有意义
    .help = 它用在 [variables] 中
model-resolve-no-value = { $name }是{ $kind }，不是数值
    .help = 它可写在方括号中：x[{ $name }]
model-resolve-condition = `where` 之后的条件只能用数据，而{ $name }因路径而异
    .help = 请在求和式中用 if(…)
model-resolve-which-year = { $value }是{ $kind }，每年都有值；指的是哪一年？
    .inside = 请写成 { $value }@{ $end }
    .path = 请写成 { $value }@{ $end }，或用 always(…)、peak_year(…)、mean({ $value }, { $first }, { $end })
model-resolve-needs-index = 字段{ $name }需要下标
    .help = 请写成 { $name }[集合] 或 { $name }[成员]
model-resolve-field-set = { $field }以{ $set }为下标，而不是{ $index }
    .bound = 请写成 { $field }[{ $set }]
    .run-over = 请写明成员，或对集合求和：sum({ $set }: { $field }[{ $set }])
model-resolve-unknown = 没有此名称
model-resolve-no-name = 没有名为“{ $name }”的量
    .declare = 请在 [parameters]、[variables] 或集合的字段中声明{ $name }
    .near = 是否想写“{ $near }”？某一年的值写作 { $head }@{ $year }
    .year = 某一年的值写作 { $head }@{ $year }
model-resolve-takes-none = { $name }没有下标，此处却写了{ $count }个
    .help = 请写成 { $name }
model-resolve-takes = { $name }应有{ $count }个下标，而不是{ $given }个
    .help = 请写成 { $name }[{ $wanted }]
model-resolve-or = { $one }或{ $other }
model-resolve-kind-field = 字段
model-resolve-wrong-set = { $name }以{ $wanted }为下标，而不是{ $index }
    .bound = 请在此处写 { $wanted }
    .member = 请写明其成员，或对集合求和：sum({ $wanted }: …)
model-resolve-other-set = { $name }以{ $wanted }为下标，而{ $index }属于{ $found }
    .bound = 请写成 { $name }[{ $wanted }]，或写明成员：{ $members }
    .members = 其成员：{ $members }
model-resolve-second-name = i:set 用来给下标另取名称，只能写在等号左边或求和的冒号之前
model-resolve-which = 指的是哪个{ $name }？下标{ $name }在此处没有范围
    .help = 请写成 sum({ $name }: …)，或在左边写下标：x[{ $name }]
model-resolve-no-member-kind = { $name }是{ $kind }，不是成员
model-resolve-no-member = 没有成员“{ $name }”
model-resolve-no-set = 没有集合“{ $name }”
model-resolve-bound = 下标{ $bound }已在使用
    .help = 请另取名称，如 j:{ $name }
model-resolve-taken = { $bound }已是别的名称
    .help = 请换一个字母
model-call-counted = { $count }个
model-call-there-are = 此处可用：{ $names }
model-call-nearest = 相近的有：{ $alike }。此处可用：{ $names }
model-call-no-function = 此处没有函数“{ $function }”
    .gate = 它针对分布，请在 [gates] 中使用
model-call-whole-path = { $function }({ $takes }) 针对整条路径
    .mean = mean(set: x) 对集合求平均；mean(x, from, to) 对年份求平均，用在 [metrics] 和 [targets] 中
    .help = 它用在 [metrics] 和 [targets] 中
model-call-one-year = { $function }({ $takes }) 针对某一年
    .help = 请写成 ({ $function }(…))@{ $end }，或用 cagr 或 change
model-call-arguments = { $function } 的自变量为 ({ $takes })，而不是{ $given }
    .over = 对集合写作：{ $function }({ $name }: { $x })
    .over-sets = 对集合写作：{ $function }({ $sets }: { $x })
    .over-set = 对集合写作：{ $function }(set: x[set])
model-call-year = 年份写在 @ 之后：{ $name }@{ $year }
model-call-index = 下标写在方括号中：{ $name }[{ $written }]
model-call-power = 幂用 ^ 表示：({ $base })^({ $exponent })
model-call-distribution = 随机量另有位置：请在 [parameters] 或 [shocks] 中声明 x = "{ $name }({ $written })"，此处用 x
model-call-no-table = 没有名为“{ $name }”的表
    .declare = 请声明：[tables.{ $name }]，其中 x = […]、y = […]
model-call-lookup = lookup(x, table) 的第二个自变量是表名
    .help = 写 [tables] 中某个表的名称：lookup(x, learning)
model-call-smooth = smooth(x, n) 的 n 须不小于1：每年缩小与 x 差距的 n 分之一
    .help = 若要无滞后地跟随 x，请写 1；否则写更多年数
model-call-mod = mod(x, 0) 没有值：除数不能为0
    .help = 请写不为0的除数
model-call-pulse = pulse(t, n) 持续 n 年，而此处 n 小于0
    .help = 请写不小于0的年数；若要在 t 之前，请提早开始：pulse(t - n, n)
model-call-lag = 回溯的年数须为不小于0的整数，或取值为整数的数据
    .help = 直接写出数：{ $function }(x, 2)，或写字段、参数：{ $function }(x, life[plant])；不能因路径而异
model-call-years = { $function } 的年份从{ $from }到{ $to }
    .help = 较早的年份写在前面
model-call-at = x@year 用在 [metrics]、[targets] 和 [gates] 中
    .help = 方程中请用 prev(x) 或 lag(x, n)
model-call-no-year = 此处应为年份
    .help = { $start }至{ $end }，或 start_year、end_year
model-call-outside = { $written }年不在模拟期内
    .help = 情景从{ $start }年到{ $end }年
model-spread-below-zero = “{ $written }”是正态分布，有5%的值低于、5%的值高于该范围：其中{ $share }%小于零
    .truncate = 若从不小于零，请写成 { $truncated }
    .lognormal = 若从不小于零，请写成 "lognormal({ $mu }, { $sigma })"（5%、95%分位数相同），或 { $truncated }
model-spread-smoothed = { $name }(…) 把{ $count }个值用直线连接：其均值为{ $mean }、标准差为{ $sd }，而原值为{ $own_mean }和{ $own_sd }
    .help = "{ $whole }" 直接抽取这些值
model-spread-forgotten-sign = 此处的数没有 %，却比带 % 的数大许多倍，或其离散程度带有 %
    .help = 请写成 "{ $with }"；若不是百分数，请写成 "{ $without }"
model-spread-forgotten-among = 此处的数没有 %，却比其他年份或成员带 % 的数大许多倍
    .help = 请给它加上 %，或全部不写 %
model-spread-same-row = { $one }与{ $other }抽取同一列的同一行：二者总是相等
    .help = 若各自单独抽取，请以 'own' 作为最后一个自变量：resample('file.csv', 'column', 'own')
model-symbols-set = 集合
model-symbols-member = 成员
model-symbols-parameter = 参数
model-symbols-shock = 冲击
model-symbols-variable = 变量
model-symbols-kind-shock = 冲击
model-symbols-field = “{ $name }”既是字段，又是{ $kind }
    .help = 请给其中一个改名
model-symbols-two-sets = 两个集合都有成员“{ $name }”
model-symbols-two-kinds = “{ $name }”既是{ $one }，又是{ $other }
    .help = 成员、集合、变量、参数和冲击的名称不能相同：请给其中一个改名
model-unit-all-checked = 全部{ $checked }处的计量单位已核对
model-unit-unchecked = 计量单位：已核对{ $checked }处；{ $count }处未核对，因{ $names }未注明单位{ $quantities ->
   *[other] {"{"}""{"}"}
}
model-unit-names = { $names }
model-unit-names-more = { $names }等{ $count ->
   *[other] {"{"}""{"}"}
}
model-unit-in = 以 { $unit } 为单位
model-unit-is-pure = 是纯数
model-unit-pure = 纯数
model-unit-gives = { $whose }得出的是 { $gives }，而所注明的是 { $says }
    .mend = 请更正公式，或写 unit = "{ $unit }"
model-unit-gives-times = { $whose }得出的是 { $gives }，而所注明的是 { $says }，是前者的{ $ratio }倍
    .help = 请除以 { $ratio }，或写 unit = "{ $unit }"
model-unit-gives-part = { $whose }得出的是 { $gives }，而所注明的是 { $says }，是前者的1/{ $ratio }
    .help = 请乘以 { $ratio }，或写 unit = "{ $unit }"
model-unit-apart = { $a } { $one }，{ $b } { $other }：二者不能{ $verb }
    .convert = 请写成 { $b } { $factor }，即{ $unit }
    .check = 请检查两边的单位，或是否有一边缺少以 { $unit } 为单位的因子
    .bound = 请用 { $unit } 写界限，或改为比较比例或比率
    .parameter = 请把 { $pure } 写成参数并注明 unit = "{ $unit }"，或将 { $with } 除以同单位的值
    .share = { $with } 的一部分写作 { $with } * { $pure }
model-unit-added = 相加
model-unit-subtracted = 相减
model-unit-compared = 比较
model-unit-chosen = 择一取用
model-unit-branches = 作为同一 if 的两个分支
model-unit-no-root = { $gives } 开方后不成单位
model-unit-divide = 请除以其 start 值，或另一个同单位的值
model-unit-exponent = 指数应为纯数，而 { $words } { $unit }
model-unit-takes = { $function } 的自变量应为纯数，而 { $words } { $unit }
    .write = 请写成 { $function }({ $words } { $factor })
model-unit-lookup = { $words } 的单位是{ $unit }，而表 { $name } 的 x 单位是{ $wanted }
    .help = 换算单位，或修改表的 `x_unit`
model-unit-no-power = { $words } { $unit }，因此其指数应为固定的数，如2
model-unit-from-of = { $name }的初值
model-unit-start-of = { $name }的 start 值
model-unit-formula-of = { $name }的公式
model-unit-metric = 指标{ $name }
model-unit-argument-of = { $name }的分布的自变量
model-unit-mixed = { $name }以 { $unit_text } 为单位，此处的数没有 %，而同一值的其他数有
    .help = 请写成 "{ $with }"；若各数均以 { $unit_text } 为单位，请写成 "{ $without }"；零不需要 %
model-unit-some-signs = { $name }以 { $unit } 为单位，其值有的带 %，有的不带
    .help = 请全部带 %（"4.5%"，即 0.045），或全部不带（4.5，以百分之一为单位）
model-unit-share = { $name }以 { $text } 为单位，而{ $written }在0与1之间，即至多百分之一
    .help = 若是0与1之间的比例，请写 unit = "1"，或在引用它的公式中乘以100
model-unit-own-unit = { $name }的单位为 { $text }，此值的单位却为 { $own }
    .help = { $name }的所有值须用同一单位：请换算成 { $text }
model-unit-long = 单位的文字最多{ $max_length }个字节，此处有{ $given }个
model-unit-unsound = 单位“{ $text }”过大或过小，无法计算
model-unit-out-of-place = “{ $sign }”在单位“{ $text }”中位置不对
model-unit-no-fraction = 单位“{ $unit }”中的幂{ $exponent }不是简单分数
model-unit-empty = 单位为空
model-unit-breaks-off = 单位“{ $unit }”不完整
model-unit-open-bracket = 单位“{ $unit }”中的括号未闭合
model-unit-unknown = 没有单位“{ $word }”
    .declare = 自定的单位用 [units] { $name } = "base" 声明，或写它等于多少，如 "50 kg"
    .near = 是否想写“{ $near }”？自定的单位用 [units] { $name } = "base" 声明，或写它等于多少，如 "50 kg"
model-unit-no-number = “{ $digits }”不能用作单位中的数
model-unit-power = 单位“{ $unit }”中的幂不是-32至32的整数
model-unit-known = 单位{ $name }已存在
    .help = 请另取名称：语言自带的单位不能改动
model-unit-no-name = “{ $name }”不能用作单位名称
    .help = 单位名称以字母开头，由字母、数字和 _ 组成
model-unit-declared = 单位{ $name }：{ $why }
model-unit-circle = 这些单位相互定义，成了循环：{ $names }
    .help = 请把其中一个声明为 "base"
model-unused-variable = 变量{ $name }没有被用到，也不在报告之列
    .help = 请使用它，用 report = true 标记，或删去
model-unused-table = 没有公式查用表 { $name }
    .help = 用 lookup(x, { $name }) 查用，或将其删除
model-unused-unit = 没有量以{ $name }为单位
    .help = 请使用它，或删去
model-unused-set = 集合{ $name }没有被用到
    .help = 请使用它，或删去
model-unused-no-source = 来源“{ $id }”不在 [sources] 中
model-unused-source = 来源{ $id }没有被引用
    .help = 请在以它为依据的值处注明 source = "{ $id }"，或删去
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
    .help = 请补引体现该力度的词（{ $words }），或更正措辞力度
model-softness-departs = 目标 { $target } 没有遵循其文件表述（{ $softness }）的规则
model-softness-share = 应要求达到表述数值的{ $share }%，而不是{ $asked }%；或写成该目标的另一口径（variant_of）
model-softness-status = 应要求达到相应状态：{ $name }[…]@2025 == 1；或写成该目标的另一口径（variant_of）
model-softness-unread = 无法读出要求达到表述的多少：请用一个变量与一个数比较，并把原表述写成 states

model-pool-world = 属于哪个情景
model-pool-error = 在情景 { $world } 中：{ $why }
model-pool-in-world = { $title }（{ $world }）
model-pool-nothing = 无
model-pool-name-taken = 情景 { $world } 中有名为 `{ $name }` 的输入、指标或目标，而情景组合用此名表示路径属于哪个情景
    .help = 请在该情景中为其另取名称
model-pool-differs = { $name }在各情景中不一致：{ $first_world } 中为{ $first }，{ $other_world } 中为{ $other }
    .help = 各情景共有的量须单位相同（写法一致）、年份相同
model-pool-nothing-common = 各情景没有共同的记录变量、指标或目标
    .help = 请在各情景中记录相同的变量（report = true），或为组合设置目标
model-pool-left-out = 只有部分情景有{ $names }：已略去
model-pool-left-out-more = 只有部分情景有{ $names }等共{ $count }项：已略去

## engine: 模拟

engine-error-no-paths = 一次运行至少需要1条路径：请要求1条或更多
engine-error-many-paths = { $paths }条路径超过一次运行可计的数目：请要求不超过{ $most }条
engine-error-no-threads = 一次运行至少需要1个线程：请要求1个或更多，或不写线程数
engine-error-threads = 无法启动运行所需的线程（{ $reason }）：请减少线程数
engine-error-dimensions = 每条路径要抽取{ $dimensions }个随机数，而 Sobol 点列最多{ $most }维：请用 --sampling 另选抽样方法
engine-error-interrupted = 运行在完成{ $finished }条路径后停止
engine-refusal-many-observations = { $year }年有{ $observations }个观测值，而当年影响它们的冲击只有{ $scores }个：请去掉{ $surplus }个观测值，或给模型增加冲击
engine-refusal-dependent = { $year }年没有冲击能使{ $variable }独立于其他观测值变动：请去掉它的观测值
engine-refusal-rough = 观测值依赖以代入法求解、或容差大于 1e-8 的联立方程，而路径的权重需要精确的导数。请减小容差，或改用循环之外的观测值
engine-refusal-no-path = 在数值精度之内，没有路径与观测值相符：请检查单位或基年是否不同，或增大标准差 sd


## result: 结果与运行文件夹

result-drivers-too-many = 抽样过多，无法逐一考察；可用 plancast sensitivity --of 针对单个结果计算

result-folder-cannot-move = 他人放在其中的 { $path } 无法移动：{ $why }
    .help = 请改为可写或将其移走，或用 --out 另选文件夹
result-folder-link = 符号链接指向运行文件夹之外
    .help = 请删去该链接，或改用其他文件名
result-folder-own-file = 它是运行结果的 { $name }，只由运行本身写入
    .help = 请改用其他文件名
result-folder-changed = 所在运行文件夹的 manifest.json 写出后被改动过
    .help = 请用 plancast verify 查看，或写到别处
result-folder-report = 请向开发者报告此问题
result-folder-name = “{ $id }”不能作为文件夹名：名称不能为空、不能以点号开头、不能含有斜杠
result-folder-control = “{ $id }”不能作文件夹名称：其中含有控制字符
result-folder-long = 文件夹名长{ $length }字节，超过上限{ $most }字节
result-folder-other-id = 请改用其他 id
result-folder-manifest = 其 manifest.json 不是 plancast 写出的原样
result-folder-other = 该处已有内容，且不是 plancast 的运行结果
    .help = 请将其移走，或用 --out 指定其他文件夹

result-part-none = 不是运行分片（{ $schema }）
result-part-damaged = 文件内容已损坏；请重新模拟该分片
result-part-senseless = 其中的计数互相矛盾（{ $how }）；请重新模拟该分片
result-part-foreign = 属于另一次运行：{ $what }
result-part-overlap = 路径{ $first }至{ $last }在 { $other } 中也有；请去掉其中之一
result-part-missing = 路径{ $first }至{ $last }不在任何分片中；请补充模拟
result-part-missing-shard = 路径{ $first }至{ $last }不在任何分片中；请用同一命令加上 --shard { $shard } 补充模拟
result-part-missing-shards = { $of }个分片中缺少{ $count }个；请用同一命令加上 --shard K/{ $of } 补充模拟，K 取 { $numbers }
result-part-no-shard = 其分片编号不成立
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
result-part-drivers = 其计数属于其他驱动因素
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
result-sound-shared = 多条路径共有的数值不在其数值之中
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
result-store-part = 这是一次运行的一部分，还没有结果
    .help = 请先用 `plancast merge` 和各部分的文件夹合并
result-store-no-schema = 没有写明格式，应为“{ $wanted }”
result-store-this-version = 请用本版本 plancast 重新运行该情景

result-unknown-rounding = 各路径之间的差异小于10¹³分之一，可能只是舍入误差
result-unknown-rare = 其方差在很大程度上来自所考察的{ $paths }条路径之外的罕见路径，请增加路径数
result-unknown-not-finite = 在所考察的{ $paths }条路径中有{ $count }条为无穷或无有效数值，方差不存在
result-unknown-not-known = 在所考察的{ $paths }条路径中有{ $count }条无法判断是否达成
result-unknown-few-paths = 仅{ $paths }条路径，不足以判断，请增加路径数
result-unknown-outlying = 所考察的{ $paths }条路径中有{ $count }条远离其余路径，方差无法确定
result-unknown-too-rare = 影响它的情形过于罕见，在{ $paths }条路径中无法找出；可用 plancast sensitivity --of 单独计算
result-unknown-few-carry = 其方差取决于所考察的{ $paths }条路径中的少数几条，请增加路径数
result-unknown-few-differ = 所考察的{ $paths }条路径中结果不同的过少，请增加路径数

result-verify-no-run = 不是运行文件夹：其中没有 plancast 的 manifest.json
result-verify-no-files = 其 manifest.json 没有列出文件：由较早版本写成
    .help = 请重新运行其中的 scenario.toml 以生成新文件
result-verify-permissions = 请检查其权限
result-summary-world = { $title } { $weight }%
result-summary-worlds = 情景组合：{ $worlds }

## analysis: 对模型的分析

analysis-against-gone = 缺少{ $kind } { $name }
analysis-against-new = 新增{ $kind } { $name }
analysis-against-target = 目标
analysis-against-metric = 指标
analysis-against-variable = 变量
analysis-against-scenario = 情景不同
analysis-against-title = 情景标题
analysis-against-condition = 路径的前提条件
analysis-against-years = 年份范围
analysis-against-years-of = { $name } 的年份范围
analysis-against-draws = 种子 × 路径数与抽样方式：数值按合并误差比较
analysis-against-unit = { $name } 的单位
analysis-against-requirement = 目标 { $name } 的要求
analysis-against-sentence = { $what }：基准为 { $before }，现为 { $after }

analysis-backtest-nothing = 从这些起报年都无法作出预测：{ $why }
    .help = 请选择历史序列范围之内的起报年
analysis-backtest-no-history = { $name } 没有 [history]，无法评分
analysis-backtest-no-histories = 没有任何变量带有 [history]，无从评分
    .help = 请加上历史序列，例如 [history.gdp] file = "record.csv", year = "year", value = "gdp"
analysis-backtest-fitted = { $input } 由拟合得出，但没有写明拟合用了哪些年份
    .help = 请对拟合之前的情景（即本情景 extends 的情景）做回测
analysis-backtest-beginning = { $name } 从基年的值开始，却没有 [history]：无法得知它在各起报年的值
    .help = 请加上 [history.{ $name }]，或只对不依赖它的变量评分
analysis-backtest-nothing-followed = 其后没有实际记录
analysis-backtest-not-finite = { $name } 在{ $year }年的某些路径上为无穷或无有效数值
analysis-backtest-window = 拟合窗口从{ $from }年开始，不早于起报年
analysis-backtest-errors = 情景有错误
analysis-backtest-not-recorded = { $name } 在{ $year }年没有记录
analysis-backtest-no-index = { $name } 没有下标
analysis-backtest-many-sets = { $name } 从基年的值开始，而其下标涉及两个以上的集合
analysis-backtest-no-values = { $name } 没有历史序列
analysis-backtest-no-set = { $name } 没有集合

analysis-decompose-no-variable = 没有变量“{ $name }”
analysis-decompose-undeclared = 情景没有说明 { $total } 按哪些因素分解
    .help = 请写明：--by 'structure=va[sector]/gdp'，或写入表 [decompositions.{ $total }]；情景中已声明分解的有：{ $names }
    .none = 请写明：--by 'structure=va[sector]/gdp'，或写入表 [decompositions.{ $total }]；情景中尚未声明任何分解
analysis-decompose-no-effect = { $total } 的分解中没有效应“{ $name }”
analysis-decompose-apart = { $total } 没有同时包含{ $effects }的分解
    .help = 请只要求同一分解中的效应
analysis-decompose-not-there = 没有可供分解的变量“{ $name }”
analysis-decompose-members = 集合 { $set } 在情景 { $one } 与 { $other } 中的成员不同
    .help = 请改用两个情景成员相同的集合上的因素
analysis-decompose-many-terms = 这些因素展开后至少有{ $count }项，而最多只能有{ $most }项
    .help = 请改用较小集合上的因素
analysis-decompose-no-set = 这些因素都不在集合“{ $set }”上展开

analysis-fit-nothing = 情景没有 [fit]，没有可估计的内容
    .help = 请加上一张表，例如 [fit.cycle] of = "gdp_growth", method = "ar1", free = {"{"} coefficient = "persistence" {"}"}
analysis-fit-twice = [fit.{ $one }] 与 [fit.{ $other }] 都要估计 { $input }
    .help = 请只在其中之一估计它
analysis-fit-late-window = [fit.{ $name }] 的窗口到{ $to }年为止，晚于基年{ $start }年：这些年份若再用来评分，结果早已用于估计
    .help = 请让窗口止于基年
analysis-fit-leak = [fit.{ $name }] 用{ $from }—{ $to }年的记录估计 { $input }，而评分从{ $first }年开始：拟合用过的年份不算预测
    .help = 请只拟合到基年为止，或对更晚的年份评分
analysis-fit-short = [fit.{ $name }] 只有{ $years }个观测值（{ $from }—{ $to }年），至少要有{ $needed }个才有意义
    .help = 请加长历史序列，或扩大窗口 `over`
analysis-fit-constant = { $series } 在各年都相同，无法估计
    .help = 请去掉它
analysis-fit-no-input = [fit.{ $name }] 没有在 `free` 中写明要估计的输入
    .help = 例如 free = ["volatility", "persistence"]
analysis-fit-many-inputs = [fit.{ $name }] 要估计{ $count }个输入，而模拟最多只能分辨{ $most }个
    .help = 请减少 `free` 中的输入，或让几个成员共用一个输入
analysis-fit-innovations = [fit.{ $name }]：innovations = "t" 只用于 ar1 和 var1
    .help = 请删去
analysis-fit-one-series = [fit.{ $name }]：{ $method } 只用于单个序列，此处却有{ $count }个
    .help = 请改用 method = "var1"，或为每个序列各写一个 [fit]
analysis-fit-which = { $input } 取哪个估计量？
    .help = 请写成 free = {"{"} { $estimate } = "{ $input }" {"}"}；可选的估计量：{ $names }
analysis-fit-of-match = 匹配（match）直接估计输入，没有“{ $estimate }”这样的估计量
    .help = 例如 free = ["volatility", "persistence"]
analysis-fit-no-estimate = 没有估计量“{ $estimate }”
    .help = 可选的估计量：{ $names }
analysis-fit-shock = { $name } 是冲击；能估计的是每条路径只抽取一次的参数或字段
    .help = 请把冲击写成标准冲击乘以参数：volatility * eps
analysis-fit-unknown = 没有参数或字段“{ $name }”
analysis-fit-already = { $name } 已经拟合过：其抽样若再用于拟合，同一记录就计了两次
    .help = 请用拟合之前的情景（即本情景 extends 的情景）
analysis-fit-number = { $name } 是固定的数，而匹配需要知道在什么范围内寻找
    .help = 请给它一个分布作为先验：{ $name } = "uniform(0, 0.2)"
analysis-fit-discrete = { $name } 的先验 { $written } 只取离散值
    .help = 请改用连续分布
analysis-fit-varying = { $name } 的先验 { $written } 的自变量随路径变化
    .help = 请改为估计其自变量，或给它以数为自变量的分布
analysis-fit-undetermined = 历史记录不足以确定 [fit.{ $name }] 的估计值
    .help = 请使用更长的记录，或减少序列
analysis-fit-prior-range = [fit.{ $name }] 中系数的先验在-1与1之间没有取值
    .help = 例如 uniform(0, 0.95)
analysis-fit-contradiction = [fit.{ $name }] 的先验与历史记录相互矛盾：几乎没有抽样能同时符合二者
    .help = 请放宽所估计输入的先验
analysis-fit-no-moment = [fit.{ $name }] 没有可匹配的矩：相关系数需要两个序列
    .help = 例如 match = ["sd", "autocorrelation"]
analysis-fit-unlike = 为 [fit.{ $name }] 模拟的{ $count }条记录中，与实际记录相像的不到千分之一
    .help = 请放宽先验，或用 plancast explain 查看情景缺少什么
analysis-fit-same-moments = [fit.{ $name }] 的矩不随模拟所用的输入变化
    .help = 请在 `free` 中写入能影响这些矩的输入
analysis-fit-no-history = [fit.{ $name }] 没有依据：情景没有 [history]
    .help = 请加上历史序列，例如 [history.gdp_growth] file = "record.csv", year = "year", value = "growth"
analysis-fit-not-recorded = { $series } 在{ $from }至{ $to }年间没有记录
    .help = 其中每个变量都要有 [history]，或由这样的变量和固定的数通过方程得出
analysis-fit-gap = [fit.{ $name }] 的记录中断：{ $series } 在{ $year }年没有记录
    .help = 请补全历史序列，或从较晚的年份开始：over = [{ $from }, { $to }]
analysis-fit-no-years = [fit.{ $name }] 的各序列没有共同的记录年份
    .help = 请提供年份相同的历史序列
analysis-fit-many-years = { $years }年超过情景可有的年数
    .help = 请缩短窗口
analysis-fit-not-finite = { $paths }条模拟记录中，各值均有限的只有{ $found }条
    .help = 请收窄先验，或用 plancast explain --path 查看

# 拟合所得情景中对各值的说明，写在引号之内。
analysis-fit-title = 由 plancast fit 根据历史数据估计
analysis-fit-note = 拟合{ $name }（{ $method }），{ $series }，{ $from }—{ $to }年（{ $years }个观测）：{ $value }

# 路径为何不能判定，句末不带句号。
analysis-gates-close = 区间跨过门槛值：若估计值无误，约需{ $needed }条路径才能判定（--max-paths）；若真值恰在门槛上，则任何路径数都无法判定，须放宽要求
analysis-gates-together = 由这些区间算出的结果跨过门槛值，或并非处处有值：若各估计值无误，约需{ $needed }条路径才能判定（--max-paths）
analysis-gates-together-never = 由这些区间算出的结果跨过门槛值，或并非处处有值：任何路径数都可能无法判定，请略微放宽要求，或直接将统计量与数值比较
analysis-gates-no-value = 在各估计值处，所比较的量没有值（如 0 / 0）：任何路径数都无法判定，请改写该门槛
analysis-gates-on-bound = 区间跨过门槛值，而目前所知的数值恰在门槛上：任何路径数都可能无法判定，请略微放宽要求
analysis-gates-cell = 门槛值{ $bound }落在同一个计数区间[{ $low }, { $high }]之内，其中有{ $paths }条路径
analysis-gates-resolution = 数值按格计数，它所在的一格在两侧各留有 { $half } 的余地
analysis-gates-never-defined = 其条件永远不成立
analysis-gates-condition-not-seen = 在{ $paths }条路径中，其条件一次也没有成立
analysis-gates-too-large = 数值太少，或太大而无法相加
analysis-gates-infinite = 其数值在{ $infinite }条路径上为无穷（第一条：--path { $first }）
analysis-gates-not-a-number = 其数值在{ $nan }条路径上无有效数值（第一条：--path { $first }）
analysis-gates-not-finite = 其数值在{ $infinite }条路径上为无穷，在{ $nan }条路径上无有效数值（第一条：--path { $first }）
analysis-gates-never = 在{ $paths }条路径中有{ $infinite }条从不出现，该分位数落在其中，不是某一年份
analysis-gates-infinite-quantile = 在{ $paths }条路径中有{ $infinite }条为无穷，该分位数落在其中
analysis-gates-no-spread = 所有路径的数值都相同，但也可能出现其他数值
analysis-gates-no-spread-below = 所平均的最低部分路径数值都相同，但也可能出现其他数值
analysis-gates-heavy-tail = 个别路径可能极端到使全部路径的平均值无法稳定（帕累托形状参数{ $shape }，不超过0.45才可靠）
analysis-gates-one-path = { $paths }条路径中仅一条就占其不确定性的一半：尾部过厚或情形过于罕见，增加路径数未必有用
analysis-gates-few-paths = 其不确定性的一半来自{ $carry }条路径（共{ $paths }条）：太少，不足为据
analysis-gates-too-rare = 它在很大程度上取决于极端抽样值，而这种抽样值罕见到任何路径数都难以充分显示
analysis-gates-rare-extremes = 它在很大程度上取决于罕见的极端抽样值，约需{ $needed }条路径才能充分显示（--max-paths）
analysis-gates-rare-case = 它所依赖的一种情形在{ $paths }条路径中只出现{ $seen }次：太少，无法得知其影响
analysis-gates-rare-case-of = 它所依赖的一种情形（取决于{ $inputs }）在{ $paths }条路径中只出现{ $seen }次：太少，无法得知其影响
analysis-gates-rare-draw = { $input }极少取到极端值，约需{ $needed }条路径才能看出其影响

analysis-score-no-distributions = { $folder } 中的运行结果没有 distributions.json
    .help = 请用本版本重新运行该情景

analysis-solve-goal-examples = 例如 p(target) = 80%、mean(gdp@2030) >= 3000、quantile(co2@2030, 90%) <= 80
analysis-solve-no-goal = 求解目标应写明某个统计量要达到多少
analysis-solve-goal-parts = 求解目标由三部分组成：一个统计量，= >= <= > < 之一，一个数
analysis-solve-goal-constant = 求解目标的两边都是固定的数，没有需要模拟的量
analysis-solve-goal-number = 求解目标的右边应为一个数
analysis-solve-goal-probability = 概率应在0%至100%之间
analysis-solve-goal-statistic = 求解目标的左边应为 p(…)、mean(…)、sd(…)、quantile(…, q) 或 expected_shortfall(…, q)
analysis-solve-goal-level = 分位水平应为0与1之间的数：10% 或 0.1
analysis-solve-goal-arguments = { $function } 应有{ $takes }个自变量，而不是{ $given }个
analysis-solve-goal-unknown = 没有统计量“{ $name }”：{ $statistics }
analysis-solve-no-lever = { $name } 没有可调范围（lever）：请说明它可在什么范围内变动
    .mean = { $name } 没有可调范围（lever）：请说明其均值可在什么范围内变动
    .median = { $name } 没有可调范围（lever）：请说明其中位数可在什么范围内变动
    .first = { $name } 没有可调范围（lever）：请说明其首个值可在什么范围内变动
    .shift = { $name } 没有可调范围（lever）：请说明所加的数可在什么范围内变动
    .factor = { $name } 没有可调范围（lever）：请说明所乘的倍数可在什么范围内变动
    .help = 请写 --between 下限,上限
analysis-solve-too-low = 取{ $x }时，{ $name } 将为{ $number }，而它应不小于{ $bound }
analysis-solve-too-high = 取{ $x }时，{ $name } 将为{ $number }，而它应不大于{ $bound }
analysis-solve-narrow = 请缩小范围：--between 下限,上限
analysis-solve-no-name = “{ $name }”不是参数或字段的名称：{ $why }
    .help = 例如 --vary subsidy、--vary 'price[coal]' 或 --vary price@2030
analysis-solve-shock = { $name } 是冲击：每年重新抽取，没有可供求解的值
    .help = 请改变它所影响的量的某个参数，或用 --set 看看换一个分布会怎样
analysis-solve-no-year = “{ $year }”不是年份
analysis-solve-several = { $name } 包含{ $count }个值，每个成员一个
    .help = 请写明其中一个：--vary '{ $plain }[{ $member }]'；或让全部同样变动：--shift { $plain }、--scale { $plain }、--fix { $plain }
analysis-solve-all-years = { $name } 各年都是同一个值
    .help = 请写 --vary '{ $name }'
analysis-solve-on-line = { $name } 在{ $year }年没有自己的值：该年的值由前后两年连线得出
    .help = 有值的年份：{ $years }
analysis-solve-no-value = 没有值“{ $name }”
    .help = 它没有下标
analysis-solve-follows = { $name } 是{ $what }，由各输入计算得出
    .help = 请改变它所依赖的参数或字段；plancast explain 会列出是哪些
analysis-solve-variable = 变量
analysis-solve-metric = 指标
analysis-solve-target = 目标
analysis-solve-unknown = 情景没有参数或字段“{ $name }”

analysis-statement-empty = { $option } 为空
    .help = { $option } 应为关于路径的公式，例如 { $option } 'gdp@2025 >= 2000'

## chart: 图

# 图上读数的名称。
chart-scenario = 情景
chart-target = 目标
chart-probability = 概率
chart-median = 中位数

# 多种图共用的图例与坐标轴。
chart-legend-band = { $share }%概率区间
chart-legend-mark = 目标及其达成概率
chart-legend-beyond = 目标（超出坐标范围）
chart-marks-say = 指向各标记可见其水平和达成概率
chart-unlabelled = 另有{ $count }项目标因图中位置不足未标注，见目标表
chart-axes-unit = 单位：{ $unit }
chart-axes-logarithmic = 对数坐标
chart-axes-unit-logarithmic = 单位：{ $unit }；对数坐标

chart-calendar-axes = 截至该年建成达产的概率（%），两数之间保持不变，空白为没有任何路径达成；加框者为概率首次过半的年份；末列为到期末仍未建成的概率
chart-calendar-planned = 规划年份
chart-calendar-never = 未建成
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
chart-heatmap-axes-given = 行目标达成时列目标达成的概率（%）；加框者为该行目标单独达成的概率；+、−表示明显高于、低于无此条件时
chart-heatmap-then = 则
chart-heatmap-with = 同时达成

chart-histogram-axes = 占全部路径的比重
chart-histogram-never = 此后或从未
chart-histogram-open = { $year }年或此后：模拟到此为止

chart-panels-spoken = { $spoken }；{ $title }：{ $caption }

chart-picture-failed = 无法生成图片：{ $why }
chart-picture-size = 图为空或过大

chart-ridges-density = 概率密度（各年高度分别取齐）

chart-scatter-drawn = 图中为计算概率所用{ $paths }条路径中的{ $shown }条
chart-scatter-beyond = ，其中{ $count }条超出坐标轴（三角形）
chart-scatter-quadrant = { $x }且{ $y }：{ $odds }

chart-scorecard-likely = 可能性较大：三分之二以上
chart-scorecard-open = 可能性居中
chart-scorecard-unlikely = 可能性较小：三分之一以下

chart-stack-axes = 各路径均值
chart-stack-axes-unit = 各路径均值，{ $unit }


## export: 结果文件

export-paths-machine = { $why }；请检查路径与磁盘
export-paths-columns = 文件结构中的列数少于数据
export-paths-no-parquet = 本构建版本不支持写出 Parquet；请写 .csv.gz，或用 --features parquet 构建
export-paths-interrupted = 已中断
export-paths-ending = --export { $name }：文件名应以 .csv、.csv.gz 或 .parquet 结尾

export-statistic-probability = { $of } 的概率
export-statistic-given = { $given } 时 { $event } 的概率
export-statistic-mean = { $of } 的均值
export-statistic-sd = { $of } 的标准差
export-statistic-quantile = { $level ->
    [0.5] { $of } 的中位数
   *[other] { $of } 的{ $percent }%分位数
}
export-statistic-shortfall = { $level ->
   *[other] { $of } 最低{ $percent }%的均值
}
export-statistic-surplus = { $level ->
   *[other] { $of } 最高{ $percent }%的均值
}
export-statistic-correlation = { $one } 与 { $other } 的相关系数

# 构建服务器显示的检查结果。
export-verdicts-baseline = 基准：{ $scenario }
export-verdicts-drift = 偏离基准：{ $scenario }
export-verdicts-refused = 无法检查：
export-verdicts-confidence = 每个门槛判定正确的概率不低于{ $percent }%。
export-verdicts-confidence-unmarked = 每个不带 * 的门槛判定正确的概率不低于{ $percent }%。
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
export-verdicts-legend = * 没有保证：方程给出的取值范围不够窄，结论依据正态近似。已模拟的路径以及另行模拟的极端抽样路径都没有显示不宜近似的厚尾或罕见情形；未出现过的情形不在其中。
export-verdicts-method-equations = 由方程确定
export-verdicts-method-record = 由记录确定
export-verdicts-method-exact = 精确
export-verdicts-method-order = 次序统计量
export-verdicts-method-range = 已知取值范围
export-verdicts-method-draws = 抽样取值范围
export-verdicts-method-normal = 正态近似
export-verdicts-never = 未出现
export-verdicts-share = { $name } = { $middle }%（{ $low } 至 { $high }）
export-verdicts-value = { $name } = { $middle }（{ $low } 至 { $high }）
export-verdicts-share-unknown = { $name }：未知（{ $low } 至 { $high }%）
export-verdicts-value-unknown = { $name }：未知（{ $low } 至 { $high }）
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
report-figure-share-of = { $sign } { $level }（{ $whole }的{ $share }）
report-figure-years = { $years }
report-figure-years-range = { $first }—{ $last }
report-figure-mark = { $level }：{ $probability }
report-figure-subtitle = { $region }·{ $title }
report-figure-footer-first = plancast · 情景 { $id } · { $paths }（本图用前{ $shown }条） · 随机种子 { $seed }
report-figure-source = {" "}· 数据来源：{ $source }
report-figure-footer = plancast · 情景 { $id } · { $paths } · 随机种子 { $seed }
report-figure-paths = { $paths }条模拟路径
report-figure-paths-given = { $among }条模拟路径中满足 { $condition } 的{ $paths }条
report-figure-paths-observed = { $paths }条模拟路径（按观测值加权）
report-figure-several = plancast · 情景 { $ids } · 各{ $paths }，使用相同的随机抽样 · 随机种子 { $seed }
report-figure-several-run = { $id }（{ $paths }，随机种子{ $seed }）
report-figure-several-unlike = plancast · { $runs }

report-calendar-title = 建成达产时间表
report-composition-others = 其他
report-composition-unsettled = ；{ $years }年合计均值不收敛，未列
report-composition-title = { $title }：构成
report-density-title = { $title }：逐年概率分布
report-exceedance-some-years = { $subtitle } · { $count }个年份中的{ $shown }个
report-exceedance-years = { $title }：截至各年的概率
report-exceedance-levels = { $title }：达到各水平的概率
report-conditional-title = 一项目标达成时，其他目标达成的概率
report-conditional-title-group = { $group }：一项目标达成时，其他目标达成的概率
report-joint-title = 目标同时达成的概率
report-joint-title-group = 目标同时达成的概率：{ $group }
report-paths-title = { $title }：单条模拟路径
report-scatter-title = { $year }年逐条路径：{ $a }与{ $b }
report-scatter-axis = { $title }（{ $unit }）
report-scatter-base = { $year }年：{ $value }
report-violin-title = { $year }年{ $title }：各情景比较

report-goals-together = 全部{ $targets }项目标同时达成：{ $probability }
report-goals-together-left = { $goals }个目标同时达成：{ $probability }（共{ $targets }项；未计入：{ $left }）
report-goals-left-readings = 同一目标的其他口径{ $count }项
report-goals-left-joins = 由其他目标合成{ $count }项
report-goals-left-decided = { $what }{ $count }项

report-lead-alone = { $met }。
report-lead-risk = { $met }；首要风险是“{ $risk }”，仅这一项即可解释成败差异的{ $share }。
report-lead-decided = “{ $title }”：{ $words }
report-lead-extreme = “{ $title }”的达成概率：{ $words }
report-lead-met = “{ $title }”：每100条模拟路径中有{ $count }条达成
report-lead-outcome = { $year }年{ $title }

# The first screen of a page.
report-scorecard-about = 约{ $count ->
    [1] 一成
    [2] 两成
    [3] 三成
    [4] 四成
    [5] 五成
    [6] 六成
    [7] 七成
    [8] 八成
   *[9] 九成
}（{ $of }次中{ $count }次）
report-scorecard-below = 不足{ $of ->
    [100] 百分之一
    [20] 二十分之一
   *[10] 一成
}（{ $of }次中不到{ $count }次）
report-scorecard-above = 超过{ $of ->
    [100] 百分之九十九
    [20] 二十分之十九
   *[10] 九成
}（{ $of }次中多于{ $count }次）
report-scorecard-before = 依据记录更新前：{ $words }
report-scorecard-absent = 本情景未设此目标
report-scorecard-finding = 以下{ $total }项目标中，{ $likely }项达成的可能性大于落空
report-scorecard-finding-in = { $scenario }：{ $finding }
report-page-goals = 目标能否实现
report-page-print = 打印全部内容，而不只是摘要

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

report-bounds-between = { $name } 在{ $of }条路径中的{ $count }条上有年份超出范围 { $low } 到 { $high }
report-bounds-below = { $name } 在{ $of }条路径中的{ $count }条上有年份低于其下限 `min` { $low }
report-bounds-above = { $name } 在{ $of }条路径中的{ $count }条上有年份高于其上限 `max` { $high }
report-unknown-line = –：{ $why }（{ $names }）
report-unknown-no-value = 没有任何路径有数值
report-unknown-one-path = 仅1条路径：离散程度未知；“均值”一栏为该路径上的数值。
report-unknown-never = 在部分路径上始终未出现，故没有均值
report-unknown-infinite = 在部分路径上为无穷，故没有均值
report-unknown-not-a-number = 在部分路径上无有效数值，结果取决于这些路径
report-unknown-large = 数值过大，其和超出可表示的范围
report-unknown-no-spread = 所有路径的数值都相同，但也可能出现其他数值
report-unknown-tail = 尾部过厚，均值不稳定或不存在

report-why-year = { $year }年{ $title }受什么影响？
report-why-target = “{ $title }”的达成概率受什么影响？
report-why-metric = “{ $title }”受什么影响？
report-why-unknown = 。{ $years }年未知：{ $why }
report-why-unknown-years = 。{ $years }年未知，未列
report-why-more = 。共{ $count }项输入，列出{ $shown }项
report-why-about = 竖线为全部路径的均值；圆点之后为方差贡献。多次抽样的输入整体移动
report-why-about-never = 竖线为全部路径的均值；圆点之后为方差贡献。多次抽样的输入整体移动；始终未出现的按{ $year }年计
report-why-low = 输入取10%分位数（或最小值）时
report-why-high = 输入取90%分位数（或最大值）时
report-why-learnable = { $title }：可降低的不确定性与随机波动
report-why-shares = 各年方差的构成；右侧为参数·冲击
report-why-parameters = 参数（来源为A、B级或未评级）
report-why-weak = 来源为C、D级的输入
report-why-shocks = 冲击
report-why-jointly = 交互作用
report-why-ends = { $title }（{ $low }至{ $high }）

report-wording-basis = 本情景对{ $start }—{ $end }年进行了{ $paths }次模拟，每次模拟都重新抽取所有不确定的量。
report-wording-basis-given = 本情景对{ $start }—{ $end }年进行了{ $among }次模拟；以下各项只针对其中满足 { $condition } 的{ $paths }次。
report-wording-basis-observed = 本情景对{ $start }—{ $end }年进行了{ $paths }次模拟，每次模拟都与{ $first }—{ $last }年的观测值相符；以下各项反映在此之后仍不确定的部分。
report-wording-headline = { $year }年{ $title }：中位数为{ $middle }，九成路径介于{ $low }与{ $high }之间。
report-wording-headline-unit = { $year }年{ $title }：中位数为{ $middle }{ $unit }，九成路径介于{ $low }与{ $high }之间。
report-wording-counts = { $total }项目标中，{ $likely }项可能性较大（达成概率在三分之二以上），{ $between }项可能性居中，{ $unlikely }项可能性较小（三分之一以下）。
report-wording-counts-left = { $total }项目标中，{ $likely }项可能性较大（达成概率在三分之二以上），{ $between }项可能性居中，{ $unlikely }项可能性较小（三分之一以下）。未计入：{ $left }。
report-wording-target = “{ $title }”（{ $share }）
report-wording-extremes = 最有把握的是{ $safest }，最难达成的是{ $hardest }。
report-wording-sentence = { $sentence }。
report-wording-conditioned = 所有数字均以{ $values }个观测值（{ $names }）为条件：各条路径移至观测值并按其可能性加权，相当于{ $effective }条等权路径。
report-wording-how-paths = { $paths }条路径中的每一条都是一种可能的未来：参数每条路径抽取一次，冲击逐年抽取，再按情景方程逐年推算。目标的达成概率即达成该目标的路径所占比重；“不可能”与“必然”由方程本身决定。同一目标的多种口径在合计时只计一次。
report-wording-how-errors = “±”后为标准误，表示仅由模拟次数有限带来的误差；概率区间为95%的威尔逊区间（1927年）。二者均不说明情景假设本身是否正确。
report-wording-how-drivers = 驱动因素以一阶方差贡献衡量，由部分路径按输入的抽样值分组得出：若单独知道该输入的取值，结果的方差会减少多少；余下部分来自输入之间的交互作用；相互关联的输入合并计算。
report-wording-how-bands = 概率区间逐年计算；单条路径可以移出后再回到区间之内。
report-wording-how-same = 同一情景、同一随机种子（{ $seed }）和同样的路径数，在任何计算机上都得到完全相同的结果。指纹：{ $fingerprint }。
report-goals-condition = 上述概率以假设成立为前提；所示误差仅为模拟误差。
report-goals-condition-graded = 上述概率以假设成立为前提：{ $count }项假设中有{ $weak }项为D级（假设或推算）。所示误差仅为模拟误差。
report-goals-note = { $title }：{ $note }
report-goals-impossible = 按方程设定在任何路径上都不可能达成：{ $titles }。
report-goals-quoted = “{ $title }”
report-page-variants = 其他口径{ $count }项
report-page-pool = { $about }{ $worlds }。
report-explain-parts = { $whole }的组成部分：{ $parts }
report-explain-parts-outside = { $whole }的组成部分：{ $parts }; 其外: { $outside }
report-explain-supply = 供给: { $supply }; 需求: { $claims }
report-explain-gate = 门槛: { $name }
report-explain-inputs = 输入
report-explain-unit-base = 基本单位
report-explain-unit-of = 单位 { $name } = { $of }
report-explain-set = 集合 { $name }: { $title }
report-explain-fields = 属性
report-explain-members = 成员
report-explain-cited-by = 被引用于
report-explain-unit = 单位: { $unit }
report-explain-lever = 调节范围: { $min } … { $max }
report-explain-by-set = 按 { $set }
report-explain-per-year = 1/年
report-explain-calendar-year = 年份
report-explain-targets = 目标
report-explain-values = 数值
report-explain-member = { $name }: { $title } ({ $set })
report-explain-titled = { $name }: { $title }
report-explain-head = { $title } ({ $scenario })
report-explain-span = { $start }–{ $end }, { $count }个随机输入
report-explain-set-members = 集合 { $name }: { $members }
report-explain-set-fields = 属性: { $fields }
report-explain-parameters = 参数: { $names }
report-explain-shocks = 年度冲击: { $names }
report-explain-groups = 输入分组: { $names }
report-explain-variables = 变量
report-explain-headline = (* 主要变量)
report-explain-metrics = 指标
report-explain-gates = 门槛
report-explain-used-by = 被引用于: { $names }
report-explain-central = 中心路径: { $value } { $unit }
report-explain-note = 备注: { $note }
report-explain-central-met = 中心路径上实现
report-explain-central-missed = 中心路径上未实现
report-explain-recorded-met = [history] 中已有结果：已达成
report-explain-recorded-missed = [history] 中已有结果：未达成
report-explain-certain = 必然：由方程决定，在每条路径上均达成
report-explain-impossible = 不可能：由方程决定，在任何路径上均不能达成
report-explain-central-path = 中心路径
report-explain-uses = 引用
report-explain-uses-all-years = { $name }（当年及以前）: { $title }
report-explain-uses-earlier = { $name }（以前年份）: { $title }
report-explain-default = { $value }（缺省值）
report-explain-replay = { $title } · 随机种子 { $seed } · 第{ $path }号路径
report-explain-solved-newton = { $name } { $year }年：牛顿法求解，计算{ $count }次
report-explain-solved-substitution = { $name } { $year }年：代入法求解，计算{ $count }次
report-explain-solved-line = { $number }: { $point } · 相差 { $residual }
report-explain-solved-again = 改用代入法重新求解
report-explain-solved-none = { $number }: { $point } · 没有有限的值
report-explain-target-unknown = { $name }: 不明
report-explain-target-missed = { $name }: 未实现
report-explain-target-met = { $name }: 实现
report-explain-figure = 文件表述: { $figure }
report-explain-quoted = { $figure }: “{ $words }”
report-explain-quoted-gloss = { $figure }: “{ $words }” ({ $gloss })
report-explain-at-least = 不低于
report-explain-at-most = 不高于
report-explain-about = 左右
report-explain-softness = 措辞力度：{ $softness }
report-explain-softness-rule = 措辞力度：{ $softness }（{ $rule }）
report-explain-states = 目标表述：{ $formula }（{ $softness }）；实现标准：{ $require }
report-explain-graded = [{ $source }，{ $grade }级]
report-explain-sources = 来源
report-explain-source = 来源: { $title }
report-explain-pool = { $start }–{ $end }，情景组合；每条路径属于其中一个情景：
report-explain-pool-world = { $weight }%：{ $title }（{ $name }）
report-explain-pool-path = 第{ $path }号路径属于情景 { $world }（权重{ $weight }%）

# 报告页中可以调节的部分。脚本把数字填在 {} 处。
report-live-title = 如果……会怎样？请调节各项杠杆
report-live-about = 移动滑块，达成概率随即变化：先用1,000条模拟路径，停手后再用10,000条及以上。全部计算都在本页面内完成，不向任何地方发送数据。本部分以下的内容仍是规划原文的结果。
report-live-levers = 政策杠杆
report-live-more = 其他任何假设
report-live-pick = 假设的名称或标题
report-live-add = 添加
report-live-unknown = 没有这个名称的假设。
report-live-remove = 移除
report-live-fixed = 取单一数值，不计其不确定性
report-live-reset = 恢复规划原值
report-live-goal = 目标
report-live-headline = 中位数
report-live-before = 规划原值
report-live-after = 当前
report-live-change = 变化
report-live-others = 其他全部目标
report-live-figure = 未来的可能范围
report-live-shown = 显示指标
report-live-drivers = 当前结果的主要驱动因素
report-live-share = 方差占比
report-live-command = 用命令行可得到完全相同的结果
report-live-first = 初步结果：{"{"}{"}"}条模拟路径
report-live-settled = {"{"}{"}"}条模拟路径
report-live-starting = 正在启动计算引擎……
report-live-failed = 无法模拟这一状态

## study: 对情景的提问无法回答时

study-prepared-given = { $id } 在 [run] 中写有 `given = "{ $given }"`，而与之比较的情景写法不同
    .help = 一次比较只能有一个共同的条件：请用 --given 写明，或从 [run] 中删去
study-unsolved = 联立方程{ $name }并非在所有路径上都有解（{ $years }）：在路径{ $path }上计算{ $count }次之后，{ $unknown }与其公式之差相对于其大小仍为{ $residual }。这些路径按非有限值计数
study-unsolved-formulas = 联立方程{ $name }并非在所有路径上都有解（{ $years }）：在路径{ $path }上，公式在初值处没有有限的值。这些路径按非有限值计数
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
study-observed-pool = 情景组合不以观测值为条件：观测值不仅说明各情景此后如何，也说明各情景本身有多可信。请对所含情景分别使用 --observed（{ $names }），比较其证据，再修改 [pool] 中的权重
study-of-pool = { $what }只适用于单个情景，不适用于情景组合；请分别查询所含情景：{ $names }
study-other-build = 这些分片由 plancast { $version } 的另一个构建版本模拟
study-other-counts = 分片中的计数与该情景不符；请重新模拟
study-other-drivers = 分片中有该情景没有的驱动因素的计数；请重新模拟
study-unknown-result = 运行结果中没有名为“{ $name }”的{ $kind }；{ $help }
study-not-known = { $what }未知：{ $why }
study-compare-one = 只有一个情景，无从比较：请给出两个或更多，基准情景在前
study-compare-scheme = { $id }的 [run] 写有 `{ $scheme }`，而只有随机抽样的路径才能比较：请改用随机抽样
study-observed-no-variable = { $name }的观测值不对应任何变量或其成员
study-chart-no-year = { $scenario } 中没有{ $year }年：其年份为{ $start }—{ $end }年
study-chart-of-several = { $kind } 类的图显示多次运行，而此处只有一次
study-chart-pair = 散点图显示两个变量：请写两次 --variable
study-chart-none = 此次运行没有 { $kind } 类的图；可画的有 { $names }
study-chart-none-distributions = 此次运行没有 { $kind } 类的图；可画的有 { $names }；其中没有保存分布：请用本版本的 plancast 重新运行该情景
study-chart-none-replay = 此次运行没有 { $kind } 类的图；可画的有 { $names }；其 scenario.toml 无法由本版本的 plancast 重现：请重新运行
study-chart-unknown = 没有“{ $name }”的图。
study-chart-unknown-kind = 没有“{ $name }”的 { $kind } 图。
study-chart-near = 是否想写“{ $near }”？
study-chart-available = 可选：{ $names }。其他变量须用 plancast run … --record NAME 记录
study-chart-source = 模拟结果；{ $title }
study-page = 无法生成网页：{ $why }
study-decompose-no-year = { $scenario } 中没有{ $year }年：其年份为{ $start }—{ $end }年
study-decompose-names-or-formulas = --by 后写情景所声明的效应名称，或写各因素及其公式，二者不能混用：--by activity,structure，或 --by 'structure=va[sector]/gdp'
study-discover-no-target = 没有目标“{ $name }”；{ $help }
study-discover-no-targets = 没有目标“{ $name }”：该情景未设任何目标
study-discover-recorded-met = [history] 中已有 { $name } 的结果：已达成，与未来如何无关
study-discover-recorded-missed = [history] 中已有 { $name } 的结果：未达成，与未来如何无关
study-explain-unknown = 没有任何内容名为“{ $name }”
study-explain-pool-name = 名称的含义与依据
study-sensitivity-few = { $paths }条路径不足以用此方法判断驱动因素：至少需要 --paths { $least }
study-sensitivity-independent = { $of } 与输入 { $name } 的抽样无关；影响它的输入有：{ $inputs }
study-sensitivity-no-input = 没有名为“{ $name }”的输入或分组；{ $help }
study-sensitivity-no-chance = { $of } 不受任何随机输入影响
study-sensitivity-order = { $name } 与其他输入不相关：--order 须列出相关的输入
study-sensitivity-many-draws = 抽样过多，无法逐一计算
study-solve-recorded = { $statistic }：{ $words }，改变任何输入都无法影响
study-solve-possible = { $goal }：模拟路径无法判定某事是否可能；请改为设定界限，如{ $bound }
study-solve-few = { $paths }条路径不足以判断{ $goal }在何处成立：至少需要 --paths { $least }
study-solve-nothing = { $lever } 取 { $value } 时 { $statistic } 不存在：{ $why }；请用 --between LOW,HIGH 缩小范围
study-solve-nothing-condition = 没有路径满足其条件
study-solve-nothing-value = 没有路径取得其数值
study-solve-nothing-settles = 在部分路径上为无穷或无有效数值，或尾部过厚而不稳定
study-solve-between-many = --between 的个数多于要调整的输入
study-solve-between-form = --between 应为两个有限的数，小者在前：--between 4%,14%
study-solve-between-with = --between { $range }：{ $name } 的数值写有百分号，范围也请如此书写：--between 4%,14%
study-solve-between-without = --between { $range }：{ $name } 的数值不写百分号，范围也请如此书写：--between 4,14（以百分之一为单位）
study-solve-overlapping = { $one } 与 { $other } 调整的是同一个数值
study-solve-twice = { $option } 中 { $name } 出现了两次
study-solve-also = { $option } 与 { $other } 都写有 { $name }
study-solve-vary = --vary 未给出任何名称：请写出参数或字段，如 --vary subsidy
study-of-some-paths = 情景的 [run] 中写有 `{ $reason }`，本命令不支持


## cli-arguments: 命令 arguments

cli-arguments-invalid = '{ $argument }' 的值“{ $value }”无效：{ $why }
cli-arguments-no-period = “{ $text }”不是时期：2030、2030Q4 或 2030M12
cli-arguments-no-year = “{ $text }”不是年份：请写成 2010..2015 或 2010,2015
cli-arguments-years-backwards = { $to }早于{ $from }
cli-arguments-no-day = “{ $text }”不是日期：请写成 2024-03-01
cli-arguments-no-figure = 没有这种图；可选：{ $names }、all
cli-arguments-size-range = 图的宽度应为360至6000像素，高度应为320至6000像素
cli-arguments-no-size = “{ $text }”不是尺寸；请写成 900x560
cli-arguments-no-number = “{ $text }”不是数
cli-arguments-quantile-range = 分位数应在0%与100%之间，而不是{ $text }
cli-arguments-no-shard = “{ $text }”不是分片；十六片中的第三片请写成 3/16
cli-arguments-no-shards = “{ $text }”不是分片数；请写1至1000000之间的整数
cli-arguments-until-unit = 只有达成概率的误差以百分数表示；按该统计量的单位，{ $error } 即{ $value }
cli-arguments-until-share = { $value }即百分之{ $percent }；如果本意如此，请写成 { $value }%
cli-arguments-no-error = 请写出大于0的标准误：达成概率写成 '0.2%'，其他统计量写成 'quantile(gdp@2025, 5%)=1'
cli-arguments-folder = 此处应为文件夹；若文件夹确名为“-”，请写成 ./-
cli-arguments-picture = 此处应为文件，因为标准输出已用于显示答案；若文件确名为“-”，请写成 ./-
cli-arguments-no-time = “{ $text }”不是时间；请写成 90s、10min 或 2h，不等候则写 0
cli-arguments-no-memory = “{ $text }”不是内存容量；请写成 2GiB 或 500MB
cli-arguments-no-minutes = “{ $text }”不是大于0的分钟数
cli-arguments-threads-none = 至少需要一个线程：请写1或更大的数，或不写此选项
cli-arguments-threads-many = 线程数超过{ $most }；请不要超过处理器的核数
cli-arguments-no-threads = “{ $text }”不是线程数
cli-arguments-confidence-range = 置信度应在50%与100%之间；请写成 99 或 99.9
cli-arguments-no-paths = “{ $text }”不是路径数；请写成 250000、1e6 或 1M
cli-arguments-paths-range = 路径数应为1至{ $most }之间的整数
cli-arguments-unknown = 此处没有选项 '{ $argument }'；{ $meant }
cli-arguments-meant = 是否想写 '{ $name }'？
cli-arguments-see-help = 可用的选项与命令见 --help
cli-arguments-no-command = 没有命令 '{ $name }'；{ $meant }
cli-arguments-missing = 缺少：{ $arguments }
cli-arguments-conflict = '{ $argument }' 不能与 '{ $other }' 同时使用
cli-arguments-no-value = '{ $argument }' 缺少取值
cli-arguments-no-choice = '{ $argument }' 不能取“{ $value }”；可选：{ $choices }

# 命令行帮助的标题与格式。
cli-help-usage = 用法：
cli-help-commands = 命令
cli-help-arguments = 参数
cli-help-options = 选项
cli-help-examples = 示例：
cli-help-default = 〔默认：{ $value }〕
cli-help-choices = 〔可选：{ $choices }〕
cli-help-choice = { $name }（{ $text }）


## cli-audit: 命令 audit

cli-audit-nothing = 没有可以相互核对的数字
cli-audit-no-conflict = 各项数字之间没有矛盾
cli-audit-conflicts = 相互矛盾或含义不清：{ $count }处
cli-audit-implied = 各项数字意味着
cli-audit-heading = { $name }: { $title }
cli-audit-heading-unit = { $name }: { $title } ({ $unit })
cli-audit-heading-quoted = { $name }: “{ $words }”
cli-audit-note = ({ $note })
cli-audit-promised = 已安排用量合计{ $sum }（{ $claims }）；{ $supply }可供{ $available }
cli-audit-claim = { $name } { $amount }
cli-audit-available = { $year }年{ $amount }（安排用量为其{ $times }倍）
cli-audit-readings = 同一数字有{ $count }种口径：{ $readings }
cli-audit-same-number = { $year }年{ $number }这一数字出现{ $count }次：{ $figures }
cli-audit-figure-of = { $figure }（{ $variable }）
cli-audit-needs = { $start }年{ $base }，{ $level }：年均需增长{ $rate }
cli-audit-leads = { $rate }，{ $start }—{ $end }年为{ $multiple }倍：由{ $base }到{ $value }
cli-audit-between = { $first }至{ $second }：年均增长{ $rate }
cli-audit-between-at = ；若按{ $rate }则为{ $value }
cli-audit-disagree = { $rate }，由{ $base }到{ $year }年为{ $value }，与{ $level }不一致；两者同时成立，基数{ $softness ->
    [at-least] 至少为{ $common }
    [at-most] 至多为{ $common }
   *[about] 须为{ $common }
}
cli-audit-beside = { $rate }，由{ $base }到{ $year }年为{ $value }，另有{ $level }；基数为{ $common }时两者一致
cli-audit-opposed-levels = { $high }，而{ $low }：不能同时成立
cli-audit-opposed-rates = { $start }—{ $end }年{ $high }，而{ $low }：不能同时成立
cli-audit-ratio = { $numerator }，而{ $denominator }
cli-audit-ratio-factor = ：{ $year }年比率为起点的{ $factor }
cli-audit-ratio-moves = ，即由{ $before }到{ $after }
cli-audit-ratio-is = ：{ $year }年比率为{ $value }
cli-audit-change-times = { $variable }为{ $multiple }倍（年均{ $rate }；{ $targets }）
cli-audit-change-to = { $variable }为{ $level }（{ $targets }）
cli-audit-parts = { $parts }，{ $year }年合计{ $sum }，基期为{ $base }：年均需增长{ $rate }
cli-audit-parts-rest = ；{ $whole }为{ $level }（{ $targets }），留给其余部分{ $left }，其基期为{ $base }
cli-audit-parts-namesakes = ；与{ $targets }的同一数字并非一回事
cli-audit-part = { $variable } { $base } → { $level }
cli-audit-times = { $number }倍
cli-audit-reading = { $variable } { $year }年{ $stated }
cli-audit-reading-central = ，中心路径为{ $value }（相当于其{ $share }）
cli-audit-level = { $year }年{ $level }（{ $targets }）
cli-audit-bound = { $year }年{ $softness ->
    [at-least] 不低于{ $level }
    [at-most] 不高于{ $level }
   *[about] { $level }
}（{ $targets }）
cli-audit-rate = 年均{ $rate }（{ $targets }）
cli-audit-rate-bound = 年均{ $softness ->
    [at-least] 不低于{ $rate }
    [at-most] 不高于{ $rate }
   *[about] { $rate }
}（{ $targets }）


## cli-backtest: 命令 backtest

cli-backtest-horizon = 提前年数
cli-backtest-horizon-quarters = 提前季数
cli-backtest-horizon-months = 提前月数
cli-backtest-forecasts = 预测数
cli-backtest-scored-dates = 年份数
cli-backtest-in-50 = 50%区间
cli-backtest-in-80 = 80%区间
cli-backtest-in-90 = 90%区间
cli-backtest-crps = CRPS
cli-backtest-log-score = 对数评分
cli-backtest-bias = 偏差
cli-backtest-against = 对照
cli-backtest-its-crps = 其CRPS
cli-backtest-skill = 技巧评分
cli-backtest-difference = 差异检验
cli-backtest-head-units = { $scenario }：{ $title }。起报年{ $origins }，{ $units }个单元，每次{ $paths }条路径。
cli-backtest-head = { $scenario }：{ $title }。起报年{ $origins }，每次{ $paths }条路径。
cli-backtest-refitted = 在每个起报年仅用当时已知数据重新估计：{ $inputs }。
cli-backtest-titled = { $title }（{ $unit }）
cli-backtest-nothing = { $variable }: 没有可供评分的实际值
cli-backtest-dates = { $dates } ({ $horizon })
cli-backtest-errors = 误差按年份聚类：同一年份的预测受同样的冲击。相互独立的年份数（提前年数）：{ $dates }。
cli-backtest-one-date = 仅有一个年份时误差未知。
cli-backtest-outside = * 不含落在所有路径之外的{ $count }个实际值，其对数评分未知
cli-backtest-tenths = 实际值在预测分布各十分位的个数（提前{ $horizon }年）：{ $counts }
cli-backtest-random-walk = 随机游走
cli-backtest-shrinkage = 向均值收缩
cli-backtest-pooled = 历史变化合并分布
cli-backtest-no-variance = 差异方差不为正
cli-backtest-few-dates = 年份太少
cli-backtest-left-out = 未预测：{ $names }：{ $why }
cli-backtest-more-reasons = 另有{ $count }种原因（见 --json）
cli-backtest-chart = 实际值在预测分布十分位中的占比
    .subtitle = 提前一年；竖线为十分之一，预测可靠时各档相同
    .legend = 占全部实际值的比重
    .footer = plancast backtest · 情景 { $scenario } · 起报年 { $origins }


## cli-batch: 命令 batch

cli-batch-no-pattern = { $name } 不是有效的文件名通配符：{ $why }
cli-batch-no-match = 没有与 { $name } 匹配的文件；请检查文件夹
cli-batch-same-folder = { $one } 与 { $other } 的结果都会写入文件夹 { $id }；请更改其中之一的 [scenario] 中的 `id`
cli-batch-on-record = --given { $condition }：{ $words }，在任何未来中都是如此；请改用尚未确定的条件
cli-batch-warnings = { $count }个警告：见 plancast validate { $name }
cli-batch-folder-name = { $why }；请更改情景 [scenario] 中的 `id`
cli-batch-failed = { $runs }次运行中有{ $failed }次未能完成，其余不受影响
cli-batch-sweep-form = --sweep 应写成 名称=值，而不是“{ $sweep }”；例如 'price=0,50,100' 或 'price=0:100:50'
cli-batch-sweep-wrong = --sweep { $sweep }：{ $why }
cli-batch-sweep-many = 该扫描超过{ $most }次运行；请减少取值
cli-batch-sweep-missing = 缺少一个值
cli-batch-sweep-no-number = “{ $text }”不是数
cli-batch-sweep-away = 步长的方向与终点相反；请写成 起点:终点:步长
cli-batch-sweep-range = 该范围超过{ $most }个值


## cli-check: 命令 check

cli-check-one-stdout = --json 与写到 - 的报告都输出到标准输出，只能有一个；请为其余各项指定文件
cli-check-tolerance-unknown = --tolerance { $name }：基准中没有以此为名的结果
cli-check-no-gates = { $scenario } 没有 [gates]；请在其中添加门槛，或用 --require 'p(target) >= 50%' 给出一个
cli-check-nothing-in-common = --against：{ $scenario } 与基准（{ $other }）没有共同的目标、指标或主要变量；请指定该情景自己的基准
cli-check-title = { $title } ({ $scenario })
cli-check-no-drift = 与基准一致，没有偏离。
cli-check-no-number = 各项数值均未偏离基准。
cli-check-not-known = 警告：{ $statistic } 所依据的数值在{ $paths }条路径上无效；区间对其任何取值均成立
cli-check-undecided = { $gate }未定：{ $why }。
cli-check-verdict = 结论
cli-check-gate = 门槛
cli-check-found = 结果
cli-check-method = 方法
cli-check-paths = 路径数
cli-check-pass = 通过
cli-check-fail = 未通过
cli-check-undecided-verdict = 未定
cli-check-confidence-marked = 除标*者外，每项门槛判断正确的概率不低于{ $percent }%，至多{ $paths }条路径。
cli-check-confidence = 每项门槛判断正确的概率不低于{ $percent }%，至多{ $paths }条路径。
cli-check-against = 与基准相比：
cli-check-drifted = 偏离项
cli-check-baseline = 基准
cli-check-now = 现值
cli-check-tolerance = --tolerance { $tolerance }：请写成 1%、probability=1% 或 gdp=0.5%，且不小于零


## cli-compare: 命令 compare

cli-compare-id = { $why }；请在 [scenario] 中给各情景较短的 id
## cli-decompose: 命令 decompose

cli-decompose-change = 合计
cli-decompose-difference = 合计
cli-decompose-effect = { $title }：{ $mean } ({ $low } – { $high })
cli-decompose-unit = ，{ $unit }
cli-decompose-years = { $title }：{ $from }年{ $first }，{ $to }年{ $last }{ $unit }。均值（5%—95%），{ $form ->
    [multiplied] 加法与乘法分解
   *[added] 加法分解
}
cli-decompose-scenarios = { $year }年{ $title }：“{ $own }”{ $first }，“{ $other }”{ $last }{ $unit }。均值（5%—95%），{ $form ->
    [multiplied] 加法与乘法分解
   *[added] 加法分解
}
cli-decompose-rest = 其他
cli-decompose-difference-method = 直接相减
    .why = 方法：直接相减（每一项只有一个因素）
cli-decompose-lmdi = LMDI-I
    .why = 方法：LMDI-I（Ang 2004），各因素在所有路径上均不为负
cli-decompose-shapley = Shapley值
    .why = 方法：Shapley值（Sun 1998），因为有因素在某些路径上为负
cli-decompose-method = { $why }。
cli-decompose-method-many-terms = { $why }：用于{ $count }项（{ $terms } …）。
cli-decompose-method-terms = { $why }：用于{ $count }项（{ $terms }）。
cli-decompose-unknown-factor = 未计入：{ $paths }条路径中的{ $count }条，其上有因素没有有限值（首见于第{ $first }条路径：{ $factor }）。
cli-decompose-unknown-total = 未计入：{ $paths }条路径中的{ $count }条，其上总量没有有限值（首见于第{ $first }条路径）。
cli-decompose-no-ratios-shapley = 不作乘法分解：含负值因素的项只能相加，不能相乘。
cli-decompose-no-ratios-sign = 不作乘法分解：{ $paths }条路径中有{ $count }条，前后两个总量并非同为正或同为负，没有比值。
cli-decompose-no-ratios-large = 不作乘法分解：相互抵消的效应远大于总量。
cli-decompose-raises = 使其上升
cli-decompose-lowers = 使其下降
cli-decompose-why-years = { $from }—{ $to }年{ $title }变动的原因
cli-decompose-why-scenarios = { $year }年{ $title }差异的原因：{ $first }与{ $other }
cli-decompose-and = 、
cli-decompose-means = 全部路径的均值；横线包含九成路径；方法：{ $methods }
cli-decompose-means-of-some = { $paths }条路径中的{ $known }条的均值；横线包含九成路径；方法：{ $methods }


## cli-diff: 命令 diff

cli-diff-no-toml = 有一个 scenario.toml 不是有效的 TOML：{ $why }
cli-diff-assumption = 假设
cli-diff-before = 原值
cli-diff-after = 新值
cli-diff-unit = 单位
cli-diff-sources = 来源
cli-diff-identical = 完全一致：指纹相同 { $fingerprint }
cli-diff-draws = 随机种子、路径数或抽样方式不同: { $before } → { $after }
cli-diff-no-scenario = 基准不含方案文件，无法得知哪项假设改变。
cli-diff-no-assumption = 没有假设改变。
cli-diff-errors = 误差按两次独立运行计算；种子相同的运行共用随机数，差异实际更可靠（见 plancast compare）。显著：超过 2.58 倍误差，偶然出现的概率为百分之一。
cli-diff-result = 结果
cli-diff-difference = 差
cli-diff-significant = 显著
cli-diff-yes = 是
cli-diff-no = 否


## cli-discover: 命令 discover

cli-discover-nothing-drawn = 没有哪些输入的取值范围能说明目标为何未达成，未绘制图表
cli-discover-always-met = “{ $target }”必然达成，与抽样无关。
cli-discover-always-missed = “{ $target }”不可能达成，与抽样无关。
cli-discover-missed = “{ $target }”在{ $paths }条路径中有{ $missed }未达成。
cli-discover-no-range = 没有哪些输入的取值范围能说明原因。
cli-discover-quality = 占全部未达成的{ $coverage }，此类路径中有{ $density }未达成（占全部路径的{ $mass }）。
cli-discover-and = 且{ $limit }
cli-discover-further-limits = { $limit }，
cli-discover-last-limit = { $limit }：
cli-discover-comma = ，
cli-discover-tradeoff = 覆盖率与密度的取舍：{ $points }
cli-discover-input-of-year = { $title }（{ $year }年）
cli-discover-input-named = { $title }（{ $name }）
cli-discover-input-mean = { $input }（{ $years }年平均）
cli-discover-limit = { $input }{ $range }［偶然概率{ $chance }］
cli-discover-no-limit = { $input }［偶然概率{ $chance }］
cli-discover-is = {" "}= { $value }
cli-discover-within = 介于{ $low }与{ $high }之间（含两端）
cli-discover-at-least = {" "}>= { $low }
cli-discover-at-most = {" "}<= { $high }
cli-discover-below = 低于其{ $quantile }分位数（{ $value }）
cli-discover-above = 高于其{ $quantile }分位数（{ $value }）
cli-discover-between = 介于其{ $low }与{ $high }分位数之间（{ $least }至{ $most }）
cli-discover-chart = “{ $target }”在哪些情形下无法达成？
    .subtitle = 占全部未达成的{ $coverage }；此类路径中有{ $density }未达成，全部路径为{ $all }
    .legend = 未达成时输入所处的分位数区间


## cli-export: 命令 export

cli-export-no-unicode = --export { $name }：该名称不是 Unicode 文本，无法写入运行的清单文件；请另选名称
cli-export-many = --export { $name } 会被{ $runs }次运行写入；请在名称中写上 {"{"}id{"}"}：'paths-{"{"}id{"}"}.csv'
cli-export-same-id = --export { $name } 会被两个同名为 { $id } 的情景写入；请更改其中之一的 [scenario] 中的 `id`
cli-export-misplaced = --export { $place } 是{ $what ->
    [file] 本次运行的另一文件
    [folder] 本次运行的文件夹
   *[other] 另一次运行的文件夹中的文件
}；请另选文件
cli-export-failed = { $place } 未能写出：{ $why }


## cli-figures: 命令 figures

cli-figures-letters = { $family } 及本机安装的字体中都没有字符 { $letters }：图中该处为空白或方框；请安装含有该字符的字体，或在情景中改用其他文字


## cli-fit: 命令 fit

cli-fit-written = 已写入 { $scenario }；各估计值从 { $draws } 中成行联合抽取（{ $rows }行）。
cli-fit-nothing-free = 没有指定由估计值取代的输入（free），未写入文件。
cli-fit-standard-input = 来自标准输入的情景无法扩展；请先存为文件，或使用 --dry-run
cli-fit-no-scenario = { $place } 不是情景文件名；请写成 --out FILE.toml
cli-fit-not-ours = 已有 { $place }，但不是由 plancast fit 写成，或写成后被改动；请用 --out 另选文件，或将其移走
cli-fit-outside = { $place } 无法读取 { $scenario }，后者在其项目之外；请在两者共同的上层文件夹中放一个空文件 plancast.toml，用 --out 另选文件，或加 --allow-outside
cli-fit-head = { $name }：{ $of }，{ $method }，{ $from }—{ $to }年（{ $years }个{ $step ->
    [quarter] 季度
    [month] 月度
   *[year] {""}
}观测）
cli-fit-head-likelihood = { $name }：{ $of }，{ $method }，{ $from }—{ $to }年（{ $years }个{ $step ->
    [quarter] 季度
    [month] 月度
   *[year] {""}
}观测），对数似然 { $log }
cli-fit-method-ar1 = 一阶自回归（精确似然）
cli-fit-method-ar1-t = 一阶自回归，t分布新息（以首个观测为条件）
cli-fit-method-var1 = 一阶向量自回归（精确似然）
cli-fit-method-var1-t = 一阶向量自回归，t分布新息（以首个观测为条件）
cli-fit-method-local-level = 局部水平模型（精确似然，不含首个观测）
cli-fit-method-match = 模拟矩匹配
cli-fit-estimate = 估计量
cli-fit-input = 输入
cli-fit-most-likely = 最大似然
cli-fit-without-bias = 偏差修正后
cli-fit-draws = 抽样
cli-fit-interval = 5%—95%
cli-fit-verdict = { $words }（p { $probability }）
cli-fit-normal = 新息接近正态
cli-fit-not-normal = 新息不是正态
cli-fit-no-autocorrelation = 残差无自相关
cli-fit-autocorrelation = 残差仍有自相关
cli-fit-break = 均值在{ $after }年后断裂（95%区间：{ $low }—{ $high }年）
cli-fit-no-break = 均值无断裂（p { $probability }）
cli-fit-persistence = 仅凭持续性出现同等断裂的概率 p { $probability }
cli-fit-tests = { $of }：{ $tests }。
cli-fit-next = { $all }；{ $next }
cli-fit-moment = { $of }的{ $moment }
cli-fit-moment-pair = { $of }与{ $other }的{ $moment }
cli-fit-moment-mean = 均值
cli-fit-moment-sd = 标准差
cli-fit-moment-autocorrelation = 自相关
cli-fit-moment-correlation = 相关系数
cli-fit-column-moment = 矩
cli-fit-column-observed = 实际
cli-fit-column-simulated = 模拟中位数
cli-fit-column-below = 模拟值较低的占比
cli-fit-plausibility = 按先验模拟的记录中，有{ $share }%与其中心的距离不小于实际记录。
cli-fit-chart-label = 实际{ $seen }，模拟{ $median }
cli-fit-chart-title = 实际矩与模拟矩
cli-fit-chart-subtitle = 竖线为实际记录；横轴为距模拟中位数的距离，以模拟区间半宽为单位
cli-fit-chart-legend = 同样长度的模拟记录的90%
cli-fit-chart-footer = plancast fit · 情景 { $id }


## cli-list: 命令 list


## cli-jobs: 命令 jobs 写出的作业脚本

cli-jobs-standard-input = 作业不能从标准输入读取情景；请保存为文件并给出文件名
cli-jobs-no-unicode = 命令行中有一个词不是 UTF-8，不能写入脚本；请给该文件改名
cli-jobs-slurm = 在 Slurm 上分片模拟并合并：请在各节点都能访问的文件夹中、有 sbatch 的机器上用 bash 运行本脚本。合并时会列出未完成的分片：把其编号（如 3,17-45）作为参数，即可重新提交。
cli-jobs-kubernetes = 在 Kubernetes 上分片模拟并合并：kubectl apply -f 本文件。请改成自己的镜像，以及所有 Pod 共同写入的存储卷；情景文件放在该存储卷中。已完成的分片不会重新模拟。
cli-jobs-parallel = 用 GNU parallel 分片模拟并合并：请用 bash 运行本脚本。合并时会列出未完成的分片：把其编号（如 3,17-45）作为参数，即可重新模拟。环境变量 PARALLEL 可给出 parallel 的其他选项。
## cli-live: 可调节的报告页

cli-live-one = --live：报告页只能调节一个情景的杠杆；请只指定一个运行结果
cli-live-not-opened = 已写出 { $place }，但无法打开浏览器：请自行打开


## cli-merge: 命令 merge

cli-merge-no-part = { $why }；请给出由 `run --shard` 写成的文件夹
cli-merge-large = { $file } 超过{ $size } MiB
cli-merge-part = { $file }：{ $why }
cli-merge-again = { $why }；请重新模拟该分片
cli-merge-no-json = { $file } 不是 JSON：{ $why }；请重新模拟该分片
cli-merge-manifest = { $file } 不是同一文件夹中分片的清单：{ $key } 不一致；请重新模拟该分片
cli-merge-changed = { $file } 与写入时不一致；请重新模拟该分片
cli-merge-scenario = { $file } 不是模拟该分片时所用的情景
cli-merge-version = { $folder } 由 plancast { $version } 模拟，而本程序版本为 { $own }：请用同一版本合并


## cli-new: 命令 new

cli-new-taken = 已有 { $names }，不会覆盖
    .help = 请另选文件夹
cli-new-unknown = 没有名为“{ $name }”的内置情景
cli-new-written = 已写入 { $files }
cli-new-next = 接下来可以：
cli-new-validate = 每次修改之后


## cli-redraw: 命令 redraw

cli-redraw-changed = { $folder } 中的 { $files } 在运行写成之后被改动，所示内容已不是模拟结果；请重新运行，或用 plancast verify { $folder } 查看
cli-redraw-no-year = --year { $year }：所给各次运行都不含该年份
cli-redraw-file-takes-one = { $file } 是一幅图，而此处有{ $count }幅：请用 --figure 和 --variable 指明一幅，或给出文件夹
cli-redraw-one-figure = --out - 只能输出一幅图，而此处有{ $count }幅：请用 --figure 和 --variable 指明，或给出文件夹
cli-several-violins = 小提琴图用于比较情景：请给出两个或更多的运行文件夹
cli-several-paired = 差异须逐路径计算：请给出由 plancast compare 写成的文件夹
cli-several-levels = 水平值用于并列比较：请给出两个或更多的运行文件夹，或由 plancast compare 写成的文件夹


## cli-run: 命令 run

cli-run-observations = 观测值的误差过大，不含任何信息：结果与没有观测值时相同
cli-run-blocks = 实际模拟{ $taken }条路径（要求{ $asked }条）：--sampling { $name } 按{ $replicates }个整块的重复组取样
cli-run-short = { $id }：模拟{ $paths }条路径后，{ $of }的标准误为 { $error }，未达到 { $wanted }；{ $advice }
cli-run-short-why = { $id }：模拟{ $paths }条路径后，{ $of }的标准误为 { $error }（{ $why }），未达到 { $wanted }；{ $advice }
cli-run-short-more = 请用 --max-paths 提高上限
cli-run-short-useless = 增加路径也无济于事
cli-run-finished = { $place } 已存在、完整且属于本次运行：不再重新模拟
cli-run-interrupted = 已中断，未写入任何内容
cli-run-changed = { $file } 在模拟期间被改动，未写入任何内容：请重新运行
cli-index-outputs = 各次运行的索引
cli-index-run = 方案
cli-index-failed = 未完成
cli-checkpoint-other = 该处已有文件，但不是 plancast 的检查点
    .help = 请将其移走，或用 --out 另选文件夹
cli-checkpoint-resume = 无法从 { $place } 继续：{ $why }；请运行与当时相同的命令，或去掉 --resume 重新开始
cli-checkpoint-interrupted = 已中断；{ $paths }条路径的计数保存在 { $place }：同一命令加 --resume 即可由此继续


## cli-score: 命令 score

cli-score-nothing = { $file } 中没有这些运行所预测的数值
cli-score-head = { $id }：{ $title }（基年{ $start }，{ $paths }条路径）
cli-score-variable = 变量
cli-score-outcome = 实际值
cli-score-median = 预测中位数
cli-score-interval = 80%区间
cli-score-percentile = 百分位
cli-score-crps = CRPS
cli-score-log = 对数评分
cli-score-target = 目标
cli-score-probability = 概率
cli-score-target-outcome = 结果
cli-score-brier = Brier评分
cli-score-mean-brier = 平均Brier评分{ $mean }；若对所有目标都给出50%，则为0.25。
cli-score-unit = { $title }（{ $unit }）
cli-score-no-density = 实际值若为许多路径共有的数值（如整数）或介于此类数值之间，则只有概率而无密度，对数评分为“–”。
cli-score-infinite = 若预测在部分路径上为无穷，则CRPS为无穷。
cli-score-below = 低于所有路径
cli-score-above = 高于所有路径
cli-score-met = 达成
cli-score-missed = 未达成
cli-score-within = { $percent }%区间内{ $within }个
cli-score-next = { $all }，{ $next }
cli-score-coverage = 共{ $all }个实际值：{ $counts }。同一次运行的各年相互依赖，不是独立检验。
cli-score-means = 平均评分（越小越好）
cli-score-row-crps = { $name }: CRPS
cli-score-row-log = { $name }: 对数评分
cli-score-row-brier = 目标的Brier评分
cli-score-left-out = 未评分（{ $id }）：{ $name } { $years }：{ $why }
cli-score-left-out-meant = 未评分（{ $id }）：{ $name } { $years }：{ $why }；是否指“{ $meant }”？
cli-score-no-variable = 情景中没有此变量
cli-score-not-recorded = 此次运行未记录该变量（请用 --record 重新运行）
cli-score-not-forecast = 基年或更早，不是预测
cli-score-after = 不在此次运行的年份之内
cli-score-conditioned = 此次运行以其为条件，不是预测
cli-score-no-number = 部分路径上无有效数值
cli-score-no-value = 没有路径取得有限值
cli-score-fan = 扇形图只画 { $scenario }
cli-score-no-outcome = 没有“{ $name }”的实际值可画
cli-score-chart-row = { $title } { $year }
cli-score-chart-row-of = { $scenario }: { $title } { $year }
cli-score-chart-title = 实际值在预测分布中的位置
cli-score-chart-subtitle = 竖线为低于实际值的路径占比
cli-score-chart-wide = 90%区间
cli-score-chart-narrow = 50%区间
cli-score-chart-footer = plancast score · 情景 { $ids }


## cli-sensitivity: 命令 sensitivity

cli-sensitivity-more = 另有{ $count }个结果未列出：用--of指定
cli-sensitivity-same = { $of }没有变动：由方程确定，与抽样无关
cli-sensitivity-unmoved = { $of }在所有试算点上结果相同：可能从不变动，也可能变动过于罕见而未显示；可用 --paths 增加路径数
cli-sensitivity-rare = 变动过于罕见，这些试算点未能显示：请用 --paths 增加路径数
cli-sensitivity-recorded = { $words }：已不受任何输入影响
cli-sensitivity-with = { $title }；连同{ $names }
cli-sensitivity-chart-one = --chart 只绘制一个结果：请用 --of 指定
cli-sensitivity-chart-none = { $of }没有可绘制的内容：不加 --chart 时会说明原因
cli-sensitivity-chart-title = “{ $outcome }”受哪些输入影响？
cli-sensitivity-chart-sobol = 占方差的比例；右侧为闭合指数·总指数及95%区间
cli-sensitivity-chart-morris = 各输入在其范围内变动的平均效应（Morris µ*）
cli-sensitivity-chart-pawn = 各输入限于其范围一部分时分布距离的中位数（PAWN）
cli-sensitivity-chart-alone = 单独作用
cli-sensitivity-chart-together = 仅与其他输入共同作用
cli-sensitivity-closed = 封闭指数
cli-sensitivity-total = 总指数
cli-sensitivity-sum = 单次抽样之和（95%区间）
cli-sensitivity-effects = （基本效应：绝对值的均值、均值、标准差）
cli-sensitivity-median = 中位数
cli-sensitivity-distance = 最大距离（PAWN）
cli-sensitivity-chance = 仅由偶然造成的距离（按最大的组）
cli-sensitivity-strongest = 组按其中影响最大的一次抽样计：距离不能相加
cli-sensitivity-direction = –：多次抽样一同变动，只有效应的大小，没有方向
cli-sensitivity-indices = 封闭指数含一行内各次抽样单独及共同的作用；“单次抽样之和”只计各自单独的作用，与run所报一致
cli-sensitivity-wide = –：指数介于0与1之间，而该项的误差超出了这一范围：方差主要来自少数几个点；请增加路径，或改问结果达到某一水平的概率（--of "x@2025 >= 10"）
cli-sensitivity-no-sum = “单次抽样之和”无法确定：{ $why }
cli-sensitivity-not-split = { $name }：各自的份额未给出，因为它们合起来不解释任何方差，或多于{ $most }个
cli-sensitivity-shapley = { $name }：共同解释的部分按沙普利值分摊
cli-sensitivity-shapley-exact = { $name }：共同解释的部分按沙普利值分摊（结果是线性的，份额精确）
cli-sensitivity-ordered = { $name }：共同解释的部分按次序分摊，各列在前者之后的增量
cli-sensitivity-ordered-exact = { $name }：共同解释的部分按次序分摊，各列在前者之后的增量（结果是线性的，份额精确）
cli-sensitivity-correlated = * 含相互关联的输入，合并为一组计算
cli-sensitivity-never = { $infinite }%的试算点上为无穷（始终未出现）：按末年的下一年{ $year }计
cli-sensitivity-not-finite = { $infinite }%的试算点上为无穷，{ $lacking }%的试算点上无有效数值：方差不存在，无法作出判断


## cli-shell: 命令 shell

cli-shell-no-command = 没有命令 { $name }：见 plancast --help
cli-shell-man = 无法写出手册页：{ $why }


## cli-solve: 命令 solve

cli-solve-chart = --chart 绘制两个或更多输入的组合边界：请在 --vary 中列出各输入，以逗号分隔
cli-solve-mean = { $name }的均值
cli-solve-median = { $name }的中位数
cli-solve-in-year = { $name }（{ $year }年）
cli-solve-shift = { $name }的平移量
cli-solve-factor = { $name }的倍数
cli-solve-fixed = 此处{ $name }在所有路径上是同一个数，取代原来的{ $count }个值{ $values ->
   *[mixed] （其中{ $chance }个为分布）
}。
cli-solve-shifted-distribution = { $name }的分布{ $written }从{ $unmoved }起整体平移，形状不变。如需以一个数代替：--fix { $name }
cli-solve-shifted-from = { $name }从{ $year }年的{ $unmoved }起整体平移：{ $values ->
    [number] 其{ $count }个值各加同一个数
    [distribution] 其{ $count }个值各加同一个数，分布的形状不变
    [distributions] 其{ $count }个值各加同一个数，分布的形状不变
    [numbers] 其{ $count }个值各加同一个数
   *[mixed] 其{ $count }个值（其中{ $chance }个为分布）各加同一个数，分布的形状不变
}。如需按倍数：--scale { $name }
cli-solve-shifted = { $name }整体平移：{ $values ->
    [number] 其{ $count }个值各加同一个数
    [distribution] 其{ $count }个值各加同一个数，分布的形状不变
    [distributions] 其{ $count }个值各加同一个数，分布的形状不变
    [numbers] 其{ $count }个值各加同一个数
   *[mixed] 其{ $count }个值（其中{ $chance }个为分布）各加同一个数，分布的形状不变
}。
cli-solve-scaled = { $name }整体缩放：{ $values ->
    [number] 其{ $count }个值各乘以同一个数
    [distribution] 其{ $count }个值各乘以同一个数
    [distributions] 其{ $count }个值各乘以同一个数
    [numbers] 其{ $count }个值各乘以同一个数
   *[mixed] 其{ $count }个值（其中{ $chance }个为分布）各乘以同一个数
}。
cli-solve-when = { $words }时，{ $goal }
cli-solve-when-between = { $words }（有99.9%的把握在{ $from }与{ $to }之间）时，{ $goal }
cli-solve-otherwise = { $goal }{ $words }。
cli-solve-constant = 处处相同：{ $reached }。
cli-solve-not-known = { $name } = { $at }时，有{ $paths }条路径无法得知其是否成立，按不成立计。
cli-solve-turns = 在{ $name }的范围内，{ $statistic }有升有降：各试算值之间可能还有其他解。
cli-solve-or = { $all }或{ $next }
cli-solve-everywhere = 已经满足：{ $name }在{ $low }与{ $high }之间的各试算值均如此
cli-solve-everywhere-close = 在这些路径上已经满足：{ $name }在{ $low }与{ $high }之间的各试算值均如此；但离界限太近，就这些路径而言也可能不满足
cli-solve-may-between = 就这些路径而言，{ $name }在{ $from }到{ $to }之间任意一处都可能成立：{ $name } = { $at }时{ $reached }
cli-solve-passed = 在跳跃处被越过，并未恰好实现：略低于{ $name } = { $at }时{ $below }，略高于时为{ $above }
cli-solve-may-everywhere = 就这些路径而言可能处处成立：{ $name }在{ $low }与{ $high }之间的{ $tried }个试算值下均为{ $reached }
cli-solve-may = 就这些路径而言，在{ $low }与{ $high }之间最接近的试算值{ $name } = { $at }处可能成立：{ $reached }
cli-solve-never-constant = { $name }在{ $low }与{ $high }之间的{ $tried }个试算值均未实现，且结果相同：{ $reached }
cli-solve-open = 无法由模拟路径判定：{ $name }在{ $low }与{ $high }之间的各试算值下，方程均未排除其他结果（{ $name } = { $at }时{ $reached }）；请改为设定界限，如{ $bound }
cli-solve-never = { $name }在{ $low }与{ $high }之间的各试算值均未实现；最接近的是{ $name } = { $at }：{ $reached }
cli-solve-from-to = { $name }从{ $from }到{ $to }
cli-solve-no-error = { $value }（误差未知）
cli-solve-no-error-why = { $value }（误差未知：{ $why }）
cli-solve-there = 此时模拟结果为{ $at }。
cli-solve-jumps = 该处有跳跃：略低于{ $name } = { $at }时{ $below }，略高于时为{ $above }（模拟结果）。
cli-solve-closest = 最接近界限的是{ $name } = { $at }：{ $reached }。
cli-solve-combinations = 使{ $goal }成立的组合：
cli-solve-row = { $values }：{ $words }
cli-solve-step = { $name } = { $value }：{ $reached }
cli-solve-next = { $all }；{ $next }
cli-solve-steps = 相邻档位：{ $steps }。
cli-solve-decided = { $statistic }：{ $value }
cli-solve-year-never = 永不
cli-solve-error-unknown = { $value }（误差未知）
cli-solve-chart-title = 实现条件：{ $goal }
cli-solve-chart-met = 可以实现
cli-solve-chart-unmet = 无法实现
cli-solve-chart-all = 全部
cli-solve-titled = { $name }：{ $title }


## cli-table: 命令 table

cli-table-facts = { $paths }条路径 · 随机种子 { $seed } · { $start }—{ $end }年
cli-table-given = {" "}· 条件：{ $condition }（{ $among }中）
cli-table-pool = {" "}· { $worlds }
cli-table-given-in-all = {" "}· 条件：各情景均满足 { $condition }（{ $among }中）
cli-table-variable = 变量
cli-table-members = { $title }：{ $shares }
cli-table-member = { $member }{ $share }
cli-table-metric = 指标
cli-table-median = 中位数
cli-table-mean = 均值
cli-table-never = 未出现
cli-table-target = 目标
cli-table-probability = 概率
cli-table-unit = { $title }（{ $unit }）
cli-table-convergence = { $of }的标准误：{ $steps }（要求 { $wanted }，{ $reached }）
cli-table-precise = { $paths }时 { $error }
cli-table-all-odds = 最不确定的达成概率
cli-table-reached = 已达到
cli-table-not-reached = 未达到
cli-table-not-finite = 警告：{ $name } 在{ $paths }条路径上为无穷或无有效数值：没有均值，落在其上的分位数也不是有限数
cli-table-see = ；查看其中第一条：
cli-table-not-known = 警告：在{ $paths }条路径上无法判断 { $name } 是否达成，按未达成计
cli-table-drivers = 主要驱动因素（一阶方差贡献，±标准误）
cli-table-driven = { $title }：{ $drivers }
cli-table-drivers-given = 使用 --given 时不给出驱动因素：在选出的路径上各输入不再相互独立，其贡献不能相加。不加此选项的运行会给出。
cli-table-drivers-sampled = 使用 --sampling 时不给出驱动因素：方差贡献的误差只对随机抽取的路径成立。不加此选项的运行会给出，驱动因素相同。
cli-table-folder = 结果保存在 { $folder }
cli-table-fan = █ 中位数，▒ 50% 与 ░ 90% 概率区间
cli-table-scenario = { $id }：{ $title }
cli-table-reference = { $title }（基准）
cli-table-same-draws = { $facts } · 各情景使用相同的随机抽样
cli-table-medians = 中位数
cli-table-difference = { $b } 减 { $a }（逐路径之差）
cli-table-in-per-cent = 均值（%）
cli-table-higher = 高于基准
cli-table-change = 变化
cli-table-years = 年
cli-table-other-requirement = * 两个情景的要求不同
cli-table-target-named = 目标 { $name }
cli-table-only = 仅 { $scenario } 有：{ $names }
cli-table-units-differ = 单位不同，未作比较：{ $names }
cli-table-years-differ = 年份不同，未作比较：{ $names }
cli-table-conditioned = 以{ $values }个观测值为条件：{ $list }
cli-table-next = { $all }；{ $next }
cli-table-record = 观测值带来的变化
cli-table-before = 观测前
cli-table-after = 观测后
cli-table-bands = 变量列为中位数，括号内为 5% 与 95% 分位数。
cli-table-likelihood = 观测记录的对数似然 { $log } ± { $error }；情景所给出的记录中，有 { $share }% 偏离程度不低于此
cli-table-reliance = 有效路径数 { $effective }（{ $years }）；最大权重占 { $largest }%
cli-table-reliance-tail = 有效路径数 { $effective }（{ $years }）；最大权重占 { $largest }%, k̂ { $k }
cli-table-few = 警告：与观测相符的有效路径较少，概率只精确到几个百分点；请增加路径数（--paths）
cli-table-unused = 已观测但不构成条件：{ $list }
cli-table-unused-value = { $variable }@{ $year }（{ $why }）
cli-table-unused-constant = 在所有路径上相同
cli-table-unused-empty = 误差过大，不含信息
cli-table-unused-year = 变量没有该年份


## cli-validate: 命令 validate

cli-validate-verdict = { $name } { $errors ->
    [0] 有效
   *[other] 有错误
}：{ $errors }个错误，{ $warnings }个警告


## cli-verify: 命令 verify

cli-verify-whole = { $place }：完整，未被改动，共{ $files }个文件
cli-verify-differs = { $place }：与写入时不一致
cli-verify-missing = 缺失
cli-verify-changed = 已改动
cli-verify-of-another = 已改动，或属于另一次运行
cli-verify-outside = 在项目之外，未检查（加 --allow-outside 则检查）
cli-verify-others = 不属于本次运行，由他人放入


## cli-other: 命令 other

cli-main-width = 环境变量 { $variable } 为“{ $asked }”；可取 least、avx2 或 avx512，也可不设
cli-main-threads = 无法启动线程：{ $why }；请减少线程（--threads、RAYON_NUM_THREADS），或放宽进程数（ulimit -u）或内存（ulimit -v）的限制
cli-main-fault = 这是 plancast 自身的故障；请连同所用命令一并报告
cli-memory-at-once = 同时进行{ $runs }次运行约需 { $need } 内存，超过上限 { $limit }（--memory）；请用 --threads 减少同时进行的运行，或减少路径或变量
cli-memory-comparison = 该比较约需 { $need } 内存，超过上限 { $limit }（--memory），共 { $paths }；未进行模拟：请减少情景、记录的变量（report、--record）或线程（--threads），或提高上限
cli-memory-answer = 该计算约需 { $need } 内存，超过上限 { $limit }（--memory），共 { $paths }；未进行模拟：请减少路径（--paths），或提高上限
cli-memory-alone = { $id } 约需 { $need } 内存，超过上限 { $limit }（--memory），共{ $series }个序列、{ $paths }；未进行模拟：请减少记录的变量（report、--record）或线程（--threads），不计算驱动因素（--no-sensitivity），或提高上限
cli-output-pipe = 标准输出的读取程序在全部写完之前已退出；写入文件夹的结果是完整的
cli-output-failed = 结果无法写到标准输出：{ $why }
cli-outputs-ending = { $option } { $place }：文件名应以下列后缀之一结尾：{ $endings }；请另选文件
cli-outputs-read = { $option } { $place } 是本命令要读取的文件，会被覆盖；请另选文件
cli-outputs-same = { $other } 与 { $option } 都会写入 { $place }；请为其中之一另选文件
cli-outputs-kept = { $place } 不是 plancast 写成的原样文件；原有内容现存于 { $kept }
cli-progress-paths = { $done }条路径
cli-progress-left = 剩余 { $time }
cli-request-conflict = { $option } 不能与 `{ $reason }` 同时使用，后者写在情景的 [run] 中或命令行上
    .help = 请更改该选项，或更改情景的 [run]
cli-signals-interrupted = 已中断；没有只写了一半的文件

## help: 命令行帮助（英文帮助写在源码的选项旁；其他语言写在这里，由测试检查是否齐全）
## help-命令：该命令的用途，其属性为各选项的说明（键为选项在源码中的名称），notes 为示例之后的说明；
## help-options：多个命令共有的选项；help-values：选项的可选值。

help-plancast = 对发展规划作成千上万次模拟推演，给出每项目标实现的可能性
    .notes = 情景可以是文件、内置情景的名称，或用 - 表示标准输入。

help-options = 各命令共有的选项
    .help = 显示帮助
    .version = 显示版本
    .wait = 其他进程正在写同一位置时最多等候多久：90s、10min、2h；默认10min
    .allow_outside = 允许情景引用项目以外的、隐藏的或任意扩展名的文件；只用于可信的情景
    .lang = 表格、图形与提示信息的语言；默认随系统区域设置
    .scenario = 情景文件或内置情景的名称
    .scenarios = 情景文件或名称；可用通配符，如 'plans/*.toml'
    .runs = 运行结果文件夹
    .set = 修改参数或字段：'trend[coal]=normal(1%, 1%)'
    .paths = 模拟多少条路径；可写 1e6、1M；默认按情景的 [run]，否则为100000
    .seed = 随机种子；默认按情景的 [run]，否则为1
    .threads = 线程数，不影响结果；默认用全部核心
    .memory = 最多可占用的内存：2GiB、500MB；超过时在运行之前拒绝；默认为可用内存的四分之三
    .out = 结果写入的文件夹
    .charts = 绘制哪些图
    .csv = 表格供程序读取，或供 Excel 打开（带字节顺序标记，中文不会乱码）
    .record = 另外记录的变量：名称、成员（如 'va[coal]'）或 'all'
    .quantiles = 输出哪些分位数（%）；默认为 5,10,25,50,75,90,95
    .observed = 只保留与已知事实相符的未来：CSV 文件，列为 variable、year、value、sd（及 published）
    .as_of = 只使用截至该日已经公布的数据：2024-03-01
    .unobserved = 不使用任何观测值，情景自带的也不用
    .allow_implausible = 观测记录与情景矛盾时仍以其为条件
    .no_sensitivity = 不分析影响结果的因素
    .export = 写出全部路径：FILE.parquet、FILE.csv 或 FILE.csv.gz；{"{"}id{"}"} 代表情景名称
    .json = 以 JSON 输出结果，不显示表格
    .quiet = 除错误与所要求的 JSON 外不显示任何内容
    .sweep = 对每个取值各运行一次：'trend[coal]=-2%,0%,2%' 或 'price=0:200:50'；可重复，取全部组合
    .given = 只保留满足该条件的路径：'co2@2030 <= 60'；结果文件夹名称带 -given
    .format = 输出格式
    .chart = 把图画到该文件：FILE.svg 或 FILE.png

help-values = 选项的可选值
    .charts-svg = SVG 格式
    .charts-png = PNG 格式
    .charts-both = SVG 与 PNG
    .charts-none = 不绘图
    .csv-programs = 供程序读取：UTF-8
    .csv-excel = 供 Excel 打开：带字节顺序标记的 UTF-8
    .format-text = 供人阅读
    .format-json = 供编辑器与程序读取
    .format-dot = Graphviz 关系图
    .sampling-random = 随机抽样，每个抽样只由其地址决定
    .sampling-antithetic = 对偶抽样：一条取 u，另一条取 1 − u
    .sampling-latin-hypercube = 拉丁超立方抽样：每个输入在其分布上均匀分层
    .sampling-sobol = 加扰 Sobol 点：全部输入共同均匀分布
    .engine-slurm = 向 Slurm 提交作业数组并随后合并的脚本
    .engine-kubernetes = 供 kubectl apply 使用的 Indexed Job
    .engine-parallel = GNU parallel 脚本，用于一台或多台机器
    .of-scenario = 情景文件
    .of-summary = summary.json
    .method-sobol = 一阶与总效应指数（Saltelli、Jansen）
    .method-morris = 基本效应（Morris）
    .method-pawn = 分布之间的距离（PAWN）
    .palette-light = 白底，用于打印与网页
    .palette-dark = 深色底，用于投影与屏幕
    .palette-grey = 灰度，用于黑白打印

help-run = 模拟情景，显示区间与实现概率，并为每个情景写出结果文件夹
    .until = 不断增加路径，直到各目标概率的最大标准误不超过该值（'0.2%'），或某一统计量的标准误不超过该值（'quantile(gdp@2025, 5%)=1'）
    .max_paths = 使用 --until 时最多模拟多少条路径
    .sampling = 路径如何分布；除 'random' 外所需路径较少，分16组重复以估计误差；默认 random
    .shard = 只模拟一个分片，供 `plancast merge` 合并
    .checkpoint = 每隔若干分钟保存已有计数，供 --resume 使用
    .resume = 从中断的运行留下的检查点继续；没有检查点时从头开始
    .pairs = 目标超过200项时：统计哪些目标两两同时实现（'a,b,c'，或 'all'）
    .open = 在结果文件夹旁写出可调节的网页，并在浏览器中打开

help-check = 模拟情景并检验其门槛（[gates]）；用于批处理
    .require = 另加一个门槛：'p(growth) >= 50%'；可重复
    .confidence = 每个门槛判断正确的概率（%），各次查看合计
    .max_paths = 门槛尚无定论时最多模拟多少条路径；默认为 --paths 的16倍
    .junit = 写出 JUnit 格式的 XML，供构建服务器显示；- 表示标准输出
    .markdown = 写出 Markdown 摘要；- 表示标准输出
    .against = 结果偏离该基准时判为不通过：结果文件夹或其 summary.json
    .tolerance = 允许偏离多少：'1%'（概率为百分点，其他为百分数）、'probability=1%'、'gdp=0.5%'；可重复
    .github = 按 GitHub 的格式输出注释，显示在合并请求上
    .notes = 退出码：0 全部门槛通过；1 有门槛不通过或尚无定论；2 输入有误；3 机器故障（磁盘、内存、文件锁等）。

help-merge = 把各分片合并成完整的运行结果
    .parts = `run --shard` 写出的文件夹，次序不限
    .json = 输出 summary.json，不显示表格
    .quiet = 除错误外不显示任何内容
    .notes = 无论由多少台机器、在何处模拟各分片，合并结果的字节与一次完整运行相同。

help-jobs = 输出集群作业：把一次运行分片模拟并合并
    .into = 分成多少片
    .engine = 用于哪种作业系统
    .notes = 选项与 run 相同。退出码：0 已输出作业；2 情景或选项有误。

help-diff = 判断两次运行是否相同；不同时说明改变了什么
    .before = 结果文件夹或 summary.json
    .after = 与之对照的另一个
    .notes = 运行结果可以是文件夹，也可以只是其 summary.json（基准）。退出码：0 相同，1 不同。

help-verify = 检查结果文件夹是否完整、未被改动
    .notes = 清单所列的每个文件（包括导出文件）均按 SHA-256 核对。退出码：0 完整且未改动；1 有缺失或改动；2 不是 plancast 的结果文件夹。

help-compare = 用相同的随机抽样同时模拟多个情景，说明差异；第一个为参照
    .given = 只保留在每个情景中都满足该条件的路径：'co2@2030 <= 60'；结果文件夹名称带 -given
    .notes = 差异按路径逐条计算，情景之间共同的随机扰动不会模糊差异。使用 --given 时，所有结果只针对各情景都满足条件的路径。名称、单位与年份相同的才比较，其余列出。

help-validate = 不作模拟，找出情景文件中的全部错误

help-explain = 显示变量的方程、所用的量及其取值；或重放一条路径
    .name = 变量、参数、冲击、字段、集合、成员、指标、目标、门槛、分组、平衡账户、来源或单位的名称
    .path = 重放该路径并显示每个值
    .seed = --path 所用的随机种子；默认按情景的 [run]，否则为1
    .format = 文字，或供 Graphviz 使用的依赖关系图

help-solve = 求使目标条件成立的输入值（反解）
    .vary = 要改变的参数或字段，以逗号分隔：数值直接改变；分布整体平移，使该值为其均值；逐年取值整体平移，使该值为首年取值
    .shift = 以加法改变的输入：其全部年份、成员与抽样一同加减
    .scale = 以乘法改变的输入：其全部年份、成员与抽样一同乘除
    .fix = 以同一个数代替其全部年份、成员与分布的输入
    .goal = 应当成立的条件：'p(target) = 80%'、'mean(x@2030) >= 3'、'quantile(x@2030, 90%) <= 80'；还可用 sd(…)、expected_shortfall(…, 5%) 与 p(… given …)，符号可为 =、>=、<=、>、<
    .between = 没有调节范围（lever）的输入的取值范围，或另设的范围，按次序各写一次：4%,14%
    .paths = 模拟多少条路径；默认按情景的 [run]，否则为20000
    .notes = 取值范围为参数的 lever，或 --between。有多个输入时，对其余输入的一组取值求解最后一个，得到边界曲线。次序为 --vary、--shift、--scale、--fix。单个成员或年份写成 'price[coal]'、price@2030 或 'price[coal]@2030'；'price[coal]+price[gas]' 使两者一同变动，'price[*]' 使全部一同变动。

help-sensitivity = 专门模拟，给出一阶与总敏感性
    .of = 所问的结果：gdp@2025、指标或目标（其概率）；默认为前几项目标、主要变量的末年值与指标
    .method = 方法：Sobol 点上的指数、Morris 筛选或 PAWN
    .inputs = 所问的输入或分组，其余照常抽样：eps、trend[coal]；默认为每个分组
    .one_by_one = 逐个输入，而不按分组
    .order = 按此次序分摊相关输入共同解释的部分 [默认：沙普利值，对所有次序取平均]
    .chart = 把所得画成图，写入此 SVG 或 PNG 文件
    .paths = 模拟多少条路径；默认按情景的 [run]，否则为20000
    .notes = 不带下标的名称代表全部成员：own_shock 代表 own_shock[coal] 等。每次运行都附带给出一阶贡献率；本命令还给出各输入共同作用的部分。

help-decompose = 把变量的变化分解为各因素的效应：两年之间，或两个情景之间（LMDI）
    .total = 要分解的变量
    .by = 情景中声明的效应，或因素及其公式（每个各写一次）：'structure=va[industry]/gdp'；默认为全部已声明的效应
    .from = 起始年
    .to = 终止年
    .alternative = 以另一个情景代替另一个年份：在相同抽样下，它与第一个情景有何不同
    .year = 在哪一年比较两个情景
    .paths = 模拟多少条路径；默认按情景的 [run]，否则为20000
    .notes = 效应在情景的 [decompositions] 中声明。总量是各因素所含集合的全部成员之和；因素乘积解释不了的部分列为其余。只有一个因素的项取差值，各因素均不为负的项用 LMDI-I，其余用 Shapley 值；结果中注明所用方法。

help-discover = 找出目标在怎样的未来中落空
    .target = 要分析的目标
    .boxes = 最多寻找几个区域
    .paths = 模拟多少条路径；默认按情景的 [run]，否则为20000

help-audit = 核对规划自身的数字是否彼此一致，不作模拟

help-fit = 按情景的 [fit] 由历史记录估计输入；写出一个继承原情景的新情景
    .out = 写出的情景 FILE.toml，抽样值写在同名的 FILE.csv；默认为情景名称加 -fitted.toml
    .dry_run = 只估计，不写情景
    .seed = 随机种子
    .notes = 新情景从旁边的 CSV 文件中成组抽取估计值；可像其他情景一样运行。不是由 plancast fit 写出的文件不会被替换。

help-score = 以实际结果为已存的运行评分
    .actuals = 实际结果：CSV 文件，列为 variable、year、value
    .variable = 改画该变量的扇形图与实际结果
    .notes = CSV 的列为 variable、year、value，还可有 published（日期）与 unit。各种评分都以小为好：CRPS（单位同变量）、核密度的对数评分、已到期目标的 Brier 评分。

help-backtest = 从过去的起点、仅用当时已知的数据作预测，再以后来的结果评分
    .origins = 预测的起点年份：2010..2015，或 2010,2015
    .horizon = 向前预测多少年
    .seed = 随机种子
    .variable = 要评分的变量；默认为有历史记录的主要变量
    .paths = 每个起点模拟多少条路径
    .notes = 从基年起算的变量都需要 [history]；[fit] 所列的输入在每个起点重新估计。写有 [history.X] unit = "列名" 时，面板中的每个单位分别预测。

help-chart = 为已存的运行重新绘图
    .runs = 结果文件夹；小提琴图可比较多个
    .figure = 图的种类，或 'all'；默认为最能说明该情景的图
    .variable = 要画的变量或指标，龙卷风图还可为目标；默认为适合该图的每一个；散点图写两次
    .group = 目标分组，用于目标表与联合概率图
    .year = 年份，用于超越概率图、散点图与小提琴图；默认为目标所在年份，否则为末年
    .size = 尺寸，以1/96英寸的像素计；列表式的图只用宽度
    .palette = 配色
    .out = 绘图的文件夹，多次运行各占一个子文件夹；或一幅图的 SVG 或 PNG 文件；- 表示标准输出；默认为结果文件夹
    .notes = 图的种类：fan、scorecard、exceedance、density、paths、histogram、composition、joint、conditional、scatter、calendar、tornado、learnable；多次运行之间：violin、levels、difference、change。

help-report = 为已存的运行写出一个自成一体的网页
    .runs = 结果文件夹；也可以是情景，先行模拟
    .out = 写出的文件，- 表示标准输出
    .live = 让读者调节政策杠杆和任何假设：网页内含计算引擎与情景
    .compat = 不支持向量指令的旧浏览器也可以调节；网页大约增加半兆字节

help-list = 列出内置情景

help-new = 在文件夹中写出一个可供修改的情景；不覆盖任何文件
    .dir = 写入的文件夹
    .from = 内置情景的名称；默认为两部门小城，写成 scenario.toml
    .notes = 旁边的 schema 文件使编辑器知道情景文件可以写些什么。

help-schema = 输出情景文件的 JSON Schema（供编辑器使用），或 summary.json 的
    .of = 哪一种文件
    .notes = 情景文件首行写上 #:schema ./plancast.schema.json，在支持 TOML schema 的编辑器（Taplo、Even Better TOML）中即可自动补全、显示说明并随写随查。

help-completions = 写出 shell 的自动补全脚本
    .shell = 哪一种 shell

help-man = 写出 plancast 或其某一命令的手册页
    .command = 命令

help-help = 显示本帮助，或某一命令的帮助
