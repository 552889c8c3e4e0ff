import { accept, specify, stateOf } from '@plumbline/kernel';
import { calendarFacts } from '@plumbline/organization/facts';
import type { DisclosureCommand } from './disclosure.commands';
import { disclosureDecider } from './disclosure.decider';
import type { DisclosureEvent } from './disclosure.events';

const { given } = specify(disclosureDecider);
const DAY = '2026-11-23';
const lastDay = (date: string) => ({
  streams: { 'calendar:CALENDAR': stateOf(calendarFacts, { type: 'organization.DayBegan.v1', data: { date } }) },
});
const today = lastDay(DAY);

type View = Extract<DisclosureEvent, { type: 'assurance.RestrictedReportViewed.v1' }>['data'];
type Export = Extract<DisclosureEvent, { type: 'assurance.ExportGenerated.v1' }>['data'];
type Refused = Extract<DisclosureEvent, { type: 'assurance.DisclosureRefused.v1' }>['data'];

const view: View = {
  ...{ day: DAY, viewer: 'person-hr', role: 'hr', report: 'R3', cycle: '2026', leader: 'person-head', unit: null },
  asOf: 'event-106',
};
const viewing = (change: Partial<View> = {}): DisclosureCommand => ({
  type: 'assurance.RecordReportView',
  data: { ...view, ...change },
});
const viewed: DisclosureEvent = { type: 'assurance.RestrictedReportViewed.v1', data: view };

const file: Export = { ...view, format: 'csv', manifestHash: 'ab'.repeat(32) };
const exporting = (change: Partial<Export> = {}): DisclosureCommand => ({
  type: 'assurance.RecordExport',
  data: { ...file, ...change },
});
const exported: DisclosureEvent = { type: 'assurance.ExportGenerated.v1', data: file };

const refusal: Refused = {
  ...{ day: DAY, viewer: 'person-x', report: 'R3', leader: 'person-head' },
  rule: 'a-person-acts-in-a-role-they-hold',
};
const refusing = (change: Partial<Refused> = {}): DisclosureCommand => ({
  type: 'assurance.RecordDisclosureRefusal',
  data: { ...refusal, ...change },
});
const refused: DisclosureEvent = { type: 'assurance.DisclosureRefused.v1', data: refusal };

describe('the view of a restricted report', () => {
  it('is recorded with who saw what, in which role, as of which event', () => {
    expect(given().when(viewing(), today)).toEqual(accept(viewed));
  });

  it('is recorded once a person, report, subject and day, however often and as of whatever it is shown again', () => {
    expect(given(viewed).when(viewing({ asOf: 'event-200' }), today)).toEqual(accept());
    expect(given(viewed).when(viewing({ cycle: '2026' }), today)).toEqual(accept());
  });

  it.each([
    [{ report: 'R4' }],
    [{ leader: 'person-other' }],
    [{ leader: null }],
    [{ cycle: '2027' }],
    [{ unit: 'ICU' }],
  ])('is recorded beside another with %j', (change) => {
    expect(given(viewed).when(viewing(change), today)).toEqual(
      accept({ type: 'assurance.RestrictedReportViewed.v1', data: { ...view, ...change } }),
    );
  });

  it('in another role is another view', () => {
    expect(given(viewed).when(viewing({ role: 'auditor' }), today).events).toHaveLength(1);
  });

  it('of a code is the same view however the code is written', () => {
    const icu = { type: 'assurance.RestrictedReportViewed.v1', data: { ...view, unit: 'ICU' } } as const;
    expect(given(icu).when(viewing({ unit: 'icu' }), today)).toEqual(accept());
  });
});

describe('a restricted report as a file', () => {
  it('is recorded with its form and the hash of what it says', () => {
    expect(given(viewed).when(exporting(), today)).toEqual(accept(exported));
  });

  it('is recorded once a content and form', () => {
    expect(given(viewed, exported).when(exporting({ asOf: 'event-200' }), today)).toEqual(accept());
    expect(given(viewed, exported).when(exporting({ format: 'xlsx' }), today).events).toHaveLength(1);
    expect(given(viewed, exported).when(exporting({ manifestHash: 'cd'.repeat(32) }), today).events).toHaveLength(1);
  });
});

describe('the refusal of a restricted report', () => {
  it('is recorded with its rule, once a day', () => {
    expect(given().when(refusing(), today)).toEqual(accept(refused));
    expect(given(refused).when(refusing(), today)).toEqual(accept());
  });

  it('by another rule, or about another leader, is another', () => {
    for (const change of [{ rule: 'a-report-is-for-its-audience' }, { leader: null }])
      expect(given(refused).when(refusing(change), today).events).toHaveLength(1);
  });
});

it.each([viewing(), exporting(), refusing()])(
  '$type is refused for a day that is not the last that began',
  (command) => {
    const rule = 'a-disclosure-belongs-to-the-day-that-last-began';
    expect(given().when(command, lastDay('2026-11-24'))).toEqual({ refused: rule, detail: 'The day is 2026-11-24.' });
    expect(given().when(command, lastDay('2026-11-22')).refused).toBe(rule);
    expect(given().when(command)).toEqual({ refused: rule, detail: 'No day has begun yet.' });
  },
);
