import { type DutyRows, dutyReads } from './duty-reads';
import { dutiesReport } from './duties.report';
import { History, cellOf } from './history.testing';
import { renderCsv, renderTable } from './index';
import { type Question, type Report, isRefusal } from './report';
import type { Disclosed } from '@plumbline/privacy';

const LINEAR = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' } as const;
const sealed = { key: 'k', sealed: 's', subjects: [] };
const place = { metricId: 'metric:VOICE', unitId: 'unit:NORTH', period: '2026' };

class Duties extends History {
  #commitment = { commitmentId: 'commitment:C01' };

  file(importId: string, by: string): this {
    const data = { importId, kind: 'observations', fileHash: '0', mapHash: '0', rows: 3 };
    this.add('organization.ImportRecorded.v1', data);
    const last = this.events.pop();
    if (last) this.events.push({ ...last, actor: { id: by, role: 'hr' } });
    return this;
  }
  batchVerified(importId: string, by: string): string {
    return this.add('metrics.ObservationBatchVerified.v1', {
      ...{ importId, sampleSeed: 'seed', sampleSize: 1, by, method: 'compared' },
    });
  }
  verified(by: string): string {
    return this.add('metrics.ObservationVerified.v1', {
      ...{ ...place, definitionVersion: 1, obsId: 'obs', by, method: 'compared' },
    });
  }
  delegated(from: string, to: string, verbs: readonly string[], until = '2026-12-31'): this {
    this.add('organization.DelegationGranted.v1', { from, to, verbs, until });
    return this;
  }
  promised(owner: string): this {
    const commitment = this.#commitment;
    this.add('charter.CommitmentProposed.v1', {
      ...{ ...commitment, code: 'C01', title: 'Answer in time', statement: 'We answer.', level: 'UNIT' },
      ...{ parentCommitmentId: null, scopeUnitId: 'unit:NORTH', office: null, charterId: null, charterVersion: null },
      ...{
        principleIds: [],
        evidenceRule: 'A list.',
        structuralChange: false,
        proposedBy: 'hr-1',
        askedOwnerId: owner,
      },
    });
    this.add('charter.CommitmentMilestoneAdded.v1', {
      ...{ ...commitment, milestoneId: 'C01.1', title: 'A desk', weight: 100, contracted: true },
      ...{ baselineDue: '2026-06-30', addedBy: 'hr-1' },
    });
    this.add('charter.CommitmentAccepted.v1', {
      ...{ ...commitment, ownerId: owner, acceptedOn: '2026-01-05', firstDue: '2026-06-30' },
      ...{ milestones: [{ milestoneId: 'C01.1', due: '2026-06-30' }], indicators: [] },
    });
    return this;
  }
  assessed(assessor: string, assessedOn: string): string {
    return this.add('charter.CommitmentIndependentlyAssessed.v1', {
      ...{ ...this.#commitment, assessor, completion: 'LIMITED', rationale: sealed, assessedOn, evidenceRefs: [] },
    });
  }
  attested(attestedBy: string): string {
    return this.add('charter.CommitmentDoneDateAttested.v1', {
      ...{ ...this.#commitment, milestoneId: null, doneOn: '2026-06-01', lateReason: null, attestedBy },
    });
  }
  handedTo(to: string, effective: string): string {
    return this.add('charter.CommitmentReassigned.v1', {
      ...{ ...this.#commitment, from: 'owner-1', to, effective, acceptedByNewOwner: true },
    });
  }
  takenBack(requestedBy: string, ...approvers: readonly string[]): this {
    const request = { ...this.#commitment, requestId: 'withdrawal-1' };
    this.add('charter.CommitmentWithdrawalRequested.v1', {
      ...{ ...request, noteId: 'note-1', reason: sealed, requestedBy },
    });
    for (const by of approvers)
      this.add('charter.CommitmentWithdrawalApproved.v1', { ...request, by, outsideLine: true });
    return this;
  }
  dateMoved(requestedBy: string, approvedBy: string): this {
    const move = { ...this.#commitment, milestoneId: 'C01.1', requestId: 'move-1' };
    const dates = { from: '2026-06-30', to: '2026-09-30' };
    this.add('charter.CommitmentRescheduleRequested.v1', { ...move, ...dates, requestedBy, reason: sealed });
    this.add('charter.CommitmentMilestoneRescheduled.v1', {
      ...{ ...move, ...dates, rescheduledOn: '2026-05-01', requestedBy, approvedBy, reason: sealed },
    });
    return this;
  }
  adjusted(requestedBy: string, approvals: readonly string[]): this {
    const request = { ...place, targetId: 'target:VOICE:NORTH:2026', requestId: 'request-1' };
    const to = { ...LINEAR, target: '65' };
    this.add('metrics.TargetAdjustmentRequested.v1', {
      ...{ ...request, from: LINEAR, changes: to, periodGone: 100, resultKnown: false, requestedBy, reason: sealed },
    });
    for (const by of approvals)
      this.add('metrics.TargetAdjustmentApproved.v1', { ...request, by, role: 'hr', capacity: 'OUTSIDE_THE_LINE' });
    return this;
  }
  reviewed(version: number, reviewer: string): string {
    return this.add('metrics.MetricLegalClassAssigned.v1', {
      ...{ metricId: 'metric:VOICE', code: 'VOICE', version, class: 'CLIMATE_ALL', reviewer, jurisdiction: 'UK' },
      ...{ expiresAt: null, legalReviewId: null },
    });
  }
  linked(requestedBy: string, approvedBy: string): this {
    const link = { linkId: 'link-1', metricId: 'metric:VOICE', metric: 'VOICE', group: 'HEADS', metricVersion: 1 };
    this.add('evaluations.MetricLinkRequested.v1', { ...link, unitIds: ['unit:NORTH'], requestedBy });
    const approval = { legalReviewId: 'review-1', expiresAt: '2027-01-01', approvedBy };
    this.add('evaluations.MetricLinkApproved.v1', { ...link, ...approval });
    return this;
  }
  scorecard(leader: string, evaluator: string, by: string): this {
    const card = { scorecardId: 'card-1', cycleId: 'cycle-1', cycle: '2026', leader };
    const limits = { coverageBp: 7000, surveyBp: 3000, singleBp: 3500, processFloorBp: 4000, minScoredN: 10 };
    this.add('evaluations.ScorecardIssued.v1', {
      ...{ ...card, group: 'HEADS', edition: 1, issuedBy: 'hr-1', acceptBy: '2026-02-01', period: '2026' },
      ...{ periodStart: '2026-01-01', periodEnd: '2026-12-31', ruleSetVersion: '1', evaluators: [evaluator] },
      ...{ limits, graceDays: 0 },
    });
    this.add('evaluations.EvaluatorRatingProposed.v1', {
      ...{ ...card, rating: 4, computedRating: 4, deviation: 0, evaluator, narrative: sealed, reason: null },
    });
    this.add('evaluations.ScorecardSignedOff.v1', { ...card, rating: 4, by });
    return this;
  }
  policyBy(approvers: readonly string[]): this {
    this.policy('2', {});
    const last = this.events.pop();
    if (last) this.events.push({ ...last, data: { ...(last.data as object), approvers } });
    return this;
  }
  auditor(personId: string): this {
    this.add('organization.RoleGranted.v1', { personId, role: 'auditor', external: true });
    return this;
  }
  duties(given: Partial<Question> = {}): Disclosed<Report> {
    const outcome = dutiesReport.compute(this.rowsFor(dutyReads), this.question({ viewer: AUDITOR, ...given }));
    if (isRefusal(outcome)) throw new Error(outcome.refused);
    return outcome;
  }
}
const AUDITOR = { id: 'auditor-1', role: 'auditor' } as const;

const house = (): Duties =>
  (new Duties().configured().day('2026-01-10').unit('ORG').unit('NORTH', 'ORG').unit('SOUTH', 'ORG') as Duties)
    .leads('leader-1', 'NORTH')
    .metric('VOICE') as Duties;
const counted = { num: '33', den: '60', n: 60, eligible: 80 };
const surveyed = (history: Duties): Duties => {
  history.release('S', { sourceMinN: 10, declaredBy: 'declarer' });
  history.observe('VOICE', 'NORTH', '2026', 'S', counted, false);
  return history;
};

const said = (report: Report, key: string): string | null => cellOf(report, key).word;
const findings = (report: Report): readonly string[] => [
  ...new Set(report.cells.flatMap(({ key }) => (key.includes(':') ? [key.split('/')[0] ?? ''] : []))),
];
const told = (report: Report, row: string): readonly (string | null)[] =>
  ['object', 'person', 'duties', 'found-as', 'rule', 'waiver'].map((column) => said(report, `${row}/${column}`));

describe('whoever imports figures and declares the least group of their release, as a standalone start allows', () => {
  const history = house();
  const release = history.release('S', { sourceMinN: 10, declaredBy: 'steward' }).events.at(-1)?.id ?? '';
  history.file('import-1', 'steward');
  const file = history.events.at(-1)?.id ?? '';
  history.observe('VOICE', 'NORTH', '2026', 'S', counted);
  history.observe('VOICE', 'SOUTH', '2026', 'S', counted);
  const report = history.duties();
  const row = 'importer-declarer:S:1';

  it('is found once a release, with what lets it through', () => {
    expect(findings(report)).toEqual([row]);
    expect(told(report, row)).toEqual([
      ...['release S, least group 10', 'steward', 'recorded its figures and declared its least group', 'ONE_PERSON'],
      'whoever-declares-a-release-does-not-record-its-figures',
      'One person may do both where the product stands alone. Rows do not say how it was started.',
    ]);
  });
  it('leads to the events of the release and of the import', () => {
    expect(said(report, `${row}/events`)).toBe(`${release}, ${file}`);
    expect(report.trace.get(`${row}/events`)?.cites.map(({ event }) => event)).toEqual([release, file]);
  });
  it('leaves the other pairs with nothing found, each with how much was looked at', () => {
    expect(said(report, 'importer-declarer/object')).toBe('1 found in 1 looked at.');
    expect(said(report, 'recorder-verifier/object')).toBe('Nothing found in 2 looked at.');
    expect(said(report, 'owner-assessor/object')).toBe('Nothing to look at.');
    const counts = (pair: string) => ['found', 'looked-at'].map((column) => cellOf(report, `${pair}/${column}`).value);
    expect([counts('importer-declarer'), counts('recorder-verifier'), counts('owner-assessor')]).toEqual([
      ...[
        ['1', '1'],
        ['0', '2'],
        ['0', '0'],
      ],
    ]);
  });
  it('is no finding where nobody declared a least group', () => {
    const silent = house().release('S', { declaredBy: 'steward' }) as Duties;
    silent.observe('VOICE', 'NORTH', '2026', 'S', counted);
    expect(findings(silent.duties())).toEqual([]);
  });
});

describe('an assessor who takes over what they assessed', () => {
  const history = house().promised('owner-1');
  history.assessed('owner-2', '2026-03-01');
  history.handedTo('owner-2', '2026-04-01');

  it('is found, with the day it became theirs: nothing refuses the handover', () => {
    expect(told(history.duties(), 'owner-assessor:C01:1')).toEqual([
      ...['commitment C01', 'owner-2', 'owned and assessed', 'ONE_PERSON'],
      ...['an-owner-does-not-assess-their-own-commitment', 'Assessed before it was handed to them on 2026-04-01.'],
    ]);
  });
  it('has no such excuse for an assessment after it', () => {
    history.assessed('owner-2', '2026-05-01');
    expect(said(history.duties(), 'owner-assessor:C01:1/waiver')).toBe('NONE');
  });
});

describe('an import that its importer verified as a whole', () => {
  const importedBy = (importer: string) => {
    const history = surveyed(house().file('import-1', importer));
    history.batchVerified('import-1', 'steward');
    return history;
  };
  it('is found by whoever imported the file', () => {
    const report = importedBy('steward').duties();
    expect(findings(report)).toEqual(['importer-verifier:import-1:1']);
    expect(said(report, 'importer-verifier:import-1:1/object')).toBe('import import-1, 1 figures');
  });
  it('is found by whoever recorded its figures, too', () => {
    expect(findings(importedBy('other').duties())).toEqual(['importer-verifier:import-1:1']);
  });
  it('does not cover a figure that came after the verification', () => {
    const history = house().file('import-1', 'other');
    history.batchVerified('import-1', 'steward');
    history.day('2026-01-11').observe('VOICE', 'NORTH', '2026', null, counted, false);
    expect(findings(history.duties())).toEqual([]);
  });
});

describe('a definition that was reviewed', () => {
  const revised = (history: Duties, revisedBy: string): Duties => {
    const definition = (
      history.events.find(({ type }) => type === 'metrics.MetricDefined.v1')?.data as { definition: object }
    ).definition;
    history.add('metrics.MetricDefinitionRevised.v1', {
      ...{ metricId: 'metric:VOICE', code: 'VOICE', version: 2, definitionVersion: 1, change: 'Wording.' },
      ...{ comparability: 'COMPARABLE', reason: 'r', definition, revisedBy },
    });
    return history;
  };
  it('by whoever worded it is found', () => {
    const history = house();
    history.reviewed(1, 'steward');
    expect(said(history.duties(), 'definer-reviewer:VOICE:1:1/waiver')).toBe('NONE');
  });
  it('by whoever worded an earlier version of it is found as that', () => {
    const history = revised(house(), 'reviser');
    history.reviewed(2, 'steward');
    expect(said(history.duties(), 'definer-reviewer:VOICE:2:1/waiver')).toBe(
      'Worded an earlier version, not the one that was reviewed.',
    );
  });
  it('by another than either is not', () => {
    const history = revised(house(), 'reviser');
    history.reviewed(2, 'legal-1');
    expect(said(history.duties(), 'definer-reviewer/object')).toBe('Nothing found in 1 looked at.');
  });
});

/** Both acts by the given persons; the same twice is a finding, two different ones are none. */
const PAIRS: readonly (readonly [string, (first: string, second: string) => Duties])[] = [
  [
    'recorder-verifier:VOICE:NORTH:2026:1:1',
    (first, second) => {
      const history = surveyed(house());
      history.verified(second === first ? 'steward' : second);
      return history;
    },
  ],
  [
    'proposer-approver-target:VOICE:NORTH:2026:1',
    (first, second) => {
      const history = house().target('VOICE', 'NORTH', '2026', LINEAR, '55') as Duties;
      const approval = { ...place, targetId: 'target:VOICE:NORTH:2026', by: second === first ? 'leader' : second };
      history.add('metrics.TargetApproved.v1', approval);
      return history;
    },
  ],
  [
    'requester-approver-adjustment:VOICE:NORTH:2026:request-1:1',
    (first, second) => house().adjusted(first, ['hr-9', second]),
  ],
  [
    'requester-approver-withdrawal:C01:withdrawal-1:1',
    (first, second) => house().promised('owner-1').takenBack(first, 'hr-9', second),
  ],
  [
    'owner-assessor:C01:1',
    (first, second) => {
      const history = house().promised(first);
      history.assessed(second, '2026-02-01');
      return history;
    },
  ],
  [
    'owner-attestor:C01:1',
    (first, second) => {
      const history = house().promised(first);
      history.attested(second);
      return history;
    },
  ],
  [
    'requester-approver-reschedule:C01:C01.1:move-1:1',
    (first, second) => house().promised('owner-1').dateMoved(first, second),
  ],
  [
    'requester-approver-reschedule:C01:C01.1:move-1:1',
    (first, second) => house().promised(first).dateMoved('p', second),
  ],
  ['requester-approver-link:VOICE:HEADS:1', (first, second) => house().linked(first, second)],
  ['evaluator-leader:2026:p-1:1', (first, second) => house().scorecard(first, second, 'signer')],
  ['rater-signer:2026:leader-1:1', (first, second) => house().scorecard('leader-1', first, second)],
  ['rater-signer:2026:p-1:1', (first, second) => house().scorecard(first, 'rater', second)],
  ['proposer-approver-policy:2:1', (first, second) => house().policyBy([first, second])],
];

describe.each(PAIRS)('%s', (row, acts) => {
  it('is found where one person did both, and only there', () => {
    expect(findings(acts('p-1', 'p-1').duties())).toEqual([row]);
    const clean = acts('p-1', 'p-2').duties();
    expect(findings(clean)).toEqual([]);
    expect(said(clean, `${row.split(':')[0] ?? ''}/object`)).toBe('Nothing found in 1 looked at.');
  });
});

describe('an auditor', () => {
  it('who recorded figures and declared releases while holding the role is found, with how many', () => {
    const history = house();
    (history.day('2026-01-11') as Duties).auditor('steward').day('2026-01-12');
    history.release('S', { sourceMinN: 10, declaredBy: 'declarer' });
    history.observe('VOICE', 'NORTH', '2026', 'S', counted);
    history.observe('VOICE', 'SOUTH', '2026', 'S', counted);
    const report = history.duties();
    expect(said(report, 'auditor-operator:steward:1/object')).toBe('figures recorded: 2');
    expect(said(report, 'auditor-operator:steward:1/rule')).toBe('no-auditor-has-an-operational-role-in-scope');
  });
  it('is not held to what they did before', () => {
    const history = surveyed(house());
    history.day('2026-01-11');
    const report = history.auditor('steward').duties();
    expect(findings(report)).toEqual([]);
    expect(said(report, 'auditor-operator/object')).toBe('Nothing found in 1 looked at.');
  });
});

describe('a delegation', () => {
  const verifiedFor = (history: Duties): Duties => {
    surveyed(history).verified('principal');
    return history;
  };
  const row = 'recorder-verifier:VOICE:NORTH:2026:1:1';
  it('may have put both acts in one hand: said as what may be', () => {
    const report = verifiedFor(house().delegated('principal', 'steward', ['record'])).duties();
    expect(findings(report)).toEqual([row]);
    expect(said(report, `${row}/person`)).toBe('steward, perhaps for principal');
    expect(said(report, `${row}/found-as`)).toBe('MAY_BE_ONE');
  });
  it('of other acts, to another, or that had ended says nothing', () => {
    const ended = house().delegated('principal', 'steward', ['record'], '2025-12-31');
    const others = house().delegated('principal', 'steward', ['propose']).delegated('principal', 'x', ['record']);
    expect([ended, others].map((each) => findings(verifiedFor(each).duties()))).toEqual([[], []]);
  });
});

describe('a log in which two did what two should do', () => {
  const history = surveyed(house().file('import-1', 'steward'))
    .promised('owner-1')
    .dateMoved('owner-1', 'hr-2')
    .takenBack('owner-1', 'hr-2', 'board-1')
    .linked('hr-1', 'legal-1')
    .scorecard('leader-1', 'rater', 'signer')
    .auditor('auditor-1') as Duties;
  history.verified('verifier');
  history.batchVerified('import-1', 'verifier');
  history.assessed('assessor', '2026-02-01');
  history.reviewed(1, 'legal-1');
  const report = history.duties();

  it('has no finding, and says of each pair how much was looked at', () => {
    expect(findings(report)).toEqual([]);
    const looked = report.cells.filter(({ key }) => key.endsWith('/looked-at')).map(({ key, value }) => [key, value]);
    expect(Object.fromEntries(looked)).toEqual({
      'recorder-verifier/looked-at': '1',
      'importer-verifier/looked-at': '1',
      'importer-declarer/looked-at': '1',
      'definer-reviewer/looked-at': '1',
      'proposer-approver-target/looked-at': '0',
      'requester-approver-adjustment/looked-at': '0',
      'owner-assessor/looked-at': '1',
      'owner-attestor/looked-at': '0',
      'requester-approver-reschedule/looked-at': '1',
      'requester-approver-withdrawal/looked-at': '1',
      'requester-approver-link/looked-at': '1',
      'evaluator-leader/looked-at': '1',
      'rater-signer/looked-at': '1',
      'proposer-approver-policy/looked-at': '0',
      'auditor-operator/looked-at': '1',
    });
  });
  it('says that nobody acted by the key of the start itself', () => {
    expect(cellOf(report, 'local-key/object')).toMatchObject({ word: 'Nothing found.', state: 'OK' });
    expect(cellOf(report, 'local-key/found')).toMatchObject({ value: '0' });
  });
  it('tells who did what, and no figure', () => {
    const text = renderTable(report, dutiesReport.name, dutiesReport.columns) + renderCsv(report);
    expect(text).toContain('Nothing found in 1 looked at.');
    expect(text).not.toMatch(/\b(33|60|80)\b/);
  });
});

describe('acts by the key of the start itself', () => {
  const history = surveyed(house());
  const since = history.events.length;
  history.observe('VOICE', 'SOUTH', '2026', 'S', counted, false);
  history.verified('verifier');
  history.day('2026-03-02');
  history.verified('verifier');
  history.verified('verifier');
  for (const [index, event] of history.events.entries())
    if (index >= since && event.type.startsWith('metrics.'))
      history.events[index] = { ...event, actor: { id: 'steward', role: 'data-steward', via: 'local-key' } };
  const row = 'local-key:steward:data-steward';

  it('are listed by person and role: what was done, on how many days, with the first event of a kind and day', () => {
    const report = history.duties();
    expect(cellOf(report, 'local-key/object').word).toBe('1 found.');
    expect(cellOf(report, 'local-key/found').value).toBe('1');
    const said = (column: string) => cellOf(report, `${row}/${column}`).word;
    expect(said('person')).toBe('steward');
    expect(said('object')).toBe(
      'as data-steward, from 2026-01-10 to 2026-03-02: metrics.ObservationRecorded on 1 day, metrics.ObservationVerified on 2 days',
    );
    expect(said('duties')).toBe('acted by the key of the start itself');
    expect(said('found-as')).toBe('SIGNED_BY_THE_KEY');
    const ids = [since, since + 1, since + 3].map((index) => history.events[index]?.id);
    expect(said('events')?.split(', ').sort()).toEqual([...ids].sort());
    expect(report.remarks.join(' ')).toContain('whoever held that key may have acted as several people');
  });
  it('of one day are told with that day', () => {
    const early = new Duties();
    early.events.push(...history.events.slice(0, since + 2));
    expect(cellOf(early.duties(), `${row}/object`).word).toMatch(/^as data-steward, on 2026-01-10: /);
  });
  it('belong to no unit and no period', () => {
    expect(findings(history.duties({ unit: 'ORG' }))).not.toContain(row);
    expect(cellOf(history.duties({ unit: 'ORG' }), 'local-key/object').word).toBe('Nothing found.');
  });
});

it('reads the same in whatever order the rows come', () => {
  const history = surveyed(house().file('import-1', 'steward').auditor('steward').day('2026-01-11') as Duties);
  history.observe('VOICE', 'SOUTH', '2026', 'S', counted, false);
  history.delegated('principal', 'steward', ['record']).delegated('principal', 'steward', ['record'], '2027-01-31');
  history.promised('owner-1').scorecard('leader-1', 'rater', 'rater').verified('principal');
  history.batchVerified('import-1', 'steward');
  history.assessed('owner-1', '2026-02-01');
  history.assessed('owner-1', '2026-03-01');
  const report = history.duties();
  expect(findings(report)).toEqual([
    ...['recorder-verifier:VOICE:NORTH:2026:1:1', 'importer-verifier:import-1:1', 'owner-assessor:C01:1'],
    ...['rater-signer:2026:leader-1:1', 'auditor-operator:steward:1'],
  ]);
  const rows = history.rowsFor(dutyReads);
  const turned = Object.fromEntries(Object.entries(rows).map(([name, list]) => [name, [...list].reverse()]));
  const again = dutiesReport.compute(turned as unknown as DutyRows, history.question({ viewer: AUDITOR }));
  expect(isRefusal(again) ? null : again.cells).toEqual(report.cells);
});

describe('the pairs', () => {
  const history = surveyed(house());
  history.verified('steward');
  history.policyBy(['p-1', 'p-1']);

  it('are narrowed by unit and period, and say what that leaves out', () => {
    const row = 'recorder-verifier:VOICE:NORTH:2026:1:1';
    expect(findings(history.duties())).toEqual([row, 'proposer-approver-policy:2:1']);
    expect(findings(history.duties({ unit: 'ORG' }))).toEqual([row]);
    expect(findings(history.duties({ unit: 'SOUTH' }))).toEqual([]);
    expect(findings(history.duties({ period: '2026' }))).toEqual([row]);
    expect(findings(history.duties({ period: '2025' }))).toEqual([]);
    expect(history.duties({ unit: 'ORG' }).remarks.at(-1)).toMatch(/^Narrowed: /);
  });
  it('are for auditors and admins', () => {
    expect(dutiesReport.audience).toEqual(['auditor', 'admin']);
    expect(history.duties()).toMatchObject({ report: 'R17', codeVersion: 'R17@2', audience: 'auditor' });
  });
  it('are refused for a unit that is not there, and before anything is configured', () => {
    const refusal = (log: Duties, given: Partial<Question> = {}) =>
      dutiesReport.compute(log.rowsFor(dutyReads), log.question(given));
    expect(refusal(history, { unit: 'WEST' })).toMatchObject({ refused: 'a-unit-is-named-by-its-code' });
    expect(refusal(new Duties())).toMatchObject({ refused: 'a-report-needs-a-configured-organisation' });
  });
});
