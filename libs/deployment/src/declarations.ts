/**
 * Commands that declare something once, by its code. A map may leave them out where what they declare is there; every other command that a map names is sent at
 * each import.
 */
export const declarations: ReadonlySet<string> = new Set([
  'organization.RegisterUnit',
  'metrics.DefineMetric',
  'metrics.RecordExternalRelease',
  'metrics.RegisterHypothesis',
  'metrics.ProposeTarget',
  'charter.DraftCharter',
  'charter.ProposeCommitment',
  'programs.PlanAction',
]);
