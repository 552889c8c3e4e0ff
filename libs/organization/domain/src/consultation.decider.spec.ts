import { specify, toSeal } from '@plumbline/kernel';
import { consultationDecider } from './consultation.decider';
import type { ConsultationEvent } from './consultation.events';

const spec = specify(consultationDecider);
const counsel = { id: 'person-legal', role: 'legal' } as const;
const data = { topic: 'thresholds', with: 'Staff council', outcome: 'OBJECTED', on: '2026-06-10' } as const;
const requested: ConsultationEvent = {
  type: 'organization.ConsultationWaiverRequested.v1',
  data: { consultationId: 'c-1', topic: 'wave', requestedBy: 'person-hr', reason: toSeal('No council', ['person-hr']) },
};
const waived: ConsultationEvent = {
  type: 'organization.ConsultationWaived.v1',
  data: {
    consultationId: 'c-1',
    topic: 'wave',
    reason: toSeal('Asked afterwards', ['person-legal']),
    approvers: ['person-hr', 'person-legal'],
  },
};
const waive = {
  type: 'organization.WaiveConsultation',
  data: { consultation: 'c-1', reason: 'Asked afterwards' },
} as const;

it('a consultation is recorded with what was said', () => {
  expect(spec.given().when({ type: 'organization.RecordConsultation', data })).toEqual({
    events: [
      { type: 'organization.ConsultationRecorded.v1', data: { consultationId: 'consultation:created', ...data } },
    ],
  });
});

it('a consultation is refused before it was held', () => {
  const later = { ...data, on: '2026-06-16' };
  expect(spec.given().when({ type: 'organization.RecordConsultation', data: later }).refused).toBe(
    'a-consultation-is-recorded-once-it-was-held',
  );
});

describe('a waiver', () => {
  it('is requested by one, its reason sealed', () => {
    const request = {
      type: 'organization.RequestConsultationWaiver',
      data: { topic: 'wave', reason: 'No council' },
    } as const;
    expect(spec.given().when(request, { id: 'c-1' })).toEqual({ events: [requested] });
  });
  it('is decided by a second person, both on record', () => {
    expect(spec.given(requested).when(waive, { actor: counsel })).toEqual({ events: [waived] });
    expect(spec.given(requested, waived).when(waive, { actor: counsel })).toEqual({ events: [] });
  });
  it('is refused to whoever requested it', () => {
    expect(spec.given(requested).when(waive).refused).toBe('two-different-people-waive-a-consultation');
    const delegated = spec.given({ ...requested, onBehalfOf: counsel.id });
    expect(delegated.when(waive, { actor: counsel }).refused).toBe('two-different-people-waive-a-consultation');
  });
  it('is refused when none was requested', () => {
    const rule = 'a-waiver-is-requested-before-it-is-decided';
    expect(spec.given().when(waive, { actor: counsel }).refused).toBe(rule);
    const held: ConsultationEvent = {
      type: 'organization.ConsultationRecorded.v1',
      data: { consultationId: 'c-1', ...data },
    };
    expect(spec.given(held).when(waive, { actor: counsel }).refused).toBe(rule);
  });
});
