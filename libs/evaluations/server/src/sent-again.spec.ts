import { as, EvaluationsDeployment, personId } from './evaluations-deployment.testing';

it('a cycle that is opened again just as it was is nothing, in whatever order its fields are read back', async () => {
  const house = new EvaluationsDeployment();
  house.now = '2026-01-05T09:00:00.000Z';
  const open = {
    ...{ code: 'C2026', period: '2026', ruleSet: '1', population: [{ group: 'HEADS', leaders: [personId(5)] }] },
    calendar: { acceptBy: '2026-02-09', freezeFrom: '2026-02-10', acknowledgeBy: '2026-03-31' },
  };
  await house.done(as(1, 'hr'), 'evaluations.OpenCycle', open);
  expect(await house.send(as(1, 'hr'), 'evaluations.OpenCycle', open)).toMatchObject({ accepted: true, events: [] });
});
