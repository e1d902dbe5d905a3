"""The sentences of a score as an official report words them: the same codes as in `scoring`, in other words.

`PROSE` is the paragraph that justifies an indicator's points, `NOTES` what stands beside the points of a score sheet,
and `FINDINGS` what a review holds against a claim.
"""

from __future__ import annotations

from rubric.messages.wording import Wording

_BOTH: dict[str, Wording] = {
    "line-otherwise": Wording("{formula}, in no other band", "{formula}，属于评分标准中的其余情形"),
    "line-otherwise-bare": Wording("in no other band", "属于评分标准中的其余情形"),
    "line-band": Wording("{formula}, in the band {band}", "{formula}，处于{band}档"),
    "line-step": Wording(
        "{formula}, {distance} {side} {reference}; for each {size} {amount} {way}: {steps}, {moved}",
        "{formula}，比{reference}{side}{distance}，每{side}{size}{way}{amount}分，计{steps}，{moved}",
    ),
    "line-step-none": Wording(
        "{formula}, {side} {reference} by less than one step of {size}",
        "{formula}，{side}{reference}但差距不足{size}，不足一档的不计",
    ),
    "line-cases": Wording(
        "{formula}, for each {size} {amount} {way}, in all {moved}", "{formula}，每{size}{way}{amount}分，{moved}"
    ),
    "line-interpolated": Wording(
        "{where}, on the line from {low} to {high} points", "{where}，在{low}至{high}分之间按插值法计分"
    ),
    "line-chosen": Wording(
        "{where}, given by the evaluator within {low} to {high}", "{where}，由评价人员在{low}至{high}分之间评定"
    ),
    "line-computed": Wording("by the formula {formula} = {value}", "按公式计算为{formula}={value}"),
    "line-computed-full": Wording("{said}, at most {full}", "{said}，以{full}分为限"),
    "line-start": Wording("{points} to begin with", "基础分{points}分"),
    "not-met": Wording("not met: {condition}", "不符合“{condition}”的要求"),
    "not-so": Wording("not so: {condition}, nothing to deduct", "不存在“{condition}”的情形，不扣分"),
    "item-holds": Wording("{name} holds", "{name}符合要求"),
    "item-fails": Wording("{name} does not hold", "{name}不符合要求"),
    "line-left-out": Wording(
        "{condition}: not counted, the other points are scaled up", "{condition}，本项不考核，其余指标得分相应折算"
    ),
    "line-missing-either-way": Wording(
        "{names} not reported; {given} whatever it is", "尚缺{names}的资料，无论情况如何，均{given}"
    ),
    "line-either-way": Wording(
        "{names} differs in the report; {given} either way", "{names}，无论以哪个为准，均{given}"
    ),
    "line-missing": Wording("{names} not reported; {between}", "尚缺{names}的资料，{between}"),
    "line-contradictory": Wording("different values for {names}; {between}", "{names}，有待核实，{between}"),
    "line-undefined": Wording("{names} is 0, so nothing can be computed", "{names}为0，无法计算，评分标准对此未作规定"),
    "line-undefined-sum": Wording(
        "{names} comes to 0, so nothing can be computed", "{names}等于0，无法计算，评分标准对此未作规定"
    ),
    "line-uncovered": Wording("{formula}: no band of the rule covers it", "{formula}，评分标准对此未作规定"),
    "line-not-applicable": Wording(
        "{names} does not apply, and the rule does not say what follows", "{names}不适用，评分标准未规定如何计分"
    ),
    "shift-not-counted-once": Wording("no loss counts twice", "同一事项不重复扣分"),
    "rounded": Wording("{mode} to {places} decimals: {after}", "{mode}保留{places}位小数计{after}"),
}

PROSE: dict[str, Wording] = {
    **_BOTH,
    "earns": Wording("{said}. Points: {points}", "{said}，根据评分标准，该项得{points}分"),
    "gets": Wording("points: {points}", "得{points}分"),
    "takes": Wording("points deducted: {points}", "扣{points}分"),
    "takes-nothing": Wording("nothing is deducted", "不扣分"),
    "line-together": Wording("{parts}; together, {given}", "{parts}；根据评分标准，该项合计{given}"),
    "line-computed-points": Wording(
        "By the formula: {formula} = {points} points", "根据评分标准，该项得分为{formula}={points}分"
    ),
    "line-proportion": Wording(
        "{formula}, in proportion of {full}. Points: {points}",
        "{formula}，按分值{full}分乘以该比率计算，根据评分标准，该项得{points}分",
    ),
    "line-mean-points": Wording(
        "{condition}: the mean of the group counts. Points: {points}",
        "{condition}，根据评分标准，该项按全组平均分计{points}分",
    ),
    "line-exempt": Wording(
        "{condition}: the indicator does not apply; by the rule, {given}",
        "{condition}，该项指标不适用，根据评分标准，该项{given}",
    ),
    "line-forfeited": Wording(
        "{condition}: by the rule everything is forfeited. Points: 0",
        "{condition}，按照一票否决的规定，该项得0分",
    ),
    "items-all": Wording(
        "{names}: all {count} requirements are met. Points: {points}",
        "{names}，{count}项要点均符合要求，根据评分标准，该项得{points}分",
    ),
    "items-some": Wording(
        "{held} of {count} requirements are met, not: {missing}. Points: {points}",
        "{count}项要点中{held}项符合要求，{failed}项不符合要求（{missing}），根据评分标准，该项得{points}分",
    ),
    "items-none": Wording(
        "none of {count} requirements is met: {missing}. Points: {points}",
        "{missing}，{count}项要点均不符合要求，根据评分标准，该项得{points}分",
    ),
    "rate-of": Wording("{formula} = {value}", "{name}为{formula}={value}"),
    "comes-to": Wording("{formula} = {value}", "按公式计算为{formula}={value}"),
    "with-facts": Wording("{facts}; {said}", "{facts}，{said}"),
}

NOTES: dict[str, Wording] = {
    **_BOTH,
    "earns": Wording("{said}", "{said}"),
    "line-together": Wording("{parts}", "{parts}"),
    "line-computed-points": Wording("{formula} = {points}", "{formula}={points}"),
    "line-proportion": Wording("{formula}, in proportion of {full}", "{formula}，按{full}分的比例计分"),
    "line-mean-points": Wording("{condition}: the mean of the group", "{condition}，按全组平均分计分"),
    "line-exempt": Wording("{condition}: not applicable, {given} by the rule", "{condition}，不适用，按规定{given}"),
    "line-forfeited": Wording("{condition}: everything forfeited", "{condition}，一票否决"),
    "items-all": Wording("all {count} requirements are met", "{count}项要点均符合要求"),
    "items-some": Wording("not met: {missing}", "不符合要求：{missing}"),
    "items-none": Wording("none of {count} requirements is met", "{count}项要点均不符合要求"),
    "rate-of": Wording("{formula} = {value}", "{formula}={value}"),
    "comes-to": Wording("{formula} = {value}", "{formula}={value}"),
    "with-facts": Wording("{said}", "{said}"),
    "note-lost": Wording("-{points}: {said}", "扣{points}分：{said}"),
}

FINDINGS: dict[str, Wording] = {
    **NOTES,
    "look-claim": Wording(
        "{name}: {claimed} claimed, {points} due. {reason}",
        "{name}自评{claimed}分，按评分标准应得{points}分。{reason}",
    ),
    "look-claim-outside": Wording(
        "{name}: {claimed} claimed, between {low} and {high} possible",
        "{name}自评{claimed}分，按现有数据得分应在{low}至{high}分之间",
    ),
    "needs-band": Wording(
        "{claimed} would need{band}; it is {value}, which is{own}", "得{claimed}分须{band}，实际为{value}，{own}"
    ),
    "in-band": Wording(" {band}", "处于{band}档"),
    "needs-value": Wording("{claimed} would need{band}; it is {value}", "得{claimed}分须{band}，实际为{value}"),
    "look-grade-sure": Wording(
        "the grade is {grade}, {claimed} is claimed", "评价等级应为“{grade}”，自评等级为“{claimed}”"
    ),
    "look-grade": Wording(
        "the grade for {points} points is {grade}, {claimed} is claimed",
        "复核得分{points}分，评价等级应为“{grade}”，自评等级为“{claimed}”",
    ),
    "look-grade-range": Wording(
        "the grade may be {grade}; {claimed} is claimed", "按现有数据评价等级可能为{grade}，自评等级为“{claimed}”"
    ),
    "look-sum": Wording(
        "{name}: the subtotal claims {printed}, the indicators told of come to {narrated}, {difference} less; not told "
        "of: {names}",
        "{name}自评小计{printed}分，报告所列各项合计{narrated}分，相差{difference}分；报告未写明得分的指标为：{names}",
    ),
    "look-sum-plain": Wording(
        "{name}: the subtotal claims {printed}, its indicators come to {narrated}",
        "{name}自评小计{printed}分，报告所列各项合计{narrated}分，两者不一致",
    ),
    "look-total": Wording(
        "{claimed} are claimed in total, the subtotals come to {sum}",
        "自评总分{claimed}分，各部分小计合计{sum}分，两者不一致",
    ),
    "look-claimed-grade": Wording(
        "the claimed {points} points are {grade}, {claimed} is claimed",
        "自评总分{points}分对应的等级为“{grade}”，自评等级为“{claimed}”，两者不一致",
    ),
    "look-adjustment": Wording(
        "the department takes {amount} out of {fact} (allowed by: {by}): {before} points without, {after} with it",
        "该单位提出从{fact}中剔除{amount}（认可情况：{by}）；不剔除总得分为{before}分，剔除后为{after}分",
    ),
    "look-rate-truncated": Wording(
        "{name}: the report prints {printed}, cut off; rounded it is {rounded}",
        "{name}在报告中列为{printed}，系截去尾数所得，四舍五入应为{rounded}",
    ),
    "look-rate-wrong": Wording(
        "{name}: the report prints {printed}; it is {rounded}", "{name}在报告中列为{printed}，经核算应为{rounded}"
    ),
    "look-unsettled": Wording("{name}: {reason}", "{name}：{reason}"),
    "look-reading": Wording(
        "{name}: by the rule, {reading}: {given}; {others}", "{name}按“{reading}”的规定{given}；{others}"
    ),
    "reading-other": Wording("{reading} would be {given}", "如{reading}，{given}"),
}
