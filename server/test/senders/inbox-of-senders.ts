import { type InboxItem, MESSAGE_MAX, type Notification } from '@herald/protocol';
import type { RunningServer } from '../running-server.js';

/** Texts that every program sends, as far as it can. */
export const TITLE = 'Größe geändert 🎉';
export const MESSAGE = '**98 %** der „Straße“ 🚨\nsind _frei_.';
export const UPDATE = 'Die „Straße“ ist wieder **frei**. ✅';
export const LONG_TITLE = 'Protokoll';
/** Longer than a message may be. */
export const LONG = 'Die Größe beträgt 7 µm. 🎉 '.repeat(200).trim();

/** A text that is too long, as a door cuts it. */
export function cut(text: string): string {
  return `${text.slice(0, MESSAGE_MAX - 1)}…`;
}

/** Fields that the server or a reader gives. */
const OF_SERVER = ['id', 'createdAt', 'read', 'archived', 'snoozedUntil'];

/** Fields of a notification that its program decides, and whether it replaced an earlier one. */
export type Arrived = Omit<Notification, 'id' | 'createdAt' | 'replaces'> & { isUpdate?: true };

/** The inbox of an administrator, to whose topic apps send. */
export class InboxOfSenders {
  private constructor(
    private readonly server: RunningServer,
    private readonly token: string,
  ) {}

  static async of(server: RunningServer): Promise<InboxOfSenders> {
    const token = await server.signIn();
    await server.request('PUT', '/api/auth/me/topics/builds', token);
    return new InboxOfSenders(server, token);
  }

  /** Adds an app that sends to `topic:builds`. @returns its key */
  async keyFor(name: string): Promise<string> {
    const fields = { name, audience: ['topic:builds'], category: 'ops', defaultPriority: 'low' };
    return (await this.server.createApp(this.token, fields)).key;
  }

  /** The notifications of an app, oldest first. */
  async from(app: string): Promise<Arrived[]> {
    const { body } = await this.server.get('/api/notifications?limit=100', this.token);
    const { items } = body as { items: InboxItem[] };
    return items
      .filter(({ sender }) => sender === app)
      .map(arrived)
      .reverse();
  }
}

/** The notification that a program should have sent: the texts that all have in common, and these fields. */
export function sent(sender: string, fields: Partial<Arrived>): Arrived {
  const common = { audience: ['topic:builds'], category: 'ops', title: TITLE, message: MESSAGE };
  return { sender, ...common, priority: 'low', ...fields };
}

function arrived({ replaces, ...item }: InboxItem): Arrived {
  const fields = Object.entries(item).filter(([name]) => !OF_SERVER.includes(name));
  return { ...(Object.fromEntries(fields) as unknown as Arrived), ...(replaces !== undefined && { isUpdate: true }) };
}
