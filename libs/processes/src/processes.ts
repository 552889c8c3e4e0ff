import { commitmentMiss } from './commitment-miss.process';
import { cycleCompute } from './cycle-compute.process';
import { evidenceExpiry } from './evidence-expiry.process';
import { legalReviewExpiry } from './legal-review-expiry.process';
import { noticesProcess } from './notices.process';
import { periodClose } from './period-close.process';
import { periodReporter } from './period-reporter.process';
import type { Process } from './process';
import { restatement } from './restatement.process';
import { restatementNotice } from './restatement-notice.process';

/** Every process of this product, in the order in which they act on one event. */
export const processes: readonly Process[] = [
  legalReviewExpiry,
  periodReporter,
  periodClose,
  commitmentMiss,
  cycleCompute,
  restatement,
  evidenceExpiry,
  noticesProcess,
  restatementNotice,
];
