import { accept, specify } from '@plumbline/kernel';
import { released, unit } from './given.testing';
import { releaseCommands, type ReleaseCommand } from './release.commands';
import { releaseDecider } from './release.decider';

const { given } = specify(releaseDecider);
const streams = { 'unit:GPA': unit('GPA'), 'unit:HMPS': unit('HMPS') };
const example = releaseCommands['metrics.RecordExternalRelease'].example;
const record = (more: Partial<ReleaseCommand['data']> = {}): ReleaseCommand => ({
  type: 'metrics.RecordExternalRelease',
  data: { ...example, ...more },
});

describe('recording an external release', () => {
  it('keeps what the publisher says, by unit id, and who declares it in which role', () => {
    expect(given().when(record(), { streams, actor: { id: 'person-d', role: 'data-steward' } })).toEqual(
      accept({
        type: 'metrics.ExternalReleaseRecorded.v1',
        data: {
          releaseId: 'release:CSPS-2020',
          code: 'CSPS-2020',
          source: 'Civil Service People Survey 2020, benchmark scores',
          instrument: 'Civil Service People Survey',
          fieldwork: { from: '2020-10-01', to: '2020-11-02' },
          sourceMinN: 10,
          eligibleByUnit: {},
          responseRateByUnit: { 'unit:GPA': '102', 'unit:HMPS': '23' },
          fileHash: '9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08',
          declaredBy: 'person-d',
          declaredRole: 'data-steward',
        },
      }),
    );
  });

  it('takes a response rate of 102 per cent as it is', () => {
    const [event] = given().when(record(), { streams }).events ?? [];
    expect(event?.data.responseRateByUnit['unit:GPA']).toBe('102');
  });

  it('does not know what nobody said', () => {
    const bare = record({ fieldwork: undefined, sourceMinN: undefined, responseRateByUnit: undefined });
    expect(given().when(bare).events?.[0]?.data).toMatchObject({
      fieldwork: null,
      sourceMinN: null,
      responseRateByUnit: {},
    });
  });

  it('records nothing when the same comes again from whoever declared it', () => {
    const again = record({ fieldwork: undefined, fileHash: 'ab'.repeat(32) });
    const { declaredBy } = released().data;
    expect(given(released()).when(again, { streams, actor: { id: declaredBy, role: 'hr' } })).toEqual(accept());
  });

  it('answers anyone else alike, whether the particulars are those that stand or not', () => {
    const same = given(released()).when(record({ fieldwork: undefined, fileHash: 'ab'.repeat(32) }), { streams });
    expect(same.refused).toBe('a-release-is-recorded-once');
    expect(given(released()).when(record({ sourceMinN: 5 }), { streams })).toEqual(same);
  });

  it('is refused when its code stands for other particulars', () => {
    expect(given(released()).when(record({ sourceMinN: 5 }), { streams }).refused).toBe('a-release-is-recorded-once');
  });

  it('is refused for units that nobody registered', () => {
    const decision = given().when(record({ eligibleByUnit: { NOWHERE: 12 } }), { streams });
    expect(decision).toMatchObject({
      refused: 'a-release-names-registered-units',
      detail: expect.stringContaining('NOWHERE'),
    });
  });

  it('is refused when one unit is named twice in different spellings', () => {
    const twice = record({ responseRateByUnit: { GPA: '102', gpa: '80' } });
    expect(given().when(twice, { streams }).refused).toBe('a-release-names-a-unit-once');
  });

  it('is refused when fieldwork ends before it begins', () => {
    const backwards = record({ fieldwork: { from: '2020-11-02', to: '2020-10-01' } });
    expect(given().when(backwards, { streams }).refused).toBe('fieldwork-ends-after-it-begins');
  });

  it('is refused for a negative response rate', () => {
    expect(given().when(record({ responseRateByUnit: { GPA: '-1' } }), { streams }).refused).toBe(
      'a-response-rate-is-not-negative',
    );
  });
});
