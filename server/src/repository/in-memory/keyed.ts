import type { Notification } from '@herald/protocol';

type Keyable = Pick<Notification, 'sender' | 'key'>;

/** The stored notification with each key of each sender. */
export class Keyed {
  readonly #ids = new Map<string, string>();

  find(notification: Keyable): string | undefined {
    return this.#ids.get(nameOf(notification));
  }

  add(notification: Notification): void {
    if (notification.key !== undefined) this.#ids.set(nameOf(notification), notification.id);
  }

  remove(notification: Notification): void {
    if (this.find(notification) === notification.id) this.#ids.delete(nameOf(notification));
  }
}

const nameOf = ({ sender, key = '' }: Keyable): string => JSON.stringify([sender, key]);
