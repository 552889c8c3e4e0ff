import { periodClose } from './period-close.process';
import type { Process } from './process';

/** Every process of this product, in the order in which they act on one event. */
export const processes: readonly Process[] = [periodClose];
