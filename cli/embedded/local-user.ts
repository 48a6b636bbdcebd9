import { userInfo } from 'node:os'

/** Who runs this process: whoever reads the token of the home is the same user. */
export function readLocalUser(): string {
  try {
    return userInfo().username
  } catch {
    // Containers often run under a number that no user database knows.
    return `uid ${process.getuid?.() ?? 'unknown'}`
  }
}
