import type { Notification } from '@herald/protocol';
import { Absence } from './absence.ts';

function notification(id: string): Notification {
  return {
    id,
    title: id,
    message: '',
    priority: 'low',
    category: 'c',
    audience: ['everyone'],
    sender: 's',
    createdAt: '',
  };
}

function page(...ids: string[]): Notification[] {
  return ids.map(notification);
}

function late(absence: Absence): string[] {
  return absence.take().map(({ id }) => id);
}

describe('Absence', () => {
  it('calls nothing late on a first visit, whatever the server holds', () => {
    const absence = new Absence(null);
    absence.read(page('3', '2', '1'), []);
    expect(late(absence)).toEqual([]);
  });

  it('finds notifications newer than all known ones, oldest first', () => {
    const absence = new Absence('2');
    absence.read(page('4', '3', '2', '1'), []);
    expect(late(absence)).toEqual(['3', '4']);
  });

  it('calls everything late if the inbox was empty before', () => {
    const absence = new Absence('');
    absence.read(page('1'), []);
    expect(late(absence)).toEqual(['1']);
  });

  it('leaves out live arrivals that came before the page was read', () => {
    const absence = new Absence('1');
    absence.read(page('3', '2', '1'), page('3'));
    expect(late(absence)).toEqual(['2']);
  });

  it('counts a notification once that came by the connection and by the page', () => {
    const absence = new Absence('1');
    absence.add(page('2'));
    absence.read(page('3', '2', '1'), []);
    absence.add(page('3'));
    expect(late(absence)).toEqual(['2', '3']);
  });

  it('starts again after it was taken', () => {
    const absence = new Absence('1');
    absence.read(page('2', '1'), []);
    absence.take();
    absence.read(page('3', '2', '1'), page('2', '1'));
    expect(late(absence)).toEqual(['3']);
  });

  it('remembers the newest known id when the server has lost everything', () => {
    const absence = new Absence('2');
    absence.read([], []);
    absence.read(page('3'), []);
    expect(late(absence)).toEqual(['3']);
  });

  it('leaves out live notifications that a page brings first', () => {
    const absence = new Absence('1');
    absence.endsAt('2');
    absence.read(page('3', '2', '1'), []);
    expect(late(absence)).toEqual(['2']);
  });

  it('includes entries that the connection has left out', () => {
    const absence = new Absence('1');
    absence.endsAt('2');
    absence.endsAt(null);
    absence.read(page('3', '2', '1'), []);
    expect(late(absence)).toEqual(['2', '3']);
  });
});
