import { asItWasReport } from './as-it-was.report';
import { goalpostReport } from './goalposts.report';
import { belongingMatrixReport } from './belonging-matrix.report';
import { charterCoverageReport } from './charter-coverage.report';
import { commitmentRegisterReport } from './commitment-register.report';
import { dutiesReport } from './duties.report';
import { evaluationPacketReport } from './evaluation-packet.report';
import { leadLagReport } from './lead-lag.report';
import { linkageMatrixReport } from './linkage-matrix.report';
import { promiseLedgerReport } from './promise-ledger.report';
import { type AnyReportDefinition, anyReport } from './report';
import { scorecardReport } from './scorecard.report';

/** Every report the product gives: a line here is a route, a CLI verb, formats, a bundle entry and a recomputation. */
export const reports: readonly AnyReportDefinition[] = [
  anyReport(commitmentRegisterReport),
  anyReport(leadLagReport),
  anyReport(scorecardReport),
  anyReport(evaluationPacketReport),
  anyReport(linkageMatrixReport),
  anyReport(promiseLedgerReport),
  anyReport(goalpostReport),
  anyReport(charterCoverageReport),
  anyReport(belongingMatrixReport),
  anyReport(dutiesReport),
  anyReport(asItWasReport),
];

/** Ids match without regard to case. */
export const reportById = (id: string): AnyReportDefinition | undefined =>
  reports.find((report) => report.id.toUpperCase() === id.toUpperCase());
