import { EventEmitter } from 'node:events';
import { Stopped, stopOnSignal } from './stopping';

describe('a start that is told to stop', () => {
  const start = () => {
    const source = Object.assign(new EventEmitter(), { exited: [] as number[], exit: (_code: number) => undefined });
    source.exit = (code) => void source.exited.push(code);
    const clock = { now: 0 };
    const said: string[] = [];
    const signal = stopOnSignal(
      source,
      (words) => void said.push(words),
      () => clock.now,
    );
    return { source, clock, said, signal };
  };
  it.each(['SIGINT', 'SIGTERM', 'SIGHUP'])('says so and stops at once: %s', (name) => {
    const { source, said, signal } = start();
    source.emit(name);
    expect(said).toEqual(['Stopping …']);
    expect(signal.reason).toBeInstanceOf(Stopped);
    expect(() => signal.throwIfAborted()).toThrow(Stopped);
    expect(source.exited).toEqual([]);
  });
  it('ends at once when it is told again', () => {
    const { source, clock } = start();
    source.emit('SIGINT');
    clock.now = 1_000;
    source.emit('SIGINT');
    expect(source.exited).toEqual([130]);
  });
  it('takes one keystroke that arrives twice for one', () => {
    const { source, clock } = start();
    source.emit('SIGINT');
    clock.now = 5;
    source.emit('SIGINT');
    expect(source.exited).toEqual([]);
  });
});
