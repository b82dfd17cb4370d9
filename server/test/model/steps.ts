import { PRIORITIES, type Priority } from '@herald/protocol';
import fc from 'fast-check';

/** The `count` clients from index `first` on. */
interface Clients {
  readonly first: number;
  readonly count: number;
}

export type ClientsStep = Clients &
  (
    | { do: 'read'; bytes: number }
    | { do: 'ack' }
    | { do: 'connect' }
    | { do: 'cut' }
    | { do: 'toggle'; channel: number; isRacing: boolean }
  );

export type Step =
  | ClientsStep
  | { do: 'publish'; lane: Priority; channels: readonly number[]; size: number; count: number }
  | { do: 'turn' }
  /** Time passes, and from now on each reading of the clock takes `lookMs`. */
  | { do: 'wait'; ms: number; lookMs: number }
  /** Connected clients read and acknowledge until nothing moves; then each must have everything. */
  | { do: 'settle' }
  /** Retention by age drops everything stored so far. */
  | { do: 'age' }
  | { do: 'restart' }
  /** The epoch changes while the server runs, with or without an announcement. */
  | { do: 'begin anew'; isAnnounced: boolean };

const lane = fc.constantFrom(...PRIORITIES);

/** Steps for a few clients, on wires that are slow and break at any byte. */
export const fewClientsStep = (clients: number): fc.Arbitrary<Step> => {
  const which = { first: fc.nat({ max: clients - 1 }), count: fc.constant(1) };
  return fc.oneof(
    {
      weight: 60,
      arbitrary: fc.record({
        do: fc.constant('publish' as const),
        lane,
        channels: fc.constantFrom([0], [0], [1], [2], [3], [3, 4], [0, 1, 3]),
        size: fc.constantFrom(1, 1, 80, 80, 600, 4000),
        count: fc.constantFrom(1, 1, 3, 40),
      }),
    },
    { weight: 60, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
    {
      weight: 50,
      arbitrary: fc.record({
        do: fc.constant('read' as const),
        ...which,
        bytes: fc.constantFrom(1, 100, 3000, 20_000, 1_000_000),
      }),
    },
    { weight: 40, arbitrary: fc.record({ do: fc.constant('ack' as const), ...which }) },
    { weight: 20, arbitrary: fc.record({ do: fc.constant('connect' as const), ...which }) },
    { weight: 10, arbitrary: fc.record({ do: fc.constant('cut' as const), ...which }) },
    {
      weight: 15,
      arbitrary: fc.record({
        do: fc.constant('toggle' as const),
        ...which,
        channel: fc.constantFrom(1, 3, 3, 4, 4),
        isRacing: fc.boolean(),
      }),
    },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
    { weight: 2, arbitrary: fc.record({ do: fc.constant('age' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
    { weight: 1, arbitrary: fc.record({ do: fc.constant('begin anew' as const), isAnnounced: fc.boolean() }) },
  );
};

/** Steps for enough clients that fan-outs are sliced, followed by pauses, and overtaken by high. */
export const crowdStep = (clients: number): fc.Arbitrary<Step> => {
  const which = { first: fc.nat({ max: clients - 1 }), count: fc.constantFrom(1, 10, 70, clients / 2, clients) };
  return fc.oneof(
    {
      weight: 60,
      arbitrary: fc.record({
        do: fc.constant('publish' as const),
        lane,
        channels: fc.constantFrom([0], [0], [0], [1], [2], [3], [4], [0, 4]),
        size: fc.constantFrom(1, 1, 80, 600),
        count: fc.constantFrom(1, 1, 1, 5),
      }),
    },
    { weight: 120, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
    {
      weight: 20,
      arbitrary: fc.record({
        do: fc.constant('wait' as const),
        ms: fc.constantFrom(0, 1, 20, 200),
        lookMs: fc.constantFrom(0.001, 0.02, 0.02, 0.2, 1),
      }),
    },
    { weight: 20, arbitrary: fc.record({ do: fc.constant('read' as const), ...which, bytes: fc.constant(Infinity) }) },
    { weight: 20, arbitrary: fc.record({ do: fc.constant('ack' as const), ...which }) },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('connect' as const), ...which }) },
    { weight: 4, arbitrary: fc.record({ do: fc.constant('cut' as const), ...which }) },
    {
      weight: 8,
      arbitrary: fc.record({
        do: fc.constant('toggle' as const),
        ...which,
        channel: fc.constantFrom(0, 4, 4),
        isRacing: fc.boolean(),
      }),
    },
    { weight: 8, arbitrary: fc.record({ do: fc.constant('settle' as const) }) },
  );
};
