import { FormControl } from '@angular/forms';
import { showFieldErrors } from './field-errors';

describe('showFieldErrors', () => {
  it('puts the reason of the server at the field, in the words of the page', () => {
    const title = new FormControl('');
    showFieldErrors({ title }, [{ field: 'title', reason: 'title should not be blank' }]);
    expect(title.getError('server')).toBe('This can’t be blank.');
    expect(title.touched).toBe(true);
  });

  it('takes the reason away when the field is changed', () => {
    const title = new FormControl('');
    showFieldErrors({ title }, [{ field: 'title', reason: 'title should not be blank' }]);
    title.setValue('Deploy finished');
    expect(title.errors).toBeNull();
  });

  it('hands back what belongs to no field, so that it is said elsewhere', () => {
    expect(showFieldErrors({}, [{ field: 'body', reason: 'body is not valid JSON' }])).toEqual([
      'body is not valid JSON',
    ]);
  });
});
