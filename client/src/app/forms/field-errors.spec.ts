import { FormControl } from '@angular/forms';
import { showFieldErrors } from './field-errors';

describe('showFieldErrors', () => {
  it('shows a reason at its field', () => {
    const title = new FormControl('');
    showFieldErrors({ title }, [{ field: 'title', reason: 'This can’t be blank.' }]);
    expect(title.getError('server')).toBe('This can’t be blank.');
    expect(title.touched).toBe(true);
  });

  it('removes the reason when the field changes', () => {
    const title = new FormControl('');
    showFieldErrors({ title }, [{ field: 'title', reason: 'This can’t be blank.' }]);
    title.setValue('Deploy finished');
    expect(title.errors).toBeNull();
  });

  it('returns reasons without a field, so that the page can show them elsewhere', () => {
    expect(showFieldErrors({}, [{ field: 'body', reason: 'This is too much.' }])).toEqual(['This is too much.']);
  });
});
