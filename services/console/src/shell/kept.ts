/** What a browser keeps for a person between visits. A browser that keeps nothing is no error. */
export function kept(key: string): string | null {
  try {
    return localStorage.getItem(`wedsync:${key}`);
  } catch {
    return null;
  }
}

export function keep(key: string, value: string): void {
  try {
    localStorage.setItem(`wedsync:${key}`, value);
  } catch {
    // Private windows and full disks: the choice holds for this visit.
  }
}
