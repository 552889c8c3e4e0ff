import { addDays, Decimal, writeDecimal, type LocalDate } from '@plumbline/kernel';
import fc from 'fast-check';
import { answerableFor, commitmentAttainment, type PromiseItem } from './commitment-attainment';

const THROUGH = '2026-12-31';
const item = (more: Partial<PromiseItem> = {}): PromiseItem => ({
  id: 'C01.1',
  weight: 1,
  firstDue: '2026-06-30',
  doneOn: '2026-06-30',
  verified: true,
  graceDays: 40,
  ended: null,
  assessed: null,
  ...more,
});
const shown = (items: readonly PromiseItem[], through: LocalDate = THROUGH): string | null => {
  const { attainment } = commitmentAttainment(items, through);
  return attainment && writeDecimal(attainment);
};
const open = { doneOn: null, verified: false } as const;

describe('the attainment of commitments', () => {
  it.each([
    ['done and verified a day early', { doneOn: '2026-06-29' }, '100'],
    ['done and verified on its first date', {}, '100'],
    ['a day late with forty days of grace', { doneOn: '2026-07-01' }, '97.5'],
    ['ten days late with forty days of grace', { doneOn: '2026-07-10' }, '75'],
    ['as late as its grace', { doneOn: '2026-08-09' }, '0'],
    ['later than its grace', { doneOn: '2026-08-10' }, '0'],
    ['done on its first date without grace', { graceDays: 0 }, '100'],
    ['said to be verified though never done', { doneOn: null }, '0'],
    ['a day late without grace', { doneOn: '2026-07-01', graceDays: 0 }, '0'],
    ['open', open, '0'],
    ['open, found not started', { ...open, assessed: 'NOT_STARTED' }, '0'],
    ['open, no evidence found', { ...open, assessed: 'NO_EVIDENCE' }, '0'],
    ['open, found limited', { ...open, assessed: 'LIMITED' }, '25'],
    ['open, found substantial', { ...open, assessed: 'SUBSTANTIAL' }, '50'],
    ['open, found complete but not recorded as done', { ...open, assessed: 'COMPLETE' }, '50'],
    ['done but not verified', { verified: false }, '0'],
    ['done but not verified, found substantial', { verified: false, assessed: 'SUBSTANTIAL' }, '50'],
    ['done after the last day looked at', { doneOn: '2027-01-01' }, '0'],
    ['done after the last day looked at, within its grace', { doneOn: '2027-01-01', graceDays: 368 }, '0'],
    ['done on the last day looked at', { doneOn: THROUGH, graceDays: 368 }, '50'],
    ['missed', { ended: 'MISSED' }, '0'],
    ['withdrawn', { ended: 'WITHDRAWN' }, '0'],
    ['carried forward', { ended: 'CARRIED_FORWARD' }, '0'],
    ['missed, though found substantial', { ...open, ended: 'MISSED', assessed: 'SUBSTANTIAL' }, '0'],
  ] as const)('of one %s is %3$s', (_what, more, expected) => {
    expect(shown([item(more)])).toBe(expected);
  });

  it('weighs each by what was agreed', () => {
    const kept = item({ weight: 60 });
    expect(shown([kept, item({ id: 'C01.2', weight: 40, doneOn: '2026-07-10' })])).toBe('90');
    expect(shown([kept, item({ id: 'C01.2', weight: new Decimal('30'), ...open })])).toBe('66.666667');
  });

  it('leaves out, and lists, what is not yet due, never dated, or lawfully withdrawn', () => {
    const items = [
      item(),
      item({ id: 'later', firstDue: '2027-01-01', ...open }),
      item({ id: 'undated', firstDue: null, ...open }),
      item({ id: 'withdrawn', ended: 'WITHDRAWN_OUTSIDE', ...open }),
      item({ id: 'handed over', answerable: 'HANDED_OVER', ...open }),
      item({ id: 'taken over', answerable: 'TAKEN_OVER_LATER', ...open }),
    ];
    const { attainment, counted, leftOut } = commitmentAttainment(items, THROUGH);
    expect(attainment?.toFixed()).toBe('100');
    expect(counted).toEqual([{ id: 'C01.1', share: new Decimal(1) }]);
    expect(leftOut).toEqual([
      { id: 'later', why: 'NOT_YET_DUE' },
      { id: 'undated', why: 'NO_DATE' },
      { id: 'withdrawn', why: 'WITHDRAWN_OUTSIDE' },
      { id: 'handed over', why: 'HANDED_OVER' },
      { id: 'taken over', why: 'TAKEN_OVER_LATER' },
    ]);
  });
  it('counts what is due on the last day looked at', () => {
    expect(shown([item({ firstDue: THROUGH, ...open })])).toBe('0');
  });
  it('is none when nothing was due', () => {
    expect(shown([])).toBeNull();
    expect(shown([item({ firstDue: '2027-03-31', ...open })])).toBeNull();
    expect(shown([item({ weight: 0 })])).toBeNull();
  });
  it('is refused for weights and grace that cannot be', () => {
    expect(() => commitmentAttainment([item({ weight: -1 })], THROUGH)).toThrow('a weight is not negative');
    expect(() => commitmentAttainment([item({ graceDays: -1 })], THROUGH)).toThrow('days of grace');
    expect(() => commitmentAttainment([item({ graceDays: 1.5 })], THROUGH)).toThrow('days of grace');
  });
});

describe('gaming the attainment of commitments gains nothing', () => {
  const anyItem = fc.record({
    weight: fc.integer({ min: 1, max: 100 }),
    firstDue: fc.integer({ min: 0, max: 400 }).map((days) => addDays('2026-01-01', days)),
    doneOn: fc.option(fc.integer({ min: 0, max: 500 }).map((days) => addDays('2026-01-01', days))),
    verified: fc.boolean(),
    graceDays: fc.integer({ min: 0, max: 90 }),
    assessed: fc.option(fc.constantFrom('NO_EVIDENCE', 'NOT_STARTED', 'LIMITED', 'SUBSTANTIAL', 'COMPLETE')),
    ended: fc.constantFrom(null, null, null, 'MISSED', 'WITHDRAWN', 'CARRIED_FORWARD'),
  });
  const someItems = fc
    .array(anyItem, { minLength: 1, maxLength: 6 })
    .map((items) => items.map((each, i): PromiseItem => ({ ...(each as PromiseItem), id: `C${i}` })));
  const of = (items: readonly PromiseItem[]): Decimal =>
    commitmentAttainment(items, THROUGH).attainment ?? new Decimal(0);
  const dust = new Decimal('1e-25');
  const notAbove = (a: readonly PromiseItem[], b: readonly PromiseItem[]): void => {
    expect(of(a).lessThanOrEqualTo(of(b).plus(dust))).toBe(true);
  };

  it.each(['WITHDRAWN', 'CARRIED_FORWARD', 'MISSED'] as const)('by ending one as %s', (ended) => {
    fc.assert(
      fc.property(someItems, ([first, ...others]) => {
        notAbove([{ ...first!, ended }, ...others], [first!, ...others]);
      }),
    );
  });
  it('by carrying one forward and counting the new one, which keeps the first date', () => {
    fc.assert(
      fc.property(someItems, ([first, ...others]) => {
        const again: PromiseItem = { ...first!, id: 'again', weight: 0 };
        notAbove([{ ...first!, ended: 'CARRIED_FORWARD' }, again, ...others], [first!, ...others]);
      }),
    );
  });
  it('by splitting one into parts of its weight that are done alike', () => {
    fc.assert(
      fc.property(someItems, fc.integer({ min: 0, max: 100 }), ([first, ...others], part) => {
        const weight = new Decimal(first!.weight);
        const split = [
          { ...first!, weight: weight.times(part).dividedBy(100) },
          { ...first!, id: 'rest', weight: weight.times(100 - part).dividedBy(100) },
        ];
        expect(
          of([...split, ...others])
            .minus(of([first!, ...others]))
            .abs()
            .lessThan(dust),
        ).toBe(true);
      }),
    );
  });
  it('by adding trivial ones, which carry no weight of the contract', () => {
    fc.assert(
      fc.property(someItems, (items) => {
        expect(of([item({ id: 'trivial', weight: 0 }), ...items]).equals(of(items))).toBe(true);
      }),
    );
  });
  it('by being later', () => {
    fc.assert(
      fc.property(someItems, fc.integer({ min: 1, max: 60 }), ([first, ...others], days) => {
        fc.pre(first!.doneOn !== null && first!.assessed === null);
        notAbove([{ ...first!, doneOn: addDays(first!.doneOn!, days) }, ...others], [first!, ...others]);
      }),
    );
  });
  it('whatever the order, and it stays between 0 and 100', () => {
    fc.assert(
      fc.property(someItems, (items) => {
        expect(
          of(items)
            .minus(of([...items].reverse()))
            .abs()
            .lessThan(dust),
        ).toBe(true);
        expect(of(items).greaterThanOrEqualTo(0) && of(items).lessThanOrEqualTo(100)).toBe(true);
      }),
    );
  });
});

describe('whoever answers for a promise that changed hands', () => {
  const owners = [
    { owner: 'first', from: '2026-01-05' },
    { owner: 'second', from: '2026-04-01' },
    { owner: 'third', from: '2026-06-30' },
  ];
  it.each([
    ['had it on its first date', 'third', '2026-06-30', 'ANSWERS'],
    ['handed it over on that day', 'second', '2026-06-30', 'ANSWERS'],
    ['handed it over 89 days before', 'first', '2026-06-29', 'ANSWERS'],
    ['handed it over 90 days before', 'first', '2026-06-30', 'HANDED_OVER'],
    ['took it over later', 'third', '2026-06-29', 'TAKEN_OVER_LATER'],
    ['never had it', 'stranger', '2026-06-30', 'TAKEN_OVER_LATER'],
    ['had it when it was first due before anyone is said to have had it', 'first', '2026-01-01', 'ANSWERS'],
  ] as const)('%s', (_what, person, firstDue, expected) => {
    expect(answerableFor(person, owners, firstDue)).toBe(expected);
  });
  it('is one who had it again on its first date', () => {
    const again = [...owners, { owner: 'first', from: '2026-07-10' }];
    expect(answerableFor('first', again, '2026-12-31')).toBe('ANSWERS');
    expect(answerableFor('second', again, '2026-12-31')).toBe('HANDED_OVER');
  });
});
