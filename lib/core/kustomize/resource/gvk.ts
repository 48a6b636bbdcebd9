/** Group, version and kind of a resource. */
export interface Gvk {
  readonly group: string
  readonly version: string
  readonly kind: string
}

/** `apps/v1` is group `apps`, `v1` is the core group. */
export function parseApiVersion(apiVersion: string): { group: string; version: string } {
  const slash = apiVersion.indexOf('/')
  if (slash < 0) return { group: '', version: apiVersion }
  return { group: apiVersion.slice(0, slash), version: apiVersion.slice(slash + 1) }
}

export function formatApiVersion({ group, version }: Gvk): string {
  return group === '' ? version : `${group}/${version}`
}

/**
 * What kustomize knows to have no namespace, by `apiVersion/kind`; custom resources always count as namespaced.
 * @see https://github.com/kubernetes-sigs/kustomize/blob/kustomize/v5.8.2/kyaml/openapi/openapi.go (precomputedIsNamespaceScoped)
 */
const clusterScoped: ReadonlySet<string> = new Set(
  [
    ['admissionregistration.k8s.io/v1', 'MutatingWebhookConfiguration ValidatingWebhookConfiguration'],
    ['admissionregistration.k8s.io/v1', 'ValidatingAdmissionPolicy ValidatingAdmissionPolicyBinding'],
    ['admissionregistration.k8s.io/v1beta1', 'MutatingWebhookConfiguration ValidatingWebhookConfiguration'],
    ['apiextensions.k8s.io/v1', 'CustomResourceDefinition'],
    ['apiextensions.k8s.io/v1beta1', 'CustomResourceDefinition'],
    ['apiregistration.k8s.io/v1', 'APIService'],
    ['apiregistration.k8s.io/v1beta1', 'APIService'],
    ['certificates.k8s.io/v1', 'CertificateSigningRequest'],
    ['certificates.k8s.io/v1beta1', 'CertificateSigningRequest'],
    ['flowcontrol.apiserver.k8s.io/v1beta1', 'FlowSchema PriorityLevelConfiguration'],
    ['networking.k8s.io/v1', 'IngressClass'],
    ['networking.k8s.io/v1beta1', 'IngressClass'],
    ['node.k8s.io/v1', 'RuntimeClass'],
    ['node.k8s.io/v1beta1', 'RuntimeClass'],
    ['policy/v1beta1', 'PodSecurityPolicy'],
    ['rbac.authorization.k8s.io/v1', 'ClusterRole ClusterRoleBinding'],
    ['rbac.authorization.k8s.io/v1beta1', 'ClusterRole ClusterRoleBinding'],
    ['scheduling.k8s.io/v1', 'PriorityClass'],
    ['scheduling.k8s.io/v1beta1', 'PriorityClass'],
    ['storage.k8s.io/v1', 'CSIDriver CSINode StorageClass VolumeAttachment'],
    ['storage.k8s.io/v1beta1', 'CSIDriver CSINode StorageClass VolumeAttachment'],
    ['v1', 'ComponentStatus Namespace Node NodeProxyOptions PersistentVolume'],
  ].flatMap(([apiVersion = '', kinds = '']) => kinds.split(' ').map((kind) => `${apiVersion}/${kind}`)),
)

export function isClusterScoped(gvk: Gvk): boolean {
  return clusterScoped.has(`${formatApiVersion(gvk)}/${gvk.kind}`)
}

/** Whether `gvk` has every part that `wanted` names. */
export function isSelectedGvk(gvk: Gvk, wanted: Partial<Gvk>): boolean {
  return (['group', 'version', 'kind'] as const).every(
    (part) => wanted[part] === undefined || wanted[part] === '' || wanted[part] === gvk[part],
  )
}
