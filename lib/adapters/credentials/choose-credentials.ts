import type { ReadStoredCredential } from '../git/logins/minted-credentials.ts'

/**
 * Credentials of the service itself go before those of the cluster that names them, so that a cluster need not hold
 * any.
 */
export function chooseCredentials(
  own: ReadStoredCredential,
  ofCluster: ReadStoredCredential,
): ReadStoredCredential {
  return async (ref, url) => {
    const credential = await own(ref, url)
    return credential || ref.cluster === undefined ? credential : await ofCluster(ref, url)
  }
}
