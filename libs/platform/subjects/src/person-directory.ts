import { boundTo, decrypt, encrypt, freshKey } from './cipher';
import type { MasterKey } from './master-key';
import { isSealedReference } from './open-texts';
import type { Directory, DirectoryPerson } from './ports';
import { personIdOf } from './pseudonym';

/** A person's row: an encrypted document and its own wrapped key. */
export interface PersonRow {
  readonly personId: string;
  readonly sealed: Uint8Array;
  readonly wrapped: Uint8Array;
  /** Fingerprint of the master key that wrapped it. */
  readonly master: string;
}

/** Where rows of the directory are kept. */
export interface PersonRows {
  /** Adds or replaces, all or none. No person occurs twice. */
  upsert(rows: readonly PersonRow[]): Promise<void>;
  find(personIds: readonly string[]): Promise<readonly PersonRow[]>;
  list(): Promise<readonly PersonRow[]>;
}

/** Rows in memory: for specs. */
export class MemoryPersonRows implements PersonRows {
  private readonly rows = new Map<string, PersonRow>();

  async upsert(rows: readonly PersonRow[]): Promise<void> {
    for (const row of rows) this.rows.set(row.personId, row);
  }

  async find(personIds: readonly string[]): Promise<readonly PersonRow[]> {
    return personIds.flatMap((id) => this.rows.get(id) ?? []);
  }

  async list(): Promise<readonly PersonRow[]> {
    return [...this.rows.values()];
  }
}

/** Rows that one write takes. */
const ROWS_PER_WRITE = 5_000;
const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Directory of persons over rows that only the master key opens. */
export class PersonDirectory implements Directory {
  constructor(
    private readonly secret: Uint8Array,
    private readonly master: MasterKey,
    private readonly rows: PersonRows,
  ) {}

  personIdOf(key: string): string {
    return personIdOf(this.secret, key);
  }

  async upsert(persons: readonly Omit<DirectoryPerson, 'personId'>[]): Promise<readonly string[]> {
    const ids = persons.map(({ key }) => this.personIdOf(key));
    const latest = [...new Map(persons.map((person, index) => [ids[index]!, person]))];
    for (let from = 0; from < latest.length; from += ROWS_PER_WRITE) {
      await this.rows.upsert(latest.slice(from, from + ROWS_PER_WRITE).map(([id, person]) => this.seal(id, person)));
    }
    return ids;
  }

  async find(keyOrId: string): Promise<DirectoryPerson | null> {
    const ids = UUID.test(keyOrId) ? [keyOrId, this.personIdOf(keyOrId)] : [this.personIdOf(keyOrId)];
    const found = await this.resolve(ids);
    return ids.map((id) => found.get(id)).find((person) => person !== undefined) ?? null;
  }

  async resolve(personIds: readonly string[]): Promise<ReadonlyMap<string, DirectoryPerson>> {
    const ids = [...new Set(personIds)].filter((id) => UUID.test(id));
    if (ids.length === 0) return new Map();
    return new Map((await this.rows.find(ids)).map((row) => [row.personId, this.open(row)]));
  }

  async all(): Promise<readonly DirectoryPerson[]> {
    return (await this.rows.list()).map((row) => this.open(row));
  }

  private seal(personId: string, { key, name, office, email, locale }: Omit<DirectoryPerson, 'personId'>): PersonRow {
    if ([key, name, office, email].some(isSealedReference))
      throw new RangeError('a person is not named like a sealed text');
    const rowKey = freshKey();
    const document = Buffer.from(JSON.stringify({ key: key.trim(), name, office, email, locale }), 'utf8');
    return {
      personId,
      sealed: encrypt(rowKey, document, boundTo('person', personId)),
      wrapped: this.master.wrap(personId, rowKey),
      master: this.master.fingerprint,
    };
  }

  private open({ personId, sealed, wrapped, master }: PersonRow): DirectoryPerson {
    if (master !== this.master.fingerprint) {
      throw new Error(
        `a row of the directory was wrapped by the master key ${master}, and this start has ${this.master.fingerprint}: bring back the right master key`,
      );
    }
    const document = decrypt(this.master.unwrap(personId, wrapped), sealed, boundTo('person', personId));
    return { personId, ...(JSON.parse(document.toString('utf8')) as Omit<DirectoryPerson, 'personId'>) };
  }
}
