/** The path of the file that `sqlite:…` names, with any number of slashes before it; undefined for another store. */
export function fileIn(url: string): string | undefined {
  return /^sqlite:(?:\/\/)?(.+)$/.exec(url)?.[1];
}
