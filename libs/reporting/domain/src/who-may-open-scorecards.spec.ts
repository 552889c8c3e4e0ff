import type { ActorRole } from '@plumbline/kernel';
import { cellOf } from './history.testing';
import { anyReport, isRefusal } from './report';
import { scorecardReport, scorecardReads } from './scorecard.report';
import { type Evaluations, observed, surgery } from './scorecards.testing';

const house = observed(surgery()).freeze('2026-11-12', ['head']).signed('head');
const opens = (id: string, role: ActorRole): readonly string[] => {
  const mayOpen = scorecardReport.mayOpen(house.rowsFor(scorecardReads), house.question({ viewer: { id, role } }));
  const all = house.events.filter(({ type }) => type.startsWith('evaluations.'));
  return [...new Set(all.filter((event) => mayOpen(event)).map(({ type }) => type.split('.')[1] ?? ''))].sort();
};

const EVERYBODY = ['CycleFrozen'];
const LINKS = ['MetricLinkApproved', 'MetricLinkRequested'];
const OWN = ['ScorecardAccepted', 'ScorecardIssued', 'ScorecardSignedOff'];

it('who oversees evaluations opens all of them', () => {
  for (const role of ['hr', 'auditor', 'board'] as const)
    expect(opens('someone', role)).toEqual(
      [
        ...EVERYBODY,
        ...LINKS,
        ...OWN,
        'CycleOpened',
        'ComponentScored',
        'EvaluatorRatingProposed',
        'ScorecardComputed',
      ].sort(),
    );
});

it('a leader opens the own contract and signed result, and is told of the components by the report, and nobody else’s', () => {
  expect(opens('head', 'executive')).toEqual([...EVERYBODY, ...OWN].sort());
  expect(opens('other', 'executive')).toEqual(EVERYBODY);
});

it('who rates opens the contract and the own rating', () => {
  expect(opens('evaluator', 'executive')).toEqual([...EVERYBODY, 'EvaluatorRatingProposed', 'ScorecardIssued'].sort());
});

it('lawyers open what links metrics to groups, and no scorecard', () => {
  expect(opens('counsel', 'legal')).toEqual([...EVERYBODY, ...LINKS, 'CycleOpened'].sort());
});

describe('what was made of a figure that may no longer be shown', () => {
  const MADE = ['EvaluatorRatingProposed', 'ScorecardComputed', 'ScorecardRestated', 'ScorecardSignedOff'];
  const shownHouse = (): Evaluations => {
    const made = observed(surgery(), { BELONG: ['PULSE', { value: '66', n: 3000, eligible: 4000 }] });
    made.freeze('2026-11-12', ['head']).signed('head');
    made.add('evaluations.ScorecardRestated.v1', {
      ...{ scorecardId: 'card:head', cycleId: 'cycle:C2026', leader: 'head', cause: 'CORRECTION' },
      ...{ causingEvents: ['e-1'], oldScore: '90', newScore: '91', direction: 'UP', wasFinal: true },
      ...{ reopensAppeal: false, by: 'steward', figures: made.computed('head').total.figures },
    });
    return made;
  };
  /** Components and results that an auditor opens, all of the log told. */
  const opened = (made: Evaluations): string[] => {
    const viewer = { id: 'someone', role: 'auditor' } as const;
    const mayOpen = scorecardReport.mayOpen(made.rowsFor(scorecardReads), made.question({ viewer }));
    return made.events
      .filter((event) => mayOpen(event))
      .flatMap(({ type, data }) => {
        const name = type.split('.')[1] ?? '';
        if (name === 'ComponentScored') return [(data as { componentId: string }).componentId];
        return MADE.includes(name) ? [name] : [];
      });
  };
  const PARTS = ['checkins', 'listens', 'agreed', 'stays'];

  it('is open to who oversees while it may', () => {
    expect(opened(shownHouse()).sort()).toEqual([...PARTS, 'belong', ...MADE].sort());
  });

  it.each([
    ['the least group was raised', (made: Evaluations) => made.policy('2', { k: 3001 })],
    ['the metric asks for more', (made: Evaluations) => asksForMore(made)],
    ['a neighbour needs a cover', (made: Evaluations) => small(made)],
  ])('is open to nobody when %s', (_why, change) => {
    const made = shownHouse();
    change(made);
    expect(opened(made).sort()).toEqual([...PARTS].sort());
  });

  const asksForMore = (made: Evaluations): void => {
    const defined = made.events.find(({ data }) => (data as { code?: string }).code === 'BELONG')?.data as {
      definition: object;
    };
    made.add('metrics.MetricDefinitionRevised.v1', {
      ...{ metricId: 'metric:BELONG', code: 'BELONG', version: 2, definitionVersion: 1, comparability: 'COMPARABLE' },
      ...{ change: 'x', reason: 'y', definition: { ...defined.definition, minN: 3001 }, revisedBy: 'steward' },
    });
  };
  const small = (made: Evaluations): void => {
    made.observe('BELONG', 'IMAG', '2026', 'PULSE', { value: '50', n: 4, eligible: 6 });
    made.observe('BELONG', 'HOUSE', '2026', 'PULSE', { value: '66', n: 3004, eligible: 4006 });
  };

  it('says no more how far the rating is off the band of the hidden total', () => {
    const made = observed(surgery(), { BELONG: ['PULSE', { value: '66', n: 3000, eligible: 4000 }] });
    made.freeze('2026-11-12', ['head']).signed('head', 4, 1);
    const rating = () =>
      cellOf(made.told(anyReport(scorecardReport), { viewer: { id: 'a', role: 'auditor' } }), 'head:total/rating');
    expect(rating().word).toBe('4 (+1 off the band of the total)');
    made.policy('2', { k: 3001 });
    expect(rating().word).toBe('4');
  });
});

it('is not told anything before the organisation is configured', () => {
  expect(isRefusal(scorecardReport.compute(house.rowsFor(scorecardReads, 0), house.question({}, 0)))).toBe(true);
});
