import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';
import type { NotificationDraft } from '../../../protocol/notification.js';

/** Where the peers are published to: no token is asked for and nothing is checked, which favours them. */
export const PUBLISH_PATH = '/publish';

/** A bare HTTP server that hands each posted draft to `publish`. */
export function createPublishServer(publish: (draft: NotificationDraft) => void): Server {
  return createServer((request, response) => {
    void json(request).then((draft) => {
      publish(draft as NotificationDraft);
      response.writeHead(201).end();
    });
  });
}
