import { accept, specify } from '@plumbline/kernel';
import { importOf } from './given.testing';
import type { ImportVerificationCommand } from './import-verification.commands';
import { importVerificationDecider } from './import-verification.decider';
import type { ImportVerificationEvent } from './import-verification.events';

const { given } = specify(importVerificationDecider);
const answers = { 'organization.everyone-who-leads': ['person-head'] };
const verify = (sampleSize = 60): ImportVerificationCommand => ({
  type: 'metrics.VerifyImport',
  data: { importId: 'import-1', sampleSeed: '4711', sampleSize, method: 'compared' },
});
const verified: ImportVerificationEvent = {
  type: 'metrics.ObservationBatchVerified.v1',
  data: { importId: 'import-1', sampleSeed: '4711', sampleSize: 60, by: 'person-hr', method: 'compared' },
};

describe('verifying an import by a sample', () => {
  it('is recorded with its seed, so that anyone can draw the sample again', () => {
    expect(given().when(verify(), { answers, streams: { 'import-1': importOf('person-i', true) } })).toEqual(
      accept(verified),
    );
  });

  it('is recorded once', () => {
    expect(given(verified).when(verify(), { answers, streams: { 'import-1': importOf('person-i', true) } })).toEqual(
      accept(),
    );
  });

  it('is refused to whoever imported the figures, and to whoever acts for them', () => {
    const rule = 'whoever-imports-figures-does-not-verify-the-import';
    expect(given().when(verify(), { streams: { 'import-1': importOf('person-hr', true) } }).refused).toBe(rule);
    const streams = { 'import-1': importOf('person-i', true) };
    expect(given().when(verify(), { streams, onBehalfOf: 'person-i' }).refused).toBe(rule);
    const delegated = { 'import-1': { ...importOf('person-i', true), importedFor: 'person-hr' } };
    expect(given().when(verify(), { streams: delegated }).refused).toBe(rule);
  });

  it('is refused to whoever leads a unit, for it may be theirs or in their line', () => {
    const streams = { 'import-1': importOf('person-i', true) };
    const actor = { id: 'person-head', role: 'hr' } as const;
    expect(given().when(verify(), { answers, streams, actor }).refused).toBe(
      'nobody-who-leads-a-unit-verifies-an-import-as-a-whole',
    );
  });

  it.each([
    ['unknown', {}],
    ['still open', { 'import-1': importOf('person-i', false) }],
    ['of people', { 'import-1': importOf('person-i', true, 'people') }],
  ])('is refused for an import that is %s', (_what, streams) => {
    expect(given().when(verify(), { streams }).refused).toBe('only-a-completed-import-of-figures-is-verified');
  });

  it('is refused for a sample larger than the import', () => {
    expect(given().when(verify(101), { answers, streams: { 'import-1': importOf('person-i', true) } }).refused).toBe(
      'a-sample-is-no-larger-than-its-import',
    );
  });
});
