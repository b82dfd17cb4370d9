import { SERVER_PATHS } from '@herald/protocol';

/** Port of the API in `npm run dev`. */
const server = { target: 'http://127.0.0.1:8000' };

/** Forwards the same requests as the page's port of the server does: those that do not read, and those for its paths. */
export default {
  ...Object.fromEntries(SERVER_PATHS.map((name) => [`/${name}`, { ...server, ws: true }])),
  '^/': { ...server, bypass: ({ method, url }) => (['GET', 'HEAD'].includes(method) ? url : undefined) },
};
