/**
 * Shows a notification of the operating system; another one of the same tag replaces it.
 * @returns whether the browser took it
 */
export function showDesktopNotification(title: string, options: NotificationOptions, open?: () => void): boolean {
  try {
    const shown = new Notification(title, { icon: 'favicon.svg', ...options });
    shown.onclick = () => {
      window.focus();
      open?.();
      shown.close();
    };
    return true;
  } catch {
    // Chrome on Android has the constructor, but it throws: only a service worker may show notifications there.
    return false;
  }
}
