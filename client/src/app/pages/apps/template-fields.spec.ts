import type { AppTemplate } from '@herald/protocol';
import { newTemplateFields, templateDraftOf, templateFieldsOf } from './template-fields';

describe('the fields of a template', () => {
  it('are its texts, and its example in lines', () => {
    const template: AppTemplate = { name: 'ci', title: 't', message: 'm', example: { a: 1 }, changedAt: '' };
    const fields = templateFieldsOf(template);
    expect(fields).toEqual({
      ...{ name: 'ci', title: 't', message: 'm', priority: '', tags: '', url: '', key: '' },
      example: '{\n  "a": 1\n}',
    });
    expect(templateDraftOf(fields)).toEqual({
      ...{ title: 't', message: 'm', priority: '', tags: '', url: '', key: '', example: { a: 1 } },
    });
  });

  it('begin with an example that is JSON', () => {
    expect(templateDraftOf(newTemplateFields())).toMatchObject({ example: { status: 'failed' } });
  });

  for (const [example, line] of [
    ['{\n"a": 1,\n}', 3],
    ['{\n"a"', 2],
    ['', 1],
    ['[]', 0],
    ['"a"', 0],
  ] as const) {
    it(`say the line at which ${JSON.stringify(example)} is no object`, () => {
      expect(templateDraftOf({ ...newTemplateFields(), example })).toBe(line);
    });
  }
});
