import { Registry } from 'prom-client';
import { prometheusMeter } from './prometheus-meter';

describe('the meter of commands', () => {
  it('counts by type and outcome', async () => {
    const registry = new Registry();
    const meter = prometheusMeter(registry);
    meter.count('toy.Observe', 'recorded', 3);
    meter.count('toy.Observe', 'recorded');
    meter.count('toy.Observe', 'already-observed');
    const text = await registry.metrics();
    expect(text).toContain('plumbline_commands_total{type="toy.Observe",outcome="recorded"} 4');
    expect(text).toContain('plumbline_commands_total{type="toy.Observe",outcome="already-observed"} 1');
  });
});
