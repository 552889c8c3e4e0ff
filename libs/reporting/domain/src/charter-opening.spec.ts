import { charterDeciders } from '@plumbline/charter/domain';
import type { ActorRole } from '@plumbline/kernel';
import { charterRules } from './charter-opening';

const AUTHOR = 'person-author';
const sealed = { key: 'k', sealed: 'c2VhbGVk', subjects: [AUTHOR] };
const examples = new Map(
  charterDeciders.flatMap(({ events }) => Object.entries(events)).map(([type, { example }]) => [type, example]),
);

/** Whether the example of a type, its texts by AUTHOR, opens to this viewer. */
function opens(type: string, role: ActorRole, id = 'person-other', more: object = {}): boolean {
  const rules = charterRules({ id, role }) as Readonly<Record<string, 'open' | ((data: never) => boolean)>>;
  const rule = rules[type];
  const example = examples.get(type) as object;
  const texts = Object.keys(example).filter((field) =>
    ['reason', 'narrative', 'challenges', 'rationale', 'notes'].includes(field),
  );
  const data = { ...example, ...Object.fromEntries(texts.map((field) => [field, sealed])), ...more };
  return rule === 'open' || (rule !== undefined && rule(data as never));
}

it('every event type of the context has a rule', () => {
  expect(Object.keys(charterRules({ id: 'x', role: 'member' })).sort()).toEqual([...examples.keys()].sort());
});

describe('what was written in confidence', () => {
  const confidential = [...examples]
    .filter(([, example]) =>
      ['reason', 'narrative', 'rationale', 'notes'].some((field) => field in (example as object)),
    )
    .map(([type]) => type);
  it('is in at least fifteen types', () => {
    expect(confidential.length).toBeGreaterThanOrEqual(15);
  });
  it.each(confidential)(
    '%s is closed to staff and to other leaders, open to its author and to who looks after all',
    (type) => {
      for (const role of ['member', 'executive', 'program-lead', 'admin'] as const) {
        expect(opens(type, role, 'person-other', { reportedBy: AUTHOR })).toBe(false);
        expect(opens(type, role, AUTHOR, { reportedBy: AUTHOR })).toBe(true);
      }
      for (const role of ['hr', 'legal', 'auditor', 'assessor', 'board'] as const) expect(opens(type, role)).toBe(true);
    },
  );
  it('is open where there are no words', () => {
    expect(opens('charter.CommitmentVerifiabilityAssessed.v1', 'member', 'x', { notes: null })).toBe(true);
  });
  it('of a report stays closed to others even when it is NIL, for it tells who reported', () => {
    const nil = { narrative: null, challenges: null, reportedBy: AUTHOR };
    expect(opens('charter.CommitmentProgressReported.v1', 'member', 'x', nil)).toBe(false);
    expect(opens('charter.CommitmentProgressReported.v1', 'executive', AUTHOR, nil)).toBe(true);
  });
});

describe('counts of a consultation', () => {
  it.each(['charter.CharterConsultationTallied.v1', 'charter.CharterConsultationClosed.v1'])(
    '%s are not open to staff',
    (type) => {
      expect(opens(type, 'member')).toBe(false);
      expect(opens(type, 'executive')).toBe(false);
      expect(opens(type, 'auditor')).toBe(true);
    },
  );
});

it.each(['charter.CharterAdopted.v1', 'charter.CharterAmended.v1', 'charter.CommitmentDoneDateAttested.v1'])(
  '%s is open to everybody unless it says why it comes late',
  (type) => {
    expect(opens(type, 'member')).toBe(true);
    expect(opens(type, 'member', 'person-other', { lateReason: sealed })).toBe(false);
    expect(opens(type, 'member', AUTHOR, { lateReason: sealed })).toBe(true);
    expect(opens(type, 'auditor', 'person-other', { lateReason: sealed })).toBe(true);
  },
);

describe('a public note', () => {
  it('is closed to the public until it is passed, and open to who wrote it', () => {
    const type = 'charter.CommitmentPublicNoteWritten.v1';
    expect(opens(type, 'member', 'person-other', { writtenBy: AUTHOR })).toBe(false);
    expect(opens(type, 'executive', AUTHOR, { writtenBy: AUTHOR })).toBe(true);
    expect(opens(type, 'hr')).toBe(true);
  });
});

describe('what was promised and what became of it', () => {
  it.each([
    'charter.CharterAdopted.v1',
    'charter.CommitmentProposed.v1',
    'charter.CommitmentAccepted.v1',
    'charter.CommitmentMilestoneReached.v1',
    'charter.CommitmentProgressMissed.v1',
    'charter.CommitmentFulfilled.v1',
    'charter.CommitmentMissed.v1',
    'charter.PublicNotePassed.v1',
  ])('%s is open to everybody', (type) => {
    expect(opens(type, 'member')).toBe(true);
  });
});
