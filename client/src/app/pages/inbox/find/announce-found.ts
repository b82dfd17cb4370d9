import type { LiveRegion } from '#app/a11y/live-region';

/** Announces the number of matches of a search or a filter. @param isMore whether more match than are loaded */
export function announceFound(liveRegion: LiveRegion, count: number, isMore: boolean): void {
  if (count === 0) liveRegion.announce($localize`:@@inbox.foundNothing:Nothing matches`);
  else
    liveRegion.announce(
      isMore
        ? $localize`:@@inbox.foundMore:More than ${count}:count: found`
        : $localize`:@@inbox.found:${count}:count: found`,
    );
}
