import type { CharterCommand } from './charter.commands';
import { charterDecider } from './charter.decider';
import type { CharterEvent } from './charter.events';
import { charterFacts, charterInForce } from './charter.facts';
import {
  charterAdopted,
  charterState,
  consultationClosed,
  consultationOpened,
  drafted,
  heard,
  HR,
  ORGANIZATION,
  organization,
  principleAdded,
  tallied,
  unit,
  inWords,
} from './given.testing';

const spec = inWords(charterDecider);
type Data<T extends CharterCommand['type']> = Extract<CharterCommand, { type: T }>['data'];
const CHAIR = { id: 'person-chair', role: 'board' } as const;
const withOrganization = { [ORGANIZATION]: organization() };

const rewordedTo = (to: string): CharterEvent => ({
  type: 'charter.CharterPrincipleReworded.v1',
  data: {
    ...{ charterId: 'charter:BELONGING', principleId: 'HEARD', from: heard.text, to },
    ...{ reason: { toSeal: '', subjects: [] }, rewordedBy: 'person-hr' },
  },
});
const withdrawn: CharterEvent = {
  type: 'charter.CharterPrincipleWithdrawn.v1',
  data: {
    ...{ charterId: 'charter:BELONGING', principleId: 'HEARD' },
    ...{ reason: { toSeal: '', subjects: [] }, withdrawnBy: 'person-hr' },
  },
};

describe('a draft', () => {
  const draft = (more: Partial<Data<'charter.DraftCharter'>> = {}): CharterCommand => ({
    type: 'charter.DraftCharter',
    data: {
      charter: 'BELONGING',
      title: 'Belonging here',
      unit: 'HOSPITAL',
      definitionOfBelonging: 'To be expected, needed and free to differ.',
      belongingContexts: ['GROUP'],
      ...more,
    },
  });
  const streams = { 'unit:HOSPITAL': unit() };

  it('is made for a unit that exists', () => {
    expect(spec.given().when(draft(), { actor: HR, streams })).toEqual({ events: [drafted()] });
    expect(spec.given().when(draft({ jurisdiction: 'GB' }), { streams }).events?.[0]?.data).toMatchObject({
      jurisdiction: 'GB',
    });
  });
  it('is refused for a unit that is not registered or is closed', () => {
    expect(spec.given().when(draft()).refused).toBe('a-charter-is-for-a-unit-that-exists');
    const closed = { 'unit:HOSPITAL': unit('HOSPITAL', '2026-06-15') };
    expect(spec.given().when(draft(), { streams: closed }).refused).toBe('a-charter-is-for-a-unit-that-exists');
  });
  it('is made once', () => {
    expect(spec.given(drafted()).when(draft(), { streams }).refused).toBe('a-charter-is-drafted-once');
  });
  it('is a variant only of a charter in force', () => {
    const variant = draft({ charter: 'WARD', parent: 'BELONGING' });
    expect(spec.given().when(variant, { streams }).refused).toBe('a-variant-inherits-from-an-adopted-charter');
    const inForce = { ...streams, 'charter:BELONGING': charterState(drafted(), charterAdopted()) };
    expect(spec.given().when(variant, { streams: inForce }).events?.[0]?.data).toMatchObject({
      parentCharterId: 'charter:BELONGING',
    });
  });
  it('comes before everything else', () => {
    expect(spec.given().when({ type: 'charter.CloseConsultation', data: { charter: 'BELONGING' } })).toEqual({
      refused: 'a-charter-is-drafted-first',
      detail: 'No charter has the code "BELONGING".',
    });
  });
});

describe('a principle', () => {
  const add = (more: Partial<Data<'charter.AddPrinciple'>> = {}): CharterCommand => ({
    type: 'charter.AddPrinciple',
    data: {
      charter: 'BELONGING',
      principleId: 'HEARD',
      text: heard.text,
      componentTags: ['OPPORTUNITY'],
      signals: heard.signals,
      ...more,
    },
  });
  const reword: CharterCommand = {
    type: 'charter.RewordPrinciple',
    data: { charter: 'BELONGING', principleId: 'heard', text: 'Whoever speaks up is thanked.', reason: 'Warmer.' },
  };
  const withdraw: CharterCommand = {
    type: 'charter.WithdrawPrinciple',
    data: { charter: 'BELONGING', principleId: 'HEARD', reason: 'Said twice.' },
  };

  it('is added with what anyone could see', () => {
    expect(spec.given(drafted()).when(add(), { actor: HR })).toEqual({ events: [principleAdded()] });
  });
  it('is refused without an observable signal', () => {
    expect(spec.given(drafted()).when(add({ signals: [] })).refused).toBe('a-principle-has-an-observable-signal');
  });
  it('is added once; another one needs another id', () => {
    expect(spec.given(drafted(), principleAdded()).when(add())).toEqual({ events: [] });
    expect(spec.given(drafted(), principleAdded()).when(add({ principleId: 'heard', text: 'Other.' })).refused).toBe(
      'the-id-of-a-principle-is-used-once',
    );
  });
  it('does not take the id of one that is inherited', () => {
    const streams = { 'charter:PARENT': charterState(drafted(), charterAdopted()) };
    const variant = drafted({ parentCharterId: 'charter:PARENT' });
    expect(spec.given(variant).when(add(), { streams }).refused).toBe('the-id-of-a-principle-is-used-once');
    expect(spec.given(variant).when(add({ principleId: 'MET' }), { streams }).events).toHaveLength(1);
  });
  it('is reworded with a sealed reason, and says what it said', () => {
    expect(spec.given(drafted(), principleAdded()).when(reword, { actor: HR })).toEqual({
      events: [
        {
          type: 'charter.CharterPrincipleReworded.v1',
          data: {
            charterId: 'charter:BELONGING',
            principleId: 'HEARD',
            from: heard.text,
            to: 'Whoever speaks up is thanked.',
            reason: { toSeal: 'Warmer.', subjects: ['person-hr'] },
            rewordedBy: 'person-hr',
          },
        },
      ],
    });
    const same: CharterCommand = { ...reword, data: { ...reword.data, text: heard.text } as never };
    expect(spec.given(drafted(), principleAdded()).when(same)).toEqual({ events: [] });
  });
  it('is changed only where it stands', () => {
    expect(spec.given(drafted()).when(reword).refused).toBe('a-principle-is-changed-where-it-stands');
    expect(spec.given(drafted()).when(withdraw).refused).toBe('a-principle-is-changed-where-it-stands');
  });
  it('is withdrawn once, and its id is not used again', () => {
    const { events = [] } = spec.given(drafted(), principleAdded()).when(withdraw, { actor: HR });
    expect(events).toMatchObject([{ type: 'charter.CharterPrincipleWithdrawn.v1', data: { principleId: 'HEARD' } }]);
    const after = [drafted(), principleAdded(), ...events];
    expect(spec.given(...after).when(withdraw)).toEqual({ events: [] });
    expect(spec.given(...after).when(add()).refused).toBe('the-id-of-a-principle-is-used-once');
  });
  it('does not change while it is being consulted on', () => {
    const open = [drafted(), principleAdded(), consultationOpened()];
    for (const command of [add({ principleId: 'MET' }), reword, withdraw])
      expect(spec.given(...open).when(command).refused).toBe('what-is-consulted-on-does-not-change-meanwhile');
    expect(spec.given(...open, consultationClosed()).when(reword).events).toHaveLength(1);
  });
});

describe('a consultation', () => {
  const open = (more: Partial<Data<'charter.OpenConsultation'>> = {}): CharterCommand => ({
    type: 'charter.OpenConsultation',
    data: {
      charter: 'BELONGING',
      audience: [
        { group: 'NURSES', leadership: false, people: 40 },
        { group: 'HEADS', leadership: true, people: 14 },
      ],
      closesAt: '2026-06-29',
      ...more,
    },
  });
  const tally = (more: Partial<Data<'charter.TallyConsultation'>> = {}): CharterCommand => ({
    type: 'charter.TallyConsultation',
    data: {
      charter: 'BELONGING',
      group: 'nurses',
      day: '2026-06-12',
      stances: { SUPPORT: 3, SUPPORT_WITH_CHANGES: 1, OPPOSE: 1, UNDECIDED: 0 },
      ...more,
    },
  });
  const close: CharterCommand = { type: 'charter.CloseConsultation', data: { charter: 'BELONGING' } };
  const given = spec.given(drafted(), principleAdded());
  const opened = [drafted(), principleAdded(), consultationOpened()];
  const streams = withOrganization;

  it('is opened for as long as policy says, today counting as the first day', () => {
    expect(given.when(open(), { streams })).toEqual({
      events: [consultationOpened({ opensOn: '2026-06-15', closesAt: '2026-06-29' })],
    });
    expect(given.when(open({ closesAt: '2026-06-28' }), { streams }).refused).toBe(
      'a-charter-is-consulted-on-as-long-as-policy-says',
    );
  });
  it('is refused with no principle to speak of, unless some are inherited', () => {
    expect(spec.given(drafted()).when(open(), { streams }).refused).toBe('a-charter-has-a-principle');
    expect(spec.given(drafted({ parentCharterId: 'charter:PARENT' })).when(open(), { streams }).events).toHaveLength(1);
  });
  it('asks each group once, and none below the smallest group', () => {
    const twice = [
      { group: 'NURSES', leadership: false, people: 40 },
      { group: 'nurses', leadership: false, people: 40 },
    ];
    expect(given.when(open({ audience: twice }), { streams }).refused).toBe('each-group-is-asked-once');
    const of = (people: number) => open({ audience: [{ group: 'NIGHTS', leadership: false, people }] });
    expect(given.when(of(4), { streams }).refused).toBe('a-consulted-group-is-not-below-the-smallest-group');
    expect(given.when(of(5), { streams }).events).toHaveLength(1);
  });
  it('is the only one that is open; the next round comes after it', () => {
    expect(spec.given(...opened).when(open(), { streams }).refused).toBe('one-consultation-is-open-at-a-time');
    expect(spec.given(...opened, consultationClosed()).when(open(), { streams }).events?.[0]?.data).toMatchObject({
      round: 2,
    });
  });
  it('is tallied by group and day, under the name the group was asked by', () => {
    expect(spec.given(...opened).when(tally(), { streams })).toEqual({
      events: [
        {
          type: 'charter.CharterConsultationTallied.v1',
          data: {
            charterId: 'charter:BELONGING',
            round: 1,
            group: 'NURSES',
            day: '2026-06-12',
            stances: { SUPPORT: 3, SUPPORT_WITH_CHANGES: 1, OPPOSE: 1, UNDECIDED: 0 },
          },
        },
      ],
    });
  });
  it('is not tallied below the smallest group', () => {
    const stances = { SUPPORT: 3, SUPPORT_WITH_CHANGES: 0, OPPOSE: 1, UNDECIDED: 0 };
    expect(spec.given(...opened).when(tally({ stances }), { streams }).refused).toBe(
      'a-tally-is-not-below-the-smallest-group',
    );
  });
  it('is tallied of groups that were asked, on its own days', () => {
    expect(spec.given(...opened).when(tally({ group: 'COOKS' }), { streams }).refused).toBe(
      'a-tally-is-of-a-group-that-was-asked',
    );
    for (const day of ['2026-05-31', '2026-06-16'])
      expect(spec.given(...opened).when(tally({ day }), { streams, today: '2026-06-20' }).refused).toBe(
        'a-tally-is-of-a-day-of-the-consultation',
      );
    expect(spec.given(...opened).when(tally({ day: '2026-06-15' }), { streams, today: '2026-06-14' }).refused).toBe(
      'a-tally-is-of-a-day-of-the-consultation',
    );
    for (const day of ['2026-06-01', '2026-06-15'])
      expect(spec.given(...opened).when(tally({ day }), { streams }).events).toHaveLength(1);
  });
  it('counts a day once', () => {
    const again = spec.given(...opened, tallied('NURSES', 5, '2026-06-12'));
    const same = { SUPPORT: 5, SUPPORT_WITH_CHANGES: 0, OPPOSE: 0, UNDECIDED: 0 };
    expect(again.when(tally({ stances: same }), { streams })).toEqual({ events: [] });
    expect(again.when(tally(), { streams }).refused).toBe('a-day-is-tallied-once');
  });
  it('counts no more answers than people', () => {
    const given = spec.given(...opened, tallied('NURSES', 35));
    const stances = (SUPPORT: number) => ({ SUPPORT, SUPPORT_WITH_CHANGES: 0, OPPOSE: 0, UNDECIDED: 0 });
    expect(given.when(tally({ stances: stances(6) }), { streams }).refused).toBe('no-more-answer-than-were-asked');
    expect(given.when(tally({ stances: stances(5) }), { streams }).events).toHaveLength(1);
  });
  it('closes on its last day, with the counts of the groups that answered', () => {
    const given = spec.given(...opened, tallied('NURSES', 12), tallied('NURSES', 7, '2026-06-11'));
    expect(given.when(close, { today: '2026-06-14' }).refused).toBe('a-consultation-closes-on-its-last-day');
    expect(given.when(close, { today: '2026-06-15' })).toEqual({
      events: [
        {
          type: 'charter.CharterConsultationClosed.v1',
          data: {
            charterId: 'charter:BELONGING',
            round: 1,
            closedOn: '2026-06-15',
            counts: [
              {
                group: 'NURSES',
                leadership: false,
                stances: { SUPPORT: 19, SUPPORT_WITH_CHANGES: 0, OPPOSE: 0, UNDECIDED: 0 },
              },
            ],
          },
        },
      ],
    });
  });
  it('is opened before it is tallied or closed, and closed once', () => {
    expect(given.when(close).refused).toBe('a-consultation-is-opened-first');
    expect(given.when(tally(), { streams }).refused).toBe('a-consultation-is-opened-first');
    const closed = spec.given(...opened, consultationClosed());
    expect(closed.when(close)).toEqual({ events: [] });
    expect(closed.when(tally(), { streams }).refused).toBe('a-consultation-is-opened-first');
  });
});

describe('a waiver of the consultation', () => {
  const request: CharterCommand = {
    type: 'charter.RequestConsultationWaiver',
    data: { charter: 'BELONGING', reason: 'One word.' },
  };
  const waive: CharterCommand = {
    type: 'charter.WaiveConsultation',
    data: { charter: 'BELONGING', reason: 'Nothing of substance.' },
  };
  const given = [drafted(), principleAdded()];
  const { events: requested = [] } = spec.given(...given).when(request, { actor: HR });
  const asked = requested.map((event) => ({ ...event, actor: HR }));

  it('is asked for by one and decided by another', () => {
    expect(requested).toEqual([
      {
        type: 'charter.CharterConsultationWaiverRequested.v1',
        data: {
          charterId: 'charter:BELONGING',
          requestedBy: 'person-hr',
          reason: { toSeal: 'One word.', subjects: ['person-hr'] },
        },
      },
    ]);
    expect(spec.given(...given, ...asked).when(waive, { actor: CHAIR })).toEqual({
      events: [
        {
          type: 'charter.CharterConsultationWaived.v1',
          data: {
            charterId: 'charter:BELONGING',
            approvers: ['person-hr', 'person-chair'],
            reason: { toSeal: 'Nothing of substance.', subjects: ['person-chair'] },
          },
        },
      ],
    });
  });
  it('is not decided by who asked, nor in their name, nor by whom it was asked for', () => {
    expect(spec.given(...given, ...asked).when(waive, { actor: HR }).refused).toBe(
      'two-different-people-waive-a-charter-consultation',
    );
    expect(spec.given(...given, ...asked).when(waive, { actor: CHAIR, onBehalfOf: 'person-hr' }).refused).toBe(
      'two-different-people-waive-a-charter-consultation',
    );
    const delegated = requested.map((event) => ({ ...event, onBehalfOf: 'person-chair' }));
    expect(spec.given(...given, ...delegated).when(waive, { actor: CHAIR }).refused).toBe(
      'two-different-people-waive-a-charter-consultation',
    );
  });
  it('is asked for before it is decided, once, and decided once', () => {
    expect(spec.given(...given).when(waive).refused).toBe('a-charter-waiver-is-requested-before-it-is-decided');
    expect(spec.given(...given, ...asked).when(request)).toEqual({ events: [] });
    const { events = [] } = spec.given(...given, ...asked).when(waive, { actor: CHAIR });
    expect(spec.given(...given, ...asked, ...events).when(waive, { actor: CHAIR })).toEqual({ events: [] });
  });
  it('is of the draft it was given for: a later change needs another', () => {
    const { events: granted = [] } = spec.given(...given, ...asked).when(waive, { actor: CHAIR });
    const changed = [...given, ...asked, ...granted, principleAdded({ principleId: 'MET' })];
    const adopt: CharterCommand = {
      type: 'charter.AdoptCharter',
      data: { charter: 'BELONGING', effectiveFrom: '2026-07-01' },
    };
    expect(spec.given(...changed).when(adopt, { actor: CHAIR, streams: withOrganization }).refused).toBe(
      'a-charter-is-adopted-after-a-consultation',
    );
    expect(spec.given(...given, ...asked, rewordedTo('Other.')).when(waive, { actor: CHAIR }).refused).toBe(
      'a-charter-waiver-is-requested-before-it-is-decided',
    );
    expect(spec.given(...changed).when(request, { actor: HR }).events).toHaveLength(1);
  });
  it('serves one version only', () => {
    const { events = [] } = spec.given(...given, ...asked).when(waive, { actor: CHAIR });
    const waived = [...given, ...asked, ...events];
    const adopt: CharterCommand = {
      type: 'charter.AdoptCharter',
      data: { charter: 'BELONGING', effectiveFrom: '2026-07-01' },
    };
    const adopted = spec.given(...waived).when(adopt, { actor: CHAIR, streams: withOrganization });
    expect(adopted.events?.[0]?.data).toMatchObject({
      consultation: null,
      consultationSummaryHash: null,
    });
    const amend: CharterCommand = {
      type: 'charter.AmendCharter',
      data: { charter: 'BELONGING', effectiveFrom: '2026-08-01' },
    };
    const next = [...waived, ...(adopted.events ?? []), principleAdded({ principleId: 'MET' })];
    expect(spec.given(...next).when(amend, { streams: withOrganization }).refused).toBe(
      'a-charter-is-adopted-after-a-consultation',
    );
  });
});

describe('an adoption', () => {
  const adopt = (more: Partial<Data<'charter.AdoptCharter'>> = {}): CharterCommand => ({
    type: 'charter.AdoptCharter',
    data: {
      charter: 'BELONGING',
      effectiveFrom: '2026-07-01',
      consultationSummaryHash: 'cd'.repeat(32),
      ...more,
    },
  });
  const amend = (more: Partial<Data<'charter.AmendCharter'>> = {}): CharterCommand => ({
    type: 'charter.AmendCharter',
    data: { ...adopt(more).data } as Data<'charter.AmendCharter'>,
  });
  const consulted = [drafted(), principleAdded(), consultationOpened(), tallied('NURSES', 12), consultationClosed()];
  const at = { actor: CHAIR, streams: withOrganization };

  it('makes the first version, with its principles, of a draft that others than leaders were heard on', () => {
    expect(spec.given(...consulted).when(adopt(), at)).toEqual({
      events: [charterAdopted({ effectiveFrom: '2026-07-01', consultationSummaryHash: 'cd'.repeat(32) })],
    });
  });
  it('is refused without a consultation, or while it is open', () => {
    for (const given of [[drafted(), principleAdded()], consulted.slice(0, 4)])
      expect(spec.given(...given).when(adopt(), at).refused).toBe('a-charter-is-adopted-after-a-consultation');
  });
  it('is refused after a consultation that was shorter than policy now says', () => {
    const { policy } = organization();
    const longer = organization({ policy: { ...policy, charterConsultationDays: 15 } });
    expect(spec.given(...consulted).when(adopt(), { actor: CHAIR, streams: { [ORGANIZATION]: longer } }).refused).toBe(
      'a-charter-is-consulted-on-as-long-as-policy-says',
    );
  });
  it('is refused when only leaders have answered, or nobody', () => {
    const opened = [drafted(), principleAdded(), consultationOpened()];
    for (const given of [
      [...opened, tallied('HEADS', 12), consultationClosed()],
      [...opened, consultationClosed()],
    ])
      expect(spec.given(...given).when(adopt(), at).refused).toBe(
        'a-charter-is-adopted-after-others-than-leaders-were-heard',
      );
  });
  it('names the summary of its consultation', () => {
    const { consultationSummaryHash: _hash, ...data } = adopt().data as Data<'charter.AdoptCharter'>;
    expect(spec.given(...consulted).when({ type: 'charter.AdoptCharter', data }, at).refused).toBe(
      'an-adoption-names-the-summary-of-its-consultation',
    );
  });
  it.each<readonly [string, CharterEvent]>([
    ['added', principleAdded({ principleId: 'MET' })],
    ['reworded', rewordedTo('Whoever speaks up is thanked.')],
    ['withdrawn', withdrawn],
  ])('is refused when a principle was %s after the consultation: people answered to other words', (_what, change) => {
    const seen = principleAdded({ principleId: 'SEEN', text: 'Nobody is passed over.' });
    const [draft, ...rest] = consulted;
    const given = spec.given(...(draft ? [draft] : []), seen, ...rest, change);
    expect(given.when(adopt(), at).refused).toBe('what-is-adopted-is-what-was-consulted-on');
  });
  it('is free when what was changed was changed back', () => {
    const given = spec.given(...consulted, rewordedTo('Other.'), rewordedTo(heard.text));
    expect(given.when(adopt(), at).events).toHaveLength(1);
  });
  it('bears a sealed reason when it takes effect longer ago than the policy allows', () => {
    const back = (more: object) => spec.given(...consulted).when(adopt({ effectiveFrom: '2026-05-14', ...more }), at);
    expect(back({}).refused).toBe('what-is-recorded-late-bears-a-reason');
    expect(back({ effectiveFrom: '2026-05-15' }).events).toHaveLength(1);
    expect(back({ reason: 'Adopted on paper then.' }).events?.[0]?.data).toMatchObject({
      effectiveFrom: '2026-05-14',
      lateReason: { toSeal: 'Adopted on paper then.', subjects: ['person-chair'] },
    });
  });
  it('needs a principle', () => {
    const { events = [] } = spec.given(...consulted).when({
      type: 'charter.WithdrawPrinciple',
      data: { charter: 'BELONGING', principleId: 'HEARD', reason: 'No.' },
    });
    expect(spec.given(...consulted, ...events).when(adopt(), at).refused).toBe('a-charter-has-a-principle');
  });
  it('is done once; an adopted version does not change', () => {
    const adopted = [...consulted, charterAdopted()];
    expect(spec.given(...adopted).when(adopt(), at).refused).toBe('an-adopted-version-does-not-change');
    expect(spec.given(...consulted).when(amend(), at).refused).toBe('a-charter-is-adopted-before-it-is-amended');
    const after = charterState(...adopted, principleAdded({ principleId: 'MET' }));
    expect(after.versions[0]?.principles).toEqual([{ ...heard, inheritedFrom: null }]);
  });
  it('is inherited by a local variant, beside its own principles', () => {
    const parent = charterState(drafted(), charterAdopted({ version: 3 }));
    const variant = [
      drafted({ code: 'WARD', parentCharterId: 'charter:PARENT' }),
      principleAdded({ principleId: 'MET' }),
      ...consulted.slice(2),
    ];
    const streams = { ...withOrganization, 'charter:PARENT': parent };
    expect(
      spec.given(...variant).when(adopt({ charter: 'WARD' }), { actor: CHAIR, streams }).events?.[0]?.data,
    ).toMatchObject({
      parent: { charterId: 'charter:PARENT', version: 3 },
      principles: [
        { principleId: 'HEARD', inheritedFrom: 'charter:PARENT' },
        { principleId: 'MET', inheritedFrom: null },
      ],
    });
  });

  describe('of a later version', () => {
    const second = consultationOpened({ round: 2 });
    const before = [...consulted, charterAdopted()];
    const heardAgain = [second, tallied('NURSES', 9), consultationClosed()];
    const added = principleAdded({ principleId: 'MET', text: 'Nobody eats alone.' });

    it('says what was added, reworded and withdrawn', () => {
      const decision = spec.given(...before, added, rewordedTo('Other.'), ...heardAgain).when(amend(), at);
      expect(decision.events?.[0]).toMatchObject({
        type: 'charter.CharterAmended.v1',
        data: { version: 2, diff: { added: ['MET'], reworded: ['HEARD'], withdrawn: [] }, consultation: 2 },
      });
      expect(spec.given(...before, added, withdrawn, ...heardAgain).when(amend(), at).events?.[0]?.data).toMatchObject({
        diff: { added: ['MET'], reworded: [], withdrawn: ['HEARD'] },
      });
    });
    it('rests on a consultation of its own', () => {
      expect(spec.given(...before, added).when(amend(), at).refused).toBe('a-charter-is-adopted-after-a-consultation');
    });
    it('changes something', () => {
      expect(spec.given(...before, ...heardAgain).when(amend(), at).refused).toBe('an-amendment-changes-something');
    });
    it('takes effect after the one before', () => {
      const given = spec.given(...before, added, ...heardAgain);
      expect(given.when(amend({ effectiveFrom: '2026-01-01' }), at).refused).toBe(
        'a-version-takes-effect-after-the-one-before',
      );
      expect(given.when(amend({ effectiveFrom: '2026-01-02', reason: 'Late.' }), at).events).toHaveLength(1);
    });
  });
});

describe('the version in force', () => {
  const two = charterState(drafted(), charterAdopted(), charterAdopted({ version: 2, effectiveFrom: '2026-06-01' }));
  it('is the newest that has taken effect by the day', () => {
    expect(charterInForce(two, '2025-12-31')).toBeUndefined();
    expect(charterInForce(two, '2026-05-31')?.version).toBe(1);
    expect(charterInForce(two, '2026-06-01')?.version).toBe(2);
  });
  it('is none of a charter that is retired or was never adopted', () => {
    expect(charterInForce({ ...two, state: 'RETIRED' }, '2026-06-01')).toBeUndefined();
    expect(charterInForce(charterFacts.initial, '2026-06-01')).toBeUndefined();
  });
});

describe('a retired charter', () => {
  const retire: CharterCommand = { type: 'charter.RetireCharter', data: { charter: 'BELONGING', reason: 'Replaced.' } };
  const { events = [] } = spec.given(drafted(), charterAdopted()).when(retire, { actor: CHAIR });

  it('says which version was the last', () => {
    expect(events).toEqual([
      {
        type: 'charter.CharterRetired.v1',
        data: {
          charterId: 'charter:BELONGING',
          version: 1,
          retiredBy: 'person-chair',
          reason: { toSeal: 'Replaced.', subjects: ['person-chair'] },
        },
      },
    ]);
    expect(spec.given(drafted()).when(retire).events?.[0]?.data).toMatchObject({ version: 0 });
  });
  it('stays as it is', () => {
    const given = spec.given(drafted(), charterAdopted(), ...events);
    expect(given.when(retire)).toEqual({ events: [] });
    expect(given.when({ type: 'charter.CloseConsultation', data: { charter: 'BELONGING' } }).refused).toBe(
      'a-retired-charter-stays-as-it-is',
    );
  });
});
