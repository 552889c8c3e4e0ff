import type { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { ErrorTranslation, RouteDefinition } from '@plumbline/platform/http';
import { parse, ProblemError } from '@plumbline/platform/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { z } from 'zod';
import { FileRefused } from './file';
import { type ImportJob, ImportJobs, TooManyImports } from './import-jobs';
import { Uploads } from './uploads';

const importRequest = z.strictObject({
  kind: z.string().min(1).max(40).describe('observations, commitments, targets, actions, organization or people'),
  upload: z.string().describe('SHA-256 that POST /v1/uploads answered'),
  fileName: z
    .string()
    .min(1)
    .max(200)
    .default('upload.csv')
    .describe('its ending says what the file is: csv, xlsx, yaml, json'),
  map: z.string().max(1_000_000).optional().describe('text of the map (YAML)'),
  dryRun: z.boolean().default(false),
  skipBadRows: z.boolean().default(false),
  corrections: z
    .string()
    .min(1)
    .max(2_000)
    .optional()
    .describe('reason: another value for a live period becomes a correction'),
  complete: z
    .boolean()
    .optional()
    .describe(
      'what the file does not name is gone (organization: its unit is closed); what the map says when left out',
    ),
  resume: z
    .uuid()
    .optional()
    .describe(
      'id of the unfinished import that this is meant to finish: refused when file and map are those of another',
    ),
  effective: z.iso.date().optional().describe('day from which what the file changes holds; today when left out'),
});
/** Members that were left out stay left out. */
const withoutUndefined = <T extends object>(value: T): { [K in keyof T]: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as never;
// in this order, for a map may declare what only hr may say, a target for example
const IMPORTERS = { roles: ['hr', 'data-steward', 'admin'] as const };

export const importRoutes: readonly RouteDefinition[] = [
  {
    method: 'POST',
    path: '/v1/uploads',
    access: IMPORTERS,
    summary: 'Send a file of at most 128 MiB as application/octet-stream',
    body: 'stream',
    status: 201,
  },
  { method: 'GET', path: '/v1/imports/kinds', access: 'signed-in', summary: 'Kinds of import and the columns of each' },
  {
    method: 'POST',
    path: '/v1/imports',
    access: IMPORTERS,
    summary: 'Import an uploaded file; answers a job to follow',
    body: importRequest,
    status: 202,
  },
  {
    method: 'GET',
    path: '/v1/imports/:job',
    access: IMPORTERS,
    summary: 'How far an import is, and what became of it',
  },
];

/** What the HTTP platform answers to errors of this lib. */
export const importErrors: ErrorTranslation = (error) => {
  if (error instanceof FileRefused)
    return new ProblemError(error.rule === 'a-file-is-at-most-128-mib' ? 413 : 422, error.rule, {
      detail: error.message,
      ...(error.line === undefined ? {} : { errors: [{ line: error.line, rule: error.rule }] }),
    });
  if (error instanceof TooManyImports)
    return new ProblemError(503, 'imports-wait-in-a-bounded-queue', {
      detail: 'Twenty imports wait already.',
      retryAfter: 30,
    });
  return undefined;
};

@Controller('v1')
export class ImportsController {
  constructor(
    @Inject(ImportJobs) private readonly jobs: ImportJobs,
    @Inject(Uploads) private readonly uploads: Uploads,
  ) {}

  @Post('uploads')
  async upload(@Body() body: unknown, @Req() request: FastifyRequest) {
    if (typeof (body as Readable | null)?.pipe !== 'function')
      throw new ProblemError(415, 'a-file-is-sent-as-bytes', {
        detail: 'Send Content-Type: application/octet-stream.',
      });
    if (!request.actor) throw new ProblemError(401, 'a-request-bears-a-token');
    return await this.uploads.take(body as Readable, request.actor.id, Number(request.headers['content-length'] ?? 0));
  }

  @Get('imports/kinds')
  kinds() {
    return { kinds: this.jobs.kinds().map(({ kind, summary, columns }) => ({ kind, summary, columns })) };
  }

  @Post('imports')
  @HttpCode(202)
  async start(
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<ImportJob> {
    const { upload, ...wanted } = parse(importRequest, body, 'body');
    if (!request.actor) throw new ProblemError(401, 'a-request-bears-a-token');
    const path = await this.uploads.claim(upload);
    if (path === undefined)
      throw new ProblemError(404, 'an-upload-is-imported-once', {
        detail: 'There is no such upload (any more). Send the file to /v1/uploads again.',
      });
    try {
      const job = this.jobs.start({ ...withoutUndefined(wanted), path }, request.actor);
      void reply.header('Location', `/v1/imports/${job.job}`);
      return job;
    } catch (error) {
      await this.uploads.giveBack(path, upload);
      throw error;
    }
  }

  @Get('imports/:job')
  follow(@Param('job') id: string, @Req() request: FastifyRequest): ImportJob {
    const job = this.jobs.find(id);
    if (!job || job.startedBy !== request.actor?.id)
      throw new ProblemError(404, 'a-job-is-one-of-yours', {
        detail: 'Jobs are kept while the process runs; the import register keeps what was recorded.',
      });
    return job;
  }
}
