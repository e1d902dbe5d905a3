"""Checks a certificate of a score by working every step out again; needs Python alone and shares no code with Rubric.

    python tests/certificate_checker.py 评分.cert.json [编号]

It checks: the id and the digests of the texts; that every clause and every value stands in its text where the
certificate says, a value under the name of its fact; each fact's amount from what is written; every term, guard, case,
step, rounding, limit and ledger entry; sums, shifts, caps, vetoes, the total and the grade; differences, verdicts and
sums of claims; the total with adjustments. Of a total that is a range it checks what is settled, that ranges add up and
lie within what the open cases allow, and that each end that is said to be reached is reached by the values given for it.

It does not check: that the cases say what the clauses mean, as it reads no rule language (`rubric verify` does), that
no case was left out of a part, figures of a group, or that nothing lies beyond an open range.
"""

from __future__ import annotations

import hashlib
import json
import re
import sys
import unicodedata
from fractions import Fraction as Q

UNITS = {"percent": Q(1, 100), "permille": Q(1, 1000), "percentage_point": Q(1, 100), "qian_yuan": 1000}
UNITS |= {"wan_yuan": 10**4, "yi_yuan": 10**8, "wan_dollar": 10**4, "wan_square_metre": 10**4, "kilometre": 1000}
UNITS |= {"ton": 1000}
WORDS = {"%": Q(1, 100), "‰": Q(1, 1000), "千元": 1000, "万元": 10**4, "亿元": 10**8, "万美元": 10**4, "元": 1}
WORDS |= {"percentagepoint": Q(1, 100), "percentagepoints": Q(1, 100), "个百分点": Q(1, 100), "百分点": Q(1, 100)}
WORDS |= {"pp": Q(1, 100), "percent": Q(1, 100), "wanyuan": 10**4, "yiyuan": 10**8, "公里": 1000, "吨": 1000}
GRAVE = ("contradictory", "missing", "not-applicable", "undefined")
YES, NO = {"是", "有", "yes", "true"}, {"否", "无", "没有", "no", "false"}
MODES = ("half-up", "half-even", "cut", "up")


def exact(text):
    """An exact number, written in the one way in which it is written."""
    if text is None:
        return None
    if not isinstance(text, str) or len(text) > 8000 or str(Q(text)) != text:
        raise ValueError(f"不是最简的精确数：{str(text)[:40]}")
    return Q(text)


def rounded(value, mode, size):
    """The multiple of a size that a value is rounded to."""
    if mode not in MODES or size <= 0:
        raise ValueError("取整方式不明")
    share = abs(value) / size
    down, rest = divmod(share, 1)
    up = rest >= Q(1, 2) if mode == "half-up" else rest > 0 if mode == "up" else False
    if mode == "half-even":
        up = rest > Q(1, 2) or (rest == Q(1, 2) and down % 2 == 1)
    return (down + up) * size * (-1 if value < 0 else 1)


def inside(value, span):
    """Whether a value lies in an interval."""
    low, high = exact(span["low"]), exact(span["high"])
    above = low is None or value > low or (value == low and span["low_in"] is True)
    return above and (high is None or value < high or (value == high and span["high_in"] is True))


def meets(low, high, span):
    """Whether all of a range lies in an interval (True), none of it (False) or some (None)."""
    if inside(low, span) and inside(high, span):
        return True
    start, end = exact(span["low"]), exact(span["high"])
    before = start is not None and (high < start or (high == start and not span["low_in"]))
    return False if before or (end is not None and (low > end or (low == end and not span["high_in"]))) else None


def together(answers):
    """Whether all hold: one that fails settles it, one that is open leaves it open."""
    answers = list(answers)
    return False if False in answers else None if None in answers else True


def either(answers):
    """Whether any holds."""
    answers = list(answers)
    return True if True in answers else None if None in answers else False


def plain(text):
    """Letters and digits alone, so that one name in two spellings is the same."""
    return "".join(each for each in unicodedata.normalize("NFKC", text).casefold() if each.isalnum())


def numerals(text):
    """Every number that stands in a text."""
    text = re.sub(r"(?<=\d),(?=\d{3})", "", unicodedata.normalize("NFKC", text))
    return {Q(each) for each in re.findall(r"\d{1,60}(?:\.\d{1,60})?", text)}


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

    def has(self, key):
        return key in self.numbers or key in self.labels

    def without(self, adjustments):
        for each in adjustments:
            if each["fact"] in self.numbers:
                self.numbers[each["fact"]] -= exact(each["amount"])
        return self

    def completed(self, witness):
        self.numbers |= {key: exact(value) for key, value in witness["values"].items()}
        self.labels |= witness["levels"]
        return self


class Score:
    """Works the score of a certificate out from facts and holds it against what is certified, where it is loud."""

    def __init__(self, document, facts, faults=None):
        self.document, self.facts, self.faults = document, facts, faults
        self.points, self.full, self.counted = {}, {}, {}
        self.indicators = {}

    def same(self, where, certified, derived):
        """Tell of what is certified otherwise than it comes to."""
        if self.faults is None:
            return
        derived = str(derived) if isinstance(derived, Q) else derived
        if certified != derived or isinstance(certified, bool) != isinstance(derived, bool):
            self.faults.append(f"{where}：证书为 {_shown(certified)}，应为 {_shown(derived)}")

    # ------------------------------------------------------------------------------- terms and guards

    def terms(self, nodes, where, points=None):
        """What each term comes to, from the earlier ones: its value, or why there is none."""
        found = []
        for place, node in enumerate(nodes):
            match node["kind"]:
                case "number":
                    value, why = exact(node["value"]), None
                case "fact":
                    value = self.facts.numbers.get(node["fact"])
                    why = None if value is not None else self.facts.unknown.get(node["fact"], "missing")
                case "operation":
                    if not (0 <= node["left"] < place and 0 <= node["right"] < place):
                        raise ValueError(f"第 {place + 1} 步用到后面的步骤")
                    value, why = _operated(node["operator"], found[node["left"]], found[node["right"]])
                case "points":
                    value = (self.points if points is None else points).get(node["of"])
                    why = None if value is not None else "missing"
                case "choice":
                    value = self.chosen(node["among"], found)
                    why = None if value is not None else "missing"
                case _:
                    raise ValueError("步骤的种类不明")
            found.append((value, why))
            if points is None and node["kind"] != "number":
                self.same(f"{where} 第 {place + 1} 步", (node["value"], node["why"]), (value and str(value), why)
                          if value is None or value != 0 else ("0", why))
        return found

    def chosen(self, among, terms):
        """The first of several terms whose guards hold."""
        for each in among:
            holds = self.holds(each["guards"], terms, None)
            if holds is not False:
                return terms[each["term"]][0] if holds else None
        return None

    def holds(self, guards, terms, now, where=None):
        """Whether all guards hold."""
        answers = []
        for place, guard in enumerate(guards):
            if guard["kind"] == "level":
                answer = None
                if guard["fact"] in self.facts.labels:
                    answer = self.facts.labels[guard["fact"]] == guard["level"]
                elif self.facts.unknown.get(guard["fact"]) == "not-applicable":
                    answer = False
            else:
                value, why = (now, None) if guard["term"] is None else terms[guard["term"]]
                answer = None if value is None else inside(value, guard)
                answer = False if value is None and why == "not-applicable" else answer
            answers.append(answer)
            if where:
                self.same(f"{where} 第 {place + 1} 个条件", guard["holds"], answer)
        return together(answers)

    def read_by(self, cases, terms_of, looks=None):
        """The facts that cases read."""
        found = set()
        for case in cases:
            for guard in case["guards"]:
                found |= {guard["fact"]} if guard["kind"] == "level" else terms_of(guard["term"])
            if looks is None or looks(case):
                found |= terms_of(case["measure"])
        return found

    # ------------------------------------------------------------------------------------ indicators

    def indicator(self, one):
        """One indicator: what overrules it, its parts, its points and its ledger."""
        where = f"指标「{one['key']}」"
        if one["key"] in self.points:
            raise ValueError(f"{where}出现两次")
        terms = self.terms(one["terms"], where)
        full, nodes = exact(one["full"]), one["terms"]
        below = []
        for node in nodes:
            own = {node["fact"]} if node["kind"] == "fact" else set()
            below.append(own | (below[node["left"]] | below[node["right"]] if node["kind"] == "operation" else set()))

        def terms_of(place):
            return set() if place is None else below[place]

        def judged(case, name):
            now = None if case["measure"] is None else terms[case["measure"]][0]
            answer = self.holds(case["guards"], terms, now, name)
            self.same(f"{name} 是否成立", case["holds"], answer)
            return answer, now

        measured = self.chosen(one["formula"], terms)
        for count, each in enumerate(one["formula"]):
            self.holds(each["guards"], terms, None, f"{where} 公式 {count + 1}")
        self.same(f"{where} 公式的结果", one["measured"], measured)
        exempt = one["exempt"]
        special = [*one["first"], *([exempt] if exempt else [])]
        needs = self.read_by(special, terms_of, _looks)
        for part in one["parts"]:
            needs |= self.read_by(part["cases"], terms_of)

        def gravest(lacking):
            reasons = {self.facts.unknown.get(key, "missing") for key in lacking}
            return next((each for each in GRAVE if each in reasons), "undefined")

        def settling(case, index):
            now = None if case["measure"] is None else terms[case["measure"]][0]
            points, work = _worked(case["function"], now)
            if points is None:
                lacking = {key for key in needs if not self.facts.has(key)}
                return {"status": gravest(lacking), "case": None, "points": None, "lost": None, "lacking": lacking}
            if case["clause"]["role"] == "veto":
                return {"status": "forfeited", "case": index, "points": points, "lost": full - points, "work": work}
            if one["leaves_out"]:
                return {"status": "left-out", "case": index, "points": Q(0), "lost": Q(0), "work": work}
            return {"status": "exempt", "case": index, "points": points, "lost": full - points, "work": work}

        by, whole = None, None
        for index, case in enumerate(one["first"]):
            answer, _ = judged(case, f"{where} 先看的第 {index + 1} 款")
            if answer is not False and by is None:
                by = "first"
                whole = settling(case, index)
                if answer is None:
                    lacking = {key for key in needs if not self.facts.has(key)}
                    whole = {"status": gravest(lacking), "case": None, "points": None, "lost": None}
                    whole["lacking"] = lacking
        outcomes = []
        for count, part in enumerate(one["parts"]):
            name = f"{where} 第 {count + 1} 部分"
            outcome = self.part(part, name, terms, judged, terms_of, gravest)
            outcomes.append(outcome)
            if by == "first":
                self.same(f"{name} 的结果", part["outcome"], None)
            else:
                self.outcome(name, part["outcome"], outcome)
        if exempt is not None:
            judged(exempt, f"{where} 不适用条款")
        if by is None and exempt is not None and any(each["status"] == "not-applicable" for each in outcomes):
            by, whole = "exempt", settling(exempt, 0)
        self.same(f"{where} 由什么决定", one["settled_by"], by)
        if (one["settled"] is None) != (whole is None):
            self.same(f"{where} 整项结果", one["settled"], whole)
        elif whole is not None:
            self.outcome(where, one["settled"], whole)
        results = outcomes if whole is None else [whole]
        points = self.combined(one, results, whole)
        status = next((each["status"] for each in results if each["points"] is None), results[0]["status"])
        left_out = full if results[0]["status"] == "left-out" else Q(0)
        self.same(f"{where} 状态", one["status"], status)
        self.same(f"{where} 得分", one["points"], points)
        self.same(f"{where} 不计的满分", one["left_out"], left_out)
        self.same(f"{where} 所缺事实", sorted(one["lacking"]), sorted(set().union(*map(_lacking, results))))
        self.ledger(one, where, results, whole, points, full - left_out)
        self.range(one, where, points, full, special)
        self.points[one["key"]], self.full[one["key"]] = points, full
        self.counted[one["key"]] = full - left_out
        self.indicators[one["key"]] = (one, points, measured)
        return {**_frame(one), "points": points, "left_out": left_out}

    def part(self, part, name, terms, judged, terms_of, gravest):
        """The first case of a part whose guards hold."""
        answers = [judged(case, f"{name} 第 {index + 1} 款") for index, case in enumerate(part["cases"])]
        full = exact(part["full"])
        index = next((place for place, (answer, _) in enumerate(answers) if answer is not False), None)
        if index is not None and answers[index][0]:
            points, work = _worked(part["cases"][index]["function"], answers[index][1])
            if points is not None:
                return {"status": "scored", "case": index, "points": points, "lost": full - points, "work": work}
        last = part["cases"][index if index is not None else -1]
        value, why = (None, None) if last["measure"] is None else terms[last["measure"]]
        if index is None and why is None:
            absent = {key for key in self.read_by(part["cases"], terms_of) if not self.facts.has(key)}
            absent = {key for key in absent if self.facts.unknown.get(key) == "not-applicable"}
            status = "not-applicable" if absent else "uncovered"
            return {"status": status, "case": None, "points": None, "lost": None, "lacking": absent, "value": value}
        may = [place for place, (answer, _) in enumerate(answers) if answer is not False]
        sure = next((place for place in may if answers[place][0]), len(answers))
        deciding = [part["cases"][place] for place in may if place <= sure]
        lacking = {key for key in self.read_by(deciding, terms_of) if not self.facts.has(key)}
        if why == "undefined" or not lacking:
            return {"status": "undefined", "case": None, "points": None, "lost": None}
        found = {"status": gravest(lacking), "case": None, "points": None, "lost": None, "lacking": lacking}
        return {**found, "value": value}

    def outcome(self, where, certified, derived):
        """Hold what came of a part against what is certified."""
        if certified is None:
            self.same(f"{where} 的结果", None, derived["status"])
            return
        for key, label in (("status", "状态"), ("case", "所适用的款"), ("points", "得分"), ("lost", "失分")):
            self.same(f"{where} {label}", certified[key], derived[key])
        self.same(f"{where} 所缺事实", sorted(certified["lacking"]), sorted(_lacking(derived)))
        work = derived.get("work")
        self.same(f"{where} 计算过程", certified["work"], work)
        measured = certified["work"]["measured"] if work and certified["work"] else derived.get("value")
        if derived["status"] not in ("exempt", "left-out", "forfeited"):
            self.same(f"{where} 测得的值", certified["measured"], measured)

    def combined(self, one, results, whole):
        """The points of an indicator from those of its parts."""
        points = [each["points"] for each in results]
        if None in points:
            return None
        if whole is not None:
            return points[0]
        choose = {"sum": lambda each: sum(each, Q(0)), "highest": max, "lowest": min}[one["combination"]]
        total, full = choose(points), exact(one["full"])
        total = min(full, max(Q(0), total)) if one["held"] else total
        return min(full, _quantum(one["after"], total)) if one["after"] else total

    def ledger(self, one, where, results, whole, points, counted):
        """The entries: one for each part that counts, and what keeps their sum within full marks."""
        rows = [(None if whole is not None else place, each) for place, each in enumerate(results)]
        rows = [(place, each) for place, each in rows if each["points"] is not None]
        if one["combination"] != "sum" and points is not None and whole is None:
            best = (max if one["combination"] == "highest" else min)(each["points"] for _, each in rows)
            rows = [(place, each) for place, each in rows if each["points"] == best][:1]
        derived = []
        for place, each in rows:
            cases = one["parts"][place]["cases"] if place is not None else None
            if cases is None:
                cases = one["first"] if one["settled_by"] == "first" else [one["exempt"]]
            case = cases[each["case"]]
            derived.append([case["clause"], place, str(each["points"]), str(each["lost"])])
        simple = one["combination"] == "sum" and not one["held"] and one["after"] is None
        if points is not None and not simple:
            over = sum((Q(each[2]) for each in derived), Q(0)) - points
            missing = counted - points - sum((Q(each[3]) for each in derived), Q(0))
            if over or missing:
                head = {"role": "kept", "place": one["place"]}
                derived.append([head, None, str(-over), str(missing)])
        certified = [[each["clause"], each["part"], each["awarded"], each["lost"]] for each in one["entries"]]
        self.same(f"{where} 台账条数", len(certified), len(derived))
        for place, (old, new) in enumerate(zip(certified, derived, strict=False)):
            self.same(f"{where} 台账第 {place + 1} 条（依据、部分、得、失）", old, new)
        if points is not None:
            self.same(f"{where} 得失合计", str(sum((exact(e[2]) + exact(e[3]) for e in certified), Q(0))), counted)

    def range(self, one, where, points, full, special):
        """The range of an indicator: one value where it is settled, else within what the open cases allow."""
        low, high = exact(one["range"]["low"]), exact(one["range"]["high"])
        if points is not None:
            self.same(f"{where} 得分区间", one["range"], _just(points))
        elif self.faults is not None and not 0 <= low <= high <= full:
            self.faults.append(f"{where} 得分区间 {low} 至 {high} 不在 0 至满分 {full} 之内")
        elif self.faults is not None and one["combination"] == "sum" and len(one["parts"]) == 1:
            ends = [_ends(case) for case in (*one["parts"][0]["cases"], *special) if case["holds"] is not False]
            if ends and (low < min(e[0] for e in ends) or high > max(e[1] for e in ends)):
                self.faults.append(f"{where} 得分区间 {low} 至 {high} 超出各款所能给的分数")

    # ------------------------------------------------------------------------ how points are put together

    def conditions(self, asked, where, points):
        """Whether conditions over facts and points hold."""
        terms = self.terms(asked["terms"], where)
        answer = together([self.condition(each, where, terms, points) for each in asked["all"]])
        self.same(f"{where} 条件是否成立", asked["holds"], answer)
        return answer

    def condition(self, one, where, terms, points):
        match one["kind"]:
            case "any":
                lots = [[self.condition(each, where, terms, points) for each in lot] for lot in one["among"]]
                answer = either(map(together, lots))
            case "points":
                own = points.get(one["of"])
                if own is not None:
                    self.same(f"{where} 所看的分数", one["seen"], _just(own))
                    answer = inside(own, one)
                else:
                    answer = meets(exact(one["seen"]["low"]), exact(one["seen"]["high"]), one)
            case "guards":
                answer = either([self.holds(lot, terms, None, where) for lot in one["lots"]])
            case _:
                raise ValueError("条件的种类不明")
        self.same(f"{where} 条件", one["holds"], answer)
        return answer

    def members(self, several):
        return [self.group(each) if each["kind"] == "group" else self.indicator(each) for each in several]

    def group(self, one):
        """A level: the sum of its members and what moves it."""
        where, key, full = f"「{one['key']}」", one["key"], exact(one["full"])
        members = self.members(one["members"])
        if key in self.points:
            raise ValueError(f"{where}出现两次")
        moved = Moved(members)
        left_out = sum((each["left_out"] for each in members), Q(0))
        if one["formula"]:
            self.formula(one["formula"], where, moved)
        elif one["combination"] != "sum" and moved.now is not None:
            counting = [each for each in members if not _out(each)] or members
            points = [each["points"] for each in counting]
            if one["combination"] in ("highest", "lowest"):
                moved.to("not-counted", (max if one["combination"] == "highest" else min)(points))
            else:
                whole = sum((each["full"] for each in counting), Q(0))
                moved.to("not-counted", whole - max(each["full"] - each["points"] for each in counting))
        if one["role"] == "penalty" and not one["formula"] and one["combination"] in ("sum", "once"):
            counted = sum((each["full"] for each in members), Q(0)) - left_out
            moved.to("kept", moved.now is not None and max(Q(0), full - (counted - moved.now)))
            left_out = Q(0)
        elif one["role"] != "ordinary" or one["formula"]:
            moved.to("kept", moved.now is not None and min(full, max(Q(0), moved.now)))
        self.caps(key, moved, where)
        if one["combination"] in ("highest", "lowest") or one["formula"]:
            left_out = full if all(map(_out, members)) else Q(0)
        if 0 < left_out < full and one["level"] == 1 and self.document["total"]["formula"]:
            moved.to("scaled-up", moved.now is not None and _scaled(moved.now, full, left_out))
            left_out = Q(0)
        self.same(f"{where} 不计的满分", one["left_out"], left_out)
        self.moved(where, one, moved, one["sum"], members)
        self.points[key], self.full[key], self.counted[key] = moved.now, full, full - left_out
        if self.faults is not None and moved.now is not None:
            self.same(f"{where} 是否已定", one["settled"], True)
        return {**_frame(one), "points": moved.now, "left_out": left_out}

    def formula(self, formula, where, moved):
        """A formula over points, and the scaling up of what is left out of it."""
        value = self.terms(formula["terms"], f"{where} 合成公式")[-1][0]
        self.same(f"{where} 合成公式的结果", formula["value"], value)
        if value is None:
            moved.now = None
            return
        moved.now = moved.start if moved.now is None else moved.now
        moved.to("formula", value)
        full, counted = (self.terms(formula["terms"], where, each)[-1][0] for each in (self.full, self.counted))
        if full is not None and counted is not None and full != counted:
            moved.to("scaled-up", value * full / counted if counted > 0 else Q(0))

    def caps(self, target, moved, where):
        for count, cap in enumerate(self.document["total"]["caps"]):
            if cap["target"] == target:
                holds = self.conditions(cap["conditions"], f"{where} 封顶第 {count + 1} 条", self.points)
                moved.cut("cap", holds, exact(cap["points"]))

    def moved(self, where, one, moved, start, members):
        """Hold the shifts against what is certified; where points are open, only that each begins where one ends."""
        shifts, end = one["shifts"], one["range"]
        if moved.now is None:
            spread = start
            for shift in shifts:
                same = (shift["before"]["low"], shift["before"]["high"]) == (spread["low"], spread["high"])
                if self.faults is not None and not same and not any(each["role"] == "bonus" for each in members):
                    self.faults.append(f"{where} 的「{shift['why']}」没有接着上一步的分数")
                spread = shift["after"]
            if self.faults is not None and exact(end["low"]) > exact(end["high"]):
                self.faults.append(f"{where} 的区间首尾颠倒")
            plain = not shifts and not any(each["role"] != "ordinary" for each in members)
            if plain and (end["low"], end["high"]) != (start["low"], start["high"]):
                self.same(f"{where} 区间", end, start)
            return
        derived = [
            {"why": why, "amount": str(new - old), "before": _just(old), "after": _just(new)}
            for why, old, new in moved.shifts
        ]
        certified = [{key: each[key] for key in ("why", "amount", "before", "after")} for each in shifts]
        self.same(f"{where} 调整（封顶、否决、折算、取整等）", certified, derived)
        self.same(f"{where} 合计", start, _just(moved.start))
        self.same(f"{where} 得分", end, _just(moved.now))

    def total(self):
        """The whole: what is ordinary, bonuses and penalties, the formula, caps, vetoes and the rounding."""
        document, total = self.document, self.document["total"]
        members = self.members(document["members"])
        full, most = exact(total["full"]), exact(total["most"])
        ordinary = [each for each in members if each["role"] == "ordinary"]
        self.same("总分 连加分的最高分", total["most"], full + sum(
            (each["full"] for each in members if each["role"] == "bonus"), Q(0)))
        left_out = sum((each["left_out"] for each in ordinary), Q(0))
        moved = Moved(ordinary)
        formula = total["formula"]
        over = formula is not None and any(n["kind"] == "points" and n["of"] is None for n in formula["terms"])
        self.full[None] = self.counted[None] = full
        if formula is None or over:
            if left_out:
                moved.to("scaled-up", moved.now is not None and _scaled(moved.now, full, left_out))
            self.points[None] = moved.now
            for each in members:
                self.beside(each, moved)
            self.points[None] = moved.now
        if formula is not None:
            self.formula(formula, "总分", moved)
        moved.to("kept", moved.now is not None and min(most, max(Q(0), moved.now)))
        self.points[None] = moved.now
        self.caps(None, moved, "总分")
        self.points[None] = moved.now
        vetoes = []
        for count, veto in enumerate(total["vetoes"]):
            vetoes.append((veto, self.conditions(veto["conditions"], f"否决第 {count + 1} 条", self.points)))
        for veto, holds in vetoes:
            if veto["effect"] in ("nothing", "stop"):
                moved.cut("veto", holds, Q(0))
        if total["rounding"] and moved.now is not None:
            moved.to("rounded", rounded(moved.now, total["rounding"]["mode"], Q(1, 10 ** total["rounding"]["places"])))
        self.points[None] = moved.now
        for count, each in enumerate(total["consequences"]):
            self.conditions(each["conditions"], f"结果应用第 {count + 1} 条", self.points)
        if self.faults is None:
            return moved.now
        self.same("总分 不计的满分", total["left_out"], left_out)
        self.same("总分", total["points"], moved.now)
        self.same("总分 是否已定", total["settled"], moved.now is not None)
        self.moved("总分", total, moved, total["added"], members)
        self.grade(total, vetoes)
        return moved.now

    def beside(self, member, moved):
        """What a bonus adds or a penalty takes, if what it asks for first holds."""
        if member["role"] == "ordinary":
            return
        points = member["points"]
        if points is None or moved.now is None:
            moved.now, points = None, None
        else:
            points -= member["full"] - member["left_out"] if member["role"] == "penalty" else 0
            if member["role"] == "penalty":
                moved.to("penalty", moved.now + points)
            else:
                moved.now += points
        if member["provided"]:
            name = f"「{member['key']}」加分的前提"
            holds = self.conditions(member["provided"]["conditions"], name, self.points)
            if points is not None and holds is not True:
                moved.to("provided", moved.now - points if holds is False else None)

    def grade(self, total, vetoes):
        """The grade from the total, or every one that is possible, and what overrules it."""
        scale, spread = total["scale"], total["range"]

        def reached(points):
            for place, each in enumerate(scale):
                floor = exact(each["floor"])
                if floor is None or points > floor or (each["inclusive"] and points == floor):
                    return place
            return None

        best, worst = reached(exact(spread["high"])), reached(exact(spread["low"]))
        possible = [each for each in (best, worst) if each is not None]
        if best is not None and worst is not None:
            floor = exact(scale[best]["floor"])
            short = best < worst and not spread["high_reached"] and floor == exact(spread["high"])
            possible = list(range(best + short, worst + 1))
        for veto, holds in vetoes:
            named = next((n for n, each in enumerate(scale) if veto["grade"] in each["forms"]), None)
            if holds is False:
                continue
            overruled = possible
            if named is not None and veto["effect"] not in ("nothing",):
                barred = veto["effect"] == "barred"
                overruled = [min(max(n, named + 1), len(scale) - 1) if barred else named for n in possible]
            possible = overruled if holds else [*possible, *overruled]
        self.same("等级", total["grades"], [each["name"] for n, each in enumerate(scale) if n in possible])

    # ---------------------------------------------------------------------------------------- claims

    def claims(self, claims):
        """What the department claims beside what was worked out."""
        told = {each["key"]: exact(each["points"]) for each in claims["indicators"]}
        for each in claims["indicators"]:
            name, claimed = f"自评「{each['key']}」", exact(each["points"])
            one, points, measured = self.indicators[each["key"]]
            low, high = exact(one["range"]["low"]), exact(one["range"]["high"])
            difference = None if claimed is None or points is None else points - claimed
            verdict = "unclaimed" if claimed is None else "within" if low <= claimed <= high else "outside"
            if difference is not None:
                verdict = "agrees" if not difference else "too-high" if difference < 0 else "too-low"
            self.same(f"{name} 相差", each["difference"], difference)
            self.same(f"{name} 结论", each["verdict"], verdict)
            rate = each["rate"]
            if rate is not None:
                self.same(f"{name} 比率的精确值", rate["exact"], measured)
                self.same(f"{name} 比率的印法", rate["verdict"], _printed(rate, measured))
                text = unicodedata.normalize("NFKC", rate["text"]).strip()
                number = Q(text.rstrip("% ").replace(",", "")) / (100 if text.endswith("%") else 1)
                places = len(text.rstrip("% ").partition(".")[2])
                self.same(f"{name} 印出的比率", [rate["value"], rate["places"], rate["percent"]],
                          [str(number), places, text.endswith("%")])
        claimed = [value for value in told.values() if value is not None]
        self.same("自评 各项合计", claims["narrated"], sum(claimed, Q(0)))
        groups = {each["key"]: each for each in _groups(self.document["members"])}
        for each in claims["subtotals"]:
            keys = [one["key"] for one in _indicators(groups[each["key"]]["members"])]
            narrated = sum((told[key] for key in keys if told.get(key) is not None), Q(0))
            name = f"自评小计「{each['key']}」"
            self.same(f"{name} 所述合计", each["narrated"], narrated)
            self.same(f"{name} 相差", each["difference"], exact(each["printed"]) - narrated)
            self.same(f"{name} 未述", each["unclaimed"], [key for key in keys if told.get(key) is None])


class Moved:
    """Points on their way; None where they are open."""

    def __init__(self, members):
        points = [each["points"] for each in members]
        self.start = self.now = None if None in points else sum(points, Q(0))
        self.shifts = []

    def to(self, why, after):
        if self.now is None or after is None:
            self.now = None
        elif after != self.now:
            self.shifts.append((why, self.now, after))
            self.now = after

    def cut(self, why, holds, most):
        if holds is True or (holds is None and self.now is not None and self.now > most):
            self.to(why, min(most, self.now) if holds and self.now is not None else None)


def _operated(operator, left, right):
    if left[0] is None or right[0] is None:
        return None, next(each for each in GRAVE if each in (left[1], right[1]))
    one, other = left[0], right[0]
    if operator == "/":
        return (one / other, None) if other else (None, "undefined")
    return {"+": one + other, "-": one - other, "*": one * other}[operator], None


def _quantum(quantum, value):
    return rounded(value, quantum["mode"], exact(quantum["size"]))


def _worked(function, now):
    """The points of a function, and how they come about."""
    base, amount, floor, ceiling = (exact(function[key]) for key in ("base", "amount", "floor", "ceiling"))
    if amount == 0:
        held = base
        empty = dict.fromkeys(("rounded", "distance", "steps"))
        return held, {"measured": None if now is None else str(now), **empty, "reached": str(base),
                      "points": str(held), "readings": {}}
    if now is None:
        return None, None
    value = _quantum(function["before"], now) if function["before"] else now
    away = value - exact(function["reference"])
    distance = {"above": away, "below": -away, "either": abs(away)}[function["side"]]
    share = distance / exact(function["size"])
    steps = {"whole": Q(share // 1), "started": Q(-(-share // 1)), "proportional": share}

    def at(count):
        points = min(ceiling, max(floor, base + amount * count))
        points = _quantum(function["after"], points) if function["after"] else points
        return points if not function["after"] or function["most"] is None else min(exact(function["most"]), points)

    readings = {reading: str(at(count)) for reading, count in steps.items()}
    own = steps[function["reading"]]
    return at(own), {
        "measured": str(now), "rounded": str(value) if function["before"] else None, "distance": str(distance),
        "steps": str(own), "reached": str(base + amount * own), "points": str(at(own)),
        "readings": readings if len(set(readings.values())) > 1 else {},
    }


def _ends(case):
    function = case["function"]
    if exact(function["amount"]) == 0:
        return exact(function["base"]), exact(function["base"])
    low, high = exact(function["floor"]), exact(function["ceiling"])
    return (_quantum(function["after"], low), _quantum(function["after"], high)) if function["after"] else (low, high)


def _printed(rate, measured):
    value, places = exact(rate["value"]), rate["places"]
    scale = 100 if rate["percent"] else 1
    real, shown, size = measured * scale, value * scale, Q(1, 10**places)
    if real == shown:
        return "exact"
    if shown == rounded(real, "half-up", size):
        return "rounded"
    return "truncated" if shown == rounded(real, "cut", size) else "wrong"


def _looks(case):
    own = any(guard["kind"] == "lies" and guard["term"] is None for guard in case["guards"])
    return own or exact(case["function"]["amount"]) != 0


def _lacking(result):
    return set(result.get("lacking") or ())


def _frame(one):
    return {"key": one["key"], "role": one["role"], "full": exact(one["full"]), "provided": one["provided"]}


def _out(member):
    return member["full"] > 0 and member["left_out"] == member["full"]


def _scaled(points, full, left_out):
    return points * (full / (full - left_out)) if full > left_out else Q(0)


def _just(points):
    return {"low": str(points), "high": str(points), "low_reached": True, "high_reached": True}


def _shown(value):
    return "无" if value is None else str(value)[:120]


def _groups(members):
    for each in members:
        if each["kind"] == "group":
            yield each
            yield from _groups(each["members"])


def _indicators(members):
    for each in members:
        yield from _indicators(each["members"]) if each["kind"] == "group" else [each]


class Texts:
    """The texts, their digests, and what stands where."""

    def __init__(self, document, faults):
        self.document, self.faults = document, faults
        self.rules = [each["text"].split("\n") for each in document["rules"]["files"]]
        self.facts = document["facts"]["file"]["text"].split("\n")

    def digests(self):
        rules, facts = self.document["rules"], self.document["facts"]
        for each in (*rules["files"], facts["file"], *facts["together"]):
            if hashlib.sha256(each["text"].encode(each["encoding"])).hexdigest() != each["sha256"]:
                self.faults.append(f"{each['name']} 的正文与摘要不符")
        several = [each["sha256"] for each in rules["files"]]
        joined = several[0] if len(several) == 1 else hashlib.sha256("\n".join(several).encode()).hexdigest()
        if joined != rules["digest"]:
            self.faults.append("规则的摘要与各文件的摘要不符")
        if hashlib.sha256(facts["file"]["text"].encode()).hexdigest() != facts["digest"]:
            self.faults.append("事实的摘要与正文不符")

    def places(self, value, where=""):
        """Every place of a clause: what is quoted stands there."""
        stack = [(value, where)]
        while stack:
            value, where = stack.pop()
            if isinstance(value, dict):
                where = f"{where}「{value['key']}」" if isinstance(value.get("key"), str) else where
                if "end_line" in value and self.quoted(self.rules[value["file"]], value) != value["quote"]:
                    self.faults.append(f"{where} 引用的条款不在规则第 {value['line']} 行：{value['quote'][:40]}")
                stack += [(each, where) for each in value.values()]
            elif isinstance(value, list):
                stack += [(each, where) for each in value]

    @staticmethod
    def quoted(lines, place):
        covered = lines[place["line"] - 1 : place["end_line"]]
        if place["line"] < 1 or not covered:
            return None
        covered[-1] = covered[-1][: place["end_column"] - 1]
        covered[0] = covered[0][place["column"] - 1 :]
        return " ".join(line.strip() for line in covered)

    def values(self):
        """Every value: it stands in the facts text at its place, under the name of its fact, and comes to its amount."""
        names = {}
        for fact in self.document["values"]:
            for form in fact["forms"]:
                names.setdefault(plain(form), set()).add(fact["key"])
        seen = set()
        for fact in self.document["values"]:
            name = f"事实「{fact['key']}」"
            if fact["key"] in seen:
                self.faults.append(f"{name} 出现两次")
            seen.add(fact["key"])
            count = len(fact["readings"])
            right = {"present": count == 1, "contradictory": count > 1}.get(fact["state"], count == 0)
            if not right:
                self.faults.append(f"{name} 的状态与读数不符")
            for read in fact["readings"]:
                self.value(fact, read, name, names)

    def value(self, fact, read, name, names):
        given = [read["value"] is not None, read["level"] is not None, read["truth"] is not None]
        if sum(given) != 1:
            self.faults.append(f"{name} 不是一个值")
        elif given[0]:
            number, size = exact(read["number"]), exact(read["size"])
            if size != UNITS.get(read["unit"], 1) or number * size != exact(read["value"]):
                self.faults.append(f"{name} 的数值与单位不符")
        if fact["origin"] == "group":
            return
        place = read["place"]
        if place is None or self.quoted(self.facts, place) != place["quote"]:
            self.faults.append(f"{name} 的值不在事实文件所说的位置")
            return
        written = unicodedata.normalize("NFKC", place["quote"]).strip().strip("'\"").strip()
        if given[0]:
            found = re.match(r"([+-]?\d[\d,]*(?:\.\d+)?)\s*(.*)$", written)
            unit = "" if found is None else plain(found[2]) or found[2].strip()
            size = WORDS.get(unit, exact(read["size"]))
            if found is None or Q(found[1].replace(",", "")) * size != exact(read["value"]):
                self.faults.append(f"{name} 文中写的是 {place['quote']}，证书为 {read['number']}")
        elif given[2]:
            if written.casefold() not in (YES if read["truth"] else NO):
                self.faults.append(f"{name} 文中写的是 {place['quote']}，证书为 {read['truth']}")
        elif plain(written) not in map(plain, [read["level"], *read["forms"]]):
            self.faults.append(f"{name} 文中写的是 {place['quote']}，证书为 {read['level']}")
        under = next((names[label] for label in self.labels(place) if label in names), set())
        if fact["key"] not in under:
            self.faults.append(f"{name} 的值写在别的名称之下（第 {place['line']} 行）")

    def labels(self, place):
        """The names above a place in a facts text, nearest first."""
        line = self.facts[place["line"] - 1]
        label = re.compile(r"(?:^|[{,\-])\s*['\"]?([^\s{},:：'\"][^{},:：]*?)['\"]?\s*[:：](?=\s|$)")
        yield from reversed([plain(each) for each in label.findall(line[: place["column"] - 1] + " ")])
        indent = len(line) - len(line.lstrip())
        for above in reversed(self.facts[: place["line"] - 1]):
            depth = len(above) - len(above.lstrip())
            if above.strip() and not above.lstrip().startswith("#") and depth < indent:
                indent = depth
                yield from reversed([plain(each) for each in label.findall(above + " ")])

    def claims(self):
        claims, text = self.document["claims"], self.document["facts"]["file"]["text"]
        told = numerals(text)
        points = [("自评总分", claims["total"])]
        points += [(f"自评「{each['key']}」", each["points"]) for each in claims["indicators"]]
        points += [(f"自评小计「{each['key']}」", each["printed"]) for each in claims["subtotals"]]
        for name, value in points:
            if value is not None and exact(value) not in told:
                self.faults.append(f"{name} 的 {value} 分不在事实文件中")


def _pairs(pairs):
    found = dict(pairs)
    if len(found) < len(pairs):
        raise ValueError("同一名称出现两次")
    return found


def _refuse(text):
    raise ValueError(f"有不是精确数的数字 {text[:20]}")


def check(data, identity=None):
    """Everything that is wrong with a certificate, as sentences; nothing where all is as certified."""
    if len(data) > 64_000_000:
        return ["文件过大，不是得分证书"]
    try:
        document = json.loads(data.decode("utf-8"), object_pairs_hook=_pairs, parse_float=_refuse,
                              parse_constant=_refuse)
        if document["kind"] != "rubric-certificate" or document["schema_version"] != "1":
            return ["不是得分证书，或版本不同"]
        rest = {key: value for key, value in document.items() if key != "id"}
        canonical = json.dumps(rest, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    except (ValueError, TypeError, KeyError, RecursionError) as problem:
        return [f"文件不是得分证书：{str(problem)[:200]}"]
    faults = []
    if hashlib.sha256(canonical.encode("utf-8", "surrogatepass")).hexdigest() != document.get("id"):
        faults.append("证书写出后内容被改动过：编号与内容不符")
    if identity is not None and document.get("id") != identity:
        faults.append("证书的编号不是所给的编号")
    texts = Texts.__new__(Texts)
    score = None

    def everything():
        nonlocal texts, score
        texts = Texts(document, faults)
        yield texts.digests
        yield lambda: texts.places([document["members"], document["total"]])
        yield texts.values
        score = Score(document, Facts(document["values"]), faults)
        yield score.total
        yield lambda: ranges(document, faults)
        if document["claims"] is not None:
            yield lambda: score.claims(document["claims"])
            yield texts.claims

    try:
        for step in everything():
            step()
    except (KeyError, IndexError, TypeError, ValueError, AttributeError, ZeroDivisionError, OverflowError,
            StopIteration, RecursionError, LookupError) as problem:
        faults.append(f"证书有缺漏或写得不对：{type(problem).__name__} {str(problem)[:120]}")
    return faults


def ranges(document, faults):
    """That the ends of an open total are reached as it says, and what the total is with adjustments."""
    total = document["total"]
    spread, ends = total["range"], {each["end"]: each for each in total["witnesses"]}
    for end in ("low", "high"):
        if not total["settled"] and spread[f"{end}_reached"] != (end in ends):
            faults.append(f"总分区间的一端（{end}）说能达到，却没有给出取值，或相反")
        if end in ends:
            known = Facts(document["values"])
            if any(known.has(key) for key in (*ends[end]["values"], *ends[end]["levels"])):
                faults.append("达到区间一端的取值改动了已知的事实")
            points = Score(document, known.completed(ends[end])).total()
            if points != exact(spread[end]):
                faults.append(f"总分区间的一端（{end}）证书为 {spread[end]}，按所给取值应为 {_shown(points)}")
    adjusted = total["adjusted"]
    if (adjusted is not None) != bool(document["adjustments"]):
        faults.append("调整与调整后的总分不符")
    elif adjusted is not None:
        points = Score(document, Facts(document["values"]).without(document["adjustments"])).total()
        if points is not None and adjusted != _just(points):
            faults.append(f"调整后的总分：证书为 {adjusted['low']} 至 {adjusted['high']}，应为 {points}")


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
