import { FormControl } from '@angular/forms';
import { showFieldErrors } from './field-errors';

describe('showFieldErrors', () => {
  it("shows the server's reason at its field, in the page's language", () => {
    const title = new FormControl('');
    showFieldErrors({ title }, [{ field: 'title', reason: 'title should not be blank' }]);
    expect(title.getError('server')).toBe('This can’t be blank.');
    expect(title.touched).toBe(true);
  });

  it('removes the reason when the field changes', () => {
    const title = new FormControl('');
    showFieldErrors({ title }, [{ field: 'title', reason: 'title should not be blank' }]);
    title.setValue('Deploy finished');
    expect(title.errors).toBeNull();
  });

  it('returns reasons without a field, so that the page can show them elsewhere', () => {
    expect(showFieldErrors({}, [{ field: 'body', reason: 'body is not valid JSON' }])).toEqual([
      'body is not valid JSON',
    ]);
  });
});
