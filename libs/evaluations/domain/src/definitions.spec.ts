import { definitionFaults, readModelFaults } from '@plumbline/kernel';
import { evaluationsDeciders, evaluationsReadModels } from './index';

it('every event and command has an example that its schema takes as it stands, takes no unknown field, and describes what it asks for', () => {
  expect(definitionFaults(evaluationsDeciders)).toEqual([]);
});

it('every read model has a table of its own, folds or ignores each event, and makes rows that fit its columns', () => {
  expect(readModelFaults(evaluationsReadModels, evaluationsDeciders)).toEqual([]);
});

it('each command is for those whose work it is, and nobody else', () => {
  const leaders = ['executive', 'program-lead', 'hr', 'legal', 'data-steward', 'admin', 'member'];
  const raters = ['executive', 'hr', 'board', 'program-lead'];
  const commands = evaluationsDeciders.flatMap((decider) => Object.entries(decider.commands));
  expect(Object.fromEntries(commands.map(([type, { roles }]) => [type, roles]))).toEqual({
    'evaluations.OpenCycle': ['hr'],
    'evaluations.AdmitLeader': ['hr'],
    'evaluations.TakeOrgSnapshot': ['hr', 'process'],
    'evaluations.FreezeCycle': ['hr', 'process'],
    'evaluations.RecordComputation': ['hr', 'process'],
    'evaluations.CloseCycle': ['hr'],
    'evaluations.RequestReopening': ['hr'],
    'evaluations.ApproveReopening': ['hr', 'legal', 'board'],
    'evaluations.IssueScorecard': ['hr'],
    'evaluations.AcceptScorecard': leaders,
    'evaluations.AcceptScorecardUnderProtest': leaders,
    'evaluations.GiveDataNotice': ['hr', 'data-steward', 'process'],
    'evaluations.ComputeScorecard': ['hr', 'process'],
    'evaluations.RestateScorecard': ['hr', 'process'],
    'evaluations.SubmitSelfAssessment': leaders,
    'evaluations.ProposeRating': raters,
    'evaluations.ConfirmRating': raters,
    'evaluations.SignOffScorecard': raters,
    'evaluations.AcknowledgeScorecard': leaders,
    'evaluations.FinalizeScorecard': ['hr'],
    'evaluations.RequestLink': ['hr'],
    'evaluations.ApproveLink': ['legal'],
    'evaluations.RefuseLink': ['legal'],
    'evaluations.EndLink': ['hr', 'legal', 'process'],
  });
});
