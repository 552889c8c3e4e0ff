import { randomUUID } from 'node:crypto';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { longRun } from '@plumbline/platform/postgres/testing';
import fc from 'fast-check';
import { importJWK, type JWK, SignJWT } from 'jose';
import { Product, scratchFolder } from './product.testing';

const MINUTE = 60_000;
const WRITERS = 6;
const UNITS_A_FILE = 200;
const kills = longRun('Kills of the product and its server while it writes', { usual: 3, full: 100 });

/** What was sent, and what came back: nothing, when it was killed meanwhile. */
interface Sent {
  readonly key: string;
  readonly code: string;
  answer?: { readonly position: string; readonly events: readonly string[] };
}

interface Recorded {
  readonly id: string;
  readonly position: string;
  readonly data: { readonly code: string };
}

class Client {
  constructor(private readonly product: Product) {}

  private async ask(path: string, body?: unknown, key = ''): Promise<unknown> {
    const signing = JSON.parse(readFileSync(join(this.product.dataDir, 'local-key.json'), 'utf8')) as JWK;
    const token = await new SignJWT({})
      .setProtectedHeader({ alg: 'EdDSA' })
      .setIssuer('urn:plumbline:local-key')
      .setAudience('urn:plumbline:api')
      .setSubject('operator')
      .setIssuedAt()
      .setExpirationTime('5m')
      .sign(await importJWK(signing, 'EdDSA'));
    const response = await fetch(`${this.product.url}${path}`, {
      headers: {
        authorization: `Bearer ${token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/json', 'idempotency-key': key }),
      },
      ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
    });
    const text = await response.text();
    if (!response.ok) throw new Error(`${response.status} ${text}`);
    return JSON.parse(text);
  }

  async register({ key, code }: Sent): Promise<Sent['answer']> {
    const data = code === 'ROOT' ? { code, name: code } : { code, name: code, parent: 'ROOT' };
    return (await this.ask('/v1/commands/organization.RegisterUnit', { data }, key)) as Sent['answer'];
  }

  async nameRoot(): Promise<void> {
    await this.ask('/v1/commands/organization.NameRootUnit', { data: { unit: 'ROOT' } }, randomUUID());
  }

  async all<T>(type: string): Promise<readonly T[]> {
    const found: T[] = [];
    for (let after: string | null = '0'; after !== null;) {
      const page = (await this.ask(`/v1/events?type=${type}&limit=500&after=${after}`)) as {
        events: readonly T[];
        next: string | null;
      };
      found.push(...page.events);
      after = page.next;
    }
    return found;
  }
}

describe('a product that is killed while it writes', () => {
  const scratch = scratchFolder();
  const dataDir = join(scratch.path, 'data');
  const sent: Sent[] = [];
  let files = 0;
  let [unanswered, halfway] = [0, 0];
  afterAll(async () => {
    await Product.stopAll();
    scratch.remove();
  }, MINUTE);

  /** Writes until it is killed. */
  async function write(client: Client): Promise<void> {
    for (;;) {
      const one: Sent = { key: randomUUID(), code: `U${sent.length}` };
      sent.push(one);
      try {
        one.answer = await client.register(one);
      } catch {
        return;
      }
    }
  }

  /** A file of units that no other file has. */
  function fileOfUnits(): string {
    files += 1;
    const file = join(scratch.path, `F${files}.csv`);
    const rows = Array.from({ length: UNITS_A_FILE }, (_, row) => `F${files}-${row},Unit,ROOT`);
    writeFileSync(file, `code,name,parent\n${rows.join('\n')}\n`);
    return file;
  }

  /** Nothing answered is lost, doubled or moved; a file is in whole or not at all; what was not answered is there once when it is sent again. */
  async function settle(product: Product, file: string, begun: boolean): Promise<void> {
    const client = new Client(product);
    const before = await client.all<Recorded>('organization.OrgUnitRegistered.v1');
    const rows = before.filter(({ data }) => data.code.startsWith(`F${files}-`)).length;
    expect([0, UNITS_A_FILE]).toContain(rows);
    if (begun && rows === 0) halfway += 1;
    await product.done('import', 'organization', file);
    for (const one of sent.filter(({ answer }) => !answer)) {
      unanswered += 1;
      one.answer = await client.register(one);
    }
    const recorded = await client.all<Recorded>('organization.OrgUnitRegistered.v1');
    const byCode = new Map(recorded.map((event) => [event.data.code, event]));
    expect(byCode.size).toBe(recorded.length);
    expect(recorded.length).toBe(sent.length + files * UNITS_A_FILE);
    for (const { code, answer } of sent)
      expect([byCode.get(code)?.position, byCode.get(code)?.id]).toEqual([answer?.position, answer?.events[0]]);
  }

  it(
    'has lost nothing it acknowledged, and records half an import never',
    async () => {
      let product = await Product.up(dataDir, '--empty');
      await new Client(product).nameRoot();
      const root: Sent = { key: randomUUID(), code: 'ROOT' };
      root.answer = await new Client(product).register(root);
      sent.push(root);
      const moments = fc.sample(
        fc.record({
          moment: fc.oneof(
            fc.record({ since: fc.constant('the beginning'), after: fc.integer({ min: 0, max: 1_000 }) }),
            fc.record({ since: fc.constant('the upload'), after: fc.integer({ min: 0, max: 150 }) }),
          ),
          what: fc.constantFrom('product', 'server', 'both'),
        }),
        { numRuns: kills.runs, seed: kills.seed },
      );
      const uploads = (): number => readdirSync(join(dataDir, 'uploads')).length;
      for (const { moment, what } of moments) {
        const { postgresPid } = product;
        const client = new Client(product);
        const writing = Array.from({ length: WRITERS }, () => write(client));
        const file = fileOfUnits();
        const leftBehind = uploads();
        const importing = product.run('import', 'organization', file);
        let ended = false;
        void importing.then(() => (ended = true));
        while (moment.since === 'the upload' && uploads() === leftBehind && !ended) await sleep(2);
        await sleep(moment.after);
        const begun = uploads() > leftBehind;
        if (what !== 'product') process.kill(postgresPid, 'SIGKILL');
        if (what !== 'server') await product.kill();
        const { code } = await product.ended;
        if (what === 'server') expect(code).toBe(0);
        await Promise.all([...writing, importing]);
        product = await Product.up(dataDir);
        await settle(product, file, begun);
      }
      expect((await product.run('rebuild', '--check')).code).toBe(0);
      await product.stop();
      kills.record({
        kills: moments.length,
        'commands sent': sent.length,
        'commands without an answer': unanswered,
        'imports cut off': halfway,
      });
    },
    kills.timeout + kills.runs * 15_000,
  );
});
