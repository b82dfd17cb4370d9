import { prefetch } from './app/prefetch/prefetch';

/** A script of its own, without Angular: it runs while the app is still loading. */
globalThis.heraldPrefetch = prefetch();
