import { Actions } from './actions.testing';
import { belongingMatrixReport } from './belonging-matrix.report';
import { cellOf } from './history.testing';
import { isRefusal, type Question } from './report';

const tags = (component: string, moment: string | null = 'JOINING', structure = 'RELATIONSHIPS') => ({
  tags: { component, moment, structure, structureKind: 'PRACTICE' },
});
const log = (): Actions => new Actions().configured().day('2026-06-01').unit('ORG').unit('A', 'ORG') as Actions;
const report = (history: Actions, given: Partial<Question> = {}) => {
  const outcome = belongingMatrixReport.compute(history.rowsFor(belongingMatrixReport.reads), history.question(given));
  if (isRefusal(outcome)) throw new Error(outcome.refused);
  return outcome;
};
const flags = (history: Actions, row: string): string | null => cellOf(report(history), `${row}/flags`).word;

describe('moments, structures and components', () => {
  it('count what is done and what is observed in each', () => {
    const history = log();
    history.plan('BUDDY', tags('OPPORTUNITY'));
    history.deliver('BUDDY', '2026-05-01', 3);
    history.deliver('BUDDY', '2026-05-02');
    history.undeliver('BUDDY', '2026-05-02');
    history.plan('TRAINING', tags('COMPETENCY', 'JOINING', 'RESOURCES'));
    history.metric('BELONG', { frameworkTags: ['moment:Joining', 'csps:X'] });
    const found = report(history);
    expect(cellOf(found, 'moment:JOINING/actions').value).toBe('2');
    expect(cellOf(found, 'moment:JOINING/delivered').value).toBe('3');
    expect(cellOf(found, 'moment:JOINING/metrics').value).toBe('1');
    expect(cellOf(found, 'moment:JOINING/components').word).toBe('COMPETENCY 1, OPPORTUNITY 1, PERCEPTION 1');
    expect(cellOf(found, 'structure:RELATIONSHIPS/actions').value).toBe('1');
    expect(cellOf(found, 'component:PERCEPTION/metrics').value).toBe('1');
    expect(cellOf(found, 'TOTAL/actions').value).toBe('2');
    expect(found.cells.filter(({ key }) => key.endsWith('/actions'))).toHaveLength(8 + 4 + 4 + 1);
  });

  it('leave out what was given up, what is retired, and what selects people by class', () => {
    const history = log();
    history.plan('GONE', tags('OPPORTUNITY'));
    history.giveUp('GONE');
    history.metric('WATCHED', { frameworkTags: ['moment:JOINING'] }, 'MONITORING_ONLY');
    expect(cellOf(report(history), 'moment:JOINING/actions').value).toBe('0');
    expect(cellOf(report(history), 'moment:JOINING/metrics').value).toBe('0');
  });

  it('flag where people are only asked how it feels', () => {
    const history = log().metric('BELONG', { frameworkTags: ['moment:JOINING'] }) as Actions;
    expect(flags(history, 'moment:JOINING')).toBe('PERCEPTION_ONLY');
    expect(flags(history, 'TOTAL')).toBe('PERCEPTION_ONLY');
    history.plan('STORY', tags('PERCEPTION'));
    expect(flags(history, 'moment:JOINING')).toBe('PERCEPTION_ONLY');
    history.plan('BUDDY', tags('OPPORTUNITY'));
    expect(flags(history, 'moment:JOINING')).toBe('NONE');
  });

  it('do not flag it where something else is observed', () => {
    const history = log().metric('BELONG', { frameworkTags: ['moment:JOINING'] }) as Actions;
    history.metric('TIME_TO_BADGE', {
      ...{ kind: 'LEADING', level: 'PROCESS', frameworkTags: ['moment:JOINING', 'component:OPPORTUNITY'] },
    });
    expect(flags(history, 'moment:JOINING')).toBe('NONE');
  });

  it('flag where people are taught and no door is opened', () => {
    const history = log();
    history.plan('TRAINING', tags('COMPETENCY', 'DISSENTING', 'RESOURCES'));
    expect(flags(history, 'moment:DISSENTING')).toBe('COMPETENCY_WITHOUT_OPPORTUNITY');
    expect(flags(history, 'structure:RESOURCES')).toBe('COMPETENCY_WITHOUT_OPPORTUNITY');
    history.metric('SAFE', { frameworkTags: ['moment:DISSENTING'] });
    expect(flags(history, 'moment:DISSENTING')).toBe('PERCEPTION_ONLY, COMPETENCY_WITHOUT_OPPORTUNITY');
  });

  it('flag dissent, repair and leaving when nobody looks there, and no other moment', () => {
    const empty = report(log())
      .cells.filter(({ key, word }) => key.endsWith('/flags') && word === 'EMPTY')
      .map(({ key }) => key);
    expect(empty).toEqual(['moment:DISSENTING/flags', 'moment:REPAIRING/flags', 'moment:DEPARTING/flags']);
  });

  it('are those of the unit asked for and below it', () => {
    const history = log();
    history.plan('BUDDY', tags('OPPORTUNITY'));
    history.plan('LOCAL', { ...tags('OPPORTUNITY'), unitId: 'unit:A' });
    expect(cellOf(report(history, { unit: 'A' }), 'TOTAL/actions').value).toBe('1');
  });
});
