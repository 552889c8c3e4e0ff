import { accept } from '@plumbline/kernel';
import { programsCommands, type CommandData, type ProgramsCommand } from './action.commands';
import { given, ACTION, attached, completed, EVIDENCE, planned, SHA } from './given.testing';

const FILE = '2c5ea4c0-4067-8fe9-8bad-9b1deb4d3b7d';

describe('attaching evidence', () => {
  const example = programsCommands['programs.AttachEvidence'].example;
  const attach = (more: Partial<CommandData<'programs.AttachEvidence'>> = {}): ProgramsCommand => ({
    type: 'programs.AttachEvidence',
    data: { ...example, ...more },
  });
  const file = { file: FILE, uri: undefined };
  const stored = { 'evidence.file': { fileId: FILE, sha256: SHA, uploadedBy: 'person-hr' } };

  it('says where it lies, its hash, who keeps it, what it speaks of and how long it proves anything', () => {
    expect(given(planned()).when(attach())).toEqual(accept(attached()));
  });

  it('may be a file that was stored before, whose hash is known', () => {
    const [event] = given(planned()).when(attach({ ...file, sha256: undefined }), { answers: stored }).events ?? [];
    expect(event).toEqual(attached({ uri: null, fileId: FILE }));
  });

  it('may leave out period and expiry', () => {
    const [event] =
      given(planned()).when(attach({ from: undefined, to: undefined, expiresAt: undefined })).events ?? [];
    expect(event).toEqual(attached({ periodFrom: null, periodTo: null, expiresAt: null }));
  });

  it('is known again by its hash', () => {
    expect(given(planned(), attached()).when(attach())).toEqual(accept());
    expect(given(planned(), attached()).when(attach({ custodian: 'Another office' })).refused).toBe(
      'evidence-is-attached-once',
    );
    expect(given(planned(), attached()).when(attach({ title: 'Another title' })).refused).toBe(
      'evidence-is-attached-once',
    );
  });

  it.each<[string, Partial<CommandData<'programs.AttachEvidence'>>]>([
    ['evidence-is-a-stored-file-or-an-address', { uri: undefined }],
    ['evidence-is-a-stored-file-or-an-address', { file: FILE }],
    ['evidence-has-a-hash', { sha256: undefined }],
    ['evidence-speaks-of-days-in-order', { from: '2026-02-02', to: '2026-02-01' }],
    ['evidence-has-not-expired-when-it-is-attached', { expiresAt: '2026-06-14' }],
  ])('is refused by %s with %j', (rule, more) => {
    expect(given(planned()).when(attach(more), { answers: stored }).refused).toBe(rule);
  });

  it('is refused for a file of another, or of another hash', () => {
    expect(given(planned()).when(attach(file), { answers: { 'evidence.file': null } }).refused).toBe(
      'evidence-is-a-file-that-its-sender-stored',
    );
    const others = { 'evidence.file': { ...stored['evidence.file'], uploadedBy: 'person-b' } };
    expect(given(planned()).when(attach(file), { answers: others }).refused).toBe(
      'evidence-is-a-file-that-its-sender-stored',
    );
    expect(given(planned()).when(attach(file), { answers: others, onBehalfOf: 'person-b' }).events).toHaveLength(1);
    expect(given(planned()).when(attach({ ...file, sha256: 'a'.repeat(64) }), { answers: stored }).refused).toBe(
      'the-hash-of-evidence-is-that-of-its-file',
    );
  });

  it('may follow when the action has ended, and proves on its last day still', () => {
    expect(given(planned(), completed).when(attach({ expiresAt: '2026-06-15' })).events).toHaveLength(1);
  });
});

describe('vouching for evidence', () => {
  const attest = (evidence = SHA): ProgramsCommand => ({
    type: 'programs.AttestEvidence',
    data: { action: 'BUDDY-2026', evidence },
  });
  const other = { actor: { id: 'person-b', role: 'hr' } } as const;
  const attested = {
    type: 'programs.ActionEvidenceAttested.v1',
    data: { actionId: ACTION, evidenceId: EVIDENCE, attestor: 'person-b' },
  } as const;

  it('is done by another than who attached it', () => {
    expect(given(planned(), attached()).when(attest(), other)).toEqual(accept(attested));
    const rule = 'nobody-attests-evidence-of-their-own';
    expect(given(planned(), attached()).when(attest()).refused).toBe(rule);
    expect(given(planned(), { ...attached(), onBehalfOf: 'person-b' }).when(attest(), other).refused).toBe(rule);
    expect(given(planned(), attached()).when(attest(), { ...other, onBehalfOf: 'person-hr' }).refused).toBe(rule);
  });

  it('is done once', () => {
    expect(given(planned(), attached(), attested).when(attest(), other)).toEqual(accept());
    expect(
      given(planned(), attached(), attested).when(attest(), { actor: { id: 'person-c', role: 'hr' } }).refused,
    ).toBe('evidence-is-attested-once');
  });

  it('is refused for evidence that is not there', () => {
    expect(given(planned()).when(attest(), other).refused).toBe('only-evidence-that-stands-is-attested-or-withdrawn');
  });
});

describe('withdrawing evidence', () => {
  const withdraw: ProgramsCommand = {
    type: 'programs.WithdrawEvidence',
    data: { action: 'BUDDY-2026', evidence: SHA, reason: 'The list was of another year.' },
  };
  const withdrawn = {
    type: 'programs.ActionEvidenceWithdrawn.v1',
    data: {
      actionId: ACTION,
      evidenceId: EVIDENCE,
      reason: { toSeal: 'The list was of another year.', subjects: ['person-hr'] },
      withdrawnBy: 'person-hr',
    },
  } as const;

  it('takes it back, with a reason that is sealed', () => {
    expect(given(planned(), attached()).when(withdraw)).toEqual(accept(withdrawn));
    expect(given(planned(), attached(), withdrawn).when(withdraw).refused).toBe(
      'only-evidence-that-stands-is-attested-or-withdrawn',
    );
  });

  it('lets the same bytes be attached anew', () => {
    const again: ProgramsCommand = {
      type: 'programs.AttachEvidence',
      data: programsCommands['programs.AttachEvidence'].example,
    };
    expect(given(planned(), attached(), withdrawn).when(again).events).toHaveLength(1);
  });
});
