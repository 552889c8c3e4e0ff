import { idKey, naturalKey, type StreamKey } from '@plumbline/kernel';

// Streams are named by the codes that commands use; codes never change.
export const metricKey = (metric: string): StreamKey => naturalKey('metric', metric);
export const seriesKey = (metric: string, unit: string): StreamKey => naturalKey('series', metric, unit);
export const targetKey = (metric: string, unit: string, period: string): StreamKey =>
  naturalKey('target', metric, unit, period);
export const releaseKey = (release: string): StreamKey => naturalKey('release', release);
export const hypothesisKey = (hypothesis: string): StreamKey => naturalKey('hypothesis', hypothesis);
export const importVerificationKey = (importId: string): StreamKey => idKey('import-verification', importId);
