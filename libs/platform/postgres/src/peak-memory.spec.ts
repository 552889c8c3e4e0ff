import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { peakMib } from './peak-memory';

const MIB = 1024 * 1024;

describe('peakMib', () => {
  it('still counts what was let go', () => {
    const before = peakMib();
    Buffer.alloc((before + 100) * MIB, 1);
    expect(peakMib()).toBeGreaterThan(before + 90);
  });

  it('counts nothing of the process that started the one asked about', async () => {
    Buffer.alloc(300 * MIB, 1);
    const child = spawn(process.execPath, ['-e', 'console.log("up"); setInterval(() => {}, 1000)'], {
      env: { ...process.env, NODE_OPTIONS: '' },
    });
    await once(child.stdout, 'data');
    const [own, another] = [peakMib(), peakMib(child.pid)];
    child.kill();
    expect(own).toBeGreaterThan(300);
    expect(another).toBeGreaterThan(10);
    expect(another).toBeLessThan(150);
  });

  it('says which process it does not find', () => {
    expect(() => peakMib(2 ** 30)).toThrow(`/proc/${2 ** 30}/status`);
  });
});
