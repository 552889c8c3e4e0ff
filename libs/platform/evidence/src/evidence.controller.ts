import { Readable } from 'node:stream';
import { Body, Controller, Get, HttpCode, Inject, Param, Post, Req, Res } from '@nestjs/common';
import type { Role } from '@plumbline/kernel';
import { isUuid } from '@plumbline/platform/event-store';
import {
  ACTING,
  type Acting,
  type ErrorTranslation,
  ProblemError,
  type RouteDefinition,
} from '@plumbline/platform/http';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { EvidenceFiles, EvidenceRefused } from './evidence-files';

const SENDERS = {
  roles: ['executive', 'hr', 'program-lead', 'data-steward', 'assessor', 'auditor', 'member'] as const,
};
/** Read any evidence; others only what they sent or answer for. */
const READERS: readonly Role[] = ['auditor', 'hr'];

export const evidenceRoutes: readonly RouteDefinition[] = [
  {
    method: 'POST',
    path: '/v1/evidence',
    access: SENDERS,
    summary: 'Store a file of at most 25 MiB as application/octet-stream; answers its id and SHA-256, to attach it by',
    body: 'stream',
    status: 201,
  },
  {
    method: 'GET',
    path: '/v1/evidence/:fileId',
    access: 'signed-in',
    summary: 'The bytes of a stored file, for its sender, the owners of what it is evidence of, hr and auditors',
  },
];

/** What the HTTP platform answers to errors of this lib. */
export const evidenceErrors: ErrorTranslation = (error) =>
  error instanceof EvidenceRefused
    ? new ProblemError(error.status, error.rule, {
        detail: error.message,
        ...(error.status === 429 ? { retryAfter: 3600 } : {}),
      })
    : undefined;

/**
 * Person ids of those who own what a file is evidence of: contexts know. A reference counts only where its sender is among them or made it: whoever names
 * another's file as their own evidence does not come to read it by that.
 */
export type OwnersOfFile = (fileId: string, uploadedBy: string) => Promise<readonly string[]>;
export const OWNERS_OF_FILE = Symbol('OWNERS_OF_FILE');

// whoever may not read a file is not told whether there is one
const notThere = (): ProblemError =>
  new ProblemError(404, 'evidence-is-read-by-those-it-is-for', {
    detail: 'There is no such file, or it is not for you: its sender, owners, hr and auditors read it.',
  });

@Controller('v1/evidence')
export class EvidenceController {
  constructor(
    @Inject(EvidenceFiles) private readonly files: EvidenceFiles,
    @Inject(ACTING) private readonly acting: Acting,
    @Inject(OWNERS_OF_FILE) private readonly ownersOf: OwnersOfFile,
  ) {}

  @Post()
  @HttpCode(201)
  async store(@Body() body: unknown, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    if (typeof (body as Readable | null)?.pipe !== 'function')
      throw new ProblemError(415, 'a-file-is-sent-as-bytes', {
        detail: 'Send Content-Type: application/octet-stream.',
      });
    if (!request.actor) throw new ProblemError(401, 'a-request-bears-a-token');
    const announced = Number(request.headers['content-length'] ?? 0);
    const { fileId, sha256, size } = await this.files.store(body as Readable, request.actor.id, announced);
    void reply.header('Location', `/v1/evidence/${fileId}`);
    return { fileId, sha256, size };
  }

  @Get(':fileId')
  async read(@Param('fileId') fileId: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const file = isUuid(fileId) ? await this.files.find(fileId) : null;
    if (file === null || !(await this.mayRead(request, file.fileId, file.uploadedBy))) throw notThere();
    if (file.erased)
      throw new ProblemError(410, 'what-was-erased-is-gone', {
        detail: 'The key of this file was destroyed. Its hash stays in the log.',
      });
    return reply
      .header('Content-Type', file.mediaType)
      .header('Content-Length', String(file.size))
      .header('Content-Disposition', `attachment; filename="evidence-${file.sha256.slice(0, 12)}"`)
      .header('X-Content-Type-Options', 'nosniff')
      .header('Content-Security-Policy', "sandbox; default-src 'none'")
      .header('Cache-Control', 'private, no-store')
      .send(Readable.from(this.files.read(file.fileId)));
  }

  private async mayRead({ person }: FastifyRequest, fileId: string, uploadedBy: string): Promise<boolean> {
    if (!person) throw new ProblemError(401, 'a-request-bears-a-token');
    if (person.id === uploadedBy) return true;
    try {
      await this.acting.as(person, READERS, 'Reading evidence');
      return true;
    } catch (error) {
      if (!(error instanceof ProblemError)) throw error;
      return (await this.ownersOf(fileId, uploadedBy)).includes(person.id);
    }
  }
}
