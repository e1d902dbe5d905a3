"""What is said of a score: one sentence for each kind of entry, remark and difference."""

from rubric.messages.wording import Wording

SCORING_NOTES: dict[str, Wording] = {
    # One line for each indicator; {formula} already holds the numbers.
    "earns": Wording("{said}: {points}", "{said}，得 {points} 分"),
    "gets": Wording("{points}", "得 {points} 分"),
    "takes": Wording("{points} deducted", "扣 {points} 分"),
    "takes-nothing": Wording("nothing deducted", "不扣分"),
    "line-band": Wording("{formula}, in the band {band}", "{formula}，在 {band} 档"),
    "line-limit": Wording("{formula} {band}", "{formula} {band}"),
    "line-otherwise": Wording("{formula}, in no other band", "{formula}，属于其余情况"),
    "line-otherwise-bare": Wording("in no other band", "属于其余情况"),
    "line-interpolated": Wording(
        "{where}, on the line from {low} to {high} points", "{where}，在 {low} 至 {high} 分之间按插值法计"
    ),
    "line-chosen": Wording(
        "{where}, given by the evaluator within {low} to {high}", "{where}，由评价人员在 {low} 至 {high} 分之间评定"
    ),
    "line-computed": Wording("points = {formula} = {value}", "得分 = {formula} = {value}"),
    "line-computed-points": Wording("points = {formula} = {points}", "得分 = {formula} = {points} 分"),
    "line-computed-full": Wording("{said}, at most {full}", "{said}，以 {full} 分为限"),
    "line-less": Wording("{where}, {points} deducted", "{where}，扣 {points} 分"),
    "line-start": Wording("{points} to begin with", "基础分 {points} 分"),
    "line-kept": Wording("kept at {points}", "以 {points} 分为限"),
    "line-together": Wording("{parts}; together {given}", "{parts}；合计{given}"),
    "line-left-out": Wording(
        "{condition}: not counted, the rest is scaled up", "{condition}，不考核，其余指标得分折算"
    ),
    "line-forfeited": Wording("{condition}: everything is forfeited, 0", "{condition}，按“否决”的规定得 0 分"),
    "item-holds": Wording("{name} holds", "{name}符合"),
    "item-fails": Wording("{name} does not hold", "{name}不符合"),
    "part-won": Wording("{said}: {points}", "{said}，计 {points} 分"),
    "part-lost": Wording("{said}: -{points}", "{said}，扣 {points} 分"),
    "part-nothing": Wording("{said}: 0", "{said}，计 0 分"),
    # One number of a rule changed.
    "mutant-edge": Wording("limit {before} → {after}", "界限 {before} 改为 {after}"),
    "mutant-inclusive": Wording("limit {edge} included", "界限 {edge} 改为含在内"),
    "mutant-exclusive": Wording("limit {edge} excluded", "界限 {edge} 改为不含在内"),
    "mutant-points": Wording("points {before} → {after}", "得分 {before} 改为 {after}"),
    "mutant-size": Wording("step {before} → {after}", "每档 {before} 改为 {after}"),
    "mutant-amount": Wording("each step {before} → {after}", "每档分数 {before} 改为 {after}"),
    "mutant-limit": Wording("at most {before} → {after}", "最多 {before} 改为 {after}"),
    "mutant-factor": Wording("factor {before} → {after}", "系数 {before} 改为 {after}"),
    "mutant-reading": Wording("fraction: {before} → {after}", "零头：{before} 改为{after}"),
    # Where a rule rounds.
    "rounded": Wording(
        "{mode} to {places} decimals: {before} → {after}", "{mode}（{places} 位小数）：{before} → {after}"
    ),
    "rounded-other": Wording("{mode} would give {points}", "如{mode}，得 {points} 分"),
    "line-proportion": Wording(
        "{formula}, of {full} points in proportion: {points}", "{formula}，按 {full} 分的比例计，得 {points} 分"
    ),
    "line-step": Wording(
        "{formula}, {distance} {side} {reference}, {steps} of {amount}, {moved}",
        "{formula}，比 {reference} {side} {distance}，计 {steps}，每档{way} {amount} 分，{moved}",
    ),
    "line-step-none": Wording(
        "{formula}, {side} {reference} by less than one step ({size})",
        "{formula}，{side} {reference}，差距不足一档（{size}）",
    ),
    "line-on-reference": Wording("{formula} = {reference}", "{formula} = {reference}"),
    "line-cases": Wording(
        "{formula}, {amount} for every {size}, {moved}",
        "{formula}，每 {size}{way} {amount} 分，{moved}",
    ),
    "line-cases-none": Wording(
        "{formula}, {moved}",
        "{formula}，{moved}",
    ),
    "line-items": Wording("all {count} items hold: {points}", "{count} 项要点均符合，得 {points} 分"),
    "line-items-some": Wording(
        "{held} of {count} items hold, not: {missing}; {points}",
        "{count} 项要点符合 {held} 项，不符合：{missing}；得 {points} 分",
    ),
    "line-rounded": Wording("rounded to {points}", "取整为 {points} 分"),
    "line-mean-points": Wording(
        "{condition}: {points}, the mean of the group", "{condition}，按全组平均分计 {points} 分"
    ),
    "line-exempt": Wording("{condition}: {given}, as the rule has it", "{condition}，按“不适用”的规定{given}"),
    "line-missing": Wording("not reported: {names}; {between}", "缺少：{names}；{between}"),
    "line-contradictory": Wording("different values for: {names}; {between}", "前后不一：{names}；{between}"),
    "gets-between": Wording("between {low} and {high}", "得分在 {low} 至 {high} 分之间"),
    "takes-between": Wording("between {low} and {high} deducted", "扣分在 {low} 至 {high} 分之间"),
    "line-undefined": Wording("cannot be computed: {names} is 0", "无法计算：{names}为 0"),
    "line-undefined-sum": Wording("cannot be computed: {names} comes to 0", "无法计算：{names}等于 0"),
    "line-uncovered": Wording("{formula}: no band of the rule covers it", "{formula}，规则没有规定这种情形"),
    "line-not-applicable": Wording(
        "{names} does not apply, and the rule does not say what follows", "{names}不适用，规则没有写明如何计分"
    ),
    "deducted": Wording(
        "{points} deducted",
        "扣 {points} 分",
    ),
    "deducted-all": Wording(
        "all {points} deducted",
        "{points} 分扣完",
    ),
    "deducted-limit": Wording(
        "{points} deducted, the most there is",
        "扣至上限 {points} 分",
    ),
    "added": Wording("{points} added", "加 {points} 分"),
    "not-added": Wording("nothing to add", "没有加分"),
    "not-deducted": Wording("nothing to deduct", "不扣分"),
    "way-deduct": Wording("deducted", "扣"),
    "way-add": Wording("added", "加"),
    "line-either-way": Wording(
        "different values for: {names}; {given} whichever holds", "前后不一：{names}；无论取哪个数，都{given}"
    ),
    "line-missing-either-way": Wording(
        "not reported: {names}; {given} whatever they are", "缺少：{names}；无论是多少，都{given}"
    ),
    "above-reference": Wording("above", "高于"),
    "below-reference": Wording("below", "低于"),
    "side-above": Wording(
        "above",
        "高",
    ),
    "side-below": Wording(
        "below",
        "低",
    ),
    "absent": Wording("no {name}", "没有{name}"),
    "present": Wording("{name}: yes", "{name}为“是”"),
    "denied": Wording("{name}: no", "{name}为“否”"),
    "not-met": Wording("not met: {condition}", "不符合：{condition}"),
    "not-so": Wording("not so: {condition}, nothing to deduct", "不属于：{condition}，不扣分"),
    "limit-value": Wording("{limit} ({value})", "{limit}（{value}）"),
    "is-level": Wording("{name} is “{level}”", "{name}为“{level}”"),
    "facts-do-not-apply": Wording("not applicable: {names}", "{names}不适用"),
    # The ledger.
    "entry-awarded": Wording("awarded {points}", "得 {points} 分"),
    "entry-left-out": Wording("not counted", "不考核"),
    "entry-lost": Wording("lost {points}", "失 {points} 分"),
    "reading-whole": Wording("whole steps only", "不足一档不计"),
    "reading-started": Wording("started steps count", "不足一档按一档计"),
    "reading-proportional": Wording("in proportion", "按比例计"),
    # Changes.
    "change-reach": Wording("{fact} {way}{value}: {given} (now {now})", "{fact}{way}{value}时{given}（现为 {now}）"),
    "change-level": Wording("{fact} “{value}”: {given}", "{fact}为“{value}”时{given}"),
    "about": Wording(" about {value}", "约 {value}"),
    "way-up-to": Wording("at least", "达到"),
    "way-above": Wording("above", "高于"),
    "way-down-to": Wording("at most", "不超过"),
    "way-below": Wording("below", "低于"),
    # What wins points back, and what it does to the whole.
    "recover-lost": Wording("{points} lost", "失 {points} 分"),
    "recover-now": Wording("{fact} (now {now})", "{fact}（现为{now}）"),
    "recover-limit": Wording("{fact} {limit}", "{fact} {limit}"),
    "recover-such-as": Wording("{limit} (such as {value})", "{limit}（如 {value}）"),
    "recover-about": Wording("{sign} about {value}", "{sign} 约 {value}"),
    "recover-won": Wording("{what} → +{points}; {whole}", "{what} → +{points} 分；{whole}"),
    "recover-both": Wording("both: {first}, and {second}", "两项同时：{first}，且{second}"),
    "whole-changes": Wording("total {before} → {after}", "总分 {before} → {after}"),
    "whole-same": Wording("the total stays {before}", "总分仍为 {before}"),
    "whole-grade": Wording("{total}, {before} → {after}", "{total}，{before} → {after}"),
    "whole-also": Wording("{total}; also {others}", "{total}；同时{others}"),
    "whole-other": Wording("{name} {before} → {after}", "{name} {before} → {after} 分"),
    "recover-not-two": Wording("neither one fact nor two win anything back", "只改一项或两项事实，都不能多得分"),
    "recover-not-all": Wording("neither one fact nor two win everything back", "只改一项或两项事实，都得不到满分"),
    "whole-other-taken": Wording("{name} {before} → {after} deducted", "{name}扣 {before} → {after} 分"),
    "whole-group": Wording(
        "totals are those with the figures of the group as they are now", "总分按全组现在的数计算，未计全组随之的变动"
    ),
    "recover-group": Wording(
        "it is held against the group, whose figures move with these facts: rubric what-if shows what comes of a value",
        "与全组比较的得分随全组的数变动，不列；可用 rubric what-if 看改为某个值的结果",
    ),
    "recover-given": Wording("the evaluator gives the points", "得分由评价人员评定"),
    "recover-exempt": Wording("not applicable: {names}; the points are those of the rule", "{names}不适用，按规定计分"),
    "recover-whole": Wording("{limit} → {whole}", "{limit} → {whole}"),
    "tiny": Wording("less than 0.01", "不足 0.01"),
    "recover-not-told": Wording(
        "whether two facts would win more was not worked out", "两项事实同时改动能否多得分，未能逐一试算"
    ),
    "recover-nothing-lost": Wording("nothing was lost", "没有失分"),
    # How near the next edge is.
    "margin-row": Wording("{what} {now}: {down}; {up}", "{what} {now}：{down}；{up}"),
    "margin-measured": Wording("measured", "所评的数"),
    "margin-no-lower": Wording("the same however low", "再低不变"),
    "margin-no-higher": Wording("the same however high", "再高不变"),
    "margin-below": Wording("below {value} ({distance} away) → {then}", "低于 {value}（差 {distance}）{then}"),
    "margin-down-to": Wording("at {value} ({distance} away) → {then}", "降到 {value}（差 {distance}）{then}"),
    "margin-above": Wording("above {value} ({distance} away) → {then}", "高于 {value}（差 {distance}）{then}"),
    "margin-up-to": Wording("at {value} ({distance} away) → {then}", "升到 {value}（差 {distance}）{then}"),
    "margin-any-lower": Wording("any lower → {then}", "稍低即{then}"),
    "margin-any-higher": Wording("any higher → {then}", "稍高即{then}"),
    "then-sloping": Wording("every bit counts", "逐步变动"),
    "then-no-score": Wording("no score", "不能计分"),
    # What moves the points of a level or of the whole.
    "shift-not-counted-highest": Wording("only the highest counts", "只取最高的一项"),
    "shift-not-counted-lowest": Wording("only the lowest counts", "只取最低的一项"),
    "shift-not-counted-once": Wording("no loss counts twice", "不重复扣分"),
    "shift-formula": Wording("by the formula {formula}", "按合成公式 {formula}"),
    "shift-kept-full": Wording("at most {points}", "以 {points} 分为限"),
    "shift-kept-taken": Wording("at most {points} deducted", "最多扣 {points} 分"),
    "shift-kept-nothing": Wording("not below 0", "不低于 0 分"),
    "shift-provided": Wording(
        "{name} is not counted, as this does not hold: {condition}", "{name}不计：未达到“{condition}”"
    ),
    "shift-provided-open": Wording("{name} counts only if: {condition}", "{name}须符合“{condition}”才计"),
    "shift-scaled-up": Wording("{out} points are not counted, the rest is scaled up", "不考核 {out} 分，其余得分折算"),
    "shift-penalty": Wording("deducted: {name}", "扣除：{name}"),
    "shift-cap": Wording("{condition}: at most {points}", "{condition}，总分以 {points} 分为限"),
    "shift-cap-level": Wording("{condition}: {name} at most {points}", "{condition}，{name}以 {points} 分为限"),
    "shift-cap-always": Wording("at most {points}", "以 {points} 分为限"),
    "shift-veto": Wording("{condition}: no points", "{condition}，总分计 0 分"),
    "shift-stopped": Wording("{condition}: scoring stops", "{condition}，停止评分"),
    "shift-rounded": Wording("{mode} to {places} decimals", "{mode}（{places} 位小数）"),
    "veto-grade": Wording("{condition}: the grade is {grade}", "{condition}，等级定为{grade}"),
    "veto-barred": Wording("{condition}: the grade may not be {grade}", "{condition}，不得评为{grade}"),
    "veto-open": Wording("not settled if {veto}", "未定：{veto}"),
    "follows": Wording("{condition}: {text}", "{condition}：{text}"),
    "follows-open": Wording("may follow, if {condition}: {text}", "若{condition}：{text}"),
    # What needs a look.
    "look-claim": Wording(
        "{name}: {claimed} claimed, {points} earned; {reason}", "{name}：自评 {claimed} 分，应得 {points} 分；{reason}"
    ),
    "look-claim-outside": Wording(
        "{name}: {claimed} claimed, between {low} and {high} possible",
        "{name}：自评 {claimed} 分，可能得分在 {low} 至 {high} 分之间",
    ),
    "needs-band": Wording(
        "{claimed} would need{band}, it is {value}, which is{own}",
        "得 {claimed} 分须{band}，实际为 {value}，{own}",
    ),
    "in-band": Wording(" {band}", "在 {band} 档"),
    "needs-value": Wording("{claimed} would need{band}, it is {value}", "得 {claimed} 分须{band}，实际为 {value}"),
    "look-grade-sure": Wording("the grade is {grade}, not {claimed}", "等级为{grade}，不是{claimed}"),
    "look-grade": Wording(
        "the grade is {grade}, not {claimed}: {points} points", "等级为{grade}，不是{claimed}：总分 {points} 分"
    ),
    "look-grade-range": Wording("the grade may be {grade}; {claimed} is claimed", "等级可能为{grade}；自评为{claimed}"),
    "look-sum": Wording(
        "{name}: the subtotal says {printed}, the items told of add up to {narrated}, {difference} less; not told of: "
        "{names}",
        "{name}小计 {printed} 分，文中各项合计 {narrated} 分，多出 {difference} 分；文中没有写到的指标：{names}",
    ),
    "look-sum-plain": Wording(
        "{name}: the subtotal says {printed}, its items add up to {narrated}",
        "{name}小计 {printed} 分，各项合计 {narrated} 分",
    ),
    "look-total": Wording(
        "the total says {claimed}, its subtotals add up to {sum}", "总分写 {claimed} 分，各小计合计 {sum} 分"
    ),
    "look-claimed-grade": Wording(
        "the claimed grade {claimed} does not follow from the claimed {points} points, which is {grade}",
        "自评总分 {points} 分应为{grade}，自评等级写的是{claimed}",
    ),
    "look-reading": Wording(
        "{name}: {others}; the rule says {reading}: {given}", "{name}：规则为{reading}，{given}；{others}"
    ),
    "reading-other": Wording("{reading} would give {given}", "如{reading}，{given}"),
    "look-adjustment": Wording(
        "the department takes {amount} out of {fact} (allowed by: {by}): {before} without, {after} with it",
        "部门从{fact}中剔除 {amount}（认可：{by}）：不剔除得 {before} 分，剔除得 {after} 分",
    ),
    "look-rate-truncated": Wording(
        "{name}: the report prints {printed}, cut off; rounded it is {rounded}",
        "{name}：报告印作 {printed}，是截去尾数所得，四舍五入应为 {rounded}",
    ),
    "look-rate-wrong": Wording(
        "{name}: the report prints {printed}, it is {rounded}",
        "{name}：报告印作 {printed}，应为 {rounded}",
    ),
    "look-missing": Wording("{name}: {points} points hang on it", "{name}：影响 {points} 分"),
    "look-unsettled": Wording("{name}: {reason}", "{name}：{reason}"),
    "nobody": Wording("nobody", "无"),
}
