import { actionsImporter } from './actions.importer';

const lead = '0c1f7a52-3a86-8e35-9c57-2b9f6c0d4e11';
const options = {
  importId: 'c1f4a3c6-7f6a-8b65-bb52-6c1d9f3f7a20',
  source: 'actions.csv',
  complete: false,
  effective: '2026-11-23',
  personIdOf: () => lead,
};
const plan = (fields: Record<string, string>) => actionsImporter.plan({ line: 4, fields }, options);
const buddy = {
  action: 'BUDDY-2026',
  title: 'A buddy for everyone who joins',
  type: 'BUDDY',
  unit: 'EASTMERE',
  decisionRight: 'CO_DECIDE',
  from: '2026-01-01',
  to: '2026-12-31',
};

describe('a row of an actions file', () => {
  it('plans an action', () => {
    const more = {
      commitments: 'C01; C02',
      leadingMetrics: 'AGREED',
      plannedDeliveries: '12',
      lead: 'p-1',
      budget: '',
    };
    expect(plan({ ...buddy, ...more }).commands).toEqual([
      {
        type: 'programs.PlanAction',
        data: {
          code: 'BUDDY-2026',
          title: 'A buddy for everyone who joins',
          type: 'BUDDY',
          unit: 'EASTMERE',
          decisionRight: 'CO_DECIDE',
          from: '2026-01-01',
          to: '2026-12-31',
          commitments: ['C01', 'C02'],
          leadingMetrics: ['AGREED'],
          plannedDeliveries: 12,
          lead,
        },
      },
    ]);
  });
  it('says who may take part and what it is given, where the columns are filled', () => {
    const more = { eligibility: 'Everyone in their first ninety days', openToAll: 'yes' };
    const given = { budget: '1200.50', currency: 'GBP', fte: '0.2', resourceSource: 'Wellbeing fund' };
    expect(plan({ ...buddy, ...more, ...given }).commands.slice(1)).toEqual([
      {
        type: 'programs.DeclareEligibility',
        data: { action: 'BUDDY-2026', rule: 'Everyone in their first ninety days', openToAll: true },
      },
      {
        type: 'programs.ResourceAction',
        data: {
          action: 'BUDDY-2026',
          budget: { amount: '1200.50', currency: 'GBP' },
          fte: '0.2',
          source: 'Wellbeing fund',
        },
      },
    ]);
  });
  it('is said in words', () => {
    const words = plan({ ...buddy, eligibility: 'Everyone', openToAll: 'yes' }).commands.map((command) =>
      actionsImporter.words!(command),
    );
    expect(words).toEqual([
      'BUDDY-2026 "A buddy for everyone who joins" is planned for EASTMERE, 2026-01-01 to 2026-12-31',
      'BUDDY-2026 is for: Everyone',
    ]);
  });
});

describe('a row of an actions file is refused', () => {
  it.each([
    ['without a unit', { unit: '' }, 'unit'],
    ['with a code that is none', { action: 'A B' }, 'action'],
    ['with a day that is none', { to: '2026-02-30' }, 'to'],
    ['with a count that is none', { plannedDeliveries: 'many' }, 'plannedDeliveries'],
    ['with a budget that is none', { budget: '1,200', currency: 'GBP', resourceSource: 'Fund' }, 'budget'],
    ['with a budget in no currency', { budget: '1200', resourceSource: 'Fund' }, 'currency'],
    ['with resources from nowhere', { fte: '0.2' }, 'resourceSource'],
    ['with an opening to nobody in particular', { openToAll: 'yes' }, 'eligibility'],
  ])('%s, by its own column', (_, more, column) => {
    expect(plan({ ...buddy, ...more } as Record<string, string>)).toMatchObject({
      commands: [],
      problems: [{ line: 4, column, rule: 'a-field-has-its-form' }],
    });
  });
  it('with a flag that says neither yes nor no', () => {
    expect(plan({ ...buddy, structuralChange: 'perhaps' }).problems).toMatchObject([
      { column: 'structuralChange', value: 'perhaps', rule: 'a-flag-says-yes-or-no' },
    ]);
  });
});
