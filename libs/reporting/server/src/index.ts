export { endOfDay, parseAsOf, startOfDay } from './as-of';
export { type EventView, viewOf } from './event-view';
export { reportingAsks, reportingRegistration } from './reporting.queries';
export { ReportService, type ReportFilter } from './report.queries';
export { DOCUMENTS, documentRoutes, DocumentsController } from './documents.controller';
export { type DisclosureRecord, FILE_FORMATS, type FileFormat, type Showing } from './disclosing';
export {
  EVENT_STORE,
  EventsController,
  REPORT_PERSONS,
  reportErrors,
  reportRoutes,
  ReportsController,
} from './reports.controller';
export { recompute, type Recomputed, reportHash } from './recompute';
/** How an app prints a report that this service gave it. */
export {
  documents,
  renderCsv,
  renderTable,
  type Report,
  type ReportCell,
  reportText,
} from '@plumbline/reporting/domain';
