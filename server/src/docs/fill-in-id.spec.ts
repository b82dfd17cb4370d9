import { runInNewContext } from 'node:vm';
import { fillInId, type SwaggerUi } from './fill-in-id.js';

const API = 'http://localhost:8000/api/notifications';
const PATHS = {
  '/api/notifications/send': { post: {} },
  '/api/notifications/{id}': { get: {}, delete: {} },
  '/api/notifications/{id}/receipts': { get: {} },
  '/api/notifications/scheduled/{id}': { delete: {} },
  '/api/users/{username}': { patch: {} },
};

let filled: Record<string, string>;
let ui: SwaggerUi;

beforeEach(() => {
  filled = {};
  ui = {
    specSelectors: { specJson: () => ({ toJS: () => ({ paths: PATHS }) }) },
    specActions: { changeParam: ([path, method], _name, _place, value) => void (filled[`${method} ${path}`] = value) },
  };
  Object.assign(globalThis, { ui });
});

afterEach(() => {
  Reflect.deleteProperty(globalThis, 'ui');
});

const onNotifications = (id: string) => ({
  'get /api/notifications/{id}': id,
  'delete /api/notifications/{id}': id,
  'get /api/notifications/{id}/receipts': id,
});

describe('the id filled into Swagger UI', () => {
  it.each([
    ['the notification that was sent', { url: `${API}/send`, status: 201, body: { id: 'a' } }],
    [
      'the last notification of a list that was sent',
      { url: `${API}/batch`, status: 201, body: [{ id: 'b' }, { id: 'a' }] },
    ],
    [
      'the first notification of a page',
      { url: `${API}?limit=2`, status: 200, body: { items: [{ id: 'a' }, { id: 'b' }] } },
    ],
  ])('is that of %s', (_, answer) => {
    expect(fillInId(answer)).toBe(answer);
    expect(filled).toEqual(onNotifications('a'));
  });

  it.each([
    ['was scheduled', { url: `${API}/send`, status: 202, body: { id: 'p' } }],
    ['is first in the list of scheduled ones', { url: `${API}/scheduled`, status: 200, body: [{ id: 'p' }] }],
  ])('is that of the notification that %s, for operations on scheduled ones', (_, answer) => {
    fillInId(answer);
    expect(filled).toEqual({ 'delete /api/notifications/scheduled/{id}': 'p' });
  });

  it.each([
    ['is a refusal', { url: `${API}/send`, status: 400, body: { id: 'a' } }],
    ['is empty', { url: `${API}/a`, status: 204 }],
    ['lists nothing', { url: API, status: 200, body: { items: [] } }],
    ['is not about notifications', { url: 'http://localhost:8000/api/users', status: 201, body: { id: 'u' } }],
  ])('stays the same when the answer %s', (_, answer) => {
    fillInId(answer);
    expect(filled).toEqual({});
  });

  it('is filled in by a self-contained function', () => {
    const answer = { url: `${API}/send`, status: 201, body: { id: 'a' } };
    runInNewContext(`(${fillInId.toString()})(answer)`, { ui, answer });
    expect(filled).toEqual(onNotifications('a'));
  });
});
