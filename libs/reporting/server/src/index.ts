export { endOfDay, parseAsOf, startOfDay } from './as-of';
export { type EventView, viewOf } from './event-view';
export { ReportService, type ReportFilter } from './report.service';
export { EVENT_STORE, EventsController, reportErrors, reportRoutes, ReportsController } from './reports.controller';
