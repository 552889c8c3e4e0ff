import { specify, stateOf, type FactQuery, type GivenEvent, type SpecContext } from '@plumbline/kernel';
import { charterCommands, type CharterCommand } from './charter.commands';
import { charterDecider } from './charter.decider';
import type { CharterEvent } from './charter.events';
import { charterFacts } from './charter.facts';
import { commitmentCommands, type CommitmentCommand } from './commitment.commands';
import { DELIVERIES_OF_COMMITMENT } from './commitment-ending';
import { commitmentDecider } from './commitment.decider';
import type { CommitmentEvent } from './commitment.events';
import { commitmentFacts } from './commitment.facts';
import {
  accepted,
  active,
  APPROVER,
  ASSESSOR,
  charterAdopted,
  consultationClosed,
  consultationOpened,
  drafted,
  indicator,
  milestone,
  noteWritten,
  OWNER,
  principleAdded,
  proposed,
  resourced,
  withdrawalRequested,
} from './given.testing';
import { LINE_AROUND } from './organization-facts';
import { dueDay, sha256 } from './vocabulary';

const spelled = (fact: FactQuery): string => {
  if (fact.kind === 'ask') return `${fact.question} ${Object.values(fact.about).join()}`;
  const { key } = fact;
  return `${key.concept}:${'natural' in key ? key.natural : 'id' in key ? key.id : ''}`;
};
const command = (name: string, change: object = {}): CommitmentCommand => {
  const type = `charter.${name}` as CommitmentCommand['type'];
  const data: object = { ...commitmentCommands[type].example, ...change };
  return { type, data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) } as never;
};
const ofCharter = (name: string, change: object = {}): CharterCommand => {
  const type = `charter.${name}` as CharterCommand['type'];
  const data: object = { ...charterCommands[type].example, ...change };
  return { type, data: Object.fromEntries(Object.entries(data).filter(([, value]) => value !== undefined)) } as never;
};
const asked = (of: CommitmentCommand, ...events: readonly GivenEvent<CommitmentEvent>[]) =>
  (commitmentDecider.facts?.(of, stateOf(commitmentFacts, ...events)) ?? []).map(spelled);
const askedOfCharter = (of: CharterCommand, ...events: readonly GivenEvent<CharterEvent>[]) =>
  (charterDecider.facts?.(of, stateOf(charterFacts, ...events)) ?? []).map(spelled);
const ORGANISATION = 'organization:ORGANIZATION';

describe('a decision on a commitment rests on', () => {
  it('the metric that an indicator names', () => {
    expect(asked(command('AddIndicator', { metric: undefined }))).toEqual([]);
    expect(asked(command('AddIndicator', { metric: 'lc_ts' }))).toEqual(['metric:LC_TS']);
  });

  it('its owner’s absences when progress is due, and the owner’s line when it is judged or withdrawn', () => {
    expect(asked(command('ReportProgress'), ...active)).toEqual([ORGANISATION, 'person:person-owner']);
    expect(asked(command('MissProgress'), ...active)).toEqual([ORGANISATION, 'person:person-owner']);
    expect(asked(command('AssessCommitment', { evidence: undefined }), ...active)).toEqual([
      ...[`${LINE_AROUND} person-owner`],
    ]);
    expect(asked(command('WithdrawCommitment'), ...active)).toEqual([`${LINE_AROUND} person-owner`]);
  });

  it('what was delivered for it when it is fulfilled', () => {
    expect(DELIVERIES_OF_COMMITMENT).toBe('programs.deliveries-of-commitment');
    const [first] = asked(command('FulfilCommitment', { evidence: undefined }), ...active);
    expect(first).toContain(DELIVERIES_OF_COMMITMENT);
  });
});

describe('a decision on a charter rests on', () => {
  const parented = drafted({ parentCharterId: 'charter-parent' });
  it('its unit and the charter above it', () => {
    const draft = (parent?: string) => ofCharter('DraftCharter', { unit: 'hospital', parent });
    expect(askedOfCharter(draft())).toEqual(['unit:HOSPITAL']);
    expect(askedOfCharter(draft('trust'))).toEqual(['unit:HOSPITAL', 'charter:TRUST']);
    expect(askedOfCharter(ofCharter('AddPrinciple'), parented)).toEqual(['charter:charter-parent']);
    expect(askedOfCharter(ofCharter('AddPrinciple'), drafted())).toEqual([]);
  });

  it('the policy when it is consulted on and adopted', () => {
    expect(askedOfCharter(ofCharter('OpenConsultation'), drafted())).toEqual([ORGANISATION]);
    expect(askedOfCharter(ofCharter('TallyConsultation'), parented)).toEqual([ORGANISATION]);
    expect(askedOfCharter(ofCharter('AdoptCharter'), parented)).toEqual([ORGANISATION, 'charter:charter-parent']);
    expect(askedOfCharter(ofCharter('AdoptCharter'), drafted())).toEqual([ORGANISATION]);
  });
});

describe('whoever acts for another is also themselves', () => {
  const spec = specify(commitmentDecider);
  const forElse = (actor: typeof OWNER, line: readonly string[] = []): SpecContext => ({
    ...{ actor, onBehalfOf: 'person-else', answers: { [LINE_AROUND]: line } },
  });
  const asking = [...active, noteWritten, withdrawalRequested];

  it('an owner who acts for another neither assesses, withdraws nor refuses their own', () => {
    const assess = command('AssessCommitment', { evidence: undefined });
    expect(spec.given(...active).when(assess, forElse(OWNER)).refused).toBe(
      'an-owner-does-not-assess-their-own-commitment',
    );
    const own = 'a-withdrawal-is-decided-by-others-than-its-owner';
    expect(spec.given(...asking).when(command('WithdrawCommitment'), forElse(OWNER)).refused).toBe(own);
    expect(spec.given(...asking).when(command('RefuseWithdrawal'), forElse(OWNER)).refused).toBe(own);
  });

  it('someone in the line who acts for one outside it is in the line', () => {
    const withdraw = command('WithdrawCommitment');
    const outside = (context: SpecContext) => spec.given(...asking).when(withdraw, context).events?.[0]?.data;
    expect(outside(forElse(APPROVER, ['person-approver']))).toMatchObject({ outsideLine: false });
    expect(outside(forElse(APPROVER, ['person-else']))).toMatchObject({ outsideLine: false });
    expect(outside(forElse(APPROVER))).toMatchObject({ outsideLine: true });
  });

  it('an assessor in the line of the owner stays in it', () => {
    const assess = command('AssessCommitment', { evidence: undefined });
    expect(spec.given(...active).when(assess, forElse(ASSESSOR, ['person-assessor'])).refused).toBe(
      'an-assessor-stands-outside-the-line-of-the-owner',
    );
    expect(spec.given(...active).when(assess, forElse(ASSESSOR)).events).toHaveLength(1);
  });
});

describe('the standing of a commitment', () => {
  it('is nothing before it is proposed', () => {
    expect(commitmentFacts.initial).toMatchObject({
      ...{ state: 'NONE', owners: [], milestones: [], indicators: [], causes: [], assessors: [], notes: {} },
      ...{ resourced: false, needsNoResources: false, withdrawnOutside: false },
    });
  });

  it('counts as resourced once anything was pledged or spent', () => {
    expect(stateOf(commitmentFacts, ...active)).toMatchObject({ resourced: false, needsNoResources: false });
    expect(stateOf(commitmentFacts, ...active, resourced)).toMatchObject({ resourced: true, needsNoResources: false });
  });

  it('keeps milestones that acceptance does not name at the dates they were added with', () => {
    const second = milestone('C07.2', { baselineDue: '2026-10-31' });
    const state = stateOf(commitmentFacts, proposed(), milestone(), second, indicator(), accepted());
    expect(
      state.milestones.map(({ milestoneId, currentDue, reachedBy, evidence }) => [
        milestoneId,
        currentDue,
        reachedBy,
        evidence,
      ]),
    ).toEqual([
      ['C07.1', '2026-09-30', [], []],
      ['C07.2', '2026-10-31', [], []],
    ]);
  });
});

describe('the standing of a charter', () => {
  it('is a draft until it is adopted, and keeps the ids of all its principles', () => {
    expect(charterFacts.initial).toMatchObject({ state: 'NONE', principles: [], principleIds: [], versions: [] });
    const state = stateOf(charterFacts, drafted(), principleAdded(), principleAdded({ principleId: 'SEEN' }));
    expect(state).toMatchObject({ state: 'DRAFT', principleIds: ['HEARD', 'SEEN'] });
  });

  it('remembers which version used up a consultation', () => {
    const consulted = [drafted(), principleAdded(), consultationOpened(), consultationClosed()];
    const used = stateOf(charterFacts, ...consulted, charterAdopted({ version: 3, consultation: 1 }));
    expect(used.consultation).toMatchObject({ round: 1, usedBy: 3 });
    const waived = stateOf(charterFacts, ...consulted, charterAdopted({ version: 3, consultation: null }));
    expect(waived.consultation).toMatchObject({ round: 1 });
    expect(waived.consultation?.usedBy ?? null).toBeNull();
  });
});

it.each([
  [sha256, `x${'a'.repeat(64)}`],
  [sha256, `${'a'.repeat(64)}x`],
  [dueDay, 'x2026-11'],
  [dueDay, '2026-11x'],
])('nothing stands before or after what is written: %#', (schema, text) => {
  expect(schema.safeParse(text).success).toBe(false);
});
