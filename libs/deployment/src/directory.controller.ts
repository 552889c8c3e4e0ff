import { Body, Controller, Get, Inject, Param, Put, Query } from '@nestjs/common';
import { parse, ProblemError, type RouteDefinition } from '@plumbline/platform/http';
import { isUuid } from '@plumbline/platform/event-store';
import { type Directory, isSealedReference, whoIsMeant } from '@plumbline/platform/subjects';
import type { OfficeBearer } from '@plumbline/reporting/server';
import { z } from 'zod';

const DIRECTORY = Symbol('DIRECTORY');
const OFFICES = Symbol('OFFICES');
/** What people are called. */
export interface KnownOffices {
  everyone(): Promise<readonly OfficeBearer[]>;
  bearer(personId: string): Promise<OfficeBearer | undefined>;
}
const named = z
  .string()
  .trim()
  .min(1)
  .max(200)
  .refine((text) => !isSealedReference(text), 'a person is not named like the place of a sealed text');
const person = z.strictObject({
  name: named,
  office: named.optional().describe('What reports call them, never a name; a post in the register goes before it'),
  email: z.email().max(320).optional(),
  locale: z.string().max(35).optional(),
});
const peopleQuery = z.strictObject({
  named: named.describe('a key of the directory, an office or a person id'),
});
const KEEPERS = { roles: ['hr', 'admin'] as const };

export const directoryRoutes: readonly RouteDefinition[] = [
  {
    method: 'GET',
    path: '/v1/people',
    access: 'signed-in',
    summary:
      'Whom a key, an office or a person id means, by office; and whose offices read alike, where it means nobody',
    query: peopleQuery,
  },
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
  static readonly OFFICES = OFFICES;
  constructor(
    @Inject(DIRECTORY) private readonly directory: Directory,
    @Inject(OFFICES) private readonly offices: KnownOffices,
  ) {}

  /** Names and keys stay with those who keep the directory: whoever asks learns offices. */
  @Get()
  async named(@Query() query: unknown) {
    const { named: text } = parse(peopleQuery, query, 'query');
    const id = isUuid(text) ? text : this.directory.personIdOf(text);
    const bearer = await this.offices.bearer(id);
    if (bearer) return { persons: [bearer], alike: [] };
    const known = await this.directory.find(text);
    if (known) return { persons: [{ personId: known.personId, office: null }], alike: [] };
    return whoIsMeant(text, await this.offices.everyone());
  }

  @Get(':keyOrId')
  async find(@Param('keyOrId') keyOrId: string) {
    const found = await this.directory.find(keyOrId);
    if (!found)
      throw new ProblemError(404, 'a-person-is-in-the-directory', { detail: 'Nobody is known by this key or id.' });
    return found;
  }

  @Put(':keyOrId')
  async put(@Param('keyOrId') key: string, @Body() body: unknown) {
    const { email, locale, name, office } = parse(person, body, 'body');
    if (isUuid(key.toLowerCase()))
      throw new ProblemError(400, 'a-request-is-well-formed', {
        detail: 'A person is added and changed by key; this reads like a person id.',
      });
    if (!/^[\p{L}\p{N}][\p{L}\p{N}._@-]{0,127}$/u.test(key))
      throw new ProblemError(400, 'a-request-is-well-formed', {
        detail: 'A person’s key has letters, digits, dot, dash, underscore and @, 128 at most.',
      });
    const [personId] = await this.directory.upsert([
      {
        key,
        name,
        ...(office === undefined ? {} : { office }),
        ...(email === undefined ? {} : { email }),
        ...(locale === undefined ? {} : { locale }),
      },
    ]);
    return { personId, key };
  }
}
