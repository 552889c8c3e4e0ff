import { accept, specify } from '@plumbline/kernel';
import { importOf } from './given.testing';
import type { ImportVerificationCommand } from './import-verification.commands';
import { importVerificationDecider } from './import-verification.decider';
import type { ImportVerificationEvent } from './import-verification.events';

const { given } = specify(importVerificationDecider);
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
    expect(given().when(verify(), { streams: { 'import-1': importOf('person-i', true) } })).toEqual(accept(verified));
  });

  it('is recorded once', () => {
    expect(given(verified).when(verify(), { streams: { 'import-1': importOf('person-i', true) } })).toEqual(accept());
  });

  it('is refused to whoever imported the figures, and to whoever acts for them', () => {
    const rule = 'whoever-imports-figures-does-not-verify-the-import';
    expect(given().when(verify(), { streams: { 'import-1': importOf('person-hr', true) } }).refused).toBe(rule);
    const streams = { 'import-1': importOf('person-i', true) };
    expect(given().when(verify(), { streams, onBehalfOf: 'person-i' }).refused).toBe(rule);
  });

  it.each([
    ['unknown', {}],
    ['still open', { 'import-1': importOf('person-i', false) }],
    ['of people', { 'import-1': importOf('person-i', true, 'people') }],
  ])('is refused for an import that is %s', (_what, streams) => {
    expect(given().when(verify(), { streams }).refused).toBe('only-a-completed-import-of-figures-is-verified');
  });

  it('is refused for a sample larger than the import', () => {
    expect(given().when(verify(101), { streams: { 'import-1': importOf('person-i', true) } }).refused).toBe(
      'a-sample-is-no-larger-than-its-import',
    );
  });
});
