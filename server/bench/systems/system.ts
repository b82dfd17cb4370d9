import type { Dialect } from '../load/dialect.js';

/** A running server that can be connected to and published to. */
export interface System {
  readonly name: SystemName;
  readonly pid: number;
  readonly port: number;
  /** What its clients speak. */
  readonly dialect: Dialect;
  /** Where a notification is posted to, and the headers that this takes. */
  readonly publishPath: string;
  readonly publishHeaders: readonly string[];
  stop(): Promise<void>;
}

/** Herald, which asks for a token. */
export interface HeraldSystem extends System {
  readonly token: string;
}

export const SYSTEM_NAMES = ['Herald', 'ws loop', 'stock Nest', 'Socket.IO'] as const;
export type SystemName = (typeof SYSTEM_NAMES)[number];
