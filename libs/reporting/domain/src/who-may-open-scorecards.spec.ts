import type { ActorRole } from '@plumbline/kernel';
import { evaluationsRules } from './evaluations-opening';
import { isRefusal } from './report';
import { scorecardReport, scorecardReads } from './scorecard.report';
import { observed, surgery } from './scorecards.testing';

const house = observed(surgery()).freeze('2026-11-12', ['head']).signed('head');
const opens = (id: string, role: ActorRole): readonly string[] => {
  const mayOpen = scorecardReport.mayOpen(house.rowsFor(scorecardReads), house.question({ viewer: { id, role } }));
  const all = house.events.filter(({ type }) => type.startsWith('evaluations.'));
  return [...new Set(all.filter((event) => mayOpen(event)).map(({ type }) => type.split('.')[1] ?? ''))].sort();
};

const EVERYBODY = ['CycleFrozen'];
const LINKS = ['MetricLinkApproved', 'MetricLinkRequested'];
const OWN = ['ComponentScored', 'ScorecardAccepted', 'ScorecardIssued', 'ScorecardSignedOff'];

it('who oversees evaluations opens all of them', () => {
  for (const role of ['hr', 'auditor', 'board'] as const)
    expect(opens('someone', role)).toEqual(
      [...EVERYBODY, ...LINKS, ...OWN, 'CycleOpened', 'EvaluatorRatingProposed', 'ScorecardComputed'].sort(),
    );
});

it('a leader opens the own contract, components and signed result, and nobody else’s', () => {
  expect(opens('head', 'executive')).toEqual([...EVERYBODY, ...OWN].sort());
  expect(opens('other', 'executive')).toEqual(EVERYBODY);
});

it('who rates opens the contract and the own rating', () => {
  expect(opens('evaluator', 'executive')).toEqual([...EVERYBODY, 'EvaluatorRatingProposed', 'ScorecardIssued'].sort());
});

it('lawyers open what links metrics to groups, and no scorecard', () => {
  expect(opens('counsel', 'legal')).toEqual([...EVERYBODY, ...LINKS, 'CycleOpened'].sort());
});

it('a result that rests on fewer than may be shown by now is open to nobody', () => {
  const scored = house.events.find(
    ({ type, data }) => type === 'evaluations.ComponentScored.v1' && (data as { n: number | null }).n === 40,
  );
  const rule = (k: number) =>
    evaluationsRules({ id: 'someone', role: 'auditor' }, { k, kSensitive: k })['evaluations.ComponentScored.v1'];
  const opensUnder = (k: number): boolean => {
    const found = rule(k);
    return found === 'open' || found(scored?.data as never);
  };
  expect([40, 41].map(opensUnder)).toEqual([true, false]);
});

it('is not told anything before the organisation is configured', () => {
  expect(isRefusal(scorecardReport.compute(house.rowsFor(scorecardReads, 0), house.question({}, 0)))).toBe(true);
});
