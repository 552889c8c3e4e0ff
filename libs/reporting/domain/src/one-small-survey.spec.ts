import { cellOf, History } from './history.testing';

const LINEAR = { curve: 'LINEAR', threshold: '60', target: '70', stretch: '80' } as const;

/** A house of 300 people that asks all of them once a year; NORTH, SOUTH, EAST and WEST are its parts, LOW and ODD answer badly. */
function house(): History {
  return new History()
    .configured()
    .unit('ORG')
    .unit('NORTH', 'ORG')
    .unit('SOUTH', 'ORG')
    .unit('EAST', 'ORG')
    .unit('WEST', 'ORG')
    .unit('LOW', 'ORG')
    .unit('ODD', 'ORG')
    .unit('EMPTY', 'ORG')
    .metric('VOICE', { name: 'I can speak up' })
    .release('S-2026')
    .calendar(['YEARLY'], 30, 10);
}

type Answer = readonly [unit: string, num: number, den: number, eligible: number];

function answered(history: History, more?: Answer): History {
  const ask = (unit: string, num: number, den: number, eligible: number): void => {
    history.observe('VOICE', unit, '2026', 'S-2026', { num: String(num), den: String(den), n: den, eligible });
  };
  ask('NORTH', 39, 60, 80);
  ask('SOUTH', 20, 40, 70);
  ask('EAST', 2, 3, 6);
  ask('WEST', 9, 12, 20);
  ask('LOW', 8, 10, 40);
  if (more) ask(...more);
  return history
    .target('VOICE', 'NORTH', '2026', LINEAR, '55')
    .target('VOICE', 'SOUTH', '2026', LINEAR, '55')
    .target('VOICE', 'WEST', '2026', LINEAR, '55')
    .target('VOICE', 'EAST', '2026', LINEAR, '55');
}

const figure = (history: History, unit: string) => cellOf(history.report({ unit }), 'VOICE/value');

describe('a small survey of its own', () => {
  it('is inconclusive where the target lies inside the margin', () => {
    expect(figure(answered(house()).day('2027-01-10'), 'NORTH')).toMatchObject({
      value: '65',
      state: 'INCONCLUSIVE',
      status: null,
      n: 60,
      eligible: 80,
      margin: '6.028695',
      interval: { low: '58.732044', high: '70.789434' },
      target: '70',
      remarks: ['The target lies inside the margin: neither met nor missed.'],
    });
  });

  it('is off track where it is short of the threshold', () => {
    expect(figure(answered(house()).day('2027-01-10'), 'SOUTH')).toMatchObject({
      value: '50',
      state: 'OK',
      status: 'OFF_TRACK',
      n: 40,
      eligible: 70,
    });
  });

  it('hides a small group, and one more through which it would be found', () => {
    for (const unit of ['EAST', 'LOW']) {
      const history = answered(house()).day('2027-01-10');
      history.observe('VOICE', 'ORG', '2026', 'S-2026', { num: '78', den: '125', n: 125, eligible: 216 });
      expect(figure(history, unit)).toEqual({
        key: 'VOICE/value',
        label: 'VOICE I can speak up · value',
        value: null,
        state: 'SUPPRESSED',
        reasonCode: null,
        status: null,
        n: null,
        base: null,
        eligible: null,
        numerator: null,
        margin: null,
        interval: null,
        target: null,
        unit: '%',
        period: '2026',
        word: null,
        remarks: ['Hidden to protect small groups.'],
      });
    }
  });

  it('adds up the parts where the whole was not asked, and hides for that sum too', () => {
    const history = answered(house()).day('2027-01-10');
    expect(cellOf(history.report(), 'VOICE/value')).toMatchObject({
      value: '62.4',
      n: 125,
      eligible: 216,
      state: 'NO_TARGET',
      remarks: ['Nothing to hold it against.', '5 of 7 units.'],
    });
    expect(figure(history, 'LOW').state).toBe('SUPPRESSED');
    expect(figure(history, 'WEST').state).toBe('INCONCLUSIVE');
  });

  it('is shown and not evaluated below the gate', () => {
    const history = answered(house(), ['ODD', 1, 8, 9]).day('2027-01-10');
    expect(figure(history, 'LOW')).toMatchObject({
      value: '80',
      state: 'NOT_EVALUABLE',
      reasonCode: 'LOW_RESPONSE',
      status: null,
      n: 10,
      remarks: ['Response 25.0 %, below the gate of 50 %. Shown, not evaluated.'],
    });
  });

  it('gives counts and no rate where more answered than were asked', () => {
    const history = answered(house()).metric('RR', { formulaRef: 'response-rate' }).day('2027-01-10');
    history.observe('VOICE', 'ODD', '2026', 'S-2026', { num: '600', den: '1020', n: 1020, eligible: 1000 });
    expect(figure(history, 'ODD')).toMatchObject({
      value: null,
      state: 'POPULATION_MISMATCH',
      n: 1020,
      eligible: 1000,
      remarks: ['1,020 answers from 1,000 asked.'],
    });
  });

  it('has a rate above the whole as mismatch of the rate alone, without counts where none were given', () => {
    const history = house()
      .metric('RR', { formulaRef: 'response-rate' })
      .release('PUB', { sourceMinN: 10, responseRateByUnit: { 'unit:ODD': '102', 'unit:LOW': '23' } });
    for (const unit of ['ODD', 'LOW']) {
      history.observe('VOICE', unit, '2026', 'PUB', { value: '61' });
      history.observe('RR', unit, '2026', 'PUB', { value: unit === 'ODD' ? '102' : '23' });
    }
    history.day('2027-01-10');
    expect(cellOf(history.report({ unit: 'ODD' }), 'RR/value')).toMatchObject({
      value: null,
      state: 'POPULATION_MISMATCH',
      remarks: ['More answers than people asked.'],
    });
    expect(figure(history, 'ODD')).toMatchObject({ value: '61', state: 'NO_BASE' });
    expect(figure(history, 'LOW')).toMatchObject({
      value: '61',
      state: 'NOT_EVALUABLE',
      reasonCode: 'LOW_RESPONSE',
      remarks: ['Response 23.0 %, below the gate of 50 %. Shown, not evaluated.'],
    });
    expect(cellOf(history.report({ unit: 'LOW' }), 'RR/value')).toMatchObject({
      value: '23',
      state: 'NOT_EVALUABLE',
      reasonCode: 'LOW_RESPONSE',
    });
  });

  it('is shown without a count only if its source publishes no smaller group', () => {
    const history = house().release('PUB', { sourceMinN: 10 }).release('BLOG', { sourceMinN: 3 });
    history.observe('VOICE', 'NORTH', '2026', 'PUB', { value: '61' });
    history.observe('VOICE', 'SOUTH', '2026', 'BLOG', { value: '62' });
    history.day('2027-01-10');
    expect(figure(history, 'NORTH')).toMatchObject({ value: '61', state: 'NO_BASE', status: null });
    expect(figure(history, 'SOUTH')).toMatchObject({ value: null, state: 'SUPPRESSED' });
  });

  it('grows stale after one and a half times its cadence, by the last day that began', () => {
    const history = answered(house());
    expect(figure(history.day('2028-06-30'), 'SOUTH').state).toBe('OK');
    expect(figure(history.day('2028-07-01'), 'SOUTH')).toMatchObject({
      state: 'STALE',
      status: null,
      value: '50',
      remarks: ['548 days old; due every 365.'],
    });
  });

  it('does not let a point of its course grow stale', () => {
    const history = answered(house()).day('2028-07-01');
    expect(cellOf(history.report({ unit: 'SOUTH' }), 'VOICE/value/2026')).toMatchObject({
      state: 'OK',
      status: 'OFF_TRACK',
    });
  });

  it('has no data where nothing was observed and nobody owed it', () => {
    expect(figure(answered(house()).day('2027-01-10'), 'EMPTY')).toMatchObject({
      value: null,
      state: 'NO_DATA',
      remarks: ['Nothing was observed.'],
    });
  });

  it('is not due, then not reported, where a target stands and nothing was said', () => {
    const history = house().target('VOICE', 'EMPTY', '2026', LINEAR, '55');
    expect(figure(history.day('2027-02-09'), 'EMPTY')).toMatchObject({
      state: 'NOT_DUE',
      status: null,
      remarks: ['Not due till 2027-02-09.'],
    });
    expect(figure(history.day('2027-02-10'), 'EMPTY')).toMatchObject({
      state: 'NOT_REPORTED',
      status: 'OFF_TRACK',
      remarks: ['Nobody reported 2026.'],
    });
  });

  it('falls due on no day on which everyone who leads the unit is absent, and says nothing of when they are back', () => {
    const absent = (history: History, person: string, from: string, to: string): History => {
      history.add('organization.LeaderAbsenceRecorded.v1', { personId: person, from, to });
      return history;
    };
    const owed = () => house().target('VOICE', 'EMPTY', '2026', LINEAR, '55').leads('head', 'EMPTY');
    const away = () => absent(owed(), 'head', '2027-01-15', '2027-03-01');
    expect(figure(away().day('2027-04-10'), 'EMPTY')).toMatchObject({ state: 'NOT_DUE', remarks: ['Not due yet.'] });
    expect(figure(away().day('2027-04-11'), 'EMPTY')).toMatchObject({ state: 'NOT_REPORTED' });
    const deputy = away().leads('deputy', 'EMPTY');
    expect(figure(deputy.day('2027-02-10'), 'EMPTY')).toMatchObject({ state: 'NOT_REPORTED' });
    const both = absent(away().leads('deputy', 'EMPTY'), 'deputy', '2027-01-20', '2027-02-04');
    expect(figure(both.day('2027-03-10'), 'EMPTY')).toMatchObject({ state: 'NOT_DUE' });
    expect(figure(both.day('2027-03-11'), 'EMPTY')).toMatchObject({ state: 'NOT_REPORTED' });
    expect(figure(absent(owed(), 'head', '2027-02-01', '2027-03-01').day('2027-02-10'), 'EMPTY')).toMatchObject({
      state: 'NOT_REPORTED',
    });
  });

  it('does not hide behind an older figure what was not reported since', () => {
    const history = answered(house()).target('VOICE', 'SOUTH', '2027', LINEAR, '50').day('2028-02-10');
    expect(figure(history, 'SOUTH')).toMatchObject({ state: 'NOT_REPORTED', period: '2027', status: 'OFF_TRACK' });
  });

  it('is held at amber while unverified or disputed, and says so', () => {
    const high = { num: '66', den: '70', n: 70, eligible: 70 };
    const unverified = house().target('VOICE', 'SOUTH', '2026', LINEAR, '55');
    unverified.observe('VOICE', 'SOUTH', '2026', 'S-2026', high, false);
    expect(figure(unverified.day('2027-01-10'), 'SOUTH')).toMatchObject({
      status: 'AT_RISK',
      reasonCode: 'UNVERIFIED',
      remarks: ['Evidence unverified.'],
    });
    const disputed = house().target('VOICE', 'SOUTH', '2026', LINEAR, '55');
    disputed.observe('VOICE', 'SOUTH', '2026', 'S-2026', high);
    expect(figure(disputed.day('2027-01-10'), 'SOUTH')).toMatchObject({ status: 'ON_TRACK', reasonCode: null });
    disputed.dispute('VOICE', 'SOUTH', '2026');
    expect(figure(disputed, 'SOUTH')).toMatchObject({
      status: 'AT_RISK',
      reasonCode: 'DISPUTED',
      remarks: ['A dispute is open.'],
    });
  });

  it('is verified with its whole import, if it was there when the import was', () => {
    const history = house().target('VOICE', 'SOUTH', '2026', LINEAR, '55').day('2027-01-10');
    history.observe('VOICE', 'SOUTH', '2026', 'S-2026', { num: '66', den: '70', n: 70, eligible: 70 }, false);
    const checked = { importId: 'import-1', sampleSeed: 's', sampleSize: 5, by: 'verifier', method: 'sample' };
    history.add('metrics.ObservationBatchVerified.v1', checked, '2027-01-09T00:00:00.000Z');
    expect(figure(history, 'SOUTH')).toMatchObject({ reasonCode: 'UNVERIFIED' });
    history.add('metrics.ObservationBatchVerified.v1', checked, '2027-01-11T00:00:00.000Z');
    expect(figure(history, 'SOUTH')).toMatchObject({ status: 'ON_TRACK', reasonCode: null });
  });

  it('says "fewer than 10" of few sensitive cases', () => {
    const history = house()
      .metric('EXITS', { formulaRef: 'record-share', sourceType: 'RECORDS', subject: 'SENSITIVE', level: 'OUTCOME' })
      .day('2027-01-10');
    history.observe('EXITS', 'NORTH', '2026', null, { num: '4', den: '80' });
    expect(cellOf(history.report({ unit: 'NORTH' }), 'EXITS/value')).toMatchObject({
      value: null,
      state: 'SUPPRESSED',
      base: 80,
      numerator: null,
      word: 'fewer than 10',
    });
    history.observe('EXITS', 'SOUTH', '2026', null, { num: '2', den: '9' });
    for (const unit of ['NORTH', 'SOUTH'])
      expect(cellOf(history.report({ unit }), 'EXITS/value')).toMatchObject({
        state: 'SUPPRESSED',
        base: null,
        word: null,
      });
  });
});

describe('a figure made of units that too few answered in', () => {
  it('is not evaluated either, though only their rates are known', () => {
    const rolled = (rate: string) => {
      const history = new History().configured().day('2027-01-10').unit('ORG').unit('EAST', 'ORG').unit('WEST', 'ORG');
      history.metric('VOICE').release('S', { responseRateByUnit: { 'unit:EAST': rate, 'unit:WEST': '20' } });
      for (const unit of ['EAST', 'WEST']) history.observe('VOICE', unit, '2026', 'S', { num: '30', den: '60', n: 60 });
      return cellOf(history.report(), 'VOICE/value');
    };
    expect(rolled('30')).toMatchObject({ state: 'NOT_EVALUABLE', reasonCode: 'LOW_RESPONSE', value: '50' });
    expect(rolled('30').remarks).toContain('Response 24.0 %, below the gate of 50 %. Shown, not evaluated.');
  });
});
