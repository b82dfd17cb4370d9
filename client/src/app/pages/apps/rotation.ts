import type { HeraldApi } from '@herald/client/api';
import type { App, AppWithKey, ReplacedKey } from '@herald/protocol';
import type { Confirmation } from './confirm-dialog';

type Rotation = Omit<Confirmation<AppWithKey>, 'pending'>;

/**
 * Asks whether to give an app another key, and does it. Programs never lose the old key by it.
 * @param oldKeyEnd end of an older key that is still valid, in words: the new key then replaces the current one; null if
 * there is none
 */
export function rotationOf(app: App, oldKeyEnd: string | null, api: HeraldApi): Rotation {
  let replaces: ReplacedKey | undefined = oldKeyEnd === null ? undefined : 'current';
  const work = async (): Promise<AppWithKey> => {
    try {
      return await api.rotateApp(app.id, replaces);
    } catch (error) {
      // It may have succeeded without an answer: then nobody has the current key, and programs have the one before.
      if (!api.isRefused(error)) replaces = 'current';
      throw error;
    }
  };
  return { ...(oldKeyEnd === null ? firstWords(app) : wordsWhile(oldKeyEnd, app)), work };
}

function firstWords({ name }: App): Omit<Rotation, 'work'> {
  return {
    title: $localize`:@@apps.rotateTitle:New key for ${name}:name:?`,
    text: $localize`:@@apps.rotateText:The current key stays valid for one more day, so that you can change the program.`,
    action: $localize`:@@apps.rotate:Make a new key`,
    isFinal: false,
    unanswered: $localize`:@@apps.notRotated:The server did not answer, so there may be a new key already that nobody has seen. Try again to replace it. The key that the program has stays valid for one more day.`,
  };
}

/** Another key beside an older one is for somebody who has lost the new key. */
function wordsWhile(oldKeyEnd: string, { name }: App): Omit<Rotation, 'work'> {
  return {
    title: $localize`:@@apps.remakeTitle:Make the new key of ${name}:name: again?`,
    text: $localize`:@@apps.remakeText:Do this if the new key was lost: it stops working now, and the old key stays valid until ${oldKeyEnd}:when:. If programs already use the new key, end the old key first.`,
    action: $localize`:@@apps.remake:Make it again`,
    isFinal: true,
    unanswered: $localize`:@@apps.notRemade:The server did not answer, so the new key may have changed already. Try again to replace it. The old key stays valid until ${oldKeyEnd}:when:.`,
  };
}
