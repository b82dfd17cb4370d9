import type { NotificationDraft } from '@herald/protocol';
import { createServer, type Server } from 'node:http';
import { json } from 'node:stream/consumers';

/** Publish endpoint of the peers. It checks neither a token nor the body, which favours them. */
export const PUBLISH_PATH = '/publish';

/** A bare HTTP server that passes each posted draft to `publish`. */
export function createPublishServer(publish: (draft: NotificationDraft) => void): Server {
  return createServer((request, response) => {
    void json(request).then((draft) => {
      publish(draft as NotificationDraft);
      response.writeHead(201).end();
    });
  });
}
