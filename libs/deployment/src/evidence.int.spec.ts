import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { MasterKey, masterKeyOf } from '@plumbline/platform/subjects';
import { EvidenceFiles } from '@plumbline/platform/evidence';
import { freshDatabase } from '@plumbline/platform/postgres/testing';
import { Pool } from 'pg';
import { backup, restore } from './backup';
import { RunningDeployment } from './running-deployment.testing';

const OCTETS = { 'Content-Type': 'application/octet-stream' };
const PEOPLE = [
  ['lead', 'program-lead'],
  ['helper', 'program-lead'],
  ['staff', 'member'],
  ['auditor', 'auditor'],
  ['hr', 'hr'],
  ['owner', 'executive'],
] as const;
const MINUTES = Buffer.from('Minutes of the fourth of May, without names.');

describe('evidence over HTTP', () => {
  let running: RunningDeployment;
  let fileId = '';

  const store = async (body: Uint8Array, key: string) =>
    running.send('/v1/evidence', { method: 'POST', body, headers: OCTETS, token: await running.token(key) });
  const read = async (id: string, key: string, role?: string) =>
    running.send(`/v1/evidence/${id}`, { token: await running.token(key, role) });
  const command = async (type: string, data: unknown, key: string, role?: string) =>
    running.command(type, data, {}, await running.token(key, role));

  beforeAll(async () => {
    running = await RunningDeployment.start();
    await running.grant('admin', 'admin');
    for (const [key, role] of PEOPLE)
      await command('organization.GrantRole', { person: running.personId(key), role }, 'admin');
    const done = async (type: string, data: unknown) => {
      const { json } = await running.command(type, data);
      expect([type, json.rule, json.detail]).toEqual([type, undefined, undefined]);
    };
    await done('organization.NameRootUnit', { unit: 'CS' });
    await done('organization.RegisterUnit', { code: 'CS', name: 'Civil service', validFrom: '2020-01-01' });
    await done('metrics.DefineMetric', {
      code: 'BUDDIES',
      ...{ name: 'Newcomers with a buddy', kind: 'LEADING', level: 'PROCESS', unit: 'PERCENT', direction: 'HIGHER' },
      ...{ formulaRef: 'record-share', sourceType: 'RECORDS', cadence: 'QUARTERLY', minN: 5, subject: 'PERSONS' },
      ...{ legalClass: 'NEUTRAL', rationale: 'Who has someone to ask, stays.' },
    });
  }, 60_000);
  afterAll(async () => {
    await running.close();
  });

  it('is stored as a file, and attached by its id under the hash it has', async () => {
    const stored = await store(MINUTES, 'lead');
    expect(stored.status).toBe(201);
    const sha256 = createHash('sha256').update(MINUTES).digest('hex');
    expect(stored.json).toMatchObject({ sha256, size: MINUTES.length });
    fileId = String(stored.json['fileId']);
    expect(stored.headers.get('location')).toBe(`/v1/evidence/${fileId}`);

    const plan = {
      ...{ code: 'BUDDY-1', title: 'A buddy for everyone who joins', type: 'BUDDY', unit: 'CS' },
      ...{ leadingMetrics: ['BUDDIES'], decisionRight: 'CONSULT', from: '2026-01-01', to: '2026-12-31' },
    };
    const planned = await command('programs.PlanAction', plan, 'lead');
    expect([planned.json.rule, planned.json.detail]).toEqual([undefined, undefined]);
    const evidence = { action: 'BUDDY-1', title: 'Minutes', file: fileId, custodian: 'Office of staff development' };
    const byAnother = await command('programs.AttachEvidence', evidence, 'helper');
    expect(byAnother.json.rule).toBe('evidence-is-a-file-that-its-sender-stored');
    expect((await command('programs.AttachEvidence', evidence, 'lead')).status).toBe(201);
    expect((await command('programs.AttestEvidence', { action: 'BUDDY-1', evidence: sha256 }, 'lead')).json.rule).toBe(
      'nobody-attests-evidence-of-their-own',
    );
    const attested = await command('programs.AttestEvidence', { action: 'BUDDY-1', evidence: sha256 }, 'helper');
    expect(attested.status).toBe(201);
    const asked = await running.send(
      `/v1/questions/programs.evidence?action=BUDDY-1&asOf=${attested.headers.get('position')}`,
      { token: await running.token('auditor') },
    );
    expect([asked.json.rule, asked.json.detail]).toEqual([undefined, undefined]);
    expect(asked.json['answer']).toMatchObject([{ fileId, sha256, attestor: running.personId('helper') }]);
  });

  it('is read by its sender, by hr and auditors, and by nobody else; not even that it is there', async () => {
    for (const [key, role] of [['lead'], ['hr', 'hr'], ['auditor', 'auditor']] as const) {
      const answer = await read(fileId, key, role);
      expect([answer.status, answer.text]).toEqual([200, MINUTES.toString()]);
      expect(answer.headers.get('content-disposition')).toContain('attachment');
      expect(answer.headers.get('x-content-type-options')).toBe('nosniff');
      expect(answer.headers.get('content-length')).toBe(String(MINUTES.length));
    }
    const missing = await read('00000000-0000-4000-8000-000000000000', 'staff');
    for (const key of ['staff', 'helper']) {
      const refused = await read(fileId, key);
      expect(refused.status).toBe(404);
      expect({ ...refused.json, instance: '' }).toEqual({ ...missing.json, instance: '' });
    }
    expect((await read('no-id', 'hr', 'hr')).status).toBe(404);
    expect((await running.send(`/v1/evidence/${fileId}`, { token: null })).status).toBe(401);
  });

  it('is read by whoever leads the action that it is evidence of, though another sent it', async () => {
    const sent = await store(Buffer.from('A list, by the helper'), 'helper');
    const id = String(sent.json['fileId']);
    expect((await read(id, 'lead')).status).toBe(404);
    await command(
      'programs.AttachEvidence',
      { action: 'BUDDY-1', title: 'A list', file: id, custodian: 'Office of staff development' },
      'helper',
    );
    expect((await read(id, 'lead')).status).toBe(200);
    expect((await read(id, 'staff')).status).toBe(404);
  });

  it('is no evidence of a commitment whose owner did not store it, nor under another hash, and is not read by them', async () => {
    const { json } = await store(Buffer.from('The lead’s own notes'), 'lead');
    const file = { fileId: String(json['fileId']), sha256: String(json['sha256']) };
    const own = await store(Buffer.from('The owner’s own notes'), 'owner');
    const done = async (type: string, data: object) => {
      const answer = await command(type, data, 'owner');
      expect([type, answer.json.rule, answer.json.detail]).toEqual([type, undefined, undefined]);
    };
    const piece = {
      ...{ custodian: 'Own office', attestor: null, uri: null, periodFrom: null, periodTo: null, expiresAt: null },
      evidenceId: '0e9d5a1c-3b7f-4d26-8c41-9a6b5f2e7d10',
    };
    const about = { commitment: 'C01' };
    await done('charter.ProposeCommitment', {
      ...{ ...about, title: 'Notes', statement: 'Notes are kept.', unit: 'CS', level: 'UNIT', evidenceRule: 'Notes.' },
    });
    await done('charter.AddMilestone', { ...about, milestone: 'C01.1', title: 'First notes', due: '2026-12' });
    await done('charter.AcceptCommitment', about);
    const reach = async (evidence: object) =>
      (await command('charter.ReachMilestone', { ...about, milestone: 'C01.1', evidence: [evidence] }, 'owner')).json
        .rule;
    expect(await reach({ ...piece, ...file })).toBe('evidence-is-a-file-that-its-sender-stored');
    const ownFile = { ...piece, fileId: String(own.json['fileId']) };
    expect(await reach({ ...ownFile, sha256: file.sha256 })).toBe('the-hash-of-evidence-is-that-of-its-file');
    expect(await reach({ ...ownFile, sha256: String(own.json['sha256']) })).toBeUndefined();
    expect((await read(file.fileId, 'owner')).status).toBe(404);
    expect((await read(file.fileId, 'lead')).status).toBe(200);
  });

  it('is at most 25 MiB, and bytes', async () => {
    const large = await store(new Uint8Array(25 * 1024 * 1024 + 1), 'lead');
    expect([large.status, large.json.rule]).toEqual([413, 'a-piece-of-evidence-is-at-most-25-mib']);
    const json = await running.send('/v1/evidence', { body: { file: 'x' }, token: await running.token('lead') });
    expect(json.status).toBe(415);
  });

  it('reads as gone once two people have erased it', async () => {
    const sent = await store(Buffer.from('to be erased'), 'lead');
    const id = String(sent.json['fileId']);
    const ask = { file: id, ground: 'SUBJECT_REQUEST', reason: 'It names someone.' };
    expect((await command('organization.RequestFileErasure', ask, 'hr')).status).toBe(201);
    expect((await command('organization.EraseFile', { file: id }, 'hr')).json.rule).toBe(
      'two-different-people-erase-a-file',
    );
    expect((await read(id, 'lead')).status).toBe(200);
    expect((await command('organization.EraseFile', { file: id }, 'admin')).status).toBe(201);
    while ((await read(id, 'lead')).status === 200) await new Promise((resolve) => setTimeout(resolve, 50));
    expect((await read(id, 'lead')).status).toBe(410);
    const unknown = { ...ask, file: '00000000-0000-4000-8000-000000000000' };
    expect((await command('organization.RequestFileErasure', unknown, 'hr')).json.rule).toBe(
      'only-a-stored-file-is-erased',
    );
    const evidence = { action: 'BUDDY-1', title: 'Gone', file: id, custodian: 'Office of staff development' };
    expect((await command('programs.AttachEvidence', evidence, 'lead')).json.rule).toBe(
      'evidence-is-a-file-that-its-sender-stored',
    );
  });

  it('is in a backup, and comes back from it', async () => {
    const bytes = randomBytes(3_000_000);
    const sent = await store(bytes, 'lead');
    const folder = mkdtempSync(join(tmpdir(), 'plumbline-evidence-backup-'));
    const { deployment, dataDir } = running;
    const database = await freshDatabase();
    try {
      const file = join(folder, 'backup.gz');
      await backup(deployment.store, deployment.ownerPool, dataDir, file);
      await restore(file, folder, database.url);
      const pool = new Pool({ connectionString: database.url, max: 1 });
      const restored = new EvidenceFiles(masterKeyOf(folder), pool);
      expect(masterKeyOf(folder)).toBeInstanceOf(MasterKey);
      const parts: Buffer[] = [];
      for await (const part of restored.read(String(sent.json['fileId']))) parts.push(part);
      expect(Buffer.concat(parts).equals(bytes)).toBe(true);
      expect(await restored.find(fileId)).toEqual(await deployment.evidence.find(fileId));
      await pool.end();
    } finally {
      await database.drop();
      rmSync(folder, { recursive: true, force: true });
    }
  }, 60_000);
});
