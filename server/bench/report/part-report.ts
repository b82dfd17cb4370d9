/** Results of one part of the benchmark. */
export interface PartReport {
  title: string;
  /** How the part measures, and the caveats for judging its figures. */
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
