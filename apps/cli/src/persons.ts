import type { ApiClient } from '@plumbline/api-client';
import { BadUsage } from './exit';
import type { JsonSchema } from './set-values';

interface Bearer {
  readonly personId: string;
  readonly office: string | null;
}
interface Meant {
  readonly persons: readonly Bearer[];
  readonly alike: readonly Bearer[];
}

const ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const PEOPLE = '/v1/people';

const list = (bearers: readonly Bearer[]): string =>
  bearers.map(({ office, personId }) => `\n  ${office ?? 'no office'}  ${personId}`).join('');

/** Takes keys of the directory and offices where the API takes ids of persons. Each text is looked up once. */
export class Persons {
  private readonly known = new Map<string, string>();

  constructor(private readonly api: Pick<ApiClient, 'get'>) {}

  /** @throws BadUsage naming the nearest when nobody or more than one is meant */
  async idOf(text: string, field: string): Promise<string> {
    if (ID.test(text)) return text;
    const known = this.known.get(text) ?? (await this.find(text, field)).personId;
    this.known.set(text, known);
    return known;
  }

  /** @throws BadUsage like `idOf` */
  async find(text: string, field: string): Promise<Bearer> {
    const { persons, alike } = await this.meant(text);
    const [person] = persons;
    if (person && persons.length === 1) return person;
    if (persons.length > 1)
      throw new BadUsage(`${field}: several hold the office "${text}". Name one by key or person id:${list(persons)}`);
    throw new BadUsage(
      alike.length === 0
        ? `${field}: nobody is known by the key or office "${text}", and no office reads alike.`
        : `${field}: nobody is known by the key or office "${text}". Alike are:${list(alike)}`,
    );
  }

  /** A cell's key as tables show it, `Head of Imaging:stay/observed`, as reports know it; any other as it is. */
  async inCell(key: string): Promise<string> {
    const at = key.indexOf(':');
    const text = at === -1 || key.slice(0, at).includes('/') ? '' : key.slice(0, at);
    if (text === '' || ID.test(text)) return key;
    const { persons } = await this.meant(text);
    return persons.length === 1 && persons[0] ? `${persons[0].personId}${key.slice(at)}` : key;
  }

  /** A command's data with an id in each field that its schema marks as a person. @throws BadUsage like `idOf` */
  async inData(data: unknown, schema: JsonSchema, path = ''): Promise<unknown> {
    if (schema['x-person'] === true && typeof data === 'string') return await this.idOf(data, path);
    for (const one of [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])]) data = await this.inData(data, one, path);
    if (Array.isArray(data)) {
      const { items } = schema;
      if (items === undefined) return data;
      const found: unknown[] = [];
      for (const [index, item] of data.entries()) found.push(await this.inData(item, items, `${path}[${index}]`));
      return found;
    }
    if (typeof data !== 'object' || data === null || schema.properties === undefined) return data;
    const found: Record<string, unknown> = { ...data };
    for (const [name, field] of Object.entries(schema.properties))
      if (Object.hasOwn(found, name))
        found[name] = await this.inData(found[name], field, path === '' ? name : `${path}.${name}`);
    return found;
  }

  private async meant(text: string): Promise<Meant> {
    return (await this.api.get<Meant>(PEOPLE, { named: text })).body;
  }
}

/** Who a key, an office or an id means, as a line. @throws BadUsage */
export async function personText(api: ApiClient, text: string): Promise<string> {
  const { office, personId } = await new Persons(api).find(text, 'people');
  return `${office ?? 'no office is known'}  ${personId}`;
}
