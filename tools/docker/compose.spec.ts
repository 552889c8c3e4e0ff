import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { isKurrentUrl } from '@plumbline/platform/event-store';
import { parse } from 'yaml';

const FILE = 'docker/compose.kurrentdb.yml';

interface Service {
  readonly image?: string;
  readonly build?: { readonly context: string; readonly dockerfile: string };
  readonly environment?: Readonly<Record<string, string>>;
  readonly volumes?: readonly string[];
  readonly healthcheck?: unknown;
  readonly depends_on?: Readonly<Record<string, unknown>>;
  readonly ports?: readonly string[];
}
interface Compose {
  readonly services: Readonly<Record<string, Service>>;
  readonly volumes: Readonly<Record<string, unknown>>;
}

/** The settings that the file asks for and has no answer to. */
const asked = (text: string): readonly string[] => [
  ...new Set([...text.matchAll(/\$\{([A-Z_]+):\?/g)].map(([, name]) => name!)),
];

describe('the compose file of a deployment on KurrentDB', () => {
  const text = readFileSync(FILE, 'utf8');
  const { services, volumes } = parse(text, { merge: true }) as Compose;
  const nodes = Object.entries(services).filter(([name]) => /^node\d$/.test(name));

  it('starts three nodes that know one another, each with its own certificate and disk', () => {
    expect(nodes.map(([name]) => name)).toEqual(['node1', 'node2', 'node3']);
    for (const [name, { environment = {}, volumes: mounted = [], healthcheck }] of nodes) {
      const others = nodes.map(([other]) => other).filter((other) => other !== name);
      expect(environment['KURRENTDB_GOSSIP_SEED']).toBe(others.map((other) => `${other}:2113`).join(','));
      expect(environment['KURRENTDB_CERTIFICATE_FILE']).toBe(`/certificates/${name}/node.crt`);
      expect(environment).not.toHaveProperty('KURRENTDB_INSECURE');
      expect(mounted).toContain(`${name}:/var/lib/kurrentdb`);
      expect(healthcheck).toBeDefined();
    }
  });

  it('names every image by a version, and mounts no volume that it does not declare', () => {
    for (const [name, { image = '', volumes: mounted = [] }] of Object.entries(services)) {
      expect([name, image]).toEqual([name, expect.stringMatching(/^[a-z][a-z0-9./-]*:(\d|\$\{PLUMBLINE_VERSION)/)]);
      for (const mount of mounted) expect(Object.keys(volumes)).toContain(mount.split(':', 1)[0]);
    }
  });

  it('points API and worker at all nodes under TLS, and shows them no key that signs certificates', () => {
    for (const name of ['api', 'worker', 'migrate']) {
      const { environment = {}, volumes: mounted = [] } = services[name]!;
      const url = environment['EVENT_STORE_URL']!;
      expect(isKurrentUrl(url)).toBe(true);
      for (const [node] of nodes) expect(url).toContain(`${node}:2113`);
      expect(url).toContain('tls=true&tlsCaFile=/trust/ca.crt');
      expect(mounted).toEqual(['plumbline:/var/lib/plumbline', 'trust:/trust:ro']);
    }
    expect(services['api']?.ports).toEqual(['127.0.0.1:4310:4310']);
  });

  it('builds the one image from a Dockerfile that is there, whose start knows each role', () => {
    const { dockerfile = '' } = services['migrate']?.build ?? {};
    expect(existsSync(dockerfile)).toBe(true);
    expect(readFileSync(dockerfile, 'utf8')).toContain('docker/entrypoint.sh');
    const start = readFileSync('docker/entrypoint.sh', 'utf8');
    for (const app of ['api', 'worker', 'cli']) expect(start).toContain(`$apps/${app}/main.mjs`);
  });

  it('asks for what the how-to describes, and has no password of its own', () => {
    const guide = readFileSync('docs/how-to/run-on-kurrentdb.md', 'utf8');
    expect(asked(text).length).toBeGreaterThan(5);
    for (const name of asked(text)) expect(guide).toContain(`\`${name}\``);
    expect(text).not.toContain('changeit');
  });

  it('is understood by docker compose, where that is installed', () => {
    const compose = (...args: readonly string[]) =>
      spawnSync('docker', ['compose', ...args], {
        encoding: 'utf8',
        env: { ...process.env, ...Object.fromEntries(asked(text).map((name) => [name, 'a-word'])) },
      });
    const there = compose('version').status === 0;
    const checked = there ? compose('--file', FILE, 'config', '--quiet') : undefined;
    if (!checked) process.stdout.write('docker compose config: not run, docker compose is not installed here\n');
    expect([checked?.status ?? 'not run', checked?.stderr ?? '']).toEqual([there ? 0 : 'not run', '']);
  });
});
