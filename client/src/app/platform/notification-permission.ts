/** Permission to show notifications of the operating system; `unsupported` where the browser has none, or not at this address. */
export function permission(): NotificationPermission | 'unsupported' {
  return 'Notification' in window ? Notification.permission : 'unsupported';
}

/** Asks the person for permission. Call only from a click. */
export function askPermission(): Promise<NotificationPermission | 'unsupported'> {
  return 'Notification' in window ? Notification.requestPermission() : Promise.resolve('unsupported');
}
