import { z } from 'zod';
import {
  accept,
  anyDecider,
  askFact,
  type CommandOf,
  createdKey,
  type Decider,
  defineCommand,
  defineEvent,
  type EventOf,
  idKey,
  naturalKey,
  refuse,
  sealedText,
  streamFact,
  toSeal,
} from '@plumbline/kernel';
import { defineAsk, type ContextRegistration } from './context-registration';

/** A small context for specs: metrics with a legal class, links that rest on it, series of observations. */

const metricEvents = {
  'toy.MetricDefined.v1': defineEvent('A metric is defined', z.strictObject({ code: z.string() }), { code: 'LC' }),
  'toy.MetricClassified.v1': defineEvent('A metric gets a legal class', z.strictObject({ legalClass: z.string() }), {
    legalClass: 'NEUTRAL',
  }),
};
const metricCommands = {
  'toy.DefineMetric': defineCommand(
    'Define a metric, like another one or not',
    ['hr', 'process'],
    z.strictObject({ code: z.string().min(2), like: z.string().optional() }),
    { code: 'LC' },
  ),
  'toy.ClassifyMetric': defineCommand(
    'Classify a metric',
    ['legal'],
    z.strictObject({ code: z.string(), legalClass: z.enum(['NEUTRAL', 'CLASS_BASED']) }),
    { code: 'LC', legalClass: 'NEUTRAL' as const },
  ),
};
export interface Metric {
  readonly defined: boolean;
  readonly legalClass: string;
}
type MetricEvent = EventOf<typeof metricEvents>;
export const metric: Decider<Metric, CommandOf<typeof metricCommands>, MetricEvent> = {
  concept: 'toy-metric',
  initial: { defined: false, legalClass: 'NONE' },
  commands: metricCommands,
  events: metricEvents,
  stream: ({ data }) => naturalKey('toy-metric', data.code),
  evolve: (state, event) => {
    switch (event.type) {
      case 'toy.MetricDefined.v1':
        return { ...state, defined: true };
      case 'toy.MetricClassified.v1':
        return { ...state, legalClass: event.data.legalClass };
    }
  },
  facts: ({ type, data }) =>
    type === 'toy.DefineMetric' && data.like !== undefined
      ? [streamFact(metric, naturalKey('toy-metric', data.like))]
      : [],
  decide: (command, state) => {
    switch (command.type) {
      case 'toy.DefineMetric':
        return state.defined
          ? refuse('a-metric-is-defined-once')
          : accept({ type: 'toy.MetricDefined.v1', data: { code: command.data.code } });
      case 'toy.ClassifyMetric':
        return command.data.legalClass === state.legalClass
          ? accept()
          : accept({ type: 'toy.MetricClassified.v1', data: { legalClass: command.data.legalClass } });
    }
  },
};

const linkEvents = {
  'toy.LinkApproved.v1': defineEvent('A link is approved', z.strictObject({ metricId: z.string(), note: sealedText }), {
    metricId: 'm',
    note: { key: '7b1c0f4e-0000-8000-8000-000000000000', sealed: 'AAAA', subjects: [] },
  }),
  'toy.LinkRefused.v1': defineEvent('A link is refused', z.strictObject({ rule: z.string() }), { rule: 'some-rule' }),
  'toy.LinkConfirmed.v1': defineEvent('A link is confirmed', z.strictObject({ by: z.string() }), { by: 'p' }),
  'toy.LinkBroken.v1': defineEvent('Never decided', z.strictObject({ count: z.number() }), { count: 1 }),
};
const linkCommands = {
  'toy.RequestLink': defineCommand('Request a link', ['hr'], z.strictObject({ metric: z.string(), note: z.string() }), {
    metric: 'LC',
    note: 'because',
  }),
  'toy.ConfirmLink': defineCommand('Confirm a link', ['hr'], z.strictObject({ link: z.string() }), { link: 'id' }),
  'toy.BeCareless': defineCommand('Ask for what was not declared', ['hr'], z.strictObject({ metric: z.string() }), {
    metric: 'LC',
  }),
  'toy.BreakShape': defineCommand('Decide what no schema describes', ['hr'], z.strictObject({ metric: z.string() }), {
    metric: 'LC',
  }),
};
type LinkEvent = EventOf<typeof linkEvents>;
export const link: Decider<{ readonly approved: boolean }, CommandOf<typeof linkCommands>, LinkEvent> = {
  concept: 'toy-link',
  initial: { approved: false },
  commands: linkCommands,
  events: linkEvents,
  stream: (command) =>
    command.type === 'toy.ConfirmLink' ? idKey('toy-link', command.data.link) : createdKey('toy-link'),
  evolve: (state, event) => (event.type === 'toy.LinkApproved.v1' ? { approved: true } : state),
  facts: (command) => {
    switch (command.type) {
      case 'toy.RequestLink':
        return [streamFact(metric, naturalKey('toy-metric', command.data.metric))];
      case 'toy.ConfirmLink':
        return [askFact('toy.holder', { role: 'legal' }), askFact('toy.holder', { role: 'hr' })];
      case 'toy.BeCareless':
      case 'toy.BreakShape':
        return [];
    }
  },
  decide: (command, _state, context) => {
    switch (command.type) {
      case 'toy.RequestLink': {
        const key = naturalKey('toy-metric', command.data.metric);
        if (context.facts.stream(metric, key).legalClass !== 'NEUTRAL') {
          const rule = 'only-neutral-metrics-are-linked';
          return {
            ...refuse(rule, 'have the metric reviewed'),
            events: [{ type: 'toy.LinkRefused.v1', data: { rule } }],
          };
        }
        const note = toSeal(command.data.note, [context.actor.id]);
        return accept({ type: 'toy.LinkApproved.v1', data: { metricId: context.idOf(key), note } });
      }
      case 'toy.ConfirmLink':
        return accept({
          type: 'toy.LinkConfirmed.v1',
          data: { by: context.facts.ask<string>('toy.holder', { role: 'legal' }) },
        });
      case 'toy.BeCareless':
        context.facts.stream(metric, naturalKey('toy-metric', command.data.metric));
        return accept();
      case 'toy.BreakShape':
        return accept({ type: 'toy.LinkBroken.v1', data: { count: 'many' as unknown as number } });
    }
  },
};

const seriesEvents = {
  'toy.Observed.v1': defineEvent(
    'A value is observed',
    z.strictObject({ period: z.string(), value: z.string(), n: z.number().int().optional(), source: z.string() }),
    { period: '2026', value: '1', source: 's' },
  ),
};
const seriesCommands = {
  'toy.Observe': defineCommand(
    'Observe a value',
    ['data-steward'],
    z.strictObject({
      metric: z.string(),
      unit: z.string(),
      period: z.string(),
      value: z.string(),
      n: z.number().int().optional(),
      source: z.string(),
    }),
    { metric: 'LC', unit: 'GPA', period: '2026', value: '61.5', source: 'a file' },
  ),
};
type SeriesState = Readonly<Record<string, string>>;
export const series: Decider<SeriesState, CommandOf<typeof seriesCommands>, EventOf<typeof seriesEvents>> = {
  concept: 'toy-series',
  initial: {},
  commands: seriesCommands,
  events: seriesEvents,
  stream: ({ data }) => naturalKey('toy-series', data.metric, data.unit),
  evolve: (state, { data }) => ({ ...state, [data.period]: data.value }),
  facts: ({ data }) => [streamFact(metric, naturalKey('toy-metric', data.metric))],
  decide: ({ data }, state, { facts }) => {
    const { period, value, n, source } = data;
    if (!facts.stream(metric, naturalKey('toy-metric', data.metric)).defined) {
      return refuse('an-observation-names-a-defined-metric', 'define the metric first');
    }
    if (state[period] === value) return accept();
    if (state[period] !== undefined) return refuse('already-observed');
    return accept({ type: 'toy.Observed.v1', data: { period, value, n, source } });
  },
};

export const toyContext = (answers: {
  readonly holder: () => Promise<{ answer: string; position: bigint }>;
}): ContextRegistration => ({
  context: 'toy',
  deciders: [anyDecider(metric), anyDecider(link), anyDecider(series)],
  recordedRefusals: [{ rule: 'only-neutral-metrics-are-linked', event: 'toy.LinkRefused.v1' }],
  asks: {
    'toy.holder': defineAsk('Who holds a role', ['hr'], z.strictObject({ role: z.string() }), answers.holder),
  },
});
