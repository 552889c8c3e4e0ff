import { type AnyDocumentDefinition, anyDocument } from './document';
import { type Question, type Report, isRefusal } from './report';
import { documents } from './documents';
import { freezeCertificate } from './freeze-certificate';
import { handoverSheet } from './handover-sheet';
import { cellOf } from './history.testing';
import { Promises } from './promises.testing';
import { renderDocumentPage, renderDocumentText } from './render-document';
import { scorecardContract } from './scorecard-contract';
import { FIVE, observed, surgery } from './scorecards.testing';
import { weeklyDigest } from './weekly-digest';

const CONTRACT = anyDocument(scorecardContract);
const CERTIFICATE = anyDocument(freezeCertificate);
const head = { viewer: { id: 'head', role: 'executive' } } as const;
const other = { viewer: { id: 'other', role: 'executive' } } as const;
const hr = { viewer: { id: 'steward', role: 'hr' } } as const;

describe('the scorecard contract', () => {
  it('says before the freeze what counts, for how much, against which target', () => {
    const contract = surgery().told(CONTRACT, head);
    expect(cellOf(contract, 'about/cycle').word).toBe('C2026');
    expect(cellOf(contract, 'checkins/weight').word).toBe('25 %');
    expect(cellOf(contract, 'checkins/target').word).toBe('60 / 70 / 80');
    expect(cellOf(contract, 'checkins/cap').word).toBe('150 points');
    expect(cellOf(contract, 'about/survey').word).toBe('30 %');
    expect(contract.cells.every(({ value }) => value === null)).toBe(true);
  });

  it('is for its leader and those who rate or oversee, and is of one leader', () => {
    expect(surgery().refusal(CONTRACT, other)).toBe(
      'a-scorecard-is-for-its-leader-and-for-those-who-rate-or-oversee-it',
    );
    expect(outcomeOf(surgery(), CONTRACT, { ...hr, leader: 'nobody' })).toMatchObject({
      refused: 'a-contract-is-of-one-leader',
      detail: 'This leader has no contract in C2026. Issue one first: evaluations.IssueScorecard.',
    });
    const two = observed(surgery()).contract('other', FIVE);
    expect(outcomeOf(two, CONTRACT, hr)).toMatchObject({
      refused: 'a-contract-is-of-one-leader',
      detail: 'Several leaders have a contract in C2026: name one of them in leader.',
    });
    expect(outcomeOf(house(), CONTRACT, hr)).toMatchObject({
      refused: 'a-report-on-scorecards-needs-a-cycle',
      detail: 'No cycle was opened by that position.',
    });
    expect(cellOf(surgery().told(CONTRACT, { ...hr, leader: 'head' }), 'about/leader').word).toBe('head');
  });

  it('is printed with room for two to sign', () => {
    const contract = surgery().told(CONTRACT, head);
    const text = renderDocumentText(contract, CONTRACT);
    expect(text).toContain('CONTRACT Scorecard contract');
    expect(text).toMatch(/Cycle +C2026/);
    expect(text).toContain('The leader, in own name: ____');
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(120);
    const page = renderDocumentPage(contract, CONTRACT);
    expect(page).toContain('<h1>Scorecard contract</h1>');
    expect(page).toMatch(/<dt>Cycle<\/dt>\s*<dd>C2026<\/dd>/);
    expect(page).toContain('For the organisation, date');
  });
});

describe('the freeze certificate', () => {
  const frozen = observed(surgery()).freeze('2026-11-12', ['head']);

  it('names the last event that counts; its root is for the ledger to give', () => {
    const certificate = frozen.told(CERTIFICATE, hr);
    expect(cellOf(certificate, 'about/as-of')).toMatchObject({ word: expect.stringMatching(/^e-\d+$/), unit: 'event' });
    expect(cellOf(certificate, 'about/root')).toMatchObject({ word: null, state: 'NO_DATA' });
    expect(cellOf(certificate, 'about/frozen-on').word).toBe('2026-11-12');
    expect(cellOf(certificate, 'HEADS/computed').word).toBe('1');
  });

  it('is of a cycle that was frozen', () => {
    expect(surgery().refusal(CERTIFICATE, { ...hr, cycle: 'C2026' })).toBe('a-certificate-is-of-a-frozen-cycle');
  });

  it('says no score of anybody', () => {
    expect(JSON.stringify(frozen.told(CERTIFICATE, hr).cells)).not.toMatch(/91[.]25|"head"/);
  });
});

const house = (): Promises => {
  const promises = new Promises()
    .configured()
    .calendar(['QUARTERLY'], 30, 14)
    .unit('ORG')
    .leads('p-owner', 'ORG')
    .promise('C01', '2026-06-30')
    .promise('C02', '2026-12-31')
    .promise('C03', '2026-12-31', 'p-else');
  promises.day('2026-07-03');
  return promises;
};

const outcomeOf = (history: Promises, { reads, compute }: AnyDocumentDefinition, given: Partial<Question>) =>
  compute(history.rowsFor(reads as never) as never, history.question(given));
const told = (history: Promises, definition: AnyDocumentDefinition, given: Partial<Question>): Report => {
  const outcome = outcomeOf(history, definition, given);
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome;
};
const refused = (history: Promises, definition: AnyDocumentDefinition, given: Partial<Question>): string | null => {
  const outcome = outcomeOf(history, definition, given);
  return isRefusal(outcome) ? outcome.refused : null;
};

describe('the handover sheet', () => {
  const sheet = anyDocument(handoverSheet);
  const owner = { viewer: { id: 'p-owner', role: 'executive' } } as const;

  it('lists every open promise of the one who goes, worst first, with what is not yet reached', () => {
    const made = told(house(), sheet, owner);
    expect([...new Set(made.cells.map(({ key }) => key.split('/')[0]))]).toEqual([
      'about',
      'C01',
      'C01.1',
      'C02',
      'C02.1',
    ]);
    expect(cellOf(made, 'C01/state')).toMatchObject({ word: 'OVERDUE' });
    expect(cellOf(made, 'C01.1/current').word).toBe('2026-06-30');
    expect(cellOf(made, 'about/office').word).toBe('Head, Unit ORG');
    expect(cellOf(made, 'about/promises').word).toBe('2 of 2');
  });

  it('is for those who hand over, take over or oversee', () => {
    const rule = 'a-handover-sheet-is-for-those-who-hand-over-take-over-or-oversee';
    const next = { viewer: { id: 'p-next', role: 'executive' }, leader: 'p-owner' } as const;
    expect(refused(house(), sheet, next)).toBe(rule);
    expect(told(house(), sheet, { ...hr, leader: 'p-owner' }).cells.length).toBeGreaterThan(10);
    const asked = house();
    asked.tell('charter.CommitmentReassignmentProposed.v1', 'C02', {
      ...{ from: 'p-owner', to: 'p-next', effective: '2026-08-01', proposedBy: 'p-hr' },
    });
    const made = told(asked, sheet, next);
    expect(cellOf(made, 'about/promises').word).toBe('1 of 2');
    expect(cellOf(made, 'C02/handover').word).toBe('2026-08-01');
    expect(made.cells.some(({ key }) => key.startsWith('C01'))).toBe(false);
  });

  it('holds a promise until the day on which it goes over, for both', () => {
    const handed = house().handed('C02', 'p-owner', 'p-next', '2026-08-01');
    const next = { viewer: { id: 'p-next', role: 'executive' }, leader: 'p-owner' } as const;
    expect(cellOf(told(handed, sheet, owner), 'about/promises').word).toBe('2 of 2');
    expect(cellOf(told(handed, sheet, owner), 'C02/handover').word).toBe('2026-08-01');
    expect(cellOf(told(handed, sheet, next), 'about/promises').word).toBe('1 of 2');
    const gone = house().handed('C02', 'p-owner', 'p-next', '2026-07-03');
    expect(cellOf(told(gone, sheet, owner), 'about/promises').word).toBe('1 of 1');
  });
});

describe('the weekly digest', () => {
  const digest = anyDocument(weeklyDigest);
  const owner = { viewer: { id: 'p-owner', role: 'executive' } } as const;
  const whatIn = ({ cells }: Report): readonly string[] =>
    cells
      .filter(({ key }) => key.endsWith('/what'))
      .map(({ key, word }) => `${cells.find((cell) => cell.key === key.replace('what', 'about'))?.word} ${word}`);

  it('says what one person has to do within two weeks and what is late, first things first', () => {
    const made = told(house(), digest, { viewer: { id: 'p-owner', role: 'executive' } });
    expect(whatIn(made)).toEqual([
      ...['C01 Report on FY2026-Q4, late', 'C02 Report on FY2026-Q4, late'],
      'C01 Reach C01.1 Milestone C01.1',
    ]);
    expect(cellOf(made, '3/when').word).toBe('3 days ago');
    expect(cellOf(made, 'about/overdue').word).toBe('1');
    expect(cellOf(made, 'about/open').word).toBe('1');
  });

  it('keeps a report that was missed until it comes', () => {
    const missed = house().missedReport('C01', 'FY2026-Q4');
    expect(whatIn(told(missed, digest, owner))).toContain('C01 Report on FY2026-Q4, late');
    const late = missed.reported('C01', 'FY2026-Q4', { late: true });
    expect(whatIn(told(late, digest, owner))).not.toContain('C01 Report on FY2026-Q4, late');
  });

  it('is of whoever owns a promise on the day, and of its milestones on theirs', () => {
    const handed = (effective: string) => house().handed('C01', 'p-owner', 'p-next', effective);
    const next = { viewer: { id: 'p-next', role: 'executive' } } as const;
    expect(whatIn(told(handed('2026-07-04'), digest, owner))).toContain('C01 Report on FY2026-Q4, late');
    expect(cellOf(told(handed('2026-07-04'), digest, owner), 'about/overdue').word).toBe('1');
    expect(whatIn(told(handed('2026-07-04'), digest, next))).toEqual([]);
    expect(whatIn(told(handed('2026-07-03'), digest, next))).toEqual([
      'C01 Report on FY2026-Q4, late',
      'C01 Reach C01.1 Milestone C01.1',
    ]);
  });

  it('is empty for whoever owes nothing', () => {
    const made = told(house(), digest, { viewer: { id: 'p-member', role: 'member' } });
    expect(made.cells.every(({ key }) => key.startsWith('about/'))).toBe(true);
    expect(
      renderDocumentText(told(house(), digest, { viewer: { id: 'p-member', role: 'member' } }) as never, digest),
    ).toContain('Nothing to list.');
  });

  it('asks a leader to accept the contract, and an evaluator to rate what was computed', () => {
    const asked = (history: ReturnType<typeof surgery>, id: string): readonly (string | null)[] =>
      history
        .told(digest, { viewer: { id, role: 'executive' } })
        .cells.filter(({ key }) => key.endsWith('/what'))
        .map(({ word }) => word);
    expect(asked(observed(surgery()).freeze('2027-01-20', ['head']), 'evaluator')).toEqual([
      'Rate a scorecard that was computed',
    ]);
  });
});

it('each document is found by its own id, and no report bears it', () => {
  expect(documents.map(({ id }) => id)).toEqual(['CONTRACT', 'FREEZE-CERTIFICATE', 'HANDOVER-SHEET', 'WEEKLY-DIGEST']);
});
