import { Decimal, decimal, writeDecimal } from '@plumbline/kernel';
import fc from 'fast-check';
import { effectiveWeights } from './effective-weights';
import {
  contractFault,
  DEFAULT_SCORECARD_LIMITS,
  scorecard,
  type PartKind,
  type ScorecardPart,
  type ScorecardTotal,
} from './scorecard';

type Given = string | 'SUPPRESSED' | 'LOW_RESPONSE';
const part = (
  id: string,
  kind: PartKind,
  weight: number,
  given: Given,
  more: Partial<ScorecardPart & { verified: boolean }> = {},
): ScorecardPart => {
  const { verified = true, ...rest } = more;
  return {
    id,
    kind,
    survey: kind === 'CLIMATE',
    weightBp: weight * 100,
    capPoints: kind === 'CLIMATE' || kind === 'OUTCOME' ? 100 : 150,
    tenureShare: new Decimal(1),
    scored:
      given === 'SUPPRESSED' || given === 'LOW_RESPONSE'
        ? { excluded: given }
        : { attainment: decimal(given), verified },
    ...rest,
  };
};
const worked = (
  given: readonly [Given, Given, Given, Given, Given] = ['100', '120', '80', 'SUPPRESSED', '60'],
): readonly ScorecardPart[] => [
  part('commitments', 'COMMITMENTS', 25, given[0]),
  part('programs', 'PROCESS', 20, given[1]),
  part('voice', 'BEHAVIOUR', 15, given[2]),
  part('belonging', 'CLIMATE', 20, given[3]),
  part('stay', 'OUTCOME', 20, given[4]),
];
const shown = ({ score, coverageBp }: ScorecardTotal) => [score && writeDecimal(score), coverageBp];
const effective = ({ parts }: ScorecardTotal) => parts.map(({ effectiveBp }) => writeDecimal(effectiveBp));

describe('a scorecard', () => {
  it('of 25/20/15/20/20 with 100/120/80/SUPPRESSED/60 is 91.25 at a coverage of 80 %', () => {
    const total = scorecard(worked());
    expect(shown(total)).toEqual(['91.25', 8000]);
    expect(total).toMatchObject({ state: 'OK', reason: null });
    expect(effective(total)).toEqual(['3125', '2500', '1875', '0', '2500']);
    expect(total.parts.map(({ points }) => points && writeDecimal(points))).toEqual(['31.25', '30', '15', null, '15']);
    expect(writeDecimal(total.evidenceBp)).toBe('10000');
    expect(total.surveyBp.toFixed()).toBe('0');
  });
  it('is the plain weighted mean when all is scored', () => {
    expect(shown(scorecard(worked(['100', '120', '80', '70', '60'])))).toEqual(['87', 10_000]);
  });
  it('counts each attainment up to its cap', () => {
    const parts = worked(['400', '150', '150', '100', '100']);
    expect(shown(scorecard(parts))).toEqual(['130', 10_000]);
  });
  it('weighs a part by the share of the period led, and leaves coverage alone', () => {
    const [first, ...others] = worked();
    const total = scorecard([{ ...first!, tenureShare: decimal('0.2') }, ...others]);
    expect(shown(total)).toEqual(['88.333333', 8000]);
    expect(effective(total)).toEqual(['833.333333', '3333.333333', '2500', '0', '3333.333333']);
  });
  it('says what its survey parts weigh in the end', () => {
    const total = scorecard(worked(['100', 'SUPPRESSED', '80', '70', '60']));
    expect(writeDecimal(total.surveyBp)).toBe('2500');
    expect(effective(total)[3]).toBe('2500');
  });
  it('says how much of it is verified, by agreed weight', () => {
    const [first, second, ...others] = worked();
    const total = scorecard([
      { ...first!, scored: { attainment: decimal('100'), verified: false } },
      { ...second!, scored: { attainment: decimal('120'), verified: false } },
      ...others,
    ]);
    expect(writeDecimal(total.evidenceBp)).toBe('4375');
  });
});

describe('a total', () => {
  it('needs 70 % of the agreed weight', () => {
    const at = (missing: number): ScorecardTotal =>
      scorecard([
        part('a', 'PROCESS', 35, '100'),
        part('b', 'PROCESS', 15, '100'),
        part('c', 'OUTCOME', 50 - missing, '100'),
        part('d', 'COMMITMENTS', missing, 'SUPPRESSED'),
      ]);
    expect(at(30)).toMatchObject({ state: 'OK', coverageBp: 7000 });
    expect(at(31)).toMatchObject({ state: 'NOT_EVALUABLE', reason: 'COVERAGE_TOO_LOW', score: null, coverageBp: 6900 });
  });
  it('needs a process or behaviour part and a climate or outcome part that were scored', () => {
    const of = (process: Given, outcome: Given): ScorecardTotal =>
      scorecard([
        part('a', 'COMMITMENTS', 35, '100'),
        part('b', 'COMMITMENTS', 35, '100'),
        part('c', 'PROCESS', 15, process),
        part('d', 'OUTCOME', 15, outcome),
      ]);
    expect(of('100', '100').reason).toBeNull();
    expect(of('SUPPRESSED', '100').reason).toBe('NO_PROCESS_OR_BEHAVIOUR_PART');
    expect(of('100', 'SUPPRESSED').reason).toBe('NO_CLIMATE_OR_OUTCOME_PART');
  });
  it('is none when nothing can take the weight left over, and its parts stand', () => {
    const total = scorecard([
      part('a', 'PROCESS', 35, '100'),
      part('b', 'PROCESS', 30, '100'),
      part('c', 'CLIMATE', 5, '80', { verified: false }),
      part('d', 'OUTCOME', 30, 'SUPPRESSED', { survey: true }),
    ]);
    expect(total.reason).toBeNull();
    expect(effective(total)).toEqual(['3500', '3500', '3000', '0']);
    const none = scorecard([
      part('a', 'PROCESS', 35, '100'),
      part('b', 'CLIMATE', 35, '100'),
      part('d', 'OUTCOME', 30, 'SUPPRESSED'),
    ]);
    expect(none).toMatchObject({ state: 'NOT_EVALUABLE', reason: 'NOTHING_TAKES_THE_WEIGHT', coverageBp: 7000 });
    expect(none.parts.map(({ effectiveBp, points }) => [effectiveBp.toFixed(), points])).toEqual([
      ['0', null],
      ['0', null],
      ['0', null],
    ]);
    expect(none.surveyBp.toFixed()).toBe('0');
    expect(none.evidenceBp.toFixed()).toBe('10000');
  });
  it('has nothing verified when nothing is scored', () => {
    const total = scorecard([part('a', 'PROCESS', 50, 'SUPPRESSED'), part('b', 'OUTCOME', 50, 'SUPPRESSED')]);
    expect(total).toMatchObject({ coverageBp: 0, reason: 'COVERAGE_TOO_LOW' });
    expect(total.evidenceBp.toFixed()).toBe('0');
  });
  it('is at most 100 while a climate or outcome part is left out', () => {
    expect(shown(scorecard(worked(['150', '150', '150', 'SUPPRESSED', '100'])))).toEqual(['100', 8000]);
    expect(shown(scorecard(worked(['150', '150', '150', '100', 'SUPPRESSED'])))).toEqual(['100', 8000]);
    expect(shown(scorecard(worked(['150', 'SUPPRESSED', '150', '100', '100'])))).toEqual(['125', 8000]);
  });
});

describe('effective weights', () => {
  const bp = (
    parts: readonly (readonly [weight: number, survey?: 'survey'])[],
    limits = { singleBp: 3500, surveyBp: 3000 },
  ): readonly string[] | null => {
    const given = parts.map(([weight, survey], i) => ({
      id: `p${i}`,
      weight: decimal(weight),
      survey: survey !== undefined,
    }));
    const weights = effectiveWeights(given, limits);
    return weights && given.map(({ id }) => writeDecimal(weights.get(id)!));
  };
  it('cut survey parts together to their limit, and give what is over to the others in proportion', () => {
    expect(bp([[30, 'survey'], [10, 'survey'], [30], [20], [10]])).toEqual([
      '2250',
      '750',
      '3500',
      '2333.333333',
      '1166.666667',
    ]);
    expect(bp([[20, 'survey'], [20, 'survey'], [20], [20], [20]])).toEqual([
      '1500',
      '1500',
      '2333.333333',
      '2333.333333',
      '2333.333333',
    ]);
  });
  it('cut single parts to theirs', () => {
    expect(bp([[50], [25], [25]])).toEqual(['3500', '3250', '3250']);
    expect(bp([[50], [30], [10], [10]])).toEqual(['3500', '3500', '1500', '1500']);
  });
  it('cut again what a spread has lifted over a limit', () => {
    expect(bp([[60], [22], [9], [9]])).toEqual(['3500', '3500', '1500', '1500']);
    expect(bp([[50], [20, 'survey'], [20], [10]])).toEqual(['3500', '2600', '2600', '1300']);
    expect(bp([[50], [30, 'survey'], [10], [10]])).toEqual(['3500', '3000', '1750', '1750']);
  });
  it('cut a survey part once more when others of its kind have grown', () => {
    expect(bp([[50, 'survey'], [10, 'survey'], [40]], { singleBp: 3500, surveyBp: 4000 })).toBeNull();
    expect(bp([[36, 'survey'], [4, 'survey'], [30], [30]], { singleBp: 3500, surveyBp: 4000 })).toEqual([
      '3500',
      '406.25',
      '3046.875',
      '3046.875',
    ]);
  });
  it('fit when the limits add up to exactly all of it', () => {
    expect(bp([[1, 'survey'], [1], [1]])).toEqual(['3000', '3500', '3500']);
    expect(bp([[7, 'survey'], [3, 'survey'], [1], [1]])).toEqual(['2100', '900', '3500', '3500']);
  });
  it('are none when nothing can take what is over, or nothing is there', () => {
    expect(bp([[50], [50]])).toBeNull();
    expect(bp([[40, 'survey'], [30, 'survey'], [30]])).toBeNull();
    expect(bp([])).toBeNull();
  });

  const parts = fc
    .array(fc.record({ weight: fc.integer({ min: 1, max: 60 }), survey: fc.boolean() }), { minLength: 1, maxLength: 9 })
    .map((given) => given.map(({ weight, survey }, i) => ({ id: `p${i}`, weight: decimal(weight), survey })));
  const limits = fc.record({
    singleBp: fc.integer({ min: 1500, max: 6000 }),
    surveyBp: fc.integer({ min: 500, max: 6000 }),
  });
  const dust = '1e-18';

  it('always add up to 100 %, none above its limit, those uncut in the proportions agreed', () => {
    fc.assert(
      fc.property(parts, limits, (given, most) => {
        const weights = effectiveWeights(given, most);
        if (weights === null) return;
        const of = (id: string): Decimal => weights.get(id)!;
        const total = given.reduce((sum, { id }) => sum.plus(of(id)), new Decimal(0));
        expect(total.minus(10_000).abs().lessThan(dust)).toBe(true);
        const surveys = given.filter(({ survey }) => survey).reduce((sum, { id }) => sum.plus(of(id)), new Decimal(0));
        expect(surveys.minus(most.surveyBp).lessThan(dust)).toBe(true);
        for (const { id } of given) expect(of(id).minus(most.singleBp).lessThan(dust)).toBe(true);
        const uncut = given.filter(({ id, survey }) => !survey && of(id).plus(dust).lessThan(most.singleBp));
        const rates = uncut.map(({ id, weight }) => of(id).dividedBy(weight));
        for (const rate of rates) expect(rate.minus(rates[0]!).abs().lessThan(dust)).toBe(true);
      }),
      { numRuns: 500 },
    );
  });
  it('do not depend on the order of the parts', () => {
    fc.assert(
      fc.property(parts, limits, (given, most) => {
        const [here, there] = [effectiveWeights(given, most), effectiveWeights([...given].reverse(), most)];
        expect(there === null).toBe(here === null);
        for (const { id } of given)
          if (here && there) expect(here.get(id)!.minus(there.get(id)!).abs().lessThan(dust)).toBe(true);
      }),
    );
  });
  it('are none only where the limits cannot hold it all', () => {
    fc.assert(
      fc.property(parts, limits, (given, most) => {
        const surveys = given.filter(({ survey }) => survey).length;
        const room = (given.length - surveys) * most.singleBp + Math.min(surveys * most.singleBp, most.surveyBp);
        if (room < 10_000) expect(effectiveWeights(given, most)).toBeNull();
      }),
    );
  });
});

describe('a modifier', () => {
  const with_ = (
    points: Given,
    given: readonly [Given, Given, Given, Given, Given] = ['100', '120', '80', '70', '60'],
  ) => scorecard([...worked(given), part('harm', 'MODIFIER', 0, points)]);
  it('lowers the total by its points and weighs nothing', () => {
    expect(shown(with_('-5'))).toEqual(['82', 10_000]);
    expect(with_('-5').parts.at(-1)).toMatchObject({ effectiveBp: new Decimal(0), points: new Decimal(-5) });
  });
  it('lowers no total below nothing', () => {
    expect(shown(with_('-10', ['0', '0', '0', '20', '20']))).toEqual(['0', 10_000]);
  });
  it('changes nothing when it could not be judged', () => {
    expect(shown(with_('SUPPRESSED'))).toEqual(['87', 10_000]);
  });
  it('lowers a total that stands above 100 without a climate part before it is held to 100', () => {
    expect(shown(with_('-5', ['150', '150', '150', 'SUPPRESSED', '100']))).toEqual(['100', 8000]);
  });
  it('is refused when it would add', () => {
    expect(() => with_('1')).toThrow('a modifier only lowers a total');
    expect(shown(with_('0'))).toEqual(['87', 10_000]);
  });
});

describe('a contract that cannot have been issued', () => {
  it('is refused', () => {
    const [first, ...others] = worked();
    const refused = (more: Partial<ScorecardPart>) => () => scorecard([{ ...first!, ...more }, ...others]);
    expect(refused({ weightBp: 2499 })).toThrow('the weights add up to 9999, not to 10000 basis points');
    expect(refused({ weightBp: 2500.5 })).toThrow('whole number of basis points');
    expect(refused({ weightBp: -1 })).toThrow('whole number of basis points');
    expect(refused({ kind: 'MODIFIER', scored: { attainment: decimal('-1'), verified: true } })).toThrow('no weight');
    expect(refused({ weightBp: 0 })).toThrow('no weight');
    expect(refused({ tenureShare: new Decimal(0) })).toThrow('tenure share');
    expect(refused({ tenureShare: decimal('1.01') })).toThrow('tenure share');
    expect(refused({ id: 'voice' })).toThrow('a part is given twice');
  });
  it.each([
    [[25, 20, 15, 20, 20], null],
    [[25, 20, 15, 20, 19.99], 'weights-add-up-to-exactly-100-percent'],
    [[25, 20, 15, 31, 9], 'survey-parts-weigh-no-more-than-their-limit'],
    [[36, 20, 14, 20, 10], 'a-single-part-weighs-no-more-than-its-limit'],
    [[20, 19, 21, 20, 20], 'process-and-commitments-weigh-no-less-than-their-limit'],
    [[35, 5, 15, 30, 15], null],
  ] as const)('of %j breaks %p', (weights, fault) => {
    const parts = worked().map((each, i) => ({ ...each, weightBp: Math.round(weights[i]! * 100) }));
    expect(contractFault(parts, DEFAULT_SCORECARD_LIMITS, 4000)).toBe(fault);
  });
});

describe('leaving parts out gains nothing beyond what was kept', () => {
  const attainments = fc.tuple(
    ...([150, 150, 150, 100, 100] as const).map((most) => fc.integer({ min: 0, max: most })),
  );
  const given = (as: readonly number[]) => as.map(String) as unknown as [Given, Given, Given, Given, Given];
  const score = (as: readonly Given[]): Decimal =>
    scorecard(worked(as as [Given, Given, Given, Given, Given])).score ?? new Decimal(-1);
  const dust = '1e-20';

  it('a low response lifts no total above 100, nor above what the scored parts attain at best', () => {
    fc.assert(
      fc.property(attainments, (as) => {
        const without = given(as).map((a, i) => (i === 3 ? 'LOW_RESPONSE' : a));
        const best = Math.max(...as.filter((_, i) => i !== 3));
        expect(score(without).lessThanOrEqualTo(Math.min(100, best))).toBe(true);
      }),
    );
  });
  it('a low response gains nothing for whoever’s climate stands no lower than the rest', () => {
    fc.assert(
      fc.property(attainments, (as) => {
        const full = given(as);
        const without = full.map((a, i) => (i === 3 ? 'LOW_RESPONSE' : a));
        fc.pre(decimal(as[3]!).greaterThanOrEqualTo(score(without)));
        expect(score(without).lessThanOrEqualTo(score(full).plus(dust))).toBe(true);
      }),
    );
  });
  it('a part that scores 0 for not reporting keeps its weight: never above the same part scored', () => {
    fc.assert(
      fc.property(attainments, fc.integer({ min: 0, max: 4 }), (as, i) => {
        const zero = given(as).map((a, j) => (j === i ? '0' : a));
        expect(score(zero).lessThanOrEqualTo(score(given(as)).plus(dust))).toBe(true);
      }),
    );
  });
  it('a better attainment never lowers a total, and no total leaves 0 to the highest cap', () => {
    fc.assert(
      fc.property(attainments, fc.integer({ min: 0, max: 4 }), fc.integer({ min: 1, max: 50 }), (as, i, more) => {
        const better = as.map((a, j) => (j === i ? a + more : a));
        const [low, high] = [score(given(as)), score(given(better))];
        expect(high.plus(dust).greaterThanOrEqualTo(low)).toBe(true);
        expect(high.lessThanOrEqualTo(150) && low.greaterThanOrEqualTo(0)).toBe(true);
      }),
    );
  });
});
