import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { routeKey, routeTable } from '@plumbline/platform/http';
import { apiRoutes } from './api-document';
import { RunningDeployment } from './running-deployment.testing';

/** What Swagger's page is made of: served without a token, and declared nowhere. */
const DOCUMENTATION = [
  'GET /openapi',
  'GET /openapi/',
  'GET /openapi/*',
  'GET /openapi-yaml',
  'GET /openapi.json',
  'GET /openapi/swagger-ui-init.js',
  'GET /openapi/openapi/swagger-ui-init.js',
  'GET /openapi/LICENSE',
  'GET /openapi/index.html',
];

describe('the API', () => {
  let running: RunningDeployment;
  beforeAll(async () => {
    running = await RunningDeployment.start();
  }, 60_000);
  afterAll(() => running.close());
  const declared = routeTable(apiRoutes).all();
  const pathOf = (path: string) => path.replace(/:\w+/g, 'x');

  it('declares every route that it serves, and serves every route that it declares', () => {
    const keys = declared.map(({ method, path }) => routeKey(method, path));
    expect(running.served.filter((key) => !keys.includes(key) && !DOCUMENTATION.includes(key))).toEqual([]);
    expect(keys.filter((key) => !running.served.includes(key))).toEqual([]);
  });
  it('opens without a token only what says how the process is, and its documentation', async () => {
    const open = declared.filter(({ access }) => access === 'public').map(({ path }) => path);
    expect(open.sort()).toEqual(['/health/live', '/health/ready', '/metrics']);
    for (const path of open) expect((await running.send(path, { token: null })).status).toBe(200);
  });
  it('asks for a token on every other route, before anything else is looked at', async () => {
    for (const { method, path, access } of declared.filter((route) => route.access !== 'public')) {
      const { status, json, headers } = await running.send(pathOf(path), { method, token: null });
      expect([method, path, access, status, json.rule]).toEqual([method, path, access, 401, 'a-request-bears-a-token']);
      expect(headers.get('content-type')).toBe('application/problem+json');
    }
  });
  it('lets someone who holds no role through no route that names roles', async () => {
    const token = await running.token('nobody-special');
    for (const { method, path, access } of declared)
      if (typeof access === 'object') {
        const { status, json } = await running.send(pathOf(path), { method, token });
        expect([method, path, status, json.rule]).toEqual([method, path, 403, 'a-person-acts-in-a-role-they-hold']);
      }
  });
  it('serves the document that is kept as a golden file', async () => {
    const golden = join(fileURLToPath(new URL('.', import.meta.url)), '../../../docs/openapi.json');
    const { json } = await running.send('/openapi.json', { token: null });
    expect(json).toEqual(JSON.parse(readFileSync(golden, 'utf8')));
  });
});
