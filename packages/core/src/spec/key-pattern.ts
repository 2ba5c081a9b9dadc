/**
 * Whether a key fits a pattern in which `*` stands for any run of characters and `?` for exactly one. The whole key
 * must fit; case does not matter; every other character, `.` and `(` included, stands for itself.
 *
 * Written without regular expressions, so that a hostile pattern costs at most `pattern × key` steps.
 */
export function matchesKeyPattern(pattern: string, key: string): boolean {
  const wanted = pattern.toLowerCase();
  const text = key.toLowerCase();
  let at = 0;
  let wantedAt = 0;
  let starAt = -1;
  let resumeAt = 0;
  while (at < text.length) {
    if (wanted[wantedAt] === '*') {
      starAt = wantedAt++;
      resumeAt = at;
    } else if (wanted[wantedAt] === '?' || wanted[wantedAt] === text[at]) {
      wantedAt++;
      at++;
    } else if (starAt >= 0) {
      // Let the last star swallow one character more and try again after it.
      wantedAt = starAt + 1;
      at = ++resumeAt;
    } else {
      return false;
    }
  }
  while (wanted[wantedAt] === '*') wantedAt++;
  return wantedAt === wanted.length;
}
