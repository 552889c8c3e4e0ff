import { Counter, type Registry } from 'prom-client';
import type { CommandMeter } from './ports';

/** Counts in `plumbline_commands_total{type, outcome}` of this Prometheus registry. */
export function prometheusMeter(registry: Registry): CommandMeter {
  const counter = new Counter({
    name: 'plumbline_commands_total',
    help: 'Commands and questions by type and what became of them: recorded, unchanged, repeated, answered, or the rule that refused',
    labelNames: ['type', 'outcome'] as const,
    registers: [registry],
  });
  return { count: (type, outcome, commands = 1) => counter.inc({ type, outcome }, commands) };
}
