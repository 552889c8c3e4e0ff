export { endOfDay, parseAsOf, startOfDay } from './as-of';
export { type EventView, viewOf } from './event-view';
export { Names, type OfficeBearer } from './names';
export { reportingAsks, reportingReadModels, reportingRegistration } from './reporting.queries';
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
/** What an app knows of reports: which there are, and how one that this service gave it is printed. */
export {
  type AnyReportDefinition,
  documents,
  renderCsv,
  renderTable,
  type Report,
  reportById,
  type ReportCell,
  reportText,
} from '@plumbline/reporting/domain';
