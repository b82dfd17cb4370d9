/** What one part of the benchmark found. */
export interface PartReport {
  title: string;
  /** How it was measured, and what a reader must know to judge it. */
  method: string;
  columns: readonly string[];
  rows: readonly (readonly string[])[];
  targets: readonly Target[];
  charts: readonly Chart[];
}

/** A promise in numbers, and whether it was kept. */
export interface Target {
  what: string;
  measured: string;
  isMet: boolean;
}

/** One value for each system; less is better. */
export interface Chart {
  title: string;
  unit: string;
  bars: readonly { label: string; value: number }[];
}
