import { type ErrorTable, reject, retry, stall, wait } from './entry.ts'

/** What can be wrong with a SecretManagerConfig, its source object or the right to use them. */
export const configErrors = {
  ConfigInvalid: stall(
    422,
    'A field of the config is unknown, missing or has an illegal value.',
    'Correct the field at the named path; `smc verify DIR` checks manifests before they are applied.',
  ),
  ConfigFieldIgnored: reject(
    200,
    'The config holds a field that is accepted for compatibility and has no effect.',
    'Nothing needs to be done; remove the field to silence this.',
  ),
  ConfigNotFound: reject(
    404,
    'No config has this id.',
    'List the ids with `smc status`; an id is <source>/<namespace>/<name>.',
  ),
  ConfigIdAmbiguous: reject(
    409,
    'More than one config matches this short id.',
    'Give the whole id: <source>/<namespace>/<name>.',
  ),
  ConfigSourceUnavailable: retry(
    503,
    'The place where configs are kept did not answer.',
    'Usually passes by itself; else check that it exists and that the service may list and read it.',
  ),
  ClusterAuthFailed: wait(
    502,
    'The cluster refused the credentials of the service.',
    'Check that the token is valid and, on EKS, that an access entry maps the role of the function.',
  ),
  ClusterForbidden: wait(
    403,
    'The cluster does not let the service do this.',
    'Apply `infra/kubernetes` and bind its roles to the user or group of the service.',
  ),
  ClusterCredentialsInvalid: wait(
    500,
    'The kubeconfig of a cluster is missing or holds something that is not used here.',
    'Give one with `kubectl config view --flatten --minify`: a server, its CA, and a token, a certificate or `aws eks get-token`.',
  ),
  ManifestUnreadable: wait(
    422,
    'A manifest file is no readable YAML or JSON, or defines an object that another file defines too.',
    'Correct the named file; the other manifests are not affected.',
  ),
  ProviderUnsupported: stall(
    422,
    'The config names a provider that this release has no store for.',
    'Use `provider.aws`.',
  ),
  NotPermitted: stall(
    403,
    'The config may not use what it asks for.',
    'Ask whoever deploys the service to list it in the policy.',
  ),
  PolicyInvalid: reject(
    500,
    'The policy has an unknown, missing or illegal field.',
    'Correct the field at the named path; docs/tenancy.md lists them.',
  ),
  PolicyMissing: reject(
    500,
    'Configs from a cluster need a policy that says who may use what.',
    'Name a policy file, or say `single` where every namespace of the cluster is trusted alike.',
  ),
  ConfigSuspended: stall(409, 'The config is suspended.', 'Set `spec.suspend: false`, or run `smc resume`.'),
  SourceNotFound: {
    ...wait(
      404,
      'The object that `spec.sourceRef`, `spec.secrets.kustomization` or `postBuild.substituteFrom` of the Kustomization names does not exist.',
      'Check with `kubectl get gitrepositories,kustomizations,applications --all-namespaces` that it exists, that kind, name and namespace match, and that Flux or Argo CD runs.',
    ),
    text: ({ kind, name }) => `${kind} "${name}" not found`,
  },
  SourceInvalid: stall(
    422,
    'The source object has a missing or illegal field.',
    'Correct the field at the named path of the GitRepository or Application.',
  ),
  SourceUnsupported: stall(
    422,
    'The source object uses something that this service does not follow.',
    'Use a Git source with a plain or Kustomize directory; of several sources name one in `spec.sourceRef.source` of the config.',
  ),
  SourceSuspended: stall(
    409,
    'The source object is suspended.',
    'Resume it; the next scheduled pass then follows it again.',
  ),
  ArtifactNotAvailable: {
    ...wait(
      503,
      'Flux has stored no artifact of the GitRepository.',
      'Check `kubectl describe gitrepository` and the log of source-controller; the config goes on by itself when there is an artifact.',
    ),
    text: () => 'No artifacts found for GitRepository',
  },
  SourceNotReady: wait(
    503,
    'The source object is not ready.',
    'Check its conditions with `kubectl describe`; the secrets stay as they are, and the config goes on by itself.',
  ),
} as const satisfies ErrorTable
