import { specify } from '@plumbline/kernel';
import { fileErasureDecider } from './file-erasure.decider';
import type { FileErasureEvent } from './file-erasure.events';

const spec = specify(fileErasureDecider);
const FILE = '7d444840-9dc0-41d1-b245-5ffdce74fad2';
const HR = { id: 'person-hr', role: 'hr' } as const;
const LEGAL = { id: 'person-legal', role: 'legal' } as const;
const stored = { answers: { 'evidence.file': { fileId: FILE, sha256: 'ab', uploadedBy: 'person-a' } } };
const request = {
  type: 'organization.RequestFileErasure',
  data: { file: FILE, ground: 'SUBJECT_REQUEST', reason: 'It names people.' },
} as const;
const erase = { type: 'organization.EraseFile', data: { file: FILE } } as const;
const requested: FileErasureEvent = {
  type: 'organization.FileErasureRequested.v1',
  data: {
    ...{ fileId: FILE, ground: 'SUBJECT_REQUEST', requestedBy: 'person-hr' },
    reason: { toSeal: 'It names people.', subjects: ['person-hr'] },
  },
};
const erased: FileErasureEvent = {
  type: 'organization.EvidenceFileErased.v1',
  data: { fileId: FILE, ground: 'SUBJECT_REQUEST', approvers: ['person-hr', 'person-legal'] },
};

describe('the erasure of a stored file', () => {
  it('is asked for by one, of a file that is there, with a ground and a sealed reason', () => {
    expect(spec.given().when(request, { actor: HR, ...stored })).toEqual({ events: [requested] });
    expect(spec.given().when(request, { actor: HR, answers: { 'evidence.file': null } }).refused).toBe(
      'only-a-stored-file-is-erased',
    );
    expect(spec.given(requested).when(request, { actor: LEGAL, ...stored })).toEqual({ events: [] });
  });
  it('is done by another, under the ground it was asked for', () => {
    expect(spec.given(requested).when(erase, { actor: LEGAL })).toEqual({ events: [erased] });
    expect(spec.given().when(erase, { actor: LEGAL }).refused).toBe('an-erasure-is-asked-for-before-it-is-done');
  });
  it('is done neither by who asked, nor for them, nor by whom they asked for', () => {
    const rule = 'two-different-people-erase-a-file';
    expect(spec.given(requested).when(erase, { actor: HR }).refused).toBe(rule);
    expect(spec.given(requested).when(erase, { actor: LEGAL, onBehalfOf: 'person-hr' }).refused).toBe(rule);
    expect(spec.given({ ...requested, onBehalfOf: 'person-legal' }).when(erase, { actor: LEGAL }).refused).toBe(rule);
  });
  it('is done once', () => {
    for (const again of [request, erase])
      expect(spec.given(requested, erased).when(again, { actor: HR, ...stored })).toEqual({ events: [] });
  });
});
