import { Controller, Get, Inject, Param, Put, Body } from '@nestjs/common';
import { parse, ProblemError, type RouteDefinition } from '@plumbline/platform/http';
import { isUuid } from '@plumbline/platform/event-store';
import { type Directory, isSealedReference } from '@plumbline/platform/subjects';
import { z } from 'zod';

const DIRECTORY = Symbol('DIRECTORY');
const named = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !isSealedReference(text), 'a person is not named like the place of a sealed text');
const person = z.strictObject({
  name: named,
  email: z.email().max(320).optional(),
  locale: z.string().max(35).optional(),
});
const KEEPERS = { roles: ['hr', 'admin'] as const };

export const directoryRoutes: readonly RouteDefinition[] = [
  {
    method: 'GET',
    path: '/v1/people/:keyOrId',
    access: KEEPERS,
    summary: 'A person of the directory, by key or person id',
  },
  {
    method: 'PUT',
    path: '/v1/people/:keyOrId',
    access: KEEPERS,
    summary: 'Add or change a person of the directory by key; names are nowhere else',
    body: person,
  },
];

/** The directory of persons: beside the log, encrypted, erasable. */
@Controller('v1/people')
export class DirectoryController {
  static readonly DIRECTORY = DIRECTORY;
  constructor(@Inject(DIRECTORY) private readonly directory: Directory) {}

  @Get(':keyOrId')
  async find(@Param('keyOrId') keyOrId: string) {
    const found = await this.directory.find(keyOrId);
    if (!found)
      throw new ProblemError(404, 'a-person-is-in-the-directory', { detail: 'Nobody is known by this key or id.' });
    return found;
  }

  @Put(':keyOrId')
  async put(@Param('keyOrId') key: string, @Body() body: unknown) {
    const { email, locale, name } = parse(person, body, 'body');
    if (isUuid(key.toLowerCase()))
      throw new ProblemError(400, 'a-request-is-well-formed', {
        detail: 'A person is added and changed by key; this reads like a person id.',
      });
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,127}$/u.test(key))
      throw new ProblemError(400, 'a-request-is-well-formed', {
        detail: 'A person’s key has letters, digits, dot, dash, underscore and @, 128 at most.',
      });
    const [personId] = await this.directory.upsert([
      { key, name, ...(email === undefined ? {} : { email }), ...(locale === undefined ? {} : { locale }) },
    ]);
    return { personId, key };
  }
}
