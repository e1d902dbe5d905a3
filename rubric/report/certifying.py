"""Writes a certificate: the texts are read and scored, and every step of the score is put down in the core's terms."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any, NamedTuple, cast

from engine.alternatives import NOTHING_MEASURED, interval_of
from engine.claims import Review
from engine.cohort import assess_together
from engine.compose import GroupScore, Judge, Shift, Stages, Total, most
from engine.core import (
    Case,
    Combine,
    Constant,
    FactTerm,
    Function,
    Guard,
    Holds,
    Lies,
    Part,
    Plan,
    Quantum,
    Start,
    Term,
    evaluate_term,
)
from engine.diagnostic import Diagnostic, is_error
from engine.evaluate import Known, Value, all_hold, judge, measured
from engine.facts import Contradictory, Facts, NotApplicableFact, Present
from engine.facts import Value as Told
from engine.keys import given_from_outside
from engine.opening import Completion
from engine.rules import (
    AnyOf,
    Band,
    Cap,
    Expression,
    Forfeit,
    Group,
    Indicator,
    Item,
    LeftOut,
    Levels,
    Name,
    NotApplicable,
    Number,
    Operation,
    Operator,
    Overall,
    PointsOf,
    Provided,
    Reading,
    Rounding,
    Step,
    Veto,
    Within,
)
from engine.rules import Condition as RuleCondition
from engine.score import Assessment, assess
from engine.scores import IndicatorScore, Kept, Outcome, Range, Status, add_ranges
from engine.source import Span
from engine.unit import Quantity
from rubric.language.read import read_rubric
from rubric.readers.facts import facts_for
from rubric.report import certificate as c

Texts = Mapping[str, str]


# ---------------------------------------------------------------------------------------------- texts


@dataclass(frozen=True, slots=True)
class Sources:
    """The texts that a score rests on: the rule file and its bases, the facts, and those of the rest of the group."""

    rules: tuple[c.TextModel, ...]
    facts: c.TextModel
    together: tuple[c.TextModel, ...] = ()
    any_year: bool = False
    workbook: c.WorkbookModel | None = None


def text_of(name: str, data: bytes) -> c.TextModel | None:
    """A file with its text, from which its bytes can be made again; None where they cannot."""
    for encoding in ("utf-8-sig" if data.startswith(b"\xef\xbb\xbf") else "utf-8", "gb18030"):
        try:
            text = data.decode(encoding)
            if text.encode(encoding) == data:
                kept = cast(Any, encoding)
                return c.TextModel(name=name, encoding=kept, sha256=hashlib.sha256(data).hexdigest(), text=text)
        except UnicodeError:
            continue
    return None


@dataclass(frozen=True, slots=True)
class Derived:
    """What the texts give: the score where they can be used, every finding, and the texts under their labels."""

    sources: Sources
    assessment: Assessment | None
    findings: tuple[Diagnostic, ...]
    texts: Texts
    rules: tuple[str, ...] = field(default=())


def derive(sources: Sources) -> Derived:
    """Read the texts as files are read, and score."""
    labels = _labels([*(each.name for each in sources.rules), sources.facts.name, *(t.name for t in sources.together)])
    of_rules, of_facts = labels[: len(sources.rules)], labels[len(sources.rules) :]
    texts = {label: each.text for label, each in zip(of_rules, sources.rules, strict=True)}

    def base(_name: str, file: str) -> tuple[str, str] | None:
        after = of_rules.index(file) + 1
        return (texts[of_rules[after]], of_rules[after]) if after < len(of_rules) else None

    reading = read_rubric(sources.rules[0].text, of_rules[0], False, base)
    findings = list(reading.findings)
    read: list[Facts] = []
    for label, each in zip(of_facts, (sources.facts, *sources.together), strict=True):
        texts[label] = each.text
        if reading.rubric is None or not reading.usable:
            continue
        facts, found = facts_for(reading.rubric, each.text, label, sources.any_year)
        findings += found
        if facts is not None:
            read.append(facts)
    used = tuple(label for label in of_rules if label in reading.texts)
    if reading.rubric is None or any(map(is_error, findings)) or len(read) < len(of_facts):
        return Derived(sources, None, tuple(findings), texts, used)
    scored = assess_together(reading.rubric, read)[0] if len(read) > 1 else assess(reading.rubric, read[0])
    return Derived(sources, scored, tuple(findings), texts, used)


def _labels(names: Sequence[str]) -> list[str]:
    """The names, those that come again with their number."""
    found: list[str] = []
    for name in names:
        count = sum(each.rpartition("#")[0] == name or each == name for each in found)
        found.append(f"{name}#{count + 1}" if count else name)
    return found


def certificate(derived: Derived, version: str) -> c.CertificateModel:
    """The certificate of a score that was derived from its texts."""
    assert derived.assessment is not None
    return _Certifying(derived, derived.assessment, version).certificate()


# ---------------------------------------------------------------------------------------------- writing


def _exact(value: Fraction | None) -> str | None:
    return None if value is None else str(value)


def _range(spread: Range) -> c.RangeModel:
    return c.RangeModel(
        low=str(spread.low),
        high=str(spread.high),
        low_reached=spread.low_reached,
        high_reached=spread.high_reached,
    )


def _quantum(quantum: Quantum | None) -> c.QuantumModel | None:
    return None if quantum is None else c.QuantumModel(mode=quantum.mode.value, size=str(quantum.size))


class _Seen(NamedTuple):
    """What a term comes to, or why it comes to nothing."""

    value: Fraction | None
    why: Status | None


# Of several reasons the gravest is the one that is told.
_GRAVEST = (Status.CONTRADICTORY, Status.MISSING, Status.NOT_APPLICABLE, Status.UNDEFINED)


class _Terms:
    """The terms of one indicator, each once, with what it comes to."""

    def __init__(self, known: Known, used: dict[str, None]) -> None:
        self.known = known
        self.used = used
        self.nodes: list[Any] = []
        self.seen: list[_Seen] = []
        self._places: dict[object, int] = {}

    def place(self, term: Term) -> int:
        """The place of a term in the list, where it is put if it is not there."""
        match term:
            case Constant(value):
                return self._put(("number", value), _Seen(value, None), lambda _: c.NumberNode(value=str(value)))
            case FactTerm(fact):
                self.used[fact] = None
                number = self.known.numbers.get(fact)
                seen = _Seen(number, None if number is not None else self.known.why((fact,)))
                return self._put(
                    ("fact", fact), seen, lambda told: c.FactNode(fact=fact, value=told[0], why=cast(Any, told[1]))
                )
            case Combine(operator, left, right):
                return self.combine(operator, self.place(left), self.place(right))

    def combine(self, operator: Operator, left: int, right: int) -> int:
        """The place of an operation on two terms that stand there already."""
        seen = self._operated(operator, self.seen[left], self.seen[right])
        return self._put(
            (operator, left, right),
            seen,
            lambda told: c.OperationNode(
                operator=cast(Any, operator.value), left=left, right=right, value=told[0], why=cast(Any, told[1])
            ),
        )

    def points(self, of: str | None, value: Fraction | None) -> int:
        """The place of the points of something."""
        seen = _Seen(value, None if value is not None else Status.MISSING)
        return self._put(("points", of), seen, lambda told: c.PointsNode(of=of, value=told[0], why=cast(Any, told[1])))

    def choice(self, among: list[c.AlternativeModel], value: Fraction | None) -> int:
        """The place of a choice among several terms."""
        seen = _Seen(value, None if value is not None else Status.MISSING)
        return self._put(object(), seen, lambda told: c.ChoiceNode(among=among, value=told[0], why=cast(Any, told[1])))

    def _put(self, key: object, seen: _Seen, node: Any) -> int:
        if key not in self._places:
            self._places[key] = len(self.nodes)
            self.nodes.append(node((_exact(seen.value), seen.why.value if seen.why else None)))
            self.seen.append(seen)
        return self._places[key]

    def _operated(self, operator: Operator, left: _Seen, right: _Seen) -> _Seen:
        if left.value is None or right.value is None:
            return _Seen(None, next(each for each in _GRAVEST if each in (left.why, right.why)))
        found = evaluate_term(Combine(operator, Constant(left.value), Constant(right.value)), {})
        return _Seen(found, Status.UNDEFINED if found is None else None)

    def guards(self, guards: Iterable[Guard], now: Value = None) -> list[c.Guard]:
        """Guards with whether each holds; `now` is what their case measures."""
        return [self._guard(guard, now) for guard in guards]

    def _guard(self, guard: Guard, now: Value) -> c.Guard:
        holds = all_hold((guard,), now, self.known)
        match guard:
            case Holds(fact, level):
                self.used[fact] = None
                return c.LevelGuard(fact=fact, level=level, holds=holds)
            case Lies(interval, term):
                return c.LiesGuard(
                    term=None if term is None else self.place(term),
                    low=_exact(interval.low),
                    low_in=interval.low_in,
                    high=_exact(interval.high),
                    high_in=interval.high_in,
                    holds=holds,
                )

    def alternatives(self, among: Iterable[tuple[tuple[Guard, ...], Term]]) -> list[c.AlternativeModel]:
        """Terms of which the first whose guards hold counts."""
        return [c.AlternativeModel(guards=self.guards(guards), term=self.place(term)) for guards, term in among]


class _Certifying:
    """Puts one score down, step by step."""

    def __init__(self, derived: Derived, assessment: Assessment, version: str) -> None:
        self.derived = derived
        self.assessment = assessment
        self.card = assessment.card
        self.rubric = assessment.rubric
        self.facts = assessment.facts
        self.known = Known(assessment.facts)
        self.version = version
        self.lines = {label: text.split("\n") for label, text in derived.texts.items()}
        self.used: dict[str, None] = {}
        self.points: dict[str | None, tuple[Range, bool]] = {}

    def certificate(self) -> c.CertificateModel:
        """The whole."""
        sources, facts = self.derived.sources, self.facts
        whole = self.card.whole
        members = [self._member(member) for member in whole.members]
        files = [each for label, each in zip(self.derived.rules, sources.rules, strict=False) if label]
        total = self._total(whole)
        adjustments = [
            c.AdjustmentModel(
                fact=each.fact,
                amount=str(each.amount.exact),
                ground=each.ground,
                evidence=each.evidence,
                allowed_by=each.allowed_by,
            )
            for each in facts.adjustments
        ]
        self.used.update(dict.fromkeys(each.fact for each in facts.adjustments))
        document = c.CertificateModel(
            id="0" * 64,
            engine_version=self.version,
            title=self.rubric.title,
            department=facts.department,
            year=facts.year,
            rules=c.RulesModel(digest=c.rules_digest(files), files=files),
            facts=c.FactsModel(
                digest=hashlib.sha256(sources.facts.text.encode()).hexdigest(),
                file=sources.facts,
                workbook=sources.workbook,
                together=list(sources.together),
                any_year=sources.any_year,
            ),
            values=[self._fact(key) for key in self.used],
            adjustments=adjustments,
            members=members,
            total=total,
            claims=None if self.assessment.review is None else self._claims(self.assessment.review),
        )
        return document.model_copy(update={"id": c.identity(document.model_dump(mode="json"))})

    # ---------------------------------------------------------------------------------------- texts

    def _place(self, span: Span) -> c.PlaceModel | None:
        if not span.line or span.file not in self.lines:
            return None
        file = self.derived.rules.index(span.file) if span.file in self.derived.rules else 0
        quote = span.quoted(self.lines[span.file])
        return c.PlaceModel(
            file=file,
            line=span.line,
            column=span.column,
            end_line=span.end_line,
            end_column=span.end_column,
            quote=quote,
        )

    def _clause(self, role: str, span: Span) -> c.ClauseModel:
        return c.ClauseModel(role=cast(Any, role), place=self._place(span))

    def _fact(self, key: str) -> c.FactModel:
        fact = self.facts.get(key)
        readings: tuple[Present, ...] = ()
        match fact:
            case Present():
                state, readings = "present", (fact,)
            case Contradictory(several):
                state, readings = "contradictory", several
            case NotApplicableFact():
                state = "not-applicable"
            case _:
                state = "missing"
        declared = self.rubric.fact(key)
        levels = declared.kind.levels if declared is not None and isinstance(declared.kind, Levels) else ()
        return c.FactModel(
            key=key,
            forms=[] if declared is None else list(declared.name.forms),
            origin="group" if given_from_outside(key) else "file",
            state=cast(Any, state),
            readings=[self._value(each.value, each.provenance.span, levels) for each in readings],
        )

    def _value(self, value: Told, span: Span, levels: Sequence[Name]) -> c.ValueModel:
        place = self._place(span)
        match value:
            case Quantity(number, unit):
                return c.ValueModel(
                    number=str(number), unit=unit.code, size=str(unit.size), value=str(value.exact), place=place
                )
            case bool():
                return c.ValueModel(truth=value, place=place)
            case _:
                forms = [form for level in levels if level.key == value for form in level.forms]
                return c.ValueModel(level=value, forms=forms, place=place)

    # ----------------------------------------------------------------------------------- indicators

    def _member(self, member: GroupScore | IndicatorScore) -> c.GroupModel | c.IndicatorModel:
        if isinstance(member, IndicatorScore):
            return self._indicator(member)
        return self._group(member)

    def _indicator(self, score: IndicatorScore) -> c.IndicatorModel:
        plan, indicator = score.plan, score.indicator
        terms = _Terms(self.known, self.used)
        settled_by, settled, outcomes = self._settling(score)
        first = [self._case(case, terms) for case in plan.first]
        parts = [
            c.PartModel(
                full=str(part.full),
                cases=[self._case(case, terms) for case in self._told(score, part, outcome)],
                outcome=None if outcome is None else self._outcome(outcome, part.cases),
            )
            for part, outcome in zip(plan.parts, outcomes or [None] * len(plan.parts), strict=True)
        ]
        self.points[indicator.key] = (score.bounds, score.points is not None)
        return c.IndicatorModel(
            key=indicator.key,
            name=indicator.name.key,
            role=cast(Any, indicator.role.value),
            full=str(score.full),
            place=self._place(indicator.head),
            provided=self._provided(indicator.provided),
            combination=cast(Any, plan.combination.value),
            held=plan.held,
            after=_quantum(plan.after),
            formula=terms.alternatives(plan.formula),
            measured=_exact(measured(score)),
            first=first,
            exempt=None if plan.exempt is None else self._case(plan.exempt, terms),
            leaves_out=_leaves_out(plan),
            settled_by=cast(Any, settled_by),
            settled=settled,
            parts=parts,
            status=cast(Any, score.status.value),
            points=_exact(score.points),
            range=_range(score.bounds),
            left_out=str(score.left_out),
            lacking=list(score.lacking),
            entries=self._entries(score),
            terms=terms.nodes,
        )

    def _settling(self, score: IndicatorScore) -> tuple[str | None, c.OutcomeModel | None, tuple[Outcome, ...] | None]:
        """What settles the whole indicator, if anything does, and what came of its parts where they were looked at."""
        plan = score.plan
        if any(all_hold(case.guards, self._now(case), self.known) is not False for case in plan.first):
            return "first", self._outcome(score.outcomes[0], plan.first), None
        judged = tuple(judge(part, self.known) for part in plan.parts)
        if plan.exempt is not None and any(each.status is Status.NOT_APPLICABLE for each in judged):
            return "exempt", self._outcome(score.outcomes[0], (plan.exempt,)), judged
        return None, None, judged

    def _told(self, score: IndicatorScore, part: Part, outcome: Outcome | None) -> tuple[Case, ...]:
        """The cases of a part that have a say in the score, or in what it would be with adjustments."""
        adjusted = any(each.fact in score.plan.needs for each in self.facts.adjustments)
        if adjusted or score.points is None:
            return part.cases
        if outcome is None or outcome.case is None:
            return part.cases if outcome is not None else ()
        return part.cases[: _index(outcome.case, part.cases) + 1]

    def _now(self, case: Case) -> Value:
        return None if case.measure is None else self.known.value(case.measure)

    def _case(self, case: Case, terms: _Terms) -> c.CaseModel:
        now = self._now(case)
        function = case.function
        return c.CaseModel(
            clause=self._clause(_role(case.clause), case.clause.span),
            measure=None if case.measure is None else terms.place(case.measure),
            guards=terms.guards(case.guards, now),
            function=_function(function),
        )

    def _outcome(self, outcome: Outcome, cases: Sequence[Case]) -> c.OutcomeModel:
        case, work = outcome.case, None
        if case is not None and outcome.points is not None and not case.function.flat:
            now = self._now(case)
            assert isinstance(now, Fraction), "points that depend on what is measured are given where it is known"
            work = _work(case.function, now, outcome.points)
        return c.OutcomeModel(
            status=cast(Any, outcome.status.value),
            case=None if case is None else _index(case, cases),
            work=work,
            points=_exact(outcome.points),
            lost=_exact(outcome.lost),
        )

    def _entries(self, score: IndicatorScore) -> list[c.EntryModel]:
        whole = len(score.outcomes) != len(score.plan.parts) or score.outcomes[0].status in (
            Status.EXEMPT,
            Status.LEFT_OUT,
            Status.FORFEITED,
        )
        return [
            c.EntryModel(
                clause=self._clause(_role(entry.clause), entry.clause.span),
                part=None
                if whole or entry.outcome is None
                else next(n for n, each in enumerate(score.outcomes) if each is entry.outcome),
                awarded=str(entry.awarded),
                lost=str(entry.lost),
            )
            for entry in score.entries
        ]

    # --------------------------------------------------------------------------------------- levels

    def _group(self, score: GroupScore) -> c.GroupModel:
        group = score.group
        members = [self._member(each) for each in score.members]
        formula = None if group.formula is None else self._formula(group.formula)
        self.points[group.key] = (score.bounds, score.settled)
        return c.GroupModel(
            key=group.key,
            name=group.name.key,
            level=group.level,
            role=cast(Any, group.role.value),
            full=str(group.full),
            place=self._place(group.head),
            combination=cast(Any, group.combination.value),
            formula=formula,
            provided=self._provided(group.provided),
            members=members,
            sum=_range(_added(score.members)),
            shifts=[self._shift(each) for each in score.shifts],
            settled=score.settled,
            range=_range(score.bounds),
            left_out=str(score.left_out),
        )

    def _shift(self, shift: Shift) -> c.ShiftModel:
        return c.ShiftModel(
            why=cast(Any, shift.why.value),
            clause=self._clause_of_shift(shift.clause),
            amount=_exact(shift.amount),
            before=_range(shift.before),
            after=_range(shift.after),
        )

    def _clause_of_shift(self, clause: Cap | Veto | Rounding | Provided | Group | Overall | Indicator) -> c.ClauseModel:
        match clause:
            case Cap():
                return self._clause("cap", clause.span)
            case Veto():
                return self._clause("overruling", clause.span)
            case Rounding():
                return self._clause("rounding", clause.span)
            case Provided():
                return self._clause("provided", clause.span)
            case Group() | Indicator():
                return self._clause("level", clause.head)
            case Overall():
                return self._clause("whole", clause.span)

    def _formula(self, formula: Expression) -> c.FormulaModel:
        terms = _Terms(self.known, self.used)
        value = terms.seen[self._expression(formula, terms)].value
        return c.FormulaModel(terms=terms.nodes, value=_exact(value))

    def _expression(self, expression: Expression, terms: _Terms) -> int:
        """The place of a formula over points and facts."""
        match expression:
            case PointsOf(name):
                spread, settled = self.points[name]
                return terms.points(name, spread.low if settled else None)
            case Number(quantity):
                return terms.place(Constant(quantity.exact))
            case Operation(operator, left, right):
                one, other = self._expression(left, terms), self._expression(right, terms)
                return terms.combine(operator, one, other)
            case _:
                found = Judge(self.rubric, self.known, self.points).value(expression)
                among = terms.alternatives(Judge(self.rubric, self.known, {}).lowering.alternatives(expression))
                return terms.choice(among, found[0].low if found is not None and found[1] else None)

    def _provided(self, provided: Provided | None) -> c.ProvidedModel | None:
        # What a bonus asks for is looked at when the levels are put together: before that it is left open.
        if provided is None:
            return None
        stages = self.card.whole.stages
        points = self._final()
        if stages is not None:
            points[None] = (stages.scaled, self.card.whole.settled)
        return c.ProvidedModel(
            clause=self._clause("provided", provided.span),
            conditions=self._conditions(provided.conditions, points),
        )

    def _final(self) -> dict[str | None, tuple[Range, bool]]:
        """The points of every indicator and level."""
        found: dict[str | None, tuple[Range, bool]] = {}
        _collect(self.card.whole.members, found)
        return found

    def _conditions(
        self, conditions: Sequence[RuleCondition], points: Mapping[str | None, tuple[Range, bool]]
    ) -> c.ConditionsModel:
        judging = Judge(self.rubric, self.known, points)
        terms = _Terms(self.known, self.used)
        found = [self._condition(each, terms, judging) for each in conditions]
        return c.ConditionsModel(terms=terms.nodes, all=found, holds=judging.all_hold(conditions))

    def _condition(self, condition: RuleCondition, terms: _Terms, judging: Judge) -> c.Condition:
        holds = judging.all_hold((condition,))
        match condition:
            case AnyOf(alternatives):
                among = [[self._condition(each, terms, judging) for each in lot] for lot in alternatives]
                return c.AnyCondition(among=among, holds=holds)
            case Within(subject=PointsOf(name)):
                interval = interval_of(condition)
                return c.PointsCondition(
                    of=name,
                    low=_exact(interval.low),
                    low_in=interval.low_in,
                    high=_exact(interval.high),
                    high_in=interval.high_in,
                    seen=_range(judging.points[name][0]),
                    holds=holds,
                )
            case _:
                lots = judging.lowering.conditions((condition,), NOTHING_MEASURED)
                return c.GuardsCondition(lots=[terms.guards(lot) for lot in lots], holds=holds)

    # ------------------------------------------------------------------------------------- the whole

    def _total(self, whole: Total) -> c.TotalModel:
        overall, rubric = self.rubric.overall, self.rubric
        stages = whole.stages or Stages(whole.bounds, whole.bounds, whole.bounds, whole.bounds, whole.bounds)
        final = self._final()
        seen: dict[str, dict[str | None, tuple[Range, bool]]] = {}
        for name, spread in (*stages._asdict().items(), ("end", whole.bounds)):
            seen[name] = final.copy()
            seen[name][None] = (spread, whole.settled)
        formula = None
        if overall.formula is not None:
            self.points = dict(seen["beside"])
            formula = self._formula(overall.formula)
        return c.TotalModel(
            full=str(rubric.full),
            most=str(most(rubric)),
            formula=formula,
            caps=[
                c.CapModel(
                    clause=self._clause("cap", each.span),
                    conditions=self._conditions(each.conditions, seen["earned"]),
                    points=str(each.points),
                    target=each.target,
                )
                for each in overall.caps
            ],
            vetoes=[
                c.VetoModel(
                    clause=self._clause("overruling", each.span),
                    conditions=self._conditions(each.conditions, seen["capped"]),
                    effect=cast(Any, each.effect.value),
                    grade=each.grade,
                )
                for each in overall.vetoes
            ],
            rounding=None
            if overall.rounding is None
            else c.RoundingModel(
                clause=self._clause("rounding", overall.rounding.span),
                mode=cast(Any, overall.rounding.mode.value),
                places=overall.rounding.places,
            ),
            added=_range(stages.added),
            shifts=[self._shift(each) for each in whole.shifts],
            settled=whole.settled,
            points=_exact(whole.points),
            range=_range(whole.bounds),
            left_out=str(whole.left_out),
            witnesses=self._witnesses(),
            scale=[
                c.GradeModel(
                    name=each.name.key,
                    forms=list(each.name.forms),
                    floor=None if each.floor is None else str(each.floor.quantity.number),
                    inclusive=each.floor is not None and each.floor.inclusive,
                )
                for each in rubric.grades
            ],
            grades=[each.name.key for each in self.card.grades],
            consequences=[
                c.ConsequenceModel(conditions=self._conditions(each.conditions, seen["end"]), text=each.text)
                for each in overall.consequences
            ],
            adjusted=None if self.assessment.adjusted is None else _range(self.assessment.adjusted.card.bounds),
        )

    def _witnesses(self) -> list[c.WitnessModel]:
        found = self.assessment.bounds
        if found is None:
            return []
        ends: tuple[tuple[str, Completion | None], ...] = (("low", found.lowest), ("high", found.highest))
        return [
            c.WitnessModel(
                end=cast(Any, end),
                values={key: str(value) for key, value in each.items() if isinstance(value, Fraction)},
                levels={key: value for key, value in each.items() if not isinstance(value, Fraction)},
            )
            for end, each in ends
            if each is not None
        ]

    # ---------------------------------------------------------------------------------------- claims

    def _claims(self, review: Review) -> c.ClaimsModel:
        return c.ClaimsModel(
            total=_exact(review.total.claimed),
            grade=review.total.grade,
            narrated=str(review.total.narrated),
            indicators=[
                c.ClaimModel(
                    key=check.score.indicator.key,
                    points=_exact(check.claim.points),
                    quote=check.claim.quote,
                    verdict=cast(Any, check.verdict.value),
                    difference=_exact(check.difference),
                    rate=None
                    if check.rate is None
                    else c.RateModel(
                        text=check.rate.printed.text,
                        value=str(check.rate.printed.value),
                        places=check.rate.printed.places,
                        percent=check.rate.printed.percent,
                        exact=str(check.rate.exact),
                        verdict=cast(Any, check.rate.verdict.value),
                    ),
                )
                for check in review.indicators
                if check.claim is not None
            ],
            subtotals=[
                c.SubtotalModel(
                    key=check.group.group.key,
                    printed=str(check.printed),
                    narrated=str(check.narrated),
                    difference=str(check.difference),
                    unclaimed=list(check.unclaimed),
                )
                for check in review.sums
            ],
        )


def _function(function: Function) -> c.FlatModel | c.StepsModel:
    if function.flat:
        return c.FlatModel(points=str(function.base))
    return c.StepsModel(
        base=str(function.base),
        floor=str(function.floor),
        ceiling=str(function.ceiling),
        amount=str(function.amount),
        reference=str(function.reference),
        size=str(function.size),
        side=cast(Any, function.side.value),
        reading=cast(Any, function.reading.value),
        before=_quantum(function.before),
        after=_quantum(function.after),
        most=_exact(function.most),
    )


def _work(function: Function, now: Fraction, points: Fraction) -> c.WorkModel:
    """How the points of a case come about."""
    readings = {reading.value: str(function.at(now, reading)) for reading in Reading}
    return c.WorkModel(
        measured=str(now),
        rounded=_exact(None if function.before is None else function.before.round(now)),
        distance=str(function.distance(now)),
        steps=str(function.steps(now)),
        reached=str(function.base + function.amount * function.steps(now)),
        points=str(points),
        readings=cast(Any, readings) if len(set(readings.values())) > 1 else {},
    )


def _index(case: Case, cases: Sequence[Case]) -> int:
    """The place of a case among others, of which another may say the same."""
    found = next((place for place, each in enumerate(cases) if each is case), None)
    return cases.index(case) if found is None else found


def _leaves_out(plan: Plan) -> bool:
    return any(
        isinstance(case.clause, NotApplicable) and isinstance(case.clause.award, LeftOut)
        for case in (*plan.first, *(() if plan.exempt is None else (plan.exempt,)))
    )


def _role(clause: object) -> str:
    match clause:
        case Start():
            return "start"
        case Kept():
            return "kept"
        case Forfeit():
            return "veto"
        case Band():
            return "band"
        case Step():
            return "step"
        case Item():
            return "item"
        case _:
            return "not-applicable"


def _collect(members: Iterable[GroupScore | IndicatorScore], found: dict[str | None, tuple[Range, bool]]) -> None:
    for member in members:
        if isinstance(member, GroupScore):
            _collect(member.members, found)
            found[member.group.key] = (member.bounds, member.settled)
        else:
            found[member.indicator.key] = (member.bounds, member.points is not None)


def _added(members: Iterable[GroupScore | IndicatorScore]) -> Range:
    return add_ranges(member.bounds for member in members)
