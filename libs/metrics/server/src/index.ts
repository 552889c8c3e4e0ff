export { MetricsModule, metricsRegistration } from './metrics.module';
export { metricsAsks } from './metrics.queries';
export { observationsImporter } from './observations.importer';
export { targetsImporter } from './targets.importer';
