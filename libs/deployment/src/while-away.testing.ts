import type { RunningDeployment } from './running-deployment.testing';

// What a deployment does while a part of it is away, and when it is back: the same whichever part it is.

export const REGISTER_UNIT = 'organization.RegisterUnit';
export const unitOf = (code: string) => ({ code, name: `Unit ${code}`, outsideTree: true, validFrom: '2024-01-01' });

type Sent = Awaited<ReturnType<RunningDeployment['send']>>;

export async function registerRoot(running: RunningDeployment): Promise<void> {
  await running.command('organization.NameRootUnit', { unit: 'ROOT' });
  await running.command(REGISTER_UNIT, { code: 'ROOT', name: 'The organisation', validFrom: '2024-01-01' });
}

export const health = (running: RunningDeployment): Promise<Sent> => running.send('/health/ready', { token: null });

export async function readyAgain(running: RunningDeployment): Promise<void> {
  for (let tries = 0; tries < 200 && (await health(running)).status !== 200; tries++)
    await new Promise((resolve) => setTimeout(resolve, 50));
}

export const register = (running: RunningDeployment, code: 'BEFORE' | 'MEANWHILE'): Promise<Sent> =>
  running.command(REGISTER_UNIT, unitOf(code), { 'Idempotency-Key': code.toLowerCase() });

/** Each answer is 503 with the seconds to wait, and tells nothing of addresses; the process is alive, and nothing failed in it. */
export async function expectAway(running: RunningDeployment, sent: readonly Sent[], addresses: RegExp): Promise<void> {
  for (const { status, json, headers, text } of sent) {
    expect([json.instance, status, json.status]).toEqual([json.instance, 503, 503]);
    expect(Number(headers.get('retry-after'))).toBeGreaterThan(0);
    expect(text).not.toMatch(addresses);
  }
  expect((await running.send('/health/live', { token: null })).status).toBe(200);
  expect(running.logged).not.toContain('a request failed');
}

/** What was sent meanwhile is recorded when it is sent again; what was recorded before stands. */
export async function expectGoesOn(running: RunningDeployment, before: Sent): Promise<void> {
  const again = await register(running, 'MEANWHILE');
  expect([again.status, again.json['repeated']]).toEqual([201, false]);
  const old = await register(running, 'BEFORE');
  expect(old.json).toEqual({ ...before.json, repeated: true });
  const report = await running.send(`/v1/reports/R2?after=${again.headers.get('position')}`);
  expect([report.status, report.json.rule]).toEqual([200, undefined]);
}
