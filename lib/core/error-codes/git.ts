import { type ErrorTable, retry, stall, wait } from './entry.ts'

/** What can go wrong between the service and a Git server, or with what the server sends. */
export const gitErrors = {
  GitUnavailable: retry(
    503,
    'The Git server did not answer, or answered with an error.',
    'Check the URL and the server; the config is tried again by itself.',
  ),
  GitAuthFailed: wait(
    502,
    'The Git server refused the credentials, or wants some.',
    'Check the credentials of the source and that they may read the repository.',
  ),
  GitHostKeyUnknown: wait(
    502,
    'The SSH server shows a host key that `known_hosts` of the credentials does not trust.',
    'Compare with the fingerprints that the host publishes, then put the output of `ssh-keyscan HOST` into `known_hosts`.',
  ),
  GitRepositoryNotFound: wait(
    404,
    'The Git server knows no such repository.',
    'Check the URL; private repositories look absent to wrong credentials.',
  ),
  GitRefNotFound: wait(
    404,
    'The repository has no such branch, tag or commit.',
    'Push the ref, or correct `spec.ref` of the source.',
  ),
  GitRefAmbiguous: wait(
    409,
    'More than one commit begins with the abbreviated id that the source names.',
    'Write more of the id, best all 40 digits.',
  ),
  GitRefForbidden: stall(
    422,
    'This kind of ref is not followed.',
    'Use a branch or a tag: refs of pull and merge requests can be written by anyone.',
  ),
  GitFetchTooLarge: stall(
    422,
    'What the Git server sent exceeds a limit.',
    'Keep large files out of the repository, or use a server that offers partial clone.',
  ),
  GitDataInvalid: retry(
    502,
    'What the Git server sent is damaged or incomplete.',
    'Usually passes by itself; if it stays, run `git fsck` on the server.',
  ),
  GitProtocolUnsupported: stall(
    422,
    'The Git server speaks a protocol or hash that is not supported.',
    'Use smart HTTP or SSH with SHA-1 object ids.',
  ),
  GitSubmoduleUnsupported: stall(
    422,
    'A path of the overlay lies in a submodule.',
    'Move the files into the repository itself.',
  ),
  GitLfsUnsupported: stall(
    422,
    'A file of the overlay is a Git LFS pointer.',
    'Store the file in Git itself; encrypted files are small.',
  ),
  HistoryRewound: stall(
    409,
    'The branch no longer contains the revision that was applied last.',
    'Restore the branch, or allow rewinds in the policy.',
  ),
  CommitNotSigned: stall(
    422,
    'The policy wants commits of this repository signed, and none of its signers signed this one.',
    'Sign the commit with a listed key (`git commit -S`) and push it, or list the key in the policy.',
  ),
  PathOutsideRepository: stall(
    422,
    'A path leads out of the repository.',
    'Use paths that stay inside the repository, with no absolute or escaping links.',
  ),
  PathNotFound: stall(
    404,
    'A path that the config or the overlay names is not in the revision.',
    'Commit the file or directory, or correct the path. Of a GitRepository, links and what is ignored count as absent.',
  ),
  EgressForbidden: stall(
    403,
    'The address is not one that the service may connect to.',
    'Use a public https address, or ask whoever deploys the service to list the host.',
  ),
  ProxyUnavailable: retry(
    503,
    'The proxy of the source did not answer, or did not reach the Git server.',
    'Check the address in the Secret of the proxy, and that the proxy reaches the Git server.',
  ),
  ProxyRefused: wait(
    502,
    'The proxy of the source did not let the connection through.',
    'Check `username` and `password` in the Secret of the proxy, and that the proxy permits the Git server.',
  ),
} as const satisfies ErrorTable
