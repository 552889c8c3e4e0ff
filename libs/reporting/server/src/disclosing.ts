import { createHash } from 'node:crypto';
import type { Actor } from '@plumbline/kernel';
import { canonicalJson } from '@plumbline/ledger';
import type { Disclosed } from '@plumbline/privacy';
import { type Report, reportJson } from '@plumbline/reporting/domain';

/** Forms in which a report leaves as a file; a table on a screen is no file. */
export const FILE_FORMATS = ['json', 'csv', 'xlsx', 'html'] as const;
export type FileFormat = (typeof FILE_FORMATS)[number];

/** A restricted report that is about to be shown. */
export interface Showing {
  readonly viewer: Actor;
  readonly report: string;
  readonly cycle: string | null;
  readonly leader: string | null;
  readonly unit: string | null;
  /** Id of the event as of which it is shown. */
  readonly asOf: string;
}

/** Where it is recorded that restricted reports are shown, refused and taken away. What throws is not shown. */
export interface DisclosureRecord {
  viewed(showing: Showing): Promise<void>;
  exported(leaving: Showing & { readonly format: FileFormat; readonly manifestHash: string }): Promise<void>;
  refused(refusing: {
    readonly viewer: string;
    readonly report: string;
    readonly leader: string | null;
    readonly rule: string;
  }): Promise<void>;
}

/** SHA-256 (hex) of what a report says, whenever and in whatever form: its canonical JSON without the as-of. */
export function manifestHash(report: Disclosed<Report>): string {
  const { asOf: _asOf, ...says } = reportJson(report);
  return createHash('sha256').update(canonicalJson(says), 'utf8').digest('hex');
}
