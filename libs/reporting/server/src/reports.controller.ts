import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { type Actor, ROLES } from '@plumbline/kernel';
import { CommandRegistry } from '@plumbline/platform/commands';
import { type EventStore, isUuid } from '@plumbline/platform/event-store';
import {
  ACTING,
  type Acting,
  type ErrorTranslation,
  parse,
  ProblemError,
  type RouteDefinition,
} from '@plumbline/platform/http';
import { ReadModelLagging } from '@plumbline/platform/projections';
import { AnswerTexts, type Directory } from '@plumbline/platform/subjects';
import { idsIn } from '@plumbline/reporting/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseAsOf } from './as-of';
import { typesNamed } from './event-types';
import { viewOf } from './event-view';
import { FORMATS, FORMAT_NAMES, type Format, acceptedFormat } from './formats';
import { Names } from './names';
import { openedCell, openedChanges, openedReport } from './opened-report';
import { type After, type ReportFilter, ReportService } from './report.queries';

export const EVENT_STORE = Symbol('EVENT_STORE');
/** Whom a directory key stands for. */
export const REPORT_PERSONS = Symbol('REPORT_PERSONS');
export type ReportPersons = Pick<Directory, 'personIdOf'>;

const position = z
  .string()
  .regex(/^\d{1,18}$/, 'a position of the log')
  .describe('position of the log');
const reached = z
  .union([position, z.literal('head')])
  .describe('wait until the read models have reached this position; head: all that is recorded now');
const moment = z
  .string()
  .describe('a position of the log, a day (its end), or head (all that is recorded now): 1841, 2026-11-01');
const named = z
  .string()
  .regex(/^[a-z][a-zA-Z]{0,30}=.{1,200}$/, 'write a filter as name=value, for example office=ICU');
const filter = {
  unit: z.string().min(1).max(64).optional().describe('code of a unit: its values, the organisation’s verdicts'),
  period: z.string().min(4).max(12).optional().describe('2026, 2026-Q3, 2026-11, 2026-W47, FY2026'),
  cycle: z.string().min(1).max(64).optional().describe('code of an evaluation cycle; left out: the last frozen one'),
  leader: z.string().min(1).max(200).optional().describe('directory key or person id; left out: all you may see'),
  filter: z
    .union([named, z.array(named).max(20)])
    .optional()
    .describe('another filter that the report knows, as office=ICU; repeat for more'),
};
type Filter = z.infer<z.ZodObject<typeof filter>>;
const reportQuery = z.strictObject({
  ...filter,
  asOf: moment.optional(),
  after: reached.optional(),
  format: z.enum(FORMAT_NAMES).optional().describe('left out: by the Accept header, else json'),
});
const afterOf = (after: string | undefined): After | undefined =>
  after === undefined ? undefined : after === 'head' ? 'head' : BigInt(after);
const explainQuery = z.strictObject({
  ...filter,
  asOf: moment.optional(),
  after: reached.optional(),
  cell: z.string().min(1).max(300).describe('key of the cell'),
});
const diffQuery = z.strictObject({ ...filter, from: moment, to: moment });
const eventsQuery = z.strictObject({
  stream: z.string().max(120).optional(),
  type: z.string().min(1).max(120).optional().describe('metrics.ObservationRecorded: with or without its version'),
  after: position.optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
});

/** Who may read the log event by event: payloads still pass the gate of the figures above them. */
const LOG_READERS = { roles: ['auditor', 'hr', 'data-steward', 'legal', 'board', 'admin'] as const };
/** Who reads sealed texts with the events; others see that there is one. */
const TEXT_READERS: readonly string[] = ['auditor', 'hr', 'legal'];

export const reportRoutes: readonly RouteDefinition[] = [
  { method: 'GET', path: '/v1/reports', access: 'signed-in', summary: 'The reports' },
  {
    method: 'GET',
    path: '/v1/reports/:id',
    access: 'signed-in',
    summary: 'A report, as of any position or day',
    query: reportQuery,
  },
  {
    method: 'GET',
    path: '/v1/reports/:id/explain',
    access: 'signed-in',
    summary: 'The events a figure came from',
    query: explainQuery,
  },
  {
    method: 'GET',
    path: '/v1/reports/:id/diff',
    access: 'signed-in',
    summary: 'What changed between two positions, and which events changed it',
    query: diffQuery,
  },
  { method: 'GET', path: '/v1/events', access: LOG_READERS, summary: 'The log, page by page', query: eventsQuery },
  { method: 'GET', path: '/v1/streams/:stream', access: LOG_READERS, summary: 'One stream' },
];

export const reportErrors: ErrorTranslation = (error) =>
  error instanceof ReadModelLagging
    ? new ProblemError(503, 'read-models-follow-the-log', {
        detail: error.message,
        retryAfter: error.retryAfterSeconds,
        extensions: { model: error.model, state: error.state },
      })
    : undefined;

/** What is answered, and beside it what the ids in it are called: offices of persons, codes of all else. */
async function withNames<T extends object>(names: Names, answer: T): Promise<T & { readonly names: object }> {
  const ids = [...new Set(idsIn(JSON.stringify(answer)))];
  return { ...answer, names: Object.fromEntries(await names.of(ids)) };
}

@Controller('v1/reports')
export class ReportsController {
  constructor(
    @Inject(ReportService) private readonly reports: ReportService,
    @Inject(ACTING) private readonly acting: Acting,
    @Inject(AnswerTexts) private readonly texts: AnswerTexts,
    @Inject(REPORT_PERSONS) private readonly persons: ReportPersons,
    @Inject(Names) private readonly names: Names,
  ) {}

  @Get()
  list() {
    return {
      reports: this.reports.list().map(({ id, name, question, audience, kind, version }) => ({
        id,
        name,
        question,
        audience: audience.join(', '),
        kind,
        codeVersion: `${id}@${version}`,
      })),
    };
  }

  @Get(':id')
  async report(
    @Param('id') id: string,
    @Query() raw: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const {
      asOf,
      after,
      format = acceptedFormat(request.headers.accept),
      ...filter
    } = parse(reportQuery, raw, 'query');
    const { mediaType, savedAs, leavesAs, render }: Format = FORMATS[format];
    const narrowed = this.filterOf(filter);
    const viewer = await this.viewer(id, request, narrowed);
    const report = await this.reports.report(
      ...([id, narrowed, parseAsOf(asOf), viewer, afterOf(after), leavesAs ?? undefined] as const),
    );
    void reply.header('Position', report.asOf.position).header('Vary', 'Accept').header('Content-Type', mediaType);
    if (savedAs !== null)
      void reply.header(
        'Content-Disposition',
        `attachment; filename="${report.report}-${report.asOf.position}.${savedAs}"`,
      );
    const opened = await openedReport(report, async (words) => await this.texts.openTexts(words));
    const read = format === 'json' ? opened : await this.names.in(opened);
    return await render(read, this.reports.definition(id, viewer));
  }

  @Get(':id/explain')
  async explain(@Param('id') id: string, @Query() raw: unknown, @Req() request: FastifyRequest) {
    const { asOf, after, cell, ...filter } = parse(explainQuery, raw, 'query');
    const narrowed = this.filterOf(filter);
    const viewer = await this.viewer(id, request, narrowed);
    const { explanation, events, mayOpen } = await this.reports.explain(
      id,
      cell,
      narrowed,
      parseAsOf(asOf),
      viewer,
      afterOf(after),
    );
    const roles = new Map(explanation.cites.map(({ event, as }) => [event, as]));
    return await withNames(this.names, {
      cell: explanation.cell.key,
      says: await openedCell(explanation, async (words) => await this.texts.openTexts(words)),
      events: await this.opened(
        viewer,
        events.map((event) => ({ ...viewOf(event, mayOpen), because: roles.get(event.event.id) })),
      ),
    });
  }

  @Get(':id/diff')
  async diff(@Param('id') id: string, @Query() raw: unknown, @Req() request: FastifyRequest) {
    const { from, to, ...filter } = parse(diffQuery, raw, 'query');
    const narrowed = this.filterOf(filter);
    const viewer = await this.viewer(id, request, narrowed);
    const { difference, sides, events, mayOpen } = await this.reports.diff(
      id,
      narrowed,
      parseAsOf(from, 'from'),
      parseAsOf(to, 'to'),
      viewer,
    );
    return await withNames(this.names, {
      ...difference,
      changes: await openedChanges(difference.changes, sides, async (words) => await this.texts.openTexts(words)),
      events: await this.opened(
        viewer,
        events.map((event) => viewOf(event, mayOpen)),
      ),
    });
  }

  private filterOf({ unit, period, cycle, leader, filter = [] }: Filter): ReportFilter {
    const pairs = [filter].flat().map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]);
    return {
      ...{ unit, period, cycle, filters: Object.fromEntries(pairs) },
      leader: leader === undefined || isUuid(leader) ? leader : this.persons.personIdOf(leader),
    };
  }

  private async viewer(id: string, request: FastifyRequest, filter: ReportFilter): Promise<Actor> {
    const { person } = request;
    if (!person) throw new ProblemError(401, 'a-request-bears-a-token');
    const audience =
      this.reports.list().find((definition) => definition.id.toLowerCase() === id.toLowerCase())?.audience ?? ROLES;
    try {
      return await this.acting.as(person, audience, `The report ${id}`);
    } catch (error) {
      if (error instanceof ProblemError) await this.reports.refused(id, person.id, filter, error.rule);
      throw error;
    }
  }

  private async opened<T>(viewer: Actor, answer: T): Promise<T> {
    return TEXT_READERS.includes(viewer.role) ? await this.texts.openTexts(answer) : answer;
  }
}

@Controller('v1')
export class EventsController {
  constructor(
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(CommandRegistry) private readonly registry: CommandRegistry,
    @Inject(ReportService) private readonly reports: ReportService,
    @Inject(AnswerTexts) private readonly texts: AnswerTexts,
    @Inject(Names) private readonly names: Names,
  ) {}

  @Get('events')
  async events(@Query() raw: unknown, @Req() request: FastifyRequest) {
    const { stream, type, after, limit } = parse(eventsQuery, raw, 'query');
    const start = BigInt(after ?? '0');
    const known = this.registry.allEvents().map((event) => event.type);
    const types = type === undefined ? undefined : typesNamed(type, known);
    if (stream !== undefined) {
      const loaded = await this.store.read(stream);
      const events = loaded.events.filter(
        (event) => event.position > start && (types === undefined || types.includes(event.event.type)),
      );
      return await this.page(
        events.slice(0, limit),
        events.length > limit ? (events[limit - 1]?.position ?? null) : null,
        request,
      );
    }
    const page = await this.store.readPage(start, limit, types === undefined ? {} : { types });
    const more = page.through < (await this.store.head()).position;
    return await this.page(page.events, more ? page.through : null, request);
  }

  @Get('streams/:stream')
  async stream(@Param('stream') name: string, @Req() request: FastifyRequest) {
    const { revision, events } = await this.store.read(name);
    if (revision === 'none')
      throw new ProblemError(404, 'a-stream-has-events', { detail: `There is no stream ${name}.` });
    return { stream: name, revision, ...(await this.page(events, null, request)) };
  }

  private async page(
    events: Parameters<typeof viewOf>[0][] | readonly Parameters<typeof viewOf>[0][],
    next: bigint | null,
    request: FastifyRequest,
  ) {
    const actor = request.actor;
    if (!actor) throw new ProblemError(401, 'a-request-bears-a-token');
    const mayOpen = events.length === 0 ? () => false : await this.reports.gate(actor);
    const views = events.map((event) => viewOf(event, mayOpen));
    return await withNames(this.names, {
      events: TEXT_READERS.includes(actor.role) ? await this.texts.openTexts(views) : views,
      next: next === null ? null : next.toString(),
    });
  }
}
