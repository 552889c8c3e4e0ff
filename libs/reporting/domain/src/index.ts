export * from './as-it-was.report';
export * from './belonging-matrix.report';
export * from './charter-coverage.report';
export * from './asked-figures';
export * from './commitment-register.report';
export * from './component-figures';
export * from './diff';
export * from './document';
export * from './documents';
export * from './event-opening';
export * from './expected-noise';
export * from './evaluation-packet.report';
export * from './explain';
export * from './goalposts.report';
export { historyReads } from './figure-history';
export * from './lead-lag.report';
export * from './linkage-matrix.report';
export { localKeyActs } from './local-key-acts.read-model';
export * from './offices';
export * from './promise-ledger.report';
export * from './render-csv';
export * from './render-document';
export * from './render-html';
export * from './render-sheets';
export * from './render-table';
export * from './report';
export * from './report-json';
export * from './reports';
export {
  componentOf,
  type Scoring,
  scoringFigures,
  scoringOf,
  scoringReads,
  type ScoringRows,
} from './scorecard-computation';
export * from './scorecard.report';
export { citedText } from './sealed-words';
