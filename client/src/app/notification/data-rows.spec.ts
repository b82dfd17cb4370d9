import { dataRows } from './data-rows';

describe('the rows of a notification’s data', () => {
  test('are its values in their order, with the names that lead to them', () => {
    const data = {
      host: 'db-1',
      load: 0.75,
      up: false,
      owner: null,
      labels: { severity: 'page', runbook: { id: 7 } },
      alerts: [{ name: 'Disk' }, 'CPU'],
    };
    expect(dataRows(data).map(({ name, value }) => [name, value])).toEqual([
      ['host', 'db-1'],
      ['load', '0.75'],
      ['up', 'false'],
      ['owner', 'null'],
      ['labels.severity', 'page'],
      ['labels.runbook.id', '7'],
      ['alerts.0.name', 'Disk'],
      ['alerts.1', 'CPU'],
    ]);
  });

  test('show empty objects and lists as such, and texts as they are', () => {
    const values = dataRows({ object: {}, list: [], text: '', html: '<b>bold</b>' }).map(({ value }) => value);
    expect(values).toEqual(['{}', '[]', '', '<b>bold</b>']);
  });

  test.each([
    ['https://example.com/build/42', true],
    ['http://example.com:8080', true],
    ['javascript:alert(1)', false],
    ['see https://example.com/', false],
    ['https://bank.example@evil.example/', false],
    ['https://аpple.com/', false],
    ['/inbox', false],
  ])('link %s: %s', (value, isLink) => {
    expect(dataRows({ value })).toEqual([{ name: 'value', value, isLink }]);
  });
});
