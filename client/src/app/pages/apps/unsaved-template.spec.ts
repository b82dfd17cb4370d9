import { newTemplateFields } from './template-fields';
import { areSameFields, parseUnsavedTemplate, unsavedTemplateKey } from './unsaved-template';

describe('an unsaved template', () => {
  const fields = newTemplateFields();

  it.each([null, '2026-01-31T08:00:00.000Z'])('is read as it was written, of the version %s', (changedAt) => {
    expect(parseUnsavedTemplate(JSON.stringify({ fields, changedAt }))).toEqual({ fields, changedAt });
  });

  it.each(['', 'null', '7', '{}', '{"fields":null,"changedAt":null}', '{"fields":{"name":"ci"},"changedAt":null}'])(
    'is not read from %s',
    (text) => {
      expect(parseUnsavedTemplate(text)).toBeNull();
    },
  );

  it('is not read without its version', () => {
    expect(parseUnsavedTemplate(JSON.stringify({ fields }))).toBeNull();
  });

  it('has a key of its own for each person, app and name', () => {
    expect(unsavedTemplateKey('ada', 1, 'ci')).toBe('herald.draft.ada/apps/1/ci');
    expect(unsavedTemplateKey('ada', 1)).toBe('herald.draft.ada/apps/1/');
  });

  it('differs by any field', () => {
    expect(areSameFields(fields, { ...fields })).toBe(true);
    expect(areSameFields(fields, { ...fields, key: 'other' })).toBe(false);
  });
});
