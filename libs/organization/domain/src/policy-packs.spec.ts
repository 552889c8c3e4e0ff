import { changesThresholds, loweredThresholds, POLICY_PACKS, policyPacks, policySchema } from './policy-packs';
import { CONSULTATION_TOPICS } from './vocabulary';

it.each(POLICY_PACKS)('the pack %s fits the schema of a policy', (pack) => {
  expect(policySchema.parse(policyPacks[pack])).toEqual(policyPacks[pack]);
});

it.each(POLICY_PACKS)(
  'the pack %s shows no group under 5, and no demographic, comment or harm figure under 10',
  (pack) => {
    expect(policyPacks[pack]).toMatchObject({ k: 5, kSensitive: 10, kDemographic: 10, kText: 10, twoWayCuts: false });
  },
);

it.each(POLICY_PACKS)('the pack %s gates responses at 50 %, with a hard floor of 30 %', (pack) => {
  expect(policyPacks[pack]).toMatchObject({ responseGate: 50, responseFloor: 30 });
});

it.each(POLICY_PACKS)('the pack %s caps surveys at 30 %, one part at 35 %, and wants 40 % of process', (pack) => {
  expect(policyPacks[pack]).toMatchObject({
    surveyWeightCap: 30,
    componentWeightCap: 35,
    processWeightFloor: 40,
    coverageFloor: 70,
  });
});

it('no pack allows class-based targets; the contractor pack refuses restricted eligibility, the others ask for a review', () => {
  expect(POLICY_PACKS.map((pack) => policyPacks[pack].classBasedTargets)).toEqual(POLICY_PACKS.map(() => 'REFUSED'));
  expect(policyPacks['us-contractor'].restrictedEligibility).toBe('REFUSED');
  expect(policyPacks.eu.restrictedEligibility).toBe('AFTER_LEGAL_REVIEW');
});

it('the European pack consults on everything there is to consult on', () => {
  expect(policyPacks.eu.consultationBefore).toEqual(CONSULTATION_TOPICS);
});

it.each([
  ['k', 4],
  ['kSensitive', 9],
  ['kDemographic', 9],
  ['kText', 9],
  ['responseFloor', 29],
  ['minScoredN', 9],
])('no policy has %s at %i', (field, value) => {
  expect(policySchema.safeParse({ ...policyPacks.default, [field]: value }).success).toBe(false);
});

it('names the privacy thresholds that fall', () => {
  const strict = { ...policyPacks.default, k: 8, kText: 12 };
  expect(loweredThresholds(strict, { ...strict, k: 7 })).toEqual(['k']);
  expect(loweredThresholds(strict, { ...strict, k: 9, maxBackdateDays: 0 })).toEqual([]);
});

it('counts gates, cuts and the list of topics as thresholds, caps and days not', () => {
  const now = policyPacks.eu;
  expect(changesThresholds(now, { ...now, responseGate: 60 })).toBe(true);
  expect(changesThresholds(now, { ...now, twoWayCuts: true })).toBe(true);
  expect(changesThresholds(now, { ...now, consultationBefore: [] })).toBe(true);
  expect(changesThresholds(now, { ...now, surveyWeightCap: 20, maxBackdateDays: 10 })).toBe(false);
});
