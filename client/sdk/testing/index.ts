export { FakeFetch, type FakeRequest, responseOf } from './fake-fetch.ts';
export { FakeSocket } from './fake-socket.ts';
export { testItem } from './test-item.ts';
export { testPage } from './test-page.ts';
