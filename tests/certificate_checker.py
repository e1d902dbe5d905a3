"""Checks a certificate of a score by working every step out again; needs Python alone and shares no code with Rubric.

    python tests/certificate_checker.py 评分.cert.json [编号]

It checks: the id and the digests of the texts; that every clause and every value stands in its text where the
certificate says, a value under the name of its fact; that the numbers of a case stand in the words of its clause;
each amount from what is written; every term, guard, case, step, rounding, limit and ledger entry; sums, shifts, caps,
vetoes, the total, the grade; differences, verdicts and sums of claims; the total with adjustments. Of a total that is
a range it checks what is settled, that the rest adds up, lies within what the open cases give, and that each end that
is said to be reached is reached by the values given for it.

It does not check: that the cases mean what their clauses say beyond their numbers, as it reads no rule language
(`rubric verify` does), that no case was left out, figures of a group, or that nothing lies beyond the ends of a range.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from fractions import Fraction as Q

SIZES = {"percent": Q(1, 100), "permille": Q(1, 1000), "percentage_point": Q(1, 100), "qian_yuan": Q(1000)}
SIZES |= {"wan_yuan": Q(10**4), "yi_yuan": Q(10**8), "wan_dollar": Q(10**4), "wan_square_metre": Q(10**4)}
SIZES |= {"kilometre": Q(1000), "ton": Q(1000)}
YES, NO = {"是", "有", "yes", "true"}, {"否", "无", "没有", "no", "false"}
# Of several reasons why there is no value the gravest is the one that counts.
GRAVE = ("contradictory", "missing", "not-applicable", "undefined")
WORDS = {
    "role": "band step item not-applicable veto start kept level whole cap overruling rounding provided ordinary bonus "
    "penalty",
    "kind": "rubric-certificate number fact operation points choice lies level flat steps indicator guards any group",
    "combination": "first sum highest lowest once",
    "side": "above below either",
    "reading": "whole started proportional",
    "mode": "half-up half-even cut up",
    "effect": "grade barred nothing stop",
    "origin": "file group",
}
CHINESE = {each: number for number, each in enumerate("零一二三四五六七八九")} | {"两": 2, "半": Q(1, 2)}


# ------------------------------------------------------------------------------------------------ arithmetic


def exact(text):
    """An exact number, written in the one way in which it is written."""
    if text is None:
        return None
    if not isinstance(text, str) or len(text) > 8000 or str(Q(text)) != text:
        raise ValueError(f"不是最简的精确数 {str(text)[:40]}")
    return Q(text)


def rounded(value, mode, size):
    """The multiple of a size that a value is rounded to."""
    down, rest = divmod(abs(value) / size, 1)
    half = rest > Q(1, 2) or (rest == Q(1, 2) and down % 2 == 1)
    up = {"half-up": rest >= Q(1, 2), "half-even": half, "cut": False, "up": rest > 0}[mode]
    return (down + up) * size * (-1 if value < 0 else 1)


def inside(value, span):
    """Whether a value lies in an interval."""
    low, high = exact(span["low"]), exact(span["high"])
    above = low is None or value > low or (value == low and span["low_in"])
    return above and (high is None or value < high or (value == high and span["high_in"]))


def all_of(answers):
    """Whether all hold: one that fails settles it, one that is open leaves it open."""
    answers = list(answers)
    return False if False in answers else None if None in answers else True


def one_of(answers):
    """Whether any holds."""
    answers = list(answers)
    return True if True in answers else None if None in answers else False


def just(points):
    """A range of one value."""
    return {"low": str(points), "high": str(points), "low_reached": True, "high_reached": True}


def in_order(wanted):
    """A key that sorts as something is sorted already, so that the order alone is no difference."""
    return lambda each: wanted.index(each) if each in wanted else len(wanted)


def text(value):
    """A number as a certificate holds it."""
    return None if value is None else str(value)


def worked(function, now):
    """The points of a function, and how they come about."""
    if function["kind"] == "flat":
        return exact(function["points"]), None
    if function["kind"] != "steps" or now is None:
        return None, None
    base, amount = exact(function["base"]), exact(function["amount"])

    def quantum(which, value):
        found = function[which]
        return rounded(value, found["mode"], exact(found["size"])) if found else value

    def at(count):
        points = quantum("after", min(exact(function["ceiling"]), max(exact(function["floor"]), base + amount * count)))
        return min(exact(function["most"]), points) if function["most"] is not None else points

    away = quantum("before", now) - exact(function["reference"])
    distance = {"above": away, "below": -away, "either": abs(away)}[function["side"]]
    share = distance / exact(function["size"])
    steps = {"whole": Q(share // 1), "started": Q(-(-share // 1)), "proportional": share}
    readings = {reading: str(at(count)) for reading, count in steps.items()}
    own = steps[function["reading"]]
    work = {"measured": now, "rounded": quantum("before", now) if function["before"] else None, "distance": distance}
    work |= {"steps": own, "reached": base + amount * own, "points": at(own)}
    shown = {key: text(value) for key, value in work.items()}
    return at(own), {**shown, "readings": readings if len(set(readings.values())) > 1 else {}}


class Facts:
    """What is known: numbers, levels, and why there is no value."""

    def __init__(self, values):
        self.numbers, self.labels, self.unknown = {}, {}, {}
        for fact in values:
            read = fact["readings"][0] if fact["state"] == "present" else None
            if read is None:
                self.unknown[fact["key"]] = fact["state"]
            elif read["value"] is not None:
                self.numbers[fact["key"]] = exact(read["value"])
            else:
                self.labels[fact["key"]] = read["truth"] if read["level"] is None else read["level"]

    def lacking(self, keys):
        return {key for key in keys if key not in self.numbers and key not in self.labels}

    def why(self, keys):
        reasons = {self.unknown.get(key, "missing") for key in self.lacking(keys)}
        return next((each for each in GRAVE if each in reasons), "undefined")


# ------------------------------------------------------------------------------------------------ the score


class Score:
    """Works a score out from its facts; what it makes of each part of a certificate is shaped like that part."""

    def __init__(self, document, facts):
        self.document, self.facts = document, facts
        self.points, self.full, self.counted, self.measured = {}, {}, {}, {}

    def terms(self, nodes, points):
        """What each term comes to, from earlier ones: its value, or why there is none."""
        found = []
        for place, node in enumerate(nodes):
            value, why = None, "missing"
            match node["kind"]:
                case "number":
                    value = exact(node["value"])
                case "fact":
                    value = self.facts.numbers.get(node["fact"])
                    why = self.facts.unknown.get(node["fact"], "missing")
                case "operation":
                    if not (0 <= node["left"] < place and 0 <= node["right"] < place):
                        raise ValueError(f"第 {place + 1} 步用到后面的步骤")
                    (one, because), (other, besides) = found[node["left"]], found[node["right"]]
                    if one is None or other is None:
                        why = next(each for each in GRAVE if each in (because, besides))
                    elif node["operator"] == "/":
                        value, why = one / other if other else None, "undefined"
                    else:
                        value = {"+": one + other, "-": one - other, "*": one * other}[node["operator"]]
                case "points":
                    value = points.get(node["of"])
                case "choice":
                    value = self.chosen(node["among"], found)
                case _:
                    raise ValueError("步骤的种类不明")
            found.append((value, None if value is not None else why))
        return found

    @staticmethod
    def shown(nodes, found):
        """Terms with what they come to, as a certificate holds them."""
        worked_out = [{"value": text(value), "why": why} for value, why in found]
        return [{**n, **{k: w[k] for k in w if k in n}} for n, w in zip(nodes, worked_out, strict=True)]

    def guards(self, guards, terms, now):
        """Guards with whether each holds."""
        return [{**each, "holds": self.holds(each, terms, now)} for each in guards]

    def holds(self, guard, terms, now):
        if guard["kind"] == "level":
            if guard["fact"] in self.facts.labels:
                own = self.facts.labels[guard["fact"]]
                return own == guard["level"] and type(own) is type(guard["level"])
            return False if self.facts.unknown.get(guard["fact"]) == "not-applicable" else None
        if guard["kind"] != "lies":
            raise ValueError("条件的种类不明")
        value, why = (now, None) if guard["term"] is None else terms[guard["term"]]
        return inside(value, guard) if value is not None else False if why == "not-applicable" else None

    def chosen(self, among, terms):
        """The first of several terms whose guards hold."""
        for each in among:
            holds = all_of(self.holds(guard, terms, None) for guard in each["guards"])
            if holds is not False:
                return terms[each["term"]][0] if holds else None
        return None

    # -------------------------------------------------------------------------------------- indicators

    def indicator(self, one):
        """One indicator: what overrules it, its parts, its points and its ledger."""
        terms, full, facts = self.terms(one["terms"], {}), exact(one["full"]), self.facts
        reads = []
        for node in one["terms"]:
            below = reads[node["left"]] | reads[node["right"]] if node["kind"] == "operation" else set()
            reads.append(below | ({node["fact"]} if node["kind"] == "fact" else set()))

        def asked(cases, always=True):
            for case in cases:
                for guard in case["guards"]:
                    place = guard.get("term")
                    yield from (
                        [guard["fact"]] if guard["kind"] == "level" else reads[place] if place is not None else ()
                    )
                own = always or case["function"]["kind"] == "steps"
                own = own or any(guard["kind"] == "lies" and guard["term"] is None for guard in case["guards"])
                yield from reads[case["measure"]] if own and case["measure"] is not None else ()

        def looked_at(case):
            now = terms[case["measure"]] if case["measure"] is not None else (None, None)
            guards = self.guards(case["guards"], terms, now[0])
            return {**case, "guards": guards}, all_of(each["holds"] for each in guards), now

        def open_(status, lacking=()):
            return {"status": status, "case": None, "work": None, "points": None, "lost": None}, set(lacking)

        def settling(index, case, now, holds=True):
            points, work = worked(case["function"], now[0])
            if not holds or points is None:
                lacking = facts.lacking(needs)
                return open_(facts.why(lacking), lacking)
            status = "forfeited" if case["clause"]["role"] == "veto" else "left-out" if one["leaves_out"] else "exempt"
            lost = Q(0) if status == "left-out" else full - points
            return {"status": status, "case": index, "work": work, "points": text(points), "lost": text(lost)}, set()

        def part(each):
            looked = [looked_at(case) for case in each["cases"]]
            index = next((place for place, (_, holds, _) in enumerate(looked) if holds is not False), None)
            case, holds, now = looked[index if index is not None else -1]
            if index is not None and holds:
                points, work = worked(case["function"], now[0])
                if points is not None:
                    result = {"status": "scored", "case": index, "work": work}
                    return looked, (
                        {**result, "points": text(points), "lost": text(exact(each["full"]) - points)},
                        set(),
                    )
            if index is None and now[1] is None:
                absent = {key for key in facts.lacking(asked(each["cases"])) if facts.why({key}) == "not-applicable"}
                return looked, open_("not-applicable" if absent else "uncovered", absent)
            may = [(case, holds) for case, holds, _ in looked if holds is not False]
            sure = next((place for place, (_, holds) in enumerate(may) if holds), len(may))
            lacking = facts.lacking(asked([case for case, _ in may[: sure + 1]]))
            return looked, open_("undefined") if now[1] == "undefined" or not lacking else open_(
                facts.why(lacking), lacking
            )

        exempt, firsts = one["exempt"], [looked_at(case) for case in one["first"]]
        needs = {*asked(one["first"], False), *asked([exempt] if exempt else [], False)}
        needs |= {key for each in one["parts"] for key in asked(each["cases"])}
        by, whole = None, None
        for index, (case, holds, now) in enumerate(firsts):
            if holds is not False and by is None:
                by, whole = "first", settling(index, case, now, holds)
        if by and whole[0]["points"] is not None and not self.document["adjustments"]:
            parts = [({**each, "outcome": None}, None) for each in one["parts"]]
        else:
            parts = []
            for each in one["parts"]:
                looked, result = part(each) if each["cases"] else ([], None)
                cases = [case for case, _, _ in looked]
                parts.append(({**each, "cases": cases, "outcome": None if by else result[0]}, result))
        if by is None and exempt and any(result[0]["status"] == "not-applicable" for _, result in parts):
            by, whole = "exempt", settling(0, *looked_at(exempt)[::2])
        results = [result for _, result in parts] if whole is None else [whole]
        given = [exact(result["points"]) for result, _ in results]
        points = None if None in given else given[0] if whole else self.together(one, given, full)
        statuses = [result["status"] for result, _ in results]
        status = next((s for s, value in zip(statuses, given, strict=True) if value is None), statuses[0])
        left_out = full if statuses[0] == "left-out" else Q(0)
        measured = self.chosen(one["formula"], terms)
        key = one["key"]
        if key in self.points:
            raise ValueError(f"指标「{key}」出现两次")
        self.points[key], self.full[key], self.counted[key], self.measured[key] = (
            points,
            full,
            full - left_out,
            measured,
        )
        return {
            **one,
            "terms": self.shown(one["terms"], terms),
            "formula": [{**each, "guards": self.guards(each["guards"], terms, None)} for each in one["formula"]],
            "measured": text(measured),
            "first": [case for case, _, _ in firsts],
            "exempt": looked_at(exempt)[0] if exempt else None,
            "settled_by": by,
            "settled": whole[0] if whole else None,
            "parts": [each for each, _ in parts],
            "status": status,
            "points": text(points),
            "range": just(points) if points is not None else self.ends(one, firsts, full),
            "left_out": text(left_out),
            "lacking": sorted(set().union(*(lacking for _, lacking in results)), key=in_order(one["lacking"])),
            "entries": self.ledger(one, by, results, points, full - left_out),
        }

    @staticmethod
    def together(one, given, full):
        """The points of an indicator from those of its parts."""
        total = {"sum": lambda each: sum(each, Q(0)), "highest": max, "lowest": min}[one["combination"]](given)
        total = min(full, max(Q(0), total)) if one["held"] else total
        after = one["after"]
        return min(full, rounded(total, after["mode"], exact(after["size"]))) if after else total

    @staticmethod
    def ends(one, firsts, full):
        """A range that is not settled, as it is certified, if it lies within what the open cases give."""
        low, high = exact(one["range"]["low"]), exact(one["range"]["high"])
        allowed = [(Q(0), full)]
        if one["combination"] == "sum" and len(one["parts"]) == 1 and not one["exempt"] and not firsts:
            guards = [(case, [g["holds"] for g in case["guards"]]) for case in one["parts"][0]["cases"]]
            open_ones = [case["function"] for case, holds in guards if False not in holds]
            flat = [(exact(f["points"]),) * 2 for f in open_ones if f["kind"] == "flat"]
            allowed = flat + [(exact(f["floor"]), exact(f["ceiling"])) for f in open_ones if f["kind"] == "steps"]
        within = not allowed or min(a for a, _ in allowed) <= low <= high <= max(b for _, b in allowed)
        return one["range"] if within and 0 <= low <= high <= full else "在各款所能给的分数之内"

    @staticmethod
    def ledger(one, by, results, points, counted):
        """The entries: one for each part that counts, and what keeps their sum within full marks."""
        rows = [(None if by else place, each) for place, (each, _) in enumerate(results) if each["points"] is not None]
        if one["combination"] != "sum" and points is not None and not by:
            best = (max if one["combination"] == "highest" else min)(exact(each["points"]) for _, each in rows)
            rows = [row for row in rows if exact(row[1]["points"]) == best][:1]
        entries = []
        for place, each in rows:
            cases = one["parts"][place]["cases"] if by is None else one["first"] if by == "first" else [one["exempt"]]
            clause = cases[each["case"]]["clause"]
            entries.append({"clause": clause, "part": place, "awarded": each["points"], "lost": each["lost"]})
        if points is not None and (one["combination"] != "sum" or one["held"] or one["after"]):
            over = sum((exact(each["awarded"]) for each in entries), Q(0)) - points
            missing = counted - points - sum((exact(each["lost"]) for each in entries), Q(0))
            if over or missing:
                head = {"role": "kept", "place": one["place"]}
                entries.append({"clause": head, "part": None, "awarded": text(-over), "lost": text(missing)})
        return entries

    # -------------------------------------------------------------------------- how points are put together

    def conditions(self, asked):
        """Conditions over facts and points, with whether they hold."""
        terms = self.terms(asked["terms"], self.points)
        found = [self.condition(each, terms) for each in asked["all"]]
        return {"terms": self.shown(asked["terms"], terms), "all": found, "holds": all_of(e["holds"] for e in found)}

    def condition(self, one, terms):
        match one["kind"]:
            case "any":
                among = [[self.condition(each, terms) for each in lot] for lot in one["among"]]
                return {**one, "among": among, "holds": one_of(all_of(e["holds"] for e in lot) for lot in among)}
            case "guards":
                lots = [self.guards(lot, terms, None) for lot in one["lots"]]
                return {**one, "lots": lots, "holds": one_of(all_of(e["holds"] for e in lot) for lot in lots)}
            case "points":
                own = self.points.get(one["of"])
                seen = one["seen"] if own is None else just(own)
                low, high = exact(seen["low"]), exact(seen["high"])
                start, end = exact(one["low"]), exact(one["high"])
                over = start is not None and (high < start or (high == start and not one["low_in"]))
                over = over or (end is not None and (low > end or (low == end and not one["high_in"])))
                both = inside(low, one) and inside(high, one)
                return {**one, "seen": seen, "holds": True if both else False if over else None}
        raise ValueError("条件的种类不明")

    def member(self, one):
        return self.group(one) if one["kind"] == "group" else self.indicator(one)

    def group(self, one):
        """A level: the sum of its members and what moves it."""
        key, full, members = one["key"], exact(one["full"]), [self.member(each) for each in one["members"]]
        if key in self.points:
            raise ValueError(f"「{key}」出现两次")
        out = [exact(each["full"]) > 0 and each["left_out"] == each["full"] for each in members]
        left_out = sum((exact(each["left_out"]) for each in members), Q(0))
        moved = Moved([self.points[each["key"]] for each in members])
        formula, once = None, one["combination"]
        if one["formula"]:
            formula = self.formula(one["formula"], moved)
        elif once in ("highest", "lowest", "once") and moved.now is not None:
            counting = [m for m, gone in zip(members, out, strict=True) if not gone] or members
            points, fulls = [self.points[m["key"]] for m in counting], [exact(m["full"]) for m in counting]
            lost = max(a - b for a, b in zip(fulls, points, strict=True))
            moved.to("not-counted", {"highest": max(points), "lowest": min(points), "once": sum(fulls) - lost}[once])
        if one["role"] == "penalty" and not one["formula"] and once in ("sum", "once"):
            counted = sum((exact(each["full"]) for each in members), Q(0)) - left_out
            moved.by("kept", lambda now: max(Q(0), full - (counted - now)))
            left_out = Q(0)
        elif one["role"] != "ordinary" or one["formula"]:
            moved.by("kept", lambda now: min(full, max(Q(0), now)))
        self.caps(key, moved)
        if once in ("highest", "lowest") or one["formula"]:
            left_out = full if all(out) else Q(0)
        if 0 < left_out < full and one["level"] == 1 and self.document["total"]["formula"]:
            moved.by("scaled-up", lambda now: now * full / (full - left_out))
            left_out = Q(0)
        self.points[key], self.full[key], self.counted[key] = moved.now, full, full - left_out
        own = {"sum": moved.start_of(members), "shifts": moved.shown(one["shifts"]), "left_out": text(left_out)}
        if moved.now is not None:
            own |= {"range": just(moved.now), "settled": True}
        elif not one["shifts"]:
            own |= {"range": own["sum"], "settled": False}
        return {**one, "members": members, "formula": formula, **own}

    def formula(self, formula, moved):
        """A formula over points, and the scaling up of what is left out of it."""
        terms = self.terms(formula["terms"], self.points)
        value = terms[-1][0]
        moved.now = moved.now if value is None or moved.now is not None else Q(0)
        moved.to("formula", value)
        full, counted = (self.terms(formula["terms"], each)[-1][0] for each in (self.full, self.counted))
        if value is not None and full is not None and counted is not None and full != counted:
            moved.to("scaled-up", value * full / counted if counted > 0 else Q(0))
        return {"terms": self.shown(formula["terms"], terms), "value": text(value)}

    def caps(self, target, moved):
        for cap in self.document["total"]["caps"]:
            if cap["target"] == target:
                self.asked[id(cap)] = found = self.conditions(cap["conditions"])
                moved.cut("cap", found["holds"], exact(cap["points"]))

    def total(self):
        """The whole: what is ordinary, bonuses and penalties, the formula, caps, vetoes and the rounding."""
        total, self.asked = self.document["total"], {}
        members = [self.member(each) for each in self.document["members"]]
        full, ordinary = exact(total["full"]), [each for each in members if each["role"] == "ordinary"]
        most = full + sum((exact(each["full"]) for each in members if each["role"] == "bonus"), Q(0))
        left_out = sum((exact(each["left_out"]) for each in ordinary), Q(0))
        moved, formula, shown = Moved([self.points[each["key"]] for each in ordinary]), total["formula"], None
        self.full[None] = self.counted[None] = full
        if not formula or any(node["kind"] == "points" and node["of"] is None for node in formula["terms"]):
            if left_out:
                moved.by("scaled-up", lambda now: now * (full / (full - left_out) if full > left_out else 0))
            self.points[None] = moved.now
            members = [self.beside(each, moved) for each in members]
        self.points[None] = moved.now
        if formula:
            shown = self.formula(formula, moved)
        moved.by("kept", lambda now: min(most, max(Q(0), now)))
        self.points[None] = moved.now
        self.caps(None, moved)
        self.points[None] = moved.now
        vetoes = [{**each, "conditions": self.conditions(each["conditions"])} for each in total["vetoes"]]
        for each in vetoes:
            if each["effect"] in ("nothing", "stop"):
                moved.cut("veto", each["conditions"]["holds"], Q(0))
        if total["rounding"]:
            size, mode = Q(1, 10 ** total["rounding"]["places"]), total["rounding"]["mode"]
            moved.by("rounded", lambda now: rounded(now, mode, size))
        self.points[None] = moved.now
        after = [{**each, "conditions": self.conditions(each["conditions"])} for each in total["consequences"]]
        caps = [{**each, "conditions": self.asked.get(id(each), "所限的级不存在")} for each in total["caps"]]
        own = {"most": text(most), "formula": shown, "caps": caps, "vetoes": vetoes, "consequences": after}
        own |= {
            "added": self.added(total["added"], moved.start_of(ordinary)),
            "shifts": moved.shown(total["shifts"]),
            "left_out": text(left_out),
        }
        own |= {"points": text(moved.now), "settled": moved.now is not None}
        spread = just(moved.now) if moved.now is not None else total["range"]
        if moved.now is None and exact(spread["low"]) > exact(spread["high"]):
            spread = "首尾不颠倒的区间"
        return members, {**total, **own, "range": spread, "grades": grades(total["scale"], total["range"], vetoes)}

    @staticmethod
    def added(certified, free):
        """The sum of open points, as it is certified, if it is no wider than if all of them varied freely."""
        ends = [exact(free["low"]), exact(certified["low"]), exact(certified["high"]), exact(free["high"])]
        return certified if ends[0] != ends[3] and ends == sorted(ends) else free

    def beside(self, one, moved):
        """What a bonus adds or a penalty takes, if what it asks for first holds."""
        points, provided = self.points[one["key"]], one["provided"]
        if provided:
            provided = {**provided, "conditions": self.conditions(provided["conditions"])}
        if one["role"] == "ordinary":
            return {**one, "provided": provided}
        if points is None or moved.now is None:
            moved.now = None
        elif one["role"] == "penalty":
            points -= exact(one["full"]) - exact(one["left_out"])
            moved.to("penalty", moved.now + points)
        else:
            moved.now += points
        if provided and moved.now is not None and provided["conditions"]["holds"] is not True:
            moved.to("provided", moved.now - points if provided["conditions"]["holds"] is False else None)
        return {**one, "provided": provided}

    # ------------------------------------------------------------------------------------------ claims

    def claims(self, claims):
        """What the department claims beside what was worked out."""
        indicators = {each["key"]: each for each in each_of(self.document["members"], "indicator")}
        groups = {each["key"]: each for each in each_of(self.document["members"], "group")}
        told = {each["key"]: exact(each["points"]) for each in claims["indicators"]}

        def claim(each):
            claimed, points, spread = exact(each["points"]), self.points[each["key"]], indicators[each["key"]]["range"]
            difference = None if claimed is None or points is None else points - claimed
            verdict = "unclaimed" if claimed is None else "outside"
            if difference is not None:
                verdict = "agrees" if not difference else "too-high" if difference < 0 else "too-low"
            elif claimed is not None and exact(spread["low"]) <= claimed <= exact(spread["high"]):
                verdict = "within"
            rate = each["rate"] and printed(each["rate"], self.measured[each["key"]])
            return {**each, "difference": text(difference), "verdict": verdict, "rate": rate}

        def subtotal(each):
            keys = [one["key"] for one in each_of(groups[each["key"]]["members"], "indicator")]
            narrated = sum((told[key] for key in keys if told.get(key) is not None), Q(0))
            unclaimed = [key for key in keys if told.get(key) is None]
            difference = text(exact(each["printed"]) - narrated)
            return {**each, "narrated": text(narrated), "difference": difference, "unclaimed": unclaimed}

        return {
            **claims,
            "narrated": text(sum((value for value in told.values() if value is not None), Q(0))),
            "indicators": [claim(each) for each in claims["indicators"]],
            "subtotals": [subtotal(each) for each in claims["subtotals"]],
        }


class Moved:
    """Points on their way; None where they are open."""

    def __init__(self, points):
        self.start = self.now = None if None in points else sum(points, Q(0))
        self.shifts = []

    def to(self, why, after):
        if self.now is not None and after is not None and after != self.now:
            self.shifts.append({"why": why, "amount": text(after - self.now), "before": just(self.now)})
            self.shifts[-1]["after"] = just(after)
        self.now = None if self.now is None else after

    def by(self, why, change):
        self.to(why, None if self.now is None else change(self.now))

    def cut(self, why, holds, most):
        if self.now is not None and self.now > most and holds is not False:
            self.to(why, most if holds else None)

    def start_of(self, members):
        """The sum of the ranges of the members."""
        if self.start is not None:
            return just(self.start)
        spreads = [each["range"] for each in members]
        found = {end: text(sum((exact(each[end]) for each in spreads), Q(0))) for end in ("low", "high")}
        return found | {end: all(each[end] for each in spreads) for end in ("low_reached", "high_reached")}

    def shown(self, certified):
        """The shifts, with the clauses that they are certified to rest on; where points are open, as certified."""
        if self.now is None:
            return certified
        clauses = [{"clause": each["clause"]} for each in certified] + [{}] * len(self.shifts)
        return [{**clauses[place], **each} for place, each in enumerate(self.shifts)]


def grades(scale, spread, vetoes):
    """The grade of a total, or every one that is possible, and what overrules it."""

    def reached(points):
        for place, each in enumerate(scale):
            floor = exact(each["floor"])
            if floor is None or points > floor or (each["inclusive"] and points == floor):
                return place
        return None

    best, worst = reached(exact(spread["high"])), reached(exact(spread["low"]))
    possible = [each for each in (best, worst) if each is not None]
    if len(possible) == 2:
        short = best < worst and not spread["high_reached"] and exact(scale[best]["floor"]) == exact(spread["high"])
        possible = list(range(best + short, worst + 1))
    for veto in vetoes:
        named = next((place for place, each in enumerate(scale) if veto["grade"] in each["forms"]), None)
        if veto["conditions"]["holds"] is False or named is None or veto["effect"] == "nothing":
            continue
        barred = veto["effect"] == "barred"
        overruled = [min(max(place, named + 1), len(scale) - 1) if barred else named for place in possible]
        possible = overruled if veto["conditions"]["holds"] else [*possible, *overruled]
    return [each["name"] for place, each in enumerate(scale) if place in possible]


def printed(rate, measured):
    """A printed rate beside the exact one."""
    words = unicodedata.normalize("NFKC", rate["text"]).strip()
    percent, number = words.endswith("%"), words.rstrip("% ").replace(",", "")
    places, shown, real = len(number.partition(".")[2]), Q(number), measured * (100 if percent else 1)
    verdict = "exact" if real == shown else "wrong"
    for name, mode in (("truncated", "cut"), ("rounded", "half-up")):
        verdict = name if verdict != "exact" and shown == rounded(real, mode, Q(1, 10**places)) else verdict
    value = text(shown / 100 if percent else shown)
    own = {"value": value, "places": places, "percent": percent, "exact": text(measured), "verdict": verdict}
    return {**rate, **own}


def each_of(members, kind):
    """Every level or every indicator, in the order of the text."""
    for each in members:
        if each["kind"] == kind:
            yield each
        if each["kind"] == "group":
            yield from each_of(each["members"], kind)


# ------------------------------------------------------------------------------------------------ the texts


def plain(words):
    """Letters and digits alone, so that one name in two spellings is the same."""
    return "".join(each for each in unicodedata.normalize("NFKC", words).casefold() if each.isalnum() or each in "%‰")


def numerals(words):
    """Every number that stands in a text, in Arabic or Chinese."""
    words = re.sub(r"(?<=\d)[,，](?=\d{3})", "", unicodedata.normalize("NFKC", words))
    found = {Q(each) for each in re.findall(r"\d{1,60}(?:\.\d{1,60})?", words)}
    for tens, ten, ones in re.findall(r"([一二两三四五六七八九]?)(十?)([零一二两三四五六七八九半]?)", words):
        if ten or tens or ones:
            found.add(Q(CHINESE.get(tens, 1) * 10 + CHINESE.get(ones, 0) if ten else CHINESE[tens or ones]))
            found |= {Q(CHINESE[each]) for each in (tens, ones) if each}
    return found


def quoted(lines, place):
    """What stands at a place, on one line."""
    covered = lines[place["line"] - 1 : place["end_line"]]
    if place["line"] < 1 or not covered:
        return None
    covered[-1] = covered[-1][: place["end_column"] - 1]
    covered[0] = covered[0][place["column"] - 1 :]
    return " ".join(line.strip() for line in covered)


def digests(document):
    """What does not have the digest that it should."""
    rules, facts = document["rules"], document["facts"]
    for each in (*rules["files"], facts["file"], *facts["together"]):
        if hashlib.sha256(each["text"].encode(each["encoding"])).hexdigest() != each["sha256"]:
            yield f"{each['name']} 的正文与摘要不符"
    several = [each["sha256"] for each in rules["files"]]
    joined = several[0] if len(several) == 1 else hashlib.sha256("\n".join(several).encode()).hexdigest()
    if joined != rules["digest"]:
        yield "规则的摘要与各文件的摘要不符"
    if hashlib.sha256(facts["file"]["text"].encode()).hexdigest() != facts["digest"]:
        yield "事实的摘要与正文不符"


def clauses(document):
    """Clauses that do not stand where they are said to, and numbers of cases that do not stand in their clauses."""
    texts = [each["text"] for each in document["rules"]["files"]]
    lines, stack = (
        [each.split("\n") for each in texts],
        [("", each) for each in (document["members"], document["total"])],
    )
    everywhere = set().union(*map(numerals, texts))
    while stack:
        where, value = stack.pop()
        if isinstance(value, dict):
            where = f"「{value['key']}」" if isinstance(value.get("key"), str) else where
            if "end_line" in value and quoted(lines[value["file"]], value) != value["quote"]:
                yield f"{where} 引用的条款不在规则第 {value['line']} 行：{value['quote'][:40]}"
            if value.get("kind") == "indicator":
                yield from strange_numbers(value, where, everywhere)
            stack += [(where, each) for each in value.values()]
        elif isinstance(value, list):
            stack += [(where, each) for each in value]


def names(document):
    """Words that may not stand where they do, and names and full marks that are not in the texts."""
    rules, stack = plain("".join(each["text"] for each in document["rules"]["files"])), [document]
    known = {each["key"] for each in document["values"]}
    while stack:
        value = stack.pop()
        if isinstance(value, dict):
            for key, words in WORDS.items():
                if isinstance(value.get(key), str) and value[key] not in words.split():
                    yield f"不认识的词「{value[key]}」（{key}）"
            if isinstance(value.get("fact"), str) and value["fact"] not in known:
                yield f"没有事实「{value['fact']}」"
            if isinstance(value.get("level"), str) and plain(value["level"]) not in rules:
                yield f"规则中没有「{value['level']}」"
            for key in ("forms", "guards"):
                if any(each in value.get(key, [])[:place] for place, each in enumerate(value.get(key, []))):
                    yield f"有重复的内容（{key}）"
            if value.get("kind") in ("group", "indicator") and value["key"] == value["name"] and value["place"]:
                head = value["place"]["quote"]
                if plain(value["name"]) not in plain(head) or exact(value["full"]) not in numerals(head):
                    yield f"「{value['key']}」的名称或满分不在规则所在的那一行：{head}"
            stack += value.values()
        elif isinstance(value, list):
            stack += value
    facts, scale = plain(document["facts"]["file"]["text"]), document["total"]["scale"]
    told = [(document["title"], rules), (document["department"], facts)]
    forms = [form for each in (*document["values"], *scale) for form in each["forms"]]
    # The points that an evaluator gives have a name in English that nobody writes in the rules.
    told += [(form.removesuffix("points given"), rules) for form in forms]
    told += [(each["text"], rules) for each in document["total"]["consequences"]]
    told += [(each["floor"], rules) for each in scale if each["floor"] and "/" not in each["floor"]]
    yield from (f"正文中没有「{words}」" for words, whole in told if plain(words) not in whole)
    for each in document["values"]:
        if each["forms"] and each["key"].rpartition("].")[2] not in each["forms"]:
            yield f"事实「{each['key']}」的名称不是它的任何一种写法"
    for each in scale:
        if each["name"] not in each["forms"]:
            yield f"等级「{each['name']}」的名称不是它的任何一种写法"


def strange_numbers(one, where, everywhere):
    """Numbers of an indicator's cases that neither stand in the words of their clauses nor come of those that do."""
    full, cases = exact(one["full"]), [case for part in one["parts"] for case in part["cases"]]
    cases = [case for case in cases if case["clause"]["role"] in ("band", "step", "item") and case["clause"]["place"]]
    beside = set().union(*(numerals(case["clause"]["place"]["quote"]) for case in cases))

    def made_of(numbers):
        sized = {Q(0), Q(1), full} | {number * size for number in numbers for size in {Q(1), *SIZES.values()}}
        return sized | {number * full for number in sized} | {full - number for number in sized}

    for case in cases:
        quote, function = case["clause"]["place"]["quote"], case["function"]
        # A clause of which another file changes some words, or that goes on from those before it, is not all there.
        whole = numerals(quote) if not re.search(r"改为|改成|→|->|\bto\b", quote) else set()
        own, others = made_of(whole or everywhere), made_of(whole | beside if whole else everywhere)
        spans = [guard for guard in case["guards"] if guard["kind"] == "lies" and guard["term"] is None]
        edges = [
            (guard[end], others if function["kind"] == "steps" else own) for guard in spans for end in ("low", "high")
        ]
        keys = ("base", "amount", "floor", "ceiling", "reference", "size")
        points = [function["points"]] if function["kind"] == "flat" else [function[key] for key in keys]
        for number, allowed in [
            *edges,
            *((each, own) for each in points[:2]),
            *((each, others) for each in points[2:]),
        ]:
            if number is not None and abs(exact(number)) not in allowed:
                yield f"{where} 的 {number} 不在条款「{quote[:40]}」中"


def values(document):
    """Values that do not stand in the facts text under the names of their facts, or do not come to their amounts."""
    lines, names, seen = document["facts"]["file"]["text"].split("\n"), {}, set()
    for fact in document["values"]:
        for form in fact["forms"]:
            names.setdefault(plain(form), set()).add(fact["key"])
    for fact in document["values"]:
        name, count = f"事实「{fact['key']}」", len(fact["readings"])
        wanted = {
            "present": count == 1,
            "contradictory": count > 1,
            "missing": count == 0,
            "not-applicable": count == 0,
        }
        if fact["key"] in seen or not wanted[fact["state"]] or (fact["origin"] == "group") != (fact["key"][0] == "\0"):
            yield f"{name} 出现两次，或状态、来源与读数不符"
        seen.add(fact["key"])
        for read in fact["readings"]:
            given = [read["value"] is not None, read["level"] is not None, read["truth"] is not None]
            size = SIZES.get(read["unit"], Q(1))
            right = (
                exact(read["size"]) == size and exact(read["number"]) * size == exact(read["value"])
                if given[0]
                else True
            )
            if sum(given) != 1 or not right:
                yield f"{name} 的数值与单位不符"
            elif fact["origin"] == "file":
                yield from misread(fact, read, name, lines, names)


def misread(fact, read, name, lines, names):
    """What is wrong with one value that was read from the facts text."""
    place = read["place"]
    if place is None or quoted(lines, place) != place["quote"]:
        yield f"{name} 的值不在事实文件所说的位置"
        return
    written = unicodedata.normalize("NFKC", place["quote"]).strip().strip("'\"").strip()
    if read["value"] is not None:
        found = re.match(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*(.*)$", written)
        share = found and exact(read["value"]) / (Q(found[1].replace(",", "")) or 1)
        words = {"%": {Q(1, 100)}, "元": {Q(1)}, "千元": {Q(1000)}, "万元": {Q(10**4)}, "亿元": {Q(10**8)}}
        sizes = words.get(
            found and plain(found[2]), {Q(1), *SIZES.values()} if found and found[2] else {exact(read["size"])}
        )
        right = found is not None and (share in sizes or share == 0 == Q(found[1].replace(",", "")))
    elif read["truth"] is not None:
        right = written.casefold() in (YES if read["truth"] else NO)
    else:
        right = plain(written) in map(plain, [read["level"], *read["forms"]])
    if not right:
        yield f"{name} 文中写的是 {place['quote'][:40]}，证书不是"
    if fact["key"] not in next((names[label] for label in labels(lines, place) if label in names), ()):
        yield f"{name} 的值写在别的名称之下（第 {place['line']} 行）"


def labels(lines, place):
    """The names above a place in a facts text, nearest first."""
    label = re.compile(r"(?:^|[{,\-])\s*['\"]?([^\s{},:：'\"][^{},:：]*?)['\"]?\s*[:：](?=\s|$)")
    line = lines[place["line"] - 1]
    yield from reversed([plain(each) for each in label.findall(line[: place["column"] - 1] + " ")])
    indent = len(line) - len(line.lstrip())
    for above in reversed(lines[: place["line"] - 1]):
        depth = len(above) - len(above.lstrip())
        if above.strip() and not above.lstrip().startswith("#") and depth < indent:
            indent = depth
            yield from reversed([plain(each) for each in label.findall(above + " ")])


def told(document):
    """Claims that do not stand in the facts text."""
    claims, whole = document["claims"] or {"total": None, "indicators": [], "subtotals": []}, document["facts"]["file"]
    points = [("自评总分", claims["total"])]
    points += [(f"自评「{each['key']}」", each["points"]) for each in claims["indicators"]]
    points += [(f"自评小计「{each['key']}」", each["printed"]) for each in claims["subtotals"]]
    known = numerals(whole["text"])
    yield from (f"{name} 的 {value} 分不在事实文件中" for name, value in points if value and exact(value) not in known)


# ------------------------------------------------------------------------------------------------ checking


def differences(certified, derived, where=""):
    """Everything that is certified otherwise than it comes to."""
    if isinstance(certified, dict) and isinstance(derived, dict):
        where = f"{where}「{certified['key']}」" if isinstance(certified.get("key"), str) else where
        for key in {**derived, **certified}:
            yield from differences(certified.get(key, "无"), derived.get(key, "无"), f"{where} {key}")
    elif isinstance(certified, list) and isinstance(derived, list) and len(certified) == len(derived):
        for place, (one, other) in enumerate(zip(certified, derived, strict=True)):
            yield from differences(one, other, f"{where}[{place + 1}]")
    elif certified != derived or type(certified) is not type(derived):
        yield f"{where}：证书为 {json.dumps(certified, ensure_ascii=False)[:80]}，应为 {str(derived)[:80]}"


def ends_of(document):
    """Ends of an open total that are not reached as certified, and a total with adjustments that is another."""
    total, base = document["total"], Facts(document["values"])
    spread, witnesses = total["range"], {each["end"]: each for each in total["witnesses"]}
    for end in ("low", "high"):
        if not total["settled"] and spread[f"{end}_reached"] != (end in witnesses):
            yield f"总分区间（{end}）说能达到而没有给出取值，或相反"
        if end in witnesses:
            each, facts = witnesses[end], Facts(document["values"])
            if facts.lacking([*each["values"], *each["levels"]]) != {*each["values"], *each["levels"]}:
                yield f"总分区间（{end}）的取值改动了已知的事实"
            facts.numbers |= {key: exact(value) for key, value in each["values"].items()}
            facts.labels |= each["levels"]
            points = Score(document, facts).total()[1]["points"]
            if points != spread[end]:
                yield f"总分区间（{end}）：证书为 {spread[end]}，按所给取值应为 {points}"
    if (total["adjusted"] is None) != (not document["adjustments"]):
        yield "调整与调整后的总分不符"
    for each in document["adjustments"]:
        if each["fact"] in base.numbers:
            base.numbers[each["fact"]] -= exact(each["amount"])
    points = Score(document, base).total()[1]["points"] if document["adjustments"] else None
    if points is not None and total["adjusted"] != just(points):
        yield f"调整后的总分：证书为 {total['adjusted']}，应为 {points}"


def everything(document):
    """Everything that is wrong with a certificate."""
    yield from digests(document)
    yield from names(document)
    yield from clauses(document)
    yield from values(document)
    yield from told(document)
    score = Score(document, Facts(document["values"]))
    members, total = score.total()
    yield from differences(document["members"], members)
    yield from differences(document["total"], total, "总分")
    if document["claims"] is not None:
        yield from differences(document["claims"], score.claims(document["claims"]), "自评")
    yield from ends_of(document)


def once(pairs):
    """A mapping in which each name stands once."""
    if len(dict(pairs)) < len(pairs):
        raise ValueError("同一名称出现两次")
    return dict(pairs)


def refuse(number):
    """No number of a certificate is written with a point."""
    raise ValueError(f"有不是精确数的数字 {number[:20]}")


def check(data, identity=None):
    """Everything that is wrong with a certificate, as sentences; nothing where all is as certified."""
    try:
        if len(data) > 64_000_000:
            raise ValueError("文件过大")
        options = {"object_pairs_hook": once, "parse_float": refuse, "parse_constant": refuse}
        document = json.loads(data.decode("utf-8"), **options)
        if document["kind"] != "rubric-certificate" or document["schema_version"] != "1":
            raise ValueError("种类或版本不同")
        rest = {key: value for key, value in document.items() if key != "id"}
        canonical = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        return [f"文件不是得分证书：{str(problem)[:200]}"]
    faults = []
    if hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest() != document.get("id"):
        faults.append("证书写出后内容被改动过：编号与内容不符")
    if identity is not None and document.get("id") != identity:
        faults.append("证书的编号不是所给的编号")
    try:
        faults.extend(everything(document))
    except (LookupError, TypeError, ValueError, AttributeError, ArithmeticError, RecursionError) as problem:
        faults.append(f"证书有缺漏或写得不对：{type(problem).__name__} {str(problem)[:120]}")
    return faults


def main(arguments):
    """Check the file that is named; 0 where all is right, 1 where something is wrong, 2 where there is no file."""
    try:
        with open(arguments[0], "rb") as stream:
            data = stream.read(64_000_001)
    except (OSError, IndexError) as problem:
        print(f"用法：certificate_checker.py 证书文件 [编号]（{problem}）")
        return 2
    faults = check(data, arguments[1] if len(arguments) > 1 else None)
    print("\n".join(faults[:200]) if faults else "核对无误：每一步都与证书相符。")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
