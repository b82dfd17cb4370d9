import type { Dialect } from '../load/dialect.js';

/** A running server that accepts connections and published notifications. */
export interface System {
  readonly name: SystemName;
  readonly pid: number;
  readonly port: number;
  /** Protocol of its clients. */
  readonly dialect: Dialect;
  /** Path and headers for publishing. */
  readonly publishPath: string;
  readonly publishHeaders: readonly string[];
  stop(): Promise<void>;
}

/** Herald, which needs a token. */
export interface HeraldSystem extends System {
  readonly token: string;
}

export const SYSTEM_NAMES = ['Herald', 'ws loop', 'stock Nest', 'Socket.IO'] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];
