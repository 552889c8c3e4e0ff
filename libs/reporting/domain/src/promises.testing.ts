import type { CommitmentEvent } from '@plumbline/charter/domain';
import { History } from './history.testing';
import { type ReadModels, type Report, type ReportDefinition, isRefusal, type Question } from './report';

type Data<T extends CommitmentEvent['type']> = Extract<CommitmentEvent, { type: T }>['data'];

/** A log of promises as specs write it: `commitment:C01`, milestones `C01.1`, owners by name. */
export class Promises extends History {
  #pieces = 0;

  tell<T extends CommitmentEvent['type']>(type: T, code: string, data: object): string {
    return this.add(type, { commitmentId: `commitment:${code}`, ...data });
  }

  proposed(code: string, more: Partial<Data<'charter.CommitmentProposed.v1'>> = {}): this {
    this.tell('charter.CommitmentProposed.v1', code, {
      ...{ code, proposedBy: 'p-hr', token: null, askedOwnerId: null, charterId: 'charter:B', charterVersion: 1 },
      ...{ principleIds: ['HEARD'], title: `Promise ${code}`, statement: `What ${code} promises.`, level: 'UNIT' },
      ...{ parentCommitmentId: null, evidenceRule: 'Minutes.', scopeUnitId: 'unit:ORG', office: 'Estates' },
      ...{ structuralChange: false, origin: null },
      ...more,
    });
    return this;
  }
  milestone(
    code: string,
    id: string,
    due: string | null,
    more: Partial<Data<'charter.CommitmentMilestoneAdded.v1'>> = {},
  ): this {
    this.tell('charter.CommitmentMilestoneAdded.v1', code, {
      ...{ milestoneId: id, title: `Milestone ${id}`, weight: 1, baselineDue: due, contracted: true, addedBy: 'p-hr' },
      ...more,
    });
    return this;
  }
  indicator(
    code: string,
    id: string,
    milestoneId: string | null,
    due: string | null,
    office: string | null = null,
  ): this {
    this.tell('charter.CommitmentIndicatorAdded.v1', code, {
      ...{ indicatorId: id, milestoneId, text: `Indicator ${id}`, office, kind: 'PROCESS', metricId: null },
      ...{ baselineDue: due, addedBy: 'p-hr' },
    });
    return this;
  }
  accepted(code: string, owner: string, acceptedOn: string, dues: Readonly<Record<string, string>>): this {
    const firstDue = Object.values(dues).sort().at(-1);
    const milestones = Object.entries(dues).map(([milestoneId, due]) => ({ milestoneId, weight: 1, due }));
    this.tell('charter.CommitmentAccepted.v1', code, { ownerId: owner, acceptedOn, firstDue, milestones });
    return this;
  }
  /** Proposed with one milestone and accepted. */
  promise(
    code: string,
    due: string,
    owner = 'p-owner',
    more: Partial<Data<'charter.CommitmentProposed.v1'>> = {},
  ): this {
    return this.proposed(code, more)
      .milestone(code, `${code}.1`, due)
      .accepted(code, owner, '2026-01-05', { [`${code}.1`]: due });
  }
  evidence(expiresAt: string | null = null): object {
    return {
      ...{ evidenceId: `piece-${++this.#pieces}`, sha256: 'ab'.repeat(32), custodian: 'Board secretary' },
      ...{ attestor: null, uri: 'https://intranet.example', fileId: null, periodFrom: null, periodTo: null, expiresAt },
    };
  }
  reached(
    code: string,
    milestoneId: string,
    recordedOn: string,
    attestedBy?: string,
    expiresAt: string | null = null,
  ): this {
    this.tell('charter.CommitmentMilestoneReached.v1', code, {
      ...{ milestoneId, evidenceRefs: [this.evidence(expiresAt)], reachedBy: 'p-owner', recordedOn },
    });
    if (attestedBy !== undefined)
      this.tell('charter.CommitmentDoneDateAttested.v1', code, {
        ...{ milestoneId, doneOn: recordedOn, lateReason: null, attestedBy },
      });
    return this;
  }
  fulfilled(code: string, fulfilledOn: string, attestedBy?: string): this {
    this.tell('charter.CommitmentFulfilled.v1', code, {
      ownerId: 'p-owner',
      evidenceRefs: [],
      actionIds: [],
      fulfilledOn,
    });
    if (attestedBy !== undefined)
      this.tell('charter.CommitmentDoneDateAttested.v1', code, {
        ...{ milestoneId: null, doneOn: fulfilledOn, lateReason: null, attestedBy },
      });
    return this;
  }
  missed(code: string, causes: readonly string[] = ['LATE_DECISION']): this {
    this.tell('charter.CommitmentMissed.v1', code, {
      ownerId: 'p-owner',
      period: '2026-Q3',
      causes,
      missedOn: '2026-10-26',
    });
    return this;
  }
  withdrawn(code: string, outside: boolean): this {
    this.tell('charter.CommitmentWithdrawn.v1', code, {
      ...{ requestId: `w-${code}`, noteId: `note-${code}`, approvers: ['p-1', 'p-2'], outsideLine: outside },
      ...{ beforeDue: outside, reason: 'sealed', withdrawnOn: '2026-05-01' },
    });
    return this;
  }
  carried(code: string, into: string, originBaselineDue: string): this {
    this.tell('charter.CommitmentCarriedForward.v1', code, {
      ...{ newCommitmentId: `commitment:${into}`, originBaselineDue, carriedBy: 'p-owner', carriedOn: '2026-05-01' },
    });
    return this;
  }
  moved(code: string, milestoneId: string, from: string, to: string): this {
    const requestId = `move-${code}-${to}`;
    this.tell('charter.CommitmentRescheduleRequested.v1', code, {
      ...{ requestId, milestoneId, from, to, reason: 'sealed', requestedBy: 'p-owner', requestedOn: '2026-02-20' },
    });
    this.tell('charter.CommitmentMilestoneRescheduled.v1', code, {
      ...{ requestId, milestoneId, from, to, commitmentDue: to, reason: 'sealed', requestedBy: 'p-owner' },
      ...{ approvedBy: 'p-2', rescheduledOn: '2026-03-01' },
    });
    return this;
  }
  reported(code: string, period: string, more: Partial<Data<'charter.CommitmentProgressReported.v1'>> = {}): this {
    this.tell('charter.CommitmentProgressReported.v1', code, {
      ...{
        period,
        selfStatus: 'LIMITED',
        narrative: { toSeal: 'x', subjects: ['p-owner'] },
        challenges: null,
        causes: [],
      },
      ...{ nil: false, late: false, reportedBy: 'p-owner', reportedOn: '2026-04-08' },
      ...more,
    });
    return this;
  }
  missedReport(code: string, period: string): this {
    this.tell('charter.CommitmentProgressMissed.v1', code, { period, ownerId: 'p-owner', missedOn: '2026-04-26' });
    return this;
  }
  assessed(code: string, completion: string, assessedOn = '2026-06-01'): this {
    this.tell('charter.CommitmentIndependentlyAssessed.v1', code, {
      ...{ assessor: 'p-assessor', completion, rationale: 'sealed', assessedOn, evidenceRefs: [] },
    });
    return this;
  }
  resourced(code: string, stage: 'PLEDGED' | 'RELEASED', amount: string | null, fte: string | null): this {
    this.tell('charter.CommitmentResourced.v1', code, {
      ...{
        stage,
        budget: amount === null ? null : { amount, currency: 'GBP' },
        fte,
        source: 'Budget',
        resourcedBy: 'p-1',
      },
    });
    return this;
  }
  note(code: string, text: string, passedBy?: string, passedOn = '2026-05-02'): this {
    const noteId = `note-${code}-${this.position}`;
    this.tell('charter.CommitmentPublicNoteWritten.v1', code, {
      noteId,
      text,
      writtenBy: 'p-owner',
      writtenOn: '2026-05-01',
    });
    if (passedBy !== undefined) this.tell('charter.PublicNotePassed.v1', code, { noteId, by: passedBy, passedOn });
    return this;
  }
  handed(code: string, from: string, to: string, effective: string): this {
    this.tell('charter.CommitmentReassigned.v1', code, { from, to, effective, acceptedByNewOwner: true });
    return this;
  }
  away(personId: string, from: string, to: string): this {
    this.add('organization.LeaderAbsenceRecorded.v1', { personId, from, to });
    return this;
  }

  asked<M extends ReadModels>(report: ReportDefinition<M>, reads: M, given: Partial<Question> = {}): Report {
    const outcome = report.compute(this.rowsFor(reads), this.question(given));
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    return outcome;
  }
}

export const house = (): Promises =>
  new Promises()
    .configured()
    .calendar(['QUARTERLY'], 15, 10)
    .unit('ORG')
    .unit('NORTH', 'ORG')
    .unit('SOUTH', 'ORG') as Promises;

/** Rows of a report in their order. */
export const rowIds = (report: Report): readonly string[] => [
  ...new Set(report.cells.map(({ key }) => key.slice(0, key.indexOf('/')))),
];
