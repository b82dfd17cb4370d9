import { LiveAnnouncer } from '@angular/cdk/a11y';
import { inject, type Provider } from '@angular/core';
import { LiveRegion, type Politeness } from './live-region';

/** Routes Angular Material's announcements to LiveRegion: Material's own announcer would add a third live region. */
export function provideLiveRegion(): Provider {
  return {
    provide: LiveAnnouncer,
    useFactory: (): Pick<LiveAnnouncer, 'announce' | 'clear'> => {
      const liveRegion = inject(LiveRegion);
      return {
        announce(text: string, politeness?: unknown) {
          liveRegion.announce(text, politeness as Politeness | undefined);
          return Promise.resolve();
        },
        clear: () => undefined,
      };
    },
  };
}
