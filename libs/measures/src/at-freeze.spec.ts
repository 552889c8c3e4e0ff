import { CELL_STATES, REASON_CODES } from '@plumbline/privacy';
import { decimal } from '@plumbline/kernel';
import { atFreeze, attainmentUnder, type ComponentState, type FreezeCircumstances } from './at-freeze';
import { STRETCHING } from './attainment';

const plain: ComponentState = { state: 'OK', reasonCode: null, verified: true, disputed: false };
const around: FreezeCircumstances = {
  asOf: '2027-01-31',
  fallbackLeft: false,
  owedBy: 'LEADERS_LINE',
  due: '2027-01-15',
  noticeOn: '2027-01-08',
  absentWhenDue: false,
  hold: null,
};
const asWord = (word: string): ComponentState =>
  (CELL_STATES as readonly string[]).includes(word)
    ? { ...plain, state: word as ComponentState['state'] }
    : { ...plain, state: 'NOT_EVALUABLE', reasonCode: word as ComponentState['reasonCode'] };
const at = (word: string, more: Partial<FreezeCircumstances> = {}) => atFreeze(asWord(word), { ...around, ...more });
const out = (because: string, opensImprovement = false) => ({ effect: 'EXCLUDED', because, opensImprovement });

describe('at freeze a component', () => {
  it('in good order is scored as recorded', () => {
    expect(atFreeze(plain, around)).toEqual({
      effect: 'SCORED',
      attainment: 'AS_RECORDED',
      because: null,
      flagged: false,
    });
  });

  it.each([
    'SUPPRESSED',
    'INCONCLUSIVE',
    'SMALL_BASE',
    'NO_MARGIN',
    'WAVE_VOIDED',
    'POPULATION_MISMATCH',
    'NO_BASE',
    'LOW_RESPONSE',
  ])('that is %s goes to its contracted fallback scope, else is left out', (word) => {
    const opensImprovement = word === 'LOW_RESPONSE';
    expect(at(word, { fallbackLeft: true })).toEqual({ effect: 'FALLBACK', because: word, opensImprovement });
    expect(at(word)).toEqual(out(word, opensImprovement));
  });

  it.each(['TENURE_TOO_SHORT', 'LEGAL_REVIEW_EXPIRED', 'METRIC_RETIRED', 'DEFINITION_BREAK', 'SOURCE_LATE'])(
    'that is %s is left out, whatever the fallback',
    (word) => {
      expect(at(word, { fallbackLeft: true })).toEqual(out(word));
    },
  );

  it.each(['NOT_EVALUABLE', 'NOT_DUE', 'NO_TARGET', 'WITHHELD', 'ERASED'])(
    'that is %s cannot be scored and is left out',
    (word) => {
      expect(at(word, { fallbackLeft: true })).toEqual(out(word));
    },
  );

  describe('that is HELD', () => {
    const hold = (finding: 'UNFOUNDED' | 'CONFIRMED' | null, since = '2027-01-10') => ({ hold: { since, finding } });
    it('makes sign-off wait, for sixty days at most', () => {
      expect(at('HELD', hold(null))).toEqual({ effect: 'WAITS', because: 'HELD', until: '2027-03-11' });
      expect(at('HELD')).toEqual({ effect: 'WAITS', because: 'HELD', until: '2027-04-01' });
      expect(at('HELD', hold(null, '2026-12-03'))).toMatchObject({ effect: 'WAITS', until: '2027-02-01' });
      expect(at('HELD', hold(null, '2026-12-02'))).toEqual(out('HELD'));
    });
    it('is scored as recorded when nothing was found', () => {
      expect(at('HELD', hold('UNFOUNDED'))).toMatchObject({ effect: 'SCORED', attainment: 'AS_RECORDED' });
      expect(atFreeze({ ...asWord('HELD'), verified: false }, { ...around, ...hold('UNFOUNDED') })).toMatchObject({
        attainment: 'AT_MOST_THRESHOLD',
      });
    });
    it('scores 0 with its whole weight when it was confirmed', () => {
      expect(at('HELD', hold('CONFIRMED'))).toEqual({
        effect: 'SCORED',
        attainment: 'ZERO',
        because: 'HELD',
        flagged: false,
      });
    });
  });

  describe.each(['NOT_REPORTED', 'STALE', 'NO_DATA'])('that is %s', (word) => {
    it('scores 0 when the leader’s line owed it and was told seven days before', () => {
      expect(at(word)).toEqual({ effect: 'SCORED', attainment: 'ZERO', because: 'NOT_REPORTED', flagged: false });
    });
    it.each([
      ['without a notice', { noticeOn: null }],
      ['with a notice six days before', { noticeOn: '2027-01-09' }],
      ['that was never due', { due: null }],
      ['due in an absence', { absentWhenDue: true }],
    ])('is left out %s', (_what, more) => {
      expect(at(word, more)).toEqual(out('NOT_REPORTED'));
    });
    it('is left out as late when someone outside the line owed it', () => {
      expect(at(word, { owedBy: 'OUTSIDE' })).toEqual(out('SOURCE_LATE'));
    });
    it('has no fallback: nobody gains by not reporting', () => {
      expect(at(word, { fallbackLeft: true })).toMatchObject({ attainment: 'ZERO' });
    });
  });

  it('that is UNVERIFIED counts no more than its threshold', () => {
    const effect = atFreeze({ ...plain, verified: false }, around);
    expect(effect).toEqual({
      effect: 'SCORED',
      attainment: 'AT_MOST_THRESHOLD',
      because: 'UNVERIFIED',
      flagged: false,
    });
  });
  it('that is DISPUTED is scored as recorded and flagged', () => {
    expect(atFreeze({ ...plain, disputed: true }, around)).toEqual({
      effect: 'SCORED',
      attainment: 'AS_RECORDED',
      because: 'DISPUTED',
      flagged: true,
    });
    expect(atFreeze({ ...plain, disputed: true, verified: false }, around)).toEqual({
      effect: 'SCORED',
      attainment: 'AT_MOST_THRESHOLD',
      because: 'UNVERIFIED',
      flagged: true,
    });
  });
  it('is read by its state, not by what lowered a figure in good order', () => {
    expect(atFreeze({ ...plain, reasonCode: 'LOW_RESPONSE' }, around)).toMatchObject({ attainment: 'AS_RECORDED' });
    expect(atFreeze({ ...plain, state: 'STALE', reasonCode: 'LOW_RESPONSE' }, around)).toMatchObject({
      because: 'NOT_REPORTED',
    });
  });
  it('has an effect in every state and for every reason', () => {
    for (const word of [...CELL_STATES, ...REASON_CODES])
      expect(['SCORED', 'FALLBACK', 'EXCLUDED', 'WAITS']).toContain(at(word).effect);
  });
});

describe('the attainment under an effect', () => {
  const under = (attainment: 'AS_RECORDED' | 'AT_MOST_THRESHOLD' | 'ZERO', a: string): string =>
    attainmentUnder({ effect: 'SCORED', attainment, because: null, flagged: false }, decimal(a), STRETCHING).toFixed();
  it.each([
    ['AS_RECORDED', '120', '120'],
    ['AT_MOST_THRESHOLD', '120', '50'],
    ['AT_MOST_THRESHOLD', '30', '30'],
    ['ZERO', '120', '0'],
  ] as const)('%s of %s is %s', (effect, a, expected) => {
    expect(under(effect, a)).toBe(expected);
  });
});
