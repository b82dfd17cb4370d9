import { RunningServer } from './running-server.js';

test('Swagger UI stores no token in the browser', async () => {
  const server = await RunningServer.start();
  const { body } = await server.get('/docs/swagger-ui-init.js');
  await server.close();
  expect(body).toMatch(/"persistAuthorization": false/);
});
