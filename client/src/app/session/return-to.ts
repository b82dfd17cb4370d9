/** Target after signing in: only a path inside the page, since anyone can write a link with `returnTo`. */
export function safeReturnTo(returnTo: string | null): string {
  if (returnTo === null || !/^\/(?![/\\])/.test(returnTo) || returnTo.startsWith('/sign-in')) return '/';
  return returnTo;
}
