import { definitionFaults, readModelFaults, ROLES } from '@plumbline/kernel';
import { metricsDeciders, metricsReadModels } from './index';

it('every event and command has an example that its schema takes as it stands, takes no unknown field, and describes what it asks for', () => {
  expect(definitionFaults(metricsDeciders)).toEqual([]);
});

it('every read model has a table of its own, folds or ignores each event, and makes rows that fit its columns', () => {
  expect(readModelFaults(metricsReadModels, metricsDeciders)).toEqual([]);
});

it('each command is for those whose work it is, and nobody else', () => {
  const commands = metricsDeciders.flatMap((decider) => Object.entries(decider.commands));
  expect(Object.fromEntries(commands.map(([type, { roles }]) => [type, roles]))).toEqual({
    'metrics.DefineMetric': ['hr', 'data-steward'],
    'metrics.ReviseMetricDefinition': ['hr', 'data-steward'],
    'metrics.AssignMetricLegalClass': ['legal'],
    'metrics.RetireMetric': ['hr', 'data-steward'],
    'metrics.RecordObservation': ['hr', 'data-steward'],
    'metrics.VerifyObservation': ['hr', 'data-steward', 'assessor', 'auditor'],
    'metrics.DisputeObservation': [...ROLES],
    'metrics.CorrectObservation': ['hr', 'data-steward'],
    'metrics.RetractObservation': ['hr', 'data-steward'],
    'metrics.VerifyImport': ['hr', 'data-steward', 'assessor', 'auditor'],
    'metrics.RecordExternalRelease': ['hr', 'data-steward'],
    'metrics.ProposeTarget': ['executive', 'hr', 'program-lead'],
    'metrics.BackTestTarget': ['executive', 'hr', 'program-lead', 'assessor', 'auditor'],
    'metrics.ApproveTarget': ['executive', 'hr', 'board'],
    'metrics.LockTarget': ['hr'],
    'metrics.RequestTargetAdjustment': ['executive', 'hr', 'program-lead'],
    'metrics.ApproveTargetAdjustment': ['executive', 'hr', 'legal', 'board'],
    'metrics.RefuseTargetAdjustment': ['executive', 'hr', 'legal', 'board'],
    'metrics.RetireTarget': ['executive', 'hr', 'program-lead'],
    'metrics.RegisterHypothesis': ['executive', 'hr', 'program-lead', 'data-steward'],
    'metrics.ReviewHypothesis': ['executive', 'hr', 'auditor'],
  });
});
