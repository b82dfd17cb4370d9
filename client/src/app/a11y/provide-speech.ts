import { LiveAnnouncer } from '@angular/cdk/a11y';
import { inject, type Provider } from '@angular/core';
import { type Manner, Speech } from './speech';

/** Routes Angular Material's announcements to Speech: Material's own announcer would add a third live region. */
export function provideSpeech(): Provider {
  return {
    provide: LiveAnnouncer,
    useFactory: (): Pick<LiveAnnouncer, 'announce' | 'clear'> => {
      const speech = inject(Speech);
      return {
        announce(text: string, manner?: unknown) {
          speech.say(text, manner as Manner | undefined);
          return Promise.resolve();
        },
        clear: () => undefined,
      };
    },
  };
}
