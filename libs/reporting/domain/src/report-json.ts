import { canonicalJson } from '@plumbline/ledger';
import type { Disclosed } from '@plumbline/privacy';
import type { Report } from './report';

/** The report as it is answered: everything but the trace behind its figures. */
export function reportJson(report: Disclosed<Report>): Omit<Report, 'trace'> {
  const { trace: _trace, ...shown } = report;
  return shown;
}

/** What is hashed, published, recomputed and compared across stores: RFC 8785 canonical JSON (as UTF-8) without the store's own coordinate and what is not finished in it. */
export function reportText(report: Disclosed<Report>): string {
  const { asOf, ...rest } = reportJson(report);
  const { position: _position, unfinished: _unfinished, ...known } = asOf;
  return canonicalJson({ ...rest, asOf: known });
}
