import fc from 'fast-check';
import { PRIORITIES } from '../../../protocol/notification.js';
import { World } from './world.js';

/** Steps in all. The long run: `MODEL_STEPS=1000000 npm run test:unit -- server/test/model`; `MODEL_SEED=<n>` for another one. */
const STEPS = Number(process.env['MODEL_STEPS'] ?? 100_000);
const SEED = Number(process.env['MODEL_SEED'] ?? 20_261_124);
const STEPS_A_RUN = 250;

const client = fc.nat({ max: 3 });
const step = fc.oneof(
  { weight: 60, arbitrary: fc.record({ do: fc.constant('publish' as const), lane: fc.constantFrom(...PRIORITIES), channels: fc.constantFrom([0], [0], [1], [2], [3], [3, 4], [0, 1, 3]), size: fc.constantFrom(1, 1, 80, 80, 600, 4000), count: fc.constantFrom(1, 1, 3, 40) }) },
  { weight: 60, arbitrary: fc.record({ do: fc.constant('turn' as const) }) },
  { weight: 50, arbitrary: fc.record({ do: fc.constant('read' as const), client, bytes: fc.constantFrom(1, 100, 3000, 20_000, 1_000_000) }) },
  { weight: 40, arbitrary: fc.record({ do: fc.constant('ack' as const), client }) },
  { weight: 20, arbitrary: fc.record({ do: fc.constant('connect' as const), client }) },
  { weight: 10, arbitrary: fc.record({ do: fc.constant('cut' as const), client }) },
  { weight: 15, arbitrary: fc.record({ do: fc.constant('toggle' as const), client, channel: fc.constantFrom(1, 3, 3, 4, 4), isRacing: fc.boolean() }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('restart' as const) }) },
);

describe('delivery', () => {
  it(`loses nothing without saying so, and repeats nothing, over ${STEPS} random steps (seed ${SEED})`, async () => {
    let played = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: STEPS_A_RUN, maxLength: STEPS_A_RUN, size: 'max' }), async (steps) => {
        const world = new World();
        for (const one of steps) await world.play(one);
        await world.settle();
        world.check();
        played += steps.length;
      }),
      { numRuns: Math.ceil(STEPS / STEPS_A_RUN), seed: SEED, endOnFailure: false },
    );
    expect(played).toBeGreaterThanOrEqual(STEPS);
  }, 600_000);
});

export type Step = typeof step extends fc.Arbitrary<infer One> ? One : never;
