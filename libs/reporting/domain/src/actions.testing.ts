import { Promises } from './promises.testing';

const PLANNED = {
  ...{ program: null, type: 'BUDDY', overridden: null, recurring: true, needsLegalReview: false },
  ...{ structuralChange: false, commitmentIds: [], leadingMetricIds: [], livedExperienceMetricId: null },
  tags: { component: 'OPPORTUNITY', moment: 'JOINING', structure: 'RELATIONSHIPS', structureKind: 'PRACTICE' },
  ...{ hypothesisId: null, decisionRight: 'CONSULT', plannedDeliveries: 1, lead: 'p-lead', plannedBy: 'p-lead' },
  ...{ plannedFrom: '2026-01-01', plannedTo: '2026-12-31' },
};
export const TEXT = { key: 'k', sealed: 's', subjects: [] };

/** A log of promises and of what is done about them: `action:BUDDY`, deliveries by their day. */
export class Actions extends Promises {
  plan(code: string, given: object = {}): string {
    const ids = { actionId: `action:${code}`, code, title: `Action ${code}`, unitId: 'unit:ORG' };
    return this.add('programs.ActionPlanned.v1', { ...PLANNED, ...ids, ...given });
  }
  deliver(code: string, date: string, count = 1, postHoc: boolean | null = null): string {
    return this.add('programs.ActionDelivered.v1', {
      ...{ actionId: `action:${code}`, deliveryId: `${code}:${date}`, date, session: '1', unitIds: ['unit:ORG'] },
      ...{ count, hours: null, postHoc, lateReason: null, deliveredBy: 'p-lead' },
    });
  }
  undeliver(code: string, date: string): string {
    return this.add('programs.ActionDeliveryWithdrawn.v1', {
      ...{ actionId: `action:${code}`, deliveryId: `${code}:${date}`, reason: TEXT, withdrawnBy: 'p-lead' },
    });
  }
  prove(code: string, expiresAt: string | null = null): string {
    const evidence = { ...this.evidence(expiresAt), evidenceId: `evidence:${code}` };
    const data = { actionId: `action:${code}`, title: 'Minutes', evidence, attachedBy: 'p-lead' };
    return this.add('programs.ActionEvidenceAttached.v1', data);
  }
  disprove(code: string): string {
    return this.add('programs.ActionEvidenceWithdrawn.v1', {
      ...{ actionId: `action:${code}`, evidenceId: `evidence:${code}`, reason: TEXT, withdrawnBy: 'p-lead' },
    });
  }
  giveUp(code: string): string {
    return this.add('programs.ActionCancelled.v1', {
      ...{ actionId: `action:${code}`, on: '2026-05-01', reason: TEXT, cancelledBy: 'p-lead' },
    });
  }
  adopt(
    code: string,
    principles: readonly string[],
    effectiveFrom = '2026-01-01',
    version = 1,
    inheritedFrom: string | null = null,
  ): string {
    const type = version === 1 ? 'charter.CharterAdopted.v1' : 'charter.CharterAmended.v1';
    return this.add(type, {
      ...{ charterId: `charter:${code}`, code, version, title: 'Charter', scopeUnitId: 'unit:ORG', effectiveFrom },
      ...{ definitionOfBelonging: 'To belong.', parent: null, adoptedBy: 'p-chair', consultation: 1 },
      principles: principles.map((principleId) => ({
        ...{ principleId, text: `We mean ${principleId}.`, componentTags: [], pillarTags: [], communityTags: [] },
        ...{ signals: ['One is greeted.', 'One is asked.'], inheritedFrom },
      })),
      ...{ jurisdiction: null, consultationSummaryHash: null, lateReason: null },
      ...(version === 1 ? {} : { diff: { added: [], reworded: [], withdrawn: [] } }),
    });
  }
}
