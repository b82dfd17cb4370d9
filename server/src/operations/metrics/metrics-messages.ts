import type { Figures } from './merged-metrics.js';

/** Messages of a worker to the primary process: it wants the metrics of all, or gives its own figures. */
export type FromWorker =
  | { readonly kind: 'metrics wanted'; readonly id: number }
  | { readonly kind: 'figures'; readonly id: number; readonly figures: Figures };

/** Messages of the primary process to a worker. An answer has the id of its question. */
export type ToWorker =
  | { readonly kind: 'figures wanted'; readonly id: number }
  | { readonly kind: 'metrics'; readonly id: number; readonly text: string };
