import type { HeraldApi } from '@herald/client/api';
import type { App, AppWithKey } from '@herald/protocol';
import type { Confirmation } from './confirm-dialog';

type Rotation = Omit<Confirmation<AppWithKey>, 'pending'>;

/**
 * Asks whether to give an app another key, and does it.
 * @param oldKeyEnd end of an older key that is still valid, in words: a rotation ends it at once; null if there is none
 */
export function rotationOf({ id, name }: App, oldKeyEnd: string | null, api: HeraldApi): Rotation {
  const title = $localize`:@@apps.rotateTitle:New key for ${name}:name:?`;
  const unanswered = $localize`:@@apps.notRotated:The server did not answer, so there may be a new key already. The current key stays valid for one more day.`;
  const action = $localize`:@@apps.rotate:Make a new key`;
  if (oldKeyEnd === null)
    return {
      ...{ title, action, unanswered, isFinal: false },
      text: $localize`:@@apps.rotateText:The current key stays valid for one more day, so that you can change the program.`,
      work: () => api.rotateApp(id),
    };
  let isEnded = false;
  return {
    ...{ title, action, unanswered, isFinal: true },
    text: $localize`:@@apps.rotateAgainText:An older key is valid until ${oldKeyEnd}:when:. A new key ends it now, so programs that still use it stop working. The current key stays valid for one more day.`,
    work: async () => {
      // Only once: after a rotation that was not answered, the old key would be the one that the program has.
      if (!isEnded) await api.removePreviousKey(id);
      isEnded = true;
      return api.rotateApp(id);
    },
  };
}
