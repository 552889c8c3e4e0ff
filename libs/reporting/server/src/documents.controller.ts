import { Controller, Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import { type Actor, ROLES } from '@plumbline/kernel';
import { type EventStore, isUuid } from '@plumbline/platform/event-store';
import { ACTING, type Acting, parse, ProblemError, type RouteDefinition } from '@plumbline/platform/http';
import { type Disclosed, derived } from '@plumbline/privacy';
import {
  documents,
  EVENT_UNIT,
  type Report,
  renderDocumentPage,
  renderDocumentText,
  reportJson,
} from '@plumbline/reporting/domain';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { parseAsOf } from './as-of';
import { acceptedFormat } from './formats';
import { Names } from './names';
import { PAGE_FACE } from './page-face';
import type { ReportFilter, ReportService } from './report.queries';
import { EVENT_STORE, REPORT_PERSONS, type ReportPersons } from './reports.controller';

/** The service of reports, asked for documents: they are made, disclosed and recorded alike. */
export const DOCUMENTS = Symbol('DOCUMENTS');

const documentQuery = z.strictObject({
  cycle: z.string().min(1).max(64).optional().describe('code of an evaluation cycle'),
  leader: z.string().min(1).max(200).optional().describe('directory key or person id; left out: yourself'),
  asOf: z.string().optional().describe('a position of the log, a day (its end), or head'),
  after: z.literal('head').optional().describe('wait until all that is recorded now can be read'),
  format: z.enum(['json', 'text', 'html']).optional().describe('left out: by the Accept header, else json'),
});

export const documentRoutes: readonly RouteDefinition[] = [
  { method: 'GET', path: '/v1/documents', access: 'signed-in', summary: 'The documents that can be printed' },
  {
    method: 'GET',
    path: '/v1/documents/:kind',
    access: 'signed-in',
    summary: 'A document, as of any position or day: contract, freeze-certificate, handover-sheet, weekly-digest',
    query: documentQuery,
  },
];

/** Ids of events with where they stand in this store: a position is no part of what is hashed, and is added last. */
export async function withPositions(
  report: Disclosed<Report>,
  positionsOf: (ids: readonly string[]) => Promise<ReadonlyMap<string, bigint>>,
): Promise<Disclosed<Report>> {
  const ids = report.cells.flatMap(({ unit, word }) => (unit === EVENT_UNIT && word !== null ? [word] : []));
  const positions = ids.length === 0 ? new Map<string, bigint>() : await positionsOf(ids);
  const cells = report.cells.map((cell) => {
    const position = cell.unit === EVENT_UNIT && cell.word !== null ? positions.get(cell.word) : undefined;
    return position === undefined ? cell : { ...cell, word: `${cell.word}, position ${position}` };
  });
  return derived(report, (said) => ({ ...said, cells }));
}

@Controller('v1/documents')
export class DocumentsController {
  constructor(
    @Inject(DOCUMENTS) private readonly service: ReportService,
    @Inject(ACTING) private readonly acting: Acting,
    @Inject(EVENT_STORE) private readonly store: EventStore,
    @Inject(REPORT_PERSONS) private readonly persons: ReportPersons,
    @Inject(Names) private readonly names: Names,
  ) {}

  @Get()
  list() {
    return {
      documents: documents.map(({ id, name, question, audience, filters = [] }) => ({
        kind: id.toLowerCase(),
        name,
        question,
        audience: audience.join(', '),
        filters,
      })),
    };
  }

  @Get(':kind')
  async document(
    @Param('kind') kind: string,
    @Query() raw: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<unknown> {
    const asked = parse(documentQuery, raw, 'query');
    const { cycle, leader, asOf, after } = asked;
    const filter: ReportFilter = {
      cycle,
      leader: leader === undefined || isUuid(leader) ? leader : this.persons.personIdOf(leader),
    };
    const viewer = await this.viewer(kind, request, filter);
    const accepted = acceptedFormat(request.headers.accept);
    const format = asked.format ?? (accepted === 'html' ? 'html' : accepted === 'table' ? 'text' : 'json');
    const leavesAs = format === 'text' ? undefined : format;
    const made = await this.service.report(kind, filter, parseAsOf(asOf), viewer, after, leavesAs);
    const document = await withPositions(made, async (ids) => {
      const events = await this.store.readByIds([...new Set(ids)]);
      return new Map(events.map(({ event, position }) => [event.id, position]));
    });
    void reply.header('Position', document.asOf.position).header('Vary', 'Accept');
    if (format === 'json') return reportJson(document);
    const look = documents.find(({ id }) => id === document.report);
    if (!look) throw new Error(`there is no document ${document.report}`);
    void reply.header('Content-Type', format === 'html' ? 'text/html; charset=utf-8' : 'text/plain; charset=utf-8');
    const read = await this.names.in(document);
    return format === 'html' ? renderDocumentPage(read, look, PAGE_FACE) : renderDocumentText(read, look);
  }

  private async viewer(kind: string, request: FastifyRequest, filter: ReportFilter): Promise<Actor> {
    const { person } = request;
    if (!person) throw new ProblemError(401, 'a-request-bears-a-token');
    const known = documents.find(({ id }) => id.toLowerCase() === kind.toLowerCase());
    try {
      return await this.acting.as(person, known?.audience ?? ROLES, `The document ${kind}`);
    } catch (error) {
      if (error instanceof ProblemError) await this.service.refused(kind, person.id, filter, error.rule);
      throw error;
    }
  }
}
