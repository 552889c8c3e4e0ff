import { metricTemplates } from '@plumbline/frameworks';
import { specify } from '@plumbline/kernel';
import { type MetricCommand, metricCommands } from './metric.commands';
import { metricDecider } from './metric.decider';

const { data: schema } = metricCommands['metrics.DefineMetric'];
const { given } = specify(metricDecider);

it.each(metricTemplates.map(({ definition }) => [definition.code, definition] as const))(
  'the template %s can be defined as it stands',
  (_code, definition) => {
    expect(schema.parse(definition)).toEqual(definition);
    const decision = given().when({ type: 'metrics.DefineMetric', data: definition } as unknown as MetricCommand);
    expect(decision.refused).toBeUndefined();
    expect(decision.events?.map(({ type }) => type)).toEqual(['metrics.MetricDefined.v1']);
  },
);
