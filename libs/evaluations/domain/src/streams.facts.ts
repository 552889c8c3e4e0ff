import { naturalKey, type StreamKey } from '@plumbline/kernel';

export const cycleKey = (cycle: string): StreamKey => naturalKey('cycle', cycle);
/** By the cycle's code and the leader's person id. */
export const scorecardKey = (cycle: string, leader: string): StreamKey => naturalKey('scorecard', cycle, leader);
/** By the metric's code and the code of a leader group. */
export const linkKey = (metric: string, group: string): StreamKey => naturalKey('link', metric, group);
